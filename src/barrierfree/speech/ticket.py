"""What becomes of one utterance, seen by whoever asked for it; hides threads and event loops."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from barrierfree.errors import BarrierfreeError
from barrierfree.speech.utterance import Utterance

if TYPE_CHECKING:
    import asyncio

__all__ = ["Ticket", "TicketState"]

TicketState = Literal["waiting", "speaking", "done", "cancelled", "dropped", "failed"]
"""``waiting`` for its turn, or for its rest to go on; ``speaking``; said to the end: ``done``; ``cancelled``;
``dropped``, because it expired or a later PROGRESS came; ``failed``, some or all of it: there was no voice or
no loudspeaker for it."""

_GUARD = threading.Lock()
"""One for all tickets: it is held for a moment only."""


class Ticket:
    """What becomes of an utterance. In asyncio, ``await`` it: the result is its last state."""

    __slots__ = ("_latch", "_watchers", "error", "state", "utterance")

    def __init__(self, utterance: Utterance) -> None:
        self.utterance = utterance
        """What is said."""
        self.state: TicketState = "waiting"
        self.error: BarrierfreeError | None = None
        """What went wrong first, when some or all of it could not be said."""
        self._watchers: list[Callable[[], None]] = []
        # A lock that is held until the end: an Event takes twenty times the memory, and many tickets wait.
        self._latch = threading.Lock()
        self._latch.acquire()

    def __repr__(self) -> str:
        return f"<Ticket {self.state}: {self.utterance.text[:40]!r}>"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be said of it."""
        return self.state not in ("waiting", "speaking")

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until nothing more will be said of it; False when that takes longer than so many seconds."""
        if not self._latch.acquire(timeout=-1 if timeout is None else max(0.0, timeout)):
            return False
        self._latch.release()
        return True

    def __await__(self) -> Generator[asyncio.Future[None], None, TicketState]:
        import asyncio

        loop = asyncio.get_running_loop()
        over = asyncio.Event()

        def wake() -> None:
            with suppress(RuntimeError):  # the loop has been closed meanwhile
                loop.call_soon_threadsafe(over.set)

        self._when_over(wake)
        yield from asyncio.ensure_future(over.wait()).__await__()
        return self.state

    def _when_over(self, call: Callable[[], None]) -> None:
        with _GUARD:
            if not self.is_over:
                self._watchers.append(call)
                return
        call()

    # What follows is for the speaker.

    def turn(self, state: TicketState) -> None:
        """Be waiting or speaking, unless it is over."""
        with _GUARD:
            if not self.is_over:
                self.state = state

    def end(self, state: TicketState) -> bool:
        """Nothing more is said of it; False when that was so already."""
        with _GUARD:
            if self.is_over:
                return False
            self.state = state
            self._latch.release()
            watchers, self._watchers = self._watchers, []
        for call in watchers:
            call()
        return True
