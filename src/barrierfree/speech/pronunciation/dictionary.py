r"""The user's own pronunciations. Hides their file, and how words are found in a text.

A plain text file, one entry a line::

    # comment
    nginx = engine x
    /(\d+)Gi\b/ = \1 gibibytes
    [zh]
    行 = 航

A word in small letters is found in any case, one with a capital only as it is written; it has to stand alone,
not inside a longer word, except where it begins or ends with a letter of a script without spaces. The longest
word wins, words win over regular expressions. Below ``[zh]`` or ``[en]`` an entry holds only in sentences
that are mainly in that language; ``[all]`` ends that. What is written behind "=" is read like any text; a
word with "=" in it needs a regular expression. What those may be is told in :mod:`expressions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from barrierfree.errors import SettingsError
from barrierfree.speech.pronunciation.expressions import matches, may_be_endless
from barrierfree.wording import _

__all__ = ["Dictionary", "Found", "load_dictionary", "read_dictionary"]

_SECTIONS: Final = {"all": "", "zh": "zh", "en": "en"}


class Found(NamedTuple):
    """A part of a text the user wants read in another way."""

    start: int
    end: int
    spoken: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    expression: re.Pattern[str]
    spoken: str
    language: str


@dataclass(frozen=True, slots=True, eq=False)
class Dictionary:
    """Pronunciations that come before all rules."""

    _words: dict[tuple[str, str], str]
    """By language ("" for all) and word; in small letters where the case does not matter."""
    _patterns: tuple[_Pattern, ...]
    _begins: re.Pattern[str] | None
    """A character that some word begins with, where a word may begin."""
    _lengths: dict[str, tuple[int, ...]]
    """Lengths of the words that begin with a (small) letter, the longest first."""

    @property
    def by_language(self) -> bool:
        """True when some entries hold in one language only."""
        return any(language for language, _word in self._words) or any(one.language for one in self._patterns)

    def found(self, text: str, language: str) -> list[Found]:
        """What is to be read in another way, in order and without overlap.

        Args:
            text: A sentence.
            language: Its main language.
        """
        words = list(self._found_words(text, language))
        taken = bytearray(len(text) + 1)
        for one in words:
            taken[one.start : one.end] = b"\x01" * (one.end - one.start)
        for pattern in self._patterns:
            if pattern.language in ("", language):
                for match in matches(pattern.expression, text):
                    if match.end() > match.start() and not any(taken[match.start() : match.end()]):
                        taken[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
                        words.append(Found(*match.span(), match.expand(pattern.spoken)))
        return sorted(words)

    def _found_words(self, text: str, language: str) -> Iterator[Found]:
        if not self._begins:
            return
        at = 0
        while begins := self._begins.search(text, at):
            start = begins.start()
            at = start + 1
            for length in self._lengths[begins.group().lower()]:
                spoken = self._word(text, start, start + length, language)
                if spoken is not None:
                    at = start + length
                    yield Found(start, at, spoken)
                    break

    def _word(self, text: str, start: int, end: int, language: str) -> str | None:
        word = text[start:end]
        if end > len(text) or (_is_spaced(word[-1]) and end < len(text) and _is_spaced(text[end])):
            return None
        for key in ((language, word), (language, word.lower()), ("", word), ("", word.lower())):
            if key in self._words:
                return self._words[key]
        return None


def load_dictionary(file: Path) -> Dictionary:
    """The dictionary in a file.

    Raises:
        SettingsError: It cannot be read, or a line of it is wrong; the message names file and line.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SettingsError(
            _("The dictionary {file} cannot be read: {error}").format(file=file, error=reason),
            hint=_("It has to be a plain text file in UTF-8."),
        ) from error
    return read_dictionary(text, name=str(file))


def read_dictionary(text: str, *, name: str = "") -> Dictionary:
    """The dictionary written in a text.

    Args:
        text: Its lines.
        name: Where it is from, for error messages.

    Raises:
        SettingsError: A line is wrong; the message names the line.
    """
    words: dict[tuple[str, str], str] = {}
    patterns: list[_Pattern] = []
    language = ""
    for number, written in enumerate(text.splitlines(), 1):
        line = written.strip()
        if not line or line.startswith("# ") or line == "#":
            continue
        where = f"{name}, {number}" if name else str(number)
        if line[0] == "[" and line[-1] == "]":
            language = _section(line, where)
        elif line[0] == "/" and (end := _end_of_expression(line)):
            patterns.append(_pattern(line[1:end], line[end + 1 :].strip()[1:].strip(), language, where))
        else:
            word, equals, spoken = line.partition("=")
            if not equals or not word.strip():
                raise SettingsError(
                    _("{where}: this line is no entry: {line}").format(where=where, line=_shown(line)),
                    hint=_("Write: word = how it is said. Comments begin with # and a space."),
                )
            words[language, word.strip()] = spoken.strip()
    return Dictionary(words, tuple(patterns), _beginnings(words), _lengths(words))


def _section(line: str, where: str) -> str:
    section = line[1:-1].strip().lower()
    if section not in _SECTIONS:
        raise SettingsError(
            _("{where}: there is no section [{section}].").format(where=where, section=_shown(section)),
            hint=_("Sections are: {names}.").format(names=", ".join(f"[{known}]" for known in _SECTIONS)),
        )
    return _SECTIONS[section]


def _end_of_expression(line: str) -> int:
    """Where the second slash of "/…/ =" is; 0 where there is none."""
    found = re.search(r"/\s*=", line[1:])
    return found.start() + 1 if found else 0


def _pattern(written: str, spoken: str, language: str, where: str) -> _Pattern:
    try:
        expression = re.compile(written)
        expression.sub(spoken, "")  # finds a reference to a group that is not there
    except (re.error, IndexError, OverflowError, RecursionError) as error:
        raise SettingsError(
            _("{where}: this regular expression is wrong: {error}").format(where=where, error=error),
            hint=_("It is written as in Python: \\d is a digit, \\1 the first group."),
        ) from error
    if may_be_endless(written):
        raise SettingsError(
            _("{where}: this regular expression could take for ever.").format(where=where),
            hint=_("It repeats what repeats, or repeats too often; write a part of it without + or *."),
        )
    return _Pattern(expression, spoken, language)


def _shown(line: str) -> str:
    """A line as it can be shown in a message."""
    printable = "".join(character if character.isprintable() else "?" for character in line)
    return printable if len(printable) <= 60 else f"{printable[:57]}..."  # noqa: PLR2004


def _is_spaced(character: str) -> bool:
    """True for letters of scripts with spaces between words."""
    return character.isalnum() and character < "\u2e80"


def _beginnings(words: dict[tuple[str, str], str]) -> re.Pattern[str] | None:
    firsts = {
        case
        for _language, word in words
        for case in (word[0].lower(), word[0].upper(), word[0])
        if len(case) == 1
    }
    if not firsts:
        return None
    spaced = "".join(re.escape(first) for first in sorted(firsts) if _is_spaced(first))
    other = "".join(re.escape(first) for first in sorted(firsts) if not _is_spaced(first))
    choices = [f"(?<![^\\W\u2e80-\U0010ffff])[{spaced}]"] if spaced else []
    return re.compile("|".join([*choices, f"[{other}]"] if other else choices))


def _lengths(words: dict[tuple[str, str], str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for _language, word in words:
        lengths.setdefault(word[0].lower(), set()).add(len(word))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
