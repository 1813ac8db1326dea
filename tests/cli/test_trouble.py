"""Whatever goes wrong is one line that says so, one that says what to do, and a number for scripts."""

import os
import re
from pathlib import Path

import av
import numpy as np
import pytest
from tests.cli.running import barrierfree, journals, recorded
from tests.conftest import missing

from barrierfree.models import catalogue


def silent_film(path):
    """A video without any sound track."""
    with av.open(str(path), "w") as container:
        picture = container.add_stream("mpeg4", rate=10)
        picture.width = picture.height = 64
        frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), "rgb24")
        container.mux(picture.encode(frame))
        container.mux(picture.encode(None))
    return path


@pytest.fixture
def here(tmp_path):
    """A folder with good and bad recordings."""
    recorded(tmp_path / "talk.wav", "##..##..")
    silent_film(tmp_path / "film.mkv")
    (tmp_path / "empty.wav").touch()
    (tmp_path / "text.wav").write_text("no sound\n" * 1000)
    (tmp_path / "noise.mp3").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.txt").touch()
    return tmp_path


TROUBLE = [
    (["missing.wav"], 4, "missing.wav does not exist.", "typing mistake"),
    ([""], 4, "name of a recording is empty", "what the command was given"),
    (["empty.wav"], 4, "empty.wav is empty.", None),
    (["text.wav"], 4, "text.wav is not a sound or video file", "play it"),
    (["noise.mp3"], 4, "noise.mp3 ", "play"),
    (["film.mkv"], 4, "film.mkv has no sound track.", "with sound"),
    (["folder"], 4, "The folder folder holds no recordings.", "endings are unusual"),
    (["-"], 4, "- is not a sound or video file", None),
    (["-", "--channel", "each"], 4, "can be read only once", "Save the recording"),
    (["talk.wav", "--channel", "third"], 4, 'no channel "third"', "mix, left, right"),
    (["talk.wav", "--channel", "7"], 4, 'no channel "7"', "from 0 to 0"),
    (["talk.wav", "--channel", "7" * 5000], 4, "no channel", "mix, left, right"),
    (["talk.wav", "--track", "3"], 4, 'no audio track "3"', "Its tracks are"),
    (["talk.wav", "--from", "1:00"], 4, "only 4.0 seconds long", "--from"),
    (["talk.wav", "-o", "empty.wav"], 4, "empty.wav is not a folder.", "-o"),
    (["talk.wav", "-o", "empty.wav/below"], 4, "empty.wav is not a folder.", "-o"),
    (["talk.wav", "-f", "mp5"], 2, 'no format "mp5"', "txt, srt, vtt"),
    (["talk.wav", "-e", "nope"], 3, 'no engine named "nope"', "scripted"),
    (["talk.wav", "-e", "whisper", "-m", "nope"], 3, "nope", "barrierfree models"),
    (["talk.wav", "-e", "whisper", "-m", "./folder"], 3, "folder", "model.bin"),
]


@pytest.mark.parametrize(("arguments", "code", "said", "hint"), TROUBLE, ids=lambda part: str(part)[:40])
def test_trouble_is_one_line_and_what_to_do(here, arguments, code, said, hint):
    done = barrierfree("transcribe", *arguments, cwd=here)
    assert (done.code, done.out) == (code, b"")
    told = [line for line in done.lines if not line.startswith("Engine: ")]
    assert said in told[0]
    assert len(told) <= 2
    if hint:
        assert told[1].startswith("  ")
        assert hint in told[1]
    assert journals() == []


def test_a_missing_model_is_answered_with_the_very_command_that_installs_it(here):
    nothing = {"BARRIERFREE_MODELS": str(here / "none"), "BARRIERFREE_ENGINE": "auto"}
    for asked in (["--engine", "whisper", "--language", "en"], ["-l", "zh"], [], ["-m", "whisper-base"]):
        done = barrierfree("transcribe", "talk.wav", "text.wav", *asked, cwd=here, env=nothing)
        assert (done.code, done.out) == (3, b"")
        assert len(done.lines) == 2
        name = re.search(r"barrierfree models install (\S+)$", done.lines[1])[1]
        assert name in {model.name for model in catalogue()}


def test_a_missing_recording_is_told_before_a_missing_model(here):
    nothing = {"BARRIERFREE_MODELS": str(here / "none"), "BARRIERFREE_ENGINE": "auto"}
    assert barrierfree("transcribe", "missing.wav", cwd=here, env=nothing).code == 4


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('workers = "many"', "workers"),
        ("workers = 65", "workers"),
        ("engine = 3", "engine"),
        ('colour = "red"', "colour"),
        ("engine = ", "config.toml"),
        ("\x00", "config.toml"),
    ],
)
def test_a_wrong_setting_is_told_with_its_file_and_key(here, settings, said):
    file = Path(os.environ["XDG_CONFIG_HOME"]) / "barrierfree" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(settings)
    done = barrierfree("transcribe", "talk.wav", cwd=here)
    assert (done.code, done.out) == (2, b"")
    assert str(file) in done.lines[0]
    assert said in done.lines[0]
    assert len(done.lines) == 2


def test_a_wrong_environment_variable_is_told_by_its_name(here):
    for name, value in (("BARRIERFREE_WORKERS", "some"), ("BARRIERFREE_CONFIG", str(here / "none.toml"))):
        done = barrierfree("transcribe", "talk.wav", cwd=here, env={name: value})
        assert done.code == 2
        assert name in done.err


@pytest.mark.parametrize("ending", ["wav", "flac", "mp3"])
def test_what_can_be_read_of_a_truncated_recording_is_kept_with_one_warning(tmp_path, ending):
    whole = recorded(tmp_path / f"whole.{ending}", "##.." * 5)
    cut = tmp_path / f"cut.{ending}"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    for quiet in ([], ["--quiet"]):
        done = barrierfree("transcribe", cut, "-o", tmp_path / "out", "--restart", *quiet)
        assert done.code == 4
        warnings = [line for line in done.lines if "damaged at" in line]
        assert len(warnings) == 1
        assert re.search(rf"cut\.{ending}: damaged at 0:0[345]: .* was kept\.$", warnings[0])
        text = (tmp_path / "out" / "cut.txt").read_text()
        assert text.startswith("Alpha bravo.\nEcho foxtrot.\n")
        assert len(text) < 5 * len("Alpha bravo.\n")
    assert journals() == []


def test_a_result_that_cannot_take_its_name_keeps_the_work(tmp_path):
    talk, out = recorded(tmp_path / "talk.wav", "##..##.."), tmp_path / "out"
    (out / "talk.srt").mkdir(parents=True)
    failed = barrierfree("transcribe", talk, "-o", out, "-f", "txt,srt")
    assert failed.code == 4
    assert "talk.srt cannot be written" in failed.lines[-2]
    assert len(journals()) == 1
    (out / "talk.srt").rmdir()
    again = barrierfree("transcribe", talk, "-o", out, "-f", "txt,srt")
    assert again.code == 0
    assert "going on at 0:04" in again.err
    assert journals() == []


def test_settings_come_from_flags_then_environment_then_file(here):
    file = here / "own.toml"
    file.write_text('engine = "nope"\nworkers = 3\n')
    env = {"BARRIERFREE_CONFIG": str(file)}
    assert barrierfree("transcribe", "talk.wav", cwd=here, env=env).code == 0
    env["BARRIERFREE_ENGINE"] = ""
    assert barrierfree("transcribe", "talk.wav", cwd=here, env=env).code == 3
    assert barrierfree("transcribe", "talk.wav", "-e", "scripted", cwd=here, env=env).code == 0


def test_the_language_of_messages_can_be_set_in_the_settings_file(here):
    from barrierfree.wording import LOCALE

    if not list(LOCALE.glob("zh_CN/*/*.mo")):
        missing("the Chinese messages: just wording")
    file = here / "own.toml"
    file.write_text('language = "zh_CN"\n')
    env = {"BARRIERFREE_CONFIG": str(file), "BARRIERFREE_LANGUAGE": "", "LC_ALL": "C.UTF-8"}
    done = barrierfree("transcribe", "missing.wav", cwd=here, env=env)
    assert done.code == 4
    assert re.search("[\u4e00-\u9fff]", done.err)


def test_the_number_of_workers_can_be_set_in_the_settings_file(tmp_path):
    import time

    talk = recorded(tmp_path / "talk.wav", "##.." * 10)
    took = {}
    for workers in (1, 8):
        file = tmp_path / f"{workers}.toml"
        file.write_text(f"workers = {workers}\n")
        env = {"BARRIERFREE_CONFIG": str(file), "BARRIERFREE_SCRIPTED_DELAY": "0.5"}
        begun = time.monotonic()
        assert barrierfree("transcribe", talk, env=env).code == 0
        took[workers] = time.monotonic() - begun
    # Half a second of sleep for each phrase: one after the other, or side by side.
    assert took[8] < took[1] - 2
