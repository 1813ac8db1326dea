"""What click itself says, in the user's language; hides click's own gettext calls.

Click asks the standard library's gettext for its sentences and ships no translations. So they are listed
here for our catalogue, and the process is told to use it. Only the command does this, never the library.
"""

from __future__ import annotations

import os

from barrierfree.wording import LOCALE, _, interface_language, ngettext

__all__ = ["translate_click"]


def translate_click() -> None:
    """Let click speak the user's language; English is what it speaks anyway."""
    language = interface_language()
    if language == "en":
        return
    import gettext

    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("barrierfree", LOCALE)
    gettext.textdomain("barrierfree")


def _said_by_click() -> list[str]:
    """Never called: the sentences stand here to be found by whoever translates."""
    return [
        _("Usage:"),
        _("Options"),
        _("Commands"),
        _("Show this message and exit."),
        _("Show the version and exit."),
        _("default: {default}"),
        _("required"),
        _("Error: {message}"),
        _("Try '{command} {option}' for help."),
        _("Missing command."),
        _("Missing argument"),
        _("Missing option"),
        _("No such option {name!r}."),
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
        _("{name} {filename!r} does not exist."),
        _("Aborted!"),
    ]
