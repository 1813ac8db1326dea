"""Times of day as subtitle files write them; hides rounding.

Rounding happens once, to whole milliseconds, before hours, minutes and seconds are taken apart: 59.9996 is
a minute, not "00:00:60.000".
"""

from __future__ import annotations

import math

__all__ = ["milliseconds", "stamp"]


def milliseconds(seconds: float) -> int:
    """Whole milliseconds, never below 0; a time that is no number is 0."""
    return max(0, round(seconds * 1000)) if math.isfinite(seconds) else 0


def stamp(thousandths: int, point: str) -> str:
    """Milliseconds as "01:02:03.004", with "." or "," before the thousandths; hours may have more digits."""
    seconds, thousandth = divmod(thousandths, 1000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours:02}:{minute:02}:{second:02}{point}{thousandth:03}"
