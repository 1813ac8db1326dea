"""What a worker does with the recordings it is given; hides warm models, and whose process it is in.

Runs in threads of the caller's own process, in other processes and on other machines alike. A process
loads a model once and keeps it for as long as it lives; only what threads of the caller's own process
have loaded is freed when the caller's last batch is done.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from barrierfree.errors import BarrierfreeError, EngineFailed
from barrierfree.transcription.channels import open_job
from barrierfree.transcription.cluster import threads_here
from barrierfree.transcription.job import Job
from barrierfree.transcription.transcriber import Transcriber, core_count
from barrierfree.transcription.transcript import Transcript
from barrierfree.wording import _, interface_language, speak_to_people_in

__all__ = ["Request", "freed_at_the_end", "transcribed"]

_TOKEN = secrets.token_hex(8)
_lock = Lock()
_warm: dict[tuple[bool, int], Transcriber] = {}
"""By whether it is for threads of the caller's own process, and by its workers."""
_batches = 0


def _here() -> str:
    """A name of this process that no other has, forked ones and those of other machines included."""
    return f"{os.getpid()}-{_TOKEN}"


@dataclass(frozen=True, slots=True)
class Request:
    """One recording for a worker, wherever that is."""

    job: Job
    workers: int
    """Phrases to recognise at once; 0 lets the worker decide."""
    language: str = field(default_factory=interface_language)
    """Of messages and of speakers' labels: the caller's, not that of a machine in the cluster."""
    caller: str = field(default_factory=_here)


def transcribed(request: Request) -> Transcript:
    """The transcript of a recording, with the model that this process has loaded already.

    Raises:
        BarrierfreeError: Nothing else, so that every error can be sent to another process.
    """
    at_home = request.caller == _here()
    if not at_home and interface_language() != request.language:
        speak_to_people_in(request.language)
    workers = request.workers or (core_count() if at_home else threads_here())
    try:
        transcription = open_job(_transcriber(at_home, workers), request.job, journal=False)
        try:
            for _segment in transcription:
                pass
            return transcription.transcript()
        finally:
            transcription.keep()
    except BarrierfreeError:
        raise
    except Exception as error:
        raise EngineFailed(
            _("{file} cannot be transcribed: {error}").format(
                file=request.job.source, error=f"{type(error).__name__}: {error}"
            ),
            hint=_("This is a fault of the program: please report it, with the recording if you may."),
        ) from error


def _transcriber(at_home: bool, workers: int) -> Transcriber:  # noqa: FBT001  half of the key
    with _lock:
        if (at_home, workers) not in _warm:
            _warm[at_home, workers] = Transcriber(workers=workers)
        return _warm[at_home, workers]


@contextmanager
def freed_at_the_end() -> Iterator[None]:
    """For the caller of a batch: free what threads of this process have loaded, when no batch is left."""
    global _batches  # noqa: PLW0603  a count of the whole process
    with _lock:
        _batches += 1
    try:
        yield
    finally:
        with _lock:
            _batches -= 1
            cold = [key for key in _warm if key[0] and not _batches]
            loaded = [_warm.pop(key) for key in cold]
        for transcriber in loaded:
            transcriber.stop()
            transcriber.close()
