"""The ``whisper`` engine: faster-whisper as a Recognizer; hides voice detection and clean-up.

Silence is cut away before the model hears it, because Whisper invents words for silence. What it
invents all the same (loops, credits of subtitle groups) is dropped here. Chinese comes out in the
script the user asked for, whichever the model happened to write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from weakref import WeakValueDictionary

from barrierfree.audio import SAMPLE_RATE, AudioBlock
from barrierfree.errors import EngineFailed, EngineNotInstalled, ModelDamaged
from barrierfree.transcription.engines.whisper_words import in_script, sentences, told_apart_from_noise
from barrierfree.transcription.phrases import Limits, phrases
from barrierfree.transcription.recognizer import Capabilities, LanguageGuess, Options
from barrierfree.transcription.transcript import Heard, Segment, Word, join_words
from barrierfree.wording import _

if TYPE_CHECKING:
    from barrierfree.transcription.engines.whisper_decoding import HeardWord, PhraseDecoder, Samples

__all__ = ["WhisperRecognizer"]

_FILES = ("model.bin", "config.json", "tokenizer.json")
_JOIN_PAUSES = 2.0
"""Seconds. Longer pauses are cut out: Whisper loses its place in them."""
_LEAST_SPEECH = 0.1
"""Seconds. Shorter than any spoken word."""
_LEAST_REST = 0.8
"""Seconds. A shorter rest is the breath after the last word, for which Whisper would invent one."""
_ONE_PASS = Limits(15.0, 28.0, 15.0, 28.0)
_in_memory: WeakValueDictionary[tuple[Path, int, int], PhraseDecoder] = WeakValueDictionary()
"""Recognisers of one model share it, whatever language each of them is set to."""


class WhisperRecognizer:
    """Whisper (CTranslate2, int8): English with its small models, 98 more languages with the others."""

    capabilities: ClassVar[Capabilities] = Capabilities(
        word_times=True, confidences=True, punctuation=True, concurrent=True, phrase_seconds=(15.0, 28.0)
    )

    def __init__(self, model: Path | None, options: Options) -> None:
        if model is None:
            raise ValueError("whisper needs a model folder")
        missing = [name for name in _FILES if not (model / name).is_file()]
        if missing:
            # A missing tokenizer would otherwise make the library look for one on the network.
            raise ModelDamaged(
                _("The Whisper model in {folder} lacks {files}.").format(
                    folder=model, files=", ".join(missing)
                ),
                hint=_("Install it again: barrierfree models install {name}").format(name=model.name),
            )
        self._options = options
        self._decoder = _load(model, options)
        if not self._decoder.multilingual and options.language not in (None, "en"):
            raise EngineFailed(
                _("The model {name} hears English only.").format(name=model.name),
                hint=_("Choose another: barrierfree models list --language {language}").format(
                    language=options.language
                ),
            )

    @classmethod
    def available(cls) -> bool:
        """True when faster-whisper is installed."""
        return find_spec("faster_whisper") is not None

    def recognize(self, blocks: Iterable[AudioBlock]) -> Iterator[Heard]:
        """Sentences in the blocks; see :class:`~barrierfree.transcription.recognizer.Recognizer`."""
        for phrase in phrases(blocks, _ONE_PASS):
            yield from self._hear(phrase.sound)

    def detect_language(self, blocks: Iterable[AudioBlock]) -> LanguageGuess | None:
        """The most likely language of the first 30 seconds of speech in the blocks."""
        speech = _joined(
            piece
            for phrase in phrases(blocks, _ONE_PASS)
            for _first, piece in _speech(_samples(phrase.sound))
        )
        return None if speech is None else self._language_of(speech)

    def close(self) -> None:
        """Free the model."""
        self._decoder = None  # type: ignore[assignment]  # a closed engine is not used again

    def _hear(self, sound: AudioBlock) -> Iterator[Segment]:
        offset = sound.start
        samples = _samples(sound)
        for first, spoken in _speech(samples):
            yield from self._hear_speech(spoken, offset + first / SAMPLE_RATE)

    def _hear_speech(self, spoken: Samples, offset: float) -> Iterator[Segment]:
        guess = None if self._options.language else self._language_of(spoken)
        language = self._options.language or (guess.language if guess else "en")
        while len(spoken) >= _LEAST_SPEECH * SAMPLE_RATE:
            found, frames = self._decoder.decode(spoken, language, beam=1 if language == "en" else 5)
            seconds = min(found.heard, len(spoken) / SAMPLE_RATE)
            heard = told_apart_from_noise(found, self._decoder.words(found, frames, language), seconds)
            taken = int(seconds * SAMPLE_RATE)
            yield from self._segments(heard, spoken[:taken], offset, language, guess)
            if taken < _LEAST_REST * SAMPLE_RATE:
                return
            # What the model stopped in front of is listened to by itself.
            spoken, offset = spoken[taken:], offset + seconds
            if len(spoken) < _LEAST_REST * SAMPLE_RATE:
                return

    def _segments(
        self,
        heard: list[HeardWord],
        spoken: Samples,
        offset: float,
        language: str,
        guess: LanguageGuess | None,
    ) -> Iterator[Segment]:
        options = self._options
        if language == "zh":
            heard = in_script(heard, options.script)
        for sentence in sentences(heard, len(spoken) / SAMPLE_RATE, _loudness(spoken)):
            words = tuple(
                Word(
                    round(offset + word.start, 3),
                    round(offset + word.end, 3),
                    word.text.strip(),
                    round(word.confidence, 3),
                )
                for word in sentence
            )
            yield Segment(
                start=words[0].start,
                end=words[-1].end,
                text=join_words(words),
                words=words if options.words else (),
                language=language,
                language_confidence=round(guess.confidence, 3) if guess else None,
            )

    def _language_of(self, spoken: Samples) -> LanguageGuess:
        if not self._decoder.multilingual:
            return LanguageGuess("en", 0.0)
        language, confidence = self._decoder.language_of(spoken)[0]
        return LanguageGuess(language, confidence)


def _load(model: Path, options: Options) -> PhraseDecoder:
    try:
        from barrierfree.transcription.engines.whisper_decoding import PhraseDecoder
    except ImportError as error:
        raise EngineNotInstalled(
            _("The whisper engine is not installed: {error}").format(error=error),
            hint=_("Install it with: pip install 'barrierfree[whisper]'"),
        ) from error
    key = (model, options.workers, options.threads)
    if (shared := _in_memory.get(key)) is not None:
        return shared
    try:
        decoder = PhraseDecoder(model, workers=options.workers, threads=options.threads)
    except Exception as error:  # CTranslate2 and tokenizers raise whatever their C++ and Rust raise
        raise ModelDamaged(
            _("The Whisper model in {folder} cannot be loaded: {error}").format(folder=model, error=error),
            hint=_("Check it with: barrierfree models verify {name}").format(name=model.name),
        ) from error
    _in_memory[key] = decoder
    return decoder


def _samples(sound: AudioBlock) -> Samples:
    import numpy as np

    return np.frombuffer(sound.samples, np.int16).astype(np.float32) / np.float32(32768)


def _loudness(samples: Samples) -> list[float]:
    """Mean absolute value of every 10 ms."""
    import numpy as np

    whole = len(samples) // 160 * 160
    loudness: list[float] = np.abs(samples[:whole]).reshape(-1, 160).mean(axis=1).tolist()
    return loudness


def _speech(samples: Samples) -> list[tuple[int, Samples]]:
    """Pieces in which somebody speaks, each with the sample it begins at."""
    from barrierfree.transcription.engines.whisper_decoding import speech_spans

    spans = speech_spans(samples, join_below=_JOIN_PAUSES)
    least = int(_LEAST_SPEECH * SAMPLE_RATE)
    return [(first, samples[first:last]) for first, last in spans if last - first > least]


def _joined(pieces: Iterable[Samples]) -> Samples | None:
    """Up to 30 s of speech as one piece; None when there is none."""
    import numpy as np

    taken: list[Samples] = []
    for piece in pieces:
        taken.append(piece)
        if sum(map(len, taken)) >= 30 * SAMPLE_RATE:
            break
    return np.concatenate(taken)[: 30 * SAMPLE_RATE] if taken else None
