"""Reads on and on, sentence by sentence, and knows the word that was heard last; hides the thread it needs.

One sentence is always given to the speaker ahead, so that there is no gap between two, and no more than one,
so that messages come in between and whatever stops speech stops this too.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from barrierfree.reading.joining import in_language
from barrierfree.reading.reader import Reader
from barrierfree.speech.events import SpeechEvent, SpeechEvents
from barrierfree.speech.ticket import Ticket
from barrierfree.speech.utterance import Utterance

__all__ = ["Passage", "SayAll"]

_AHEAD: Final = 2
"""Sentences that the speaker has: the one being said, and the next."""
_LOOK: Final = 0.5
"""Seconds without news from the speaker, after which its tickets are looked at."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, and what it was taken from."""

    text: str
    source: Any
    """Whatever the caller knows it by."""
    start: int = 0
    """Where it begins in its source, in characters."""
    language: str = ""


class SayAll:
    """Reads passages until it is stopped, or speech is.

    Args:
        reader: Says them.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._run: _Run | None = None

    @property
    def running(self) -> bool:
        """Whether it reads."""
        return self._run is not None and not self._run.over.is_set()

    def start(self, passages: Iterator[Passage]) -> None:
        """Begin to read; returns at once. The passages are taken in another thread, as they are needed."""
        self.stop()
        self._run = _Run(self._reader, passages)
        threading.Thread(target=self._run.read, name="say-all", daemon=True).start()

    def stop(self) -> Passage | None:
        """Give the speaker nothing more; what it has is silenced by whoever stops this.

        Returns:
            The passage that was being read, its start moved to the word that was heard last, with the text
            from there on; None when nothing was begun, or all was read to its end.
        """
        run, self._run = self._run, None
        return run.stop() if run else None

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it reads no more, for at most so many seconds; False when it still does."""
        return self._run is None or self._run.over.wait(timeout)


class _Run:
    """From one start to its end."""

    def __init__(self, reader: Reader, passages: Iterator[Passage]) -> None:
        self.over = threading.Event()
        self._reader = reader
        self._passages = passages
        self._given: deque[tuple[Passage, Ticket]] = deque()
        self._heard: Passage | None = None
        self._stopping = False
        self._lock = threading.Lock()

    def stop(self) -> Passage | None:
        with self._lock:
            self._stopping = True
            return self._heard

    def read(self) -> None:
        """The thread."""
        try:
            with self._reader.speaker.events() as events:
                self._give()
                while self._given and not self._stopping:
                    self._follow(events)
        finally:
            self.over.set()

    def _give(self) -> None:
        """Let the speaker have what it should have."""
        while len(self._given) < _AHEAD:
            passage = next(self._passages, None)
            with self._lock:
                if passage is None or self._stopping:
                    return
                what = Utterance(in_language(passage.text, passage.language), expires=self._has_ended)
                self._given.append((passage, self._reader.say(what, reason="say-all", urgent=False)))
                self._heard = self._heard or passage

    def _has_ended(self) -> bool:
        """A reader that lets what waits be said after all must not go on with this."""
        return self._stopping or self.over.is_set()

    def _follow(self, events: SpeechEvents) -> None:
        event = events.get(_LOOK)
        passage, ticket = self._given[0]
        if event and event.ticket is ticket and event.kind == "word":
            self._note(passage, event)
        if not ticket.is_over:
            return
        if ticket.state != "done":  # stopped, or there is no voice
            self._given.clear()
            return
        self._given.popleft()
        with self._lock:
            self._heard = self._given[0][0] if self._given else None
        self._give()
        if self._heard is None and self._given:
            self._heard = self._given[0][0]

    def _note(self, passage: Passage, event: SpeechEvent) -> None:
        rest = passage.text[event.start :]
        with self._lock:
            if not self._stopping:
                self._heard = replace(passage, text=rest, start=passage.start + event.start)
