"""What is news about a thing that was heard before; hides what may change, and what of it is no news."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from barrierfree.reading.editing import edit_parts
from barrierfree.reading.joining import Piece, in_language, joined, one_line
from barrierfree.reading.news import fresh_text
from barrierfree.reading.phrasing import Reason, describe, value_words
from barrierfree.reading.places import place_words
from barrierfree.reading.role_words import lost_words, state_words
from barrierfree.reading.settings import ReadingSettings, Verbosity
from barrierfree.semantics import Node, Role, State
from barrierfree.speech.utterance import Part
from barrierfree.wording import _

__all__ = ["change_parts", "same_thing"]

_CONTRARY: Final = frozenset({State.EXPANDED, State.COLLAPSED})


def same_thing(one: Node, other: Node) -> bool:
    """Whether two snapshots show the same thing."""
    if one.key is not None or other.key is not None:
        return one.key == other.key
    return (one.role, one.name, one.position) == (other.role, other.name, other.position)


def change_parts(before: Node, after: Node, settings: ReadingSettings) -> tuple[Part, ...]:
    """The parts of what is said about a change; none when nothing is news."""
    if before == after:
        return ()
    pieces: list[Piece] = [_edited(before, after, settings)]
    plain = settings.verbosity is Verbosity.PLAIN
    if after.name != before.name and after.name.strip():
        pieces.append(in_language(one_line(after.name), after.language))
    pieces += _new_value(before, after)
    pieces += _new_states(before, after, alone=not any(pieces))
    pieces += _new_help(before, after, plain=plain)
    pieces.append(_new_active(before, after, settings))
    if not plain and before.position.index != after.position.index:
        pieces += place_words(after, before)
    return joined(pieces)


def _edited(before: Node, after: Node, settings: ReadingSettings) -> tuple[Part, ...]:
    if not before.editing or not after.editing:
        return ()
    protected = State.PROTECTED in before.states | after.states
    return edit_parts(before.editing, after.editing, settings, protected=protected)


def _new_value(before: Node, after: Node) -> Iterator[Part]:
    """What is in it now, unless it was typed, which has its own words."""
    if before.editing and after.editing:
        return
    if before.value == after.value and before.fraction == after.fraction:
        return
    if after.role is Role.LOG:
        yield in_language(fresh_text(before.value, after.value, by_line=True), after.language)
        return
    value, old = value_words(after), value_words(before)
    if value != old and value != one_line(after.name):
        yield in_language(value, after.language) if value else _("blank")


def _new_states(before: Node, after: Node, *, alone: bool) -> Iterator[str]:
    gained, lost = after.states - before.states, before.states - after.states
    if after.role is Role.COMBOBOX and not alone:
        gained -= _CONTRARY  # that it closed is heard from what was chosen
    yield from state_words(after, among=gained)
    yield from lost_words(after, lost)


def _new_help(before: Node, after: Node, *, plain: bool) -> Iterator[Part]:
    """Why an entry is invalid, when it has become so; other help when it is other."""
    text = one_line(after.description)
    if not text or text in (one_line(after.name), one_line(after.value)):
        return
    became_invalid = State.INVALID in after.states - before.states
    changed = text != one_line(before.description) and before.value == after.value
    if became_invalid or (changed and not plain):
        yield in_language(text, after.language)


def _new_active(before: Node, after: Node, settings: ReadingSettings) -> tuple[Part, ...]:
    """The item the keys are on now, or what changed about it."""
    if after.active is None or after.active == before.active:
        return ()
    if before.active and same_thing(before.active, after.active):
        return change_parts(before.active, after.active, settings)
    return describe(after.active, Reason.FOCUS, settings, since=before.active).parts
