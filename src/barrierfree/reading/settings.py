"""How a screen is read: one frozen value that goes wherever something is read; hides what it means there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["KeyEcho", "ReadingSettings", "Verbosity"]


class Verbosity(StrEnum):
    """How much is said about a thing."""

    PLAIN = "plain"
    """What it is called, what it is and what is in it: for people who still see. «Save, button»."""
    NORMAL = "normal"
    """Also where it is among its like, and what helps with it."""
    FULL = "full"
    """Also what can be done with it, and what else there is to know."""


class KeyEcho(StrEnum):
    """What is said while one types."""

    NONE = "none"
    CHARACTERS = "characters"
    WORDS = "words"
    BOTH = "both"

    @property
    def characters(self) -> bool:
        """Whether every character is said."""
        return self in (KeyEcho.CHARACTERS, KeyEcho.BOTH)

    @property
    def words(self) -> bool:
        """Whether a word is said when it ends."""
        return self in (KeyEcho.WORDS, KeyEcho.BOTH)


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """What a reader is told to do."""

    verbosity: Verbosity = Verbosity.NORMAL
    key_echo: KeyEcho = KeyEcho.CHARACTERS
    capitals: bool = True
    """A capital letter on its own is told as one."""
    live: bool = True
    """What changes by itself is said."""
    live_interval: float = 1.0
    """Seconds between two polite changes of one region."""
    progress_step: int = 10
    """Percent between two steps of a progress bar that are said."""
    modifier: str = "alt"
    """What makes a key the reader's: "alt", "ctrl+alt", or a prefix key such as "f12"."""
    keys: tuple[tuple[str, str], ...] = ()
    """Other keys than the usual: name of the command, name of the key."""
