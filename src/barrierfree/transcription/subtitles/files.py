"""A subtitle file from disk, whatever it is; hides which reader fits."""

from __future__ import annotations

import os
from pathlib import Path

from barrierfree.errors import UnreadableTranscript
from barrierfree.transcription.subtitles.cue import Cue
from barrierfree.transcription.subtitles.decoding import lines_of
from barrierfree.transcription.subtitles.srt import read_srt
from barrierfree.transcription.subtitles.vtt import is_vtt, read_vtt
from barrierfree.wording import _

__all__ = ["read_subtitles"]


def read_subtitles(path: str | os.PathLike[str]) -> tuple[Cue, ...]:
    """Read a subtitle file; what is inside decides what it is, and .vtt has to be WebVTT.

    Raises:
        UnreadableTranscript: It is missing, or neither SubRip nor WebVTT; the message names the file and
            the line.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableTranscript(
            _("{file} cannot be read: {what}").format(file=path, what=error.strerror or error),
            hint=_("Check the name."),
        ) from error
    try:
        if path.suffix.lower() == ".vtt" or is_vtt(lines_of(data)):
            return read_vtt(data)
        return read_srt(data)
    except UnreadableTranscript as error:
        raise UnreadableTranscript(f"{path.name}: {error.message}", hint=error.hint) from error
