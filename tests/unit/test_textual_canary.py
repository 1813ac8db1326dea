"""Textual still is what the screen reader takes it for: each private part that attaching rests on."""

import asyncio
import threading

import pytest
from textual import events, message_pump, messages
from textual._context import active_app
from textual.app import App
from textual.driver import Driver
from textual.widgets import Button, Input, Log, RichLog, Static

from barrierfree.tui import hooks


class Watching:
    """Remembers what it is told; keeps some keys for itself."""

    def __init__(self, keeps=()):
        self.keeps = keeps
        self.messages = []
        self.keys = []
        self.threads = set()

    def message(self, message):
        self.messages.append((type(message), hooks.pump()))
        self.threads.add(threading.get_ident())

    def incoming(self, message):
        self.threads.add(threading.get_ident())
        if isinstance(message, events.Key):
            self.keys.append(message.key)
            return message.key in self.keeps
        return False

    def kinds(self):
        return {kind for kind, _pump in self.messages}


class Form(App):
    def __init__(self):
        super().__init__()
        self.pressed = []

    def compose(self):
        yield Static("Ready", id="status")
        yield Input()
        yield Button("Send")

    def on_key(self, event):
        self.pressed.append(event.key)


@pytest.fixture
def form():
    app = Form()
    yield app
    hooks.unwatch(app)
    hooks.watch_all(None)


async def watched(app, watcher):
    hooks.watch(app, watcher)
    async with app.run_test() as pilot:
        await pilot.press("f5", "a", "tab")
        app.query_one("#status", Static).update("Sent")
        await pilot.pause()
        return app.query_one("#status"), app.query_one(Input).value, app.focused


def test_every_message_is_told_and_for_whom_it_is(form):
    watcher = Watching()
    asyncio.run(watched(form, watcher))
    assert {
        events.Mount,
        events.Focus,
        events.Key,
        events.Show,
        messages.Update,
        Input.Changed,
    } <= watcher.kinds()
    for kind in (events.Mount, events.Show):
        places = {type(place) for told, place in watcher.messages if told is kind}
        assert {Static, Input, Button} <= places, kind
    assert watcher.threads == {threading.get_ident()}


def test_a_change_of_text_is_told_with_its_widget(form):
    updated = []

    class Updates(Watching):
        def message(self, message):
            if isinstance(message, messages.Update | messages.Layout):
                updated.append(message.widget)

    status, _value, _focused = asyncio.run(watched(form, Updates()))
    assert status in updated


def test_a_key_that_is_kept_never_reaches_the_app_and_all_others_do(form):
    watcher = Watching(keeps={"f5"})
    _status, value, focused = asyncio.run(watched(form, watcher))
    assert watcher.keys == ["f5", "a", "tab"]
    assert "f5" not in form.pressed
    assert value == "a"
    assert isinstance(focused, Button)


def test_an_app_that_runs_already_can_be_watched_and_left(form):
    async def later():
        watcher = Watching()
        async with form.run_test() as pilot:
            await pilot.press("a")
            hooks.watch(form, watcher)
            await pilot.press("b")
            hooks.unwatch(form)
            told = len(watcher.messages)
            await pilot.press("c")
            assert told == len(watcher.messages) > 0
            return watcher

    assert asyncio.run(later()).keys == ["b"]


def test_nothing_of_textual_is_changed_when_nobody_watches(form):
    variable, send = message_pump.message_hook_context_var, Driver.send_message
    hooks.watch(form, Watching())
    assert message_pump.message_hook_context_var is not variable
    hooks.unwatch(form)
    assert message_pump.message_hook_context_var is variable
    assert Driver.send_message is send


def test_the_hook_of_a_test_is_called_as_well(form):
    watcher, seen = Watching(), []

    async def both():
        hooks.watch(form, watcher)
        async with form.run_test(message_hook=lambda message: seen.append(type(message))):
            pass

    asyncio.run(both())
    assert events.Mount in seen
    assert events.Mount in watcher.kinds()


def test_an_app_that_nobody_watches_is_left_alone(form):
    watcher, other = Watching(), Form()

    async def two():
        hooks.watch(other, watcher)
        async with form.run_test() as pilot:
            await pilot.press("a")

    asyncio.run(two())
    hooks.unwatch(other)
    assert not watcher.messages
    assert not watcher.keys


def test_every_app_gets_a_watcher_of_its_own_where_all_are_watched(form):
    made = {}

    def make(app):
        made[app] = Watching()
        return made[app]

    hooks.watch_all(make)
    other = Form()
    asyncio.run(watched(other, made.setdefault(other, Watching())))

    async def run():
        async with form.run_test() as pilot:
            await pilot.press("a")

    asyncio.run(run())
    hooks.unwatch(other)
    assert made[form].keys == ["a"]
    assert events.Mount in made[form].kinds()


def test_keys_from_another_thread_come_in_order_with_all_else_and_are_judged_in_the_app_s_own(form):
    watcher = Watching(keeps={"f5"})

    async def typed():
        hooks.watch(form, watcher)
        async with form.run_test() as pilot:
            watcher.threads.clear()

            def type_from_outside():
                for at in range(50):
                    for key in ("f5", "abcdefghij"[at % 10]):
                        event = events.Key(key, key if len(key) == 1 else None)
                        event.set_sender(form)
                        form._driver.send_message(event)
                    form._driver.send_message(events.Paste("-"))

            await asyncio.to_thread(type_from_outside)
            await pilot.pause(0.1)
            return form.query_one(Input).value

    expected = "".join(f"{'abcdefghij'[at % 10]}-" for at in range(50))
    assert asyncio.run(typed()) == expected
    assert watcher.threads == {threading.get_ident()}


def test_the_painted_screen_can_be_had(form):
    async def rows():
        async with form.run_test(size=(40, 10)) as pilot:
            await pilot.pause()
            return [strip.text for strip in hooks.painted(form.screen)]

    found = asyncio.run(rows())
    assert len(found) == 10
    assert found[0].startswith("Ready")


def test_what_is_done_for_an_app_is_done_as_the_app(form):
    async def inside():
        async with form.run_test():
            with hooks.within(form):
                assert active_app.get() is form
                assert hooks.pump() is form
                assert hooks.has_screen(form)
                assert not hooks.is_leaving(form)
            form.exit()
            assert hooks.is_leaving(form)

    asyncio.run(inside())
    assert not hooks.has_screen(form)


@pytest.mark.parametrize("kind", [Log, RichLog])
def test_the_last_lines_of_a_log_are_known_however_many_it_keeps(kind):
    class Logging(App):
        def compose(self):
            yield kind(max_lines=10)

    async def written():
        app = Logging()
        async with app.run_test() as pilot:
            log = app.query_one(kind)
            write = log.write_line if kind is Log else log.write
            for number in range(30):
                write(f"line {number}")
            await pilot.pause()
            lines = [line.strip() for line in hooks.log_lines(log, 3)]
            count = hooks.log_count(log)
            log.clear()
            return lines, count, hooks.log_count(log)

    lines, count, after = asyncio.run(written())
    assert lines == ["line 27", "line 28", "line 29"]
    assert count >= 10
    assert after == 0
