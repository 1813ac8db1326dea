"""Tables of data; hides how a cursor of a cell, a row or a column becomes one item with its headers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from rich.errors import MarkupError
from textual.coordinate import Coordinate
from textual.widget import Widget
from textual.widgets import DataTable

from barrierfree.semantics import Node, Position, Role, State
from barrierfree.tui import private
from barrierfree.tui.sorting import last_sorting
from barrierfree.tui.text import one_line, plain
from barrierfree.tui.widgets.kind import Kind, Part, item_key, window
from barrierfree.wording import _

__all__ = ["KINDS"]

Table = DataTable[Any]


def _table(widget: Table) -> Node:
    return Node(
        Role.GRID if _has_cursor(widget) else Role.TABLE,
        position=Position(rows=widget.row_count, columns=len(widget.columns)),
        description=_order(widget),
        actions=("select",) if _has_cursor(widget) else (),
    )


def _has_cursor(widget: Table) -> bool:
    return widget.show_cursor and widget.cursor_type != "none"


def _order(widget: Table) -> str:
    for column in widget.ordered_columns:
        state = _order_of(widget, column.key)
        if state:
            upwards, downwards = _("sorted by {column}, upwards"), _("sorted by {column}, downwards")
            told = upwards if state is State.ASCENDING else downwards
            return told.format(column=one_line(column.label.plain))
    return ""


def _order_of(widget: Table, column: Hashable) -> State | None:
    order = last_sorting(widget)
    if order is None or column != order.column:
        return None
    return State.DESCENDING if order.reverse else State.ASCENDING


def _active(widget: Table) -> Node | None:
    row, column = widget.cursor_coordinate
    if not _has_cursor(widget) or column >= len(widget.columns):
        return None
    if widget.cursor_type == "column":
        return _header(widget, column)
    if row >= widget.row_count:
        return None
    return _row(widget, row) if widget.cursor_type == "row" else _cell(widget, row, column)


def _under(widget: Table, marks: Mapping[str, Any]) -> Node | None:
    row, column = marks.get("row", -1), marks.get("column", -1)
    if not 0 <= column < len(widget.columns) or row >= widget.row_count:
        return None
    return _header(widget, column) if row < 0 else _cell(widget, row, column)


def _cell(widget: Table, row: int, column: int) -> Node:
    key = widget.coordinate_to_cell_key(Coordinate(row, column))
    return Node(
        Role.CELL,
        _words(widget.get_cell(*key)),
        position=Position(
            row=row + 1,
            rows=widget.row_count,
            column=column + 1,
            columns=len(widget.columns),
            row_header=_row_label(widget, key.row_key),
            column_header=one_line(widget.columns[key.column_key].label.plain) if widget.show_header else "",
        ),
        actions=("focus", "select"),
        key=item_key(widget, ("cell", key.row_key, key.column_key)),
    )


def _words(value: object) -> str:
    """What a cell shows: markup of Rich's kind, numbers with a point rounded to two places."""
    if isinstance(value, str) and "[" not in value:
        return one_line(value)
    try:
        return plain(private.cell_shown(value), markup=False)
    except MarkupError:
        return one_line(str(value))


def _row_label(widget: Table, key: Any) -> str:
    label = widget.rows[key].label if widget.show_row_labels else None
    return one_line(label.plain) if label is not None else ""


def _row(widget: Table, row: int) -> Node:
    cells = tuple(_cell(widget, row, column) for column in range(len(widget.columns)))
    key = widget.coordinate_to_cell_key(Coordinate(row, 0)).row_key
    label = _row_label(widget, key)
    return Node(
        Role.ROW,
        _(", ").join(filter(None, (label, *(cell.name for cell in cells)))),
        position=Position(row=row + 1, rows=widget.row_count),
        actions=("focus", "select"),
        children=cells,
        key=item_key(widget, ("row", key)),
    )


def _header(widget: Table, column: int) -> Node:
    here = widget.ordered_columns[column]
    state = _order_of(widget, here.key)
    return Node(
        Role.COLUMNHEADER,
        one_line(here.label.plain),
        states=frozenset({state}) if state else frozenset(),
        position=Position(column=column + 1, columns=len(widget.columns)),
        actions=("focus", "select") if widget.cursor_type == "column" else (),
        key=item_key(widget, ("column", here.key)),
    )


def _inside(widget: Table) -> Iterable[Part]:
    if widget.show_header and widget.columns:
        headers = tuple(_header(widget, column) for column in range(len(widget.columns)))
        yield Node(Role.ROW, children=headers, key=item_key(widget, "headers"))
    if widget.columns:
        for row in window(widget.row_count, widget.cursor_row):
            yield _row(widget, row)


def _go_to(widget: Table, item: Hashable) -> None:
    widget.focus()
    _move(widget, item)


def _select(widget: Table, item: Hashable) -> None:
    _move(widget, item)
    widget.action_select_cursor()


def _move(widget: Table, item: Any) -> None:
    match item:
        case ("cell", row, column):
            widget.move_cursor(row=widget.get_row_index(row), column=widget.get_column_index(column))
        case ("row", row):
            widget.move_cursor(row=widget.get_row_index(row))
        case ("column", column):
            widget.move_cursor(column=widget.get_column_index(column))


KINDS: dict[type[Widget], Kind] = {
    DataTable: Kind(
        _table,
        active=_active,
        under=_under,
        inside=_inside,
        do={"select": _select, "focus": _go_to},
        labelled=True,
    ),
}
