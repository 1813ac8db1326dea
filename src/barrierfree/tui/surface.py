"""A Textual app as reader keys see it; hides widgets, the compositor, and what can be gone to.

It is asked in the app's own event loop, and always about the screen that is shown now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from textual.app import App
from textual.errors import NoWidget
from textual.screen import Screen

from barrierfree.semantics import Node, Role
from barrierfree.tui import hooks
from barrierfree.tui.text import plain
from barrierfree.tui.tree import controls_of, do, find, node_of, owner_of, screen_node, within_of
from barrierfree.tui.widgets.frames import commands_of

__all__ = ["TextualSurface", "reading_order"]

_CONTAINERS: Final = frozenset(
    {
        Role.GENERIC,
        Role.GROUP,
        Role.REGION,
        Role.APPLICATION,
        Role.WINDOW,
        Role.DIALOG,
        Role.TABPANEL,
        Role.DOCUMENT,
    }
)
"""What is read by what is in it."""


class TextualSurface:
    """The screen that an app shows now; see :class:`barrierfree.reading.surface.Surface`.

    Args:
        app: The app, running.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app

    @property
    def _screen(self) -> Screen[Any]:
        return self._app.screen

    def rows(self) -> Sequence[str]:
        """The painted screen."""
        return [strip.text for strip in hooks.painted(self._screen)]

    def cursor(self) -> tuple[int, int] | None:
        """Where the app has put the cursor for whatever has the focus, or else where that begins."""
        focused = self._screen.focused
        if focused is None:
            return None
        x, y = self._app.cursor_position
        if focused.region.contains(x, y):
            return x, y
        return focused.region.x, focused.region.y

    def mouse(self) -> tuple[int, int] | None:
        """Where the mouse was seen last."""
        return self._app.mouse_position.x, self._app.mouse_position.y

    def node_at(self, column: int, row: int) -> Node | None:
        """What is painted in a cell: the innermost thing that says anything, an item of a list included."""
        try:
            widget, _region = self._screen.get_widget_at(column, row)
        except NoWidget:
            return None
        return node_of(owner_of(widget))

    def focused(self) -> Node | None:
        """What has the focus."""
        focused = self._screen.focused
        return node_of(focused) if focused else None

    def within(self) -> Sequence[Node]:
        """What the focus is inside of."""
        focused = self._screen.focused
        return within_of(focused) if focused else ()

    def controls(self) -> Sequence[Node]:
        """All that Tab goes to."""
        return [node_of(widget) for widget in controls_of(self._screen)]

    def document(self) -> Sequence[Node]:
        """All that the screen says, in reading order."""
        return list(reading_order(screen_node(self._screen)))

    def go_to(self, node: Node) -> bool:
        """Give it the focus, or scroll to it."""
        screen = self._screen
        widget = find(node, screen)
        if widget is None:
            return False
        widget.scroll_visible(animate=False)
        if widget.focusable:
            screen.set_focus(widget)
        for action in ("focus", "select"):
            if action in node.actions and do(node, action):
                return True
        return True

    def title(self) -> str:
        """What the screen is called, or else the app."""
        return plain(self._screen.title) or plain(self._app.title)

    def commands_shown(self) -> Sequence[Node]:
        """The keys that a footer would list, in its order."""
        return commands_of(self._screen)

    def copy(self, text: str) -> bool:
        """Put a text on the clipboard of the terminal, and on the app's own."""
        self._app.copy_to_clipboard(text)
        return True


def reading_order(screen: Node) -> Iterator[Node]:
    """What is on a screen, in the order in which it is read: containers are read by what is in them."""
    waiting = [screen]
    while waiting:
        node = waiting.pop()
        if node.role in _CONTAINERS:
            waiting.extend(reversed(node.children))
        else:
            yield node
