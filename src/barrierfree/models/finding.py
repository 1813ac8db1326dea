"""Models on the disk; hides where they are looked for and how a folder is recognised as one.

An installed model is a folder with a receipt, which is written last: what an interrupted install left
behind is never taken for a model. A folder of the user's own needs no receipt; it is recognised by its files.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from barrierfree.errors import ModelDamaged, ModelNotFound
from barrierfree.models.known import catalogue, model_named
from barrierfree.models.model import InstalledModel
from barrierfree.models.receipt import read_receipt
from barrierfree.settings import load_settings, user_folder
from barrierfree.wording import _

__all__ = ["engine_of", "find_model", "installed_models", "models_folder"]

_LAYOUTS = {
    "whisper": (("model.bin", "config.json", "tokenizer.json"),),
    # Older Kaldi models have everything in one folder.
    "vosk": (("am/final.mdl",), ("final.mdl",)),
}
_MULTILINGUAL_TOKENS = 51865
"""Whisper's vocabulary; that of its English models is one less. CTranslate2 tells them apart so too."""


def models_folder() -> Path:
    """Where new models go; it may not exist yet."""
    return _search_path()[0]


def _search_path() -> tuple[Path, ...]:
    named = load_settings().models
    if named is not None:
        return (named,)
    users = user_folder("data") / "models"
    checkout = _checkout()
    return (checkout / "models", users) if checkout else (users,)


def _checkout() -> Path | None:
    """The source checkout this runs from, if it does."""
    source, root = Path(__file__).parents[2:4]
    inside = source.name == "src" and (root / "pyproject.toml").is_file()
    return root if inside else None


def installed_models(folder: Path | None = None) -> tuple[InstalledModel, ...]:
    """Every installed model, best first within an engine; of one folder, or of all usual ones."""
    found: dict[str, InstalledModel] = {}
    for place in (folder,) if folder else _search_path():
        for path in _folders(place):
            model = _installed(path)
            if model is not None:
                found.setdefault(model.name, model)
    return tuple(sorted(found.values(), key=lambda model: (model.engine, model.rank, model.name)))


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith(".") and path.is_dir())
    except OSError:
        return []


def _installed(path: Path) -> InstalledModel | None:
    receipt = read_receipt(path)
    if receipt is None:
        return None
    for model in catalogue():
        if model.name == receipt.name:
            # A newer catalogue may know better than the one it was installed from.
            return InstalledModel(model.name, path, model.engine, model.kind, model.languages, model.rank)
    return InstalledModel(receipt.name, path, receipt.engine, receipt.kind, receipt.languages, receipt.rank)


def find_model(engine: str, language: str | None, *, name: str | None = None) -> InstalledModel | None:
    """The installed model to use.

    Args:
        engine: Name of the engine that is to load it.
        language: ISO 639-1 code; "*" for one that hears several languages; None for the best of any.
        name: Only this one, whatever it hears: an installed model's name, or a folder of the user's own.

    Returns:
        None when nothing installed fits that engine and language.

    Raises:
        ModelNotFound: No model has that name, or there is no such folder.
        ModelDamaged: The folder named holds no model, or not the whole of one.
    """
    if name is not None:
        named = _named(name)
        return named if named is not None and named.engine == engine else None
    fitting = [
        model
        for model in installed_models()
        if model.kind == "recognizer" and model.engine == engine and _hears(model, language)
    ]
    # Of two equally good ones, the one made for just that language.
    return min(fitting, key=lambda model: (model.rank, "*" in model.languages), default=None)


def _hears(model: InstalledModel, language: str | None) -> bool:
    if language is None or "*" in model.languages or not model.languages:
        return True
    return len(model.languages) > 1 if language == "*" else language in model.languages


def _named(name: str) -> InstalledModel | None:
    for model in installed_models():
        if model.name == name:
            return model
    path = Path(name).expanduser()
    is_path = any(mark in name for mark in (os.sep, os.altsep, "/") if mark)
    if is_path or path.is_dir():
        return _own(path)
    model_named(name)  # Says which names are close, when there is none.
    return None


def _own(path: Path) -> InstalledModel:
    """The model in a folder of the user's own."""
    if not path.is_dir():
        raise ModelNotFound(
            _("There is no folder {folder}.").format(folder=path),
            hint=_("Name a folder that holds a model, or one of: barrierfree models list"),
        )
    engine = engine_of(path)
    if engine is None:
        raise _no_model(path)
    installed = _installed(path)
    if installed is not None:
        return installed
    languages = _whisper_languages(path) if engine == "whisper" else ()
    return InstalledModel(path.resolve().name, path, engine, "recognizer", languages, 0)


def engine_of(path: Path) -> str | None:
    """The engine that can load what is in a folder, told by its files; None when no engine can."""
    for engine, layouts in _LAYOUTS.items():
        if any(all((path / file).is_file() for file in layout) for layout in layouts):
            return engine
    return None


def _no_model(path: Path) -> ModelDamaged:
    if (path / "model.bin").is_file():
        lacking = [file for file in _LAYOUTS["whisper"][0] if not (path / file).is_file()]
        return ModelDamaged(
            _("The Whisper model in {folder} lacks {files}.").format(folder=path, files=", ".join(lacking)),
            hint=_("Copy the missing files there too; all of them are needed without a network."),
        )
    inner = [one for one in (*_folders(path), *path.glob("*/*/")) if engine_of(one)]
    hint = _("A Vosk model holds am/final.mdl; a Whisper one model.bin, config.json and tokenizer.json.")
    if inner:
        hint = _("Did you mean {names}?").format(names=inner[0])
    return ModelDamaged(_("{folder} holds no speech model.").format(folder=path), hint=hint)


def _whisper_languages(path: Path) -> tuple[str, ...]:
    """Whisper's config.json does not say whether it is multilingual; the size of its vocabulary does."""
    try:
        if (path / "vocabulary.json").is_file():
            tokens = len(json.loads((path / "vocabulary.json").read_text(encoding="utf-8")))
        else:
            tokens = (path / "vocabulary.txt").read_bytes().count(b"\n")
    except (OSError, ValueError, TypeError):
        return ()
    return ("*",) if tokens >= _MULTILINGUAL_TOKENS else ("en",)
