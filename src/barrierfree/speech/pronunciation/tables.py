"""The tables this room reads its words from; hides the files they are in.

One row a line, columns parted by tabs; a line that begins with "# " is for people.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

__all__ = ["CURRENCIES", "UNITS", "Currency", "Unit", "rows"]


def rows(name: str, columns: int) -> list[list[str]]:
    """The rows of a table that is shipped; cells missing at the end of a row are empty."""
    found = []
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("# "):
            cells = line.split("\t")
            found.append(cells + [""] * (columns - len(cells)))
    return found


class Unit(NamedTuple):
    """What a unit of measure is called."""

    one: str
    many: str
    mandarin: str


class Currency(NamedTuple):
    """What money is called."""

    one: str
    many: str
    part: str
    """Its hundredth, where prices are read with it; empty otherwise."""
    parts: str
    mandarin: str


UNITS: Final = {row[0]: Unit(*row[1:]) for row in rows("units.tsv", 4)}
CURRENCIES: Final = {row[0]: Currency(*row[1:]) for row in rows("currencies.tsv", 6)}
"""By sign ("$") and by code ("USD")."""
