"""Where a model is put together before it is put in place; hides locks, full disks and half-done folders.

Everything happens in ``.partial/NAME`` inside the models folder, so that the last step is one rename on
the same disk. What was downloaded stays there for the next attempt; nothing there is ever taken for a model.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from barrierfree.errors import OutputError
from barrierfree.locking import locked
from barrierfree.models.receipt import RECEIPT, Receipt, read_receipt, receipt_text
from barrierfree.wording import _

__all__ = ["Stage", "cannot_write", "open_stage", "put_aside"]

_SPARE = 16 << 20
"""Bytes left free on the disk."""


class Stage:
    """The folder in which one model is put together; only one process has it at a time."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder
        self._name = name
        self.root = folder / ".partial" / name
        self.tree = self.root / "model"
        """Becomes the model's folder."""

    def part(self, digest: str) -> Path:
        """Where the file with that hash is downloaded to, from whichever place."""
        return self.root / f"{digest[:32]}.part"

    def begin(self, needed: int) -> None:
        """Make the folder, and see that there is room for so many bytes more than are in it already."""
        with cannot_write(self.root):
            self.root.mkdir(parents=True, exist_ok=True)
            held = sum(file.stat().st_size for file in self.root.rglob("*") if file.is_file())
            free = shutil.disk_usage(self.root).free
        lacking = max(0, needed - held) + _SPARE - free
        if lacking > 0:
            raise OutputError(
                _("{folder} has too little space: {lacking} MB more are needed.").format(
                    folder=self._folder, lacking=-(-lacking // 10**6)
                ),
                hint=_("Free some disk space, or keep models elsewhere: set BARRIERFREE_MODELS."),
            )

    def empty_tree(self) -> None:
        """Begin the model's folder anew."""
        with cannot_write(self.tree):
            shutil.rmtree(self.tree, ignore_errors=True)
            self.tree.mkdir(parents=True)

    def keep_only(self, names: set[str]) -> None:
        """Remove whatever an earlier attempt left in the model's folder under other names."""
        with cannot_write(self.tree):
            self.tree.mkdir(parents=True, exist_ok=True)
            for path in sorted(self.tree.rglob("*"), reverse=True):
                name = path.relative_to(self.tree).as_posix()
                if path.is_dir() and not path.is_symlink():
                    if not any(one.startswith(f"{name}/") for one in names):
                        path.rmdir()
                elif name not in names or path.is_symlink():
                    path.unlink()

    def place(self, receipt: Receipt) -> Path:
        """Write the receipt and move the model into its place, in one step."""
        target = self._folder / self._name
        with cannot_write(target):
            with (self.tree / RECEIPT).open("w", encoding="utf-8", newline="\n") as file:
                file.write(receipt_text(receipt))
                file.flush()
                os.fsync(file.fileno())
            _to_disk(*{path.parent for path in self.tree.rglob("*")})
            put_aside(target, self.root / "replaced")
            self.tree.replace(target)
            _to_disk(self._folder)
        self.clear()
        return target

    def clear(self) -> None:
        """Delete what was kept for the next attempt."""
        shutil.rmtree(self.root, ignore_errors=True)

    def refuse_if_taken(self) -> None:
        """A folder that barrierfree did not make is not replaced.

        Raises:
            OutputError: There is one in the model's place.
        """
        target = self._folder / self._name
        if target.exists() and read_receipt(target) is None and not _is_empty(target):
            raise OutputError(
                _("{folder} is in the way: barrierfree did not install it.").format(folder=target),
                hint=_("Move it elsewhere, then run the same command again."),
            )


@contextmanager
def open_stage(folder: Path, name: str) -> Iterator[Stage]:
    """The stage of a model, for this process alone.

    Raises:
        OutputError: Another process has it, or the folder cannot be written.
    """
    path = folder / ".partial" / f"{name}.lock"
    with cannot_write(folder):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    with file:
        if not locked(file):
            raise OutputError(
                _("Another install of {name} is under way.").format(name=name),
                hint=_("Wait until it is done."),
            )
        yield Stage(folder, name)


def put_aside(folder: Path, aside: Path) -> None:
    """Take a model's folder out of its place in one step, and only then delete it."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(aside, ignore_errors=True)
        aside.parent.mkdir(parents=True, exist_ok=True)
        folder.replace(aside)
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def cannot_write(path: Path) -> Iterator[None]:
    """Whatever the disk refuses in here, said to the user.

    Raises:
        OutputError: The disk is full, the folder is read-only…
    """
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            hint = _("Free some disk space, then run the same command again: it goes on from here.")
        else:
            hint = _("Check its permissions, or keep models elsewhere: set BARRIERFREE_MODELS.")
        raise OutputError(
            _("{file} cannot be written: {error}.").format(
                file=error.filename or path, error=error.strerror or error
            ),
            hint=hint,
        ) from error


def _is_empty(path: Path) -> bool:
    return path.is_dir() and next(path.iterdir(), None) is None


def _to_disk(*folders: Path) -> None:
    """Bring new names to the disk, on systems where a folder can be opened."""
    if os.name == "nt":
        return
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError:
            pass  # Some network file systems cannot; the files' content is safe all the same.
        finally:
            os.close(handle)
