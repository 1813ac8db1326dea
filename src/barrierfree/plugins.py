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


_PARTS = {"recognizer": ("available", "capabilities", "close", "recognize"), "synthesizer": ()}
"""What an engine of each kind has to have; looked for so that one that is none is no riddle later."""


@cache
def _found(kind: str) -> dict[str, EntryPoint]:
    # A name registered twice is always decided the same way: our own engines keep theirs, then the alphabet.
    points = sorted(entry_points(group=_GROUPS[kind]), key=lambda point: (_is_outside(point), point.value))
    names = sorted({point.name for point in points})
    return {name: next(point for point in points if point.name == name) for name in names}


def _is_outside(point: EntryPoint) -> bool:
    return not point.value.startswith("barrierfree.")


def engine_names(kind: str) -> tuple[str, ...]:
    """Names of the registered engines of a kind ("recognizer"), in alphabetical order."""
    return tuple(_found(kind))


def load_engine(kind: str, name: str) -> Any:
    """The engine's class.

    Raises:
        UnknownEngine: No engine of that name is registered.
        EngineNotInstalled: It is registered, but its package is broken, or lacks another one.
    """
    point = _found(kind).get(name)
    if point is None:
        raise UnknownEngine(
            _('There is no engine named "{name}".').format(name=name),
            hint=_("Installed engines: {names}.").format(names=", ".join(engine_names(kind)) or _("none")),
        )
    try:
        engine = point.load()
    except (Exception, SystemExit) as error:  # whatever the code of an outside package does
        raise _unusable(point, _first_line(error)) from error
    if lacking := [part for part in _PARTS[kind] if not hasattr(engine, part)]:
        raise _unusable(point, _("it has no {parts}").format(parts=", ".join(lacking)))
    return engine


def _unusable(point: EntryPoint, reason: str) -> EngineNotInstalled:
    if _is_outside(point):
        package = point.dist.name if point.dist else point.module
        hint = _("Install its package again, or remove it: {package}").format(package=package)
    else:
        hint = _("Install it with: pip install 'barrierfree[{name}]'").format(name=point.name)
    return EngineNotInstalled(
        _('The engine "{name}" cannot be loaded: {error}').format(name=point.name, error=reason), hint=hint
    )


def _first_line(error: BaseException) -> str:
    line = str(error).partition("\n")[0]
    return line if isinstance(error, ImportError) else f"{type(error).__name__}: {line}"
