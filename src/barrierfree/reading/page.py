"""A painted screen, cut into what one reviews it by; hides blank lines, frames, columns and sentences.

>>> page = Page(["Hello world.", "", "│ a │ b │"])
>>> [page.text(piece) for piece in page.pieces(Unit.WORD)]
['Hello', 'world.', 'a', 'b']
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import Final

from barrierfree.reading.clusters import cluster_end
from barrierfree.reading.words import FRAMES, fields, words
from barrierfree.speech.sentences import sentences

__all__ = ["Page", "Piece", "Unit"]

_FRAME = re.compile(f"[{FRAMES}]")
_WIDE: Final = re.compile("(?<=[\u2e80-\u9fff\uff00-\uffef])\\s*\n\\s*(?=[\u2e80-\u9fff\uff00-\uffef])")
"""A line break in the middle of Chinese: no space belongs there."""


class Unit(StrEnum):
    """What one moves by."""

    CHARACTER = "character"
    WORD = "word"
    FIELD = "field"
    """What stands in one column of a line."""
    LINE = "line"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A character, word, line or sentence: where it is on the screen, in characters."""

    row: int
    start: int
    last_row: int
    end: int
    """Of its last row."""


class Page:
    """The screen at one moment.

    Args:
        rows: As painted; what is empty at their ends is left out.
    """

    def __init__(self, rows: Sequence[str]) -> None:
        self.rows = tuple(row.rstrip() for row in rows) or ("",)
        self._pieces: dict[Unit, list[Piece]] = {}

    def pieces(self, unit: Unit) -> list[Piece]:
        """All of them, in order. A blank line is one empty character; it has no words."""
        if unit not in self._pieces:
            found = self._sentences() if unit is Unit.SENTENCE else self._in_rows(unit)
            self._pieces[unit] = list(found)
        return self._pieces[unit]

    def text(self, piece: Piece) -> str:
        """What is painted there, frames and all; of a sentence what is written, over the ends of lines."""
        if piece.row == piece.last_row:
            return self.rows[piece.row][piece.start : piece.end]
        return self.prose(piece)

    def prose(self, piece: Piece) -> str:
        """What is written there on one line, without frames."""
        lines = self._bare[piece.row : piece.last_row + 1]
        lines[-1] = lines[-1][: piece.end]
        lines[0] = lines[0][piece.start :]
        return " ".join(_WIDE.sub("", "\n".join(lines)).split())

    def place_in(self, piece: Piece, offset: int) -> tuple[int, int]:
        """Row and character that stand so many characters from the start of the prose of a piece."""
        left = sum(not character.isspace() for character in self.prose(piece)[:offset])
        for row in range(piece.row, piece.last_row + 1):
            start = piece.start if row == piece.row else 0
            for index, character in enumerate(self._bare[row][start:], start):
                if not character.isspace():
                    if left == 0:
                        return row, index
                    left -= 1
        return piece.row, piece.start

    @cached_property
    def _bare(self) -> list[str]:
        """The rows without frames, each character where it was."""
        return [_FRAME.sub(" ", row).rstrip() for row in self.rows]

    def _in_rows(self, unit: Unit) -> Iterator[Piece]:
        cut = {Unit.CHARACTER: _characters, Unit.WORD: words, Unit.FIELD: fields, Unit.LINE: _whole}[unit]
        for number, row in enumerate(self.rows):
            for start, end in cut(row):
                yield Piece(number, start, number, end)

    def _sentences(self) -> Iterator[Piece]:
        text = "\n".join(self._bare)
        starts = [0, *accumulate(len(row) + 1 for row in self._bare)]
        for start, end in sentences(text):
            sentence = text[start:end].strip()
            if sentence:
                first = text.index(sentence, start)
                row, last = (bisect_right(starts, at) - 1 for at in (first, first + len(sentence) - 1))
                yield Piece(row, first - starts[row], last, first + len(sentence) - starts[last])


def _characters(row: str) -> Iterator[tuple[int, int]]:
    if not row:
        yield 0, 0
    elif row.isascii():
        yield from ((at, at + 1) for at in range(len(row)))
    else:
        start = 0
        while start < len(row):
            end = cluster_end(row, start)
            yield start, end
            start = end


def _whole(row: str) -> Iterator[tuple[int, int]]:
    yield len(row) - len(row.lstrip()), len(row)
