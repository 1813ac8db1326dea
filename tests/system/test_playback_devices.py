"""The player on a real sound server: what is heard at the loudspeaker, also when it goes and comes back.

The loudspeaker is a null sink of PulseAudio's; what it plays is recorded from its monitor. It has the rate of
the sound, so every sample has to come back as it was written.
"""

import array
import math
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from tests.conftest import missing
from tests.playing import native_threads, until
from tests.sound_server import SoundServer

from barrierfree.audio.playback import Player
from barrierfree.errors import NoAudioDevice

pytestmark = pytest.mark.system
RATE = 22050


@pytest.fixture
def rate():
    return RATE


@pytest.fixture
def server(monkeypatch, rate):
    for program in ("pulseaudio", "pactl", "parec"):
        if not shutil.which(program):
            missing(f"{program}: apt-get install pulseaudio pulseaudio-utils")
    with tempfile.TemporaryDirectory(prefix="sound") as folder:  # tmp_path is too long for a socket's address
        for name in ("XDG_RUNTIME_DIR", "HOME"):
            monkeypatch.setenv(name, folder)
        for name in (
            "PULSE_SERVER",
            "PULSE_COOKIE",
            "BARRIERFREE_AUDIO",
            "DBUS_SESSION_BUS_ADDRESS",
            "DISPLAY",
        ):
            monkeypatch.delenv(name, raising=False)
        server = SoundServer(rate)
        yield server
        server.close()


def tone(rate, seconds, hertz=440):
    """A tone without a sample that is zero, so that it can be told from silence."""
    wave = (round(9000 * math.sin(2 * math.pi * hertz * n / rate)) for n in range(int(rate * seconds)))
    return array.array("h", [sample or 1 for sample in wave])


def counting(samples):
    return array.array("h", [1 + n % 30000 for n in range(samples)])


def play(player, sound, block=1024):
    blocks = (sound[start : start + block] for start in range(0, len(sound), block))
    return all(player.write(samples.tobytes()) for samples in blocks)


class TestHearing:
    @pytest.mark.parametrize("rate", [16000, 22050, 24000])
    def test_what_is_written_is_heard_sample_by_sample(self, server, rate):
        listening = server.listen()
        sound = tone(rate, 1.5)
        with Player(rate) as player:
            assert play(player, sound)
            assert player.drain(10)
        until(lambda: len(listening.heard) >= len(sound))
        assert listening.heard == list(sound)

    @pytest.mark.parametrize("rate", [48000])
    def test_a_loudspeaker_of_another_rate_plays_the_same_tone_at_the_same_length(self, server, rate):
        listening = server.listen()
        with Player(RATE) as player:
            assert play(player, tone(RATE, 1.5))
            assert player.drain(10)
        time.sleep(0.2)
        heard = listening.heard  # without what a busy machine may have left out
        upward = sum(1 for before, after in pairwise(heard) if before < 0 <= after)
        assert len(heard) / rate == pytest.approx(1.5, abs=0.01)
        assert upward / (len(heard) / rate) == pytest.approx(440, abs=2)

    @pytest.mark.parametrize("way", ["sounddevice", "miniaudio"])
    def test_either_library_plays_all_of_it(self, server, way):
        if way == "sounddevice":
            portaudio_or_skip()
        listening = server.listen()
        # In a process of its own, since PortAudio looks for devices once in its life.
        program = (
            "import sys\nfrom barrierfree.audio.playback import Player\n"
            "player = Player(22050)\nsound = sys.stdin.buffer.read()\n"
            "for start in range(0, len(sound), 2048): player.write(sound[start : start + 2048])\n"
            "print(player.drain(10), player._upkeep._device.way)"
        )
        sound = tone(RATE, 1.5)
        told = subprocess.run(
            [sys.executable, "-c", program],
            input=sound.tobytes(),
            capture_output=True,
            timeout=30,
            env={**os.environ, "BARRIERFREE_AUDIO": way},
        )
        assert (told.stdout.decode(), told.stderr.decode()) == (f"True {way}\n", "")
        assert listening.heard == list(sound)

    def test_a_device_is_found_by_a_part_of_its_name(self, server):
        server.plug("headphones")
        wrong, right = server.listen(), server.listen("headphones")
        with Player(RATE, device="HeadPh") as player:
            assert play(player, counting(4000))
            assert player.drain(10)
        until(lambda: len(right.heard) >= 4000)
        assert wrong.heard == []
        with pytest.raises(NoAudioDevice, match='named "gramophone"'):
            Player(RATE, device="gramophone")

    def test_cancelling_is_silence_at_the_loudspeaker(self, server):
        listening = server.listen()
        delays = []
        with Player(RATE) as player:
            for _ in range(10):
                take = player.begin()
                player.write(counting(RATE).tobytes(), take)
                assert player.wait_played(RATE // 5, take, 5)
                cancelled = time.monotonic()
                player.cancel()
                time.sleep(0.2)
                delays.append(listening.heard_at - cancelled)
        # 10 ms of block, 30 ms in the server's buffer, 10 ms in the recorder's; the rest is a busy machine.
        assert sorted(delays)[5] < 0.08

    def test_a_busy_thread_leaves_no_gaps(self, server):
        listening = server.listen()
        sound = tone(RATE, 3)
        ends = threading.Event()
        busy = threading.Thread(target=lambda: all(sum(range(1000)) for _ in iter(ends.is_set, True)))
        busy.start()
        try:
            with Player(RATE) as player:
                assert play(player, sound)
                assert player.drain(10)
        finally:
            ends.set()
            busy.join()
        assert listening.heard == list(sound)
        # The machine may be busy as well, so some prove nothing; with long turns even an idle one leaves 114.
        assert len(gaps(listening.samples)) < 50


def portaudio_or_skip():
    try:
        import sounddevice  # noqa: F401
    except (ImportError, OSError):
        missing("PortAudio: apt-get install libportaudio2 libasound2-plugins")


def gaps(samples):
    """Where sound stops and goes on."""
    return [n for n, (before, after) in enumerate(pairwise(samples)) if before and not after][:-1]


class TestLosing:
    @pytest.fixture(params=["unplugged", "server killed"])
    def lose(self, request, server):
        unplugged = request.param == "unplugged"
        return (server.unplug, server.plug) if unplugged else (server.kill, server.start)

    def test_the_rest_is_heard_when_it_is_back(self, server, lose):
        gone, back = lose
        before = server.listen()
        sound = counting(RATE * 2)
        with Player(RATE) as player:
            take = player.begin()
            done = []
            writer = threading.Thread(target=lambda: done.append(play(player, sound)))
            writer.start()
            assert player.wait_played(RATE // 2, take, 5)
            gone()
            until(lambda: player.lost)
            assert not player.wait_played(RATE * 2, take, 0.2)
            back()
            # Before the player finds it: it looks again every second or so.
            after = server.listen()
            until(lambda: not player.lost)
            writer.join()
            assert done == [True]
            assert player.drain(10)
            assert take.played == len(sound)
        until(lambda: after.heard[-1] == sound[-1])
        first, second = before.heard, after.heard
        assert first == list(sound[: len(first)])
        # Part of what the old device had taken and not played is heard again, nothing is left out.
        again = len(first) + len(second) - len(sound)
        assert 0 <= again < 0.06 * RATE
        assert second == list(sound[len(first) - again :])

    def test_cancelling_while_it_is_gone_is_not_heard_later(self, server, lose):
        gone, back = lose
        with Player(RATE) as player:
            player.write(counting(RATE).tobytes())
            assert player.wait_played(2000, timeout=5)
            gone()
            until(lambda: player.lost)
            player.cancel()
            player.write(array.array("h", [-5] * 3000).tobytes())
            back()
            after = server.listen()
            assert player.drain(10)
            until(lambda: len(after.heard) >= 3000)
        assert after.heard == [-5] * 3000

    def test_looking_for_it_again_and_again_costs_nothing(self, server):
        with Player(RATE) as player:
            player.write(counting(2000).tobytes())
            assert player.drain(5)
            server.unplug()
            until(lambda: player.lost)
            player._upkeep._failures = -50  # look for it as often as it can
            time.sleep(0.5)
            held = open_files(), native_threads()
            time.sleep(1)
            assert player._upkeep._failures > -45
            until(lambda: open_files() <= held[0] and native_threads() <= held[1], 2)
            server.plug()
            player._upkeep._failures = 0
            until(lambda: not player.lost)

    def test_closing_while_it_is_gone_leaves_nothing(self, server, lose):
        gone, _back = lose
        held = open_files(), native_threads()
        player = Player(RATE)
        player.write(counting(RATE).tobytes())
        assert player.wait_played(2000, timeout=5)
        gone()
        begun = time.monotonic()
        player.close()
        assert time.monotonic() - begun < 2
        until(lambda: open_files() <= held[0] and native_threads() <= held[1], 2)


def open_files():
    return sum(1 for _ in Path("/proc/self/fd").iterdir())
