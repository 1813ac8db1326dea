"""Speech without a pause or a change of speaker, ready to be cut; hides how it is laid out for the search."""

from __future__ import annotations

from typing import Final

from barrierfree.transcription.subtitles.breaking import CLAUSE, FORBIDDEN, SENTENCE, TORN, break_cost, pieces
from barrierfree.transcription.subtitles.measuring import count, fill, split_to_fit
from barrierfree.transcription.subtitles.rules import SubtitleRules
from barrierfree.transcription.subtitles.word_times import times_of
from barrierfree.transcription.transcript import Segment, Word, joins_without_space

__all__ = ["SEGMENT_END", "Speech"]

SEGMENT_END: Final = 6
"""Cost of a break where the engine ended a segment without punctuation."""


class Speech:
    """Pieces of text with times and the costs of breaks, as parallel lists that grow segment by segment.

    Args:
        rules: What widths and reading times are measured by.
        speaker: Who speaks.
        name: What is shown of the speaker before the first words; empty for nothing.
    """

    __slots__ = (
        "_name", "_rules", "costs", "ends", "reading", "room", "sources", "space", "spaces", "speaker",
        "starts", "texts", "widths",
    )  # fmt: skip

    def __init__(self, rules: SubtitleRules, speaker: str | None = None, name: str = "") -> None:
        self._rules = rules
        self._name = name
        self.speaker = speaker
        self.texts: list[str] = []
        self.spaces: list[bool] = []
        """Whether a space stands before the piece, unless it begins a line."""
        self.starts: list[float] = []
        self.ends: list[float] = []
        self.costs: list[int] = []
        """What a break before the piece costs."""
        self.sources: list[Word | None] = []
        """The engine's word each piece is part of, where that is certain."""
        self.room = rules.line_length * rules.wide_line_length
        """Units in a line; a narrow and a full-width character take so many that either limit is kept."""
        self.space = rules.wide_line_length
        """Units of a space."""
        self.widths: list[int] = [0]
        """Units before each piece, spaces included; one item more than there are pieces."""
        self.reading: list[float] = [0.0]
        """Seconds it takes to read all before each piece; one item more than there are pieces."""

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def end(self) -> float:
        """When the last word ends, in seconds."""
        return self.ends[-1] if self.ends else 0.0

    def add(self, segment: Segment) -> None:
        """Put a segment behind what is there."""
        found = pieces(_plain(segment.text))
        if not found:
            return
        texts = [text for text, _spaced in found]
        starts, ends, sources = times_of(segment, texts)
        spaces = [spaced for _text, spaced in found]
        if self.texts:
            spaces[0] = not (joins_without_space(self.texts[-1][-1]) or joins_without_space(texts[0][0]))
        elif self._name:
            self._add_name(texts[0], starts[0], spaces)
        self._extend(texts, spaces, starts, ends, sources, segment.language)

    def _add_name(self, following: str, start: float, spaces: list[bool]) -> None:
        wide = joins_without_space(following[0])
        spaces[0] = not wide
        self._extend([self._name + ("：" if wide else ":")], [False], [start], [start], [None], None)

    def _extend(
        self,
        texts: list[str],
        spaces: list[bool],
        starts: list[float],
        ends: list[float],
        sources: list[Word | None],
        language: str | None,
    ) -> None:
        """Append pieces, splitting those that fit no line; times never run backwards."""
        first = len(self.texts)
        limit, latest = self._rules.line_length, self.starts[-1] if self.starts else 0.0
        for text, spaced, start, end, source in zip(texts, spaces, starts, ends, sources, strict=True):
            latest = max(latest, start)
            if len(text) * 2 > min(limit, self._rules.wide_line_length) and self._is_too_long(text):
                self._append_parts(text, latest, max(latest, end), source, spaced=spaced)
            else:
                self._append(text, latest, max(latest, end), source, spaced=spaced)
        self._price(first, language)

    def _is_too_long(self, text: str) -> bool:
        return fill(*count(text), self._rules) > 1

    def _append_parts(
        self, text: str, start: float, end: float, source: Word | None, *, spaced: bool
    ) -> None:
        parts = split_to_fit(text, self._rules)
        at = 0
        for part in parts:
            from_, at = at, at + len(part)
            scale = (end - start) / len(text)
            self._append(part, start + from_ * scale, start + at * scale, source, spaced=spaced)
            spaced = False

    def _append(self, text: str, start: float, end: float, source: Word | None, *, spaced: bool) -> None:
        rules = self._rules
        narrow, wide = count(text)
        narrow += spaced
        self.texts.append(text)
        self.spaces.append(spaced)
        self.starts.append(start)
        self.ends.append(end)
        self.sources.append(source)
        self.widths.append(self.widths[-1] + narrow * rules.wide_line_length + wide * rules.line_length)
        self.reading.append(self.reading[-1] + narrow / rules.reading_speed + wide / rules.wide_reading_speed)

    def _price(self, first: int, language: str | None) -> None:
        """Find what the breaks before the new pieces cost."""
        texts, sources = self.texts, self.sources
        for at in range(first, len(texts)):
            if not at:
                self.costs.append(SENTENCE)
                continue
            cost = break_cost(texts[at - 1], texts[at], language)
            if at == first:
                # A break after a name wastes a line, unless the name nearly fills it.
                named = self._name and sources[at - 1] is None and at == 1
                if named:
                    cost = FORBIDDEN if self.widths[1] * 2 < self.room else cost
                elif cost < FORBIDDEN:
                    cost = min(cost, SEGMENT_END)
            elif cost > CLAUSE and sources[at] is not None and sources[at] is sources[at - 1]:
                cost = max(cost, TORN)
            self.costs.append(cost)

    def line(self, first: int, last: int) -> str:
        """The pieces from first up to last, as they stand in a line."""
        if first + 1 >= last:
            return self.texts[first] if first < last else ""
        parts = [self.texts[first]]
        for at in range(first + 1, last):
            if self.spaces[at]:
                parts.append(" ")
            parts.append(self.texts[at])
        return "".join(parts)

    def width(self, first: int, last: int) -> int:
        """Units that line takes, of :attr:`room`."""
        return self.widths[last] - self.widths[first] - (self.space if self.spaces[first] else 0)

    def words(self, first: int, last: int) -> tuple[Word, ...]:
        """The engine's words in those pieces, cut where the pieces are; empty unless all are known."""
        found: list[Word] = []
        previous: Word | None = None
        for at in range(first, last):
            source = self.sources[at]
            if source is None:
                if at == first and not at and self._name:
                    continue
                return ()
            text = self.texts[at]
            if source is previous:
                found[-1] = Word(found[-1].start, self.ends[at], found[-1].text + text, source.confidence)
            elif source.text == text and source.start == self.starts[at]:
                found.append(source)
            else:
                found.append(Word(self.starts[at], self.ends[at], text, source.confidence))
            previous = source
        return tuple(found)


_CONTROLS = dict.fromkeys((*range(32), 127, *range(128, 160)), " ")


def _plain(text: str) -> str:
    """The text without control characters, which no subtitle format can carry."""
    return text if text.isprintable() else text.translate(_CONTROLS)
