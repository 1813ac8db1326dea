"""Cuts a stream of sound at its quiet points; hides loudness, windows and buffers.

A phrase is short enough for any engine (Whisper hears 30 seconds at most) and long enough to make
sense. Phrases cover the stream without gaps or overlaps, and where one ends depends only on the sound
since it began: a run that was stopped can go on from any phrase and comes to the same cuts.

Pure Python on purpose: looking at every third sample in 30 ms frames costs about 0.6 s for an hour of
sound, and it keeps numpy out of programs that only use Vosk.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from barrierfree.audio import AudioBlock

__all__ = ["Limits", "Phrase", "phrases"]

_FRAME_SECONDS = 0.03
_EVERY = 3
"""One sample in three is enough to tell speech from a pause: speech has most of its energy below 2.7 kHz."""
_PAUSE_FRAMES = 10
"""A cut wants 0.3 s of quiet around it: shorter dips are the closures inside words such as "apt"."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a phrase may be, in seconds."""

    shortest: float = 15.0
    longest: float = 28.0
    first_shortest: float = 3.0
    """The first phrase is kept short, so that the first words are on the screen soon."""
    first_longest: float = 8.0

    def of(self, number: int) -> tuple[float, float]:
        """Shortest and longest length (seconds) of the phrase with this number, counted from 0."""
        if number == 0:
            return min(self.first_shortest, self.shortest), min(self.first_longest, self.longest)
        return self.shortest, self.longest


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of sound cut at quiet points."""

    number: int
    """Counted from 0."""
    sound: AudioBlock
    """All of it, as one block."""


def phrases(
    blocks: Iterable[AudioBlock], limits: Limits | None = None, *, number: int = 0
) -> Iterator[Phrase]:
    """The stream cut at its quietest points.

    Args:
        blocks: Contiguous blocks of one rate.
        limits: Shortest and longest phrase.
        number: Number of the first phrase, when going on in the middle of a recording.

    Yields:
        Phrases in order, covering every sample once. Cut lengths obey the limits, but the last is
        as short as what is left.
    """
    limits = limits or Limits()
    buffer = _Buffer()
    for block in blocks:
        buffer.add(block)
        while buffer.seconds >= limits.of(number)[1]:
            yield Phrase(number, buffer.cut(*limits.of(number)))
            number += 1
    if buffer.seconds:
        yield Phrase(number, buffer.rest())


class _Buffer:
    """Sound waiting for its cut, with the loudness of every 30 ms frame."""

    def __init__(self) -> None:
        self._samples = bytearray()
        self._position = 0
        self._rate = 0
        self._loudness: list[int] = []

    @property
    def seconds(self) -> float:
        return len(self._samples) / 2 / self._rate if self._rate else 0.0

    def add(self, block: AudioBlock) -> None:
        if not self._samples:
            self._position, self._rate = block.position, block.rate
        elif block.rate != self._rate or block.position != self._position + len(self._samples) // 2:
            raise ValueError("blocks must be contiguous and of one rate")
        self._samples += block.samples

    def cut(self, shortest: float, longest: float) -> AudioBlock:
        """Everything up to the quietest point between the two lengths (seconds)."""
        self._measure()
        first, last = int(shortest / _FRAME_SECONDS), int(longest / _FRAME_SECONDS)
        at = _quietest(self._loudness, first, min(last, len(self._loudness)))
        taken = self._take(at * self._frame)
        del self._loudness[:at]
        return taken

    def rest(self) -> AudioBlock:
        """Everything that is left."""
        return self._take(len(self._samples) // 2)

    @property
    def _frame(self) -> int:
        return int(self._rate * _FRAME_SECONDS)

    def _measure(self) -> None:
        frame = self._frame
        with memoryview(self._samples).cast("B") as raw:
            samples = raw[: len(raw) // 2 * 2].cast("h")
            for start in range(len(self._loudness) * frame, len(samples) - frame + 1, frame):
                self._loudness.append(sum(map(abs, samples[start : start + frame : _EVERY])))
            samples.release()

    def _take(self, frames: int) -> AudioBlock:
        block = AudioBlock(self._position, bytes(self._samples[: frames * 2]), self._rate)
        del self._samples[: frames * 2]
        self._position += frames
        return block


def _quietest(loudness: list[int], first: int, last: int) -> int:
    """The frame in the middle of the quietest 0.3 s window; the later of two equals."""
    half = _PAUSE_FRAMES // 2
    begin = max(0, first - half)
    window: deque[int] = deque(loudness[begin : begin + _PAUSE_FRAMES])
    total = sum(window)
    best, best_at = total, begin + half
    for end in range(begin + _PAUSE_FRAMES, last):
        total += loudness[end] - window.popleft()
        window.append(loudness[end])
        if total <= best:
            best, best_at = total, end + 1 - half
    return max(1, min(best_at, last))
