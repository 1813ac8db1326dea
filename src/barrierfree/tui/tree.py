"""A Textual screen by meaning, and what can be done with it; hides widgets, styles and layout altogether.

A node with a name says by it all that is in it; its children are then places to go to (the links of a
paragraph, the cells of a row). Only of groups, regions and other containers do they say more.
"""

from __future__ import annotations

import time
from typing import Any, Final
from weakref import WeakKeyDictionary

from textual.errors import NoWidget
from textual.screen import Screen
from textual.widget import Widget

from barrierfree.semantics import Node, Role, State
from barrierfree.tui import private
from barrierfree.tui.accessible import actions_told, is_hidden
from barrierfree.tui.keys import Key, widget_of
from barrierfree.tui.snapshot import Snapshot
from barrierfree.tui.text import rendered_lines
from barrierfree.tui.widgets import kind_of
from barrierfree.tui.widgets.frames import commands_of
from barrierfree.tui.widgets.kind import Holder, nothing, shown_children

__all__ = [
    "commands_of",
    "controls_of",
    "do",
    "find",
    "name_of",
    "node_of",
    "node_under",
    "owner_of",
    "perform",
    "screen_node",
    "text_of",
    "within_of",
]

_FRESH: Final = 0.25
"""Seconds for which an order of focus is believed: it may change without a widget coming or going."""
_NAMED: Final = frozenset({Role.GROUP, Role.REGION, Role.TABPANEL, Role.RADIOGROUP, Role.TOOLBAR})
_DIALOGS: Final = frozenset({Role.DIALOG, Role.ALERTDIALOG})

_chains: Final[WeakKeyDictionary[Screen[Any], tuple[int, float, list[Widget]]]] = WeakKeyDictionary()


def node_of(widget: Widget, *, deep: bool = False) -> Node:
    """A widget by meaning.

    Args:
        widget: Any widget of any app; a screen too.
        deep: With everything in it as children, in reading order; of long lists, what is around the cursor.

    Returns:
        A node, always: one without a name of a widget that fails when it is asked.
    """
    return Snapshot(deep=deep).node(widget)


def screen_node(screen: Screen[Any]) -> Node:
    """The whole screen in reading order. Texts that name a control are in its name, and not beside it."""
    return Snapshot(deep=True).whole(screen)


def name_of(widget: Widget) -> str:
    """What a widget is called, on one line; empty when nothing names it."""
    return node_of(widget).name


def text_of(widget: Widget) -> str:
    """What a widget shows, line by line, without what only draws; of what is inside it, nothing.

    Nothing is painted for it, unless the widget paints its own lines. Empty while it shows nothing.
    """
    text = kind_of(widget).text
    try:
        return text(widget) if text else "\n".join(rendered_lines(widget))
    except Exception:  # noqa: BLE001  half removed, or a fault of the app's own code
        return ""


def within_of(widget: Widget) -> tuple[Node, ...]:
    """The containers around a widget that have a name, and the dialog it is in; the outermost first."""
    found: list[Node] = []
    said = name_of(widget)
    for one in reversed(widget.ancestors):
        if not isinstance(one, Widget) or is_hidden(one) or (isinstance(one, Screen) and not one.is_modal):
            continue
        node = node_of(one)
        told = (said, found[-1].name if found else "")
        if node.role in _DIALOGS or (node.role in _NAMED and node.name and node.name not in told):
            found.append(node)
    return tuple(found)


def controls_of(screen: Screen[Any]) -> list[Widget]:
    """The widgets that take the focus, in the order of the Tab key."""
    changes, now = private.changes_under(screen), time.monotonic()
    known = _chains.get(screen)
    if known and known[0] == changes and now - known[1] < _FRESH:
        return known[2]
    chain = screen.focus_chain
    _chains[screen] = changes, now, chain
    return chain


def find(node: Node, screen: Screen[Any]) -> Widget | None:
    """The widget that a node came from, if it is on this screen still; of an item, the widget it is in."""
    widget = widget_of(node.key)
    if widget is None or not widget.is_attached:
        return None
    return widget if widget is screen or screen in widget.ancestors else None


def owner_of(widget: Widget) -> Widget:
    """The widget that a part belongs to: the bar for its figures, the list item for the text in it."""
    owner, below = widget, [widget]
    for one in widget.ancestors:
        if isinstance(one, Widget) and not isinstance(one, Screen) and not _shows(one, below):
            owner = one
        if isinstance(one, Widget):
            below.append(one)
    return owner


def node_under(screen: Screen[Any], x: int, y: int) -> Node | None:
    """What is painted in a cell of the screen: an item of a list, tree or table, or else the widget.

    Args:
        screen: The screen.
        x: Column, from 0.
        y: Row, from 0.
    """
    try:
        widget, _region = screen.get_widget_at(x, y)
    except NoWidget:
        return None
    owner = owner_of(widget)
    marks = screen.get_style_at(x, y).meta
    return (kind_of(owner).under(owner, marks) if marks else None) or node_of(owner)


def _shows(widget: Widget, below: list[Widget]) -> bool:
    """Whether one of these is read for itself inside the widget, rather than as a part of it."""
    kind = kind_of(widget)
    if kind.inside is nothing or kind.named_by_content:
        return False
    if kind.inside is shown_children:
        return True
    parts = list(kind.inside(widget))
    return any(isinstance(part, Holder) or any(part is one for one in below) for part in parts)


def perform(widget: Widget, action: str, item: Any = None) -> bool:
    """Do one of the actions of a widget's node.

    Args:
        widget: The widget.
        action: "press", "toggle", "expand", "collapse", "select", "focus", or one that the app has told.
        item: The item of the widget to do it with, from the key of its node; None: the active one.

    Returns:
        Whether it could be done. What the app makes of it comes later, as after a key.
    """
    if not widget.is_attached or widget.is_disabled:
        return False
    told = actions_told(widget)
    if item is None and action in told:
        widget.call_later(told[action])
        return True
    act = kind_of(widget).do.get(action)
    if act is not None and (item is not None or action in node_of(widget).actions):
        act(widget, item)
        return True
    if action == "focus" and item is None and widget.focusable:
        widget.focus()
        return True
    return False


def do(node: Node, action: str) -> bool:
    """Do one of the actions of a node, of a widget or of an item in one; as ``perform``."""
    widget = widget_of(node.key)
    if widget is None or not isinstance(node.key, Key) or State.DISABLED in node.states:
        return False
    return perform(widget, action, node.key.item)
