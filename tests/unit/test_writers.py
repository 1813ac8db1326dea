"""Every format says what was said, no more and no less, in exactly these bytes."""

import io
import json
import re
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from barrierfree.errors import UnknownFormat
from barrierfree.transcription.loading import load
from barrierfree.transcription.transcript import Damage, Segment, Transcript, Word
from barrierfree.transcription.writers import formats, write

GOLDEN = Path(__file__).parent.parent / "golden"

MEETING = Transcript(
    (
        Segment(
            0.52,
            2.9,
            "Good morning, everyone.",
            (
                Word(0.52, 0.8, "Good", 0.98),
                Word(0.8, 1.3, "morning,", 0.91),
                Word(1.9, 2.9, "everyone.", 0.31),
            ),
            "en",
            0.97,
            "Speaker 1",
            0.9,
            restored=True,
        ),
        Segment(3.0, 4.25, "Is *this* on? <b> & C:\\new", (), "en", None, "Speaker 1", 0.9),
        Segment(
            4.5,
            6.0,
            "大家好，今天讨论无障碍。",
            (Word(4.5, 5.0, "大家好，", 0.88), Word(5.0, 5.2, "今天"), Word(5.2, 6.0, "讨论无障碍。", 0.2)),
            "zh",
            0.88,
            "Speaker 2",
            0.4,
        ),
        Segment(9.5, 10.0005, "我同意。", (), "zh", 0.88, "Speaker 2", 0.4),
        Segment(3661.25, 3662.0, "One line,\nand\tanother.", (), "en"),
    ),
    "team|meeting.mp3",
    3665.5,
    None,
    "whisper",
    "base",
    (Damage(12.5, "some data is missing"),),
)


def written(transcript, form):
    return b"".join(write(transcript, form))


def document_in(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read("word/document.xml")


@pytest.mark.parametrize("form", ["txt", "tsv", "md", "json"])
def test_the_bytes_are_exactly_these(form):
    assert written(MEETING, form) == (GOLDEN / f"meeting.{form}").read_bytes()


def test_the_text_of_a_word_document_is_exactly_this():
    assert document_in(written(MEETING, "docx")) == (GOLDEN / "meeting.docx.xml").read_bytes()


def test_the_golden_json_is_still_read():
    assert load(GOLDEN / "meeting.json") == MEETING


@pytest.mark.parametrize("form", ["txt", "tsv", "md", "json", "docx"])
def test_nobody_speaking_is_no_special_case(form):
    assert written(Transcript(), form) == written(Transcript(), form)
    assert written(Transcript(), "txt") == b""


def test_all_formats_are_known_and_none_is_imported_before_it_is_used():
    import subprocess

    assert formats() == ("txt", "srt", "vtt", "json", "tsv", "html", "docx", "md")
    code = (
        "import sys, barrierfree.transcription.writers as w; w.formats();"
        "print([m for m in sys.modules if m.startswith('barrierfree.transcription.writers.') or m == 'docx'])"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"


def test_an_unknown_format_lists_the_known_ones():
    with pytest.raises(UnknownFormat, match='"pdf"') as caught:
        write(MEETING, "pdf")
    assert caught.value.hint == "Formats are: txt, srt, vtt, json, tsv, html, docx, md."


def test_a_missing_package_is_named_with_the_way_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.delitem(sys.modules, "barrierfree.transcription.writers.docx", raising=False)
    with pytest.raises(UnknownFormat, match="docx") as caught:
        write(MEETING, "docx")
    assert caught.value.hint == "Install it with: pip install 'barrierfree[docx]'"


texts = st.text(min_size=1, max_size=30)
spoken = st.lists(texts, min_size=1, max_size=5).map(
    lambda lines: Transcript(tuple(Segment(float(at), at + 0.5, line) for at, line in enumerate(lines)))
)


@given(transcript=spoken)
def test_text_and_table_have_one_line_per_segment_whatever_is_said(transcript):
    text = written(transcript, "txt").decode()
    assert len(text.splitlines()) == len(transcript.segments)
    table = written(transcript, "tsv").decode().split("\n")
    assert len(table) == len(transcript.segments) + 2
    assert all(line.count("\t") == 3 for line in table[:-1])


@given(transcript=spoken)
def test_a_table_gives_back_the_text_it_was_given(transcript):
    unescaped = {r"\\": "\\", r"\t": "\t", r"\n": "\n", r"\r": "\r"}

    lines = written(transcript, "tsv").decode().split("\n")[1:-1]
    for line, segment in zip(lines, transcript.segments, strict=True):
        cell = line.split("\t")[3]
        assert re.sub(r"\\.", lambda found: unescaped[found[0]], cell) == segment.text


plain = st.text(
    st.characters(min_codepoint=32, codec="utf-8", exclude_categories=("Cc", "Zl", "Zp", "Zs"))
    | st.just(" "),
    min_size=1,
    max_size=30,
).filter(str.strip)


def rendered(markdown):
    """What a reader sees: texts of headings, of table cells and of paragraphs."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return [
        "".join(child.content for child in token.children)
        for token in parser.parse(markdown)
        if token.type == "inline"
    ]


@settings(deadline=None)
@given(text=plain, name=plain, speaker=plain)
def test_markdown_shows_what_was_said_and_takes_none_of_it_for_markup(text, name, speaker):
    transcript = Transcript((Segment(1.0, 2.0, text, speaker=speaker),), name)
    seen = rendered(written(transcript, "md").decode())
    assert seen[0] == name.strip()
    assert seen[-1] == f"0:00:01 {speaker}: {text.strip()}"
    assert len(seen) == 7


@settings(deadline=None, max_examples=30)
@given(text=st.text(max_size=40))
def test_a_word_document_takes_any_text(text):
    content = written(Transcript((Segment(1.0, 2.0, f"a{text}"),), text), "docx")
    assert docx.Document(io.BytesIO(content)).paragraphs[-1].text.startswith("0:00:01 a")


def test_a_word_document_can_be_walked_through_with_a_screen_reader():
    document = docx.Document(io.BytesIO(written(MEETING, "docx")))
    styles = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    assert styles[0] == ("Title", "team|meeting.mp3")
    assert [text for style, text in styles if style == "Heading 1"] == [
        "About this transcript",
        "What was said",
    ]
    assert [text for style, text in styles if style == "Heading 2"] == ["0:00:00", "1:01:01"]
    assert document.core_properties.title == "team|meeting.mp3"
    table = document.tables[0]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert "w:tblDescription" in table._tbl.xml
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    assert all("w:lang" in run._r.xml for run in runs)
    assert 'w:eastAsia="zh-CN"' in next(run for run in runs if "无障碍" in run.text)._r.xml
    assert 'w:val="en"' in next(run for run in runs if "morning" in run.text)._r.xml


def test_a_word_document_is_the_same_on_every_day():
    content = written(MEETING, "docx")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in parts.read("docProps/core.xml")
    assert written(MEETING, "docx") == content


def speech(*said):
    return Transcript(tuple(Segment(float(start), float(end), text) for start, end, text in said), "a.wav")


def test_a_paragraph_ends_at_a_pause_and_a_minute_after_its_beginning():
    transcript = speech(
        (0, 5, "One."),
        (6, 10, "Two."),
        (12, 40, "Three."),
        (40, 80, "four"),
        (80, 81, "five."),
        (81, 82, "Six."),
    )
    assert rendered(written(transcript, "md").decode())[6:] == [
        "0:00:00 One. Two.",
        "0:00:12 Three. four five.",
        "0:01:21 Six.",
    ]


def test_chinese_sentences_are_joined_without_spaces():
    transcript = speech((0, 1, "你好。"), (1, 2, "再见。"), (2, 3, "OK."))
    assert "你好。再见。OK." in written(transcript, "md").decode()


def test_the_published_schema_names_exactly_the_fields_that_are_written():
    schema = json.loads((Path(__file__).parent.parent.parent / "docs/transcript-1.schema.json").read_bytes())
    value = json.loads(written(MEETING, "json"))
    segment, word, damage = (schema["$defs"][name]["properties"] for name in ("segment", "word", "damage"))
    assert list(schema["properties"]) == list(value)
    assert list(segment) == list(value["segments"][0])
    assert list(word) == list(value["segments"][0]["words"][0])
    assert list(damage) == list(value["damage"][0])
    assert schema["properties"]["version"]["const"] == value["version"]
