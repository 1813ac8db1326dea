"""The contract of every speech engine; hides which engine is at work.

An engine takes sound and yields words, and knows nothing of files, workers, journals or subtitles. It
is registered under the entry point ``barrierfree.recognizers`` (see :mod:`barrierfree.plugins`) and held
to the contract tests in :mod:`barrierfree.testing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol, runtime_checkable

from barrierfree.audio import AudioBlock
from barrierfree.transcription.transcript import Heard, Segment

__all__ = [
    "Capabilities",
    "DetectsLanguage",
    "HearsVoices",
    "LanguageGuess",
    "Options",
    "Recognizer",
    "Voice",
]


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine can do, as data: callers ask, they never look at the engine's type."""

    streaming: bool = False
    """Yields Partials while a phrase is still being spoken."""
    word_times: bool = False
    confidences: bool = False
    punctuation: bool = False
    """Writes punctuation and capitals itself."""
    grammar: bool = False
    """Can be held to a list of phrases (``Options.grammar``)."""
    speaker_vectors: bool = False
    needs_model: bool = True
    concurrent: bool = False
    """``recognize`` may run in several threads at once on one instance."""
    phrase_seconds: tuple[float, float] = (15.0, 28.0)
    """A long recording is cut at a quiet point between these lengths."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes; empty means: whatever the model speaks."""
    automatic: bool = True
    """May be chosen when no engine is named; engines for tests may not."""


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of an engine when it is opened."""

    language: str | None = None
    """ISO 639-1 code; None lets an engine that can detect the language of every phrase."""
    words: bool = True
    """Give the time of every word."""
    partials: bool = False
    """Yield Partials, when the engine streams; they cost time that a recording does not need spent."""
    workers: int = 1
    """How many threads will call ``recognize`` at once."""
    threads: int = 1
    """Threads the engine may use inside one call."""
    grammar: tuple[str, ...] = ()
    """Only these phrases can be heard, when the engine can do that."""
    voices: Path | None = None
    """Folder of the engine's own model for voices, when it has one (:class:`HearsVoices`)."""
    script: str = "simplified"
    """Chinese characters: "simplified", "traditional", or "heard" to leave them as they come."""


Voice = tuple[float, ...]
"""A vector that describes a voice; two of one person point the same way."""


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """A detected language."""

    language: str
    """ISO 639-1 code."""
    confidence: float
    """0 to 1."""


@runtime_checkable
class Recognizer(Protocol):
    """Turns sound into words.

    Constructed as ``Engine(model, options)`` where ``model`` is a folder, or None for an engine that
    needs no model.

    Promises, held by the contract tests: a Segment never changes; starts never go backwards; words lie
    inside their segment; silence yields nothing; ``close`` may be called twice; native errors come out as
    :class:`~barrierfree.errors.EngineError`; nothing is printed, downloaded or exited.
    """

    capabilities: ClassVar[Capabilities]

    def __init__(self, model: Path | None, options: Options) -> None:
        """Load the engine; raises EngineError (ModelDamaged, EngineNotInstalled, EngineFailed)."""

    @classmethod
    def available(cls) -> bool:
        """True when this engine could run here; loads no model."""

    def recognize(self, blocks: Iterable[AudioBlock]) -> Iterator[Heard]:
        """Words in the blocks; times count from the source's start, as the blocks' positions do."""

    def close(self) -> None:
        """Free the model."""


@runtime_checkable
class DetectsLanguage(Protocol):
    """An engine that can also say which language is spoken."""

    def detect_language(self, blocks: Iterable[AudioBlock]) -> LanguageGuess | None:
        """The most likely language of at most 30 seconds of sound; None when there is no speech."""


@runtime_checkable
class HearsVoices(Protocol):
    """An engine that can describe the voice of every segment itself, given ``Options.voices``."""

    def recognize_voices(self, blocks: Iterable[AudioBlock]) -> Iterator[tuple[Segment, Voice | None]]:
        """As ``recognize``, without Partials, each segment with its voice; None where it is too short."""
