"""What is pressed, chosen and typed into."""

from __future__ import annotations

from textual.app import App
from textual.suggester import SuggestFromList
from textual.validation import Number
from textual.widgets import (
    Button,
    Checkbox,
    Collapsible,
    Input,
    Label,
    Link,
    MaskedInput,
    RadioButton,
    RadioSet,
    Select,
    Static,
    Switch,
    TextArea,
)


class Buttons(App):
    TITLE = "Buttons"

    def compose(self):
        yield Button("Save", id="save", tooltip="Writes the file")
        yield Button("Delete", variant="error")
        yield Button("Undo", disabled=True)
        yield Button("Close", id="close")
        yield Static("Nothing saved yet", id="status")

    def on_button_pressed(self, event):
        if event.button.id == "save":
            self.query_one("#status", Static).update("Saved at noon")


class Checkboxes(App):
    TITLE = "Checkboxes"

    def compose(self):
        yield Checkbox("Sugar")
        yield Checkbox("Milk", value=True)


class Radios(App):
    TITLE = "Radio buttons"

    def compose(self):
        yield Label("Size")
        with RadioSet():
            yield RadioButton("Small")
            yield RadioButton("Medium", value=True)
            yield RadioButton("Large")


class Switches(App):
    TITLE = "Switches"

    def compose(self):
        yield Label("Dark mode:")
        yield Switch()
        yield Label("Sound:")
        yield Switch(value=True)


class Inputs(App):
    TITLE = "Inputs"

    def compose(self):
        yield Label("Name")
        yield Input(placeholder="First and last", id="name")
        yield Label("Age")
        yield Input(type="integer", validators=[Number(minimum=1, maximum=120)], id="age")
        yield Label("Password")
        yield Input(password=True, id="password")
        yield Label("Fruit")
        yield Input(suggester=SuggestFromList(["apple", "pear"]), id="fruit")


class MaskedInputs(App):
    TITLE = "Masked input"

    def compose(self):
        yield Label("Card number")
        yield MaskedInput(template="9999-9999;0")


class TextAreas(App):
    TITLE = "Text area"

    def compose(self):
        yield Label("Letter")
        yield TextArea("Dear Ann,\nthank you.\n\nYours, Bob")


class Selects(App):
    TITLE = "Select"

    def compose(self):
        yield Label("Planet")
        yield Select([("Mercury", 1), ("Venus", 2), ("Earth", 3)], prompt="Choose a planet")


class Links(App):
    TITLE = "Link"

    def compose(self):
        yield Link("Go to the shop", url="https://example.com/shop", tooltip="Opens a browser")
        yield Button("Stay")


class Collapsibles(App):
    TITLE = "Collapsible"

    def compose(self):
        with Collapsible(title="Details"):
            yield Label("All the small things")
        yield Button("After")
