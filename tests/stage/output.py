"""What is read: pages, logs, figures, and texts that change."""

from __future__ import annotations

from textual.app import App
from textual.containers import VerticalScroll
from textual.widgets import (
    Button,
    Digits,
    Label,
    LoadingIndicator,
    Log,
    Markdown,
    MarkdownViewer,
    Placeholder,
    Pretty,
    ProgressBar,
    RichLog,
    Rule,
    Sparkline,
    Static,
)

PAGE = """\
# Tea

Boil the water. See [the shop](https://example.com/shop).

## Green

- Sencha
- Longjing

| Tea | Minutes |
|-----|---------|
| Sencha | 2 |
| Longjing | 3 |
"""


class Pages(App):
    TITLE = "Markdown"

    def compose(self):
        with VerticalScroll():
            yield Markdown(PAGE)


class Viewers(App):
    TITLE = "Markdown viewer"

    def compose(self):
        yield MarkdownViewer(PAGE, show_table_of_contents=True)


class Logs(App):
    TITLE = "Log"
    BINDINGS = [("a", "write(1)", "One line"), ("b", "write(50)", "Many lines"), ("c", "piece", "A piece")]
    count = 0

    def compose(self):
        yield Button("Quiet")
        yield Log()

    def on_mount(self):
        self.write("Started")

    def write(self, line):
        self.query_one(Log).write_line(line)

    def action_write(self, lines):
        for _line in range(lines):
            self.count += 1
            self.write(f"Line {self.count}")

    def action_piece(self):
        self.query_one(Log).write("and so on")


class RichLogs(Logs):
    TITLE = "Rich log"

    def compose(self):
        yield Button("Quiet")
        yield RichLog(markup=True)

    def write(self, line):
        self.query_one(RichLog).write(f"[b]{line}[/b]")


class Bars(App):
    TITLE = "Progress bar"
    BINDINGS = [
        ("a", "advance(3)", "A little"),
        ("b", "advance(30)", "A lot"),
        ("c", "advance(100)", "To the end"),
    ]

    def compose(self):
        yield Label("Download")
        yield ProgressBar(total=100)
        yield Button("Cancel")

    def action_advance(self, steps):
        self.query_one(ProgressBar).advance(steps)


class Figures(App):
    TITLE = "Digits"
    BINDINGS = [("a", "turn", "Turn")]

    def compose(self):
        yield Digits("3.14", id="pi")
        yield Sparkline([1, 3, 2])
        yield Rule()
        yield Button("Fine")

    def action_turn(self):
        self.query_one(Digits).update("2.72")
        self.query_one(Sparkline).data = [5, 2, 9]


class Texts(App):
    TITLE = "Texts"
    BINDINGS = [
        ("a", "answer", "Answer"),
        ("b", "show", "Show"),
        ("c", "more", "More"),
        ("d", "same", "Same"),
    ]

    def compose(self):
        yield Label("Ready", id="label")
        yield Static("[b]Bold[/b] move", id="static")
        hidden = Static("File not found", id="hidden")
        hidden.display = False
        yield hidden
        yield Pretty({"one": 1})
        yield Placeholder("Later")
        yield Button("Fine")

    def action_answer(self):
        self.query_one("#label", Label).update("Done")

    def action_show(self):
        self.query_one("#hidden").display = True

    def action_more(self):
        self.mount(Static("A new line appeared"))

    def action_same(self):
        self.query_one("#static", Static).update("[i]Bold[/i]  move")


class Busy(App):
    TITLE = "Loading"
    BINDINGS = [("a", "load", "Load")]

    def compose(self):
        yield LoadingIndicator()
        yield Button("Wait")

    def action_load(self):
        self.query_one(Button).loading = True
