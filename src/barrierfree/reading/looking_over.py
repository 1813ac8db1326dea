"""Reading the painted screen by character, word, line and sentence; hides when the cursor is followed.

The review cursor begins where the program's cursor is, and stays where the listener has brought it, until a
key has gone to the program and moved that cursor, or the focus.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Final

from barrierfree.reading.default_keys import Command
from barrierfree.reading.joining import joined
from barrierfree.reading.phrasing import Reason, describe
from barrierfree.reading.reader import Reader
from barrierfree.reading.review import ReviewCursor, Seen, Unit
from barrierfree.reading.say_all import Passage
from barrierfree.reading.spelling_out import spelled
from barrierfree.reading.surface import Surface
from barrierfree.reading.words import unframed
from barrierfree.semantics import Node
from barrierfree.speech.utterance import Utterance
from barrierfree.wording import _

__all__ = ["REVIEW", "LookingOver", "line_text"]

REVIEW: Final = {
    Command.REVIEW_PREVIOUS_CHARACTER: (Unit.CHARACTER, -1),
    Command.REVIEW_CURRENT_CHARACTER: (Unit.CHARACTER, 0),
    Command.REVIEW_NEXT_CHARACTER: (Unit.CHARACTER, 1),
    Command.REVIEW_PREVIOUS_WORD: (Unit.WORD, -1),
    Command.REVIEW_CURRENT_WORD: (Unit.WORD, 0),
    Command.REVIEW_NEXT_WORD: (Unit.WORD, 1),
    Command.REVIEW_PREVIOUS_LINE: (Unit.LINE, -1),
    Command.REVIEW_CURRENT_LINE: (Unit.LINE, 0),
    Command.REVIEW_NEXT_LINE: (Unit.LINE, 1),
    Command.REVIEW_PREVIOUS_SENTENCE: (Unit.SENTENCE, -1),
    Command.REVIEW_CURRENT_SENTENCE: (Unit.SENTENCE, 0),
    Command.REVIEW_NEXT_SENTENCE: (Unit.SENTENCE, 1),
}


class LookingOver:
    """The review cursor of one surface, and what is said of it."""

    def __init__(self, reader: Reader, surface: Surface) -> None:
        self._reader = reader
        self._surface = surface
        self._review = ReviewCursor(surface.rows)
        self._followed: tuple[Hashable, tuple[int, int] | None] | None = None
        """Focus and cursor of the program when the review cursor was last brought there."""
        self._may_have_moved = True

    def key_passed(self) -> None:
        """A key went to the program: its cursor may move."""
        self._may_have_moved = True

    @property
    def cell(self) -> tuple[int, int]:
        """Where the review cursor is: column and row, from 0."""
        return self._review.cell

    def follow(self, *, always: bool = False) -> None:
        """Go to the program's cursor, if that has moved since."""
        if not (self._may_have_moved or always):
            return
        self._may_have_moved = False
        focused, cursor = self._surface.focused(), self._surface.cursor()
        place = (focused.key if focused else None, cursor)
        if cursor and (place != self._followed or always):
            self._review.go(*cursor)
        self._followed = place

    def move(self, unit: Unit, steps: int, press: int) -> None:
        """Say the character, word, line or sentence here or beside it; pressed again, spell what is here."""
        self.follow()
        seen = self._review.move(unit, steps) if steps else self._review.current(unit)
        if not steps and seen.text and unit is not Unit.SENTENCE and press > 1:
            # A character is spelled to begin with.
            phonetic = press % 2 == (0 if unit is Unit.CHARACTER else 1)
            self._reader.say(
                spelled(seen.text.strip() or seen.text, self._reader.settings, phonetic=phonetic),
                reason="spell",
            )
            return
        self.tell(seen, unit, steps)

    def to_edge(self, command: Command) -> None:
        """Say the first or last line of the screen, or the one with the program's cursor."""
        if command is Command.REVIEW_CURSOR:
            self.follow(always=True)
            seen = self._review.current(Unit.LINE)
        else:
            self.follow()
            seen = self._review.top() if command is Command.REVIEW_TOP else self._review.bottom()
        self.tell(seen, Unit.LINE)

    def in_table(self, rows: int, columns: int) -> None:
        """Say what is in the next row or column, where lines are in columns."""
        self.follow()
        if rows:
            self.tell(self._review.move_row(rows), Unit.FIELD, rows)
        else:
            self.tell(self._review.move(Unit.FIELD, columns), Unit.FIELD, columns)

    def tell(self, seen: Seen, unit: Unit, steps: int = 0) -> None:
        """Say what the review cursor has come to, and whether it could go no further."""
        edge = (_("end") if steps > 0 else _("start")) if seen.stuck and steps else None
        if unit is Unit.CHARACTER and seen.text:
            parts = joined([edge, *spelled(seen.text, self._reader.settings).parts])
        else:
            parts = joined([edge, line_text(seen.text)])
        self._reader.say(Utterance(*parts), reason="review")

    def under(self, column: int, row: int) -> None:
        """Say what is painted in a cell, and bring the review cursor there."""
        self._review.go(column, row)
        self._may_have_moved = False
        node = self._surface.node_at(column, row)
        utterance = describe(node, Reason.REVIEW, self._reader.settings) if node else Utterance()
        if utterance.text:
            self._reader.say(utterance, reason="review")
        else:
            self.tell(self._review.current(Unit.LINE), Unit.LINE)

    def node(self) -> Node | None:
        """What is painted where the review cursor is."""
        return self._surface.node_at(*self._review.cell)

    def word(self) -> str:
        """The word it is on."""
        self.follow()
        return self._review.current(Unit.WORD).text

    def passages(self) -> Iterator[Passage]:
        """The sentences from the review cursor on; their source is the page and the place in it."""
        self.follow()
        return self._review.passages()

    def come_back(self, passage: Passage) -> None:
        """Stand where reading has stopped, even if that has been scrolled meanwhile."""
        self._review.come_back(passage)
        self._may_have_moved = False


def line_text(line: str) -> str:
    """What is said of a painted line: columns with commas between them, no frame."""
    if not line.strip():
        return _("blank")
    texts = unframed(line)
    return "".join(part for part in joined(texts) if isinstance(part, str)) if texts else _("ruled line")
