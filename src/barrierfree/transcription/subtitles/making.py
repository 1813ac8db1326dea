"""Subtitles from what was said; hides how long each stays on the screen.

Every limit on lines is always kept. The limits on time are kept where the speech leaves room: words said
faster than they can be read are shown while they are said, and until the next ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from barrierfree.transcription.subtitles.cue import Cue
from barrierfree.transcription.subtitles.cutting import cut, line_breaks
from barrierfree.transcription.subtitles.rules import SubtitleRules
from barrierfree.transcription.subtitles.speech import Speech
from barrierfree.transcription.transcript import Segment, Word
from barrierfree.transcription.writers.paragraphs import speaker_label

__all__ = ["cues_from"]

_APART: Final = 2.0
"""Seconds of silence that end a subtitle for certain."""
_MOST: Final = 400
"""Pieces after which the end of a segment ends a subtitle, so that hours need no more memory than minutes."""
_FLICKER: Final = 0.5
"""Seconds; a shorter gap is closed, as Netflix does with less than 12 frames."""
_GLIMPSE: Final = 0.1
"""Seconds every subtitle is shown at least, even where times given leave none."""


class _Draft(NamedTuple):
    start: float
    end: float
    needed: float
    lines: tuple[str, ...]
    speaker: str | None
    words: tuple[Word, ...]


def cues_from(
    segments: Iterable[Segment], rules: SubtitleRules | None = None, *, names: bool = False
) -> Iterator[Cue]:
    """Make subtitles, as the segments come.

    Lines fit the rules always, times run forwards without overlap, and no subtitle is empty. Its words are
    those of the segments in order, nothing left out; a word longer than a line is torn. A subtitle may be
    shorter than the rules want, or harder to read in time, only where somebody speaks on at once; and it ends
    before its last word only where a single word lasts longer than a subtitle may.

    Args:
        segments: What was said, in order; segments without word times get them by their letters.
        rules: The limits to keep; None for the usual ones.
        names: Show who speaks in the text itself, at every change of speaker.

    Yields:
        The subtitles, times rounded to milliseconds.
    """
    rules = rules or SubtitleRules()
    return _timed(_drafts(_speeches(segments, rules, names=names), rules), rules)


def _speeches(segments: Iterable[Segment], rules: SubtitleRules, *, names: bool) -> Iterator[Speech]:
    speech = Speech(rules)
    shown = ""
    for segment in segments:
        label = " ".join(speaker_label(segment).split())
        if _ends(speech, segment, label):
            if speech:
                yield speech
            name = label if names and label != shown else ""
            shown = label
            speech = Speech(rules, label or None, name)
        speech.add(segment)
    if speech:
        yield speech


def _ends(speech: Speech, segment: Segment, label: str) -> bool:
    """Whether the segment begins another speech."""
    if label != (speech.speaker or ""):
        return True
    return bool(speech) and (segment.start - speech.end >= _APART or len(speech) > _MOST)


def _drafts(speeches: Iterator[Speech], rules: SubtitleRules) -> Iterator[_Draft]:
    speech = next(speeches, None)
    while speech is not None:
        following = next(speeches, None)
        cuts = cut(speech, following.starts[0] if following else None, rules)
        for first, last in pairwise(cuts):
            breaks = line_breaks(speech, first, last, rules)
            yield _Draft(
                speech.starts[first],
                speech.ends[last - 1],
                max(rules.shortest, speech.reading[last] - speech.reading[first]),
                tuple(speech.line(begin, end) for begin, end in pairwise(breaks)),
                speech.speaker,
                speech.words(first, last),
            )
        speech = following


def _timed(drafts: Iterator[_Draft], rules: SubtitleRules) -> Iterator[Cue]:
    """Give each draft its time on the screen, once it is known when the next begins."""
    draft = next(drafts, None)
    start = draft.start if draft else 0.0
    while draft is not None:
        following = next(drafts, None)
        end = min(max(draft.end, start + draft.needed), start + rules.longest)
        next_start = following.start if following else end + _FLICKER + rules.gap
        limit = next_start - rules.gap
        if limit - end < _FLICKER:
            end = min(limit, start + rules.longest)
        end = max(end, start + _GLIMPSE)
        yield Cue(round(start, 3), round(end, 3), draft.lines, draft.speaker, draft.words)
        start = max(next_start, end + rules.gap)
        draft = following
