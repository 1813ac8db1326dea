"""``barrierfree transcribe``: recordings in, text and subtitles out; hides how flags become a job.

What the user is told while it works is in :mod:`barrierfree.cli.narration`.
"""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from barrierfree.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from barrierfree.transcription.batch import News, Planned
    from barrierfree.transcription.job import Job
    from barrierfree.transcription.subtitles import SubtitleRules
    from barrierfree.transcription.transcript import Transcript
    from barrierfree.transcription.writers import WriteOptions

    Put = Callable[[Transcript, Planned], None]

__all__ = ["command"]

_DIGITS = 12
"""No time and no channel has more."""


def _time(text: str) -> float:
    """Seconds out of 12.5, 3:20 (minutes) or 1:03:20 (hours)."""
    parts = text.split(":")
    if len(parts) > 3 or not all(_is_number(part) for part in parts):  # noqa: PLR2004
        raise click.BadParameter(_("{value!r} is not a time; write 90, 1:30 or 1:02:30.").format(value=text))
    seconds = 0.0
    for part in parts:
        seconds = 60 * seconds + float(part)
    return seconds


def _is_number(text: str) -> bool:
    return text.isascii() and text.replace(".", "", 1).isdecimal() and len(text) <= _DIGITS


def _number_or_name(text: str | None) -> str | int | None:
    return int(text) if text is not None and text.isdecimal() and len(text) <= _DIGITS else text


@click.command(
    "transcribe",
    help=_(
        "Turn recordings into text and subtitles, without a network.\n\n"
        "Each SOURCE is a sound or video file, a folder that is searched through, or - for standard input. "
        "Text goes to standard output as it is recognised, or into files with -o. "
        "A run that was interrupted goes on where it stopped."
    ),
)
@click.argument("sources", nargs=-1, required=True, metavar=_("SOURCE..."))
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path), help=_("Folder for the results."))
@click.option(
    "-f",
    "--format",
    "formats",
    default="txt",
    show_default=True,
    help=_("Formats, with commas between: txt,srt,vtt,json,tsv,html,docx,md."),
)
@click.option(
    "-l",
    "--language",
    default="auto",
    show_default=True,
    help=_("Language spoken: en, zh, …; auto detects it; mixed detects it for every phrase."),
)
@click.option("-e", "--engine", help=_("Speech engine: auto, whisper, vosk, …"))
@click.option("-m", "--model", help=_("Name of an installed model, or a folder that holds one."))
@click.option("--speakers", is_flag=True, help=_("Label who speaks; each label is a guess."))
@click.option("--numbers", is_flag=True, help=_("Write figures for spoken numbers, where that is sure."))
@click.option(
    "--script",
    type=click.Choice(["simplified", "traditional", "heard"]),
    default="simplified",
    show_default=True,
    help=_("Chinese characters to write."),
)
@click.option(
    "--channel",
    default="mix",
    show_default=True,
    help=_("Channel to hear: mix, left, right, each, or its number."),
)
@click.option("--track", help=_("Audio track of a video: its number or its language."))
@click.option(
    "--from", "start", type=_time, default="0", metavar=_("TIME"), help=_("Begin here: 90, 1:30 or 1:02:30.")
)
@click.option("--to", "end", type=_time, metavar=_("TIME"), help=_("Stop here."))
@click.option("--follow", is_flag=True, help=_("Wait for more: the file is still being written."))
@click.option("--words", is_flag=True, help=_("Mark the time of every word in vtt subtitles."))
@click.option(
    "--line-length", type=click.IntRange(1), help=_("Characters in a line of subtitles; 42 is usual.")
)
@click.option(
    "--wide-line-length",
    type=click.IntRange(1),
    help=_("Chinese characters in a line of subtitles; 16 is usual."),
)
@click.option("--lines", type=click.IntRange(1, 4), help=_("Lines of a subtitle; 2 is usual."))
@click.option("--children", is_flag=True, help=_("Leave more time to read the subtitles."))
@click.option(
    "--check", is_flag=True, help=_("Transcribe nothing: report what breaks the rules in srt and vtt files.")
)
@click.option(
    "--workers", type=click.IntRange(0, 64), help=_("Phrases to recognise at once; 0 is one per core.")
)
@click.option(
    "--cluster", metavar=_("ADDRESS"), help=_("Work on a Dask cluster, such as tcp://10.0.0.1:8786.")
)
@click.option(
    "--resume/--restart",
    default=True,
    show_default=True,
    help=_("Go on after an interruption, or begin anew and replace results."),
)
@click.option("--yes", is_flag=True, help=_("Install a missing model without asking."))
@click.option("-q", "--quiet", is_flag=True, help=_("Say nothing but errors."))
def command(*, sources: tuple[str, ...], check: bool, **flags: Any) -> int:
    """Run the command; the exit code is returned."""
    rules = _rules(flags)
    if check:
        from barrierfree.cli.subtitle_check import check_subtitles

        language = flags["language"]
        return check_subtitles(sources, rules, None if language in {"auto", "mixed"} else language)
    return _transcribe(sources, rules, flags)


def _transcribe(sources: tuple[str, ...], rules: SubtitleRules, flags: dict[str, Any]) -> int:
    from barrierfree.cli.narration import Narration
    from barrierfree.settings import load_settings
    from barrierfree.transcription.batch import plan
    from barrierfree.transcription.writers import check_formats

    settings = load_settings(workers=flags["workers"], engine=flags["engine"])
    folder: Path | None = flags["folder"]
    formats = check_formats(name.strip().lower() for name in flags["formats"].split(","))
    if folder is None and len(formats) > 1:
        raise _misused(_("Several formats need a folder: add -o FOLDER."))
    job = _job(settings.engine, flags)
    planned = plan(sources, job, folder=folder, formats=formats if folder else ())
    if folder is None and len(planned) > 1 and formats != ("txt",):
        # One after another, two files of subtitles are none.
        raise _misused(_("Several recordings in this format need a folder: add -o FOLDER."))
    if folder is not None:
        _see_whether_it_takes_results(folder)
    options: WriteOptions = {"rules": rules, "words": flags["words"]}
    told = Narration(len(planned), "" if folder else formats[0], options, quiet=flags["quiet"])
    todo = told.without_those_there(planned) if job.resume else planned
    if not flags["cluster"] and any(one.job.source == "-" or os.path.lexists(one.job.source) for one in todo):
        _offer_missing_models(job, yes=flags["yes"])
    with closing(_news(todo, _saving(options), settings.workers, flags["cluster"])) as news:
        return told.tell(news)


def _misused(message: str) -> click.UsageError:
    return click.UsageError(message, ctx=click.get_current_context())


def _see_whether_it_takes_results(folder: Path) -> None:
    """Find out before hours of work what would stop every result at their end.

    Raises:
        OutputError: The folder, or the one it is to be made in, cannot be written, or is a file.
    """
    from barrierfree.errors import OutputError

    there = folder.absolute()
    while not os.path.lexists(there) and there != there.parent:
        there = there.parent
    if not there.is_dir():
        raise OutputError(
            _("{file} is not a folder.").format(file=there), hint=_("Choose another folder with -o.")
        )
    if not os.access(there, os.W_OK | os.X_OK):
        raise OutputError(
            _("The folder {folder} may not be written.").format(folder=there),
            hint=_("Choose a place you may write to, or change its permissions."),
        )


def _job(engine: str, flags: dict[str, Any]) -> Job:
    """What is asked for, of whichever recording."""
    from barrierfree.transcription.job import Job

    if flags["end"] is not None and flags["end"] <= flags["start"]:
        raise _misused(_("--to must be later than --from."))
    names = ("language", "model", "speakers", "numbers", "script", "start", "end", "follow", "resume")
    asked = {name: flags[name] for name in names}
    asked |= {name: _number_or_name(flags[name]) for name in ("channel", "track")}
    return Job("", engine=engine, **asked)


def _rules(flags: dict[str, Any]) -> SubtitleRules:
    """The usual rules, but for what the flags say."""
    from dataclasses import replace

    from barrierfree.transcription.subtitles import SubtitleRules

    rules = SubtitleRules.for_children() if flags["children"] else SubtitleRules()
    given = {name: flags[name] for name in ("line_length", "wide_line_length", "lines") if flags[name]}
    return replace(rules, **given)


def _offer_missing_models(job: Job, *, yes: bool) -> None:
    """With no fitting model: ask once on a terminal, install with --yes, else say what to do.

    Raises:
        ModelNotFound: A model is missing, and was not installed.
    """
    from barrierfree.transcription.selection import choose, missing_models, voice_model

    for model in missing_models(job):
        from barrierfree.cli.models import offer

        if not offer(model, yes=yes):
            # Said once, not for every recording.
            choice = choose(job, lambda _teller: None)
            voice_model(choice.engine)


def _news(planned: list[Planned], put: Put, workers: int, cluster: str | None) -> Generator[News]:
    from barrierfree.transcription.batch import run_elsewhere, run_in_order

    if cluster:
        from barrierfree.transcription.cluster import cluster_executor

        with cluster_executor(cluster) as executor:
            yield from run_elsewhere(executor, planned, put)
        return
    from barrierfree.transcription.transcriber import Transcriber

    with Transcriber(workers=workers) as transcriber:
        yield from run_in_order(transcriber, planned, put)


def _saving(options: WriteOptions) -> Put:
    """Writes a transcript wherever it was planned to go."""
    from barrierfree.transcription.saving import save

    def put(transcript: Transcript, planned: Planned) -> None:
        for output in planned.outputs:
            here: WriteOptions = {**options, "media": _media(planned.job.source, output)}
            save(transcript, output, **here)

    return put


def _media(source: str, output: Path) -> str | None:
    """The recording as the page beside it finds it; None when it cannot be found again."""
    if source == "-":
        return None
    try:
        return Path(os.path.relpath(source, output.parent)).as_posix()
    except ValueError:  # on another drive
        return Path(source).absolute().as_uri()
