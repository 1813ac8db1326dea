"""Nothing but ``barrierfree models install`` as much as tries to reach a network."""

import json
import os
import shutil
import subprocess
import sys
import time

import click
import pytest
from tests.conftest import EXAMPLES, missing
from tests.sounds import write_sound

from barrierfree.testing import silence, tone

WATCH = """
import os, sys, traceback

EVENTS = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
          "socket.sendto", "socket.sendmsg", "socket.bind", "http.client.connect", "urllib.Request"}

def watch(event, arguments):
    if event not in EVENTS or (event == "socket.bind" and arguments[1][0] == "::1"):
        return  # The package requests, which vosk imports, binds there to see if the machine knows IPv6.
    with open(os.environ["NETWORK_LOG"], "a") as log:
        log.write(f"{event} {arguments[1:]!r}\\n" + "".join(traceback.format_stack(limit=12)))
    raise PermissionError("no network in this test")

sys.addaudithook(watch)
with open(os.environ["NETWORK_LOG"] + ".watched", "a") as log:
    log.write(f"{os.getpid()}\\n")
"""
"""Every process notes, and is refused, whatever it tries to do with a network."""
TRIED_BY = {
    "models install": "the one command that may",
    "transcribe --cluster": "a cluster is a network",
}
COMMANDS = {
    "": [],
    "transcribe": ["talk.wav", "--engine", "scripted"],
    "speak": ["--engine", "silent", "-o", "talk.wav", "Hello."],
    "voices": ["--engine", "silent"],
    "run": ["--help-keys"],
    "models": [],
    "models list": [],
    "models where": [],
    "models verify": [],
    "models remove": ["whisper-tiny.en"],
}


class Watched:
    """A folder to work in, and processes that are watched."""

    def __init__(self, folder):
        self.folder = folder
        self.log = folder / "network.log"
        site = folder / "site"
        site.mkdir()
        (site / "sitecustomize.py").write_text(WATCH)
        self.environment = {**os.environ, "PYTHONPATH": str(site), "NETWORK_LOG": str(self.log)}

    def run(self, *arguments, before=(), **environment):
        return subprocess.run(
            [*map(str, before), sys.executable, *map(str, arguments)],
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=280,
            stdin=subprocess.DEVNULL,
            env={**self.environment, **environment},
        )

    def command(self, *arguments, **options):
        return self.run("-m", "barrierfree", *arguments, **options)

    def tries(self):
        return self.log.read_text() if self.log.exists() else ""

    def processes(self):
        return len(self.log.with_name("network.log.watched").read_text().splitlines())


@pytest.fixture
def watched(tmp_path):
    write_sound(tmp_path / "talk.wav", [tone(2) + silence(1) + tone(1.5)], rate=16000)
    return Watched(tmp_path)


CONNECT = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'', ('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')",
        "import asyncio; asyncio.run(asyncio.open_connection('127.0.0.1', 9))",
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CONNECT!r}])",
    ],
)
def test_an_attempt_would_be_seen(watched, attempt):
    watched.run("-c", attempt)
    assert "socket" in watched.tries() or "urllib" in watched.tries()


def test_installing_a_model_does_try_so_the_watch_is_in_the_right_place(watched):
    install = [sys.executable, "-m", "barrierfree", "models", "install", "vosk-small-ko-0.22"]
    own = {**watched.environment, "BARRIERFREE_MODELS": str(watched.folder / "own")}
    with subprocess.Popen(install, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        while not watched.tries():
            assert program.poll() is None
            time.sleep(0.05)
        program.kill()


def commands_of(group, name=""):
    """Every command there is, by its words."""
    from barrierfree.cli import cli

    group = group or cli
    context = click.Context(group)
    yield name
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        full = f"{name} {word}".strip()
        if isinstance(command, click.Group):
            yield from commands_of(command, full)
        else:
            yield full


def test_every_command_there_is_is_tested_here():
    assert set(commands_of(None)) - TRIED_BY.keys() == COMMANDS.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_help_try_nothing(watched, name):
    words = name.split()
    none = {"BARRIERFREE_MODELS": str(watched.folder / "none")}
    ran = watched.command(*words, *COMMANDS[name], **none)
    assert "Traceback" not in ran.stderr
    assert ran.returncode in {0, 2, 3}
    assert watched.command(*words, "--help", **none).returncode == 0
    assert watched.tries() == ""


def test_the_help_of_the_one_that_may_tries_nothing(watched):
    assert watched.command("models", "install", "--help").returncode == 0
    assert watched.command("models", "install", "no-such-model").returncode == 3
    assert watched.tries() == ""


def test_every_format_and_option_of_transcribe_tries_nothing(watched):
    options = ["--engine", "scripted", "--numbers", "--words", "--channel", "each", "--workers", "2"]
    formats = "txt,srt,vtt,json,tsv,html,docx,md"
    ran = watched.command("transcribe", "talk.wav", "-o", "out", "-f", formats, *options)
    assert ran.returncode == 0, ran.stderr
    assert len(list((watched.folder / "out").iterdir())) == 8
    assert watched.command("transcribe", "--check", "out/talk.srt").returncode == 0
    assert watched.tries() == ""


@pytest.mark.parametrize(
    "asked",
    [
        [],
        ["--language", "ko"],
        ["--model", "whisper-base"],
        ["--model", "http://127.0.0.1:9/model"],
        ["--speakers"],
    ],
)
def test_a_model_that_is_missing_is_not_fetched_unasked(watched, asked):
    none = {"BARRIERFREE_MODELS": str(watched.folder / "none")}
    ran = watched.command("transcribe", "talk.wav", *asked, **none)
    assert ran.returncode == 3
    assert watched.tries() == ""


@pytest.mark.parametrize(
    "name", ["http://127.0.0.1:9/talk.wav", "rtmp://127.0.0.1/x", "udp://127.0.0.1:9", "tcp:x"]
)
def test_an_address_is_not_a_recording(watched, name):
    ran = watched.command("transcribe", name, "--engine", "scripted")
    assert ran.returncode == 4
    assert watched.tries() == ""


PLAYLIST = """#EXTM3U
#EXT-X-TARGETDURATION:5
#EXTINF:5,
http://127.0.0.1:9/a.ts
#EXT-X-ENDLIST
"""


def test_a_playlist_reaches_for_nothing(watched):
    (watched.folder / "list.m3u8").write_text(PLAYLIST)
    assert watched.command("transcribe", "list.m3u8", "--engine", "scripted").returncode == 4
    assert watched.tries() == ""


LIBRARY = """
import sys
import barrierfree as bf
asked = dict(engine=sys.argv[1], language=sys.argv[2], model=sys.argv[3] or None, end=5.0)
path = sys.argv[4]
transcript = bf.transcribe(path, **asked)
assert [segment for segment in bf.stream(path, **asked)]
assert bf.transcribe(path, resume=True, **asked).text
for outcome in bf.transcribe_many([path, path, "missing.wav"], **asked):
    assert outcome.transcript or outcome.path == "missing.wav"
for form in ("txt", "srt", "vtt", "json", "tsv", "html", "docx", "md"):
    bf.save(transcript, f"x.{form}")
assert bf.load("x.json").text == transcript.text
assert bf.load("x.srt").segments
assert bf.retime(transcript, transcript.text + "x").text
print(transcript.language, transcript.model)
"""


def test_every_call_of_the_library_tries_nothing(watched):
    ran = watched.run("-c", LIBRARY, "scripted", "en", "", "talk.wav")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert watched.tries() == ""
    # Its worker processes were watched as well.
    assert watched.processes() >= 2


MODELS = [
    ("whisper", "en", "whisper-tiny.en", "hello-en.wav", "en"),
    ("whisper", "auto", "whisper-base", "hello-zh.wav", "zh"),
    ("whisper", "mixed", "whisper-base", "hello-en.wav", "None"),
    ("vosk", "ko", "vosk-small-ko-0.22", "hello-en.wav", "ko"),
]


@pytest.mark.model
@pytest.mark.parametrize(("engine", "language", "model", "name", "found"), MODELS)
def test_real_models_try_nothing_either(watched, model_folder, engine, language, model, name, found):
    model_folder(model)
    ran = watched.run("-c", LIBRARY, engine, language, model, EXAMPLES / name)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == f"{found} {model}\n"
    assert watched.tries() == ""


@pytest.mark.model
def test_a_model_in_a_folder_without_its_tokenizer_is_not_completed_from_a_network(watched, model_folder):
    own = watched.folder / "own"
    shutil.copytree(model_folder("whisper-tiny.en"), own)
    (own / "tokenizer.json").unlink()
    ran = watched.command("transcribe", EXAMPLES / "hello-en.wav", "--model", own, "--language", "en")
    assert ran.returncode == 3
    assert "tokenizer.json" in ran.stderr
    assert watched.tries() == ""


def strace(watched):
    """What to put in front of a command so that native code is watched, too."""
    if not shutil.which("strace"):
        missing("the Debian package strace")
    return [
        "strace",
        "-f",
        "-qq",
        "-e",
        "trace=connect,sendto,sendmsg,sendmmsg",
        "-o",
        watched.folder / "strace.log",
    ]


def trace(watched):
    return (watched.folder / "strace.log").read_text()


@pytest.mark.model
@pytest.mark.system
@pytest.mark.parametrize(("engine", "language", "model", "name", "found"), MODELS)
def test_native_code_tries_nothing_either(watched, model_folder, engine, language, model, name, found):
    model_folder(model)
    before = [str(word) for word in strace(watched)]
    ran = watched.command(
        *("transcribe", EXAMPLES / name, "-e", engine, "-l", language, "-m", model, "-f", "json"),
        before=before,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["segments"]
    assert "AF_INET" not in trace(watched)


@pytest.mark.system
def test_a_playlist_makes_the_decoder_reach_for_nothing(watched):
    (watched.folder / "list.m3u8").write_text(PLAYLIST)
    options = ["list.m3u8", "--engine", "scripted"]
    assert watched.command("transcribe", *options, before=strace(watched)).returncode == 4
    assert "AF_INET" not in trace(watched)


@pytest.mark.system
def test_native_code_would_be_seen(watched):
    connect = """
import ctypes, socket
address = ctypes.create_string_buffer(bytes([2, 0, 0, 9, 127, 0, 0, 1]) + bytes(8))
libc = ctypes.CDLL(None)
libc.connect(libc.socket(2, 1, 0), address, 16)
"""
    assert watched.run("-c", connect, before=strace(watched)).returncode == 0
    assert "AF_INET" in trace(watched)
    assert watched.tries() == ""


@pytest.mark.system
@pytest.mark.model
def test_a_machine_without_any_network_does_all_of_it(watched, model_folder):
    model_folder("whisper-base")
    cut_off = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*cut_off, "true"], capture_output=True).returncode:
        missing("the right to cut off the network (unshare)")
    arguments = ["-c", LIBRARY, "whisper", "auto", "whisper-base", EXAMPLES / "hello-en.wav"]
    ran = watched.run(*arguments, before=cut_off)
    assert (ran.returncode, ran.stdout) == (0, "en whisper-base\n"), ran.stderr
