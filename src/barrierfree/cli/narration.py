"""What the user is told while recordings are transcribed; hides what goes to stdout and what to stderr.

Text goes to stdout as it is recognised. Everything about the work (which engine, how far, what is
damaged, where results are) goes to stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from barrierfree.cli.terminal import DONE, INPUT, Progress, clock, exit_code_of, report, say
from barrierfree.transcription.batch import Failed, Finished, News, Planned, Started, Working
from barrierfree.transcription.transcript import Segment, Transcript
from barrierfree.transcription.writers import WriteOptions, write
from barrierfree.wording import _, ngettext

__all__ = ["Narration"]


@dataclass(slots=True)
class _Tally:
    """How the batch went."""

    done: int = 0
    there: int = 0
    damaged: int = 0
    failed: int = 0
    code: int = DONE


class Narration:
    """Tells how a batch goes, from its news.

    Args:
        count: How many recordings there are; more than one get a summary at the end.
        form: Format of the standard output; empty when results go to files.
        options: How that format is written.
        quiet: Say nothing but errors.
    """

    def __init__(self, count: int, form: str, options: WriteOptions, *, quiet: bool) -> None:
        self._count = count
        self._form = form
        self._options = options
        self._quiet = quiet
        self._tally = _Tally()
        self._progress: Progress | None = None
        self._under_way: Started | None = None
        self._told: set[str] = set()

    def without_those_there(self, planned: Sequence[Planned]) -> list[Planned]:
        """The recordings still to be done; the others are named."""
        for one in planned:
            if one.is_there:
                self._tally.there += 1
                self._say(_("{name}: already done; --restart does it again.").format(name=one.job.source))
        return [one for one in planned if not one.is_there]

    def tell(self, batch: Iterable[News]) -> int:
        """Follow a batch to its end; the exit code is that of the worst that happened."""
        try:
            for news in batch:
                self._tell(news)
        except KeyboardInterrupt as stop:
            self._clear()
            self._note_how_to_go_on(stop)
            raise
        if self._count > 1:
            self._summary()
        return self._tally.code

    def _tell(self, news: News) -> None:
        match news:
            case Started():
                self._started(news)
            case Segment():
                self._segment(news)
            case Working():
                self._advance()
            case Finished():
                self._finished(news)
            case Failed():
                self._failed(news)

    def _started(self, news: Started) -> None:
        transcription, name = news.transcription, news.planned.job.source
        choice = transcription.choice
        line = _("Engine: {engine} ({reason})").format(
            engine=f"{choice.engine} {choice.model}".strip(), reason=choice.reason
        )
        if line not in self._told:
            self._told.add(line)
            self._say(line)
        if transcription.resumed_at is not None:
            at = clock(transcription.resumed_at)
            self._say(_("{name}: going on at {time}, where the last run stopped.").format(name=name, time=at))
        self._under_way = news
        begin, end = news.planned.job.start, transcription.duration
        if end is not None and news.planned.job.end is not None:
            end = min(end, news.planned.job.end)
        self._progress = Progress(
            Path(name).name,
            None if end is None else end - begin,
            before=max(0.0, (transcription.resumed_at or 0.0) - begin),
            quiet=self._quiet,
        )

    def _segment(self, segment: Segment) -> None:
        if self._form == "txt":
            self._clear()
            from barrierfree.transcription.writers.txt import line_of

            click.echo(line_of(segment))
        self._advance()

    def _advance(self) -> None:
        if self._progress and self._under_way:
            begin = self._under_way.planned.job.start
            self._progress(self._under_way.transcription.position - begin)

    def _finished(self, news: Finished) -> None:
        self._clear()
        self._progress = None
        transcript, name = news.transcript, news.planned.job.source
        if self._form and self._form != "txt":
            _print(transcript, self._form, self._options)
        if not transcript.segments:
            self._say(_("{name}: nobody speaks in it.").format(name=name))
        for output in news.planned.outputs:
            self._say(_("Written: {file}").format(file=output))
        self._tally.done += 1
        if transcript.damage:
            self._damaged(name, transcript)

    def _damaged(self, name: str, transcript: Transcript) -> None:
        self._tally.damaged += 1
        self._tally.code = max(self._tally.code, INPUT)
        first, *more = transcript.damage
        line = _("{name}: damaged at {time}: {reason} What could be read was kept.").format(
            name=name, time=clock(first.start), reason=first.reason
        )
        if more:
            line += " " + ngettext(
                "{n} more place is damaged.", "{n} more places are damaged.", len(more)
            ).format(n=len(more))
        say(line)

    def _failed(self, news: Failed) -> None:
        self._clear()
        self._progress = None
        name = news.planned.job.source
        report(news.error, name if self._count > 1 and name not in news.error.message else "")
        self._tally.failed += 1
        self._tally.code = max(self._tally.code, exit_code_of(news.error))

    def _summary(self) -> None:
        tally = self._tally
        parts = [ngettext("{n} recording done", "{n} recordings done", tally.done).format(n=tally.done)]
        if tally.there:
            parts.append(_("{n} already there").format(n=tally.there))
        if tally.damaged:
            parts.append(_("{n} damaged").format(n=tally.damaged))
        if tally.failed:
            parts.append(_("{n} failed").format(n=tally.failed))
        self._say(_(", ").join(parts) + _("."))

    def _note_how_to_go_on(self, stop: KeyboardInterrupt) -> None:
        now = self._under_way
        if not now or not now.transcription.journaled:
            return
        if now.planned.job.resume:
            stop.add_note(_("What is recognised is kept: the same command goes on from there."))
        else:
            stop.add_note(_("What is recognised is kept: without --restart, the command goes on from there."))

    def _say(self, text: str) -> None:
        if not self._quiet:
            self._clear()
            say(text)

    def _clear(self) -> None:
        if self._progress:
            self._progress.clear()


def _print(transcript: Transcript, form: str, options: WriteOptions) -> None:
    stream = sys.stdout.buffer
    for piece in write(transcript, form, **options):
        stream.write(piece)
    stream.flush()
