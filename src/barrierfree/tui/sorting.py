"""By which column a table was sorted last: Textual forgets it at once; hides how it is overheard.

Nothing is known of tables that were sorted while nobody listened.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, NamedTuple
from weakref import WeakKeyDictionary

from textual.widgets import DataTable

__all__ = ["Sorting", "last_sorting", "listen_to_sorting", "stop_listening_to_sorting"]

_usual: Final = DataTable.sort


class Sorting(NamedTuple):
    """How a table was sorted."""

    column: Hashable
    """Key of the first of the columns it was sorted by."""
    reverse: bool
    """Whether downwards."""


_sorted_by: Final[WeakKeyDictionary[DataTable[Any], Sorting]] = WeakKeyDictionary()


def last_sorting(table: DataTable[Any]) -> Sorting | None:
    """How a table was sorted last; None if never, by no column, or unheard."""
    return _sorted_by.get(table)


def listen_to_sorting() -> None:
    """Remember from now on by what the tables of this program are sorted."""
    setattr(DataTable, "sort", _sort)  # noqa: B010  a method is assigned to on purpose


def stop_listening_to_sorting() -> None:
    """Leave ``DataTable.sort`` as it was."""
    setattr(DataTable, "sort", _usual)  # noqa: B010


def _sort(
    table: DataTable[Any],
    *columns: Any,
    key: Callable[[Any], Any] | None = None,
    reverse: bool = False,
) -> DataTable[Any]:
    """In place of ``DataTable.sort``."""
    sorted_table = _usual(table, *columns, key=key, reverse=reverse)
    if columns:
        _sorted_by[table] = Sorting(columns[0], reverse)
    else:
        _sorted_by.pop(table, None)
    return sorted_table
