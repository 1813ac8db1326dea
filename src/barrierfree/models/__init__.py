"""Speech models: which there are, where they lie, how they get here; hides the network behind ``install``.

A model is a folder of files. Finding one only looks at the disk; nothing but :func:`install` opens a
connection. Names are loaded when they are first used, so importing this package loads no network code.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from barrierfree.models.finding import find_model, installed_models, models_folder
    from barrierfree.models.installing import Source, install
    from barrierfree.models.keeping import remove, verify
    from barrierfree.models.known import catalogue, model_named, suggested_model
    from barrierfree.models.languages import language_name
    from barrierfree.models.model import Archive, InstalledModel, Model, ModelFile, Wheel

__all__ = [
    "Archive",
    "InstalledModel",
    "Model",
    "ModelFile",
    "Source",
    "Wheel",
    "catalogue",
    "find_model",
    "install",
    "installed_models",
    "language_name",
    "model_named",
    "models_folder",
    "remove",
    "suggested_model",
    "verify",
]

_HOMES = {
    "Archive": "model",
    "InstalledModel": "model",
    "Model": "model",
    "ModelFile": "model",
    "Source": "installing",
    "Wheel": "model",
    "catalogue": "known",
    "find_model": "finding",
    "install": "installing",
    "installed_models": "finding",
    "language_name": "languages",
    "model_named": "known",
    "models_folder": "finding",
    "remove": "keeping",
    "suggested_model": "known",
    "verify": "keeping",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
