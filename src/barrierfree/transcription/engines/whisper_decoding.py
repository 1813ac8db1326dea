"""One phrase of sound to words with a Whisper model; hides mel frames, tokens, retries and alignment.

This is the one place that rests on parts of faster-whisper and CTranslate2 that may move: the feature
extractor, the tokenizer wrapper, the silero voice detector, and the fact that CTranslate2's encoder
accepts fewer than the 3,000 mel frames (30 s) that Whisper was trained on. A canary test holds all four.

Shortened context: a phrase of 5 s is padded to 12 s instead of 30 s, which costs less than half the
time. Too little padding makes the decoder loop, so four seconds are always left, and a result that
looks looped is decoded again in full. No temperature sampling: the same sound always gives the same
words, which is what lets an interrupted transcription go on byte for byte.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.vad import VadOptions, get_speech_timestamps

__all__ = ["HeardWord", "PhraseDecoder", "Samples", "Try", "speech_spans"]

Samples = np.ndarray[Any, np.dtype[np.float32]]
"""Sound at 16 kHz, mono, between -1 and 1."""

_RATE = 16_000
_FRAMES_PER_SECOND = 100
_FULL_FRAMES = 3_000
_LEAST_FRAMES = 1_200
_SPARE_FRAMES = 400
_FRAMES_STEP = 600
"""Few different lengths: oneDNN keeps compiled code for each it has seen, 200 MB of it after an hour."""

_LOOPED_RATIO = 2.4
"""Whisper's own limit: text that zlib shrinks this much repeats itself (openai/whisper, transcribe.py)."""
_MOST_CHARACTERS_PER_SECOND = 25
_UNLIKELY = -1.0
"""Mean log probability below which Whisper's own code does not believe a result."""


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word as the model wrote it, leading space included; seconds from the start of the samples."""

    start: float
    end: float
    text: str
    confidence: float
    closes: bool = False
    """True when the model began a new line behind it."""


@dataclass(frozen=True, slots=True)
class Try:
    """What one pass of the decoder came to."""

    tokens: list[int]
    text: str
    likelihood: float
    """Mean log probability of the tokens."""
    no_speech: float
    """0 to 1: how likely the model finds it that nobody speaks."""
    encoded: ctranslate2.StorageView
    heard: float = inf
    """Seconds from the start up to which the model has listened; it may stop before the end of the sound."""
    lines: frozenset[int] = frozenset()
    """Behind how many tokens the model began a new line."""

    def looks_wrong(self, seconds: float) -> bool:
        """True when the text repeats itself, is too long to have been said, or is not believed."""
        raw = self.text.encode()
        looped = bool(raw) and len(raw) / len(zlib.compress(raw)) > _LOOPED_RATIO
        return looped or len(self.text) > _MOST_CHARACTERS_PER_SECOND * seconds + 12 or self.is_unlikely

    @property
    def is_unlikely(self) -> bool:
        """True when the model itself does not believe its words."""
        return self.likelihood < _UNLIKELY


def speech_spans(samples: Samples, *, join_below: float) -> list[tuple[int, int]]:
    """Where somebody speaks, as sample ranges; pauses shorter than ``join_below`` seconds are bridged."""
    options = VadOptions(min_silence_duration_ms=int(join_below * 1000), speech_pad_ms=200)
    found = get_speech_timestamps(samples, options, sampling_rate=_RATE)
    return [(int(span["start"]), int(span["end"])) for span in found]


class PhraseDecoder:
    """A loaded Whisper model; every method may run in several threads at once."""

    def __init__(self, model: Path, *, workers: int, threads: int) -> None:
        self._whisper = WhisperModel(
            str(model),
            device="cpu",
            compute_type="int8",
            cpu_threads=threads,
            num_workers=workers,
            local_files_only=True,
        )
        self._tokenizers: dict[str, Tokenizer] = {}

    @property
    def multilingual(self) -> bool:
        """True when the model knows more than English."""
        return bool(self._whisper.model.is_multilingual)

    def language_of(self, samples: Samples) -> list[tuple[str, float]]:
        """Language codes with their probability, most likely first."""
        encoded = self._encode(self._mel(samples), _FULL_FRAMES)
        # CTranslate2 names languages by their token: "<|en|>".
        return [
            (token[2:-2], float(chance)) for token, chance in self._whisper.model.detect_language(encoded)[0]
        ]

    def decode(self, samples: Samples, language: str, *, beam: int) -> tuple[Try, int]:
        """The best of up to three passes, and how many mel frames of it are sound."""
        tokenizer = self._tokenizer(language)
        mel = self._mel(samples)
        frames = mel.shape[1]
        context = max(_LEAST_FRAMES, -(-(frames + _SPARE_FRAMES) // _FRAMES_STEP) * _FRAMES_STEP)
        best = self._attempt(mel, min(context, _FULL_FRAMES), tokenizer, beam)
        seconds = len(samples) / _RATE
        if best.looks_wrong(seconds) and context < _FULL_FRAMES:
            best = self._attempt(mel, _FULL_FRAMES, tokenizer, beam)
        if best.looks_wrong(seconds):
            again = self._attempt(mel, _FULL_FRAMES, tokenizer, 5, no_repeats=True)
            best = (
                again if not again.looks_wrong(seconds) else max(best, again, key=lambda one: one.likelihood)
            )
        return best, min(frames, _FULL_FRAMES)

    def words(self, found: Try, frames: int, language: str) -> list[HeardWord]:
        """The words of a pass with their times (dynamic time warping over the attention heads)."""
        tokenizer = self._tokenizer(language)
        if not found.tokens:
            return []
        reached = int(min(frames, found.heard * _FRAMES_PER_SECOND))
        aligned = self._whisper.model.align(
            found.encoded, tokenizer.sot_sequence, [found.tokens], [reached], median_filter_width=7
        )[0]
        return _words_of(tokenizer, found, aligned)

    def _tokenizer(self, language: str) -> Tokenizer:
        if language not in self._tokenizers:
            self._tokenizers[language] = Tokenizer(
                self._whisper.hf_tokenizer, self.multilingual, task="transcribe", language=language
            )
        return self._tokenizers[language]

    def _mel(self, samples: Samples) -> Samples:
        mel: Samples = self._whisper.feature_extractor(samples)
        return mel

    def _encode(self, mel: Samples, context: int) -> ctranslate2.StorageView:
        mel = mel[:, :context]
        mel = np.pad(mel, ((0, 0), (0, context - mel.shape[1])))
        return self._whisper.model.encode(
            ctranslate2.StorageView.from_array(np.ascontiguousarray(mel[None], dtype=np.float32))
        )

    def _attempt(
        self, mel: Samples, context: int, tokenizer: Tokenizer, beam: int, *, no_repeats: bool = False
    ) -> Try:
        encoded = self._encode(mel, context)
        # With timestamps: without them the model skips whole sentences of a long piece, and nobody can tell.
        prompt = [*tokenizer.sot_sequence]
        result = self._whisper.model.generate(
            encoded,
            [prompt],
            beam_size=beam,
            max_length=448,
            suppress_tokens=[-1],
            no_repeat_ngram_size=4 if no_repeats else 0,
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        tokens = list(result.sequences_ids[0])
        # CTranslate2 divides the score by the length; one more token was the end mark.
        likelihood = result.scores[0] * len(tokens) / (len(tokens) + 1)
        words = [token for token in tokens if token < tokenizer.eot]
        return Try(
            tokens=words,
            text=tokenizer.decode(words).strip(),
            likelihood=likelihood,
            no_speech=result.no_speech_prob,
            encoded=encoded,
            heard=_heard_until(tokens, tokenizer),
            lines=_lines(tokens, tokenizer),
        )


def _heard_until(tokens: list[int], tokenizer: Tokenizer) -> float:
    """Seconds up to which the tokens reach.

    Two timestamps at the end say that a sentence begins there which the model has not written; one says that
    nobody speaks behind it (openai/whisper, transcribe.py, "single_timestamp_ending").
    """
    first = tokenizer.timestamp_begin
    if len(tokens) < 2 or tokens[-1] < first or tokens[-2] < first:  # noqa: PLR2004
        return inf
    return float(tokens[-1] - first) * 2 / _FRAMES_PER_SECOND


def _lines(tokens: list[int], tokenizer: Tokenizer) -> frozenset[int]:
    """Numbers of word tokens in front of each timestamp."""
    places, words = set(), 0
    for token in tokens:
        if token >= tokenizer.timestamp_begin:
            places.add(words)
        elif token < tokenizer.eot:
            words += 1
    return frozenset(places)


def _words_of(tokenizer: Tokenizer, found: Try, aligned: Any) -> list[HeardWord]:
    """Tokens grouped into words; a word lasts from its first token's jump to the next word's."""
    texts, groups = tokenizer.split_to_word_tokens([*found.tokens, tokenizer.eot])
    if len(groups) < 2:  # noqa: PLR2004  the end mark alone
        return []
    jumps: dict[int, float] = {}
    for token, frame in aligned.alignments:
        # Two mel frames of 10 ms go into one step of the encoder (Radford et al. 2022, section 2.2).
        jumps.setdefault(token, frame * 2 / _FRAMES_PER_SECOND)
    last = aligned.alignments[-1][1] * 2 / _FRAMES_PER_SECOND
    words, at = [], 0
    for text, group in zip(texts[:-1], groups[:-1], strict=True):
        sure = aligned.text_token_probs[at : at + len(group)]
        start, end = jumps.get(at, last), jumps.get(at + len(group), last)
        confidence = sum(sure) / len(sure) if sure else 0.0
        at += len(group)
        words.append(HeardWord(start, max(start, end), text, confidence, at in found.lines))
    return words
