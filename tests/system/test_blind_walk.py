"""A user who gets nothing but the spoken lines does a day's work in an app that knows nothing of them."""

import asyncio

from tests.listening import listening
from textual.app import App
from textual.screen import ModalScreen
from textual.widgets import (
    Button,
    Checkbox,
    DataTable,
    Input,
    Label,
    RadioButton,
    RadioSet,
    Select,
    TabbedContent,
    TabPane,
    TextArea,
)

CUSTOMERS = [
    (1, "Ada", "London"),
    (2, "Grace", "New York"),
    (3, "Li Hua", "Beijing"),
    (4, "Katherine", "Hampton"),
]


class SaveAs(ModalScreen):
    TITLE = "Save as"

    def compose(self):
        yield Label("File name")
        yield Input()
        yield Button("Save", id="save")
        yield Button("Cancel")

    def on_button_pressed(self, event):
        self.dismiss(self.query_one(Input).value if event.button.id == "save" else None)


class Office(App):
    """The app under test: nothing in it is made for a listener."""

    TITLE = "Office"
    BINDINGS = [("ctrl+s", "save", "Save the letter")]

    def __init__(self, folder):
        super().__init__()
        self.folder = folder
        self.ordered = None

    def compose(self):
        with TabbedContent():
            with TabPane("Order"):
                yield Label("Name")
                yield Input(id="name")
                yield Label("Delivery")
                with RadioSet(id="delivery"):
                    yield RadioButton("Post", value=True)
                    yield RadioButton("Courier")
                yield Label("Country")
                yield Select([("China", "cn"), ("France", "fr"), ("Kenya", "ke")], id="country")
                yield Checkbox("Gift wrap", id="gift")
                yield Button("Order", id="order")
            with TabPane("Customers"):
                yield DataTable(cursor_type="row")
            with TabPane("Letter"):
                yield TextArea("Dear Sir,\nplease find enclosed the bill.\nYours")

    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("Number", "Name", "City")
        table.add_rows(CUSTOMERS)

    def on_button_pressed(self, event):
        if event.button.id != "order":
            return
        if not self.query_one("#name", Input).value:
            self.notify("A name is missing.", severity="error")
            return
        self.ordered = (
            self.query_one("#name", Input).value,
            str(self.query_one(RadioSet).pressed_button.label),
            self.query_one(Select).value,
            self.query_one(Checkbox).value,
        )
        self.notify("The order is sent.")

    def on_data_table_row_selected(self, event):
        self.picked = self.query_one(DataTable).get_row(event.row_key)
        self.notify(f"{self.picked[1]} is picked.")

    def action_save(self):
        self.push_screen(SaveAs(), self.save)

    def save(self, name):
        if name:
            (self.folder / name).write_text(self.query_one(TextArea).text)
            self.notify(f"Saved as {name}.")


class BlindUser:
    """Decides on each key by what was said last; has no access to the app."""

    def __init__(self, listener):
        self._press = listener.press
        self._hear = listener.hear
        self.notes = []

    async def do(self, *keys):
        """Press keys; what is said goes into the notes."""
        lines = await self._press(*keys)
        self.notes += [f"> {' '.join(keys)}", *lines]
        return lines

    async def listen(self):
        lines = await self._hear()
        self.notes += lines
        return lines

    async def until(self, words, key, most=40):
        """Press a key until these words are said."""
        for _time in range(most):
            lines = await self.do(key)
            if any(words in line for line in lines):
                return lines
        raise AssertionError(f"never heard {words!r}:\n" + "\n".join(self.notes))

    async def type(self, text):
        return await self.do(*("space" if letter == " " else letter for letter in text))

    def has_heard(self, words):
        return any(words in line for line in self.notes)


def walk(folder, task):
    """Let a blind user do a task; the app afterwards, and the notes."""

    async def listened():
        app = Office(folder)
        async with listening(app, size=(100, 40)) as listener:
            user = BlindUser(listener)
            await user.listen()
            await task(user)
        return app, user

    return asyncio.run(listened())


async def order(user):
    assert user.has_heard("Office")
    await user.until("Order, button", "tab")
    await user.do("enter")
    assert user.has_heard("error: A name is missing.")  # so the name is looked for
    await user.until("Name, text field", "shift+tab")
    await user.type("Mei")
    await user.until("Delivery, radio group", "tab")
    await user.until("Courier", "down")
    await user.do("enter")
    assert user.has_heard("Courier, checked")
    await user.until("Country, combo box", "tab")
    await user.do("enter")
    await user.until("Kenya", "down")
    await user.do("enter")
    assert user.has_heard("Kenya")
    await user.until("Gift wrap, check box, not checked", "tab")
    assert await user.do("space") == ["checked"]
    await user.until("Order, button", "tab")
    await user.do("enter")
    assert user.has_heard("The order is sent.")


async def pick(user):
    await user.until("tab, 1 of 3", "shift+tab")
    await user.until("Customers, tab", "right")
    await user.until("table", "tab")
    await user.until("Li Hua", "down")
    await user.do("enter")
    assert user.has_heard("Li Hua is picked.")


async def write(user):
    await user.until("tab, 1 of 3", "shift+tab")
    await user.until("Letter, tab", "right")
    await user.until("text area", "tab")
    await user.do("home", "ctrl+right", "right")
    await user.until("Sir", "ctrl+shift+right")  # selects, word by word
    await user.type("Madam")
    await user.until("please", "down")
    keys = await user.do("alt+shift+q")
    assert any("ctrl+s" in line.lower() and "Save the letter" in line for line in keys)
    await user.do("ctrl+s")
    assert user.has_heard("Save as, dialog")
    await user.type("letter.txt")
    await user.until("Save, button", "tab")
    await user.do("enter")
    assert user.has_heard("Saved as letter.txt.")


def test_a_form_is_filled_in_after_an_error_was_heard(tmp_path):
    app, _user = walk(tmp_path, order)
    assert app.ordered == ("Mei", "Courier", "ke", True)


def test_a_row_of_a_table_is_picked(tmp_path):
    app, _user = walk(tmp_path, pick)
    assert app.picked == [3, "Li Hua", "Beijing"]


def test_a_text_is_edited_and_saved_to_a_file(tmp_path):
    _app, user = walk(tmp_path, write)
    saved = (tmp_path / "letter.txt").read_text()
    assert saved.startswith("Dear Madam"), user.notes
    assert "please find enclosed the bill." in saved
