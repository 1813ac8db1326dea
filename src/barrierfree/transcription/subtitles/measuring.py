"""How much of a line, and of a reader's time, a text takes; hides how wide a character is.

Widths follow Unicode Standard Annex 11 (East Asian Width): W and F are full-width, and so is A (ambiguous,
as in “ ” … —) where it stands with Chinese, Japanese or Korean, or alone. Marks that sit on another character
take nothing.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from barrierfree.transcription.subtitles.breaking import pieces
from barrierfree.transcription.subtitles.rules import SubtitleRules

__all__ = ["count", "count_line", "fill", "reading_time", "split_to_fit"]


def count(piece: str) -> tuple[int, int]:
    """Narrow and full-width characters in a piece of text (see :func:`~.breaking.pieces`)."""
    return (len(piece), 0) if piece.isascii() else _count(piece)


@lru_cache(maxsize=1 << 14)
def _count(piece: str) -> tuple[int, int]:
    kinds = [unicodedata.east_asian_width(character) for character in piece]
    alone = not any(map(str.isalnum, piece))
    wide_kinds = "WFA" if alone or "W" in kinds or "F" in kinds else "WF"
    narrow = wide = 0
    for character, kind in zip(piece, kinds, strict=True):
        if not _rides(character):
            wide += kind in wide_kinds
            narrow += kind not in wide_kinds
    return narrow, wide


def _rides(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Me", "Cf"}


def count_line(line: str) -> tuple[int, int]:
    """Narrow and full-width characters in a line; a space is a narrow one."""
    if line.isascii():
        return len(line), 0
    narrow = wide = 0
    for piece, spaced in pieces(line):
        more_narrow, more_wide = count(piece)
        narrow += more_narrow + spaced
        wide += more_wide
    return narrow, wide


def fill(narrow: int, wide: int, rules: SubtitleRules) -> float:
    """How full a line of so many characters is; more than 1 is too long."""
    return (narrow * rules.wide_line_length + wide * rules.line_length) / (
        rules.line_length * rules.wide_line_length
    )


def reading_time(narrow: int, wide: int, rules: SubtitleRules) -> float:
    """Seconds it takes to read so many characters."""
    return narrow / rules.reading_speed + wide / rules.wide_reading_speed


def split_to_fit(piece: str, rules: SubtitleRules) -> list[str]:
    """A piece that is longer than a line, in parts that are not; marks stay with their character.

    Web addresses and the like are torn after a stroke or a dot, where there is one.
    """
    parts: list[str] = []
    part = ""
    for character in piece:
        if part and not _rides(character) and fill(*count(part + character), rules) > 1:
            end = max(map(part.rfind, "/&?=.-_")) + 1
            end = end if end * 2 > len(part) else len(part)
            parts.append(part[:end])
            part = part[end:]
        part += character
    return [*parts, part]
