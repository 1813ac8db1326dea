"""What the tests of playback share: listening to a device, sound that can be told apart, and patience."""

import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from barrierfree.audio import upkeep
from barrierfree.audio.playback import Player
from barrierfree.errors import NoAudioDevice

RATE = 22050
BLOCK = 441


class Tap:
    """What the device took, and when: the samples of each callback."""

    def __init__(self):
        self.calls = []

    def around(self, source):
        def read(frames):
            samples = source(frames)
            self.calls.append((time.monotonic(), bytes(samples)))
            return samples

        return read

    @property
    def sound(self):
        return b"".join(samples for _, samples in self.calls)

    def since(self, moment):
        return [samples for when, samples in self.calls if when > moment]


@contextmanager
def listened_to(monkeypatch):
    """A player whose device is real and keeps time in silence, and a tap between the two."""

    def tapped(rate, source, *more):
        return real(rate, tap.around(source), *more)

    tap, real = Tap(), upkeep.open_device
    monkeypatch.setenv("BARRIERFREE_AUDIO", "null")
    monkeypatch.setattr(upkeep, "open_device", tapped)
    with Player(RATE) as player:
        yield player, tap


def counting(samples, first=0):
    """Sound in which every sample differs from its neighbours and none is silent."""
    return b"".join((1 + (first + n) % 30000).to_bytes(2, sys.byteorder) for n in range(samples))


def in_blocks(sound, size=BLOCK):
    return [sound[start : start + 2 * size] for start in range(0, len(sound), 2 * size)]


def until(condition, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.002)


def native_threads():
    tasks = Path("/proc/self/task")
    return sum(1 for _ in tasks.iterdir()) if tasks.is_dir() else threading.active_count()


def in_thread(work):
    """Run it beside; gives the thread, and the list that will hold what it returned."""
    results = []

    def run():
        try:
            results.append(work())
        except NoAudioDevice as error:
            results.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, results
