"""Tabs, sections that fold, and plain containers; hides what they are put together from."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from textual.containers import (
    Center,
    CenterMiddle,
    Container,
    Grid,
    Horizontal,
    HorizontalGroup,
    HorizontalScroll,
    ItemGrid,
    Middle,
    Right,
    ScrollableContainer,
    Vertical,
    VerticalGroup,
    VerticalScroll,
)
from textual.widget import Widget
from textual.widgets import Collapsible, ContentSwitcher, Tab, TabbedContent, TabPane, Tabs

from barrierfree.semantics import Node, Position, Role, State
from barrierfree.tui import private
from barrierfree.tui.text import plain
from barrierfree.tui.widgets.kind import Kind, Part, nothing

__all__ = ["KINDS"]


def _tabs(widget: Tabs) -> Node:
    return Node(Role.TABLIST, position=Position(size=len(_shown_tabs(widget))))


def _shown_tabs(widget: Tabs) -> list[Tab]:
    return [tab for tab in widget.query(Tab) if tab.display]


def _active_tab(widget: Tabs) -> Widget | None:
    return widget.active_tab


def _tabs_inside(widget: Tabs) -> Iterable[Part]:
    return _shown_tabs(widget)


def _tab(widget: Tab) -> Node:
    owner = _owner(widget)
    tabs = _shown_tabs(owner) if owner else []
    return Node(
        Role.TAB,
        plain(widget.label),
        states=frozenset({State.SELECTED}) if owner and owner.active == widget.id else frozenset(),
        position=Position(tabs.index(widget) + 1, len(tabs)) if widget in tabs else Position(),
        actions=("select",),
    )


def _owner(widget: Tab) -> Tabs | None:
    return next((one for one in widget.ancestors if isinstance(one, Tabs)), None)


def _choose(widget: Tab, _item: Hashable) -> None:
    if (owner := _owner(widget)) and widget.id:
        owner.active = widget.id


def _pane(widget: TabPane) -> Node:
    return Node(Role.TABPANEL, plain(private.pane_title(widget)))


def _collapsible(widget: Collapsible) -> Node:
    return Node(Role.GROUP, plain(widget.title))


def _title(widget: private.CollapsibleTitle) -> Node:
    return Node(
        Role.DISCLOSURE,
        plain(widget.label),
        states=frozenset({State.COLLAPSED if widget.collapsed else State.EXPANDED}),
        actions=("expand",) if widget.collapsed else ("collapse",),
    )


def _fold(widget: private.CollapsibleTitle, _item: Hashable) -> None:
    if isinstance(owner := widget.parent, Collapsible):
        owner.collapsed = not owner.collapsed


def _container(_widget: Widget) -> Node:
    return Node(Role.GROUP)


def _scrolling(widget: Widget) -> Node:
    return Node(Role.REGION if widget.can_focus else Role.GROUP)


_WRAPPER = Kind(_container, wraps=True)

KINDS: dict[type[Widget], Kind] = {
    Tabs: Kind(_tabs, active=_active_tab, inside=_tabs_inside),
    Tab: Kind(_tab, inside=nothing, do={"select": _choose}),
    TabPane: Kind(_pane),
    Collapsible: Kind(_collapsible),
    private.CollapsibleTitle: Kind(_title, inside=nothing, do={"expand": _fold, "collapse": _fold}),
    **dict.fromkeys(
        (
            Center,
            CenterMiddle,
            Collapsible.Contents,
            Container,
            ContentSwitcher,
            Grid,
            Horizontal,
            HorizontalGroup,
            ItemGrid,
            Middle,
            Right,
            TabbedContent,
            Vertical,
            VerticalGroup,
        ),
        _WRAPPER,
    ),
    **dict.fromkeys((HorizontalScroll, ScrollableContainer, VerticalScroll), Kind(_scrolling, wraps=True)),
}
