"""A node costs the same whether a list has two items or 20,000."""

import asyncio
from time import process_time

import pytest
from tests.widgets_on_stage import Large
from textual.widgets import DataTable, OptionList, Select, SelectionList, TextArea, Tree

from barrierfree.tui.tree import controls_of, node_of, screen_node, within_of

MOST = 0.005
"""Seconds of processor time, the best of several."""
LARGE = [DataTable, Tree, OptionList, SelectionList, TextArea, Select]


def best(look, times=7):
    took = []
    for _time in range(times):
        began = process_time()
        look()
        took.append(process_time() - began)
    return min(took)


async def measured():
    app = Large()
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.pause()
        tree = app.query_one(Tree)
        tree.move_cursor(tree.root.children[-1])
        for kind in (OptionList, SelectionList):
            app.query_one(kind).highlighted = Large.SIZE - 1
        app.query_one(TextArea).move_cursor((Large.SIZE - 1, 3))
        await pilot.pause()
        seconds = {}
        for kind in LARGE:
            widget = app.query_one(kind)
            seconds[kind] = best(lambda widget=widget: node_of(widget)), node_of(widget)
        table = app.query_one(DataTable)
        table.cursor_type = "row"
        seconds["row"] = best(lambda: node_of(table)), node_of(table)
        seconds["around"] = best(lambda: within_of(table)), None
        seconds["controls"] = best(lambda: controls_of(app.screen)), None
        seconds["screen"] = best(lambda: screen_node(app.screen), times=3), screen_node(app.screen)
        return seconds


@pytest.fixture(scope="module")
def seconds():
    return asyncio.run(measured())


@pytest.mark.parametrize("what", [*LARGE, "row", "around", "controls"])
def test_one_look_at_20000_items_takes_no_5_milliseconds(seconds, what):
    took, _node = seconds[what]
    assert took <= MOST


def test_the_item_is_the_right_one_of_20000(seconds):
    assert seconds[DataTable][1].active.position.row == 19_999
    assert seconds["row"][1].active.name == "19998, 399920004, row 19998, x"
    leaf = seconds[Tree][1].active
    assert (leaf.name, leaf.position.index, leaf.position.size) == ("Leaf 19999", 20_000, 20_000)
    assert seconds[OptionList][1].active.name == "Option 19999"
    assert seconds[SelectionList][1].active.name == "Selection 19999"
    assert seconds[TextArea][1].editing.line == "Line 19999"
    assert seconds[Select][1].value == "Choice 19999"


def test_a_whole_screen_of_such_lists_is_read_within_a_quarter_of_a_second(seconds):
    took, node = seconds["screen"]
    assert took <= 0.25
    assert 800 < sum(1 for _node in node.walk()) < 4_000
