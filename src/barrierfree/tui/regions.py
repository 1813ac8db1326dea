"""Which widgets may be live regions; hides what everything that is no news hangs under."""

from __future__ import annotations

from typing import Final

from textual.containers import ScrollableContainer
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.widget import Widget
from textual.widgets import (
    Button,
    Collapsible,
    ContentSwitcher,
    DataTable,
    Footer,
    Header,
    Input,
    Link,
    ListItem,
    LoadingIndicator,
    Log,
    OptionList,
    Placeholder,
    ProgressBar,
    RadioSet,
    RichLog,
    Rule,
    Select,
    Sparkline,
    TabPane,
    Tabs,
    TextArea,
    Tooltip,
    Tree,
)

from barrierfree.semantics import Live
from barrierfree.tui.private import (
    BindingsTable,
    CollapsibleTitle,
    ToastRack,
    ToggleButton,
)
from barrierfree.tui.tree import node_of

__all__ = ["declared", "is_displayed", "is_live", "is_put_away", "region_of"]

_NEVER: Final = (
    BindingsTable,
    Button,
    CollapsibleTitle,
    DataTable,
    Footer,
    Input,
    Link,
    ListItem,
    LoadingIndicator,
    OptionList,
    Placeholder,
    RadioSet,
    Rule,
    ScrollBar,
    Select,
    Sparkline,
    Tabs,
    TextArea,
    ToastRack,
    ToggleButton,
    Tooltip,
    Tree,
)
"""What is read when the user comes to it, or told of in another way; so is all that is inside."""


def region_of(widget: Widget) -> Widget:
    """The whole that a painted part belongs to: of a bar's figures, the bar; of a title, the header."""
    whole: Widget = widget
    for one in widget.ancestors[:2]:
        if isinstance(one, ProgressBar | Header):
            whole = one
    return whole


def declared(widget: Widget) -> bool:
    """Whether the app itself has said how urgent its changes are."""
    return hasattr(widget, "accessible_live")


def is_live(widget: Widget, focused: Widget | None) -> bool:
    """Whether a change in it may be news: it shows something, and the user does not work with it.

    Args:
        widget: The widget.
        focused: Where the keys go; what changes in there is told of as its own state.
    """
    if declared(widget):
        return widget is not focused and node_of(widget).live is not Live.OFF
    if not isinstance(widget, Header | ProgressBar | Log | RichLog) and (
        widget.can_focus or not _shows(widget)
    ):
        return False
    for one in widget.ancestors_with_self:
        if isinstance(one, Screen):
            return True
        if isinstance(one, _NEVER) or (one is focused and not isinstance(one, ScrollableContainer)):
            return False
        if one is not widget and getattr(one, "accessible_hidden", False):
            return False
    return False


def _shows(widget: Widget) -> bool:
    """Whether it has a text of its own, and is no mere container."""
    return not widget.is_container and not any(child.display for child in widget.children)


def is_displayed(widget: Widget) -> bool:
    """Whether it is to be seen, scrolling apart."""
    return _hidden_at(widget) is None


def is_put_away(widget: Widget) -> bool:
    """Whether it is on a page, in a tab or a section that the user has turned away from or never opened."""
    at = _hidden_at(widget)
    return isinstance(at, TabPane | Collapsible.Contents) or (
        at is not None and isinstance(at.parent, ContentSwitcher)
    )


def _hidden_at(widget: Widget) -> Widget | None:
    """The innermost of the things it is in, itself included, that is not displayed."""
    if not widget.visible:  # inherited, unless a part says otherwise for itself
        return widget
    for one in widget.ancestors_with_self:
        if isinstance(one, Screen):
            break
        if isinstance(one, Widget) and not one.display:
            return one
    return None
