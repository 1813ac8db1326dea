"""Fields one types into; hides passwords, templates, validators and where the caret is.

A password's letters never leave this module: all that goes on of it is a dot for each.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Final

from textual.command import CommandInput
from textual.widget import Widget
from textual.widgets import Input, MaskedInput, TextArea

from barrierfree.semantics import Editing, Node, Role, State
from barrierfree.tui import private
from barrierfree.tui.text import one_line, plain, sentences
from barrierfree.tui.widgets.kind import Kind, nothing
from barrierfree.wording import _

__all__ = ["KINDS"]

_DOT: Final = "•"
_LONG: Final = 200
"""Lines above which a node holds only the line of the caret, for joining them takes its time."""
_FLAGS: Final = re.compile(r"(?<!\\)[<>!]|;.*$|\\(?=.)")
"""What a template says apart from what is to be typed."""


def _input(widget: Input) -> Node:
    protected, invalid = widget.password, not widget.is_valid
    states = {State.PROTECTED} if protected else set()
    if invalid:
        states.add(State.INVALID)
    return Node(
        Role.SEARCHBOX if isinstance(widget, CommandInput) else Role.TEXTBOX,
        value="" if protected else widget.value,
        states=frozenset(states),
        description=sentences((_why_invalid(widget) if invalid else "", _suggestion(widget))),
        editing=Editing(
            _DOT * len(widget.value) if protected else widget.value,
            widget.cursor_position,
            selection="" if protected else widget.selected_text,
        ),
    )


def _why_invalid(widget: Input) -> str:
    """What the validators say; Textual itself shows only a red border."""
    reasons: list[str] = []
    if isinstance(widget, MaskedInput) and private.template_error(widget):
        reasons.append(_("not complete"))
    for validator in widget.validators:
        with suppress(Exception):  # an app's own code: the field is invalid all the same
            reasons += validator.validate(widget.value).failure_descriptions
    if widget.password:
        reasons = [reason for reason in reasons if not _tells(reason, widget.value)]
    return sentences(map(one_line, reasons))


def _tells(reason: str, password: str) -> bool:
    """Whether a sentence holds the password; of a very short one, as a word of its own."""
    if len(password) > 2:  # noqa: PLR2004
        return password in reason
    return bool(password) and re.search(rf"(?<!\w){re.escape(password)}(?!\w)", reason) is not None


def _suggestion(widget: Input) -> str:
    """The rest of the word that is shown behind the caret."""
    suggestion = "" if widget.password else private.suggestion(widget)
    return _("suggestion: {text}").format(text=suggestion) if suggestion else ""


def _input_placeholder(widget: Input) -> str:
    return plain(widget.placeholder, markup=False)


def _masked_placeholder(widget: MaskedInput) -> str:
    shown = _input_placeholder(widget)
    return shown or _("format: {template}").format(template=_FLAGS.sub("", widget.template))


def _text_area(widget: TextArea) -> Node:
    row, column = widget.cursor_location
    document = widget.document
    states = {State.MULTILINE, State.READONLY} if widget.read_only else {State.MULTILINE}
    return Node(
        Role.TEXTBOX,
        value=document.text if document.line_count <= _LONG else "",
        states=frozenset(states),
        editing=Editing(document.get_line(row), column, row, document.line_count, widget.selected_text),
    )


def _text_area_placeholder(widget: TextArea) -> str:
    return plain(widget.placeholder)


KINDS: dict[type[Widget], Kind] = {
    Input: Kind(_input, inside=nothing, placeholder=_input_placeholder, labelled=True),
    MaskedInput: Kind(_input, inside=nothing, placeholder=_masked_placeholder, labelled=True),
    TextArea: Kind(_text_area, inside=nothing, placeholder=_text_area_placeholder, labelled=True),
}
