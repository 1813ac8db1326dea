"""A transcript as JSON that reads back exactly; hides the layout that docs/transcript-json.md describes.

One segment is one line, so that two versions of a transcript can be compared with ordinary tools, and
nothing but the line at hand is held in memory. :mod:`barrierfree.transcription.loading` reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from barrierfree.transcription.transcript import Segment, Transcript, Word

__all__ = ["FORMAT", "VERSION", "write"]

FORMAT = "barrierfree transcript"
VERSION = 1
"""Raised when a field is added, removed or changes its meaning; readers refuse what is newer than they."""


def write(transcript: Transcript, **_options: Any) -> Iterator[bytes]:
    """The transcript, one line per segment.

    Raises:
        ValueError: A time or a confidence is not a finite number.
    """
    head = {
        "format": FORMAT,
        "version": VERSION,
        "source": transcript.source,
        "duration": _number(transcript.duration),
        "language": transcript.language,
        "engine": transcript.engine,
        "model": transcript.model,
        "damage": [{"start": _number(damage.start), "reason": damage.reason} for damage in transcript.damage],
    }
    yield b"{\n"
    for name, value in head.items():
        yield _encoded(name) + b": " + _encoded(value) + b",\n"
    yield b'"segments": ['
    separator = b"\n"
    for segment in transcript.segments:
        yield separator + _encoded(_segment(segment))
        separator = b",\n"
    yield b"\n]\n}\n"


def _segment(segment: Segment) -> dict[str, Any]:
    return {
        "start": _number(segment.start),
        "end": _number(segment.end),
        "text": segment.text,
        "speaker": segment.speaker,
        "speaker_confidence": _number(segment.speaker_confidence),
        "language": segment.language,
        "language_confidence": _number(segment.language_confidence),
        "restored": segment.restored,
        "words": [_word(word) for word in segment.words],
    }


def _word(word: Word) -> dict[str, Any]:
    return {
        "start": _number(word.start),
        "end": _number(word.end),
        "text": word.text,
        "confidence": _number(word.confidence),
    }


def _number(value: float | None) -> float | None:
    """Whole numbers that came as int are written like the others: equal values give equal bytes."""
    return None if value is None else float(value)


def _encoded(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # A file name that is not UTF-8 arrives with lone surrogates. Python's \udcxx for them is JSON's too.
    return text.encode("utf-8", "backslashreplace")
