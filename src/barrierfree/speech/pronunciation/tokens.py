"""One piece of a sentence before it is known in which language it is said. Hides nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["Kind", "Token", "mark", "name", "number", "said", "space", "text"]

Kind = Literal["text", "said", "number", "name", "mark", "space"]


@dataclass(slots=True)
class Token:
    """Where something stands in the sentence, and what is known of how it is said."""

    start: int
    end: int
    kind: Kind
    """ "text" is said as it is written, "said" has its words, "number" and "name" follow the language around
    them; "mark" and "space" are left to the voice."""
    language: str = ""
    """Empty for what follows the language around it."""
    spoken: str = ""
    """What is said; of a "name" its English."""
    mandarin: str = ""
    """Of a "name"; empty where there is none."""
    reading: str = ""
    """Of a "number": its kind, see :mod:`kinds`."""
    match: re.Match[str] | None = None
    """Of a "number"."""
    tight: bool = False
    """Of a "name": joined to its neighbours in Chinese, like an operator."""


def text(start: int, end: int, language: str, written: str) -> Token:
    """Words that are said as they are written."""
    return Token(start, end, "text", language, written)


def said(start: int, end: int, language: str, spoken: str) -> Token:
    """Something that is said in one language, wherever it stands."""
    return Token(start, end, "said", language, spoken)


def number(reading: str, match: re.Match[str]) -> Token:
    """A number, to be read in the language around it."""
    return Token(match.start(), match.end(), "number", reading=reading, match=match)


def name(start: int, end: int, english: str, mandarin: str, *, tight: bool = False) -> Token:
    """A sign that is named."""
    return Token(start, end, "name", spoken=english, mandarin=mandarin, tight=tight)


def mark(start: int, end: int, written: str) -> Token:
    """Punctuation that a voice makes a pause of."""
    return Token(start, end, "mark", spoken=written)


def space(start: int, end: int) -> Token:
    """White space, or a sign that is not named and only parts words."""
    return Token(start, end, "space", spoken=" ")
