"""A transcript onto the disk, whole or not at all; hides temporary files, permissions and full disks."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Unpack

from barrierfree.errors import UnknownFormat
from barrierfree.locking import locked
from barrierfree.transcription.transcript import Transcript
from barrierfree.transcription.writers import WriteOptions, formats, write
from barrierfree.wording import _
from barrierfree.writing import unwritable

__all__ = ["save"]


def save(
    transcript: Transcript,
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002  the word everybody uses for it
    **options: Unpack[WriteOptions],
) -> Path:
    """Write a transcript to a file.

    The file is there whole or not at all, even when the power fails: an older one of that name stays
    until the new one is safe. Missing folders are made. What is no ordinary file, such as a pipe, is
    written to directly.

    Args:
        transcript: What was said.
        path: Where it goes.
        format: One of :func:`~barrierfree.transcription.writers.formats`; None goes by the suffix.
        options: See :class:`~barrierfree.transcription.writers.WriteOptions`.

    Returns:
        The path.

    Raises:
        UnknownFormat: There is no such format, or the package it needs is missing.
        OutputError: The disk is full, the folder is read-only, the name is taken by a folder…
    """
    path = Path(path)
    pieces = write(transcript, format or _format_of(path), **options)
    try:
        _put(pieces, path)
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def _format_of(path: Path) -> str:
    suffix = path.suffix.lower().removeprefix(".")
    if not suffix:
        raise UnknownFormat(
            _('The name "{file}" does not say which format is meant.').format(file=path.name),
            hint=_("Give it one of these endings: {names}.").format(
                names=", ".join(f".{name}" for name in formats())
            ),
        )
    return suffix


def _put(pieces: Iterable[bytes], path: Path) -> None:
    # A link stays a link: what it points to is replaced.
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        mode = None
    if mode is None or stat.S_ISREG(mode):
        _replace(pieces, target, mode)
    else:
        with target.open("wb") as file:
            file.writelines(pieces)


def _replace(pieces: Iterable[bytes], target: Path, mode: int | None) -> None:
    """Write beside the target, then take its name; mode is that of the file already there."""
    if mode is not None and not os.access(target, os.W_OK):
        # Taking its name would get round the protection its owner gave it.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    beside, file = _beside(target)
    try:
        with file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
            if mode is not None:
                beside.chmod(stat.S_IMODE(mode))
            if os.name != "nt":
                beside.replace(target)  # while it is locked, so that nobody else begins to write into it
        if os.name == "nt":
            beside.replace(target)  # there, an open file cannot be renamed
    except BaseException:
        # Ctrl-C as well: nothing half-written stays behind.
        beside.unlink(missing_ok=True)
        raise
    _make_name_last(target.parent)


def _beside(target: Path) -> tuple[Path, IO[bytes]]:
    """A file beside the target, empty and locked: the one that a killed run left, where there is one."""
    # A digest, because the target's own name may already be as long as names can be.
    named, chance = sha256(os.fsencode(target.name)).hexdigest()[:16], secrets.token_hex(8)
    if os.name != "nt":
        path = target.with_name(f".barrierfree-{named}.part")
        file = path.open("ab")
        here = os.fstat(file.fileno())
        with suppress(FileNotFoundError):
            # Not through a link, which anybody may have put there where anybody may write.
            if locked(file) and os.path.samestat(here, path.lstat()) and here.st_nlink == 1:
                file.truncate(0)
                return path, file
        file.close()  # another process is writing the same result just now
    path = target.with_name(f".barrierfree-{chance}.part")
    return path, path.open("xb")


def _make_name_last(folder: Path) -> None:
    """Bring the new name itself to the disk, on systems where a folder can be opened."""
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # A folder that may be written but not read; the name reaches the disk a little later.
    try:
        os.fsync(handle)
    except OSError:
        pass  # Some network file systems cannot; the content is safe all the same.
    finally:
        os.close(handle)
