"""The voice process: one engine, told what to say through a pipe; hides the engine from everybody else.

Started as ``python -m barrierfree.speech.voice_process MODULE:CLASS`` by :mod:`barrierfree.speech.voice`.
Native crashes, licences, whatever an engine prints and its calls of ``exit`` stay in here. The process ends
when whoever started it has gone.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from importlib import import_module
from queue import SimpleQueue
from typing import Final

from barrierfree.errors import EngineError, EngineFailed
from barrierfree.speech import frames
from barrierfree.speech.frames import Frame, frame
from barrierfree.speech.synthesizer import Mark, Sound, Spoken, Synthesizer
from barrierfree.wording import _

__all__ = ["main"]

_LARGEST: Final = 8192
"""Bytes of sound that go out at once when nobody waits for them: 0.2 s at 22,050 Hz."""
_PATIENCE: Final = 0.005
"""Seconds after which sound goes out however little it is."""
_SILENCE: Final = 0.05
"""Seconds of a pause that are made at once."""
_LAST_WORD: Final = 0.5
"""Seconds an engine gets to end properly when whoever started it has gone."""


class _Requests:
    """What is asked of this process, and what has been cancelled since."""

    def __init__(self, descriptor: int) -> None:
        self._waiting: SimpleQueue[Frame | None] = SimpleQueue()
        self._cancelled: set[int] = set()
        self._gone = False
        threading.Thread(target=self._read, args=(descriptor,), daemon=True).start()

    def next(self) -> Frame | None:
        """The next request; None when no more will come."""
        return self._waiting.get()

    def wanted(self, request: int) -> bool:
        """Whether anybody still listens to the answer of a request."""
        return request not in self._cancelled and not self._gone

    def done(self, request: int) -> None:
        """Forget about a request."""
        self._cancelled.discard(request)

    def _read(self, descriptor: int) -> None:
        for arrived in frames.read_frames(descriptor):
            for message in arrived:
                if message.kind == frames.CANCEL:
                    self._cancelled.add(message.request)
                else:
                    self._waiting.put(message)
        self._gone = True
        self._waiting.put(None)
        time.sleep(_LAST_WORD)
        os._exit(0)


class _Answers:
    """Where answers go."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def send(self, message: bytes | bytearray) -> None:
        """Send a message; waits while whoever listens has enough."""
        left = memoryview(message)
        while left:
            try:
                left = left[os.write(self._descriptor, left) :]
            except OSError:  # whoever started us has gone
                os._exit(0)


class _Outlet:
    """What an engine hands its sound and marks to, for one stretch of one request.

    Sound goes out at once when somebody may wait for it, and later on much at a time. A mark never goes out
    after the sound it lies in.
    """

    def __init__(
        self, requests: _Requests, answers: _Answers, request: int, part: int, *, aloud: bool
    ) -> None:
        self._requests = requests
        self._answers = answers
        self._request = request
        self._part = part
        self._aloud = aloud
        self._marks = bytearray()
        self._samples = bytearray()
        self._most = 1
        self._sent = 0.0
        answers.send(frame(frames.BEGIN, request, part))

    def __call__(self, made: Sound | Mark) -> bool:
        if not self.wanted():
            return False
        if isinstance(made, Mark):
            self._marks += frame(frames.MARK, self._request, self._part, frames.mark_to_bytes(made))
            if self._aloud:
                self.flush()
            return True
        self._samples += made.samples
        if len(self._samples) >= self._most or time.perf_counter() - self._sent > _PATIENCE:
            self.flush()
        return self.wanted()

    def wanted(self) -> bool:
        return self._requests.wanted(self._request)

    def flush(self) -> None:
        """Send what is left."""
        message, self._marks = self._marks, bytearray()
        samples, self._samples = self._samples, bytearray()
        for at in range(0, len(samples), _LARGEST):
            if not self.wanted():
                return
            message += frame(frames.SOUND, self._request, self._part, samples[at : at + _LARGEST])
            self._answers.send(message)
            message = bytearray()
        self._answers.send(message)
        self._most = min(2 * len(samples) + self._most, _LARGEST)
        self._sent = time.perf_counter()


def main(engine: str) -> None:
    """Serve one engine, given as MODULE:CLASS, until standard input ends."""
    answers = _Answers(os.dup(1))
    requests = _Requests(os.dup(0))
    # Whatever an engine prints goes where error messages go, never in between the answers.
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        module, _colon, name = engine.partition(":")
        synthesizer: Synthesizer = getattr(import_module(module), name)()
    except Exception as error:  # noqa: BLE001  whatever an outside engine does
        answers.send(frame(frames.FAILURE, payload=frames.error_to_json(_understood(error))))
        os._exit(1)
    answers.send(frame(frames.READY, payload=str(synthesizer.rate).encode()))
    _serve(synthesizer, requests, answers)
    synthesizer.close()
    os._exit(0)  # threads of native libraries are not waited for


def _serve(synthesizer: Synthesizer, requests: _Requests, answers: _Answers) -> None:
    while message := requests.next():
        if message.kind == frames.VOICES:
            try:
                answers.send(frame(frames.VOICES, payload=frames.voices_to_json(synthesizer.voices())))
            except Exception as error:  # noqa: BLE001
                answers.send(frame(frames.FAILURE, payload=frames.error_to_json(_understood(error))))
            continue
        aloud = synthesizer.capabilities.plays_itself
        for part, spoken in enumerate(frames.spoken_from_json(message.payload), start=message.part):
            if not requests.wanted(message.request):
                break
            outlet = _Outlet(requests, answers, message.request, part, aloud=aloud)
            try:
                synthesizer.synthesize(spoken, outlet)
            except Exception as error:  # noqa: BLE001
                failure = frames.error_to_json(_understood(error))
                answers.send(frame(frames.FAILURE, message.request, part, failure))
            _pause(spoken, outlet, synthesizer.rate, aloud=aloud)
            outlet.flush()
        answers.send(frame(frames.END, message.request))
        requests.done(message.request)


def _pause(spoken: Spoken, outlet: _Outlet, rate: int, *, aloud: bool) -> None:
    left = round(spoken.pause * rate)
    step = round(_SILENCE * rate)
    while left > 0 and outlet.wanted():
        if aloud:
            time.sleep(min(left, step) / rate)
        else:
            outlet(Sound(bytes(2 * min(left, step))))
        left -= step


def _understood(error: Exception) -> EngineError:
    if isinstance(error, EngineError):
        return error
    told = str(error).partition("\n")[0]
    return EngineFailed(
        _("The voice engine failed: {error}").format(error=f"{type(error).__name__}: {told}"),
        hint=_("This is a fault of the program: please report it, with the text if you may."),
    )


if __name__ == "__main__":
    main(sys.argv[1])
