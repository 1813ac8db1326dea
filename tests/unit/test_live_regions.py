"""What changes by itself on a screen is said if it is news, once, and not too often."""

import asyncio

import pytest
from tests.listening import hear
from tests.stage import Texts
from textual.app import App
from textual.widgets import Button, Digits, Label, Static

from barrierfree.tui.news import added, finished, is_noise, only_figures, shortened


def test_a_clock_is_never_said():
    async def tick(listener):
        for second in range(30):
            listener.app.query_one(Digits).update(f"12:00:{second:02d}")
            listener.app.query_one("#status", Static).update(f"Connected 12:00:{second:02d}")
            await listener.pilot.press("x")
            await asyncio.sleep(0.05)
        assert await listener.hear(0.1) == []
        listener.app.exit()

    class Clock(App):
        def compose(self):
            yield Digits("11:59:59")
            yield Static("Connected 11:59:59", id="status")
            yield Button("Fine")

    hear(Clock(), tick, seconds=0)


def test_a_counter_is_said_when_it_comes_to_rest():
    async def count(listener):
        for number in range(30):
            listener.app.query_one("#label", Label).update(f"Copied {number} of 30 files")
            await asyncio.sleep(0.03)

    lines = hear(Texts(), count, seconds=3.0)
    assert lines[-1] == "Copied 29 of 30 files"
    assert len(lines) <= 2


def test_a_spinner_is_not_said_and_what_follows_it_is():
    async def spin(listener):
        label = listener.app.query_one("#label", Label)
        for turn in range(20):
            label.update("⠋⠙⠹⠸⠼⠴"[turn % 6] + " Ready")
            await asyncio.sleep(0.02)
        label.update("✔ Answer found")

    assert hear(Texts(), spin) == ["✔ Answer found"]


def test_a_text_that_is_being_written_is_said_once_and_whole():
    text = "Boil the water first. Then pour it over the leaves. Wait for two minutes, and enjoy your tea. "
    words = text.split()

    async def write(listener):
        label, text = listener.app.query_one("#static", Static), ""
        label.update("")
        for word in words:
            text += word + " "
            label.update(text)
            await asyncio.sleep(0.05)

    lines = hear(Texts(), write, seconds=1.5)
    assert " ".join(lines).split() == words
    assert len(lines) <= 5


def test_a_text_that_goes_on_changing_has_to_wait_longer_each_time():
    words = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel"]

    async def change(listener):
        for turn in range(50):
            listener.app.query_one("#label", Label).update(f"{words[turn % 8]} {words[turn // 8]} now")
            await asyncio.sleep(0.08)

    lines = hear(Texts(), change, seconds=0.2)
    assert 1 <= len(lines) <= 6


def test_a_table_of_lines_says_only_the_line_that_changed():
    async def change(listener):
        listener.app.query_one("#static", Static).update("Disk: full\nMail: none")
        await listener.hear()
        await asyncio.sleep(1.2)
        await listener.hear()
        listener.app.query_one("#static", Static).update("Disk: full\nMail: two letters")

    assert hear(Texts(), change) == ["Mail: two letters"]


def test_a_hidden_text_is_said_when_it_is_shown_and_again_when_it_comes_back():
    async def show(listener):
        hidden = listener.app.query_one("#hidden")
        for display in (True, False, True):
            hidden.display = display
            await asyncio.sleep(1.2)

    assert hear(Texts(), show) == ["File not found"] * 2


def test_what_the_app_says_about_urgency_holds():
    class Quiet(Static):
        accessible_live = "off"

    class Loud(Static):
        accessible_live = "assertive"

    class Status(App):
        def compose(self):
            yield Quiet("one")
            yield Loud("one")
            yield Button("Fine")

    async def change(listener):
        for widget in listener.app.query(Static):
            if isinstance(widget, Quiet | Loud):
                widget.update("two " + type(widget).__name__)

    assert hear(Status(), change) == ["two Loud"]


def test_nothing_is_said_of_an_unchanged_text_that_is_painted_again():
    async def paint(listener):
        for _time in range(10):
            for widget in listener.app.screen.walk_children():
                widget.refresh(layout=True)
            await asyncio.sleep(0.05)

    assert hear(Texts(), paint) == []


def test_a_long_text_that_appears_is_begun_and_not_recited():
    async def show(listener):
        await listener.app.mount(Static("Word after word. " * 200))

    (line,) = hear(Texts(), show)
    assert len(line) <= 300
    assert line.endswith(".")


@pytest.mark.parametrize(
    ("before", "after", "news"),
    [
        ("", "Ready", "Ready"),
        ("Ready.", "Ready. Go.", "Go."),
        ("a\nb", "b\nc", "c"),
        ("a\nb", "a", "a"),
        ("one", "two", "two"),
    ],
)
def test_only_what_is_new_in_a_text_is_news(before, after, news):
    assert added(before, after) == news


@pytest.mark.parametrize(
    ("before", "after", "noise"),
    [
        ("⠋ Wait", "⠙ Wait", True),
        ("[####  ] 10%", "[##### ] 10%", True),
        ("[####  ] 10%", "[##### ] 20%", False),
        ("Up 12:00:01", "Up 12:00:02", True),
        ("12:00:01", "12:00:02", False),
        ("-3 °C", "3 °C", False),
        ("等待 |", "等待 /", True),
        ("等待", "完成", False),
    ],
)
def test_a_redraw_is_told_from_a_change(before, after, noise):
    assert is_noise(before, after) is noise


def test_figures_among_the_same_words_are_a_counter():
    assert only_figures("3 of 10, 1,234.5 kB", "4 of 10, 99 kB")
    assert not only_figures("3 apples", "3 pears")


def test_a_text_is_cut_where_a_sentence_ends():
    assert finished("It is 3.14. Then ") == "It is 3.14. "
    assert finished("你好。再") == "你好。"
    assert finished("no end") == ""
    assert shortened("word " * 100).endswith(" …")
    assert len(shortened("x" * 1000)) <= 302
