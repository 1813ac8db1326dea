"""What single characters are called: letters, Chinese characters, white space, control characters.

Hides the table of words that tell Chinese characters apart, and where pinyin comes from.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Final

from barrierfree.errors import EngineNotInstalled
from barrierfree.wording import _

__all__ = ["NATO", "control_name", "letter_name", "pinyin_of", "word_of"]

NATO: Final = {
    "a": "Alfa", "b": "Bravo", "c": "Charlie", "d": "Delta", "e": "Echo", "f": "Foxtrot", "g": "Golf",
    "h": "Hotel", "i": "India", "j": "Juliett", "k": "Kilo", "l": "Lima", "m": "Mike", "n": "November",
    "o": "Oscar", "p": "Papa", "q": "Quebec", "r": "Romeo", "s": "Sierra", "t": "Tango", "u": "Uniform",
    "v": "Victor", "w": "Whiskey", "x": "X-ray", "y": "Yankee", "z": "Zulu",
}  # fmt: skip
"""The spelling alphabet of the ICAO, in its own spelling ("Alfa", "Juliett")."""

_CONTROL_NAMES: Final = {
    " ": ("space", "空格"), "\t": ("tab", "制表符"), "\n": ("new line", "换行"),
    "\r": ("carriage return", "回车"), "\x1b": ("escape", "转义符"), "\x00": ("null", "空字符"),
    "\x07": ("bell", "响铃"), "\x08": ("backspace", "退格"), "\x7f": ("delete", "删除符"),
    "\xa0": ("no-break space", "不换行空格"), "\u3000": ("wide space", "全角空格"),
    "\u200b": ("zero width space", "零宽空格"), "\u200c": ("zero width non-joiner", "零宽不连字"),
    "\u200d": ("zero width joiner", "零宽连字"), "\ufeff": ("byte order mark", "字节顺序标记"),
    "\xad": ("soft hyphen", "软连字符"), "\u200e": ("left-to-right mark", "从左至右标记"),
    "\u200f": ("right-to-left mark", "从右至左标记"), "\x0c": ("form feed", "换页"),
    "\x0b": ("vertical tab", "纵向制表符"), "\u2028": ("line separator", "行分隔符"),
    "\u2029": ("paragraph separator", "段落分隔符"),
}  # fmt: skip
_UNNAMED: Final = {"Cc": ("control character", "控制字符"), "Cf": ("format character", "格式字符")}
_LETTER = re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z])(?: WITH (.+))?")
_TONES: Final = ("轻声", "一声", "二声", "三声", "四声")


def control_name(character: str) -> tuple[str, str] | None:
    """English and Mandarin name of white space or a control character; None for anything that can be seen."""
    if character in _CONTROL_NAMES:
        return _CONTROL_NAMES[character]
    if character.isspace():
        return "white space", "空白"
    return _UNNAMED.get(unicodedata.category(character))


def letter_name(character: str) -> str:
    """A Latin letter as it is spelt: "E acute"; other letters as they are."""
    if character.isascii():
        return character.upper()
    found = _LETTER.fullmatch(unicodedata.name(character, ""))
    if not found:
        return character
    return f"{found[1]} {found[2].lower()}" if found[2] else found[1]


@cache
def _words() -> dict[str, str]:
    import gzip

    table = gzip.decompress(Path(__file__).with_name("characters.tsv.gz").read_bytes()).decode("utf-8")
    return dict(line.split("\t") for line in table.splitlines() if not line.startswith("# "))


def word_of(character: str) -> str:
    """A common word with a Chinese character, to tell it apart; empty where none is known."""
    return _words().get(character, "")


def pinyin_of(text: str) -> list[tuple[str, str]]:
    """For each Chinese character its pinyin without tone ("v" for ü, as it is typed) and its tone.

    Both are empty for a character that has no reading on record.

    Raises:
        EngineNotInstalled: The package ``pypinyin`` is missing.
    """
    try:
        from pypinyin import Style, pinyin
    except ImportError as error:
        raise EngineNotInstalled(
            _("Pinyin needs the package pypinyin, which is not installed."),
            hint=_("Install it: pip install 'barrierfree[pinyin]'"),
        ) from error
    readings = pinyin(text, style=Style.TONE3, errors=_each_unknown, neutral_tone_with_five=True)
    return [_syllable(reading[0]) for reading in readings]


def _each_unknown(characters: str) -> Any:
    """One empty reading for each character that has none; the package's annotations know of one way only."""
    return [[""] for _character in characters]


def _syllable(reading: str) -> tuple[str, str]:
    if not reading or not reading[-1].isdigit():
        return reading, ""
    return reading[:-1], _TONES[int(reading[-1]) % 5]
