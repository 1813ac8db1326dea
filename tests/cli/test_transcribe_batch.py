"""Many recordings at once: each result has a file of its own, and one bad recording stops nothing."""

import json
import os
import time
from itertools import permutations

import pytest
from tests.cli.running import barrierfree, journals, recorded

FORMATS = "txt,srt,vtt,json,tsv,docx,md"


def files(folder):
    """What lies in a folder, below it too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if not path.is_dir()
    }


def texts(folder):
    return {name: text.decode().strip() for name, text in files(folder).items()}


def test_several_formats_are_written_in_one_run(tmp_path):
    talk = recorded(tmp_path / "talk.wav")
    done = barrierfree("transcribe", talk, "-f", f"{FORMATS},txt", "-o", tmp_path / "new" / "out")
    assert (done.code, done.out) == (0, b"")
    assert set(files(tmp_path / "new" / "out")) == {f"talk.{form}" for form in FORMATS.split(",")}
    assert all(files(tmp_path / "new" / "out").values())
    assert journals() == []


def test_recordings_with_the_same_stem_do_not_overwrite_each_other(tmp_path):
    one, other = recorded(tmp_path / "a.wav", "#...."), recorded(tmp_path / "a.flac", "..#..")
    barrierfree("transcribe", one, other, "-o", tmp_path / "out")
    assert texts(tmp_path / "out") == {"a.wav.txt": "Alpha.", "a.flac.txt": "Charlie."}


def test_recordings_with_the_same_name_do_not_overwrite_each_other(tmp_path):
    one, other = recorded(tmp_path / "x" / "a.wav", "#...."), recorded(tmp_path / "y" / "a.wav", "..#..")
    barrierfree("transcribe", one, other, "-o", tmp_path / "out")
    assert texts(tmp_path / "out") == {"x/a.wav.txt": "Alpha.", "y/a.wav.txt": "Charlie."}


def test_folders_with_the_same_tree_do_not_overwrite_each_other(tmp_path):
    recorded(tmp_path / "x" / "day" / "a.wav", "#....")
    recorded(tmp_path / "y" / "day" / "a.wav", "..#..")
    barrierfree("transcribe", tmp_path / "x", tmp_path / "y", "-o", tmp_path / "out")
    assert texts(tmp_path / "out") == {"x/day/a.wav.txt": "Alpha.", "y/day/a.wav.txt": "Charlie."}


def test_where_results_go_does_not_depend_on_the_order_of_the_recordings(tmp_path):
    places = ("x/a.wav", "y/a.wav", "x/a.flac", "a.wav.mp3")
    named = [recorded(tmp_path / place, f"{'.' * at}#....") for at, place in enumerate(places)]
    seen = []
    for number, order in enumerate(permutations(named, 4)):
        if number % 5 == 0:
            folder = tmp_path / f"out{number}"
            assert barrierfree("transcribe", *order, "-o", folder).code == 0
            seen.append(texts(folder))
    assert sorted(seen[0].values()) == ["Alpha.", "Bravo.", "Charlie.", "Delta."]
    assert all(one == seen[0] for one in seen)


def test_names_that_some_disks_take_for_the_same_are_kept_apart(tmp_path):
    named = [
        recorded(tmp_path / name, f"{'.' * at}#....")
        for at, name in enumerate(["A.wav", "a.wav", "caf\u00e9.wav", "cafe\u0301.wav"])
    ]
    if len({path.stat().st_ino for path in named}) < 4:
        pytest.skip("this disk takes them for the same itself")
    barrierfree("transcribe", *named, "-o", tmp_path / "out")
    assert len({name.casefold().replace("e\u0301", "\u00e9") for name in files(tmp_path / "out")}) == 4


def test_a_recording_named_twice_is_done_once(tmp_path):
    talk = recorded(tmp_path / "x" / "talk.wav")
    done = barrierfree("transcribe", "x/talk.wav", "./x/../x/talk.wav", talk, "x", "-o", "out", cwd=tmp_path)
    assert files(tmp_path / "out").keys() == {"talk.txt"}
    assert done.err.count("Written") == 1


def test_subfolders_are_searched_and_mirrored(tmp_path):
    recorded(tmp_path / "in" / "a.wav", "#...")
    deep = recorded(tmp_path / "in" / "deep" / "er" / "b.mp3", ".#..")
    deep.rename(deep.with_suffix(".MP3"))
    (tmp_path / "in" / "notes.txt").write_text("no recording")
    barrierfree("transcribe", tmp_path / "in", "-o", tmp_path / "out", "-f", "txt,srt")
    assert files(tmp_path / "out").keys() == {"a.txt", "a.srt", "deep/er/b.txt", "deep/er/b.srt"}


def test_one_bad_recording_stops_nothing_and_is_told_at_the_end(tmp_path):
    folder = tmp_path / "in"
    for name in ("a.wav", "c.wav", "e.wav"):
        recorded(folder / name, "#...")
    (folder / "b.wav").write_bytes(b"no sound at all")
    (folder / "d.mp3").write_bytes(b"")
    done = barrierfree("transcribe", folder, "-o", tmp_path / "out")
    assert done.code == 4
    assert texts(tmp_path / "out") == {"a.txt": "Alpha.", "c.txt": "Alpha.", "e.txt": "Alpha."}
    assert done.lines[-1] == "3 recordings done, 2 failed."
    assert "b.wav is not a sound or video file" in done.err
    assert "d.mp3 is empty" in done.err
    assert journals() == []


def test_the_text_of_several_recordings_comes_in_their_order(tmp_path):
    named = [recorded(tmp_path / f"{at}.wav", f"{'.' * at}#" + "." * (20 - 4 * at)) for at in range(4)]
    assert barrierfree("transcribe", *named).text == "Alpha.\nBravo.\nCharlie.\nDelta.\n"


NAMES = [
    "john's talk.wav",
    'the "best" talk.wav',
    "two\nlines.wav",
    "$(touch pwned); `touch pwned`.wav",
    "中文 录音.wav",
    "\N{PARTY POPPER}.wav",
    "-o.wav",
    "%s{name}.wav",
    "\x1b[31mred.wav",
    "no ending",
    "a.b.c.wav",
    b"caf\xe9.wav",
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_any_name_is_an_ordinary_name(tmp_path, name):
    name = os.fsdecode(name)
    recorded(tmp_path / "talk.wav", "##..").rename(tmp_path / name)
    done = barrierfree("transcribe", "-f", FORMATS, "-o", "out", "--", name, cwd=tmp_path)
    assert done.code == 0
    stem = name.removesuffix(".wav")
    assert files(tmp_path / "out").keys() == {f"{stem}.{form}" for form in FORMATS.split(",")}
    assert (tmp_path / "out" / f"{stem}.txt").read_text() == "Alpha bravo.\n"
    assert json.loads((tmp_path / "out" / f"{stem}.json").read_bytes())["source"] == name
    assert not (tmp_path / "pwned").exists()
    # One line is one message, whatever the name: nothing in it reaches the terminal as a command.
    assert sum(line.startswith("Written: ") for line in done.lines) == 7
    assert "\x1b" not in done.err
    assert all("Written" in line or "%" in line or "Engine" in line for line in done.lines)


def test_what_is_done_is_not_done_again_unless_asked_for(tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    recorded(folder / "a.wav", "#...")
    arguments = ("transcribe", folder, "-o", out, "-f", "txt,srt")
    barrierfree(*arguments)
    before = {path: path.stat().st_mtime_ns for path in out.iterdir()}
    recorded(folder / "b.wav", ".#..")
    second = barrierfree(*arguments)
    assert "a.wav: already done; --restart does it again." in second.err
    assert second.lines[-1] == "1 recording done, 1 already there."
    assert all(path.stat().st_mtime_ns == written for path, written in before.items())
    third = barrierfree(*arguments, "--restart")
    assert third.lines[-1] == "2 recordings done."
    assert all(path.stat().st_mtime_ns > written for path, written in before.items())


def test_a_missing_result_is_made_and_a_folder_in_its_place_is_no_result(tmp_path):
    talk, out = recorded(tmp_path / "a.wav", "#..."), tmp_path / "out"
    arguments = ("transcribe", talk, "-o", out, "-f", "txt,srt")
    barrierfree(*arguments)
    (out / "a.srt").unlink()
    assert barrierfree(*arguments).code == 0
    assert (out / "a.srt").is_file()
    (out / "a.srt").unlink()
    (out / "a.srt").mkdir()
    assert barrierfree(*arguments).code == 4


def test_a_recording_that_changed_is_done_again(tmp_path):
    talk, out = recorded(tmp_path / "a.wav", "#..."), tmp_path / "out"
    barrierfree("transcribe", talk, "-o", out)
    time.sleep(0.05)
    recorded(talk, ".#..")
    done = barrierfree("transcribe", talk, "-o", out)
    assert "already done" not in done.err
    assert texts(out) == {"a.txt": "Bravo."}


def test_what_a_mac_leaves_on_a_stick_is_no_recording(tmp_path):
    recorded(tmp_path / "in" / "a.wav", "#...")
    (tmp_path / "in" / "._a.wav").write_bytes(b"\0\5\x16\7")
    assert barrierfree("transcribe", tmp_path / "in").code == 0


def test_each_channel_apart_works_for_many_recordings(tmp_path):
    for name in ("a.wav", "b.wav"):
        recorded(tmp_path / "in" / name, "#......", "..#....")
    done = barrierfree("transcribe", tmp_path / "in", "--channel", "each", "-o", tmp_path / "out")
    assert done.code == 0
    assert set(texts(tmp_path / "out").values()) == {"Left: Alpha.\nRight: Charlie."}
    assert journals() == []
