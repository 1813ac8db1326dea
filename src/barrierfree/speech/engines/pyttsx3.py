"""The ``pyttsx3`` engine: the system's own voices through that package; hides everything it gets wrong.

On Windows these are the voices of SAPI, on macOS those of NSSpeechSynthesizer, on Linux espeak's. pyttsx3
2.99 prints, plays through other programs, cannot be stopped, says only the last of several utterances, says
nothing aloud any more once it has saved a file, now and then forgets its rate or voice, returns before it has
finished, and leaves the process when it misses data. None of that is heard here: every piece of text is saved
to a file by an engine made for it, whose settings and whose end are waited for, and whether its library has
its data is found out first.

Tested on Linux only; the same use of the package should hold for the other systems.
"""

from __future__ import annotations

import io
import sys
import tempfile
import threading
from contextlib import redirect_stdout
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, Final

from barrierfree.errors import EngineFailed, EngineNotInstalled
from barrierfree.speech.cutting import pieces, speakable
from barrierfree.speech.engines.espeak_library import is_installed, preload
from barrierfree.speech.engines.languages import language_of
from barrierfree.speech.synthesizer import Emit, Sound, Spoken, SynthesizerCapabilities, VoiceInfo
from barrierfree.wording import _

__all__ = ["Pyttsx3Synthesizer"]

_RATE: Final = 22_050
"""What pyttsx3's Linux driver writes, and what SAPI writes unless it is asked for something else."""
_MOST: Final = 300
"""Characters said between two looks at whether anybody listens: some 10 ms of work on Linux."""
_SECONDS: Final = 20.0
"""How long such a piece may take."""
_DRIVERS: Final = {"win32": ("sapi5", "comtypes"), "darwin": ("nsss", "objc")}
"""What pyttsx3 would take by itself, and the module it rests on."""
_FIRST: Final = ("cmn", "zh-cn", "zh_cn", "en-us", "en_us")
"""Of several voices for a language, those that more people understand."""


class Pyttsx3Synthesizer:
    """Speaks through pyttsx3."""

    capabilities: ClassVar[SynthesizerCapabilities] = SynthesizerCapabilities(
        marks=False,
        rate=True,
        # Its drivers for SAPI and NSSpeechSynthesizer have none.
        pitch=sys.platform not in _DRIVERS,
        volume=True,
        repeatable=True,
    )
    rate = _RATE

    def __init__(self) -> None:
        self._driver = _DRIVERS.get(sys.platform, ("espeak", ""))[0]
        if self._driver == "espeak":
            preload()
        try:
            with redirect_stdout(io.StringIO()):
                engine = self._engine()
                self._listed: list[Any] = engine.getProperty("voices")
                self._usual = str(engine.getProperty("voice"))
        except Exception as error:
            raise EngineNotInstalled(
                _("pyttsx3 cannot speak here: {error}").format(error=error),
                hint=_("Try another voice engine: barrierfree voices"),
            ) from error

    @classmethod
    def available(cls) -> bool:
        """True when the package is installed, and what it rests on in this system."""
        if find_spec("pyttsx3") is None:
            return False
        native = _DRIVERS.get(sys.platform)
        return find_spec(native[1]) is not None if native else is_installed()

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The system's voices, under the names the system gives them."""
        return tuple(
            VoiceInfo(
                self._name(voice),
                tuple(dict.fromkeys(language_of(tag) for tag in _tags(voice))),
                "pyttsx3",
                str(voice.gender or "").lower().removeprefix("voicegender"),
            )
            for voice in self._listed
        )

    def synthesize(self, spoken: Spoken, emit: Emit) -> None:
        """See :class:`~barrierfree.speech.synthesizer.Synthesizer`."""
        properties = {
            "voice": self._voice(spoken),
            "rate": spoken.rate,
            "volume": spoken.volume / 100,
            "pitch": spoken.pitch,
        }
        if not self.capabilities.pitch:
            del properties["pitch"]
        for _start, piece in pieces(speakable(spoken.text), _MOST):
            if piece.strip() and emit.wanted():
                emit(Sound(self._said(piece, properties)))

    def close(self) -> None:
        """Nothing to free: its engines end with the piece they were made for."""

    def _engine(self) -> Any:
        from pyttsx3.engine import Engine

        # Not pyttsx3.init(): that hands out the same engine again, with whatever it still holds.
        return Engine(self._driver)

    def _said(self, text: str, properties: dict[str, Any]) -> bytes:
        finished = threading.Event()
        errors: list[Exception] = []
        with tempfile.TemporaryDirectory(prefix="barrierfree-") as folder, redirect_stdout(io.StringIO()):
            file = Path(folder) / "said.wav"
            try:
                engine = self._engine()
                engine.connect("finished-utterance", lambda **_told: finished.set())
                engine.connect("error", lambda exception, **_told: errors.append(exception))
                self._tune(engine, properties)
                engine.save_to_file(text, str(file))
                engine.runAndWait()
            except Exception as error:  # its drivers raise whatever their systems do
                raise _failed(str(error)) from error
            # runAndWait returns early on Linux, where another thread still writes.
            if self._driver == "espeak" and not finished.wait(_SECONDS):
                errors.append(TimeoutError(_("no answer")))
            if errors:
                raise _failed(str(errors[0]))
            return _samples(file)

    def _tune(self, engine: Any, properties: dict[str, Any]) -> None:
        if self._driver == "espeak":
            engine.proxy.setBusy(False)  # or they would wait for runAndWait
        for name, value in properties.items():
            engine.setProperty(name, value)
        if self._driver == "espeak":
            from pyttsx3.drivers import _espeak

            # They are carried out by another thread, and runAndWait begins with cancelling what is not.
            _espeak.Synchronize()

    def _voice(self, spoken: Spoken) -> str:
        if spoken.voice:
            for voice in self._listed:
                if spoken.voice in (voice.id, self._name(voice)):
                    return str(voice.id)
            raise EngineFailed(
                _('pyttsx3 has no voice named "{name}".').format(name=spoken.voice),
                hint=_("See the list: barrierfree voices"),
            )
        fitting = [
            voice for voice in self._listed if spoken.language in {language_of(tag) for tag in _tags(voice)}
        ]
        if any(voice.id == self._usual for voice in fitting) or not fitting:
            return self._usual
        fitting.sort(key=lambda voice: not {tag.lower() for tag in _tags(voice)} & {*_FIRST})
        return str(fitting[0].id)

    def _name(self, voice: Any) -> str:
        unique = [other.name for other in self._listed].count(voice.name) == 1
        return str(voice.name if unique and voice.name else voice.id)


def _tags(voice: Any) -> list[str]:
    return [str(tag) for tag in voice.languages or () if tag]


def _failed(error: str) -> EngineFailed:
    return EngineFailed(
        _("pyttsx3 failed: {error}").format(error=error),
        hint=_("Try another voice engine: barrierfree voices"),
    )


def _samples(file: Path) -> bytes:
    import wave

    if not file.exists():
        raise _failed(_("it wrote no sound"))
    try:
        with wave.open(str(file)) as sound:
            if (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, _RATE):
                samples: bytes = sound.readframes(sound.getnframes())
                return samples
    except wave.Error:  # macOS writes AIFF whatever the file is called
        pass
    return _converted(file)


def _converted(file: Path) -> bytes:
    """The samples of a file in another format or rate."""
    import av

    samples = bytearray()
    try:
        with av.open(str(file)) as container:
            resampler = av.AudioResampler(format="s16", layout="mono", rate=_RATE)
            for frame in (*container.decode(audio=0), None):
                for piece in resampler.resample(frame):
                    samples += bytes(piece.planes[0])[: 2 * piece.samples]
    except av.error.FFmpegError as error:
        raise _failed(str(error)) from error
    return bytes(samples)
