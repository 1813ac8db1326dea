"""What is on a screen or page, by meaning; hides which toolkit, program or document it came from.

A :class:`Node` is what a Textual app, a terminal program, a window or a document is turned into, and all
that phrasing, review, audit and voice commands know of them. Names and meanings of roles and states are
those of WAI-ARIA 1.2 wherever it has one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Bounds", "Editing", "Live", "Node", "Position", "Role", "State"]


class Role(StrEnum):
    """What kind of thing it is."""

    ALERT = "alert"
    ALERTDIALOG = "alertdialog"
    APPLICATION = "application"
    BANNER = "banner"
    BLOCKQUOTE = "blockquote"
    BUTTON = "button"
    CELL = "cell"
    CHECKBOX = "checkbox"
    CODE = "code"
    COLUMNHEADER = "columnheader"
    COMBOBOX = "combobox"
    COMMAND = "command"
    """A key and what it does, as a footer lists them (no role of ARIA's)."""
    DIALOG = "dialog"
    DISCLOSURE = "disclosure"
    """A button that shows and hides what follows (an ARIA pattern, not a role)."""
    DOCUMENT = "document"
    FIGURE = "figure"
    FOOTNOTE = "footnote"
    GENERIC = "generic"
    GRID = "grid"
    GROUP = "group"
    HEADING = "heading"
    IMG = "img"
    LINK = "link"
    LIST = "list"
    LISTBOX = "listbox"
    LISTITEM = "listitem"
    LOG = "log"
    MENU = "menu"
    MENUITEM = "menuitem"
    METER = "meter"
    PARAGRAPH = "paragraph"
    PROGRESSBAR = "progressbar"
    OPTION = "option"
    RADIO = "radio"
    RADIOGROUP = "radiogroup"
    REGION = "region"
    ROW = "row"
    ROWHEADER = "rowheader"
    SCROLLBAR = "scrollbar"
    SEARCHBOX = "searchbox"
    SEPARATOR = "separator"
    SLIDER = "slider"
    SPINBUTTON = "spinbutton"
    STATUS = "status"
    SWITCH = "switch"
    TAB = "tab"
    TABLE = "table"
    TABLIST = "tablist"
    TABPANEL = "tabpanel"
    TEXT = "text"
    """Text that is nothing else."""
    TEXTBOX = "textbox"
    TIMER = "timer"
    TOOLBAR = "toolbar"
    TOOLTIP = "tooltip"
    TREE = "tree"
    TREEITEM = "treeitem"
    WINDOW = "window"


class State(StrEnum):
    """What may change about it. A state that is there is said; one that goes without saying is left out."""

    BUSY = "busy"
    CHECKED = "checked"
    UNCHECKED = "unchecked"
    MIXED = "mixed"
    PRESSED = "pressed"
    SELECTED = "selected"
    EXPANDED = "expanded"
    COLLAPSED = "collapsed"
    DISABLED = "disabled"
    READONLY = "readonly"
    REQUIRED = "required"
    INVALID = "invalid"
    MODAL = "modal"
    MULTILINE = "multiline"
    MULTISELECTABLE = "multiselectable"
    PROTECTED = "protected"
    """A password: its value is never spoken, nor kept in the node."""
    ASCENDING = "ascending"
    DESCENDING = "descending"


class Live(StrEnum):
    """How urgently a change of it is news (``aria-live``)."""

    OFF = "off"
    POLITE = "polite"
    ASSERTIVE = "assertive"


@dataclass(frozen=True, slots=True)
class Position:
    """Where it is among its like. Everything counts from 1; 0 is: not known, or of no use."""

    index: int = 0
    size: int = 0
    """It is number ``index`` of ``size``."""
    level: int = 0
    """Of a heading, or in a tree."""
    row: int = 0
    rows: int = 0
    column: int = 0
    columns: int = 0
    row_header: str = ""
    column_header: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where it is painted, in cells (terminals) or pixels (windows) from the top left of the screen."""

    x: int
    y: int
    width: int
    height: int

    def __contains__(self, point: tuple[int, int]) -> bool:
        x, y = point
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True, slots=True)
class Editing:
    """Text under a caret: the caret's line only, so that a node of a long text stays small."""

    line: str
    """The line the caret is in; of a password, one dot per character."""
    column: int
    """The caret stands before this character of the line, counted from 0."""
    row: int = 0
    """Number of the line, from 0."""
    rows: int = 1
    selection: str = ""
    """What is selected, from any number of lines; empty for a password."""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing on a screen or page."""

    role: Role
    name: str = ""
    """What it is called, on one line."""
    value: str = ""
    """What is in it, or chosen in it: as it is shown. Empty for a password."""
    states: frozenset[State] = frozenset()
    position: Position = Position()
    description: str = ""
    """What helps beyond the name: a tooltip, a placeholder, why an entry is invalid."""
    role_name: str = ""
    """What its author calls its kind, said in place of the role."""
    live: Live = Live.OFF
    fraction: float | None = None
    """Of a progress bar, meter or slider: how far it is, 0 to 1."""
    editing: Editing | None = None
    active: Node | None = None
    """The item inside it that the keys move (``aria-activedescendant``): an option, a cell, a tree item."""
    language: str = ""
    """ISO 639-1 code, where it is known."""
    target: str = ""
    """Where a link leads, or what an image is read from."""
    actions: tuple[str, ...] = ()
    """What can be done with it: "press", "toggle", "expand", "collapse", "focus", "select"."""
    bounds: Bounds | None = None
    children: tuple[Node, ...] = ()
    key: Hashable = None
    """The same for the same thing in two snapshots, and never for two things in one."""

    def walk(self) -> Iterator[Node]:
        """It and everything in it, in reading order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))
