"""What was installed, written into a model's folder as its last file; hides the JSON.

A folder with a receipt is a whole model: every file had the right hash when the receipt was written.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from barrierfree.models.model import ModelFile

__all__ = ["RECEIPT", "Receipt", "read_receipt", "receipt_text"]

RECEIPT = "installed.json"
_FORMAT = 1


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


def _receipt(values: dict[str, Any]) -> Receipt:
    if values.pop("format") != _FORMAT:
        raise ValueError("written by another version")
    texts = [values[key] for key in ("name", "engine", "kind", "source", "date")]
    languages, files = values.pop("languages"), values.pop("files")
    if not all(isinstance(text, str) for text in (*texts, *languages)) or not isinstance(values["rank"], int):
        raise TypeError("not of the right form")
    return Receipt(**values, languages=tuple(languages), files=tuple(ModelFile(**one) for one in files))
