"""Answers to what a listener asks about where he is; hides what each kind of screen can tell of it."""

from __future__ import annotations

from barrierfree.reading.clusters import word_at
from barrierfree.reading.joining import Piece, in_language, joined, one_line
from barrierfree.reading.looking_over import LookingOver, line_text
from barrierfree.reading.phrasing import Reason, describe
from barrierfree.reading.reader import Reader
from barrierfree.reading.spelling_out import spelled
from barrierfree.reading.surface import Surface
from barrierfree.semantics import Node, State
from barrierfree.speech.utterance import Utterance
from barrierfree.wording import _

__all__ = ["Asking"]


class Asking:
    """Tells about one surface."""

    def __init__(self, reader: Reader, surface: Surface, over: LookingOver) -> None:
        self._reader = reader
        self._surface = surface
        self._over = over

    def where(self, here: Node | None) -> None:
        """The window, what is around the focus, and all about what is here; or the cursor's line and place.

        Args:
            here: Where one is, which may not be what has the focus.
        """
        pieces: list[Piece] = [one_line(self._surface.title()) or None]
        if here is None:
            pieces += self._cursor_words()
        else:
            focused = self._surface.focused()
            within = self._surface.within() if focused and focused.key == here.key else ()
            pieces += describe(here, Reason.QUERY, self._reader.settings, within=within).parts
        self._tell(joined(pieces) or (_("Nothing here"),))

    def title(self) -> None:
        """What the window is called."""
        self._tell((one_line(self._surface.title()) or _("No title"),))

    def keys(self) -> None:
        """The keys that the program offers."""
        shown = list(self._surface.commands_shown())
        texts = [
            in_language(f"{one_line(node.value)} {one_line(node.name)}".strip(), node.language)
            for node in shown
        ]
        self._tell(joined(texts) or (_("The program offers no keys"),))

    def spell(self, here: Node | None, press: int, *, reviewing: bool) -> None:
        """What is here letter by letter; every second time with a word for each."""
        item = (here.active or here) if here else None
        if not reviewing and item and State.PROTECTED in item.states:
            self._tell((_("A password is not spelled"),))
            return
        text = self._over.word() if reviewing or item is None else _word_of(item)
        if not text:
            self._tell((_("blank"),))
            return
        self._reader.say(spelled(text, self._reader.settings, phonetic=press % 2 == 0), reason="spell")

    def _cursor_words(self) -> list[Piece]:
        cursor, rows = self._surface.cursor(), self._surface.rows()
        if cursor is None or not 0 <= cursor[1] < len(rows):
            return []
        place = _("line {row} of {rows}, column {column}")
        return [
            place.format(row=cursor[1] + 1, rows=len(rows), column=cursor[0] + 1),
            line_text(rows[cursor[1]]),
        ]

    def _tell(self, parts: tuple[Piece, ...]) -> None:
        self._reader.say(Utterance(*joined(parts)), reason="query")


def _word_of(node: Node) -> str:
    """What is worth spelling: the word at the caret, or what is written there, or what it is called."""
    editing = node.editing
    if editing:
        before = word_at(editing.line, max(0, editing.column - 1)).strip()
        return word_at(editing.line, editing.column).strip() or before or editing.line.strip()
    return one_line(node.value) or one_line(node.name)
