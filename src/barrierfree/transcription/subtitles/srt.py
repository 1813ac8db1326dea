r"""Subtitles out of SubRip files (.srt); hides everything such files get wrong.

There is no standard. What counts is a line of times; the text under it ends before the next one, or at a
blank line unless more text follows it. Numbers are neither needed nor trusted. Tags that players know, and
codes in braces ("{\an8}"), are left out.
"""

from __future__ import annotations

import re
from typing import Final

from barrierfree.errors import UnreadableTranscript
from barrierfree.transcription.subtitles.cue import Cue
from barrierfree.transcription.subtitles.decoding import lines_of, unreadable
from barrierfree.wording import _

__all__ = ["MARKUP", "TIMES", "read_srt"]

_TIME: Final = r"(?:(\d{1,4})\s*:\s*)?(\d{1,3})\s*:\s*(\d{1,2})(?:\s*[.,:]\s*(\d{1,9}))?"
TIMES: Final = re.compile(rf"\s*{_TIME}\s*[-–—]+>\s*{_TIME}(?:\s.*)?", re.ASCII)
"""A line of times; word processors make one dash out of two."""
_NUMBER: Final = re.compile(r"\s*\d{1,9}\s*", re.ASCII)
MARKUP: Final = re.compile(
    r"</?(?:b|i|u|s|c|v|font|ruby|rt|lang)(?:[\s.=][^<>]*)?>|<\d[\d:.,]*>|\{\\[^{}]*\}|&(?:amp|lt|gt|nbsp|lrm|rlm);",
    re.IGNORECASE | re.ASCII,
)
"""What is markup, not text, in an srt file."""
_CHARACTERS: Final = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " "}


def read_srt(data: bytes) -> tuple[Cue, ...]:
    """The subtitles of a SubRip file, in the order of the file; nothing at all gives none.

    Args:
        data: The whole file; UTF-8, UTF-16 or GB18030.

    Raises:
        UnreadableTranscript: There is text but no line of times, or a line of times that makes no sense; the
            message says where.
    """
    lines = lines_of(data)
    cues: list[Cue] = []
    times: tuple[float, float] | None = None
    text: list[str] = []
    for number, line in enumerate(lines, 1):
        found = TIMES.fullmatch(line)
        if found is None:
            if "-->" in line and _is_meant_as_times(line):
                raise unreadable(number, _("these times cannot be understood."), _times_hint())
            text.append(line)
            continue
        if times:
            cues.append(_cue(times, _without_number(text)))
        elif _text(_without_number(text)):
            raise _not_srt(text)
        times, text = (_seconds(found.groups()[:4]), _seconds(found.groups()[4:])), []
    if times:
        cues.append(_cue(times, text))
    elif _text(text):
        raise _not_srt(text)
    return tuple(cues)


def _is_meant_as_times(line: str) -> bool:
    """Whether an arrow is not just part of what somebody says: nothing but figures on one side of it."""
    return any(side.strip() and not side.strip(" \t0123456789:.,") for side in line.split("-->", 1))


def _times_hint() -> str:
    return _("Times look like this: {example}").format(example="00:00:01,000 --> 00:00:04,000")


def _not_srt(text: list[str]) -> UnreadableTranscript:
    line = next(number for number, line in enumerate(text, 1) if line.strip())
    return unreadable(line, _("this is not the beginning of subtitles."), _times_hint())


def _seconds(groups: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (group or "0" for group in groups)
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + float(f"0.{fraction}"), 3)


def _without_number(text: list[str]) -> list[str]:
    """The lines without the number that belongs to the times below them."""
    return text[:-1] if text and _NUMBER.fullmatch(text[-1]) else text


def _text(text: list[str]) -> tuple[str, ...]:
    lines = (MARKUP.sub(_plain, line).replace("\0", "").strip() for line in text)
    return tuple(line for line in lines if line)


def _plain(found: re.Match[str]) -> str:
    return _CHARACTERS.get(found[0].lower(), "")


def _cue(times: tuple[float, float], text: list[str]) -> Cue:
    return Cue(*times, _text(text))
