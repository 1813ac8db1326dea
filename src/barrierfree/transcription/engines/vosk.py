"""The ``vosk`` engine as a Recognizer; hides its JSON, its logging, its downloads and its exits.

Vosk's own Python package downloads models, prints and leaves the process when it is given a model's
*name*. Here it is only ever given a folder, and its log is switched off before anything else is called.
The work is done in C++ with the interpreter lock released, so several phrases are recognised at once
over one model in memory.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

from barrierfree.audio import AudioBlock
from barrierfree.errors import EngineFailed, EngineNotInstalled, ModelDamaged
from barrierfree.transcription.recognizer import Capabilities, Options
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
        _check_folder(model)
        try:
            self._model = self._vosk.Model(model_path=str(model))
        except Exception as error:  # vosk raises bare Exception
            raise _damaged(model, str(error)) from error

    @classmethod
    def available(cls) -> bool:
        """True when the vosk package is installed."""
        return find_spec("vosk") is not None

    def recognize(self, blocks: Iterable[AudioBlock]) -> Iterator[Heard]:
        """Phrases in the blocks; see :class:`~barrierfree.transcription.recognizer.Recognizer`."""
        stream = iter(blocks)
        first = next(stream, None)
        if first is None:
            return
        recognizer = self._recognizer(first.rate)
        partial = ""
        for block in _with_first(first, stream):
            for piece, end in _pieces(block):
                if recognizer.AcceptWaveform(piece):
                    yield from self._segment(recognizer.Result(), first.start)
                elif self._options.partials:
                    text = json.loads(recognizer.PartialResult()).get("partial", "")
                    if text and text != partial:
                        yield Partial(first.start, end, text)
                    partial = text
        yield from self._segment(recognizer.FinalResult(), first.start)

    def close(self) -> None:
        """Free the model."""
        self._model = None

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
        return recognizer

    def _segment(self, result: str, offset: float) -> Iterator[Segment]:
        words = tuple(
            Word(
                round(offset + found["start"], 3),
                round(offset + found["end"], 3),
                found["word"],
                round(min(1.0, found["conf"]), 3),
            )
            for found in json.loads(result).get("result", ())
            if found["word"] != _UNKNOWN
        )
        if words:
            yield Segment(
                start=words[0].start,
                end=words[-1].end,
                text=join_words(words),
                words=words if self._options.words else (),
                language=self._language,
            )


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


def _check_folder(model: Path) -> None:
    """Vosk ends the process or prints when files are missing, so they are looked for first."""
    layouts = (("am/final.mdl", "conf"), ("final.mdl",))
    if not any(all((model / part).exists() for part in layout) for layout in layouts):
        raise _damaged(model, _("am/final.mdl is missing"))


def _damaged(model: Path, reason: str) -> ModelDamaged:
    return ModelDamaged(
        _("The Vosk model in {folder} cannot be loaded: {error}").format(folder=model, error=reason),
        hint=_("Check it with: barrierfree models verify {name}").format(name=model.name),
    )


def _with_first(first: AudioBlock, rest: Iterator[AudioBlock]) -> Iterator[AudioBlock]:
    yield first
    yield from rest


def _pieces(block: AudioBlock) -> Iterator[tuple[bytes, float]]:
    """Short runs of a block's samples, each with the time (seconds) it ends at."""
    step = int(block.rate * _STEP_SECONDS) * 2
    for at in range(0, len(block.samples), step):
        piece = block.samples[at : at + step]
        yield piece, (block.position + (at + len(piece)) // 2) / block.rate
