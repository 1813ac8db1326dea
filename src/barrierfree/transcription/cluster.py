"""A Dask cluster as an ordinary executor; hides the ``distributed`` package and its many messages.

Every machine of the cluster needs barrierfree and the same models, and has to find the recordings at the
same paths. Dask itself does a recording again when its worker is lost.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any

from barrierfree.errors import EngineFailed, EngineNotInstalled
from barrierfree.wording import _

__all__ = ["cluster_executor", "threads_here", "why_lost"]

_CONNECT_SECONDS = 5
_CLOSE_SECONDS = 5
_LOOK_SECONDS = 0.5
"""How often it is looked whether the scheduler is still there."""


@contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """An executor whose work is done on a running Dask cluster; the cluster is left running.

    Args:
        address: Of its scheduler, such as "tcp://10.0.0.1:8786".

    Raises:
        EngineNotInstalled: The package ``distributed`` is missing.
        EngineFailed: Nothing answers there, or it has gone in the middle of the work.
    """
    client = _client(address)
    executor = _WatchedExecutor(client)
    try:
        yield executor
    except EngineFailed as error:
        if isinstance(error.__cause__, CancelledError):
            raise _gone(address) from error
        raise
    finally:
        executor.leave()
        _close(client)


class _WatchedExecutor(Executor):
    """Dask's executor, whose futures all end when the scheduler has gone.

    Dask cancels the tasks it knows of when the connection is lost, but one whose result was just being
    fetched is waited for without end.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._comm = client.scheduler_comm
        # Not pure: the same path may hold another recording by now.
        self._executor = client.get_executor(pure=False)
        self._under_way: set[Future[Any]] = set()
        self._over = Event()
        Thread(target=self._watch, daemon=True).start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As everywhere; a task that is lost with its scheduler ends with CancelledError."""
        future: Future[Any] = self._executor.submit(fn, *args, **kwargs)
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        return future

    def leave(self) -> None:
        """Stop looking after the scheduler; the cluster is left running."""
        self._over.set()

    def _watch(self) -> None:
        lost_for = 0.0
        while not self._over.wait(_LOOK_SECONDS):
            # Another connection means that the tasks of the first one are lost as well.
            there = self._client.status == "running" and self._client.scheduler_comm is self._comm
            lost_for = 0.0 if there else lost_for + _LOOK_SECONDS
            if lost_for >= _CONNECT_SECONDS:
                for future in tuple(self._under_way):
                    with suppress(InvalidStateError):  # it has just ended by itself
                        future.set_exception(CancelledError())


def _close(client: Any) -> None:
    """Leave the cluster; what answers in its place by now may say anything, or nothing at all."""
    with suppress(Exception):
        client.close(timeout=_CLOSE_SECONDS)
    # Or Python waits for it at its end.
    client.status = "closed"


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise EngineNotInstalled(
            _("Working on a cluster needs the package distributed."),
            hint=_("Install it with: pip install 'barrierfree[cluster]'"),
        ) from error
    _silence()
    client: Any = Client.__new__(Client)
    try:
        _begin(client, address)
    except BaseException as error:
        _close(client)  # though it could not be begun
        if not isinstance(error, Exception):  # Ctrl-C
            raise
        raise EngineFailed(
            _("No Dask cluster answers at {address}.").format(address=address),
            hint=_("Start its scheduler, or check the address: tcp://MACHINE:8786 is usual."),
        ) from error
    return client


def _silence() -> None:
    """Whatever goes wrong is said by us, once."""
    rooms = ("distributed", "tornado", "asyncio")
    # Dask has set the level of each of its loggers, so that of their common parent is not enough.
    for name in (*rooms, *logging.root.manager.loggerDict):
        if name.partition(".")[0] in rooms:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _begin(client: Any, address: str) -> None:
    """Connect; in a thread, for Dask waits without end for a server of another kind to speak its language."""
    begun: Future[None] = Future()

    def connect() -> None:
        try:
            client.__init__(address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except Exception as error:  # noqa: BLE001  whatever listens there, and whatever the address says
            begun.set_exception(error)
        else:
            begun.set_result(None)

    Thread(target=connect, daemon=True).start()
    begun.result(timeout=2 * _CONNECT_SECONDS)


def _gone(address: str) -> EngineFailed:
    return EngineFailed(
        _("The cluster at {address} has gone.").format(address=address),
        hint=_("Start it again, then run the same command again: what is done is kept."),
    )


def why_lost(error: Exception) -> str:
    """In plain words why a task is not done, from the error that an executor gave for it."""
    if type(error).__name__ == "KilledWorker":  # Dask's, where that is installed
        return _("every worker that was given it died")
    return f"{type(error).__name__}: {error}".split("\n", 1)[0]


def threads_here() -> int:
    """How many tasks this process is given at once, if it is a worker of a Dask cluster; else 1."""
    distributed = sys.modules.get("distributed")
    try:
        return int(distributed.get_worker().state.nthreads) if distributed else 1
    except ValueError:  # it is not one
        return 1
