"""What was added to a log since it was last asked; hides how each kind of log keeps its lines."""

from __future__ import annotations

from typing import Final

from textual.widgets import Log, RichLog

from barrierfree.tui.hooks import log_count, log_lines
from barrierfree.wording import ngettext

__all__ = ["LogTail"]

_MOST: Final = 5
"""Lines that are said at once; of more, they are counted, and the last one said."""
_SEARCHED: Final = 500
"""Lines of a log that keeps only its last ones: so far back the line that was said last is looked for."""


class LogTail:
    """The end of one log: it begins where the log ends now."""

    def __init__(self, log: Log | RichLog) -> None:
        self._log = log
        self._count = log_count(log)
        self._last = log_lines(log, 3)

    def forget(self) -> None:
        """Take all that is in it for news."""
        self._count, self._last = 0, []

    def news(self) -> str:
        """The lines that are new, one under the other; when they are many, how many and the last."""
        count = log_count(self._log)
        grown = self._grown(count)
        new = self._new(count)
        self._count, self._last = count, log_lines(self._log, 3)
        lines = [line for line in map(str.strip, [grown, *log_lines(self._log, min(new, _MOST))]) if line]
        if new <= _MOST or not lines:
            return "\n".join(lines)
        more = ngettext("{number} more line", "{number} more lines", new - 1).format(number=new - 1)
        return f"{more}\n{lines[-1]}"

    def _grown(self, count: int) -> str:
        """What was added to the line that was the last one: a log may be written in pieces."""
        if not self._last or not 0 < self._count <= count:
            return ""
        before, now = self._last[-1], log_lines(self._log, count - self._count + 1)[:1]
        return now[0][len(before) :] if now and now[0] != before and now[0].startswith(before) else ""

    def _new(self, count: int) -> int:
        """How many lines are new."""
        log = self._log
        if isinstance(log, Log) and log.max_lines and count == self._count >= log.max_lines:
            return self._new_among_kept(log)
        return count - self._count if count >= self._count else count  # fewer: it was cleared meanwhile

    def _new_among_kept(self, log: Log) -> int:
        """The same of a log that is full, and so has as many lines as before."""
        kept = log_lines(log, _SEARCHED)
        width = len(self._last)
        for new in range(len(kept) - width + 1):
            if kept[len(kept) - width - new : len(kept) - new] == self._last:
                return new
        return len(kept)
