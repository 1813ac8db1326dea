"""What an app may say about its widgets: attributes or methods named accessible_…; hides how they are read.

They are found by name, so an app needs no import of barrierfree and runs where it is not installed. The
page docs/accessible-widgets.md tells authors of apps how to use them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import fields, replace
from typing import Any, Final, Protocol

from barrierfree.semantics import Live, Node, Position, Role, State
from barrierfree.tui.text import plain

__all__ = ["Accessible", "actions_told", "is_hidden", "name_told", "with_what_is_told"]

_UNTOLD: Final = object()
_PLACES: Final = frozenset(field.name for field in fields(Position))


class Accessible(Protocol):
    """The names that are looked for. Any of them may be missing; each may be a method without arguments."""

    accessible_name: str
    """What it is called. Replaces every guess."""
    accessible_role: str
    """One of WAI-ARIA's roles: "slider", "switch", "listbox"…; see :class:`barrierfree.semantics.Role`."""
    accessible_role_name: str
    """Its kind in words of the app: "chess square"."""
    accessible_value: str
    """What is in it now."""
    accessible_description: str
    """What helps beyond the name."""
    accessible_states: Iterable[str]
    """Those of WAI-ARIA that hold now: "checked", "expanded", "invalid"…"""
    accessible_live: str
    """Whether a change of it is news: "off", "polite" or "assertive"."""
    accessible_position: tuple[int, int] | Mapping[str, int | str]
    """Which of how many, counted from 1, or names of :class:`barrierfree.semantics.Position` with values."""
    accessible_actions: Mapping[str, Callable[[], object]] | Iterable[str]
    """What can be done with it: functions by name, or names of its ``action_…`` methods."""
    accessible_hidden: bool
    """It only decorates; it and what is in it are left out."""


def _told(widget: object, what: str) -> Any:
    """The answer of the app, or ``_UNTOLD``; an answer that fails is none, for reading must go on."""
    try:
        answer = getattr(widget, f"accessible_{what}", _UNTOLD)
        return answer() if callable(answer) else answer
    except Exception:  # noqa: BLE001  whatever an app raises here, its screen stays readable
        return _UNTOLD


def name_told(widget: object) -> str:
    """The name its author gave it; empty where none was given."""
    name = _told(widget, "name")
    return "" if name is _UNTOLD else plain(name, markup=False)


def is_hidden(widget: object) -> bool:
    """Whether its author says that it only decorates."""
    return _told(widget, "hidden") is True


def actions_told(widget: object) -> dict[str, Callable[[], object]]:
    """What its author says can be done with it, and how."""
    told = _told(widget, "actions")
    if isinstance(told, Mapping):
        return {str(name): act for name, act in told.items() if callable(act)}
    if told is _UNTOLD or isinstance(told, str) or not isinstance(told, Iterable):
        return {}
    named = {str(name): getattr(widget, f"action_{name}", None) for name in told}
    return {name: act for name, act in named.items() if callable(act)}


def with_what_is_told(node: Node, widget: object) -> Node:
    """The node with everything that the author of the widget told in place of what was worked out."""
    news: dict[str, Any] = {}
    for what in ("value", "description", "role_name"):
        if (words := _told(widget, what)) is not _UNTOLD and words is not None:
            news[what] = plain(words, markup=False)
    if (role := _told(widget, "role")) is not _UNTOLD:
        news |= _role(role)
    if (states := _told(widget, "states")) is not _UNTOLD:
        news["states"] = _states(states)
    if (place := _told(widget, "position")) is not _UNTOLD:
        news["position"] = _position(place)
    with suppress(ValueError):
        if (live := _told(widget, "live")) is not _UNTOLD:
            news["live"] = Live(live)
    if actions := actions_told(widget):
        news["actions"] = (*node.actions, *(name for name in actions if name not in node.actions))
    return replace(node, **news) if news else node


def _role(told: object) -> dict[str, Any]:
    """A role by its name; a word that is none is taken for what the author calls it."""
    try:
        return {"role": Role(str(told).lower())}
    except ValueError:
        return {"role_name": plain(told, markup=False)}


def _states(told: object) -> frozenset[State]:
    words = [told] if isinstance(told, str) else told if isinstance(told, Iterable) else ()
    known = set()
    for word in words:
        with suppress(ValueError):
            known.add(State(str(word).lower()))
    return frozenset(known)


def _position(told: object) -> Position:
    if isinstance(told, Position):
        return told
    if isinstance(told, Mapping):
        return Position(**{name: value for name, value in told.items() if name in _PLACES})
    if isinstance(told, tuple) and len(told) == 2 and all(isinstance(number, int) for number in told):  # noqa: PLR2004
        return Position(*told)
    return Position()
