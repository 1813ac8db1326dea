"""What is loaded when: nothing that is not needed, and nothing extra that is not installed."""

import json
import pkgutil
import subprocess
import sys

import pytest
from tests.mischief import recording

import barrierfree

HELP_NEEDS = {
    "barrierfree",
    "barrierfree.cli",
    "barrierfree.cli.click_words",
    "barrierfree.cli.columns",
    "barrierfree.cli.terminal",
    "barrierfree.errors",
    "barrierfree.wording",
}
HEAVY = {
    *("textual", "rich", "numpy", "av", "sounddevice", "miniaudio", "pyttsx3", "docx", "distributed", "dask"),
    *("vosk", "faster_whisper", "ctranslate2", "onnxruntime", "tokenizers", "huggingface_hub", "zhconv"),
    *("asyncio", "multiprocessing", "subprocess", "socket", "ssl", "http", "email", "zipfile", "tempfile"),
    *("importlib.metadata", "concurrent.futures", "logging", "json", "tomllib", "hashlib", "urllib.request"),
    *("xml", "decimal", "unittest", "pickle", "csv", "argparse", "platformdirs", "dataclasses"),
}
EXTRAS = [
    "faster_whisper",
    "ctranslate2",
    "onnxruntime",
    "tokenizers",
    "zhconv",
    "docx",
    "distributed",
    "dask",
    "espeakng_loader",
    "piper",
]
EVERYTHING = [
    one.name
    for one in pkgutil.walk_packages(barrierfree.__path__, "barrierfree.")
    if not one.name.endswith("__main__")
]

LOADED = """
import json, sys
{what}
print(json.dumps(sorted(sys.modules)))
"""
HELP = """
from barrierfree.cli import main
import contextlib, io
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main([{arguments}])
"""
BLOCKED = """
import importlib, sys

class Without:
    # A finder that does not find the extras.

    def __init__(self, finder):
        self._finder = finder

    def __getattr__(self, name):
        return getattr(self._finder, name)

    def find_spec(self, name, path=None, target=None):
        return None if name.partition(".")[0] in {extras!r} else self._finder.find_spec(name, path, target)

sys.meta_path[:] = [Without(finder) for finder in sys.meta_path]
"""


def run(source, *arguments):
    return subprocess.run(
        [sys.executable, "-c", source, *arguments], capture_output=True, text=True, timeout=120
    )


def modules_after(what):
    ran = run(LOADED.format(what=what))
    assert ran.returncode == 0, ran.stderr
    return set(json.loads(ran.stdout))


def ours(modules):
    return {name for name in modules if name.partition(".")[0] == "barrierfree"}


@pytest.mark.parametrize("arguments", ["'--help'", "", "'-h'"])
def test_help_loads_click_and_next_to_nothing(arguments):
    modules = modules_after(HELP.format(arguments=arguments))
    assert "click" in modules
    assert ours(modules) == HELP_NEEDS
    # `python -c pass` may have loaded some already, through the .pth files of other packages.
    assert (modules - modules_after("")) & HEAVY == set()


def test_the_help_of_a_command_loads_no_engine_and_no_decoder():
    modules = modules_after(HELP.format(arguments="'transcribe', '--help'"))
    assert "barrierfree.cli.transcribe" in modules
    packages = {"numpy", "av", "vosk", "faster_whisper", "ctranslate2", "textual", "distributed", "asyncio"}
    assert (modules - modules_after("")) & packages == set()
    assert not {name for name in ours(modules) if ".transcription" in name}


def test_importing_the_package_loads_the_package_alone():
    assert ours(modules_after("import barrierfree")) == {"barrierfree"}


def test_a_public_name_loads_what_it_needs_and_no_engine():
    modules = modules_after("import barrierfree; barrierfree.transcribe")
    assert "barrierfree.transcription.library" in modules
    assert not {name for name in modules if name.startswith("barrierfree.transcription.engines")}
    assert modules & {"numpy", "av", "vosk", "faster_whisper", "distributed", "click"} == set()


@pytest.mark.parametrize("engine", ["vosk", "whisper"])
def test_an_engine_s_own_module_loads_nothing_heavy(engine):
    modules = modules_after(f"import barrierfree.transcription.engines.{engine}")
    assert modules & {"numpy", "vosk", "faster_whisper", "ctranslate2", "onnxruntime", "av"} == set()


def test_transcribing_with_an_engine_that_needs_no_numpy_loads_none(tmp_path):
    path = recording(tmp_path, 1001)
    modules = modules_after(f"import barrierfree; barrierfree.transcribe({path!r}, engine='scripted')")
    assert "av" in modules
    assert modules & {"numpy", "vosk", "faster_whisper", "distributed", "asyncio"} == set()


@pytest.mark.parametrize("command", ["speak", "voices"])
def test_the_help_of_the_voice_loads_no_voice(command):
    modules = modules_after(HELP.format(arguments=f"{command!r}, '--help'"))
    assert f"barrierfree.cli.{command}" in modules
    assert not {name for name in ours(modules) if ".speech" in name or ".audio" in name}


@pytest.mark.parametrize("engine", ["espeak", "piper", "pyttsx3", "speech_dispatcher", "silent"])
def test_the_module_of_a_voice_loads_nothing_heavy(engine):
    modules = modules_after(f"import barrierfree.speech.engines.{engine}")
    packages = {"numpy", "av", "click", "pyttsx3", "piper", "onnxruntime", "espeakng_loader", "sounddevice"}
    assert (modules - modules_after("")) & packages == set()


def test_every_module_is_imported_in_silence():
    ran = run(f"import importlib\nfor name in {EVERYTHING}:\n    importlib.import_module(name)")
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_every_module_can_be_imported_on_its_own():
    source = """
import importlib, sys, traceback
for name in sys.argv[1:]:
    for loaded in [one for one in sys.modules if one.partition(".")[0] == "barrierfree"]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except BaseException:
        print(name, traceback.format_exc())
"""
    ran = subprocess.run(
        [sys.executable, "-c", source, *EVERYTHING], capture_output=True, text=True, timeout=120
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def without_extras(source):
    return run(BLOCKED.format(extras=EXTRAS) + source)


def test_without_the_extras_nothing_but_what_rests_on_them_is_missing():
    source = f"""
for name in {EVERYTHING!r}:
    try:
        importlib.import_module(name)
    except ImportError as error:
        print(name, error.name)
"""
    ran = without_extras(source)
    assert ran.returncode == 0, ran.stderr
    missing = dict(line.split() for line in ran.stdout.splitlines())
    # Whoever loads one of these says in our words what is missing, as is tested below.
    assert missing.keys() <= {
        "barrierfree.transcription.engines.whisper_decoding",
        "barrierfree.transcription.writers.docx",
    }
    assert set(missing.values()) <= set(EXTRAS)


USES = {
    "docx": (
        "bf.save(bf.Transcript(()), '{folder}/x.docx')",
        "UnknownFormat",
        "pip install 'barrierfree[docx]'",
    ),
    "cluster": (
        "from barrierfree.transcription.cluster import cluster_executor\ncluster_executor('tcp://x:1').__enter__()",
        "EngineNotInstalled",
        "pip install 'barrierfree[cluster]'",
    ),
    "whisper": (
        "bf.transcribe('{recording}', engine='whisper')",
        "EngineNotInstalled",
        "pip install 'barrierfree[whisper]'",
    ),
}


@pytest.mark.parametrize("extra", USES)
def test_what_rests_on_an_extra_says_which_when_it_is_used(extra, tmp_path):
    use, kind, hint = USES[extra]
    use = use.format(recording=recording(tmp_path, 1001), folder=tmp_path)
    source = f"""
import barrierfree as bf
try:
    exec({use!r})
except bf.BarrierfreeError as error:
    print(type(error).__name__)
    print(error.hint)
"""
    ran = without_extras(source)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[0] == kind
    assert hint in ran.stdout


def test_without_the_extras_the_rest_works(tmp_path):
    path = recording(tmp_path, 1001)
    source = f"""
import barrierfree as bf
transcript = bf.transcribe({path!r}, engine="scripted")
for form in ("txt", "srt", "vtt", "json", "tsv", "md", "html"):
    bf.save(transcript, {str(tmp_path / "out")!r} + "." + form)
assert bf.load({str(tmp_path / "out.json")!r}) == transcript
(outcome,) = bf.transcribe_many([{path!r}], engine="scripted")
print(transcript.segments[0].text, outcome.transcript == transcript)
"""
    ran = without_extras(source)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "Alpha. True\n"
