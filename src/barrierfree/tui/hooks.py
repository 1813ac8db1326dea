"""Where the screen reader takes hold of Textual; hides every private part of it that attaching needs.

Two places are taken hold of, and given back when nobody is attached any more:

- the variable in which Textual looks for a message hook before it hands a message to a widget;
- ``Driver.send_message``, which every key passes on its way to an app, from a terminal, a browser or a test.

``tests/unit/test_textual_canary.py`` holds Textual to all of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, Protocol
from weakref import WeakSet

from rich.text import Text
from textual import message_pump
from textual._context import active_app, active_message_pump
from textual.app import App
from textual.driver import Driver
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Log, RichLog

__all__ = [
    "Watcher", "has_screen", "is_leaving", "log_count", "log_lines", "painted", "pump", "unwatch", "watch",
    "watch_all", "within",
]  # fmt: skip

MessageHook = Callable[[Message], object]


class Watcher(Protocol):
    """What is told about one app, always in the app's own event loop, except at the very end of it."""

    def message(self, message: Message) -> object:
        """A message is about to be handed to some part of the app. Must be quick, and must not raise."""

    def incoming(self, message: Message) -> bool:
        """A key or another event is on its way to the app. True: it is not to see it."""


_MARK: Final = "_barrierfree_watcher"
"""Attribute of an app that holds its watcher: both go together, whoever else knows them."""
_watched: Final[WeakSet[App[Any]]] = WeakSet()
_welcome: list[Callable[[App[Any]], Watcher]] = []
"""Makes the watcher of every app that has none."""


def watch(app: App[Any], watcher: Watcher) -> None:
    """Tell a watcher about an app from now on, whether it runs already or not. One app has one watcher."""
    _watched.add(app)
    app.__dict__[_MARK] = watcher
    _take_hold()


def watch_all(make: Callable[[App[Any]], Watcher] | None) -> None:
    """Have a watcher made for every app of this program that has none yet; None: no more."""
    _welcome[:] = [make] if make else []
    if make:
        _take_hold()
    else:
        _let_go()


def unwatch(app: App[Any]) -> Watcher | None:
    """Tell nobody about this app any more; who was told so far is returned."""
    _watched.discard(app)
    watcher: Watcher | None = app.__dict__.pop(_MARK, None)
    _let_go()
    return watcher


def _watcher_of(app: App[Any]) -> Watcher | None:
    watcher: Watcher | None = app.__dict__.get(_MARK)
    if watcher is None and _welcome:
        watcher = _welcome[-1](app)
        watch(app, watcher)
    return watcher


class _HookVariable:
    """Stands where Textual looks for its message hook: one may be set for an app that runs already."""

    def __init__(self, usual: ContextVar[MessageHook]) -> None:
        self.usual = usual

    def get(self) -> MessageHook:
        """The hook for whatever is being dispatched now; LookupError, as Textual expects, for none."""
        app = active_app.get(None)
        watcher = app and _watcher_of(app)
        other = self.usual.get(None)
        if not watcher:
            return other or self.usual.get()
        if other is None:
            return watcher.message
        ours, theirs = watcher.message, other
        return lambda message: (ours(message), theirs(message))


_usual_hook: Final[ContextVar[Any]] = vars(message_pump)["message_hook_context_var"]
_usual_send: Final = Driver.send_message


def _send_message(driver: Driver, message: Message) -> None:
    """In place of ``Driver.send_message``: the watcher is asked first, in the app's own event loop."""
    app = driver._app
    watcher = _watcher_of(app)
    if watcher is None:
        _usual_send(driver, message)
    elif app._thread_id == threading.get_ident():
        _pass_on(driver, message, watcher)
    else:
        # All take this turn, whatever they are, so that none overtakes another.
        driver._loop.call_soon_threadsafe(_pass_on, driver, message, watcher)


def _pass_on(driver: Driver, message: Message, watcher: Watcher) -> None:
    if not watcher.incoming(message):
        _usual_send(driver, message)


def _take_hold() -> None:
    setattr(message_pump, "message_hook_context_var", _hook)  # noqa: B010  the type is not the declared one
    setattr(Driver, "send_message", _send_message)  # noqa: B010


def _let_go() -> None:
    if not _watched and not _welcome:
        setattr(message_pump, "message_hook_context_var", _usual_hook)  # noqa: B010
        setattr(Driver, "send_message", _usual_send)  # noqa: B010


_hook: Final = _HookVariable(_usual_hook)


@contextmanager
def within(app: App[Any]) -> Iterator[None]:
    """Do something as the app itself would, from wherever its event loop calls us."""
    with app._context():
        yield


def pump() -> object:
    """Which widget, screen or app the message is for that a watcher is being told of."""
    return active_message_pump.get(None)


def has_screen(app: App[Any]) -> bool:
    """Whether there is a screen to be read."""
    return bool(app._running and app._screen_stacks.get(app._current_mode))


def is_leaving(app: App[Any]) -> bool:
    """Whether the app has been told to end."""
    return bool(app._exit or app._closing)


def painted(screen: Screen[Any]) -> list[Strip]:
    """The screen as it is painted, a strip for each row."""
    return screen._compositor.render_strips()


def log_count(log: Log | RichLog) -> int:
    """How many whole lines were ever written to a log, as far as it knows, since it was last cleared."""
    if isinstance(log, RichLog):
        return log._start_line + len(log.lines)
    return log.line_count


def log_lines(log: Log | RichLog, count: int) -> list[str]:
    """The last lines of a log."""
    if isinstance(log, RichLog):
        return [strip.text for strip in log.lines[len(log.lines) - count :]]
    end = log.line_count
    return [Text.from_ansi(line).plain for line in log.lines[max(0, end - count) : end]]
