"""A line of JSON for every utterance, as tests and reports of faults need it; hides the file.

Each line is an object with ``time`` (ISO 8601, with the offset from UTC), ``text``, ``language`` (as asked
for, or the speaker's), ``priority``, ``reason`` and ``engine``. A line is written whole when its utterance
begins, so several programs may write into one file.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from barrierfree.errors import OutputError
from barrierfree.speech.history import Said
from barrierfree.wording import _

__all__ = ["Recorder", "open_recorder", "tell_watchers", "watchers"]

_VARIABLE: Final = "BARRIERFREE_SPEECH_LOG"


watchers: list[Callable[[Said], None]] = []
"""Called with everything that any speaker of this program begins to say; for tests."""


def tell_watchers(said: Said) -> None:
    """Tell those who watch the speech of the whole program."""
    for watcher in tuple(watchers):
        watcher(said)


class Recorder:
    """Appends to a file.

    Raises:
        OutputError: It cannot be written.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._file: int | None = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | _CLOSED, 0o600)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise OutputError(
                _("{file} cannot be written: {error}.").format(file=path, error=reason),
                hint=_("Correct or unset {name}.").format(name=_VARIABLE),
            ) from error
        self._lock = threading.Lock()

    def add(self, said: Said, language: str, engine: str) -> None:
        """Write down what is being said. A full disk is no reason to stop speaking: the line is lost."""
        line = {
            "time": datetime.fromtimestamp(said.time, UTC).astimezone().isoformat(timespec="milliseconds"),
            "text": said.text,
            "language": language,
            "priority": said.utterance.priority.name,
            "reason": said.utterance.reason,
            "engine": engine,
        }
        try:
            written = json.dumps(line, ensure_ascii=False).encode("utf-8")
        except UnicodeEncodeError:  # half a surrogate pair has no UTF-8
            written = json.dumps(line).encode("ascii")
        with self._lock:
            if self._file is not None:
                try:
                    os.write(self._file, written + b"\n")
                except OSError:
                    return

    def close(self) -> None:
        """Write no more; may be called twice."""
        with self._lock:
            if self._file is not None:
                os.close(self._file)
                self._file = None


_CLOSED = getattr(os, "O_CLOEXEC", 0)


def open_recorder(path: str | os.PathLike[str] | None) -> Recorder | None:
    """A recorder for a file, or for the one ``BARRIERFREE_SPEECH_LOG`` names; None when there is neither.

    Raises:
        OutputError: The file cannot be written.
    """
    named = path or os.environ.get(_VARIABLE)
    return Recorder(Path(named).expanduser()) if named else None
