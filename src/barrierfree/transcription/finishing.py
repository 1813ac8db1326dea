"""The finishing touches between engine and reader: speakers, punctuation, figures; hides their order.

Speakers come first, because a sentence ends where another voice begins; figures come last, because a pause
that became a comma tells two numbers apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from barrierfree.plugins import load_engine
from barrierfree.transcription.job import Choice, Job
from barrierfree.transcription.journal import Recognized
from barrierfree.transcription.numbers import figures
from barrierfree.transcription.punctuation import punctuated
from barrierfree.transcription.speakers import labelled
from barrierfree.transcription.transcript import Segment

__all__ = ["finished"]


def finished(phrases: Iterable[Recognized], job: Job, choice: Choice) -> Iterator[Segment]:
    """Segments as they are shown: speakers when asked for, punctuation where the engine gives none.

    Phrase by phrase as they come; only when speakers are asked for is everything heard first, because
    who speaks can be told apart only when all voices are known.

    Args:
        phrases: In order, with a voice vector for each segment when speakers are asked for.
        job: Says whether speakers are labelled and numbers written in figures.
        choice: The engine, whose capabilities say whether it writes punctuation itself.

    Raises:
        EngineError: The engine is not installed any more.
    """
    writes_marks = load_engine("recognizer", choice.engine).capabilities.punctuation
    segments = _with_speakers(phrases) if job.speakers else _in_turn(phrases)
    # Whisper writes marks in every language, but leaves them out of every other Chinese sentence.
    segments = punctuated(segments, only="zh" if writes_marks else None)
    for segment in segments:
        yield figures(segment, segment.language or choice.language) if job.numbers else segment


def _in_turn(phrases: Iterable[Recognized]) -> Iterator[Segment]:
    for phrase in phrases:
        yield from phrase.segments


def _with_speakers(phrases: Iterable[Recognized]) -> Iterator[Segment]:
    segments: list[Segment] = []
    voices: list[tuple[float, ...] | None] = []
    for phrase in phrases:
        segments += phrase.segments
        # A phrase from before voices were looked at has none.
        voices += phrase.voices or (None,) * len(phrase.segments)
    yield from labelled(segments, voices)
