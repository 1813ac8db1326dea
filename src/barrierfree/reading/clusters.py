"""What a reader of a text takes for one character, and for one word; hides marks, emoji and their glue.

>>> cluster_end("👍🏽!", 0), cluster_start("e\u0301a", 2), word_at("say hello", 5)
(2, 0, 'hello')
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["cluster_end", "cluster_start", "is_han", "is_one_character", "is_word", "word_at", "word_before"]

_GLUE: Final = "\u200d"
_LONGEST: Final = 32
"""Code points that are looked at: a character of more is no character."""
_HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[\w\u0300-\u036f]+(?:['’.\-_][\w\u0300-\u036f]+)*")


def cluster_end(text: str, at: int) -> int:
    """Where the character ends that begins at a place; the place itself at the end of the text."""
    if at >= len(text):
        return len(text)
    end, last = at + 1, min(len(text), at + _LONGEST)
    if _is_flag(text[at]) and end < last and _is_flag(text[end]):
        end += 1
    while end < last and (_joins(text[end]) or text[end - 1] == _GLUE):
        end += 1
    return end


def cluster_start(text: str, at: int) -> int:
    """Where the character begins that ends at a place; 0 at the start of the text."""
    for start in range(max(0, at - _LONGEST), at):
        if cluster_end(text, start) == at and not (start and _joins(text[start])):
            return start
    return max(0, at - 1)


def is_one_character(text: str) -> bool:
    """Whether this is one character to whoever reads it."""
    return bool(text) and cluster_end(text, 0) == len(text)


def is_han(text: str) -> bool:
    """Whether all of it is Chinese or Japanese, which is typed word by word."""
    return bool(text) and all(_HAN.match(character) for character in text)


def is_word(character: str) -> bool:
    """Whether it may stand in a word."""
    return character.isalnum() or character == "_" or unicodedata.category(character) in ("Mn", "Mc")


def word_before(text: str, end: int) -> str:
    """The word that ends at a place; empty where none does."""
    found = ""
    for match in _WORD.finditer(text, max(0, end - 100), end):
        found = match.group() if match.end() == end else ""
    return found


def word_at(text: str, at: int) -> str:
    """The word around a place, or the signs there up to the next word or space; empty at the end."""
    for match in _WORD.finditer(text):
        if match.start() <= at < match.end():
            return match.group()
        if match.start() > at:
            break
    other = re.compile(r"[^\w\s]+|\s+").match(text, at)
    return other.group() if other else ""


def _joins(character: str) -> bool:
    """Whether it belongs to the character before it."""
    if character < "\u0300":
        return False
    return unicodedata.category(character) in ("Mn", "Me", "Mc") or (
        character == _GLUE or "\ufe00" <= character <= "\ufe0f" or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
