"""The example programs do what they say, and stay short enough to be read in a minute."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location

import pytest

import barrierfree as bf
from barrierfree.testing import RecognizerContract, silence, tone
from tests.conftest import EXAMPLES
from tests.mischief import register
from tests.sounds import write_sound

PROGRAMS = ("transcribe_file", "transcribe_folder", "own_engine")
WORDS = ["Alpha bravo charlie delta.", "Golf hotel alpha."]


def record(path, samples=None):
    return write_sound(path, [samples or tone(2) + silence(1) + tone(1.5)], rate=16000)


def run(name, *arguments):
    return subprocess.run(
        [sys.executable, EXAMPLES / f"{name}.py", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("name", PROGRAMS)
def test_an_example_fits_on_one_screen(name):
    assert len((EXAMPLES / f"{name}.py").read_text().splitlines()) <= 25


def test_a_file_becomes_text_and_subtitles(tmp_path):
    ran = run("transcribe_file", record(tmp_path / "talk.wav"), "scripted")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines() == [
        f"    0.0  {WORDS[0]}",
        f"    3.0  {WORDS[1]}",
        f"Written: {tmp_path / 'talk.srt'}",
    ]
    assert bf.load(tmp_path / "talk.srt").text == "\n".join(WORDS)


def test_what_goes_wrong_is_said_in_two_lines(tmp_path):
    ran = run("transcribe_file", tmp_path / "missing.wav", "scripted")
    assert (ran.returncode, ran.stdout) == (1, "")
    said, hint = ran.stderr.splitlines()
    assert "missing.wav does not exist." in said
    assert hint


def test_a_folder_becomes_pages_and_data_and_one_bad_recording_stops_none(tmp_path):
    record(tmp_path / "one.wav")
    record(tmp_path / "two.mp3", tone(2))
    (tmp_path / "bad.wav").write_bytes(b"not sound")
    (tmp_path / "notes.txt").write_text("not a recording")
    ran = run("transcribe_folder", tmp_path, "scripted")
    assert ran.returncode == 1
    assert "bad.wav" in ran.stderr
    assert "Traceback" not in ran.stderr
    made = {path.name for path in tmp_path.iterdir() if path.suffix in {".html", ".json"}}
    assert made == {"one.html", "one.json", "two.html", "two.json"}
    assert [one["text"] for one in json.loads((tmp_path / "one.json").read_text())["segments"]] == WORDS


class TestOwnEngine(RecognizerContract):
    def open(self, options):
        spec = spec_from_file_location("own_engine", EXAMPLES / "own_engine.py")
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.ApplauseRecognizer(None, options)

    def speech(self):
        return tone(1) + silence(1) + tone(1)


def test_the_own_engine_works_once_a_package_offers_it(tmp_path):
    shutil.copy(EXAMPLES / "own_engine.py", tmp_path)
    register(tmp_path, "applause", "own_engine:ApplauseRecognizer", package="own-engine")
    recording = record(tmp_path / "concert.wav", silence(1) + tone(30) + silence(5))
    ran = subprocess.run(
        [sys.executable, "-m", "barrierfree", "transcribe", "--engine", "applause", recording],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert ran.returncode == 0
    assert set(ran.stdout.lower().replace(".", "").split()) == {"applause"}
