"""Where sentences end, in English, Chinese and mixed text; hides abbreviations, quotes and wrapped lines.

Sentences are cut, never changed: joined, they are the text, white space included. White space after a
sentence belongs to it. A sentence is at most a thousand characters long, so that a voice can begin and a
listener can stop: a longer one is cut at a space. How a text arrives in chunks changes no cut, because a
place is decided only when enough of what follows it is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["LONGEST", "SentenceSplitter", "sentences"]

LONGEST: Final = 1000
"""Characters of the longest sentence, but for one that ends in the same sign over and over."""
_LONGEST_RUN: Final = 1 << 20
"""So many of the same sign are kept together: "one million equals" is more use than a thousand parts."""
_WRAPPED_COLUMNS: Final = 40
"""A line at least so wide may go on in the next one."""
_JOINED_BACK: Final = 32

_STRONG = "。！？｡؟۔।॥"
_ENDS = ".!?…" + _STRONG
_NEW_LINES = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_OPENERS = "\"'“‘«([{（［｛「『《【〈〔¿¡"
_WORD_SEEN = 24
"""Characters of the word behind a full stop that are looked at."""
_CANDIDATE = re.compile(f"[{re.escape(_ENDS + _NEW_LINES)}]")
_CLOSERS = "[”’\"'»)\\]}）］｝」』》】〉〕]{0,8}"
_AFTER = re.compile(
    rf"([{re.escape(_ENDS)}]{{1,32}})({_CLOSERS})(\s{{0,64}})(?P<following>\S{{0,{_WORD_SEEN}}})"
)
_AFTER_STRONG = re.compile(rf"([{re.escape(_ENDS)}]{{1,32}})({_CLOSERS})(\s{{0,64}})(?P<following>\S?)")
_AFTER_LINE = re.compile(rf"(\r\n|[{_NEW_LINES}])(\s{{0,64}})(?P<following>\S?)")
_ABBREVIATION = re.compile(r"(?<![A-Za-z])[A-Za-z][A-Za-z.]{0,15}$")
_MARKER = re.compile(r"\s*[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,5})")
_HAN = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_JOINED = re.compile("[\u0300-\u036f\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
"""What belongs to the character before it."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEVER_LAST = _words(
    "mr mrs ms dr prof st mt messrs mme mlle gen gov sen rep col capt lt cmdr sgt maj rev hon pres e.g i.e "
    "cf viz vs v approx ca resp incl"
)
"""A full stop after these ends no sentence."""
_BEFORE_NUMBERS = _words(
    "no nos nr fig figs p pp vol vols ch chap sec art eq par ver tel ext apt rm op c est jan feb mar apr jun "
    "jul aug sep sept oct nov dec"
)
"""The same, where a figure follows."""
_SELDOM_LAST = _words(
    "inc ltd co corp jr sr a.m p.m u.s u.k u.n e.u u.s.a d.c b.c a.d ph.d m.d b.a m.a b.sc m.sc al dept univ "
    "bros ave blvd rd"
)
"""The same, unless a word follows that mostly begins sentences."""
_BEGINNERS = _words(
    "The A An He She It They We I You This That These Those There Here In On At But And So If When However "
    "Then What Why How Who Where My Our His Her Their Its No Yes After Before For As Not Please"
)


@dataclass(slots=True)
class _Place:
    """How far a text has been cut, and looked at."""

    start: int = 0
    """Where the sentence begins that is looked for."""
    at: int = 0
    """Up to here no end was found."""
    columns: int = 0
    """Width of what stands before the sentence on its line, up to the width that matters."""

    def move_to(self, text: str, cut: int) -> None:
        """Begin the next sentence at ``cut``."""
        last = text[max(self.start, cut - _WRAPPED_COLUMNS) : cut]
        line = re.split(f"[{_NEW_LINES}]", last)[-1]
        self.columns = _columns(line) + (self.columns if len(line) == cut - self.start else 0)
        self.start = self.at = cut


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a text begins and ends, in characters; together they cover the text."""
    place = _Place()
    while place.start < len(text):
        start = place.start
        cut = _next_cut(text, place, final=True)
        assert cut  # the rest of a text that is all there is a sentence at least
        place.move_to(text, cut)
        yield start, cut


class SentenceSplitter:
    """Cuts text that arrives in chunks; the cuts are those :func:`sentences` would make in the whole text."""

    def __init__(self) -> None:
        self._text = ""
        self._waiting: list[str] = []
        self._waiting_length = 0
        self._place = _Place()

    def feed(self, chunk: str) -> list[str]:
        """The sentences that are complete now that this chunk has come."""
        self._waiting.append(chunk)
        self._waiting_length += len(chunk)
        # Joining costs the length of what is kept: not for every "=" of a very long line of them.
        if self._waiting_length * 8 < len(self._text) - 2 * LONGEST:
            return []
        return self._cut(final=False)

    def finish(self) -> list[str]:
        """The sentences that were still open; afterwards the splitter is as new."""
        found = self._cut(final=True)
        self._text, self._place = "", _Place()
        return found

    def _cut(self, *, final: bool) -> list[str]:
        text = "".join((self._text, *self._waiting))
        self._waiting, self._waiting_length = [], 0
        place = self._place
        found = []
        while place.start < len(text):
            start = place.start
            cut = _next_cut(text, place, final=final)
            if cut is None:
                break
            place.move_to(text, cut)
            found.append(text[start:cut])
        self._text = text[place.start :]
        place.at -= place.start
        place.start = 0
        return found


def _next_cut(text: str, place: _Place, *, final: bool) -> int | None:
    """Where the sentence at ``place`` ends; None when that needs more text. Remembers how far it looked."""
    limit = place.start + LONGEST
    while place.at < limit:
        candidate = _CANDIDATE.search(text, place.at, limit)
        if candidate is None:
            place.at = min(len(text), limit)
            break
        place.at = candidate.start()
        after = _after(text, place.at)
        seen = _WORD_SEEN if after.re is _AFTER else 1
        if after.end() == len(text) and len(after["following"]) < seen and not final:
            return None
        is_line = text[place.at] in _NEW_LINES
        if _line_ends(text, place, after) if is_line else _sentence_ends(text, place.start, after):
            return after.start("following")
        place.at = after.start("following") if is_line else after.end(1)
    if len(text) > limit + _JOINED_BACK or (final and len(text) > limit):
        return _forced_cut(text, place, final=final)
    return len(text) if final else None


def _after(text: str, at: int) -> re.Match[str]:
    """An end of a sentence or line, what closes it, the space after it and what follows."""
    pattern = _AFTER
    if text[at] in _NEW_LINES:
        pattern = _AFTER_LINE
    elif text[at] in _STRONG:
        pattern = _AFTER_STRONG
    found = pattern.match(text, at)
    assert found  # each of the three matches at its own signs
    return found


def _sentence_ends(text: str, start: int, after: re.Match[str]) -> bool:
    ends, closers, space, following = after.groups()
    if not following:
        return True
    if not _STRONG_END.isdisjoint(ends):
        return following[0] not in "，、；：,;:" and following[0] not in _ENDS
    before = text[max(start, after.start() - 32) : after.start()]
    first = following.lstrip(_OPENERS)[:1]
    if "!" in ends or "?" in ends:
        if not space:
            return bool(_HAN.match(first)) or (bool(_HAN.match(before[-1:])) and first.isalnum())
        return not first.islower() and following[0] not in ",;:，；："
    if not space:
        wordy = before[-2:].isalpha() and not closers
        return ends == "." and wordy and bool(_HAN.match(first)) and first.isalpha()
    if first.islower() or following[0] in ",;:，；：":
        return False
    if "…" in ends:
        return not _HAN.match(first) or "\n" in space
    return ends != "." or _full_stop_ends(text, start, after.start(), before, following)


_STRONG_END = frozenset(_STRONG)


def _full_stop_ends(text: str, start: int, at: int, before: str, following: str) -> bool:
    """True unless the full stop belongs to an abbreviation, an initial or the number of a list's item."""
    if at - start < 16 and _MARKER.fullmatch(text, start, at):  # noqa: PLR2004  longer is no marker
        return False
    found = _ABBREVIATION.search(before)
    if not found:
        return True
    word = found.group()
    if word.lower() in _NEVER_LAST:
        return False
    if word.lower() in _BEFORE_NUMBERS and following.lstrip("#")[:1].isdigit():
        return False
    initial = len(word) == 1 and word.isupper()
    if initial or word.lower() in _SELDOM_LAST:
        return following.strip("\"'“‘”’.,;:!?") in _BEGINNERS
    return True


def _line_ends(text: str, place: _Place, after: re.Match[str]) -> bool:
    """True unless the sentence goes on in the next line, as in mail and other text of fixed width."""
    _line, space, following = after.groups()
    before = text[place.start : after.start()]
    if not before or before.isspace():
        return False  # empty lines at the start belong to the first sentence
    if not following or "\f" in after.group() or any(line in space for line in _NEW_LINES):
        return True
    width = place.columns + _columns(before)
    if width < _WRAPPED_COLUMNS or before.rstrip()[-1] in ":：":
        return True
    return not (following.isalpha() or following in _OPENERS)


def _columns(text: str) -> int:
    """Width in a terminal, up to the width that matters."""
    seen = text[-_WRAPPED_COLUMNS:]
    wide = 0 if seen.isascii() else sum(character >= "\u2e80" for character in seen)
    return min(_WRAPPED_COLUMNS, len(seen) + wide)


def _forced_cut(text: str, place: _Place, *, final: bool) -> int | None:
    """Where a sentence that is too long is cut: after a run of signs, at a space, or inside a word."""
    limit = place.start + LONGEST
    sign = text[limit - 1]
    if sign == text[limit] and not sign.isalnum() and not _CANDIDATE.match(sign):
        most = limit + _LONGEST_RUN
        run = re.compile(f"{re.escape(sign)}*+").match(text, max(place.at, limit), most)
        place.at = run.end() if run else limit
        return None if place.at == len(text) < most and not final else place.at
    for cut in range(limit, limit - LONGEST // 2, -1):
        if text[cut - 1].isspace() or text[cut - 1] in "，、；：,;:":
            return cut
    cut = limit
    while cut > limit - _JOINED_BACK and (_JOINED.match(text[cut]) or text[cut - 1] == "\u200d"):
        cut -= 1
    return cut
