"""What each command of the reader does, in a few words, for help. Hides nothing."""

from __future__ import annotations

from barrierfree.reading.default_keys import Command
from barrierfree.wording import _

__all__ = ["command_words"]


def command_words(command: Command) -> str:
    """What a command does, as help says it."""
    return _all_words()[command]


def _all_words() -> dict[Command, str]:  # a table
    return {
        Command.SAY_ALL: _("Read everything from here on"),
        Command.STOP: _("Be silent"),
        Command.REPEAT: _("Say the last thing again"),
        Command.SPELL: _("Spell what is here; again: with a word for each letter"),
        Command.WHERE: _("Say where I am"),
        Command.TITLE: _("Say the title of the window"),
        Command.HELP: _("Tell what keys do, instead of doing it"),
        Command.KEYS: _("Read the keys that the program offers"),
        Command.NEXT_CONTROL: _("Go to the next control"),
        Command.PREVIOUS_CONTROL: _("Go to the control before"),
        Command.NEXT_HEADING: _("Go to the next heading"),
        Command.PREVIOUS_HEADING: _("Go to the heading before"),
        Command.NEXT_LINK: _("Go to the next link"),
        Command.PREVIOUS_LINK: _("Go to the link before"),
        Command.NEXT_TABLE_ROW: _("Go to the next row of the table"),
        Command.PREVIOUS_TABLE_ROW: _("Go to the row before in the table"),
        Command.NEXT_TABLE_COLUMN: _("Go to the next column of the table"),
        Command.PREVIOUS_TABLE_COLUMN: _("Go to the column before in the table"),
        Command.REVIEW_PREVIOUS_CHARACTER: _("Read the character before on the screen"),
        Command.REVIEW_CURRENT_CHARACTER: _("Read this character; again: with a word for it"),
        Command.REVIEW_NEXT_CHARACTER: _("Read the next character on the screen"),
        Command.REVIEW_PREVIOUS_WORD: _("Read the word before on the screen"),
        Command.REVIEW_CURRENT_WORD: _("Read this word; again: spell it"),
        Command.REVIEW_NEXT_WORD: _("Read the next word on the screen"),
        Command.REVIEW_PREVIOUS_LINE: _("Read the line before on the screen"),
        Command.REVIEW_CURRENT_LINE: _("Read this line; again: spell it"),
        Command.REVIEW_NEXT_LINE: _("Read the next line on the screen"),
        Command.REVIEW_PREVIOUS_SENTENCE: _("Read the sentence before on the screen"),
        Command.REVIEW_CURRENT_SENTENCE: _("Read this sentence"),
        Command.REVIEW_NEXT_SENTENCE: _("Read the next sentence on the screen"),
        Command.REVIEW_TOP: _("Read the first line of the screen"),
        Command.REVIEW_BOTTOM: _("Read the last line of the screen"),
        Command.REVIEW_CURSOR: _("Read the line where the cursor is"),
        Command.GO_THERE: _("Bring the focus to what was read"),
        Command.UNDER_MOUSE: _("Read what is under the mouse"),
        Command.COPY: _("Copy what was said last"),
        Command.HISTORY_PREVIOUS: _("Say what was said before"),
        Command.HISTORY_NEXT: _("Say what was said after that"),
        Command.HISTORY_SEARCH: _("Search in what was said"),
        Command.VERBOSITY: _("Change how much is said"),
        Command.KEY_ECHO: _("Change what is said while typing"),
        Command.FASTER: _("Speak faster"),
        Command.SLOWER: _("Speak slower"),
        Command.LOUDER: _("Speak louder"),
        Command.SOFTER: _("Speak softer"),
        Command.TOGGLE: _("Switch speech off or on"),
        Command.PASS_NEXT: _("Give the next key to the program"),
    }
