"""barrierfree run: the program gets what Python would give it, and is heard."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from tests.cli.running import barrierfree
from tests.conftest import ROOT
from tests.in_terminal import InTerminal

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals")

TALKER = '''
"""Does one of the things a program may do."""
import atexit, os, sys, time
from pathlib import Path

class Mine(Exception):
    pass

def report():
    main = sys.modules["__main__"]
    print(__name__, main.__file__, sys.argv, sys.orig_argv[1:], sys.path[0], Path(__file__).name)
    print(main.__package__, main.__spec__ and main.__spec__.name, type(main.__loader__).__name__)

def deeper(what):
    atexit.register(print, "cleaned up")
    match what:
        case "report": report()
        case "raise": raise Mine("no good")
        case "chained":
            try:
                {}["key"]
            except KeyError as error:
                raise Mine("because of that") from error
        case "exit": sys.exit(7)
        case "text": sys.exit("that is all")
        case "interrupt": raise KeyboardInterrupt
        case "pipe": raise BrokenPipeError(32, "Broken pipe")
        case "click":
            import click
            raise click.UsageError("click's own")
        case "ours":
            from barrierfree.errors import SettingsError
            raise SettingsError("the program's own", hint="not for us")
        case "read": print(sys.stdin.read().upper())
        case "wait":
            print("waiting", flush=True)
            time.sleep(60)

if __name__ == "__main__":
    deeper(sys.argv[1])
'''
FORM = """
import sys
from textual.app import App
from textual.widgets import Button, Input, Label

class Form(App):
    TITLE = "Order"
    def compose(self):
        yield Label("Name")
        yield Input()
        yield Button("Send")
    def on_key(self, event):
        with open("keys.txt", "a") as file:
            print(event.key, file=file)
    def on_button_pressed(self):
        if self.query_one(Input).value == "boom":
            raise ValueError("the app's own fault")
        with open("value.txt", "w") as file:
            file.write(self.query_one(Input).value)
        self.exit(return_code=5)

def make():
    return Form()

if __name__ == "__main__":
    app = Form()
    app.run(inline="inline" in sys.argv)
    sys.exit(app.return_code)
"""


@pytest.fixture
def talker(tmp_path):
    file = tmp_path / "talker.py"
    file.write_text(TALKER)
    return file


@pytest.fixture
def form(tmp_path):
    (tmp_path / "form.py").write_text(FORM)
    return tmp_path


def run_both(folder, *arguments, **options):
    """The same program by Python and by us: exit status, standard output, standard error of each."""
    environment = {**os.environ, "BARRIERFREE_SPEECH_ENGINE": "silent", "BARRIERFREE_AUDIO": "null"}
    for start in ([], ["-m", "barrierfree", "run"]):
        ran = subprocess.run(
            [sys.executable, *start, *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            **({"stdin": subprocess.DEVNULL} | options if "input" not in options else options),
        )
        yield ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize(
    "what", ["report", "raise", "chained", "exit", "text", "interrupt", "pipe", "click", "ours"]
)
def test_a_program_ends_and_prints_exactly_as_under_python(talker, what):
    alone, heard = run_both(talker.parent, "talker.py", what, "--help", "-m", "--", "x y")
    assert heard == alone


def test_a_module_is_run_as_python_runs_it(talker):
    alone, heard = run_both(talker.parent, "-m", "talker", "report", "--help", "-m")
    assert heard == alone


def test_standard_input_is_the_program_s(talker):
    alone, heard = run_both(talker.parent, "talker.py", "read", input="tea\nfor two")
    assert heard == alone
    assert "TEA\nFOR TWO" in heard[1]


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_it_as_it_ends_python(talker, sent):
    endings = []
    for start in ([], ["-m", "barrierfree", "run", "-e", "silent"]):
        process = subprocess.Popen(
            [sys.executable, *start, talker, "wait"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "BARRIERFREE_AUDIO": "null"},
        )
        with process:
            assert process.stdout.readline() == "waiting\n"
            time.sleep(0.3)  # so that it sleeps
            process.send_signal(sent)
            out, err = process.communicate(timeout=20)
            endings.append((process.returncode, out, err))
    alone, heard = endings
    assert heard == alone
    assert heard[0] == -sent


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (["nothing.py"], "There is no file named nothing.py."),
        (["-m", "no_such_module"], "There is no module named no_such_module."),
        (["talker:Nothing"], "There is no Nothing in talker."),
        (["talker:Path"], "is no Textual app."),
        (["/bin/sh"], "/bin/sh is no Python program."),
        (["."], "is a folder without a __main__.py."),
        ([], "Name the program to run."),
    ],
)
def test_what_cannot_be_run_is_told_in_a_line_and_a_hint(talker, program, said, monkeypatch):
    monkeypatch.chdir(talker.parent)
    ran = barrierfree("run", "--engine", "silent", *program, env={"BARRIERFREE_AUDIO": "null"})
    assert ran.code == 2
    assert len(ran.lines) == 2
    assert said in ran.lines[0]
    assert ran.lines[1].startswith("  ")


def test_a_command_of_another_python_is_told_from_a_missing_file(tmp_path):
    command = tmp_path / "other"
    command.write_text("#!/opt/other/bin/python3\nprint('hello')\n")
    ran = barrierfree("run", command)
    assert ran.code == 2
    assert "belongs to another Python." in ran.lines[0]
    assert "/opt/other/bin/python3 -m pip install barrierfree" in ran.lines[1]


def test_without_a_voice_the_program_runs_all_the_same_and_one_line_says_why(talker):
    ran = barrierfree("run", "--engine", "nobody", talker, "exit")
    assert ran.code == 7
    assert len(ran.lines) == 2
    assert '"nobody"' in ran.lines[0]
    assert ran.text == "cleaned up\n"


def test_the_keys_of_the_reader_can_be_listed():
    ran = barrierfree("run", "--help-keys")
    assert ran.code == 0
    assert len(ran.text.splitlines()) > 20
    assert "alt" in ran.text.lower()


COMMANDS = {
    "file": ["form.py"],
    "inline": ["form.py", "inline"],
    "module": ["-m", "form"],
    "class": ["form:Form"],
    "function": ["form:make"],
}


@pytest.mark.parametrize("how", COMMANDS)
def test_an_unmodified_app_on_a_real_terminal_speaks_and_leaves_the_terminal_as_it_was(form, how):
    log = form / "spoken.jsonl"
    with InTerminal(
        sys.executable, "-m", "barrierfree", "run", *COMMANDS[how], log=log, cwd=form
    ) as terminal:
        at = terminal.wait_for("Name, text field")
        assert any("Order" in line for line in terminal.lines())
        terminal.type(b"J")
        at = terminal.wait_for("J", after=at)
        terminal.type(b"\x1bw")  # Alt+W: where am I
        at = terminal.wait_for("Name", after=at)
        terminal.type(b"\t")
        terminal.wait_for("Send, button", after=at)
        terminal.type(b"\r")
        assert terminal.wait() == 5
        assert terminal.settings_restored
        if how != "inline":
            assert terminal.output.rindex(b"\x1b[?1049l") > terminal.output.rindex(b"\x1b[?1049h")
    assert (form / "keys.txt").read_text().split() == ["tab", "enter"]
    assert (form / "value.txt").read_text() == "J"


def test_an_app_that_crashes_shows_its_own_traceback_and_status(form):
    with InTerminal(
        sys.executable, "-m", "barrierfree", "run", "form.py", log=form / "log", cwd=form
    ) as terminal:
        at = terminal.wait_for("Name, text field")
        terminal.type(b"boom\t")
        terminal.wait_for("Send, button", after=at)
        terminal.type(b"\r")
        assert terminal.wait() == 1
        assert b"the app's own fault" in terminal.output
        assert b"barrierfree" not in terminal.output
        assert terminal.settings_restored


def test_a_dead_voice_leaves_the_app_alone(form):
    """The voice is a process; killed over and over, it takes nothing with it."""
    import psutil

    with InTerminal(
        sys.executable, "-m", "barrierfree", "run", "form.py", log=form / "log", cwd=form
    ) as terminal:
        terminal.wait_for("Name, text field")
        for _time in range(5):
            for child in psutil.Process(terminal.process.pid).children(recursive=True):
                child.kill()
            terminal.type(b"a")
            terminal.read(0.2)
        terminal.type(b"\t\r")
        assert terminal.wait() == 5
        assert terminal.settings_restored
    assert (form / "value.txt").read_text() == "aaaaa"


def test_what_is_said_goes_to_the_log_with_its_reason(form):
    log = form / "spoken.jsonl"
    with InTerminal(sys.executable, "-m", "barrierfree", "run", "form.py", log=log, cwd=form) as terminal:
        terminal.wait_for("Name, text field")
        terminal.type(b"\x11")
        terminal.wait()
    reasons = [json.loads(line)["reason"] for line in log.read_text().splitlines()]
    assert reasons[:2] == ["screen", "focus"]


def test_a_program_starts_hardly_later_than_alone(talker):
    """A second is what a blind user's patience is worth; import of Textual is most of it."""
    began = time.monotonic()
    ran = barrierfree("run", "-e", "silent", talker, "exit", env={"BARRIERFREE_AUDIO": "null"})
    assert ran.code == 7
    assert time.monotonic() - began < 4


def test_the_example_speaks_by_its_own_line(tmp_path):
    with InTerminal(sys.executable, ROOT / "examples" / "spoken_form.py", log=tmp_path / "log") as terminal:
        at = terminal.wait_for("Name, text field")
        terminal.type(b"Li\t")
        at = terminal.wait_for("Tea instead of coffee, check box, not checked", after=at)
        terminal.type(b"\t\r")
        terminal.wait_for("Ordered for Li.", after=at)
        terminal.type(b"\x11")
        assert terminal.wait() == 0
