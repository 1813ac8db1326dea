"""The ``speech_dispatcher`` engine: the desktop's own speech service; hides SSIP, its protocol.

Speech Dispatcher makes the sound itself, in the voice the user has set up for the desktop, and keeps other
programs that speak out of the way. Protocol: "SSIP Documentation", shipped with speech-dispatcher.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import time
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import ClassVar, Final

from barrierfree.errors import EngineFailed, EngineNotInstalled
from barrierfree.speech.cutting import pieces, speakable
from barrierfree.speech.engines.languages import language_of
from barrierfree.speech.engines.ssip import Ssip
from barrierfree.speech.synthesizer import Emit, Mark, Spoken, SynthesizerCapabilities, VoiceInfo
from barrierfree.speech.utterance import Priority
from barrierfree.wording import _

__all__ = ["SpeechDispatcherSynthesizer"]

_PROGRAM: Final = "speech-dispatcher"
_CLIENT: Final = "barrierfree:speech"
_TICK: Final = 0.005
"""Seconds between two looks at whether anybody listens."""
_SPAWN_SECONDS: Final = 5.0
_RATE: Final = 22_050
"""Marks are counted in samples; what the service really plays at is its own business."""
_MOST: Final = 2_000
_CHARACTER: Final = 0.3
"""Seconds a character may take at the usual rate; Chinese ones take nearly that long."""
_PATIENCE: Final = 5.0
_LAST_WORD: Final = 0.5
"""Seconds the service gets to say that a message is cancelled."""
_WORD: Final = re.compile(r"\w+(?:['’.\-]\w+)*")
_PRIORITIES: Final = {
    Priority.NOW: "important",
    Priority.NEXT: "message",
    Priority.NORMAL: "text",
    Priority.PROGRESS: "progress",
}
_LANGUAGES: Final = {"zh": "cmn"}
_SLOWEST, _USUAL, _FASTEST = 80, 175, 390
"""Words per minute that modules make of the rates -100, 0 and 100."""


class SpeechDispatcherSynthesizer:
    """Speaks through Speech Dispatcher."""

    capabilities: ClassVar[SynthesizerCapabilities] = SynthesizerCapabilities(
        marks=True, rate=True, pitch=True, volume=True, plays_itself=True
    )
    rate = _RATE

    def __init__(self) -> None:
        self._voice = ""
        self._names: frozenset[str] = frozenset()
        self._connection: Ssip | None = self._connect()

    @classmethod
    def available(cls) -> bool:
        """True when the service runs, or could be started."""
        family, address = _address()
        return not _is_absent(family, address) or shutil.which(_PROGRAM) is not None

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Voices of the service's usual module; the many variants of one are not listed, but understood."""
        listed = [line.split("\t") for line in self._ssip().ask("LIST SYNTHESIS_VOICES")[:-1]]
        self._names = frozenset(fields[0] for fields in listed)
        return tuple(
            VoiceInfo(name, (language_of(language),), "speech_dispatcher")
            for name, language, *variant in listed
            if not variant or variant[0] in ("", "none")
        )

    def synthesize(self, spoken: Spoken, emit: Emit) -> None:
        """Have it said; returns when it has been heard, or when another program has interrupted it."""
        if self._voice and not spoken.voice:
            self.close()  # only a new connection has the service's own voice again
        ssip = self._ssip()
        try:
            for command in self._settings(spoken):
                ssip.ask(command)
            began = time.monotonic()
            for start, piece in pieces(speakable(spoken.text), _MOST):
                if piece.strip() and emit.wanted():
                    _say(ssip, _Message(piece, start, spoken.rate), began, emit)
        except EngineFailed:
            self.close()  # whatever state the connection is in, the next stretch gets a new one
            raise

    def close(self) -> None:
        """Hang up."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _ssip(self) -> Ssip:
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def _connect(self) -> Ssip:
        ssip = _open()
        self._voice = ""
        user = os.environ.get("USER", "user")
        ssip.ask(f"SET SELF CLIENT_NAME {re.sub('[^a-zA-Z0-9_-]', '_', user)}:{_CLIENT}")
        ssip.ask("SET SELF NOTIFICATION ALL ON")
        ssip.ask("SET SELF SSML_MODE on")
        ssip.ask("SET SELF PUNCTUATION none")  # signs are words already
        return ssip

    def _settings(self, spoken: Spoken) -> Iterator[str]:
        yield f"SET SELF PRIORITY {_PRIORITIES[spoken.priority]}"
        yield f"SET SELF LANGUAGE {_LANGUAGES.get(spoken.language, spoken.language)}"
        yield f"SET SELF RATE {_percent_rate(spoken.rate)}"
        yield f"SET SELF PITCH {2 * spoken.pitch - 100}"
        yield f"SET SELF VOLUME {2 * spoken.volume - 100}"
        if spoken.voice != self._voice:
            yield f"SET SELF SYNTHESIS_VOICE {self._checked(spoken.voice)}"
            self._voice = spoken.voice

    def _checked(self, name: str) -> str:
        if not self._names:
            self.voices()
        if name not in self._names:
            # The service would take any name, and speak with another voice.
            raise EngineFailed(
                _('Speech Dispatcher has no voice named "{name}".').format(name=name),
                hint=_("See the list: barrierfree voices"),
            )
        return name


class _Message:
    """One message to the service, and how long it may take until the service says more about it."""

    def __init__(self, text: str, start: int, rate: int) -> None:
        self.text = text
        self._start = start
        self._end = start + len(text)
        self._character = _CHARACTER * _USUAL / min(rate, _FASTEST)
        self.due: float | None = None
        """On the monotonic clock; None while it waits for others to finish."""

    def heard_up_to(self, place: int) -> None:
        """The service is at some place in the whole text."""
        self.due = time.monotonic() + _PATIENCE + self._character * max(0, self._end - place)

    def begun(self) -> None:
        """The service has begun with it."""
        self.heard_up_to(self._start)

    def cancelled(self) -> None:
        """Nobody wants it any more."""
        self.due = time.monotonic() + _LAST_WORD

    def ssml(self) -> str:
        """It, with a mark before each word that says where the word is."""
        marked, end = [], 0
        for word in _WORD.finditer(self.text):
            mark = f'<mark name="{self._start + word.start()}:{self._start + word.end()}"/>'
            marked.append(
                escape(self.text[end : word.start()], quote=False) + mark + escape(word.group(), quote=False)
            )
            end = word.end()
        marked.append(escape(self.text[end:], quote=False))
        # On one line, so that a lone full stop cannot end it.
        line = re.sub(r"\s", " ", "".join(marked))
        return f"<speak>{line}</speak>"


def _say(ssip: Ssip, message: _Message, began: float, emit: Emit) -> None:
    ssip.ask("SPEAK")
    number = ssip.ask(f"{message.ssml()}\r\n.")[0]
    wanted = True
    while message.due is None or time.monotonic() < message.due:
        if wanted and not emit.wanted():
            wanted = False
            ssip.ask("CANCEL SELF")
            message.cancelled()
        event = ssip.event(_TICK)
        if event is None or event.message != number:
            continue
        if event.kind in ("end", "cancel"):
            return
        if wanted and event.kind == "begin":
            message.begun()
        if wanted and event.kind == "mark":
            start, _colon, end = event.mark.partition(":")
            message.heard_up_to(int(start))
            emit(Mark(int(start), int(end), round((time.monotonic() - began) * _RATE)))
    if wanted:  # as when the service finds no sound card
        raise EngineFailed(
            _("Speech Dispatcher has begun to speak, and never ends."),
            hint=_("Look at its settings: spd-conf"),
        )


def _percent_rate(rate: int) -> int:
    reach = (_USUAL - _SLOWEST) if rate < _USUAL else (_FASTEST - _USUAL)
    return max(-100, min(100, round(100 * (rate - _USUAL) / reach)))


def _address() -> tuple[int, str | tuple[str, int]]:
    """Where the service listens: what SPEECHD_ADDRESS says, else the user's own socket."""
    method, _colon, where = os.environ.get("SPEECHD_ADDRESS", "unix_socket:").partition(":")
    if method == "inet_socket":
        host, _colon, port = where.partition(":")
        return socket.AF_INET, (host or "127.0.0.1", int(port) if port.isdecimal() else 6560)
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
    return socket.AF_UNIX, where or str(folder / "speech-dispatcher" / "speechd.sock")


def _is_absent(family: int, address: str | tuple[str, int]) -> bool:
    return family != socket.AF_INET and not Path(str(address)).exists()


def _open() -> Ssip:
    """A connection to the service, which is started when it does not run."""
    family, address = _address()
    try:
        return Ssip(family, address)
    except OSError as error:
        if not _spawned():
            raise _not_there(error) from error
    due = time.monotonic() + _SPAWN_SECONDS
    while True:
        try:
            return Ssip(family, address)
        except OSError as error:
            if time.monotonic() > due:
                raise _not_there(error) from error
        time.sleep(0.05)


def _spawned() -> bool:
    """Start the service as its own library does; False when that is not possible or not wanted."""
    import subprocess

    program = shutil.which(_PROGRAM)
    if program is None or "SPEECHD_ADDRESS" in os.environ:
        return False
    nowhere = subprocess.DEVNULL
    ran = subprocess.run([program, "--spawn"], check=False, stdin=nowhere, stdout=nowhere, stderr=nowhere)  # noqa: S603
    return ran.returncode == 0


def _not_there(error: OSError) -> EngineNotInstalled:
    return EngineNotInstalled(
        _("Speech Dispatcher cannot be reached: {error}").format(error=error.strerror or error),
        hint=_("Install and start speech-dispatcher: on Debian, apt install speech-dispatcher"),
    )
