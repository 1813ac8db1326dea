"""Subtitle files of every origin are understood, or refused with the line that is wrong."""

import pytest

from barrierfree.errors import UnreadableTranscript
from barrierfree.transcription.subtitles import Cue, read_srt, read_subtitles, read_vtt
from barrierfree.transcription.transcript import Word

ONE = (Cue(1.0, 2.5, ("Hello.",)),)


@pytest.mark.parametrize(
    "text",
    [
        "1\n00:00:01,000 --> 00:00:02,500\nHello.\n",
        "1\r\n00:00:01,000 --> 00:00:02,500\r\nHello.\r\n\r\n",
        "1\r00:00:01,000 --> 00:00:02,500\rHello.",
        "1\r\r\n00:00:01,000 --> 00:00:02,500\r\r\nHello.\r\r\n",
        "\ufeff1\n00:00:01,000 --> 00:00:02,500\nHello.",
        "00:00:01.000 --> 00:00:02.500\nHello.",
        "00:01,0 --> 00:02,5\nHello.",
        "\n\n 7 \n0:0:1,000-->0:0:2,500  X1:1 X2:2 Y1:3 Y2:4\n\n\nHello.\n\n\n",
        "1\n00:00:01,000 --> 00:00:02,500\n<i>Hello.</i>",
        "1\n00:00:01,000 --> 00:00:02,500\n{\\an8}<font color='red'>Hello.</font>",
        "1\n00:00:01,000 --> 00:00:02,500\n<v Ann>Hello.",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_srt_as_it_is_found_is_understood(text, encoding):
    assert read_srt(text.encode(encoding)) == ONE


def test_srt_without_blank_lines_between_subtitles_is_understood():
    text = "1\n00:00:01,000 --> 00:00:02,500\nHello.\n2\n00:00:03,000 --> 00:00:04,000\nBye.\n42\n"
    assert read_srt(text.encode()) == (*ONE, Cue(3.0, 4.0, ("Bye.", "42")))


def test_a_blank_line_inside_a_subtitle_loses_nothing():
    text = (
        "1\n00:00:01,000 --> 00:00:02,500\nHello.\n\nAre you there?\n\n2\n00:00:03,000 --> 00:00:04,000\n\n"
    )
    assert read_srt(text.encode()) == (Cue(1.0, 2.5, ("Hello.", "Are you there?")), Cue(3.0, 4.0, ()))


def test_a_comparison_and_an_arrow_in_speech_stay():
    text = "1\n00:00:01,000 --> 00:00:02,500\nIf a < b --> stop & go <3\n"
    assert read_srt(text.encode())[0].lines == ("If a < b --> stop & go <3",)


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_chinese_subtitles_of_any_age_are_understood(encoding):
    text = "1\n00:00:01,000 --> 00:00:02,500\n“大家好，”他说。\n今天讨论无障碍。\n"
    assert read_srt(text.encode(encoding))[0].lines == ("“大家好，”他说。", "今天讨论无障碍。")


def test_old_western_subtitles_keep_their_accents():
    text = "1\n00:00:01,000 --> 00:00:02,500\nÀ bientôt, mon château préféré – café…\n"
    assert read_srt(text.encode("cp1252"))[0].lines == ("À bientôt, mon château préféré – café…",)


def test_vtt_is_read_as_the_standard_says():
    text = """\ufeffWEBVTT - a title
Kind: captions

STYLE
::cue(v[voice=Ann]) { color: lime }

REGION
id:below

NOTE Nobody
reads this.

intro
00:01.000 --> 00:02.500 align:start position:10%
<v.loud Ann>Hello, <i.big>you</i> &amp; <c.red>you</c>.

100:00:03.000 --> 100:00:04.000\t line:0
<lang zh>你好</lang>&nbsp;<b>all</b> <00:59.000>1 < 2
-
00:05.000 --> 00:06.000
<v Ann>Yes.</v>
<v Bo>No.</v>
"""
    assert read_vtt(text.encode()) == (
        Cue(1.0, 2.5, ("Hello, you & you.",), "Ann"),
        Cue(
            360003.0, 360004.0, ("你好 all 1 < 2", "-"), None,
            (Word(360003.0, 360003.0, "你好 all"), Word(59.0, 360004.0, "1 < 2 -")),
        ),
        Cue(5.0, 6.0, ("Ann: Yes.", "Bo: No.")),
    )  # fmt: skip


def test_a_subtitle_right_below_another_in_vtt_begins_anew():
    text = "WEBVTT\n\n00:01.000 --> 00:02.500\nHello.\n00:03.000 --> 00:04.000\nBye."
    assert read_vtt(text.encode()) == (*ONE, Cue(3.0, 4.0, ("Bye.",)))


@pytest.mark.parametrize(
    ("read", "text", "line"),
    [
        (read_srt, "Dear diary,\ntoday nothing happened.\n", 1),
        (read_srt, "\n\nSome text\n\n1\n00:00:01,000 --> 00:00:02,500\nHello.\n", 3),
        (read_srt, "1\n00:00:01,000 --> 00:00:02,500\nHello.\n\n2\n00:00:03,000 --> soon\nBye.\n", 6),
        (read_srt, "1\n00:00:01,000 -->\nHello.\n", 2),
        (read_srt, "\x7fELF\0\0\1", 1),
        (read_vtt, "1\n00:00:01,000 --> 00:00:02,500\nHello.\n", 1),
        (read_vtt, "WEBVTTX\n\n00:01.000 --> 00:02.500\nHello.\n", 1),
        (read_vtt, "", 1),
        (read_vtt, "WEBVTT\n\n00:01,000 --> 00:02,500\nHello.\n", 3),
        (read_vtt, "WEBVTT\n\n00:01.000 --> 00:62.500\nHello.\n", 3),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line_and_what_to_do(read, text, line):
    with pytest.raises(UnreadableTranscript, match=f"^Line {line}: ") as told:
        read(text.encode())
    assert told.value.hint
    assert "\n" not in told.value.message + told.value.hint


def test_a_file_is_read_by_what_is_in_it(tmp_path):
    (tmp_path / "a.srt").write_bytes(b"WEBVTT\n\n00:01.000 --> 00:02.500\nHello.\n")
    (tmp_path / "b.vtt").write_bytes((tmp_path / "a.srt").read_bytes())
    (tmp_path / "c.SRT").write_bytes(b"00:01,000 --> 00:02,500\nHello.\n")
    assert read_subtitles(tmp_path / "a.srt") == read_subtitles(str(tmp_path / "b.vtt")) == ONE
    assert read_subtitles(tmp_path / "c.SRT") == ONE


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "bad.vtt").write_bytes(b"1\n00:00:01,000 --> 00:00:02,500\nHello.\n")
    with pytest.raises(UnreadableTranscript, match=r"^bad\.vtt: Line 1: "):
        read_subtitles(tmp_path / "bad.vtt")
    with pytest.raises(UnreadableTranscript, match=r"none\.srt cannot be read: No such file"):
        read_subtitles(tmp_path / "none.srt")
    with pytest.raises(UnreadableTranscript):
        read_subtitles(tmp_path)
