"""Where a listener is in what a voice has made; hides the arithmetic between samples, marks and text.

What is written to a loudspeaker is heard some time later. The course keeps what has been written but not
heard, so that a word can be shown when it is heard, and speech that is interrupted can go on with the word
the listener heard last.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import NamedTuple

from barrierfree.speech.rendering import Stretch
from barrierfree.speech.synthesizer import Mark

__all__ = ["Course"]


class _Point(NamedTuple):
    """The beginning of a stretch, or of a word in it."""

    position: int
    stretch: int
    mark: Mark | None


class Course:
    """Stretches as they are asked for, made and heard. Any thread may use it.

    Args:
        tell: Called for every word when it is heard, with its stretch and its mark; must not take long.
    """

    def __init__(self, tell: Callable[[Stretch, Mark], None]) -> None:
        self._tell = tell
        self._lock = threading.Lock()
        self._asked: deque[Stretch] = deque()
        """What has been asked for and not been heard to the end."""
        self._first = 0
        """Number of the first of these."""
        self._points: deque[_Point] = deque()
        """Where the listener is, and what is still to be heard."""
        self._arrived = False
        """True when the first of these is where the listener is."""
        self._begun = 0
        """Stretches that the voice has begun."""

    def ask(self, stretches: Iterable[Stretch]) -> None:
        """Note what the voice has been asked for."""
        with self._lock:
            self._asked.extend(stretches)

    def begin(self, stretch: int, position: int) -> None:
        """Note that the voice has come to a stretch, counted from 0, with so many samples made before it."""
        with self._lock:
            while self._begun <= stretch:
                self._points.append(_Point(position, self._begun, None))
                self._begun += 1

    def mark(self, mark: Mark, position: int) -> None:
        """Note a word of the stretch the voice is at, with so many samples made before it."""
        with self._lock:
            self._points.append(_Point(position, self._begun - 1, mark))

    def advance(self, heard: int) -> None:
        """Note that so many samples have been heard, and tell of the words that begin in them."""
        with self._lock:
            while len(self._points) > self._arrived and self._points[self._arrived].position <= heard:
                if self._arrived:
                    self._points.popleft()
                self._arrived = True
                here = self._points[0]
                while self._first < here.stretch:
                    self._asked.popleft()
                    self._first += 1
                if here.mark and here.mark.end > here.mark.start:
                    self._tell(self._asked[0], here.mark)

    def rest(self) -> list[Stretch]:
        """What the listener has not heard, from the word on that was heard last."""
        with self._lock:
            rest = list(self._asked)
            here = self._points[0].mark if self._arrived else None
            if here:
                rest[0] = rest[0].rest(here)
            return rest
