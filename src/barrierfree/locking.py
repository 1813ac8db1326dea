"""One process at a time; hides the two systems' file locks."""

from __future__ import annotations

from typing import IO

__all__ = ["locked"]


def locked(file: IO[bytes]) -> bool:
    """Take an open file for this process, until it is closed; the system lets go of it even after kill -9.

    Returns:
        False when another process has it. On a network file system without locks always True: working
        without a lock is better than not at all.
    """
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        pass
    return True
