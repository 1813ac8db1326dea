"""Where speech is cut into subtitles and lines; hides the search for the best cuts.

Both are found by dynamic programming over costs: a break costs what
:func:`~barrierfree.transcription.subtitles.breaking.break_cost` says, less where the speaker pauses; and a
subtitle costs more the less time there is to read it, the emptier it is, the longer a pause or a second
sentence inside it. Cuts are only looked for at good places, and where there are none, at the best place near
the middle of a stretch that is too long: that keeps hours of speech a matter of a second.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from operator import sub
from typing import Final

from barrierfree.transcription.subtitles.breaking import FREE, SENTENCE
from barrierfree.transcription.subtitles.rules import SubtitleRules
from barrierfree.transcription.subtitles.speech import SEGMENT_END, Speech

__all__ = ["cut", "line_breaks"]

_SUBTITLE: Final = 25.0
"""Each subtitle costs so much: fewer are calmer."""
_SCANT: Final = 12.0
"""A subtitle that is less than a quarter of a line."""
_TWO_SENTENCES: Final = 38.0
"""The end of a sentence inside a subtitle; short ones may share it (BBC 3.8)."""
_TWO_SEGMENTS: Final = 24.0
"""The end of what the engine heard as one phrase, without punctuation."""
_RUSHED, _HURRY = 15.0, 120.0
"""A subtitle there is hardly enough time to read, and what is added when there is none at all."""
_NOTICED, _LONG_PAUSE = 0.4, 1.5
"""Seconds of silence that are felt as a pause, and that end a subtitle."""
_PAUSE: Final = 25.0
"""Each second of pause inside a subtitle, which shows what is not yet said."""
_SECOND_LINE: Final = 4.0
_UNEVEN: Final = 14.0
"""Two lines, one of which is empty."""
_TOP_HEAVY: Final = 6.0
"""The same, in addition, where the upper line is the longer one."""
_TWO: Final = 2
_INFINITE: Final = float("inf")


def cut(speech: Speech, following: float | None, rules: SubtitleRules) -> list[int]:
    """Where subtitles begin.

    Args:
        speech: What was said; not empty.
        following: When the next speech begins, in seconds; None when there is none.
        rules: The limits to keep.

    Returns:
        Indices of pieces: the first of each subtitle, and one past the last piece.
    """
    search = _Search(speech, following, rules)
    return search.best(_places(speech, rules))


class _Search:
    """The cost of subtitles in one speech."""

    def __init__(self, speech: Speech, following: float | None, rules: SubtitleRules) -> None:
        self._speech = speech
        self._rules = rules
        self._most = speech.room * rules.lines + speech.space * (rules.lines - 1)
        starts, ends, costs = speech.starts, speech.ends, speech.costs
        end = _INFINITE if following is None else max(following, starts[-1])
        self._next = [*starts, end]
        pauses = [0.0, *map(sub, starts[1:], ends), _LONG_PAUSE]
        self._inside = [
            0.0,
            *accumulate(_inside(pause, cost) for pause, cost in zip(pauses, [*costs, SENTENCE], strict=True)),
        ]
        self._break = [
            cost if pause < _NOTICED else cost * max(0.0, 1 - pause / _LONG_PAUSE)
            for pause, cost in zip(pauses, [*costs, SENTENCE], strict=True)
        ]

    def best(self, places: list[int]) -> list[int]:
        """The cheapest way through those places, by the places it uses."""
        costs, origins = [0.0], [0]
        for to in range(1, len(places)):
            cheapest, origin = _INFINITE, to - 1
            for from_ in range(to - 1, -1, -1):
                first, last = places[from_], places[to]
                if to - from_ > 1 and not self._may_fit(first, last):
                    break
                cost = costs[from_] + self._cost(first, last)
                if cost < cheapest:
                    cost += self._layout_cost(first, last)
                if cost < cheapest:
                    cheapest, origin = cost, from_
            costs.append(cheapest)
            origins.append(origin)
        path, at = [places[-1]], len(places) - 1
        while at:
            at = origins[at]
            path.append(places[at])
        return path[::-1]

    def _may_fit(self, first: int, last: int) -> bool:
        speech = self._speech
        lasts = speech.ends[last - 1] - speech.starts[first]
        return lasts <= self._rules.longest and speech.width(first, last) <= self._most

    def _cost(self, first: int, last: int) -> float:
        """What a subtitle costs without its lines."""
        speech, rules = self._speech, self._rules
        cost = _SUBTITLE + self._break[last] + self._inside[last] - self._inside[first + 1]
        needed = max(rules.shortest, speech.reading[last] - speech.reading[first])
        there = min(self._next[last] - rules.gap - speech.starts[first], rules.longest)
        if there < needed:
            cost += _RUSHED + _HURRY * (1 - max(there, 0.0) / needed)
        return cost

    def _layout_cost(self, first: int, last: int) -> float:
        speech = self._speech
        width = speech.width(first, last)
        if width <= speech.room:
            return _SCANT if width * 4 < speech.room else 0.0
        lines = _lines(speech, first, last, self._rules.lines)
        return lines[0] if lines else _INFINITE


def _inside(pause: float, break_cost: int) -> float:
    """What it costs to have a place inside a subtitle."""
    cost = {SENTENCE: _TWO_SENTENCES, SEGMENT_END: _TWO_SEGMENTS}.get(break_cost, 0.0)
    if pause >= _LONG_PAUSE:
        return cost + 1000
    return cost + _PAUSE * (pause - _NOTICED) if pause > _NOTICED else cost


def _places(speech: Speech, rules: SubtitleRules) -> list[int]:
    """Where cuts are looked for: good places, and so many more that every stretch fits half a line."""
    starts, ends = speech.starts, speech.ends
    places = [0]
    for at in range(1, len(speech)):
        if speech.costs[at] < FREE or starts[at] - ends[at - 1] >= _NOTICED:
            _refine(speech, places, at, rules)
    _refine(speech, places, len(speech), rules)
    return places


def _refine(speech: Speech, places: list[int], last: int, rules: SubtitleRules) -> None:
    """Append the place, and before it those that the stretch since the last place needs."""
    stretches = [last]
    while stretches:
        first, last = places[-1], stretches[-1]
        fits = speech.width(first, last) * 2 <= speech.room
        if last - first == 1 or (fits and speech.ends[last - 1] - speech.starts[first] <= rules.longest / 2):
            places.append(stretches.pop())
        else:
            stretches.append(_middle(speech, first, last))


def _middle(speech: Speech, first: int, last: int) -> int:
    """The best place to cut in the middle half."""
    quarter = (last - first) // 4
    middle = (first + last) / 2
    within = range(first + max(quarter, 1), last - quarter)
    return min(within, key=lambda at: (speech.costs[at], abs(at - middle)))


def line_breaks(speech: Speech, first: int, last: int, rules: SubtitleRules) -> list[int]:
    """Where the lines of a subtitle begin, and one past its last piece."""
    if speech.width(first, last) <= speech.room:
        return [first, last]
    found = _lines(speech, first, last, rules.lines)
    return [first, *(found[1] if found else ()), last]


def _lines(speech: Speech, first: int, last: int, lines: int) -> tuple[float, tuple[int, ...]] | None:
    """The cheapest lines: their cost and where each but the first begins; None when they do not fit."""
    whole = speech.width(first, last)
    if whole <= speech.room:
        return 0.0, ()
    if lines == 1 or whole > speech.room * lines + (lines - 1) * speech.space:
        return None
    if lines == _TWO:
        return _two_lines(speech, first, last)
    best: tuple[float, tuple[int, ...]] | None = None
    for at in range(last - 1, first, -1):
        upper = speech.width(first, at)
        if upper > speech.room:
            continue
        rest = _lines(speech, at, last, lines - 1)
        if rest is None:
            break
        cost = speech.costs[at] + _uneven(upper, speech.width(at, last) / (lines - 1), speech.room) + rest[0]
        if best is None or cost < best[0]:
            best = cost, (at, *rest[1])
    return best


def _two_lines(speech: Speech, first: int, last: int) -> tuple[float, tuple[int, ...]] | None:
    room, widths, spaces, costs = speech.room, speech.widths, speech.spaces, speech.costs
    whole = widths[last]
    before = whole - speech.width(first, last)  # units up to the first letter
    cheapest, place = _INFINITE, 0
    # From the longest upper line that fits to the longest lower one.
    for at in range(bisect_right(widths, before + room, first, last) - 1, first, -1):
        lower = whole - widths[at] - (speech.space if spaces[at] else 0)
        if lower > room:
            break
        if costs[at] < cheapest:
            cost = costs[at] + _uneven(widths[at] - before, lower, room)
            if cost < cheapest:
                cheapest, place = cost, at
    return (cheapest, (place,)) if place else None


def _uneven(upper: float, lower: float, room: int) -> float:
    """What lines of such widths cost; the lower one had better be the longer one."""
    if upper > lower:
        return _SECOND_LINE + (upper - lower) * (_UNEVEN + _TOP_HEAVY) / room
    return _SECOND_LINE + (lower - upper) * _UNEVEN / room
