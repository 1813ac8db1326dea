"""Screens and dialogs; hides where an app writes the title of each."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from textual.command import CommandPalette
from textual.screen import Screen
from textual.widget import Widget

from barrierfree.semantics import Node, Role, State
from barrierfree.tui.text import plain, rendered_lines
from barrierfree.tui.widgets.kind import Kind
from barrierfree.wording import _

__all__ = ["KINDS", "title_widget"]

_TITLES = ("title", "heading", "header", "caption")
"""What apps call the widget with a dialog's title, in its id or classes."""


def _screen(widget: Screen[Any]) -> Node:
    title = plain(widget.title, markup=False)
    if widget.is_modal:
        name = title or _title_inside(widget)
        return Node(Role.DIALOG, name, states=frozenset({State.MODAL}))
    app = widget.app
    sub_title = app.sub_title if widget.sub_title is None else widget.sub_title
    return Node(Role.WINDOW, title or plain(app.title, markup=False), value=plain(sub_title, markup=False))


def _title_inside(screen: Screen[Any]) -> str:
    """The title on the border of what is alone on a dialog's screen, or that of a widget called so."""
    box = _box(screen)
    if box is not None and box.border_title:
        return plain(box.border_title)
    titled = title_widget(screen)
    return " ".join(rendered_lines(titled)) if titled else ""


def _box(screen: Screen[Any]) -> Widget | None:
    shown = [child for child in screen.displayed_children if "-textual-system" not in child.classes]
    return shown[0] if len(shown) == 1 else None


def title_widget(screen: Screen[Any]) -> Widget | None:
    """The text inside of a dialog that is its title; None where there is none, or it stands elsewhere."""
    box = _box(screen)
    if not screen.is_modal or screen.title or (box is not None and box.border_title):
        return None
    for one in screen.walk_children(Widget):
        named = {*one.classes, one.id or ""}
        if one.display and any(word in name.lower() for name in named for word in _TITLES):
            return one if rendered_lines(one) else None
    return None


def _palette(_widget: CommandPalette) -> Node:
    return Node(Role.DIALOG, _("Command palette"), states=frozenset({State.MODAL}))


def _press(widget: Screen[Any], item: Hashable) -> None:
    """Do what one of the keys in ``commands_of`` does."""
    if isinstance(item, tuple):
        widget.app.simulate_key(item[1])


_KEYS: dict[str, Callable[[Any, Hashable], object]] = {"press": _press}

KINDS: dict[type[Widget], Kind] = {
    Screen: Kind(_screen, do=_KEYS),
    CommandPalette: Kind(_palette, do=_KEYS),
}
