"""Looking over a painted screen without moving in the program; hides output that comes in between.

The cursor stands on a character. When the screen changes it stays with its text, wherever that has gone;
when that is gone, it stays where it is.

    >>> cursor = ReviewCursor(lambda: ["Hello world.", "你好"])
    >>> cursor.current(Unit.WORD).text, cursor.move(Unit.WORD, 1).text, cursor.move(Unit.LINE, 1).text
    ('Hello', 'world.', '你好')
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from barrierfree.reading.cells import cell_of, index_at
from barrierfree.reading.page import Page, Piece, Unit
from barrierfree.reading.say_all import Passage

__all__ = ["ReviewCursor", "Seen", "Unit"]

_AROUND: Final = 3
"""Lines above and below that tell apart lines with the same text."""
_ENOUGH: Final = 2
"""Of them must be found again where the line itself is not."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the cursor has come to."""

    text: str
    """As it is painted; empty for a blank line."""
    row: int
    column: int
    """Cell in which it begins."""
    stuck: bool = False
    """There was nothing further; this is where the cursor was."""


class ReviewCursor:
    """A place on a screen that only the listener knows of.

    Args:
        rows: Called for the screen as it is now.
    """

    def __init__(self, rows: Callable[[], Sequence[str]]) -> None:
        self._rows = rows
        self._page = Page(())
        self._row = self._index = 0

    @property
    def cell(self) -> tuple[int, int]:
        """The cell it is in: column and row, from 0."""
        page = self._settled()
        return cell_of(page.rows[self._row], self._index), self._row

    def current(self, unit: Unit) -> Seen:
        """What it is on; between words and sentences the next one, or the last there is."""
        page = self._settled()
        pieces = page.pieces(unit)
        at = self._at(pieces)
        if at < 0 or not _holds(pieces[at], self._row, self._index):
            same_row = at + 1 < len(pieces) and (
                unit is Unit.SENTENCE or at < 0 or pieces[at + 1].row == self._row
            )
            at += same_row
        if at < 0 or (unit in (Unit.WORD, Unit.FIELD) and pieces[at].row != self._row):
            return Seen("", self._row, cell_of(page.rows[self._row], self._index))
        return self._go(pieces[at], unit)

    def move(self, unit: Unit, steps: int) -> Seen:
        """Go so many further, or back; not beyond the first and the last."""
        pieces = self._settled().pieces(unit)
        here = self._at(pieces)
        wanted = here + steps
        if steps < 0 and here >= 0 and not _holds(pieces[here], self._row, self._index):
            wanted += 1  # it stands behind this one already
        at = max(0, min(wanted, len(pieces) - 1))
        if not pieces:
            return Seen("", self._row, self.cell[0], stuck=True)
        before = self._row, self._index
        seen = self._go(pieces[at], unit)
        return Seen(seen.text, seen.row, seen.column, at != wanted or before == (self._row, self._index))

    def move_row(self, steps: int) -> Seen:
        """Go to the same column of a row further down, or up, where lines are in columns."""
        page = self._settled()
        column = cell_of(page.rows[self._row], self._index)
        fields = page.pieces(Unit.FIELD)
        rows = sorted({one.row for one, after in pairwise(fields) if one.row == after.row})
        further = [row for row in rows if (row > self._row if steps > 0 else row < self._row)]
        if len(further) < abs(steps):
            return self._stuck(Unit.FIELD)
        row = further[abs(steps) - 1] if steps > 0 else further[steps]
        text = page.rows[row]
        return self._go(
            min(
                (one for one in fields if one.row == row),
                key=lambda one: _distance(column, cell_of(text, one.start), cell_of(text, one.end)),
            ),
            Unit.FIELD,
        )

    def go(self, column: int, row: int) -> None:
        """Go to a cell; where nothing is painted, to the nearest character before it."""
        page = self._settled()
        self._row = max(0, min(row, len(page.rows) - 1))
        self._index = index_at(page.rows[self._row], column) if column > 0 else 0
        self._snap()

    def top(self) -> Seen:
        """Go to the first line."""
        self.go(0, 0)
        return self.current(Unit.LINE)

    def bottom(self) -> Seen:
        """Go to the last line with something in it."""
        rows = self._settled().rows
        self.go(0, max((number for number, row in enumerate(rows) if row), default=0))
        return self.current(Unit.LINE)

    def passages(self) -> Iterator[Passage]:
        """The sentences of the screen as it is now, from the cursor on, made for :meth:`come_back`."""
        page, here = self._settled(), (self._row, self._index)

        def each() -> Iterator[Passage]:
            for piece in page.pieces(Unit.SENTENCE):
                if (piece.last_row, piece.end) > here:
                    rest = Piece(*max((piece.row, piece.start), here), piece.last_row, piece.end)
                    yield Passage(page.prose(rest), (page, rest))

        return each()

    def come_back(self, passage: Passage) -> None:
        """Go to the word at which reading stopped; the screen may have scrolled since it was taken."""
        page, piece = passage.source
        self._page = page
        self._row, self._index = page.place_in(piece, passage.start)
        self._settled()

    def _at(self, pieces: list[Piece]) -> int:
        """The last piece that does not begin behind the cursor; -1 when there is none."""
        at = bisect_right(pieces, (self._row, self._index), key=lambda piece: (piece.row, piece.start)) - 1
        if at < 0 and pieces and pieces[0].row == pieces[0].last_row == self._row:
            return -1 if pieces[0].start > self._index else 0
        return at

    def _go(self, piece: Piece, unit: Unit) -> Seen:
        self._row, self._index = piece.row, piece.start
        page = self._page
        text = page.prose(piece) if unit is Unit.SENTENCE else page.text(piece)
        return Seen(text, piece.row, cell_of(page.rows[piece.row], piece.start))

    def _stuck(self, unit: Unit) -> Seen:
        seen = self.current(unit)
        return Seen(seen.text, seen.row, seen.column, stuck=True)

    def _settled(self) -> Page:
        """The screen as it is now, with the cursor where its text is."""
        rows = tuple(row.rstrip() for row in self._rows()) or ("",)
        if rows != self._page.rows:
            before, self._page = self._page, Page(rows)
            self._row = max(0, min(self._row + _shift(before.rows, rows, self._row), len(rows) - 1))
            self._snap()
        return self._page

    def _snap(self) -> None:
        """Stand on a character of the line: its first cell, not its second, and not behind the end."""
        characters = [piece for piece in self._page.pieces(Unit.CHARACTER) if piece.row == self._row]
        self._index = max((piece.start for piece in characters if piece.start <= self._index), default=0)


def _holds(piece: Piece, row: int, index: int) -> bool:
    begun = (piece.row, piece.start) <= (row, index)
    return begun and ((row, index) < (piece.last_row, piece.end) or piece.end == index == piece.start)


def _distance(column: int, start: int, end: int) -> int:
    return 0 if start <= column < end else min(abs(column - start), abs(column - end + 1))


def _shift(before: Sequence[str], after: Sequence[str], row: int) -> int:
    """How many rows the text of a row has gone down; 0 when it has not been found again."""
    best, best_score = 0, (0, 0)
    for candidate in range(len(after)):
        shift = candidate - row
        around = sum(
            bool(before[one]) and 0 <= one + shift < len(after) and before[one] == after[one + shift]
            for one in range(max(0, row - _AROUND), min(len(before), row + _AROUND + 1))
            if one != row
        )
        same = bool(before[row]) and before[row] == after[candidate]
        if not same and around < _ENOUGH:
            continue
        score = (len(before) * same + around, -abs(shift))
        if score > best_score:
            best, best_score = shift, score
    return best
