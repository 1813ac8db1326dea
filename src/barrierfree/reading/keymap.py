"""Which key is which command; hides how a user's own choice of keys is checked and laid over the usual ones.

Keys have the names Textual gives them: "alt+n", "alt+shift+left", "f12".
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from barrierfree.errors import SettingsError
from barrierfree.reading.command_words import command_words
from barrierfree.reading.default_keys import DEFAULT_KEYS, Command
from barrierfree.reading.key_names import MODIFIERS, key_words, plain_name, split_name
from barrierfree.reading.settings import ReadingSettings
from barrierfree.wording import _

__all__ = ["Command", "Keymap"]

_OWN: Final = MODIFIERS - {"shift"}
"""A key with one of these types nothing."""
_NEEDED: Final = {
    "ctrl+c": "Ctrl+C", "ctrl+d": "Ctrl+D", "ctrl+z": "Ctrl+Z", "ctrl+m": "Enter", "ctrl+j": "Enter",
    "ctrl+i": "Tab", "ctrl+h": "Backspace", "ctrl+left_square_bracket": "Escape",
}  # fmt: skip
"""Keys no program can do without; a terminal sends the same byte for the two names of one key."""


class Keymap:
    """The keys that are the reader's.

    Args:
        settings: Modifier, and keys the user has chosen. A chosen key without Ctrl, Alt and the like goes
            with the modifier ("z", "shift+z"); any other, and any function key, is pressed by itself
            ("ctrl+alt+z", "f9"). An empty key leaves a command without one. A chosen key is taken from a
            command that has another.

    Raises:
        SettingsError: A key or command has a name nothing has, two commands have one key, or a key is
            needed by every program.
    """

    def __init__(self, settings: ReadingSettings = ReadingSettings()) -> None:  # noqa: B008  frozen
        self.prefix = ""
        """Key after which the next one is a command; empty where a modifier is held instead."""
        self._modifiers = _modifiers(settings.modifier)
        if not self._modifiers:
            self.prefix = _prefix(settings.modifier)
        self._commands = self._laid_over(_chosen(settings))

    def command(self, name: str) -> Command | None:
        """What a key does, pressed without the prefix key."""
        return self._commands.get(plain_name(name) or name)

    def prefixed(self, name: str) -> Command | None:
        """What a key does after the prefix key."""
        return self._commands.get(f"{self.prefix} {plain_name(name) or name}") if self.prefix else None

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """Names of its keys; two with a space between them are the prefix key and another."""
        return tuple(key for key, one in self._commands.items() if one is command)

    def words_of(self, command: Command, between: str = "+") -> str:
        """Its keys as people call them, empty when it has none."""
        return _(" or ").join(key_words(key, between) for key in self.keys_of(command))

    def help_lines(self) -> Iterator[str]:
        """All commands, each with its keys and what it does; those without a key are left out."""
        for command in Command:
            keys = self.words_of(command)
            if keys:
                yield _("{keys}: {what}").format(keys=keys, what=command_words(command))

    def _laid_over(self, chosen: dict[Command, tuple[str, ...]]) -> dict[str, Command]:
        """Key to command: first what the user has chosen, then the usual keys that are left."""
        commands: dict[str, Command] = {}
        for command, keys in chosen.items():
            for key in map(self._whole, keys):
                other = commands.setdefault(key, command)
                if other is not command:
                    raise SettingsError(
                        _('The key {key} is chosen for both "{one}" and "{other}".').format(
                            key=key_words(key), one=other, other=command
                        ),
                        hint=_("Choose another key for one of them."),
                    )
        for command, keys in DEFAULT_KEYS.items():
            if command in chosen:
                continue
            free = [key for key in map(self._whole, keys) if key not in commands]
            if not free:
                raise _taken(self._whole(keys[0]), command, commands)
            commands |= dict.fromkeys(free, command)
        order = list(Command)
        return dict(sorted(commands.items(), key=lambda item: order.index(item[1])))

    def _whole(self, key: str) -> str:
        """What is pressed for a key of the tables."""
        modifiers, plain = split_name(key)
        if _is_direct(key):
            return key
        if self.prefix:
            return f"{self.prefix} {key}"
        return "+".join([*sorted(modifiers | self._modifiers), plain])


def _modifiers(written: str) -> frozenset[str]:
    """The modifiers meant; empty when it is a key instead."""
    names = plain_name(f"{written}+x")
    modifiers = split_name(names)[0] if names else frozenset[str]()
    if not modifiers or plain_name(written):
        return frozenset()
    if "shift" in modifiers or modifiers == {"ctrl"}:
        raise SettingsError(
            _('"{key}" cannot be the modifier of the reader: programs need it for themselves.').format(
                key=written
            ),
            hint=_("Use alt, ctrl+alt, or a key that is pressed first, such as f12."),
        )
    return modifiers


def _prefix(written: str) -> str:
    name = plain_name(written)
    if not name or not (_is_direct(name) or name == "insert"):
        raise SettingsError(
            _('"{key}" cannot be the modifier of the reader.').format(key=written),
            hint=_("Use alt, ctrl+alt, or a key that is pressed first, such as f12."),
        )
    return _spared(name)


def _chosen(settings: ReadingSettings) -> dict[Command, tuple[str, ...]]:
    """The user's own keys, checked one by one."""
    chosen: dict[Command, tuple[str, ...]] = {}
    for written, key in settings.keys:
        command = _command(written)
        name = plain_name(key)
        if key.strip() and not name:
            raise SettingsError(
                _('{command}: there is no key named "{key}".').format(command=command, key=key),
                hint=_("Write keys like these: z, shift+z, ctrl+alt+z, f9, pageup, comma."),
            )
        chosen[command] = (*chosen.get(command, ()), *([_spared(name)] if name else []))
    return chosen


def _command(written: str) -> Command:
    name = written.strip().lower().replace("-", "_")
    names = [command.value for command in Command]
    if name in names:
        return Command(name)
    close = get_close_matches(name, names, n=1)
    raise SettingsError(
        _('The reader has no command named "{name}".').format(name=written),
        hint=_('Did you mean "{name}"?').format(name=close[0])
        if close
        else _("Commands are: {names}.").format(names=", ".join(names)),
    )


def _spared(name: str) -> str:
    """The key, unless programs need it."""
    if name in _NEEDED:
        raise SettingsError(
            _("{key} cannot be a key of the reader: programs need it.").format(key=_NEEDED[name]),
            hint=_("Choose another key."),
        )
    return name


def _taken(key: str, command: Command, commands: dict[str, Command]) -> SettingsError:
    return SettingsError(
        _('The key {key}, chosen for "{one}", is the only key of "{other}".').format(
            key=key_words(key), one=commands[key], other=command
        ),
        hint=_('Choose a key for "{other}" too, or none: {other} = ""').format(other=command),
    )


def _is_direct(key: str) -> bool:
    """Whether a key is pressed by itself, because it types nothing and moves nothing."""
    modifiers, plain = split_name(key)
    return bool(modifiers & _OWN) or (plain[0] == "f" and plain[1:].isdecimal())
