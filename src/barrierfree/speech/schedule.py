"""Who speaks next; hides the order in which utterances of different priorities are said.

Pure rules without threads, clocks or sound, for whatever is to be said:

- NOW comes first and interrupts everything but another NOW, which it follows;
- what was interrupted goes on when the NOWs are done, before anything else;
- NEXT comes before NORMAL, each in the order of arrival;
- PROGRESS comes last, and only the latest: an older one that still waits is superseded.

    >>> waiting = Schedule()
    >>> for priority in (Priority.NORMAL, Priority.NEXT, Priority.NOW):
    ...     _ = waiting.add(priority.name.lower(), priority)
    >>> waiting.take(), waiting.take(), waiting.take(), waiting.take()
    ('now', 'next', 'normal', None)
"""

from __future__ import annotations

from collections import deque
from typing import Generic, TypeVar

from barrierfree.speech.utterance import Priority

__all__ = ["Schedule", "interrupts"]

Entry = TypeVar("Entry")


def interrupts(coming: Priority, speaking: Priority) -> bool:
    """Whether what comes may not wait until what is being said has ended."""
    return coming is Priority.NOW and speaking is not Priority.NOW


class Schedule(Generic[Entry]):
    """What waits to be said. For one thread at a time."""

    def __init__(self) -> None:
        self._now: deque[Entry] = deque()
        self._interrupted: deque[Entry] = deque()
        self._next: deque[Entry] = deque()
        self._normal: deque[Entry] = deque()
        self._progress: deque[Entry] = deque()
        self._in_order = (self._now, self._interrupted, self._next, self._normal, self._progress)

    def __len__(self) -> int:
        return sum(map(len, self._in_order))

    def add(self, entry: Entry, priority: Priority) -> list[Entry]:
        """Let it wait for its turn.

        Returns:
            What will not be said because of it: a PROGRESS that still waited.
        """
        queue = {
            Priority.NOW: self._now,
            Priority.NEXT: self._next,
            Priority.NORMAL: self._normal,
            Priority.PROGRESS: self._progress,
        }[priority]
        superseded = list(queue) if priority is Priority.PROGRESS else []
        if superseded:
            queue.clear()
        queue.append(entry)
        return superseded

    def put_back(self, entry: Entry, priority: Priority) -> list[Entry]:
        """Let what was interrupted go on as soon as what interrupted it is done.

        Returns:
            What will not be said: the entry itself, if it is a PROGRESS and a later one waits.
        """
        if priority is Priority.PROGRESS:
            if self._progress:
                return [entry]
            self._progress.append(entry)
        elif priority is Priority.NOW:
            self._now.appendleft(entry)
        else:
            self._interrupted.appendleft(entry)
        return []

    def take(self) -> Entry | None:
        """What is to be said next, which then no longer waits; None when nothing does."""
        for queue in self._in_order:
            if queue:
                return queue.popleft()
        return None

    def clear(self) -> list[Entry]:
        """Let nothing wait any more.

        Returns:
            What waited, in the order it would have been said.
        """
        waited = [entry for queue in self._in_order for entry in queue]
        for queue in self._in_order:
            queue.clear()
        return waited
