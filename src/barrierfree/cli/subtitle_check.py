"""``barrierfree transcribe --check``: what breaks the rules in subtitle files; hides how it is laid out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from barrierfree.cli.terminal import BARRIERS, DONE, exit_code_of, one_line, report, say
from barrierfree.errors import BarrierfreeError, UnreadableTranscript
from barrierfree.transcription.subtitles import SubtitleRules, check, read_subtitles
from barrierfree.transcription.subtitles.clock import milliseconds, stamp
from barrierfree.wording import _, ngettext

__all__ = ["check_subtitles"]

_SUFFIXES = {".srt", ".vtt"}


def check_subtitles(sources: Iterable[str], rules: SubtitleRules, language: str | None) -> int:
    """Print every breach on its own line, "file:number: time rule: what is wrong", and return the exit code.

    Args:
        sources: Subtitle files, and folders that are searched through for them.
        rules: The limits.
        language: ISO 639-1 code whose small words are heeded at line breaks; None stands for English.
    """
    code, files, breaches = DONE, 0, 0
    waiting = [Path(source) for source in reversed([*sources])]
    while waiting:
        path = waiting.pop()
        try:
            if path.is_dir():
                waiting += reversed(_subtitles_in(path))
                continue
            breaches += _check(path, rules, language)
            files += 1
        except BarrierfreeError as error:
            report(error)
            code = max(code, exit_code_of(error))
    found = ngettext("{n} place breaks the rules", "{n} places break the rules", breaches).format(n=breaches)
    looked = ngettext("{n} file checked", "{n} files checked", files).format(n=files)
    if files:
        say(_("{files}: {places}.").format(files=looked, places=found))
    return max(code, BARRIERS if breaches else DONE)


def _subtitles_in(folder: Path) -> list[Path]:
    found = sorted(
        file for file in folder.rglob("*") if file.suffix.lower() in _SUFFIXES and not file.is_dir()
    )
    if not found:
        raise UnreadableTranscript(
            _("The folder {folder} holds no subtitles.").format(folder=folder),
            hint=_("Subtitle files end in .srt or .vtt."),
        )
    return found


def _check(file: Path, rules: SubtitleRules, language: str | None) -> int:
    count = 0
    for count, breach in enumerate(check(read_subtitles(file), rules, language=language), 1):  # noqa: B007
        time = stamp(milliseconds(breach.start), ".")
        click.echo(one_line(f"{file}:{breach.number}: {time} {breach.rule}: {breach.message}"))
    return count
