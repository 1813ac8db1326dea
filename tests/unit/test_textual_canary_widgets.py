"""Every private name of Textual's widgets that tui/private.py rests on is there and means what it says.

When one of these fails after an update of Textual, tui/private.py is the one place to mend.
"""

import asyncio
import inspect

from rich.panel import Panel
from rich.text import Text
from textual.app import App
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.visual import RichVisual
from textual.widgets import (
    Button,
    Collapsible,
    DataTable,
    Footer,
    Header,
    Input,
    KeyPanel,
    Label,
    Markdown,
    MaskedInput,
    OptionList,
    Placeholder,
    Pretty,
    RadioSet,
    Select,
    Static,
    TabbedContent,
    TabPane,
)

from barrierfree.tui import private, sorting

PAGE = "# H\n\n- a\n\n1. b\n\n> c\n\n```\nd\n```\n\n---\n\n| e |\n|---|\n| f |\n"


class Everything(App):
    BINDINGS = (("a", "bell", "Ring"),)

    def compose(self):
        yield Header(show_clock=True)
        yield RadioSet("one", "two")
        yield Select([("first", 1), ("second", 2)], value=2, id="chosen")
        yield Select([("first", 1)], id="blank")
        yield Placeholder("Map")
        yield Pretty([1, 2])
        with TabbedContent():
            yield TabPane("[b]Pane[/b]")
        yield MaskedInput("9999", "12")
        yield Input(suggester=SuggestFromList(["apple"]), id="fruit")
        yield OptionList("x", markup=False)
        yield Collapsible(title="More")
        yield Static(Panel("inside"), id="rich")
        yield Static("[b]text[/b]", id="text")
        yield Markdown(PAGE)
        yield KeyPanel()
        yield Footer()


def on_stage(scene):
    async def play():
        app = Everything()
        async with app.run_test(size=(100, 60), notifications=True) as pilot:
            await pilot.pause()
            await scene(app, pilot)

    asyncio.run(play())


def test_what_is_rendered_is_known_before_it_is_painted():
    async def scene(app, _pilot):
        assert isinstance(private.shown_visual(app.query_one("#text")), Content)
        visual = private.shown_visual(app.query_one("#rich"))
        assert isinstance(visual, RichVisual)
        assert isinstance(private.rich_shown(visual), Panel)

    on_stage(scene)


def test_changes_of_the_screen_are_counted():
    async def scene(app, pilot):
        counts = [private.changes_under(app.screen)]
        await app.query_one(TabPane).mount(Button("deep inside"))
        counts.append(private.changes_under(app.screen))
        app.query_one(TabPane).query_one(Button).display = False
        counts.append(private.changes_under(app.screen))
        await pilot.pause()
        await app.query_one(TabPane).query_one(Button).remove()
        counts.append(private.changes_under(app.screen))
        assert counts == sorted(set(counts))

    on_stage(scene)


def test_the_highlighted_radio_button_is_not_the_pressed_one():
    async def scene(app, pilot):
        app.query_one(RadioSet).focus()
        await pilot.press("enter", "down")
        assert str(private.highlighted_radio(app.query_one(RadioSet)).label) == "two"
        assert str(app.query_one(RadioSet).pressed_button.label) == "one"

    on_stage(scene)


def test_what_a_select_shows_is_known_before_and_after_it_is_shown():
    async def scene(app, _pilot):
        assert private.chosen_prompt(app.query_one("#chosen")) == "second"
        assert private.chosen_prompt(app.query_one("#blank")) is None

    on_stage(scene)

    class Alone(App):
        async def on_mount(self):
            select = Select([("first", 1)], value=1)
            select.set_reactive(Select.value, 1)
            assert private.chosen_prompt(select) == "first"
            self.exit("seen")

    assert asyncio.run(Alone().run_async(headless=True)) == "seen"


def test_labels_kept_privately_are_found():
    async def scene(app, pilot):
        assert private.placeholder_text(app.query_one(Placeholder)) == "Map"
        assert private.pretty_object(app.query_one(Pretty)) == [1, 2]
        assert private.pane_title(app.query_one(TabPane)).plain == "Pane"
        assert not private.prompt_has_markup(app.query_one(OptionList))
        assert private.prompt_has_markup(OptionList("x"))
        app.notify("told", title="Title", severity="warning")
        await pilot.pause()
        toast = app.screen.query_one(private.Toast)
        assert (private.toast_severity(toast), private.toast_title(toast)) == ("warning", "Title")
        keys = list(app.query(private.FooterKey))
        assert keys
        assert not any(private.footer_key_disabled(key) for key in keys)

    on_stage(scene)


def test_templates_and_suggestions_are_known():
    async def scene(app, pilot):
        masked = app.query_one(MaskedInput)
        assert private.template_error(masked)
        masked.value = "1234"
        assert not private.template_error(masked)
        app.query_one("#fruit").focus()
        await pilot.press("a", "p")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert private.suggestion(app.query_one("#fruit")) == "ple"
        await pilot.press("left")
        assert private.suggestion(app.query_one("#fruit")) == ""

    on_stage(scene)


def test_a_cell_is_shown_as_the_table_shows_it():
    assert str(private.cell_shown(2.5)) == "2.50"
    assert str(private.cell_shown("[b]x[/b]")) == "x"
    assert private.cell_shown(Text("y")).plain == "y"


def test_the_parts_that_have_no_public_name_are_what_widgets_are_made_of():
    async def scene(app, _pilot):
        for part in (
            private.BindingsTable,
            private.CollapsibleTitle,
            private.FooterKey,
            private.HeaderClock,
            private.HeaderIcon,
            private.MarkdownBlockQuote,
            private.MarkdownBullet,
            private.MarkdownBulletList,
            private.MarkdownFence,
            private.MarkdownHeader,
            private.MarkdownHorizontalRule,
            private.MarkdownOrderedList,
            private.MarkdownTable,
            private.MarkdownTableContent,
            private.SelectOverlay,
            private.ToggleButton,
        ):
            assert app.screen.query(part), part.__name__
        assert app.screen.query(private.ToastRack)
        assert app.screen.query_one(private.MarkdownHeader).LEVEL == 1
        assert app.screen.query_one(private.MarkdownFence).code.strip() == "d"
        content = app.screen.query_one(private.MarkdownTableContent)
        assert [cell.plain for cell in (*content.headers, *content.rows[0])] == ["e", "f"]
        link = next(span for span in Content.from_markup("[@click=app.bell]x[/]").spans)
        assert "@click" in str(link.style)

    on_stage(scene)


def test_sorting_is_overheard_and_still_sorts():
    async def play():
        class Sorted(App):
            def compose(self):
                yield DataTable()

        app = Sorted()
        async with app.run_test():
            table = app.query_one(DataTable)
            first, second = table.add_columns("n", "m")
            table.add_rows([(1, 3), (2, 1), (3, 2)])
            usual = DataTable.sort
            table.sort(first)
            assert sorting.last_sorting(table) is None
            sorting.listen_to_sorting()
            try:
                assert table.sort(second, reverse=True) is table
            finally:
                sorting.stop_listening_to_sorting()
            assert sorting.last_sorting(table) == (second, True)
            assert [table.get_row_at(at)[1] for at in range(3)] == [3, 2, 1]
            assert DataTable.sort is usual

    asyncio.run(play())
    assert list(inspect.signature(DataTable.sort).parameters) == ["self", "columns", "key", "reverse"]


def test_a_label_is_a_static():
    """Labels are looked for by that."""
    assert issubclass(Label, Static)
