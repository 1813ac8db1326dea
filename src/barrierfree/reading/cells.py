"""In which cell of a row each character is painted; hides which characters take two cells, or none.

    >>> cell_of("中文ab", 2), index_at("中文ab", 3), width("中文ab")
    (4, 1, 6)

Widths are those of Unicode's annex 11, and two for what is drawn as an emoji. Terminals do not agree on
emoji that are joined from several: there a cell may be missed by one or two.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from barrierfree.reading.clusters import cluster_end

__all__ = ["cell_of", "index_at", "width"]

_EMOJI = "\ufe0f"


def width(row: str) -> int:
    """Cells that a text takes."""
    return len(row) if row.isascii() else sum(cells for _start, _end, cells in _clusters(row))


def cell_of(row: str, index: int) -> int:
    """The cell in which a character begins, or would begin behind the end."""
    if row.isascii():
        return index
    cell = 0
    for _start, end, cells in _clusters(row):
        if end > index:
            return cell
        cell += cells
    return cell + max(0, index - len(row))


def index_at(row: str, cell: int) -> int:
    """The character that is painted in a cell; the length of the row behind its end."""
    if row.isascii():
        return min(max(cell, 0), len(row))
    here = 0
    for start, _end, cells in _clusters(row):
        here += cells
        if here > cell:
            return start
    return len(row)


def _clusters(row: str) -> Iterator[tuple[int, int, int]]:
    """Where each character to a reader begins and ends, and how many cells it takes."""
    start = 0
    while start < len(row):
        end = cluster_end(row, start)
        yield start, end, _cells(row[start:end])
        start = end


def _cells(cluster: str) -> int:
    first = cluster[0]
    if "\U0001f1e6" <= first <= "\U0001f1ff":
        return len(cluster)
    if _EMOJI in cluster or unicodedata.east_asian_width(first) in "WF":
        return 2
    return 0 if unicodedata.category(first) in ("Mn", "Me", "Cf", "Cc") else 1
