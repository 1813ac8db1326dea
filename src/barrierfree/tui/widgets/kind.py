"""What is known of one class of widgets; hides nothing: the row of the table that node_of looks up."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from textual.widget import Widget

from barrierfree.semantics import Node, Role
from barrierfree.tui.keys import Key, number_of

__all__ = ["MOST", "Holder", "Kind", "Part", "item_key", "nothing", "shown_children", "window"]

MOST: Final = 200
"""Items of one list, table or tree that a deep node holds, around the active one; places tell the rest."""
_EDGES: Final = {"top": 0, "left": 1, "right": 3, "bottom": 4}


@dataclass(frozen=True, slots=True)
class Holder:
    """An item that is no widget of its own, with widgets in it."""

    node: Node
    inside: Sequence[Widget]


Part = Widget | Node | Holder
"""What may be inside of a widget."""


def shown_children(widget: Widget) -> Iterable[Widget]:
    """The widgets in it that are displayed, as one reads: what is docked on top first, at the bottom last."""
    children = widget.displayed_children
    if any(child.styles.dock != "none" for child in children):
        return sorted(children, key=lambda child: _EDGES.get(child.styles.dock, 2))
    return children


def nothing(_widget: Widget) -> tuple[Part, ...]:
    """What is inside of a widget that is one thing, whatever it is put together from."""
    return ()


def _no_item(_widget: Any) -> None:
    return None


def _none_under(_widget: Any, _marks: Mapping[str, Any]) -> None:
    return None


def _no_words(_widget: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a class of widgets is understood."""

    describe: Callable[[Any], Node]
    """Role, value, states, place; the name only where the widget has a label of its own."""
    active: Callable[[Any], Widget | Node | None] = _no_item
    """The item inside that the keys move."""
    under: Callable[[Any, Mapping[str, Any]], Node | None] = _none_under
    """The item that was painted with these marks, as Textual leaves them for the mouse."""
    inside: Callable[[Any], Iterable[Part]] = shown_children
    """What a deep node has as children."""
    do: Mapping[str, Callable[[Any, Hashable], object]] = field(default_factory=dict)
    """What each action does, with an item of the widget or, for None, the active one."""
    placeholder: Callable[[Any], str] = _no_words
    """What it shows while it is empty."""
    spare_name: Callable[[Any], str] = _no_words
    """What serves as a name when all else is missing."""
    text: Callable[[Any], str] | None = None
    """All it shows, where that is not what it renders."""
    labelled: bool = False
    """It may take its name from a text that stands before it."""
    label_may_follow: bool = False
    """Where none stands before it, from one behind it."""
    is_label: bool = False
    """It is such a text."""
    named_by_content: bool = False
    """Its name is what is in it."""
    wraps: bool = False
    """It only arranges what is in it: without a name it is left out."""


def item_key(widget: Widget, item: Hashable) -> Key:
    """The key of an item in a widget."""
    return Key(number_of(widget), item)


def window(count: int, around: int | None) -> range:
    """The items that a deep node shows of a long list."""
    start = max(0, min((around or 0) - MOST // 2, count - MOST))
    return range(start, min(count, start + MOST))


def generic(_widget: Widget) -> Node:
    """A thing of which nothing is known."""
    return Node(Role.GENERIC)
