"""What pyttsx3 gets wrong, shown with the real package, and that none of it is heard through barrierfree.

When a test of the package itself fails because a newer one has mended it: good, take that half away.
"""

import subprocess
import sys
import threading
import time
import wave

import pytest

from barrierfree.speech.synthesizer import Sound, Spoken
from barrierfree.speech.voice import Voice

SENTENCE = "The quick brown fox jumps over the lazy dog."
PLAYER = """#!/bin/sh
# Plays to a folder: what it was given, and for how long it would have been heard.
cp "$1" "$HEARD/$(date +%s%N).wav"
sleep {seconds}
"""
START = """
import pyttsx3, threading, time
from barrierfree.speech.engines.espeak_library import preload
preload()
engine = pyttsx3.init("espeak")
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Runs a program that uses pyttsx3 itself; gives its output, and the lengths of what it played."""
    heard = tmp_path / "heard"
    heard.mkdir()
    monkeypatch.setenv("HEARD", str(heard))

    def run(program, *, seconds=0.0, timeout=20):
        player = tmp_path / "aplay"
        player.write_text(PLAYER.format(seconds=seconds))
        player.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        ran = subprocess.run(
            [sys.executable, "-c", START + program],
            capture_output=True,
            text=True,
            timeout=timeout,
            cwd=tmp_path,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout, [length(file) for file in sorted(heard.iterdir())]

    return run


@pytest.fixture
def voice():
    with Voice("pyttsx3") as voice:
        assert voice.rate
        yield voice


def length(file):
    with wave.open(str(file)) as sound:
        return sound.getnframes() / sound.getframerate()


def heard(voice, *request):
    """Seconds of sound of each stretch."""
    seconds = [0.0] * len(request)
    for made in voice.speak(request):
        assert isinstance(made, Sound)
        seconds[made.part] += len(made.samples) / 2 / voice.rate
    return seconds


def test_it_prints_and_here_nothing_is_printed(package, voice, capfd):
    printed, _ = package("engine.save_to_file('Hello', 'x.wav'); engine.runAndWait(); time.sleep(0.5)")
    assert printed == "Audio saved to x.wav\n"
    assert heard(voice, Spoken("Hello", "en"))[0] > 0.3
    voice.close()
    assert capfd.readouterr() == ("", "")


def test_of_three_utterances_it_says_the_last_and_here_all_are_heard(package, voice):
    three = ("One.", "Two and a half.", "Three of them are here now, at last.")
    say = "".join(f"engine.say({text!r});" for text in three)
    _, played = package(f"{say} engine.runAndWait(); time.sleep(1)")
    assert len(played) == 1
    assert played[0] > 1.5
    one, two, last = heard(voice, *(Spoken(text, "en") for text in three))
    assert 0.2 < one < two < last


def test_once_it_has_saved_a_file_it_falls_silent_and_here_every_stretch_is_heard(package, voice):
    _, played = package(
        "engine.save_to_file('Saved', 'x.wav'); engine.runAndWait(); time.sleep(0.5)\n"
        "engine.say('Said aloud'); engine.runAndWait(); time.sleep(1)"
    )
    assert played == []
    # Everything we hear goes through a file, so this would be the second one after the first.
    assert all(seconds > 0.3 for seconds in heard(voice, *[Spoken("Said aloud", "en")] * 3))


def test_it_returns_before_it_has_finished_and_here_the_end_is_waited_for(package, voice):
    text = f"{SENTENCE} " * 60
    printed, _ = package(
        f"import os; engine.save_to_file({text!r}, 'x.wav'); engine.runAndWait()\n"
        "print(os.path.exists('x.wav') and os.path.getsize('x.wav') > 44); time.sleep(2)"
    )
    assert printed.startswith("False\n")
    assert heard(voice, Spoken(text, "en"))[0] > 60 * 2


def test_it_cannot_be_stopped_and_here_silence_is_at_once(package, voice):
    printed, _ = package(
        f"threading.Thread(target=engine.say, args=({SENTENCE!r},)).start(); time.sleep(0.1)\n"
        "threading.Thread(target=engine.runAndWait, daemon=True).start(); time.sleep(0.5)\n"
        "began = time.monotonic()\n"
        "def stop(): engine.stop(); print('stopped after', time.monotonic() - began, flush=True)\n"
        "threading.Thread(target=stop, daemon=True).start(); time.sleep(0.7)\n"
        "print('given up', flush=True); import os; os._exit(0)",
        seconds=3,
    )
    assert printed.splitlines()[-1] == "given up"
    stream = voice.speak([Spoken(f"{SENTENCE} " * 300, "en")])
    next(stream)
    began = time.monotonic()
    stream.abort()
    assert list(stream) == []
    assert time.monotonic() - began < 0.1
    assert heard(voice, Spoken("Hello", "en"))[0] > 0.3
    assert time.monotonic() - began < 1.5


def test_its_settings_are_lost_now_and_then_and_here_they_never_are(voice):
    lengths = [
        heard(voice, Spoken(SENTENCE, "en", rate=rate))[0] for _ in range(60) for rate in (80, 175, 400)
    ]
    assert min(lengths[0::3]) > 1.3 * max(lengths[1::3])
    assert min(lengths[1::3]) > 1.3 * max(lengths[2::3])


def test_asked_for_nothing_it_repeats_itself_and_here_nothing_is_said(package, voice):
    _, played = package(
        "engine.say('Once'); engine.runAndWait(); time.sleep(0.7); engine.runAndWait(); time.sleep(0.7)"
    )
    assert len(played) == 2
    assert heard(voice, Spoken("Once", "en"), Spoken("", "en"))[1] == 0
    assert heard(voice) == []


def test_long_texts_take_it_ever_longer_and_here_twice_as_much_takes_twice_as_long(voice):
    def seconds(times):
        began = time.monotonic()
        assert heard(voice, Spoken(f"{SENTENCE} " * times, "en"))[0] > 2 * times
        return time.monotonic() - began

    seconds(10)
    assert seconds(160) < 6 * seconds(40)


def test_threads_may_speak_at_once(voice):
    results = []
    threads = [
        threading.Thread(target=lambda: results.extend(heard(voice, Spoken("Hello", "en")))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    assert max(results) - min(results) < 0.05


@pytest.mark.parametrize(("kind", "rate"), [("aiff", 22_050), ("aiff", 44_100), ("wav", 16_000)])
def test_what_other_systems_save_is_brought_to_the_usual_rate(tmp_path, kind, rate):
    """macOS saves AIFF under any name, and voices of Windows have rates of their own."""
    import av
    import numpy as np

    from barrierfree.speech.engines import pyttsx3

    tone = (10_000 * np.sin(np.arange(rate) / rate * 2 * np.pi * 200)).astype(np.int16)
    with av.open(str(tmp_path / "said"), "w", format=kind) as container:
        stream = container.add_stream(
            "pcm_s16be" if kind == "aiff" else "pcm_s16le", rate=rate, layout="mono"
        )
        frame = av.AudioFrame.from_ndarray(tone.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    (tmp_path / "said").rename(tmp_path / "said.wav")
    samples = np.frombuffer(pyttsx3._samples(tmp_path / "said.wav"), np.int16)
    assert abs(len(samples) - 22_050) < 50
    assert abs(int(np.abs(np.fft.rfft(samples)).argmax()) - 200) <= 1
