"""A transcript as WebVTT subtitles (.vtt), for web pages and players; hides escaping and voices.

W3C, *WebVTT: The Web Video Text Tracks Format*, section 4 (syntax): UTF-8, "WEBVTT", a blank line; times with
hours; "&", "<" and ">" as character references, so that "-->" cannot occur in text (4.2.1); who speaks as a
voice span over the whole subtitle, whose end tag may then be left out (4.2.2); with ``words``, times inside
the text that lie strictly between the subtitle's own, in order (4.2.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from barrierfree.transcription.subtitles.clock import milliseconds, stamp
from barrierfree.transcription.subtitles.cue import Cue
from barrierfree.transcription.subtitles.making import cues_from
from barrierfree.transcription.subtitles.rules import SubtitleRules
from barrierfree.transcription.transcript import Transcript, Word

__all__ = ["write", "write_cues"]


def write(
    transcript: Transcript, *, rules: SubtitleRules | None = None, words: bool = False, **_options: Any
) -> Iterator[bytes]:
    """The subtitles of a transcript, one by one.

    Args:
        transcript: What was said.
        rules: How subtitles are cut; None for the usual rules.
        words: Mark when each word is said, where that is known.
    """
    return write_cues(cues_from(transcript.segments, rules), words=words)


def write_cues(cues: Iterable[Cue], *, words: bool = False) -> Iterator[bytes]:
    """Subtitles as they are, one by one; one without text is left out."""
    yield b"WEBVTT\n\n"
    for cue in cues:
        start, end = milliseconds(cue.start), milliseconds(cue.end)
        end = max(end, start + 1)
        lines = [line for line in (" ".join(line.split()) for line in cue.lines) if line]
        if not lines:
            continue
        timed = words and cue.words
        text = _timed(lines, cue.words, start, end) if timed else _escaped("\n".join(lines))
        voice = f"<v {_escaped(' '.join(cue.speaker.split()))}>" if cue.speaker else ""
        yield f"{stamp(start, '.')} --> {stamp(end, '.')}\n{voice}{text}\n\n".encode("utf-8", "replace")


def _escaped(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\0", "\ufffd")


def _timed(lines: list[str], words: tuple[Word, ...], start: int, end: int) -> str:
    """The lines with a time before each word that begins after the subtitle does.

    Words are found by their letters, because a long one may be spread over two lines.
    """
    text = "\n".join(lines)
    places = [place for place, character in enumerate(text) if not character.isspace()]
    letters = "".join(text.split())
    marked: list[str] = []
    done, at, latest = 0, 0, start
    for word in words:
        own = "".join(word.text.split())
        moment = milliseconds(word.start)
        if not own or not letters.startswith(own, at):
            break  # the words are not those of the lines: the rest goes without times
        if latest < moment < end:
            marked += _escaped(text[done : places[at]]), f"<{stamp(moment, '.')}>"
            done, latest = places[at], moment
        at += len(own)
    return "".join(marked) + _escaped(text[done:])
