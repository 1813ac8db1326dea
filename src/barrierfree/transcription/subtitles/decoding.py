"""Bytes of a subtitle file as lines of text; hides encodings and line ends.

A byte order mark decides; without one the text is UTF-8 if it can be, UTF-16 if every other byte is zero,
then GB18030 (which contains GBK and GB2312: most Chinese subtitles of before 2010), then Windows-1252.
"""

from __future__ import annotations

import codecs
import re

from barrierfree.errors import UnreadableTranscript
from barrierfree.wording import _

__all__ = ["lines_of", "unreadable"]

_LARGEST = 1 << 26
"""Bytes; subtitles of a whole day have a twentieth of it."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_ENDS = re.compile("\r*\n|\r")
"""Two carriage returns before a line feed come from copying in text mode on Windows: one line end."""
_NOT_ASCII = re.compile("[^\x00-\x7f]")
_USUAL = re.compile("[\u4e00-\u9fff，。？！：；、“”…—《》]")


def lines_of(data: bytes) -> list[str]:
    """The lines, without their ends; the line at index 0 is line 1 of the file.

    Raises:
        UnreadableTranscript: The bytes are no text, or far too many.
    """
    if len(data) > _LARGEST:
        raise UnreadableTranscript(
            _("The file is too large for subtitles."), hint=_("Check that it is the right file.")
        )
    return _LINE_ENDS.split(_decoded(data).lstrip("\ufeff"))


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if data[1:200:2].count(0) * 4 > len(data[1:200:2]):
        return data.decode("utf-16-le", "replace")
    if data[0:200:2].count(0) * 4 > len(data[0:200:2]):
        return data.decode("utf-16-be", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _looks_chinese(text):
            return text
    return data.decode("cp1252", "replace")


def _looks_chinese(text: str) -> bool:
    """Whether text decoded as GB18030 is meant so: accents of Western Europe come out as rare characters."""
    return len(_USUAL.findall(text)) * 10 >= len(_NOT_ASCII.findall(text)) * 9


def unreadable(line: int, what: str, hint: str = "") -> UnreadableTranscript:
    """The error for something wrong in a subtitle file.

    Args:
        line: Where it is, from 1.
        what: What is wrong, a sentence.
        hint: What to do.
    """
    return UnreadableTranscript(
        _("Line {line}: {what}").format(line=line, what=what),
        hint=hint or _("Mend that line in a text editor, or make the subtitles again."),
    )
