"""Subtitles out of WebVTT files (.vtt); hides their grammar.

W3C, *WebVTT: The Web Video Text Tracks Format*: blocks as in section 6.1 (parsing a file), times and
settings as in 6.3, text as in 6.4 (tags, voices, times inside the text, character references). NOTE, STYLE
and REGION blocks and settings say how to show, not what: they are passed over. Where a browser silently drops
a subtitle with impossible times, reading stops and says so: somebody would miss those words. For the same
reason a "<" that begins no tag stays in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import groupby
from operator import itemgetter
from typing import Final

from barrierfree.transcription.subtitles.cue import Cue
from barrierfree.transcription.subtitles.decoding import lines_of, unreadable
from barrierfree.transcription.transcript import Word
from barrierfree.wording import _

__all__ = ["is_vtt", "read_vtt"]

_TIME: Final = r"(?:(\d{2,6}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES: Final = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t].*)?", re.ASCII)
_STAMP: Final = re.compile(_TIME, re.ASCII)
_TAG: Final = re.compile(r"<([^<>]*)>")
_NO_CHARACTER: Final = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{8,});?", re.ASCII)
_VOICE: Final = re.compile(r"v(?:\.[^\s<>]*)?[ \t\n]+(.*)", re.DOTALL)


def is_vtt(lines: list[str]) -> bool:
    """Whether the first line is that of a WebVTT file (6.1, steps 4 to 8)."""
    return bool(re.match(r"WEBVTT(?:[ \t]|$)", lines[0]))


def read_vtt(data: bytes) -> tuple[Cue, ...]:
    """The subtitles of a WebVTT file, in the order of the file.

    Words have times where the text has; a word ends where the next begins.

    Args:
        data: The whole file; UTF-8 by the standard, UTF-16 and GB18030 are understood too.

    Raises:
        UnreadableTranscript: The first line is missing, or times make no sense; the message says where.
    """
    lines = lines_of(data)
    if not is_vtt(lines):
        raise unreadable(
            1,
            _("this is not a WebVTT file."),
            _('The first line has to be "WEBVTT". Write it there, or name the file .srt if it is one.'),
        )
    return tuple(_cues(lines))


def _cues(lines: list[str]) -> Iterator[Cue]:
    times: tuple[float, float] | None = None
    text: list[str] = []
    for number, line in enumerate([*lines[1:], ""], 2):
        if "-->" in line:
            if times:
                yield _cue(times, text)
            found = _TIMES.fullmatch(line)
            if found is None:
                raise unreadable(
                    number,
                    _("these times cannot be understood."),
                    _("Times look like this: {example}").format(example="00:00:01.000 --> 00:00:04.000"),
                )
            times, text = (_seconds(found.groups()[:4]), _seconds(found.groups()[4:])), []
        elif line:
            text.append(line)
        else:
            if times:
                yield _cue(times, text)
            times, text = None, []


def _seconds(groups: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(group or "0") for group in groups)
    return round(hours * 3600 + minutes * 60 + seconds + thousandths / 1000, 3)


def _cue(times: tuple[float, float], text: list[str]) -> Cue:
    parts = list(_parts("\n".join(text)))
    names = list(dict.fromkeys(name for _at, name, _said in parts if name))
    shown = ""
    named = None
    for _at, name, said in parts:
        if len(names) > 1 and name and name != named and said.strip():
            # One subtitle of several people: the text itself has to say who.
            shown += f"{name}: "
            named = name
        shown += said
    lines = (" ".join(line.split()) for line in shown.split("\n"))
    return Cue(
        *times,
        tuple(line for line in lines if line),
        names[0] if len(names) == 1 else None,
        () if len(names) > 1 else _words(times, parts),
    )


def _parts(text: str) -> Iterator[tuple[float | None, str, str]]:
    """The text between tags, with the time it is said and who says it (6.4, 6.5)."""
    at: float | None = None
    name = ""
    end = 0
    for tag in _TAG.finditer(text):
        yield at, name, _plain(text[end : tag.start()])
        end = tag.end()
        inside = tag[1]
        stamp = _STAMP.fullmatch(inside)
        voice = _VOICE.fullmatch(inside)
        if stamp:
            at = _seconds(stamp.groups())
        elif voice:
            name = " ".join(_plain(voice[1]).split())
        elif inside.strip() == "/v":
            name = ""
    yield at, name, _plain(text[end:])


def _plain(text: str) -> str:
    return unescape(_NO_CHARACTER.sub("\ufffd", text)).replace("\0", "\ufffd").replace("\r", " ")


def _words(times: tuple[float, float], parts: list[tuple[float | None, str, str]]) -> tuple[Word, ...]:
    """The words, where the text has times inside; each lasts until the next begins."""
    if all(at is None for at, _name, _said in parts):
        return ()
    start, end = times
    spans = [
        (start if at is None else at, "".join(text for _at, _name, text in span).split())
        for at, span in groupby(parts, key=itemgetter(0))
    ]
    said = [(at, " ".join(span)) for at, span in spans if span]
    ends = [*(at for at, _text in said[1:]), end]
    return tuple(Word(at, max(at, until), text) for (at, text), until in zip(said, ends, strict=True))
