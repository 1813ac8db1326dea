"""Pieces of what is said as one utterance; hides where commas belong, and how text keeps its language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from barrierfree.speech.utterance import InLanguage, Part, Pause, Spelled, Utterance
from barrierfree.wording import _

__all__ = ["Piece", "around", "in_language", "joined", "one_line"]

_ENDS: Final = ".!?:;,…"
_WIDE_ENDS: Final = "。！？：；，、"
_BREATH: Final = 0.1
"""Seconds after a character that was spelled."""

Piece = Part | tuple[Part, ...] | None
"""What a comma comes after: a part, or some that belong together; None is nothing."""


def one_line(text: str) -> str:
    """The text with each white space, line breaks included, as one space."""
    return " ".join(text.split())


def in_language(text: str, language: str) -> Part:
    """Text of the app: in its language where that is known; else its letters will tell."""
    return InLanguage(text, language) if language else text


def joined(pieces: Iterable[Piece]) -> tuple[Part, ...]:
    """The pieces with commas between them; empty ones are passed over."""
    parts: list[Part] = []
    for piece in pieces:
        together = [part for part in (piece if isinstance(piece, tuple) else (piece,)) if _says(part)]
        if not together:
            continue
        if parts:
            _part(parts)
        first = together[0]
        if parts and isinstance(first, str) and isinstance(parts[-1], str):
            parts[-1] += first
            together = together[1:]
        parts.extend(part for part in together if part is not None)
    return tuple(parts)


def around(template: str, piece: Part) -> tuple[Part, ...]:
    """A message with ``{text}`` in it, filled with what may be no plain text: a letter that is spelled."""
    before, _mark, after = template.partition("{text}")
    parts = tuple(part for part in (before.strip(), piece, after.strip()) if part)
    return (Utterance(*parts).text,) if isinstance(piece, str) else parts


def _part(parts: list[Part]) -> None:
    """Let the last part end as something that is followed by more."""
    last = parts[-1]
    if isinstance(last, str):
        parts[-1] = last + _between(last)
    elif isinstance(last, InLanguage):
        parts[-1] = InLanguage(last.text + _between(last.text), last.language)
    elif isinstance(last, Spelled):
        parts.append(Pause(_BREATH))  # a comma would be spelled too, or stand behind a space


def _between(text: str) -> str:
    """A comma and a space, or less where the text ends in a sign already."""
    if text[-1] in _WIDE_ENDS or text[-1].isspace():
        return ""
    return " " if text[-1] in _ENDS else _(", ")


def _says(part: Part | None) -> bool:
    return bool(part.text if isinstance(part, InLanguage) else part)
