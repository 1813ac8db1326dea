"""Many recordings on any number of processes or machines; hides futures, warm workers and lost ones.

Any ``concurrent.futures.Executor`` will do: threads, processes, or a cluster's. Every worker process
loads its model once and keeps it. A recording whose worker dies is done again; its result comes once.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Self, Unpack

from barrierfree.errors import BarrierfreeError, EngineFailed, UnreadableAudio
from barrierfree.transcription.cluster import why_lost
from barrierfree.transcription.job import Job
from barrierfree.transcription.library import Asked
from barrierfree.transcription.processes import OwnProcesses, ProcessDied
from barrierfree.transcription.transcript import Transcript
from barrierfree.transcription.worker import Request, freed_at_the_end, transcribed
from barrierfree.wording import _

__all__ = ["Outcome", "outcomes", "transcribe_many"]

_AHEAD = 4
"""Recordings that are given to each process of ours before they are wanted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one recording went: exactly one of transcript and error is there."""

    path: str
    transcript: Transcript | None = None
    error: BarrierfreeError | None = None


def transcribe_many(
    paths: Iterable[str | os.PathLike[str]],
    *,
    executor: Executor | None = None,
    workers: int = 0,
    **asked: Unpack[Asked],
) -> Generator[Outcome, None, None]:
    """Transcribe recordings side by side.

    Args:
        paths: The recordings. On several machines, all of them must find a path at the same place.
        executor: Where the work is done; None starts one process per core here. It is not shut down.
        workers: Phrases that one process recognises at once; 0 means one per core for threads of this
            process, and one per recording at work for other processes.
        **asked: As for :func:`barrierfree.transcribe`.

    Yields:
        One outcome for every path, in the order of the paths, as soon as it and those before it are
        there. A recording that cannot be read, and one whose worker process dies twice, are outcomes
        with an error; they never stop the others. Close the generator to stop the work.

    Raises:
        EngineFailed: The executor has been shut down, or its cluster is gone.
    """
    if isinstance(paths, str | bytes | os.PathLike):
        raise TypeError("paths must be several paths: put a single one in a list")
    jobs = [Job(os.fspath(path), **asked) for path in paths]
    return outcomes(jobs, executor, workers=workers)


def outcomes(
    jobs: Iterable[Job], executor: Executor | None = None, *, workers: int = 0
) -> Generator[Outcome, None, None]:
    """As :func:`transcribe_many`, for jobs that differ from each other."""
    with _Batch(executor, workers) as batch:
        for job, future in batch.in_order(jobs):
            yield _outcome(job, future)


def _outcome(job: Job, future: Future[Transcript]) -> Outcome:
    try:
        return Outcome(job.source, future.result())
    except BarrierfreeError as error:
        return Outcome(job.source, error=error)
    except CancelledError as error:
        # Not by us: whoever does the work has gone, and nobody will do the rest.
        raise EngineFailed(
            _("The workers were shut down before everything was done."),
            hint=_("Start them again, then run the same command again."),
        ) from error
    except ProcessDied as error:
        reason = _("its process died twice, at last with exit code {code}").format(code=error)
    except Exception as error:  # noqa: BLE001  every executor has its own for a lost worker or connection
        reason = why_lost(error)
    return Outcome(
        job.source,
        error=EngineFailed(
            _("The worker for {file} was lost: {reason}").format(file=job.source, reason=reason),
            hint=_("There may be too little memory: try a smaller model or fewer workers."),
        ),
    )


class _Batch:
    """Jobs on an executor, and on processes of our own when there is none or it has broken down."""

    def __init__(self, executor: Executor | None, workers: int) -> None:
        self._workers = workers
        self._given = executor
        self._own: OwnProcesses | None = None
        self._waiting: deque[tuple[Job, Job, Future[Transcript]]] = deque()
        """Each job, the same as it is sent to a worker, and what comes of it."""
        self._inside = ExitStack()

    def __enter__(self) -> Self:
        self._inside.enter_context(freed_at_the_end())
        return self

    def __exit__(self, *_exc: object) -> None:
        for *_jobs, future in self._waiting:
            future.cancel()
        if self._own:
            self._own.stop()
        self._inside.close()

    def in_order(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Future[Transcript]]]:
        """Every job with its future, which is done; nothing is kept of those that were given out."""
        # Now: the current folder may be another one when their turn has come.
        todo = iter([(job, _found_from_anywhere(job)) for job in jobs])
        ahead = None if self._given else _AHEAD * _cores()
        under_way: set[Future[Transcript]] = set()
        while True:
            # Given an executor, all is submitted at once: it has a queue, and a cluster schedules best
            # what it knows. Our own processes are given a few at a time, so that a caller who takes
            # his time is not overrun with transcripts.
            under_way = {future for future in under_way if not future.done()}
            for job, sent in islice(todo, None if ahead is None else ahead - len(under_way)):
                future = self._submitted(sent)
                self._waiting.append((job, sent, future))
                if ahead:
                    under_way.add(future)
            if not self._waiting:
                return
            job, _sent, future = self._waiting[0]
            if not future.done():
                wait(under_way or [future], return_when=FIRST_COMPLETED)
            elif _is_broken(future):
                self._submit_broken_again()
            else:
                self._waiting.popleft()
                yield job, future
                del future

    def _submitted(self, job: Job) -> Future[Transcript]:
        if job.source == "-":
            return _refused()
        request = Request(job, self._workers)
        if self._given and not self._own:
            try:
                return self._given.submit(transcribed, request)
            except BrokenExecutor:
                pass
        return self._processes().submit(transcribed, request)

    def _submit_broken_again(self) -> None:
        """After a worker died, over whichever recording: all that were given up get their second try."""
        self._processes()
        self._waiting = deque(
            (job, sent, self._submitted(sent) if _is_broken(future) else future)
            for job, sent, future in self._waiting
        )

    def _processes(self) -> OwnProcesses:
        if self._own is None:
            # What was on an executor that broke down has had its first try there.
            self._own = OwnProcesses(_cores(), tries=1 if self._given else 2)
        return self._own


def _is_broken(future: Future[Transcript]) -> bool:
    return future.done() and not future.cancelled() and isinstance(future.exception(), BrokenExecutor)


def _refused() -> Future[Transcript]:
    future: Future[Transcript] = Future()
    future.set_exception(
        UnreadableAudio(
            _("Standard input cannot be read by other processes."),
            hint=_("Save the recording to a file, or transcribe it on its own."),
        )
    )
    return future


def _found_from_anywhere(job: Job) -> Job:
    """The job as a worker can do it whose current folder is another one."""
    model = job.model
    if model is not None and (folder := Path(model).expanduser()).is_dir():
        model = str(folder.absolute())
    return replace(job, source=os.path.abspath(job.source), model=model)  # noqa: PTH100  pathlib would follow ".."


def _cores() -> int:
    """The cores this process may use; one process each, so the limit of threads does not hold."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
