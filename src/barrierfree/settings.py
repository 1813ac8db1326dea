"""What the user has chosen, from every place it can be said; hides files, variables and their order.

Order, first wins: command-line flags (given by the caller), ``BARRIERFREE_*`` environment variables,
the user's TOML file, defaults. The file is ``config.toml`` in the platform's configuration folder, or
whatever ``BARRIERFREE_CONFIG`` names.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from barrierfree.errors import SettingsError
from barrierfree.wording import _

__all__ = ["Settings", "load_settings", "user_folder"]


@dataclass(frozen=True, slots=True)
class Settings:
    """One frozen value that says how barrierfree should behave."""

    language: str = ""
    """Language of messages, "en" or "zh_CN"; empty follows the system."""
    models: Path | None = None
    """Folder that models are installed in; None means the platform's data folder."""
    mirror: str = ""
    """Base address tried before any other when a model is installed."""
    engine: str = "auto"
    """Recogniser used when none is named."""
    workers: int = 0
    """How many phrases are recognised at once; 0 means one per processor core, at most 8."""
    speech_engine: str = "auto"
    """Voice engine used when none is named."""


def user_folder(kind: str) -> Path:
    """The platform's folder for "config", "data" or "state" of this user; it may not exist yet."""
    import platformdirs

    find = {
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
        "state": platformdirs.user_state_path,
    }[kind]
    return find("barrierfree", appauthor=False)


def load_settings(**flags: Any) -> Settings:
    """The settings in force.

    Args:
        **flags: Values given on the command line; None means "not given".

    Raises:
        SettingsError: A file, variable or flag is wrong; the message names where and which key.
    """
    settings = Settings()
    file = _settings_file()
    for source, values in ((str(file), _read(file)), (None, _environment())):
        for key, value in values.items():
            where = source or f"BARRIERFREE_{key.upper()}"
            settings = replace(settings, **{key: _checked(key, value, where)})
    given = {key: _checked(key, value, f"--{key}") for key, value in flags.items() if value is not None}
    return replace(settings, **given)


def _settings_file() -> Path:
    named = os.environ.get("BARRIERFREE_CONFIG")
    if not named:
        return user_folder("config") / "config.toml"
    file = Path(named).expanduser()
    if not file.is_file():
        raise SettingsError(
            _("The settings file {file} does not exist.").format(file=file),
            hint=_("Correct or unset BARRIERFREE_CONFIG."),
        )
    return file


def _read(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            _("The settings file {file} cannot be read: {error}").format(file=file, error=error),
            hint=_("Correct the file, or move it away to use the defaults."),
        ) from error
    known = {field.name for field in fields(Settings)}
    for key in values.keys() - known:
        raise SettingsError(
            _('{file}: there is no setting named "{key}".').format(file=file, key=key),
            hint=_("Settings are: {names}.").format(names=", ".join(sorted(known))),
        )
    return values


def _environment() -> dict[str, str]:
    names = {field.name: f"BARRIERFREE_{field.name.upper()}" for field in fields(Settings)}
    return {key: os.environ[name] for key, name in names.items() if os.environ.get(name)}


def _checked(key: str, value: Any, where: str) -> Any:
    if key == "workers":
        return _whole_number(value, where)
    if isinstance(value, Path):
        value = str(value)
    if not isinstance(value, str):
        raise SettingsError(
            _('{where}: "{key}" must be text, not {value!r}.').format(where=where, key=key, value=value),
            hint=_("Put it in double quotes."),
        )
    return Path(value).expanduser() if key == "models" else value


def _whole_number(value: Any, where: str) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = -1
    if not 0 <= number <= 64:  # noqa: PLR2004
        raise SettingsError(
            _('{where}: "workers" must be a whole number from 0 to 64, not {value!r}.').format(
                where=where, value=value
            ),
            hint=_("0 means one for each processor core."),
        )
    return number
