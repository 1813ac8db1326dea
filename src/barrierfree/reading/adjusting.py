"""Changing how the reader speaks while it speaks; hides steps, limits, and the words for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from barrierfree.reading.reader import Reader
from barrierfree.reading.settings import KeyEcho, Verbosity
from barrierfree.speech.utterance import FASTEST, SLOWEST
from barrierfree.wording import _

__all__ = ["Adjusting"]

_RATE_STEP: Final = 1.15
"""Each step is heard as one, from the slowest to the fastest."""
_VOLUME_STEP: Final = 10
_One = TypeVar("_One")


class Adjusting:
    """What can be changed about one reader. Each change is told, in the new manner."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def verbosity(self) -> None:
        """How much is said: the next of three."""
        settings = self._reader.settings
        chosen = _after(settings.verbosity, list(Verbosity))
        self._reader.settings = replace(settings, verbosity=chosen)
        words = {
            Verbosity.PLAIN: _("Little is said"),
            Verbosity.NORMAL: _("The usual is said"),
            Verbosity.FULL: _("Everything is said"),
        }
        self._tell(words[chosen])

    def key_echo(self) -> None:
        """What is said while typing: the next of four."""
        settings = self._reader.settings
        chosen = _after(settings.key_echo, list(KeyEcho))
        self._reader.settings = replace(settings, key_echo=chosen)
        words = {
            KeyEcho.NONE: _("Typing is silent"),
            KeyEcho.CHARACTERS: _("Characters are said while typing"),
            KeyEcho.WORDS: _("Words are said while typing"),
            KeyEcho.BOTH: _("Characters and words are said while typing"),
        }
        self._tell(words[chosen])

    def rate(self, steps: int) -> None:
        """Faster, or slower."""
        speaker = self._reader.speaker
        wanted = round(speaker.rate * _RATE_STEP**steps / 5) * 5
        speaker.rate = max(SLOWEST, min(wanted, FASTEST))
        self._tell(_("Rate {number}").format(number=speaker.rate))

    def volume(self, steps: int) -> None:
        """Louder, or softer; never so soft that nobody hears how to undo it."""
        speaker = self._reader.speaker
        speaker.volume = max(_VOLUME_STEP, min(speaker.volume + steps * _VOLUME_STEP, 100))
        self._tell(_("Volume {number}").format(number=speaker.volume))

    def toggle(self) -> None:
        """Off, so that only the key for this is the reader's; or on again."""
        reader = self._reader
        reader.enabled = not reader.enabled
        self._tell(_("Speech on") if reader.enabled else _("Speech off"))

    def _tell(self, text: str) -> None:
        self._reader.say(text, reason="command")


def _after(one: _One, all_of_them: Sequence[_One]) -> _One:
    return all_of_them[(all_of_them.index(one) + 1) % len(all_of_them)]
