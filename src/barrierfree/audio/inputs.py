"""Where the bytes of a recording come from: a file, a pipe, a file that still grows; hides which.

The decoder is only ever given one of these objects, never a name. So nothing inside a file (a playlist,
a reference) can make it open another file or the network.
"""

from __future__ import annotations

import stat
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

from barrierfree.errors import UnreadableAudio
from barrierfree.wording import _

__all__ = ["ByteSource", "counts_its_frames", "lacks_its_end", "open_bytes"]

_PATIENCE = 5.0
"""Seconds without a new byte after which a growing file counts as finished."""
_LOOK_AGAIN = 0.2
_UNKNOWN_LENGTH = 0x7FFF_0000


class ByteSource(Protocol):
    """What the decoder reads from; ``seek`` and ``tell`` exist only where they work."""

    name: str

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes; none at the end."""

    def close(self) -> None:
        """Let go of the file."""


def open_bytes(source: str, *, follow: bool) -> ByteSource:
    """The bytes of a recording.

    Args:
        source: Path of a file; "-" for standard input.
        follow: Wait for more at the end of the file, until nothing has come for five seconds.

    Raises:
        UnreadableAudio: The file is missing, a folder, empty or not readable.
    """
    if source == "-":
        return _pipe(sys.stdin.buffer)
    file = _opened(Path(source))
    return _Growing(file) if follow else _Seekable(file) if file.seekable() else _Pipe(file)


def _opened(path: Path) -> IO[bytes]:
    name = _shown(path)
    try:
        if path.is_dir():
            raise UnreadableAudio(_("{file} is a folder.").format(file=name))
        file = path.open("rb")
    except FileNotFoundError as error:
        raise UnreadableAudio(
            _("{file} does not exist.").format(file=name), hint=_("Check the name for a typing mistake.")
        ) from error
    except PermissionError as error:
        raise UnreadableAudio(
            _("{file} may not be read by you.").format(file=name), hint=_("Check the file's permissions.")
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        raise UnreadableAudio(_("{file} cannot be opened: {error}").format(file=name, error=error)) from error
    mode = path.stat()
    if stat.S_ISREG(mode.st_mode) and mode.st_size == 0:
        file.close()
        raise UnreadableAudio(_("{file} is empty.").format(file=name))
    return file


def _shown(path: Path) -> str:
    """The path for a message: names that are not valid text must not break it."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


def _pipe(stream: IO[bytes]) -> ByteSource:
    seekable = False
    with suppress(OSError, ValueError):
        # `barrierfree transcribe - < file`: a file after all, whose end can be looked at.
        seekable = stream.seekable() and stream.tell() == 0
    return _Seekable(stream) if seekable else _Pipe(stream)


class _Pipe:
    """Bytes that can be read once; has no ``seek``, which is how the decoder knows."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.name = ""

    def read(self, size: int) -> bytes:
        return self._file.read(size)

    def close(self) -> None:
        if self._file is not sys.stdin.buffer:
            self._file.close()


class _Seekable(_Pipe):
    """A file on disk."""

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def look(self, at: int, size: int) -> bytes:
        """Some bytes from anywhere; only once the decoder is done with the file."""
        self._file.seek(at)
        return self._file.read(size)


class _Growing(_Pipe):
    """A file that another program is still writing.

    It has no ``seek``: a decoder that looked at the end of it would believe the length it finds there.
    """

    def read(self, size: int) -> bytes:
        waited = 0.0
        while True:
            if found := self._file.read(size):
                return found
            if waited >= _PATIENCE:
                return b""
            time.sleep(_LOOK_AGAIN)
            waited += _LOOK_AGAIN


def lacks_its_end(file: ByteSource) -> bool:
    """True for a wav file that is shorter than its header says; FFmpeg takes what is there and is silent.

    Recorders that did not know the length yet have written 0 or a very large number: those are whole.
    """
    if not isinstance(file, _Seekable):
        return False
    head = file.look(0, 8)
    said = int.from_bytes(head[4:8], "little") + 8
    return head[:4] == b"RIFF" and file.seek(0, 2) < said < _UNKNOWN_LENGTH


def counts_its_frames(file: ByteSource) -> bool:
    """True for an mp3 file that begins with a Xing or Info header, which says how long the file is."""
    if not isinstance(file, _Seekable):
        return False
    tag = file.look(0, 10)
    after = 0
    if tag.startswith(b"ID3") and len(tag) == 10:  # noqa: PLR2004
        # ID3v2 writes its size as four times seven bits (id3.org, section 6.2).
        after = 10 + sum((byte & 0x7F) << shift for byte, shift in zip(tag[6:], (21, 14, 7, 0), strict=True))
    frame = file.look(after, 64)
    return b"Xing" in frame or b"Info" in frame
