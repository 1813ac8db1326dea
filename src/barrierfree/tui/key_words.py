"""Keys as people call them: Textual's "question_mark" is "?", its "ctrl+at" is "ctrl+@"; hides its names."""

from __future__ import annotations

from typing import Final

from textual.keys import format_key

__all__ = ["key_words"]

_APART: Final = {"pageup": "page up", "pagedown": "page down"}


def key_words(key: str) -> str:
    """The name of a key of Textual's ("ctrl+q", "question_mark") in words or signs to be said."""
    *modifiers, last = key.split("+") if key != "+" else [key]
    shown = format_key(last)
    if len(last) == 1 and last.isupper():
        modifiers.append("shift")
        words = last.lower()
    elif len(shown) == 1 and shown.isascii():
        words = shown
    else:  # the arrow of "up" and the like is read worse than its name
        words = _APART.get(last, last.replace("_", " "))
    return "+".join((*modifiers, words))
