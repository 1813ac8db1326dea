"""What is said of characters that come and go in a text; hides echo, capitals, passwords and long texts.

The same words serve text fields of apps and the prompt of a terminal.
"""

from __future__ import annotations

from typing import Final

from barrierfree.reading.clusters import cluster_end, is_han, is_one_character, is_word, word_before
from barrierfree.reading.joining import around, joined, one_line
from barrierfree.reading.settings import ReadingSettings
from barrierfree.speech.utterance import Part, Utterance, spell
from barrierfree.wording import _, ngettext

__all__ = [
    "character_part",
    "deleted_parts",
    "describe_character",
    "describe_deleted",
    "describe_line",
    "describe_typed",
    "line_words",
    "passage",
    "typed_parts",
]

MOST_READ: Final = 200
"""Characters of an inserted, deleted or selected text that are read out; of more, the number is."""
_SPELLED: Final = 3
"""Characters that come at once and are still told one by one: somebody types fast."""
_HAN_TYPED: Final = 8
"""Chinese characters that an input method gives at once."""


def describe_typed(
    text: str, settings: ReadingSettings, *, line: str = "", protected: bool = False
) -> Utterance | None:
    """What is said of typed text, as key echo wants it; None when it is silent.

    Args:
        text: What was typed: mostly one character; a word or two from an input method or a completion.
        settings: Which echo, and whether capitals are told.
        line: What stands before it, to know the word that it ends.
        protected: It is a password: only that something was typed is told.
    """
    parts = typed_parts(text, settings, line=line, protected=protected)
    return Utterance(*parts, reason="typed") if parts else None


def describe_deleted(
    text: str,
    settings: ReadingSettings = ReadingSettings(),  # noqa: B008  frozen
    *,
    protected: bool = False,
) -> Utterance:
    """What is said of deleted text: "x deleted"; of a password only how much it was."""
    return Utterance(*deleted_parts(text, settings, protected=protected), reason="deleted")


def describe_line(line: str) -> Utterance:
    """What is said of a line the caret has come to."""
    return Utterance(line_words(line), reason="caret")


def describe_character(
    text: str,
    at: int,
    settings: ReadingSettings = ReadingSettings(),  # noqa: B008  frozen
) -> Utterance:
    """What is said of the character at a place of a line, or of its end."""
    character = text[at : cluster_end(text, at)]
    return Utterance(character_part(character, settings) if character else _("end of line"), reason="caret")


def typed_parts(
    text: str, settings: ReadingSettings, *, line: str = "", protected: bool = False
) -> tuple[Part, ...]:
    """The parts of :func:`describe_typed`; none when it is silent."""
    echo = settings.key_echo
    if not text:
        return ()
    if protected:
        return (_stars(text),) if echo.characters else ()
    if is_one_character(text):
        return _typed_character(text, settings, line)
    if is_han(text) and len(text) <= _HAN_TYPED:
        return (text,) if echo.characters or echo.words else ()
    if len(text) <= _SPELLED:
        return (spell(_told(text, settings)),) if echo.characters else ()
    return (passage(text, settings, _inserted),)


def _typed_character(text: str, settings: ReadingSettings, line: str) -> tuple[Part, ...]:
    word = word_before(line, len(line)) if settings.key_echo.words and not is_word(text[0]) else ""
    character = settings.key_echo.characters and not (word and text.isspace())
    if text == "\n":
        return joined([word, _("new line") if character else None])
    return joined([word, character_part(text, settings) if character else None])


def deleted_parts(text: str, settings: ReadingSettings, *, protected: bool = False) -> tuple[Part, ...]:
    """The parts of :func:`describe_deleted`."""
    if protected:
        if len(text) == 1:
            return (_("{text} deleted").format(text=_("star")),)
        return (_deleted(len(text)),)
    if text == "\n":
        return (_("line break deleted"),)
    return (
        around(_("{text} deleted"), passage(text, settings, None))
        if _is_read(text)
        else (_deleted(len(text)),)
    )


def passage(text: str, settings: ReadingSettings, count: object) -> Part:
    """Text in the middle of editing: one character is spelled, white space counted, a long text too."""
    if is_one_character(text):
        return character_part(text, settings)
    if not text.strip():
        return ngettext("{number} space", "{number} spaces", len(text)).format(number=len(text))
    if callable(count) and not _is_read(text):
        return str(count(len(text)))
    return one_line(text)


def character_part(character: str, settings: ReadingSettings) -> Part:
    """One character by its name; a capital as one, if the settings say so."""
    return spell(_told(character, settings))


def line_words(line: str) -> str:
    """A line, or that there is nothing in it."""
    return one_line(line) or _("blank")


def _told(text: str, settings: ReadingSettings) -> str:
    return text if settings.capitals else text.lower()


def _is_read(text: str) -> bool:
    return len(text) <= MOST_READ


def _stars(text: str) -> str:
    count = len(text)
    return (
        _("star")
        if count == 1
        else ngettext("{number} character", "{number} characters", count).format(number=count)
    )


def _inserted(count: int) -> str:
    return ngettext("{number} character inserted", "{number} characters inserted", count).format(number=count)


def _deleted(count: int) -> str:
    return ngettext("{number} character deleted", "{number} characters deleted", count).format(number=count)
