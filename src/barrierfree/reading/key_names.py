"""How keys are called: in settings, by Textual, and aloud; hides that one key has many names.

>>> plain_name("Ctrl+Alt+PgUp"), plain_name("Alt+N"), plain_name("N"), plain_name("alt+,")
('alt+ctrl+pageup', 'alt+n', 'shift+n', 'alt+comma')
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from barrierfree.wording import _

__all__ = ["MODIFIERS", "character_typed", "key_words", "named_character", "plain_name", "split_name"]

MODIFIERS: Final = frozenset({"alt", "ctrl", "hyper", "meta", "shift", "super"})
_ALIASES: Final = {
    "option": "alt", "opt": "alt", "control": "ctrl", "cmd": "super", "command": "super", "win": "super",
    "esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "page_up": "pageup",
    "pgup": "pageup", "page_down": "pagedown", "pgdn": "pagedown", "pgdown": "pagedown", "spacebar": "space",
}  # fmt: skip
_NAMED: Final = frozenset(
    {
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
        *("insert", "delete", "backspace", "tab", "enter", "space", "escape"),
        *(f"f{number}" for number in range(1, 36)),
    }
)
_CHARACTER_WORDS: Final = {
    "solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
    "plus_sign": "plus", "low_line": "underscore",
}  # fmt: skip
"""Where Textual's names are not those of Unicode."""


def named_character(character: str) -> str:
    """The key that types a character: "n", "comma", "shift+n" for a capital."""
    if character == " ":
        return "space"
    if character.isalpha() and character.isupper() and len(character.lower()) == 1:
        return f"shift+{character.lower()}"
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return _CHARACTER_WORDS.get(name, name) or character


_SIGNS: Final = {named_character(chr(code)): chr(code) for code in range(33, 127) if not chr(code).isalnum()}
"""Sign of each key that is called by a word."""


def split_name(name: str) -> tuple[frozenset[str], str]:
    """Modifiers of a key, and the key without them."""
    *modifiers, key = name.split("+")
    return frozenset(modifiers), key


@lru_cache(maxsize=1024)
def plain_name(written: str) -> str:
    """The one name of a key, as Textual has it: modifiers in alphabetical order; empty when there is none.

    A capital by itself is typed with Shift; behind a modifier it is only the way people write a key.
    """
    text = written.strip()
    if len(text) == 1:
        return named_character(text)
    before, _plus, key = text.rpartition("+")
    if before.endswith("+") and not key:  # "alt++"
        before, key = before[:-1], "+"
    key = key.strip()
    pressed = [one.strip().lower() for one in before.split("+")] if before else []
    modifiers = {_ALIASES.get(one, one) for one in pressed}
    if len(key) == 1:
        key = split_name(named_character(key))[1]
    else:
        key = _ALIASES.get(key.lower(), key.lower())
        key = "tab" if key == "backtab" else key
    if not modifiers <= MODIFIERS or not (len(key) == 1 or key in _NAMED or key in _SIGNS):
        return ""
    return "+".join([*sorted(modifiers), key])


def character_typed(name: str) -> str:
    """The character that a key types; empty for a key that types none."""
    if len(name) == 1:
        return name
    modifiers, key = split_name(name)
    if modifiers - {"shift"}:
        return ""
    if len(key) == 1:
        return key.upper()
    return " " if key == "space" else _SIGNS.get(key, "")


def key_words(name: str, between: str = "+") -> str:
    """A key as people call it: "Alt+Shift+N"; one after another, where it is two.

    Args:
        name: One name, or two with a space between them.
        between: What stands between what is pressed together; for speech a space.
    """
    keys = []
    for one in name.split(" "):
        modifiers, key = split_name(one)
        keys.append(between.join([*(_modifier_words(each) for each in sorted(modifiers)), _key_word(key)]))
    return _(", then ").join(keys)


def _modifier_words(modifier: str) -> str:
    return modifier.capitalize()


def _key_word(key: str) -> str:
    words = {
        "up": _("Up arrow"),
        "down": _("Down arrow"),
        "left": _("Left arrow"),
        "right": _("Right arrow"),
        "home": "Home",
        "end": "End",
        "pageup": _("Page Up"),
        "pagedown": _("Page Down"),
        "insert": "Insert",
        "delete": "Delete",
        "backspace": _("Backspace"),
        "tab": "Tab",
        "enter": _("Enter"),
        "space": _("Space"),
        "escape": "Escape",
    }
    return words.get(key) or _SIGNS.get(key) or key.upper()
