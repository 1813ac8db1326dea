"""Someone who hears an app and never sees it: keys go in, spoken lines come out."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

from barrierfree.reading.settings import ReadingSettings
from barrierfree.testing import capture_speech
from barrierfree.tui.screen_reader import ScreenReader


class Listener:
    """Presses keys in an app, and has nothing but what was said."""

    def __init__(self, pilot, reader, speech):
        self.pilot = pilot
        self.app = pilot.app
        self.reader = reader
        self.speech = speech
        self._heard = 0

    async def press(self, *keys):
        """Press keys and hear what is said about all of them."""
        for key in keys:
            await self.pilot.press(key)
        return await self.hear()

    async def hear(self, most=1.0):
        """What has been said since the last time, once it is quiet."""
        quiet = 0
        for _time in range(int(most / 0.03)):
            await asyncio.sleep(0.03)
            busy = self.app._barrierfree_watcher._timer or self.reader.reader.speaker.busy
            quiet = 0 if busy else quiet + 1
            if quiet == 2:
                break
        lines = self.speech.texts[self._heard :]
        self._heard += len(lines)
        return lines


@asynccontextmanager
async def listening(app, *, settings=None, size=(80, 30)):
    """An app that runs, with someone who listens to it."""
    with capture_speech() as speech, ScreenReader(settings=settings or ReadingSettings()) as reader:
        reader.attach(app)
        async with app.run_test(size=size, notifications=True) as pilot:
            listener = Listener(pilot, reader, speech)
            yield listener
        assert not list(reader.faults), list(reader.faults)


async def transcript(app, keys, **options):
    """Keys and lines, as they are kept in tests/golden/spoken."""
    async with listening(app, **options) as listener:
        lines = list(await listener.hear())
        for key in keys:
            lines.append(f"> {key}")
            lines += await listener.press(key)
        return lines


def hear(app, act, *, seconds=1.0, **options):
    """What is said from the moment that something is done with the app."""

    async def listened():
        async with listening(app, **options) as listener:
            await asyncio.sleep(0.6)  # what a new screen is filled with is over
            await listener.hear()
            await act(listener)
            await asyncio.sleep(seconds)
            return await listener.hear()

    return asyncio.run(listened())
