"""Rows of digits in English words: addresses of machines, telephone numbers, codes; hides their groups."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from barrierfree.speech.pronunciation.english.numbers import cardinal, cut, digits, glued, grouped

__all__ = ["DICTATED"]

_SHORT_GROUP = 2
"""Digits that are read as a number in an address or a code of short groups."""
_LONGEST_GROUP = 5
"""Longer groups of a telephone number are read in parts."""

Match = re.Match[str]


def _address(match: Match) -> str:
    address, _slash, length = match.group().partition("/")
    length, _colon, port = length.partition(":")
    if not _colon:
        address, _colon, port = address.partition(":")
    words = " dot ".join(
        digits(part) if len(part) > _SHORT_GROUP else cardinal(part) for part in address.split(".")
    )
    words += f" slash {cardinal(length)}" if length else ""
    return f"{words} port {glued(port)}" if port else words


def _phone(match: Match) -> str:
    text = match.group()
    parts = re.findall(r"\d+", text)
    groups = [group for part in parts for group in (cut(part) if len(part) > _LONGEST_GROUP else [part])]
    words = ", ".join("eight hundred" if group == "800" else digits(group) for group in groups)
    return f"plus {words}" if text[0] == "+" else words


def _groups(match: Match) -> str:
    return ", ".join(digits(group) for group in re.split(r"[ -]", match.group()))


def _code(match: Match) -> str:
    groups = match.group().split("-")
    read = digits if any(len(group) > _SHORT_GROUP or group[0] == "0" for group in groups) else cardinal
    return ", ".join(read(group) for group in groups)


def _points(number: str) -> str:
    return " point ".join(cardinal(part) for part in number.split("."))


DICTATED: Final[dict[str, Callable[[Match], str]]] = {
    "hex": lambda match: f"zero X {digits(match.group()[2:])}",
    "hexrow": lambda match: " colon ".join(map(digits, match.group().split(":"))).replace("  ", " "),
    "ip": _address,
    "version": lambda match: _points(match.group()),
    "release": lambda match: f"version {_points(match['numbers'])}",
    "phone": _phone,
    "id": lambda match: grouped(match.group()),
    "card": _groups,
    "code": _code,
    "glued": lambda match: _points(match.group()) if "." in match.group() else glued(match.group()),
}
"""How each kind is read, by its name in :mod:`kinds`."""
