"""What is news about a text in which somebody types, deletes, moves and selects; hides how it is found out.

Only two snapshots are known, never the key: what was typed, deleted or passed over is worked out from the
caret's line, the caret, the number of lines and the selection.

    >>> describe_edit(Editing("hell", 4), Editing("hello", 5), ReadingSettings()).text
    'o'
    >>> describe_edit(Editing("hello", 5), Editing("", 0), ReadingSettings()).text
    'hello deleted'
"""

from __future__ import annotations

from collections.abc import Iterator

from barrierfree.reading.caret import moved, selected, without_text
from barrierfree.reading.joining import Piece, joined, one_line
from barrierfree.reading.settings import ReadingSettings
from barrierfree.reading.typing_words import (
    MOST_READ,
    deleted_parts,
    describe_character,
    describe_deleted,
    describe_line,
    describe_typed,
    line_words,
    typed_parts,
)
from barrierfree.semantics import Editing
from barrierfree.speech.utterance import Part, Utterance
from barrierfree.wording import _, ngettext

__all__ = [
    "describe_character",
    "describe_deleted",
    "describe_edit",
    "describe_line",
    "describe_typed",
    "edit_parts",
]


def describe_edit(
    before: Editing, after: Editing, settings: ReadingSettings, *, protected: bool = False
) -> Utterance | None:
    """What is said about a text that was edited, or in which the caret or the selection moved.

    Args:
        before: As it was heard last.
        after: As it is.
        settings: Which echo, and whether capitals are told.
        protected: It is a password: of its text nothing is said, not even where it should be dots.

    Returns:
        None when nothing is news, and for typed characters where the echo is off.
    """
    parts = edit_parts(before, after, settings, protected=protected)
    return Utterance(*parts, reason="edit") if parts else None


def edit_parts(
    before: Editing, after: Editing, settings: ReadingSettings, *, protected: bool = False
) -> tuple[Part, ...]:
    """The parts of :func:`describe_edit`; none when nothing is news."""
    if protected:
        before, after = without_text(before), without_text(after)
    if before == after:
        return ()
    if before.rows == after.rows and (before.row, before.line) == (after.row, after.line):
        return joined(selected(before, after, settings, protected=protected))
    if before.rows == after.rows and before.row == after.row:
        return joined(_line_edited(before, after, settings, protected=protected))
    if after.rows > before.rows:
        return joined(_lines_added(before, after, settings))
    if after.rows < before.rows:
        return joined(_lines_removed(before, after, settings))
    return joined(moved(before, after, settings))


def _line_edited(
    before: Editing, after: Editing, settings: ReadingSettings, *, protected: bool
) -> Iterator[Piece]:
    removed, inserted = _difference(before, after)
    if not inserted:
        yield deleted_parts(removed, settings, protected=protected)
        return
    line = after.line[: after.column - len(inserted)] if after.line[: after.column].endswith(inserted) else ""
    echo = typed_parts(inserted, settings, line=line, protected=protected)
    if not removed:
        yield echo
    elif removed == before.selection:  # typed over what was selected
        yield echo
        yield deleted_parts(removed, settings)
    elif protected or (len(inserted) == len(removed) == 1 and after.column > before.column):
        yield echo  # overwritten
    else:  # another line altogether: recalled, completed, undone
        yield line_words(after.line)


def _difference(before: Editing, after: Editing) -> tuple[str, str]:
    """What went out of a line and what came into it.

    Of several ways to see it, that is taken in which the caret stands where it happened: of "abab", typing
    "ab" gives "ab" and not "ba".
    """
    old, new, caret = before.line, after.line, after.column
    grown = len(new) - len(old)
    if grown > 0 and caret >= grown and new[: caret - grown] + new[caret:] == old:
        return "", new[caret - grown : caret]
    if grown < 0 and old[:caret] + old[caret - grown :] == new:
        return old[caret : caret - grown], ""
    selection = before.selection
    at = min(before.column, max(0, caret - (grown + len(selection))))
    for start in {at, before.column, max(0, before.column - len(selection))} if selection else ():
        rest = old[start + len(selection) :]
        if old.startswith(selection, start) and new.startswith(old[:start]) and new.endswith(rest):
            inserted = new[start : len(new) - len(rest)]
            if len(new) >= start + len(rest) and inserted:
                return selection, inserted
    return _plain_difference(old, new)


def _plain_difference(old: str, new: str) -> tuple[str, str]:
    shortest = min(len(old), len(new))
    start = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    ends = range(shortest - start)
    end = next((at for at in ends if old[-1 - at] != new[-1 - at]), shortest - start)
    return old[start : len(old) - end], new[start : len(new) - end]


def _lines_added(before: Editing, after: Editing, settings: ReadingSettings) -> Iterator[Piece]:
    added = after.rows - before.rows
    tail = before.line[before.column :]
    if added == 1 and after.row == before.row + 1 and after.line.lstrip() == tail.lstrip():
        yield typed_parts("\n", settings, line=before.line[: before.column])
        return
    yield ngettext("{number} line inserted", "{number} lines inserted", added).format(number=added)
    yield line_words(after.line)


def _lines_removed(before: Editing, after: Editing, settings: ReadingSettings) -> Iterator[Piece]:
    removed = before.rows - after.rows
    selection = before.selection
    if selection.count("\n") == removed and len(selection) <= MOST_READ:
        yield deleted_parts(selection, settings)
        return
    if removed == 1 and not selection and _is_join(before, after):
        yield _("line break deleted")
        if not before.line:
            yield line_words(after.line)
        return
    if removed == 1 and not selection and one_line(before.line):
        yield deleted_parts(before.line, settings)
    else:
        yield ngettext("{number} line deleted", "{number} lines deleted", removed).format(number=removed)
    yield line_words(after.line)


def _is_join(before: Editing, after: Editing) -> bool:
    """Whether a line was put behind the one before it, or the next one behind it."""
    if before.column == 0 and after.row == before.row - 1:
        return after.line[after.column :] == before.line
    return (
        before.column == len(before.line) == after.column
        and after.row == before.row
        and after.line.startswith(before.line)
    )
