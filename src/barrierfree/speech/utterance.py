"""What is to be said, and how urgently; hides how the pieces of a sentence become one text.

    >>> Utterance("OK", pause(0.1), "button").text
    'OK button'
    >>> Utterance("请按", InLanguage("OK", "en"), "按钮", priority=Priority.NOW).text
    '请按 OK 按钮'

Places in an utterance (those of word marks, for one) count characters of its ``text``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Final
from unicodedata import east_asian_width

__all__ = ["InLanguage", "Part", "Pause", "Priority", "Spelled", "Utterance", "pause", "spell"]

SLOWEST: Final = 80
FASTEST: Final = 900
"""Words per minute: what a beginner and what an expert listener asks for."""


class Priority(IntEnum):
    """What happens to an utterance when others wait."""

    PROGRESS = 0
    """Only the latest is said, and none while others wait."""
    NORMAL = 1
    """In turn."""
    NEXT = 2
    """Before those in turn."""
    NOW = 3
    """At once; what it interrupts goes on afterwards."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence, in seconds."""

    seconds: float

    def __post_init__(self) -> None:
        if not 0 <= self.seconds <= 60:  # noqa: PLR2004
            raise ValueError(f"a pause lasts 0 to 60 seconds, not {self.seconds}")


@dataclass(frozen=True, slots=True)
class Spelled:
    """Text that is read character by character."""

    text: str


@dataclass(frozen=True, slots=True)
class InLanguage:
    """Text whose language is known, whatever its letters look like."""

    text: str
    language: str
    """ISO 639-1 code."""


Part = str | Pause | Spelled | InLanguage


def pause(seconds: float) -> Pause:
    """Silence inside an utterance, 0 to 60 seconds."""
    return Pause(seconds)


def spell(text: str) -> Spelled:
    """Text inside an utterance that is read character by character."""
    return Spelled(text)


@dataclass(frozen=True, slots=True, init=False)
class Utterance:
    """Something to say.

    Args:
        *parts: Text, and what is no text: pauses, spelled text, text in a known language.
        language: ISO 639-1 code of its text; None tells it from the letters.
        priority: What happens to it when others wait.
        rate: Words per minute, 80 to 900; None takes the speaker's, as do the following.
        pitch: 0 to 100, where 50 is the voice's own.
        volume: 0 to 100.
        voice: The engine's own name of a voice.
        reason: Why it is said ("focus", "typed"…), for the log.
        expires: Called before and while it is said; once it returns True the rest is dropped.

    Raises:
        ValueError: A number is out of its range.
        TypeError: A part is none of the four kinds.
    """

    parts: tuple[Part, ...]
    language: str | None
    priority: Priority
    rate: int | None
    pitch: int | None
    volume: int | None
    voice: str | None
    reason: str
    expires: Callable[[], bool] | None

    def __init__(
        self,
        *parts: Part,
        language: str | None = None,
        priority: Priority = Priority.NORMAL,
        rate: int | None = None,
        pitch: int | None = None,
        volume: int | None = None,
        voice: str | None = None,
        reason: str = "",
        expires: Callable[[], bool] | None = None,
    ) -> None:
        for part in parts:
            if not isinstance(part, str | Pause | Spelled | InLanguage):
                raise TypeError(f"an utterance has no part like {part!r}")
        _check("rate", rate, SLOWEST, FASTEST)
        _check("pitch", pitch, 0, 100)
        _check("volume", volume, 0, 100)
        values = (parts, language, Priority(priority), rate, pitch, volume, voice, reason, expires)
        for name, value in zip(self.__slots__, values, strict=True):
            object.__setattr__(self, name, value)

    @property
    def text(self) -> str:
        """What is written in it, as one text."""
        text = ""
        for start, part in self.placed():
            text = text.ljust(start) + _written(part)
        return text

    def placed(self) -> Iterator[tuple[int, Part]]:
        """Its parts, each with the place in ``text`` where it begins."""
        end, last = 0, ""
        for part in self.parts:
            written = _written(part)
            if written:
                end += _parted(last, written[0])
                last = written[-1]
            yield end, part
            end += len(written)


def _written(part: Part) -> str:
    if isinstance(part, str):
        return part
    return "" if isinstance(part, Pause) else part.text


def _parted(last: str, first: str) -> bool:
    """Whether a space belongs between two parts: not where one is, nor between Chinese characters."""
    if not last or last.isspace() or first.isspace():
        return False
    return not (east_asian_width(last) in "WF" and east_asian_width(first) in "WF")


def _check(name: str, value: int | None, least: int, most: int) -> None:
    if value is not None and not least <= value <= most:
        raise ValueError(f"the {name} of speech is {least} to {most}, not {value}")
