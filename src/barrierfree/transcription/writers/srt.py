"""A transcript as SubRip subtitles (.srt); hides what such a file may not hold.

There is no standard; this is what every player reads: UTF-8 without a byte order mark, numbers from 1,
"00:00:01,000 --> 00:00:04,000", lines that end with a line feed (as all our text formats: players take it as
well as a carriage return with it, and tools that compare files prefer it), a blank line after each subtitle.
Who speaks stands in the text, at every change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from barrierfree.transcription.subtitles.clock import milliseconds, stamp
from barrierfree.transcription.subtitles.cue import Cue
from barrierfree.transcription.subtitles.making import cues_from
from barrierfree.transcription.subtitles.rules import SubtitleRules
from barrierfree.transcription.subtitles.srt import MARKUP, TIMES
from barrierfree.transcription.transcript import Transcript

__all__ = ["write", "write_cues"]

_ARROW = re.compile("[-–—]+>")
_LOOKALIKES = str.maketrans("<>{}&", "‹›｛｝＆")


def write(transcript: Transcript, *, rules: SubtitleRules | None = None, **_options: Any) -> Iterator[bytes]:
    """The subtitles of a transcript, one by one.

    Args:
        transcript: What was said.
        rules: How subtitles are cut; None for the usual rules.
    """
    return write_cues(cues_from(transcript.segments, rules, names=True))


def write_cues(cues: Iterable[Cue]) -> Iterator[bytes]:
    """Subtitles as they are, one by one; one without text is left out."""
    number = 0
    for cue in cues:
        text = "\n".join(filter(None, map(_shown, cue.lines)))
        if not text:
            continue
        number += 1
        start, end = milliseconds(cue.start), milliseconds(cue.end)
        times = f"{stamp(start, ',')} --> {stamp(max(end, start + 1), ',')}"
        yield f"{number}\n{times}\n{text}\n\n".encode("utf-8", "replace")


def _shown(line: str) -> str:
    """The line with what a player would take for markup or for times in characters that look alike."""
    line = " ".join(line.split())
    if "-->" in line or TIMES.fullmatch(line):
        line = _ARROW.sub("→", line)
    # Again and again: "<b <i> >" is a tag only once the one inside is none.
    while ("<" in line or "&" in line or "{" in line) and MARKUP.search(line):
        line = MARKUP.sub(lambda found: found[0].translate(_LOOKALIKES), line)
    return line
