"""Many recordings: which files, where each result goes, and several on the way at once; hides threads.

Results never overwrite each other: where two recordings of one run would share a name (``a.wav`` and
``a.flac``), both keep their full name (``a.wav.srt``, ``a.flac.srt``), and where that does not tell them
apart, as much of their folders as does. The folders of a tree are mirrored.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Empty, SimpleQueue

from barrierfree.errors import BarrierfreeError, UnreadableAudio
from barrierfree.transcription.channels import EachChannel, open_job
from barrierfree.transcription.job import Job
from barrierfree.transcription.journal import has_journal
from barrierfree.transcription.many import outcomes
from barrierfree.transcription.transcriber import Stopped, Transcriber, Transcription
from barrierfree.transcription.transcript import Segment, Transcript
from barrierfree.wording import _

__all__ = [
    "Failed", "Finished", "News", "Planned", "Started", "Working", "plan", "run_elsewhere", "run_in_order",
]  # fmt: skip

MEDIA_SUFFIXES = frozenset((
    ".3gp", ".aac", ".aif", ".aiff", ".amr", ".ape", ".asf", ".au", ".avi", ".caf", ".flac",
    ".flv", ".m4a", ".m4b", ".m4v", ".mka", ".mkv", ".mov", ".mp2", ".mp3", ".mp4", ".mpeg",
    ".mpg", ".mts", ".oga", ".ogg", ".ogv", ".opus", ".ra", ".rm", ".spx", ".ts", ".tta",
    ".vob", ".wav", ".weba", ".webm", ".wma", ".wmv", ".wv",
))  # fmt: skip
"""What counts as a recording inside a folder; a file that is named on its own is always tried."""
_NEWS_SECONDS = 0.25
"""How often there is news at the least."""
_PATIENCE = 3.0
"""Seconds that work under way has to come to a stop in; reading standard input cannot be stopped."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One recording and the files its transcript goes to."""

    job: Job
    outputs: tuple[Path, ...] = ()
    """Empty when the transcript goes to standard output."""

    @property
    def is_there(self) -> bool:
        """True when every output was written after the recording last changed, and no run stopped halfway."""
        if not self.outputs or self.job.source == "-":
            return False
        try:
            recorded = Path(self.job.source).stat().st_mtime
            written = all(one.is_file() and one.stat().st_mtime >= recorded for one in self.outputs)
        except OSError:
            return False
        return written and not has_journal(self.job)


@dataclass(frozen=True, slots=True)
class Started:
    """A recording has been opened; its segments follow."""

    planned: Planned
    transcription: Transcription | EachChannel


@dataclass(frozen=True, slots=True)
class Finished:
    """A recording is done: its transcript, written wherever it was planned to go."""

    planned: Planned
    transcript: Transcript


@dataclass(frozen=True, slots=True)
class Failed:
    """A recording could not be done; the others go on."""

    planned: Planned
    error: BarrierfreeError
    transcript: Transcript | None = field(default=None)
    """What was recognised before it failed, if anything."""


@dataclass(frozen=True, slots=True)
class Working:
    """Nothing else has happened for a moment; positions may have moved."""


News = Started | Segment | Working | Finished | Failed


def plan(
    sources: Sequence[str], job: Job, *, folder: Path | None = None, formats: Sequence[str] = ()
) -> list[Planned]:
    """The recordings that are meant, each with its outputs.

    Args:
        sources: Files, folders (searched through) and "-".
        job: How to transcribe each of them.
        folder: Where results go; None for standard output.
        formats: Their formats, as file suffixes without the dot.

    Raises:
        UnreadableAudio: A folder holds no recording, or a name is empty.
    """
    found: dict[str, tuple[str, Path]] = {}
    for source in sources:
        for path, place in _recordings(source):
            # Each once, however often and by whatever way it is named.
            # A link is not followed: it may be meant to give the recording another name.
            whole = path if path == "-" else os.path.abspath(path)  # noqa: PTH100
            found.setdefault(whole, (path, place))
    return [
        Planned(
            replace(job, source=path),
            tuple(folder / place.with_name(f"{place.name}.{form}") for form in formats) if folder else (),
        )
        for (path, _place), place in zip(found.values(), _places(found), strict=True)
    ]


def _recordings(source: str) -> Iterator[tuple[str, Path]]:
    """Paths of recordings, each with its place below the output folder."""
    if not source:
        # Most likely "$FILE" in a script that never set it; pathlib would take it for this folder.
        raise UnreadableAudio(
            _("The name of a recording is empty."), hint=_("Check what the command was given.")
        )
    root = Path(source)
    if source == "-":
        yield source, Path("stdin")
    elif not root.is_dir():
        yield source, Path(root.name)
    else:
        inside = sorted(
            path
            for path in root.rglob("*")
            # What macOS keeps beside every file on a foreign disk ends like it, but is none.
            if path.suffix.lower() in MEDIA_SUFFIXES and not path.name.startswith("._") and path.is_file()
        )
        if not inside:
            raise UnreadableAudio(
                _("The folder {folder} holds no recordings.").format(folder=source),
                hint=_("Name the files themselves if their endings are unusual."),
            )
        yield from ((str(path), path.relative_to(root)) for path in inside)


def _places(found: dict[str, tuple[str, Path]]) -> list[Path]:
    """Where the results of each recording go, without their endings: no two alike, whatever the order."""
    choices = [_choices(whole, place) for whole, (_path, place) in found.items()]
    taken = [0] * len(choices)
    while True:
        places = [some[at] for some, at in zip(choices, taken, strict=True)]
        count = Counter(map(_key, places))
        alike = [
            number
            for number, place in enumerate(places)
            if count[_key(place)] > 1 and taken[number] + 1 < len(choices[number])
        ]
        if not alike:
            return places
        for number in alike:
            taken[number] += 1


def _choices(whole: str, place: Path) -> list[Path]:
    """Names for one recording's results, each with more of its whole path than the one before."""
    if whole == "-":
        return [place]
    parts = Path(whole).parts[1:]
    longer = [Path(*parts[-length:]) for length in range(len(place.parts) + 1, len(parts) + 1)]
    # Two paths that differ in nothing but case.
    unlike = place.with_name(f"{place.name}-{hashlib.sha256(os.fsencode(whole)).hexdigest()[:8]}")
    return [place.with_suffix(""), place, *longer, unlike]


def _key(place: Path) -> str:
    """Alike for names that some file systems take for the same."""
    return unicodedata.normalize("NFC", str(place)).casefold()


def run_in_order(
    transcriber: Transcriber, planned: Iterable[Planned], write: Callable[[Transcript, Planned], None]
) -> Iterator[News]:
    """Transcribe several recordings at once and tell about them one after another.

    Args:
        transcriber: Does the work; as many recordings are open at once as it has workers.
        planned: The recordings, in the order they are told about.
        write: Puts a transcript where it was planned to go; called in a worker thread.

    Yields:
        For each recording Started, its Segments, then Finished or Failed; Working in between, so that
        nobody waits in silence.
    """
    ahead = ThreadPoolExecutor(transcriber.workers, thread_name_prefix="recording")
    queues: list[tuple[Future[None], SimpleQueue[News | None]]] = []
    try:
        for one in planned:
            queue: SimpleQueue[News | None] = SimpleQueue()
            queues.append((ahead.submit(_run_one, transcriber, one, write, queue), queue))
        for future, queue in queues:
            yield from _told(queue)
            future.result()
    except BaseException:
        # Ctrl-C, or the caller has lost interest: what is done is in the journals.
        transcriber.stop()
        ahead.shutdown(wait=False, cancel_futures=True)
        wait([future for future, _queue in queues], timeout=_PATIENCE)
        raise
    finally:
        ahead.shutdown(wait=False)


def _told(queue: SimpleQueue[News | None]) -> Iterator[News]:
    """What there is to tell about one recording, to its end."""
    transcription: Transcription | EachChannel | None = None
    while True:
        try:
            news = queue.get(timeout=_NEWS_SECONDS)
        except Empty:
            news = Working()
        if news is None:
            return
        if isinstance(news, Started):
            transcription = news.transcription
        yield news
        if isinstance(news, Finished) and not news.planned.outputs and transcription:
            # It went to whoever listens to the news, who has taken it: now the result is safe.
            transcription.done()


def run_elsewhere(
    executor: Executor, planned: Sequence[Planned], write: Callable[[Transcript, Planned], None]
) -> Iterator[News]:
    """Transcribe on an executor's workers, which must find the recordings at the same paths.

    Yields:
        For each recording its Segments, then Finished, or Failed; results are written here.
    """
    done = outcomes([one.job for one in planned], executor)
    for one, outcome in zip(planned, done, strict=True):
        if outcome.transcript is None:
            assert outcome.error
            yield Failed(one, outcome.error)
            continue
        yield from outcome.transcript.segments
        try:
            write(outcome.transcript, one)
        except BarrierfreeError as error:
            yield Failed(one, error, outcome.transcript)
        else:
            yield Finished(one, outcome.transcript)


def _run_one(
    transcriber: Transcriber,
    planned: Planned,
    write: Callable[[Transcript, Planned], None],
    queue: SimpleQueue[News | None],
) -> None:
    transcription: Transcription | EachChannel | None = None
    try:
        transcription = open_job(transcriber, planned.job)
        queue.put(Started(planned, transcription))
        for segment in transcription:
            queue.put(segment)
        write(transcription.transcript(), planned)
        if planned.outputs:
            transcription.done()
        queue.put(Finished(planned, transcription.transcript()))
    except BarrierfreeError as error:
        heard = transcription.transcript() if transcription else None
        queue.put(Failed(planned, error, heard))
    except Stopped:
        pass  # whoever stopped the transcriber knows
    finally:
        if transcription:
            transcription.keep()
        queue.put(None)
