"""A disk that is full or write-protected costs nothing but the time until there is room again."""

import os
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.cli.running import barrierfree, journals, recorded
from tests.conftest import missing

pytestmark = pytest.mark.system
FORMATS = ("-f", "txt,srt,json")


@contextmanager
def small_disk(folder, options):
    """A disk of a few kilobytes, mounted on a folder while the block runs."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        missing("the right to mount a small tmpfs (root)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def files(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def talk(tmp_path):
    return recorded(tmp_path / "talk.wav", "##.." * 30)


@pytest.fixture
def whole(talk, tmp_path):
    """What a run without trouble writes."""
    assert barrierfree("transcribe", talk, *FORMATS, "-o", tmp_path / "whole").code == 0
    return files(tmp_path / "whole")


def told(done):
    """What is neither the engine nor progress."""
    return [line for line in done.lines if not any(mark in line for mark in ("%", "Engine: ", "going on"))]


def test_a_full_disk_for_the_results_loses_nothing(talk, whole, tmp_path):
    with small_disk(tmp_path / "out", "size=64k") as out:
        filler = out / "filler"
        filler.write_bytes(bytes(53_000))
        failed = barrierfree("transcribe", talk, *FORMATS, "-o", out)
        assert failed.code == 4
        message, hint = told(failed)
        assert message == f"{out / 'talk.json'} cannot be written: No space left on device."
        assert "disk space" in hint
        # Nothing half-written is left, and what did fit is whole.
        assert all(whole[name] == content for name, content in files(out).items() if name != "filler")
        assert len(journals()) == 1
        filler.unlink()
        again = barrierfree("transcribe", talk, *FORMATS, "-o", out)
        assert again.code == 0
        assert "going on at 1:00" in again.err
        assert files(out) == whole
        assert journals() == []


def test_a_full_disk_for_the_journal_loses_nothing(talk, whole, tmp_path):
    state = Path(os.environ["XDG_STATE_HOME"])
    with small_disk(state, "size=4k"):
        failed = barrierfree("transcribe", talk, *FORMATS, "-o", tmp_path / "out")
        assert failed.code == 4
        message, hint = told(failed)
        assert message.startswith("The journal ")
        assert message.endswith(" cannot be written: No space left on device.")
        assert "disk space" in hint
        assert not (tmp_path / "out").exists()
        subprocess.run(["mount", "-o", "remount,size=1m", state], check=True)
        again = barrierfree("transcribe", talk, *FORMATS, "-o", tmp_path / "out")
        assert again.code == 0
        assert "going on at" in again.err
        assert files(tmp_path / "out") == whole
        assert journals() == []


def test_a_disk_without_room_for_a_journal_at_all_is_one_clear_error(talk, tmp_path):
    with small_disk(Path(os.environ["XDG_STATE_HOME"]), "nr_inodes=1"):
        failed = barrierfree("transcribe", talk, "-o", tmp_path / "out")
        assert failed.code == 4
        assert len(told(failed)) == 2
        assert "No space left on device" in failed.err


@pytest.mark.parametrize("below", ["", "not/yet/made"])
def test_a_write_protected_place_for_the_results_is_told_before_the_work(talk, tmp_path, below):
    with small_disk(tmp_path / "out", "ro") as out:
        failed = barrierfree("transcribe", talk, "-o", out / below)
        assert (failed.code, failed.out) == (4, b"")
        assert failed.lines == [
            f"The folder {out} may not be written.",
            "  Choose a place you may write to, or change its permissions.",
        ]


def test_a_disk_that_becomes_write_protected_on_the_way_loses_nothing(talk, whole, tmp_path):
    with small_disk(tmp_path / "disk", "size=1m") as disk:
        # The folder can be made and written when the work begins; what it holds cannot be at its end.
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "talk.srt").symlink_to(disk / "talk.srt")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        failed = barrierfree("transcribe", talk, *FORMATS, "-o", tmp_path / "out")
        assert failed.code == 4
        assert "Read-only file system" in failed.err
        assert len(journals()) == 1
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        assert barrierfree("transcribe", talk, *FORMATS, "-o", tmp_path / "out").code == 0
        assert files(tmp_path / "out") == whole
        assert journals() == []


def test_a_write_protected_state_folder_is_one_clear_error(talk, tmp_path):
    with small_disk(Path(os.environ["XDG_STATE_HOME"]), "ro"):
        failed = barrierfree("transcribe", talk, "-o", tmp_path / "out")
        assert failed.code == 4
        assert len(told(failed)) == 2
        assert "Read-only file system" in failed.err
