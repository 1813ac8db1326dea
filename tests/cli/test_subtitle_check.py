"""``--check`` names every place where subtitles break the rules, wherever they come from."""

import os
import random
import subprocess

import pytest
from tests.cli.running import COMMAND, barrierfree, recorded

BAD = """1
00:00:01,000 --> 00:00:01,400
Too short a time for all of this, and far too long a line.

2
00:00:01,200 --> 00:00:09,000
One
two
three

3
00:00:09,020 --> 00:00:11,000

"""
FOUND = """bad.srt:1: 00:00:01.000 line-too-long: Line 1 has 58 characters; 42 fit.
bad.srt:1: 00:00:01.000 too-short: It is shown for 0.400 seconds; at least 0.833 are needed.
bad.srt:1: 00:00:01.000 too-fast: It has 145.0 characters a second; 20.0 can be read.
bad.srt:2: 00:00:01.200 overlap: It begins before the one above it has ended.
bad.srt:2: 00:00:01.200 too-many-lines: It has 3 lines; 2 are allowed.
bad.srt:2: 00:00:01.200 too-long: It is shown for 7.800 seconds; at most 7.000 are allowed.
bad.srt:3: 00:00:09.020 gap-too-small: The gap before it is 0.020 seconds; at least 0.083 are needed.
bad.srt:3: 00:00:09.020 empty: It has no text.
"""
GOOD = "1\n00:00:01,000 --> 00:00:03,000\nHello there.\n"
UNAVOIDABLE = {"too-short", "too-fast", "bad-break"}
"""What speech may leave no choice about: see barrierfree.transcription.subtitles.check."""


@pytest.fixture
def here(tmp_path):
    (tmp_path / "bad.srt").write_text(BAD)
    (tmp_path / "good.srt").write_text(GOOD)
    return tmp_path


def test_every_breach_is_one_line_with_file_number_time_and_rule(here):
    done = barrierfree("transcribe", "--check", "bad.srt", cwd=here)
    assert (done.code, done.text) == (1, FOUND)
    assert done.lines == ["1 file checked: 8 places break the rules."]


def test_good_subtitles_have_nothing_on_standard_output(here):
    done = barrierfree("transcribe", "--check", "good.srt", cwd=here)
    assert (done.code, done.out) == (0, b"")
    assert done.lines == ["1 file checked: 0 places break the rules."]


def test_a_folder_is_searched_through_for_subtitles(here):
    (here / "deep").mkdir()
    (here / "deep" / "again.vtt").write_text("WEBVTT\n\n" + GOOD.partition("\n")[2].replace(",", "."))
    (here / "deep" / "notes.txt").write_text(BAD)
    done = barrierfree("transcribe", "--check", here)
    assert done.code == 1
    assert done.text == FOUND.replace("bad.srt", str(here / "bad.srt"))
    assert done.lines == ["3 files checked: 8 places break the rules."]


def test_the_limits_are_those_of_the_flags(here):
    strict = barrierfree("transcribe", "--check", "good.srt", "--line-length", "5", cwd=here)
    assert (strict.code, strict.text.count("\n")) == (1, 1)
    assert "12 characters; 5 fit" in strict.text
    loose = barrierfree("transcribe", "--check", "bad.srt", "--line-length", "60", "--lines", "3", cwd=here)
    assert "line-too-long" not in loose.text
    assert "too-many-lines" not in loose.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.srt", None, "missing.srt cannot be read"),
        ("words.srt", b"just words, no times\n", "words.srt: Line 1"),
        ("wrong.vtt", GOOD.encode(), "wrong.vtt: "),
        ("bytes.srt", bytes(range(1, 256)) * 20, "bytes.srt: Line "),
    ],
)
def test_what_is_no_subtitle_file_is_one_clear_error_and_the_others_are_checked(here, name, content, said):
    if content is not None:
        (here / name).write_bytes(content)
    done = barrierfree("transcribe", "--check", name, "bad.srt", cwd=here)
    assert (done.code, done.text) == (4, FOUND)
    assert said in done.lines[0]
    assert done.lines[1].startswith("  ")
    assert done.lines[-1].startswith("1 file checked")
    # In a folder too, the bad one comes first or last.
    assert barrierfree("transcribe", "--check", ".", cwd=here).text == FOUND


def test_a_folder_without_subtitles_is_one_clear_error(tmp_path):
    done = barrierfree("transcribe", "--check", tmp_path)
    assert (done.code, done.out) == (4, b"")
    assert "holds no subtitles" in done.lines[0]


@pytest.mark.parametrize("form", ["srt", "vtt"])
def test_subtitles_made_here_break_no_rule_that_the_speech_leaves_a_choice_about(tmp_path, form):
    for number in range(3):
        picture = "".join("#" * random.randint(1, 9) + "." * random.randint(1, 4) for _run in range(12))
        recorded(tmp_path / "in" / f"{number}.flac", picture)
    for flags in ([], ["--words"], ["--children"], ["--line-length", "30"]):
        out = tmp_path / "-".join(["out", *flags])
        assert barrierfree("transcribe", tmp_path / "in", "-f", form, "-o", out, *flags).code == 0
        limits = [flag for flag in flags if flag != "--words"]
        done = barrierfree("transcribe", "--check", out, *limits)
        assert done.lines[0].startswith("3 files checked")
        rules = {line.split(" ")[2].rstrip(":") for line in done.text.splitlines()}
        assert rules <= UNAVOIDABLE, done.text


@pytest.mark.parametrize("terminal", [{}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}], ids=str)
def test_names_and_words_of_any_script_come_out_as_utf8(tmp_path, terminal):
    (tmp_path / "字幕.srt").write_text("1\n00:00:01,000 --> 00:00:03,000\n是的\n。你好\n", encoding="utf-8")
    done = barrierfree("transcribe", "--check", "字幕.srt", cwd=tmp_path, env=terminal)
    assert done.code == 1
    assert done.text == '字幕.srt:1: 00:00:01.000 bad-break: Line 2 begins with "。".\n'


def test_a_name_that_is_not_text_is_shown_without_breaking_the_line(tmp_path):
    name = os.fsdecode(b"caf\xe9\n.srt")
    (tmp_path / name).write_text(BAD)
    done = barrierfree("transcribe", "--check", name, cwd=tmp_path)
    assert done.code == 1
    assert all(line.startswith(r"caf\udce9\n.srt:") for line in done.text.splitlines())


def test_a_reader_of_the_breaches_that_has_enough_is_no_error(here):
    cues = (f"{number}\n00:00:01,000 --> 00:00:01,100\nHi.\n" for number in range(9000))
    (here / "long.srt").write_text("\n".join(cues))
    script = 'set -o pipefail; "$@" | head -n 1'
    arguments = ["/bin/bash", "-c", script, "bash", *COMMAND, "transcribe", "--check", here / "long.srt"]
    run = subprocess.run(arguments, capture_output=True, timeout=60)
    assert (run.returncode, run.stdout.count(b"\n")) == (0, 1)
    assert run.stderr == b""
