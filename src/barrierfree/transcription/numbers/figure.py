"""One number to be written in figures: where it stands in a text, and what to write. Hides nothing."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Figure"]


class Figure(NamedTuple):
    """A piece of text and the figures that take its place."""

    start: int
    """Characters from the start of the text."""
    end: int
    text: str
