"""The list of models on paper and as JSON; hides columns and how wide Chinese is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from barrierfree.cli.columns import columns
from barrierfree.wording import _

if TYPE_CHECKING:
    from barrierfree.models import InstalledModel, Model

__all__ = ["print_json", "print_table", "size_text"]


def size_text(size: int) -> str:
    """A size in bytes as people read it."""
    return f"{size / 10**9:.1f} GB" if size >= 10**9 else f"{-(-size // 10**6)} MB"


def print_table(models: list[Model], here: dict[str, InstalledModel]) -> None:
    """Print models as a table for people.

    Args:
        models: In the order to print.
        here: Those that are installed, by name.
    """
    rows = [(_("NAME"), _("HEARS"), _("SIZE"), _("LICENCE"), _("INSTALLED"), _("PUBLISHED ERROR"))]
    for model in models:
        hears = "-" if model.kind == "voice" else " ".join(model.languages).replace("*", _("many"))
        rows.append(
            (
                model.name,
                hears,
                size_text(model.size),
                model.licence,
                _("installed") if model.name in here else "-",
                model.error or "-",
            )
        )
    widths = [max(columns(row[at]) for row in rows) for at in range(len(rows[0]) - 1)]
    for row in rows:
        cells = [cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]))


def print_json(models: list[Model], here: dict[str, InstalledModel]) -> None:
    """Print models as JSON for programs."""
    import json

    rows = [
        {
            "name": model.name,
            "title": model.title,
            "kind": model.kind,
            "engine": model.engine,
            "languages": model.languages,
            "size": model.size,
            "disk_size": model.disk_size,
            "licence": model.licence,
            "error": model.error,
            "suggested": model.suggested,
            "installed": str(here[model.name].path) if model.name in here else None,
        }
        for model in models
    ]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
