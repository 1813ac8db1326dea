"""Machines that lack a voice library, or its data: this one, with them hidden from one process."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import missing

pytestmark = pytest.mark.system

SPEAK = """
import json
from barrierfree.errors import BarrierfreeError
from barrierfree.speech.choosing import choose_engine
from barrierfree.speech.synthesizer import Sound, Spoken
from barrierfree.speech.voice import Voice
told = {{}}
try:
    told["chosen"] = choose_engine()
except BarrierfreeError as error:
    told["chosen"] = type(error).__name__
try:
    with Voice({engine!r}) as voice:
        made = voice.speak([Spoken("Hello there.", "en"), Spoken("你好", "zh")])
        told["seconds"] = sum(len(one.samples) for one in made if isinstance(one, Sound)) / 2 / voice.rate
except BarrierfreeError as error:
    told["error"] = [type(error).__name__, error.message, error.hint]
print(json.dumps(told))
"""


def system_library():
    for folder in ("/usr/lib", "/usr/lib64"):
        for library in Path(folder).glob("**/libespeak-ng.so.1"):
            return library
    return missing("libespeak-ng: apt install libespeak-ng1")


def wheel():
    import espeakng_loader

    return Path(espeakng_loader.__file__).parent


def data():
    return system_library().parent / "espeak-ng-data"


def hidden(*paths):
    """Shell commands that hide files and folders from whatever follows them."""
    return "".join(
        f"mount -t tmpfs none {path} && " if path.is_dir() else f"mount --bind /dev/null {path} && "
        for path in paths
    )


def without(paths, program):
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-m", "true"], stderr=-3).returncode:
        missing("the right to hide files: unshare -m")
    command = f'{hidden(*paths)} exec "$0" -c "$1"'
    return subprocess.run(
        ["unshare", "-m", "sh", "-c", command, sys.executable, program],
        capture_output=True,
        text=True,
        timeout=60,
    )


def spoken(paths, engine):
    ran = without(paths, SPEAK.format(engine=engine))
    assert (ran.returncode, ran.stderr) == (0, "")
    return json.loads(ran.stdout)


@pytest.mark.parametrize("engine", ["espeak", "pyttsx3"])
def test_with_the_system_s_library_alone_it_speaks(engine):
    told = spoken([wheel()], engine)
    assert told["seconds"] > 0.8
    assert told["chosen"] == "espeak"


@pytest.mark.parametrize("engine", ["espeak", "pyttsx3"])
def test_with_nothing_but_what_pip_has_installed_it_speaks(engine):
    told = spoken([system_library(), data()], engine)
    assert told["seconds"] > 0.8
    assert told["chosen"] == "espeak"


@pytest.mark.parametrize("engine", ["espeak", "pyttsx3"])
def test_with_neither_it_says_what_to_install(engine):
    told = spoken([system_library(), wheel()], engine)
    name, message, hint = told["error"]
    assert name == "EngineNotInstalled"
    assert "\n" not in message
    assert "barrierfree[voice]" in hint


@pytest.mark.parametrize("engine", ["espeak", "pyttsx3"])
def test_a_library_that_lacks_its_data_is_passed_over_or_an_error_and_never_an_exit(engine):
    told = spoken([data(), wheel()], engine)
    assert told["error"][0] == "EngineNotInstalled"
    told = spoken([data()], engine)
    assert engine != "espeak" or told["seconds"] > 0.8
    assert "seconds" in told or told["error"][0] == "EngineNotInstalled"


def test_where_pyttsx3_itself_leaves_the_process():
    ran = without(
        [data()], "import pyttsx3\ntry: pyttsx3.init('espeak')\nexcept BaseException: pass\nprint('here')"
    )
    assert (ran.returncode, ran.stdout) == (1, "")
