"""What a voice makes of one request, as it arrives; hides waiting, aborting, and voices that die."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Final, Self

from barrierfree.errors import EngineError
from barrierfree.speech.synthesizer import Mark, Sound, Spoken

__all__ = ["SpeechStream", "Unspoken"]

_AHEAD: Final = 1 << 16
"""Bytes of sound kept for a listener who is slow: 1.5 s at 22,050 Hz. The voice waits, then."""


@dataclass(frozen=True, slots=True)
class Unspoken:
    """A stretch that the engine could not say; the next one follows."""

    part: int
    error: EngineError


class SpeechStream:
    """Sound and marks of one request; iterate over it to the end, or abort it.

    A voice that dies is replaced, and what it had not said is said by the next one, so nothing is lost. A
    repeatable engine goes on where it was; another one begins the stretch again.
    What is not read holds up what was asked for after it: whoever loses interest aborts.
    """

    def __init__(
        self,
        number: int,
        spoken: Sequence[Spoken],
        *,
        repeatable: bool,
        on_abort: Callable[[SpeechStream], None],
    ) -> None:
        self.number = number
        self.spoken = tuple(spoken)
        self.part = 0
        """Stretch the voice is at."""
        self.aborted_at: float | None = None
        """When it was aborted, on the monotonic clock."""
        self._repeatable = repeatable
        self._on_abort = on_abort
        self._changed = threading.Condition()
        self._made: deque[Sound | Mark | Unspoken] = deque()
        self._ahead = 0
        self._ended = False
        self._error: EngineError | None = None
        self._deaths = 0
        # Of the stretch the voice is at: what has been passed on, and what of it is still to be said again.
        self._samples = self._marks = 0
        self._skip_samples = self._skip_marks = 0
        self._shift = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Sound | Mark | Unspoken:
        """The next of what is made, as soon as it is.

        Raises:
            EngineError: There is no voice that could say it.
        """
        with self._changed:
            while not self._made:
                if self._error:
                    error, self._error = self._error, None
                    raise error
                if self._ended:
                    raise StopIteration
                self._changed.wait()
            made = self._made.popleft()
            if isinstance(made, Sound):
                full = self._ahead >= _AHEAD
                self._ahead -= len(made.samples)
                if full:
                    self._changed.notify_all()
            return made

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()

    def abort(self) -> None:
        """Stop it, from any thread: returns at once, and nothing more comes out."""
        with self._changed:
            if self._ended:
                self._made.clear()
                return
            self.aborted_at = time.monotonic()
            self._ended = True
            self._made.clear()
            self._changed.notify_all()
        self._on_abort(self)

    # What follows is for the voice.

    @property
    def unfinished(self) -> bool:
        """Whether somebody still listens, and more is to come."""
        return not self._ended

    def begin(self, part: int) -> None:
        """The voice has begun a stretch."""
        if part != self.part:
            self._turn_to(part)

    def sound(self, samples: bytes) -> None:
        """Pass sound on; waits while there is more of it than a slow listener needs."""
        if self._skip_samples:
            skipped = min(self._skip_samples, len(samples) // 2)
            self._skip_samples -= skipped
            samples = samples[2 * skipped :]
        if samples:
            with self._changed:
                while self._ahead >= _AHEAD and not self._ended:
                    self._changed.wait()
                self._samples += len(samples) // 2
                self._put(Sound(samples, self.part))

    def mark(self, mark: Mark) -> None:
        """Pass a mark on."""
        if self._skip_marks:
            self._skip_marks -= 1
            return
        with self._changed:
            self._marks += 1
            self._put(replace(mark, at=mark.at + self._shift, part=self.part))

    def fail(self, error: EngineError) -> None:
        """The stretch cannot be said."""
        with self._changed:
            self._put(Unspoken(self.part, error))

    def end(self, error: EngineError | None = None) -> None:
        """Nothing more comes."""
        with self._changed:
            self._error = None if self._ended else error
            self._ended = True
            self._changed.notify_all()

    def died(self, error: EngineError) -> None:
        """The voice has died over the stretch; the second time that stretch is given up."""
        self._deaths += 1
        if self._deaths > 1:
            self.fail(error)
            self._turn_to(self.part + 1)
        elif self._repeatable:
            self._skip_samples, self._skip_marks = self._samples, self._marks
        else:
            self._shift = self._samples

    def _turn_to(self, part: int) -> None:
        self.part = part
        self._deaths = self._samples = self._marks = self._skip_samples = self._skip_marks = self._shift = 0

    def _put(self, made: Sound | Mark | Unspoken) -> None:
        if not self._ended:
            self._made.append(made)
            if isinstance(made, Sound):
                self._ahead += len(made.samples)
            self._changed.notify_all()
