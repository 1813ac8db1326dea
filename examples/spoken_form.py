"""A form that speaks. Try it with your eyes closed: Tab moves, Alt+Q tells the keys of the reader."""

from textual.app import App
from textual.widgets import Button, Checkbox, Input, Label

from barrierfree.tui.screen_reader import ScreenReader


class Form(App):
    TITLE = "Order"

    def compose(self):
        yield Label("Name")
        yield Input()
        yield Checkbox("Tea instead of coffee")
        yield Button("Order")

    def on_button_pressed(self):
        self.notify(f"Ordered for {self.query_one(Input).value or 'nobody'}.")


if __name__ == "__main__":
    app = Form()
    ScreenReader().attach(app)  # the one line; without it: barrierfree run spoken_form.py
    app.run()
