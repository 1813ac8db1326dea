"""Rows of digits in Mandarin words: addresses of machines, telephone numbers, codes; hides their groups."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from barrierfree.speech.pronunciation.mandarin.numbers import cardinal, digits, glued, grouped, year

__all__ = ["DICTATED"]

_SHORT_GROUP = 2
"""Digits that are read as a number in a code of short groups."""
_LONGEST_GROUP = 5
"""Longer groups of a telephone number are read in parts."""

Match = re.Match[str]


def _address(match: Match) -> str:
    address, _slash, rest = match.group().partition("/")
    length, _colon, port = rest.partition(":")
    if not _slash:
        address, _colon, port = address.partition(":")
    words = "点".join(year(part) for part in address.split("."))
    words += f"斜杠{cardinal(length)}" if length else ""
    return f"{words}，端口{year(port)}" if port else words


def _phone(match: Match) -> str:
    text = match.group()
    parts = re.findall(r"\d+", text)
    words = "，".join(grouped(part) if len(part) > _LONGEST_GROUP else digits(part) for part in parts)
    return f"加{words}" if text[0] == "+" else words


def _code(match: Match) -> str:
    groups = match.group().split("-")
    read = digits if any(len(group) > _SHORT_GROUP or group[0] == "0" for group in groups) else cardinal
    return "，".join(read(group) for group in groups)


def _points(number: str) -> str:
    return "点".join(cardinal(part) for part in number.split("."))


DICTATED: Final[dict[str, Callable[[Match], str]]] = {
    "hex": lambda match: f"零X{year(match.group()[2:].upper())}",
    "hexrow": lambda match: "冒号".join(year(part.upper()) for part in match.group().split(":")),
    "ip": _address,
    "version": lambda match: _points(match.group()),
    "release": lambda match: f"版本{_points(match['numbers'])}",
    "phone": _phone,
    "id": lambda match: grouped(match.group()),
    "card": lambda match: "，".join(digits(group) for group in re.split("[ -]", match.group())),
    "code": _code,
    "glued": lambda match: _points(match.group()) if "." in match.group() else glued(match.group()),
}
"""How each kind is read, by its name in :mod:`kinds`."""
