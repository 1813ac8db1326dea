"""Regular expressions a user may write; hides which could take longer than a life.

Python's regular expressions try every way to match. One that repeats a repetition has countless ways and is
refused. No more than :data:`WINDOW` characters are searched at a time, so that the slowest one that is left
takes well below a second.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

__all__ = ["WINDOW", "matches", "may_be_endless"]

WINDOW: Final = 200
"""Characters a regular expression sees at a time: a sentence, or part of a long one, cut at a space."""
_MOST_REPETITIONS: Final = 3
"""Repetitions without an end in one expression: each makes it slower by the length of the window."""
_FEW: Final = 4
"""A repetition of at most so many is not counted as one."""


def matches(expression: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Where an expression matches in a text, window by window."""
    at = 0
    while at < len(text):
        end = at + WINDOW
        if end < len(text):
            space = text.rfind(" ", at + WINDOW // 2, end)
            end = space + 1 if space > 0 else end
        yield from expression.finditer(text, at, min(end, len(text)))
        at = end


def may_be_endless(written: str) -> bool:
    """True for an expression whose time may grow beyond any use with the length of the text."""
    # Only Python's own parser reads expressions as Python does; the module has no annotations.
    from re import _parser as parser  # type: ignore[attr-defined]

    try:
        return _repetitions(parser.parse(written)) > _MOST_REPETITIONS
    except ValueError:
        return True


def _repetitions(parsed: Sequence[Any]) -> int:
    """How many repetitions without an end follow each other.

    Raises:
        ValueError: One is inside another, so that there are countless ways to match the same text.
    """
    count = 0
    for kind, value in parsed:
        match str(kind):
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, inner = value
                inside = _repetitions(inner)
                if most > _FEW and (inside or _varies(inner)):
                    raise ValueError("nested")
                count += inside * (most if most <= _FEW else 1) + (most > _FEW and most != least)
            case "POSSESSIVE_REPEAT":
                count += 1 + _repetitions(value[2])
            case "SUBPATTERN":
                count += _repetitions(value[3])
            case "ATOMIC_GROUP":
                count += _repetitions(value)
            case "BRANCH":
                count += max(_repetitions(branch) for branch in value[1])
            case "ASSERT" | "ASSERT_NOT":
                count += _repetitions(value[1])
            case "GROUPREF_EXISTS":
                count += sum(_repetitions(branch) for branch in value[1:] if branch is not None)
    return count


def _varies(parsed: Any) -> bool:
    """True where a part can be matched in more than one way: it has lengths or branches to choose from."""
    for kind, value in parsed:
        match str(kind):
            case "MAX_REPEAT" | "MIN_REPEAT":
                if value[0] != value[1] or _varies(value[2]):
                    return True
            case "SUBPATTERN":
                if _varies(value[3]):
                    return True
            case "BRANCH":
                firsts = [repr(branch[0]) if branch else "" for branch in value[1]]
                literal = all(first.startswith("(LITERAL") for first in firsts)
                if (
                    not literal
                    or len(set(firsts)) < len(firsts)
                    or any(_varies(branch) for branch in value[1])
                ):
                    return True
            case "GROUPREF" | "GROUPREF_EXISTS":
                return True
    return False
