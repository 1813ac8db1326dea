"""Quantities in English words: counts, years, prices, measures; hides which of them a number is.

What decides is what stands beside it: a unit, a currency, "in" or "code", the plural of what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from barrierfree.speech.pronunciation.english.numbers import (
    cardinal,
    decimal,
    glued,
    grouped,
    ordinal,
    pair,
    ungrouped,
    year,
)
from barrierfree.speech.pronunciation.kinds import VERSIONED, text_after, text_before
from barrierfree.speech.pronunciation.tables import CURRENCIES, UNITS

__all__ = ["QUANTITIES", "number_sign", "times"]

_SIGNS: Final = {"-": "minus ", "−": "minus ", "+": "plus ", "±": "plus or minus "}
_SCALES: Final = {
    "K": "thousand", "k": "thousand", "M": "million", "B": "billion", "T": "trillion", "千": "thousand",
    "mn": "million", "bn": "billion", "tn": "trillion", "万": "ten thousand", "百万": "million",
    "千万": "ten million", "亿": "hundred million", "万亿": "trillion",
}  # fmt: skip
_COMPASS: Final = {"N": "north", "S": "south", "E": "east", "W": "west"}
_ONE_BY_ONE = re.compile(
    r"(?:\b(?:code|pin|passcode|password|otp|extension|ext\.?|zip|account|serial|id"
    r"|(?:call|dial|text)(?: me)?(?: at| on)?)(?: (?:is|number|no\.?))?:?\s?#?)\Z",
    re.IGNORECASE,
)
_LONG_ROW = 8
"""So many digits without a comma are a number of something like an order, unless they end in "000"."""
_COUNTED = re.compile(r" [a-z]{3,}s\b(?<! was)(?<! has)(?<! does)(?<! this)(?<! its)(?<! census)(?<! always)")
_IS_DECADE = re.compile(r"\b(?:the|early|late|mid|my|his|her|their|our)[ -]\Z", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:room|suite|flight|highway|route|interstate|channel|gate|boeing|airbus|apartment|apt|bus)[ ]\Z",
    re.IGNORECASE,
)
"""After these a number is part of a name."""
_DIGITS_OF_YEAR = 4
_DIGITS_OF_CENTS = 2
_FIRST_YEAR, _LAST_YEAR = 1100, 2099
_YEAR_BEFORE = re.compile(r"\b(?:in|since|year|circa|from|until|by)[ ]\Z", re.IGNORECASE)
"""After these four digits from 1000 on are a year too."""

Match = re.Match[str]


def times(name: str, count: int) -> str:
    """A name that is said of several things at once: "grinning face three times"."""
    return f"{name} {cardinal(str(count))} times"


def number_sign(count: int) -> str:
    """How many, before the plural of a sign's name."""
    return cardinal(str(count))


def _is_year(number: str) -> bool:
    return len(number) == _DIGITS_OF_YEAR and number.isdigit() and _FIRST_YEAR <= int(number) <= _LAST_YEAR


def _quantity(match: Match) -> str:
    number, upto = match["n"], match["n2"]
    unit = match["unit"] or match["glued"]
    money = match["currency"]
    sign = _SIGNS.get((match["sign"] or "").strip(), "")
    if not (unit or money or sign or upto):
        return _bare(number, text_before(match), text_after(match))
    read = year if _is_year(number) and not (unit or money) and (not upto or _is_year(upto)) else decimal
    words = sign + read(number)
    if upto:
        words += f" to {_SIGNS.get(match['sign2'] or '', '')}{read(upto)}"
    if money:
        return _priced(number, words, money) if not upto else f"{words} {CURRENCIES[money].many}"
    if unit:
        name = UNITS[unit]
        words += f" {name.one if number == '1' and not upto else name.many}"
    return words


def _bare(number: str, before: str, after: str) -> str:
    """A number that stands alone."""
    if not number.isdigit():
        if number.count(".") == 1 and "," not in number and VERSIONED.search(before):
            return " point ".join(cardinal(part) for part in number.split("."))
        return decimal(number)
    long_row = len(number) >= _LONG_ROW and not number.endswith("000")
    if _ONE_BY_ONE.search(before) or long_row or number == "911" or (number[0] == "0" and len(number) > 1):
        return grouped(number)
    if _NAMED.search(before) and len(number) in (3, 4):
        return glued(number)
    if _is_year(number) and not _COUNTED.match(after):
        return year(number)
    if len(number) == _DIGITS_OF_YEAR and number[0] == "1" and _YEAR_BEFORE.search(before):
        return year(number)
    return cardinal(number)


def _priced(number: str, words: str, money: str) -> str:
    """A price: whole coins and hundredths, where that is how it is read."""
    name = CURRENCIES[money]
    whole, point, part = ungrouped(number).partition(".")
    if point and len(part) == _DIGITS_OF_CENTS and name.part:
        spoken, whole = [], whole.lstrip("0")
        if whole or not int(part):
            spoken.append(f"{cardinal(whole)} {name.one if whole == '1' else name.many}")
        if int(part):
            spoken.append(f"{pair(int(part))} {name.part if int(part) == 1 else name.parts}")
        return " and ".join(spoken)
    return f"{words} {name.one if number == '1' else name.many}"


def _money(match: Match) -> str:
    number, upto = match["m"], match["m2"]
    money = (match["cur"] or match["curcode"]).strip()
    sign = _SIGNS.get(match["msign"] or match["mminus"] or "", "")
    scale = (match["scale"] or "").strip()
    scale = f" {_SCALES.get(scale, scale)}" if scale else ""
    if not upto and not scale:
        return sign + _priced(number, decimal(number), money)
    words = f"{sign}{decimal(number)}{f' to {decimal(upto)}' if upto else ''}{scale}"
    return f"{words} {CURRENCIES[money].many}"


def _decade(match: Match) -> str:
    number = re.sub(r"\D", "", match.group())
    if len(number) < _DIGITS_OF_YEAR:
        if match.group()[0].isdigit() and not _IS_DECADE.search(text_before(match)):
            return f"{cardinal(number)} seconds"
        return _plural(pair(int(number)))
    return _plural(year(number))


def _plural(words: str) -> str:
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def _height(match: Match) -> str:
    feet, inches = re.findall(r"\d+", match.group())
    return f"{cardinal(feet)} feet {cardinal(inches)} inch{'' if inches == '1' else 'es'}"


def _angle(match: Match) -> str:
    degrees = match.group().partition("°")[0]
    parts = [(degrees, "degree"), (match["am"], "minute"), (match["as"], "second")]
    words = [f"{decimal(value)} {name}{'' if value == '1' else 's'}" for value, name in parts if value]
    toward = match["ad"] or match["ad2"]
    return " ".join([*words, _COMPASS[toward]] if toward else words)


def _size(match: Match) -> str:
    numbers = re.split(r"\s?[x×✕*X]\s?", match.group())
    pixels = any(len(number) > _DIGITS_OF_CENTS for number in numbers)
    between = " times " if not pixels and re.search("[*×]", match.group()) else " by "
    return between.join(_side(number) for number in numbers)


def _side(number: str) -> str:
    return year(number) if len(number) == _DIGITS_OF_YEAR and number.isdigit() else decimal(number)


QUANTITIES: Final[dict[str, Callable[[Match], str]]] = {
    "quantity": _quantity,
    "money": _money,
    "ordinal": lambda match: ordinal(match.group()[:-2]),
    "decade": _decade,
    "height": _height,
    "angle": _angle,
    "size": _size,
}
"""How each kind is read, by its name in :mod:`kinds`."""
