"""What the arrow keys move in, and pages that are turned."""

from __future__ import annotations

from pathlib import Path

from textual.app import App
from textual.widgets import (
    Button,
    ContentSwitcher,
    DataTable,
    DirectoryTree,
    Label,
    ListItem,
    ListView,
    OptionList,
    SelectionList,
    TabbedContent,
    TabPane,
    Tabs,
    Tree,
)
from textual.widgets.option_list import Option

SWIMMERS = [
    ("Lane", "Swimmer", "Country", "Time"),
    (4, "Joseph Schooling", "Singapore", 50.39),
    (2, "Michael Phelps", "United States", 51.14),
    (5, "Chad le Clos", "South Africa", 51.14),
]


class SelectionLists(App):
    TITLE = "Selection list"

    def compose(self):
        games = SelectionList(("Chess", 1, True), ("Go", 2), ("Poker", 3))
        games.border_title = "Games"
        yield games


class OptionLists(App):
    TITLE = "Option list"

    def compose(self):
        yield OptionList("Aerilon", Option("Aquaria", disabled=True), None, "Canceron")


class ListViews(App):
    TITLE = "List view"

    def compose(self):
        yield ListView(*(ListItem(Label(name)) for name in ("One", "Two", "Three")))


class Tables(App):
    TITLE = "Table"
    BINDINGS = [("s", "sort", "Sort"), ("r", "rows", "Row cursor")]

    def compose(self):
        yield DataTable()

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns(*SWIMMERS[0])
        table.add_rows(SWIMMERS[1:])

    def action_sort(self):
        table = self.query_one(DataTable)
        table.sort(table.ordered_columns[1].key)

    def action_rows(self):
        self.query_one(DataTable).cursor_type = "row"


class Trees(App):
    TITLE = "Tree"

    def compose(self):
        tree = Tree("Dune")
        tree.root.expand()
        people = tree.root.add("Characters", expand=True)
        people.add_leaf("Paul")
        people.add_leaf("Jessica")
        tree.root.add("Planets").add_leaf("Arrakis")
        yield tree


class Directories(App):
    TITLE = "Directory tree"

    def __init__(self, folder: Path):
        super().__init__()
        self.folder = folder

    def compose(self):
        yield DirectoryTree(self.folder)


class TabRows(App):
    TITLE = "Tabs"

    def compose(self):
        yield Tabs("First", "Second", "Third")
        yield Button("Below")


class TabbedContents(App):
    TITLE = "Tabbed content"
    BINDINGS = [("j", "show('jessica')", "Jessica"), ("p", "show('paul')", "Paul")]

    def compose(self):
        with TabbedContent(initial="leto"):
            with TabPane("Leto", id="leto"):
                yield Label("Duke Leto")
                yield Button("Fight")
            with TabPane("Jessica", id="jessica"):
                yield Label("Lady Jessica")
            with TabPane("Paul", id="paul"):
                yield Label("Paul Muad'Dib")

    def action_show(self, tab):
        self.query_one(TabbedContent).active = tab


class Switchers(App):
    TITLE = "Content switcher"
    BINDINGS = [("a", "turn", "Turn")]

    def compose(self):
        with ContentSwitcher(initial="first"):
            yield Button("First page", id="first")
            yield Button("Second page", id="second")

    def action_turn(self):
        self.query_one(ContentSwitcher).current = "second"
