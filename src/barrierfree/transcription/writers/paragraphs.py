"""A transcript as paragraphs for reading; hides where one ends, and how doubt is shown in plain characters.

Doubt is written with a question mark, never by colour or typeface alone: it has to reach somebody who
hears the text, reads it in Braille or prints it in black and white.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from barrierfree.transcription.transcript import (
    Segment,
    Transcript,
    Word,
    join_words,
    joins_without_space,
)
from barrierfree.wording import _

__all__ = ["UNSURE", "Paragraph", "clock", "facts", "groups", "one_line", "paragraphs", "speaker_label"]

UNSURE = 0.5
"""Words and speaker labels below this confidence are marked as guesses."""
_PAUSE = 2.0
"""Seconds of silence that end a paragraph."""
_LONG = 60.0
"""Seconds after which the next end of a sentence ends a paragraph: about a third of a page."""
_CHAPTER = 600.0
"""Seconds between headings."""
_SENTENCE_ENDS = tuple(".?!。？！…")
_LINE_BREAKS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences of one speaker in one language."""

    start: float
    """Seconds from the start of the recording."""
    text: str
    """One line; "(?)" stands after words the engine was unsure of."""
    speaker: str
    """The label to show; empty without one."""
    language: str | None
    """ISO 639-1 code."""
    chapter: bool = False
    """True where a heading with the time helps to find one's way: every ten minutes of a long recording."""


def paragraphs(transcript: Transcript) -> Iterator[Paragraph]:
    """The transcript in paragraphs, in order; segments without text are left out."""
    long = bool(transcript.segments) and transcript.segments[-1].start >= _CHAPTER
    chapter = -1
    for group in groups(transcript):
        paragraph = _paragraph(group, transcript)
        if long and paragraph.start // _CHAPTER > chapter:
            chapter = int(paragraph.start // _CHAPTER)
            paragraph = replace(paragraph, chapter=True)
        yield paragraph


def groups(transcript: Transcript) -> Iterator[list[Segment]]:
    """The segments of each paragraph, in order."""
    group: list[Segment] = []
    for segment in transcript.segments:
        if not segment.text.strip():
            continue
        if group and _breaks(group, segment):
            yield group
            group = []
        group.append(segment)
    if group:
        yield group


def _breaks(group: list[Segment], following: Segment) -> bool:
    last = group[-1]
    return (
        speaker_label(last) != speaker_label(following)
        or last.language != following.language
        or following.start - last.end >= _PAUSE
        or (last.end - group[0].start >= _LONG and last.text.rstrip().endswith(_SENTENCE_ENDS))
    )


def _paragraph(group: list[Segment], transcript: Transcript) -> Paragraph:
    text = ""
    for segment in group:
        piece = one_line(_marked(segment)).strip()
        spaced = text and not (joins_without_space(text[-1]) or joins_without_space(piece[0]))
        text += f" {piece}" if spaced else piece
    first = group[0]
    return Paragraph(first.start, text, speaker_label(first), first.language or transcript.language)


def _marked(segment: Segment) -> str:
    """The segment's text with unsure words marked, where the words are the text."""
    if join_words(segment.words) != segment.text:
        return segment.text
    return join_words([Word(word.start, word.end, _doubted(word)) for word in segment.words])


def _doubted(word: Word) -> str:
    if word.confidence is None or word.confidence >= UNSURE:
        return word.text
    end = len(word.text)
    while end and not word.text[end - 1].isalnum():
        end -= 1
    # Before the full stop: the doubt belongs to the word.
    return f"{word.text[:end]}(?){word.text[end:]}" if end else word.text


def speaker_label(segment: Segment) -> str:
    """Who speaks, with a question mark when that is a guess; empty when nobody was asked for."""
    if not segment.speaker:
        return ""
    unsure = segment.speaker_confidence is not None and segment.speaker_confidence < UNSURE
    return f"{segment.speaker}?" if unsure else segment.speaker


def one_line(text: str) -> str:
    """The text without line breaks of any kind."""
    return _LINE_BREAKS.sub(" ", text)


def clock(seconds: float) -> str:
    """A time for reading: 0:03:20, 12:00:00."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}"


def facts(transcript: Transcript) -> list[tuple[str, str]]:
    """What a reader may want to know about a transcript, as pairs of a name and a value."""
    language = {"en": _("English"), "zh": _("Chinese")}.get(transcript.language or "", transcript.language)
    engine = f"{transcript.engine} {transcript.model}".strip()
    known = [
        (_("Recording"), transcript.source),
        (_("Length"), clock(transcript.duration) if transcript.duration is not None else ""),
        (_("Language"), language or ""),
        (_("Recognised by"), engine),
    ]
    pairs = [(name, one_line(value)) for name, value in known if value]
    pairs += [
        (_("Damaged"), one_line(f"{clock(damage.start)}: {damage.reason}")) for damage in transcript.damage
    ]
    if any(word.confidence is not None for segment in transcript.segments for word in segment.words):
        pairs.append((_("Unsure words"), _("followed by (?)")))
    return pairs
