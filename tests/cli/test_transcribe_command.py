"""One recording in, words out: what goes to standard output, what to stderr, and which part is heard."""

import json
import os
import subprocess
import threading
import time
from pathlib import Path

import pytest
from tests.cli.running import COMMAND, barrierfree, journals, recorded, started

TEXT = "Alpha bravo.\nEcho foxtrot.\n"
ENGINE = "Engine: scripted (It needs no model.)"


@pytest.fixture
def talk(tmp_path):
    return recorded(tmp_path / "talk.wav", "##..##..")


def segments(done):
    return json.loads(done.out)["segments"]


def test_the_text_goes_to_standard_output_and_nothing_else_does(talk):
    done = barrierfree("transcribe", talk)
    assert (done.code, done.text) == (0, TEXT)


def test_the_engine_and_the_reason_for_it_are_said_on_stderr(talk):
    assert barrierfree("transcribe", talk).lines[0] == ENGINE


def test_quiet_says_nothing(talk, tmp_path):
    assert barrierfree("transcribe", "-q", talk).err == ""
    done = barrierfree("transcribe", "--quiet", talk, "-o", tmp_path / "out")
    assert (done.code, done.out, done.err) == (0, b"", "")


def test_text_comes_line_by_line_while_the_work_goes_on(tmp_path):
    talk = recorded(tmp_path / "talk.wav", "##.." * 10)
    env = {"BARRIERFREE_SCRIPTED_DELAY": "0.5", "BARRIERFREE_WORKERS": "1"}
    with started("transcribe", talk, env=env) as run:
        first = run.stdout.readline()
        assert run.poll() is None
        rest, _said = run.communicate(timeout=60)
    assert first + rest == TEXT.encode() * 5
    assert run.returncode == 0


@pytest.mark.parametrize("form", ["txt", "srt", "vtt", "json", "tsv", "docx", "md"])
def test_standard_output_gets_the_very_bytes_a_file_gets(talk, tmp_path, form):
    barrierfree("transcribe", talk, "-f", form, "-o", tmp_path)
    done = barrierfree("transcribe", talk, "-f", form.upper())
    assert done.out == (tmp_path / f"talk.{form}").read_bytes() != b""


def test_a_reader_that_has_enough_is_no_error(tmp_path):
    talk = recorded(tmp_path / "talk.wav", "##.." * 10)
    slowly = {**os.environ, "BARRIERFREE_SCRIPTED_DELAY": "0.2", "BARRIERFREE_WORKERS": "1"}
    script = 'set -o pipefail; "$@" | head -n 1'
    arguments = ["/bin/bash", "-c", script, "bash", *COMMAND, "transcribe", talk]
    run = subprocess.run(arguments, capture_output=True, env=slowly, timeout=60)
    assert (run.returncode, run.stdout) == (0, b"Alpha bravo.\n")
    assert b"Traceback" not in run.stderr
    assert b"Errno" not in run.stderr


def test_nobody_listening_to_stderr_does_not_stop_the_work(talk, tmp_path):
    script = '"$@" -o "$0" 2>&1 >/dev/null | true; exit ${PIPESTATUS[0]}'
    for number in range(3):
        folder = tmp_path / str(number)
        arguments = ["/bin/bash", "-c", script, folder, *COMMAND, "transcribe", talk]
        assert subprocess.run(arguments, timeout=60).returncode == 0
        assert (folder / "talk.txt").read_text() == TEXT


@pytest.mark.parametrize("closed", ["<&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_standard_streams_may_be_closed_or_full(talk, tmp_path, closed):
    script = f'"$@" -o "$0" {closed}'
    arguments = ["/bin/bash", "-c", script, tmp_path / "out", *COMMAND, "transcribe", talk]
    assert subprocess.run(arguments, capture_output=True, timeout=60).returncode == 0
    assert (tmp_path / "out" / "talk.txt").read_text() == TEXT


def test_a_full_standard_output_is_one_clear_error_and_nothing_is_lost(talk):
    with Path("/dev/full").open("wb") as full:
        done = barrierfree("transcribe", "-q", talk, stdout=full)
    assert done.code == 4
    assert done.lines[0] == "Standard output cannot be written: No space left on device."
    assert len(done.lines) == 2
    assert len(journals()) == 1
    again = barrierfree("transcribe", talk)
    assert "going on at" in again.err
    assert again.text == TEXT
    assert journals() == []


@pytest.mark.parametrize("ending", ["wav", "mp3", "m4a", "opus", "flac", "mkv"])
def test_every_usual_kind_of_file_is_heard(tmp_path, ending):
    done = barrierfree("transcribe", recorded(tmp_path / f"talk.{ending}", "##..##.."))
    assert (done.code, done.text) == (0, TEXT)


def test_a_video_is_heard_like_a_recording(tmp_path):
    talk = recorded(tmp_path / "talk.mkv", "##..##..", video=True)
    assert barrierfree("transcribe", talk).text == TEXT


def test_a_recording_in_which_nobody_speaks_is_no_error(tmp_path):
    done = barrierfree("transcribe", recorded(tmp_path / "quiet.wav", "......"))
    assert (done.code, done.text) == (0, "")
    assert "nobody speaks" in done.err


def test_standard_input_is_a_recording(talk):
    piped = barrierfree("transcribe", "-", input=talk.read_bytes())
    with talk.open("rb") as file:
        redirected = barrierfree("transcribe", "-", stdin=file)
    assert (piped.code, piped.text) == (redirected.code, redirected.text) == (0, TEXT)
    assert journals() == []


def test_standard_input_can_go_into_files(talk, tmp_path):
    done = barrierfree("transcribe", "-", "-f", "txt,json", "-o", tmp_path / "out", input=talk.read_bytes())
    assert done.code == 0
    assert (tmp_path / "out" / "stdin.txt").read_text() == TEXT
    assert json.loads((tmp_path / "out" / "stdin.json").read_text())["source"] == "-"


def test_a_named_pipe_is_a_recording(talk, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with started("transcribe", pipe) as run:
        pipe.write_bytes(talk.read_bytes())
        assert run.communicate(timeout=60)[0].decode() == TEXT


def test_a_file_that_still_grows_can_be_followed(talk, tmp_path):
    whole = talk.read_bytes()
    growing = tmp_path / "growing.wav"
    growing.write_bytes(whole[: len(whole) // 3])

    def write_the_rest():
        with growing.open("ab") as file:
            for at in range(len(whole) // 3, len(whole), 20_000):
                time.sleep(0.2)
                file.write(whole[at : at + 20_000])
                file.flush()

    writer = threading.Thread(target=write_the_rest)
    writer.start()
    done = barrierfree("transcribe", "--follow", growing)
    writer.join()
    assert (done.code, done.text) == (0, TEXT)
    assert journals() == []


def test_a_part_of_a_recording_keeps_the_times_of_the_whole(tmp_path):
    talk = recorded(tmp_path / "talk.wav", "##..##..##..##..")
    whole = segments(barrierfree("transcribe", talk, "-f", "json"))
    assert [one["start"] for one in whole] == [0.0, 2.0, 4.0, 6.0]
    part = segments(barrierfree("transcribe", talk, "-f", "json", "--from", "0:01.5", "--to", "00:00:05.5"))
    assert part == whole[1:3]
    assert segments(barrierfree("transcribe", talk, "-f", "json", "--from", "4")) == whole[2:]


def test_one_channel_can_be_heard_or_each_apart(tmp_path):
    talk = recorded(tmp_path / "talk.flac", "##......", "....##..")
    mixed, left, right, second = (
        barrierfree("transcribe", talk, "--channel", channel).text
        for channel in ("mix", "left", "right", "1")
    )
    assert (mixed, left, right, second) == (TEXT, "Alpha bravo.\n", "Echo foxtrot.\n", right)
    each = barrierfree("transcribe", talk, "--channel", "each", "-f", "json")
    assert [(one["start"], one["speaker"]) for one in segments(each)] == [(0.0, "Left"), (2.0, "Right")]


def test_a_track_is_chosen_by_number_or_language(tmp_path):
    film = recorded(tmp_path / "film.mkv", "##..", tracks=2, languages=("eng", "chi"), video=True)
    for track in ("0", "1", "en", "zh"):
        assert barrierfree("transcribe", film, "--track", track).text == "Alpha bravo.\n"
    done = barrierfree("transcribe", film, "--track", "fr")
    assert done.code == 4
    assert "eng" in done.err
    assert "chi" in done.err


def test_the_results_do_not_depend_on_how_many_work_at_once(tmp_path):
    talk = recorded(tmp_path / "talk.wav", "##..###.#.." * 4)
    texts = {barrierfree("transcribe", talk, "-f", "json", "--workers", str(n)).out for n in (1, 2, 7)}
    assert len(texts) == 1
