"""English number words; hides their spelling and the ways to say years and long rows of digits.

American English: no "and" inside numbers, "zero" and not "oh" but in years and times.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["cardinal", "decimal", "digits", "glued", "grouped", "ordinal", "pair", "ungrouped", "year"]

_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES: Final = ("", " thousand", " million", " billion", " trillion")
_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_GROUP_SIGNS = re.compile("[,'’\u00a0\u202f]")
_LAST_WORD = re.compile(r"(.*[ -])?([a-z]+)")
_GROUPS: Final = {6: [3, 3], 7: [3, 4], 9: [3, 3, 3], 10: [3, 3, 4], 11: [3, 4, 4], 18: [6, 4, 4, 4]}
"""How rows of so many digits are dictated; others by fours."""
_TOO_LONG = 15
"""More digits than these are read one by one."""


def ungrouped(number: str) -> str:
    """A number without the signs that part its thousands."""
    return _GROUP_SIGNS.sub("", number)


@lru_cache(maxsize=4096)
def cardinal(number: str) -> str:
    """A whole number, as a quantity: "one thousand two hundred thirty-four".

    Args:
        number: Its digits; commas are allowed.
    """
    number = ungrouped(number).lstrip("0") or "0"
    if len(number) > _TOO_LONG:
        return grouped(number)
    value = int(number)
    if value == 0:
        return "zero"
    parts = []
    for scale in _SCALES:
        value, below = divmod(value, 1000)
        if below:
            parts.append(_hundreds(below) + scale)
    return " ".join(reversed(parts))


def _hundreds(value: int) -> str:
    hundreds, below = divmod(value, 100)
    parts = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if below:
        parts.append(pair(below))
    return " ".join(parts)


def pair(value: int) -> str:
    """A number below a hundred."""
    if value < len(_ONES):
        return _ONES[value]
    tens, ones = divmod(value, 10)
    return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]


def decimal(number: str) -> str:
    """A number that may have a decimal point; what follows the point is read digit by digit."""
    whole, point, part = number.partition(".")
    if not point:
        return cardinal(whole)
    spoken = digits(part)
    return f"{cardinal(whole)} point {spoken}" if whole else f"point {spoken}"


def ordinal(number: str) -> str:
    """The rank: "twenty-first"."""
    before, last = _LAST_WORD.fullmatch(cardinal(number)).groups("")  # type: ignore[union-attr]
    if last.endswith("y"):
        return f"{before}{last[:-1]}ieth"
    return before + _ORDINALS.get(last, f"{last}th")


def year(number: str) -> str:
    """Four digits as a year, and as other numbers are said in pairs: "nineteen oh five"."""
    century, rest = int(number[:2]), int(number[2:])
    if not rest:
        return cardinal(number) if century % 10 == 0 else f"{pair(century)} hundred"
    if century % 10 == 0 and rest < 10:  # noqa: PLR2004
        return cardinal(number)
    return f"{pair(century)} {'oh ' if rest < 10 else ''}{pair(rest)}"  # noqa: PLR2004


def digits(number: str) -> str:
    """Digit by digit; letters among them by their names."""
    return " ".join(_ONES[int(sign)] if sign in "0123456789" else sign.upper() for sign in number)


def grouped(number: str) -> str:
    """Digit by digit, with a short pause between groups, as telephone numbers are dictated."""
    return ", ".join(digits(group) for group in cut(number))


def cut(number: str) -> list[str]:
    """A long row of digits in groups of three or four."""
    length = len(number)
    sizes = _GROUPS.get(length) or [4] * (length // 4)
    groups, at = [], 0
    for size in sizes:
        groups.append(number[at : at + size])
        at += size
    rest = number[at:]
    if len(rest) == 1 and groups:
        groups[-1] += rest
        return groups
    return [*groups, rest] if rest else groups


def glued(number: str) -> str:
    """Digits in a name ("A380", "utf8", "report-2026"): in pairs, or one by one when there are many."""
    if number[0] == "0" and len(number) > 1:
        return grouped(number)
    match len(number):
        case 1 | 2:
            return cardinal(number)
        case 3 if int(number) % 100:
            return f"{_ONES[int(number[0])]} {'oh ' if number[1] == '0' else ''}{pair(int(number[1:]))}"
        case 3:
            return cardinal(number)
        case 4:
            return year(number)
        case _:
            return grouped(number)
