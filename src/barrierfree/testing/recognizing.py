"""An engine that hears tones, and the suite that every recogniser has to pass; hides no magic.

``ScriptedRecognizer`` hears tones instead of speech, so everything around an engine can be tested
without a model: ``barrierfree transcribe --engine scripted`` works on any file made with :func:`tone`.
"""

from __future__ import annotations

import math
import os
import time
from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from barrierfree.audio import SAMPLE_RATE, AudioBlock
from barrierfree.transcription.recognizer import Capabilities, Options, Recognizer
from barrierfree.transcription.transcript import Heard, Partial, Segment, Word, join_words

__all__ = ["RecognizerContract", "ScriptedRecognizer", "silence", "tone"]

_BEAT = SAMPLE_RATE // 2
_LOUD = 300
_SCRIPT = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel")
_DELAY = "BARRIERFREE_SCRIPTED_DELAY"
"""Environment variable: seconds of sleep for each phrase, to catch a run in the middle."""


def tone(seconds: float, *, hertz: float = 440.0, loudness: float = 0.3) -> bytes:
    """A sine tone as 16-bit mono samples at 16 kHz; loudness is 0 to 1."""
    step = 2 * math.pi * hertz / SAMPLE_RATE
    peak = loudness * 32767
    return array("h", (int(peak * math.sin(step * at)) for at in range(int(seconds * SAMPLE_RATE)))).tobytes()


def silence(seconds: float) -> bytes:
    """Silence as 16-bit mono samples at 16 kHz."""
    return bytes(2 * int(seconds * SAMPLE_RATE))


class ScriptedRecognizer:
    """Hears one word for every half second of sound that is not silent, and always the same one.

    The word depends on the time alone ("alpha" at 0.0 s, "bravo" at 0.5 s, …), so however a recording
    is cut, the same words come out.
    """

    capabilities: ClassVar[Capabilities] = Capabilities(
        streaming=True,
        word_times=True,
        confidences=True,
        needs_model=False,
        concurrent=True,
        phrase_seconds=(2.0, 4.0),
        automatic=False,
    )

    def __init__(self, model: Path | None = None, options: Options | None = None) -> None:
        self._model = model
        self._options = options or Options()
        self._delay = float(os.environ.get(_DELAY, "0"))

    @classmethod
    def available(cls) -> bool:
        """Always."""
        return True

    def recognize(self, blocks: Iterable[AudioBlock]) -> Iterator[Heard]:
        """A sentence for every run of loud half seconds."""
        time.sleep(self._delay)
        words: list[Word] = []
        for start, loud in _beats(blocks):
            if loud:
                number = round(start / 0.5)
                words.append(Word(start, start + 0.5, _SCRIPT[number % len(_SCRIPT)], 0.9))
                if self._options.partials:
                    yield Partial(words[0].start, words[-1].end, join_words(words))
            elif words:
                yield self._sentence(words)
                words = []
        if words:
            yield self._sentence(words)

    def close(self) -> None:
        """Nothing to free."""

    def _sentence(self, words: list[Word]) -> Segment:
        return Segment(
            start=words[0].start,
            end=words[-1].end,
            text=join_words(words),
            words=tuple(words) if self._options.words else (),
            language=self._options.language,
        )


def _beats(blocks: Iterable[AudioBlock]) -> Iterator[tuple[float, bool]]:
    """Half seconds on the clock of the source: when each begins, and whether most of it is loud."""
    loud: dict[int, int] = {}
    total = 0
    for block in blocks:
        samples = memoryview(block.samples).cast("h")
        for at in range(0, len(samples), 160):
            here = (block.position + at) // _BEAT
            loud.setdefault(here, 0)
            loud[here] += max(map(abs, samples[at : at + 160 : 8]), default=0) > _LOUD
            total += 1
    for beat in sorted(loud):
        yield beat / 2, loud[beat] > _BEAT // 160 // 2


class RecognizerContract(ABC):
    """What every engine promises; subclass it in a test module and fill in ``open`` and ``speech``."""

    @abstractmethod
    def open(self, options: Options) -> Recognizer:
        """The engine, loaded."""

    @abstractmethod
    def speech(self) -> bytes:
        """A few seconds in which something is said: 16-bit mono samples at 16 kHz."""

    def hear(self, samples: bytes, options: Options | None = None, *, position: int = 0) -> list[Heard]:
        """Everything the engine yields for the samples, in blocks of 0.1 s."""
        step = SAMPLE_RATE // 10 * 2
        blocks = [
            AudioBlock(position + at // 2, samples[at : at + step]) for at in range(0, len(samples), step)
        ]
        recognizer = self.open(options or Options())
        try:
            return list(recognizer.recognize(blocks))
        finally:
            recognizer.close()
            recognizer.close()

    def test_it_keeps_the_protocol(self) -> None:
        """Callers see a Recognizer and nothing else."""
        recognizer = self.open(Options())
        assert isinstance(recognizer, Recognizer)
        assert type(recognizer).available() is True
        recognizer.close()

    def test_it_hears_speech_in_order(self) -> None:
        """Starts never go backwards, and every segment has words."""
        segments = [event for event in self.hear(self.speech()) if isinstance(event, Segment)]
        assert segments
        assert [segment.start for segment in segments] == sorted(segment.start for segment in segments)
        for segment in segments:
            assert segment.text == segment.text.strip() != ""
            assert 0 <= segment.start <= segment.end <= len(self.speech()) / 2 / SAMPLE_RATE + 0.05

    def test_words_lie_inside_their_segment_and_make_up_its_text(self) -> None:
        """Word times are usable for captions and for playing from a word."""
        if not self.open(Options()).capabilities.word_times:
            return
        for segment in self.hear(self.speech()):
            if not isinstance(segment, Segment):
                continue
            assert join_words(segment.words) == segment.text
            at = segment.start
            for word in segment.words:
                assert at <= word.start <= word.end <= segment.end
                assert word.confidence is None or 0 <= word.confidence <= 1
                at = word.start

    def test_times_count_from_the_start_of_the_source(self) -> None:
        """A phrase from the middle of a recording keeps its place."""
        here = [event for event in self.hear(self.speech()) if isinstance(event, Segment)]
        there = [
            event
            for event in self.hear(self.speech(), position=60 * SAMPLE_RATE)
            if isinstance(event, Segment)
        ]
        assert abs(there[0].start - here[0].start - 60) < 1e-6 + 0.5 * (len(here) != len(there))

    def test_silence_and_nothing_yield_nothing(self) -> None:
        """No words are made up."""
        assert self.hear(silence(5)) == []
        assert self.hear(b"") == []

    def test_words_can_be_left_out(self) -> None:
        """Without word times the text is the same."""
        told = self.hear(self.speech(), Options(words=False))
        assert all(segment.words == () for segment in told if isinstance(segment, Segment))

    def test_the_same_sound_gives_the_same_words(self) -> None:
        """Resuming rests on this."""
        assert self.hear(self.speech()) == self.hear(self.speech())

    def test_partials_come_only_when_asked_for(self) -> None:
        """They cost time that a recording does not need spent."""
        assert not any(isinstance(event, Partial) for event in self.hear(self.speech()))
        if self.open(Options()).capabilities.streaming:
            told = self.hear(self.speech(), Options(partials=True))
            assert any(isinstance(event, Partial) for event in told)
            assert isinstance(told[-1], Segment)
