"""A sentence in tokens: words, numbers, addresses, signs; hides in which order they are looked for.

One pass from left to right. Ordinary words are taken a whole stretch at a time, everything else one token
at a time, and each token takes at least one character: no text costs more than a bounded time per
character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from barrierfree.speech.pronunciation import tokens
from barrierfree.speech.pronunciation.addresses import address_end, address_tokens
from barrierfree.speech.pronunciation.kinds import NUMBER, NUMBER_BEGINS, QUANTITY
from barrierfree.speech.pronunciation.latin import latin_tokens
from barrierfree.speech.pronunciation.scripts import HAN, KANA, LATIN, LETTERS, language_of
from barrierfree.speech.pronunciation.signs import emoji_token, sign_token
from barrierfree.speech.pronunciation.symbols import PROSODIC, begins_emoji, symbol
from barrierfree.speech.pronunciation.tables import CURRENCIES
from barrierfree.speech.pronunciation.tokens import Token

__all__ = ["Scanner", "scanner"]

_LOWER: Final = "a-zß-öø-ɏ"
_UPPER: Final = "A-ZÀ-ÖØ-Þ"
_SPACE = re.compile(r"\s++")
_LATIN = re.compile(f"[{LATIN}_]")
_HAN_OR_KANA = re.compile(f"(?P<han>[{HAN}]++)|(?P<kana>[{KANA}]++)")
_KEYCAP: Final = frozenset("\ufe0f\u20e3")
"""Behind a figure, "#" or "*" these may make an emoji of it."""
_BARE_NUMBER = re.compile(f"[0-9]{{1,10}}+(?=[{HAN}，。、；！？）》”]|,?[ ][b-nq-wyz]|\\Z)")
"""A number that can only be a quantity, by what follows it: no time, date or address goes on like that."""
_NUMBER_SIGNS: Final = {sign[0] for sign in CURRENCIES} | set("-+.('’")
_Way = Callable[[str, int, int, list[Token]], int]
"""Adds the tokens of one kind of thing that begins at a place, and says where it ends."""
_SIGNED: Final = "-−+±"
_MAY_BE_BELOW_ZERO = re.compile("[为是约到至达于降升温度低值差跌得减、，。：（和与或]")
"""Chinese before a minus; elsewhere the sign joins two things."""
_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}(?![A-Za-z0-9])")
_BETWEEN_CHARACTERS = re.compile(f"[{HAN}{KANA}]/[{HAN}{KANA}]")
_CHINESE_MARKS: Final = "，。、；：？！（）《》〈〉「」『』【】"
"""Signs that begin nothing and join nothing."""
_AFTER_NAME = re.compile(f"[{HAN}{KANA})）\\]】》]")


_NOT_SHORT: Final = "".join(
    f"(?<!\\b{short})"
    for short in ("Inc", "Ltd", "Co", "Corp", "St", "Jr", "Sr", "Ave", "Rd", "Blvd", "Dept")
)
"""A stretch does not end with an abbreviation."""
_NOT_ONE: Final = "".join(
    f"(?<!{word}[ ])"
    for word in ("War", "Chapter", "Part", "Act", "Phase", "Type", "Volume", "Book", "Stage")
)
"""After these "I" is a number."""


class _Plain(NamedTuple):
    """What may stand in a stretch that is said as it is written."""

    marks: str
    """Beside a word."""
    han_marks: str
    stop: str
    """A regular expression for the end of the sentence."""
    hyphens: bool


_LITTLE: Final = _Plain(
    ',;:!?…"”’)(“‘',
    "，。、；：？！…—“”‘’（）《》〈〉「」『』【】",
    rf"{_NOT_SHORT}[.!?…]{{0,3}}+[”\"’)]?+",
    hyphens=True,
)
_PLAIN: Final = (
    _LITTLE,
    _LITTLE,
    _Plain(",!?…", "，。、？！…", rf"{_NOT_SHORT}[.!?]?+", hyphens=False),
    _Plain("", "", "", hyphens=False),
)
"""By level: at "all" every mark is named."""


class Scanner:
    """Finds the tokens of sentences, for one level of punctuation and one language around them."""

    def __init__(self, level: int, around: str) -> None:
        self.level = level
        self.around = around
        self.latin = language_of("latin", around)
        self.han = language_of("han", around)
        plain = _PLAIN[level]
        side = f"[{re.escape(plain.marks)}]{{0,3}}+" if plain.marks else ""
        hyphen = f"(?:-[{_LOWER}]++)*+" if plain.hyphens else ""
        word = (
            f"(?:(?!(?:Mr|Mrs|Ms|Dr|vs|etc)\\b)(?:[{_UPPER}][{_LOWER}]++(?![ ][0-9IVXLCDM])|[{_LOWER}]++)"
            f"|{_NOT_ONE}I(?=[ ]|['’][a-z])|A(?=[ ]))(?:['’][{_LOWER}]++)?+{hyphen}"
        )
        self.plain_latin = re.compile(f"(?:{side}{word}{side}(?:[ ](?![ ])|{plain.stop}\\s*+\\Z))++")
        self._all_ways = (self._number, self._address, self._latin, self._letters)
        self._ways = {sign: tuple(self._ways_of(sign)) for sign in (*map(chr, range(33, 127)), *PROSODIC)}
        self._pauses = frozenset(sign for sign in _CHINESE_MARKS if level < symbol(sign).level)
        self.plain_han = re.compile(f"[{HAN}][{HAN}{re.escape(plain.han_marks)}]*+")

    def plain_language(self, sentence: str) -> str:
        """The language of a sentence that is said as it is written; empty for any other."""
        if self.plain_latin.fullmatch(sentence):
            return self.latin
        return self.han if self.plain_han.fullmatch(sentence) else ""

    def tokens(self, source: str, at: int, end: int) -> list[Token]:
        """The tokens from one place of a sentence to another; only signs that say nothing are left out."""
        found: list[Token] = []
        while at < end:
            first = source[at]
            if first == " ":
                at = self._space(source, at, end, found)
                continue
            if first in self._pauses and source[at + 1 : at + 2] != first:
                found.append(tokens.mark(at, at + 1, first))
                at += 1
                continue
            if first >= "\u2e80":
                plain, language = self.plain_han, self.han
            elif first.isalpha() or first in _PLAIN[0].marks:
                plain, language = self.plain_latin, self.latin
            else:
                at = self._next(source, at, end, found)
                continue
            stretch = plain.match(source, at, end)
            if stretch:
                found.append(Token(at, stretch.end(), "text", language, stretch.group()))
                at = stretch.end()
            else:
                at = self._next(source, at, end, found)
        return found

    def _next(self, source: str, at: int, end: int, found: list[Token]) -> int:
        """Add what is no plain stretch, and say where it ends."""
        first = source[at]
        if first.isspace():
            return self._space(source, at, end, found)
        known_ways = self._ways.get(first)
        if begins_emoji(first) if known_ways is None else source[at + 1 : at + 2] in _KEYCAP:
            emoji = emoji_token(source, at, end)
            if emoji:
                found.append(emoji)
                return emoji.end
        for way in self._all_ways if known_ways is None else known_ways:
            stop = way(source, at, end, found)
            if stop > at:
                return stop
        stop, token = sign_token(source, at, end, self.level)
        if token:
            found.append(token)
        return stop

    def _space(self, source: str, at: int, end: int, found: list[Token]) -> int:
        stop = at + 1
        if source[stop : stop + 1].isspace():
            spaces = _SPACE.match(source, at, end)
            assert spaces
            stop = spaces.end()
        found.append(tokens.space(at, stop))
        return stop

    def _ways_of(self, first: str) -> Iterator[_Way]:
        """What a common character may begin; most may begin one thing only, a mark nothing."""
        if first.isdigit() or first in _NUMBER_SIGNS:
            yield self._number
        if first in "/~\\.":
            yield self._address
        if first.isalpha() or first == "_":
            yield self._latin

    def _number(self, source: str, at: int, end: int, found: list[Token]) -> int:
        figure = "0" <= source[at] <= "9"
        if not (figure or _number_begins(source, at, end)):
            return at
        if not (figure and _BARE_NUMBER.match(source, at, end)):
            stop = address_end(source, at, end) if figure else at
            if stop > at:
                found += address_tokens(source, at, stop, self.level)
                return stop
            number = NUMBER.match(source, at, end)
            if number and number.lastgroup and _is_sound(number):
                found.append(tokens.number(number.lastgroup, number))
                return number.end()
        number = QUANTITY.match(source, at, end)
        if number:
            found.append(tokens.number("quantity", number))
            return number.end()
        return at

    def _address(self, source: str, at: int, end: int, found: list[Token]) -> int:
        """A path; and the kind of a file whose name is not Latin."""
        first = source[at]
        if first not in "/~\\.":
            return at
        before = source[at - 1] if at else " "
        if before.isascii() and (before.isalnum() or before in "/_<"):
            return at
        if first == "." and _AFTER_NAME.match(before):
            kind = _EXTENSION.match(source, at, end)
            if kind:
                dot = symbol(".")
                found.append(tokens.name(at, at + 1, dot.english, dot.mandarin, tight=True))
                found += address_tokens(source, at + 1, kind.end(), self.level)
                return kind.end()
        if first == "/" and _BETWEEN_CHARACTERS.match(source, max(0, at - 1), end):
            return at
        stop = address_end(source, at, end)
        found += address_tokens(source, at, stop, self.level)
        return stop

    def _latin(self, source: str, at: int, end: int, found: list[Token]) -> int:
        if not (source[at].isascii() or _LATIN.match(source, at, end)):
            return at
        found += latin_tokens(source, at, end, self.level, self.latin)
        return found[-1].end

    def _letters(self, source: str, at: int, end: int, found: list[Token]) -> int:
        letters = LETTERS.match(source, at, end)
        if letters and letters.lastgroup:
            greek = letters.lastgroup == "greek" and letters.end() == at + 1 and self.around != "el"
            if greek and symbol(source[at]).mandarin:
                return at
            found.append(
                tokens.text(*letters.span(), language_of(letters.lastgroup, self.around), letters.group())
            )
            return letters.end()
        letters = _HAN_OR_KANA.match(source, at, end)
        if letters:
            language = self.han if letters["han"] else "ja"
            found.append(tokens.text(*letters.span(), language, letters.group()))
            return letters.end()
        if source[at].isalpha() or source[at].isdecimal():
            found.append(tokens.text(at, at + 1, self.around, source[at]))
            return at + 1
        return at


def _number_begins(source: str, at: int, end: int) -> bool:
    """True where something that is no figure may be the beginning of a number, such as a sign."""
    if not NUMBER_BEGINS.match(source, at, end):
        return False
    if source[at] in _SIGNED:
        return _may_be_signed(source, at)
    return not (source[at] == "." and at and source[at - 1].isalnum())


def _may_be_signed(source: str, at: int) -> bool:
    """True where a minus or plus belongs to the number after it, and joins it to nothing before."""
    before = source[at - 1] if at else " "
    if before.isascii():
        return not (before.isalnum() or before in "_)]}.%\"'")
    if before in "°℃℉”’）】":
        return False
    return bool(_MAY_BE_BELOW_ZERO.match(before)) or not before.isalnum()


def _is_sound(number: re.Match[str]) -> bool:
    """False for what only looks like its kind."""
    kind, written = number.lastgroup, number.group()
    if kind == "phone" and written[0] == "+":
        return 7 <= sum(character.isdigit() for character in written) <= 15  # noqa: PLR2004
    return True


@lru_cache(maxsize=64)
def scanner(level: int, around: str) -> Scanner:
    """The scanner for a level of punctuation and a language, made once."""
    return Scanner(level, around)
