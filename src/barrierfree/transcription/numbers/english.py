"""English numbers, found in running text; hides their grammar and the traps around them.

Every number word has a one-letter code, a run of number words becomes a short string of codes, and what
may be written in figures is a regular expression over it: "two hundred and five" is ``dhad``, a cardinal;
"one eight hundred five five five" is ``ddhddd``, which is nothing and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from barrierfree.transcription.numbers.english_words import (
    CODES,
    DOSES,
    NOT_A_RANK,
    ONES,
    ORDINALS,
    PARTS,
    SPANS_OF_TIME,
    UNITS,
    VALUES,
    YEAR_BEFORE,
)
from barrierfree.transcription.numbers.figure import Figure

__all__ = ["found"]

_FOREIGN = "x"
"""Figures in a run of number words: nothing next to them is sure."""

_SMALL = "(?:yd?|t|d)"
_GROUP = f"(?:dh(?:a?{_SMALL})?|{_SMALL})"
_CARDINAL = re.compile(
    f"(?:{_GROUP}b)?(?:{_GROUP}m)?(?:{_GROUP}k)?(?:(?<=[kmb])a{_SMALL}|{_GROUP})?(?<![mb]d)|th(?:a?{_SMALL})?"
)
_DECIMAL = re.compile(f"(z|(?:{_GROUP}k)?{_GROUP})p([dz]{{1,6}})([mb]?)")
_YEAR = re.compile("[ty](?:yd?|t|od)")
_FIRST_CENTURY, _LAST_CENTURY = 15, 20
"""Years are sure from fifteen hundred on; "ten fifteen" is a time of day."""

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_GLUED_AFTER = re.compile(r"[.:/,]\w|[%°]")
_SMALLEST_WRITTEN = 10
_SMALLEST_WITH_COMMAS = 10_000


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    """In small letters; of an ordinal the cardinal ("twenty" for "twentieth")."""
    code: str
    """What kind of number word it is; empty for other words."""
    ordinal: bool = False


@dataclass(slots=True)
class _Run:
    """Number words that stand next to each other."""

    first: int
    tokens: list[_Token]
    before: Sequence[str]
    """The two words before, the nearest first; none beyond a mark."""
    after: Sequence[str]
    """The three words after; none beyond a mark."""
    length: int = 0
    """How many tokens the figures take the place of; 0 when nothing is sure."""
    figures: str = ""

    @property
    def codes(self) -> str:
        return "".join(token.code for token in self.tokens)

    @property
    def has_unit(self) -> bool:
        return self.after[0] in UNITS or self.is_percent

    @property
    def is_percent(self) -> bool:
        return self.after[0] == "percent" or tuple(self.after[:2]) == ("per", "cent")


def found(text: str) -> Iterator[Figure]:
    """The numbers in an English text that are sure, in order; a percent sign is part of its number."""
    tokens = [_token(match) for match in _TOKEN.finditer(text)]
    runs = _runs(text, tokens)
    following = None
    for run in reversed(runs):
        if not _is_glued(text, run):
            _write(run, following)
        following = run
    for chain in _chains(text, runs):
        if _is_sure(chain):
            for run in chain:
                if run.length:
                    yield Figure(run.tokens[0].start, tokens[run.first + run.length - 1].end, run.figures)


def _token(match: re.Match[str]) -> _Token:
    word = match.group().lower()
    cardinal = ORDINALS.get(word)
    if cardinal:
        return _Token(*match.span(), cardinal, CODES[cardinal], ordinal=True)
    code = _FOREIGN if any(character.isdigit() for character in word) else CODES.get(word, "")
    return _Token(*match.span(), word, code)


def _runs(text: str, tokens: list[_Token]) -> list[_Run]:
    runs: list[_Run] = []
    at = 0
    while at < len(tokens):
        end = at
        while end < len(tokens) and (end == at or _are_joined(text, tokens[end - 1], tokens[end])):
            if not _continues(tokens, at, end):
                break
            end += 1
        if end > at:
            runs.append(
                _Run(
                    at,
                    tokens[at:end],
                    _context(text, tokens, at, -1, 2),
                    _context(text, tokens, end - 1, 1, 3),
                )
            )
        at = max(end, at + 1)
    return runs


def _continues(tokens: list[_Token], first: int, at: int) -> bool:
    """True when the token at a place belongs to the run of number words that began at ``first``."""
    code = tokens[at].code
    if at > first and tokens[at - 1].ordinal:
        return False
    if code not in ("a", "p", "o"):
        return code != ""
    before = tokens[at - 1].code if at > first else ""
    after = tokens[at + 1].code if at + 1 < len(tokens) else ""
    if code == "a":
        return before in ("h", "k", "m", "b") and after in ("d", "t", "y")
    return before not in ("", "a", "p", "o") and after in ("d", "t", "y", "z", _FOREIGN)


def _are_joined(text: str, one: _Token, other: _Token) -> bool:
    between = text[one.end : other.start]
    return between == "-" or between.isspace()


def _context(text: str, tokens: list[_Token], at: int, step: int, length: int) -> Sequence[str]:
    words: list[str] = []
    while len(words) < length:
        beside = at + step
        if not 0 <= beside < len(tokens):
            break
        if not _are_joined(text, *sorted((tokens[at], tokens[beside]), key=lambda token: token.start)):
            break
        token = tokens[beside]
        words.append(text[token.start : token.end].lower())
        at = beside
    return [*words, *[""] * (length - len(words))]


def _is_glued(text: str, run: _Run) -> bool:
    start, end = run.tokens[0].start, run.tokens[-1].end
    return (start > 0 and text[start - 1] in "-./:$#'’_") or bool(_GLUED_AFTER.match(text, end))


def _chains(text: str, runs: list[_Run]) -> Iterator[list[_Run]]:
    """Runs with nothing but a comma between them: they are sure together or not at all."""
    chain: list[_Run] = []
    for run in runs:
        if chain and text[chain[-1].tokens[-1].end : run.tokens[0].start].strip() != ",":
            yield chain
            chain = []
        chain.append(run)
    if chain:
        yield chain


def _is_sure(chain: list[_Run]) -> bool:
    """True unless the commas of a chain may stand inside a number that was read out piece by piece."""
    if len(chain) > 1 and any(not run.length and run.codes not in ("d", "z") for run in chain):
        return False
    return not any(_CARDINAL.fullmatch(one.codes + other.codes) for one, other in pairwise(chain))


def _write(run: _Run, following: _Run | None) -> None:
    """Decide what a run is written as, if it is sure."""
    if _is_a_trap(run):
        return
    wanted = run.has_unit or _begins_a_range(run, following)
    length, figures = _ordinal(run) if run.tokens[-1].ordinal else _cardinal(run, wanted=wanted)
    if length and run.is_percent:
        length, figures = length + (1 if run.after[0] == "percent" else 2), f"{figures}%"
    run.length, run.figures = length, figures


def _is_a_trap(run: _Run) -> bool:
    before, after, codes = run.before, run.after, run.codes
    return (
        after[0] in DOSES
        or after[0] in PARTS
        or (after[0] == "and" and after[2] in PARTS)
        or before[0] == "point"
        or (before[0] == "between" and "a" in codes)
        or (before[0] == "at" and codes.startswith("dp"))
        or tuple(before) == ("of", "out")
        or (before[0] == "in" and before[1] in ONES)
    )


def _begins_a_range(run: _Run, following: _Run | None) -> bool:
    """True for the "five" of "five to ten percent"."""
    return (
        following is not None
        and run.after[0] in ("to", "or")
        and following.first == run.first + len(run.tokens) + 1
        and following.length > 0
        and following.has_unit
    )


def _cardinal(run: _Run, *, wanted: bool) -> tuple[int, str]:
    tokens, codes = run.tokens, run.codes
    decimal = _DECIMAL.fullmatch(codes)
    if decimal:
        return decimal.end(2), f"{_digits(_value(tokens[: decimal.end(1)]))}.{_read_out(tokens, decimal)}"
    if _YEAR.fullmatch(codes):
        return _year(run)
    if codes == "z":
        return (1, "0") if run.is_percent else (0, "")
    if not _CARDINAL.fullmatch(codes):
        return 0, ""
    if codes[-1] in "mb" and not set("kmb") & set(codes[:-1]):
        tokens = tokens[:-1]  # "20 million": easier to read than its zeros
    value = _value(tokens)
    if value < _SMALLEST_WRITTEN and not wanted:
        return 0, ""
    if value == 1 and not run.is_percent:
        return 0, ""
    return len(tokens), _digits(value)


def _read_out(tokens: list[_Token], decimal: re.Match[str]) -> str:
    return "".join(str(VALUES[token.word]) for token in tokens[decimal.start(2) : decimal.end(2)])


def _year(run: _Run) -> tuple[int, str]:
    century = VALUES[run.tokens[0].word]
    if (
        not _FIRST_CENTURY <= century <= _LAST_CENTURY
        or run.before[0] not in YEAR_BEFORE
        or run.after[0].startswith(SPANS_OF_TIME)
    ):
        return 0, ""
    return len(run.tokens), str(100 * century + _value(run.tokens[1:]))


def _ordinal(run: _Run) -> tuple[int, str]:
    unsure = (
        not _CARDINAL.fullmatch(run.codes)
        or run.tokens[-1].word == "two"  # "twenty second": 22nd, or a break of twenty seconds
        or run.before[0] in ("a", "an")
        or run.after[0] in NOT_A_RANK
    )
    value = 0 if unsure else _value(run.tokens)
    if value < _SMALLEST_WRITTEN:
        return 0, ""
    teens = value // 10 % 10 == 1
    suffix = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return len(run.tokens), f"{_digits(value)}{suffix}"


def _value(tokens: Sequence[_Token]) -> int:
    total = group = 0
    for token in tokens:
        if token.code == "h":
            group *= 100
        elif token.code in "kmb":
            total += group * VALUES[token.word]
            group = 0
        elif token.code != "a":
            group += VALUES[token.word]
    return total + group


def _digits(value: int) -> str:
    return f"{value:,}" if value >= _SMALLEST_WITH_COMMAS else str(value)
