"""``barrierfree speak``: text in, speech out; hides what flags become, and that a book need not fit in."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from barrierfree.cli.terminal import DONE, Progress, exit_code_of, report, say
from barrierfree.wording import _

if TYPE_CHECKING:
    from barrierfree.errors import BarrierfreeError
    from barrierfree.speech.speaker import Speaker
    from barrierfree.speech.ticket import Ticket

__all__ = ["command"]

_AHEAD = 8
"""Sentences that wait in the queue, so that the length of a text does not matter."""


@click.command(
    "speak",
    help=_(
        "Read text aloud, without a network.\n\n"
        "Without TEXT, or with -, standard input is read and spoken as it arrives. "
        "Ctrl-C is silence at once."
    ),
)
@click.argument("text", nargs=-1, metavar=_("[TEXT | -]"))
@click.option("--voice", default="", help=_("Name of a voice; barrierfree voices lists them."))
@click.option("-l", "--language", help=_("Language of signs and figures where no letters tell: en, zh, …"))
@click.option(
    "--rate",
    type=click.IntRange(80, 900),
    default=175,
    show_default=True,
    help=_("Words per minute."),
)
@click.option(
    "--pitch",
    type=click.IntRange(0, 100),
    default=50,
    show_default=True,
    help=_("How high the voice is."),
)
@click.option(
    "--volume", type=click.IntRange(0, 100), default=100, show_default=True, help=_("How loud the voice is.")
)
@click.option("-e", "--engine", help=_("Voice engine: auto, espeak, pyttsx3, piper, …"))
@click.option(
    "--punctuation",
    type=click.Choice(["none", "some", "most", "all"]),
    default="some",
    show_default=True,
    help=_("How much punctuation is named."),
)
@click.option(
    "--dictionary",
    type=click.Path(),
    help=_("File of your own pronunciations, one a line: nginx = engine x"),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help=_("Write a sound file instead: .wav, .mp3, .ogg or .opus."),
)
def command(*, text: tuple[str, ...], output: Path | None, engine: str | None, **manner: Any) -> int:
    """Run the command; the exit code is returned."""
    if not text and sys.stdin.isatty():
        click.echo(click.get_current_context().get_help())
        return DONE
    from barrierfree.settings import load_settings
    from barrierfree.speech.choosing import choose_engine

    name = choose_engine(load_settings(speech_engine=engine).speech_engine)
    if output:
        return _save(_texts(text), output, name, manner)
    from barrierfree.speech.speaker import Speaker

    with Speaker(engine=name, **manner) as speaker:
        speaker.ready()
        return _Reading(speaker).read(_texts(text))


def _texts(text: tuple[str, ...]) -> Iterator[str]:
    """What is to be said, a sentence at a time where it is still being written."""
    if text and text != ("-",):
        yield " ".join(text)
        return
    from barrierfree.cli.arriving import arriving_sentences

    yield from arriving_sentences(sys.stdin.fileno())


def _save(texts: Iterable[str], output: Path, engine: str, flags: dict[str, Any]) -> int:
    from barrierfree.speech.saving_sound import check_format, save_speech
    from barrierfree.speech.speaker import manner_of
    from barrierfree.speech.utterance import Utterance
    from barrierfree.speech.voice import Voice

    check_format(output)  # before anything is read
    progress = Progress(output.name, None)
    with Voice(engine) as voice:
        utterances = (Utterance(text) for text in texts)
        try:
            save_speech(
                utterances, output, voice=voice, manner=manner_of(**flags).knowing(voice), progress=progress
            )
        finally:
            progress.clear()
    say(_("Written: {file}").format(file=output))
    return DONE


class _Reading:
    """Has one text after another said, and keeps an eye on what could not be."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._waiting: deque[Ticket] = deque()
        self._error: BarrierfreeError | None = None
        self._said = False
        """True when something could be."""

    def read(self, texts: Iterable[str]) -> int:
        """Say all of it; the exit code is that of the first that could not be said.

        Raises:
            BarrierfreeError: Nothing can be said.
        """
        from barrierfree.speech.rendering import breath
        from barrierfree.speech.utterance import Utterance, pause

        between = pause(breath(self._speaker.rate))
        for text in texts:
            self._waiting.append(self._speaker.say(Utterance(text, between)))
            while self._waiting and (len(self._waiting) > _AHEAD or self._waiting[0].is_over):
                self._see()
        while self._waiting:
            self._see()
        if self._error:
            report(self._error)
            return exit_code_of(self._error)
        return DONE

    def _see(self) -> None:
        """Wait for the first that is under way."""
        ticket = self._waiting[0]
        while not ticket.wait(0.5):  # on Windows, a longer wait could not be interrupted
            pass
        self._waiting.popleft()
        if ticket.error and not self._said:
            raise ticket.error
        self._error = self._error or ticket.error
        self._said = True
