"""Every command of the reader, and the keys it has as long as the user chooses no others. Hides nothing.

Why just these keys: docs/decisions/0007-reader-keys.md.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

__all__ = ["DEFAULT_KEYS", "Command"]


class Command(StrEnum):
    """What a reader can be told to do; the value is its name in settings."""

    SAY_ALL = "say_all"
    STOP = "stop"
    REPEAT = "repeat"
    SPELL = "spell"
    WHERE = "where"
    TITLE = "title"
    HELP = "help"
    KEYS = "keys"

    NEXT_CONTROL = "next_control"
    PREVIOUS_CONTROL = "previous_control"
    NEXT_HEADING = "next_heading"
    PREVIOUS_HEADING = "previous_heading"
    NEXT_LINK = "next_link"
    PREVIOUS_LINK = "previous_link"
    NEXT_TABLE_ROW = "next_table_row"
    PREVIOUS_TABLE_ROW = "previous_table_row"
    NEXT_TABLE_COLUMN = "next_table_column"
    PREVIOUS_TABLE_COLUMN = "previous_table_column"

    REVIEW_PREVIOUS_CHARACTER = "review_previous_character"
    REVIEW_CURRENT_CHARACTER = "review_current_character"
    REVIEW_NEXT_CHARACTER = "review_next_character"
    REVIEW_PREVIOUS_WORD = "review_previous_word"
    REVIEW_CURRENT_WORD = "review_current_word"
    REVIEW_NEXT_WORD = "review_next_word"
    REVIEW_PREVIOUS_LINE = "review_previous_line"
    REVIEW_CURRENT_LINE = "review_current_line"
    REVIEW_NEXT_LINE = "review_next_line"
    REVIEW_PREVIOUS_SENTENCE = "review_previous_sentence"
    REVIEW_CURRENT_SENTENCE = "review_current_sentence"
    REVIEW_NEXT_SENTENCE = "review_next_sentence"
    REVIEW_TOP = "review_top"
    REVIEW_BOTTOM = "review_bottom"
    REVIEW_CURSOR = "review_cursor"
    GO_THERE = "go_there"
    UNDER_MOUSE = "under_mouse"

    COPY = "copy"
    HISTORY_PREVIOUS = "history_previous"
    HISTORY_NEXT = "history_next"
    HISTORY_SEARCH = "history_search"

    VERBOSITY = "verbosity"
    KEY_ECHO = "key_echo"
    FASTER = "faster"
    SLOWER = "slower"
    LOUDER = "louder"
    SOFTER = "softer"
    TOGGLE = "toggle"
    PASS_NEXT = "pass_next"  # noqa: S105


DEFAULT_KEYS: Final[dict[Command, tuple[str, ...]]] = {
    Command.SAY_ALL: ("a",),
    Command.STOP: ("s",),
    Command.REPEAT: ("r",),
    Command.SPELL: ("p",),
    Command.WHERE: ("w",),
    Command.TITLE: ("shift+w",),
    Command.HELP: ("q",),
    Command.KEYS: ("shift+q",),
    Command.NEXT_CONTROL: ("n",),
    Command.PREVIOUS_CONTROL: ("shift+n",),
    Command.NEXT_HEADING: ("t",),
    Command.PREVIOUS_HEADING: ("shift+t",),
    Command.NEXT_LINK: ("l",),
    Command.PREVIOUS_LINK: ("shift+l",),
    Command.NEXT_TABLE_ROW: ("v", "shift+down"),
    Command.PREVIOUS_TABLE_ROW: ("shift+v", "shift+up"),
    Command.NEXT_TABLE_COLUMN: ("x", "shift+right"),
    Command.PREVIOUS_TABLE_COLUMN: ("shift+x", "shift+left"),
    # A block under the right hand: the bump on J is the word, H is before it and K behind it; above them
    # lines. With Shift a size smaller and a size larger: characters and sentences.
    Command.REVIEW_PREVIOUS_LINE: ("y", "up"),
    Command.REVIEW_CURRENT_LINE: ("u",),
    Command.REVIEW_NEXT_LINE: ("i", "down"),
    Command.REVIEW_PREVIOUS_WORD: ("h",),
    Command.REVIEW_CURRENT_WORD: ("j",),
    Command.REVIEW_NEXT_WORD: ("k",),
    Command.REVIEW_PREVIOUS_CHARACTER: ("shift+h", "left"),
    Command.REVIEW_CURRENT_CHARACTER: ("shift+j",),
    Command.REVIEW_NEXT_CHARACTER: ("shift+k", "right"),
    Command.REVIEW_PREVIOUS_SENTENCE: ("shift+y",),
    Command.REVIEW_CURRENT_SENTENCE: ("shift+u",),
    Command.REVIEW_NEXT_SENTENCE: ("shift+i",),
    Command.REVIEW_TOP: ("shift+a", "home"),
    Command.REVIEW_BOTTOM: ("shift+e", "end"),
    Command.REVIEW_CURSOR: ("shift+b",),
    Command.GO_THERE: ("shift+g",),
    Command.UNDER_MOUSE: ("m",),
    Command.COPY: ("c",),
    Command.HISTORY_PREVIOUS: ("z", "pageup"),
    Command.HISTORY_NEXT: ("shift+z", "pagedown"),
    Command.HISTORY_SEARCH: ("shift+r",),
    Command.VERBOSITY: ("shift+d",),
    Command.KEY_ECHO: ("e",),
    Command.FASTER: ("shift+f",),
    Command.SLOWER: ("shift+s",),
    Command.LOUDER: ("shift+p",),
    Command.SOFTER: ("shift+m",),
    Command.TOGGLE: ("o",),
    Command.PASS_NEXT: ("g",),
}
"""Keys without the modifier."""
