"""An engine of somebody else's package works like our own, and a broken one harms nobody."""

import os
import subprocess
import sys
import wave
from pathlib import Path

import pytest
from tests.conftest import missing
from tests.mischief import register

import barrierfree as bf
from barrierfree import plugins
from barrierfree.errors import EngineNotInstalled
from barrierfree.plugins import engine_names, load_engine
from barrierfree.testing import RecognizerContract, silence, tone

PACKAGE = Path(__file__).parent / "outside_engine"


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A folder that the package is really installed in."""
    for needed in ("pip", "hatchling"):
        if subprocess.run([sys.executable, "-c", f"import {needed}"], capture_output=True).returncode:
            missing(f"the package {needed}")
    folder = tmp_path_factory.mktemp("site")
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--quiet",
    ]
    subprocess.run(
        [*pip, "--disable-pip-version-check", "--root-user-action=ignore", "--target", folder, PACKAGE],
        check=True,
    )
    return folder


@pytest.fixture
def recording(tmp_path):
    samples = tone(0.5, hertz=220) + tone(0.5, hertz=880) + silence(1) + tone(0.5, hertz=440)
    return write(tmp_path / "tones.wav", samples)


def write(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(samples)
    return path


def barrierfree(*arguments, path, **environment):
    """The command in a process that finds outside packages in these folders."""
    places = os.pathsep.join(map(str, path if isinstance(path, list) else [path]))
    return subprocess.run(
        [sys.executable, "-m", "barrierfree", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": places, **environment},
    )


class TestPitchfork(RecognizerContract):
    """The contract, through the entry point of the installed package."""

    @pytest.fixture(autouse=True)
    def installed(self, site, monkeypatch):
        monkeypatch.syspath_prepend(str(site))
        plugins._found.cache_clear()
        yield
        plugins._found.cache_clear()

    def open(self, options):
        return load_engine("recognizer", "pitchfork")(None, options)

    def speech(self):
        return tone(1, hertz=220) + silence(1) + tone(1, hertz=880)

    def test_the_library_finds_it_by_its_name_alone(self, recording):
        assert "pitchfork" in engine_names("recognizer")
        transcript = bf.transcribe(recording, engine="pitchfork")
        assert [one.text for one in transcript.segments] == ["Low low high high.", "Middle middle."]
        assert (transcript.engine, transcript.model) == ("pitchfork", "")


def test_the_command_works_with_it_through_its_entry_point_alone(site, recording):
    ran = barrierfree("transcribe", "--engine", "pitchfork", recording, path=site)
    assert (ran.returncode, ran.stdout) == (0, "Low low high high.\nMiddle middle.\n")
    assert "Traceback" not in ran.stderr
    without = barrierfree("transcribe", "--engine", "pitchfork", recording, path="")
    assert without.returncode == 3
    assert 'There is no engine named "pitchfork".' in without.stderr


def test_every_recording_of_a_folder_goes_through_it_though_it_is_not_concurrent(site, tmp_path, recording):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(8):
        write(folder / f"{number}.wav", (tone(1.5) + silence(0.5)) * 20)
    ran = barrierfree(
        "transcribe", "--engine", "pitchfork", folder, "-o", tmp_path / "out", "--workers", 4, path=site
    )
    assert ran.returncode == 0, ran.stderr
    texts = [path.read_text() for path in (tmp_path / "out").iterdir()]
    assert len(texts) == 8
    alone = barrierfree("transcribe", "--engine", "pitchfork", folder / "0.wav", "--workers", 1, path=site)
    assert alone.stdout.startswith("Middle middle")
    assert set(texts) == {alone.stdout}


BROKEN = {
    "lacks_a_package": ("import no_such_package_at_all", "No module named 'no_such_package_at_all'"),
    "has_a_typing_mistake": ("def engine(:\n", "SyntaxError"),
    "fails_at_import": ("raise RuntimeError('no driver\\nsecond line')", "RuntimeError: no driver"),
    "leaves": ("raise SystemExit(0)", "SystemExit"),
    "lacks_its_class": ("Other = 1", "has no attribute 'Engine'"),
    "is_no_engine": ("class Engine: pass", "it has no available, capabilities, close, recognize"),
}


@pytest.fixture(params=BROKEN)
def broken(request, tmp_path):
    """A folder with a package whose engine cannot be loaded, and what has to be said about it."""
    source, said = BROKEN[request.param]
    folder = tmp_path / "broken"
    register(folder, "brittle", "brittle_engine:Engine", package="brittle-engine")
    (folder / "brittle_engine.py").write_text(source)
    return folder, said


def test_a_package_that_cannot_be_loaded_is_one_clear_error_with_a_hint(broken, recording):
    folder, said = broken
    ran = barrierfree("transcribe", "--engine", "brittle", recording, path=folder)
    assert (ran.returncode, ran.stdout) == (3, "")
    message, hint = ran.stderr.splitlines()
    assert message.startswith('The engine "brittle" cannot be loaded: ')
    assert said in message
    assert "brittle-engine" in hint


def test_a_package_that_cannot_be_loaded_is_passed_over_when_no_engine_is_named(broken, recording, tmp_path):
    folder, _said = broken
    ran = barrierfree("transcribe", recording, path=folder, BARRIERFREE_MODELS=str(tmp_path / "none"))
    assert ran.returncode == 3
    assert "brittle" not in ran.stderr
    assert "barrierfree models install" in ran.stderr
    assert barrierfree("transcribe", "--engine", "scripted", recording, path=folder).returncode == 0


def test_our_own_engine_without_its_package_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "barrierfree.transcription.engines.whisper", None)
    with pytest.raises(EngineNotInstalled) as caught:
        load_engine("recognizer", "whisper")
    assert caught.value.hint == "Install it with: pip install 'barrierfree[whisper]'"


def test_of_two_packages_with_one_name_the_same_one_wins_whatever_the_order(tmp_path, recording):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, module in ((one, "zebra_ears"), (other, "aardvark_ears")):
        register(folder, "ears", f"{module}:Engine", package=module)
        (folder / f"{module}.py").write_text(
            f"import sys\n"
            f"from barrierfree.testing import ScriptedRecognizer as Engine\n"
            f"print({module!r}, file=sys.stderr)\n"
        )
    for path in ([one, other], [other, one]):
        ran = barrierfree("transcribe", "--engine", "ears", recording, path=path)
        assert ran.returncode == 0
        assert "aardvark_ears" in ran.stderr
        assert "zebra_ears" not in ran.stderr


@pytest.mark.parametrize("module", ["aaa", "zzz"])
def test_nobody_takes_the_name_of_one_of_our_own_engines(tmp_path, recording, module):
    register(tmp_path, "scripted", f"{module}:Engine", package=module)
    (tmp_path / f"{module}.py").write_text("raise RuntimeError('not this one')")
    assert barrierfree("transcribe", "--engine", "scripted", recording, path=tmp_path).returncode == 0
