"""Tokens in, runs out: one voice after another. Hides where spaces keep words apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from barrierfree.speech.pronunciation.cleaning import Origin
from barrierfree.speech.pronunciation.reading import Piece, Run
from barrierfree.speech.pronunciation.tokens import Token

__all__ = ["pieces_of", "runs"]

_LATIN_PART = re.compile("[A-Za-z]+(?: [A-Za-z]+)*")
_UNSPACED: Final = ("zh", "ja")
_AS_WRITTEN: Final = frozenset(("text", "mark", "space"))
_SPEAKABLE = re.compile(r"[^\W_]")


def runs(tokens: Sequence[Token], at: int, origin: Origin) -> Iterator[Run]:
    """The runs of a sentence whose tokens are settled.

    Args:
        tokens: In order.
        at: Where the sentence begins in the cleaned text.
        origin: Where the cleaned text came from.
    """
    run = _Run("")
    waiting: list[Token] = []
    for token in tokens:
        if token.kind == "mark" or token.kind == "space":  # noqa: PLR1714  quicker than a tuple
            waiting.append(token)
            continue
        if not token.spoken:
            continue
        mixed = token.kind != "text" and token.language == "zh" and _LATIN_PART.search(token.spoken)
        for part in _voices(token) if mixed else (token,):
            if part.language != run.language:
                opening = _opening(waiting)
                for other in waiting[: len(waiting) - len(opening)]:
                    run.add(other)
                if done := run.finished(at, origin):
                    yield done
                run, waiting = _Run(part.language), opening
            if waiting:
                for other in waiting:
                    run.add(other)
                waiting = []
            run.add(part)
    for other in waiting:
        run.add(other)
    if done := run.finished(at, origin):
        yield done


def pieces_of(text: str, start: int, end: int, origin: Origin) -> list[Piece]:
    """What is said for a part of the cleaned text, as pieces that can be followed in the source.

    Args:
        text: What is said; as long as the part when it is said as it is written.
        start: Characters of the whole cleaned text.
        end: The first character after the part.
        origin: Where the cleaned text came from.
    """
    shift = origin.shift
    if shift is not None:
        return [Piece(text, start + shift, end + shift)]
    if len(text) != end - start:
        return [Piece(text, *origin.span(start, end))]
    parts = origin.parts(start, end)
    return [Piece(text[first - start : last - start], *origin.span(first, last)) for first, last in parts]


def _opening(waiting: list[Token]) -> list[Token]:
    """The brackets and quotes that belong to the words after them."""
    at = len(waiting)
    while at and waiting[at - 1].kind == "mark" and waiting[at - 1].spoken in "(（“‘「『《〈【〔":
        at -= 1
    return waiting[at:]


def _voices(token: Token) -> Iterator[Token]:
    """A token with Latin letters inside its Chinese words, each in a voice of its own: "八 GB"."""
    at, start = 0, token.start
    for latin in _LATIN_PART.finditer(token.spoken):
        if latin.start() > at:
            yield _part(token, start, "zh", token.spoken[at : latin.start()])
            start = token.end
        yield _part(token, start, "en", " ".join(latin.group()) if latin.group().isupper() else latin.group())
        start, at = token.end, latin.end()
    if at < len(token.spoken):
        yield _part(token, start, "zh", token.spoken[at:])


def _part(token: Token, start: int, language: str, spoken: str) -> Token:
    return Token(start, token.end, token.kind, language, spoken, tight=token.tight)


class _Run:
    """The pieces of a run as they are gathered; what is said as it is written becomes one piece."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts: list[str] = []
        self._spans: list[tuple[int, int]] = []
        self._exact = False
        """True when the last piece is the source as it is written."""
        self._loose = False
        """True when the last piece is a name that must not run into Chinese words."""

    def add(self, token: Token) -> None:
        """Add what is said of a token."""
        spoken, kind = token.spoken, token.kind
        if not spoken:
            return
        texts, spans = self._texts, self._spans
        last = texts[-1] if texts else ""
        if kind == "space" and (not last or last[-1] == " "):
            return
        as_written = kind in _AS_WRITTEN
        exact = as_written and len(spoken) == token.end - token.start
        if last:
            if exact and self._exact and token.start == spans[-1][1]:
                texts[-1] = last + spoken
                spans[-1] = (spans[-1][0], token.end)
                return
            touch = spoken[0].isalnum() and last[-1].isalnum() and not (self._exact and as_written)
            if touch and self._run_together(token):
                if exact:
                    texts[-1] = f"{last} "
                else:
                    spoken = f" {spoken}"
        texts.append(spoken)
        spans.append((token.start, token.end))
        self._exact = exact
        self._loose = kind == "name" and not token.tight

    def _run_together(self, token: Token) -> bool:
        """True where a space is needed between the letters before and these."""
        if self.language not in _UNSPACED:
            return True
        return self._loose or (token.kind == "name" and not token.tight)

    def _strip(self) -> None:
        """Take away the space at the end."""
        while self._texts and self._texts[-1][-1:].isspace():
            text, (start, end) = self._texts[-1], self._spans[-1]
            bare = text.rstrip()
            if bare:
                self._texts[-1] = bare
                self._spans[-1] = (start, end - (len(text) - len(bare)) if self._exact else end)
                return
            self._texts.pop()
            self._spans.pop()
            self._exact = (
                bool(self._texts) and len(self._texts[-1]) == self._spans[-1][1] - self._spans[-1][0]
            )

    def _is_speakable(self) -> bool:
        return any(text[0].isalnum() or _SPEAKABLE.search(text) for text in self._texts)

    def finished(self, at: int, origin: Origin) -> Run | None:
        """The run, if there is anything in it to say."""
        if not self._is_speakable():
            return None
        self._strip()
        shift = origin.shift
        said = zip(self._texts, self._spans, strict=True)
        if shift is not None:
            at += shift
            return Run(
                self.language, tuple([Piece(text, at + start, at + end) for text, (start, end) in said])
            )
        parts = [pieces_of(text, at + start, at + end, origin) for text, (start, end) in said]
        return Run(self.language, tuple(piece for part in parts for piece in part))
