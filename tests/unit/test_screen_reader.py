"""What is heard of Textual apps: of every stock widget by the line, and of what changes by itself."""

import asyncio
import gc
import os
import weakref

import pytest
from tests.conftest import ROOT
from tests.listening import hear, transcript
from tests.stage import WIDGETS, Buttons, Dialogs, Directories, Inputs
from textual.app import App
from textual.widgets import Button, Label

from barrierfree.reading.settings import KeyEcho, ReadingSettings, Verbosity
from barrierfree.testing import capture_speech
from barrierfree.tui.screen_reader import ScreenReader

GOLDEN = ROOT / "tests" / "golden" / "spoken"


def compare(name, lines):
    """Hold a transcript to the one that was found good; BARRIERFREE_WRITE_GOLDEN=1 writes it anew."""
    file = GOLDEN / f"{name}.txt"
    text = "".join(f"{line}\n" for line in lines)
    if os.environ.get("BARRIERFREE_WRITE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", WIDGETS)
def test_every_stock_widget_says_what_a_listener_needs(name):
    app, keys = WIDGETS[name]
    compare(name, asyncio.run(transcript(app(), keys.split())))


def test_a_tree_of_folders_says_what_a_listener_needs(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "readme.txt").write_text("")
    (tmp_path / "zebra.txt").write_text("")
    folder = tmp_path.rename(tmp_path.with_name("folder"))
    compare("directory-tree", asyncio.run(transcript(Directories(folder), "down enter down down".split())))


@pytest.mark.parametrize("verbosity", list(Verbosity))
def test_how_much_is_said_is_the_listener_s_choice(verbosity):
    settings = ReadingSettings(verbosity=verbosity)
    lines = asyncio.run(transcript(Buttons(), "tab tab".split(), settings=settings))
    lines += asyncio.run(transcript(WIDGETS["option-list"][0](), ["down"], settings=settings))
    compare(f"verbosity-{verbosity}", lines)


@pytest.mark.parametrize("echo", list(KeyEcho))
def test_what_is_typed_is_said_as_the_listener_wants_it(echo):
    settings = ReadingSettings(key_echo=echo)
    keys = "H i space y o u space".split()
    compare(f"echo-{echo}", asyncio.run(transcript(Inputs(), keys, settings=settings)))


def test_a_password_is_never_said_nor_kept():
    lines = asyncio.run(transcript(Inputs(), "tab tab h u n t e r 2 left home shift+end backspace".split()))
    said = " ".join(line for line in lines if not line.startswith(">"))
    assert "password field" in said
    assert not {"h", "u", "n", "e", "r", "2"} & {line for line in lines if not line.startswith(">")}


def test_reader_keys_never_reach_the_app_and_all_others_do():
    class Keys(App):
        pressed = []

        def compose(self):
            yield Button("Fine")

        def on_key(self, event):
            self.pressed.append(event.key)

    async def press(listener):
        await listener.press("alt+w", "x", "alt+shift+w", "ctrl+b", "alt+g", "alt+w", "alt+7", "f12")

    hear(Keys(), press)
    assert Keys.pressed == ["x", "ctrl+b", "alt+w", "alt+7", "f12"]


def test_the_text_under_the_mouse_can_be_heard():
    async def point(listener):
        await listener.pilot.hover("#status")
        await listener.pilot.press("alt+m")

    lines = hear(Buttons(), point)
    assert lines[-1] == "Nothing saved yet"


def test_it_can_be_attached_while_the_app_runs_and_detached_again():
    async def later():
        app = Buttons()
        with capture_speech() as speech:
            async with app.run_test() as pilot:
                reader = ScreenReader()
                reader.attach(app)
                await pilot.press("tab")
                await asyncio.sleep(0.2)
                heard = list(speech.texts)
                reader.detach()
                reader.detach()
                await pilot.press("tab")
                await asyncio.sleep(0.2)
                return heard, speech.texts

    heard, after = asyncio.run(later())
    assert "Delete, button" in heard
    assert after == heard


def test_two_apps_one_after_the_other_are_both_read():
    async def both():
        with capture_speech() as speech, ScreenReader().attach_to_all() as reader:
            for app in (Buttons(), Dialogs()):
                async with app.run_test():
                    await asyncio.sleep(0.2)
            assert reader.apps_read == 2
            return speech.texts

    assert asyncio.run(both()) == ["Buttons", "Save, button, Writes the file", "Dialogs", "Fine, button"]


def test_an_app_that_has_ended_is_not_kept():
    async def run():
        with capture_speech():
            app = Buttons()
            reader = ScreenReader().attach_to_all()
            async with app.run_test():
                await asyncio.sleep(0.1)
            kept = weakref.ref(app)
            return reader, kept

    reader, kept = asyncio.run(run())
    gc.collect()
    assert kept() is None
    reader.detach()


def test_a_screen_without_controls_is_read_at_once():
    class Page(App):
        TITLE = "Page"

        def compose(self):
            yield Label("It is done.")
            yield Label("Press Q to leave.")

    assert asyncio.run(transcript(Page(), [])) == ["Page", "It is done.\nPress Q to leave."]
