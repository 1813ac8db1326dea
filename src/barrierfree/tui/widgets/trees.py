"""Trees and trees of folders; hides how deep, and where among its like, the node under the cursor is."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from textual.widget import Widget
from textual.widgets import Tree
from textual.widgets.markdown import MarkdownTableOfContents
from textual.widgets.tree import NodeID, TreeNode, UnknownNodeID

from barrierfree.semantics import Node, Position, Role, State
from barrierfree.tui.text import plain
from barrierfree.tui.widgets.kind import MOST, Kind, Part, item_key
from barrierfree.wording import _

__all__ = ["KINDS"]

_NUMERALS = "ⅠⅡⅢⅣⅤⅥ "
"""Before each heading in a table of contents: the level of the node says it already."""


def _tree(widget: Tree[Any]) -> Node:
    name = _("Table of contents") if _is_contents(widget) else ""
    active = widget.cursor_node
    return Node(Role.TREE, name, actions=("select", *_open_or_shut(active)) if active else ())


def _root_label(widget: Tree[Any]) -> str:
    """The name of a tree without a visible root; a visible one is read as the first item."""
    return "" if widget.show_root else plain(widget.root.label)


def _is_contents(widget: Tree[Any]) -> bool:
    return isinstance(widget.parent, MarkdownTableOfContents)


def _active(widget: Tree[Any]) -> Node | None:
    node = widget.cursor_node
    return _item(widget, node) if node else None


def _under(widget: Tree[Any], marks: Mapping[str, Any]) -> Node | None:
    node = widget.get_node_at_line(marks["line"]) if "line" in marks else None
    return _item(widget, node) if node else None


def _item(widget: Tree[Any], node: TreeNode[Any]) -> Node:
    states: set[State] = set()
    if node.allow_expand:
        states.add(State.EXPANDED if node.is_expanded else State.COLLAPSED)
    label = plain(node.label)
    siblings = node.siblings
    return Node(
        Role.TREEITEM,
        label.lstrip(_NUMERALS) if _is_contents(widget) else label,
        states=frozenset(states),
        position=Position(siblings.index(node) + 1, len(siblings), _level(widget, node)),
        actions=("focus", "select", *_open_or_shut(node)),
        key=item_key(widget, node.id),
    )


def _open_or_shut(node: TreeNode[Any]) -> tuple[str, ...]:
    if not node.allow_expand:
        return ()
    return ("collapse",) if node.is_expanded else ("expand",)


def _level(widget: Tree[Any], node: TreeNode[Any]) -> int:
    """1 for what stands furthest out: the root, or what is below it where it is not shown."""
    level = 1 if widget.show_root else 0
    above = node.parent
    while above is not None:
        level, above = level + 1, above.parent
    return level


def _inside(widget: Tree[Any]) -> Iterable[Part]:
    """What is unfolded, from the top or from the neighbourhood of the cursor, as far as a deep node goes."""
    start = max(0, widget.cursor_line - MOST // 2)
    return (_item(widget, node) for node in islice(_unfolded(widget), start, start + MOST))


def _unfolded(widget: Tree[Any]) -> Iterator[TreeNode[Any]]:
    root = widget.root
    waiting = [root] if widget.show_root else list(reversed(root.children))
    while waiting:
        node = waiting.pop()
        yield node
        if node.is_expanded:
            waiting.extend(reversed(node.children))


def _node_at(widget: Tree[Any], item: Hashable) -> TreeNode[Any] | None:
    if not isinstance(item, int):
        return widget.cursor_node
    try:
        return widget.get_node_by_id(NodeID(item))
    except UnknownNodeID:
        return None


def _go_to(widget: Tree[Any], item: Hashable) -> None:
    widget.focus()
    if node := _node_at(widget, item):
        widget.move_cursor(node)


def _select(widget: Tree[Any], item: Hashable) -> None:
    if node := _node_at(widget, item):
        widget.move_cursor(node)
        widget.action_select_cursor()


def _expand(widget: Tree[Any], item: Hashable) -> None:
    if node := _node_at(widget, item):
        node.expand()


def _collapse(widget: Tree[Any], item: Hashable) -> None:
    if node := _node_at(widget, item):
        node.collapse()


KINDS: dict[type[Widget], Kind] = {
    Tree: Kind(
        _tree,
        active=_active,
        under=_under,
        inside=_inside,
        do={"select": _select, "expand": _expand, "collapse": _collapse, "focus": _go_to},
        spare_name=_root_label,
        labelled=True,
    ),
}
