"""Whenever a run is killed, the same command goes on, and what it writes is what it would have written."""

import os
import random
import shutil
import subprocess
import sys
import time
import wave
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.cli.running import barrierfree, journals, recorded, started
from tests.conftest import EXAMPLES

DYING = Path(__file__).with_name("dying.py")
FORMATS = ("-f", "srt,json,txt")
SLOWLY = {"BARRIERFREE_SCRIPTED_DELAY": "0.2", "BARRIERFREE_WORKERS": "2"}
TALK = "##.###..#.##..###.##...#.##.###.##..####" * 2
"""40 seconds, several sentences to a phrase."""


def results(folder):
    """What has its final name in a folder."""
    if not folder.is_dir():
        return {}
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")}


@pytest.fixture(scope="module")
def talk(tmp_path_factory):
    return recorded(tmp_path_factory.mktemp("talk") / "talk.wav", TALK)


@pytest.fixture
def whole(talk, tmp_path):
    """What an uninterrupted run writes."""
    assert barrierfree("transcribe", talk, *FORMATS, "-o", tmp_path / "whole").code == 0
    return results(tmp_path / "whole")


@pytest.fixture
def full_journal(talk, tmp_path):
    """The journal of a run that failed at its very end, because a folder stands where a result belongs."""
    (tmp_path / "out" / "talk.srt").mkdir(parents=True)
    assert barrierfree("transcribe", talk, *FORMATS, "-o", tmp_path / "out").code == 4
    (tmp_path / "out" / "talk.srt").rmdir()
    return journals()[0]


def state(folder):
    """A state folder of its own, so that runs beside each other do not share their journals."""
    return {"XDG_STATE_HOME": str(folder)}


def files_below(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def killed_at(step, talk, out, *flags):
    """Run the command and kill it in front of a step on the disk; False when it came to its end before."""
    folders = (str(out), os.environ["XDG_STATE_HOME"])
    arguments = [sys.executable, DYING, str(step), *folders, "transcribe", talk, *FORMATS, "-o", out, *flags]
    run = subprocess.run(arguments, capture_output=True, timeout=60)
    assert run.returncode in {0, -9}, run.stderr.decode()
    return run.returncode == -9


def test_killed_at_any_step_on_the_disk_the_next_run_ends_as_if_nothing_had_been(talk, whole, tmp_path):
    step = 1
    while killed_at(step, talk, out := tmp_path / str(step)):
        # Whatever has its name already is whole.
        assert results(out).items() <= whole.items()
        assert barrierfree("transcribe", talk, *FORMATS, "-o", out).code == 0
        assert results(out) == whole, step
        assert journals() == [], step
        step += 1
    # The journal, the folder, three results that are written, renamed and made last, the journal's end.
    assert step > 10


def test_a_killed_restart_never_leaves_a_mixture_of_old_and_new_results(talk, whole, tmp_path):
    step = 1
    old = dict.fromkeys(whole, b"old")
    while True:
        out = tmp_path / str(step)
        out.mkdir()
        for name, content in old.items():
            (out / name).write_bytes(content)
        if not killed_at(step, talk, out, "--restart"):
            break
        assert barrierfree("transcribe", talk, *FORMATS, "-o", out).code == 0
        assert results(out) in (old, whole), step
        assert journals() == [], step
        step += 1
    assert results(out) == whole
    assert step > 10


@pytest.mark.slow
def test_killed_at_fifty_random_moments_the_next_run_ends_as_if_nothing_had_been(talk, whole, tmp_path):
    begun = time.monotonic()
    assert barrierfree("transcribe", talk, "-o", tmp_path / "timed", env=SLOWLY).code == 0
    took = time.monotonic() - begun

    def kill_and_go_on(moment):
        folder = tmp_path / f"{moment:.6f}"
        arguments = ("transcribe", talk, *FORMATS, "-o", folder / "out")
        with started(*arguments, env=SLOWLY | state(folder)) as run:
            time.sleep(moment)
            run.kill()
            run.communicate()
        assert results(folder / "out").items() <= whole.items(), moment
        done = barrierfree(*arguments, env=state(folder))
        assert done.code == 0, (moment, done.err)
        assert results(folder / "out") == whole, moment
        assert files_below(folder / "barrierfree") == [], moment
        return "going on at" in done.err

    moments = [random.uniform(0, took) for _number in range(50)]
    with ThreadPoolExecutor(2) as two_at_a_time:
        went_on = list(two_at_a_time.map(kill_and_go_on, moments))
    # Most of a run is recognising: those kills cost nothing that was recognised.
    assert sum(went_on) > 10


def test_killed_again_and_again_it_still_comes_to_the_end(talk, whole, tmp_path):
    arguments = ("transcribe", talk, *FORMATS, "-o", tmp_path / "out")
    reached = []
    for _number in range(8):
        with started(*arguments, env=SLOWLY) as run:
            for line in run.stderr:
                if b"going on at" in line:
                    reached.append(line)
                # Kill as soon as one more tenth is done.
                if b"%" in line:
                    break
            run.kill()
            run.communicate()
    assert barrierfree(*arguments).code == 0
    assert results(tmp_path / "out") == whole
    assert journals() == []
    assert reached == sorted(reached)
    assert len(set(reached)) > 3


@pytest.mark.parametrize("share", [0.0, 0.1, 0.37, 0.62, 0.9, 0.999])
def test_a_journal_that_was_torn_anywhere_is_used_up_to_there(talk, whole, full_journal, tmp_path, share):
    with full_journal.open("r+b") as file:
        file.truncate(int(share * full_journal.stat().st_size))
    done = barrierfree("transcribe", talk, *FORMATS, "-o", tmp_path / "out")
    assert done.code == 0
    assert ("going on at" in done.err) == (share > 0.3)
    assert results(tmp_path / "out") == whole
    assert journals() == []


def test_a_journal_with_junk_in_it_is_used_up_to_the_junk(talk, whole, full_journal, tmp_path):
    lines = full_journal.read_bytes().splitlines(keepends=True)
    junk = random.randbytes(40).replace(b"\n", b"")
    full_journal.write_bytes(b"".join([*lines[:4], junk, b"\n", *lines[5:]]))
    assert barrierfree("transcribe", talk, *FORMATS, "-o", tmp_path / "out").code == 0
    assert results(tmp_path / "out") == whole


def test_the_journal_of_a_recording_that_was_changed_is_not_used(tmp_path):
    # Changed in the middle and just as long as before: a name that was made unrecognisable.
    before = "##.." * 45
    talk = recorded(tmp_path / "talk.wav", before)
    (tmp_path / "out" / "talk.txt").mkdir(parents=True)
    assert barrierfree("transcribe", talk, "-o", tmp_path / "out").code == 4
    (tmp_path / "out" / "talk.txt").rmdir()
    recorded(talk, before[:88] + "...." + before[92:])
    done = barrierfree("transcribe", talk, "-o", tmp_path / "out")
    assert "going on at" not in done.err
    assert (tmp_path / "out" / "talk.txt").read_text().count("\n") == 44
    assert journals() == []


@pytest.mark.parametrize("flags", [["-l", "zh"], ["--from", "1"], ["--channel", "0"]])
def test_the_journal_of_other_options_is_not_used(talk, full_journal, tmp_path, flags):
    done = barrierfree("transcribe", talk, *FORMATS, "-o", tmp_path / "out", *flags)
    assert done.code == 0
    assert "going on at" not in done.err
    assert journals() == [full_journal]


def test_a_renamed_recording_and_another_format_go_on_with_the_journal(talk, full_journal, tmp_path):
    renamed = tmp_path / "renamed.wav"
    shutil.copy(talk, renamed)
    done = barrierfree("transcribe", renamed, "-f", "vtt", "--numbers", "-o", tmp_path / "out")
    assert "going on at 0:40" in done.err
    assert journals() == []


def test_two_runs_of_the_same_job_at_once_are_both_right(talk, whole, tmp_path):
    with started("transcribe", talk, *FORMATS, "-o", tmp_path / "one", env=SLOWLY) as first:
        first.stderr.readline()
        second = barrierfree("transcribe", talk, *FORMATS, "-o", tmp_path / "other")
        assert first.poll() is None
        assert "going on at" not in second.err
        assert (second.code, results(tmp_path / "other")) == (0, whole)
        first.communicate(timeout=60)
    assert (first.returncode, results(tmp_path / "one")) == (0, whole)
    assert journals() == []


def test_two_runs_of_the_same_job_into_the_same_files_are_both_right(talk, whole, tmp_path):
    arguments = ("transcribe", talk, *FORMATS, "-o", tmp_path / "out")
    with started(*arguments) as first, started(*arguments) as second:
        first.communicate(timeout=60)
        second.communicate(timeout=60)
    assert (first.returncode, second.returncode) == (0, 0)
    assert results(tmp_path / "out") == whole
    assert journals() == []


def test_of_many_recordings_only_the_unfinished_ones_are_taken_up(tmp_path):
    for length, name in enumerate("abcdef"):
        recorded(tmp_path / "in" / f"{name}.wav", "##.." * 6 + "." * length)
    arguments = ("transcribe", tmp_path / "in", "-o", tmp_path / "out")
    with started(*arguments, env=SLOWLY) as run:
        for line in run.stderr:
            if b"Written" in line:
                break
        run.kill()
        run.communicate()
    finished = set(results(tmp_path / "out"))
    again = barrierfree(*arguments)
    assert again.code == 0
    # Killed between a result and the end of its journal, one may be written once more.
    assert 1 <= again.err.count("already done") <= len(finished)
    assert results(tmp_path / "out") == dict.fromkeys(
        (f"{name}.txt" for name in "abcdef"), b"Alpha bravo.\nEcho foxtrot.\n" * 3
    )
    assert journals() == []


def test_what_was_recognised_ahead_of_its_turn_on_standard_output_is_not_lost(tmp_path):
    long, short = recorded(tmp_path / "long.wav", "##.." * 30), recorded(tmp_path / "short.wav", "##..")
    with started("transcribe", long, short, env=SLOWLY) as run:
        for line in run.stderr:
            if b"50 %" in line:
                break
        run.kill()
        run.communicate()
    again = barrierfree("transcribe", long, short)
    assert again.text == "Alpha bravo.\nEcho foxtrot.\n" * 15 + "Alpha bravo.\n"
    assert again.err.count("going on at") == 2
    assert journals() == []


def test_nothing_half_written_stays_once_the_next_run_is_done(talk, whole, tmp_path):
    step = 1
    while killed_at(step, talk, out := tmp_path / str(step)):
        assert barrierfree("transcribe", talk, *FORMATS, "-o", out).code == 0
        assert {path.name for path in out.iterdir()} == whole.keys(), step
        step += 1


@pytest.mark.model
def test_a_real_engine_goes_on_as_if_nothing_had_been(model_folder, tmp_path):
    model_folder("whisper-tiny.en")
    with wave.open(str(EXAMPLES / "hello-en.wav")) as once, wave.open(str(tmp_path / "a.wav"), "w") as often:
        often.setparams(once.getparams())
        often.writeframes(once.readframes(once.getnframes()) * 8)
    arguments = (
        "transcribe",
        tmp_path / "a.wav",
        *FORMATS,
        "-e",
        "whisper",
        "-l",
        "en",
        "-m",
        "whisper-tiny.en",
    )
    assert barrierfree(*arguments, "-o", tmp_path / "whole").code == 0
    with started(*arguments, "-o", tmp_path / "out") as run:
        for line in run.stderr:
            if b"%" in line:
                break
        run.kill()
        run.communicate()
    done = barrierfree(*arguments, "-o", tmp_path / "out")
    assert done.code == 0
    assert "going on at" in done.err
    assert results(tmp_path / "out") == results(tmp_path / "whole")
    assert b"Hello and welcome." in results(tmp_path / "out")["a.txt"]
