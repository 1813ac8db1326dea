"""Signs and emoji in a sentence.

Hides which are named at a level, which join numbers, and how many are counted.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from barrierfree.speech.pronunciation import english, mandarin, tokens
from barrierfree.speech.pronunciation.joining import joining_token
from barrierfree.speech.pronunciation.symbols import MANY_SIGNS, PROSODIC, Symbol, emoji_at, symbol
from barrierfree.speech.pronunciation.tokens import Token

__all__ = ["emoji_token", "figure_names", "sign_token"]

_SEVERAL: Final = 3
"""So many of the same sign are counted; two are named twice."""
_MANY = re.compile(
    f"(?:{'|'.join(re.escape(sign) for sign in sorted(MANY_SIGNS, key=len, reverse=True))})(?![=<>-])"
)
_MANY_BEGIN: Final = frozenset(sign[0] for sign in MANY_SIGNS)
_RUN = re.compile(r"(.)\1*+", re.DOTALL)
_RAISED = re.compile("[⁻]?[⁰¹²³⁴-⁹]{1,6}")
_RAISED_BEGIN: Final = frozenset("⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_TIGHT: Final = frozenset("≈≠≤≥≡≪≫≦≧±√°℃℉§№@#")
"""Named without a pause before what they belong to."""
_LONG_FLAG = re.compile("--[A-Za-z]")
_DROPPED: Final = frozenset(("Cf", "Mn", "Me", "Cc", "Cs"))


def sign_token(source: str, at: int, end: int, level: int) -> tuple[int, Token | None]:
    """What stands at a sign: where it ends, and its token if anything is said or heard of it."""
    sign = source[at]
    several = _MANY.match(source, at, end) if sign in _MANY_BEGIN else None
    if several:
        stop = several.end()
        return stop, _named(source, at, stop, symbol(several.group()), 1, level)
    raised = _RAISED.match(source, at, end) if sign in _RAISED_BEGIN else None
    if raised and at and source[at - 1].isalnum():
        power = unicodedata.normalize("NFKC", raised.group())
        return raised.end(), tokens.name(
            at, raised.end(), english.raised(power), mandarin.raised(power), tight=True
        )
    run = _RUN.match(source, at, end)
    assert run
    count, stop = run.end() - at, run.end()
    if unicodedata.category(sign) in _DROPPED:
        return stop, None
    if sign.isnumeric():
        tight = unicodedata.category(sign) == "Nl" or "VULGAR" in unicodedata.name(sign, "")
        return at + 1, tokens.name(at, at + 1, *figure_names(sign), tight=tight)
    if count == 1:
        token = joining_token(source, at, end, level)
        if token:
            return at + 1, token
    elif level and _LONG_FLAG.match(source, at, end) and _begins_word(source, at):
        return stop, tokens.name(at, stop, "dash dash", "横杠横杠")
    return stop, _named(source, at, stop, symbol(sign), count, level)


def _named(source: str, start: int, stop: int, known: Symbol, count: int, level: int) -> Token | None:
    if level < known.level:
        written = source[start]
        if written not in PROSODIC or (written == "-" and not _is_spaced(source, start, stop)):
            return tokens.space(start, stop)
        return tokens.mark(start, stop, written if count == 1 else _shorter(written, count))
    if count < _SEVERAL:
        spoken = " ".join([known.english] * count)
        chinese = " ".join([known.mandarin] * count) if known.mandarin else ""
        return tokens.name(start, stop, spoken, chinese, tight=source[start] in _TIGHT)
    chinese = f"{mandarin.number_sign(count)}{known.mandarin}" if known.mandarin else ""
    return tokens.name(start, stop, f"{english.number_sign(count)} {known.many}", chinese)


def _shorter(sign: str, count: int) -> str:
    """A run of marks as a voice is given it."""
    return sign * min(count, 3) if sign == "." else sign * min(count, 2) if sign in "…—" else sign


def _is_spaced(source: str, start: int, stop: int) -> bool:
    return source[start - 1 : start].isspace() and source[stop : stop + 1].isspace()


def _begins_word(source: str, at: int) -> bool:
    before = source[at - 1 : at]
    return not (before.isascii() and (before.isalnum() or before in tuple("-_)].")))


@lru_cache(maxsize=512)
def figure_names(sign: str) -> tuple[str, str]:
    """English and Mandarin for a figure in a circle, a fraction or a Roman numeral in one character.

    The Mandarin is empty where it has no short name.
    """
    value = unicodedata.numeric(sign)
    over, slash, under = unicodedata.normalize("NFKC", sign).partition("⁄")
    if slash and over.isdigit() and under.isdigit():
        spoken, chinese = (
            english.part(int(over), int(under)),
            f"{mandarin.cardinal(under)}分之{mandarin.cardinal(over)}",
        )
    elif value == int(value) and value >= 0:
        whole = str(int(value))
        spoken, chinese = english.cardinal(whole), mandarin.cardinal(whole)
    else:
        spoken, chinese = symbol(sign).english, ""
    return spoken, chinese


def emoji_token(source: str, at: int, end: int) -> Token | None:
    """The emoji at a place, or as many of the same as follow each other."""
    found = emoji_at(source, at, end)
    if not found:
        return None
    length, spoken, chinese = found
    if length == 1 and source[at] <= "\u2bff" and symbol(source[at]).mandarin:
        return None  # "✓" and "→" are signs unless they are marked as emoji
    emoji = source[at : at + length]
    stop = at + length
    while source.startswith(emoji, stop, end):
        stop += length
    count = (stop - at) // length
    spoken, chinese = _FIGURES.sub(_english_figure, spoken), _FIGURES.sub(_chinese_figure, chinese)
    if count >= _SEVERAL:
        spoken, chinese = english.times(spoken, count), mandarin.times(chinese, count)
    elif count == 2:  # noqa: PLR2004
        spoken, chinese = f"{spoken} {spoken}", f"{chinese} {chinese}"
    return tokens.name(at, stop, spoken, chinese)


_FIGURES = re.compile("[0-9]+")


def _english_figure(found: re.Match[str]) -> str:
    return english.cardinal(found.group())


def _chinese_figure(found: re.Match[str]) -> str:
    return mandarin.cardinal(found.group())
