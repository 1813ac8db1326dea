"""Why a result could not be written, in plain words; hides the numbers that systems give their errors."""

from __future__ import annotations

import errno
from pathlib import Path

from barrierfree.errors import OutputError
from barrierfree.wording import _

__all__ = ["unwritable"]


def unwritable(path: Path, error: OSError) -> OutputError:
    """The error for a result that cannot be written there; its hint says what to do about it."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            hint = _("Free some disk space, then run the same command again.")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            hint = _("Choose a place you may write to, or change its permissions.")
        case errno.ENAMETOOLONG:
            hint = _("Choose a shorter name.")
        case errno.EISDIR | errno.ENOTDIR | errno.EEXIST:
            hint = _("Choose another name: a file or folder is in the way.")
        case _other:
            hint = _("Choose another folder.")
    return OutputError(
        _("{file} cannot be written: {error}.").format(file=path, error=error.strerror or error), hint=hint
    )
