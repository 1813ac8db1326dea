"""libespeak-ng through ctypes; hides where the library lies, its structures and its numbers.

The library is GPL-3: it is loaded in a voice process only, never in the program that speaks.
Names and numbers are those of espeak-ng's ``speak_lib.h``, versions 1.50 to 1.52.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

from barrierfree.errors import EngineNotInstalled
from barrierfree.wording import _

__all__ = ["Entry", "Library", "Word", "is_installed", "libraries", "preload"]

_SYNCHRONOUS: Final = 2
_DO_NOT_EXIT: Final = 0x8000
_BLOCK: Final = 20
"""Milliseconds of sound in a block: how soon the first is there, and how soon it stops."""
_UTF_8: Final = 1
_CHARACTERS: Final = 1
_ALL_ENDS: Final = 0
_WORD: Final = 1
_RATE, _VOLUME, _PITCH = 1, 2, 3

_NAMES: Final = {"win32": "libespeak-ng.dll", "darwin": "libespeak-ng.1.dylib"}
_FOLDERS: Final = {
    "win32": ("C:/Program Files/eSpeak NG",),
    "darwin": ("/opt/homebrew/lib", "/usr/local/lib"),
    "linux": ("/usr/lib", "/usr/lib64", "/lib", "/usr/local/lib"),
}
_WHEEL: Final = "espeakng_loader"


class Word(NamedTuple):
    """A word event."""

    start: int
    """Characters before it."""
    length: int
    at: int
    """Samples before it."""


class Entry(NamedTuple):
    """A voice as the library lists it."""

    name: str
    languages: tuple[str, ...]
    identifier: str
    gender: int


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("identifier", ctypes.c_uint),
        ("position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("milliseconds", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    )


class _Voice(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("unused", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Event))


def is_installed() -> bool:
    """Whether there is a library to load, the system's or a wheel's; loads none."""
    name = _NAMES.get(sys.platform, "libespeak-ng.so.1")
    folders = _FOLDERS.get(sys.platform, _FOLDERS["linux"])
    return find_spec(_WHEEL) is not None or any(
        any(Path(folder).glob(pattern)) for folder in folders for pattern in (name, f"*-linux-gnu*/{name}")
    )


def libraries() -> Iterator[tuple[str, str | None]]:
    """Every library worth trying, with the folder of its data; None is the folder it was built with."""
    name = _NAMES.get(sys.platform, "libespeak-ng.so.1")
    yield name, None
    for folder in _FOLDERS.get(sys.platform, ()):
        yield str(Path(folder) / name), None
    try:
        from espeakng_loader import get_data_path, get_library_path

        wheel = get_library_path(), get_data_path()
    except (ImportError, RuntimeError):  # the latter: without its data
        return
    yield wheel


def preload() -> None:
    """Load the library so that code which looks for it by name, and trusts it to find its data, is right to.

    Raises:
        EngineNotInstalled: There is none, or none that finds its data.
    """
    name = _NAMES.get(sys.platform, "libespeak-ng.so.1")
    for path, data in libraries():
        try:
            library = ctypes.CDLL(path, mode=ctypes.RTLD_GLOBAL)
            if data:
                os.environ["ESPEAK_DATA_PATH"] = data
            # A library of the system that lacks its data is found by name even when a better one is loaded.
            if _has_data(library) and ctypes.CDLL(name)._handle == library._handle:  # noqa: SLF001
                return
        except OSError:
            continue
    raise _missing()


def _has_data(library: ctypes.CDLL) -> bool:
    folder = ctypes.c_char_p()
    library.espeak_ng_InitializePath(None)
    library.espeak_Info(ctypes.byref(folder))
    return bool(folder.value) and (Path(os.fsdecode(folder.value or b"")) / "phontab").is_file()


def _missing() -> EngineNotInstalled:
    return EngineNotInstalled(
        _("The library espeak-ng is missing, or its data is."),
        hint=_("Install it with: pip install 'barrierfree[voice]'"),
    )


class Library:
    """The library, loaded and with its data found.

    Raises:
        EngineNotInstalled: There is none, or none that finds its data.
    """

    def __init__(self) -> None:
        for path, data in libraries():
            try:
                self._library = ctypes.CDLL(path)
            except OSError:
                continue
            self.rate = self._initialize(data)
            if self.rate > 0:
                break
        else:
            raise _missing()
        self._library.espeak_Synth.argtypes = (
            *(ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int),
            *(ctypes.c_uint, ctypes.c_uint, ctypes.c_void_p, ctypes.c_void_p),
        )
        self._library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
        self._callback = _Callback(self._called)
        self._library.espeak_SetSynthCallback(self._callback)
        self._listen: Callable[[bytes, list[Word]], bool] = _deaf
        self._error: BaseException | None = None

    def _initialize(self, data: str | None) -> int:
        folder = data.encode() if data else None
        return int(self._library.espeak_Initialize(_SYNCHRONOUS, _BLOCK, folder, _DO_NOT_EXIT))

    def choose_voice(self, name: str) -> bool:
        """Speak with a voice, given as a language, a name or an identifier; False when there is none."""
        return bool(self._library.espeak_SetVoiceByName(name.encode()) == 0)

    def tune(self, *, rate: int, pitch: int, volume: int) -> None:
        """Words per minute, and 0 to 100."""
        for parameter, value in ((_RATE, rate), (_PITCH, pitch), (_VOLUME, volume)):
            self._library.espeak_SetParameter(parameter, value, 0)

    def synthesize(self, text: str, listen: Callable[[bytes, list[Word]], bool]) -> None:
        """Make the sound of a text.

        Args:
            text: No NUL and no lone surrogate in it.
            listen: Called with every block of samples and the words in it; False stops.
        """
        encoded = text.encode() + b"\0"
        self._listen, self._error = listen, None
        self._library.espeak_Synth(encoded, len(encoded), 0, _CHARACTERS, 0, _UTF_8, None, None)
        self._listen = _deaf
        if self._error:
            raise self._error

    def voices(self) -> Iterator[Entry]:
        """Every voice, as the library lists it."""
        listed = self._library.espeak_ListVoices(None)
        at = 0
        while listed[at]:
            voice = listed[at].contents
            yield Entry(
                voice.name.decode(errors="replace"),
                tuple(_languages(voice.languages)),
                voice.identifier.decode(errors="replace"),
                voice.gender,
            )
            at += 1

    def close(self) -> None:
        """Free it; it cannot be used afterwards."""
        self._library.espeak_Terminate()

    def _called(self, samples: int | None, count: int, events: Any) -> int:
        try:
            words = []
            at = 0
            while (event := events[at]).type:
                if event.type == _WORD:
                    words.append(Word(event.position - 1, event.length, event.sample))
                at += 1
            block = ctypes.string_at(samples, 2 * count) if samples and count > 0 else b""
            return 0 if self._listen(block, words) else 1
        except BaseException as error:  # noqa: BLE001  ctypes would print it and go on
            self._error = error
            return 1


def _deaf(_block: bytes, _words: list[Word]) -> bool:
    return False


def _languages(address: int) -> Iterator[str]:
    """Each is a byte that says how well it is spoken, and its name up to a NUL; an empty one is the end."""
    while ctypes.string_at(address, 1) != b"\0":
        name = ctypes.string_at(address + 1)
        yield name.decode(errors="replace")
        address += len(name) + 2
