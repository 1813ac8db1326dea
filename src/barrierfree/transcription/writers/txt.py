"""A transcript as plain text, one line per segment; hides nothing.

The same lines come to the screen while a recording is transcribed, and
:func:`barrierfree.transcription.retiming.retime` takes them back after they were edited.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from barrierfree.transcription.transcript import Segment, Transcript
from barrierfree.transcription.writers.paragraphs import one_line, speaker_label

__all__ = ["line_of", "write"]


def write(transcript: Transcript, **_options: Any) -> Iterator[bytes]:
    """The text, with "Speaker 1: " in front where speakers are labelled."""
    for segment in transcript.segments:
        yield line_of(segment).encode("utf-8", "replace") + b"\n"


def line_of(segment: Segment) -> str:
    """What a segment is in the text, without the line end."""
    label = speaker_label(segment)
    return one_line(f"{label}: {segment.text}" if label else segment.text)
