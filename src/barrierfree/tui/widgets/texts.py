"""Texts that are only read: labels, figures, notes, separators; hides how each of them draws itself."""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Hashable
from contextlib import suppress
from typing import Final

from rich.pretty import pretty_repr
from textual.command import SearchIcon
from textual.widget import Widget
from textual.widgets import Digits, Label, Placeholder, Pretty, Rule, Static, Tooltip

from barrierfree.semantics import Live, Node, Role
from barrierfree.tui import private
from barrierfree.tui.text import LinkInText, links_of, one_line, plain, rendered_lines, sentences, text_lines
from barrierfree.tui.widgets.kind import Kind, Part, item_key, nothing, shown_children

__all__ = ["KINDS", "follow_link", "link_nodes"]

_CLOCK: Final = re.compile(r"\d{1,2}:\d\d(:\d\d)?(\.\d+)?\s*([AaPp]\.?[Mm]\.?)?")

_MARKDOWN_LINK: Final = re.compile(r"link\((.*)\)")


def _static(widget: Static) -> Node:
    if any(True for _child in shown_children(widget)):
        return Node(Role.GROUP)
    text = " ".join(rendered_lines(widget))
    live = Live.OFF if _CLOCK.fullmatch(text) else Live.POLITE
    return Node(Role.TEXT, text, live=live)


def _static_inside(widget: Static) -> list[Part]:
    children: list[Part] = list(shown_children(widget))
    return children or list(link_nodes(widget))


def link_nodes(widget: Widget) -> tuple[Node, ...]:
    """The links in the text of a widget, each with a key that ``follow_link`` understands."""
    return tuple(
        Node(
            Role.LINK,
            link.text,
            target=_address(link),
            actions=("press",),
            key=item_key(widget, ("link", number)),
        )
        for number, link in enumerate(links_of(widget))
    )


def _address(link: LinkInText) -> str:
    """Where a link leads; Markdown keeps that inside of an action."""
    if not link.is_action:
        return link.target
    inside = _MARKDOWN_LINK.fullmatch(link.target)
    with suppress(ValueError, SyntaxError):
        return str(literal_eval(inside[1])) if inside else ""
    return ""


def follow_link(widget: Widget, item: Hashable) -> None:
    """Do what a click on the link would."""
    number = item[1] if isinstance(item, tuple) else 0
    link = next((one for at, one in enumerate(links_of(widget)) if at == number), None)
    if link is None:
        return
    if link.is_action:
        widget.call_later(widget.run_action, link.target)
    else:
        widget.app.open_url(link.target)


def _digits(widget: Digits) -> Node:
    value = one_line(widget.value)
    clock = _CLOCK.fullmatch(value)
    return Node(Role.TIMER if clock else Role.TEXT, value=value, live=Live.OFF if clock else Live.POLITE)


def _digits_text(widget: Digits) -> str:
    return one_line(widget.value)


def _separator(_widget: Rule) -> Node:
    return Node(Role.SEPARATOR)


def _placeholder(widget: Placeholder) -> Node:
    return Node(Role.TEXT, plain(private.placeholder_text(widget)))


def _nothing(_widget: SearchIcon) -> Node:
    """A picture beside a field that is called a search field anyway."""
    return Node(Role.TEXT)


def _pretty(widget: Pretty) -> Node:
    return Node(Role.CODE, value=_pretty_text(widget))


def _pretty_text(widget: Pretty) -> str:
    return "\n".join(text_lines(pretty_repr(private.pretty_object(widget)), markup=False))


def _tooltip(widget: Tooltip) -> Node:
    return Node(Role.TOOLTIP, " ".join(rendered_lines(widget)))


def _toast(widget: private.Toast) -> Node:
    urgent = private.toast_severity(widget) != "information"
    title = one_line(private.toast_title(widget))
    message = " ".join(rendered_lines(widget)).removeprefix(title).strip()
    return Node(
        Role.ALERT if urgent else Role.STATUS,
        sentences((title, message)),
        live=Live.ASSERTIVE if urgent else Live.POLITE,
    )


_TEXT = Kind(_static, inside=_static_inside, do={"press": follow_link}, is_label=True)

KINDS: dict[type[Widget], Kind] = {
    Static: _TEXT,
    Label: _TEXT,
    Digits: Kind(_digits, inside=nothing, text=_digits_text, labelled=True),
    Rule: Kind(_separator, inside=nothing),
    Placeholder: Kind(_placeholder, inside=nothing),
    Pretty: Kind(_pretty, inside=nothing, text=_pretty_text),
    Tooltip: Kind(_tooltip, inside=nothing),
    SearchIcon: Kind(_nothing, inside=nothing),
    private.Toast: Kind(_toast, inside=nothing),
}
