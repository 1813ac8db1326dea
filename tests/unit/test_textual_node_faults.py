"""Whatever an app does wrong, or is in the middle of, every widget is a node and nothing is raised."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.panel import Panel
from rich.text import Text
from tests import stage, widgets_on_stage
from textual.app import App
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, DataTable, Label, ListItem, ListView, Static, Tree

from barrierfree.semantics import Role
from barrierfree.tui.accessible import with_what_is_told
from barrierfree.tui.keys import Key, number_of, widget_of
from barrierfree.tui.text import one_line, plain, text_lines
from barrierfree.tui.tree import controls_of, name_of, node_of, screen_node, text_of, within_of


def on_stage(app, scene):
    async def play():
        async with app.run_test(size=(100, 40)) as pilot:
            await pilot.pause()
            await scene(app, pilot)

    asyncio.run(play())


# what apps write


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("[b]Save[/b] as…", "Save as…"),
        ("Save\n  the file\t now", "Save the file now"),
        (":warning: Stop", "⚠ Stop"),
        ("at 10:30:15", "at 10:30:15"),
        ("a:b:c", "a:b:c"),
        ("[", "["),
        ("[/]", ""),
        ("[b]open", "open"),
        ("see [1] and [not a tag", "see [1] and [not a tag"),
        ("│ Ready │ ━━━━", "Ready"),
        ("⣿⣷ 40 %", "40 %"),
        ("\ue0b0 main", "main"),
        ("保存\n文件", "保存 文件"),
        (Text.from_markup("[red]late[/red]"), "late"),
        (Content.from_markup("[red]late[/red]"), "late"),
        (Panel("inside", title="above"), "inside"),
        (None, ""),
        (42, "42"),
    ],
)
def test_a_label_is_what_it_says(shown, said):
    assert plain(shown) == said


def test_without_markup_brackets_are_text():
    assert plain("[b]x[/b]", markup=False) == "[b]x[/b]"
    assert text_lines("one\n\n[b]two[/b]") == ("one", "two")


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs",))))
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_label_on_one_line(text):
    said = plain(text)
    assert "\n" not in said
    assert said == said.strip()
    assert one_line(one_line(text)) == one_line(text)


@given(st.text(alphabet="[]/@=b: \n'\"()link$.#", max_size=30))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_broken_markup_is_read_without_a_fault(text):
    assert "\n" not in plain(text)


# what apps are in the middle of


def test_a_widget_that_was_never_shown_is_a_node():
    for widget in (Button("Save"), DataTable(), Tree("root"), ListView(), ListItem(), Static("s")):
        assert node_of(widget).key == Key(number_of(widget))
        assert isinstance(text_of(widget), str)
    assert node_of(Button("Save")).name == "Save"


def test_a_widget_that_fails_when_it_is_asked_leaves_the_rest_readable():
    class Trouble(App):
        def compose(self):
            yield Label("Before")
            yield widgets_on_stage.Broken()
            yield Button("After")

    async def scene(app, _pilot):
        broken = app.query_one(widgets_on_stage.Broken)
        assert node_of(broken).role is Role.GENERIC
        assert node_of(broken).key == Key(number_of(broken))
        assert [node.name for node in screen_node(app.screen).children] == ["Before", "After"]

    on_stage(Trouble(), scene)


def test_an_answer_that_fails_is_none():
    async def scene(app, _pilot):
        assert name_of(app.query_one(widgets_on_stage.Faulty)) == "still read"

    on_stage(widgets_on_stage.Telling(), scene)


@pytest.mark.parametrize(
    "told",
    [
        {"role": object()},
        {"states": 7},
        {"states": "checked"},
        {"position": "third"},
        {"position": (1, 2, 3)},
        {"position": {"index": 1, "nonsense": 2}},
        {"live": "shouting"},
        {"actions": "press"},
        {"actions": 3},
        {"value": 12},
        {"value": None},
        {"description": b"x"},
        {"name": ["a"]},
    ],
)
def test_a_nonsensical_answer_does_no_harm(told):
    widget = Button("Save")
    for what, answer in told.items():
        setattr(widget, f"accessible_{what}", answer)
    node = with_what_is_told(node_of(widget), widget)
    assert node.role is Role.BUTTON
    assert node.name


def test_a_table_that_is_emptied_under_the_cursor_has_no_active_cell():
    async def scene(app, pilot):
        table = app.query_one(DataTable)
        table.move_cursor(row=2, column=3)
        table.clear()
        assert node_of(table).active is None
        table.clear(columns=True)
        assert node_of(table, deep=True).children == ()
        await pilot.pause()
        assert node_of(table).active is None

    on_stage(stage.Tables(), scene)


def test_ten_screens_pushed_and_popped_are_read_each_time():
    async def scene(app, pilot):
        for _turn in range(10):
            app.push_screen(widgets_on_stage.Ask())
            screen_node(app.screen)
            await pilot.pause(0)
            assert screen_node(app.screen).role is Role.DIALOG
            app.pop_screen()
            screen_node(app.screen)
            await pilot.pause(0)
        assert screen_node(app.screen).role is Role.WINDOW

    on_stage(stage.Dialogs(), scene)


def test_widgets_removed_while_they_are_read_are_no_fault():
    async def scene(app, pilot):
        button = app.query_one(Button)
        removing = button.remove()
        for _turn in range(3):
            node_of(button, deep=True)
            within_of(button)
            controls_of(app.screen)
            screen_node(app.screen)
            await asyncio.sleep(0)
        await removing
        assert node_of(button).bounds is None
        assert within_of(button) == ()

    on_stage(stage.Buttons(), scene)


# keys


def test_a_key_is_the_same_as_long_as_the_widget_lives_and_never_anothers():
    widget = Button("One")
    key = node_of(widget).key
    assert node_of(widget).key == key
    assert widget_of(key) is widget
    numbers = {number_of(Widget()) for _widget in range(200)}
    assert len(numbers) == 200
    assert key.widget not in numbers


def test_no_two_things_of_a_screen_have_one_key():
    async def scene(app, _pilot):
        keys = [node.key for node in screen_node(app.screen).walk()]
        assert None not in keys
        assert len(set(keys)) == len(keys)

    for app, _keys in [*stage.WIDGETS.values(), *widgets_on_stage.WIDGETS.values()]:
        on_stage(app(), scene)
