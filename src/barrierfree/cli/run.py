"""``barrierfree run``: any Textual program, spoken; hides that it shares its process with us.

The program gets what Python would give it. What is wrong with its voice is told in a line; it runs without.
"""

from __future__ import annotations

import atexit
import io
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

import click

from barrierfree.cli.terminal import DONE, INTERRUPTED, report
from barrierfree.errors import BarrierfreeError
from barrierfree.wording import _

if TYPE_CHECKING:
    from barrierfree.reading.settings import ReadingSettings
    from barrierfree.speech.speaker import Speaker
    from barrierfree.tui.screen_reader import ScreenReader

__all__ = ["command"]

_VOICE_SECONDS = 0.5
"""So long the program waits for a voice, so that what is wrong with it can still be read."""
_CRASHED = 1
"""Python's own exit code for a program that ends with a traceback."""


class _RunCommand(click.Command):
    """Its own options end where the program begins: all that follows is the program's."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, self._parted(ctx, args))

    def _parted(self, ctx: click.Context, args: list[str]) -> list[str]:
        valued = {
            name
            for option in self.get_params(ctx)
            if isinstance(option, click.Option) and not option.is_flag
            for name in option.opts
        }
        at = 0
        while at < len(args) and args[at].startswith("-") and args[at] != "--":
            if args[at] == "-m":
                return [*args[: at + 2], "--", *args[at + 2 :]]
            at += 2 if args[at] in valued else 1
        return args


@click.command(
    "run",
    cls=_RunCommand,
    context_settings={"allow_interspersed_args": False},
    help=_(
        "Run a Textual app and read it aloud.\n\n"
        "PROGRAM is a Python file, a command, or module:App. "
        "It needs no change, and gets all arguments that follow its name."
    ),
)
@click.argument("program", nargs=-1, metavar=_("PROGRAM [ARGUMENTS]…"))
@click.option("-m", "module", metavar=_("MODULE"), help=_("Run a module, as python -m does."))
@click.option(
    "--verbosity",
    type=click.Choice(["plain", "normal", "full"]),
    help=_("How much is said: plain is for people who still see."),
)
@click.option(
    "--key-echo",
    type=click.Choice(["none", "characters", "words", "both"]),
    help=_("What is said while you type."),
)
@click.option(
    "--rate", type=click.IntRange(80, 900), default=175, show_default=True, help=_("Words per minute.")
)
@click.option("--voice", default="", help=_("Name of a voice; barrierfree voices lists them."))
@click.option("-l", "--language", help=_("Language of what barrierfree adds: en or zh."))
@click.option("-e", "--engine", help=_("Voice engine: auto, espeak, pyttsx3, piper, …"))
@click.option("--help-keys", is_flag=True, help=_("List the keys of the screen reader and exit."))
def command(
    *, program: tuple[str, ...], module: str | None, language: str | None, help_keys: bool, **flags: Any
) -> int:
    """Run the command; the exit code is returned, unless the program leaves by itself."""
    if language:
        from barrierfree.wording import speak_to_people_in

        speak_to_people_in(language)
    settings = _settings(flags.pop("verbosity"), flags.pop("key_echo"))
    if help_keys:
        from barrierfree.reading.keymap import Keymap

        click.echo("\n".join(Keymap(settings).help_lines()))
        return DONE
    if not program and not module:
        raise click.UsageError(_("Name the program to run."))
    code = _run(program, module, settings, {**flags, "language": language})
    if code == INTERRUPTED:
        _die_of_interrupt()
    return code


def _settings(verbosity: str | None, key_echo: str | None) -> ReadingSettings:
    from barrierfree.reading.settings import KeyEcho, ReadingSettings, Verbosity

    usual = ReadingSettings()
    return ReadingSettings(
        verbosity=Verbosity(verbosity) if verbosity else usual.verbosity,
        key_echo=KeyEcho(key_echo) if key_echo else usual.key_echo,
    )


def _run(
    program: tuple[str, ...], module: str | None, settings: ReadingSettings, flags: dict[str, Any]
) -> int:
    from barrierfree.tui.running import find_program

    found = find_program(module or program[0], as_module=bool(module))
    arguments = list(program if module else program[1:])
    speaker = _speaker(flags)
    reader = _reader(speaker, settings) if speaker else None
    _as_python_gives_them()
    try:
        return _Run(found, arguments).to_the_end()
    finally:
        if reader:
            reader.detach()
        if speaker:
            _end(speaker)


def _speaker(flags: dict[str, Any]) -> Speaker | None:
    """Someone to speak; None, and a line on what is wrong, where nobody can."""
    from barrierfree.settings import load_settings
    from barrierfree.speech.choosing import choose_engine
    from barrierfree.speech.speaker import Speaker

    try:
        engine = choose_engine(load_settings(speech_engine=flags.pop("engine")).speech_engine)
        speaker = Speaker(engine=engine, **flags)
        try:
            speaker.ready(_VOICE_SECONDS)
        except BarrierfreeError:
            speaker.close()
            raise
    except BarrierfreeError as error:
        report(error)
        return None
    return speaker


def _reader(speaker: Speaker, settings: ReadingSettings) -> ScreenReader:
    from barrierfree.tui.screen_reader import ScreenReader

    return ScreenReader(speaker, settings).attach_to_all()


def _end(speaker: Speaker) -> None:
    """Be silent; a voice that failed late is told of now."""
    try:
        speaker.ready(0)
    except BarrierfreeError as error:
        report(error)
    finally:
        speaker.close()


def _as_python_gives_them() -> None:
    """Signals and standard output the way the program would find them without us."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="strict", newline=None)


class _Run:
    """One run of a program, from its first line to the exit code."""

    def __init__(self, program: Any, arguments: list[str]) -> None:
        self._program = program
        self._arguments = arguments

    def to_the_end(self) -> int:
        """Run it. A traceback of the program is shown as Python shows it, and ends it as Python ends it."""
        from barrierfree.tui.running import run_program, traceback_of_program

        try:
            run_program(self._program, self._arguments)
        except BarrierfreeError as error:
            if traceback_of_program(error) is None:
                raise
            self._show(error)
        except KeyboardInterrupt as error:
            self._show(error)
            return INTERRUPTED
        except Exception as error:  # noqa: BLE001  whatever the program raises
            self._show(error)
        else:
            return DONE
        return _CRASHED

    def _show(self, error: BaseException) -> None:
        from barrierfree.tui.running import traceback_of_program

        trace = traceback_of_program(error)
        sys.excepthook(type(error), error.with_traceback(trace), trace)


def _die_of_interrupt() -> NoReturn:
    """End by the signal, as Python does after all the rest: a shell's loop stops only for that."""
    atexit._run_exitfuncs()  # noqa: SLF001  Python runs them before it does the same
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    os._exit(INTERRUPTED)
