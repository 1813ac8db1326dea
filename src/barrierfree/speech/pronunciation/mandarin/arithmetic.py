"""Fractions, powers and ratios in Mandarin words; hides which fractions may be dates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from barrierfree.speech.pronunciation.mandarin.numbers import cardinal, decimal

__all__ = ["ARITHMETIC", "raised"]

_MOST_TENTHS, _MONTHS, _DAYS = 10, 12, 31

Match = re.Match[str]


def _fraction(match: Match) -> str:
    whole, over, under = match["whole"], int(match["fn"]), int(match["fd"])
    plain = match["fn"][0] != "0" and match["fd"][0] != "0"
    if match["pressure"]:
        return f"{cardinal(match['fn'])}斜杠{cardinal(match['fd'])}毫米汞柱"
    may_be_date = _MOST_TENTHS < under <= _DAYS and over <= _MONTHS
    if not plain or over >= under or may_be_date:
        words = f"{cardinal(match['fn'])}斜杠{cardinal(match['fd'])}"
        return f"{cardinal(whole)}，{words}" if whole else words
    words = f"{cardinal(str(under))}分之{cardinal(str(over))}"
    return f"{cardinal(whole)}又{words}" if whole else words


def _vulgar(match: Match) -> str:
    over, _slash, under = unicodedata.normalize("NFKC", match["vpart"]).partition("⁄")
    return f"{cardinal(match['vwhole'])}又{cardinal(under)}分之{cardinal(over)}"


def raised(power: str) -> str:
    """What follows a base: "的平方", "的负三次方"."""
    number = power.lstrip("-−")
    if number == power and number in ("2", "3"):
        return "的平方" if number == "2" else "的立方"
    return f"的{'负' if number != power else ''}{cardinal(number)}次方"


def _power(match: Match) -> str:
    raised_by = unicodedata.normalize("NFKC", match["praised"] or "")
    return f"{cardinal(match['pbase'])}{raised(raised_by or (match['psign'] or '') + match['pexp'])}"


def _science(match: Match) -> str:
    sign = "负" if match["ssign"] == "-" else ""
    return f"{decimal(match['sbase'])}乘以十的{sign}{cardinal(match['sexp'])}次方"


ARITHMETIC: Final[dict[str, Callable[[Match], str]]] = {
    "fraction": _fraction,
    "vulgar": _vulgar,
    "power": _power,
    "science": _science,
    "ratio": lambda match: "比".join(cardinal(part) for part in re.split("[:：]", match.group())),
}
"""How each kind is read, by its name in :mod:`kinds`."""
