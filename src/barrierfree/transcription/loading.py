"""A transcript back from disk; hides the checks that keep everything but real transcripts out.

The file may come from anywhere: it is read as data, every value is checked, and whatever is wrong with
it ends in one :class:`~barrierfree.errors.UnreadableTranscript` that says where. The fields are described
in docs/transcript-json.md.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from barrierfree.errors import UnknownFormat, UnreadableTranscript
from barrierfree.transcription.transcript import Damage, Segment, Transcript, Word, joins_without_space
from barrierfree.transcription.writers.json import FORMAT, VERSION
from barrierfree.wording import _

__all__ = ["load"]

_LARGEST = 1 << 28
"""Bytes; a day of speech with every word takes a twentieth of it."""

_LONGEST_SHOWN = 40
"""Characters of a name out of the file that an error message repeats."""


def load(path: str | os.PathLike[str]) -> Transcript:
    """Read a transcript that was saved as JSON, or subtitles (srt, vtt).

    A transcript from JSON equals the one that was saved. Subtitles give one segment each.

    Raises:
        UnreadableTranscript: The file is missing, damaged, too large, or something else altogether.
        UnknownFormat: The file's ending is none of .json, .srt, .vtt.
    """
    path = Path(path)
    match path.suffix.lower():
        case ".json":
            return _from_json(path)
        case ".srt" | ".vtt":
            return _from_subtitles(path)
    raise UnknownFormat(
        _("{file} is not in a format that can be read back.").format(file=path),
        hint=_("Files that can be read back end in: {names}.").format(names=".json, .srt, .vtt"),
    )


def _from_subtitles(path: Path) -> Transcript:
    from barrierfree.transcription.subtitles import read_subtitles

    segments = (
        Segment(cue.start, cue.end, _running(cue.lines), tuple(cue.words), speaker=cue.speaker or None)
        for cue in read_subtitles(path)
    )
    return Transcript(tuple(sorted(segments, key=lambda segment: segment.start)), source=path.name)


def _running(lines: tuple[str, ...]) -> str:
    text = ""
    for line in lines:
        spaced = text and line and not (joins_without_space(text[-1]) or joins_without_space(line[0]))
        text += f" {line}" if spaced else line
    return text


class _Flaw(ValueError):
    """Something in the file is not as it should be; the place is added on the way out."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
        self.where: list[str] = []


def _from_json(path: Path) -> Transcript:
    try:
        return _transcript(_parsed(path))
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error), _("Check the name.")) from error
    except json.JSONDecodeError as error:
        place = _("line {line}, column {column}").format(line=error.lineno, column=error.colno)
        raise _unreadable(path, _("{place}: this is not JSON.").format(place=place)) from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, _("it is not text in UTF-8.")) from error
    except (RecursionError, MemoryError) as error:
        raise _unreadable(path, _("it is too deeply nested or too large.")) from error
    except _Flaw as flaw:
        place = _(", ").join(reversed(flaw.where))
        what = _("{place}: {what}").format(place=place, what=flaw.what) if place else flaw.what
        raise _unreadable(path, what) from flaw
    except ValueError as error:  # Python's limit on the digits of a whole number
        raise _unreadable(path, _("a number in it is too long.")) from error


def _unreadable(path: Path, what: str, hint: str = "") -> UnreadableTranscript:
    return UnreadableTranscript(
        _("{file} cannot be read: {what}").format(file=path, what=what),
        hint=hint or _("Only transcripts that barrierfree saved as json can be read back."),
    )


def _parsed(path: Path) -> object:
    with path.open("rb") as file:
        raw = file.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise _Flaw(_("it is too large for a transcript."))
    return json.loads(
        raw.decode("utf-8-sig"), object_pairs_hook=_without_repeats, parse_constant=_no_constant
    )


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise _Flaw(_('"{name}" is there twice.').format(name=_shown(max(names, key=names.count))))
    return found


def _shown(name: str) -> str:
    """A name out of the file, safe to show: it may be long, or hold control characters for terminals."""
    return "".join(character if character.isprintable() else "�" for character in name[:_LONGEST_SHOWN])


def _no_constant(name: str) -> NoReturn:
    raise _Flaw(_("{value} is not a number here.").format(value=name))


def _transcript(value: object) -> Transcript:
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise _Flaw(_("it is JSON, but not a transcript."))
    version = value.get("version")
    if isinstance(version, int) and version > VERSION:
        raise _Flaw(_("it was made by a newer barrierfree; this one has to be updated to read it."))
    if version != VERSION or isinstance(version, bool | float):
        raise _Flaw(_('"version" is wrong.'))
    return Transcript(**_fields(value, _TRANSCRIPT, "segments"))


def _fields(value: object, known: Mapping[str, Callable[[Any], Any]], *required: str) -> dict[str, Any]:
    """The fields of an object, each checked; the marks of the file as a whole are left out."""
    if not isinstance(value, dict):
        raise _Flaw(_("an object in braces belongs here."))
    for name in required:
        if name not in value:
            raise _Flaw(_('"{name}" is missing.').format(name=name))
    fields = {}
    for name, content in value.items():
        if name not in known:
            raise _Flaw(_('"{name}" is not a field that exists here.').format(name=_shown(name)))
        try:
            fields[name] = known[name](content)
        except _Flaw as flaw:
            if not flaw.where:
                flaw.where.append(f'"{name}"')
            raise
    return {name: content for name, content in fields.items() if known[name] is not _mark}


def _mark(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _Flaw(_("a text belongs here."))
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Flaw(_("true or false belongs here."))
    return value


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _Flaw(_("a number belongs here."))
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not (math.isfinite(number) and number >= 0):
        raise _Flaw(_("a number of 0 or more belongs here."))
    return number


def _confidence(value: Any) -> float:
    number = _seconds(value)
    if number > 1:
        raise _Flaw(_("a number between 0 and 1 belongs here."))
    return number


def _or_nothing(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else check(value)


def _list_of(
    check: Callable[[Any], Any], name: Callable[[int], str], *, ordered: bool = True
) -> Callable[[Any], tuple[Any, ...]]:
    """A check for lists; name says which item a flaw is in."""

    def checked(value: Any) -> Iterator[Any]:
        if not isinstance(value, list):
            raise _Flaw(_("a list belongs here."))
        before = 0.0
        for number, item in enumerate(value, 1):
            try:
                found = _following(check(item), before if ordered else 0.0)
            except _Flaw as flaw:
                flaw.where.append(name(number))
                raise
            before = found.start
            yield found

    return lambda value: tuple(checked(value))


def _following(found: Any, before: float) -> Any:
    if found.start < before:
        raise _Flaw(_("it starts before the one in front of it."))
    return found


def _word(value: Any) -> Word:
    return _forwards(Word(**_fields(value, _WORD, "start", "end", "text")))


def _segment(value: Any) -> Segment:
    return _forwards(Segment(**_fields(value, _SEGMENT, "start", "end", "text")))


def _damage(value: Any) -> Damage:
    return Damage(**_fields(value, _DAMAGE, "start", "reason"))


_Timed = TypeVar("_Timed", Word, Segment)


def _forwards(timed: _Timed) -> _Timed:
    if timed.end < timed.start:
        raise _Flaw(_("it ends before it starts."))
    return timed


_WORD = {"start": _seconds, "end": _seconds, "text": _text, "confidence": _or_nothing(_confidence)}
_DAMAGE = {"start": _seconds, "reason": _text}
_SEGMENT = {
    "start": _seconds,
    "end": _seconds,
    "text": _text,
    "speaker": _or_nothing(_text),
    "speaker_confidence": _or_nothing(_confidence),
    "language": _or_nothing(_text),
    "language_confidence": _or_nothing(_confidence),
    "restored": _flag,
    "words": _list_of(_word, lambda number: _("word {number}").format(number=number)),
}
_TRANSCRIPT = {
    "format": _mark,
    "version": _mark,
    "source": _text,
    "duration": _or_nothing(_seconds),
    "language": _or_nothing(_text),
    "engine": _text,
    "model": _text,
    "damage": _list_of(_damage, lambda number: _("damage {number}").format(number=number), ordered=False),
    "segments": _list_of(_segment, lambda number: _("segment {number}").format(number=number)),
}
