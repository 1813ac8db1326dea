"""How long a busy Python thread keeps the device's thread waiting; hides the interpreter's switch interval.

A device asks for sound every 10 ms, in a thread that needs the interpreter. A Python thread that is busy lets
go of it after 5 ms by default, too late too often: with one such thread 4 s of sound had 160 gaps (PulseAudio
16). When it has to after 1 ms there are none, and two busy threads lose some five percent of their speed. So
turns are short, in the whole process, while a device runs, and only then.
"""

from __future__ import annotations

import sys
import threading
from typing import Final

__all__ = ["ShortTurns"]

_SHORT: Final = 0.001
_lock = threading.Lock()
_wanting: set[ShortTurns] = set()
_usual = 0.0


class ShortTurns:
    """Somebody who wants turns to be short, now and then; the last to go restores what was usual."""

    def begin(self) -> None:
        """From now on."""
        global _usual  # noqa: PLW0603  the interval belongs to the process
        with _lock:
            if not _wanting:
                _usual = sys.getswitchinterval()
                sys.setswitchinterval(min(_usual, _SHORT))
            _wanting.add(self)

    def end(self) -> None:
        """No longer. A program that has meanwhile chosen an interval itself keeps it."""
        with _lock:
            if self in _wanting:
                _wanting.remove(self)
                if not _wanting and abs(sys.getswitchinterval() - min(_usual, _SHORT)) < _SHORT / 1000:
                    sys.setswitchinterval(_usual)
