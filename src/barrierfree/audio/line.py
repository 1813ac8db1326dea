"""Sound on its way to a device; hides how a foreign thread takes it without ever waiting.

The device's thread calls :meth:`Line.read` every few milliseconds and must be gone again at once, so there is
no lock in it: each field has one thread that changes it, and a deque may be filled at one end and emptied at
the other. Silence is a matter of giving the device another line to read from, which is one assignment.
"""

from __future__ import annotations

import time
from collections import deque
from typing import Final

__all__ = ["Line", "Take"]

_KEPT: Final = 0.25
"""Seconds of sound remembered after the device took it, for a device that is lost before it has played it."""


class Take:
    """Sound that belongs together, such as an utterance; it is named with each block that is written."""

    __slots__ = ("line", "played", "written")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.played = 0
        """Samples that the device has taken. Falls by some ms when a device is lost before it played them."""
        self.written = 0
        """Samples that were written."""


class Line:
    """What waits to be played, in order. Any number of writers under one lock of theirs, one device.

    Args:
        rate: Samples per second.
    """

    def __init__(self, rate: int) -> None:
        self.taken_at = 0.0
        """When the device last took sound, on the monotonic clock."""
        self._blocks: deque[tuple[Take, memoryview]] = deque()
        self._written = self._taken = 0
        # Samples the device asked for, got or not; and what it got lately: up to where it had asked by then.
        self._asked = 0
        self._kept: deque[tuple[int, Take, memoryview]] = deque()
        self._kept_most = int(rate * _KEPT)

    @property
    def ahead(self) -> int:
        """Samples that the device has not taken yet."""
        return self._written - self._taken

    def append(self, take: Take, samples: bytes) -> None:
        """Let sound follow what is there. The caller sees to it that one thread does so at a time."""
        take.written += len(samples) // 2
        self._written += len(samples) // 2
        self._blocks.append((take, memoryview(samples)))

    def read(self, frames: int) -> bytes | memoryview:
        """At most so many samples, for the device's thread; less when there is no more: silence follows."""
        pieces: list[memoryview] = []
        missing = 2 * frames
        end = self._asked + frames
        while missing and self._blocks:
            take, piece = self._blocks.popleft()
            if len(piece) > missing:
                self._blocks.appendleft((take, piece[missing:]))
                piece = piece[:missing]
            missing -= len(piece)
            take.played += len(piece) // 2
            self._taken += len(piece) // 2
            self._kept.append((end - missing // 2, take, piece))
            pieces.append(piece)
        self._asked = end
        while self._kept and self._kept[0][0] <= end - self._kept_most:
            self._kept.popleft()
        if not pieces:
            return b""
        self.taken_at = time.monotonic()
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def rewind(self, samples: int) -> None:
        """Let what was taken with the last so many samples be taken again; only while no device reads."""
        start = max(self._asked - samples, 0)
        while self._kept and self._kept[-1][0] > start:
            end, take, piece = self._kept.pop()
            heard = max(len(piece) - 2 * (end - start), 0)
            if heard:
                self._kept.append((start, take, piece[:heard]))
            take.played -= (len(piece) - heard) // 2
            self._taken -= (len(piece) - heard) // 2
            self._blocks.appendleft((take, piece[heard:]))
        self._asked = start
