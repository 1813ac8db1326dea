"""Models that are here: whether they are sound, and away with them; hides receipts and hashes."""

from __future__ import annotations

from pathlib import Path

from barrierfree.errors import ModelNotFound
from barrierfree.models.checking import Progress, is_whole, no_progress
from barrierfree.models.finding import installed_models
from barrierfree.models.known import catalogue, model_named
from barrierfree.models.model import InstalledModel, ModelFile
from barrierfree.models.receipt import read_receipt
from barrierfree.models.staging import cannot_write, open_stage, put_aside
from barrierfree.wording import _

__all__ = ["problems", "remove", "verify"]


def verify(name: str, *, folder: Path | None = None, progress: Progress = no_progress) -> tuple[str, ...]:
    """What is wrong with an installed model, in sentences; nothing when every file is as it was published.

    Args:
        name: Of the model.
        folder: Where models are kept; None means the usual places.
        progress: Called with bytes done, bytes in all, and "check".

    Raises:
        ModelNotFound: It is not installed.
    """
    return problems(_installed(name, folder), progress)


def problems(model: InstalledModel, progress: Progress = no_progress) -> tuple[str, ...]:
    """What is wrong with the files of an installed model."""
    files = _expected(model)
    total, before = sum(file.size for file in files), 0
    found = []
    for file in files:

        def tell(done: int, _size: int, what: str, before: int = before) -> None:
            progress(before + done, total, what)

        problem = _problem(model.path / file.name, file, tell)
        if problem:
            found.append(problem)
        before += file.size
    return tuple(found)


def _expected(model: InstalledModel) -> tuple[ModelFile, ...]:
    """The catalogue's files where it lists them; a zip's only the receipt knows."""
    for known in catalogue():
        if known.name == model.name and not known.archive:
            return known.files
    receipt = read_receipt(model.path)
    return receipt.files if receipt else ()


def _problem(path: Path, file: ModelFile, progress: Progress) -> str:
    try:
        if is_whole(path, file, progress):
            return ""
        size = path.stat().st_size
    except FileNotFoundError:
        return _("{file} is missing.").format(file=file.name)
    except OSError as error:
        return _("{file} cannot be read: {error}.").format(file=file.name, error=error.strerror or error)
    if size != file.size:
        return _("{file} has {found} bytes instead of {size}.").format(
            file=file.name, found=size, size=file.size
        )
    return _("{file} is not the file that was published.").format(file=file.name)


def remove(name: str, *, folder: Path | None = None) -> Path:
    """Delete an installed model, and what interrupted installs of it left.

    Returns:
        The folder it was in.

    Raises:
        ModelNotFound: It is not installed.
        OutputError: It cannot be deleted, or is being installed at this moment.
    """
    model = _installed(name, folder)
    with open_stage(model.path.parent, model.path.name) as stage, cannot_write(model.path):
        put_aside(model.path, stage.root / "removed")
        stage.clear()
    return model.path


def _installed(name: str, folder: Path | None) -> InstalledModel:
    for model in installed_models(folder):
        if model.name == name:
            return model
    model_named(name)  # Says which names are close, when there is none.
    raise ModelNotFound(
        _("{name} is not installed.").format(name=name),
        hint=_("See what is: barrierfree models list"),
    )
