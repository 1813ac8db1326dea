"""Says what is news about a screen, as it happens; hides what was heard, what expires, and what has to wait.

    reader = Reader(speaker)
    reader.screen(Node(Role.WINDOW, "Editor"))
    reader.focus(Node(Role.BUTTON, "Save", key="save"))     # "Editor", then "Save, button"
    reader.focus(Node(Role.BUTTON, "Open", key="open"))     # "Save" is cut short

Every method may be called from any thread, takes well under a millisecond, and never raises for a speaker
that cannot speak: then speech is lost, and the program that is read goes on.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from barrierfree.reading.changing import same_thing
from barrierfree.reading.delivery import Alarm, Delivery, Kind
from barrierfree.reading.joining import in_language, one_line
from barrierfree.reading.news import News, NewsRoom
from barrierfree.reading.phrasing import describe, describe_change, is_dialog
from barrierfree.reading.settings import ReadingSettings
from barrierfree.semantics import Live, Node
from barrierfree.speech.speaker import Speaker
from barrierfree.speech.ticket import Ticket
from barrierfree.speech.utterance import Priority, Utterance

__all__ = ["Reader"]

_ABOUT_FOCUS: Final = frozenset({Kind.FOCUS, Kind.CHANGE, Kind.ACTIVE, Kind.ASKED})
_CHANGES_AT_ONCE: Final = 3
"""Changes of the thing in focus within one interval that are each said, though no key was pressed."""


class Reader:
    """Tells a listener what happens on a screen.

    Args:
        speaker: Who says it. It stays its owner's, who closes it.
        settings: How much is said, and how often.
        clock: Seconds, for the limits of what changes by itself.
    """

    def __init__(
        self,
        speaker: Speaker,
        settings: ReadingSettings = ReadingSettings(),  # noqa: B008  frozen
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.speaker = speaker
        self.settings = settings
        """How it reads; may be replaced at any time."""
        self._clock = clock
        self._lock = threading.RLock()
        self._delivery = Delivery(speaker)
        self._news = NewsRoom()
        self._enabled = True
        self._screen: Node | None = None
        self._focus: Node | None = None
        """As it was heard."""
        self._focus_held: Node | None = None
        """As it is, where that has not been said yet."""
        self._changes: deque[float] = deque(maxlen=_CHANGES_AT_ONCE)
        self._within: tuple[Hashable, ...] = ()
        self._active: Node | None = None
        self._ages = dict.fromkeys((Kind.SCREEN, Kind.FOCUS, Kind.ACTIVE), 0)
        self._alarm = Alarm(self.tick)

    @property
    def enabled(self) -> bool:
        """Whether it says what happens; what is said by :meth:`say` is said in any case."""
        return self._enabled

    @enabled.setter
    def enabled(self, value: bool) -> None:
        with self._lock:
            if self._enabled and not value:
                self.stop()
            self._enabled = value

    def screen(self, node: Node) -> None:
        """There is another screen, window or dialog: its title, and the text of a dialog."""
        with self._lock:
            before, self._screen = self._screen, node
            if before and same_thing(before, node) and before.name == node.name:
                return
            self._forget_focus()
            self._ages[Kind.SCREEN] += 1
            self._within = (_identity(node),)
            utterance = describe(node, settings=self.settings) if is_dialog(node) else _title(node)
            self._delivery.hush(_ABOUT_FOCUS | {Kind.SCREEN})
            self._say(
                utterance,
                Kind.SCREEN,
                reason="screen",
                priority=self._delivery.priority(),
                expires=self._until_next(Kind.SCREEN),
            )

    def focus(self, node: Node | None, within: Sequence[Node] = ()) -> None:
        """The keys go here now, or something about what they go to has changed.

        Args:
            node: What has the focus; None when nothing has.
            within: What it stands in, the outermost first. What is newly entered is said before it.
        """
        with self._lock:
            if node is None:
                self._forget_focus()
            elif self._focus and same_thing(self._focus, node):
                self._focus_changed(node)
            else:
                self._focus_moved(node, within)

    def active(self, node: Node) -> None:
        """An item moved while the focus stays elsewhere: a command palette, suggestions."""
        with self._lock:
            before, self._active = self._active, node
            if before and same_thing(before, node):
                utterance = describe_change(before, node, self.settings)
            else:
                utterance = describe(node, settings=self.settings, since=before)
            if utterance:
                self._ages[Kind.ACTIVE] += 1
                self._delivery.hush(frozenset({Kind.ACTIVE}))
                expires = self._until_next(Kind.ACTIVE)
                self._say(utterance, Kind.ACTIVE, priority=Priority.NEXT, expires=expires)

    def live(self, node: Node) -> None:
        """This is what a live region says now; whether that is news is found out here."""
        with self._lock:
            if self._enabled and self.settings.live:
                self._tell(self._news.region(node, self._clock(), self.settings, self._delivery.waiting()))

    def announce(self, text: str, live: Live = Live.POLITE, *, reason: str = "live") -> None:
        """Something happened: a toast, a message; never twice at a time, and a flood of them in short."""
        with self._lock:
            if not self._enabled or not self.settings.live or live is Live.OFF:
                return
            news = News(text.strip(), live, reason)
            self._tell(self._news.message(news, self._clock(), self.settings, self._delivery.waiting()))

    def key(self) -> None:
        """The user pressed a key: what is being said stops at once. Messages that wait are said later."""
        with self._lock:
            self._changes.clear()
            self._news.asked()
            self._delivery.hush_all()

    def say(self, what: str | Utterance, *, reason: str, urgent: bool = True) -> Ticket:
        """Say something that the user asked for.

        Args:
            what: What to say.
            reason: Why, for the log.
            urgent: It comes at once, in place of what is being said; else in turn.

        Returns:
            What becomes of it; it has failed already when the speaker is dead.
        """
        with self._lock:
            utterance = what if isinstance(what, Utterance) else Utterance(what)
            if not urgent:
                return self._delivery.say(utterance, Kind.ASKED, reason=reason)
            self._delivery.hush(_ABOUT_FOCUS | {Kind.SCREEN})
            return self._delivery.say(
                utterance, Kind.ASKED, reason=reason, priority=self._delivery.priority()
            )

    def stop(self) -> None:
        """Be silent at once; nothing that waited will be said."""
        with self._lock:
            self._news.clear()
            self._focus_held = None
            self._delivery.silence()

    def repeat(self) -> Ticket | None:
        """Say again what was said last; None when nothing was, or nothing can be."""
        with self._lock:
            said = self.speaker.history.last
            self._delivery.hush_all()
            if said is None:
                return None
            return self._delivery.say(
                said.utterance, Kind.ASKED, priority=Priority.NOW, expires=None, reason="repeat"
            )

    def tick(self) -> None:
        """Say what a limit held back and now allows. A timer does this; a program with a loop may as well."""
        with self._lock:
            self._alarm.rang()
            now = self._clock()
            self._tell(self._news.take(now, self.settings, self._delivery.waiting()))
            held = self._focus_held
            if held and self._changes_due() <= now:
                self._focus_changed(held)
            self._set_alarm(now)

    def close(self) -> None:
        """Say nothing more of what was held back. The speaker stays open."""
        with self._lock:
            self.stop()
            self._alarm.cancel()

    def _focus_moved(self, node: Node, within: Sequence[Node]) -> None:
        inside = tuple(_identity(one) for one in within)
        entered = [one for one, identity in zip(within, inside, strict=True) if identity not in self._within]
        before = self._focus
        alike = before is not None and before.role is node.role and not entered
        utterance = describe(node, settings=self.settings, within=entered, since=before if alike else None)
        self._forget_focus()
        self._focus = node
        self._within = inside + tuple(one for one in self._within if one == self._screen_identity())
        self._say_at_once(utterance, Kind.FOCUS)

    def _focus_changed(self, node: Node) -> None:
        before = self._focus
        assert before
        if node.live is not Live.OFF:  # what is in it is told as news of a live region
            before = replace(before, name=node.name, value=node.value, fraction=node.fraction)
        utterance = describe_change(before, node, self.settings)
        now = self._clock()
        if utterance and self._changes_due() > now:
            self._focus_held = node
            self._set_alarm(now)
            return
        self._focus, self._focus_held = node, None
        if utterance:
            self._changes.append(now)
            self._news.heard(utterance.text, now)
            self._say(utterance, Kind.CHANGE, priority=Priority.NEXT, expires=self._until_next(Kind.FOCUS))

    def _changes_due(self) -> float:
        """When a change of the thing in focus may be said."""
        if self._delivery.waiting(frozenset({Kind.CHANGE})) >= _CHANGES_AT_ONCE:
            return self._clock() + self.settings.live_interval
        full = len(self._changes) == self._changes.maxlen
        return self._changes[0] + self.settings.live_interval if full else float("-inf")

    def _forget_focus(self) -> None:
        """What was said about it is of no use any more."""
        self._focus = self._focus_held = self._active = None
        self._changes.clear()
        self._ages[Kind.FOCUS] += 1
        self._ages[Kind.ACTIVE] += 1

    def _screen_identity(self) -> Hashable:
        return _identity(self._screen) if self._screen else None

    def _say_at_once(self, utterance: Utterance, kind: Kind) -> None:
        """Say it in place of what was said about the focus; after the title of a screen or an alert."""
        self._delivery.hush(_ABOUT_FOCUS)
        self._say(utterance, kind, priority=self._delivery.priority(), expires=self._until_next(kind))

    def _say(self, utterance: Utterance, kind: Kind, **options: Any) -> None:
        if utterance.parts and self._enabled:
            self._delivery.say(utterance, kind, **options)

    def _until_next(self, kind: Kind) -> Callable[[], bool]:
        """Whether that has been overtaken by another of its kind."""
        ages, age = self._ages, self._ages[kind]
        return lambda: ages[kind] != age

    def _tell(self, news: Iterable[News]) -> None:
        for one in news:
            if self._enabled:
                self._delivery.tell(one)
        self._set_alarm(self._clock())

    def _set_alarm(self, now: float) -> None:
        self._alarm.set(self._news.due(), now)
        if self._focus_held:
            self._alarm.set(self._changes_due(), now)


def _title(node: Node) -> Utterance:
    """What a screen is called."""
    title = one_line(node.name)
    return Utterance(in_language(title, node.language)) if title else Utterance()


def _identity(node: Node) -> Hashable:
    return node.key if node.key is not None else (node.role, node.name)
