"""Phrases cover the sound once, within their limits, cut where it is quiet."""

import math
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barrierfree.audio import SAMPLE_RATE, AudioBlock
from barrierfree.transcription.phrases import Limits, phrases


def blocks_of(samples: bytes, size: int, position: int = 0) -> list[AudioBlock]:
    return [
        AudioBlock(position + at // 2, samples[at : at + 2 * size]) for at in range(0, len(samples), 2 * size)
    ]


def tone(seconds: float, loudness: int = 8000) -> array:
    frames = int(seconds * SAMPLE_RATE)
    return array("h", (int(loudness * math.sin(at / 5)) for at in range(frames)))


def test_a_cut_falls_into_the_pause():
    sound = tone(5) + tone(0.6, 0) + tone(10)
    first = next(phrases(blocks_of(sound.tobytes(), 1600), Limits(3, 8, 3, 8)))
    assert 5.0 <= first.sound.end <= 5.6


def test_the_first_phrase_is_short_so_that_words_appear_soon():
    lengths = [
        phrase.sound.end - phrase.sound.start
        for phrase in phrases(blocks_of(tone(90).tobytes(), 16000), Limits())
    ]
    assert lengths[0] <= 8
    assert all(15 <= length <= 28 for length in lengths[1:-1])


@given(
    seconds=st.floats(0.05, 12),
    size=st.integers(160, 20_000),
    position=st.integers(0, 10**9),
    seed=st.integers(0, 5),
)
def test_phrases_hold_every_sample_once_and_in_order(seconds, size, position, seed):
    sound = array("h", ((at * (seed + 3) * 7919) % 20001 - 10000 for at in range(int(seconds * SAMPLE_RATE))))
    cut = list(phrases(blocks_of(sound.tobytes(), size, position), Limits(1, 2, 0.5, 1)))
    assert b"".join(phrase.sound.samples for phrase in cut) == sound.tobytes()
    at = position
    for number, phrase in enumerate(cut):
        assert (phrase.number, phrase.sound.position) == (number, at)
        assert phrase.sound.end - phrase.sound.start <= 2.0
        at += phrase.sound.frames


@given(size=st.integers(160, 20_000))
def test_the_cuts_do_not_depend_on_how_the_sound_arrives(size):
    sound = (tone(3) + tone(0.4, 0) + tone(4) + tone(0.3, 5) + tone(3)).tobytes()
    limits = Limits(2, 4, 1, 3)
    expected = [phrase.sound.frames for phrase in phrases(blocks_of(sound, 1000), limits)]
    assert [phrase.sound.frames for phrase in phrases(blocks_of(sound, size), limits)] == expected


@given(after=st.integers(0, 3))
def test_going_on_after_any_phrase_gives_the_same_phrases(after):
    sound = (tone(3) + tone(0.4, 0) + tone(4) + tone(0.3, 5) + tone(3)).tobytes()
    limits = Limits(2, 4, 1, 3)
    whole = list(phrases(blocks_of(sound, 1000), limits))
    position = sum(phrase.sound.frames for phrase in whole[:after])
    rest = list(phrases(blocks_of(sound[2 * position :], 777, position), limits, number=after))
    assert rest == whole[after:]


def test_blocks_with_a_gap_are_refused():
    with pytest.raises(ValueError, match="contiguous"):
        list(phrases([AudioBlock(0, b"\0\0" * 100), AudioBlock(200, b"\0\0" * 100)]))
