"""Signs and emoji by name; hides the table of signs, Unicode's own names and the package of emoji names.

From which level of punctuation on a sign is named is part of the table. Emoji and figures in circles say
something and are named at every level; decoration (box drawing, braille patterns, private signs) only at
"all".
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final, NamedTuple

from barrierfree.speech.pronunciation.tables import rows

__all__ = ["LEVELS", "MANY_SIGNS", "PROSODIC", "Symbol", "begins_emoji", "emoji_at", "symbol"]

LEVELS: Final = {"none": 0, "some": 1, "most": 2, "all": 3}
PROSODIC: Final = ",.;:?!…()\"“”‘’'-—–，。；：？！、（）《》〈〉「」『』【】〔〕،؛؟۔।॥"
"""Signs a voice makes a pause or a melody of: where they are not named they are left in the text."""


class Symbol(NamedTuple):
    """What a sign is called."""

    level: int
    """Named from this level on."""
    english: str
    mandarin: str
    """Empty where only the English name is known."""
    many: str
    """English name for several."""


def _many(name: str) -> str:
    if name.endswith(("s", "Celsius")):
        return name if name.endswith("equals") else f"{name}es" if name.endswith("ss") else name
    if name.endswith(("sh", "ch", "x")):
        return f"{name}es"
    return f"{name[:-1]}ies" if name.endswith("y") and name[-2] not in "aeiou" else f"{name}s"


@cache
def _table() -> dict[str, Symbol]:
    return {
        sign: Symbol(LEVELS[level], english, mandarin, many or _many(english))
        for sign, level, english, mandarin, many in rows("symbols.tsv", 5)
    }


MANY_SIGNS: Final = tuple(sign for sign in _table() if len(sign) > 1)
"""Signs of more than one character, such as "->"."""

_DECORATION: Final = (
    ("\u2500", "\u257f", Symbol(3, "box line", "制表线", "box lines")),
    ("\u2580", "\u259f", Symbol(3, "block", "方块", "blocks")),
    ("\u2800", "\u28ff", Symbol(3, "braille pattern", "盲文点", "braille patterns")),
    ("\ue000", "\uf8ff", Symbol(3, "private sign", "私用字符", "private signs")),
    ("\U000f0000", "\U0010ffff", Symbol(3, "private sign", "私用字符", "private signs")),
)
_UNKNOWN: Final = Symbol(2, "unknown character", "未知字符", "unknown characters")
_LEVEL_OF_CATEGORY: Final = {"Sm": 1, "Sc": 1, "So": 2, "Sk": 2}


@lru_cache(maxsize=2048)
def symbol(sign: str) -> Symbol:
    """What a sign is called; signs without a row in the table go by their name in Unicode."""
    known = _table().get(sign)
    if known:
        return known
    for first, last, decoration in _DECORATION:
        if first <= sign <= last:
            return decoration
    name = unicodedata.name(sign[0], "").lower()
    if not name:
        return _UNKNOWN
    name = re.sub("[^a-z ]+", " ", name).strip()
    return Symbol(_LEVEL_OF_CATEGORY.get(unicodedata.category(sign[0]), 3), name, "", _many(name))


class _Emoji(NamedTuple):
    names: dict[str, tuple[str, str]]
    """English and Mandarin, by the emoji."""
    lengths: dict[str, tuple[int, ...]]
    """Lengths of the emoji that begin with a character, the longest first."""


@cache
def _emoji() -> _Emoji:
    """Names after Unicode's CLDR, as the package ``emoji`` carries them."""
    import emoji

    for language in ("en", "zh"):
        emoji.config.load_language(language)
    names: dict[str, tuple[str, str]] = {}
    lengths: dict[str, set[int]] = {}
    for sign, data in emoji.EMOJI_DATA.items():
        names[sign] = _named(sign, str(data["en"]), str(data.get("zh", "")))
        lengths.setdefault(sign[0], set()).add(len(sign))
    return _Emoji(names, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()})


_NOT_SAID = re.compile(r"(?:[^\w']|_)+")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0061-\U000e007f]+")


def _named(sign: str, english: str, mandarin: str) -> tuple[str, str]:
    for raw in "#*":
        english = english.replace(raw, _table()[raw].english)
        mandarin = mandarin.replace(raw, _table()[raw].mandarin)
    spoken, chinese = (_NOT_SAID.sub(" ", name.replace("’", "'")).strip() for name in (english, mandarin))
    if _FLAG.fullmatch(sign):
        return f"flag {spoken}", f"{chinese}旗"
    return spoken, chinese.replace(" ", "，")


def begins_emoji(character: str) -> bool:
    """True where an emoji may begin; letters do not load the names."""
    possible = "\u203c" <= character <= "\u2bff" or character >= "\U0001f000" or character in "〰〽㊗㊙"
    return character in "#*0123456789©®" or (possible and character in _emoji().lengths)


def emoji_at(text: str, at: int, end: int) -> tuple[int, str, str] | None:
    """The longest emoji at a place: how long it is, its English and its Mandarin name."""
    known = _emoji()
    for length in known.lengths.get(text[at], ()):
        if at + length <= end:
            names = known.names.get(text[at : at + length])
            if names:
                return length, *names
    return None
