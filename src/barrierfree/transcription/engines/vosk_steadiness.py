"""Makes Vosk hear the same in the same sound, every time; hides what Kaldi does by chance, and links.

Kaldi adds a little noise to the sound ("dithering"), drawn anew in every run, so the same recording would
give other times and confidences each time. An interrupted transcription could then not go on to the same
result. Noise there must be, its models were trained with it (without it, one in twenty characters more is
wrong). So Kaldi's is turned off, and noise that is always the same is added here.

The option that turns it off is a line in the model's ``conf/mfcc.conf``, which has to stay as it was
published. So Vosk is given a folder of links in which only that one file is another.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from operator import add
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from barrierfree.audio import AudioBlock
from barrierfree.errors import ModelDamaged
from barrierfree.wording import _

__all__ = ["check_folder", "damaged", "dithered", "steady"]

_STEADY = "--dither=0.0"
"""Kaldi, feat/feature-window.h: "Dithering constant (0.0 means no dither)"."""


_PERIOD = 16_001
"""Samples after which the noise begins again; a prime, so that it never keeps step with anything."""
_LOUDEST = 32767


@cache
def _noise() -> list[int]:
    """Gaussian, one step of 16 bits deep, as Kaldi's own."""
    chance = Random(1)  # noqa: S311  it only has to be the same each time
    return [round(chance.gauss(0, 1)) for _ in range(_PERIOD)]


def dithered(block: AudioBlock) -> bytes:
    """The block's samples with noise that depends on nothing but their position."""
    samples = array("h", block.samples)
    begin, noise = block.position % _PERIOD, _noise()
    needed = noise[begin:] + noise * (len(samples) // _PERIOD + 1)
    try:
        return array("h", map(add, samples, needed)).tobytes()
    except OverflowError:
        limited = (max(-_LOUDEST, min(_LOUDEST, sum(pair))) for pair in zip(samples, needed, strict=False))
        return array("h", limited).tobytes()


def check_folder(model: Path) -> None:
    """Vosk ends the process or prints when files are missing, so they are looked for first.

    Raises:
        ModelDamaged: It is no Vosk model, or not the whole of one.
    """
    layouts = (("am/final.mdl", "conf"), ("final.mdl",))
    if not any(all((model / part).exists() for part in layout) for layout in layouts):
        raise damaged(model, _("{file} is missing").format(file="am/final.mdl"))


def damaged(model: Path, reason: str) -> ModelDamaged:
    """The error for a model that does not load."""
    return ModelDamaged(
        _("The Vosk model in {folder} cannot be loaded: {error}").format(folder=model, error=reason),
        hint=_("Check it with: barrierfree models verify {name}").format(name=model.name),
    )


@contextmanager
def steady(model: Path) -> Iterator[Path]:
    """A folder to load the model from; it is gone afterwards.

    Where the system allows no links (Windows, for most users), the model itself: then times and confidences
    of a resumed run may differ a little from those of an uninterrupted one.
    """
    settings = next((file for file in _settings(model) if file.is_file()), None)
    if settings is None:
        yield model
        return
    with TemporaryDirectory(prefix="barrierfree-") as name:
        try:
            _link(model.absolute(), settings.relative_to(model), Path(name))
        except OSError:
            yield model
            return
        yield Path(name)


def _settings(model: Path) -> tuple[Path, Path]:
    return model / "conf" / "mfcc.conf", model / "mfcc.conf"


def _link(model: Path, settings: Path, target: Path) -> None:
    """Links to everything in the model, but for the settings, which are a copy with one line more."""
    for entry in model.iterdir():
        if entry.name != settings.parts[0]:
            (target / entry.name).symlink_to(entry, target_is_directory=entry.is_dir())
    written = target / settings
    written.parent.mkdir(exist_ok=True)
    for entry in (model / settings).parent.iterdir() if settings.parent.name else ():
        if entry.name != settings.name:
            (written.parent / entry.name).symlink_to(entry)
    text = (model / settings).read_text(encoding="utf-8", errors="surrogateescape")
    written.write_text(f"{text}\n{_STEADY}\n", encoding="utf-8", errors="surrogateescape")
