"""A model's files out of packages and folders that hold them, whole or in pieces; hides where those lie."""

from __future__ import annotations

from collections.abc import Callable, Generator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from barrierfree.models.archives import put, read_member
from barrierfree.models.checking import Progress, SourceFailed
from barrierfree.models.model import Model, ModelFile
from barrierfree.models.staging import Stage
from barrierfree.wording import _

if TYPE_CHECKING:
    from zipfile import ZipFile

__all__ = ["Carrier", "in_folder", "in_zip", "joined"]

_BLOCK = 1 << 18

Carrier = Callable[[str], Generator[bytes, None, None]]
"""Gives the content of a file by its name there, in blocks."""


def in_zip(opened: ZipFile, folder: str) -> Carrier:
    """What lies in a folder of a zip; the folder ends in a slash, or is empty."""

    def content(member: str) -> Generator[bytes, None, None]:
        try:
            entry = opened.getinfo(folder + member)
        except KeyError as error:
            raise SourceFailed(_("{file} is not in it").format(file=member), damaged=True) from error
        return read_member(opened, entry)

    return content


def in_folder(folder: Path) -> Carrier:
    """What lies in a folder on the disk."""

    def content(member: str) -> Generator[bytes, None, None]:
        try:
            with (folder / member).open("rb") as file:
                while block := file.read(_BLOCK):
                    yield block
        except OSError as error:
            raise SourceFailed(
                _("{file} cannot be read: {error}").format(file=folder / member, error=error.strerror)
            ) from error

    return content


def joined(
    model: Model, stage: Stage, carried: list[tuple[Carrier, dict[str, str]]], progress: Progress
) -> tuple[ModelFile, ...]:
    """Put every file of a model together and check it.

    Args:
        model: Its files are made.
        stage: Where.
        carried: For each carrier, which of its members holds which file, or the next piece of it.
        progress: Told after every file.

    Raises:
        SourceFailed: A piece is missing, damaged or another one.
        OutputError: The disk is full.
    """
    stage.empty_tree()
    total, done = sum(file.size for file in model.files), 0
    for file in model.files:
        pieces = [content(members[file.name]) for content, members in carried if file.name in members]
        written = put(_no_longer_than(file, pieces), stage.tree, file.name)
        if written != file:
            raise _not_right(file)
        done += file.size
        progress(done, total, "unpack")
    return model.files


def _no_longer_than(
    file: ModelFile, pieces: list[Generator[bytes, None, None]]
) -> Generator[bytes, None, None]:
    left = file.size
    try:
        for block in chain.from_iterable(pieces):
            left -= len(block)
            if left < 0:
                raise _not_right(file)
            yield block
    finally:
        for piece in pieces:
            piece.close()


def _not_right(file: ModelFile) -> SourceFailed:
    return SourceFailed(_("{file} is not the file that was published").format(file=file.name), damaged=True)
