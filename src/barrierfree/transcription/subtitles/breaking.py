"""Where a text may be broken into lines, and how good each place is; hides scripts and small words.

Text is taken apart into *pieces* that are never torn: a word with its punctuation, or one Chinese, Japanese
or Korean-without-spaces character with the punctuation that must stay beside it. Which punctuation may not
begin or end a line follows W3C, *Requirements for Chinese Text Layout* (clreq) 3.1.3 and, for Japanese,
JIS X 4051 (kinsoku).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from barrierfree.transcription.subtitles.break_words import LANGUAGES, MANDARIN, NO_WORDS, UNITS, BreakWords

__all__ = ["CLAUSE", "FORBIDDEN", "FREE", "SENTENCE", "TORN", "break_cost", "may_begin", "may_end", "pieces"]

SENTENCE: Final = 0
"""Cost of a break after the end of a sentence."""
CLAUSE: Final = 3
"""After a comma, a colon, a dash."""
_LEAD: Final = 9
"""Before a conjunction or a preposition."""
_OBJECT: Final = 16
"""Between a pronoun or verb and a conjunction or preposition: most likely a phrase has ended."""
FREE: Final = 25
"""Between two words nothing is known about."""
_GLUE: Final = 50
"""Pronoun | verb, auxiliary | verb, negation | verb."""
_TRAILING_LEAD: Final = 55
"""After a conjunction or a preposition."""
_NAME: Final = 65
"""Two capitalised words: likely a first and a last name."""
TORN: Final = 75
"""Inside a word."""
FORBIDDEN: Final = 100
"""Article | noun, title | name, number | unit, punctuation on the wrong line."""

_UNSPACED = (
    "\u2e80-\u2fff\u3001-\u30ff\u3100-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
"""Chinese and Japanese; not Hangul, which has spaces."""
_OPENING = "（《「『【〈〔〖｛［“‘([{￥¥＄$£€＃#"
_CLOSING = (
    "，。、；：？！）》」』】〉〕〗｝］”’…—～·・％‰℃｡､,.!?;:)]}%"
    "ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ゛゜"
)
_SENTENCE_ENDS = ".?!。？！｡…"
_CLAUSE_ENDS = ",;:，、；：､—–"
_TRAILERS = "\"'”’)]}）》」』】〉〕〗"

_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_ANY_OPENING, _ANY_CLOSING = f"[{re.escape(_OPENING)}]", f"[{re.escape(_CLOSING)}]"
_NARROW = f"[^\\s{_UNSPACED}{re.escape(_OPENING + _CLOSING)}]"
_MIXED = re.compile(
    f"{_ANY_OPENING}*(?:{_NARROW}+(?:[-.,:'’/&@_]{_NARROW}+)*|(?!{_ANY_OPENING}|{_ANY_CLOSING})[{_UNSPACED}])"
    f"{_ANY_CLOSING}*|{_ANY_OPENING}+|{_ANY_CLOSING}+|."
)
_DASHED = re.compile(r"—*[^—]+—*|—+")
_NUMBER = re.compile(r"[$£€¥]?[\d０-９][\d０-９.,:/]*")


def pieces(text: str) -> list[tuple[str, bool]]:
    """The text in pieces that are not torn apart, each with whether a space stands before it.

    Together the pieces are the text without its white space.
    """
    found: list[tuple[str, bool]] = []
    mixed = not text.isascii() and _HAS_UNSPACED.search(text)
    for chunk in text.split():
        spaced = bool(found)
        if not mixed or chunk.isascii() or not _HAS_UNSPACED.search(chunk):
            if "—" not in chunk:
                found.append((chunk, spaced))
                continue
            parts = _DASHED.findall(chunk)
        else:
            parts = _MIXED.findall(chunk)
        for piece in parts:
            found.append((piece, spaced))
            spaced = False
    return found


def may_begin(line: str) -> bool:
    """False for a line that begins with punctuation that belongs to the line above."""
    return _begins_well(line[:1], line[1:2])


def may_end(line: str) -> bool:
    """False for a line that ends with an opening bracket or quote."""
    return not line or line[-1] not in _OPENING or line[-1] in "#＃"


def _begins_well(first: str, second: str) -> bool:
    if not first or first not in _CLOSING:
        return True
    # "’Tis", "…and", ".5", "— yes" and "!important" begin lines in languages with spaces.
    return first in "…—’.”!" and not (second and _HAS_UNSPACED.match(second))


_LATIN_IN: Final = dict.fromkeys((None, "zh", "ja", "ko"), "en")
"""Languages among whose characters Latin letters are mostly English; and what is taken for unknown ones."""


class _Traits(NamedTuple):
    after: int
    """What a break after the piece costs, as far as the piece itself decides it."""
    before: int
    """The same before it."""
    number: bool
    capital: bool
    unit: bool


@lru_cache(maxsize=1 << 16)
def _traits(piece: str, language: str | None) -> _Traits:
    bare = piece.strip("\"'“”‘’()[]{}（）《》「」『』【】,;:!?，。、；：！？…").lower()
    words = LANGUAGES.get(_LATIN_IN.get(language, language or ""), NO_WORDS)
    stem = bare.rstrip(".")
    number = bool(_NUMBER.fullmatch(bare))
    return _Traits(
        _after(piece, stem, words),
        _before(piece, stem, words),
        number,
        capital=piece[:1].isupper() and stem not in words.glue and stem not in words.lead,
        unit=stem in UNITS,
    )


def _after(piece: str, stem: str, words: BreakWords) -> int:
    end = piece.rstrip(_TRAILERS)[-1:]
    if piece[-1] in _OPENING or stem in words.titles:
        return FORBIDDEN
    if stem in words.hold and end.isalpha():
        return FORBIDDEN
    if len(stem) == 1 and piece == f"{stem.upper()}.":
        return _NAME  # an initial: "J. Smith"
    if end and end in _SENTENCE_ENDS and not (end == "." and stem in words.glue):
        return SENTENCE
    if end and end in _CLAUSE_ENDS:
        return CLAUSE
    if stem in words.lead:
        return _TRAILING_LEAD
    if stem in words.glue or piece[-1] in MANDARIN.glue:
        return _GLUE
    return FREE


def _before(piece: str, stem: str, words: BreakWords) -> int:
    if not _begins_well(piece[0], piece[1:2]) or (piece in _CLOSING and piece not in "—…"):
        return FORBIDDEN
    if piece[0] in MANDARIN.particles:
        return TORN
    if stem in words.lead or piece[0] in MANDARIN.lead:
        return _LEAD
    return FREE


def break_cost(before: str, after: str, language: str | None = "en") -> int:
    """How bad a break between two neighbouring pieces is.

    Args:
        before: The piece that would end the line.
        after: The piece that would begin the next one.
        language: ISO 639-1 code whose small words are heeded; None stands for English.

    Returns:
        0 (after a sentence) to :data:`FORBIDDEN`.
    """
    left, right = _traits(before, language), _traits(after, language)
    if FORBIDDEN in (left.after, right.before):
        return FORBIDDEN
    if left.after <= CLAUSE:
        return left.after
    if left.number and right.unit:
        return FORBIDDEN
    if not before.isascii() or not after.isascii():
        mandarin = _mandarin_cost(before[-1], after[0])
        if mandarin is not None:
            return mandarin
    if left.capital and right.capital:
        return _NAME
    if left.after == _GLUE and right.before == _LEAD:
        return _OBJECT
    if right.before == TORN or left.after >= _GLUE:
        return max(right.before, left.after)
    if right.before == FREE and (left.number or (left.unit and right.unit)):
        return _GLUE
    return min(left.after, right.before)


def _mandarin_cost(last: str, first: str) -> int | None:
    if last in MANDARIN.numerals and first in MANDARIN.measures:
        return FORBIDDEN if last.isdigit() else TORN
    if last in MANDARIN.numerals and first in MANDARIN.numerals:
        return TORN
    if last + first in MANDARIN.pairs:
        return TORN
    return None
