"""Sound that begins at once, stops at once, and outlives its device; hides devices, threads and buffers.

    player = Player(22_050)
    take = player.begin()
    while block := more():
        if not player.write(block, take):
            break                          # somebody called player.cancel()
    player.drain()
    player.close()

The device takes 10 ms at a time. :meth:`Player.write` keeps at most half a second ahead of it, so little is
thrown away by :meth:`Player.cancel`, and :attr:`Take.played` says how far the listener is.
"""

from __future__ import annotations

import atexit
import threading
import time
from types import TracebackType
from typing import Final, Self

from barrierfree.audio.line import Line, Take
from barrierfree.audio.upkeep import Upkeep
from barrierfree.errors import NoAudioDevice
from barrierfree.wording import _

__all__ = ["Player", "Take", "open_player"]

_AHEAD: Final = 0.5
"""Seconds of sound that may wait for the device."""
_PATIENCE: Final = 10.0
"""Seconds that callers wait for a lost device to come back."""
_NAP: Final = 0.1
_SHORT_NAP: Final = 0.002


def open_player(rate: int) -> Player:
    """A player for sound of that rate, on the system's loudspeaker.

    Raises:
        NoAudioDevice: There is none.
        SettingsError: ``BARRIERFREE_AUDIO`` is wrong.
    """
    return Player(rate)


class Player:
    """Plays 16-bit mono sound. Every method may be called from any thread.

    A lost device is looked for again, and what it had not played is played then. Those who wait for it get
    NoAudioDevice when it has been gone for ten seconds; what was written is kept all the same.

    Args:
        rate: Samples per second, given to the device as they are.
        device: Part of the name of the device wanted; empty takes the system's choice.

    Raises:
        NoAudioDevice: There is none, or none of that name.
        SettingsError: ``BARRIERFREE_AUDIO`` names something else than a way to play.
    """

    def __init__(self, rate: int, *, device: str = "") -> None:
        self.rate = rate
        self._changed = threading.Condition()
        self._line = Line(rate)
        self._take = Take(self._line)
        self._paused = self._closed = False
        self._upkeep = Upkeep(rate, self._read, device, self._has_sound, self._rewind)
        atexit.register(self.close)

    def begin(self) -> Take:
        """A new take, which follows what was written before; valid until the next :meth:`cancel`."""
        with self._changed:
            self._take = Take(self._line)
            return self._take

    def write(self, samples: bytes, take: Take | None = None) -> bool:
        """Let sound be played after what was written before; waits while half a second is ahead already.

        Args:
            samples: Signed 16-bit samples in the machine's byte order. None at all asks whether the take is
                still valid, without waiting.
            take: What it belongs to; None means the latest.

        Returns:
            False when the take was cancelled, or the player closed: the samples are not played, and none of
            this take will be any more.

        Raises:
            NoAudioDevice: The device is lost and does not come back. These samples were not taken.
            ValueError: Half a sample.
        """
        if len(samples) % 2:
            raise ValueError("A sample has two bytes.")
        with self._changed:
            take = take or self._take
            while self._is_valid(take):
                self._give_up_if_lost()
                excess = self._line.ahead - int(_AHEAD * self.rate)
                if excess < 0 or not samples:
                    break
                self._nap(excess)
            if not self._is_valid(take):
                return False
            if not samples:
                return True
            self._line.append(take, bytes(samples))
        self._upkeep.nudge()
        return True

    def cancel(self) -> None:
        """Silence within one block: what was written before is gone, and every take is void. Ends a pause.

        Waits for nothing. ``played`` of the cancelled takes stays as it was (a block that is just being taken
        may still be added).
        """
        with self._changed:
            self._line = Line(self.rate)
            self._take = Take(self._line)
            self._paused = False
            self._changed.notify_all()

    def pause(self) -> None:
        """Silence within one block, until :meth:`resume` or :meth:`cancel`."""
        self._paused = True

    def resume(self) -> None:
        """Go on where it was paused."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()
        self._upkeep.nudge()

    @property
    def paused(self) -> bool:
        """Whether it is paused."""
        return self._paused

    @property
    def played(self) -> int:
        """Samples of the latest take that the device has taken: since the last begin or cancel."""
        return self._take.played

    @property
    def lost(self) -> bool:
        """Whether the device is lost; it is being looked for."""
        return self._upkeep.lost_since is not None

    def wait_played(self, sample: int, take: Take | None = None, timeout: float | None = None) -> bool:
        """Wait until the device has taken so many samples of a take, to within a few milliseconds.

        Args:
            sample: How many.
            take: Of what; None means the latest.
            timeout: Seconds to wait at most.

        Returns:
            False when the time is over, the take was cancelled or the player closed before.

        Raises:
            NoAudioDevice: The device is lost and does not come back.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._changed:
            take = take or self._take
            while take.played < sample:
                if not self._is_valid(take) or self._is_over(deadline):
                    return False
                self._give_up_if_lost()
                self._nap(sample - take.played, deadline)
        return True

    def drain(self, timeout: float | None = None) -> bool:
        """Wait until everything that was written has been heard, or thrown away by :meth:`cancel`.

        Args:
            timeout: Seconds to wait at most.

        Returns:
            False when the time is over before.

        Raises:
            NoAudioDevice: The device is lost and does not come back.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._changed:
            while not self._closed:
                waiting = self._line.ahead
                unheard = self._line.taken_at + self._upkeep.latency - time.monotonic()
                if not waiting and unheard <= 0:
                    break
                if self._is_over(deadline):
                    return False
                if waiting:
                    self._give_up_if_lost()
                self._nap(waiting or int(unheard * self.rate), deadline)
        return True

    def close(self) -> None:
        """Silence, and let the device go. Whoever waits is told; what is written later is not played."""
        atexit.unregister(self.close)
        with self._changed:
            self._closed = True
            self._line = Line(self.rate)
            self._changed.notify_all()
        self._upkeep.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, frames: int) -> bytes | memoryview:
        """What the device plays next; called in its thread."""
        return b"" if self._paused else self._line.read(frames)

    def _has_sound(self) -> bool:
        return self._line.ahead > 0 and not self._paused

    def _rewind(self, seconds: float) -> None:
        with self._changed:
            self._line.rewind(int(seconds * self.rate))

    def _is_valid(self, take: Take) -> bool:
        return take.line is self._line and not self._closed

    def _is_over(self, deadline: float | None) -> bool:
        return deadline is not None and time.monotonic() >= deadline

    def _give_up_if_lost(self) -> None:
        since = self._upkeep.lost_since
        if since is not None and time.monotonic() - since > _PATIENCE:
            raise NoAudioDevice(
                _("The loudspeaker has gone and does not come back."),
                hint=_("Connect one, or start the sound service of your system."),
            )

    def _nap(self, samples: int, deadline: float | None = None) -> None:
        """Sleep until so many samples may have been played, or something changes.

        The device's thread wakes nobody, for that would make it wait for locks. It keeps time, so the time
        is known at which to look again.
        """
        seconds = min(max(samples / self.rate, _SHORT_NAP), _NAP)
        if deadline is not None:
            seconds = min(seconds, max(deadline - time.monotonic(), 0))
        self._changed.wait(seconds)
