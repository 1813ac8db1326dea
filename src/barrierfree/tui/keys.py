"""Which widget, and which item in it, a node stands for; hides how both are told apart over time.

``id()`` alone will not do: once a widget is gone another may get its number, and a reader would take the
new one for the old.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import count
from typing import Final, NamedTuple
from weakref import ref

from textual.widget import Widget

__all__ = ["Key", "number_of", "thing_of", "widget_of"]

_numbers: Final = count(1)
_number_at: Final[dict[int, int]] = {}
_thing_of: Final[dict[int, ref[object]]] = {}


class Key(NamedTuple):
    """The key of every node that comes from a Textual app."""

    widget: int
    """Number of the widget."""
    item: Hashable = None
    """What tells an item of the widget from its others; None for the widget itself."""


def number_of(thing: object) -> int:
    """The number of a widget, or of something in it: never given twice in one process."""
    place = id(thing)
    number = _number_at.get(place)
    if number is None:
        number = _number_at[place] = next(_numbers)

        def forget(_gone: ref[object], place: int = place, number: int = number) -> None:
            _number_at.pop(place, None)
            _thing_of.pop(number, None)

        _thing_of[number] = ref(thing, forget)
    return number


def thing_of(number: Hashable) -> object | None:
    """What has this number; None once it is gone."""
    found = _thing_of.get(number) if isinstance(number, int) else None
    return found() if found else None


def widget_of(key: Hashable) -> Widget | None:
    """The widget that a node's key names; None when it is gone, or the key is of another source."""
    thing = thing_of(key.widget) if isinstance(key, Key) else None
    return thing if isinstance(thing, Widget) else None
