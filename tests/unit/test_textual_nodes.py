"""Every stock widget of Textual, unmodified, is a node with the right role, name, value, states and place.

The golden files are read by people: with BARRIERFREE_GOLDEN=write they are written anew, to be reviewed.
"""

import asyncio
import os
import re

import pytest
from tests import stage, widgets_on_stage
from tests.conftest import ROOT
from tests.node_lines import dump
from textual.widget import Widget

from barrierfree.tui.sorting import listen_to_sorting, stop_listening_to_sorting
from barrierfree.tui.tree import node_of, screen_node, within_of
from barrierfree.tui.widgets import kind_of_class

GOLDEN = ROOT / "tests" / "golden" / "textual"
WIDGETS = {**stage.WIDGETS, **widgets_on_stage.WIDGETS}
CLOCK = re.compile(r'timer "\d\d:\d\d:\d\d"')


@pytest.fixture
def sorting():
    listen_to_sorting()
    yield
    stop_listening_to_sorting()


async def walkthrough(app, keys):
    """The screen as it starts; after each key what is new and what has the focus; a new screen, whole."""
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.pause()
        shown = app.screen
        seen = timeless(shown)
        lines = ["== at first", *seen, *focused(app)]
        for key in keys.split():
            await pilot.press(key)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause(0.05)
            lines += ["", f"== {key}"]
            before, seen = seen, timeless(app.screen)
            if app.screen is not shown:
                shown = app.screen
                lines += seen
            else:
                lines += [f"+ {line.strip()}" for line in seen if line not in before]
            lines += focused(app)
    return "\n".join(lines) + "\n"


def timeless(screen):
    """The lines of a screen, in which it is always the same time."""
    return [CLOCK.sub('timer "(time)"', line) for line in dump(screen_node(screen))]


def focused(app):
    widget = app.screen.focused
    if widget is None:
        return ["(nothing has the focus)"]
    around = [f'in {node.role.value} "{node.name}"' for node in within_of(widget)]
    return [*around, *dump(node_of(widget))]


@pytest.mark.parametrize("name", sorted(WIDGETS))
def test_each_stock_widget_says_what_it_is(name, sorting):
    app, keys = WIDGETS[name]
    seen = asyncio.run(walkthrough(app(), keys))
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("BARRIERFREE_GOLDEN") == "write":
        golden.write_text(seen, encoding="utf-8")
    assert seen == golden.read_text(encoding="utf-8")


def test_each_golden_file_belongs_to_an_app():
    assert {file.stem for file in GOLDEN.iterdir()} == set(WIDGETS)


def test_no_stock_widget_is_a_stranger():
    import textual.widgets

    stock = [getattr(textual.widgets, name) for name in textual.widgets.__all__]
    strangers = {kind.__name__ for kind in stock if kind_of_class(kind) is kind_of_class(Widget)}
    assert not strangers
    assert len(stock) > 40


async def shown(app, name):
    """Wait until a thread has read the folder that it is in."""
    for _try in range(200):
        if any(f'"{name}"' in line for line in dump(screen_node(app.screen))):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(name)


def test_a_tree_of_folders_tells_names_and_not_paths(tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "tea.txt").touch()
    (tmp_path / "read_me[1].md").touch()

    async def scene():
        app = stage.Directories(tmp_path)
        async with app.run_test(size=(100, 40)) as pilot:
            await shown(app, "notes")
            await pilot.press("down", "space")
            await shown(app, "tea.txt")
            return dump(screen_node(app.screen))

    assert asyncio.run(scene()) == [
        'window "Directory tree"',
        "  tree {select collapse focus}",
        '    > treeitem "notes" [expanded] (1/2, level 2) {focus select collapse}',
        f'    treeitem "{tmp_path.name}" [expanded] (1/1, level 1) {{focus select collapse}}',
        '    treeitem "notes" [expanded] (1/2, level 2) {focus select collapse}',
        '    treeitem "tea.txt" (1/1, level 3) {focus select}',
        '    treeitem "read_me[1].md" (2/2, level 2) {focus select}',
    ]


def test_a_tooltip_is_on_the_screen_while_it_is_shown():
    class Hinted(stage.Buttons):
        TOOLTIP_DELAY = 0.05

    async def scene():
        app = Hinted()
        async with app.run_test(size=(100, 40), tooltips=True) as pilot:
            await pilot.pause()
            before = dump(screen_node(app.screen))
            await pilot.hover("#save")
            await pilot.pause(0.3)
            return before, dump(screen_node(app.screen))

    before, after = asyncio.run(scene())
    assert [line for line in after if line not in before] == ['  tooltip "Writes the file"']
