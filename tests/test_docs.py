"""What the documents say can be done, can be done."""

import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
FLAG = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


@pytest.mark.model
def test_the_library_lines_of_the_readme_run(model_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("BARRIERFREE_MODELS", str(model_folder("whisper-tiny.en").parent))
    (lines,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    script = lines.replace("examples/", f"{ROOT / 'examples'}/")
    ran = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert "Thank you for listening." in ran.stdout
    assert (tmp_path / "hello.srt").read_text().startswith("1\n00:00:00,")


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md", "models/README.md"])
def test_every_flag_of_our_command_that_a_document_names_exists(document):
    text = (ROOT / document).read_text(encoding="utf-8")
    named = {flag for line in text.splitlines() if "barrierfree" in line for flag in FLAG.findall(line)}
    known = set()
    for command in (["transcribe"], ["models", "list"], ["models", "install"], ["models", "verify"]):
        shown = subprocess.run(
            [sys.executable, "-m", "barrierfree", *command, "--help"], capture_output=True, text=True
        )
        known |= set(FLAG.findall(shown.stdout))
    assert named
    assert named <= known


def test_files_that_the_readme_points_to_are_there():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
