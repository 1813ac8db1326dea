"""A file over HTTP, whole and right; hides urllib, ranges, retries, and servers that lie.

Downloads go on where an earlier one stopped, even from another address: the file is known by its hash.
What does not have the right hash in the end is deleted.
"""

from __future__ import annotations

import http.client
import json
import ssl
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import IO, Any

from barrierfree.models.checking import Progress, SourceFailed, is_whole
from barrierfree.models.model import Archive, ModelFile
from barrierfree.models.staging import cannot_write
from barrierfree.models.web import web_opener
from barrierfree.wording import _

__all__ = ["Patience", "download"]

_BLOCK = 1 << 16
_PASSING_STATUS = {408, 425, 429}
_ABSENT_STATUS = {403, 404, 410}
_PARTIAL = 206
_NO_SUCH_RANGE = 416
_LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How much trouble is borne before a place is given up."""

    silence: float = 30.0
    """Seconds without a byte, or to connect."""
    least: int = 4096
    """Bytes that must come within that time; below it, the connection counts as dead."""
    attempts: int = 5
    """Attempts in a row that bring nothing."""
    pause: float = 1.0
    """Seconds before the second attempt; doubled each time."""
    gain: int = 1 << 18
    """Bytes that make an attempt count as one that brought something."""


class _Passing(Exception):
    """What may be over at the next attempt."""

    def __init__(self, reason: str, *, pause: float = 0.0, cost: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.pause = pause
        self.cost = cost


def download(
    address: str, part: Path, expected: ModelFile | Archive, patience: Patience, progress: Progress
) -> None:
    """Bring a file here.

    Args:
        address: http or https.
        part: Where it goes; what is there already is taken for its beginning.
        expected: Its size and hash.
        patience: When to give up.
        progress: Told about every piece.

    Raises:
        SourceFailed: It cannot be had there, or is another file; then nothing of it is left.
        OutputError: The disk is full.
    """
    whole = _Fetch(address, part, expected, patience, progress)
    for _attempt in range(2):
        in_one_piece = whole.run()
        if is_whole(part, expected, progress):
            return
        with cannot_write(part):
            part.unlink(missing_ok=True)
        if in_one_piece:
            break
        # A beginning from elsewhere, or from before a crash, may have been at fault: once more, whole.
    raise SourceFailed(_("{address} is not the right file").format(address=address), damaged=True)


class _Fetch:
    """One file from one address."""

    def __init__(
        self,
        address: str,
        part: Path,
        expected: ModelFile | Archive,
        patience: Patience,
        progress: Progress,
    ) -> None:
        self._address = address
        self._part = part
        self._size = expected.size
        self._patience = patience
        self._progress = progress
        self._opener = web_opener()
        self._note = part.with_suffix(".from")

    def run(self) -> bool:
        """Fetch until the length is right; True when every byte came in one answer."""
        best, failures, answers = self._have(), 0, 0
        in_one_piece = best == 0
        while self._have() != self._size:
            try:
                self._attempt()
            except _Passing as trouble:
                if self._have() >= best + self._patience.gain:
                    best, failures = self._have(), 0
                failures += trouble.cost
                if failures >= self._patience.attempts:
                    raise SourceFailed(trouble.reason) from trouble
                wait = self._patience.pause * 2 ** (failures - 1)
                time.sleep(min(_LONGEST_PAUSE, max(trouble.pause, wait)))
            answers += 1
        return in_one_piece and answers <= 1

    def _have(self) -> int:
        try:
            have = self._part.stat().st_size
        except FileNotFoundError:
            return 0
        if have > self._size:
            self._part.unlink()
            return 0
        return have

    def _attempt(self) -> None:
        have = self._have()
        try:
            with self._open(have) as answer:
                have = self._begin(answer, have)
                with cannot_write(self._part):
                    file = self._part.open("ab" if have else "wb")
                with file:
                    self._copy(answer, file, have)
        except TimeoutError as error:
            raise self._silent() from error
        except (OSError, http.client.HTTPException) as error:
            raise _Passing(_("the connection broke: {error}").format(error=_told(error))) from error
        if self._have() < self._size:
            raise _Passing(_("the connection ended early"))

    def _open(self, have: int) -> Any:
        headers = {"User-Agent": "barrierfree", "Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
            known = self._validator()
            if known:
                headers["If-Range"] = known
        try:
            request = urllib.request.Request(self._address, headers=headers)  # noqa: S310  the opener knows http only
            return self._opener.open(request, timeout=self._patience.silence)
        except urllib.error.HTTPError as error:
            error.close()
            raise self._refused(error, have) from error
        except urllib.error.URLError as error:
            raise self._unreachable(error.reason) from error
        except (http.client.InvalidURL, ValueError) as error:
            raise SourceFailed(_("{address} is no address").format(address=self._address)) from error

    def _refused(self, error: urllib.error.HTTPError, have: int) -> Exception:
        answer = _("{address} answers: {status}").format(
            address=self._address, status=f"{error.code} {error.reason}"
        )
        if error.code == _NO_SUCH_RANGE and have:
            with cannot_write(self._part):
                self._part.unlink(missing_ok=True)
            return _Passing(answer)
        if error.code in _PASSING_STATUS or error.code >= 500:  # noqa: PLR2004  the server's own trouble
            return _Passing(answer, pause=_retry_after(error.headers))
        return SourceFailed(answer, absent=error.code in _ABSENT_STATUS)

    def _unreachable(self, reason: object) -> Exception:
        if isinstance(reason, ssl.SSLCertVerificationError):
            return SourceFailed(_("{address} shows no valid certificate").format(address=self._address))
        if isinstance(reason, TimeoutError):
            return self._silent()
        text = _told(reason) if isinstance(reason, Exception) else str(reason)
        return _Passing(
            _("{address} cannot be reached: {error}").format(address=self._address, error=text), cost=2
        )

    def _silent(self) -> _Passing:
        return _Passing(_("nothing came for {seconds} seconds").format(seconds=round(self._patience.silence)))

    def _begin(self, answer: Any, have: int) -> int:
        """Where the answer's bytes belong: after those we have, or at the start."""
        other = SourceFailed(
            _("{address} is another file: its size is not {size} bytes").format(
                address=self._address, size=self._size
            ),
            damaged=True,
        )
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise SourceFailed(_("{address} comes in an unknown encoding").format(address=self._address))
        if answer.status == _PARTIAL:
            span = answer.headers.get("Content-Range", "").removeprefix("bytes ").partition("/")
            if span[2] not in {"*", str(self._size)}:
                raise other
            if not span[0].startswith(f"{have}-"):
                with cannot_write(self._part):
                    self._part.unlink(missing_ok=True)
                raise _Passing(_("another part of the file came than was asked for"))
            return have
        length = answer.headers.get("Content-Length")
        if length is not None and length != str(self._size):
            raise other
        self._note_validator(answer.headers)
        return 0

    def _copy(self, answer: Any, file: IO[bytes], have: int) -> None:
        since, at_since = time.monotonic(), have
        while block := answer.read1(_BLOCK):
            have += len(block)
            if have > self._size:
                file.truncate(0)
                raise SourceFailed(
                    _("{address} is longer than it should be").format(address=self._address), damaged=True
                )
            with cannot_write(self._part):
                file.write(block)
                file.flush()
            self._progress(have, self._size, "download")
            now = time.monotonic()
            if now - since > self._patience.silence:
                if have - at_since < self._patience.least and have < self._size:
                    raise _Passing(_("the connection is too slow"))
                since, at_since = now, have

    def _validator(self) -> str:
        """What the server said to know this version of the file by, if this beginning came from there."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return str(note["validator"]) if note["address"] == self._address else ""
        except (OSError, ValueError, TypeError, KeyError):
            return ""

    def _note_validator(self, headers: Message) -> None:
        tag = headers.get("ETag", "")
        # A weak tag may stand for different bytes (RFC 9110, 13.1.5).
        validator = tag if tag.startswith('"') else headers.get("Last-Modified", "")
        with cannot_write(self._note):
            self._note.write_text(
                json.dumps({"address": self._address, "validator": validator}), encoding="utf-8"
            )


def _retry_after(headers: Message) -> float:
    value = headers.get("Retry-After", "")
    return float(value) if value.isdecimal() else 0.0


def _told(error: BaseException) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text or type(error).__name__
