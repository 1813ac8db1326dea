"""What was recognised so far, safe on disk after every phrase; hides files, locks and torn lines.

One journal per job, in the user's state folder, named after everything that decides the result: the
recording's content, the engine, the model and the options. A run that finds its own journal goes on
from its last whole phrase; a change in any of these makes another name and so a fresh start. The file
is removed when the result has been written.

Format: JSON Lines. The first line is the choice that was made, each further line one phrase. A last
line without its line end was torn by a crash and is ignored.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO, Any

from barrierfree.errors import OutputError
from barrierfree.settings import user_folder
from barrierfree.transcription.job import Choice, Job
from barrierfree.transcription.transcript import Segment, Word
from barrierfree.wording import _

__all__ = ["Journal", "Recognized", "journal_of"]

_VERSION = 1
_SAMPLED = 1 << 20
"""Bytes read from each end of a recording to know it again; hashing hours of video would take longer."""


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
    digest = hashlib.sha256(f"{_VERSION} {_identity(Path(job.source))} {_options(job)}".encode()).hexdigest()
    return (folder or user_folder("state") / "journals") / f"{digest[:32]}.jsonl"


def _identity(recording: Path) -> str:
    size = recording.stat().st_size
    digest = hashlib.sha256()
    with recording.open("rb") as file:
        digest.update(file.read(_SAMPLED))
        file.seek(max(0, size - _SAMPLED))
        digest.update(file.read(_SAMPLED))
    return f"{size} {digest.hexdigest()}"


def _options(job: Job) -> str:
    # The name of the file and the finishing touches do not change what is recognised.
    outside = {"source", "resume", "numbers", "follow"}
    return json.dumps({key: value for key, value in asdict(job).items() if key not in outside})


class Journal:
    """The journal of one job, opened for going on."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path = path
        self._file = file
        self.choice: Choice | None = None
        """The choice the interrupted run made; None on a fresh start."""
        self.done: list[Recognized] = []
        """Phrases of the interrupted run, in order."""

    @classmethod
    def open(cls, job: Job, *, folder: Path | None = None) -> Journal | None:
        """The job's journal; None when another process is at work on the same job.

        Raises:
            OutputError: The state folder cannot be written.
        """
        path = journal_of(job, folder)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = path.open("a+b")
        except OSError as error:
            raise _unwritable(path, error) from error
        if not _locked(file):
            file.close()
            return None
        journal = cls(path, file)
        journal._read(fresh=not job.resume)
        return journal

    def begin(self, choice: Choice) -> None:
        """Note the choice; a journal that was made with another one starts afresh."""
        if self.choice is not None and _same(self.choice, choice):
            return
        self._file.truncate(0)
        self.done.clear()
        self.choice = choice
        self._write({"version": _VERSION, "choice": {**asdict(choice), "folder": _path_text(choice.folder)}})

    def add(self, phrase: Recognized) -> None:
        """Put a phrase on disk; when this returns, it survives a power cut."""
        self._write(asdict(phrase))

    def close(self) -> None:
        """Let go of the journal and keep it for the next run."""
        self._file.close()

    def remove(self) -> None:
        """Delete the journal: the result is safe elsewhere."""
        self._path.unlink(missing_ok=True)
        self._file.close()

    def _write(self, line: dict[str, Any]) -> None:
        try:
            self._file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise _unwritable(self._path, error) from error

    def _read(self, *, fresh: bool) -> None:
        self._file.seek(0)
        raw = b"" if fresh else self._file.read()
        sound = 0
        for line in raw.splitlines(keepends=True):
            if not line.endswith(b"\n") or not self._take(line):
                break
            sound += len(line)
        self._file.truncate(sound)

    def _take(self, line: bytes) -> bool:
        """Read one line; False when it is not one of ours."""
        try:
            value = json.loads(line)
            if self.choice is None:
                if value["version"] != _VERSION:
                    return False
                self.choice = _choice(value["choice"])
            else:
                self.done.append(_recognized(value))
        except (ValueError, KeyError, TypeError):
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


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(
        _("The journal {file} cannot be written: {error}").format(file=path, error=error.strerror or error),
        hint=_("Free some disk space, or check the folder's permissions."),
    )


def _locked(file: IO[bytes]) -> bool:
    """Take the file for this process; the system lets go of it even after kill -9."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
