"""What happens in one app, told to a reader; hides messages, marks, and when a look is worth its time.

Messages only leave marks. A moment later, when a burst of them is over, one look compares what is there with
what was there, so nothing here knows how any single widget behaves.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import replace
from enum import IntEnum
from typing import Any, Final

from textual import events, messages
from textual.app import App
from textual.message import Message
from textual.notifications import Notification, Notify
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, ListView, OptionList, Tab, TabbedContent, Tabs, TextArea

from barrierfree.reading.commands import ReaderCommands
from barrierfree.reading.phrasing import Reason, describe, is_dialog
from barrierfree.reading.reader import Reader
from barrierfree.semantics import Live, Node, Role
from barrierfree.tui import hooks
from barrierfree.tui.live import LiveRegions
from barrierfree.tui.news import shortened
from barrierfree.tui.regions import is_displayed
from barrierfree.tui.surface import reading_order
from barrierfree.tui.text import plain
from barrierfree.tui.tree import controls_of, node_of, screen_node, within_of
from barrierfree.wording import _

__all__ = ["AppWatch"]

_SOON: Final = 0.02
"""Seconds from what the user did to the look at what came of it: long enough for a burst to be over."""
_HUSH: Final = 0.012
"""Seconds from a key to silence: so long the app has it for itself."""
_LATER: Final = 0.1
"""The same for what the app did by itself."""
_SHARE: Final = 20
"""Looks at what the app does by itself take at most one part in so many of its time."""
_COMPOSING: Final = 25
"""A screen that is still being made is looked at again so many times before it is read as it is."""
_ANSWER: Final = 0.7
"""Seconds after a key in which what moves elsewhere is taken for what the key moved."""


_TOASTS: Final = frozenset({Role.ALERT, Role.STATUS})


class _Kind(IntEnum):
    """What a message is to us."""

    NOTHING = 0
    OTHER = 1
    USER = 2
    """Follows something the user did, or moves the focus or the screen."""
    PAINT = 3
    PLACE = 4
    """Some widget came, was shown or was hidden."""
    TOAST = 5
    MOVED = 6
    """Another item of a list is the active one."""
    TURNED = 7
    """Another tab is."""


_KINDS: Final[dict[type[Message], _Kind]] = {}
_ORDER: Final[tuple[tuple[tuple[type[Message], ...], _Kind], ...]] = (
    ((messages.Update, messages.Layout), _Kind.PAINT),
    ((events.Mount, events.Show, events.Hide), _Kind.PLACE),
    ((Notify,), _Kind.TOAST),
    ((OptionList.OptionHighlighted, ListView.Highlighted), _Kind.MOVED),
    ((TabbedContent.TabActivated, Tabs.TabActivated), _Kind.TURNED),
    ((events.Key, events.Paste, events.MouseDown, events.MouseUp, events.Click), _Kind.USER),
    ((events.Focus, events.Blur, events.ScreenResume, events.AppFocus, events.AppBlur), _Kind.USER),
    (
        (
            events.MouseEvent, events.Timer, events.Idle, events.Callback, events.Enter, events.Leave,
            messages.InvokeLater, messages.UpdateScroll, messages.Prompt, messages.CloseMessages,
            messages.Prune, messages.ScrollToRegion,
        ),
        _Kind.NOTHING,
    ),
)  # fmt: skip


def _kind_of(kind: type[Message]) -> _Kind:
    found = next((answer for kinds, answer in _ORDER if issubclass(kind, kinds)), _Kind.OTHER)
    _KINDS[kind] = found
    return found


class AppWatch:
    """Watches one app, and tells a reader.

    Args:
        app: The app.
        reader: Says what is news.
        commands: Has the keys that are for the reader, and not for the app.
        faults: Takes what goes wrong in here: an app never suffers from it.
    """

    def __init__(
        self, app: App[Any], reader: Reader, commands: ReaderCommands, faults: deque[Exception]
    ) -> None:
        self._app = app
        self._reader = reader
        self._commands = commands
        self._foreign = ""
        """The last key that was the app's; empty for a mouse button."""
        self._hushing: asyncio.TimerHandle | None = None
        self._faults = faults
        self._live = LiveRegions(reader)
        self._marked: dict[Widget, None] = {}
        """What was painted, or came or went; in that order."""
        self._moved: Widget | None = None
        self._active: Node | None = None
        self._toasts: list[Notification] = []
        self._stirred = False
        """Anything but paint has happened."""
        self._screen: Screen[Any] | None = None
        self._composing = 0
        self._timer: asyncio.TimerHandle | None = None
        self._soon = False
        self._cost = 0.0
        self._stopped = False

    def message(self, message: Message) -> None:
        """Leave a mark. Called for every message of the app, so it does as little as can be."""
        kind = _KINDS.get(type(message))
        if kind is None:
            kind = _kind_of(type(message))
        if kind == _Kind.NOTHING:
            return
        if kind == _Kind.PAINT:
            self._marked[message.widget] = None  # type: ignore[attr-defined]
        else:
            self._stirred = True
            if kind == _Kind.PLACE:
                place = hooks.pump()
                if isinstance(place, Widget):
                    self._marked[place] = None
            elif kind == _Kind.TOAST:
                self._toasts.append(message.notification)  # type: ignore[attr-defined]
            elif kind == _Kind.MOVED:
                self._moved = message.control  # type: ignore[assignment]
            elif kind == _Kind.TURNED:
                self._moved = message.tab  # type: ignore[attr-defined]
        if self._timer is None or (kind == _Kind.USER and not self._soon):
            self._look_in(
                _SOON if kind == _Kind.USER else max(_LATER, _SHARE * self._cost), kind == _Kind.USER
            )

    def incoming(self, message: Message) -> bool:
        """A key: is it for the reader? If not, what is being said about the past stops a moment later."""
        if not isinstance(message, events.Key | events.Paste | events.MouseDown):
            return False
        self._live.touched = time.monotonic()
        self._hush()
        if isinstance(message, events.Key) and not self._is_foreign(message.key):
            return self._command(message.key)
        # Only once the app has had it for itself: silence can wait so long, typing cannot.
        self._foreign = message.key if isinstance(message, events.Key) else ""
        self._hushing = asyncio.get_running_loop().call_later(_HUSH, self._hush)
        return False

    def _is_foreign(self, key: str) -> bool:
        """Whether a key is none of the reader's, as far as can be told at once."""
        keymap = self._commands.keymap
        return not (keymap.prefix or self._commands.takes_every_key or keymap.command(key))

    def _command(self, key: str) -> bool:
        """Tell the reader of a key, or of a mouse button where there is none: is it for the reader?"""
        try:
            with hooks.within(self._app):
                if key:
                    return self._commands.key(key)
                self._reader.key()
        except Exception as fault:  # noqa: BLE001  whatever it is, the key is the app's
            self._faults.append(fault)
        return False

    def _hush(self) -> None:
        """Tell the reader of the last key that was the app's, if it has not been told yet."""
        if self._hushing:
            self._hushing.cancel()
            self._hushing = None
            self._command(self._foreign)

    def stop(self) -> None:
        """Look no more."""
        self._stopped = True
        for timer in (self._timer, self._hushing):
            if timer:
                timer.cancel()

    def _look_in(self, seconds: float, soon: bool) -> None:  # noqa: FBT001
        if self._stopped:
            return
        if self._timer:
            self._timer.cancel()
        self._soon = soon
        self._timer = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        """See what has become of it all. Never raises, and does nothing for an app that is ending."""
        self._timer = None
        self._soon = False
        began = time.perf_counter()
        try:
            if hooks.has_screen(self._app) and not hooks.is_leaving(self._app):
                with hooks.within(self._app):
                    self._tell()
        except Exception as fault:  # noqa: BLE001  a widget may go, or raise, while it is being read
            self._faults.append(fault)
        self._cost = time.perf_counter() - began
        if self._timer is None and self._live.due is not None:
            self._look_in(self._live.due, soon=False)

    def _tell(self) -> None:
        screen = self._app.screen
        if screen is not self._screen and not self._enter(screen):
            return
        marked, self._marked = self._marked, {}
        stirred, self._stirred = self._stirred, False
        focused = screen.focused
        if stirred or (focused and any(focused in one.ancestors_with_self for one in marked)):
            self._tell_focus(focused)
        self._tell_moved(screen, focused)
        for toast in self._take_toasts():
            self._announce(toast)
        self._live.look(marked, focused)

    def _enter(self, screen: Screen[Any]) -> bool:
        """Another screen is shown; False while it is still being made."""
        if not (screen.is_mounted and screen.is_running) and self._composing < _COMPOSING:
            self._composing += 1
            self._look_in(_SOON, soon=True)
            return False
        self._composing = 0
        self._screen = screen
        self._active = None
        node = screen_node(screen)
        self._reader.screen(node)
        if not is_dialog(node) and screen.focused is None and not controls_of(screen):
            # Nothing will be said of any control, so this is all there is to hear.
            self._reader.announce(shortened(_all_of(node)), reason="screen")
        self._live.enter(screen)
        self._marked.clear()
        self._stirred = True
        return True

    def _tell_focus(self, focused: Widget | None) -> None:
        if focused is None:
            self._reader.focus(None)
        else:
            self._reader.focus(node_of(focused), within_of(focused))

    def _tell_moved(self, screen: Screen[Any], focused: Widget | None) -> None:
        """An item moves in a list while the keys go elsewhere: a palette, suggestions, tabs of a shortcut."""
        moved, self._moved = self._moved, None
        if moved is None or not moved.is_attached or moved.screen is not screen or not is_displayed(moved):
            return
        if focused in moved.ancestors_with_self:  # told as what has the focus
            return
        turned = isinstance(moved, Tab)
        typing = isinstance(focused, Input | TextArea) and not turned
        if typing or time.monotonic() - self._live.touched < _ANSWER:
            active = node_of(moved) if turned else node_of(moved).active
            self._tell_active(active)

    def _tell_active(self, active: Node | None) -> None:
        """Say which item it is now; a list that is filled anew with the same is no news."""
        seen = active and replace(active, key=None, bounds=None)
        if active and seen != self._active:
            self._reader.active(active)
        self._active = seen

    def _take_toasts(self) -> list[Notification]:
        toasts, self._toasts = self._toasts, []
        return toasts

    def _announce(self, toast: Notification) -> None:
        kinds = {"warning": _("warning"), "error": _("error")}
        words = (kinds.get(toast.severity, ""), plain(toast.title), plain(toast.message))
        urgent = Live.POLITE if toast.severity == "information" else Live.ASSERTIVE
        self._reader.announce(": ".join(word for word in words if word), urgent, reason="toast")


def _all_of(screen: Node) -> str:
    """What a screen says, but for toasts, which speak for themselves."""
    nodes = (node for node in reading_order(screen) if node.role not in _TOASTS)
    return "\n".join(filter(None, (describe(node, Reason.SAY_ALL).text for node in nodes)))
