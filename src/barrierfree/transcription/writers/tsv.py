r"""A transcript as a table for spreadsheets and scripts; hides how awkward characters are kept in one cell.

Columns: start, end (whole milliseconds from the start of the recording, as Whisper's own tsv has them),
speaker (empty without labels), text. The first line names them. A tab, a line break or a backslash inside
a cell is written ``\t``, ``\n``, ``\r`` or ``\\``, so that a line is always one segment.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from barrierfree.transcription.transcript import Transcript

__all__ = ["write"]

_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def write(transcript: Transcript, **_options: Any) -> Iterator[bytes]:
    """The table, one line per segment after the line of names."""
    yield b"start\tend\tspeaker\ttext\n"
    for segment in transcript.segments:
        cells = (
            str(round(1000 * segment.start)),
            str(round(1000 * segment.end)),
            (segment.speaker or "").translate(_ESCAPES),
            segment.text.translate(_ESCAPES),
        )
        yield "\t".join(cells).encode("utf-8", "replace") + b"\n"
