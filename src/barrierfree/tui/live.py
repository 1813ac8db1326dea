"""What changes by itself on a screen, and when it is worth saying; hides which paint was news.

Any text may be a live region: nobody has marked them in apps that exist. So a change is said when its words
have really changed, outside of what the user works with, and the less often the more it changes by itself:

- what follows a key is said at once;
- clocks and counters (only figures change) are said when they come to rest, so a clock never is;
- a text that grows is said sentence by sentence, a log line by line, the lines that are too many counted;
- any other text that goes on changing has to wait twice as long each time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Header, Log, ProgressBar, RichLog

from barrierfree.reading.reader import Reader
from barrierfree.semantics import Live
from barrierfree.tui.logs import LogTail
from barrierfree.tui.news import LONGEST, added, finished, is_noise, is_time_of_day, only_figures, shortened
from barrierfree.tui.regions import declared, is_displayed, is_live, is_put_away, region_of
from barrierfree.tui.tree import node_of, text_of

__all__ = ["LiveRegions"]

_ANSWER: Final = 0.7
"""Seconds after a key in which a change is taken for the answer to it."""
_REST: Final = 2.0
"""Seconds without change after which a counter has come to rest."""
_SENTENCE_REST: Final = 0.8
_LONGEST_GAP: Final = 60.0
_ENTERING: Final = 0.5
"""Seconds in which what a new screen is filled with is no news."""


@dataclass(slots=True)
class _Region:
    """What is known of one."""

    heard: str = ""
    """Its text when it was last spoken of, or found not worth it."""
    seen: str = ""
    changed: float = 0.0
    ticks: int = 0
    """Changes of figures, one soon after the other, that no key has brought about."""
    gap: float = 0.5
    quiet_until: float = 0.0


class LiveRegions:
    """The live regions of one app.

    Args:
        reader: Says what is news.
        clock: Seconds, from any start.
    """

    def __init__(self, reader: Reader, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._reader = reader
        self._clock = clock
        self._regions: WeakKeyDictionary[Widget, _Region] = WeakKeyDictionary()
        self._logs: WeakKeyDictionary[Widget, LogTail] = WeakKeyDictionary()
        self._waiting: set[Widget] = set()
        self._since = 0.0
        self._room = LONGEST
        self.touched = -_ANSWER
        """When the user last pressed a key or a mouse button."""

    def enter(self, screen: Screen[object]) -> None:
        """Another screen is shown: what it holds now is known."""
        self._since = self._clock()
        self._waiting.clear()
        for widget in screen.walk_children(Widget):
            if isinstance(widget, Log | RichLog):
                self._logs.setdefault(widget, LogTail(widget))
            elif widget not in self._regions and is_live(widget, None):
                self._know(widget)

    def look(self, marked: Iterable[Widget], focused: Widget | None) -> None:
        """Say what is news in widgets that were painted, shown, hidden or mounted, and in those that wait."""
        self._room = LONGEST
        regions = dict.fromkeys(region_of(widget) for widget in (*marked, *self._waiting))
        self._waiting = set()
        for widget in regions:
            if not widget.is_attached or not is_live(widget, focused):
                continue
            if isinstance(widget, ProgressBar) or declared(widget):
                if is_displayed(widget):
                    self._reader.live(node_of(widget))
            elif isinstance(widget, Log | RichLog):
                self._follow(widget)
            else:
                self._look_at(widget)

    @property
    def due(self) -> float | None:
        """Seconds until it wants to look again; None when nothing waits."""
        return 0.25 if self._waiting else None

    def _know(self, widget: Widget) -> _Region:
        text = _text(widget) if is_displayed(widget) or is_put_away(widget) else ""
        region = self._regions[widget] = _Region(text, text)
        return region

    def _look_at(self, widget: Widget) -> None:
        now = self._clock()
        region = self._regions.get(widget)
        if region is None:
            if now - self._since < _ENTERING or is_put_away(widget) or widget.loading:
                self._know(widget)
                return
            region = self._regions[widget] = _Region()
        if not is_displayed(widget):
            if not is_put_away(widget):
                region.heard = region.seen = ""
            return
        text = _text(widget)
        if text != region.seen:
            self._count_ticks(region, text, now)
            region.seen, region.changed = text, now
        if text == region.heard:
            return
        if is_noise(region.heard, text) or not text.strip():
            region.heard = text
            return
        self._weigh(widget, region, now)

    def _count_ticks(self, region: _Region, text: str, now: float) -> None:
        if now - region.changed > 2 * _REST or not only_figures(region.seen, text):
            region.ticks = 0
        elif now - self.touched >= _ANSWER:
            region.ticks += 1

    def _weigh(self, widget: Widget, region: _Region, now: float) -> None:
        """The text has changed: say it, some of it, or let it wait."""
        text = region.seen
        if now - self.touched >= _ANSWER or region.ticks > 1 or is_time_of_day(text):
            rested = now - region.changed
            if region.heard and text.startswith(region.heard):
                if rested < _SENTENCE_REST:
                    text = region.heard + finished(text[len(region.heard) :])
                    self._waiting.add(widget)
            elif (only_figures(region.heard, text) and rested < _REST) or now < region.quiet_until:
                self._waiting.add(widget)
                return
            else:
                calm = now - region.quiet_until > region.gap
                region.gap = 1.0 if calm else min(_LONGEST_GAP, 2 * region.gap)
                region.quiet_until = now + region.gap
        news = added(region.heard, text)
        region.heard = text
        self._say(news)

    def _follow(self, log: Log | RichLog) -> None:
        tail = self._logs.get(log)
        if tail is None:
            tail = self._logs[log] = LogTail(log)
            if self._clock() - self._since >= _ENTERING:
                tail.forget()
        news = tail.news()
        if is_displayed(log):
            self._say(news)

    def _say(self, news: str) -> None:
        """Say as much as there is room for at once: whoever wants more reads it at leisure."""
        if not news or self._room <= 0:
            return
        news = shortened(news)
        self._room -= len(news)
        self._reader.announce(news, Live.POLITE)


def _text(widget: Widget) -> str:
    """What it says, line by line."""
    if isinstance(widget, Header):
        header = node_of(widget)
        return ": ".join(filter(None, (header.name, header.value)))
    return text_of(widget)
