"""What is asked for and what was chosen to do it, as values that can cross process boundaries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["Choice", "Job"]


@dataclass(frozen=True, slots=True)
class Job:
    """One recording to be transcribed, and how."""

    source: str
    """Path of the recording; "-" for standard input."""
    language: str = "auto"
    """ISO 639-1 code; "auto" detects it once; "mixed" detects it for every phrase."""
    engine: str = "auto"
    model: str | None = None
    """Catalogue name or folder; None lets the language decide."""
    words: bool = True
    """Give the time of every word."""
    speakers: bool = False
    """Label who speaks."""
    numbers: bool = False
    """Write figures for spoken numbers, in the sure cases."""
    script: str = "simplified"
    """Chinese characters: "simplified", "traditional" or "heard"."""
    channel: str | int = "mix"
    """"mix", "left", "right", a channel counted from 0, or "each"."""
    track: str | int | None = None
    """Which audio track: counted from 0, or its language; None takes the file's default."""
    start: float = 0.0
    """Seconds from the start of the recording to begin at."""
    end: float | None = None
    """Seconds from the start of the recording to stop at."""
    follow: bool = False
    """Wait for more at the end of a file that is still being written."""
    resume: bool = True
    """Go on where an interrupted run of the same job stopped."""

    def __post_init__(self) -> None:
        """Refuse what no recording can satisfy."""
        if self.start < 0 or (self.end is not None and self.end <= self.start):
            raise ValueError("start must be 0 or more, and end later than start")
        if self.script not in {"simplified", "traditional", "heard"}:
            raise ValueError(f"unknown script: {self.script!r}")


@dataclass(frozen=True, slots=True)
class Choice:
    """The engine and model that do a job."""

    engine: str
    model: str
    """Name of the model; empty for an engine that needs none."""
    folder: Path | None
    language: str | None
    """ISO 639-1 code; None when it is detected for every phrase."""
    language_confidence: float | None
    """0 to 1 when the language was detected; None when it was given or assumed."""
    reason: str
    """One sentence, in the user's language, that says why."""
