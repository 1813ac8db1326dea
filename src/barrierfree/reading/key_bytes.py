"""Which keys the bytes of a terminal are; hides every way in which terminals write them.

    decoder = KeyDecoder()
    for key in decoder.feed(os.read(0, 65536)):
        if not (key.name and commands.key(key.name, released=key.released)):
            os.write(program, key.data)

All bytes come out again, in order and unchanged. Known are the keys of VT220 and xterm (`modified keys
<https://invisible-island.net/xterm/modified-keys.html>`_), rxvt and the Linux console, and the `keyboard
protocol of kitty <https://sw.kovidgoyal.net/kitty/keyboard-protocol/>`_. What is no key (an answer of the
terminal, the mouse, pasted text) has no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from barrierfree.reading.key_names import named_character

__all__ = ["KeyDecoder", "KeyPress"]

_ESCAPE: Final = 0x1B
_PASTE: Final = b"\x1b[200~"
_PASTE_END: Final = b"\x1b[201~"
_LONGEST: Final = 4096
"""Bytes of an unfinished sequence that are waited with."""
_LONGEST_KEY: Final = 64
_SEQUENCE = re.compile(
    rb"\x1b\[\[[A-E]"  # function keys of the Linux console
    rb"|\x1b\[M[\x00-\xff]{3}"  # the mouse, as X10 had it
    rb"|\x1b\[(?!M)[0-?]*[ -/]*[\x40-\x5a\x5c-\x7e]"
    rb"|\x1bO[A-Za-z]"
    rb"|\x1b[\]P^_][^\x07\x1b]*(?:\x07|\x1b\\)"
)
_BEGUN = re.compile(rb"\x1b(?:\[(?:M[\x00-\xff]{0,2}|\[|[0-?]*[ -/]*)|O|[\]P^_][^\x07\x1b]*\x1b?)?\Z")
_CSI = re.compile(r"\x1b\[([\d;:]*)([@-~$^])\Z")

_FINAL: Final = {
    "A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end", "P": "f1", "Q": "f2",
    "S": "f4",
}  # fmt: skip
"""Without F3: what it sends with a modifier is what a terminal answers when asked for its cursor."""
_APPLICATION: Final = (
    _FINAL
    | {"R": "f3", "M": "enter", "a": "ctrl+up", "b": "ctrl+down", "c": "ctrl+right", "d": "ctrl+left"}
    | {chr(code): named_character(chr(code - 0x40)) for code in range(ord("j"), ord("z"))}
)
_NUMBER: Final = {
    1: "home", 2: "insert", 3: "delete", 4: "end", 5: "pageup", 6: "pagedown", 7: "home", 8: "end",
    **{number: f"f{number - 10}" for number in range(11, 16)},
    **{number: f"f{number - 11}" for number in range(17, 22)},
    23: "f11", 24: "f12", 25: "f13", 26: "f14", 28: "f15", 29: "f16", 31: "f17", 32: "f18", 33: "f19",
    34: "f20",
}  # fmt: skip
_CODE: Final = {
    8: "backspace", 9: "tab", 13: "enter", 27: "escape", 32: "space", 127: "backspace",
    **{57376 + number: f"f{13 + number}" for number in range(23)},
    **{57399 + number: str(number) for number in range(10)},
    57409: "full_stop", 57410: "slash", 57411: "asterisk", 57412: "minus", 57413: "plus", 57414: "enter",
    57415: "equals_sign", 57417: "left", 57418: "right", 57419: "up", 57420: "down", 57421: "pageup",
    57422: "pagedown", 57423: "home", 57424: "end", 57425: "insert", 57426: "delete",
}  # fmt: skip
"""Kitty's numbers of keys that type nothing, and of the keypad."""
_PRIVATE: Final = range(57344, 63744)
_MODIFIERS: Final = ("shift", "alt", "ctrl", "super", "hyper", "meta")
"""In the order of their bits."""
_RXVT: Final = {"^": 5, "$": 2, "@": 6}
_RELEASED: Final = 3


@dataclass(frozen=True, slots=True)
class KeyPress:
    """A key, or bytes that are none."""

    name: str
    """As Textual calls it; empty for what is no key."""
    data: bytes
    """What the terminal sent for it."""
    released: bool = False
    """It came up."""


class KeyDecoder:
    """Cuts what a terminal sends into keys, however it arrives."""

    def __init__(self) -> None:
        self._data = b""
        self._pasting = False

    @property
    def pending(self) -> bool:
        """Whether a key may not be complete: if nothing follows within some 20 ms, :meth:`flush` it."""
        return bool(self._data)

    def feed(self, data: bytes) -> list[KeyPress]:
        """The keys that are complete now."""
        self._data += data
        return list(self._take(final=False))

    def flush(self) -> list[KeyPress]:
        """Nothing more came: what was waited with is what it is, the Escape key for one."""
        return list(self._take(final=True))

    def _take(self, *, final: bool) -> Iterator[KeyPress]:
        while self._data:
            if self._pasting:
                key = self._pasted(final=final)
            elif self._data[0] == _ESCAPE:
                key = self._escaped(final=final)
            else:
                key = _typed(self._data, final=final)
            if key is None:
                return
            self._data = self._data[len(key.data) :]
            yield key

    def _pasted(self, *, final: bool) -> KeyPress | None:
        end = self._data.find(_PASTE_END)
        if end >= 0:
            self._pasting = False
            return KeyPress("", self._data[: end + len(_PASTE_END)])
        kept = 0 if final else _begun(self._data, _PASTE_END)
        return KeyPress("", self._data[: len(self._data) - kept]) if kept < len(self._data) else None

    def _escaped(self, *, final: bool) -> KeyPress | None:
        data = self._data
        found = _SEQUENCE.match(data)
        if found:
            self._pasting = found.group() == _PASTE
            return _of_sequence(found.group())
        if not final and len(data) < _LONGEST and _BEGUN.match(data):
            return None
        if len(data) == 1:
            return KeyPress("escape", data)
        if data[1] == _ESCAPE:
            return self._twice(final=final)
        if final and len(data) > 2 and data[1:2] in b"[]P^_" and _BEGUN.match(data):  # noqa: PLR2004
            return _of_sequence(data)  # a key of rxvt that ends in "$", or an answer that was cut short
        inner = _typed(data[1:], final=final)
        return KeyPress(_with(inner.name, {"alt"}), data[: 1 + len(inner.data)]) if inner else None

    def _twice(self, *, final: bool) -> KeyPress | None:
        """Escape before a sequence is Alt in some terminals; before another Escape it is itself."""
        found = _SEQUENCE.match(self._data, 1)
        if not found and not final and _BEGUN.match(self._data[1:]):
            return None
        inner = _of_sequence(found.group()) if found else None
        if inner and inner.name:
            return KeyPress(_with(inner.name, {"alt"}), b"\x1b" + inner.data)
        return KeyPress("escape", b"\x1b")


def _begun(data: bytes, ending: bytes) -> int:
    """How many of the last bytes may be the beginning of an ending."""
    return next((size for size in range(len(ending) - 1, 0, -1) if data.endswith(ending[:size])), 0)


def _typed(data: bytes, *, final: bool) -> KeyPress | None:
    """A character, or a control character."""
    first = data[0]
    if first < 0x20 or first == 0x7F:  # noqa: PLR2004
        return KeyPress(_control(first), data[:1])
    size = 1 if first < 0x80 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4  # noqa: PLR2004
    try:
        character = data[:size].decode()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and len(data) < size and not final:
            return None
        return KeyPress("", data[:1])
    name = character if character.isupper() else named_character(character)
    return KeyPress(name, data[:size])


def _control(code: int) -> str:
    named = {0: "ctrl+space", 8: "backspace", 9: "tab", 13: "enter", 27: "escape", 127: "backspace"}
    return named.get(code) or f"ctrl+{named_character(chr(code + 0x60 if code < 27 else code + 0x40))}"  # noqa: PLR2004


def _of_sequence(data: bytes) -> KeyPress:
    """A whole sequence that begins with Escape."""
    text = data.decode("latin-1")
    if text[1] == "O":
        return KeyPress(_APPLICATION.get(text[2], ""), data)
    if text[1:3] == "[[":
        return KeyPress(f"f{ord(text[3]) - 0x40}", data)
    found = _CSI.match(text) if len(text) <= _LONGEST_KEY else None
    if not found:
        return KeyPress("", data)
    numbers = [[int(one or "0") for one in field.split(":")] for field in found[1].split(";")]
    key, bits, released = _read(numbers, found[2])
    return KeyPress(_with(key, _named_bits(bits)) if key else "", data, released)


def _read(numbers: list[list[int]], final: str) -> tuple[str, int, bool]:
    """The key of a control sequence, its modifiers as bits, and whether it came up."""
    first = numbers[0][0]
    how = numbers[1] if len(numbers) > 1 else [1]
    bits = max(0, (how[0] or 1) - 1)
    released = len(how) > 1 and how[1] == _RELEASED
    if final == "u":
        return _of_code(numbers[0], bits), bits, released
    if final == "~" and first == 27 and len(numbers) > 2:  # noqa: PLR2004  xterm's modifyOtherKeys
        return _of_code(numbers[2], bits), bits, released
    if final == "~":
        return _NUMBER.get(first, ""), bits, released
    if final in _RXVT and first in _NUMBER:
        return _NUMBER[first], _RXVT[final] - 1, False
    if final == "Z":
        return "tab", 1, False
    if final in "abcd" and numbers == [[0]]:
        return _FINAL[final.upper()], 1, False
    return (_FINAL.get(final, "") if first in (0, 1) else ""), bits, released


def _of_code(code: list[int], bits: int) -> str:
    """The key of a number of kitty's: that of the letter on it, or of the Latin letter in the same place."""
    number = code[2] if len(code) > 2 and code[2] and bits > 1 else code[0]  # noqa: PLR2004
    if number in _CODE:
        return _CODE[number]
    if number in _PRIVATE or not 32 < number < 0x110000 or 0xD800 <= number < 0xE000:  # noqa: PLR2004
        return ""
    return named_character(chr(number))


def _named_bits(bits: int) -> set[str]:
    return {name for place, name in enumerate(_MODIFIERS) if bits >> place & 1}


def _with(name: str, modifiers: set[str]) -> str:
    """The key with more modifiers, in the order of their names."""
    if not name or not modifiers:
        return name
    *before, key = (named_character(name) if len(name) == 1 else name).split("+")
    return "+".join([*sorted({*before, *modifiers}), key])
