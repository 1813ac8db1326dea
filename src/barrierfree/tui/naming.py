"""What a widget is called; hides where its author, or the screen, has written that.

In this order: ``accessible_name``, its own label, the title on its border, the text that stands before it
on the same line or above (for one that is on or off, also behind it), its placeholder, its tooltip, its id.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from textual.screen import Screen
from textual.widget import Widget

from barrierfree.semantics import Node, Role
from barrierfree.tui import private
from barrierfree.tui.accessible import name_told
from barrierfree.tui.text import plain, rendered_lines
from barrierfree.tui.widgets import kind_of
from barrierfree.tui.widgets.kind import Kind
from barrierfree.tui.widgets.screens import title_widget

__all__ = ["Naming", "naming_of"]

_LONGEST: Final = 100
"""Characters of a text that may still be a label; a longer one explains."""
_NEAR: Final = 2
"""Lines that may lie between a label and what is below it."""
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^\W\d_a-zA-Z]+")


class Naming(NamedTuple):
    """A name, and what has been used for it, so that nothing is said twice."""

    name: str
    label: Widget | None = None
    """The text on the screen that the name was taken from."""
    used_placeholder: bool = False
    used_tooltip: bool = False


def naming_of(widget: Widget, kind: Kind, node: Node) -> Naming:
    """What a widget is called.

    Args:
        widget: The widget.
        kind: What is known of its class.
        node: What its class says of it, its own label as name.
    """
    if told := name_told(widget):
        return Naming(told)
    if isinstance(widget, private.SelectOverlay) and isinstance(owner := widget.parent, Widget):
        return Naming(naming_of(owner, kind_of(owner), Node(Role.COMBOBOX)).name)
    tooltip = plain(widget.tooltip)
    if node.name:
        if tooltip and not any(letter.isalnum() for letter in node.name):
            return Naming(tooltip, used_tooltip=True)  # "✕" says less than "Close"
        return Naming(node.name, label=title_widget(widget) if isinstance(widget, Screen) else None)
    if title := plain(widget.border_title):
        return Naming(title)
    if _takes_a_label(widget, kind, node) and (labelled := _named_by_label(widget, kind)):
        return labelled
    if placeholder := kind.placeholder(widget):
        return Naming(placeholder, used_placeholder=True)
    if node.role is Role.GROUP:
        return Naming("")
    if tooltip:
        return Naming(tooltip, used_tooltip=True)
    if spare := kind.spare_name(widget):
        return Naming(spare)
    return Naming(_words_of_id(widget) if kind.labelled and widget.can_focus else "")


def _takes_a_label(widget: Widget, kind: Kind, node: Node) -> bool:
    """A container has a text before it more often than a label."""
    return kind.labelled and (node.role is not Role.GROUP or widget.can_focus)


def _named_by_label(widget: Widget, kind: Kind) -> Naming | None:
    label = _before(widget)
    if label is None and kind.label_may_follow:
        label = _behind(widget)
    return Naming(_words(label), label=label) if label else None


def _before(widget: Widget) -> Widget | None:
    """The text before it; for the first one in a row of its own, the text before that row."""
    here = widget
    for _level in range(3):
        parent = here.parent
        if not isinstance(parent, Widget):
            return None
        siblings = parent.displayed_children
        at = _place(siblings, here)
        if at > 0:
            before = siblings[at - 1]
            return before if _is_label(before) and _stands_before(before, widget) else None
        if at < 0 or isinstance(parent, Screen) or not kind_of(parent).wraps or parent.border_title:
            return None
        here = parent
    return None


def _behind(widget: Widget) -> Widget | None:
    siblings = widget.parent.displayed_children if isinstance(widget.parent, Widget) else ()
    at = _place(siblings, widget)
    if 0 <= at < len(siblings) - 1 and _is_label(siblings[at + 1]):
        behind = siblings[at + 1]
        if (
            behind.region
            and behind.region.y < widget.region.bottom
            and behind.region.x >= widget.region.right
        ):
            return behind
    return None


def _place(siblings: Sequence[Widget], widget: Widget) -> int:
    return next((at for at, one in enumerate(siblings) if one is widget), -1)


def _is_label(widget: Widget) -> bool:
    if not kind_of(widget).is_label or widget.can_focus or widget.displayed_children:
        return False
    words = _words(widget)
    return 0 < len(words) <= _LONGEST and any(letter.isalnum() for letter in words)


def _words(label: Widget) -> str:
    return " ".join(rendered_lines(label)).rstrip(":： ")


def _stands_before(label: Widget, widget: Widget) -> bool:
    """Whether one sees that they belong together: side by side, or the one close above the other."""
    first, second = label.region, widget.region
    if not first or not second:  # not laid out yet, or out of sight: the order in the app has to do
        return True
    if first.y < second.bottom and second.y < first.bottom:
        return first.right <= second.x + 1
    overlap = first.x < second.right and second.x < first.right
    return overlap and 0 <= second.y - first.bottom <= _NEAR


def _words_of_id(widget: Widget) -> str:
    """An id as words: "user_name" and "userName" are "user name"; one that was generated is none."""
    name = widget.id or ""
    return "" if name.startswith("-") else " ".join(_WORD.findall(name)).lower()
