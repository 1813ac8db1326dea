"""Worker processes of our own, as an executor; hides pipes, pickles, and processes that die.

Each worker is a fresh Python: native libraries do not survive a fork among threads. Unlike those of
``multiprocessing`` it does not import the caller's program again, so a script needs no
``if __name__ == "__main__"``. A worker that dies takes nothing with it but the call it was at, which is
done again; and workers never outlive the process that started them.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any, TypeVar

__all__ = ["OwnProcesses", "ProcessDied", "serve"]

_SERVE = f"from {__name__} import serve; serve()"
_LENGTH = 8
"""Bytes in front of every message that say how long it is."""
_T = TypeVar("_T")


class ProcessDied(RuntimeError):
    """The processes that were given a call died over it; the message is the exit code of the last."""


class OwnProcesses(Executor):
    """Processes that stay, and keep what they have loaded, from one call to the next.

    Args:
        most: How many processes; one is started only when there is a call for it.
        tries: How often a call is made before its future raises :class:`ProcessDied`.
    """

    def __init__(self, most: int, *, tries: int = 2) -> None:
        self._most = most
        self._tries = tries
        self._calls: SimpleQueue[tuple[Future[Any], bytes] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._processes: set[_Process] = set()
        self._lock = threading.Lock()
        self._closed = self._stopped = False

    def submit(self, fn: Callable[..., _T], /, *args: Any, **kwargs: Any) -> Future[_T]:
        """Have a function called; it and its arguments are pickled now.

        Raises:
            RuntimeError: The processes have been shut down.
        """
        call = pickle.dumps((fn, args, kwargs))
        future: Future[_T] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("the processes have been shut down")
            self._calls.put((future, call))
            if len(self._threads) < self._most:
                # A daemon: a program that ends in the middle does not wait for hours of recordings.
                thread = threading.Thread(target=self._look_after_one, name="process", daemon=True)
                self._threads.append(thread)
                thread.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        """Let the processes end after the calls they have; see :class:`concurrent.futures.Executor`."""
        with self._lock:
            self._closed = True
        if cancel_futures:
            self._cancel()
        for _thread in self._threads:
            self._calls.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def stop(self) -> None:
        """End the processes now; calls under way raise :class:`ProcessDied`, the others are cancelled."""
        with self._lock:
            self._closed = self._stopped = True
            for process in self._processes:
                process.kill()
        self.shutdown(cancel_futures=True)

    def _cancel(self) -> None:
        while True:
            try:
                item = self._calls.get_nowait()
            except Empty:
                return
            if item is not None:
                item[0].cancel()

    def _look_after_one(self) -> None:
        """Keep one process busy, and put another in its place when it dies."""
        process: _Process | None = None
        while (item := self._calls.get()) is not None:
            future, call = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                process, answer = self._answer(process, call)
                fine, value = pickle.loads(answer)  # noqa: S301  from a process we started
            except Exception as error:  # noqa: BLE001  or whoever waits for the future would wait for ever
                fine, value = False, error
            if fine:
                future.set_result(value)
            else:
                future.set_exception(value)
            del item, future, value  # nothing holds on to a transcript until the next call
        if process is not None:
            self._end(process)

    def _answer(self, process: _Process | None, call: bytes) -> tuple[_Process, bytes]:
        code = 0
        for _try in range(self._tries):
            if process is None or process.dead:
                process = self._start()
            answer = process.ask(call)
            if answer is not None:
                return process, answer
            code = self._end(process)
        raise ProcessDied(code)

    def _start(self) -> _Process:
        with self._lock:
            if self._stopped:
                raise ProcessDied("stopped")
            process = _Process()
            self._processes.add(process)
        return process

    def _end(self, process: _Process) -> int:
        with self._lock:
            self._processes.discard(process)
        return process.close()


class _Process:
    """One fresh Python at the other end of two pipes."""

    def __init__(self) -> None:
        # What can be imported here can be imported there; "" is the folder a shell was started in.
        path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
        self._python = subprocess.Popen(  # noqa: S603  this Python
            [sys.executable, "-P", "-c", _SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            process_group=0 if os.name == "posix" else None,  # Ctrl-C is for the one who started us
        )
        self.dead = False

    def ask(self, call: bytes) -> bytes | None:
        """The answer to a call; None when the process has died over it."""
        assert self._python.stdin
        assert self._python.stdout
        try:
            _send(self._python.stdin, call)
        except OSError:
            return None
        return _received(self._python.stdout)

    def kill(self) -> None:
        """End it at once."""
        self._python.kill()

    def close(self) -> int:
        """Let go of it; the exit code."""
        self.dead = True
        self._python.kill()  # it is idle or dead: nothing in it is worth waiting for
        for pipe in (self._python.stdin, self._python.stdout):
            assert pipe
            with suppress(OSError):  # what was still to be sent cannot be
                pipe.close()
        return self._python.wait()


def serve() -> None:
    """The life of a worker process: calls come in on standard input, answers go out on standard output."""
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a native library prints goes to stderr, never in between the answers.
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    waiting: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_read, args=(calls, waiting), daemon=True).start()
    while True:
        _send(answers, _answered(waiting.get()))


def _read(calls: IO[bytes], waiting: SimpleQueue[bytes]) -> None:
    while (call := _received(calls)) is not None:
        waiting.put(call)
    # Whoever started us has ended, maybe in the middle of our work: nobody wants the answer.
    os._exit(0)


def _answered(call: bytes) -> bytes:
    try:
        function, args, kwargs = pickle.loads(call)  # noqa: S301  from the process that started us
        return pickle.dumps((True, function(*args, **kwargs)))
    except Exception as error:  # noqa: BLE001  it is raised on the other side
        try:
            answer = pickle.dumps((False, error))
            pickle.loads(answer)  # noqa: S301  some errors can be pickled but not unpickled
        except Exception:  # noqa: BLE001
            answer = pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
        return answer


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(_LENGTH, "little") + message)
    pipe.flush()


def _received(pipe: IO[bytes]) -> bytes | None:
    """The next message; None when the other side has gone."""
    length = pipe.read(_LENGTH)
    size = int.from_bytes(length, "little")
    message = pipe.read(size)
    return message if len(length) == _LENGTH and len(message) == size else None
