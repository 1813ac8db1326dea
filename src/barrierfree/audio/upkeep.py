"""One device, kept going; hides when it is opened, started, stopped, found lost and opened again.

All calls of native sound libraries happen in one thread of its own, so a library that hangs when its device
is unplugged holds up nobody else. Libraries do not tell that a device was lost: their callbacks just stop
(python-sounddevice#627), so the callbacks are counted.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from barrierfree.audio.devices import PERIOD, OutputDevice, Source, open_device
from barrierfree.audio.turns import ShortTurns
from barrierfree.errors import BarrierfreeError

__all__ = ["Upkeep"]

_LOOK: Final = 0.1
"""Seconds between two looks at a device that runs."""
_STILL: Final = 5
_STILL_AT_FIRST: Final = 30
"""Looks without a callback after which a device counts as lost. Many, for this process may be held up itself,
and at first more: a wireless loudspeaker takes seconds to wake up."""
_IDLE: Final = 30.0
"""Seconds without sound after which a device is stopped."""
_AGAIN: Final = 0.05
_AGAIN_MOST: Final = 2.0
"""Seconds before a lost device is looked for, at first and at most."""
_GOODBYE: Final = 5.0
"""Seconds that a library gets to close its device."""


class Upkeep:
    """Opens a device and keeps it running while there is something to play.

    Args:
        rate: Samples per second.
        source: Where the device takes sound from.
        name: Part of the device's name, or empty.
        wanted: Whether there is sound to play now.
        on_lost: Told how many seconds of sound a lost device had taken and may not have played; until it
            returns, no device reads.

    Raises:
        NoAudioDevice: There is no device.
        SettingsError: ``BARRIERFREE_AUDIO`` is wrong.
    """

    def __init__(
        self,
        rate: int,
        source: Source,
        name: str,
        wanted: Callable[[], bool],
        on_lost: Callable[[float], None],
    ) -> None:
        self.lost_since: float | None = None
        """When the device was found lost, on the monotonic clock; None while all is well."""
        self.latency = 0.0
        """Seconds from the moment the device takes sound to the moment that is heard."""
        self._rate, self._source, self._name = rate, source, name
        self._wanted, self._on_lost = wanted, on_lost
        self._woken = threading.Condition()
        self._device: OutputDevice | None = None
        self._lost_device: OutputDevice | None = None
        self._running = self._closing = False
        self._turns = ShortTurns()
        self._calls = self._calls_before = self._seen = self._still = self._failures = 0
        self._nudged_at = time.monotonic()
        self._opened = threading.Event()
        self._refusal: BarrierfreeError | None = None
        self._thread = threading.Thread(target=self._run, name="barrierfree sound device", daemon=True)
        self._thread.start()
        self._opened.wait()
        if self._refusal:
            self._thread.join()
            raise self._refusal

    def nudge(self) -> None:
        """There is something to play: start the device if it does not run. Returns at once."""
        self._nudged_at = time.monotonic()
        if not self._running:
            with self._woken:
                self._woken.notify()

    def close(self) -> None:
        """Close the device and end the thread."""
        with self._woken:
            self._closing = True
            self._woken.notify()
        self._thread.join(_GOODBYE)

    def _read(self, frames: int) -> bytes | memoryview:
        self._calls += 1
        return self._source(frames)

    def _run(self) -> None:
        try:
            self._open()
        except BarrierfreeError as refusal:
            self._refusal = refusal
            return
        finally:
            self._opened.set()
        while not self._closing:
            if self._device is None:
                self._find()
            elif self._running:
                self._look_after(self._device)
            else:
                self._rest(self._device)
        self._drop()

    def _open(self) -> None:
        self._device = open_device(self._rate, self._read, self._name, self._lost_device)
        self.latency = self._device.latency

    def _rest(self, device: OutputDevice) -> None:
        """Wait for something to play, then start."""
        with self._woken:
            self._woken.wait_for(lambda: self._closing or self._wanted())
        if not self._closing:
            self._start(device)

    def _start(self, device: OutputDevice) -> None:
        self._calls_before = self._seen = self._calls
        self._still = 0
        # First this: callbacks may come before the library returns, and whoever waits may as well.
        self._running = True
        self._turns.begin()
        try:
            device.start()
        except Exception:  # noqa: BLE001  native libraries raise what they like
            self._lose()

    def _look_after(self, device: OutputDevice) -> None:
        with self._woken:
            self._woken.wait_for(lambda: self._closing, _LOOK)
        if self._calls != self._seen:
            self._seen, self._still, self._failures, self.lost_since = self._calls, 0, 0, None
        else:
            self._still += 1
        at_first = self._calls == self._calls_before
        if self._still >= (_STILL_AT_FIRST if at_first else _STILL) or not device.active:
            self._lose()
        elif time.monotonic() - self._nudged_at > _IDLE and not self._wanted():
            self._stop(device)

    def _stop(self, device: OutputDevice) -> None:
        # First this: whoever writes from here on wakes this thread up again.
        self._running = False
        self._turns.end()
        try:
            device.stop()
        except Exception:  # noqa: BLE001
            self._lose()

    def _lose(self) -> None:
        self.lost_since = self.lost_since or time.monotonic()
        self._failures += 1
        self._lost_device = self._device
        self._drop()
        taken = (self._calls - self._calls_before) * PERIOD
        self._on_lost(min(self.latency, taken))

    def _drop(self) -> None:
        self._running = False
        self._turns.end()
        device, self._device = self._device, None
        if device:
            with suppress(Exception):
                device.close()

    def _find(self) -> None:
        """Try once more; a device that opens also has to take sound before it counts as found."""
        with self._woken:
            patience = min(_AGAIN * 2 ** min(self._failures, 10), _AGAIN_MOST)
            self._woken.wait_for(lambda: self._closing, patience)
        if self._closing:
            return
        try:
            self._open()
        except BarrierfreeError:
            self._failures += 1
        else:
            assert self._device
            self._start(self._device)
