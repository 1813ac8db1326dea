"""What begins with a Latin letter: words, names, addresses, dates, versions.

Hides in which order they are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from barrierfree.speech.pronunciation import mandarin
from barrierfree.speech.pronunciation.addresses import GLUED, address_end, address_tokens
from barrierfree.speech.pronunciation.english.numbers import cardinal, digits
from barrierfree.speech.pronunciation.english.words import (
    PARTS,
    TERMS,
    abbreviation_at,
    ordinary_word,
    roman,
    roman_value,
    term_at,
)
from barrierfree.speech.pronunciation.kinds import HEX_ROW, MONTH_DAY, RELEASE
from barrierfree.speech.pronunciation.scripts import LATIN
from barrierfree.speech.pronunciation.symbols import symbol
from barrierfree.speech.pronunciation.tokens import Token, name, number, said, space, text

__all__ = ["latin_tokens"]

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*+")
_HEX_ROW = re.compile(HEX_ROW)
_LETTERS = re.compile(f"[{LATIN}]++")
_PIECE = re.compile(r"[A-Za-z]++|[0-9]++|_++")
_MAYBE_MORE: Final = frozenset(":@./\\+#&-")
_MAYBE_DATE: Final = frozenset("JFMASOND")
_ALTERNATION = re.compile(r"[A-Za-z]++[0-9]++|[0-9]++[A-Za-z]++")
_ROMAN_PLACE = re.compile(r"[第卷章部篇期]\Z")
_ROMAN_NOUN = re.compile(r"[ ]?[章节部卷篇型期级类度世条款号]")
_CODE_LETTERS = 2
_SHORT_WORDS: Final = re.compile(
    "AM|AN|AS|AT|BE|BY|DO|GO|HE|IF|IN|IS|IT|ME|MY|NO|OF|OH|OK|ON|OR|OX|SO|TO|UP|US|WE"
)
"""Any other two capitals beside figures are letters of a code: "CA1234"."""
_SEEN = 24


def latin_tokens(source: str, at: int, end: int, level: int, language: str) -> list[Token]:
    """The tokens of what begins at a Latin letter or a low line; at least one.

    Args:
        source: The sentence.
        at: Where it begins.
        end: Where the part of the sentence ends that may be read.
        level: Of punctuation, as a number.
        language: What Latin letters are read in.
    """
    found = _WORD.match(source, at, end)
    following = source[found.end() : found.end() + 1] if found and found.end() < end else ""
    if not found or (not following.isascii() and _LETTERS.match(source, found.end(), end)):
        # "é" somewhere in it: a word of a language whose letters are more than ASCII.
        letters = _LETTERS.match(source, at, end)
        if letters:
            return [text(*letters.span(), language, letters.group())]
    assert found
    whole = _whole(source, at, end, level, following)
    if whole:
        return whole
    if found.group().isalpha():
        return list(_word(source, found, language))
    return list(_joined(source, found, end, level, language))


def _whole(source: str, at: int, end: int, level: int, following: str) -> list[Token]:
    """What is more than a word, taken whole; empty where there is nothing of the kind."""
    if source[at] in "vV":
        release = RELEASE.match(source, at, end)
        if release:
            return [number("release", release)]
    if following == ":":
        row = _HEX_ROW.match(source, at, end)
        if row:
            return [number("hexrow", row)]
    if following in _MAYBE_MORE and following:
        term = term_at(source, at, end)
        if term:
            return [said(at, term[0], "en", term[1])]
        if following == ".":
            short = abbreviation_at(source, at, end)
            if short:
                dated = MONTH_DAY.match(source, at, end)
                return [number("monthday", dated)] if dated else [said(at, short[0], "en", short[1])]
        stop = address_end(source, at, end)
        if stop > at:
            return list(address_tokens(source, at, stop, level))
    if source[at] in _MAYBE_DATE:
        dated = MONTH_DAY.match(source, at, end)
        if dated:
            return [number("monthday", dated)]
    return []


def _word(source: str, found: re.Match[str], language: str) -> Iterator[Token]:
    written = found.group()
    if language != "en":
        yield text(*found.span(), language, written)
        return
    if written.isupper() and roman_value(written):
        token = _roman(source, found)
        if token:
            yield token
            return
    spoken = ordinary_word(written)
    if spoken == written:
        yield text(*found.span(), language, written)
    elif written in TERMS or " " not in spoken or written.isupper():
        yield said(*found.span(), language, spoken)
    else:
        yield from _parts(found, language)


def _parts(found: re.Match[str], language: str) -> Iterator[Token]:
    """A joined word, part by part, so that each can be followed on the screen."""
    for part in PARTS.finditer(found.string, *found.span()):
        yield said(*part.span(), language, ordinary_word(part.group()))


def _roman(source: str, found: re.Match[str]) -> Token | None:
    start, end = found.span()
    before, after = source[max(0, start - _SEEN) : start], source[end : end + 2]
    if _ROMAN_PLACE.search(before) or (
        _ROMAN_NOUN.match(after) and found.group() not in ("C", "D", "L", "M")
    ):
        value = str(roman_value(found.group()))
        return name(start, end, cardinal(value), mandarin.cardinal(value), tight=True)
    spoken = roman(found.group(), before, after)
    return said(start, end, "en", spoken) if spoken else None


def _joined(source: str, found: re.Match[str], end: int, level: int, language: str) -> Iterator[Token]:
    """Letters with digits or low lines among them, such as "snake_case", "MP3" and "a1b2c3d4"."""
    written = found.group()
    if len(written) >= 8 and "_" not in written and len(_ALTERNATION.findall(written)) > 1:  # noqa: PLR2004
        spoken = ", ".join(digits(written[at : at + 4]) for at in range(0, len(written), 4))
        yield said(*found.span(), "en", spoken)
        return
    for piece in _PIECE.finditer(source, *found.span()):
        if piece.group()[0] == "_":
            yield _low_line(piece, level)
        elif piece.group().isdigit():
            glued = GLUED.match(source, piece.start(), end if piece.end() == found.end() else piece.end())
            assert glued
            yield number("glued", glued)
        elif _is_code(piece.group()):
            yield said(*piece.span(), "en", " ".join(piece.group()))
        else:
            yield from _word(source, piece, language)


def _is_code(letters: str) -> bool:
    return len(letters) == _CODE_LETTERS and letters.isupper() and not _SHORT_WORDS.fullmatch(letters)


def _low_line(piece: re.Match[str], level: int) -> Token:
    known = symbol("_")
    if level < known.level:
        return space(*piece.span())
    count = len(piece.group())
    spoken, mandarin = (" ".join([word] * min(count, 2)) for word in (known.english, known.mandarin))
    return name(*piece.span(), spoken, mandarin)
