"""Mandarin number words; hides noughts, 两 and 二, and the ways to read long rows of digits."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from barrierfree.speech.pronunciation.english.numbers import cut, ungrouped

__all__ = ["cardinal", "decimal", "digits", "glued", "grouped", "year"]

_DIGITS: Final = "零一二三四五六七八九"
_DIALLED: Final = str.maketrans("0123456789", "零幺二三四五六七八九")
_READ_OUT: Final = str.maketrans("0123456789", _DIGITS)
_TOO_LONG = 16
"""More digits than these are read one by one."""


@lru_cache(maxsize=4096)
def cardinal(number: str) -> str:
    """A whole number, as a quantity: "一千二百三十四"; 2 is "两" before 千, 万 and 亿 where it comes first.

    Args:
        number: Its digits; commas are allowed.
    """
    number = ungrouped(number).lstrip("0") or "0"
    if len(number) > _TOO_LONG:
        return grouped(number)
    words = _whole(int(number))
    return words[1:] if words.startswith("一十") else words


def _whole(value: int, *, first: bool = True) -> str:
    for unit, name in ((10**8, "亿"), (10**4, "万")):
        if value >= unit:
            above, below = divmod(value, unit)
            words = ("两" if above == 2 else _whole(above, first=first)) + name  # noqa: PLR2004
            if not below:
                return words
            return words + ("零" if below < unit // 10 else "") + _whole(below, first=False)
    return _section(value, first=first) if value else "零"


def _section(value: int, *, first: bool) -> str:
    """Below ten thousand; noughts between digits are said once, those at the end never."""
    words = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            words += ("两" if first and digit == 2 and unit == 1000 else _DIGITS[digit]) + name  # noqa: PLR2004
        elif words and words[-1] != "零":
            words += "零"
    return words.rstrip("零")


def decimal(number: str) -> str:
    """A number that may have a decimal point; what follows the point is read digit by digit."""
    whole, point, part = number.partition(".")
    return f"{cardinal(whole or '0')}点{part.translate(_READ_OUT)}" if point else cardinal(whole)


def year(number: str) -> str:
    """Digit by digit, as years and decimals are read: "二零二六"."""
    return number.translate(_READ_OUT)


def digits(number: str) -> str:
    """Digit by digit, as numbers are dictated: "幺" for one, which cannot be heard as seven."""
    return number.upper().translate(_DIALLED)


def grouped(number: str) -> str:
    """The same, with a short pause between groups."""
    return "，".join(digits(group) for group in cut(number))


def glued(number: str) -> str:
    """Digits in a name ("F16", "MP4", "A380"): a quantity up to two, else one by one."""
    if len(number) <= 2 and (number[0] != "0" or number == "0"):  # noqa: PLR2004
        return cardinal(number)
    return year(number) if len(number) <= 4 else grouped(number)  # noqa: PLR2004
