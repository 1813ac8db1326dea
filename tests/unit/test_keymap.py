"""Which keys are the reader's: the usual ones, the user's own, and what is said of wrong ones."""

import time

import pytest
from textual import constants
from textual._xterm_parser import XTermParser

from barrierfree.errors import SettingsError
from barrierfree.reading.command_words import command_words
from barrierfree.reading.default_keys import DEFAULT_KEYS
from barrierfree.reading.key_bytes import KeyDecoder
from barrierfree.reading.key_names import character_typed, key_words, plain_name
from barrierfree.reading.keymap import Command, Keymap
from barrierfree.reading.settings import ReadingSettings
from barrierfree.wording import speak_to_people_in

ALT_AND_A_WORD = {"b", "f", "d", "full_stop", "backspace"}
"""What people who type commands need most of readline's keys with Alt."""
LOST_IN_TEXTUAL = set("0123456789bf")
"""With Alt these arrive as other keys."""


def keymap(*keys, modifier="alt"):
    return Keymap(ReadingSettings(modifier=modifier, keys=keys))


def test_every_command_has_a_key_and_words():
    for command in Command:
        assert keymap().keys_of(command)
        assert command_words(command)
    assert set(DEFAULT_KEYS) == set(Command)


def test_no_key_is_given_twice():
    every = [key for keys in DEFAULT_KEYS.values() for key in keys]
    assert len(every) == len(set(every)) == sum(len(keymap().keys_of(command)) for command in Command)


def test_each_command_has_a_letter_that_every_terminal_can_send():
    """Arrows with Alt are changed by the terminal of macOS, and taken by that of Windows."""
    for keys in DEFAULT_KEYS.values():
        letter = keys[0].removeprefix("shift+")
        assert len(letter) == 1
        assert letter not in LOST_IN_TEXTUAL or keys[0].startswith("shift+")
        assert keys[0] not in ("shift+o", *ALT_AND_A_WORD)
        typed = f"\x1b{letter.upper() if keys[0].startswith('shift+') else letter}".encode()
        decoder = KeyDecoder()
        (key,) = [*decoder.feed(typed), *decoder.flush()]
        assert key.name == plain_name(f"alt+{keys[0]}")


def test_each_letter_reaches_a_textual_app_as_the_key_it_is(monkeypatch):
    """Through Textual's own parser: it takes Alt from figures and signs, and makes arrows of two letters."""
    monkeypatch.setattr(constants, "ESCAPE_DELAY", 0.001)
    for command, keys in DEFAULT_KEYS.items():
        parser = XTermParser()
        letter = keys[0][-1].upper() if keys[0].startswith("shift+") else keys[0]
        sent = list(parser.feed(f"\x1b{letter}"))
        while not sent:
            time.sleep(0.001)
            sent = list(parser.tick())
        assert [keymap().command(event.key) for event in sent] == [command]


def test_textual_sends_these_names():
    assert keymap().command("alt+n") is Command.NEXT_CONTROL
    assert keymap().command("alt+shift+n") is Command.PREVIOUS_CONTROL
    assert keymap().command("alt+shift+left") is Command.PREVIOUS_TABLE_COLUMN
    for name in ("n", "N", "left", "ctrl+n", "enter", "中", "alt+b", "", "nonsense+x"):
        assert keymap().command(name) is None


def test_another_modifier_moves_all_keys():
    keys = keymap(modifier="ctrl+alt")
    assert keys.command("alt+ctrl+n") is Command.NEXT_CONTROL
    assert keys.command("alt+n") is None


@pytest.mark.parametrize("prefix", ["f12", "F12", "ctrl+o", "insert", "alt+grave_accent", "alt+`"])
def test_a_prefix_key_may_take_the_place_of_a_modifier(prefix):
    keys = keymap(modifier=prefix)
    assert keys.prefix == plain_name(prefix)
    assert keys.prefixed("n") is Command.NEXT_CONTROL
    assert keys.prefixed("N") is keys.prefixed("shift+n") is Command.PREVIOUS_CONTROL
    assert keys.command("n") is None
    assert keys.command("alt+n") is None


@pytest.mark.parametrize(
    "modifier", ["shift", "ctrl", "alt+shift", "x", "enter", "foo", "", "alt+", "ctrl+c", "ctrl+m", "+"]
)
def test_a_modifier_that_would_take_typing_away_is_refused(modifier):
    with pytest.raises(SettingsError) as caught:
        keymap(modifier=modifier)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("written", "name"),
    [("d", "alt+d"), ("D", "alt+shift+d"), ("Alt+D", "alt+d"), ("f9", "f9"),
     ("Ctrl+Alt+PgUp", "alt+ctrl+pageup"),
     (",", "alt+comma"), ("shift+left", "alt+shift+left"), ("ctrl+x", "ctrl+x")],
)  # fmt: skip
def test_a_chosen_key_replaces_the_usual_ones(written, name):
    keys = keymap(("verbosity", written))
    if name == "alt+shift+left":
        assert keys.keys_of(Command.PREVIOUS_TABLE_COLUMN) == ("alt+shift+x",)
    assert keys.keys_of(Command.VERBOSITY) == (name,)
    assert keys.command(name) is Command.VERBOSITY


def test_a_command_may_have_several_keys_or_none():
    keys = keymap(("say_all", "f9"), ("say-all", "f10"), ("stop", ""))
    assert keys.keys_of(Command.SAY_ALL) == ("f9", "f10")
    assert keys.keys_of(Command.STOP) == ()
    assert not any("Be silent" in line for line in keys.help_lines())


def test_a_chosen_function_key_needs_no_prefix():
    keys = keymap(("say_all", "f9"), ("stop", "d"), modifier="f12")
    assert keys.command("f9") is Command.SAY_ALL
    assert keys.prefixed("d") is Command.STOP
    assert keys.prefixed("f9") is None


def test_two_commands_may_change_their_keys():
    keys = keymap(("copy", "s"), ("stop", "c"))
    assert keys.command("alt+s") is Command.COPY
    assert keys.command("alt+c") is Command.STOP


@pytest.mark.parametrize(
    ("keys", "message", "hint"),
    [
        ([("kopy", "x")], 'The reader has no command named "kopy".', 'Did you mean "copy"?'),
        ([("qqqq", "x")], 'The reader has no command named "qqqq".', "Commands are: say_all, stop"),
        ([("copy", "foo")], 'copy: there is no key named "foo".', "Write keys like these"),
        ([("copy", "hyper+alt+")], 'copy: there is no key named "hyper+alt+".', "Write keys like these"),
        ([("copy", "ctrl+c")], "Ctrl+C cannot be a key of the reader", "Choose another key."),
        ([("copy", "ctrl+i")], "Tab cannot be a key of the reader", "Choose another key."),
        ([("copy", "ctrl+[")], "Escape cannot be a key of the reader", "Choose another key."),
        ([("copy", "d"), ("stop", "Alt+D")], 'The key Alt+D is chosen for both "copy" and "stop".', "Choose"),
        ([("copy", "s")], 'The key Alt+S, chosen for "copy", is the only key of "stop".', 'stop = ""'),
    ],
)
def test_a_wrong_choice_says_what_is_wrong_and_what_to_do(keys, message, hint):
    with pytest.raises(SettingsError) as caught:
        keymap(*keys)
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert "\n" not in caught.value.message + caught.value.hint


def test_help_lists_every_command_with_its_keys():
    lines = list(keymap().help_lines())
    assert len(lines) == len(Command)
    assert lines[0] == "Alt+A: Read everything from here on"
    assert "Alt+Y or Alt+Up arrow: Read the line before on the screen" in lines
    assert next(keymap(modifier="f12").help_lines()) == "F12, then A: Read everything from here on"


def test_help_is_in_the_users_language_too():
    speak_to_people_in("zh_CN")
    try:
        assert len(list(keymap().help_lines())) == len(Command)
    finally:
        speak_to_people_in(None)


def test_keys_are_called_what_people_call_them():
    assert key_words("alt+shift+pageup") == "Alt+Shift+Page Up"
    assert key_words("alt+n", " ") == "Alt N"
    assert key_words("alt+comma") == "Alt+,"
    assert key_words("f12 shift+n") == "F12, then Shift+N"


@pytest.mark.parametrize(
    ("key", "character"),
    [("a", "a"), ("A", "A"), ("shift+a", "A"), ("space", " "), ("comma", ","), ("at", "@"), ("中", "中"),
     ("enter", ""), ("alt+a", ""), ("f1", ""), ("ctrl+space", "")],
)  # fmt: skip
def test_a_key_is_known_by_the_character_it_types(key, character):
    assert character_typed(key) == character
