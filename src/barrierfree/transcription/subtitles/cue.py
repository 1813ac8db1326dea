"""One subtitle, as a frozen value; hides nothing, makers, checkers, readers and writers share it."""

from __future__ import annotations

from dataclasses import dataclass

from barrierfree.transcription.transcript import Word

__all__ = ["Cue"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Some lines that are on the screen together."""

    start: float
    """Seconds from the start of the recording."""
    end: float
    """Seconds from the start of the recording."""
    lines: tuple[str, ...]
    """What is shown, from the top; plain text without markup."""
    speaker: str | None = None
    """Who speaks, where that is known."""
    words: tuple[Word, ...] = ()
    """When each word of the lines is spoken; empty where that is not known."""
