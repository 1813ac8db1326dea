"""Messages between a program and its voice process; hides how they lie in a pipe, and pipes that are full.

A message is a header (kind, number of the request, number of the stretch, length) and its payload.
"""

from __future__ import annotations

import json
import os
import select
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple
from typing import Final, NamedTuple

from barrierfree import errors
from barrierfree.errors import EngineError, EngineFailed
from barrierfree.speech.synthesizer import Mark, Spoken, VoiceInfo
from barrierfree.speech.utterance import Priority

__all__ = ["Frame", "Outbox", "frame", "read_frames"]

SAY: Final = b"S"
CANCEL: Final = b"C"
VOICES: Final = b"V"
READY: Final = b"R"
BEGIN: Final = b"B"
SOUND: Final = b"P"
MARK: Final = b"M"
FAILURE: Final = b"F"
END: Final = b"E"

_HEADER: Final = struct.Struct("<cIII")
_MARK: Final = struct.Struct("<QQQ")
_READ: Final = 1 << 16
_PIECE: Final = 1 << 16


class Frame(NamedTuple):
    """One message."""

    kind: bytes
    request: int
    part: int
    payload: bytes


def frame(kind: bytes, request: int = 0, part: int = 0, payload: bytes | bytearray = b"") -> bytes:
    """A message as it lies in a pipe."""
    return _HEADER.pack(kind, request, part, len(payload)) + payload


def read_frames(descriptor: int) -> Iterator[list[Frame]]:
    """The messages in a pipe, as many at once as have arrived, until the other side has gone."""
    pending = bytearray()
    wanted = _HEADER.size
    while True:
        try:
            piece = os.read(descriptor, max(_READ, wanted - len(pending)))
        except OSError:
            return
        if not piece:
            return
        pending += piece
        if len(pending) < wanted:
            continue
        frames, wanted = _take(pending)
        if frames:
            yield frames


def _take(pending: bytearray) -> tuple[list[Frame], int]:
    """Take the whole messages out of what has been read; and how much the next one needs to be whole."""
    frames = []
    at = 0
    wanted = _HEADER.size
    while len(pending) - at >= _HEADER.size:
        kind, request, part, length = _HEADER.unpack_from(pending, at)
        wanted = _HEADER.size + length
        if len(pending) - at < wanted:
            break
        frames.append(Frame(kind, request, part, bytes(pending[at + _HEADER.size : at + wanted])))
        at += wanted
        wanted = _HEADER.size
    del pending[:at]
    return frames, wanted


class Outbox:
    """The writing end of a pipe that nobody ever waits for.

    What does not fit into the pipe now is written by a thread, so a voice process that hangs cannot hold up
    whoever speaks to it. A pipe whose reader has gone swallows everything: that it has gone is noticed where
    its answers are read.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()
        self._pending = bytearray()
        self._busy = self._closed = False
        # Only POSIX can fill a pipe without waiting; elsewhere it is always the thread that writes.
        self._direct = os.name == "posix"
        if self._direct:
            os.set_blocking(descriptor, False)

    def send(self, message: bytes) -> None:
        """Send a message, after those before it."""
        with self._lock:
            if self._closed:
                return
            self._pending += message
            if self._busy:
                return
            if self._direct:
                self._fill()
            if self._pending:
                self._busy = True
                threading.Thread(target=self._push, name="voice-outbox", daemon=True).start()

    def close(self) -> None:
        """Give up what is still to be sent, and tell the other side that nothing more comes."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._pending.clear()
                if self._direct or not self._busy:
                    os.close(self._descriptor)

    def _fill(self) -> None:
        """Write what fits into the pipe now."""
        try:
            while self._pending:
                written = os.write(self._descriptor, self._pending[:_PIECE])
                del self._pending[:written]
        except BlockingIOError:
            pass
        except OSError:
            self._pending.clear()

    def _push(self) -> None:
        while self._push_on():
            pass

    def _push_on(self) -> bool:
        """Wait until some of what is pending is written; False when there is nothing left to write."""
        if self._direct:
            with suppress(OSError, ValueError):  # it has been closed meanwhile
                select.select([], [self._descriptor], [], 0.1)
        with self._lock:
            if self._direct and not self._closed:
                self._fill()
            piece = bytes(self._pending[:_PIECE])
            if self._closed or not piece:
                self._busy = False
                if self._closed and not self._direct:
                    os.close(self._descriptor)
                return False
            if not self._direct:
                del self._pending[:_PIECE]
        if not self._direct:
            with suppress(OSError):
                os.write(self._descriptor, piece)
        return True


def spoken_to_json(request: Sequence[Spoken]) -> bytes:
    """What is to be said, as a payload; ASCII, so that any character survives."""
    return json.dumps([astuple(spoken) for spoken in request]).encode("ascii")


def spoken_from_json(payload: bytes) -> list[Spoken]:
    """The way back from :func:`spoken_to_json`."""
    requests = json.loads(payload)
    for fields in requests:
        fields[-1] = Priority(fields[-1])
    return [Spoken(*fields) for fields in requests]


def voices_to_json(voices: Sequence[VoiceInfo]) -> bytes:
    """An engine's voices, as a payload."""
    return json.dumps([astuple(voice) for voice in voices]).encode("ascii")


def voices_from_json(payload: bytes) -> tuple[VoiceInfo, ...]:
    """The way back from :func:`voices_to_json`."""
    return tuple(VoiceInfo(name, tuple(languages), *rest) for name, languages, *rest in json.loads(payload))


def error_to_json(error: EngineError) -> bytes:
    """An engine's error, as a payload."""
    return json.dumps([type(error).__name__, error.message, error.hint]).encode("ascii")


def error_from_json(payload: bytes) -> EngineError:
    """The way back from :func:`error_to_json`; what is no error of ours comes out as EngineFailed."""
    name, message, hint = json.loads(payload)
    kind = getattr(errors, name, EngineFailed)
    return kind(message, hint=hint) if issubclass(kind, EngineError) else EngineFailed(message, hint=hint)


def mark_to_bytes(mark: Mark) -> bytes:
    """A mark, as a payload."""
    return _MARK.pack(mark.start, mark.end, mark.at)


def mark_from_bytes(payload: bytes) -> Mark:
    """The way back from :func:`mark_to_bytes`."""
    return Mark(*_MARK.unpack(payload))
