"""What has been said lately, to be found again; hides how much is kept."""

from __future__ import annotations

import threading
import time
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from barrierfree.speech.utterance import Utterance

__all__ = ["History", "Said"]

KEPT: Final = 1000
"""Utterances that are kept."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that has been said, or at least begun."""

    utterance: Utterance
    time: float = field(default_factory=time.time)
    """When it began, in seconds since 1970."""

    @property
    def text(self) -> str:
        """What was said."""
        return self.utterance.text


class History:
    """The last thousand utterances, the oldest first; any thread may read it while others speak."""

    def __init__(self, kept: int = KEPT) -> None:
        self._said: deque[Said] = deque(maxlen=kept)
        self._lock = threading.Lock()

    def add(self, said: Said) -> None:
        """Remember what is being said; the oldest is forgotten for it."""
        with self._lock:
            self._said.append(said)

    def search(self, text: str) -> list[Said]:
        """What has this text in it, the latest first; upper and lower case, wide and narrow are the same."""
        wanted = _plain(text)
        return [said for said in reversed(self._all()) if wanted in _plain(said.text)]

    @property
    def last(self) -> Said | None:
        """What was begun last."""
        said = self._all()
        return said[-1] if said else None

    def __len__(self) -> int:
        return len(self._said)

    def __iter__(self) -> Iterator[Said]:
        return iter(self._all())

    def __getitem__(self, place: int) -> Said:
        return self._all()[place]

    def _all(self) -> list[Said]:
        with self._lock:
            return list(self._said)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
