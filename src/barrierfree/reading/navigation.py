"""Going from control to control, heading to heading, link to link, cell to cell; hides where one is now.

One is where the focus is, or, once a heading, link or cell was gone to that cannot have the focus, there;
until the focus goes elsewhere.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from barrierfree.reading.default_keys import Command
from barrierfree.reading.joining import joined, one_line
from barrierfree.reading.phrasing import Reason, describe
from barrierfree.reading.reader import Reader
from barrierfree.reading.say_all import Passage
from barrierfree.reading.surface import Surface
from barrierfree.semantics import Node, Role
from barrierfree.speech.sentences import sentences
from barrierfree.wording import _

__all__ = ["GOING", "IN_TABLE", "Navigation"]

_TABLES: Final = frozenset({Role.TABLE, Role.GRID})
_READ_BY_PARTS: Final = frozenset(
    {Role.LIST, Role.LISTBOX, Role.TREE, Role.TABLE, Role.GRID, Role.BLOCKQUOTE}
)
"""What is told by what is in it, though it has a name."""
GOING: Final = {
    Command.NEXT_CONTROL: (None, 1),
    Command.PREVIOUS_CONTROL: (None, -1),
    Command.NEXT_HEADING: (Role.HEADING, 1),
    Command.PREVIOUS_HEADING: (Role.HEADING, -1),
    Command.NEXT_LINK: (Role.LINK, 1),
    Command.PREVIOUS_LINK: (Role.LINK, -1),
}
IN_TABLE: Final = {
    Command.NEXT_TABLE_ROW: (1, 0),
    Command.PREVIOUS_TABLE_ROW: (-1, 0),
    Command.NEXT_TABLE_COLUMN: (0, 1),
    Command.PREVIOUS_TABLE_COLUMN: (0, -1),
}


class Navigation:
    """Where one is among the things of one surface."""

    def __init__(self, reader: Reader, surface: Surface) -> None:
        self._reader = reader
        self._surface = surface
        self._here: Node | None = None
        """What was gone to last and may not have the focus."""
        self._offset = 0
        """Where in its text reading stopped, in characters."""
        self._focus_then: Hashable = None

    @property
    def here(self) -> Node | None:
        """Where one is; None when nothing has the focus and nothing was gone to."""
        focused = self._surface.focused()
        if self._here and self._focus_then == _place(focused):
            return self._here
        self._here, self._offset = None, 0
        return focused

    def go(self, role: Role | None, step: int) -> None:
        """Go to the next thing of a role, or the one before; None means what can have the focus."""
        if role is None:
            places = list(self._surface.controls())
            wanted = places
        else:
            places = [node for one in self._surface.document() for node in one.walk()]
            wanted = [node for node in places if node.role is role]
        goal = self._further(places, wanted, step)
        if goal:
            self.arrive(goal)
        else:
            self._reader.say(_nothing_further(role, step, any_at_all=bool(wanted)), reason="command")

    def in_table(self, rows: int, columns: int) -> bool:
        """Go to another cell of the table one is in, or of the next one; False when the screen has none."""
        document = [node for one in self._surface.document() for node in one.walk()]
        tables = [node for node in document if node.role in _TABLES and node.children]
        table, cell = self._table_here(document, tables)
        if table is None:
            return False
        grid = {
            (one.position.row or row.position.row, one.position.column or number): one
            for row in table.children
            for number, one in enumerate(row.children, 1)
        }
        if cell is None:
            goal = grid.get(min(grid)) if grid else None
        else:
            goal = grid.get((cell[0] + rows, cell[1] + columns))
        if goal:
            self.arrive(goal, since=grid.get(cell) if cell else None)
        else:
            edge = {(1, 0): _("last row"), (-1, 0): _("first row"), (0, 1): _("last column")}
            self._reader.say(edge.get((rows, columns), _("first column")), reason="command")
        return True

    def arrive(self, node: Node, since: Node | None = None) -> bool:
        """Go to a thing and say it; what comes to have the focus is said the way any focus is.

        Returns:
            Whether the screen could go there; it is said in any case.
        """
        before = _place(self._surface.focused())
        went = self._surface.go_to(node)
        focused = self._surface.focused()
        self._here, self._offset, self._focus_then = node, 0, _place(focused)
        if went and focused and _place(focused) != before and node.key in _place(focused):
            self._reader.focus(focused, self._surface.within())
            return True
        self._reader.say(
            describe(node, Reason.REVIEW, self._reader.settings, since=since), reason=Reason.REVIEW.value
        )
        return went

    def passages(self) -> Iterator[Passage] | None:
        """The sentences of the document from here on, each with the thing it stands in; None without one."""
        read = [node for one in self._surface.document() for node in _read_apart(one)]
        here = self.here
        keys = [node.key for node in read]
        start = self._start(read, here)
        offset = self._offset if here and start < len(read) and keys[start] == here.key else 0
        settings = self._reader.settings

        def each() -> Iterator[Passage]:
            for number, node in enumerate(read[start:]):
                text = describe(node, Reason.SAY_ALL, settings).text
                first = offset if number == 0 and offset < len(text) else 0
                for begin, end in sentences(text[first:]):
                    sentence = text[first + begin : first + end]
                    if sentence.strip():
                        lead = len(sentence) - len(sentence.lstrip())
                        yield Passage(sentence.strip(), node, first + begin + lead, node.language)

        return each() if read else None

    def come_back(self, passage: Passage) -> None:
        """Be where reading has stopped."""
        self._here, self._offset = passage.source, passage.start
        self._focus_then = _place(self._surface.focused())

    def _further(self, places: Sequence[Node], wanted: Sequence[Node], step: int) -> Node | None:
        """The next one wanted behind where one is, or the last before it."""
        at = _index(places, self.here)
        order = {id(node): number for number, node in enumerate(places)}
        if at is None:
            return wanted[0 if step > 0 else -1] if wanted else None
        further = [node for node in wanted if (order[id(node)] - at) * step > 0]
        if not further:
            return None
        return further[0 if step > 0 else -1]

    def _table_here(
        self, document: Sequence[Node], tables: Sequence[Node]
    ) -> tuple[Node | None, tuple[int, int] | None]:
        """The table one is in, and the row and column; else the next table, and no cell."""
        here = self.here
        item = here.active if here and here.active else here
        for table in tables:
            inside = {node.key for node in table.walk()}
            if here and (here.key in inside or (item and item.key in inside)):
                at = item.position if item else here.position
                if item and item.key != table.key and at.row + at.column:
                    return table, (at.row, at.column or 1)
                return table, None
        at_all = _index(document, here) or 0
        order = {id(node): number for number, node in enumerate(document)}
        behind = [table for table in tables if order[id(table)] >= at_all]
        return next(iter([*behind, *tables]), None), None

    def _start(self, read: Sequence[Node], here: Node | None) -> int:
        """From which of the things that are read it goes on; from the first where one is nowhere."""
        if here is None:
            return 0
        for number, node in enumerate(read):
            if any(here.key == one.key for one in node.walk()) or (
                here.active and here.active.key == node.key
            ):
                return number
        return 0


def _read_apart(node: Node) -> Iterator[Node]:
    """A thing as it is read: whole, or part by part."""
    if node.role is Role.ROW:
        texts = joined(one_line(cell.name or cell.value) for cell in node.children)
        yield node if node.name else replace(node, name="".join(map(str, texts)), children=())
        return
    by_parts = node.role in _READ_BY_PARTS and bool(node.children)
    if node.name or node.value or not node.children or by_parts:
        yield replace(node, active=None) if by_parts else node
    if by_parts or not (node.name or node.value):
        for child in node.children:
            yield from _read_apart(child)


def _place(focused: Node | None) -> tuple[Hashable, ...]:
    """Which thing has the focus, and which item in it."""
    if focused is None:
        return ()
    return (focused.key, focused.active.key) if focused.active else (focused.key,)


def _index(places: Sequence[Node], here: Node | None) -> int | None:
    """Where one is among places; None when it is none of them."""
    if here is None:
        return None
    keys = [here.active.key, here.key] if here.active else [here.key]
    for key in keys:
        for number, node in enumerate(places):
            if key is not None and node.key == key:
                return number
    return None


def _nothing_further(role: Role | None, step: int, *, any_at_all: bool) -> str:
    if not any_at_all:
        return {Role.HEADING: _("No headings here"), Role.LINK: _("No links here")}.get(
            role or Role.GENERIC, _("No controls here")
        )
    words = {
        Role.HEADING: (_("No further heading"), _("No heading before")),
        Role.LINK: (_("No further link"), _("No link before")),
    }.get(role or Role.GENERIC, (_("No further control"), _("No control before")))
    return words[0 if step > 0 else 1]
