"""The player, on a real device that keeps time and makes no sound: what it takes, and when."""

import random
import threading
import time

import pytest
from tests.playing import BLOCK, RATE, counting, in_blocks, in_thread, listened_to, until

from barrierfree.audio.playback import Player


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


class TestPlaying:
    def test_the_device_takes_every_sample_once_and_in_order(self, player, tap):
        sound = counting(RATE // 2)
        random_sizes = random.Random(3)
        rest = sound
        while rest:
            size = 2 * random_sizes.randrange(1, 900)
            assert player.write(rest[:size])
            rest = rest[size:]
        assert player.drain(5)
        assert tap.sound == sound

    @pytest.mark.parametrize("rate", [16000, 22050, 24000])
    def test_half_a_second_of_sound_takes_half_a_second(self, rate, monkeypatch):
        monkeypatch.setenv("BARRIERFREE_AUDIO", "null")
        with Player(rate) as player:
            begun = time.monotonic()
            player.write(bytes(rate))
            assert player.drain(5)
            assert 0.44 < time.monotonic() - begun < 0.9

    def test_the_first_sample_comes_at_once(self, player, tap):
        begun = time.monotonic()
        player.write(counting(BLOCK))
        until(lambda: tap.sound)
        assert tap.calls[0][0] - begun < 0.1

    def test_silence_in_the_middle_is_no_loss(self, player, tap):
        player.write(counting(BLOCK))
        assert player.drain(5)
        time.sleep(0.1)
        player.write(counting(BLOCK, BLOCK))
        assert player.drain(5)
        assert tap.sound == counting(2 * BLOCK)

    def test_writing_waits_while_half_a_second_is_ahead(self, player):
        begun = time.monotonic()
        ahead = []
        for block in in_blocks(counting(RATE)):
            player.write(block)
            ahead.append(player._line.ahead)
        assert time.monotonic() - begun > 0.4
        assert RATE * 0.45 < max(ahead) <= RATE * 0.5 + BLOCK

    def test_half_a_sample_is_refused(self, player):
        with pytest.raises(ValueError, match="two bytes"):
            player.write(b"abc")


class TestCancelling:
    def test_silence_comes_within_one_block(self, player, tap):
        for _ in range(20):
            player.write(counting(RATE // 2))
            until(lambda: player.played > 0)
            time.sleep(random.uniform(0, 0.02))
            cancelled = time.monotonic()
            player.cancel()
            assert time.monotonic() - cancelled < 0.05
            time.sleep(0.05)
            late = [samples for samples in tap.since(cancelled) if samples]
            assert len(late) <= 1

    def test_a_cancelled_take_takes_no_more(self, player, tap):
        take = player.begin()
        assert player.write(counting(BLOCK), take)
        player.cancel()
        assert not player.write(counting(BLOCK), take)
        assert not player.write(b"", take)
        assert player.write(counting(BLOCK, 7), player.begin())
        assert player.drain(5)
        assert tap.sound.endswith(counting(BLOCK, 7))

    def test_whoever_waits_to_write_is_released_at_once(self, player):
        take = player.begin()
        player.write(counting(RATE), take)
        thread, results = in_thread(lambda: player.write(counting(BLOCK), take))
        time.sleep(0.1)
        assert not results
        cancelled = time.monotonic()
        player.cancel()
        thread.join()
        assert results == [False]
        assert time.monotonic() - cancelled < 0.1

    def test_whoever_waits_for_a_word_is_released_at_once(self, player):
        take = player.begin()
        player.write(counting(RATE), take)
        thread, results = in_thread(lambda: player.wait_played(RATE, take))
        time.sleep(0.1)
        player.cancel()
        thread.join(0.2)
        assert results == [False]

    def test_how_far_the_listener_came_is_kept(self, player):
        take = player.begin()
        player.write(counting(RATE), take)
        assert player.wait_played(RATE // 10, take, 5)
        player.cancel()
        time.sleep(0.03)
        heard = take.played
        assert RATE // 10 <= heard < RATE // 4
        player.write(counting(BLOCK))
        assert player.drain(5)
        assert take.played == heard


class TestCounting:
    def test_each_take_counts_from_nothing(self, player):
        first = player.begin()
        player.write(counting(2000), first)
        second = player.begin()
        player.write(counting(3000), second)
        assert player.drain(5)
        assert (first.played, second.played, player.played) == (2000, 3000, 3000)
        assert (first.written, second.written) == (2000, 3000)
        player.cancel()
        assert player.played == 0

    def test_a_word_is_told_when_it_is_taken(self, player, tap):
        sound = counting(RATE // 2)
        take = player.begin()
        player.write(sound, take)
        for sample in (1, 3000, 7000, 11000):
            assert player.wait_played(sample, take, 5)
            told = time.monotonic()
            taken = 0
            when = next(when for when, samples in tap.calls if (taken := taken + len(samples) // 2) >= sample)
            assert told - when < 0.05

    def test_waiting_for_a_word_ends_with_its_time(self, player):
        begun = time.monotonic()
        assert not player.wait_played(1, timeout=0.1)
        assert 0.09 < time.monotonic() - begun < 0.3

    def test_draining_ends_with_its_time(self, player):
        player.write(counting(RATE))
        assert not player.drain(0.1)
        player.cancel()
        assert player.drain(0.1)


class TestPausing:
    def test_nothing_is_taken_meanwhile_and_nothing_is_lost(self, player, tap):
        sound = counting(RATE // 3)
        player.write(sound)
        assert player.wait_played(2000, timeout=5)
        player.pause()
        time.sleep(0.03)
        heard = player.played
        time.sleep(0.2)
        assert player.paused
        assert player.played == heard < len(sound) // 2
        player.resume()
        assert player.drain(5)
        assert tap.sound == sound

    def test_cancelling_ends_it(self, player, tap):
        player.pause()
        player.write(counting(BLOCK))
        player.cancel()
        player.write(counting(BLOCK, 5))
        assert player.drain(5)
        assert tap.sound == counting(BLOCK, 5)


@pytest.mark.parametrize("seconds", [1, pytest.param(10, marks=pytest.mark.slow)])
def test_fifty_threads_that_write_and_cancel_at_once_never_hang(player, seconds):
    ends = time.monotonic() + seconds
    done = []

    def speak(seed):
        chance = random.Random(seed)
        while time.monotonic() < ends:
            take = player.begin()
            for _ in range(chance.randrange(1, 8)):
                if not player.write(counting(chance.randrange(1, 200)), take):
                    break
            deed = chance.randrange(8)
            if deed == 0:
                player.cancel()
            elif deed == 1:
                player.pause()
                player.resume()
            elif deed == 2:
                player.wait_played(take.written, take, chance.uniform(0, 0.05))
            elif deed == 3:
                player.drain(chance.uniform(0, 0.05))
        done.append(seed)

    threads = [threading.Thread(target=speak, args=(seed,)) for seed in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 20)
    assert sorted(done) == list(range(50))
    player.cancel()
    take = player.begin()
    assert player.write(counting(BLOCK), take)
    assert player.drain(5)
    assert take.played == BLOCK
