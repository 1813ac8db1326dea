"""What was said and when, as frozen values; hides nothing, every other part speaks in these.

All times are seconds (float) from the start of the recording. A :class:`Partial` may still change; a
:class:`Segment` never does.
"""

from __future__ import annotations

from dataclasses import dataclass

from barrierfree.audio import Damage

__all__ = ["Damage", "Heard", "Partial", "Segment", "Transcript", "Word", "join_words", "joins_without_space"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word (one character group in Chinese) with its time."""

    start: float
    """Seconds from the start of the recording."""
    end: float
    """Seconds from the start of the recording."""
    text: str
    """The word with its punctuation, without surrounding spaces."""
    confidence: float | None = None
    """How sure the engine is, 0 to 1; None when the engine does not say."""


@dataclass(frozen=True, slots=True)
class Partial:
    """What has been heard of a phrase that is not finished; the next one replaces it."""

    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A finished piece of speech, about a sentence; it never changes."""

    start: float
    end: float
    text: str
    words: tuple[Word, ...] = ()
    """Word by word, in order; empty when times of words were not asked for."""
    language: str | None = None
    """ISO 639-1 code ("en", "zh") of what is spoken."""
    language_confidence: float | None = None
    """0 to 1 when the language was detected; None when it was given."""
    speaker: str | None = None
    """Who speaks ("Speaker 1"), when labels were asked for."""
    speaker_confidence: float | None = None
    """0 to 1; low values are guesses and should be shown as such."""
    restored: bool = False
    """True when punctuation and capitals were added by barrierfree, not heard by the engine."""

    @property
    def confidence(self) -> float | None:
        """Mean confidence of the words, 0 to 1; None when no word has one."""
        known = [word.confidence for word in self.words if word.confidence is not None]
        return sum(known) / len(known) if known else None


Heard = Partial | Segment
"""What a recogniser yields."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A whole recording in words."""

    segments: tuple[Segment, ...] = ()
    source: str = ""
    """Name of the recording, without folders; "-" for standard input."""
    duration: float | None = None
    """Seconds of sound that were read; None when unknown."""
    language: str | None = None
    """ISO 639-1 code of the whole recording; None when mixed or unknown."""
    engine: str = ""
    model: str = ""
    damage: tuple[Damage, ...] = ()
    """Places where the recording could not be read; empty for a sound one."""

    @property
    def text(self) -> str:
        """Everything that was said, one line per segment."""
        return "\n".join(segment.text for segment in self.segments)


_UNSPACED = (
    (0x1100, 0x11FF, False),  # Hangul Jamo: Korean does put spaces between words
    (0x2E80, 0x9FFF, True),  # CJK radicals, punctuation, kana, Han
    (0xAC00, 0xD7AF, False),  # Hangul syllables
    (0xF900, 0xFAFF, True),
    (0xFF00, 0xFFEF, True),
    (0x20000, 0x3FFFF, True),
    (0x0E00, 0x0EFF, True),  # Thai, Lao
)


def joins_without_space(character: str) -> bool:
    """True for characters of scripts that put no space between words (Chinese, Japanese, Thai)."""
    code = ord(character)
    return any(first <= code <= last and unspaced for first, last, unspaced in _UNSPACED)


def join_words(words: tuple[Word, ...] | list[Word]) -> str:
    """The words as running text: spaces between them, but none around Chinese, Japanese or Thai."""
    text = ""
    for word in words:
        if text and word.text and not (joins_without_space(text[-1]) or joins_without_space(word.text[0])):
            text += " "
        text += word.text
    return text
