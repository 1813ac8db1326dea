"""What a voice engine is; hides every difference between them.

An engine is loaded in a process of its own (see :mod:`barrierfree.speech.voice`), told what to say one
stretch at a time, and hands out sound and marks as it makes them. To add one, write a class like
:class:`Synthesizer`, name it under the entry point ``barrierfree.synthesizers``, and hold it to
``barrierfree.testing.SynthesizerContract``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol, runtime_checkable

from barrierfree.speech.utterance import Priority

__all__ = ["Emit", "Mark", "Sound", "Spoken", "Synthesizer", "SynthesizerCapabilities", "VoiceInfo"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One stretch of speech in one language."""

    text: str
    """Speakable text: numbers, signs and emoji are words already."""
    language: str
    """ISO 639-1 code."""
    voice: str = ""
    """The engine's own name of a voice; empty takes its best for the language."""
    rate: int = 175
    """Words per minute, 80 to 900."""
    pitch: int = 50
    """0 to 100, where 50 is the voice's own."""
    volume: int = 100
    """0 to 100."""
    pause: float = 0.0
    """Seconds of silence after it; no engine's business."""
    priority: Priority = Priority.NORMAL
    """For an engine that shares the loudspeaker with other programs."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Sound of a stretch: 16-bit mono samples in native byte order."""

    samples: bytes
    part: int = 0
    """Which stretch of what was asked for; engines leave it alone."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a word is in the text, and where in the sound."""

    start: int
    end: int
    """Characters of ``Spoken.text``."""
    at: int
    """Samples from the start of the stretch's sound."""
    part: int = 0
    """Which stretch of what was asked for; engines leave it alone."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice that can be asked for by name."""

    name: str
    languages: tuple[str, ...]
    """ISO 639-1 codes."""
    engine: str
    gender: str = ""
    """"female", "male", or empty when the engine does not say."""
    quality: str = ""
    """What its makers call it ("medium", "neural"…), or empty."""


@dataclass(frozen=True, slots=True)
class SynthesizerCapabilities:
    """What an engine can do."""

    marks: bool
    rate: bool
    pitch: bool
    volume: bool
    plays_itself: bool = False
    """Makes the sound audible itself: hands out no samples, and marks when they are heard."""
    repeatable: bool = False
    """The same stretch takes the same time, to within milliseconds: after a crash it goes on where it was."""
    automatic: bool = True
    """May be chosen when no engine is named."""


class Emit(Protocol):
    """Where an engine hands out what it makes."""

    def __call__(self, made: Sound | Mark) -> bool:
        """Hand out sound or a mark; False when nobody listens any more: return soon."""

    def wanted(self) -> bool:
        """Whether anybody still listens; for an engine that waits for something."""


@runtime_checkable
class Synthesizer(Protocol):
    """Turns text into sound.

    Promises, held by the contract tests: a mark is handed out before the sound it lies in, and marks never
    go backwards; after ``emit`` has returned False no more than a moment's work is done; text of any
    characters is said or passed over, never a crash; ``close`` may be called twice; native errors come out
    as :class:`~barrierfree.errors.EngineError`, after which the next stretch can be said. One thread at a
    time uses it.
    """

    capabilities: ClassVar[SynthesizerCapabilities]
    rate: int
    """Samples per second of its sound, the same for all its voices."""

    def __init__(self) -> None:
        """Load the engine; raises EngineError (EngineNotInstalled, ModelNotFound, EngineFailed)."""

    @classmethod
    def available(cls) -> bool:
        """True when this engine could run here; loads nothing native."""

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Every voice it has."""

    def synthesize(self, spoken: Spoken, emit: Emit) -> None:
        """Hand out the sound and the marks of a stretch; returns when all is handed out, or heard."""

    def close(self) -> None:
        """Free the engine."""
