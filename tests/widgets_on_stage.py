"""Small apps that stage.py has not: labels in every place, own widgets, odd corners of stock ones."""

from rich.table import Table as RichTable
from textual.app import App
from textual.containers import Grid, Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.validation import Function, Length
from textual.widget import Widget
from textual.widgets import (
    Button,
    Checkbox,
    Collapsible,
    DataTable,
    Digits,
    Footer,
    Header,
    HelpPanel,
    Input,
    KeyPanel,
    Label,
    ListItem,
    ListView,
    Markdown,
    OptionList,
    Placeholder,
    ProgressBar,
    Select,
    SelectionList,
    Sparkline,
    Static,
    Switch,
    TextArea,
    Tree,
    Welcome,
)


class Form(App):
    """Where people write labels."""

    TITLE = "Form"
    CSS = (
        "Horizontal, Grid { height: auto; } Grid { grid-size: 2; } Label { width: 20; } Switch { width: 10; }"
    )

    def compose(self):
        yield Label("[b]E-mail[/b] :mailbox:\naddress:")
        yield Input(id="mail")
        with Horizontal():
            yield Label("Street")
            yield Input(placeholder="and number", id="street")
        with Grid():
            yield Label("Town")
            yield Input(id="town")
            yield Label("Postcode")
            yield Input(id="postcode")
        with Horizontal():
            yield Switch(id="news")
            yield Label("Send me news")
        bordered = Input(id="bordered", tooltip="As on your card")
        bordered.border_title = "[i]Card[/i] number"
        yield bordered
        yield Input(placeholder="Comment", id="comment")
        yield Input(tooltip="Only for companies", id="tax")
        yield Input(id="favouriteColour_2")
        yield Button("✕", tooltip="Close", id="close")
        yield Checkbox(id="bare")
        yield Input(id="--made-up")


class Reasons(App):
    TITLE = "Validation"

    def compose(self):
        yield Label("Code")
        yield Input(validators=[Length(minimum=3, failure_description="Three letters at least")], id="code")
        yield Label("Password")
        yield Input(
            password=True,
            validators=[Function(lambda text: False, "hunter2 is known to everybody")],
            id="word",
        )


class Cursors(App):
    TITLE = "Cursors"
    BINDINGS = (
        ("r", "cursor('row')", "Row"),
        ("c", "cursor('column')", "Column"),
        ("n", "cursor('none')", "None"),
    )

    def compose(self):
        yield Label("Fleet")
        yield DataTable()

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("Ship", "[b]Crew[/b]", "Note")
        table.add_row("Ann", 3, "[red]late[/red]", label="A1")
        table.add_row("Bob\nthe second", 2.5, "", label="A2")

    def action_cursor(self, kind):
        self.query_one(DataTable).cursor_type = kind


class Prompts(App):
    TITLE = "Prompts"

    def compose(self):
        ship = RichTable("Ship", "Crew")
        ship.add_row("Ann", "3")
        options = OptionList("[b]Bold[/b] one", "two\nlines", ship)
        options.border_title = "Ships"
        yield options
        yield OptionList("[not markup]", markup=False, id="plainly_so")


class Own(Widget):
    """A widget that Textual has not heard of."""

    can_focus = True

    def render(self):
        return "╭──╮\n│♜ │ rook on [b]a1[/b]\n╰──╯"


class Painted(Widget):
    """A widget that paints its own lines."""

    def render_line(self, y):
        from rich.segment import Segment
        from textual.strip import Strip

        return Strip([Segment(f"line {y} ▇▇▇")])


class Panel(Vertical):
    """A widget made of others."""


class Card(Widget):
    def compose(self):
        yield Label("Balance")
        yield Digits("1,234")


class BigButton(Button):
    """A subclass of a known one."""


class Strangers(App):
    TITLE = "Own widgets"
    CSS = "Own, Painted { height: 3; } Panel, Card { height: auto; }"

    def compose(self):
        yield Own()
        yield Painted()
        panel = Panel(BigButton("Go"))
        panel.border_title = "Controls"
        yield panel
        yield Card()
        yield Widget()


class Square(Widget):
    """A widget whose author says what it is."""

    can_focus = True
    accessible_role_name = "chess square"
    accessible_live = "assertive"
    piece = "rook"
    moved = 0

    def accessible_name(self):
        return f"a1, {self.piece}"

    @property
    def accessible_value(self):
        return f"attacked {self.moved} times"

    accessible_description = "Enter moves"
    accessible_states = ("selected", "no such state")
    accessible_position = (1, 64)

    def accessible_actions(self):
        return {"move": self.move}

    def move(self):
        self.moved += 1


class Knob(Widget):
    accessible_role = "slider"
    accessible_name = "Volume"
    accessible_value = "30 percent"
    accessible_actions = ("louder", "missing")

    def action_louder(self):
        self.accessible_value = "40 percent"


class Ornament(Widget):
    accessible_hidden = True

    def compose(self):
        yield Label("~*~*~")


class Faulty(Widget):
    can_focus = True

    @property
    def accessible_name(self):
        raise RuntimeError("a fault of the app")

    def render(self):
        return "still read"


class Broken(Widget):
    """Its own code fails when it is asked for what it shows."""

    @property
    def border_title(self):
        raise RuntimeError("a fault of the app")


class Telling(App):
    TITLE = "Told by its author"

    def compose(self):
        yield Square()
        yield Knob()
        yield Ornament()
        yield Faulty()
        told = Button("x")
        told.accessible_name = "Multiply"
        yield told


class Helped(App):
    TITLE = "Help"
    BINDINGS = (("question_mark", "bell", "Help"), ("a,b", "bell", "Both"), ("ctrl+x", "app.quit", "Leave"))

    def compose(self):
        yield Button("Fine")
        yield KeyPanel()


class HelpShown(App):
    TITLE = "Help panel"

    class Helpful(Button):
        HELP = "# A button\n\nIt helps."

    def compose(self):
        yield self.Helpful("Fine")
        yield HelpPanel()


class Welcomed(App):
    TITLE = "Welcome"

    def compose(self):
        yield Welcome()


class Scattered(App):
    """Footer and header before the rest, as many apps compose them."""

    TITLE = "Order"
    rung = False
    BINDINGS = (("q", "quit", "Quit"),)

    def compose(self):
        yield Footer()
        yield Header()
        yield Label(
            "Some text with [link='https://example.com/a']a link[/link] and [@click=app.ring]a bell[/]"
        )
        yield Label("")
        hidden = Label("not shown")
        hidden.visible = False
        yield hidden
        with VerticalScroll(disabled=True):
            yield Button("Off")
        yield Placeholder("Map")
        yield Markdown("1. One\n2. Two [x](y)\n    - Inside\n\n> Quoted\n\n```\ncode here\n```\n\n---\n")

    def action_ring(self):
        self.rung = True


class Rows(App):
    """A list with more than labels in its items."""

    TITLE = "Items"

    def compose(self):
        yield ListView(
            ListItem(Label("Milk"), Label("2 litres")),
            ListItem(Label("Eggs"), Button("Buy"), disabled=True),
            ListItem(Label("Tea"), ProgressBar(total=10)),
        )


class Ask(ModalScreen):
    BINDINGS = (("escape", "dismiss", "Cancel"),)

    def compose(self):
        with Vertical() as box:
            box.border_title = "Delete file"
            yield Label("This cannot be undone.")
            yield Button("Delete")


class Titled(ModalScreen):
    def compose(self):
        with Vertical():
            yield Label("Rename", classes="dialog-title")
            yield Label("New name:")
            yield Input()


class Asking(App):
    TITLE = "Dialogs"
    BINDINGS = (("a", "ask", "Ask"), ("b", "rename", "Rename"))

    def compose(self):
        yield Button("Fine")

    def action_ask(self):
        self.push_screen(Ask())

    def action_rename(self):
        self.push_screen(Titled())


class Nested(App):
    """What is around the focus."""

    TITLE = "Nested"

    def compose(self):
        outer = Vertical(Collapsible(Input(id="name"), title="Person", collapsed=False))
        outer.border_title = "Settings"
        yield outer


class Large(App):
    """As much as an app may hold."""

    TITLE = "Large"
    SIZE = 20_000

    def compose(self):
        yield DataTable()
        yield Tree("Leaves")
        yield OptionList(*(f"Option {number}" for number in range(self.SIZE)))
        yield SelectionList(*((f"Selection {number}", number, True) for number in range(self.SIZE)))
        yield TextArea("\n".join(f"Line {number}" for number in range(self.SIZE)))
        yield Select([(f"Choice {number}", number) for number in range(self.SIZE)], value=self.SIZE - 1)

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("Number", "Square", "Name", "Note")
        table.add_rows((number, number * number, f"row {number}", "x") for number in range(self.SIZE))
        table.move_cursor(row=self.SIZE - 2)
        tree = self.query_one(Tree)
        tree.root.expand()
        for number in range(self.SIZE):
            tree.root.add_leaf(f"Leaf {number}")


class Charts(App):
    TITLE = "Charts"

    def compose(self):
        yield Label("Load")
        yield Sparkline([1, 5, 2.5])
        yield Sparkline([])
        yield Label("Clock")
        yield Digits("12:34:56")
        yield Static("12:34")


WIDGETS = {
    "form": (Form, "tab tab"),
    "validation": (Reasons, "a tab h u n t e r 2"),
    "table-cursors": (Cursors, "down right r up c left n"),
    "option-prompts": (Prompts, "down down tab"),
    "own-widgets": (Strangers, "tab tab"),
    "told-by-author": (Telling, "tab tab"),
    "key-panel": (Helped, ""),
    "help-panel": (HelpShown, ""),
    "welcome": (Welcomed, ""),
    "order-links-disabled": (Scattered, ""),
    "list-items": (Rows, "down down"),
    "dialog-titles": (Asking, "a escape b"),
    "nested-groups": (Nested, "tab"),
    "charts": (Charts, ""),
}
"""Name → app, and keys."""
