"""Whatever goes wrong in app, reader or voice: no crash, no hang, and the terminal as it was."""

import asyncio
import fcntl
import os
import random
import signal
import struct
import sys
import termios
import time

import pytest
from tests.in_terminal import InTerminal
from tests.listening import listening
from tests.stage import Buttons, Inputs
from textual.app import App
from textual.containers import VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Button, DataTable, Input, Label, OptionList, Static, Tree

from barrierfree.speech.speaker import Speaker
from barrierfree.testing import capture_speech
from barrierfree.tui import watching
from barrierfree.tui.screen_reader import ScreenReader

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals")


class Broken(Static):
    """Fails whenever it is asked for anything."""

    can_focus = True

    @property
    def accessible_name(self):
        raise RuntimeError("no name")

    def accessible_states(self):
        raise RuntimeError("no states")

    def accessible_position(self):
        return "third"


class Page(Screen):
    def __init__(self, number):
        super().__init__()
        self.number = number

    def compose(self):
        yield Label(f"Page {self.number}")
        yield Input()
        yield Button(f"Button {self.number}")


class Ask(ModalScreen):
    def compose(self):
        yield Label("Really?")
        yield Button("Yes")


def test_a_widget_that_fails_when_it_is_asked_is_passed_over():
    class Failing(App):
        def compose(self):
            yield Broken("text")
            yield Button("Fine")

    async def walk():
        async with listening(Failing()) as listener:
            await listener.hear()
            return await listener.press("tab")

    assert asyncio.run(walk()) == ["Fine, button"]


def test_an_app_that_raises_ends_with_its_own_error():
    class Raising(Buttons):
        def on_button_pressed(self):
            raise ZeroDivisionError("the app's own")

    async def walk():
        async with listening(Raising()) as listener:
            await listener.press("enter")

    with pytest.raises(ZeroDivisionError, match="the app's own"):
        asyncio.run(walk())


def test_widgets_may_come_and_go_while_they_are_read():
    chance = random.Random(5)

    class Churning(App):
        def compose(self):
            yield VerticalScroll()

        def churn(self):
            box = self.query_one(VerticalScroll)
            for widget in list(box.children):
                if chance.random() < 0.5:
                    widget.remove()
            kind = chance.choice([Button, Label, Input, OptionList, DataTable, Tree])
            box.mount(kind() if kind in (OptionList, DataTable, Input) else kind("text"))

    async def walk():
        async with listening(Churning()) as listener:
            end = time.monotonic() + 3
            while time.monotonic() < end:
                listener.app.churn()
                key = chance.choice(["tab", "shift+tab", "down", "enter", "a", "alt+n", "alt+w"])
                await listener.pilot.press(key)
            await listener.pilot.pause()
            listener.app.query_one(VerticalScroll).remove_children()
            listener.app.query_one(VerticalScroll).mount(Button("Last"))
            await listener.hear()
            return await listener.press("tab")

    assert "Last, button" in " ".join(asyncio.run(walk()))


def test_ten_screens_in_a_second_leave_the_reader_where_the_user_is():
    async def walk():
        async with listening(Buttons()) as listener:
            await listener.hear()
            for number in range(10):
                listener.app.push_screen(Page(number) if number % 2 else Ask())
                await asyncio.sleep(0.03)
            for _number in range(10):
                listener.app.pop_screen()
                await asyncio.sleep(0.03)
            await asyncio.sleep(0.2)
            await listener.hear()
            return await listener.press("tab")

    assert asyncio.run(walk()) == ["Delete, button"]


@pytest.mark.parametrize("when", ["before", "during"])
def test_a_speaker_that_is_closed_takes_nothing_with_it(when):
    async def walk():
        with capture_speech():
            speaker = Speaker()
            reader = ScreenReader(speaker)
            app = Inputs()
            reader.attach(app)
            if when == "before":
                speaker.close()
            async with app.run_test() as pilot:
                await pilot.press("a", "b")
                speaker.close()
                await pilot.press("c", "tab", "1", "alt+w", "alt+a", "alt+r", "alt+shift+f")
                await asyncio.sleep(0.3)
                assert app.query_one("#name", Input).value == "abc"
                assert app.query_one("#age", Input).value == "1"
            reader.detach()
            assert not reader.faults

    asyncio.run(walk())


def test_a_fault_of_the_reader_itself_never_reaches_the_app(monkeypatch):
    def fail(*_arguments, **_options):
        raise RuntimeError("ours")

    async def walk():
        with capture_speech(), ScreenReader() as reader:
            app = Inputs()
            reader.attach(app)
            async with app.run_test() as pilot:
                monkeypatch.setattr(watching, "node_of", fail)
                monkeypatch.setattr(reader.reader, "key", fail)
                await pilot.press("a", "b", "tab", "7")
                await asyncio.sleep(0.2)
                assert app.query_one("#name", Input).value == "ab"
                assert app.query_one("#age", Input).value == "7"
            assert {str(fault) for fault in reader.faults} == {"ours"}

    asyncio.run(walk())


FORM = """
from textual.app import App
from textual.widgets import Button, Input, Label

class Form(App):
    TITLE = "Form"
    def compose(self):
        yield Label("Name")
        yield Input()
        for number in range(30):
            yield Button(f"Button {number}")

Form().run()
"""


@pytest.fixture
def form(tmp_path):
    (tmp_path / "form.py").write_text(FORM)
    return tmp_path


def in_terminal(folder, **options):
    command = (sys.executable, "-m", "barrierfree", "run", "form.py")
    return InTerminal(*command, log=folder / "spoken.jsonl", cwd=folder, **options)


def test_a_terminal_that_is_resized_a_thousand_times_goes_on_being_read(form):
    with in_terminal(form) as terminal:
        terminal.wait_for("Name, text field")
        for turn in range(1000):
            size = struct.pack("HHHH", 5 + turn % 40, 20 + turn % 90, 0, 0)
            fcntl.ioctl(terminal._slave, termios.TIOCSWINSZ, size)
            terminal.read(0.002)
        said = len(terminal.lines())
        terminal.type(b"\t")
        terminal.wait_for("Button 0, button", after=said)
        terminal.type(b"\x11")
        assert terminal.wait() == 0
        assert terminal.settings_restored


def test_a_listener_in_a_hurry_hears_where_they_arrive_and_not_all_on_the_way(form):
    with in_terminal(form) as terminal:
        at = terminal.wait_for("Name, text field")
        for _time in range(20):
            terminal.type(b"\t")
            terminal.read(0.03)
        last = terminal.wait_for("Button 19", after=at)
        assert last - at <= 20
        terminal.type(b"\x11")
        assert terminal.wait() == 0


def test_an_app_that_is_killed_leaves_no_voice_behind(form):
    import psutil

    with in_terminal(form) as terminal:
        terminal.wait_for("Name, text field")
        children = psutil.Process(terminal.process.pid).children(recursive=True)
        assert children
        terminal.process.send_signal(signal.SIGKILL)
        terminal.wait()
        _gone, alive = psutil.wait_procs(children, timeout=10)
        assert not alive


def test_garbage_from_the_keyboard_ends_nothing(form):
    chance = random.Random(3)
    with in_terminal(form) as terminal:
        at = terminal.wait_for("Name, text field")
        for _time in range(200):
            terminal.type("".join(chance.choices("abc\x1b[OP;0123~\0é中😀<M", k=20)).encode())
            terminal.read(0.01)
        terminal.type(b"\x1b" * 3)
        terminal.read(1)
        assert terminal.process.poll() is None
        terminal.type(b"\x1bw")
        terminal.wait_for("", after=at)
        terminal.type(b"\x11")
        terminal.read(1)
        terminal.process.terminate()
        terminal.wait()
