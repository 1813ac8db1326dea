"""What the documents say can be done, can be done."""

import json
import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
FLAG = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def test_the_lines_about_the_voice_run(tmp_path, monkeypatch):
    monkeypatch.setenv("BARRIERFREE_SPEECH_ENGINE", "silent")
    monkeypatch.setenv("BARRIERFREE_AUDIO", "null")
    monkeypatch.setenv("BARRIERFREE_SPEECH_LOG", str(tmp_path / "log"))
    (lines,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "speech.md").read_text("utf-8"), re.DOTALL)
    ran = subprocess.run([sys.executable, "-c", lines], cwd=tmp_path, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert (tmp_path / "one.opus").stat().st_size > 100
    said = [json.loads(line)["text"] for line in (tmp_path / "log").read_text("utf-8").splitlines()]
    assert "Battery low!" in said
    assert "Your code is K7" in said


@pytest.mark.model
def test_the_library_lines_of_the_readme_run(model_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("BARRIERFREE_MODELS", str(model_folder("whisper-tiny.en").parent))
    (lines,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    script = lines.replace("examples/", f"{ROOT / 'examples'}/")
    ran = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "Thank you for listening." in ran.stdout
    assert (tmp_path / "hello.srt").read_text().startswith("1\n00:00:00,")


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md", "models/README.md", "docs/speech.md"])
def test_every_flag_of_our_command_that_a_document_names_exists(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    named = {flag for line in text.splitlines() if "barrierfree" in line for flag in FLAG.findall(line)}
    known = set()
    commands = ["transcribe", "speak", "voices", "run", "models list", "models install", "models verify"]
    for command in (one.split() for one in commands):
        shown = subprocess.run(
            [sys.executable, "-m", "barrierfree", *command, "--help"], capture_output=True, text=True
        )
        known |= set(FLAG.findall(shown.stdout))
    assert named
    assert named <= known


def test_files_that_the_readme_points_to_are_there():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
