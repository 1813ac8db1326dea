"""Devices that are idle, lost, found, closed or not there at all."""

import os
import random
import subprocess
import sys
import threading
import time

import pytest
from tests.playing import (
    BLOCK,
    RATE,
    counting,
    in_blocks,
    in_thread,
    listened_to,
    native_threads,
    until,
)

from barrierfree.audio import playback, upkeep
from barrierfree.audio.playback import Player
from barrierfree.errors import NoAudioDevice, SettingsError


@pytest.fixture(autouse=True)
def null_device(monkeypatch):
    monkeypatch.setenv("BARRIERFREE_AUDIO", "null")


@pytest.fixture
def listened(monkeypatch):
    with listened_to(monkeypatch) as player_and_tap:
        yield player_and_tap


@pytest.fixture
def player(listened):
    return listened[0]


@pytest.fixture
def tap(listened):
    return listened[1]


class TestClosing:
    def test_no_thread_stays(self):
        before = native_threads()
        players = [Player(rate) for rate in (16000, 22050, 24000)]
        for player in players:
            player.write(bytes(2000))
            until(lambda player=player: player.played)
            player.close()
            player.close()
        until(lambda: native_threads() <= before)
        assert not [thread for thread in threading.enumerate() if "sound device" in thread.name]

    def test_whoever_waits_is_told(self, player):
        player.write(counting(RATE))
        writer, written = in_thread(lambda: player.write(counting(BLOCK)))
        waiter, waited = in_thread(lambda: player.wait_played(RATE))
        drainer, drained = in_thread(player.drain)
        time.sleep(0.1)
        player.close()
        for thread in (writer, waiter, drainer):
            thread.join(1)
        assert (written, waited, drained) == ([False], [False], [True])
        assert not player.write(counting(BLOCK))

    def test_a_program_that_forgets_it_ends_all_the_same(self):
        program = (
            "from barrierfree.audio.playback import Player\n"
            "player = Player(22050)\nplayer.write(bytes(8000))\nprint('end')"
        )
        ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=20)
        assert (ended.returncode, ended.stdout, ended.stderr) == (0, "end\n", "")


class TestIdling:
    def test_the_device_stops_and_starts_again(self, player, tap, monkeypatch):
        monkeypatch.setattr(upkeep, "_IDLE", 0.1)
        player.write(counting(BLOCK))
        until(lambda: player._upkeep._running)
        until(lambda: not player._upkeep._running)
        time.sleep(0.05)
        quiet = len(tap.calls)
        time.sleep(0.1)
        assert len(tap.calls) == quiet
        player.write(counting(BLOCK, BLOCK))
        begun = time.monotonic()
        until(lambda: player.played > BLOCK)
        assert time.monotonic() - begun < 0.2
        assert player.drain(5)
        assert tap.sound == counting(2 * BLOCK)

    def test_sound_that_comes_while_it_stops_is_played(self, player, tap, monkeypatch):
        monkeypatch.setattr(upkeep, "_IDLE", 0.0)
        monkeypatch.setattr(upkeep, "_LOOK", 0.001)
        for number in range(40):
            player.write(counting(50, 50 * number))
            assert player.drain(2)
            time.sleep(random.uniform(0, 0.01))
        assert tap.sound == counting(2000)


class TestTurns:
    """How long busy threads may keep the device waiting is the program's choice while no device runs."""

    def test_they_are_short_while_any_device_runs(self, player, monkeypatch):
        monkeypatch.setattr(upkeep, "_IDLE", 0.3)
        usual = sys.getswitchinterval()
        player.write(counting(BLOCK))
        until(lambda: player.played)
        with Player(16000) as other:
            other.write(counting(BLOCK))
            until(lambda: other.played)
            assert sys.getswitchinterval() == pytest.approx(0.001)
        assert sys.getswitchinterval() == pytest.approx(0.001)
        until(lambda: sys.getswitchinterval() == usual)

    def test_what_the_program_chooses_meanwhile_stays(self, player):
        usual = sys.getswitchinterval()
        player.write(counting(BLOCK))
        until(lambda: player.played)
        sys.setswitchinterval(0.003)
        try:
            player.close()
            assert sys.getswitchinterval() == pytest.approx(0.003)
        finally:
            sys.setswitchinterval(usual)


class TestLosingTheDevice:
    """Its native device is stopped behind the player's back, as the system does when one is unplugged."""

    @pytest.fixture(params=[True, False], ids=["it says so", "it goes on claiming to run"])
    def unplug(self, player, request, monkeypatch):
        def unplug():
            device = player._upkeep._device
            if not request.param:
                monkeypatch.setattr(type(device), "active", True)
            device._player.stop()

        return unplug

    def test_what_was_not_played_is_played_by_the_next(self, player, tap, unplug):
        sound = counting(RATE)
        take = player.begin()
        writer, results = in_thread(lambda: all(player.write(block, take) for block in in_blocks(sound)))
        assert player.wait_played(5000, timeout=5)
        unplug()
        until(lambda: player.lost)
        until(lambda: not player.lost)
        assert player.drain(5)
        writer.join()
        assert results == [True]
        assert take.played == RATE
        heard = tap.sound
        again = len(heard) - len(sound)
        assert 0 < again <= 2 * 0.03 * RATE + 2
        # The last few ms before the loss may not have been heard, so they come again; otherwise all is there.
        seam = next(at for at in range(0, len(sound), 2) if heard[at : at + 2] != sound[at : at + 2])
        assert heard[seam:] == sound[seam - again :]

    def test_silence_before_it_is_not_filled_with_old_words(self, player, tap, unplug):
        player.write(counting(BLOCK))
        assert player.drain(5)
        time.sleep(0.1)
        unplug()
        until(lambda: player.lost)
        until(lambda: not player.lost)
        time.sleep(0.05)
        assert tap.sound == counting(BLOCK)

    def test_cancelling_meanwhile_is_silence_afterwards(self, player, tap, unplug):
        player.write(counting(RATE))
        assert player.wait_played(2000, timeout=5)
        unplug()
        until(lambda: player.lost)
        player.cancel()
        before = len(tap.sound)
        player.write(counting(BLOCK, 9))
        assert player.drain(5)
        assert tap.sound[before:] == counting(BLOCK, 9)

    def test_those_who_wait_are_told_when_it_does_not_come_back(self, player, tap, unplug, monkeypatch):
        def gone(*_):
            raise NoAudioDevice("There is no loudspeaker to play to.")

        monkeypatch.setattr(playback, "_PATIENCE", 0.3)
        take = player.begin()
        player.write(counting(RATE), take)
        writer, written = in_thread(lambda: player.write(counting(BLOCK), take))
        waiter, waited = in_thread(lambda: player.wait_played(RATE, take))
        drainer, drained = in_thread(player.drain)
        assert player.wait_played(1000, timeout=5)
        with monkeypatch.context() as patch:
            patch.setattr(upkeep, "open_device", gone)
            unplug()
            for thread in (writer, waiter, drainer):
                thread.join(3)
            for results in (written, waited, drained):
                assert isinstance(results[0], NoAudioDevice)
                assert results[0].hint
            with pytest.raises(NoAudioDevice):
                player.write(counting(BLOCK))
        until(lambda: not player.lost)
        assert player.drain(5)
        assert take.played == RATE

    def test_a_device_that_cannot_be_closed_holds_up_nobody(self, player, unplug, monkeypatch):
        release = threading.Event()
        device = player._upkeep._device
        close = device.close
        monkeypatch.setattr(device, "close", lambda: (release.wait(), close()))
        take = player.begin()
        player.write(counting(RATE), take)
        assert player.wait_played(1000, timeout=5)
        unplug()
        until(lambda: player.lost)
        begun = time.monotonic()
        player.pause()
        player.resume()
        assert not player.wait_played(RATE, take, 0.05)
        player.cancel()
        assert player.write(counting(BLOCK))
        assert time.monotonic() - begun < 0.3
        release.set()
        assert player.drain(5)


class TestChoosing:
    def test_an_unknown_way_is_an_error_that_names_the_ways(self, monkeypatch):
        monkeypatch.setenv("BARRIERFREE_AUDIO", "gramophone")
        with pytest.raises(SettingsError) as caught:
            Player(RATE)
        assert "gramophone" in caught.value.message
        assert "miniaudio, null, sounddevice" in caught.value.hint

    @pytest.mark.skipif(sys.platform != "linux", reason="other systems cannot be made deaf by variables")
    @pytest.mark.parametrize("way", ["", "miniaudio", "sounddevice"])
    def test_a_machine_without_a_device_says_what_to_do_and_nothing_else(self, way, tmp_path):
        program = (
            "from barrierfree.audio.playback import Player\n"
            "from barrierfree.errors import NoAudioDevice\n"
            "try: Player(22050)\n"
            "except NoAudioDevice as error: print(error.message, error.hint)"
        )
        no_card = tmp_path / "asound.conf"
        no_card.write_text("pcm.!default { type hw card 99 }\nctl.!default { type hw card 99 }\n")
        deaf = {
            "BARRIERFREE_AUDIO": way,
            "PULSE_SERVER": f"unix:{tmp_path}/nobody",
            "XDG_RUNTIME_DIR": str(tmp_path),
            "ALSA_CONFIG_PATH": str(no_card),
            "JACK_NO_START_SERVER": "1",
        }
        told = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            timeout=30,
            env={**os.environ, **deaf},
        )
        assert told.stdout == (
            "There is no loudspeaker to play to. Connect one, or start the sound service of your system.\n"
        )
        assert (told.returncode, told.stderr) == (0, "")

    def test_importing_it_loads_no_sound_library(self):
        program = (
            "import sys, barrierfree.audio.playback\n"
            "print([name for name in ('miniaudio', 'sounddevice', 'numpy', 'ssl') if name in sys.modules])"
        )
        told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30)
        assert told.stdout == "[]\n"
