"""Makes a Textual app speak, in one line; hides hooks, watchers, keys, and whose speaker it is.

    ScreenReader().attach(app)
    app.run()

It may be attached before the app runs or while it runs, and detached at any time.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Self
from weakref import WeakSet

from textual.app import App

from barrierfree.reading.commands import ReaderCommands
from barrierfree.reading.reader import Reader
from barrierfree.reading.settings import ReadingSettings
from barrierfree.speech.speaker import Speaker
from barrierfree.tui import hooks
from barrierfree.tui.surface import TextualSurface
from barrierfree.tui.watching import AppWatch

__all__ = ["ScreenReader"]


class ScreenReader:
    """Reads Textual apps aloud: focus, changes, messages, and whatever its keys ask for.

    Args:
        speaker: Speaks; left out, the screen reader has one of its own, with the user's settings.
        settings: What is said, and which keys are the reader's.

    Raises:
        EngineNotInstalled: It was to have a speaker of its own, and no voice can speak here.
        SettingsError: The same, and a setting is wrong.
    """

    def __init__(
        self,
        speaker: Speaker | None = None,
        settings: ReadingSettings = ReadingSettings(),  # noqa: B008  frozen
    ) -> None:
        self._own = None
        if speaker is None:
            speaker = self._own = Speaker()
        self.reader = Reader(speaker, settings)
        """Says what it is told; its ``settings`` may be replaced at any time."""
        self.faults: deque[Exception] = deque(maxlen=20)
        """What went wrong in here last. An app never notices."""
        self._apps: WeakSet[App[Any]] = WeakSet()
        self._all = False
        self.apps_read = 0
        """How many apps it has been attached to."""

    def attach(self, app: App[Any]) -> Self:
        """Read this app from now on, whether it runs already or not."""
        if app not in self._apps:
            hooks.watch(app, self._watch(app))
        return self

    def attach_to_all(self) -> Self:
        """Read every app that this program runs and that nobody reads yet."""
        self._all = True
        hooks.watch_all(self._watch)
        return self

    def detach(self) -> None:
        """Read nothing any more, and be silent; the apps go on. May be called twice."""
        if self._all:
            hooks.watch_all(None)
            self._all = False
        for app in list(self._apps):
            watcher = hooks.unwatch(app)
            if isinstance(watcher, AppWatch):
                watcher.stop()
        self._apps.clear()
        self.reader.stop()
        if self._own:
            self._own.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.detach()

    def _watch(self, app: App[Any]) -> AppWatch:
        self._apps.add(app)
        self.apps_read += 1
        commands = ReaderCommands(self.reader, TextualSurface(app))
        return AppWatch(app, self.reader, commands, self.faults)
