"""Which items of one long list are still there in another; hides how that stays quick for hours of words.

:class:`difflib.SequenceMatcher` is exact enough but takes quadratic time, and words such as "the" make it
worse. So it is only given short stretches: between them, runs of items that occur exactly once in both
lists are matched first, the idea of Bram Cohen's patience diff.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

__all__ = ["align"]

_RUN = 3
"""Items that make an anchor: three words in a row are seldom said twice."""
_SHORT = 40_000
"""Product of two lengths up to which SequenceMatcher takes milliseconds."""

_Stretch = tuple[int, int, int, int, int]
"""Begin and end in the old list, begin and end in the new one, items that make an anchor."""


def align(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of positions (in old, in new) that hold equal items, both growing from pair to pair.

    The pairs are many, though not always as many as possible. Where nothing distinguishes a long stretch
    from its surroundings (one word repeated for an hour), only its two ends are matched.
    """
    pairs: list[tuple[int, int]] = []
    stretches: list[_Stretch] = [(0, len(old), 0, len(new), _RUN)]
    while stretches:
        begin, end, new_begin, new_end, run = stretches.pop()
        while begin < end and new_begin < new_end and old[begin] == new[new_begin]:
            pairs.append((begin, new_begin))
            begin, new_begin = begin + 1, new_begin + 1
        while begin < end and new_begin < new_end and old[end - 1] == new[new_end - 1]:
            end, new_end = end - 1, new_end - 1
            pairs.append((end, new_end))
        if (end - begin) * (new_end - new_begin) <= _SHORT:
            pairs += _matched(old, new, (begin, end, new_begin, new_end, run))
        else:
            stretches += _parts(old, new, (begin, end, new_begin, new_end, run))
    return sorted(pairs)


def _matched(old: Sequence[str], new: Sequence[str], stretch: _Stretch) -> Iterator[tuple[int, int]]:
    begin, end, new_begin, new_end, _run = stretch
    if begin == end or new_begin == new_end:
        return
    matcher = SequenceMatcher(None, old[begin:end], new[new_begin:new_end], autojunk=False)
    for at, new_at, size in matcher.get_matching_blocks():
        for step in range(size):
            yield begin + at + step, new_begin + new_at + step


def _parts(old: Sequence[str], new: Sequence[str], stretch: _Stretch) -> Iterator[_Stretch]:
    """The stretch cut before each anchor; without anchors the same stretch with shorter ones, if any."""
    begin, end, new_begin, new_end, run = stretch
    ones = _single_runs(old, begin, end, run)
    others = _single_runs(new, new_begin, new_end, run)
    anchors = _growing([(at, others[key]) for key, at in ones.items() if key in others])
    if not anchors:
        if run > 1:
            yield begin, end, new_begin, new_end, run - 1
        return
    for at, new_at in anchors:
        yield begin, at, new_begin, new_at, _RUN
        begin, new_begin = at, new_at
    yield begin, end, new_begin, new_end, _RUN


def _single_runs(items: Sequence[str], begin: int, end: int, run: int) -> dict[tuple[str, ...], int]:
    """Runs of items that occur exactly once, in order, and where."""
    seen: dict[tuple[str, ...], int] = {}
    for at in range(begin, end - run + 1):
        key = tuple(items[at : at + run])
        seen[key] = -1 if key in seen else at
    return {key: at for key, at in seen.items() if at >= 0}


def _growing(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest selection of pairs, given in order of their first part, whose second part grows too."""
    ends: list[int] = []
    chosen: list[int] = []
    before: list[int] = []
    for number, (_at, new_at) in enumerate(pairs):
        place = bisect_left(ends, new_at)
        before.append(chosen[place - 1] if place else -1)
        ends[place : place + 1] = [new_at]
        chosen[place : place + 1] = [number]
    longest: list[tuple[int, int]] = []
    number = chosen[-1] if chosen else -1
    while number >= 0:
        longest.append(pairs[number])
        number = before[number]
    return longest[::-1]
