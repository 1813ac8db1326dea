"""Engines by name, found without importing them; hides package entry points.

An outside package adds a recogniser with one line of its own metadata::

    [project.entry-points."barrierfree.recognizers"]
    mine = "my_package.engine:MyRecognizer"

Built-in engines come through the same door. Listing names imports nothing; loading imports exactly one.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from barrierfree.errors import EngineNotInstalled, UnknownEngine
from barrierfree.wording import _

__all__ = ["engine_names", "load_engine"]

_GROUPS = {"recognizer": "barrierfree.recognizers", "synthesizer": "barrierfree.synthesizers"}


@cache
def _found(kind: str) -> dict[str, EntryPoint]:
    # Sorted so that a name registered twice is always decided the same way.
    points = sorted(entry_points(group=_GROUPS[kind]), key=lambda point: (point.name, point.value))
    return {point.name: point for point in points}


def engine_names(kind: str) -> tuple[str, ...]:
    """Names of the registered engines of a kind ("recognizer"), in alphabetical order."""
    return tuple(_found(kind))


def load_engine(kind: str, name: str) -> Any:
    """The engine's class.

    Raises:
        UnknownEngine: No engine of that name is registered.
        EngineNotInstalled: It is registered, but a package it needs is missing.
    """
    point = _found(kind).get(name)
    if point is None:
        raise UnknownEngine(
            _('There is no engine named "{name}".').format(name=name),
            hint=_("Installed engines: {names}.").format(names=", ".join(engine_names(kind)) or _("none")),
        )
    try:
        return point.load()
    except ImportError as error:
        raise EngineNotInstalled(
            _('The engine "{name}" cannot be loaded: {error}').format(name=name, error=error),
            hint=_("Install it with: pip install 'barrierfree[{name}]'").format(name=name),
        ) from error
