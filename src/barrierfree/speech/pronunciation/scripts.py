"""Which language the letters of a script are read in; hides Unicode's blocks.

A script tells the language only roughly: Cyrillic may be Russian or Ukrainian, Han Chinese or Japanese.
The language of the surrounding text decides where it is written in that script, the commonest one where it
is not: Latin letters in a Chinese text are read as English.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

__all__ = ["HAN", "KANA", "LATIN", "LETTERS", "SCRIPTS", "Script", "language_of", "plain_language"]

LATIN: Final = "A-Za-zªºÀ-ÖØ-öø-ʯ\u0300-\u036fḀ-ỿ"
HAN: Final = (
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3105-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufa6d\ufa70-\ufad9\U00020000-\U0003ffff"
)
KANA: Final = "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"


class Script(NamedTuple):
    """A set of letters, and the languages written with them."""

    letters: str
    """For the inside of a character class of a regular expression."""
    language: str
    """The commonest one."""
    also: frozenset[str] = frozenset()
    """Others, read so when the surrounding text is in them."""


def _also(languages: str) -> frozenset[str]:
    return frozenset(languages.split())


SCRIPTS: Final[dict[str, Script]] = {
    "latin": Script(
        LATIN,
        "en",
        _also(
            "af az bs ca cs cy da de es et eu fi fo fr ga gl hr hu id is it ku la lb lt lv ms mt nb nl nn "
            "no pl pt qu ro sk sl sq sv sw tk tn tr uz vi xh zu"
        ),
    ),
    "han": Script(HAN, "zh", _also("ja")),
    "kana": Script(KANA, "ja"),
    "hangul": Script("\u1100-\u11ff\u3131-\u318e\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb", "ko"),
    "cyrillic": Script(
        "\u0400-\u0481\u0483-\u052f\u1c80-\u1c8a\u2de0-\u2dff\ua640-\ua672\ua674-\ua67d\ua67f-\ua69f",
        "ru",
        _also("uk be bg sr mk kk ky mn tg tt"),
    ),
    "arabic": Script(
        "\u0610-\u061a\u0620-\u0669\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06fc\u06ff\u0750-\u077f"
        "\u08a0-\u08e1\u08e3-\u08ff\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc",
        "ar",
        _also("fa ur ps ug sd"),
    ),
    "greek": Script(
        "\u0370-\u0373\u0376\u0377\u037b-\u037d\u0386\u0388-\u03ff\u1f00-\u1fbc\u1fc2-\u1ffc", "el"
    ),
    "hebrew": Script(
        "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u05d0-\u05f2\ufb1d-\ufb4f", "he", _also("yi")
    ),
    "armenian": Script("\u0531-\u0556\u0561-\u0588", "hy"),
    "georgian": Script("\u10a0-\u10fa\u10fc-\u10ff\u1c90-\u1cbf", "ka"),
    "devanagari": Script("\u0900-\u0963\u0966-\u096f\u0971-\u097f", "hi", _also("mr ne sa")),
    "bengali": Script("\u0980-\u09f1\u09fc", "bn", _also("as")),
    "gurmukhi": Script("\u0a01-\u0a75", "pa"),
    "gujarati": Script("\u0a81-\u0aef\u0af9-\u0aff", "gu"),
    "oriya": Script("\u0b01-\u0b6f\u0b71", "or"),
    "tamil": Script("\u0b82-\u0bef", "ta"),
    "telugu": Script("\u0c00-\u0c6f", "te"),
    "kannada": Script("\u0c80-\u0cf3", "kn"),
    "malayalam": Script("\u0d00-\u0d4e\u0d54-\u0d6f\u0d7a-\u0d7f", "ml"),
    "sinhala": Script("\u0d81-\u0df3", "si"),
    "thai": Script("\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59", "th"),
    "lao": Script("\u0e81-\u0edf", "lo"),
    "tibetan": Script("\u0f00\u0f20-\u0f33\u0f40-\u0fbc", "bo"),
    "myanmar": Script("\u1000-\u1049\u1050-\u109d", "my"),
    "ethiopic": Script("\u1200-\u135f\u1380-\u138f", "am", _also("ti")),
    "khmer": Script("\u1780-\u17d3\u17dc-\u17e9", "km"),
    "mongolian": Script("\u1810-\u18aa", "mn"),
}  # fmt: skip
"""In the order they are looked for."""

_JOINERS = "\u200c\u200d"
"""Part of a word in Persian and in the scripts of India; invisible."""
LETTERS: Final = re.compile(
    "|".join(
        f"(?P<{name}>[{script.letters}][{script.letters}{'' if name in ('latin', 'han') else _JOINERS}]*+)"
        for name, script in SCRIPTS.items()
        if name not in ("latin", "han", "kana")
    )
)
"""A word in one of the other scripts; the group's name is the script's."""


@lru_cache(maxsize=64)
def plain_language(language: str) -> str:
    """The ISO 639-1 code in any way to write a language: "zh_CN", "zh-Hans" and "cmn" are "zh"."""
    code = re.split("[-_.@]", language.strip().lower())[0]
    return {"cmn": "zh", "yue": "zh", "wuu": "zh", "eng": "en", "jpn": "ja", "zho": "zh"}.get(
        code, code
    ) or "en"


@lru_cache(maxsize=256)
def language_of(script: str, around: str) -> str:
    """The language that letters of a script are read in.

    Args:
        script: A key of :data:`SCRIPTS`.
        around: Language of the surrounding text.
    """
    known = SCRIPTS[script]
    return around if around in known.also else known.language
