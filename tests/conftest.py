"""What all tests share: a user folder of their own, and real models and recordings where they exist."""

import os
import wave
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
_A_TEST_MAY_TAKE = 1 << 30
"""Bytes of a test that uses the fixture little_memory."""
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


@pytest.fixture
def little_memory():
    """A test that would take all memory gets a MemoryError instead, which names the line that asked."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (ImportError, OSError):  # not Linux
        yield
        return
    before, most = resource.getrlimit(resource.RLIMIT_AS)
    limits = [pages * resource.getpagesize() + _A_TEST_MAY_TAKE, before, most]
    least = min(limit for limit in limits if limit != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (least, most))
    yield
    resource.setrlimit(resource.RLIMIT_AS, (before, most))


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
