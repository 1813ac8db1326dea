"""What is said, by which voice, for which part of the text. Hides nothing but how offsets are worked out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from barrierfree.speech.pronunciation.symbols import LEVELS

if TYPE_CHECKING:
    from barrierfree.speech.pronunciation.dictionary import Dictionary

__all__ = ["Capitals", "Piece", "Punctuation", "Reading", "Run"]

Punctuation = Literal["none", "some", "most", "all"]
"""How much punctuation is named: none; signs with a meaning of their own (@ # = /); brackets and dashes too;
all."""
Capitals = Literal["no", "word"]
"""How a capital is told when it is spelt or stands alone: not at all, or by the word "cap" before it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some spoken words, and the source text they stand for."""

    text: str
    """What the voice gets; the pieces of a run, joined, are the run's text."""
    start: int
    """Characters from the start of the source text."""
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces for one voice. A run never goes beyond its sentence."""

    language: str
    """ISO 639-1."""
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """All of it, as the voice gets it."""
        return "".join(piece.text for piece in self.pieces)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the source text a part of the spoken text stands, for showing the word that is heard.

        A piece as long as its source is followed character by character, any other is taken whole.

        Args:
            start: Characters from the start of :attr:`text`.
            end: The first character after the part.
        """
        found: list[tuple[int, int]] = []
        at = 0
        for piece in self.pieces:
            first, last = max(start, at), min(end, at + len(piece.text))
            if first < last or (start == end == first and not found):
                exact = len(piece.text) == piece.end - piece.start
                inside = (piece.start + first - at, piece.start + last - at)
                found.append(inside if exact else (piece.start, piece.end))
            at += len(piece.text)
        if not found:
            place = self.pieces[-1].end if self.pieces else 0
            return place, place
        return found[0][0], found[-1][1]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text is to be read.

    Raises:
        ValueError: There is no such level of punctuation, or way to tell capitals.
    """

    language: str = "en"
    """Of the surrounding text: what signs and figures are read in where nothing else decides, and whether Han
    characters without kana are Chinese or Japanese. ISO 639-1; "zh_CN" and the like are understood."""
    punctuation: Punctuation = "some"
    capitals: Capitals = "word"
    dictionary: Dictionary | None = None
    """The user's own pronunciations, applied before anything else."""

    def __post_init__(self) -> None:
        if self.punctuation not in LEVELS:
            raise ValueError(f"no such level of punctuation: {self.punctuation!r}")
        if self.capitals not in ("no", "word"):
            raise ValueError(f"no such way to tell capitals: {self.capitals!r}")
