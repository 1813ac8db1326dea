"""Times for a text that a person has corrected; hides how its words are found again in the recording.

Lines that were not touched stay as they are, to the last digit. In all others each word that was heard
keeps its time, a word that replaces others takes theirs, and a word that was put in gets the time it takes
to say it, as far as there is room. Chinese, Japanese and Thai are compared character by character, so it
does not matter where the engine put its word boundaries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import inf
from typing import NamedTuple

from barrierfree.transcription.alignment import align
from barrierfree.transcription.pieces import Piece, breakable, pieces
from barrierfree.transcription.transcript import Segment, Transcript, Word

__all__ = ["retime"]

_PACE = 0.07
"""Seconds it takes to say a letter: 14 letters or 5 Chinese characters a second."""
_HURRIED, _DRAWLED = 0.5, 4.0
"""How much shorter or longer than usual replaced words may have been spoken."""


class _Timed(NamedTuple):
    """A piece of the recording's text, with its time."""

    key: str
    start: float
    end: float
    segment: int
    """Which of the old segments it belongs to; -1 when there is none."""
    opens: float
    """Start of that segment, if this is its first piece; else its own start."""
    closes: float
    """End of that segment, if this is its last piece; else its own end."""
    word: int = -1
    """Number of the old word it is part of; -1 when nobody said it."""
    parts: int = 0
    """Pieces of that word."""
    confidence: float | None = None


class _Line(NamedTuple):
    text: str
    speaker: str | None
    """The label in front of the line; None without one."""


def retime(transcript: Transcript, text: str) -> Transcript:
    """The transcript with a corrected text, and a sensible time for every word of it.

    Args:
        transcript: What was recognised.
        text: Its text as edited: words changed, put in or taken out, lines joined or cut in two. Each line
            becomes a segment; empty ones are skipped. Labels the transcript knows ("Speaker 1: ") may stand
            in front of lines, as the txt format has them; a changed label changes the speaker.

    Returns:
        A transcript with exactly these lines. Words that were kept keep time and confidence; new ones have
        no confidence. Words join to the line again, but for spaces next to Chinese characters, which
        :func:`~barrierfree.transcription.transcript.join_words` does not write. Without words in the
        transcript the lines alone are timed.
    """
    if text == transcript.text:
        return transcript
    segments = _Retiming(transcript).segments(text)
    # Where people talk over each other, half of a line that was cut in two may belong behind the next one.
    return replace(transcript, segments=tuple(sorted(segments, key=lambda segment: segment.start)))


def _lines(transcript: Transcript, text: str) -> Iterator[_Line]:
    known = {_plain(segment.text) for segment in transcript.segments}
    speakers = {segment.speaker for segment in transcript.segments if segment.speaker}
    for raw in text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").splitlines():
        line = raw.strip()
        label, colon, rest = f"{line} ".partition(": ")
        speaker = label.removesuffix("?") if colon else ""
        if speaker not in speakers or _plain(line) in known:
            rest, speaker = line, ""
        if rest.strip():
            yield _Line(rest.strip(), speaker or None)


def _plain(text: str) -> str:
    return " ".join(text.split())


class _Retiming:
    """One transcript whose text was edited."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._old = transcript.segments
        self._with_words = any(segment.words for segment in self._old)
        ends = [segment.end for segment in self._old]
        self._limit = max([transcript.duration or 0.0, *ends]) or inf
        self._words = 0

    def segments(self, text: str) -> Iterator[Segment]:
        """The new segments in order: untouched lines, and what lies between them."""
        lines = list(_lines(self._transcript, text))
        pairs = align([_plain(one.text) for one in self._old], [_plain(line.text) for line in lines])
        at = new_at = 0
        for here, new_here in [*pairs, (len(self._old), len(lines))]:
            yield from self._edited(at, here, lines[new_at:new_here])
            if here < len(self._old):
                yield _with_speaker(self._old[here], lines[new_here].speaker)
            at, new_at = here + 1, new_here + 1

    def _edited(self, begin: int, end: int, lines: list[_Line]) -> Iterator[Segment]:
        """Lines that took the place of the old segments from begin to end."""
        if not lines:
            return
        old = [timed for number in range(begin, end) for timed in self._timed(number)]
        earliest = self._old[begin - 1].end if begin else 0.0
        latest = self._old[end].start if end < len(self._old) else self._limit
        cut = [pieces(line.text) for line in lines]
        found = _place(
            [piece for one in cut for piece in one], old, earliest, latest, follows=begin > 0 or not self._old
        )
        neighbour = begin - 1 if begin else min(end, len(self._old) - 1)
        at = 0
        for line, one in zip(lines, cut, strict=True):
            yield self._segment(line, one, found[at : at + len(one)], neighbour)
            at += len(one)

    def _timed(self, number: int) -> list[_Timed]:
        """An old segment piece by piece, as its text has it."""
        segment = self._old[number]
        heard: list[_Timed] = []
        for word in segment.words or (Word(segment.start, segment.end, segment.text),):
            heard += _spread(pieces(word.text), word, number, self._words if segment.words else -1)
            self._words += 1
        written = pieces(segment.text)
        if [piece.key for piece in written] != [timed.key for timed in heard]:
            # Figures stand in the text for what was heard in words, for example.
            heard = _place(written, heard, segment.start, segment.end, follows=True)
        if heard:
            heard[0] = heard[0]._replace(opens=min(segment.start, heard[0].start))
            heard[-1] = heard[-1]._replace(closes=max(segment.end, heard[-1].end))
        return heard

    def _segment(self, line: _Line, cut: list[Piece], found: list[_Timed], neighbour: int) -> Segment:
        words = _words(line.text, cut, found)
        origins = Counter(timed.segment if timed.segment >= 0 else neighbour for timed in found)
        like = self._old[_majority(origins, self._old)] if self._old else Segment(0.0, 0.0, "")
        made = replace(
            like,
            start=found[0].opens,
            end=max(found[-1].closes, *(timed.end for timed in found)),
            text=line.text,
            words=tuple(_forwards(words)) if self._with_words else (),
        )
        return _with_speaker(made, line.speaker)


def _majority(origins: Counter[int], segments: Sequence[Segment]) -> int:
    """The old segment a new one is most like: of the speaker who says most of it, the largest part."""
    speakers: Counter[str | None] = Counter()
    for number, count in origins.items():
        speakers[segments[number].speaker] += count
    speaker = speakers.most_common(1)[0][0]
    return next(number for number, _count in origins.most_common() if segments[number].speaker == speaker)


def _with_speaker(segment: Segment, speaker: str | None) -> Segment:
    if speaker is None or speaker == segment.speaker:
        return segment
    return replace(segment, speaker=speaker, speaker_confidence=None)


def _forwards(words: Iterable[Word]) -> Iterator[Word]:
    """The words, none before the one in front of it: lines spoken at the same time may have been joined."""
    at = 0.0
    for word in words:
        at = max(at, word.start)
        yield word if word.start == at else replace(word, start=at, end=max(at, word.end))


def _spread(cut: list[Piece], word: Word, segment: int, number: int) -> Iterator[_Timed]:
    """The pieces of one old word, each with its share of the word's time."""
    times = _shares(cut, word.start, word.end)
    for piece, (start, end) in zip(cut, times, strict=True):
        yield _Timed(piece.key, start, end, segment, start, end, number, len(cut), word.confidence)


def _shares(cut: list[Piece], start: float, end: float) -> Iterator[tuple[float, float]]:
    whole = sum(piece.weight for piece in cut)
    done, here = 0, start
    for number, piece in enumerate(cut, 1):
        done += piece.weight
        # The last one ends exactly where the whole does, whatever floating point makes of it.
        following = end if number == len(cut) else min(end, start + (end - start) * done / whole)
        yield here, following
        here = following


def _place(
    cut: list[Piece], old: list[_Timed], earliest: float, latest: float, *, follows: bool
) -> list[_Timed]:
    """A time for every piece.

    Args:
        cut: The pieces of the new text.
        old: What was heard there, in order.
        earliest: Seconds before which nothing new may start.
        latest: Seconds after which nothing new may end.
        follows: Something was said before: what is put in stands close to it.
    """
    placed: list[_Timed] = []
    at = new_at = 0
    pairs = align([timed.key for timed in old], [piece.key for piece in cut])
    for here, new_here in [*pairs, (len(old), len(cut))]:
        if new_at < new_here:
            high = old[here].start if here < len(old) else latest
            low = min(old[at - 1].end if at else earliest, high)
            near = old[max(at - 1, 0)].segment if old else -1
            new = _fill(cut[new_at:new_here], old[at:here], low, high, follows=follows or at > 0)
            if placed:
                placed[-1] = placed[-1]._replace(closes=placed[-1].end)
            placed += (timed if timed.segment >= 0 else timed._replace(segment=near) for timed in new)
        if here < len(old):
            # What was put in front of a piece took the room between it and the start of its segment.
            opens = old[here].start if new_at < new_here else old[here].opens
            placed.append(old[here]._replace(opens=opens))
        at, new_at = here + 1, new_here + 1
    return placed


def _fill(
    cut: list[Piece], replaced: list[_Timed], low: float, high: float, *, follows: bool
) -> Iterator[_Timed]:
    """Times for pieces nobody said, between low and high; they stand for what they replaced."""
    usual = _PACE * sum(piece.weight for piece in cut)
    if replaced:
        start = min(max(replaced[0].start, low), high)
        taken = min(max(replaced[-1].end, start), high) - start
        end = min(high, start + min(max(taken, _HURRIED * usual), _DRAWLED * usual))
    elif follows or high == inf:
        start, end = low, min(high, low + usual)
    else:
        start, end = max(low, high - usual), high
    for number, (piece, (begin, until)) in enumerate(zip(cut, _shares(cut, start, end), strict=True)):
        origin = replaced[number * len(replaced) // len(cut)].segment if replaced else -1
        yield _Timed(piece.key, begin, until, origin, begin, until)


def _words(text: str, cut: list[Piece], found: list[_Timed]) -> Iterator[Word]:
    """The pieces put together to words: those of the engine where they are whole, else the smallest."""
    at = 0
    while at < len(cut):
        end = at + _whole(found, at)
        while end < len(cut) and not breakable(text, cut[end - 1], cut[end]):
            end += 1
        group = found[at:end]
        sure = [timed.confidence for timed in group if timed.confidence is not None]
        yield Word(
            group[0].start,
            max(timed.end for timed in group),
            text[cut[at].begin : cut[end - 1].end],
            min(sure) if len(sure) == len(group) else None,
        )
        at = end


def _whole(found: list[_Timed], at: int) -> int:
    """How many pieces from here on make up a whole word of the engine; 1 if they do not."""
    first = found[at]
    group = found[at : at + first.parts]
    whole = len(group) > 1 and len(group) == first.parts
    return len(group) if whole and all(timed.word == first.word >= 0 for timed in group) else 1
