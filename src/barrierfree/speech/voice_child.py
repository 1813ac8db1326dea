"""One voice process, seen from the program that started it; hides pipes and threads that read them."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

from barrierfree.errors import EngineError, EngineFailed
from barrierfree.speech import frames
from barrierfree.speech.frames import Frame, Outbox, frame
from barrierfree.speech.synthesizer import VoiceInfo
from barrierfree.wording import _, interface_language

__all__ = ["START_SECONDS", "VoiceChild", "ask_for_voices", "broken_down"]

START_SECONDS: Final = 60.0
"""A neural voice on a slow disk takes long to load; longer than this is hanging."""

_KEPT: Final = 20
"""Lines of its error output that are kept."""
_GRACE: Final = 1.0
"""Seconds a process gets to end by itself."""


class VoiceChild:
    """A process with one engine in it.

    Args:
        engine: MODULE:CLASS of the engine.
        on_frames: Called in a thread of its own with messages as they arrive; while it does not return, the
            process waits.
        on_end: Called in the same thread when the process has ended.
    """

    def __init__(
        self,
        engine: str,
        on_frames: Callable[[VoiceChild, list[Frame]], None],
        on_end: Callable[[VoiceChild], None],
    ) -> None:
        import subprocess

        # What can be imported here can be imported there; "" is the folder a shell was started in.
        path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
        self._process = subprocess.Popen(  # noqa: S603  this Python
            [sys.executable, "-P", "-m", "barrierfree.speech.voice_process", engine],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, "PYTHONPATH": path, "BARRIERFREE_LANGUAGE": interface_language()},
            process_group=0 if os.name == "posix" else None,  # Ctrl-C is for the one who started us
        )
        assert self._process.stdin
        # The outbox closes its descriptor itself, so it gets one of its own.
        self._outbox = Outbox(os.dup(self._process.stdin.fileno()))
        self._process.stdin.close()
        self._errors: deque[str] = deque(maxlen=_KEPT)
        self.ready = False
        """Its engine is loaded."""
        self.error: EngineError | None = None
        """Why its engine cannot be loaded."""
        self._threads = [
            threading.Thread(target=self._read, args=(on_frames, on_end), name="voice-reader", daemon=True),
            threading.Thread(target=self._read_errors, name="voice-errors", daemon=True),
        ]
        for thread in reversed(self._threads):
            thread.start()

    @property
    def pid(self) -> int:
        """Its number in the system."""
        return self._process.pid

    @property
    def complaint(self) -> str:
        """The last line it wrote as an error, or how it ended."""
        code = self._process.poll()
        return next(iter(reversed(self._errors)), "") or f"exit code {code}"

    def send(self, message: bytes) -> None:
        """Send a message; never waits, and does nothing when the process has ended."""
        self._outbox.send(message)

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def close(self) -> None:
        """Let it end, or make it; frees everything it had here."""
        import subprocess

        self._outbox.close()
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join()

    def _read(
        self,
        on_frames: Callable[[VoiceChild, list[Frame]], None],
        on_end: Callable[[VoiceChild], None],
    ) -> None:
        assert self._process.stdout
        with self._process.stdout as pipe:
            for arrived in frames.read_frames(pipe.fileno()):
                on_frames(self, arrived)
        on_end(self)

    def _read_errors(self) -> None:
        assert self._process.stderr
        with self._process.stderr as pipe:
            last = b""
            while piece := self._piece(pipe.fileno()):
                *lines, last = (last + piece).split(b"\n")
                self._errors.extend(line.decode(errors="replace") for line in lines if line.strip())
                last = last[-1000:]
            if last.strip():
                self._errors.append(last.decode(errors="replace"))

    @staticmethod
    def _piece(descriptor: int) -> bytes:
        with suppress(OSError):
            return os.read(descriptor, 4096)
        return b""


def broken_down(complaint: str) -> EngineFailed:
    """The error of a process that has ended when it should not have."""
    return EngineFailed(
        _("The voice engine broke down: {error}").format(error=complaint),
        hint=_("Try another one: barrierfree voices"),
    )


def ask_for_voices(source: str) -> tuple[VoiceInfo, ...]:
    """The voices of an engine, asked in a process of its own.

    Raises:
        EngineError: It cannot start.
    """
    answers: SimpleQueue[list[Frame]] = SimpleQueue()
    child = VoiceChild(
        source,
        lambda _child, arrived: answers.put(arrived),
        lambda _child: answers.put([]),
    )
    child.send(frame(frames.VOICES))
    try:
        while arrived := answers.get(timeout=START_SECONDS):
            for message in arrived:
                if message.kind == frames.FAILURE:
                    raise frames.error_from_json(message.payload)
                if message.kind == frames.VOICES:
                    return frames.voices_from_json(message.payload)
    except Empty:
        child.kill()
    finally:
        child.close()
    raise broken_down(child.complaint)
