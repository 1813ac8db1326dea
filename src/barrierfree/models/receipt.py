"""What was installed, written into a model's folder as its last file; hides the JSON.

A folder with a receipt is a whole model: every file had the right hash when the receipt was written.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from barrierfree.models.model import ModelFile

__all__ = ["RECEIPT", "Receipt", "read_receipt", "receipt_text"]

RECEIPT = "installed.json"
_FORMAT = 1
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Receipt:
    """One installed model."""

    name: str
    engine: str
    kind: str
    languages: tuple[str, ...]
    rank: int
    source: str
    """Where it came from: "mirror", "registry", "official" or "disk"."""
    date: str
    """When, ISO 8601 in UTC."""
    files: tuple[ModelFile, ...]


def receipt_text(receipt: Receipt) -> str:
    """The receipt as it is written."""
    return json.dumps({"format": _FORMAT, **asdict(receipt)}, ensure_ascii=False, indent=1) + "\n"


def read_receipt(folder: Path) -> Receipt | None:
    """The receipt in a model's folder; None when there is none, or none that can be understood."""
    try:
        return _receipt(json.loads((folder / RECEIPT).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _receipt(values: Any) -> Receipt:
    if values["format"] != _FORMAT:
        raise ValueError("written by another version")
    return Receipt(
        name=_of(str, values["name"]),
        engine=_of(str, values["engine"]),
        kind=_of(str, values["kind"]),
        languages=tuple(_of(str, one) for one in _of(list, values["languages"])),
        rank=_of(int, values["rank"]),
        source=_of(str, values["source"]),
        date=_of(str, values["date"]),
        files=tuple(
            ModelFile(_of(str, one["name"]), _of(int, one["size"]), _of(str, one["sha256"]))
            for one in _of(list, values["files"])
        ),
    )


def _of(kind: type[Kind], value: Any) -> Kind:
    # Not isinstance: True is a whole number to Python.
    if type(value) is not kind:
        raise TypeError("not of the right form")
    return value
