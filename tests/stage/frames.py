"""What stands around and before an app: keys, toasts, dialogs, the palette."""

from __future__ import annotations

from textual.app import App
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import (
    Button,
    Footer,
    Header,
    Label,
)


class Bound(App):
    TITLE = "Header and footer"
    SUB_TITLE = "Draft"
    BINDINGS = [("a", "add", "Add"), ("d", "bell", "Delete"), ("ctrl+s", "bell", "Save")]

    def compose(self):
        yield Header(show_clock=True)
        yield Button("Fine")
        yield Footer()

    def action_add(self):
        self.sub_title = "Changed"


class Toasts(App):
    TITLE = "Toasts"
    BINDINGS = [("a", "tell('information')", "Tell"), ("e", "tell('error')", "Fail")]

    def compose(self):
        yield Button("Fine")

    def action_tell(self, severity):
        self.notify("The [b]file[/b] is there", title="Download", severity=severity)


class Question(ModalScreen):
    TITLE = "Quit"

    def compose(self):
        with Vertical():
            yield Label("Do you want to leave without saving?")
            yield Button("Leave")
            yield Button("Stay", id="stay")

    def on_button_pressed(self):
        self.dismiss()


class Dialogs(App):
    TITLE = "Dialogs"
    BINDINGS = [("q", "ask", "Quit")]

    def compose(self):
        yield Button("Fine")

    def action_ask(self):
        self.push_screen(Question())


class Palettes(App):
    TITLE = "Palette"

    def compose(self):
        yield Button("Fine")
