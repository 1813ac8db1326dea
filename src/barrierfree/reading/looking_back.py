"""What was said before, one by one, and found again; hides what is not worth hearing twice.

Echo of typing, and what the reader says about itself, are passed over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from barrierfree.reading.joining import joined
from barrierfree.reading.key_names import character_typed
from barrierfree.reading.reader import Reader
from barrierfree.reading.typing_words import describe_deleted
from barrierfree.speech.history import Said
from barrierfree.speech.utterance import Utterance, spell
from barrierfree.wording import _

__all__ = ["OWN_REASONS", "LookingBack"]

OWN_REASONS: Final = frozenset({"command", "help", "history", "repeat", "spell", "typed"})
"""Why things are said that are no news."""


class LookingBack:
    """A place in the history of one reader's speaker."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._said: Sequence[Said] = ()
        """What is looked through, the oldest first; fixed while one looks, however much is said meanwhile."""
        self._at: int | None = None
        self._wanted: str | None = None
        """What is searched for, while it is typed."""

    @property
    def searching(self) -> bool:
        """Whether keys are the text to search for."""
        return self._wanted is not None

    @property
    def last(self) -> Said | None:
        """What one hears now: what was found last, or else what was said last."""
        if self._at is not None:
            return self._said[self._at]
        return next((said for said in reversed(self._worth()) if said.text), None)

    def leave(self) -> None:
        """Another key was pressed: what was said last is the last again."""
        self._at = None

    def step(self, step: int) -> None:
        """Say what was said before, or after that."""
        if self._at is None:
            self._said = self._worth()
            self._at = len(self._said) - 1
            if step > 0 or not self._said:
                self._at = None
                self._reader.say(
                    _("That was the last") if self._said else _("Nothing was said"), reason="command"
                )
                return
        wanted = self._at + step
        self._at = max(0, min(wanted, len(self._said) - 1))
        edge = None if wanted == self._at else _("start") if step < 0 else _("end")
        self._tell(edge)

    def search(self) -> None:
        """Take the keys that follow as a text, until Enter."""
        self._wanted = ""
        self._reader.say(_("Search: type, then press Enter"), reason="command")

    def search_key(self, name: str) -> None:
        """A key of the text that is searched for."""
        wanted = self._wanted or ""
        if name == "escape":
            self._wanted = None
            self._reader.say(_("No search"), reason="command")
        elif name == "enter":
            self._wanted = None
            self._find(wanted)
        elif name in ("backspace", "delete"):
            self._wanted = wanted[:-1]
            gone = describe_deleted(wanted[-1], self._reader.settings) if wanted else _("blank")
            self._reader.say(gone, reason="command")
        else:
            character = character_typed(name)
            self._wanted = wanted + character
            if character:
                self._reader.say(Utterance(spell(character)), reason="command")

    def _find(self, text: str) -> None:
        worth = self._worth()
        kept = {id(said) for said in self._reader.speaker.history.search(text)} if text else set()
        found = [said for said in worth if id(said) in kept]
        if not found:
            self._reader.say(_("Not found"), reason="command")
            return
        self._said, self._at = found, len(found) - 1
        self._tell(_("{number} found").format(number=len(found)))

    def _tell(self, before: str | None) -> None:
        assert self._at is not None
        said = self._said[self._at]
        self._reader.say(Utterance(*joined([before, *said.utterance.parts])), reason="history")

    def _worth(self) -> list[Said]:
        return [said for said in self._reader.speaker.history if said.utterance.reason not in OWN_REASONS]
