"""Dates and times of day in Mandarin words.

Hides which of two numbers is the day, and the parts of the day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from barrierfree.speech.pronunciation.kinds import month_of
from barrierfree.speech.pronunciation.mandarin.numbers import cardinal, decimal, year

__all__ = ["DATES"]

_SEPARATORS: Final = {"/": "斜杠", "-": "横杠", ".": "点"}
_MONTHS, _DAYS = 12, 31
_MORNING, _EVENING, _NOON = 6, 6, 12
"""Hours on a clock of twelve; earlier is 凌晨 or 下午."""
_TWO = 2
_TWO_DIGITS = 10
"""Minutes below ten have a nought before them."""

Match = re.Match[str]


def _day_month_year(match: Match) -> str:
    first, second, when = int(match["a"]), int(match["b"]), match["dy"]
    day_first = match["asep"] == "." or first > _MONTHS
    month, day = (second, first) if day_first else (first, second)
    sure = day_first or second > _MONTHS or first == second
    if not sure or not (1 <= month <= _MONTHS and 1 <= day <= _DAYS):
        return _SEPARATORS[match["asep"]].join([cardinal(match["a"]), cardinal(match["b"]), year(when)])
    return f"{year(when)}年{cardinal(str(month))}月{cardinal(str(day))}日"


def _day_month(match: Match) -> str:
    when = f"{year(match['dmyear'])}年" if match["dmyear"] else ""
    return f"{when}{cardinal(str(month_of(match['dmm'])))}月{cardinal(match['dm'])}日"


def _month_day(match: Match) -> str:
    when = f"{year(match['year'])}年" if match["year"] else ""
    return f"{when}{cardinal(str(month_of(match['month'])))}月{cardinal(match['day'])}日"


def _part_of_day(hour: int, half: str | None) -> str:
    if not half:
        return ""
    if half in "aA":
        return "上午" if _MORNING <= hour < _NOON else "凌晨"
    if hour == _NOON:
        return "中午"
    return "下午" if hour < _EVENING else "晚上"


def _clock(hour: str, minute: str, half: str | None, second: str | None = None) -> str:
    value = int(hour)
    words = f"{_part_of_day(value, half)}{'两' if value == _TWO else cardinal(hour)}点"
    if int(minute) or int(second or 0):
        words += f"{_nought(minute)}{cardinal(minute)}分"
    return words


def _nought(number: str) -> str:
    return "零" if 0 < int(number) < _TWO_DIGITS else ""


def _time(match: Match) -> str:
    second, part = match["s"], match["ms"]
    words = _clock(match["h"], match["mi"], match["half"], match["ms"] or second)
    if second and int(match["h"]) == 0 and not match["half"]:
        minutes = f"{cardinal(match['mi'])}分" if int(match["mi"]) else ""
        words = f"{minutes}{decimal(f'{int(second)}.{part}' if part else second)}秒"
    elif second and (int(second) or part):
        words += f"{decimal(f'{int(second)}.{part}')}秒" if part else f"{_nought(second)}{cardinal(second)}秒"
    if match["utc"]:
        words = f"世界时{words}"
    if match["zone"]:
        hours, minutes = match["zone"][1:].split(":")
        toward = "东" if match["zone"][0] == "+" else "西"
        words += f"，{toward}{cardinal(hours)}区" + (f"{cardinal(minutes)}分" if int(minutes) else "")
    if match["h2"]:
        words += f"到{_clock(match['h2'], match['mi2'], match['half2'])}"
    return words


DATES: Final[dict[str, Callable[[Match], str]]] = {
    "date": lambda match: f"{year(match['y'])}年{cardinal(match['mo'])}月{cardinal(match['d'])}日",
    "dmy": _day_month_year,
    "ym": lambda match: f"{year(match['ymy'])}年{cardinal(match['ymm'])}月",
    "daymonth": _day_month,
    "monthday": _month_day,
    "time": _time,
    "clock": lambda match: _clock(match["ch"], "0", match["chalf"]),
}
"""How each kind of date and time is read, by its name in :mod:`kinds`."""
