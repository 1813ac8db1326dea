"""A connection to Speech Dispatcher; hides its lines, its numbers, and events that come in between.

SSIP is lines of UTF-8 that end in CR LF. An answer is any number of lines "nnn-text" and a last one
"nnn text": 2xx is fine, 7xx is an event of a message, the rest are errors.
"""

from __future__ import annotations

import select
import socket
from collections import deque
from typing import Final, NamedTuple

from barrierfree.errors import EngineFailed
from barrierfree.wording import _

__all__ = ["Event", "Ssip"]

_SECONDS: Final = 10.0
"""How long an answer may take."""
_EVENTS: Final = {"700": "mark", "701": "begin", "702": "end", "703": "cancel"}


class Event(NamedTuple):
    """What has become of a message."""

    kind: str
    """"begin", "mark", "end", "cancel", or the number of another one."""
    message: str
    mark: str = ""


class Ssip:
    """One connection.

    Args:
        family: Of the socket.
        address: A path, or a host and a port.

    Raises:
        OSError: Nobody listens there.
    """

    def __init__(self, family: int, address: str | tuple[str, int]) -> None:
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        try:
            self._socket.settimeout(_SECONDS)
            self._socket.connect(address)
        except OSError:
            self._socket.close()
            raise
        self._pending = b""
        self._lines: list[str] = []
        self._answers: deque[list[str]] = deque()
        self._events: deque[Event] = deque()

    def ask(self, command: str) -> list[str]:
        """Send a command; the lines of its answer without their numbers, the last one's text last.

        Raises:
            EngineFailed: It was refused, or the service has gone.
        """
        try:
            self._socket.sendall(command.encode() + b"\r\n")
        except OSError as error:
            raise _gone(str(error)) from error
        while not self._answers:
            if not self._read(_SECONDS):
                raise _gone(_("no answer"))
        answer = self._answers.popleft()
        if not answer[-1].startswith("2"):
            raise EngineFailed(
                _("Speech Dispatcher refused: {error}").format(error=answer[-1]),
                hint=_("Look at its settings: spd-conf"),
            )
        return [line[4:] for line in answer]

    def event(self, seconds: float) -> Event | None:
        """The next event; None when there is none within some seconds.

        Raises:
            EngineFailed: The service has gone.
        """
        if not self._events:
            self._read(seconds)
        return self._events.popleft() if self._events else None

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _read(self, seconds: float) -> bool:
        """Take in what has arrived; False when nothing does."""
        if not select.select([self._socket], [], [], seconds)[0]:
            return False
        try:
            piece = self._socket.recv(1 << 16)
        except OSError as error:
            raise _gone(str(error)) from error
        if not piece:
            raise _gone(_("it has ended"))
        *lines, self._pending = (self._pending + piece).split(b"\r\n")
        for line in lines:
            self._take(line.decode(errors="replace"))
        return True

    def _take(self, line: str) -> None:
        self._lines.append(line)
        if line[3:4] == "-":
            return
        lines, self._lines = self._lines, []
        if line.startswith("7"):
            told = [part[4:] for part in lines[:-1]]
            kind = _EVENTS.get(line[:3], line[:3])
            self._events.append(Event(kind, told[0], told[2] if kind == "mark" else ""))
        else:
            self._answers.append(lines)


def _gone(error: str) -> EngineFailed:
    return EngineFailed(
        _("Speech Dispatcher does not answer: {error}").format(error=error),
        hint=_("Start it again, or use another voice engine: barrierfree voices"),
    )
