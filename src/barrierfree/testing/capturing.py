"""What a program says, caught instead of heard; hides that there is no voice, no loudspeaker and no waiting.

    def test_the_button_is_announced():
        with capture_speech() as speech:
            press_the_button()
            assert speech.wait_for("OK, button")

Everything goes the way it always goes, from the queue to the words for a voice; only the voice is missing, so
an hour of speech takes a second.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from barrierfree.speech import recorder, saying, speaker
from barrierfree.speech.engines.silent import SilentSynthesizer
from barrierfree.speech.history import Said
from barrierfree.speech.stream import SpeechStream
from barrierfree.speech.synthesizer import Mark, Sound, Spoken, SynthesizerCapabilities, VoiceInfo
from barrierfree.speech.voice import Voice

__all__ = ["CapturedSpeech", "capture_speech"]


class CapturedSpeech:
    """What has been said since the capture began."""

    def __init__(self) -> None:
        self._said: list[Said] = []
        self._stretches: list[Spoken] = []
        self._changed = threading.Condition()

    @property
    def said(self) -> list[Said]:
        """Every utterance that was begun, in order."""
        with self._changed:
            return list(self._said)

    @property
    def texts(self) -> list[str]:
        """Their texts."""
        return [said.text for said in self.said]

    @property
    def stretches(self) -> list[Spoken]:
        """What a voice was told: words for figures and signs, each language apart."""
        with self._changed:
            return list(self._stretches)

    def wait_for(self, text: str, timeout: float = 5.0) -> bool:
        """Wait until something with this text in it is said; False when that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: any(text in said.text for said in self._said), timeout)

    def add(self, what: Said | Spoken) -> None:
        """For the voice that is missing."""
        with self._changed:
            if isinstance(what, Said):
                self._said.append(what)
            else:
                self._stretches.append(what)
            self._changed.notify_all()


@contextmanager
def capture_speech() -> Iterator[CapturedSpeech]:
    """Let all speakers that are made inside, and :func:`barrierfree.say`, speak to a list."""
    captured = CapturedSpeech()
    saying.forget_shared_speaker()
    usual = speaker.open_voice
    speaker.open_voice = lambda engine: _Mute(engine, captured)
    recorder.watchers.append(captured.add)
    try:
        yield captured
    finally:
        saying.forget_shared_speaker()
        recorder.watchers.remove(captured.add)
        speaker.open_voice = usual


class _Mute(Voice):
    """A voice without a process: what it is told is said already, word by word."""

    def __init__(self, engine: str, captured: CapturedSpeech) -> None:
        self.engine = engine
        self.capabilities = SynthesizerCapabilities(
            marks=True, rate=True, pitch=True, volume=True, plays_itself=True
        )
        self._captured = captured

    @property
    def rate(self) -> int:
        return SilentSynthesizer.rate

    def speak(self, request: list[Spoken]) -> SpeechStream:  # type: ignore[override]
        stream = SpeechStream(1, request, repeatable=True, on_abort=lambda _stream: None)
        for part, spoken in enumerate(request):
            self._captured.add(spoken)
            stream.begin(part)
            SilentSynthesizer().synthesize(spoken, _Marks(stream))
        stream.end()
        return stream

    def voices(self) -> tuple[VoiceInfo, ...]:
        return SilentSynthesizer().voices()

    def close(self) -> None:
        pass


class _Marks:
    """Passes on where words are, and no sound."""

    def __init__(self, stream: SpeechStream) -> None:
        self._stream = stream

    def __call__(self, made: Sound | Mark) -> bool:
        if isinstance(made, Mark):
            self._stream.mark(made)
        return True

    def wanted(self) -> bool:
        return True
