"""A whole text, read sentence by sentence; hides that it is cleaned and cut a block at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from barrierfree.speech.pronunciation.cleaning import Origin, cleaned_blocks
from barrierfree.speech.pronunciation.reading import Reading, Run
from barrierfree.speech.pronunciation.runs import pieces_of, runs
from barrierfree.speech.pronunciation.scanning import Scanner, scanner
from barrierfree.speech.pronunciation.scripts import plain_language
from barrierfree.speech.pronunciation.symbols import LEVELS
from barrierfree.speech.pronunciation.tokens import Token
from barrierfree.speech.pronunciation.voices import main_language, settle
from barrierfree.speech.sentences import SentenceSplitter

__all__ = ["spoken"]

_DEFAULT: Final = Reading()


def spoken(text: str, reading: Reading = _DEFAULT) -> Iterator[Run]:
    """What a voice says for a text: one run after another, each in one language and within one sentence.

    Runs come as they are asked for, and only a small part of the text is held at a time. A text in which
    nothing can be said gives no run.

    Args:
        text: Anything at all; what cannot be said is left out or named.
        reading: How to read it.
    """
    if len(text) == 1 and text.isupper() and text.isalpha():
        from barrierfree.speech.pronunciation.spelling import spell

        yield from spell(text, reading)
        return
    around = plain_language(reading.language)
    scan = scanner(LEVELS[reading.punctuation], around)
    origin = Origin()
    at = 0
    for sentence in _sentences(text, origin):
        plain = None if reading.dictionary else scan.plain_language(sentence)
        if plain:
            body = sentence.rstrip()
            yield Run(plain, tuple(pieces_of(body, at, at + len(body), origin)))
        elif not sentence.isspace():
            found = _tokens(sentence, reading, scan, around)
            settle(found, around)
            yield from runs(found, at, origin)
        at += len(sentence)
        origin.forget(at)


def _sentences(text: str, origin: Origin) -> Iterator[str]:
    """The sentences of the cleaned text."""
    splitter = SentenceSplitter()
    for block in cleaned_blocks(text, origin):
        yield from splitter.feed(block)
    yield from splitter.finish()


def _tokens(sentence: str, reading: Reading, scan: Scanner, around: str) -> list[Token]:
    """The tokens of a sentence, the user's own words first."""
    dictionary = reading.dictionary
    if dictionary is None:
        return scan.tokens(sentence, 0, len(sentence))
    language = around
    if dictionary.by_language:
        language = main_language(scan.tokens(sentence, 0, len(sentence)), around)
    tokens: list[Token] = []
    at = 0
    for found in dictionary.found(sentence, language):
        tokens += scan.tokens(sentence, at, found.start)
        start = found.start
        for token in scan.tokens(found.spoken, 0, len(found.spoken)):
            # All of the words stand for all of what was written: the first piece has the span.
            token.start, token.end = start, found.end
            start = found.end
            tokens.append(token)
        at = found.end
    return tokens + scan.tokens(sentence, at, len(sentence))
