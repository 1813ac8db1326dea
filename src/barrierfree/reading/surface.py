"""What reader keys work on, whichever kind of screen it is; hides Textual, terminals and windows from them.

All methods are called where keys arrive: in an app on its own thread, never from a thread of ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from barrierfree.semantics import Node

__all__ = ["Surface"]


class Surface(Protocol):
    """One screen as it is now. What a kind of screen does not have is empty, None or False."""

    def rows(self) -> Sequence[str]:
        """The painted screen, one text per row; :mod:`cells` tells which cell a character is in."""
        ...

    def cursor(self) -> tuple[int, int] | None:
        """Cell of the cursor (column, row, from 0); in an app without one, of what has the focus."""
        ...

    def mouse(self) -> tuple[int, int] | None:
        """Cell where the mouse is (column, row, from 0)."""
        ...

    def node_at(self, column: int, row: int) -> Node | None:
        """What is painted in a cell."""
        ...

    def focused(self) -> Node | None:
        """What has the focus."""
        ...

    def within(self) -> Sequence[Node]:
        """What the focus is inside of, outermost first."""
        ...

    def controls(self) -> Sequence[Node]:
        """All that can have the focus, in order."""
        ...

    def document(self) -> Sequence[Node]:
        """What there is to read, in reading order: headings, paragraphs, links, tables with their rows."""
        ...

    def go_to(self, node: Node) -> bool:
        """Give it the focus, or scroll to it; False when it is gone, or neither is possible."""
        ...

    def title(self) -> str:
        """What the screen or window is called."""
        ...

    def commands_shown(self) -> Sequence[Node]:
        """The keys the program itself offers (role COMMAND: its name is what one does, its value the key)."""
        ...

    def copy(self, text: str) -> bool:
        """Put a text on the clipboard; False when there is none."""
        ...
