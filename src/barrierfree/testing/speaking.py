"""A voice that remembers, and the suite that every voice engine has to pass; hides how a voice is asked.

The suite speaks through :class:`~barrierfree.speech.voice.Voice`, as programs do, so an engine is loaded in a
process of its own and its licence and its crashes stay there.
"""

# ruff: noqa: PLR2004  the figures are the promises

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from barrierfree.errors import EngineError
from barrierfree.plugins import load_engine
from barrierfree.speech.engines.silent import SilentSynthesizer
from barrierfree.speech.synthesizer import Emit, Mark, Sound, Spoken, Synthesizer, VoiceInfo
from barrierfree.speech.voice import SpeechStream, Unspoken, Voice

__all__ = ["RecordingSynthesizer", "SynthesizerContract"]

_FILE = "BARRIERFREE_RECORDED_SPEECH"
"""Environment variable: a file that every stretch is appended to as a line of JSON."""
_QUIET = 30
"""Largest sample, of 32767, that nobody hears."""

STRANGE = (
    "",
    " \n\t ",
    "\0",
    "a\0b",
    "\ud800 lone \udfff",
    "\x1b[31mred\x1b[0m \x07 \x9b5m",
    "\u202eright to left\u202c \u2066isolated\u2069",
    "<speak><break time='9s'/>&lt;&amp;",
    "[[h@'loU]] [:np] \\pause=1000\\",
    "😀👩‍👩‍👧‍👦🏳️‍🌈 ✓→é ﷺ",
    "e" + "\u0301" * 200,
    "?!.,;:" * 50,
    "\r\n.\r\n..\r\nQUIT\r\n",
    "x" * 400,
    "字" * 100,
    "\uffff\ufffe\U0010ffff",
)
"""Texts that have made engines crash, hang, or do what the text said."""


class RecordingSynthesizer(SilentSynthesizer):
    """Keeps every stretch it is told to say in ``spoken``, and takes as long as speech would.

    In a voice process nobody sees that list; there, name a file in ``BARRIERFREE_RECORDED_SPEECH``.
    """

    def __init__(self) -> None:
        self.spoken: list[Spoken] = []

    def synthesize(self, spoken: Spoken, emit: Emit) -> None:
        """Remember it; then silence, with the marks of its words."""
        self.spoken.append(spoken)
        if file := os.environ.get(_FILE):
            with open(file, "a", encoding="ascii") as lines:  # noqa: PTH123  no Path in a voice's start-up
                lines.write(json.dumps(asdict(spoken)) + "\n")
        super().synthesize(spoken, emit)


@dataclass(slots=True)
class Said:
    """What came of a request."""

    sounds: dict[int, bytes] = field(default_factory=dict)
    marks: list[tuple[Mark, int]] = field(default_factory=list)
    """Each with the samples of its stretch that had come before it."""
    failures: list[Unspoken] = field(default_factory=list)
    seconds: float = 0.0
    """How long it took."""

    def add(self, made: Sound | Mark | Unspoken) -> None:
        """Take in the next of a stream."""
        if isinstance(made, Sound):
            self.sounds[made.part] = self.sounds.get(made.part, b"") + made.samples
        elif isinstance(made, Mark):
            self.marks.append((made, len(self.sounds.get(made.part, b"")) // 2))
        else:
            self.failures.append(made)

    @property
    def samples(self) -> memoryview:
        """All of its sound."""
        return memoryview(b"".join(self.sounds[part] for part in sorted(self.sounds))).cast("h")


class SynthesizerContract:
    """What every voice engine promises; subclass it in a test module and name the engine."""

    engine: ClassVar[str]
    """Its name among the entry points."""
    language: ClassVar[str] = "en"
    sentence: ClassVar[str] = "The quick brown fox jumps over the lazy dog."
    """In that language, spoken in one to ten seconds."""
    audible: ClassVar[bool] = True
    """False for an engine whose speech is silence."""

    @contextmanager
    def open(self) -> Iterator[Voice]:
        """A voice that is ready."""
        with Voice(self.engine) as voice:
            assert voice.rate > 0
            yield voice

    def spoken(self, text: str | None = None, **options: Any) -> Spoken:
        """The sentence, or another text."""
        return Spoken(self.sentence if text is None else text, self.language, **options)

    def say(self, voice: Voice, *request: Spoken) -> Said:
        """All that comes of a request."""
        said = Said()
        began = time.monotonic()
        for made in voice.speak(request):
            said.add(made)
        said.seconds = time.monotonic() - began
        return said

    def length(self, voice: Voice, *request: Spoken) -> float:
        """How long a request is heard, in seconds."""
        said = self.say(voice, *request)
        assert not said.failures
        return said.seconds if voice.capabilities.plays_itself else len(said.samples) / voice.rate

    def test_it_keeps_the_protocol(self) -> None:
        """Callers see a Synthesizer and nothing else."""
        kind = load_engine("synthesizer", self.engine)
        members = {name for name in vars(Synthesizer) if not name.startswith("_")}
        assert members | {"capabilities", "rate"} <= {*dir(kind), "rate"}
        assert kind.available() is True

    def test_a_sentence_is_heard(self) -> None:
        """One to ten seconds of it, loud enough and not too loud."""
        with self.open() as voice:
            said = self.say(voice, self.spoken())
            assert not said.failures
            if voice.capabilities.plays_itself:
                assert not said.sounds
                assert 0.5 < said.seconds < 15
                return
            assert 0.5 < len(said.samples) / voice.rate < 15
            loudest = max(map(abs, said.samples))
            assert 1000 < loudest < 32767 if self.audible else loudest == 0

    def test_twice_as_much_takes_longer(self) -> None:
        """Nothing is swallowed."""
        with self.open() as voice:
            once = self.length(voice, self.spoken())
            twice = self.length(voice, self.spoken(f"{self.sentence} {self.sentence}"))
            assert 1.5 * once < twice < 3 * once

    def test_nothing_is_said_in_no_time(self) -> None:
        """Empty stretches are neither an error nor a wait."""
        with self.open() as voice:
            assert self.length(voice, self.spoken(""), self.spoken("  \n ")) < 0.6
            assert self.length(voice) < 0.1

    def test_marks_tell_where_words_are(self) -> None:
        """In order, before the sound they lie in, and never in the middle of nothing."""
        with self.open() as voice:
            said = self.say(voice, self.spoken(), self.spoken())
            if not voice.capabilities.marks:
                assert not said.marks
                return
            for part in (0, 1):
                marks = [(mark, before) for mark, before in said.marks if mark.part == part]
                assert len(marks) >= 3
                end = at = 0
                for mark, before in marks:
                    assert end <= mark.start < mark.end <= len(self.sentence)
                    assert self.sentence[mark.start : mark.end].strip()
                    assert mark.at >= max(at, 0 if voice.capabilities.plays_itself else before)
                    end, at = mark.end, mark.at

    def test_faster_is_shorter(self) -> None:
        """From a beginner's rate to an expert's."""
        with self.open() as voice:
            slow, usual, fast = (self.length(voice, self.spoken(rate=rate)) for rate in (80, 175, 500))
            if voice.capabilities.rate:
                assert slow > 1.3 * usual
                assert usual > 1.3 * fast

    def test_quieter_is_quieter(self) -> None:
        """And nothing is silence."""
        with self.open() as voice:
            if not (self.audible and voice.capabilities.volume) or voice.capabilities.plays_itself:
                return
            loud, soft, mute = (
                max(map(abs, self.say(voice, self.spoken(volume=volume)).samples)) for volume in (100, 30, 0)
            )
            assert mute < _QUIET < soft < 0.6 * loud

    def test_a_pause_is_silence_of_that_length(self) -> None:
        """After the stretch that asks for it, to the sample."""
        with self.open() as voice:
            said = self.say(voice, self.spoken("Yes.", pause=0.7), self.spoken("No."))
            if voice.capabilities.plays_itself:
                assert said.seconds > 0.7
                return
            pause = bytes(2 * round(0.7 * voice.rate))
            assert said.sounds[0].endswith(pause)
            assert sorted(said.sounds) == [0, 1]

    def test_it_stops_at_once_and_goes_on_as_before(self) -> None:
        """An aborted stretch leaves nothing behind."""
        with self.open() as voice:
            before = self.length(voice, self.spoken())
            process = voice.pid
            for _time in range(5):
                stream = voice.speak([self.spoken(f"{self.sentence} " * 20)])
                if not voice.capabilities.plays_itself:
                    next(stream)
                self._abort(stream)
            assert abs(self.length(voice, self.spoken()) - before) < 0.3 + 0.2 * before
            assert voice.pid == process

    def _abort(self, stream: SpeechStream) -> None:
        began = time.monotonic()
        stream.abort()
        assert list(stream) == []
        assert time.monotonic() - began < 0.2

    def test_any_text_is_said_or_passed_over(self) -> None:
        """The process that says it does not even notice."""
        with self.open() as voice:
            process = voice.pid
            for text in STRANGE:
                stream = voice.speak([self.spoken(text, rate=900 if voice.capabilities.rate else 175)])
                end = threading.Timer(0.5 if voice.capabilities.plays_itself else 60, stream.abort)
                end.start()
                for made in stream:
                    assert not isinstance(made, Unspoken), (text, made.error)
                end.cancel()
            assert self.length(voice, self.spoken()) > 0.5
            assert voice.pid == process

    def test_the_same_words_take_the_same_time(self) -> None:
        """For an engine that says so: when its process dies, another goes on in the middle of a word."""
        with self.open() as voice, self.open() as other:
            if not voice.capabilities.repeatable:
                return
            first = self.say(voice, self.spoken())
            self.say(voice, self.spoken("Something else.", rate=300, pitch=80))
            near = 0.02 * voice.rate
            for again in (self.say(voice, self.spoken()), self.say(other, self.spoken())):
                assert abs(len(again.samples) - len(first.samples)) < near
                assert len(again.marks) == len(first.marks)
                for (here, _), (there, _) in zip(again.marks, first.marks, strict=True):
                    assert (here.start, here.end) == (there.start, there.end)
                    assert abs(here.at - there.at) < near

    def test_its_voices_can_be_asked_for_by_name(self) -> None:
        """Names are unique, and each is understood."""
        with self.open() as voice:
            voices = voice.voices()
            assert voices
            assert all(isinstance(one, VoiceInfo) and one.name for one in voices)
            assert len({one.name for one in voices}) == len(voices)
            for one in [one for one in voices if self.language in one.languages][:3]:
                assert self.length(voice, self.spoken("Yes.", voice=one.name)) > 0.05

    def test_an_unknown_voice_is_an_error_of_ours_and_the_next_stretch_is_said(self) -> None:
        """With a hint, and without losing what comes after."""
        with self.open() as voice:
            said = self.say(voice, self.spoken(voice="No Such Voice"), self.spoken())
            for failure in said.failures:
                assert failure.part == 0
                assert isinstance(failure.error, EngineError)
                assert failure.error.hint
            assert voice.capabilities.plays_itself or 1 in said.sounds
