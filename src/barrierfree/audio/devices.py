"""What sound comes out of; hides PortAudio, miniaudio, and their ways to fail.

Two libraries are tried in turn: PortAudio (through sounddevice), then miniaudio, which looks for devices anew
each time and so finds one that was plugged in after PortAudio had looked. On Linux it is the other way round:
PortAudio reaches the sound service through an emulation of ALSA, which with short blocks at times takes sound
faster than it plays it (PulseAudio 16, 20 to 30 ms of buffer: up to 13 times as fast, and most of it is not
heard), needs more buffer, and complains on the terminal. miniaudio speaks to the service itself.
``BARRIERFREE_AUDIO`` names one of the two, or ``null``: a device that keeps time and makes no sound.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import Any, Final, Protocol, TypeAlias

from barrierfree.errors import NoAudioDevice, SettingsError
from barrierfree.wording import _

__all__ = ["PERIOD", "OutputDevice", "Source", "no_device", "open_device"]

PERIOD: Final = 0.01
"""Seconds of sound that a device takes at a time."""
_PERIODS: Final = 3
_PORTAUDIO_LATENCY: Final = 0.05
_LINUX: Final = sys.platform == "linux"
_ORDER: Final = ("miniaudio", "sounddevice") if _LINUX else ("sounddevice", "miniaudio")

Source: TypeAlias = Callable[[int], bytes | memoryview]
"""Gives a device at most so many 16-bit samples; what lacks is silence. Called in the device's own thread."""


class OutputDevice(Protocol):
    """An open device. All calls come from one thread."""

    way: str
    """Which library it belongs to."""
    latency: float
    """Seconds from the moment it takes sound to the moment that is heard, roughly."""

    @property
    def active(self) -> bool:
        """Whether it claims to run; one that was unplugged may go on claiming it."""

    def start(self) -> None:
        """Begin to take sound."""

    def stop(self) -> None:
        """Stop taking sound, until it is started again."""

    def close(self) -> None:
        """Let go of it; afterwards it takes no more."""


def open_device(rate: int, source: Source, name: str = "", lost: OutputDevice | None = None) -> OutputDevice:
    """Open a device, which does not run yet.

    Args:
        rate: Samples per second, given to the device as they are.
        source: Where it takes sound from.
        name: Part of the name of the device wanted; empty takes the system's choice.
        lost: The device that this one is to replace.

    Raises:
        NoAudioDevice: There is none, or none of that name.
        SettingsError: ``BARRIERFREE_AUDIO`` names something else than a way to play.
    """
    missing = no_device(name)
    for way in _ways(lost):
        try:
            return _OPEN[way](rate, source, name)
        except Exception as error:  # noqa: BLE001  native libraries raise what they like
            missing.add_note(f"{way}: {error}")
    raise missing


def no_device(name: str = "") -> NoAudioDevice:
    """The error for a loudspeaker that is not there."""
    if name:
        message = _('There is no loudspeaker named "{name}".').format(name=name)
    else:
        message = _("There is no loudspeaker to play to.")
    return NoAudioDevice(message, hint=_("Connect one, or start the sound service of your system."))


def _ways(lost: OutputDevice | None) -> tuple[str, ...]:
    wanted = os.environ.get("BARRIERFREE_AUDIO", "")
    if not wanted:
        # PortAudio writes to the terminal what it does not find: not once a second over somebody's screen.
        return (lost.way,) if lost and _LINUX else _ORDER
    if wanted not in _OPEN:
        raise SettingsError(
            _('BARRIERFREE_AUDIO: there is no way to play named "{name}".').format(name=wanted),
            hint=_("Choose one of {names}, or unset it.").format(names=", ".join(_OPEN)),
        )
    return (wanted,)


class _PortAudio:
    """A device of PortAudio's."""

    way = "sounddevice"

    def __init__(self, rate: int, source: Source, name: str) -> None:
        import sounddevice

        def fill(out: Any, frames: int, _time: object, _status: object) -> None:
            samples = source(frames)
            out[: len(samples)] = samples
            out[len(samples) :] = bytes(2 * frames - len(samples))

        _silence_alsa()
        self._stream = sounddevice.RawOutputStream(
            samplerate=rate,
            blocksize=int(rate * PERIOD),
            device=name or None,
            channels=1,
            dtype="int16",
            latency=_PORTAUDIO_LATENCY,
            callback=fill,
        )
        self.latency = float(self._stream.latency)

    @property
    def active(self) -> bool:
        return bool(self._stream.active)

    def start(self) -> None:
        self._stream.start()

    def stop(self) -> None:
        self._stream.abort()

    def close(self) -> None:
        self._stream.close()


class _Miniaudio:
    """A device of miniaudio's; or its null device, which plays to nobody in real time."""

    latency = _PERIODS * PERIOD

    def __init__(self, rate: int, source: Source, name: str, *, null: bool = False) -> None:
        import miniaudio

        self.way = "null" if null else "miniaudio"
        self._source = source
        self._library = miniaudio.lib
        # Asked for nothing, it would take the null device where there is no other.
        backends = [backend for backend in miniaudio.Backend if (backend is miniaudio.Backend.NULL) is null]
        if not null:
            _silence_alsa()
        device = None if null else _miniaudio_id(backends, name)
        # Not made in one step: should it fail, its connection to the sound service has to be closed.
        self._player = miniaudio.PlaybackDevice.__new__(miniaudio.PlaybackDevice)
        try:
            self._player.__init__(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=rate,
                buffersize_msec=int(1000 * PERIOD),
                device_id=device,
                callback_periods=_PERIODS,
                backends=backends,
                app_name="barrierfree",
            )
        except Exception:
            self.close()
            raise

    @property
    def active(self) -> bool:
        return bool(self._library.ma_device_is_started(self._player._device))  # noqa: SLF001

    def start(self) -> None:
        giving = self._give()
        next(giving)
        self._player.start(giving)

    def stop(self) -> None:
        self._player.stop()

    def close(self) -> None:
        self._player.close()
        context = self._player.__dict__.pop("_context", None)
        if context is not None:
            self._library.ma_context_uninit(context)

    def _give(self) -> Generator[bytes | memoryview, int, None]:
        frames = yield b""
        while True:
            frames = yield self._source(frames)


def _miniaudio_id(backends: list[Any], name: str) -> Any:
    """The handle of a device; None for the system's choice.

    Raises:
        LookupError: There is none (asked to open it all the same, miniaudio would leak its connection).
    """
    import miniaudio

    try:
        found = miniaudio.Devices(backends).get_playbacks()
    except miniaudio.MiniaudioError:
        if name:
            raise
        return None  # It lists all or nothing: one broken device says nothing about the system's choice.
    matching = [device["id"] for device in found if name.casefold() in device["name"].casefold()]
    if not matching:
        raise LookupError("no such device")
    return matching[0] if name else None


def _null(rate: int, source: Source, name: str) -> OutputDevice:
    return _Miniaudio(rate, source, name, null=True)


_OPEN: Final[dict[str, Callable[[int, Source, str], OutputDevice]]] = {
    "miniaudio": _Miniaudio,
    "null": _null,
    "sounddevice": _PortAudio,
}


def _silence_alsa() -> None:
    """Keep ALSA from writing over the screen what is wrong; it comes back as an error anyway."""
    import ctypes

    if _LINUX:
        with suppress(OSError, AttributeError):
            # It is to call a function of C that takes no notice: no Python may run wherever ALSA complains.
            ignore = ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p)
            ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(ignore)
