"""One suite, every voice: what a Synthesizer promises holds for each of them, with the real engines."""

import json

from barrierfree.speech.synthesizer import Spoken
from barrierfree.speech.utterance import Priority
from barrierfree.testing import RecordingSynthesizer, SynthesizerContract


class TestSilent(SynthesizerContract):
    engine = "silent"
    audible = False


class TestRecording(TestSilent):
    engine = "recording"

    def test_it_remembers_every_stretch(self, tmp_path, monkeypatch):
        file = tmp_path / "spoken.jsonl"
        monkeypatch.setenv("BARRIERFREE_RECORDED_SPEECH", str(file))
        request = [
            Spoken("你好", "zh", rate=300, pause=0.1),
            Spoken("lone \ud800", "en", priority=Priority.NOW),
        ]
        with self.open() as voice:
            self.say(voice, *request)
        lines = [json.loads(line) for line in file.read_text().splitlines()]
        assert [Spoken(**line) for line in lines] == request

        recording = RecordingSynthesizer()
        recording.synthesize(request[0], lambda _made: True)
        assert recording.spoken == request[:1]


class TestEspeak(SynthesizerContract):
    engine = "espeak"


class TestEspeakMandarin(TestEspeak):
    language = "zh"
    sentence = "今天天气很好，我们去公园散步。"


class TestPyttsx3(SynthesizerContract):
    engine = "pyttsx3"


class TestPiper(SynthesizerContract):
    engine = "piper"
