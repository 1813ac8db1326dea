"""What every command does alike at the terminal; hides stderr, progress, broken pipes and exit codes.

stdout carries results only; everything said to the user goes to stderr. The exit codes are decided here
and nowhere else:

    0  done
    1  barriers found (a check was asked for and found something)
    2  a command, flag or setting was wrong
    3  an engine or model is missing or broke
    4  a recording, document or output could not be read or written
    130  interrupted with Ctrl-C
"""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import click

from barrierfree.errors import BarrierfreeError, EngineError, SettingsError, UnknownFormat
from barrierfree.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BARRIERS", "DONE", "INPUT", "INTERRUPTED", "Progress", "clock", "exit_code_of", "run", "say"]

DONE, BARRIERS, USAGE, ENGINE, INPUT, INTERRUPTED = 0, 1, 2, 3, 4, 130

_PLAIN_STEPS = 10
"""Without a terminal, progress is a line every 10 percent."""
_REDRAW_SECONDS = 0.1


def run(command: click.Command, arguments: list[str] | None = None) -> int:
    """Run a click command and return the exit code; only our own words reach the user."""
    try:
        outcome = command.main(args=arguments, prog_name="barrierfree", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return USAGE
    except (KeyboardInterrupt, click.Abort):
        say(_("Stopped."))
        return INTERRUPTED
    except BarrierfreeError as error:
        report(error)
        return exit_code_of(error)
    except BrokenPipeError:
        # The reader of our output has left (``| head``): nobody is there to be told.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return outcome if isinstance(outcome, int) else DONE


def exit_code_of(error: BarrierfreeError) -> int:
    """The exit code that stands for an error."""
    if isinstance(error, SettingsError | UnknownFormat):
        return USAGE
    return ENGINE if isinstance(error, EngineError) else INPUT


def say(text: str) -> None:
    """One line to the user, on stderr."""
    click.echo(text, err=True)


def report(error: BarrierfreeError, about: str = "") -> None:
    """An error to the user: what happened, and what to do next."""
    say(f"{about}: {error.message}" if about else error.message)
    if error.hint:
        say(f"  {error.hint}")


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
        now: The clock, in seconds.
    """

    def __init__(
        self,
        label: str,
        total: float | None,
        *,
        quiet: bool = False,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._label = label
        self._total = total
        self._now = now
        self._begun = now()
        self._first: float | None = None
        self._drawn_at = -1.0
        self._step = 0
        self._shown = not quiet
        self._terminal = sys.stderr.isatty()

    def __call__(self, done: float) -> None:
        """Say that this much is done."""
        if not self._shown:
            return
        if self._first is None:
            self._first = done
        if self._terminal:
            self._draw(done)
        elif self._total:
            step = int(_PLAIN_STEPS * min(1.0, done / self._total))
            if step > self._step:
                self._step = step
                say(f"{self._label}: {step * 100 // _PLAIN_STEPS} %{self._left(done)}")

    def clear(self) -> None:
        """Take the bar off the screen, to write something else."""
        if self._shown and self._terminal and self._drawn_at >= 0:
            click.echo("\r\x1b[K", err=True, nl=False)

    def _draw(self, done: float) -> None:
        if self._now() - self._drawn_at < _REDRAW_SECONDS:
            return
        self._drawn_at = self._now()
        if not self._total:
            line = f"{self._label}  {clock(done)}"
        else:
            share = min(1.0, done / self._total)
            filled = round(20 * share)
            line = f"{self._label}  [{'#' * filled}{'.' * (20 - filled)}] {share:4.0%}{self._left(done)}"
        click.echo(f"\r\x1b[K{line}", err=True, nl=False)

    def _left(self, done: float) -> str:
        """Time left, once enough has been done to tell."""
        spent, gained = self._now() - self._begun, done - (self._first or 0)
        if not self._total or gained <= 0 or spent < 1:
            return ""
        return ", " + _("{time} left").format(time=clock((self._total - done) * spent / gained))
