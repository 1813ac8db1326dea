"""The models barrierfree knows, with the size and hash of every file; hides the TOML they are written in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from barrierfree.errors import ModelNotFound
from barrierfree.models.languages import language_name
from barrierfree.models.model import Archive, Model, ModelFile, Wheel
from barrierfree.wording import _

__all__ = ["catalogue", "model_named", "read_catalogue", "suggested_model"]

_SHIPPED = Path(__file__).with_name("catalogue.toml")
_UNPACKED = 3
"""Where the unpacked size is not published: no Vosk model seen grows by more than this, unpacked."""


@cache
def catalogue() -> tuple[Model, ...]:
    """Every model known, by engine, language and rank."""
    return read_catalogue(_SHIPPED.read_text(encoding="utf-8"))


def model_named(name: str) -> Model:
    """The model of that name.

    Raises:
        ModelNotFound: There is none; the hint names the closest ones.
    """
    for model in catalogue():
        if model.name == name:
            return model
    raise ModelNotFound(
        _('There is no model named "{name}".').format(name=name),
        hint=_closest(name) or _("See what there is: barrierfree models list"),
    )


def suggested_model(language: str, engines: Iterable[str]) -> Model | None:
    """The model to offer for a language when none is installed: one for any laptop, not the most exact one.

    Args:
        language: ISO 639-1 code; "*" for one that hears many.
        engines: Engines that may be used, best first.
    """
    for engine in engines:
        fitting = [
            model
            for model in catalogue()
            if model.suggested
            and (model.kind, model.engine) == ("recognizer", engine)
            and ("*" in model.languages or language in model.languages)
        ]
        if fitting:
            return min(fitting, key=lambda model: model.rank)
    return None


def _closest(name: str) -> str:
    from difflib import get_close_matches

    # Vosk's own names begin with "vosk-model-".
    wanted = name.lower().replace("vosk-model-", "vosk-")
    names = [model.name for model in catalogue()]
    close = [one for one in names if wanted and wanted in one.lower()] or get_close_matches(wanted, names)
    return _("Did you mean {names}?").format(names=", ".join(close[:3])) if close else ""


def read_catalogue(text: str) -> tuple[Model, ...]:
    """The models written in a catalogue's TOML.

    Raises:
        KeyError, TypeError, ValueError: It is not well formed.
    """
    models = [_model(table) for table in tomllib.loads(text)["model"]]
    return tuple(sorted(models, key=lambda model: (model.engine, model.languages, model.rank, model.name)))


def _model(table: dict[str, Any]) -> Model:
    table = dict(table)
    archive = Archive(**table.pop("archive")) if "archive" in table else None
    files = tuple(ModelFile(**one) for one in table.pop("files", ()))
    wheels = tuple(_wheel(one, files) for one in table.pop("wheels", ()))
    unpacked = sum(one.size for one in files) or (_UNPACKED * archive.size if archive else 0)
    size = archive.size if archive else unpacked
    return Model(
        **{
            "engine": "",
            "suggested": False,
            "address": "",
            "size": max(size, sum(wheel.size for wheel in wheels)),
            "disk_size": unpacked,
            **table,
            "languages": tuple(table["languages"]),
            "title": _title(table),
            "error": _error(**table["error"]) if "error" in table else "",
        },
        archive=archive,
        files=files,
        wheels=wheels,
    )


def _title(table: dict[str, Any]) -> str:
    if table["kind"] == "voice":
        return _("{family}, tells voices apart").format(family=table["title"])
    names = ", ".join(language_name(language) for language in table["languages"])
    return _("{title}, {languages}").format(title=table["title"], languages=names)


def _error(*, percent: float, of: str, test: str) -> str:
    forms = {
        "words": _("{share} of words ({test})"),
        "characters": _("{share} of characters ({test})"),
        "English words": _("{share} of English words ({test})"),
        "Chinese characters": _("{share} of Chinese characters ({test})"),
    }
    return forms[of].format(share=_("{number} %").format(number=percent), test=test)


def _wheel(table: dict[str, Any], files: tuple[ModelFile, ...]) -> Wheel:
    table = dict(table)
    members = table.pop("members", None) or {one.name: one.name for one in files}
    return Wheel(**table, members=tuple(members.items()))
