"""The two calls most programs need: a recording in, words out; hides jobs, transcribers and journals.

Everything is kept simple here on purpose. A program that transcribes all day opens a
:class:`~barrierfree.transcription.transcriber.Transcriber` once and keeps its models warm.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import TypedDict, Unpack

from barrierfree.transcription.channels import open_job
from barrierfree.transcription.job import Job
from barrierfree.transcription.transcriber import Transcriber
from barrierfree.transcription.transcript import Segment, Transcript

__all__ = ["Asked", "stream", "transcribe"]


class Asked(TypedDict, total=False):
    """What may be asked of a transcription, by keyword; :class:`Job` says what each means."""

    language: str
    engine: str
    model: str | None
    words: bool
    speakers: bool
    numbers: bool
    script: str
    channel: str | int
    track: str | int | None
    start: float
    end: float | None
    follow: bool


def transcribe(
    path: str | os.PathLike[str], *, workers: int = 0, resume: bool = False, **asked: Unpack[Asked]
) -> Transcript:
    """All that is said in a recording.

    Args:
        path: A sound or video file; "-" for standard input.
        workers: Phrases recognised at once; 0 means one per core.
        resume: Keep a journal in the user's state folder, and go on where an interrupted call stopped.
        **asked: ``language``, ``model``, ``speakers`` and so on; see
            :class:`~barrierfree.transcription.job.Job`.

    Returns:
        Segments with times in seconds from the start of the recording. ``damage`` names the places
        that could not be read.

    Raises:
        UnreadableAudio: The recording cannot be read at all.
        EngineError: No engine or model can do it.
    """
    job = Job(os.fspath(path), **asked)
    with Transcriber(workers=workers) as transcriber:
        transcription = open_job(transcriber, job, journal=resume)
        try:
            for _segment in transcription:
                pass
        except BaseException:
            transcription.keep()
            raise
        transcription.done()
        return transcription.transcript()


def stream(
    path: str | os.PathLike[str], *, workers: int = 0, **asked: Unpack[Asked]
) -> Generator[Segment, None, None]:
    """What is said in a recording, segment by segment, as soon as each is recognised.

    Args and errors are those of :func:`transcribe`; stop iterating to stop the work.
    """
    job = Job(os.fspath(path), **asked)
    with Transcriber(workers=workers) as transcriber:
        transcription = open_job(transcriber, job, journal=False)
        try:
            yield from transcription
        finally:
            transcription.keep()
