"""Texts as engines can take them; hides which characters break them, and where a cut is heard least."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

__all__ = ["pieces", "speakable"]

_UNSPEAKABLE: Final = re.compile("[\\x00-\\x08\\x0e-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufeff]")

_CUTS: Final = (
    re.compile(r"[.!?…]+[\"'”’)]*\s+|[。！？…]+[”’」』）]*\s*|\n+"),
    re.compile(r"[,;:]\s+|[，、；：]"),
    re.compile(r"\s+"),
)
"""Ends of sentences, of clauses, of words: the first kind there is in the second half of a piece."""


def speakable(text: str) -> str:
    """The text with a space for each control character and half character, so that places in it stay."""
    return _UNSPEAKABLE.sub(" ", text)


def pieces(text: str, most: int) -> Iterator[tuple[int, str]]:
    """The text in pieces of at most ``most`` characters, each with the place where it begins."""
    start = 0
    while len(text) - start > most:
        end = _cut(text, start, start + most)
        yield start, text[start:end]
        start = end
    if start < len(text):
        yield start, text[start:]


def _cut(text: str, start: int, end: int) -> int:
    middle = (start + end) // 2
    for kind in _CUTS:
        if cuts := [found.end() for found in kind.finditer(text, middle, end)]:
            return cuts[-1]
    return end
