"""What every command does alike at the terminal; hides stderr, progress, broken pipes and exit codes.

stdout carries results only, as UTF-8 unless it is a terminal; everything said to the user goes to stderr,
one line at a time. The exit codes are decided here and nowhere else:

    0  done
    1  barriers found (a check was asked for and found something)
    2  a command, flag or setting was wrong
    3  an engine or model is missing or broke
    4  a recording, document or output could not be read or written
    130  interrupted with Ctrl-C; 143 or 129: told to end, or the terminal was closed
"""

from __future__ import annotations

import io
import os
import re
import signal
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NoReturn

import click

from barrierfree.cli.columns import columns
from barrierfree.errors import BarrierfreeError, EngineError, OutputError, SettingsError, UnknownFormat
from barrierfree.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

__all__ = [
    "BARRIERS", "DONE", "INPUT", "INTERRUPTED", "Progress", "ReaderLeft", "clock", "exit_code_of",
    "leave", "one_line", "report", "run", "say",
]  # fmt: skip

DONE, BARRIERS, USAGE, ENGINE, INPUT, INTERRUPTED = 0, 1, 2, 3, 4, 130

_PLAIN_STEPS = 10
"""Without a terminal, progress is a line every 10 percent."""
_REDRAW_SECONDS = 0.1
_USUAL_WIDTH = 80
"""Columns of a terminal that does not say how wide it is."""
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What breaks lines, steers the terminal, turns the writing direction, or is no character at all."""


class ReaderLeft(Exception):
    """Whoever reads our output has enough (``| head``): nothing went wrong, nobody is there to be told."""


class _ToldToEnd(KeyboardInterrupt):
    """SIGTERM or SIGHUP: all is tidied up as after Ctrl-C."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.exit_code = 128 + number


def run(command: click.Command, arguments: list[str] | None = None) -> int:
    """Run a click command and return the exit code; only our own words reach the user."""
    try:
        _set_up_streams()
        with _tidy_when_told_to_end():
            outcome = command.main(args=arguments, prog_name="barrierfree", standalone_mode=False)
    except click.ClickException as error:
        _report_usage(error)
        return USAGE
    except (KeyboardInterrupt, click.Abort) as stop:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
        say(_("Stopped."))
        # Click raises its own exception from the one that was noted where the work stopped.
        for note in getattr(stop.__cause__ or stop, "__notes__", ()):
            say(f"  {note}")
        cause = stop.__cause__ or stop.__context__ or stop
        return cause.exit_code if isinstance(cause, _ToldToEnd) else INTERRUPTED
    except BarrierfreeError as error:
        report(error)
        return exit_code_of(error)
    except ReaderLeft:
        _drop("stdout")
        return DONE
    except OSError as error:
        if error.filename is not None:
            raise
        _drop("stdout")
        report(_unwritable(error))
        return INPUT
    return outcome if isinstance(outcome, int) else DONE


@contextmanager
def _tidy_when_told_to_end() -> Iterator[None]:
    """Unless somebody wants these signals ignored, as nohup does: Python would leave half a file behind."""

    def end(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)  # once is enough
        raise _ToldToEnd(number)

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    usual = [one for one in numbers if signal.getsignal(one) is signal.SIG_DFL]
    try:
        for one in usual:
            with suppress(ValueError):  # not in the main thread: whoever called us sees to signals
                signal.signal(one, end)
        yield
    finally:
        for one in usual:
            with suppress(ValueError):
                signal.signal(one, signal.SIG_DFL)


def leave(code: int) -> NoReturn:
    """End the process. After a signal at once: a thread that waits for standard input cannot be woken."""
    if code > 128:  # noqa: PLR2004  as shells count
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)
    sys.exit(code)


def exit_code_of(error: BarrierfreeError) -> int:
    """The exit code that stands for an error."""
    if isinstance(error, SettingsError | UnknownFormat):
        return USAGE
    return ENGINE if isinstance(error, EngineError) else INPUT


def say(text: str) -> None:
    """One line to the user, on stderr."""
    _tell(one_line(text) + "\n")


def one_line(text: str) -> str:
    """The text as one line that leaves the terminal alone, whatever is in the file names it contains."""
    return _UNSHOWABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def _tell(text: str) -> None:
    try:
        click.echo(text, err=True, nl=False)
    except OSError:
        # Nobody listens any more, or the disk with the log is full: no reason to stop the work.
        _drop("stderr")


def report(error: BarrierfreeError, about: str = "") -> None:
    """An error to the user: what happened, and what to do next."""
    say(f"{about}: {error.message}" if about else error.message)
    if error.hint:
        say(f"  {error.hint}")


def _report_usage(error: click.ClickException) -> None:
    from barrierfree.cli.click_words import said_by_click

    say(said_by_click(error))
    context = getattr(error, "ctx", None)
    name = context.command_path if context else "barrierfree"
    say("  " + _("See how it is used: {command} --help").format(command=name))


def _unwritable(error: OSError) -> OutputError:
    return OutputError(
        _("Standard output cannot be written: {error}.").format(error=error.strerror or error),
        hint=_("Free some disk space, then run the same command again."),
    )


def _set_up_streams() -> None:
    """Standard streams that can be used whatever they are: closed, a file, a terminal of any encoding."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            # Left closed, its number would go to the next file opened, and a library's chatter into that.
            handle = os.open(os.devnull, os.O_RDWR)
            if handle != number:
                os.dup2(handle, number)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
    if isinstance(sys.stdout, io.TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def _drop(name: str) -> None:
    """Let a stream that cannot be written any more swallow the rest, also what Python flushes at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), getattr(sys, name).fileno())


def clock(seconds: float) -> str:
    """A length of time as 0:07, 12:34 or 1:02:03."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


class Progress:
    """How far a long job is: a bar on a terminal, a line every 10 percent elsewhere.

    Args:
        label: What is being worked on.
        total: Its size in any unit (seconds, bytes); None when unknown.
        before: How much of it an earlier run has done; that says nothing about the pace of this one.
        now: The clock, in seconds.
    """

    def __init__(
        self,
        label: str,
        total: float | None,
        *,
        before: float = 0.0,
        quiet: bool = False,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._label = one_line(label)
        self._total = total
        self._before = before
        self._now = now
        self._since: tuple[float, float] | None = None
        self._drawn_at = -1.0
        self._step = int(_PLAIN_STEPS * before / total) if total else 0
        self._shown = not quiet
        self._terminal = sys.stderr.isatty()

    def __call__(self, done: float) -> None:
        """Say that this much is done."""
        if not self._shown:
            return
        if self._since is None and done > self._before:
            self._since = self._now(), done
        if self._terminal:
            self._draw(done)
        elif self._total:
            step = int(_PLAIN_STEPS * min(1.0, done / self._total))
            if step > self._step:
                self._step = step
                share = _("{number} %").format(number=step * 100 // _PLAIN_STEPS)
                say(f"{self._label}: {share}{self._left(done)}")

    def clear(self) -> None:
        """Take the bar off the screen, to write something else."""
        if self._shown and self._terminal and self._drawn_at >= 0:
            _tell("\r\x1b[K")

    def _draw(self, done: float) -> None:
        if self._now() - self._drawn_at < _REDRAW_SECONDS:
            return
        self._drawn_at = self._now()
        if not self._total:
            state = f"  {clock(done)}"
        else:
            share = min(1.0, done / self._total)
            filled = round(20 * share)
            state = f"  [{'#' * filled}{'.' * (20 - filled)}] {share:4.0%}{self._left(done)}"
        # A line that wraps could not be taken back.
        room = _width_of_terminal() - 1 - columns(state)
        _tell(f"\r\x1b[K{_shortened(self._label, room)}{state}")

    def _left(self, done: float) -> str:
        """Time left, once enough has been done to tell."""
        if self._total is None or self._since is None:
            return ""
        spent, gained = self._now() - self._since[0], done - self._since[1]
        if gained <= 0 or spent < 1:
            return ""
        left = max(0.0, self._total - done) * spent / gained
        return _(", ") + _("{time} left").format(time=clock(left))


def _width_of_terminal() -> int:
    with suppress(OSError, ValueError):
        return os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL_WIDTH
    return _USUAL_WIDTH


def _shortened(text: str, room: int) -> str:
    if columns(text) <= room:
        return text
    while text and columns(text) >= room:
        text = text[:-1]
    return f"{text}…"
