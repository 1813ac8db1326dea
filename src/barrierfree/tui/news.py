"""What is news in a text that was painted again; hides how redraws, clocks and streams are told apart.

Pure: two texts go in, what a listener has not heard yet comes out.
"""

from __future__ import annotations

import re
from typing import Final

from barrierfree.speech.sentences import sentences

__all__ = ["added", "finished", "is_noise", "is_time_of_day", "only_figures", "shortened"]

_FIGURES: Final = re.compile(r"\d+(?:[.,:]\d+)*")
_TIME: Final = re.compile(r"\d{1,2}:\d{2}:\d{2}(?: ?[AaPp]\.?[Mm]\.?)?")
_UNSPOKEN: Final = re.compile(r"[^\w%$€£¥°+-]+")
LONGEST: Final = 300
"""Characters of one announcement: some twenty seconds. Whoever wants more reads it at leisure."""


def is_noise(before: str, after: str) -> bool:
    """Whether the two sound the same: only spacing, frames, spinners, or a clock among words differ."""
    return _heard(before) == _heard(after)


def _heard(text: str) -> list[str]:
    words = _UNSPOKEN.sub(" ", _TIME.sub(" ", text)).split()
    return words or _UNSPOKEN.sub(" ", text).split()


def only_figures(before: str, after: str) -> bool:
    """Whether it looks like a clock or a counter: the same words, other figures."""
    return _FIGURES.sub("0", before) == _FIGURES.sub("0", after)


def is_time_of_day(text: str) -> bool:
    """Whether it is nothing but a time of day: nobody's answer, whenever it changes."""
    return bool(_TIME.fullmatch(text.strip()))


def added(before: str, after: str) -> str:
    r"""The part of a text that was not in it before: what follows at its end, or the lines that are other.

    >>> added("Ready.", "Ready. Go.")
    'Go.'
    >>> added("CPU: 3\nDisk: full", "CPU: 4\nDisk: full")
    'CPU: 4'
    """
    if before and after.startswith(before):
        return after[len(before) :].strip()
    known = set(before.splitlines())
    lines = after.splitlines()
    if len(lines) > 1:
        lines = [line for line in lines if line not in known]
    return "\n".join(line.strip() for line in lines if line.strip())


def finished(text: str) -> str:
    """As much of a text that is still being written as ends with a sentence; may be nothing."""
    cuts = list(sentences(text))
    return text[: cuts[-1][0]] if cuts else ""


def shortened(text: str) -> str:
    """The beginning of a long text, up to the end of a sentence or word; the whole of a short one."""
    if len(text) <= LONGEST:
        return text
    start = text[:LONGEST]
    return finished(start).strip() or start.rsplit(None, 1)[0] + " …"
