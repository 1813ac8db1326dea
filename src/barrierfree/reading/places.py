"""Where a thing is among its like, in words; hides which of it is news after the thing before."""

from __future__ import annotations

from collections.abc import Iterator

from barrierfree.semantics import Node, Position, Role
from barrierfree.wording import _, ngettext

__all__ = ["container_size", "headers", "place_words"]

_NOWHERE = Position()


def headers(node: Node, since: Node | None) -> Iterator[str]:
    """The headers of a cell that were not heard with the cell before, the row's first.

    Moving by row tells the row's header, by column the column's: the other one is still the same.
    """
    here, before = node.position, since.position if since else _NOWHERE
    if here.row_header and here.row_header not in (node.name, node.value) and _is_new(here, before, "row"):
        yield here.row_header
    if here.column_header and here.column_header != node.name and _is_new(here, before, "column"):
        yield here.column_header


def place_words(node: Node, since: Node | None, *, full: bool = False) -> Iterator[str]:
    """Where it is: "row 2 of 9", "3 of 9", "level 2".

    Args:
        node: The thing.
        since: What was heard before it: the level, the row or the column they share is not said again.
        full: Say all that is known.
    """
    here, before = node.position, since.position if since else _NOWHERE
    if full:
        before = _NOWHERE
    if here.row and here.row != before.row:
        yield _of(_("row {number} of {total}"), _("row {number}"), here.row, _total(here.rows, before.rows))
    if here.column and here.column != before.column:
        total = _total(here.columns, before.columns)
        yield _of(_("column {number} of {total}"), _("column {number}"), here.column, total)
    if here.index and not (here.row and here.index == here.row and not full):
        yield _of(_("{number} of {total}"), _("number {number}"), here.index, here.size)
    if here.level and here.level != before.level and node.role is not Role.HEADING:
        yield _("level {number}").format(number=here.level)


def container_size(node: Node) -> str:
    """How much is in a list or a table, where that is known."""
    here = node.position
    if node.role in (Role.TABLE, Role.GRID) and here.rows and here.columns:
        rows = ngettext("{number} row", "{number} rows", here.rows).format(number=here.rows)
        columns = ngettext("{number} column", "{number} columns", here.columns).format(number=here.columns)
        return rows + _(", ") + columns
    if node.role in (Role.LIST, Role.LISTBOX):
        counted = sum(child.role in (Role.LISTITEM, Role.OPTION) for child in node.children)
        items = here.size if here.size and not here.index else counted
        return ngettext("{number} item", "{number} items", items).format(number=items) if items else ""
    return ""


def _is_new(here: Position, before: Position, axis: str) -> bool:
    number, header = getattr(here, axis), getattr(here, f"{axis}_header")
    return bool(number != getattr(before, axis) or header != getattr(before, f"{axis}_header"))


def _total(total: int, heard: int) -> int:
    """How many there are, when that has not just been heard."""
    return 0 if total == heard else total


def _of(with_total: str, without: str, number: int, total: int) -> str:
    return with_total.format(number=number, total=total) if total else without.format(number=number)
