"""Whether subtitles keep to the rules, also those made elsewhere; hides what each rule measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from barrierfree.transcription.subtitles.breaking import FORBIDDEN, break_cost, may_begin, may_end, pieces
from barrierfree.transcription.subtitles.cue import Cue
from barrierfree.transcription.subtitles.measuring import count_line, fill, reading_time
from barrierfree.transcription.subtitles.rules import SubtitleRules
from barrierfree.wording import _

__all__ = ["Breach", "check"]

_TOLERANCE: Final = 0.0011
"""Seconds; files hold whole milliseconds, and both ends of a subtitle are rounded."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where subtitles break a rule."""

    number: int
    """Which subtitle, counted from 1 in the order of the file."""
    start: float
    """When it begins, in seconds."""
    rule: str
    """"empty", "line-too-long", "too-many-lines", "bad-break", "too-short", "too-long", "too-fast",
    "gap-too-small", "overlap" or "out-of-order"."""
    message: str
    """What is wrong, a sentence in the user's language."""
    measured: float | None = None
    """Characters, lines, seconds or characters a second, as the rule has it; None if nothing is counted."""
    allowed: float | None = None
    """What the rules allow, in the same unit."""


def check(
    cues: Iterable[Cue], rules: SubtitleRules | None = None, *, language: str | None = None
) -> Iterator[Breach]:
    """Report what breaks the rules, subtitle by subtitle.

    Subtitles that were made here by the same rules have no breach, except where the speech leaves no choice:
    "too-short" and "too-fast" where somebody speaks on at once, "bad-break" where no other place lets the
    words fit their lines, or where what was recognised begins with a comma.

    Args:
        cues: Subtitles, in the order of their file.
        rules: The limits; None for the usual ones.
        language: ISO 639-1 code whose small words are heeded at line breaks; None stands for English.
            Chinese and Japanese punctuation is always heeded.
    """
    rules = rules or SubtitleRules()
    previous: Cue | None = None
    for number, cue in enumerate(cues, 1):
        lines = [line for line in cue.lines if line.strip()]
        flaws = [
            *(_order(previous, cue, rules) if previous else ()),
            *_lines(lines, rules),
            *_breaks(lines, language),
            *_times(cue, lines, rules),
        ]
        for rule, message, measured, allowed in flaws:
            yield Breach(number, cue.start, rule, message, measured, allowed)
        previous = cue


_Flaw = tuple[str, str, float | None, float | None]


def _order(previous: Cue, cue: Cue, rules: SubtitleRules) -> Iterator[_Flaw]:
    gap = round(cue.start - previous.end, 3)
    if cue.start < previous.start:
        yield "out-of-order", _("It begins before the subtitle above it."), cue.start, previous.start
    elif gap < 0:
        yield "overlap", _("It begins before the one above it has ended."), gap, 0.0
    elif gap < rules.gap - _TOLERANCE:
        message = _("The gap before it is {gap:.3f} seconds; at least {least:.3f} are needed.")
        yield "gap-too-small", message.format(gap=gap, least=rules.gap), gap, rules.gap


def _lines(lines: list[str], rules: SubtitleRules) -> Iterator[_Flaw]:
    if not lines:
        yield "empty", _("It has no text."), None, None
    if len(lines) > rules.lines:
        message = _("It has {count} lines; {most} are allowed.").format(count=len(lines), most=rules.lines)
        yield "too-many-lines", message, len(lines), rules.lines
    for number, line in enumerate(lines, 1):
        narrow, wide = count_line(line)
        share = fill(narrow, wide, rules)
        if share > 1:
            characters = narrow + wide
            most = int(characters / share)
            message = _("Line {line} has {count} characters; {most} fit.")
            text = message.format(line=number, count=characters, most=most)
            yield "line-too-long", text, characters, most


def _breaks(lines: list[str], language: str | None) -> Iterator[_Flaw]:
    for number, line in enumerate(lines, 1):
        if not may_begin(line):
            message = _('Line {line} begins with "{mark}".').format(line=number, mark=line[0])
            yield "bad-break", message, None, None
        if not may_end(line):
            message = _('Line {line} ends with "{mark}".').format(line=number, mark=line[-1])
            yield "bad-break", message, None, None
    for number, (upper, lower) in enumerate(pairwise(lines), 1):
        before, after = pieces(upper)[-1][0], pieces(lower)[0][0]
        told = not may_end(upper) or not may_begin(lower)
        if not told and break_cost(before, after, language) >= FORBIDDEN:
            message = _('Line {line} ends between "{before}" and "{after}", which belong together.')
            yield "bad-break", message.format(line=number, before=before, after=after), None, None


def _times(cue: Cue, lines: list[str], rules: SubtitleRules) -> Iterator[_Flaw]:
    shown = round(cue.end - cue.start, 3)
    if shown < rules.shortest - _TOLERANCE:
        message = _("It is shown for {shown:.3f} seconds; at least {least:.3f} are needed.")
        yield "too-short", message.format(shown=shown, least=rules.shortest), shown, rules.shortest
    if shown > rules.longest + _TOLERANCE:
        message = _("It is shown for {shown:.3f} seconds; at most {most:.3f} are allowed.")
        yield "too-long", message.format(shown=shown, most=rules.longest), shown, rules.longest
    counts = [count_line(line) for line in lines]
    narrow, wide = sum(count[0] for count in counts), sum(count[1] for count in counts)
    needed = reading_time(narrow, wide, rules)
    if shown > 0 and needed > shown + _TOLERANCE:
        speed, most = (narrow + wide) / shown, (narrow + wide) / needed
        message = _("It has {speed:.1f} characters a second; {most:.1f} can be read.")
        yield "too-fast", message.format(speed=speed, most=most), round(speed, 2), round(most, 2)
