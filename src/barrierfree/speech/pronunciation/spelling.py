"""Text character by character, so that it can be checked or typed; hides what belongs to one character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from barrierfree.speech.pronunciation import english, mandarin
from barrierfree.speech.pronunciation.characters import NATO, control_name, letter_name, pinyin_of, word_of
from barrierfree.speech.pronunciation.reading import Piece, Reading, Run
from barrierfree.speech.pronunciation.scripts import HAN, KANA, LETTERS, language_of, plain_language
from barrierfree.speech.pronunciation.signs import figure_names
from barrierfree.speech.pronunciation.symbols import begins_emoji, emoji_at, symbol

__all__ = ["spell"]

_DEFAULT: Final = Reading()
_MOST_AT_ONCE: Final = 256
"""Characters in one run, so that a long text can be stopped."""
_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile(f"[{KANA}]")
_STRETCH = re.compile(f"[{HAN}]{{1,{_MOST_AT_ONCE}}}")
_MARKED = re.compile(r"[^\W\d_][\u0300-\u036f\u3099\u309a]{1,4}")

_Said = tuple[str, str]
"""Language and words."""


def spell(
    text: str, reading: Reading = _DEFAULT, *, phonetic: bool = False, pinyin: bool = False
) -> Iterator[Run]:
    """Every character of a text by its name, white space and control characters too.

    Capitals are told as the reading says. Level of punctuation and dictionary do not matter here.

    Args:
        text: What to spell.
        reading: Language of names, and how capitals are told.
        phonetic: Say "Alfa" for a, and "银行的行" for 行.
        pinyin: Say the pinyin of Chinese characters too, letter by letter, with the tone.

    Raises:
        EngineNotInstalled: ``pinyin`` is asked for, and the package ``pypinyin`` is missing.
    """
    around = plain_language(reading.language)
    language, pieces = "", list[Piece]()
    for start, end, said in _characters(text, around, reading, phonetic=phonetic, pinyin=pinyin):
        for place, (spoken_in, words) in enumerate(said):
            if (language, len(pieces) < _MOST_AT_ONCE) != (spoken_in, True):
                yield from _run(language, pieces)
                language, pieces = spoken_in, []
            between = ("，" if language == "zh" else ", ") if pieces else ""
            pieces.append(Piece(between + words, end if place else start, end))
    yield from _run(language, pieces)


def _run(language: str, pieces: list[Piece]) -> Iterator[Run]:
    if pieces:
        yield Run(language, tuple(pieces))


def _characters(
    text: str, around: str, reading: Reading, *, phonetic: bool, pinyin: bool
) -> Iterator[tuple[int, int, list[_Said]]]:
    """Each character: where it begins and ends, and what is said for it."""
    at = 0
    while at < len(text):
        stretch = _STRETCH.match(text, at) if pinyin else None
        if stretch:
            syllables = pinyin_of(stretch.group())
            for place, character in enumerate(stretch.group()):
                said = _han(character, around, phonetic=phonetic)
                yield at + place, at + place + 1, [*said, *_pinyin(*syllables[place])]
            at = stretch.end()
            continue
        end, said = _one(text, at, around, reading, phonetic=phonetic)
        yield at, end, said
        at = end


def _one(text: str, at: int, around: str, reading: Reading, *, phonetic: bool) -> tuple[int, list[_Said]]:
    """The character at a place, with the marks on it: where it ends and what is said for it."""
    character = text[at]
    if begins_emoji(character):
        emoji = emoji_at(text, at, len(text))
        if emoji and (emoji[0] > 1 or not symbol(character).mandarin):
            return at + emoji[0], [_named(emoji[1], emoji[2], around)]
    marked = _MARKED.match(text, at)
    composed = unicodedata.normalize("NFC", marked.group()) if marked else ""
    if marked and len(composed) == 1:
        return marked.end(), _letter(composed, around, reading, phonetic=phonetic)
    control = control_name(character)
    if control:
        return at + 1, [_named(*control, around)]
    if character.isdecimal():
        figure = str(unicodedata.decimal(character))
        return at + 1, [_named(english.cardinal(figure), mandarin.cardinal(figure), around)]
    if character.isnumeric() and not _HAN.match(character):
        return at + 1, [_named(*figure_names(character), around)]
    if _HAN.match(character):
        return at + 1, _han(character, around, phonetic=phonetic)
    if character.isalpha():
        return at + 1, _letter(character, around, reading, phonetic=phonetic)
    known = symbol("\ufffd" if unicodedata.category(character) == "Cs" else character)
    return at + 1, [_named(known.english, known.mandarin, around)]


def _named(english: str, mandarin: str, around: str) -> _Said:
    return ("zh", mandarin) if around == "zh" and mandarin else ("en", english)


def _letter(character: str, around: str, reading: Reading, *, phonetic: bool) -> list[_Said]:
    if _KANA.match(character):
        return [("ja", character)]
    script = LETTERS.match(character)
    if script and script.lastgroup:
        return [(language_of(script.lastgroup, around), character)]
    name = letter_name(character)
    language = language_of("latin", around)
    if phonetic and character.lower() in NATO:
        name, language = NATO[character.lower()], "en"
    if not character.isupper() or reading.capitals == "no":
        return [(language, name)]
    if around == "zh":
        return [("zh", "大写"), (language, name)]
    return [(language, f"cap {name}")] if language == "en" else [("en", "cap"), (language, name)]


def _han(character: str, around: str, *, phonetic: bool) -> list[_Said]:
    word = word_of(character) if phonetic else ""
    return [(language_of("han", around) if not word else "zh", f"{word}的{character}" if word else character)]


def _pinyin(syllable: str, tone: str) -> list[_Said]:
    """Pinyin as letters and tone: no voice could say "hang" so that its spelling is heard."""
    if not syllable:
        return []
    return [("en", " ".join(syllable.upper())), *([("zh", tone)] if tone else [])]
