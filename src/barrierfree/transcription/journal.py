"""What was recognised so far, safe on disk after every phrase; hides files, locks and torn lines.

One journal per job, in the user's state folder, named after everything that decides the result: the
recording's content, the engine, the model and the options. A run that finds its own journal goes on
from its last whole phrase; a change in any of these makes another name and so a fresh start. The file
is removed when the result has been written.

Format: JSON Lines. The first line is the choice that was made and what the recording looked like, each
further line one phrase. A last line without its line end was torn by a crash and is ignored.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import IO, Any

from barrierfree.errors import OutputError, UnreadableAudio
from barrierfree.locking import locked
from barrierfree.settings import user_folder
from barrierfree.transcription.job import Choice, Job
from barrierfree.transcription.transcript import Segment, Word
from barrierfree.wording import _

__all__ = ["Journal", "Recognized", "has_journal", "journal_of"]

_VERSION = 1
_SAMPLED = 1 << 20
"""Bytes read from each end of a recording to find its journal: quick, even for a thousand recordings."""
_PIECES = 256
"""Pieces of that size read from all over it before the journal is believed; most recordings have fewer."""


@dataclass(frozen=True, slots=True)
class Recognized:
    """One phrase that is done."""

    number: int
    end: int
    """Samples from the start of the recording to the end of the phrase."""
    segments: tuple[Segment, ...]
    voices: tuple[tuple[float, ...] | None, ...] = ()
    """For each segment a vector that describes the voice; empty when speakers are not labelled."""


def journal_of(job: Job, folder: Path | None = None) -> Path:
    """Where the journal of a job lies."""
    ends = _digest(Path(job.source), 2)
    digest = hashlib.sha256(f"{_VERSION} {ends} {_options(job)}".encode()).hexdigest()
    return (folder or _journals()) / f"{digest[:32]}.jsonl"


def has_journal(job: Job) -> bool:
    """True when a run of this job was interrupted, or is under way."""
    if job.channel == "each":
        # Every channel has its own; that of the first is removed last.
        job = replace(job, channel=0)
    try:
        return any(_journals().iterdir()) and journal_of(job).exists()
    except OSError:
        return False


def _journals() -> Path:
    return user_folder("state") / "journals"


def _digest(recording: Path, pieces: int) -> str:
    """What a recording is known by: its size, and pieces from its beginning, end and evenly in between."""
    size = recording.stat().st_size
    digest = hashlib.sha256()
    with recording.open("rb") as file:
        if size <= pieces * _SAMPLED:
            while block := file.read(_SAMPLED):
                digest.update(block)
        else:
            for number in range(pieces):
                file.seek((size - _SAMPLED) * number // (pieces - 1))
                digest.update(file.read(_SAMPLED))
    return f"{size} {digest.hexdigest()}"


def _options(job: Job) -> str:
    # The name of the file and the finishing touches do not change what is recognised.
    outside = {"source", "resume", "numbers", "follow"}
    return json.dumps({key: value for key, value in asdict(job).items() if key not in outside})


class Journal:
    """The journal of one job, opened for going on."""

    def __init__(self, path: Path, file: IO[bytes], content: str) -> None:
        self._path = path
        self._file = file
        self._content = content
        self.choice: Choice | None = None
        """The choice the interrupted run made; None on a fresh start."""
        self.done: list[Recognized] = []
        """Phrases of the interrupted run, in order."""
        self._worth_keeping = False

    @classmethod
    def open(cls, job: Job, *, folder: Path | None = None) -> Journal | None:
        """The job's journal; None when another process is at work on the same job.

        Raises:
            OutputError: The state folder cannot be written.
            UnreadableAudio: The recording has gone.
        """
        try:
            path, content = journal_of(job, folder), _digest(Path(job.source), _PIECES)
        except OSError as error:
            raise UnreadableAudio(
                _("{file} cannot be opened: {error}").format(file=job.source, error=error.strerror or error)
            ) from error
        with _trouble(path):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = _opened(path)
        if file is None:
            return None
        journal = cls(path, file, content)
        try:
            with _trouble(path):
                journal._read(fresh=not job.resume)
        except BaseException:
            journal.close()
            raise
        return journal

    def begin(self, choice: Choice) -> None:
        """Note the choice; a journal that was made with another one starts afresh."""
        if self.choice is not None and _same(self.choice, choice):
            return
        with _trouble(self._path):
            self._file.truncate(0)
        self.done.clear()
        self._worth_keeping = False
        self.choice = choice
        noted = {**asdict(choice), "folder": _path_text(choice.folder)}
        self._write({"version": _VERSION, "content": self._content, "choice": noted})

    def add(self, phrase: Recognized) -> None:
        """Put a phrase on disk; when this returns, it survives a power cut."""
        self._worth_keeping = True
        self._write(asdict(phrase))

    def close(self) -> None:
        """Let go of the journal and keep it for the next run, if there is any work in it."""
        if self._worth_keeping or self._file.closed:
            self._let_go()
        else:
            self.remove()

    def remove(self) -> None:
        """Delete the journal: the result is safe elsewhere."""
        if os.name == "nt":
            self._let_go()  # there, an open file cannot be deleted
        # Elsewhere while it is locked, so that it cannot be another run's by now.
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        self._let_go()

    def _let_go(self) -> None:
        with suppress(OSError):  # what could not be written was told when it was tried
            self._file.close()

    def _write(self, line: dict[str, Any]) -> None:
        # A folder's name that is not UTF-8 holds lone surrogates, whose escapes are JSON's too.
        text = json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace")
        with _trouble(self._path):
            self._file.write(text + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())

    def _read(self, *, fresh: bool) -> None:
        self._file.seek(0)
        raw = b"" if fresh else self._file.read()
        sound = 0
        for line in raw.splitlines(keepends=True):
            if not line.endswith(b"\n") or not self._take(line):
                break
            sound += len(line)
        self._file.truncate(sound)
        self._worth_keeping = bool(self.done)

    def _take(self, line: bytes) -> bool:
        """Read one line; False when it is not one of ours."""
        try:
            value = json.loads(line)
            if self.choice is None:
                if value["version"] != _VERSION or value["content"] != self._content:
                    return False
                self.choice = _choice(value["choice"])
            else:
                self.done.append(_recognized(value))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return False
        return True


def _same(one: Choice, other: Choice) -> bool:
    return (one.engine, one.model, one.folder, one.language) == (
        other.engine, other.model, other.folder, other.language,
    )  # fmt: skip


def _choice(value: dict[str, Any]) -> Choice:
    return Choice(**{**value, "folder": Path(value["folder"]) if value["folder"] else None})


def _path_text(folder: Path | None) -> str | None:
    return str(folder) if folder else None


def _recognized(value: dict[str, Any]) -> Recognized:
    return Recognized(
        number=value["number"],
        end=value["end"],
        segments=tuple(_segments(value["segments"])),
        voices=tuple(tuple(voice) if voice else None for voice in value["voices"]),
    )


def _segments(values: list[dict[str, Any]]) -> Iterator[Segment]:
    known = {field.name for field in fields(Segment)}
    for value in values:
        if value.keys() != known:
            raise ValueError("written by another version")
        yield Segment(**{**value, "words": tuple(Word(**word) for word in value["words"])})


@contextmanager
def _trouble(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            _("The journal {file} cannot be written: {error}.").format(
                file=path, error=error.strerror or error
            ),
            hint=_("Free some disk space, or check the folder's permissions."),
        ) from error


def _opened(path: Path) -> IO[bytes] | None:
    """The file, locked; None when another process has it."""
    while True:
        file = path.open("a+b")
        if not locked(file):
            file.close()
            return None
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        # Its run ended and removed it between our opening and our locking it.
        file.close()
