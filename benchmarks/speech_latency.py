"""How soon speech begins and ends, beside pyttsx3 on the same machine in the same run.

    python benchmarks/speech_latency.py [TIMES] [ENGINE]

The device is the null device, which keeps time as a sound card does, 10 ms at a time. Measured are: from
``say()`` to the first sample that the device takes, for texts of 10 to 13,000 characters, with the program
idle and with one of its threads spinning; from ``cancel()`` to the first block without sound; 13,000
characters into files; and the memory of a program that speaks a book of 5 MB into nothing.

What has to be reached: first sound p95 40 ms idle and 60 ms busy, whatever the length; silence at most
25 ms; files 500 times as fast as they play (wav); memory that does not grow with the text.

pyttsx3 plays through the program aplay. Here a stand-in takes its place, which notes when it is started and
then lasts as long as the sound would. Its silence is measured from ``stop()``, called half a second after
the sound has begun, to the end of that program.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ["BARRIERFREE_AUDIO"] = "null"

from barrierfree.audio import devices
from barrierfree.speech.rendering import Manner
from barrierfree.speech.saving_sound import save_speech, sound_of
from barrierfree.speech.speaker import Speaker
from barrierfree.speech.utterance import Utterance
from barrierfree.speech.voice import Voice

_TEXT = "The quick brown fox jumps over 13 lazy dogs, and then went home. " * 200
_LENGTHS = (10, 100, 1000, 13_000)
_APLAY = """#!/bin/sh
echo "$(date +%s.%N)" >> "$APLAY_LOG"
sleep $(awk "BEGIN { print ($(stat -c %s "$1") - 44) / 44100 }")
echo "$(date +%s.%N)" >> "$APLAY_LOG"
"""
_PYTTSX3 = """
import os, sys, threading, time, pyttsx3
text, log = sys.argv[1], os.environ["APLAY_LOG"]
engine = pyttsx3.init()
def stop():
    while not os.path.exists(log):
        time.sleep(0.001)
    time.sleep(0.5)
    print(time.time(), flush=True)
    engine.stop()
threading.Thread(target=stop, daemon=True).start()
print(time.time(), flush=True)
engine.say(text)
engine.runAndWait()
time.sleep(3600)
"""
_PATIENCE = 10.0
"""Seconds that we wait for pyttsx3: it may take minutes."""


class Ear:
    """Notes when the device takes sound, and when it gets none."""

    def __init__(self) -> None:
        self.first: float | None = None
        self.silent: float | None = None
        real = devices._OPEN["null"]  # noqa: SLF001
        devices._OPEN["null"] = lambda rate, source, name: real(rate, self._hearing(source), name)  # noqa: SLF001

    def _hearing(self, source: devices.Source) -> devices.Source:
        def read(frames: int) -> bytes | memoryview:
            samples = source(frames)
            if samples and self.first is None:
                self.first = time.perf_counter()
            elif not samples and self.silent is None:
                self.silent = time.perf_counter()
            return samples

        return read

    def until(self, what: str, seconds: float = 5.0) -> float:
        """When it was; waits without getting into anybody's way."""
        end = time.perf_counter() + seconds
        while getattr(self, what) is None:
            assert time.perf_counter() < end, f"nothing heard ({what})"
            time.sleep(0.02)
        return float(getattr(self, what))


def spin(stop: threading.Event) -> None:
    """Hold the interpreter as a busy program does."""
    total = 0
    while not stop.is_set():
        total += sum(range(20_000))


def measure(speaker: Speaker, ear: Ear, text: str, times: int) -> tuple[list[float], list[float]]:
    """Milliseconds to the first sound, and to silence."""
    begins, ends = [], []
    for _time in range(times):
        ear.first = None
        began = time.perf_counter()
        speaker.say(text)
        begins.append(1000 * (ear.until("first") - began))
        time.sleep(0.1)
        ear.silent = None
        began = time.perf_counter()
        speaker.cancel()
        ends.append(1000 * (ear.until("silent") - began))
        time.sleep(0.03)
    return sorted(begins), sorted(ends)


def show(name: str, times: list[float]) -> str:
    p95 = times[int(0.95 * len(times))]
    return f"{name} median {statistics.median(times):7.1f}, p95 {p95:7.1f}, max {times[-1]:7.1f}"


def ours(engine: str, times: int) -> None:
    ear = Ear()
    with Speaker(engine=engine) as speaker:
        speaker.ready()
        speaker.say("Warm.").wait()
        for busy in (False, True):
            stop = threading.Event()
            if busy:
                threading.Thread(target=spin, args=(stop,), daemon=True).start()
            for length in _LENGTHS:
                begins, ends = measure(speaker, ear, _TEXT[:length], times)
                name = f"{engine}, {'busy' if busy else 'idle'}, {length:6} characters:"
                print(f"{name:36} {show('first', begins)};  {show('silence', ends)} ms")
            stop.set()


def pyttsx3(times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        player = Path(folder) / "aplay"
        player.write_text(_APLAY)
        player.chmod(0o755)
        env = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "APLAY_LOG": str(log)}
        for length in _LENGTHS:
            runs = [_one_of_pyttsx3(env, log, _TEXT[:length]) for _time in range(times)]
            begins = sorted(first for first, _silent in runs if first is not None)
            ends = sorted(silent for _first, silent in runs if silent is not None)
            name = f"pyttsx3, idle, {length:6} characters:"
            first = show("first", begins) if begins else f"no sound within {_PATIENCE:.0f} s"
            silence = show("silence", ends) if ends else f"no silence within {_PATIENCE:.0f} s of stop()"
            print(f"{name:36} {first};  {silence} ({len(begins)} and {len(ends)} of {times} runs)")


def _one_of_pyttsx3(env: dict[str, str], log: Path, text: str) -> tuple[float | None, float | None]:
    """Milliseconds to the first sound, and from ``stop()`` to silence; None when we did not wait for it."""
    log.unlink(missing_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-c", _PYTTSX3, text],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=env,
        start_new_session=True,
    )
    assert process.stdout
    heard: list[float] = []
    deadline = time.time() + _PATIENCE
    while time.time() < deadline and len(heard) < 2:
        time.sleep(0.01)
        was, heard = len(heard), [float(line) for line in log.read_text().split()] if log.exists() else []
        if len(heard) > was:
            deadline = time.time() + 0.5 + _PATIENCE
    time.sleep(1.0)
    os.killpg(process.pid, 9)
    said = [float(line) for line in process.stdout.read().split() if line[0].isdigit()]
    process.wait()
    process.stdout.close()
    first = 1000 * (heard[0] - said[0]) if heard else None
    # What had ended before it was stopped says nothing.
    was_stopped = len(said) > 1 and len(heard) > 1 and heard[1] > said[1]
    return first, 1000 * (heard[1] - said[1]) if was_stopped else None


def files(engine: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("wav", "opus", "mp3"):
            with Voice(engine) as voice:
                assert voice.rate
                path = Path(folder) / f"said.{ending}"
                began = time.perf_counter()
                save_speech([Utterance(_TEXT[:13_000])], path, voice=voice, manner=Manner())
                took = time.perf_counter() - began
            seconds = _seconds(path)
            _show_file(ending, seconds, took)
        _pyttsx3_file(Path(folder) / "theirs.wav")


def _pyttsx3_file(path: Path) -> None:
    program = (
        "import os, sys, time, pyttsx3\n"
        "engine = pyttsx3.init()\n"
        "engine.setProperty('rate', 175)\n"
        "engine.save_to_file(sys.argv[1], sys.argv[2])\n"
        "engine.runAndWait()\n"
        "while not os.path.exists(sys.argv[2]):  # it returns before it has begun\n"
        "    time.sleep(0.01)\n"
    )
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", program, _TEXT[:13_000], str(path)], check=True, capture_output=True
    )
    took = time.perf_counter() - began
    _show_file("wav by pyttsx3", (path.stat().st_size - 44) / 44_100, took)


def _show_file(what: str, seconds: float, took: float) -> None:
    speed = seconds / took
    print(
        f"13,000 characters to {what}: {seconds:.0f} s of speech in {took:.2f} s, {speed:.0f} times real time"
    )


def _seconds(path: Path) -> float:
    import av

    with av.open(str(path)) as container:
        assert container.duration
        return container.duration / av.time_base


def memory(engine: str) -> None:
    """A book, into nothing: what the program's memory grows by after its first hundredth."""
    book = _TEXT * (5_000_000 // len(_TEXT))
    before = 0
    seconds = 0.0
    began = time.perf_counter()
    with Voice(engine) as voice:
        for number, samples in enumerate(sound_of([Utterance(book)], voice, Manner(rate=900))):
            seconds += len(samples) / 2 / voice.rate
            if number == 10_000:
                before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    took = time.perf_counter() - began
    size = f"{len(book) / 1e6:.1f} MB, {seconds / 3600:.1f} h of speech"
    print(f"a book of {size}: made in {took:.0f} s; memory grew by {grown / 1024:.1f} MB")


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    engine = sys.argv[2] if len(sys.argv) > 2 else "espeak"
    ours(engine, times)
    pyttsx3(max(2, times // 10))
    files(engine)
    memory(engine)


if __name__ == "__main__":
    main()
