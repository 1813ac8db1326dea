"""Addresses of pages, people and files, part by part; hides where one ends and how its parts are said.

In an address every sign counts, so all are named at every level of punctuation. Only "https://" is left out
below the level "most", where it says nothing. Letters are English; Chinese in an address has its own voice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from barrierfree.speech.pronunciation import english
from barrierfree.speech.pronunciation.english.numbers import digits
from barrierfree.speech.pronunciation.english.words import PARTS, address_word
from barrierfree.speech.pronunciation.scripts import HAN, KANA
from barrierfree.speech.pronunciation.symbols import LEVELS, symbol
from barrierfree.speech.pronunciation.tokens import Token, name, number, said, space, text

__all__ = ["GLUED", "address_end", "address_tokens"]

_LONGEST: Final = 2000
_IN_NAME: Final = r"A-Za-z0-9_.$@+~%\-"
_NAME: Final = f"(?:[{_IN_NAME}]++|[{HAN}{KANA}][{_IN_NAME}{HAN}{KANA}]*+)"
"""Of a file or folder. Chinese behind Latin letters is text that goes on: "/etc/hosts文件"."""
_REST: Final = rf"(?:[!#-;=?-~]++|(?<=[/=&?_.-])[{HAN}{KANA}]++){{1,{_LONGEST}}}+"
"""Of an address of a page: Chinese behind a Latin letter is text that goes on."""
_URL = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]{{1,15}}://{_REST}")
_WWW = re.compile(rf"www\.[A-Za-z0-9-]{_REST}")
_EMAIL = re.compile(
    r"[A-Za-z0-9_+-]{1,64}+(?:\.[A-Za-z0-9_+-]{1,64}+){0,8}+@[A-Za-z0-9-]{1,63}+(?:\.[A-Za-z0-9-]{1,63}+){1,8}+"
)
_DRIVE = re.compile(rf"[A-Za-z]:[\\/](?:{_NAME}[\\/])*+(?:{_NAME})?+")
_SHARE = re.compile(rf"\\\\[A-Za-z0-9_.-]++(?:\\{_NAME})++\\?")
_UNIX = re.compile(rf"(?:~|\.{{1,2}})?/(?:{_NAME}/)*+{_NAME}|(?:~|\.{{1,2}})?/(?:{_NAME}/)++|~/|\.\.?/")
_FILE = re.compile(
    r"(?:[A-Za-z0-9_+-]++/)?+(?:[A-Za-z0-9_.+-]++/)*+[A-Za-z0-9_][A-Za-z0-9_+-]*+(?:\.[A-Za-z0-9_+-]++)++(?::\d{1,5}(?!\d))?"
    r"(?:/[A-Za-z0-9_.~%/+=&?#:@,-]*+)?"
)
_NUMBERED_FILE = re.compile(r"[0-9][A-Za-z0-9_-]*+\.[a-z][a-z0-9]{1,4}(?![A-Za-z0-9])")
_MEASURED_NAME = re.compile(r"[A-Za-z]++-?[0-9]++(?:\.[0-9]++)++")
"""Names such as "PM2.5" and "USB3.0" end in a number, not in the kind of a file."""
_HOST = re.compile(r"localhost:\d{1,5}(?:/[A-Za-z0-9_.~%/+=&?#:@,-]*+)?")
_HIDDEN = re.compile(r"\.[A-Za-z][A-Za-z0-9_-]*+(?:\.[A-Za-z0-9_-]++)*+")
_TRAILING: Final = ".,;:!?)]}'’*…"
_SILENT_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_PIECE = re.compile(rf"[A-Za-z]++|[0-9]++|(?:%[0-9A-Fa-f]{{2}})++|[{HAN}]++|[{KANA}]++|\s++|.", re.DOTALL)
_HAN_ONLY = re.compile(f"[{HAN}]+")
_LATIN_ONLY = re.compile(r"[\x00-\x7f]*")
GLUED: Final = re.compile(r"[0-9]++(?:\.[0-9]++)*+")


def address_end(source: str, at: int, end: int) -> int:
    """Where the address that begins at a place ends; ``at`` itself when none begins there."""
    first = source[at]
    patterns: tuple[re.Pattern[str], ...] = (_URL, _WWW, _EMAIL, _DRIVE, _HOST, _FILE)
    if first in "/~":
        patterns = (_UNIX,)
    elif first == "\\":
        patterns = (_SHARE,)
    elif first == ".":
        patterns = (_UNIX, _HIDDEN)
    elif first.isdigit():
        patterns = (_EMAIL, _NUMBERED_FILE)
    for pattern in patterns:
        found = pattern.match(source, at, end)
        if found:
            length = len(found.group().rstrip(_TRAILING))
            if found.group()[length : length + 1] == ")" and "(" in found.group()[:length]:
                length += 1
            if pattern is not _FILE or _is_file(found.group()[:length]):
                return at + length
    return at


def _is_file(written: str) -> bool:
    return "." in written and not _MEASURED_NAME.fullmatch(written)


def address_tokens(source: str, start: int, end: int, level: int) -> Iterator[Token]:
    """The parts of an address, each with what is said for it."""
    scheme = _SILENT_SCHEME.match(source, start, end)
    if scheme and level < LEVELS["most"]:
        start = scheme.end()
    english_only = bool(_LATIN_ONLY.fullmatch(source, start, end))
    for piece in _PIECE.finditer(source, start, end):
        written = piece.group()
        if written.isascii() and written.isalpha():
            for part in (piece,) if written.islower() else PARTS.finditer(source, *piece.span()):
                yield said(*part.span(), "en", address_word(part.group()))
        elif written.isascii() and written.isdigit():
            if english_only:
                yield said(*piece.span(), "en", english.glued(written))
            else:
                yield _glued(source, piece)
        elif written[0] == "%" and len(written) > 1:
            yield _escaped(piece)
        elif len(written) > 1 or written.isalpha():
            yield text(*piece.span(), "ja" if "\u3040" < written < "\u3100" else "zh", written)
        elif written.isspace():
            yield space(*piece.span())
        else:
            yield _sign(piece, english_only=english_only)


def _escaped(piece: re.Match[str]) -> Token:
    """Bytes written in hexadecimal: the Chinese they stand for, or digit by digit."""
    from urllib.parse import unquote

    meant = unquote(piece.group(), errors="replace")
    if _HAN_ONLY.fullmatch(meant):
        return text(*piece.span(), "zh", meant)
    return said(
        *piece.span(), "en", " ".join(f"percent {digits(part)}" for part in piece.group()[1:].split("%"))
    )


def _glued(source: str, piece: re.Match[str]) -> Token:
    found = GLUED.match(source, *piece.span())
    assert found
    return number("glued", found)


def _sign(piece: re.Match[str], *, english_only: bool) -> Token:
    known = symbol(piece.group())
    if english_only:
        return said(*piece.span(), "en", known.english)
    return name(*piece.span(), known.english, known.mandarin)
