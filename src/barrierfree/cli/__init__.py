"""The ``barrierfree`` command; hides click, and which module each subcommand lives in.

Only the table below is read for ``--help``: a subcommand's module, and everything heavy behind it, is
imported when that subcommand runs.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module
from typing import Any, NoReturn

import click

from barrierfree.wording import _, speak_to_people_in

__all__ = ["cli", "main"]


def _table() -> dict[str, tuple[str, str]]:
    """Subcommand → (module, one line of help). A function, so that the user's language is known."""
    return {
        "transcribe": ("barrierfree.cli.transcribe", _("Turn recordings into text and subtitles.")),
        "speak": ("barrierfree.cli.speak", _("Read text aloud, or into a sound file.")),
        "voices": ("barrierfree.cli.voices", _("List the voices that can speak.")),
        "run": ("barrierfree.cli.run", _("Run a Textual app and read it aloud.")),
        "models": ("barrierfree.cli.models", _("List, install and check speech models.")),
    }


class _LazyGroup(click.Group):
    """A click group that knows its commands' names and help before it has imported them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(_table())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        entry = _table().get(cmd_name)
        if entry is None:
            return None
        _speak_as_set()
        from barrierfree.cli.click_words import speak_in

        command: click.Command = getattr(import_module(entry[0]), "command")  # noqa: B009
        speak_in(command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            from barrierfree.cli.terminal import ReaderLeft

            raise ReaderLeft from error  # click's own answer is exit code 1

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, help_line) for name, (_module, help_line) in _table().items()])


def _speak_as_set() -> None:
    """Heed the language in the settings file, before a command says anything."""
    from barrierfree.errors import SettingsError
    from barrierfree.settings import load_settings

    with suppress(SettingsError):  # the command tells about it
        language = load_settings().language
        if language:
            from barrierfree.cli.click_words import translate_click

            speak_to_people_in(language)
            translate_click()


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Accessibility for ordinary laptops, without a network."),
    invoke_without_command=True,
)
@click.version_option(
    package_name="barrierfree",
    message="barrierfree %(version)s",
    help=_("Show the version and exit."),
)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """The root of all subcommands."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave the process with the right exit code."""
    try:
        from barrierfree.cli.click_words import speak_in, translate_click
        from barrierfree.cli.terminal import leave, run

        translate_click()
        speak_in(cli)
        leave(run(cli, arguments))
    except KeyboardInterrupt:
        sys.exit(130)  # Ctrl-C before anything has begun
