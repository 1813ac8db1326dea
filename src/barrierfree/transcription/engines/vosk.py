"""The ``vosk`` engine as a Recognizer; hides its JSON, its logging, its downloads and its exits.

Vosk's own Python package downloads models, prints and leaves the process when it is given a model's
*name*. Here it is only ever given a folder, and its log is switched off before anything else is called.
The work is done in C++ with the interpreter lock released, so several phrases are recognised at once
over one model in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar

from barrierfree.audio import AudioBlock
from barrierfree.errors import EngineFailed, EngineNotInstalled
from barrierfree.transcription.engines.vosk_steadiness import check_folder, damaged, dithered, steady
from barrierfree.transcription.recognizer import Capabilities, Options, Voice
from barrierfree.transcription.transcript import Heard, Partial, Segment, Word, join_words
from barrierfree.wording import _

__all__ = ["VoskRecognizer"]

_STEP_SECONDS = 0.2
"""Sound is handed over in pieces of this length; a Partial can follow each of them."""
_UNKNOWN = "[unk]"


class VoskRecognizer:
    """Kaldi models through Vosk: small, streaming, without punctuation."""

    capabilities: ClassVar[Capabilities] = Capabilities(
        streaming=True,
        word_times=True,
        confidences=True,
        grammar=True,
        speaker_vectors=True,
        concurrent=True,
        # Long phrases: every cut makes Vosk adapt to the speaker's voice anew.
        phrase_seconds=(30.0, 60.0),
    )

    def __init__(self, model: Path | None, options: Options) -> None:
        if model is None:
            raise ValueError("vosk needs a model folder")
        self._vosk = _silent_vosk()
        self._options = options
        self._language = options.language
        check_folder(model)
        with steady(model) as folder:
            try:
                self._model = self._vosk.Model(model_path=str(folder))
            except Exception as error:  # vosk raises bare Exception
                raise damaged(model, str(error)) from error
        self._voices = self._voice_model(options.voices) if options.voices else None
        self._idle: list[_Warm] = []

    @classmethod
    def available(cls) -> bool:
        """True when the vosk package is installed."""
        return find_spec("vosk") is not None

    def recognize(self, blocks: Iterable[AudioBlock]) -> Iterator[Heard]:
        """Phrases in the blocks; see :class:`~barrierfree.transcription.recognizer.Recognizer`."""
        for event, _voice in self._hear(blocks):
            yield event

    def recognize_voices(self, blocks: Iterable[AudioBlock]) -> Iterator[tuple[Segment, Voice | None]]:
        """See :class:`~barrierfree.transcription.recognizer.HearsVoices`."""
        for event, voice in self._hear(blocks):
            if isinstance(event, Segment):
                yield event, voice

    def _hear(self, blocks: Iterable[AudioBlock]) -> Iterator[tuple[Heard, Voice | None]]:
        stream = iter(blocks)
        first = next(stream, None)
        if first is None:
            return
        warm = self._warm(first.rate)
        recognizer, offset = warm.recognizer, first.start - warm.seconds
        partial = ""
        for block in _to_whole_seconds(first, stream):
            warm.samples += block.frames
            for piece, end in _pieces(block):
                if recognizer.AcceptWaveform(piece):
                    yield from self._segment(recognizer.Result(), offset)
                elif self._options.partials:
                    text = json.loads(recognizer.PartialResult()).get("partial", "")
                    if text and text != partial:
                        yield Partial(first.start, end, text), None
                    partial = text
        yield from self._segment(recognizer.FinalResult(), offset)
        # Not where the caller stopped early: then it has heard half a phrase.
        self._idle.append(warm)

    def _warm(self, rate: int) -> _Warm:
        """One that has worked before, where there is one: a new one needs seconds to get up to speed."""
        with suppress(IndexError):
            warm = self._idle.pop()
            if warm.rate == rate:
                return warm
        return _Warm(self._recognizer(rate), rate)

    def close(self) -> None:
        """Free the model."""
        self._idle.clear()
        self._model = self._voices = None

    def _recognizer(self, rate: int) -> Any:
        options = self._options
        grammar = [json.dumps([*options.grammar, _UNKNOWN], ensure_ascii=False)] if options.grammar else []
        try:
            recognizer = self._vosk.KaldiRecognizer(self._model, rate, *grammar)
        except Exception as error:  # vosk raises bare Exception
            raise EngineFailed(
                _("Vosk could not start: {error}").format(error=error),
                hint=_("A list of phrases needs a small model: barrierfree models list --engine vosk"),
            ) from error
        recognizer.SetWords(True)  # noqa: FBT003  vosk's own signature
        if self._voices is not None:
            recognizer.SetSpkModel(self._voices)
        return recognizer

    def _voice_model(self, folder: Path) -> Any:
        if not (folder / "final.ext.raw").is_file():
            # Vosk would print and go on with a model that crashes later.
            raise damaged(folder, _("{file} is missing").format(file="final.ext.raw"))
        try:
            return self._vosk.SpkModel(str(folder))
        except Exception as error:  # vosk raises bare Exception
            raise damaged(folder, str(error)) from error

    def _segment(self, result: str, offset: float) -> Iterator[tuple[Segment, Voice | None]]:
        told = json.loads(result)
        words = tuple(
            Word(
                round(offset + found["start"], 3),
                round(offset + found["end"], 3),
                found["word"],
                round(min(1.0, found["conf"]), 3),
            )
            for found in told.get("result", ())
            if found["word"] != _UNKNOWN
        )
        if words:
            segment = Segment(
                start=words[0].start,
                end=words[-1].end,
                text=join_words(words),
                words=words if self._options.words else (),
                language=self._language,
            )
            yield segment, tuple(told["spk"]) if "spk" in told else None


def _silent_vosk() -> Any:
    try:
        import vosk
    except (ImportError, OSError) as error:  # OSError: its shared library does not load here
        raise EngineNotInstalled(
            _("The vosk engine cannot be loaded: {error}").format(error=error),
            hint=_("Install it with: pip install --force-reinstall vosk"),
        ) from error
    vosk.SetLogLevel(-1)
    return vosk


@dataclass(slots=True)
class _Warm:
    """A recogniser that remembers the paths it has searched; its clock goes on from phrase to phrase."""

    recognizer: Any
    rate: int
    samples: int = 0

    @property
    def seconds(self) -> int:
        """Where its clock stands."""
        return self.samples // self.rate


def _to_whole_seconds(first: AudioBlock, rest: Iterator[AudioBlock]) -> Iterator[AudioBlock]:
    """The blocks, then silence up to a whole second.

    Vosk's clock is a 32-bit number. As long as every phrase begins at a whole second of it, taking that
    second away again leaves exactly what a new recogniser would say.
    """
    frames = 0
    block = first
    for block in chain((first,), rest):
        frames += block.frames
        yield block
    missing = -frames % first.rate
    if missing:
        yield AudioBlock(block.position + block.frames, bytes(2 * missing), first.rate)


def _pieces(block: AudioBlock) -> Iterator[tuple[bytes, float]]:
    """Short runs of a block's samples, each with the time (seconds) it ends at."""
    step = int(block.rate * _STEP_SECONDS) * 2
    samples = dithered(block)
    for at in range(0, len(samples), step):
        piece = samples[at : at + step]
        yield piece, (block.position + (at + len(piece)) // 2) / block.rate
