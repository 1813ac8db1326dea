"""What is said when the caret or the selection moves; hides how far it went, by character, word or line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from barrierfree.reading.clusters import cluster_end, cluster_start, is_word, word_at, word_before
from barrierfree.reading.joining import Piece, around
from barrierfree.reading.settings import ReadingSettings
from barrierfree.reading.typing_words import MOST_READ, character_part, line_words, passage
from barrierfree.semantics import Editing
from barrierfree.speech.utterance import Part
from barrierfree.wording import _, ngettext

__all__ = ["moved", "selected", "without_text"]

_DOT = "•"


def without_text(editing: Editing) -> Editing:
    """A password's editing with nothing but its length in it, whatever its source put there."""
    return replace(editing, line=_DOT * len(editing.line), selection="")


def selected(
    before: Editing, after: Editing, settings: ReadingSettings, *, protected: bool = False
) -> Iterator[Piece]:
    """What is said when the text of the line is the same, but caret or selection are not."""
    old, new = before.selection, after.selection
    if old == new:
        if not new:
            yield from moved(before, after, settings, protected=protected)
        return
    if not new:
        yield from moved(before, after, settings, protected=protected)
        yield _("selection removed")
    elif len(new) > len(old) and (new.startswith(old) or new.endswith(old)):
        yield from _part_of_selection(_difference(new, old), _("{text} selected"), settings)
    elif len(new) < len(old) and (old.startswith(new) or old.endswith(new)):
        yield from _part_of_selection(_difference(old, new), _("{text} unselected"), settings)
    else:
        yield from _part_of_selection(new, _("{text} selected"), settings)


def moved(
    before: Editing, after: Editing, settings: ReadingSettings, *, protected: bool = False
) -> Iterator[Piece]:
    """What is said when the caret moved: a character, a word, or the line it is in now."""
    line, start, end = after.line, before.column, after.column
    if before.row != after.row:
        yield from _another_line(before, after, settings)
        if before.selection and not after.selection:
            yield _("selection removed")
        return
    if start == end:
        return
    if end >= len(line):
        yield _("end of line")
    elif protected:
        yield _("star")
    elif end in (cluster_end(line, start), cluster_start(line, start)):
        yield character_part(line[end : cluster_end(line, end)], settings)
    else:
        yield _word(line, start, end, settings)


def _another_line(before: Editing, after: Editing, settings: ReadingSettings) -> Iterator[Piece]:
    line = after.line
    if line and before.column == 0 and after.row == before.row - 1 and after.column == len(line):
        yield _("end of line")  # it went left, over the start of a line
        return
    right = before.column >= len(before.line) > 0 and after.row == before.row + 1 and after.column == 0
    if line and right:
        yield character_part(line[: cluster_end(line, 0)], settings)
        return
    yield line_words(line)


def _word(line: str, start: int, end: int, settings: ReadingSettings) -> Part:
    """The word the caret has come to; the one it passed, where it stands behind a word."""
    behind = end > start and end > 0 and is_word(line[end - 1]) and not is_word(line[end])
    word = word_before(line, end) if behind else word_at(line, end)
    return passage(word or line[end], settings, None)


def _difference(longer: str, shorter: str) -> str:
    return longer[len(shorter) :] if longer.startswith(shorter) else longer[: len(longer) - len(shorter)]


def _part_of_selection(text: str, template: str, settings: ReadingSettings) -> Iterator[Piece]:
    if len(text) <= MOST_READ:
        yield around(template, passage(text, settings, None))
        return
    count = ngettext("{number} character", "{number} characters", len(text)).format(number=len(text))
    yield template.format(text=count)
