"""What click itself says, in the user's language; hides how click is made to say it.

Click asks the standard library's gettext for its sentences and ships no translations. So they are listed
here for our catalogue, and the process is told to use it. Some words it does not ask for at all: those
are put into its classes and commands. Only the command does this, never the library.
"""

from __future__ import annotations

import os
import re

import click

from barrierfree.wording import LOCALE, _, interface_language, ngettext

__all__ = ["said_by_click", "speak_in", "translate_click"]

_USUAL_DOMAIN = "messages"
"""What gettext looks for when it was told nothing."""


def translate_click() -> None:
    """Let click speak the user's language; English is what it speaks anyway."""
    import gettext

    language = interface_language()
    if language == "en":
        # The settings file may say so after the system has said Chinese.
        gettext.textdomain(_USUAL_DOMAIN)
        click.Context.formatter_class = click.HelpFormatter
    else:
        from barrierfree.cli.wide_help import WideHelp

        os.environ["LANGUAGE"] = language
        gettext.bindtextdomain("barrierfree", LOCALE)
        gettext.textdomain("barrierfree")
        click.Context.formatter_class = WideHelp
    # They are shown in capitals as what an option takes: --track TEXT.
    click.types.StringParamType.name = _("text")
    click.types.IntParamType.name = _("integer")
    click.IntRange.name = _("integer range")


def speak_in(command: click.Command) -> None:
    """Put the user's words where click has its own, into a command and all that are under it."""
    command.options_metavar = _("[OPTIONS]")
    # Click's own short help ends in the middle of a sentence.
    command.short_help = command.short_help or command.help
    if isinstance(command, click.Group):
        command.subcommand_metavar = _("COMMAND [ARGS]...")
        for each in command.commands.values():
            speak_in(each)


def said_by_click(error: click.ClickException) -> str:
    """The error's message. Click joins sentences with a space and a full stop; Chinese has neither."""
    message = error.format_message()
    if interface_language() == "en":
        return message
    return re.sub(r"(?<=[。？]) ", "", re.sub(r"(?<=')\.$", "。", message))


def _said_by_click() -> list[str]:
    """Never called: the sentences stand here to be found by whoever translates.

    They are those of click 8.5 and, where these differ, of 8.1 to 8.4.
    """
    return [
        _("Usage:"),
        _("Options"),
        _("Commands"),
        _("Show this message and exit."),
        _("default: {default}"),
        _("required"),
        _("path"),
        _("Error: {message}"),
        _("Error: invalid input"),
        _("Try '{command} {option}' for help."),
        _("Missing command."),
        _("Missing argument"),
        _("Missing option"),
        _("No such option {name!r}."),
        _("No such option: {name}"),
        _("No such command {name!r}."),
        ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
        _("Invalid value: {message}"),
        _("Invalid value for {param_hint}: {message}"),
        ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
        _("Option {name!r} does not take a value."),
        _("{value!r} is not a valid {number_type}."),
        _("{value} is not in the range {range}."),
        ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 2),
        ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 2),
        _("Aborted!"),
    ]
