"""The ``barrierfree`` command; hides click, and which module each subcommand lives in.

Only the table below is read for ``--help``: a subcommand's module, and everything heavy behind it, is
imported when that subcommand runs.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from barrierfree.wording import _

__all__ = ["cli", "main"]


def _table() -> dict[str, tuple[str, str]]:
    """Subcommand → (module, one line of help). A function, so that the user's language is known."""
    return {
        "transcribe": ("barrierfree.cli.transcribe", _("Turn recordings into text and subtitles.")),
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
        command: click.Command = getattr(import_module(entry[0]), "command")  # noqa: B009
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, help_line) for name, (_module, help_line) in _table().items()])


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("Accessibility for ordinary laptops, without a network."),
)
@click.version_option(package_name="barrierfree", message="barrierfree %(version)s")
def cli() -> None:
    """The root of all subcommands."""


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line and leave the process with the right exit code."""
    from barrierfree.cli.terminal import run

    sys.exit(run(cli, arguments))
