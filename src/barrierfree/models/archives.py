"""Files out of zips that may mean harm; hides zipfile and every trick a zip can play.

Names that lead outside the folder, links, devices, names that are one and the same on some systems,
encrypted entries, and zips that grow beyond measure are refused before anything is written.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from barrierfree.models.checking import Progress, SourceFailed
from barrierfree.models.model import ModelFile
from barrierfree.models.staging import cannot_write
from barrierfree.wording import _

if TYPE_CHECKING:
    import zipfile

__all__ = ["opened_zip", "put", "read_member", "unpack"]

_MOST_ENTRIES = 1000
"""Speech models have a few dozen files."""
_STEEPEST = 200
"""No file of a speech model shrinks to less than this part of its size."""
_SMALL = 1 << 20
"""Bytes. Files below this may shrink as much as they like."""
_WAYS = {0, 8}
"""Stored and deflated; the others are rare, and shrink harmless-looking zips even more."""
_BLOCK = 1 << 18
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?", re.IGNORECASE)
_BESIDES = "__MACOSX"
"""What macOS adds to the zips it makes."""


def unpack(archive: Path, into: Path, most: int, progress: Progress) -> tuple[ModelFile, ...]:
    """Unpack the one folder in a zip.

    Args:
        archive: The zip.
        into: An empty folder; it gets what is in the zip's folder.
        most: Bytes it may grow to.
        progress: Told about every piece.

    Returns:
        The files, with their hashes.

    Raises:
        SourceFailed: It is no zip, is damaged, or is not safe to unpack.
        OutputError: The disk is full.
    """
    with opened_zip(archive) as opened:
        entries = _checked(opened, most)
        total = sum(entry.file_size for _name, entry in entries)
        done = 0
        files = []
        for name, entry in entries:
            written = put(read_member(opened, entry), into, name)
            files.append(written)
            done += written.size
            progress(done, total, "unpack")
        return tuple(files)


@contextmanager
def opened_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """A zip, opened.

    Raises:
        SourceFailed: It is none.
    """
    import zipfile

    with _faults(path.name):
        opened = zipfile.ZipFile(path)
    with opened:
        yield opened


@contextmanager
def _faults(name: str) -> Iterator[None]:
    """Whatever Python's zip module trips over, as one error."""
    import struct
    import zipfile
    import zlib

    try:
        yield
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        zlib.error,
        struct.error,
        EOFError,
        LookupError,
        ValueError,
        OverflowError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as error:
        raise SourceFailed(
            _("{file} is no sound zip ({error})").format(file=_shown(name), error=error), damaged=True
        ) from error


def read_member(opened: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Generator[bytes, None, None]:
    """The content of one entry, in blocks; never more than it says it holds.

    Raises:
        SourceFailed: It is damaged.
    """
    with _faults(entry.filename):
        left = entry.file_size
        with opened.open(entry) as member:
            while block := member.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    break
                yield block
        if left:
            raise EOFError(_("not as long as it says"))


def put(blocks: Generator[bytes, None, None], into: Path, name: str) -> ModelFile:
    """Write a new file of a model, down to the disk, and close the blocks whatever happens.

    Raises:
        OutputError: The disk is full.
    """
    path = into / name
    digest = hashlib.sha256()
    with closing(blocks), cannot_write(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            for block in blocks:
                digest.update(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
            return ModelFile(name, file.tell(), digest.hexdigest())


def _checked(opened: zipfile.ZipFile, most: int) -> list[tuple[str, zipfile.ZipInfo]]:
    """Name in the model's folder and entry, of every file in the zip."""
    entries = [entry for entry in opened.infolist() if entry.filename.split("/")[0] != _BESIDES]
    if not 0 < len(entries) <= _MOST_ENTRIES:
        raise _unsafe(_("it has {number} entries").format(number=len(entries)))
    if sum(entry.file_size for entry in entries) > most:
        raise _unsafe(_("it would grow beyond {size} MB").format(size=most // 10**6))
    roots, taken = set(), set()
    files = []
    for entry in entries:
        parts = _parts(entry.filename)
        _check_kind(entry)
        roots.add(parts[0])
        if not entry.is_dir():
            files.append(("/".join(parts[1:]), entry))
            taken.add(_key("/".join(parts)))
    if len(taken) != len(files):
        raise _unsafe(_("a name occurs twice in it"))
    if any(_key(parent) in taken for name, _entry in files for parent in _parents(name, roots)):
        raise _unsafe(_("a name is both a file and a folder in it"))
    if len(roots) != 1 or not all(name for name, _entry in files) or not files:
        raise _unsafe(_("it does not hold one folder"))
    return files


def _check_kind(entry: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFDIR if entry.is_dir() else stat.S_IFREG}:
        raise _unsafe(_('"{name}" is a link or a device').format(name=_shown(entry.filename)))
    if entry.flag_bits & 0x2041:  # encrypted, strongly encrypted, or with an encrypted directory
        raise _unsafe(_("it is encrypted"))
    if entry.compress_type not in _WAYS:
        raise _unsafe(_("it is compressed in an unusual way"))
    if entry.is_dir() and entry.file_size:
        raise _unsafe(_('"{name}" is both a file and a folder').format(name=_shown(entry.filename)))
    if entry.file_size > max(_SMALL, _STEEPEST * entry.compress_size):
        raise _unsafe(_('"{name}" grows beyond measure').format(name=_shown(entry.filename)))


def _parts(name: str) -> list[str]:
    """The parts of an entry's name, when no system takes any of them for something else."""
    parts = name.removesuffix("/").split("/")
    for part in parts:
        if (
            part in {"", ".", ".."}
            or any(mark in part for mark in '\\:*?"<>|')
            or part[-1] in ". "
            or not part.isprintable()
            or _DEVICES.fullmatch(part)
            or len(part.encode()) > 200  # noqa: PLR2004  most systems allow 255
        ):
            raise _unsafe(_('the name "{name}" is not safe').format(name=_shown(name)))
    return parts


def _key(name: str) -> str:
    """The same for names that are one file where capitals or accents' encodings do not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def _parents(name: str, roots: set[str]) -> Iterator[str]:
    parts = name.split("/")[:-1]
    for root in roots:
        yield root
        for end in range(1, len(parts) + 1):
            yield "/".join((root, *parts[:end]))


def _unsafe(why: str) -> SourceFailed:
    return SourceFailed(_("the zip is refused: {reason}").format(reason=why), damaged=True)


def _shown(name: str) -> str:
    """A name that may be printed: a zip must not write to the user's terminal."""
    return ascii(name)[1:-1][:80]
