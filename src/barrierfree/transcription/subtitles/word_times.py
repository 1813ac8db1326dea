"""When each piece of a text is said; hides that engines' words and the text need not agree.

A text is broken by its punctuation and characters, times are known of the engine's words: Chinese words have
several characters, a text may have been corrected. Both are laid side by side letter by letter. Where they
have not the same number of letters, the words they share are matched first, and what is between is spread in
proportion.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from barrierfree.transcription.alignment import align
from barrierfree.transcription.transcript import Segment, Word

__all__ = ["times_of"]

_Times = tuple[list[float], list[float], list[Word | None]]


def times_of(segment: Segment, texts: list[str]) -> _Times:
    """When each piece of a segment's text starts and ends, in seconds, and which word it is part of.

    The word is None where that is not certain. Starts and ends are as good as those of the words: they may
    run backwards where an engine's do.
    """
    words = segment.words
    if len(words) == len(texts) and [word.text for word in words] == texts:
        return [word.start for word in words], [word.end for word in words], list(words)
    if not any(map(_letters, texts)) or not any(_letters(word.text) for word in words):
        return _without_words(segment, texts)
    return _by_letters(words, texts)


def _without_words(segment: Segment, texts: list[str]) -> _Times:
    """In proportion to the letters; to nothing but the order of punctuation and notes of music."""
    sizes = list(map(_letters, texts))
    if not any(sizes):
        sizes = [1] * len(texts)
    shown = [0, *accumulate(sizes)]
    pace = max(segment.end - segment.start, 0.0) / shown[-1]
    times = [segment.start + place * pace for place in shown]
    return times[:-1], times[1:], [None] * len(texts)


def _by_letters(words: Sequence[Word], texts: list[str]) -> _Times:
    spoken = [0, *accumulate(_letters(word.text) for word in words)]
    shown = [0, *accumulate(map(_letters, texts))]
    exact = spoken[-1] == shown[-1]
    places: Sequence[float] = shown if exact else _matched(words, texts, spoken, shown)
    starts: list[float] = []
    ends: list[float] = []
    sources: list[Word | None] = []
    for at, (begin, end) in enumerate(pairwise(places)):
        silent = shown[at] == shown[at + 1]
        ended = _time(words, spoken, end, ending=end > 0)
        starts.append(ended if silent else _time(words, spoken, begin, ending=False))
        ends.append(ended)
        if not exact:
            sources.append(None)
        elif silent and at:
            sources.append(sources[-1])
        else:
            sources.append(words[min(bisect_right(spoken, begin), len(words)) - 1])
    return starts, ends, sources


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _matched(words: Sequence[Word], texts: list[str], spoken: list[int], shown: list[int]) -> list[float]:
    """The places in the text as places in what was spoken, by the words both have."""
    anchors = [(0, 0)]
    for old, new in align([_bare(word.text) for word in words], list(map(_bare, texts))):
        anchors += (shown[new], spoken[old]), (shown[new + 1], spoken[old + 1])
    anchors.append((shown[-1], spoken[-1]))
    places: list[float] = []
    at = 0
    for place in shown:
        while at + 2 < len(anchors) and anchors[at + 1][0] <= place:
            at += 1
        (begin, from_), (end, to) = anchors[at], anchors[at + 1]
        share = (place - begin) / (end - begin) if end > begin else 0.0
        places.append(from_ + (to - from_) * share)
    return places


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _time(words: Sequence[Word], spoken: list[int], place: float, *, ending: bool) -> float:
    """When the letter at that place is spoken: the end of the letter before, or the start of that after."""
    at = (bisect_left(spoken, place) if ending else bisect_right(spoken, place)) - 1
    at = min(max(at, 0), len(words) - 1)
    word, letters = words[at], spoken[at + 1] - spoken[at]
    share = (place - spoken[at]) / letters if letters else 0.0
    return word.start + (word.end - word.start) * min(share, 1.0)
