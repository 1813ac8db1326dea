"""How soon sound begins and ends: from write() to the device, from cancel() to silence, on the null device.

    python benchmarks/playback.py [ROUNDS]

The device keeps real time with blocks of 10 ms, and what it is given is stamped in its own thread. Each
figure is taken while this program is idle and while one Python thread of it spins.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import quantiles

from barrierfree.audio import upkeep
from barrierfree.audio.devices import Source
from barrierfree.audio.playback import Player
from measuring import table

RATE = 22050
SPEECH = b"\x10\x00" * RATE


class Stamps:
    """When the device was last given sound, and last given silence."""

    def __init__(self) -> None:
        self.sound = self.silence = 0.0
        real = upkeep.open_device
        upkeep.open_device = lambda rate, source, *more: real(rate, self._around(source), *more)

    def _around(self, source: Source) -> Source:
        def read(frames: int) -> bytes | memoryview:
            samples = source(frames)
            now = time.perf_counter()
            if samples:
                self.sound = now
            else:
                self.silence = now
            return samples

        return read

    def first(self, what: str, after: float) -> float:
        """Seconds from a moment until the device was given sound, or silence, for the first time after it."""
        while getattr(self, what) <= after:
            time.sleep(0.005)  # rarely: each look competes with the device's thread for the interpreter
        return getattr(self, what) - after


def rounds(player: Player, stamps: Stamps, count: int) -> Iterator[tuple[float, float]]:
    """Write, hear, cancel, hear nothing, at moments that have nothing to do with the device's."""
    for _ in range(count):
        time.sleep(random.uniform(0.02, 0.04))
        written = time.perf_counter()
        player.write(SPEECH[:8000])
        begins = stamps.first("sound", written)
        time.sleep(random.uniform(0.02, 0.04))
        cancelled = time.perf_counter()
        player.cancel()
        yield begins, stamps.first("silence", cancelled)


def starts(player: Player, stamps: Stamps, count: int) -> Iterator[float]:
    """From write() to the device, when that has been stopped to save power."""
    upkeep._IDLE, idle = 0.05, upkeep._IDLE  # noqa: SLF001
    for _ in range(count):
        while player._upkeep._running:  # noqa: SLF001
            time.sleep(0.01)
        time.sleep(random.uniform(0.02, 0.04))
        written = time.perf_counter()
        player.write(SPEECH[:400])
        yield stamps.first("sound", written)
    upkeep._IDLE = idle  # noqa: SLF001


def returns(player: Player, count: int) -> Iterator[float]:
    """How long the caller of cancel() waits, with all that may be ahead written."""
    for _ in range(count):
        player.write(SPEECH)
        begun = time.perf_counter()
        player.cancel()
        yield time.perf_counter() - begun


@contextmanager
def spinning() -> Iterator[None]:
    """One thread that never lets go of the interpreter by itself."""
    ends = threading.Event()

    def spin() -> None:
        number = 0
        while not ends.is_set():
            number += sum(range(1000))

    thread = threading.Thread(target=spin)
    thread.start()
    yield
    ends.set()
    thread.join()


def row(seconds: list[float]) -> dict[str, str]:
    cuts = quantiles(seconds, n=100, method="inclusive")
    figures = {"p50": cuts[49], "p95": cuts[94], "max": max(seconds)}
    return {name: f"{1000 * value:.1f} ms" for name, value in figures.items()}


def measure(player: Player, stamps: Stamps, count: int, when: str) -> dict[str, dict[str, str]]:
    begins, silent = zip(*rounds(player, stamps, count), strict=True)
    return {
        f"write to the device, {when}": row(list(begins)),
        f"cancel to silence, {when}": row(list(silent)),
        f"cancel to its return, {when}": row(list(returns(player, count))),
        f"write to a stopped device, {when}": row(list(starts(player, stamps, max(count // 5, 10)))),
    }


def once(work: Callable[[], object]) -> str:
    begun = time.perf_counter()
    work()
    return f"{1000 * (time.perf_counter() - begun):.0f} ms"


def main() -> None:
    os.environ["BARRIERFREE_AUDIO"] = "null"
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    stamps = Stamps()
    print("the first player of a process:", once(lambda: Player(RATE).close()))
    with Player(RATE) as player:
        rows = measure(player, stamps, count, "idle")
        with spinning():
            rows |= measure(player, stamps, count, "a thread spinning")
    table(rows)


if __name__ == "__main__":
    main()
