"""Hears tones and says how high they are; an engine as somebody outside of barrierfree would write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import ClassVar

from barrierfree.audio import SAMPLE_RATE, AudioBlock
from barrierfree.transcription.recognizer import Capabilities, Options
from barrierfree.transcription.transcript import Segment, Word, join_words

_BEAT = SAMPLE_RATE // 4


class PitchforkRecognizer:
    """A word for every quarter of a second of tone: "low", "middle" or "high"."""

    # Not concurrent: whoever calls it from two threads at once breaks his side of the contract.
    capabilities: ClassVar[Capabilities] = Capabilities(
        word_times=True, needs_model=False, automatic=False, phrase_seconds=(2.0, 4.0)
    )

    def __init__(self, model: Path | None, options: Options) -> None:
        self._options = options
        self._busy = Lock()

    @classmethod
    def available(cls) -> bool:
        """Always."""
        return True

    def recognize(self, blocks: Iterable[AudioBlock]) -> Iterator[Segment]:
        """One segment for every run of tones without a pause."""
        if not self._busy.acquire(blocking=False):
            raise RuntimeError("called from two threads at once, though it is not concurrent")
        try:
            yield from self._segments(blocks)
        finally:
            self._busy.release()

    def close(self) -> None:
        """Nothing to free."""

    def _segments(self, blocks: Iterable[AudioBlock]) -> Iterator[Segment]:
        run: list[Word] = []
        for start, height in _heights(blocks):
            if height:
                run.append(Word(start, start + 0.25, height))
            elif run:
                yield self._segment(run)
                run = []
        if run:
            yield self._segment(run)

    def _segment(self, run: list[Word]) -> Segment:
        words = tuple(run) if self._options.words else ()
        return Segment(run[0].start, run[-1].end, join_words(run), words, self._options.language)


def _heights(blocks: Iterable[AudioBlock]) -> Iterator[tuple[float, str]]:
    """The start of every quarter of a second and how high its tone is; "" for silence."""
    samples = bytearray()
    first = None
    for block in blocks:
        first = block.position if first is None else first
        samples += block.samples
    heard = memoryview(bytes(samples)).cast("h")
    for at in range(0, len(heard) - _BEAT + 1, _BEAT):
        yield ((first or 0) + at) / SAMPLE_RATE, _height(heard[at : at + _BEAT])


def _height(beat: memoryview) -> str:
    if max(beat) < 300:
        return ""
    crossings = sum(1 for one, next_one in pairwise(beat) if one < 0 <= next_one)
    hertz = crossings * SAMPLE_RATE / _BEAT
    return "low" if hertz < 330 else "middle" if hertz < 660 else "high"
