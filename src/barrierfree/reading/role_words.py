"""The words for roles and states, in the language of the interface; hides which of them go without saying."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from barrierfree.reading.joining import one_line
from barrierfree.semantics import Node, Role, State
from barrierfree.wording import _, interface_language

__all__ = ["SILENT", "kind_words", "lost_words", "role_name", "state_words"]

SILENT: Final = frozenset(
    {
        Role.APPLICATION,
        Role.CELL,
        Role.COMMAND,
        Role.GENERIC,
        Role.LISTITEM,
        Role.MENUITEM,
        Role.OPTION,
        Role.PARAGRAPH,
        Role.ROW,
        Role.STATUS,
        Role.TEXT,
        Role.TIMER,
        Role.TREEITEM,
        Role.WINDOW,
    }
)
"""What these are is heard from where they are, from their place ("3 of 9") or from what they say."""

_ORDER: Final = (
    State.CHECKED,
    State.UNCHECKED,
    State.MIXED,
    State.PRESSED,
    State.SELECTED,
    State.EXPANDED,
    State.COLLAPSED,
    State.ASCENDING,
    State.DESCENDING,
    State.BUSY,
    State.DISABLED,
    State.READONLY,
    State.REQUIRED,
    State.MULTISELECTABLE,
    State.INVALID,
)
"""Modal, multiline and protected are not here: the word for the kind tells them."""

_NEVER_WRITTEN_IN: Final = frozenset({Role.DOCUMENT, Role.LOG, Role.CODE, Role.TEXT, Role.TABLE, Role.GRID})
"""That these are read only surprises nobody."""


def role_name(role: Role) -> str:
    """What this kind of thing is called: "button" / «按钮»; empty for what is nothing in particular."""
    return _roles(interface_language()).get(role, "")


def kind_words(node: Node) -> str:
    """What the thing is called by kind: in its author's word, and a password field as such."""
    if node.role_name.strip():
        return one_line(node.role_name)
    if State.PROTECTED in node.states and node.role in (Role.TEXTBOX, Role.SEARCHBOX, Role.COMBOBOX):
        return _("password field")
    if State.MULTILINE in node.states and node.role is Role.TEXTBOX:
        return _("text area")
    return role_name(node.role)


def state_words(node: Node, *, full: bool = False, among: frozenset[State] | None = None) -> Iterator[str]:
    """The states worth saying, in the order they are said.

    Args:
        node: Whose states.
        full: Those too that go without saying.
        among: Only these, if any of them is there; they are news, so none of them goes without saying.
    """
    for state in _ORDER:
        if state not in node.states or (among is not None and state not in among):
            continue
        if full or among is not None or not _goes_without_saying(node, state):
            yield _switch_words(state) if node.role is Role.SWITCH else _states(interface_language())[state]


def lost_words(node: Node, lost: frozenset[State]) -> Iterator[str]:
    """What is said when states are gone, where the thing has none that says the contrary."""
    checks = {State.CHECKED, State.UNCHECKED, State.MIXED}
    if lost & {State.CHECKED, State.MIXED} and not checks & node.states:
        yield _("off") if node.role is Role.SWITCH else _("not checked")
    if State.PRESSED in lost:
        yield _("not pressed")
    if State.SELECTED in lost and node.role is not Role.TAB:
        yield _("not selected")
    if State.BUSY in lost:
        yield _("ready")
    if State.DISABLED in lost:
        yield _("available")
    if State.READONLY in lost:
        yield _("can be edited")
    if State.INVALID in lost:
        yield _("valid entry")


def _goes_without_saying(node: Node, state: State) -> bool:
    match state:
        case State.COLLAPSED:
            return node.role is Role.COMBOBOX
        case State.SELECTED:
            return node.role is Role.TAB  # the tab that the keys are on is the one that is shown
        case State.READONLY:
            return node.role in _NEVER_WRITTEN_IN
        case State.MULTISELECTABLE:  # heard from "checked" and "not checked"
            item = node.active
            return item is not None and bool({State.CHECKED, State.UNCHECKED} & item.states)
    return False


def _switch_words(state: State) -> str:
    return {State.CHECKED: _("on"), State.UNCHECKED: _("off")}.get(state) or _states(interface_language())[
        state
    ]


@cache
def _states(_language: str) -> dict[State, str]:
    return {
        State.BUSY: _("busy"),
        State.CHECKED: _("checked"),
        State.UNCHECKED: _("not checked"),
        State.MIXED: _("partly checked"),
        State.PRESSED: _("pressed"),
        State.SELECTED: _("selected"),
        State.EXPANDED: _("expanded"),
        State.COLLAPSED: _("collapsed"),
        State.DISABLED: _("unavailable"),
        State.READONLY: _("read only"),
        State.REQUIRED: _("required"),
        State.INVALID: _("invalid entry"),
        State.MULTISELECTABLE: _("several can be selected"),
        State.ASCENDING: _("sorted upwards"),
        State.DESCENDING: _("sorted downwards"),
    }


@cache
def _roles(_language: str) -> dict[Role, str]:
    return {
        Role.ALERT: _("alert"),
        Role.ALERTDIALOG: _("alert dialog"),
        Role.APPLICATION: _("application"),
        Role.BANNER: _("banner"),
        Role.BLOCKQUOTE: _("quotation"),
        Role.BUTTON: _("button"),
        Role.CELL: _("cell"),
        Role.CHECKBOX: _("check box"),
        Role.CODE: _("code"),
        Role.COLUMNHEADER: _("column header"),
        Role.COMBOBOX: _("combo box"),
        Role.COMMAND: _("command"),
        Role.DIALOG: _("dialog"),
        Role.DISCLOSURE: _("section"),
        Role.DOCUMENT: _("document"),
        Role.FIGURE: _("figure"),
        Role.FOOTNOTE: _("footnote"),
        Role.GRID: _("table"),
        Role.GROUP: _("group"),
        Role.HEADING: _("heading"),
        Role.IMG: _("image"),
        Role.LINK: _("link"),
        Role.LIST: _("list"),
        Role.LISTBOX: _("list"),
        Role.LISTITEM: _("list item"),
        Role.LOG: _("log"),
        Role.MENU: _("menu"),
        Role.MENUITEM: _("menu item"),
        Role.METER: _("meter"),
        Role.PARAGRAPH: _("paragraph"),
        Role.PROGRESSBAR: _("progress bar"),
        Role.OPTION: _("option"),
        Role.RADIO: _("radio button"),
        Role.RADIOGROUP: _("radio group"),
        Role.REGION: _("region"),
        Role.ROW: _("row"),
        Role.ROWHEADER: _("row header"),
        Role.SCROLLBAR: _("scroll bar"),
        Role.SEARCHBOX: _("search field"),
        Role.SEPARATOR: _("separator"),
        Role.SLIDER: _("slider"),
        Role.SPINBUTTON: _("number field"),
        Role.STATUS: _("status"),
        Role.SWITCH: _("switch"),
        Role.TAB: _("tab"),
        Role.TABLE: _("table"),
        Role.TABLIST: _("tabs"),
        Role.TABPANEL: _("tab panel"),
        Role.TEXT: _("plain text"),
        Role.TEXTBOX: _("text field"),
        Role.TIMER: _("timer"),
        Role.TOOLBAR: _("toolbar"),
        Role.TOOLTIP: _("tooltip"),
        Role.TREE: _("tree"),
        Role.TREEITEM: _("tree item"),
        Role.WINDOW: _("window"),
    }
