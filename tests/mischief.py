"""An engine for tests that knows each recording by its loudness, logs what it does, and dies when told to.

It is registered as an outside package is, with a dist-info folder, so that worker processes of every kind
find it. A recording is a square wave; its height is its number, and some numbers mean mischief.
"""

import os
import shutil
import signal
import time
import wave
from collections import Counter
from pathlib import Path

from barrierfree.transcription.recognizer import Capabilities
from barrierfree.transcription.transcript import Segment

KILLED, EXITS, BREAKS, PRINTS, DIES_ONCE, SLOW = 31000, 31001, 31002, 31003, 31004, 31005


class Mischief:
    """Hears "number N" in a recording of that number."""

    capabilities = Capabilities(needs_model=False, concurrent=True, automatic=False)

    def __init__(self, model, options):
        from barrierfree.wording import interface_language

        log(f"load {interface_language()}")

    @classmethod
    def available(cls):
        return True

    def recognize(self, blocks):
        samples = b"".join(block.samples for block in blocks)
        number = max(memoryview(samples).cast("h"))
        log(f"hear {number}")
        time.sleep(float(os.environ.get("MISCHIEF_DELAY", "0")))
        make(number)
        yield Segment(0.0, len(samples) / 32000, f"number {number}")

    def close(self):
        log("close")


def make(number):
    """The mischief that goes with a number."""
    if number == KILLED or (number == DIES_ONCE and heard(Path(os.environ["MISCHIEF_LOG"]))[number] == 1):
        os.kill(os.getpid(), signal.SIGKILL)
    if number == EXITS:
        os._exit(3)
    if number == BREAKS:
        raise KeyError("a fault of the engine")
    if number == PRINTS:
        os.write(1, b"printed by a native library\n")
    if number == SLOW:
        time.sleep(1.5)


def log(line):
    """A line that survives the process, with its id."""
    with Path(os.environ["MISCHIEF_LOG"]).open("a") as file:
        file.write(f"{os.getpid()} {line}\n")


def lines(log_file):
    """Of the log so far: pairs of process and what it did."""
    if not log_file.exists():
        return []
    return [tuple(line.split(" ", 1)) for line in log_file.read_text().splitlines()]


def heard(log_file):
    """How often each number was heard."""
    return Counter(int(what.split()[1]) for _pid, what in lines(log_file) if what.startswith("hear"))


def recording(folder, number, *, name=None, seconds=0.5):
    """A recording of that number."""
    path = folder / (name or f"{number}.wav")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        half = number.to_bytes(2, "little") * 20 + (-number).to_bytes(2, "little", signed=True) * 20
        file.writeframes(half * int(400 * seconds))
    return str(path)


def register(folder, name, value, *, package="mischief-maker"):
    """A dist-info folder as an installed package has, with one engine in it."""
    info = folder / f"{package.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[barrierfree.recognizers]\n{name} = {value}\n")


def install(folder):
    """The engine as an installed package in a folder that has to be put on the path."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(__file__, folder / "mischief_maker.py")
    register(folder, "mischief", "mischief_maker:Mischief")
    return folder
