"""Help pages in Chinese whose lines fit the terminal; hides how they are broken and how wide they are.

Click counts characters and breaks lines at spaces. A Chinese character takes two columns of a terminal, and
Chinese has no spaces: click's own lines would be twice as long as the terminal is wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from barrierfree.cli.columns import columns
from barrierfree.wording import _

__all__ = ["WideHelp"]

_NARROWEST = 10
"""Columns that an explanation gets, however little is left for it."""


class WideHelp(click.HelpFormatter):
    """Click's formatter, with lines measured in columns and broken where Chinese may be broken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that says how the command is written; no space after a full-width colon."""
        super().write_usage(prog, args, _("Usage:") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """The name of a section."""
        self.write(f"{'':{self.current_indent}}" + _("{heading}:").format(heading=heading) + "\n")

    def write_text(self, text: str) -> None:
        """Paragraphs, with an empty line between them."""
        room = self.width - self.current_indent
        lines = [
            "\n".join(f"{'':{self.current_indent}}{line}" for line in _lines(paragraph, room))
            for paragraph in text.split("\n\n")
        ]
        self.write("\n\n".join(lines) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Terms on the left, explanations on the right; under a term that leaves no room for it."""
        rows = [*rows]
        left = min(max(columns(term) for term, _text in rows), col_max) + col_spacing
        room = max(self.width - self.current_indent - left, _NARROWEST)
        for term, text in rows:
            lines = [*_lines(text, room)]
            if columns(term) > left - col_spacing:
                lines.insert(0, "")
            first, *more = lines or [""]
            self._write_row(term + " " * max(0, left - columns(term)) + first)
            for line in more:
                self._write_row(" " * left + line)

    def _write_row(self, text: str) -> None:
        self.write(f"{'':{self.current_indent}}{text}".rstrip() + "\n")


def _lines(text: str, room: int) -> Iterator[str]:
    """The text in lines of at most so many columns; only a single longer word is not torn."""
    from barrierfree.transcription.subtitles.breaking import pieces

    # What click adds to an explanation, "[default: 175; 80<=x<=900]", is broken at its ";" only.
    text, bracket, added = text.partition("  [")
    remarks = f"[{added}".replace("; ", "；\0").split("\0") if bracket else []
    line = ""
    for piece, spaced in [*pieces(text), *((remark, not at) for at, remark in enumerate(remarks))]:
        longer = f"{line} {piece}" if spaced and line else f"{line}{piece}"
        if line and columns(longer) > room:
            yield line
            line = piece
        else:
            line = longer
    if line:
        yield line
