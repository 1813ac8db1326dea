"""What of live regions and messages is news; hides rate limits, steps of progress, repetition and floods.

Without threads or clocks: whoever asks says what time it is, and asks again at :meth:`NewsRoom.due`.
Nothing is lost by a limit: the last state of a region is news as soon as the limit allows.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Final

from barrierfree.reading.joining import joined, one_line
from barrierfree.reading.phrasing import Reason, describe, value_words
from barrierfree.reading.settings import ReadingSettings
from barrierfree.semantics import Live, Node, Role
from barrierfree.wording import ngettext

__all__ = ["News", "NewsRoom", "fresh_text"]

_BURST: Final = 5
"""Messages within one interval, or waiting, that are each said; of more, their number and the last."""
_MOST_LINES: Final = 5
_MOST_REGIONS: Final = 500
_STREAMING: Final = 40
"""Characters from which on a text that goes on is taken for one that is being written."""
_PROGRESS: Final = frozenset({Role.PROGRESSBAR, Role.METER})


@dataclass(frozen=True, slots=True)
class News:
    """Something to be said about what nobody asked for."""

    text: str
    live: Live = Live.POLITE
    reason: str = "live"
    language: str = ""
    progress_of: Hashable = None
    """It is a step of this thing's progress: only the latest needs to be said."""
    briefly: str = ""
    """The step alone, for whoever has just heard whose it is."""


@dataclass(slots=True)
class _Region:
    """What was heard of a live region."""

    heard: str = ""
    step: int | None = None
    may_at: float = float("-inf")
    """When something of it may be said again."""
    held: Node | None = None
    """Its last state, not yet said."""


class NewsRoom:
    """Decides what is said of all that changes by itself. For one thread at a time."""

    def __init__(self) -> None:
        self._regions: OrderedDict[Hashable, _Region] = OrderedDict()
        self._recent: deque[tuple[float, str]] = deque(maxlen=50)
        """What was let through lately, and when."""
        self._told: deque[tuple[float, str]] = deque(maxlen=10)
        """What was said lately for another reason."""
        self._held: News | None = None
        """The last of the messages that were too many."""
        self._held_count = 0
        self._held_until = 0.0

    def region(self, node: Node, at: float, settings: ReadingSettings, waiting: int = 0) -> Iterator[News]:
        """What is said of a live region's present state.

        Args:
            node: The region.
            at: Seconds.
            settings: Intervals and steps.
            waiting: How many messages wait to be said.
        """
        key = node.key if node.key is not None else (node.role, node.name)
        region = self._regions.setdefault(key, _Region())
        self._regions.move_to_end(key)
        if len(self._regions) > _MOST_REGIONS:
            self._regions.popitem(last=False)
        if node.live is Live.OFF:
            region.heard, region.held = _content(node), None
        elif at < region.may_at:
            region.held = node
        else:
            region.held = None
            news = self._of_progress(key, region, node, settings) or self._of_text(region, node)
            if news:
                region.may_at = at + settings.live_interval * (1 if news.live is Live.POLITE else 0.25)
                yield from self.message(news, at, settings, waiting)

    def message(self, news: News, at: float, settings: ReadingSettings, waiting: int = 0) -> Iterator[News]:
        """The message, unless it has just been heard, or there are too many of them now."""
        lately = [text for when, text in self._recent if at - when < settings.live_interval]
        told = [text for when, text in self._told if at - when < settings.live_interval]
        if not news.text or news.text in lately + told or (self._held and self._held.text == news.text):
            return
        crowded = waiting >= _BURST and news.live is not Live.ASSERTIVE
        if self._held or len(lately) >= _BURST or crowded:
            self._hold(news, at, settings)
            return
        self._recent.append((at, news.text))
        yield news

    def due(self) -> float | None:
        """When something that is held back may be said; None when nothing is."""
        times = [region.may_at for region in self._regions.values() if region.held]
        return min([*times, self._held_until] if self._held else times, default=None)

    def take(self, at: float, settings: ReadingSettings, waiting: int = 0) -> Iterator[News]:
        """What was held back and may be said now."""
        if self._held and at >= self._held_until:
            if waiting >= _BURST:
                self._held_until = at + settings.live_interval
            else:
                yield self._summary(at)
        for region in list(self._regions.values()):
            if region.held and at >= region.may_at:
                yield from self.region(region.held, at, settings, waiting)

    def heard(self, text: str, at: float) -> None:
        """This was said for another reason: a region that says the same has no news."""
        self._told.append((at, text))

    def asked(self) -> None:
        """The user did something: an answer that is the same as before is news."""
        self._recent.clear()
        self._told.clear()

    def clear(self) -> None:
        """Nothing that is held back will be said."""
        self._held, self._held_count = None, 0
        for region in self._regions.values():
            region.held = None

    def _hold(self, news: News, at: float, settings: ReadingSettings) -> None:
        if self._held is None:
            self._held_until = at + settings.live_interval
        elif self._held.live is Live.ASSERTIVE:
            news = News(news.text, Live.ASSERTIVE, news.reason, language=news.language)
        self._held = news
        self._held_count += 1

    def _summary(self, at: float) -> News:
        last, count = self._held, self._held_count
        assert last
        self._held, self._held_count = None, 0
        self._recent.append((at, last.text))
        if count == 1:
            return last
        text = ngettext("{number} more message; last: {text}", "{number} more messages; last: {text}", count)
        return News(text.format(number=count, text=last.text), last.live, last.reason)

    def _of_progress(
        self, key: Hashable, region: _Region, node: Node, settings: ReadingSettings
    ) -> News | None:
        if node.role not in _PROGRESS or node.fraction is None:
            return None
        step = _step(node.fraction, settings.progress_step)
        before, region.step = region.step, step
        if step == before or (step == 0 and before is None):
            return None
        value = value_words(node)
        texts = joined([one_line(node.name), value])
        whole = "".join(text for text in texts if isinstance(text, str))
        return News(whole, node.live, progress_of=key, briefly=value)

    def _of_text(self, region: _Region, node: Node) -> News | None:
        if node.role in _PROGRESS and node.fraction is not None:
            return None
        text = _content(node)
        before, region.heard = region.heard, text
        fresh = fresh_text(before, text, by_line=node.role is Role.LOG)
        return News(fresh, node.live, language=node.language) if fresh else None


def fresh_text(before: str, after: str, *, by_line: bool = False) -> str:
    """What a text says that it did not say before; a log or a text that is being written only what was added.

    Args:
        before: As it was heard.
        after: As it is.
        by_line: It is a log: lines come at its end, and go at its beginning.
    """
    if before == after:
        return ""
    if by_line:
        return _lines_in_short(_new_lines(before.splitlines(), after.splitlines()))
    if len(before) >= _STREAMING and after.startswith(before) and not after[len(before)].isdigit():
        return after[len(before) :].strip()
    return after


def _new_lines(before: list[str], after: list[str]) -> list[str]:
    """The lines after those that both have: the end of the one is the beginning of the other."""
    if not before:
        return after
    for end in range(len(after), 0, -1):
        if after[end - 1] == before[-1]:
            common = min(end, len(before))
            if before[-common:] == after[end - common : end]:
                return after[end:]
    return after


def _lines_in_short(lines: list[str]) -> str:
    lines = [line.strip() for line in lines if line.strip()]
    if len(lines) <= _MOST_LINES:
        return "\n".join(lines)
    count = len(lines)
    text = ngettext("{number} new line; last: {text}", "{number} new lines; last: {text}", count)
    return text.format(number=count, text=lines[-1])


def _content(node: Node) -> str:
    if node.role is Role.LOG:
        return node.value or "\n".join(child.name or child.value for child in node.children)
    return describe(node, Reason.CHANGE).text


def _step(fraction: float, percent: int) -> int:
    """Which step of progress that is; the last one is the end itself."""
    if fraction >= 1:
        return 1000
    return int(max(fraction, 0.0) * 100 + 1e-9) // percent if percent > 0 else 0
