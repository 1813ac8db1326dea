"""A transcript as Markdown: a heading, the facts, paragraphs with times; hides which characters need escapes.

The Markdown is CommonMark with the tables of GitHub's dialect. Whatever was said comes out as said: no
character of it is taken for markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from barrierfree.transcription.transcript import Transcript
from barrierfree.transcription.writers.paragraphs import Paragraph, clock, facts, one_line, paragraphs
from barrierfree.wording import _

__all__ = ["write"]

_MARKUP = re.compile(r"[\\`*_\[\]<>&~|#$]")
"""Only what has a meaning inside a line: no line of ours begins with what was said."""


def write(transcript: Transcript, **_options: Any) -> Iterator[bytes]:
    """The document, paragraph by paragraph."""
    for block in _blocks(transcript):
        yield block.encode("utf-8", "replace")


def _blocks(transcript: Transcript) -> Iterator[str]:
    yield f"# {_plain(one_line(transcript.source).strip()) or _('Transcript')}\n"
    yield f"\n| {_('Fact')} | {_('Value')} |\n| --- | --- |\n"
    for name, value in facts(transcript):
        yield f"| {_plain(name)} | {_plain(value)} |\n"
    yield f"\n## {_('What was said')}\n"
    for paragraph in paragraphs(transcript):
        if paragraph.chapter:
            yield f"\n### {clock(paragraph.start)}\n"
        yield f"\n{_line(paragraph)}\n"


def _line(paragraph: Paragraph) -> str:
    time = clock(paragraph.start)
    label = f"{time} {_plain(paragraph.speaker)}:" if paragraph.speaker else time
    return f"**{label}** {_plain(paragraph.text)}"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)
