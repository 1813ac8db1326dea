"""One look at a widget or screen; hides in what order its parts are asked, and what is left out.

Left out is what arranges or decorates only, what is not displayed, and what has been said already.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Final

from textual.widget import Widget

from barrierfree.semantics import Bounds, Node, Role, State
from barrierfree.tui.accessible import is_hidden, with_what_is_told
from barrierfree.tui.keys import Key, number_of
from barrierfree.tui.naming import Naming, naming_of
from barrierfree.tui.text import plain, sentences
from barrierfree.tui.widgets import kind_of
from barrierfree.tui.widgets.kind import Holder, Kind, Part

__all__ = ["Snapshot"]

_NAMED_BY_VALUE: Final = frozenset({Role.GENERIC, Role.TEXT, Role.TIMER})
"""What shows only one thing: that is its name, unless something else names it."""
_SAID_BY_FIRST: Final = frozenset({Role.GROUP, Role.DOCUMENT})
"""A section is not named before its title, nor a document before its heading."""


class Snapshot:
    """The nodes of one moment.

    Args:
        deep: Whether what is in a widget is looked at, too.
    """

    def __init__(self, *, deep: bool) -> None:
        self._deep = deep
        self._used: set[Hashable] = set()

    def node(self, widget: Widget) -> Node:
        """A widget by meaning. Whatever an app's own code does wrong, there is a node."""
        try:
            return self._node(widget)
        except Exception:  # noqa: BLE001  half removed, or a fault of the app: the rest stays readable
            return Node(Role.GENERIC, key=Key(number_of(widget)))

    def whole(self, widget: Widget) -> Node:
        """The same, without the texts that have become names of what stands beside them."""
        node = self.node(widget)
        return self._without_used(node) if self._used else node

    def inside(self, widget: Widget) -> tuple[Node, ...]:
        """The nodes of what is in a widget."""
        return self._children(widget, kind_of(widget))

    def said_by(self, nodes: Iterable[Node]) -> str:
        """What nodes say one after the other, nothing twice."""
        return " ".join(self._contents(nodes))

    def _node(self, widget: Widget) -> Node:
        kind = kind_of(widget)
        bare = kind.describe(widget)
        naming = naming_of(widget, kind, bare)
        if naming.label is not None:
            self._used.add(Key(number_of(naming.label)))
        children = self._children(widget, kind) if self._deep else ()
        name, value = self._words(widget, kind, bare, naming, children)
        if kind.named_by_content:  # its texts are its name
            children = tuple(child for child in children if child.role is not Role.TEXT)
        states = _states(widget, bare)
        node = replace(
            bare,
            name=name,
            value=value,
            states=states,
            description=_description(widget, kind, bare, naming),
            active=self._active(widget, kind),
            actions=_actions(widget, bare, states),
            bounds=_bounds(widget),
            children=children,
            key=Key(number_of(widget)),
        )
        return _said_once(with_what_is_told(node, widget))

    def _words(
        self, widget: Widget, kind: Kind, bare: Node, naming: Naming, children: tuple[Node, ...]
    ) -> tuple[str, str]:
        """Name and value."""
        name = naming.name
        if not name and kind.named_by_content:
            closer = self if self._deep else Snapshot(deep=True)
            name = closer.said_by(children if self._deep else closer.inside(widget))
        if not name and bare.role in _NAMED_BY_VALUE:
            return bare.value, ""
        return name, bare.value

    def _active(self, widget: Widget, kind: Kind) -> Node | None:
        active = kind.active(widget)
        return Snapshot(deep=False).node(active) if isinstance(active, Widget) else active

    def _children(self, widget: Widget, kind: Kind) -> tuple[Node, ...]:
        return tuple(node for part in kind.inside(widget) for node in self._of_part(part))

    def _of_part(self, part: Part) -> Iterator[Node]:
        """The nodes that stand for what is inside: none for decoration, several for what only arranges."""
        if isinstance(part, Node):
            yield part
        elif isinstance(part, Holder):
            inside = tuple(node for widget in part.inside for node in self._of_part(widget))
            yield replace(part.node, children=(*part.node.children, *inside))
        elif not is_hidden(part):
            node = self.node(part)
            if not part.visible or _only_arranges(part, node):
                yield from node.children
            elif not _says_nothing(part, node):
                yield node

    def _contents(self, nodes: Iterable[Node]) -> Iterator[str]:
        for node in nodes:
            if node.key in self._used:
                continue
            if node.name or node.value:
                yield f"{node.name} {node.value}".strip()
            else:
                yield from self._contents(node.children)

    def _without_used(self, node: Node) -> Node:
        if not node.children:
            return node
        kept = tuple(self._without_used(child) for child in node.children if child.key not in self._used)
        return replace(node, children=kept)


def _only_arranges(widget: Widget, node: Node) -> bool:
    return kind_of(widget).wraps and not node.name and node.role is Role.GROUP and not node.role_name


def _says_nothing(widget: Widget, node: Node) -> bool:
    silent = node.role in (Role.TEXT, Role.GENERIC, Role.GROUP, Role.PARAGRAPH, Role.STATUS)
    return silent and not (node.name or node.value or node.children or widget.can_focus)


def _states(widget: Widget, bare: Node) -> frozenset[State]:
    states = bare.states
    if widget.is_disabled:
        states |= {State.DISABLED}
    return states | {State.BUSY} if widget.loading else states


def _actions(widget: Widget, bare: Node, states: frozenset[State]) -> tuple[str, ...]:
    if widget.loading or State.DISABLED in states:
        return ()
    return (*bare.actions, "focus") if widget.focusable and "focus" not in bare.actions else bare.actions


def _description(widget: Widget, kind: Kind, bare: Node, naming: Naming) -> str:
    """What else there is to be known: why it is invalid, what may be typed, its tooltip."""
    pieces = [bare.description]
    empty = not bare.value and not (bare.editing and bare.editing.line)
    if empty and not naming.used_placeholder:
        pieces.append(kind.placeholder(widget))
    if not naming.used_tooltip:
        pieces.append(plain(widget.tooltip))
    return sentences(piece for piece in pieces if piece not in (naming.name, bare.value))


def _bounds(widget: Widget) -> Bounds | None:
    region = widget.region
    return Bounds(region.x, region.y, region.width, region.height) if region else None


def _said_once(node: Node) -> Node:
    """The node without what it says twice."""
    first = node.children[0].name if node.children else ""
    if first and node.role in _SAID_BY_FIRST and first == node.name:
        return replace(node, name="")
    if node.role is Role.DIALOG and any(_repeats(child, node) for child in node.children):
        parts = ((*child.children,) if _repeats(child, node) else (child,) for child in node.children)
        return replace(node, children=tuple(chain.from_iterable(parts)))
    return replace(node, description="") if node.description and node.description == node.name else node


def _repeats(child: Node, dialog: Node) -> bool:
    """Whether a frame within a dialog is titled as the dialog is."""
    return child.role is Role.GROUP and child.name == dialog.name
