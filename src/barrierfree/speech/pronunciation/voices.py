"""Which language each token is said in, and its words in it. Hides what decides between two scripts.

Letters have the language of their script. Numbers, signs and emoji follow the text around them:

- in a sentence of one language, that one; in a sentence without letters, that of the surrounding text;
- in a mixed sentence, the main language of the sentence: "我的 iPhone 15 很贵" has 十五. Only inside a phrase
  of another language, of three words or more, do they follow the phrase: "他说 we are here in 2026" has
  twenty twenty-six. One foreign name is a loan, three words in a row are foreign speech;
- right beside a Chinese character a number is Chinese in either case ("第3章", "3 个").

The main language is the one with more of the sentence: a Han character counts as much as a word in Latin
letters, and the language of the surrounding text counts double.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from barrierfree.speech.pronunciation import english, mandarin
from barrierfree.speech.pronunciation.scripts import HAN, KANA
from barrierfree.speech.pronunciation.tokens import Token

__all__ = ["main_language", "settle"]

_PHRASE: Final = 3
"""Words of another language that make a phrase in it."""
_DICTATED: Final = frozenset(("phone", "id", "card", "code", "ip", "hex", "hexrow"))
"""Kinds of number that are heard apart from what is around them."""
_BY_CHARACTER: Final = ("zh", "ja")
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_KANA_CHARACTER = re.compile(f"[{KANA}]")
_READERS: Final = {"en": english.READ, "zh": mandarin.READ}
_WHITE_SPACE = re.compile(r"\s")
_CLAUSE_ENDS: Final = frozenset("，。；：！？,;:!?")


def settle(tokens: Sequence[Token], around: str) -> None:
    """Give every token its language, and every number and name its words."""
    languages = _languages(tokens)
    if "ja" in languages and around != "ja":
        _tell_japanese(tokens, around)
        languages = _languages(tokens)
    if len(languages) <= 1:
        only = languages.pop() if languages else around
        for token in tokens:
            if token.kind in ("number", "name"):
                token.language = only
    else:
        _settle_mixed(tokens, around)
    for place, token in enumerate(tokens):
        if token.kind == "number":
            _read(token)
            if token.language == "zh" and token.kind == "number":
                _close_up(tokens, place)
        elif token.kind == "name":
            _name(token)
            if token.language == "zh" and token.tight:
                _join(tokens, place)


def _languages(tokens: Sequence[Token]) -> set[str]:
    return {token.language for token in tokens if token.kind == "text" or token.kind == "said"}  # noqa: PLR1714


def main_language(tokens: Sequence[Token], around: str) -> str:
    """The language most of a sentence is in."""
    weights: dict[str, int] = {}
    for token in tokens:
        if token.kind == "text" or token.kind == "said":  # noqa: PLR1714
            weights[token.language] = weights.get(token.language, 0) + _weight(token)
    if around in weights:
        weights[around] *= 2
    return max(weights, key=lambda language: weights[language], default=around)


def _weight(token: Token) -> int:
    if token.language in _BY_CHARACTER:
        return len(token.spoken)
    if token.kind == "said":
        return 1
    return token.spoken.count(" ") + (not token.spoken.endswith(" "))


def _tell_japanese(tokens: Sequence[Token], around: str) -> None:
    """Han characters in a sentence with kana are Japanese; in a Chinese text only those beside kana are."""
    kana = sum(len(token.spoken) for token in tokens if token.language == "ja")
    for place, token in enumerate(tokens):
        if token.language == "zh" and _HAN_CHARACTER.search(token.spoken):
            before, after = tokens[place - 1] if place else token, tokens[min(place + 1, len(tokens) - 1)]
            touches = (
                before.language == "ja" and before.end == token.start and _HAN_CHARACTER.match(token.spoken)
            ) or (
                after.language == "ja" and after.start == token.end and _HAN_CHARACTER.match(token.spoken[-1])
            )
            if around != "zh" or (touches and kana > 1):
                token.language = "ja"


def _settle_mixed(tokens: Sequence[Token], around: str) -> None:
    main = main_language(tokens, around)
    phrase: list[Token] = []
    for token in tokens:
        if token.language != main and not (token.kind == "mark" and token.spoken[:1] in _CLAUSE_ENDS):
            phrase.append(token)
        elif phrase:
            _settle_phrase(phrase, main)
            phrase = []
    _settle_phrase(phrase, main)
    _beside_characters(tokens)


def _settle_phrase(phrase: Sequence[Token], main: str) -> None:
    """The tokens between two stretches of the main language, within a clause."""
    language, words = main, 0
    for token in phrase:
        if token.kind == "text" or token.kind == "said":  # noqa: PLR1714
            language = token.language if not words else language
            words += _weight(token)
    if words < _PHRASE:
        language = main
    for token in phrase:
        if token.kind == "number" or token.kind == "name":  # noqa: PLR1714
            token.language = language


def _beside_characters(tokens: Sequence[Token]) -> None:
    """A number right beside a Chinese or Japanese character is read with it: "第3章", "3 个"."""
    for place, token in enumerate(tokens):
        if token.kind == "number":
            for other in _beside(tokens, place):
                if other.kind == "text" and other.language in _BY_CHARACTER and _touches(token, other):
                    token.language = other.language
                    break


def _beside(tokens: Sequence[Token], place: int) -> list[Token]:
    """What stands right behind and right before a number; a measure word may have a space before it."""
    after = tokens[place + 1 : place + 3]
    if after and after[0].kind == "space":
        is_near = after[1:] and after[0].end - after[0].start == 1 and mandarin.is_measured(after[1].spoken)
        after = after[1:] if is_near else ()
    return [*after[:1], *tokens[max(0, place - 1) : place]]


def _touches(token: Token, other: Token) -> bool:
    return bool(_HAN_CHARACTER.match(other.spoken if other.start >= token.end else other.spoken[-1:]))


def _read(token: Token) -> None:
    assert token.match
    reader = _READERS.get(token.language)
    if reader:
        token.spoken = reader[token.reading](token.match)
    else:
        token.kind, token.spoken = "text", _WHITE_SPACE.sub(" ", token.match.group())


def _close_up(tokens: Sequence[Token], place: int) -> None:
    """Take away the spaces of "共 3 个": they part figures from characters only on a screen."""
    if tokens[place].reading in _DICTATED:
        return
    for between, beyond in ((place - 1, place - 2), (place + 1, place + 2)):
        if not 0 <= beyond < len(tokens) or tokens[between].kind != "space":
            continue
        if tokens[beyond].kind == "text" and tokens[beyond].language == "zh":
            tokens[between].spoken = ""


def _join(tokens: Sequence[Token], place: int) -> None:
    """Take away the spaces around an operator."""
    for other in (*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2]):
        if other.kind == "space":
            other.spoken = ""


def _name(token: Token) -> None:
    if token.language == "zh" and token.mandarin:
        token.spoken = token.mandarin
    elif token.language != "en":
        token.language = "en"
