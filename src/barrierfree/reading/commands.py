"""Does what the reader's keys ask for, on any surface; hides which key that was, and what was asked before.

commands = ReaderCommands(Reader(speaker), surface)
if not commands.key("alt+n"):
program.send(...)
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from barrierfree.errors import SettingsError
from barrierfree.reading.adjusting import Adjusting
from barrierfree.reading.asking import Asking
from barrierfree.reading.command_words import command_words
from barrierfree.reading.joining import joined, one_line
from barrierfree.reading.key_names import key_words, plain_name, split_name
from barrierfree.reading.keymap import Command, Keymap
from barrierfree.reading.looking_back import LookingBack
from barrierfree.reading.looking_over import REVIEW, LookingOver
from barrierfree.reading.navigation import GOING, IN_TABLE, Navigation
from barrierfree.reading.page import Unit
from barrierfree.reading.reader import Reader
from barrierfree.reading.say_all import SayAll
from barrierfree.reading.surface import Surface
from barrierfree.semantics import Node
from barrierfree.speech.utterance import Utterance
from barrierfree.wording import _

__all__ = ["Command", "ReaderCommands"]

_LOOKING_BACK: Final = frozenset(
    {
        *(Command.HISTORY_PREVIOUS, Command.HISTORY_NEXT, Command.HISTORY_SEARCH),
        *(Command.COPY, Command.REPEAT, Command.STOP),
    }
)
"""What does not end a look at the history."""
_LOOKING_OVER: Final = frozenset(
    {*REVIEW, Command.REVIEW_TOP, Command.REVIEW_BOTTOM, Command.REVIEW_CURSOR, Command.UNDER_MOUSE}
)
_NEUTRAL: Final = frozenset(
    {
        *(Command.SPELL, Command.SAY_ALL, Command.STOP, Command.REPEAT, Command.COPY, Command.GO_THERE),
        *IN_TABLE,
    }
)
"""What is done where one is, be that the review cursor or the focus."""


class ReaderCommands:
    """The reader's keys for one surface.

    Args:
        reader: Says everything; its settings say which keys they are, and may be replaced at any time.
        surface: What they work on.

    Raises:
        SettingsError: The keys in the settings are wrong.
    """

    def __init__(self, reader: Reader, surface: Surface) -> None:
        self._reader = reader
        self._surface = surface
        self._keymap = Keymap(reader.settings)
        self._keymap_of = reader.settings
        self._say_all = SayAll(reader)
        self._over = LookingOver(reader, surface)
        self._back = LookingBack(reader)
        self._navigation = Navigation(reader, surface)
        self._asking = Asking(reader, surface, self._over)
        self._commands = self._table(Adjusting(reader))
        self._last: Command | None = None
        self._press = 0
        """How often the last command was given without another key between."""
        self._reviewing = False
        """The review cursor was used last, not the focus or the document."""
        self._helping = self._passing = self._prefixed = False
        self._held: set[str] = set()
        """Keys of the reader's that are down: that they come up is no news to the program."""

    @property
    def keymap(self) -> Keymap:
        """The keys as the settings have them now; as they had them, while what they have is wrong."""
        settings = self._reader.settings
        before, self._keymap_of = self._keymap_of, settings
        if (settings.modifier, settings.keys) != (before.modifier, before.keys):
            try:
                self._keymap = Keymap(settings)
            except SettingsError as error:
                self._reader.say(f"{error.message} {error.hint}", reason="command")
        return self._keymap

    @property
    def takes_every_key(self) -> bool:
        """Whether any key is the reader's now: while help tells keys, or a search is typed."""
        return self._helping or self._back.searching

    def key(self, name: str, *, released: bool = False) -> bool:
        """A key was pressed. Speech stops for it, whosever it is.

        Args:
            name: As Textual calls it.
            released: It came up again, where a terminal tells that too.

        Returns:
            True when it is the reader's: the program must not see it.
        """
        bare = split_name(plain_name(name) or name)[1]  # the modifier may have come up before
        if released:
            ours = bare in self._held
            self._held.discard(bare)
            return ours
        self._stop_reading()
        self._reader.key()
        if self._take(name):
            self._held.add(bare)
            return True
        self._held.discard(bare)
        self._over.key_passed()
        self._last, self._reviewing = None, False
        self._back.leave()
        return False

    def run(self, command: Command) -> None:
        """Do what a command asks for."""
        if command not in _LOOKING_BACK:
            self._back.leave()
        self._press = self._press + 1 if command is self._last else 1
        self._last = command
        if command not in _NEUTRAL:
            self._reviewing = command in _LOOKING_OVER
        self._commands[command]()

    def _take(self, name: str) -> bool:
        """Whether a key is the reader's; if so, do what it is for."""
        if self._passing:
            self._passing = False
            return False
        if self._back.searching:
            self._back.search_key(name)
            return True
        keymap = self.keymap
        plain = plain_name(name) or name
        if self._prefixed:
            self._prefixed = False
            return self._take_prefixed(plain, keymap)
        if plain == keymap.prefix:
            self._prefixed = True
            return True
        command = keymap.command(plain)
        if self._helping:
            self._tell_key(plain, command)
            return True
        if command is None or not (self._reader.enabled or command is Command.TOGGLE):
            return False
        self.run(command)
        return True

    def _take_prefixed(self, key: str, keymap: Keymap) -> bool:
        if key == keymap.prefix and not self._helping:
            return False  # twice: the program wants it
        command = keymap.prefixed(key)
        if self._helping:
            self._tell_key(f"{keymap.prefix} {key}", command)
        elif not self._reader.enabled and command is not Command.TOGGLE:
            return False
        elif command:
            self.run(command)
        elif key != "escape":
            self._tell(_("{key} is no key of the reader").format(key=key_words(key, " ")))
        return True

    def _tell_key(self, key: str, command: Command | None) -> None:
        """Help: what a key does, without doing it."""
        if key == "escape" or command is Command.HELP:
            self._helping = False
            self._tell(_("Help has ended"))
            return
        what = command_words(command) if command else self._program_words(key)
        self._reader.say(Utterance(*joined([key_words(key, " "), what])), reason="help")

    def _program_words(self, key: str) -> str:
        shown = (node for node in self._surface.commands_shown() if plain_name(node.value) == key)
        return next((one_line(node.name) for node in shown), _("a key of the program"))

    def _table(self, adjusting: Adjusting) -> dict[Command, Callable[[], object]]:
        """What is done for each command."""
        over, back, asking, going = self._over, self._back, self._asking, self._navigation
        table: dict[Command, Callable[[], object]] = {
            Command.SAY_ALL: self._read_all,
            Command.STOP: self._reader.stop,
            Command.REPEAT: self._repeat,
            Command.SPELL: lambda: asking.spell(going.here, self._press, reviewing=self._reviewing),
            Command.WHERE: lambda: asking.where(going.here),
            Command.TITLE: asking.title,
            Command.HELP: self._help,
            Command.KEYS: asking.keys,
            Command.REVIEW_TOP: lambda: over.to_edge(Command.REVIEW_TOP),
            Command.REVIEW_BOTTOM: lambda: over.to_edge(Command.REVIEW_BOTTOM),
            Command.REVIEW_CURSOR: lambda: over.to_edge(Command.REVIEW_CURSOR),
            Command.GO_THERE: self._go_there,
            Command.UNDER_MOUSE: self._under_mouse,
            Command.COPY: self._copy,
            Command.HISTORY_PREVIOUS: lambda: back.step(-1),
            Command.HISTORY_NEXT: lambda: back.step(1),
            Command.HISTORY_SEARCH: back.search,
            Command.VERBOSITY: adjusting.verbosity,
            Command.KEY_ECHO: adjusting.key_echo,
            Command.FASTER: lambda: adjusting.rate(1),
            Command.SLOWER: lambda: adjusting.rate(-1),
            Command.LOUDER: lambda: adjusting.volume(1),
            Command.SOFTER: lambda: adjusting.volume(-1),
            Command.TOGGLE: adjusting.toggle,
            Command.PASS_NEXT: self._pass_next,
        }
        table |= {one: partial(self._look_over, unit, steps) for one, (unit, steps) in REVIEW.items()}
        table |= {one: partial(going.go, role, step) for one, (role, step) in GOING.items()}
        table |= {one: partial(self._in_table, rows, columns) for one, (rows, columns) in IN_TABLE.items()}
        return table

    def _read_all(self) -> None:
        passages = None if self._reviewing else self._navigation.passages()
        self._say_all.start(passages or self._over.passages())

    def _stop_reading(self) -> None:
        """Whatever key was pressed: reading stops, and goes on from here when it is asked for again."""
        passage = self._say_all.stop()
        if passage is None:
            return
        if isinstance(passage.source, Node):
            self._navigation.come_back(passage)
        else:
            self._over.come_back(passage)

    def _look_over(self, unit: Unit, steps: int) -> None:
        self._over.move(unit, steps, self._press)

    def _in_table(self, rows: int, columns: int) -> None:
        if self._reviewing or not self._navigation.in_table(rows, columns):
            self._reviewing = True
            self._over.in_table(rows, columns)

    def _repeat(self) -> None:
        said = self._back.last
        if said:
            self._reader.say(Utterance(*said.utterance.parts), reason="repeat")
        else:
            self._tell(_("Nothing was said"))

    def _copy(self) -> None:
        said = self._back.last
        if said is None:
            self._tell(_("Nothing was said"))
        elif self._surface.copy(said.text):
            self._tell(_("Copied"))
        else:
            self._tell(_("This cannot be copied here"))

    def _go_there(self) -> None:
        node = self._over.node() if self._reviewing else self._navigation.here
        self._reviewing = False
        if node is None or not self._navigation.arrive(node):
            self._tell(_("The focus cannot go there"))

    def _under_mouse(self) -> None:
        mouse = self._surface.mouse()
        if mouse is None:
            self._tell(_("The mouse is not here"))
        else:
            self._over.under(*mouse)

    def _help(self) -> None:
        self._helping = True
        self._tell(_("Help: press a key to hear what it does; Escape ends it"))

    def _pass_next(self) -> None:
        self._passing = True
        self._tell(_("The next key goes to the program"))

    def _tell(self, text: str) -> None:
        self._reader.say(text, reason="command")
