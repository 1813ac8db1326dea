"""A voice that is always there; hides that it is a process, and that processes hang and die.

The engine runs in a child process: it can crash, print, exit, hold the interpreter or be under a licence of
its own without the program noticing. The child is started before it is needed and replaced when it is gone.

    with Voice("espeak") as voice:
        for made in voice.speak([Spoken("Hello.", "en")]):
            ...
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Final, Self

from barrierfree.errors import EngineError
from barrierfree.plugins import load_engine
from barrierfree.speech import frames
from barrierfree.speech.frames import Frame, frame
from barrierfree.speech.stream import SpeechStream, Unspoken
from barrierfree.speech.synthesizer import Spoken, SynthesizerCapabilities, VoiceInfo
from barrierfree.speech.voice_child import START_SECONDS, VoiceChild, ask_for_voices, broken_down

__all__ = ["SpeechStream", "Unspoken", "Voice"]

_STARTS: Final = 3
"""Processes in a row that may die before they can speak."""
_IDLE_DEATHS: Final = 5
"""Processes in a row that may die with nothing to say; the next is started when there is something."""
_PATIENCE: Final = 1.0
"""Seconds an aborted stretch may go on before its process is replaced."""


class Voice:
    """One engine, ready to speak.

    Args:
        engine: Its name; see :func:`barrierfree.speech.choosing.choose_engine`.
        start: Start its process now, in the background; otherwise when it is first needed.

    Raises:
        UnknownEngine: No engine of that name is registered.
        EngineNotInstalled: It is registered, but its package is broken, or lacks another one.
    """

    def __init__(self, engine: str, *, start: bool = True) -> None:
        kind = load_engine("synthesizer", engine)
        self.engine = engine
        self.capabilities: SynthesizerCapabilities = kind.capabilities
        self._source = f"{kind.__module__}:{kind.__qualname__}"
        self._changed = threading.Condition()
        self._streams: dict[int, SpeechStream] = {}
        """Those the child has not ended yet, in the order they are said."""
        self._number = 0
        self._child: VoiceChild | None = None
        self._gone = self._closed = False
        self._wanted = start
        self._rate: int | None = None
        self._error: EngineError | None = None
        self._starts = self._idle_deaths = 0
        self._since = 0.0
        """When the child began to start, or turned to the stream it is at; on the monotonic clock."""
        self._voices: tuple[VoiceInfo, ...] | None = None
        self._keeper = threading.Thread(target=self._keep, name="voice-keeper", daemon=True)
        self._keeper.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Number of the process that speaks; None while there is none."""
        child = self._child
        return child.pid if child else None

    @property
    def rate(self) -> int:
        """Samples per second of its sound; waits until the process has started.

        Raises:
            EngineError: It cannot start.
        """
        with self._changed:
            if self._rate is None and self._error is None:
                self._want()
            self._changed.wait_for(lambda: self._rate is not None or self._error or self._closed)
            if self._rate is None:
                raise self._error or RuntimeError("the voice is closed")
            return self._rate

    def speak(self, request: Sequence[Spoken]) -> SpeechStream:
        """Have some stretches said, after what was asked for before; any thread may ask.

        The stream raises EngineError when there is no voice that could say them.
        """
        with self._changed:
            if self._closed:
                raise RuntimeError("the voice is closed")
            self._number = self._number % 0xFFFFFFFF + 1
            stream = SpeechStream(
                self._number,
                request,
                repeatable=self.capabilities.repeatable,
                on_abort=self._aborted,
            )
            if not self._streams:
                self._since = time.monotonic()
            self._streams[stream.number] = stream
            if self._child:
                self._ask(self._child, stream)
            else:
                self._want()
        return stream

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Every voice of the engine; asked in a process of its own, so that speech goes on meanwhile.

        Raises:
            EngineError: It cannot start.
        """
        if self._voices is None:
            self._voices = ask_for_voices(self._source)
        return self._voices

    def close(self) -> None:
        """Be silent at once and end the process; streams under way end."""
        with self._changed:
            self._closed = True
            streams = list(self._streams.values())
            self._changed.notify_all()
        for stream in streams:
            stream.abort()
        self._keeper.join()

    def _want(self) -> None:
        self._wanted = True
        self._error = None
        self._changed.notify_all()

    def _ask(self, child: VoiceChild, stream: SpeechStream) -> None:
        payload = frames.spoken_to_json(stream.spoken[stream.part :])
        child.send(frame(frames.SAY, stream.number, stream.part, payload))

    def _aborted(self, stream: SpeechStream) -> None:
        with self._changed:
            if self._child:
                self._child.send(frame(frames.CANCEL, stream.number))
            else:
                self._streams.pop(stream.number, None)
            self._changed.notify_all()

    # Called in the child's own thread.

    def _arrived(self, child: VoiceChild, arrived: list[Frame]) -> None:
        for message in arrived:
            stream = self._streams.get(message.request)
            if stream:
                self._pass_on(stream, message)
            elif message.kind == frames.READY:
                with self._changed:
                    self._rate = int(message.payload)
                    child.ready = True
                    self._starts = 0
                    self._since = time.monotonic()
                    self._changed.notify_all()
            elif message.kind == frames.FAILURE and not child.ready:
                child.error = frames.error_from_json(message.payload)

    def _pass_on(self, stream: SpeechStream, message: Frame) -> None:
        if message.kind == frames.SOUND:
            stream.sound(message.payload)
        elif message.kind == frames.MARK:
            stream.mark(frames.mark_from_bytes(message.payload))
        elif message.kind == frames.BEGIN:
            stream.begin(message.part)
        elif message.kind == frames.FAILURE:
            stream.fail(frames.error_from_json(message.payload))
        elif message.kind == frames.END:
            with self._changed:
                self._streams.pop(stream.number, None)
                self._idle_deaths = 0
                self._since = time.monotonic()
                if self._streams:  # the next one may have been aborted: its patience begins now
                    self._changed.notify_all()
            stream.end()

    def _ended(self, _child: VoiceChild) -> None:
        with self._changed:
            self._gone = True
            self._changed.notify_all()

    # The keeper: starts processes, and ends those that hang.

    def _keep(self) -> None:
        while True:
            with self._changed:
                while not self._has_work() and (left := self._time_left()) != 0:
                    self._changed.wait(left)
                child, gone = self._child, self._gone
                if self._closed:
                    break
            if child is None:
                self._start()
            elif gone:
                child.close()
                self._bury(child)
            else:
                child.kill()
                self._since = time.monotonic()
        if child:
            child.close()

    def _has_work(self) -> bool:
        return self._closed or self._gone or (self._child is None and self._wanted)

    def _time_left(self) -> float | None:
        """Seconds until the child is taken to hang; None when there is no hurry."""
        if self._child is None:
            return None
        due = self._since + START_SECONDS
        if self._child.ready:
            first = next(iter(self._streams.values()), None)
            if first is None or first.aborted_at is None:
                return None
            due = max(first.aborted_at, self._since) + _PATIENCE
        return max(0.0, due - time.monotonic())

    def _start(self) -> None:
        with self._changed:
            self._gone = False
            self._since = time.monotonic()
        try:
            child = VoiceChild(self._source, self._arrived, self._ended)
        except OSError as error:  # no more processes, no more memory
            with self._changed:
                self._give_up(broken_down(str(error)))
            return
        with self._changed:
            self._child = child
            for stream in self._streams.values():
                self._ask(child, stream)

    def _bury(self, child: VoiceChild) -> None:
        """Decide what becomes of what a dead child was asked for."""
        with self._changed:
            self._child = None
            self._gone = False
            first = next(iter(self._streams.values()), None)
            self._streams = {number: stream for number, stream in self._streams.items() if stream.unfinished}
            if not child.ready:
                self._starts += 1
                if child.error or self._starts >= _STARTS:
                    self._give_up(child.error or broken_down(child.complaint))
            elif first is None:
                self._idle_deaths += 1
                self._wanted = self._idle_deaths < _IDLE_DEATHS
            elif first.unfinished:
                first.died(broken_down(child.complaint))
                if first.part >= len(first.spoken):
                    first.end()
                    del self._streams[first.number]

    def _give_up(self, error: EngineError) -> None:
        self._error = error
        self._wanted = False
        self._starts = 0
        for stream in self._streams.values():
            stream.end(error)
        self._streams = {}
        self._changed.notify_all()
