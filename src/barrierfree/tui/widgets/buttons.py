"""Buttons, links and everything that is on or off; hides how each keeps its label and state."""

from __future__ import annotations

from collections.abc import Hashable

from textual.widget import Widget
from textual.widgets import Button, Checkbox, Link, RadioButton, RadioSet, Switch

from barrierfree.semantics import Node, Position, Role, State
from barrierfree.tui import private
from barrierfree.tui.text import plain
from barrierfree.tui.widgets.kind import Kind, nothing

__all__ = ["KINDS"]


def _button(widget: Button) -> Node:
    return Node(Role.BUTTON, plain(widget.label), actions=("press",))


def _press(widget: Button, _item: Hashable) -> None:
    widget.press()


def _on_or_off(value: bool) -> frozenset[State]:  # noqa: FBT001
    return frozenset({State.CHECKED if value else State.UNCHECKED})


def _checkbox(widget: private.ToggleButton) -> Node:
    return Node(Role.CHECKBOX, plain(widget.label), states=_on_or_off(widget.value), actions=("toggle",))


def _radio(widget: RadioButton) -> Node:
    return Node(
        Role.RADIO,
        plain(widget.label),
        states=_on_or_off(widget.value),
        position=_among(widget),
        actions=("select",),
    )


def _among(widget: RadioButton) -> Position:
    """Which button of its set it is."""
    owner = next((one for one in widget.ancestors if isinstance(one, RadioSet)), None)
    if owner is None:
        return Position()
    buttons = [one for one in owner.query(RadioButton) if one.display]
    return Position(buttons.index(widget) + 1, len(buttons)) if widget in buttons else Position()


def _switch(widget: Switch) -> Node:
    return Node(Role.SWITCH, states=_on_or_off(widget.value), actions=("toggle",))


def _toggle(widget: private.ToggleButton | Switch, _item: Hashable) -> None:
    widget.toggle()


def _turn_on(widget: RadioButton, _item: Hashable) -> None:
    if not widget.value:
        widget.toggle()


def _radio_set(widget: RadioSet) -> Node:
    pressed = widget.pressed_button
    return Node(Role.RADIOGROUP, value=plain(pressed.label) if pressed else "", actions=("select",))


def _turn_on_active(widget: RadioSet, _item: Hashable) -> None:
    if active := private.highlighted_radio(widget):
        _turn_on(active, None)


def _link(widget: Link) -> Node:
    return Node(Role.LINK, plain(widget.text, markup=False), target=widget.url, actions=("press",))


def _open(widget: Link, _item: Hashable) -> None:
    widget.action_open_link()


KINDS: dict[type[Widget], Kind] = {
    Button: Kind(_button, inside=nothing, do={"press": _press}),
    Checkbox: Kind(_checkbox, inside=nothing, do={"toggle": _toggle}, labelled=True, label_may_follow=True),
    private.ToggleButton: Kind(
        _checkbox, inside=nothing, do={"toggle": _toggle}, labelled=True, label_may_follow=True
    ),
    RadioButton: Kind(_radio, inside=nothing, do={"select": _turn_on}, labelled=True, label_may_follow=True),
    RadioSet: Kind(
        _radio_set, active=private.highlighted_radio, do={"select": _turn_on_active}, labelled=True
    ),
    Switch: Kind(_switch, inside=nothing, do={"toggle": _toggle}, labelled=True, label_may_follow=True),
    Link: Kind(_link, inside=nothing, do={"press": _open}),
}
