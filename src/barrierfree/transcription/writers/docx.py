"""A transcript as a Word document that a screen reader can work with; hides python-docx and the file's XML.

Real headings to jump by, a title, a table whose first row is marked as its header and which has a
description, and the language of every run, so that a voice or a Braille table fits what was said. The
document follows ISO/IEC 29500 (Office Open XML). The same transcript gives the same bytes: the times
that a zip archive and Word note down are fixed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from barrierfree.transcription.transcript import Transcript
from barrierfree.transcription.writers.paragraphs import Paragraph, clock, facts, one_line, paragraphs
from barrierfree.wording import _, interface_language

__all__ = ["write"]

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip archive can hold."""
_EAST_ASIAN = {"zh": "zh-CN", "ja": "ja-JP", "ko": "ko-KR"}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters no XML 1.0 document may hold (production 2, "Char")."""


def write(transcript: Transcript, **_options: Any) -> Iterator[bytes]:
    """The document, in one piece."""
    document = docx.Document()
    _describe(document, transcript)
    _add(document, _title(transcript), "Title")
    _add(document, _("About this transcript"), "Heading 1")
    _add_facts(document, facts(transcript))
    _add(document, _("What was said"), "Heading 1")
    for paragraph in paragraphs(transcript):
        if paragraph.chapter:
            _add(document, clock(paragraph.start), "Heading 2")
        _add_speech(document, paragraph)
    yield _packed(document)


def _title(transcript: Transcript) -> str:
    return one_line(transcript.source).strip() or _("Transcript")


def _describe(document: Any, transcript: Transcript) -> None:
    """Properties of the file, and the language of whatever has none of its own."""
    about = document.core_properties
    about.title = _sound(_title(transcript))[:255]  # the most that OPC allows here
    about.author = "barrierfree"
    about.last_modified_by = "barrierfree"
    about.comments = ""
    about.language = _language_tag(transcript.language)
    about.created = about.modified = datetime(*_EPOCH[:3], tzinfo=UTC)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(_lang(transcript.language))


def _language_tag(language: str | None) -> str:
    code = language or interface_language().replace("_", "-")
    return _EAST_ASIAN.get(code, code)


def _lang(language: str | None) -> Any:
    """Word keeps two languages for a run: one for East Asian characters, one for all others."""
    tag = _language_tag(language)
    east_asian = tag in _EAST_ASIAN.values()
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), "en-US" if east_asian else tag)
    element.set(qn("w:eastAsia"), tag if east_asian else "zh-CN")
    return element


def _add(document: Any, text: str, style: str) -> None:
    _add_run(document.add_paragraph(style=style), text, interface_language()[:2])


def _add_run(paragraph: Any, text: str, language: str | None, *, bold: bool = False) -> None:
    run = paragraph.add_run(_sound(text))
    if bold:
        run.bold = True
    run._r.get_or_add_rPr().append(_lang(language))  # noqa: SLF001  python-docx has no word for languages


def _add_speech(document: Any, speech: Paragraph) -> None:
    paragraph = document.add_paragraph()
    time = clock(speech.start)
    label = f"{time} {speech.speaker}: " if speech.speaker else f"{time} "
    _add_run(paragraph, label, interface_language()[:2], bold=True)
    _add_run(paragraph, speech.text, speech.language)


def _add_facts(document: Any, pairs: list[tuple[str, str]]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    language = interface_language()[:2]
    for number, pair in enumerate([(_("Fact"), _("Value")), *pairs]):
        row = table.add_row()
        for cell, text in zip(row.cells, pair, strict=True):
            _add_run(cell.paragraphs[0], text, language, bold=number == 0)
    header = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(header)  # noqa: SLF001  python-docx cannot mark header rows
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), _("Facts about the recording and how it was transcribed."))
    table._tbl.tblPr.append(description)  # noqa: SLF001  nor describe tables


def _sound(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _packed(document: Any) -> bytes:
    """The document as a file, without the time at which it was packed."""
    made, fixed = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(fixed, "w") as packed:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            # By itself this would differ between Windows and the rest.
            entry.create_system = 3
            packed.writestr(entry, parts.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
