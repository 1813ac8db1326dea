"""One suite, every engine: what a Recognizer promises holds for each of them, with real models."""

from pathlib import Path

import pytest

from barrierfree.testing import RecognizerContract, ScriptedRecognizer, silence, tone
from barrierfree.transcription.recognizer import Options

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def read(name: str) -> bytes:
    import wave

    with wave.open(str(EXAMPLES / name)) as sound:
        return sound.readframes(sound.getnframes())


class TestScripted(RecognizerContract):
    def open(self, options):
        return ScriptedRecognizer(None, options)

    def speech(self):
        return tone(2) + silence(1) + tone(1.5)


@pytest.mark.model
class TestWhisperEnglish(RecognizerContract):
    @pytest.fixture(autouse=True)
    def model(self, model_folder):
        self.folder = model_folder("whisper-tiny.en")

    def open(self, options):
        from barrierfree.transcription.engines.whisper import WhisperRecognizer

        return WhisperRecognizer(self.folder, options)

    def speech(self):
        return read("hello-en.wav")


@pytest.mark.model
class TestWhisperMandarin(TestWhisperEnglish):
    @pytest.fixture(autouse=True)
    def model(self, model_folder):
        self.folder = model_folder("whisper-base")

    def speech(self):
        return read("hello-zh.wav")


@pytest.mark.model
class TestVosk(RecognizerContract):
    @pytest.fixture(autouse=True)
    def model(self, model_folder):
        self.folder = model_folder("vosk-small-ko-0.22")

    def open(self, options):
        from barrierfree.transcription.engines.vosk import VoskRecognizer

        return VoskRecognizer(self.folder, options)

    def speech(self):
        # English words, but speech all the same: what the Korean model makes of them must keep the contract.
        return read("hello-en.wav")

    def test_it_hears_only_the_phrases_it_is_held_to(self):
        heard = self.hear(self.speech(), Options(grammar=("안녕하세요", "감사합니다")))
        assert {word.text for event in heard for word in event.words} <= {"안녕하세요", "감사합니다"}
