"""Text as it is meant, without what only a screen needs; hides escapes, invisible signs and their offsets.

Removed: terminal escapes (ECMA-48: CSI, OSC, DCS), control characters, overstrikes, marks of direction,
zero-width signs, marks that combine with nothing. Replaced by the usual letter: full-width ASCII, the
alphabets of mathematics, radicals that look like a whole character, letters written with combining marks,
pairs of surrogates. A lone surrogate becomes U+FFFD, which has a name. Line ends and
other white space stay, for sentences end at them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

__all__ = ["Origin", "cleaned_blocks"]

_BLOCK: Final = 1 << 16
"""Characters cleaned at a time."""
_SEQUENCE: Final = 2048
"""Longer escape sequences are taken for damaged, and only their first characters removed."""

_ESCAPE = (
    r"\x1b\[[0-?]{0,64}[ -/]{0,4}(?P<csi>[@-~])"
    r"|\x9b[0-?]{0,64}[ -/]{0,4}[@-~]"
    rf"|\x1b[\]PX^_][^\x07\x1b\n\x9c]{{0,{_SEQUENCE}}}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b\][0-9]{0,4};?"
    r"|\x1b[ -/]{0,4}[0-~]?"
)
_BROKEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e001f\U000e0080-\U000e0fff"
)
_FULL_WIDTH = "０-９Ａ-Ｚａ-ｚ＃＄％＆＊＋－．／＜＝＞＠＼＾＿｀｜～￠￡￦"
_MATHEMATICAL = "\U0001d400-\U0001d7ff"
_RADICALS = str.maketrans(
    "⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻫⻬⻭⻮⻯⻰⻱⻲",
    "民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄斉齐歯齿竜龙龜亀",
)
"""Unicode's own normal form misses these: PDF files have "⻓城" for "长城", and no voice knows that sign.

After EquivalentUnifiedIdeograph.txt of Unicode, without the radicals that are only part of a character.
"""
_WHOLE_RADICALS = f"\u2e9f\u2ef3\u2f00-\u2fd5{''.join(map(chr, _RADICALS))}"
_MARKS = (
    "\u0300-\u034e\u0350-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20dc\u20e1\u20e5-\u20f0"
    "\ufe20-\ufe2f\u3099\u309a"
)
_DIRTY = re.compile(
    rf"{_ESCAPE}"
    r"|(?P<struck>[^\n\x08\x1b]\x08)"
    r"|(?P<pair>[\ud800-\udbff][\udc00-\udfff])"
    rf"|(?P<marked>[^\W\d_][{_MARKS}]{{1,64}})"
    r"|(?P<jamo>[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?)"
    rf"|(?P<letters>[{_FULL_WIDTH}{_MATHEMATICAL}{_WHOLE_RADICALS}])"
    r"|(?P<lone>[\ud800-\udfff])"
    rf"|(?P<broken>[{_BROKEN}{_MARKS}])"
)
_MAYBE_DIRTY = re.compile(
    rf"[\x1b{_BROKEN}{_FULL_WIDTH}{_MATHEMATICAL}{_WHOLE_RADICALS}{_MARKS}\u1100-\u11ff\ud800-\udfff]"
)
"""Most text has none of these, and is not looked at any closer."""
_MOVES = frozenset("ABCDEFGHJacdefg`")
"""Ends of the sequences that move the cursor: what follows stands elsewhere on the screen."""
_APART = frozenset("\x00\x1c\x1d\x1e\x1f")
"""Control characters that keep names or fields apart."""


class Origin:
    """Where the characters of a cleaned text came from. Only what is still needed is kept."""

    __slots__ = ("_at", "_from", "_wide")

    def __init__(self) -> None:
        self._at = [0]
        self._from = [0]
        self._wide: dict[int, int] = {}

    def came_from(self, at: int, source: int) -> None:
        """From the character ``at`` of the cleaned text on, the source is read from ``source``."""
        if self._at[-1] == at:
            self._from[-1] = source
        elif self._from[-1] - self._at[-1] != source - at:
            self._at.append(at)
            self._from.append(source)

    def stands_for(self, at: int, length: int) -> None:
        """The character ``at`` was made from so many characters of the source."""
        self._wide[at] = length

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the cleaned text stands in the source."""
        shift = self.shift
        if shift is not None:
            return start + shift, end + shift
        last = self._source(end - 1) + self._wide.get(end - 1, 1) if end else 0
        return (self._source(start), last) if start < end else (last, last)

    @property
    def shift(self) -> int | None:
        """What to add for the source, while nothing known was left out or put together; None otherwise."""
        return None if self._wide or len(self._at) > 1 else self._from[0] - self._at[0]

    def parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """The part of the cleaned text, cut where something was left out of the source or put together."""
        first, last = bisect_right(self._at, start), bisect_left(self._at, end)
        places = [start, *self._at[first:last], end]
        return list(pairwise(places))

    def _source(self, at: int) -> int:
        found = bisect_right(self._at, at) - 1 if len(self._at) > 1 else 0
        return self._from[found] + at - self._at[found]

    def forget(self, before: int) -> None:
        """Drop what is known of the characters before this one but the last."""
        kept = bisect_right(self._at, max(0, before - 1)) - 1 if len(self._at) > 1 else 0
        if kept > 0:
            del self._at[:kept], self._from[:kept]
            self._wide = {at: length for at, length in self._wide.items() if at >= before - 1}


def cleaned_blocks(text: str, origin: Origin) -> Iterator[str]:
    """The text without what only a screen needs, a stretch at a time, each noted in ``origin``."""
    start = at = 0
    while start < len(text):
        end = _block_end(text, start)
        block = text[start:end]
        origin.came_from(at, start)
        if _MAYBE_DIRTY.search(block):
            block = _clean(block, start, at, origin)
        yield block
        at += len(block)
        start = end


def _block_end(text: str, start: int) -> int:
    """Where a block may end without tearing an escape, a mark or a pair of surrogates."""
    end = start + _BLOCK
    if end >= len(text):
        return len(text)
    line = text.rfind("\n", start + _BLOCK // 2, end)
    if line > 0:
        return line + 1
    escape = max(text.rfind("\x1b", end - _SEQUENCE - 8, end), text.rfind("\x9b", end - 128, end))
    if escape > start:
        return escape
    while end > start + _BLOCK // 2 and _MAYBE_DIRTY.match(text, end):
        end -= 1
    return end


def _clean(block: str, start: int, at: int, origin: Origin) -> str:
    pieces: list[str] = []
    done = 0
    for found in _DIRTY.finditer(block):
        kept, instead = block[done : found.start()], _instead(found)
        pieces += kept, instead
        at += len(kept) + len(instead)
        length = found.end() - found.start()
        if instead and length > 1:
            origin.came_from(at - len(instead), start + found.start())
            origin.stands_for(at - 1, length - len(instead) + 1)
        if len(instead) != length:
            origin.came_from(at, start + found.end())
        done = found.end()
    return "".join((*pieces, block[done:]))


def _instead(found: re.Match[str]) -> str:
    kind, sign = found.lastgroup, found.group()
    if kind == "csi":
        return " " if found["csi"] in _MOVES else ""
    if kind in ("letters", "jamo"):
        return unicodedata.normalize("NFKC", sign.translate(_RADICALS))
    if kind == "marked":
        return _composed(sign)
    if kind == "pair":
        return sign.encode("utf-16", "surrogatepass").decode("utf-16")
    if kind == "lone":
        return "\ufffd"
    return " " if sign in _APART else ""


def _composed(sign: str) -> str:
    """The letter with those marks that are one character with it."""
    composed = unicodedata.normalize("NFC", sign)
    return composed[0] if len(composed) > 1 else composed
