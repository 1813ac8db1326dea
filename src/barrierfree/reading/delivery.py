"""What a reader has given to the speaker, and what may be cut short; hides tickets, timer and dead speakers.

A listener who presses a key, or whose focus moves, wants what is being said to stop, but not to lose the
messages that wait behind it. The speaker only knows silence for all, so those are handed to it again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final

from barrierfree.errors import BarrierfreeError, EngineFailed
from barrierfree.reading.joining import in_language
from barrierfree.reading.news import News
from barrierfree.semantics import Live
from barrierfree.speech.speaker import Speaker
from barrierfree.speech.ticket import Ticket
from barrierfree.speech.utterance import Priority, Utterance
from barrierfree.wording import _

__all__ = ["Alarm", "Delivery", "Kind"]


class Kind(Enum):
    """What an utterance is about, which says what may cut it short."""

    SCREEN = auto()
    """Another screen: what comes to have the focus on it waits for it."""
    FOCUS = auto()
    CHANGE = auto()
    """Of the thing that has the focus."""
    ACTIVE = auto()
    ASKED = auto()
    """The user asked for it."""
    LIVE = auto()
    """A polite message: it is not lost to a key while it waits."""
    ALERT = auto()
    """An urgent one: only a key cuts it short."""


_SOON: Final = 0.02
"""Seconds before which no alarm rings."""
_KEPT: Final = frozenset({Kind.LIVE, Kind.ALERT})


@dataclass(frozen=True, slots=True)
class _Given:
    kind: Kind
    ticket: Ticket


class Delivery:
    """Hands utterances to a speaker. For one thread at a time.

    Args:
        speaker: Who says them. When it can say no more, they are lost and nothing is raised.
    """

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self._given: list[_Given] = []
        self._progress: tuple[Hashable, Ticket | None] = (None, None)
        """Whose progress was told last, and what became of it."""

    def tell(self, news: News) -> None:
        """Let news have its turn; urgent news comes at once."""
        urgent, progress = news.live is Live.ASSERTIVE, news.progress_of is not None
        priority = Priority.NOW if urgent else Priority.PROGRESS if progress else Priority.NORMAL
        whose, last = self._progress
        heard = last is not None and last.state in ("speaking", "done")
        text = news.briefly if progress and heard and whose == news.progress_of else news.text
        utterance = Utterance(in_language(text, news.language), priority=priority, reason=news.reason)
        ticket = self.say(utterance, Kind.ALERT if urgent else Kind.LIVE)
        if progress:
            self._progress = news.progress_of, ticket

    def say(self, what: Utterance, kind: Kind, **options: Any) -> Ticket:
        """Let it be said; a ticket that has failed already when the speaker is dead."""
        try:
            ticket = self.speaker.say(what, **options)
        except Exception as error:  # noqa: BLE001  the program that is read must go on, whatever speech does
            return _lost(what, error)
        self._given = [given for given in self._given if not given.ticket.is_over]
        self._given.append(_Given(kind, ticket))
        return ticket

    def running(self) -> Kind | None:
        """What is being said now, of what was given."""
        return next((given.kind for given in self._given if given.ticket.state == "speaking"), None)

    def waiting(self, kinds: frozenset[Kind] = _KEPT) -> int:
        """How many messages wait, or what else is asked for."""
        return sum(given.kind in kinds and given.ticket.state == "waiting" for given in self._given)

    def hush(self, kinds: frozenset[Kind]) -> None:
        """Be silent at once if what is said now is of these kinds; then what waits is said."""
        waiting = [given for given in self._given if given.ticket.state == "waiting"]
        if self.running() in kinds and self.silence():
            self._say_again(waiting)

    def hush_all(self) -> None:
        """Be silent at once; of what waits only messages are said."""
        waiting = [given for given in self._given if given.kind in _KEPT and given.ticket.state == "waiting"]
        if self.silence():
            self._say_again(waiting)

    def silence(self) -> bool:
        """Be silent at once, and say nothing of what waits; False when there was nothing to silence."""
        self._given = []
        try:
            if not self.speaker.busy:
                return False
            self.speaker.cancel()
        except Exception:  # noqa: BLE001  a dead speaker is silent
            return False
        return True

    def _say_again(self, waiting: list[_Given]) -> None:
        for given in waiting:
            if not _has_expired(given.ticket.utterance):
                self.say(given.ticket.utterance, given.kind)

    def priority(self) -> Priority:
        """With which something urgent comes before messages, but not into the middle of an alert."""
        return Priority.NOW if self.running() is Kind.LIVE else Priority.NEXT


def _has_expired(utterance: Utterance) -> bool:
    expires: Callable[[], bool] | None = utterance.expires
    return bool(expires and expires())


def _lost(what: Utterance, error: Exception) -> Ticket:
    ticket = Ticket(what)
    ticket.error = (
        error
        if isinstance(error, BarrierfreeError)
        else EngineFailed(
            _("This could not be said: {error}").format(error=error),
            hint=_("Start the program again; barrierfree voices shows what can speak here."),
        )
    )
    ticket.end("failed")
    return ticket


class Alarm:
    """Calls back once after a while, in a thread that lives no longer. For one thread at a time.

    Args:
        call: What it calls.
    """

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self._timer: threading.Timer | None = None
        self._at = 0.0

    def set(self, at: float | None, now: float) -> None:
        """Ring at this time, or before if it is set already; None leaves it as it is."""
        if at is None or (self._timer and self._timer.is_alive() and self._at <= at):
            return
        self.cancel()
        self._at = at
        self._timer = threading.Timer(max(_SOON, at - now), self._call)
        self._timer.daemon = True
        self._timer.start()

    def rang(self) -> None:
        """It has rung: it may be set to a later time."""
        if self._timer is threading.current_thread():
            self._timer = None

    def cancel(self) -> None:
        """Do not ring."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
