"""From the class of a widget to what is known of it; hides which of its classes is known.

A widget of an app is understood as the nearest class it comes from: a subclass of Button is a button.
"""

from __future__ import annotations

from functools import lru_cache

from textual.widget import Widget

from barrierfree.semantics import Node, Role
from barrierfree.tui.text import rendered_lines
from barrierfree.tui.widgets import (
    buttons,
    choices,
    documents,
    fields,
    frames,
    output,
    screens,
    sections,
    tables,
    texts,
    trees,
)
from barrierfree.tui.widgets.kind import Kind, shown_children

__all__ = ["kind_of", "kind_of_class"]


def _unknown(widget: Widget) -> Node:
    """A widget of the app's own: a group if there is something in it, else what it shows."""
    if any(True for _child in shown_children(widget)):
        return Node(Role.GROUP)
    return Node(Role.GENERIC, value=" ".join(rendered_lines(widget)))


_KINDS: dict[type[Widget], Kind] = {
    Widget: Kind(_unknown, labelled=True),
    **buttons.KINDS,
    **choices.KINDS,
    **documents.KINDS,
    **fields.KINDS,
    **frames.KINDS,
    **output.KINDS,
    **screens.KINDS,
    **sections.KINDS,
    **tables.KINDS,
    **texts.KINDS,
    **trees.KINDS,
}


def kind_of(widget: Widget) -> Kind:
    """What is known of the class of a widget."""
    return kind_of_class(type(widget))


@lru_cache(maxsize=512)
def kind_of_class(of: type[Widget]) -> Kind:
    """What is known of this class, or of the nearest one above it."""
    return next(_KINDS[one] for one in of.__mro__ if one in _KINDS)
