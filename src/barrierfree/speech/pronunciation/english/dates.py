"""Dates and times of day in English words.

Hides which of two numbers is the day, and how an hour is called.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from barrierfree.speech.pronunciation.english.numbers import cardinal, digits, ordinal, pair, year
from barrierfree.speech.pronunciation.kinds import MONTHS, month_of, text_after, text_before

__all__ = ["DATES"]

_SIGNS: Final = {"-": "minus ", "+": "plus "}
_SEPARATORS: Final = {"/": "slash", "-": "dash", ".": "dot"}
_CLOCK_AFTER = re.compile(r" \d{1,2}:\d\d")
_MONTHS, _DAYS = 12, 31
_SHORT_YEAR = 2
"""Digits of a year without its century."""
_NOON = 12
_TWO_DIGITS = 10
"""Minutes below ten have a nought before them."""

Match = re.Match[str]


def _date_words(month: int, day: int | None, when: str) -> str:
    if day is None:
        return f"{MONTHS[month - 1]} {when}"
    return f"{MONTHS[month - 1]} {ordinal(str(day))}{f', {when}' if when else ''}"


def _date(match: Match) -> str:
    words = _date_words(int(match["mo"]), int(match["d"]), year(match["y"]))
    if match.group().endswith("T"):
        return f"{words}, "
    return f"{words}," if _CLOCK_AFTER.match(text_after(match)) else words


def _day_month_year(match: Match) -> str:
    first, second, when = int(match["a"]), int(match["b"]), match["dy"]
    spoken = pair(int(when)) if len(when) == _SHORT_YEAR else year(when)
    day_first = match["asep"] == "." or first > _MONTHS
    month, day = (second, first) if day_first else (first, second)
    sure = day_first or second > _MONTHS or first == second
    if not sure or not (1 <= month <= _MONTHS and 1 <= day <= _DAYS):
        between = f" {_SEPARATORS[match['asep']]} "
        return between.join([cardinal(match["a"]), cardinal(match["b"]), spoken])
    return _date_words(month, day, spoken)


def _day_month(match: Match) -> str:
    when = match["dmyear"]
    if " of " in match.group() and text_before(match).lower().endswith("the "):
        words = f"{ordinal(match['dm'])} of {MONTHS[month_of(match['dmm']) - 1]}"
        return f"{words} {year(when)}" if when else words
    return _date_words(month_of(match["dmm"]), int(match["dm"]), year(when) if when else "")


def _month_day(match: Match) -> str:
    when = year(match["year"]) if match["year"] else ""
    return _date_words(month_of(match["month"]), int(match["day"]), when)


def _clock_words(hour: str, minute: str, half: str | None) -> str:
    value = int(hour)
    if int(minute):
        words = f"{pair(value)} {'oh ' if int(minute) < _TWO_DIGITS else ''}{pair(int(minute))}"
    elif half:
        words = pair(value)
    else:
        words = f"{pair(value)} o'clock" if 1 <= value <= _NOON else f"{pair(value)} hundred"
    return f"{words} {half.upper()} M" if half else words


def _time(match: Match) -> str:
    second, part = match["s"], match["ms"]
    words = _clock_words(match["h"], match["mi"], match["half"])
    if second and int(match["h"]) == 0 and not match["half"]:
        words = _length(match["mi"], second, part)
    elif second and (int(second) or part):
        words = f"{_clock_words(match['h'], match['mi'], None)} and {_seconds(second, part)}"
        words += f" {match['half'].upper()} M" if match["half"] else ""
    if match["utc"]:
        words += " U T C"
    if match["zone"]:
        hours, minutes = match["zone"][1:].split(":")
        words += f" U T C {_SIGNS[match['zone'][0]]}{pair(int(hours))}"
        words += f" {pair(int(minutes))}" if int(minutes) else ""
    if match["h2"]:
        words += f" to {_clock_words(match['h2'], match['mi2'], match['half2'])}"
    return words


def _length(minute: str, second: str, part: str | None) -> str:
    """A clock that counts from nought: "one minute and twenty-three seconds"."""
    minutes = f"{pair(int(minute))} minute{'' if int(minute) == 1 else 's'} and " if int(minute) else ""
    return minutes + _seconds(second, part)


def _seconds(second: str, part: str | None) -> str:
    words = pair(int(second)) + (f" point {digits(part)}" if part else "")
    return f"{words} second{'' if words == 'one' else 's'}"


DATES: Final[dict[str, Callable[[Match], str]]] = {
    "date": _date,
    "dmy": _day_month_year,
    "ym": lambda match: _date_words(int(match["ymm"]), None, year(match["ymy"])),
    "daymonth": _day_month,
    "monthday": _month_day,
    "time": _time,
    "clock": lambda match: f"{cardinal(match['ch'])} {match['chalf'].upper()} M",
}
"""How each kind of date and time is read, by its name in :mod:`kinds`."""
