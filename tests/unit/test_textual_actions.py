"""What a node says can be done, is done: with widgets, and with the items inside them."""

import asyncio

import pytest
from tests import stage, widgets_on_stage
from textual.app import App
from textual.command import CommandPalette
from textual.containers import VerticalScroll
from textual.widgets import (
    Button,
    Checkbox,
    Collapsible,
    DataTable,
    Input,
    ListView,
    Markdown,
    OptionList,
    RadioButton,
    RadioSet,
    Select,
    SelectionList,
    Static,
    Switch,
    TabbedContent,
    Tree,
)

from barrierfree.semantics import Role, State
from barrierfree.tui.tree import (
    commands_of,
    controls_of,
    do,
    find,
    node_of,
    node_under,
    owner_of,
    perform,
    screen_node,
    text_of,
    within_of,
)


class Chosen(stage.OptionLists):
    chosen = ()

    def on_option_list_option_selected(self, event):
        self.chosen = [*self.chosen, event.option_index]


class Clicked(widgets_on_stage.Scattered):
    clicked = ()

    def on_markdown_link_clicked(self, event):
        self.clicked = [*self.clicked, event.href]


def on_stage(app, scene):
    async def play():
        async with app.run_test(size=(100, 40), notifications=True) as pilot:
            await pilot.pause()
            await scene(app, pilot)

    asyncio.run(play())


def nodes(app, role):
    return [node for node in screen_node(app.screen).walk() if node.role is role]


def named(app, name):
    return next(node for node in screen_node(app.screen).walk() if node.name == name)


async def done(pilot, node, action):
    assert do(node, action), f"{action} of {node.name}"
    await pilot.pause()


def test_a_button_is_pressed():
    async def scene(app, pilot):
        await done(pilot, named(app, "Save"), "press")
        assert named(app, "Saved at noon").role is Role.TEXT

    on_stage(stage.Buttons(), scene)


def test_a_disabled_button_can_do_nothing():
    async def scene(app, _pilot):
        undo = named(app, "Undo")
        assert undo.actions == ()
        assert not do(undo, "press")
        assert not perform(app.query(Button)[2], "focus")

    on_stage(stage.Buttons(), scene)


def test_boxes_and_switches_are_toggled():
    async def scene(app, pilot):
        await done(pilot, named(app, "Sugar"), "toggle")
        assert app.query_one(Checkbox).value
        assert State.CHECKED in named(app, "Sugar").states

    on_stage(stage.Checkboxes(), scene)

    async def switching(app, pilot):
        await done(pilot, named(app, "Sound"), "toggle")
        assert not app.query(Switch)[1].value

    on_stage(stage.Switches(), switching)


def test_a_radio_button_is_selected_and_the_other_let_go():
    async def scene(app, pilot):
        await done(pilot, named(app, "Large"), "select")
        assert [button.value for button in app.query(RadioButton)] == [False, False, True]
        assert node_of(app.query_one(RadioSet)).value == "Large"

    on_stage(stage.Radios(), scene)


def test_a_select_is_opened_an_option_chosen_and_shut():
    async def scene(app, pilot):
        select = app.query_one(Select)
        await done(pilot, node_of(select), "expand")
        assert select.expanded
        await done(pilot, named(app, "Venus"), "select")
        assert (select.value, select.expanded) == (2, False)
        assert node_of(select).value == "Venus"
        assert do(node_of(select), "expand")
        await done(pilot, node_of(select), "collapse")
        assert not select.expanded

    on_stage(stage.Selects(), scene)


def test_items_of_lists_are_gone_to_and_chosen():
    async def options(app, pilot):
        await done(pilot, named(app, "Canceron"), "focus")
        assert app.query_one(OptionList).highlighted == 2
        await done(pilot, named(app, "Aerilon"), "select")
        assert app.chosen == [0]
        assert not do(named(app, "Aquaria"), "select")

    on_stage(Chosen(), options)

    async def selections(app, pilot):
        await done(pilot, named(app, "Poker"), "toggle")
        assert app.query_one(SelectionList).selected == [1, 3]

    on_stage(stage.SelectionLists(), selections)

    async def rows(app, pilot):
        await done(pilot, named(app, "Three"), "focus")
        assert app.query_one(ListView).index == 2

    on_stage(stage.ListViews(), rows)


def test_cells_are_gone_to():
    async def scene(app, pilot):
        await done(pilot, named(app, "South Africa"), "focus")
        table = app.query_one(DataTable)
        assert table.cursor_coordinate == (2, 2)
        assert node_of(table).active == named(app, "South Africa")
        table.sort(table.ordered_columns[1].key)
        assert node_of(table).active.key != named(app, "South Africa").key

    on_stage(stage.Tables(), scene)


def test_nodes_of_a_tree_are_opened_shut_and_gone_to():
    async def scene(app, pilot):
        await done(pilot, named(app, "Planets"), "expand")
        await done(pilot, named(app, "Arrakis"), "focus")
        assert str(app.query_one(Tree).cursor_node.label) == "Arrakis"
        await done(pilot, named(app, "Characters"), "collapse")
        assert "Paul" not in {node.name for node in screen_node(app.screen).walk()}

    on_stage(stage.Trees(), scene)


def test_tabs_and_sections_are_opened():
    async def tabs(app, pilot):
        await done(pilot, named(app, "Jessica"), "select")
        assert app.query_one(TabbedContent).active == "jessica"

    on_stage(stage.TabbedContents(), tabs)

    async def section(app, pilot):
        await done(pilot, named(app, "Details"), "expand")
        assert not app.query_one(Collapsible).collapsed
        await done(pilot, named(app, "Details"), "collapse")
        assert app.query_one(Collapsible).collapsed

    on_stage(stage.Collapsibles(), section)


def test_links_in_texts_and_pages_are_followed():
    async def scene(app, pilot):
        opened = []
        app.open_url = lambda url, **_options: opened.append(url)
        await done(pilot, named(app, "a link"), "press")
        await done(pilot, named(app, "a bell"), "press")
        assert (opened, app.rung) == (["https://example.com/a"], True)
        await done(pilot, named(app, "x"), "press")
        assert app.clicked == ["y"]

    on_stage(Clicked(), scene)


def test_headings_are_gone_to():
    async def scene(app, pilot):
        heading = next(node for node in nodes(app, Role.HEADING) if node.name == "Last")
        await done(pilot, heading, "focus")
        assert node_of(find(heading, app.screen)).bounds.y < 40

    class Long(App):
        def compose(self):
            with VerticalScroll():
                yield Markdown("# First\n\n" + "word\n\n" * 60 + "## Last\n")

    on_stage(Long(), scene)


def test_keys_of_the_footer_can_be_pressed_with_or_without_a_footer():
    async def scene(app, pilot):
        commands = commands_of(app.screen)
        assert [(one.name, one.value) for one in commands][-2:] == [("Ask", "a"), ("Rename", "b")]
        await done(pilot, next(one for one in commands if one.name == "Ask"), "press")
        assert nodes(app, Role.DIALOG)[0].name == "Delete file"

    on_stage(widgets_on_stage.Asking(), scene)


def test_what_an_app_tells_can_be_done():
    async def scene(app, pilot):
        square = nodes(app, Role.GENERIC)[0]
        assert square.actions == ("focus", "move")
        await done(pilot, square, "move")
        assert nodes(app, Role.GENERIC)[0].value == "attacked 1 times"
        knob = nodes(app, Role.SLIDER)[0]
        assert knob.actions == ("louder",)
        await done(pilot, knob, "louder")
        assert nodes(app, Role.SLIDER)[0].value == "40 percent"
        assert not do(knob, "missing")

    on_stage(widgets_on_stage.Telling(), scene)


def test_an_unknown_action_is_refused():
    async def scene(app, _pilot):
        assert not do(named(app, "Save"), "explode")

    on_stage(stage.Buttons(), scene)


def test_a_node_of_a_removed_widget_is_not_found_and_does_nothing():
    async def scene(app, pilot):
        save = named(app, "Save")
        widget = find(save, app.screen)
        assert isinstance(widget, Button)
        await widget.remove()
        await pilot.pause()
        assert find(save, app.screen) is None
        assert not do(save, "press")
        assert node_of(widget).role is Role.BUTTON

    on_stage(stage.Buttons(), scene)


def test_a_node_is_found_only_on_its_own_screen():
    async def scene(app, pilot):
        fine = named(app, "Fine")
        below = app.screen
        await pilot.press("q")
        await pilot.pause()
        assert find(fine, below)
        assert find(fine, app.screen) is None

    on_stage(stage.Dialogs(), scene)


def test_the_order_of_tab_is_told_and_follows_changes():
    async def scene(app, pilot):
        assert [node_of(one).name for one in controls_of(app.screen)] == ["Save", "Delete", "Close"]
        assert controls_of(app.screen) is controls_of(app.screen)
        await app.mount(Button("More"))
        assert len(controls_of(app.screen)) == 4
        app.query_one("#close").display = False
        await pilot.pause()
        assert len(controls_of(app.screen)) == 3

    on_stage(stage.Buttons(), scene)


def test_a_part_is_known_by_what_it_belongs_to():
    async def scene(app, _pilot):
        bar = app.query_one("#bar")
        assert node_of(owner_of(bar)).role is Role.PROGRESSBAR

    on_stage(stage.Bars(), scene)

    async def items(app, _pilot):
        label = app.query_one(ListView).children[1].children[0]
        assert node_of(owner_of(label)).name == "Two"

    on_stage(stage.ListViews(), items)

    async def frame(app, _pilot):
        assert node_of(owner_of(app.query_one("HeaderTitle"))).role is Role.BANNER
        assert node_of(owner_of(app.query_one("FooterKey"))).role is Role.COMMAND
        assert owner_of(app.query_one(Button)) is app.query_one(Button)

    on_stage(stage.Bound(), frame)

    async def tabs(app, _pilot):
        assert node_of(owner_of(app.query_one("Underline"))).role is Role.TABLIST
        assert node_of(owner_of(app.query_one(Static))).role is Role.TAB

    on_stage(stage.TabRows(), tabs)

    async def select(app, _pilot):
        assert owner_of(app.query_one("SelectCurrent")) is app.query_one(Select)
        assert owner_of(app.query_one("SelectOverlay")) is app.query_one(Select)

    on_stage(stage.Selects(), select)


def test_the_palette_is_a_dialog_whose_list_tells_the_command_and_what_it_does():
    async def scene(app, pilot):
        await pilot.press("ctrl+p", "t", "h", "e")
        await pilot.app.workers.wait_for_complete()
        await pilot.pause(0.1)
        assert isinstance(app.screen, CommandPalette)
        listed = nodes(app, Role.LISTBOX)[0]
        assert (listed.active.name, listed.active.description) == ("Theme", "Change the current theme")
        assert within_of(app.screen.focused)[0].name == "Command palette"

    on_stage(stage.Palettes(), scene)


def test_the_words_of_a_widget_keep_their_lines():
    async def scene(app, _pilot):
        own, painted = app.query_one("Own"), app.query_one("Painted")
        assert text_of(own) == "♜ rook on a1"
        assert text_of(painted) == "line 0\nline 1\nline 2"
        assert text_of(app.query_one("Card")) == ""

    on_stage(widgets_on_stage.Strangers(), scene)


@pytest.mark.parametrize("typed", ["s", "secret", "not your name"])
def test_no_letter_of_a_password_is_in_a_node(typed):
    async def scene(app, pilot):
        field = app.query_one("#password", Input)
        field.value = typed
        field.focus()
        await pilot.pause()
        node = node_of(field)
        assert node.editing.line == "•" * len(typed)
        assert (node.value, node.editing.selection) == ("", "")
        whole = screen_node(app.screen)
        assert len(typed) == 1 or typed not in repr(whole)

    on_stage(stage.Inputs(), scene)


def seen(app, text):
    """The column and row where a text is painted."""
    rows = [strip.text for strip in app.screen._compositor.render_strips()]
    return next((row.index(text), at) for at, row in enumerate(rows) if text in row)


@pytest.mark.parametrize(
    ("app", "text", "role", "name"),
    [
        (stage.OptionLists, "Canceron", Role.OPTION, "Canceron"),
        (stage.SelectionLists, "Poker", Role.OPTION, "Poker"),
        (stage.Trees, "Paul", Role.TREEITEM, "Paul"),
        (stage.Tables, "Michael", Role.CELL, "Michael Phelps"),
        (stage.Tables, "Swimmer", Role.COLUMNHEADER, "Swimmer"),
        (stage.ListViews, "Three", Role.OPTION, "Three"),
        (stage.TabRows, "Second", Role.TAB, "Second"),
        (stage.Radios, "Large", Role.RADIO, "Large"),
        (stage.Buttons, "Save", Role.BUTTON, "Save"),
        (stage.Bound, "Add", Role.COMMAND, "Add"),
        (stage.Bars, "0%", Role.PROGRESSBAR, "Download"),
        (stage.Pages, "Longjing", Role.PARAGRAPH, "Longjing"),
    ],
)
def test_what_is_under_the_mouse_is_an_item_if_there_is_one(app, text, role, name):
    async def scene(app, pilot):
        await pilot.pause()
        node = node_under(app.screen, *seen(app, text))
        assert (node.role, node.name) == (role, name)

    on_stage(app(), scene)


def test_where_nothing_is_there_is_the_screen():
    async def scene(app, _pilot):
        assert node_under(app.screen, 99, 39).role is Role.WINDOW
        assert node_under(app.screen, 500, 500) is None

    on_stage(stage.Checkboxes(), scene)
