"""How wide a text is on a terminal; hides which characters take two columns."""

from __future__ import annotations

import unicodedata

__all__ = ["columns"]


def columns(text: str) -> int:
    """Columns that a text takes; Chinese characters take two (Unicode, annex 11)."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
