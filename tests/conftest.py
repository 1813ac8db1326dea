"""What all tests share: a user folder of their own, and real models and recordings where they exist."""

import os
import wave
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
UNFINISHED = ["unit/test_pronunciation_*.py", "unit/test_sentences.py"]
"""Tests of the voice's text part, which is not held to them yet: one run took all memory, and a rare
sign is still left to the voice. BARRIERFREE_UNFINISHED=1 runs them."""
collect_ignore_glob = [] if os.environ.get("BARRIERFREE_UNFINISHED") else UNFINISHED
SPEECH = ROOT.parent / "shared" / "speech"
"""Real recordings, where the machine has them; never part of the project."""


def missing(what: str) -> None:
    """Skip a test that lacks a part, or fail it where everything has to be there."""
    if os.environ.get("BARRIERFREE_REQUIRE_ALL"):
        pytest.fail(f"missing: {what}")
    pytest.skip(f"missing: {what}")


@pytest.fixture(autouse=True)
def own_user_folders(tmp_path_factory, monkeypatch):
    """No test reads or writes the settings, journals or models of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("CONFIG", "LANGUAGE", "MIRROR", "ENGINE", "WORKERS", "AUDIO", "SPEECH_ENGINE", "SPEECH_LOG"):
        monkeypatch.delenv(f"BARRIERFREE_{name}", raising=False)
    monkeypatch.setenv("BARRIERFREE_LANGUAGE", "en")
    return home


@pytest.fixture(scope="session")
def model_folder():
    """Finds an installed model's folder by name, or skips the test."""

    def find(name: str) -> Path:
        from barrierfree.models import installed_models

        for model in installed_models():
            if model.name == name:
                return model.path
        missing(f"the model {name}: barrierfree models install {name}")
        raise AssertionError

    return find


def samples_of(recording: Path) -> bytes:
    """The samples of a 16 kHz mono 16-bit wav file."""
    with wave.open(str(recording)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (16000, 1, 2)
        return sound.readframes(sound.getnframes())
