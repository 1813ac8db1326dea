"""What Textual 8.2 keeps to itself about its widgets; each private name is touched in one function here.

A canary test holds every function to Textual as it is installed: tests/unit/test_textual_canary_widgets.py.
"""

from __future__ import annotations

from typing import Any

from rich.console import RenderableType
from textual.content import Content
from textual.screen import Screen
from textual.visual import RichVisual, Visual
from textual.widget import Widget
from textual.widgets import (
    Input,
    MaskedInput,
    OptionList,
    Placeholder,
    Pretty,
    RadioButton,
    RadioSet,
    Select,
    TabPane,
)
from textual.widgets._collapsible import CollapsibleTitle
from textual.widgets._data_table import default_cell_formatter
from textual.widgets._footer import FooterKey
from textual.widgets._header import HeaderClock, HeaderIcon
from textual.widgets._key_panel import BindingsTable
from textual.widgets._markdown import (
    MarkdownBlockQuote,
    MarkdownBullet,
    MarkdownBulletList,
    MarkdownFence,
    MarkdownHeader,
    MarkdownHorizontalRule,
    MarkdownOrderedList,
    MarkdownTable,
    MarkdownTableContent,
)
from textual.widgets._select import SelectCurrent, SelectOverlay
from textual.widgets._toast import Toast, ToastHolder, ToastRack
from textual.widgets._toggle_button import ToggleButton
from textual.widgets.select import NoSelection

__all__ = [
    "BindingsTable",
    "CollapsibleTitle",
    "FooterKey",
    "HeaderClock",
    "HeaderIcon",
    "MarkdownBlockQuote",
    "MarkdownBullet",
    "MarkdownBulletList",
    "MarkdownFence",
    "MarkdownHeader",
    "MarkdownHorizontalRule",
    "MarkdownOrderedList",
    "MarkdownTable",
    "MarkdownTableContent",
    "SelectOverlay",
    "Toast",
    "ToastHolder",
    "ToastRack",
    "ToggleButton",
    "cell_shown",
    "changes_under",
    "chosen_prompt",
    "footer_key_disabled",
    "highlighted_radio",
    "pane_title",
    "placeholder_text",
    "pretty_object",
    "prompt_has_markup",
    "rich_shown",
    "shown_visual",
    "suggestion",
    "template_error",
    "toast_severity",
    "toast_title",
]


def shown_visual(widget: Widget) -> Visual:
    """What the widget renders, before it is painted."""
    return widget._render()  # noqa: SLF001


def rich_shown(visual: RichVisual) -> RenderableType:
    """What of Rich's a visual shows."""
    return visual._renderable  # noqa: SLF001


def changes_under(screen: Screen[Any]) -> int:
    """A number that grows whenever a widget of the screen is mounted, removed, shown or hidden."""
    return screen._nodes._updates  # noqa: SLF001


def highlighted_radio(widget: RadioSet) -> RadioButton | None:
    """The button that the keys have moved to, which need not be the one that is on."""
    at = widget._selected  # noqa: SLF001
    chosen = widget._nodes[at] if at is not None and at < len(widget._nodes) else None  # noqa: SLF001
    return chosen if isinstance(chosen, RadioButton) else None


def chosen_prompt(widget: Select[Any]) -> RenderableType | None:
    """What a select shows as chosen; None while nothing is."""
    if widget.is_blank():
        return None
    current = next(iter(widget.query(SelectCurrent)), None)
    if current is not None and not isinstance(current.label, NoSelection):
        return current.label
    return next((prompt for prompt, value in widget._options if value == widget.value), None)  # noqa: SLF001


def placeholder_text(widget: Placeholder) -> str:
    """The label of a placeholder, in whichever variant it shows."""
    return widget._renderables[widget.variant]  # noqa: SLF001


def pretty_object(widget: Pretty) -> object:
    """The object that is printed."""
    return widget._pretty_renderable._object  # noqa: SLF001


def pane_title(widget: TabPane) -> Content:
    """What the tab of a pane says."""
    return widget._title  # noqa: SLF001


def toast_severity(widget: Toast) -> str:
    """Of the notification: "information", "warning" or "error"."""
    return widget._notification.severity  # noqa: SLF001


def toast_title(widget: Toast) -> str:
    """The title of the notification; often empty."""
    return widget._notification.title  # noqa: SLF001


def template_error(widget: MaskedInput) -> bool:
    """Whether what is typed does not fill the template."""
    template = widget._template  # noqa: SLF001
    return template is not None and not template.validate(widget.value).is_valid


def suggestion(widget: Input) -> str:
    """What would complete the word, where that is shown: behind the caret at the end of the text."""
    whole = widget._suggestion  # noqa: SLF001
    return whole[len(widget.value) :] if widget.cursor_at_end and widget.has_focus else ""


def prompt_has_markup(widget: OptionList) -> bool:
    """Whether the prompts of its options are read as markup."""
    return widget._markup  # noqa: SLF001


def cell_shown(value: object) -> RenderableType:
    """What a table makes of the value of a cell."""
    return default_cell_formatter(value)


def footer_key_disabled(widget: FooterKey) -> bool:
    """Whether the footer shows the key as one that does nothing now."""
    return widget._disabled  # noqa: SLF001
