"""What hears a phrase: a recogniser, and what tells voices apart; hides who does which, and in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock

from barrierfree.audio import AudioBlock
from barrierfree.errors import BarrierfreeError, EngineFailed
from barrierfree.transcription.journal import Recognized
from barrierfree.transcription.phrases import Phrase
from barrierfree.transcription.recognizer import (
    DetectsLanguage,
    HearsVoices,
    LanguageGuess,
    Recognizer,
    Voice,
)
from barrierfree.transcription.transcript import Segment
from barrierfree.transcription.voices import VoiceVectors
from barrierfree.wording import _

__all__ = ["Ear"]


class Ear:
    """A recogniser for any number of threads: one that is not concurrent hears one phrase at a time.

    Args:
        recognizer: Loaded; it is not closed here.
        voices: Tells voices apart, when speakers are asked for and the recogniser cannot do that itself.
    """

    def __init__(self, recognizer: Recognizer, voices: VoiceVectors | None = None) -> None:
        self.capabilities = recognizer.capabilities
        self._recognizer = recognizer
        self._voices = voices
        concurrent = recognizer.capabilities.concurrent
        self._turn: AbstractContextManager[object] = nullcontext() if concurrent else Lock()

    def hear(self, phrase: Phrase) -> Recognized:
        """One phrase in words, with the voice of every segment where those are asked for.

        Raises:
            EngineError: The engine broke, in whatever way.
        """
        sound = phrase.sound
        with self._turn, _broken_is_failed(self._recognizer):
            pairs = list(self._pairs(sound))
        voices = tuple(voice for _segment, voice in pairs)
        return Recognized(
            number=phrase.number,
            end=sound.position + sound.frames,
            segments=tuple(segment for segment, _voice in pairs),
            voices=voices if any(voices) else (),
        )

    def language_of(self, blocks: Iterable[AudioBlock]) -> LanguageGuess | None:
        """The language spoken; None when nobody speaks or the engine cannot tell.

        Raises:
            EngineError: The engine broke, in whatever way.
        """
        if not isinstance(self._recognizer, DetectsLanguage):
            return None
        with self._turn, _broken_is_failed(self._recognizer):
            return self._recognizer.detect_language(blocks)

    def _pairs(self, sound: AudioBlock) -> Iterator[tuple[Segment, Voice | None]]:
        if self._voices is None and isinstance(self._recognizer, HearsVoices):
            yield from self._recognizer.recognize_voices([sound])
            return
        for event in self._recognizer.recognize([sound]):
            if isinstance(event, Segment):
                yield event, self._voices.of_each([event], sound)[0] if self._voices else None


@contextmanager
def _broken_is_failed(recognizer: Recognizer) -> Iterator[None]:
    """An engine of somebody else's may raise anything; one bad recording must not end the others."""
    try:
        yield
    except BarrierfreeError:
        raise
    except Exception as error:
        raise EngineFailed(
            _("The engine {name} broke: {error}").format(
                name=type(recognizer).__name__, error=f"{type(error).__name__}: {error}"
            ),
            hint=_("This is a fault of the program: please report it, with the recording if you may."),
        ) from error
