"""Small apps, one for each stock widget of Textual, with the keys a listener presses in them."""

from tests.stage.controls import (
    Buttons,
    Checkboxes,
    Collapsibles,
    Inputs,
    Links,
    MaskedInputs,
    Radios,
    Selects,
    Switches,
    TextAreas,
)
from tests.stage.frames import Bound, Dialogs, Palettes, Toasts
from tests.stage.lists import (
    Directories,
    ListViews,
    OptionLists,
    SelectionLists,
    Switchers,
    TabbedContents,
    Tables,
    TabRows,
    Trees,
)
from tests.stage.output import Bars, Busy, Figures, Logs, Pages, RichLogs, Texts, Viewers

__all__ = ["WIDGETS", "Buttons", "Dialogs", "Directories", "Inputs", "Texts"]

WIDGETS = {
    "button": (Buttons, "enter tab tab tab"),
    "checkbox": (Checkboxes, "space tab space"),
    "radio-set": (Radios, "down enter up up"),
    "switch": (Switches, "space tab enter"),
    "input": (
        Inputs,
        "A n n left left home delete end backspace space B tab 1 5 0 tab s e c r e t tab a p right",
    ),
    "masked-input": (MaskedInputs, "1 2 3 4 5"),
    "text-area": (
        TextAreas,
        "right right ctrl+right down end shift+left shift+left delete enter o k down home",
    ),
    "select": (Selects, "enter down down enter"),
    "selection-list": (SelectionLists, "down space down up"),
    "option-list": (OptionLists, "down down up"),
    "list-view": (ListViews, "down down up"),
    "data-table": (Tables, "right down s r up"),
    "tree": (Trees, "down down down up up space right"),
    "tabs": (TabRows, "right right tab"),
    "tabbed-content": (TabbedContents, "tab j p"),
    "collapsible": (Collapsibles, "enter enter tab"),
    "link": (Links, "tab shift+tab"),
    "markdown": (Pages, ""),
    "markdown-viewer": (Viewers, "tab down"),
    "log": (Logs, "a b c tab a"),
    "rich-log": (RichLogs, "a b"),
    "progress-bar": (Bars, "a a b c"),
    "digits-sparkline-rule": (Figures, "a"),
    "label-static": (Texts, "a b c d"),
    "loading": (Busy, "a"),
    "header-footer": (Bound, "a"),
    "toast": (Toasts, "a e"),
    "modal": (Dialogs, "q tab enter"),
    "command-palette": (Palettes, "ctrl+p t h e down escape"),
    "content-switcher": (Switchers, "a"),
}
"""Name → app, and keys."""
