"""A transcript as plain text, one line per segment; hides nothing.

The same lines come to the screen while a recording is transcribed, and
:func:`barrierfree.transcription.retiming.retime` takes them back after they were edited.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from barrierfree.transcription.transcript import Transcript
from barrierfree.transcription.writers.paragraphs import one_line, speaker_label

__all__ = ["write"]


def write(transcript: Transcript, **_options: Any) -> Iterator[bytes]:
    """The text, with "Speaker 1: " in front where speakers are labelled."""
    for segment in transcript.segments:
        label = speaker_label(segment)
        line = f"{label}: {segment.text}" if label else segment.text
        yield one_line(line).encode("utf-8", "replace") + b"\n"
