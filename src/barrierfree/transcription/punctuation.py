"""Marks and capitals for words that came without; hides how pauses are read as commas and full stops.

Engines such as Vosk write small letters and nothing else. What can be restored from the sound is where the
speaker paused: a short pause is a comma, a longer one ends the sentence. Nothing is added in the middle of
fluent speech, names are not guessed, and whatever was touched is marked as restored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from unicodedata import east_asian_width

from barrierfree.transcription.questions import asks
from barrierfree.transcription.transcript import Segment, Word, join_words

__all__ = ["punctuated"]

_COMMA_PAUSE = 0.25
"""Seconds."""
_SENTENCE_PAUSE = 0.6
"""Seconds. Vosk itself ends a phrase after half a second of silence."""
_LONGEST_SECONDS = 12.0
_LONGEST_COLUMNS = 60
"""Width in columns of a terminal: a Chinese character takes two."""
_FEWEST_WORDS = 2
"""A sentence that is cut leaves at least so many words on each side."""
_SMALLEST_PART = 5
"""And one word in so many, when there is a pause to cut at: halves read better than scraps."""
_ALL_MARKS = tuple(".,?!;:…，。？！：；、।؟،۔")
_FULL_WIDTH_MARKS = "，。？！、；"
_CLOSING = "\"'”’」』)）]"


@dataclass(frozen=True, slots=True)
class _Marks:
    comma: str = ","
    stop: str = "."
    question: str = "?"


_MARKS = {
    "zh": _Marks("，", "。", "？"),
    "ja": _Marks("、", "。", "？"),
    "hi": _Marks(stop="।"),
    "ar": _Marks("،", ".", "؟"),
    "fa": _Marks("،", ".", "؟"),
    "ur": _Marks("،", "۔", "؟"),
    "th": _Marks("", "", ""),  # Thai sentences are parted by spaces
    "lo": _Marks("", "", ""),
}
_GOES_ON = {
    "en": {
        "a", "an", "the", "of", "to", "in", "on", "at", "for", "from", "with", "by", "and", "or", "but",
        "my", "your", "his", "her", "our", "their", "its", "if", "because", "than", "as", "i'm",
        "very", "um", "uh",
    },
    "zh": {
        "和", "跟", "与", "在", "把", "被", "对", "从", "因为", "但是", "所以", "如果", "而且", "或者",
        "以及", "还有",
    },
    "ko": {"그리고", "그런데", "그래서", "하지만", "및", "또는", "그", "이", "저"},
}  # fmt: skip
"""Words that end no clause: a pause after them is a speaker who is thinking."""
_NUMBERS = {
    "en": {
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "hundred",
        "thousand", "million", "point", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
        "ninety", "zero", "oh",
    },
    "zh": set("零〇一二两三四五六七八九十百千万亿点幺"),
}  # fmt: skip
"""Between these no comma is set: "four hundred, twenty one" would be two numbers."""
_I = {"i": "I", "i'm": "I'm", "i'll": "I'll", "i've": "I've", "i'd": "I'd"}


def punctuated(segments: Iterable[Segment], *, only: str | None = None) -> Iterator[Segment]:
    """The segments with marks and capitals where they have none.

    A segment that has any mark, or was restored before, comes out unchanged and at once. The others wait
    for the next one, because the pause between the two decides how the first one ends, and come out
    sentence by sentence; a sentence longer than twelve seconds or sixty columns is cut at its longest
    pauses. Without times of words there are no pauses to go by: one segment is then one sentence.

    Args:
        segments: In order of time.
        only: Touch only segments of this language (ISO 639-1), whose engine writes some marks and forgets
            others: one that has marks but none at its end gets that one too. None touches all.
    """
    waiting: Segment | None = None
    begins = True
    for segment in segments:
        mine = only in (None, segment.language)
        bare = mine and _is_bare(segment)
        if waiting:
            goes_on = (segment.speaker, segment.language) == (waiting.speaker, waiting.language)
            pause = segment.start - waiting.end if goes_on and (bare or only) else inf
            yield from _finished(waiting, pause, begins=begins)
            begins = _ends(waiting, pause) if _is_bare(waiting) else True
        if bare or (mine and only and _lacks_its_end(segment)):
            waiting = segment
        else:
            waiting = None
            yield segment
            begins = True
    if waiting:
        yield from _finished(waiting, inf, begins=begins)


def _lacks_its_end(segment: Segment) -> bool:
    """True for a segment with marks inside, but none where it ends."""
    return bool(segment.words) and not segment.restored and not _ends_in_mark(segment.words[-1].text)


def _ends_in_mark(text: str) -> bool:
    return text.rstrip(_CLOSING).endswith(_ALL_MARKS)


def _finished(segment: Segment, pause: float, *, begins: bool) -> Iterator[Segment]:
    if _is_bare(segment):
        yield from _restored(segment, pause, begins=begins)
        return
    marks = _MARKS.get(segment.language or "", _Marks())
    question = marks.question if asks(segment.text, segment.language) else marks.stop
    mark = question if pause >= _SENTENCE_PAUSE else marks.comma
    *words, last = segment.words
    words.append(replace(last, text=last.text + mark))
    yield replace(segment, text=join_words(words), words=tuple(words), restored=True)


def _is_bare(segment: Segment) -> bool:
    texts = [word.text for word in segment.words] or segment.text.split()
    return (
        bool(segment.text.strip())
        and not segment.restored
        and not any(map(_ends_in_mark, texts))
        and not any(mark in segment.text for mark in _FULL_WIDTH_MARKS)
    )


def _restored(segment: Segment, pause: float, *, begins: bool) -> Iterator[Segment]:
    """The sentences of a segment.

    Args:
        segment: One without any mark.
        pause: Seconds of silence after it.
        begins: True when the segment starts a sentence.
    """
    words = segment.words or _untimed(segment)
    pauses = [*(other.start - word.end for word, other in pairwise(words)), pause]
    ends = [at for at in range(len(words)) if _kind(words, pauses, at, segment.language) == "stop"]
    first = 0
    pieces: list[tuple[Word, ...]] = []
    for end in sorted({*ends, len(words) - 1}):
        marked = _sentence(words, pauses, (first, end), segment.language, begins=begins or first > 0)
        pieces += _cut(marked, pauses[first : end + 1], segment.language)
        first = end + 1
    if not segment.words:
        text = join_words([word for piece in pieces for word in piece])
        yield replace(segment, text=text, restored=True)
        return
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        yield replace(
            segment,
            start=piece[0].start if at else segment.start,
            end=piece[-1].end if at < last else segment.end,
            text=join_words(piece),
            words=piece,
            restored=True,
        )


def _ends(segment: Segment, pause: float) -> bool:
    """True when a sentence ends with this segment."""
    words = segment.words or _untimed(segment)
    return _kind(words, [*[0.0] * (len(words) - 1), pause], len(words) - 1, segment.language) == "stop"


def _untimed(segment: Segment) -> tuple[Word, ...]:
    return tuple(Word(segment.start, segment.start, text) for text in segment.text.split())


def _kind(words: Sequence[Word], pauses: Sequence[float], at: int, language: str | None) -> str:
    """What stands after a word: "stop", "comma" or "" for nothing."""
    if pauses[at] == inf:
        return "stop"
    if pauses[at] < _COMMA_PAUSE or words[at].text.lower() in _GOES_ON.get(language or "", ()):
        return ""
    if pauses[at] >= _SENTENCE_PAUSE:
        return "stop"
    inside_number = (
        at + 1 < len(words) and _is_number(words[at], language) and _is_number(words[at + 1], language)
    )
    return "" if inside_number else "comma"


def _is_number(word: Word, language: str | None) -> bool:
    numbers = _NUMBERS.get(language or "", ())
    return word.text.lower() in numbers or (language == "zh" and set(word.text) <= set(numbers))


def _sentence(
    words: Sequence[Word],
    pauses: Sequence[float],
    span: tuple[int, int],
    language: str | None,
    *,
    begins: bool,
) -> tuple[Word, ...]:
    """The words of one sentence with its marks and its capital."""
    first, last = span
    marks = _MARKS.get(language or "", _Marks())
    spoken = join_words(list(words[first : last + 1]))
    signs = {
        "": "",
        "comma": marks.comma,
        "stop": marks.question if asks(spoken, language) else marks.stop,
    }
    marked = []
    for at in range(first, last + 1):
        text = _I.get(words[at].text, words[at].text) if language == "en" else words[at].text
        if at == first and begins:
            text = _capital(text, language)
        marked.append(replace(words[at], text=text + signs[_kind(words, pauses, at, language)]))
    return tuple(marked)


def _capital(text: str, language: str | None) -> str:
    if language in ("tr", "az") and text.startswith("i"):
        return f"İ{text[1:]}"
    large = text[:1].upper()
    return large + text[1:] if len(large) == 1 else text  # "ß" has no capital of one letter


def _cut(
    words: tuple[Word, ...], pauses: Sequence[float], language: str | None
) -> Iterator[tuple[Word, ...]]:
    """A sentence, in pieces short enough to read and to show."""
    columns = sum(2 if east_asian_width(character) in "WF" else 1 for character in join_words(words))
    too_long = words[-1].end - words[0].start > _LONGEST_SECONDS or columns > _LONGEST_COLUMNS
    places: Sequence[int] = range(_FEWEST_WORDS - 1, len(words) - _FEWEST_WORDS)
    middle = [at for at in places if min(at + 1, len(words) - at - 1) * _SMALLEST_PART >= len(words)]
    if any(pauses[at] >= _COMMA_PAUSE for at in middle):
        places = middle
    if not too_long or not places or words[0].start == words[-1].end:
        yield words
        return
    going_on = _GOES_ON.get(language or "", ())

    def fitness(at: int) -> tuple[float, float]:
        pause = -1.0 if words[at].text.lower() in going_on else pauses[at]
        return pause, -abs(at + 1 - len(words) / 2)

    best = max(places, key=fitness) + 1
    yield from _cut(words[:best], pauses[:best], language)
    yield from _cut(words[best:], pauses[best:], language)
