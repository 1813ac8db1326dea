"""Figures for spoken numbers, in the sure cases only; hides how numbers are said in each language.

A wrong figure is worse than a number in words: a telephone number cut in the wrong places, a dose that
became ten times another. So a number is written in figures only where nothing else can have been meant,
and everything read out digit by digit, every dose and every fraction stays as it was spoken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from barrierfree.transcription.numbers import english, mandarin
from barrierfree.transcription.numbers.figure import Figure
from barrierfree.transcription.transcript import Segment, Word, join_words

__all__ = ["figures", "in_figures"]

_FINDERS = {"en": english.found, "zh": mandarin.found}


def figures(segment: Segment, language: str | None = None) -> Segment:
    """The segment with figures for its spoken numbers.

    Args:
        segment: What was heard; its text is its words joined, when it has words.
        language: ISO 639-1 code; None takes the segment's own. Other languages than English and
            Mandarin are left as they are.

    Returns:
        The same segment when nothing was sure enough to be written in figures.
    """
    spoken = language or segment.language
    if segment.words:
        words = in_figures(segment.words, spoken)
        return segment if words == segment.words else replace(segment, words=words, text=join_words(words))
    text = _written(segment.text, _found(segment.text, spoken))
    return segment if text == segment.text else replace(segment, text=text)


def in_figures(words: Sequence[Word], language: str | None) -> tuple[Word, ...]:
    """The words with figures for spoken numbers.

    The word of a figure spans the words it stands for, and is as sure as the least sure of them.
    Punctuation around a number stays.
    """
    words = tuple(words)
    text = join_words(words)
    spans = _spans(words)
    kept: list[Word] = []
    at = 0
    for first, last, group in _groups(_found(text, language), spans):
        kept += words[at:first]
        start, end = spans[first][0], spans[last][1]
        inside = [Figure(figure.start - start, figure.end - start, figure.text) for figure in group]
        kept.append(_merged(words[first : last + 1], _written(text[start:end], inside)))
        at = last + 1
    return (*kept, *words[at:])


def _found(text: str, language: str | None) -> list[Figure]:
    finder = _FINDERS.get((language or "").lower().partition("-")[0])
    return list(finder(text)) if finder else []


def _written(text: str, found: Sequence[Figure]) -> str:
    pieces: list[str] = []
    at = 0
    for figure in found:
        pieces += text[at : figure.start], figure.text
        at = figure.end
    return "".join((*pieces, text[at:]))


def _spans(words: tuple[Word, ...]) -> list[tuple[int, int]]:
    """Where each word starts and ends in the joined text."""
    spans: list[tuple[int, int]] = []
    joined = ""
    for word in words:
        # Two words at a time: joining all that came before would take quadratic time.
        pair = join_words((Word(0, 0, joined), word))
        length = len(pair) - len(joined) - len(word.text)
        start = (spans[-1][1] if spans else 0) + length
        spans.append((start, start + len(word.text)))
        joined = word.text or joined
    return spans


def _groups(found: Sequence[Figure], spans: list[tuple[int, int]]) -> Iterator[tuple[int, int, list[Figure]]]:
    """Figures that share a word, together with the first and the last word they touch."""
    groups: list[tuple[int, int, list[Figure]]] = []
    at = 0
    for figure in found:
        while spans[at][1] <= figure.start:
            at += 1
        last = at
        while last + 1 < len(spans) and spans[last + 1][0] < figure.end:
            last += 1
        if groups and groups[-1][1] >= at:
            before, _, shared = groups.pop()
            groups.append((before, last, [*shared, figure]))
        else:
            groups.append((at, last, [figure]))
        at = last
    yield from groups


def _merged(words: Sequence[Word], text: str) -> Word:
    known = [word.confidence for word in words if word.confidence is not None]
    return Word(words[0].start, words[-1].end, text, min(known, default=None))
