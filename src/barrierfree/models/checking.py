"""Whether a file is the one the catalogue names; hides hashes, and what is said when it is another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from barrierfree.models.model import Archive, ModelFile

__all__ = ["Progress", "SourceFailed", "is_whole", "no_progress", "sha256_of"]

_BLOCK = 1 << 20

Progress = Callable[[int, int, str], None]
"""Called with bytes done, bytes in all, and what is going on: "download", "unpack" or "check"."""


def no_progress(done: int, total: int, what: str) -> None:
    """For those who do not ask."""


class SourceFailed(Exception):
    """One place does not have the model, or not the right one; the next may.

    Args:
        reason: A short clause, in the user's language.
        absent: The place answers, but has nothing under that name.
        damaged: It has something else under that name.
    """

    def __init__(self, reason: str, *, absent: bool = False, damaged: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.absent = absent
        self.damaged = damaged


def is_whole(path: Path, expected: ModelFile | Archive, progress: Progress = no_progress) -> bool:
    """True when a file has the size and the hash it should have.

    Raises:
        OSError: It is there, but cannot be read.
    """
    try:
        if path.stat().st_size != expected.size:
            return False
    except FileNotFoundError:
        return False
    if expected.sha256:
        return _digest(path, "sha256", progress) == expected.sha256
    return isinstance(expected, Archive) and _digest(path, "md5", progress) == expected.md5


def sha256_of(path: Path) -> str:
    """The hash of a file.

    Raises:
        OSError: It cannot be read.
    """
    return _digest(path, "sha256", no_progress)


def _digest(path: Path, algorithm: str, progress: Progress) -> str:
    # md5 is what the publisher gives for some archives; it tells damage, which is what it is used for.
    digest = hashlib.new(algorithm, usedforsecurity=False)
    size = path.stat().st_size
    with path.open("rb") as file:
        for block in _blocks(file):
            digest.update(block)
            progress(file.tell(), size, "check")
    return digest.hexdigest()


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block
