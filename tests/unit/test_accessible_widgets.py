"""docs/accessible-widgets.md tells authors of apps the truth."""

import asyncio
import re
from dataclasses import fields
from inspect import get_annotations

from tests.conftest import ROOT

from barrierfree.semantics import Position, Role, State
from barrierfree.tui.accessible import Accessible
from barrierfree.tui.tree import node_of, screen_node

PAGE = (ROOT / "docs" / "accessible-widgets.md").read_text("utf-8")
CODE = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_is_read_as_the_page_says():
    made = {}
    exec(CODE[0], made)

    async def play():
        app = made["Review"]()
        async with app.run_test() as pilot:
            rating = app.query_one(made["Rating"])
            seen = [node_of(rating)]
            await pilot.press("right")
            seen.append(node_of(rating))
            check = {"rating": rating, "app": app}
            exec(CODE[1], check)
            return seen, screen_node(app.screen)

    (before, after), screen = asyncio.run(play())
    assert (before.name, before.role, before.value) == ("Your rating", Role.SLIDER, "3 of 5 stars")
    assert before.actions == ("focus", "more", "less")
    assert after.value == "4 of 5 stars"
    assert screen.children == (after,)


def test_the_page_lists_every_name_that_is_looked_for():
    assert set(re.findall(r"^\| `(accessible_\w+)`", PAGE, re.MULTILINE)) == set(get_annotations(Accessible))


def test_the_page_lists_every_state_and_place():
    listed = set(re.findall(r"`(\w+)`", PAGE))
    assert {state.value for state in State} <= listed
    assert {field.name for field in fields(Position)} <= listed


def test_an_app_that_tells_needs_no_import_of_ours():
    assert "barrierfree" not in CODE[0]
