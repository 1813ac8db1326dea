"""A text in the smallest pieces that can be compared and timed; hides scripts and punctuation.

A piece is a word, or one character of Chinese, Japanese or Thai, with the punctuation that clings to it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from barrierfree.transcription.transcript import joins_without_space

__all__ = ["Piece", "breakable", "pieces"]

_OPENING = frozenset(("Ps", "Pi"))
"""Unicode categories of brackets and quotation marks that belong to what follows."""
_APOSTROPHES = frozenset("'’")
_DENSE = 3
"""Letters that take as long to say as a Chinese character; a figure takes that much longer than a letter."""


class Piece(NamedTuple):
    """A word or a character, and where it stands."""

    key: str
    """For comparing: without case, width and punctuation."""
    begin: int
    end: int
    """The piece with its punctuation is ``text[begin:end]``."""
    weight: int
    """How long it takes to say, in letters."""


def pieces(text: str) -> list[Piece]:
    """The pieces of a text in order; they leave out nothing but spaces.

    A text of punctuation alone is one piece, one of spaces alone none.
    """
    if not text.strip():
        return []
    begin, stop = len(text) - len(text.lstrip()), len(text.rstrip())
    spans = list(_spans(text))
    if not spans:
        return [Piece(text[begin:stop], begin, stop, 1)]
    found = []
    for number, (first, last) in enumerate(spans):
        end = _cut(text, last, spans[number + 1][0]) if number + 1 < len(spans) else stop
        found.append(_piece(text[first:last], begin, end))
        # Spaces between two pieces belong to neither.
        begin = end + len(text[end:]) - len(text[end:].lstrip()) if end < stop else end
    return found


def _piece(content: str, begin: int, end: int) -> Piece:
    folded = unicodedata.normalize("NFKC", content).casefold()
    weight = _DENSE if joins_without_space(content[0]) else len(content) + 1
    weight += _DENSE * sum(map(str.isdigit, content))
    return Piece("".join(filter(str.isalnum, folded)) or content, begin, end, weight)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the words and characters stand, without punctuation."""
    begin = -1
    for at, character in enumerate(text):
        spoken = _is_spoken(text, at, inside=begin >= 0)
        alone = spoken and character.isalnum() and joins_without_space(character)
        if begin >= 0 and (not spoken or alone or (character.isalnum() and joins_without_space(text[begin]))):
            yield begin, at
            begin = -1
        if spoken and begin < 0:
            begin = at
    if begin >= 0:
        yield begin, len(text)


def _is_spoken(text: str, at: int, *, inside: bool) -> bool:
    character = text[at]
    if character.isalnum():
        return True
    if character in _APOSTROPHES:
        return inside and at + 1 < len(text) and text[at + 1].isalnum()
    # Vowel signs of Indic scripts and Thai, and accents that stand on their own.
    return inside and unicodedata.category(character).startswith("M")


def _cut(text: str, last: int, following: int) -> int:
    """Where a piece that ends at last, before punctuation, ends with it; the next begins at following."""
    for at in range(following - 1, last - 1, -1):
        if text[at].isspace():
            return last + len(text[last:at].rstrip())
    end = following
    while end > last and unicodedata.category(text[end - 1]) in _OPENING:
        end -= 1
    return end


def breakable(text: str, left: Piece, right: Piece) -> bool:
    """True when a word may end between two neighbours: joining them as words gives the text again."""
    if left.end < right.begin:
        return True
    return joins_without_space(text[left.end - 1]) or joins_without_space(text[right.begin])
