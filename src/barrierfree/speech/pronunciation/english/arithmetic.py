"""Fractions, powers and ratios in English words; hides which fractions may be dates or marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from barrierfree.speech.pronunciation.english.numbers import cardinal, decimal, ordinal

__all__ = ["ARITHMETIC", "part", "raised"]

_NAMED_PARTS: Final = {2: ("half", "halves"), 4: ("quarter", "quarters")}
_SMALLEST_PART, _MOST_PARTS = 2, 10
_KNOWN_PARTS: Final = (32, 64, 100, 1000)
"""Other fractions are said with "over"."""
_OUT_OF: Final = (10, 100)
"""Marks and ratings are more often written so than tenths."""
_MONTHS, _DAYS = 12, 31

Match = re.Match[str]


def _fraction(match: Match) -> str:
    whole, over, under = match["whole"], int(match["fn"]), int(match["fd"])
    if match["pressure"]:
        return f"{cardinal(match['fn'])} over {cardinal(match['fd'])} millimeters of mercury"
    if match.group() == "24/7":
        return "twenty-four seven"
    plain = match["fn"][0] != "0" and match["fd"][0] != "0"
    if plain and not whole and 1 < over <= under and under in _OUT_OF:
        return f"{cardinal(match['fn'])} out of {cardinal(match['fd'])}"
    if not plain or over >= under or not (_SMALLEST_PART <= under <= _MOST_PARTS or under in _KNOWN_PARTS):
        may_be_date = under <= _DAYS and over <= _MONTHS
        word = "slash" if may_be_date or over >= under or not plain else "over"
        words = f"{cardinal(match['fn'])} {word} {cardinal(match['fd'])}"
        return f"{cardinal(whole)} {words}" if whole else words
    words = part(over, under)
    if whole:
        return f"{cardinal(whole)} and {'a' if over == 1 else cardinal(str(over))} {words.partition(' ')[2]}"
    return words


def part(over: int, under: int) -> str:
    """A fraction: "three quarters"."""
    one, many = _NAMED_PARTS.get(under, (ordinal(str(under)), f"{ordinal(str(under))}s"))
    return f"{cardinal(str(over))} {one if over == 1 else many}"


def _vulgar(match: Match) -> str:
    over, _slash, under = unicodedata.normalize("NFKC", match["vpart"]).partition("⁄")
    parts = part(int(over), int(under)).partition(" ")[2]
    return f"{cardinal(match['vwhole'])} and {'a' if over == '1' else cardinal(over)} {parts}"


def raised(power: str) -> str:
    """What follows a base: "squared", "to the power of minus three"."""
    number = power.lstrip("-−")
    if number == power and number in ("2", "3"):
        return "squared" if number == "2" else "cubed"
    return f"to the power of {'minus ' if number != power else ''}{cardinal(number)}"


def _power(match: Match) -> str:
    raised_by = unicodedata.normalize("NFKC", match["praised"] or "")
    return f"{cardinal(match['pbase'])} {raised(raised_by or (match['psign'] or '') + match['pexp'])}"


def _science(match: Match) -> str:
    sign = "minus " if match["ssign"] == "-" else ""
    return f"{decimal(match['sbase'])} times ten to the power of {sign}{cardinal(match['sexp'])}"


def _ratio(match: Match) -> str:
    return " to ".join(cardinal(part) for part in re.split("[:：]", match.group()))


ARITHMETIC: Final[dict[str, Callable[[Match], str]]] = {
    "fraction": _fraction,
    "vulgar": _vulgar,
    "power": _power,
    "science": _science,
    "ratio": _ratio,
}
"""How each kind is read, by its name in :mod:`kinds`."""
