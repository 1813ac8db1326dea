"""Output formats by name, each a module that is imported when it is first used; hides that table.

A writer is a module with one function, ``write(transcript, **options) -> Iterator[bytes]``. Every writer
is given all options and ignores those that mean nothing in its format, so one call serves a list of
formats. A text format is UTF-8 without a byte order mark, its lines end with a line feed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TypedDict, Unpack, cast

from barrierfree.errors import UnknownFormat
from barrierfree.transcription.transcript import Transcript
from barrierfree.wording import _

if TYPE_CHECKING:
    from barrierfree.transcription.subtitles.rules import SubtitleRules

__all__ = ["WriteOptions", "Writer", "check_formats", "formats", "write"]

_FORMATS = ("txt", "srt", "vtt", "json", "tsv", "html", "docx", "md")
"""Each is the suffix of its files and the name of its module in this package."""


class WriteOptions(TypedDict, total=False):
    """What a writer may be told; each format takes what it can use and ignores the rest."""

    rules: SubtitleRules | None
    """srt, vtt: how subtitles are cut; None takes the rules of the transcript's language."""
    words: bool
    """vtt: mark the time of every word inside its subtitle."""
    media: str | None
    """html: the sound file the page plays, relative to the page."""


class Writer(Protocol):
    """What a format's module offers."""

    def write(self, transcript: Transcript, **options: Unpack[WriteOptions]) -> Iterator[bytes]:
        """The file, piece by piece."""


def formats() -> tuple[str, ...]:
    """Names of the formats, which are also the suffixes of their files."""
    return _FORMATS


def check_formats(names: Iterable[str]) -> tuple[str, ...]:
    """The formats, each once, after a look whether all can be written: better now than after hours of work.

    Raises:
        UnknownFormat: There is no such format, or the package it needs is missing.
    """
    wanted = tuple(dict.fromkeys(filter(None, names)))
    for name in wanted:
        _writer(name)
    return wanted or _FORMATS[:1]


def write(
    transcript: Transcript,
    format: str,  # noqa: A002  the word everybody uses for it
    **options: Unpack[WriteOptions],
) -> Iterator[bytes]:
    """The transcript as a file, piece by piece; the same transcript always gives the same bytes.

    Args:
        transcript: What was said.
        format: One of :func:`formats`.
        options: See :class:`WriteOptions`.

    Raises:
        UnknownFormat: There is no such format, or the package it needs is missing.
    """
    return _writer(format).write(transcript, **options)


def _writer(name: str) -> Writer:
    if name not in _FORMATS:
        raise UnknownFormat(
            _('There is no format "{name}".').format(name=name),
            hint=_("Formats are: {names}.").format(names=", ".join(_FORMATS)),
        )
    try:
        return cast("Writer", import_module(f"{__name__}.{name}"))
    except ImportError as error:
        raise UnknownFormat(
            _('The format "{name}" needs a package that is not installed: {package}.').format(
                name=name, package=error.name
            ),
            hint=_("Install it with: pip install 'barrierfree[{name}]'").format(name=name),
        ) from error
