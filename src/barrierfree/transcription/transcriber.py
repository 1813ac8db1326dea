"""Recordings to segments on every core; hides threads, order, warm models, resuming and finishing touches.

    recording ─ blocks ─▶ phrases ─▶ N threads, one recogniser ─▶ in order ─▶ journal ─▶ finished segments

A recording is cut into phrases at quiet points. Phrases are recognised side by side, over one model in
memory, and come out in the order they were spoken. At most two phrases a thread wait at any time, so
memory does not grow with the recording.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event, Lock
from typing import Self

from barrierfree.audio import SAMPLE_RATE, AudioBlock
from barrierfree.audio.files import Recording, open_recording
from barrierfree.plugins import load_engine
from barrierfree.transcription.ear import Ear
from barrierfree.transcription.finishing import finished
from barrierfree.transcription.heap import share_one_heap
from barrierfree.transcription.job import Choice, Job
from barrierfree.transcription.journal import Journal, Recognized
from barrierfree.transcription.phrases import Limits, Phrase, phrases
from barrierfree.transcription.recognizer import LanguageGuess, Options, Recognizer
from barrierfree.transcription.selection import choose, voice_model
from barrierfree.transcription.transcript import Segment, Transcript
from barrierfree.transcription.voices import VoiceVectors

__all__ = ["Stopped", "Transcriber", "Transcription", "core_count"]

_DETECT_SECONDS = 60
"""How much of a recording is searched for speech when its language is to be found out."""
_MOST_THREADS = 8
"""Vosk starves on more (alphacep/vosk-api#660)."""


def core_count() -> int:
    """How many phrases to recognise at once: the cores this process may use, at most 8."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(_MOST_THREADS, usable))


class Stopped(BaseException):
    """The transcriber was told to stop. Not an Exception: nothing went wrong, so nothing may catch it."""


class Transcriber:
    """Keeps models warm and cores busy, for one recording or thousands; safe to use from several threads.

    Args:
        workers: Phrases recognised at once; 0 means one per core.
    """

    def __init__(self, *, workers: int = 0) -> None:
        share_one_heap()
        self.workers = workers or core_count()
        self._pool = ThreadPoolExecutor(self.workers, thread_name_prefix="phrase")
        self._warm: dict[tuple[Choice, Options, Path | None], Ear] = {}
        self._loaded: list[Recognizer] = []
        self._lock = Lock()
        self._stopped = Event()

    def __enter__(self) -> Self:
        """Use as a context manager, so that models are freed."""
        return self

    def __exit__(self, *_exc: object) -> None:
        """Stop the threads and free the models."""
        self.close()

    def close(self) -> None:
        """Stop the threads and free the models; phrases not begun are dropped."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        for recognizer in self._loaded:
            recognizer.close()
        self._warm.clear()
        self._loaded.clear()

    def stop(self) -> None:
        """Make every transcription under way raise :class:`Stopped` at its next phrase."""
        self._stopped.set()

    def open(self, job: Job, *, journal: bool = True) -> Transcription:
        """Begin a recording; nothing is recognised until the result is iterated.

        Raises:
            UnreadableAudio: The recording cannot be opened.
            EngineError: No engine or model can do it.
            OutputError: The journal cannot be written.
        """
        recording = _open(job)
        kept: Journal | None = None
        try:
            if journal and _can_be_read_again(job):
                kept = Journal.open(job)
            choice = kept.choice if kept and kept.choice and _still_there(kept.choice) else None
            if choice is None:
                choice = choose(job, lambda teller: self._detect(job, teller))
            if kept:
                kept.begin(choice)
        except BaseException:
            recording.close()
            if kept:
                kept.close()
            raise
        return Transcription(self, job, choice, recording, kept)

    def ear(self, choice: Choice, job: Job) -> Ear:
        """What hears the phrases of a job; loaded once and kept warm.

        Raises:
            ModelNotFound: Speakers are asked for, and nothing installed tells voices apart.
            EngineError: The engine cannot be loaded.
        """
        found = voice_model(choice.engine) if job.speakers else None
        own = found.path if found and found.engine else None
        options = Options(
            choice.language, words=job.words, workers=self.workers, script=job.script, voices=own
        )
        key = (replace(choice, reason="", language_confidence=None), options, found.path if found else None)
        with self._lock:
            if key not in self._warm:
                engine = load_engine("recognizer", choice.engine)
                recognizer: Recognizer = engine(choice.folder, options)
                self._loaded.append(recognizer)
                self._warm[key] = Ear(recognizer, VoiceVectors(found.path) if found and not own else None)
            return self._warm[key]

    def in_order(self, ear: Ear, cut: Iterable[Phrase]) -> Iterator[Recognized]:
        """Phrases recognised side by side, given back in order."""
        waiting: deque[Future[Recognized]] = deque()
        most = 2 * self.workers if ear.capabilities.concurrent else 1
        try:
            for phrase in cut:
                if self._stopped.is_set():
                    raise Stopped
                waiting.append(self._pool.submit(ear.hear, phrase))
                while waiting and (len(waiting) >= most or waiting[0].done()):
                    yield waiting.popleft().result()
            while waiting:
                if self._stopped.is_set():
                    raise Stopped
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

    def _detect(self, job: Job, teller: Choice) -> LanguageGuess | None:
        if not _can_be_read_again(job):
            return None
        ear = self.ear(teller, replace(job, speakers=False))
        end = min(job.start + _DETECT_SECONDS, job.end or float("inf"))
        with _open(replace(job, end=end)) as recording:
            return ear.language_of(recording.blocks())


class Transcription:
    """One recording on its way to words: iterate for segments, then ask for the transcript."""

    def __init__(
        self,
        transcriber: Transcriber,
        job: Job,
        choice: Choice,
        recording: Recording,
        journal: Journal | None,
    ) -> None:
        self._transcriber = transcriber
        self._job = job
        self._recording = recording
        self._journal = journal
        self._segments: list[Segment] = []
        self.choice = choice
        """The engine and model at work, and why."""
        self.duration = recording.duration
        """Seconds of sound to be read; None when unknown."""
        self.journaled = journal is not None
        """True when what is recognised is kept for a later run."""
        self.position = job.start
        """Seconds from the start of the recording up to which everything is recognised."""
        self.resumed_at: float | None = None
        """Seconds from the start at which an interrupted run is taken up; None on a fresh start."""
        if journal and journal.done:
            self.resumed_at = journal.done[-1].end / SAMPLE_RATE

    def __iter__(self) -> Iterator[Segment]:
        """Finished segments, in order; what was recognised is on disk before it comes out."""
        with self._recording:
            for segment in finished(self._recognized(), self._job, self.choice):
                self._segments.append(segment)
                yield segment

    def transcript(self) -> Transcript:
        """Everything that came out so far, as one value."""
        return Transcript(
            segments=tuple(self._segments),
            source=self._recording.name,
            duration=self.position,
            language=self.choice.language,
            engine=self.choice.engine,
            model=self.choice.model,
            damage=self._recording.damage,
        )

    def keep(self) -> None:
        """Stop here and keep what was done for the next run."""
        self._recording.close()
        if self._journal:
            self._journal.close()

    def done(self) -> None:
        """The result is safe: forget the journal."""
        self._recording.close()
        if self._journal:
            self._journal.remove()

    def _recognized(self) -> Iterator[Recognized]:
        """Phrases from the journal, then those still to be recognised."""
        before = self._journal.done if self._journal else []
        for phrase in before:
            self.position = phrase.end / SAMPLE_RATE
            yield phrase
        ear = self._transcriber.ear(self.choice, self._job)
        blocks = _from(before[-1].end, self._recording.blocks()) if before else self._recording.blocks()
        shortest, longest = ear.capabilities.phrase_seconds
        cut = phrases(blocks, Limits(shortest, longest), number=len(before))
        for phrase in self._transcriber.in_order(ear, cut):
            if self._journal:
                self._journal.add(phrase)
            self.position = phrase.end / SAMPLE_RATE
            yield phrase


def _open(job: Job) -> Recording:
    if job.channel == "each":
        raise ValueError("each channel is a job of its own: see channels.open_job")
    return open_recording(
        job.source, channel=job.channel, track=job.track, start=job.start, end=job.end, follow=job.follow
    )


def _can_be_read_again(job: Job) -> bool:
    """False for what arrives only once: standard input, pipes, files that still grow."""
    return job.source != "-" and not job.follow and Path(job.source).is_file()


def _still_there(choice: Choice) -> bool:
    """False when the model of an interrupted run has been removed since."""
    with suppress(Exception):
        load_engine("recognizer", choice.engine)
        return choice.folder is None or Path(choice.folder).is_dir()
    return False


def _from(position: int, blocks: Iterable[AudioBlock]) -> Iterator[AudioBlock]:
    """The blocks from a sample on."""
    for block in blocks:
        if block.position >= position:
            yield block
        elif block.position + block.frames > position:
            skipped = position - block.position
            yield AudioBlock(position, block.samples[2 * skipped :], block.rate)
