"""A transcript as one accessible web page that follows its recording; hides markup and what must be escaped.

The page is a single file: it loads nothing but the sound, says so in a policy that browsers enforce, and
works from a folder as well as from a server. Without JavaScript it is plain paragraphs with times. What
the page looks like and how it is used is in :mod:`~barrierfree.transcription.writers.html_page`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote

from barrierfree.transcription.transcript import Segment, Transcript, Word, join_words, joins_without_space
from barrierfree.transcription.writers.html_page import Page
from barrierfree.transcription.writers.paragraphs import (
    UNSURE,
    Paragraph,
    clock,
    facts,
    groups,
    one_line,
    paragraphs,
)
from barrierfree.wording import _, interface_language

__all__ = ["write"]

_HARMFUL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, which HTML forbids; those that turn the order of a line around; half characters."""
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_UP_TO_LAST_LETTER = re.compile(r"(.*\w)(.*)", re.DOTALL)
_EXCERPT = 48
"""Characters of a chapter's first words in the list of chapters."""


def write(transcript: Transcript, *, media: str | None = None, **_options: Any) -> Iterator[bytes]:
    """The page, paragraph by paragraph.

    Args:
        transcript: What was said.
        media: Path of the sound file, relative to the page, that the page plays. With None the page asks
            for the recording; any copy will do.
        _options: Of other formats.
    """
    for piece in _pieces(transcript, media):
        yield piece.encode("utf-8")


def _pieces(transcript: Transcript, media: str | None) -> Iterator[str]:
    turns = list(zip(paragraphs(transcript), groups(transcript), strict=True))
    page = Page(
        language=interface_language().replace("_", "-"),
        title=_inert(one_line(transcript.source).strip() or _("Transcript")),
        facts=_facts(transcript),
        sound=f' src="{_address(media)}"' if media else "",
        chapters=_chapters([paragraph for paragraph, _group in turns if paragraph.chapter]),
    )
    yield page.head()
    mark = _mark(page.language)
    for paragraph, group in turns:
        if paragraph.chapter:
            yield f'<h3 id="{_anchor(paragraph)}" tabindex="-1">{clock(paragraph.start)}</h3>\n'
        yield _turn(paragraph, group, mark)
    yield page.foot()


def _facts(transcript: Transcript) -> str:
    return "".join(
        f"<div><dt>{_inert(name)}</dt><dd>{_inert(value)}</dd></div>\n" for name, value in facts(transcript)
    )


def _chapters(beginnings: list[Paragraph]) -> str:
    """A list of links, each with the time and the first words; empty for a short recording."""
    return "".join(
        f'<li><a href="#{_anchor(paragraph)}">{clock(paragraph.start)} '
        f"<span{_spoken(paragraph)}>{_inert(_shortened(paragraph.text))}</span></a></li>\n"
        for paragraph in beginnings
    )


def _anchor(paragraph: Paragraph) -> str:
    return f"at-{clock(paragraph.start).replace(':', '-')}"


def _shortened(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rstrip() + "…"


def _turn(paragraph: Paragraph, group: list[Segment], mark: str) -> str:
    who = f'<span class="time">{clock(paragraph.start)}</span>'
    name = _inert(one_line(group[0].speaker or ""))
    if name:
        # The label ends with a question mark where it is a guess; here every guess is marked alike.
        doubted = paragraph.speaker != group[0].speaker
        who += f' <strong class="unsure">{name}{mark}</strong>' if doubted else f" <strong>{name}</strong>"
    said = _speech(group, mark)
    return (
        f'<div class="turn">\n<p class="who">{who}</p>\n'
        f'<p class="say"{_spoken(paragraph)}>{said}</p>\n</div>\n'
    )


def _spoken(paragraph: Paragraph) -> str:
    """The language of what was said, empty where unknown: a voice must not take it for the page's own."""
    tag = paragraph.language or ""
    known = _LANGUAGE_TAG.fullmatch(tag)
    return f' lang="{tag if known else ""}" dir="auto"'


def _speech(group: list[Segment], mark: str) -> str:
    spoken, before = "", ""
    for word in _words(group):
        text = one_line(word.text).strip()
        if not text:
            continue
        if before and not (joins_without_space(before) or joins_without_space(text[0])):
            spoken += " "
        spoken += _span(word, text, mark)
        before = text[-1]
    return spoken


def _words(group: list[Segment]) -> Iterator[Word]:
    """Every word; the whole segment where its words are unknown or do not make up its text."""
    for segment in group:
        if segment.words and join_words(segment.words) == segment.text:
            yield from segment.words
        else:
            yield Word(segment.start, segment.end, segment.text)


def _span(word: Word, text: str, mark: str) -> str:
    times = f'data-t="{_seconds(word.start)},{_seconds(word.end)}"'
    parts = _UP_TO_LAST_LETTER.fullmatch(text)
    if parts is None or word.confidence is None or word.confidence >= UNSURE:
        return f"<span {times}>{_inert(text)}</span>"
    # Before the full stop: the doubt belongs to the word.
    marked = f'<span class="whole">{mark}{_inert(parts[2])}</span>' if parts[2] else mark
    return f'<span class="unsure" {times}>{_inert(parts[1])}{marked}</span>'


def _mark(language: str) -> str:
    """What stands after a guess: "(?)" to see, words to hear, since voices skip punctuation."""
    word = _inert(_("unsure"))
    return (
        '<span class="guess"><span aria-hidden="true">(?)</span>'
        f'<span class="heard" lang="{language}">&nbsp;({word})</span></span>'
    )


def _seconds(time: float) -> str:
    return f"{time:.2f}".rstrip("0").rstrip(".")


def _address(media: str) -> str:
    """The path as a relative address that cannot name another host or be a script."""
    path = re.sub(r"^/{2,}", "/", media.replace("\\", "/"))
    try:
        name = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        name = path.encode("utf-8", "replace")
    return quote(name)


def _inert(text: str) -> str:
    """Text that shows as it is and does nothing."""
    return escape(_HARMFUL.sub("\N{REPLACEMENT CHARACTER}", text))
