"""Lists from which one chooses: selects, option lists, list views and the like; hides where their items are.

The item that the keys are on is taken alone, so that a list of 20,000 costs what a list of two costs.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from textual.command import CommandList
from textual.widget import Widget
from textual.widgets import ListItem, ListView, OptionList, Select, SelectionList
from textual.widgets.option_list import Option
from textual.widgets.selection_list import Selection

from barrierfree.semantics import Node, Position, Role, State
from barrierfree.tui import private
from barrierfree.tui.keys import number_of, thing_of
from barrierfree.tui.text import plain, text_lines
from barrierfree.tui.widgets.kind import Kind, Part, item_key, window

__all__ = ["KINDS"]


def _option_list(widget: OptionList) -> Node:
    several = isinstance(widget, SelectionList)
    return Node(
        Role.LISTBOX,
        states=frozenset({State.MULTISELECTABLE}) if several else frozenset(),
        position=Position(size=widget.option_count),
        actions=("toggle",) if several else ("select",),
    )


def _active_option(widget: OptionList) -> Node | None:
    at = widget.highlighted
    return _option(widget, at, _selected(widget)) if at is not None and at < widget.option_count else None


def _option_under(widget: OptionList, marks: Mapping[str, Any]) -> Node | None:
    at = marks.get("option")
    return _option(widget, at, _selected(widget)) if at is not None and at < widget.option_count else None


def _options(widget: OptionList) -> Iterable[Part]:
    selected = _selected(widget)
    for index in window(widget.option_count, widget.highlighted):
        yield _option(widget, index, selected)


def _selected(widget: OptionList) -> frozenset[Any]:
    return frozenset(widget.selected) if isinstance(widget, SelectionList) else frozenset()


def _option(widget: OptionList, index: int, selected: frozenset[Any]) -> Node:
    option = widget.get_option_at_index(index)
    lines = text_lines(option.prompt, markup=private.prompt_has_markup(widget))
    with_help = isinstance(widget, CommandList) and len(lines) > 1
    states = {State.DISABLED} if option.disabled else set()
    if isinstance(option, Selection):
        states.add(State.CHECKED if option.value in selected else State.UNCHECKED)
    return Node(
        Role.OPTION,
        lines[0] if with_help else " ".join(lines),
        states=frozenset(states),
        position=Position(index + 1, widget.option_count),
        description=" ".join(lines[1:]) if with_help else "",
        actions=() if option.disabled else ("focus", "toggle" if isinstance(option, Selection) else "select"),
        key=item_key(widget, number_of(option)),
    )


def _choose(widget: OptionList, item: Hashable) -> None:
    _highlight(widget, item)
    widget.action_select()


def _go_to(widget: OptionList, item: Hashable) -> None:
    widget.focus()
    _highlight(widget, item)


def _highlight(widget: OptionList, item: Hashable) -> None:
    option = thing_of(item)
    if isinstance(option, Option):
        widget.highlighted = next(at for at, one in enumerate(widget.options) if one is option)


def _list_view(widget: ListView) -> Node:
    return Node(Role.LISTBOX, position=Position(size=len(widget)), actions=("select",))


def _active_list_item(widget: ListView) -> Widget | None:
    return widget.highlighted_child


def _choose_active_item(widget: ListView, _item: Hashable) -> None:
    widget.action_select_cursor()


def _list_item(widget: ListItem) -> Node:
    owner = widget.parent
    if not isinstance(owner, ListView):
        return Node(Role.LISTITEM)
    items = [one for one in owner.children if one.display]
    place = Position(items.index(widget) + 1, len(items)) if widget in items else Position()
    return Node(Role.OPTION, position=place, actions=("focus", "select"))


def _choose_item(widget: ListItem, item: Hashable) -> None:
    _go_to_item(widget, item)
    if isinstance(owner := widget.parent, ListView):
        owner.action_select_cursor()


def _go_to_item(widget: ListItem, _item: Hashable) -> None:
    if isinstance(owner := widget.parent, ListView):
        owner.focus()
        owner.index = owner.children.index(widget)


def _select(widget: Select[Any]) -> Node:
    return Node(
        Role.COMBOBOX,
        value=plain(private.chosen_prompt(widget)),
        states=frozenset({State.EXPANDED if widget.expanded else State.COLLAPSED}),
        actions=("collapse",) if widget.expanded else ("expand",),
    )


def _prompt(widget: Select[Any]) -> str:
    return plain(widget.prompt, markup=False)


def _overlay_when_open(widget: Select[Any]) -> Iterable[Part]:
    return [one for one in widget.query(private.SelectOverlay) if one.display] if widget.expanded else []


def _expand(widget: Select[Any], _item: Hashable) -> None:
    widget.action_show_overlay()


def _collapse(widget: Select[Any], _item: Hashable) -> None:
    widget.expanded = False
    widget.focus()


_OPTIONS = Kind(
    _option_list,
    active=_active_option,
    under=_option_under,
    inside=_options,
    do={"select": _choose, "toggle": _choose, "focus": _go_to},
    labelled=True,
)

KINDS: dict[type[Widget], Kind] = {
    OptionList: _OPTIONS,
    ListView: Kind(_list_view, active=_active_list_item, do={"select": _choose_active_item}, labelled=True),
    ListItem: Kind(_list_item, do={"select": _choose_item, "focus": _go_to_item}, named_by_content=True),
    Select: Kind(
        _select,
        inside=_overlay_when_open,
        do={"expand": _expand, "collapse": _collapse},
        placeholder=_prompt,
        labelled=True,
    ),
    private.SelectOverlay: _OPTIONS,
}
