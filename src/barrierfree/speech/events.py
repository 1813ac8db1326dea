"""What happens while something is said, for whoever follows it; hides queues and the thread that looks.

    with speaker.events() as events:
        for event in events:
            if event.kind == "word":
                highlight(event.start, event.end)

Nobody has to follow: without followers nothing is looked at.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Final, Literal, Self

from barrierfree.speech.ticket import Ticket, TicketState

__all__ = ["Herald", "SpeechEvent", "SpeechEvents"]

_LOOK_SECONDS: Final = 0.01
"""Between two looks at what has been heard: no eye notices that a word lights up this much late."""


@dataclass(frozen=True, slots=True)
class SpeechEvent:
    """Something that happened to an utterance."""

    kind: Literal["speaking", "word", "waiting", "done", "cancelled", "dropped", "failed"]
    """``word``: a word begins to be heard. The others are the state its ticket has come to; ``waiting`` means
    that it was interrupted and will go on."""
    ticket: Ticket
    start: int = 0
    """Where the word begins, in characters of the utterance's text."""
    end: int = 0


class SpeechEvents:
    """Events as they happen, in order, from when this was asked for. Iterate over it, or ``get`` them.

    Nothing is lost while nobody reads. Leave the context, or close it, when no more are wanted.
    """

    def __init__(self, herald: Herald) -> None:
        self._herald = herald
        self._events: SimpleQueue[SpeechEvent | None] = SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> SpeechEvent:
        event = self._events.get()
        if event is None:
            self._events.put(None)  # whoever asks again gets the same answer
            raise StopIteration
        return event

    def get(self, timeout: float | None = None) -> SpeechEvent | None:
        """The next event; None when none comes for so many seconds, or none will come."""
        try:
            event = self._events.get(timeout=timeout)
        except Empty:
            return None
        if event is None:
            self._events.put(None)
        return event

    def close(self) -> None:
        """Get no more events; who waits for one is told that there will be none."""
        self._herald.forget(self)
        self._events.put(None)

    def put(self, event: SpeechEvent | None) -> None:
        """For the speaker."""
        self._events.put(event)


class Herald:
    """Passes events on to all who follow, and looks for words that are heard, only while somebody does.

    Args:
        look: Called often while something is said; it tells of the words that have been heard since.
    """

    def __init__(self, look: Callable[[], None]) -> None:
        self._look = look
        self._followers: tuple[SpeechEvents, ...] = ()
        self._lock = threading.Lock()
        self._speaking = threading.Event()
        self._closed = False
        self._thread: threading.Thread | None = None

    def follow(self) -> SpeechEvents:
        """Events from now on."""
        events = SpeechEvents(self)
        with self._lock:
            self._followers += (events,)
            if self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._watch, name="speech-herald", daemon=True)
                self._thread.start()
            closed = self._closed
        if closed:
            events.close()
        return events

    def forget(self, events: SpeechEvents) -> None:
        """One follower less."""
        with self._lock:
            self._followers = tuple(other for other in self._followers if other is not events)

    def word(self, ticket: Ticket, start: int, end: int) -> None:
        """Tell of a word."""
        self._tell(SpeechEvent("word", ticket, start, end))

    def state(self, ticket: Ticket, state: TicketState) -> None:
        """Tell what has become of an utterance."""
        self._tell(SpeechEvent(state, ticket))

    def speaking(self, *, now: bool) -> None:
        """Look, or look no more."""
        if now:
            self._speaking.set()
        else:
            self._speaking.clear()

    def close(self) -> None:
        """Tell all followers that no more will come."""
        with self._lock:
            self._closed = True
            followers = self._followers
        self._speaking.set()
        if self._thread:
            self._thread.join()
        for follower in followers:
            follower.put(None)

    def _tell(self, event: SpeechEvent) -> None:
        for follower in self._followers:
            follower.put(event)

    def _watch(self) -> None:
        pause = threading.Event()
        while not self._closed:
            self._speaking.wait()
            if self._followers:
                self._look()
            pause.wait(_LOOK_SECONDS)
