"""What an app shows of its own work: progress, logs, charts; hides how much of it there is."""

from __future__ import annotations

from typing import Final

from textual.widget import Widget
from textual.widgets import LoadingIndicator, Log, ProgressBar, RichLog, Sparkline

from barrierfree.semantics import Live, Node, Position, Role, State
from barrierfree.tui.hooks import log_lines
from barrierfree.tui.text import one_line
from barrierfree.tui.widgets.kind import Kind, nothing
from barrierfree.wording import _

__all__ = ["KINDS"]

_TAIL: Final = 10
"""Lines of a log that a node holds: the last ones."""


def _progress(widget: ProgressBar) -> Node:
    fraction = widget.percentage
    return Node(
        Role.PROGRESSBAR,
        states=frozenset({State.BUSY}) if fraction is None else frozenset(),
        fraction=fraction,
        live=Live.POLITE,
    )


def _progress_text(widget: ProgressBar) -> str:
    return "" if widget.percentage is None else f"{round(100 * widget.percentage)}%"


def _loading(_widget: LoadingIndicator) -> Node:
    return Node(Role.PROGRESSBAR, states=frozenset({State.BUSY}), live=Live.POLITE)


def _loading_name(_widget: LoadingIndicator) -> str:
    return _("Loading")


def _log(widget: Log | RichLog) -> Node:
    lines = widget.line_count if isinstance(widget, Log) else len(widget.lines)
    return Node(Role.LOG, value=_tail(widget), live=Live.POLITE, position=Position(rows=lines))


def _tail(widget: Log | RichLog) -> str:
    return "\n".join(filter(None, map(one_line, log_lines(widget, _TAIL))))


def _sparkline(widget: Sparkline) -> Node:
    return Node(Role.IMG, value=_sparkline_text(widget))


def _sparkline_text(widget: Sparkline) -> str:
    """What one sees at a glance: how far it goes down and up, and where it is now."""
    data = list(widget.data or ())
    if not data:
        return _("no data")
    low, high, last = (f"{number:g}" for number in (min(data), max(data), data[-1]))
    return _("lowest {low}, highest {high}, last {last}").format(low=low, high=high, last=last)


_LOG = Kind(_log, inside=nothing, text=_tail, labelled=True)

KINDS: dict[type[Widget], Kind] = {
    ProgressBar: Kind(_progress, inside=nothing, text=_progress_text, labelled=True),
    LoadingIndicator: Kind(_loading, inside=nothing, text=_loading_name, spare_name=_loading_name),
    Log: _LOG,
    RichLog: _LOG,
    Sparkline: Kind(_sparkline, inside=nothing, text=_sparkline_text, labelled=True),
}
