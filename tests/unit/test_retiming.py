"""After a person has corrected the text, every word still has a time one can rely on."""

import random
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from barrierfree.transcription.alignment import align
from barrierfree.transcription.loading import load
from barrierfree.transcription.pieces import pieces
from barrierfree.transcription.retiming import retime
from barrierfree.transcription.saving import save
from barrierfree.transcription.transcript import Segment, Transcript, Word, join_words
from barrierfree.transcription.writers import write


def segment(text, start, *, pace=0.5, gap=0.0, speaker=None, sure=0.9):
    words = tuple(
        Word(start + pace * at, start + pace * (at + 1) - gap, word, sure)
        for at, word in enumerate(text.split())
    )
    return Segment(start, words[-1].end, join_words(words), words, "en", None, speaker)


ENGLISH = Transcript(
    (
        segment("Good morning, everyone.", 1.0, speaker="Speaker 1"),
        segment("Today we talk about doors and stairs.", 4.0, gap=0.1, speaker="Speaker 1"),
        segment("I have a question.", 10.0, speaker="Speaker 2"),
    ),
    "a.wav",
    15.0,
)
CHINESE = Transcript(
    (
        Segment(
            0.0,
            3.0,
            "大家好，今天讨论无障碍。",
            (
                Word(0.0, 0.9, "大家好，", 0.9),
                Word(1.0, 1.4, "今天", 0.8),
                Word(1.4, 1.8, "讨论", 0.7),
                Word(1.8, 3.0, "无障碍。", 0.6),
            ),
            "zh",
        ),
    ),
    duration=3.5,
)


def words_of(transcript):
    return [word for segment in transcript.segments for word in segment.words]


def times(transcript):
    return [(word.text, word.start, word.end) for word in words_of(transcript)]


def test_an_unchanged_text_changes_nothing():
    assert retime(ENGLISH, ENGLISH.text) == ENGLISH
    assert retime(ENGLISH, ENGLISH.text + "\n") == ENGLISH
    assert retime(ENGLISH, ENGLISH.text.replace("\n", "\r\n\r\n")) == ENGLISH


def test_the_text_format_can_be_edited_and_taken_back():
    text = b"".join(write(ENGLISH, "txt")).decode()
    assert text.startswith("Speaker 1: ")
    assert retime(ENGLISH, text) == ENGLISH


def test_a_corrected_word_takes_the_time_of_the_wrong_one_and_no_confidence():
    new = retime(ENGLISH, ENGLISH.text.replace("doors", "floors"))
    assert new.segments[0] == ENGLISH.segments[0]
    assert new.segments[2] == ENGLISH.segments[2]
    old_words, new_words = words_of(ENGLISH), words_of(new)
    assert [(w.start, w.end) for w in new_words] == [(w.start, w.end) for w in old_words]
    assert [w.text for w in new_words if w.confidence is None] == ["floors"]


def test_changed_punctuation_and_capitals_keep_time_and_confidence():
    new = retime(ENGLISH, ENGLISH.text.replace("Good morning, everyone.", "good morning everyone!"))
    assert [replace(word, text="") for word in words_of(new)] == [
        replace(word, text="") for word in words_of(ENGLISH)
    ]


def test_a_word_put_in_lies_between_its_neighbours():
    new = retime(ENGLISH, ENGLISH.text.replace("we talk", "we will talk"))
    words = words_of(new)
    at = next(at for at, word in enumerate(words) if word.text == "will")
    assert words[at - 1].end <= words[at].start <= words[at].end <= words[at + 1].start
    assert words[at].end > words[at].start
    assert words[:at] + words[at + 1 :] == words_of(ENGLISH)


def test_words_taken_out_leave_the_others_alone():
    new = retime(ENGLISH, ENGLISH.text.replace(" and stairs", ""))
    assert [w for w in words_of(ENGLISH) if w.text not in {"doors", "and", "stairs."}] == [
        w for w in words_of(new) if w.text != "doors."
    ]
    assert new.segments[1].text == "Today we talk about doors."
    assert new.segments[1].end == words_of(new)[7].end


def test_lines_can_be_joined_and_cut_in_two():
    joined = retime(ENGLISH, ENGLISH.text.replace("everyone.\nToday", "everyone. Today"))
    assert len(joined.segments) == 2
    assert (joined.segments[0].start, joined.segments[0].end) == (1.0, ENGLISH.segments[1].end)
    cut = retime(joined, joined.text.replace("about ", "about\n"))
    assert [one.text for one in cut.segments] == [
        "Good morning, everyone. Today we talk about",
        "doors and stairs.",
        "I have a question.",
    ]
    assert words_of(cut) == words_of(joined) == words_of(ENGLISH)
    assert cut.segments[1].start == 6.0


def test_a_line_put_in_front_stands_close_to_what_follows():
    new = retime(ENGLISH, "Hello!\n" + ENGLISH.text)
    assert new.segments[1:] == ENGLISH.segments
    assert new.segments[0].end == 1.0
    assert 0.2 < new.segments[0].start < 0.8


def test_a_line_put_at_the_end_stays_inside_the_recording():
    new = retime(ENGLISH, ENGLISH.text + "\n" + "And this is much more than fits. " * 5)
    assert new.segments[:3] == ENGLISH.segments
    assert (new.segments[3].start, new.segments[3].end) == (12.0, 15.0)


def test_everything_can_be_rewritten():
    new = retime(ENGLISH, "Nothing of that\nwas said at all")
    assert [one.text for one in new.segments] == ["Nothing of that", "was said at all"]
    assert new.segments[0].start == 1.0
    assert new.segments[1].end <= 15.0
    assert all(word.confidence is None for word in words_of(new))


def test_an_empty_text_leaves_an_empty_transcript():
    assert retime(ENGLISH, " \n\n").segments == ()


def test_a_text_without_any_recognised_words_is_timed_from_the_start():
    new = retime(Transcript(duration=10.0), "Hello there.")
    assert new.segments[0].start == 0.0
    assert 0.5 < new.segments[0].end < 1.5


def test_chinese_is_compared_by_character_and_keeps_the_words_of_the_engine():
    new = retime(CHINESE, "大家好！今天我们讨论障碍。")
    assert [(w.text, w.start, w.end, w.confidence) for w in words_of(new)[:2]] == [
        ("大家好！", 0.0, 0.9, 0.9),
        ("今天", 1.0, 1.4, 0.8),
    ]
    assert [w.text for w in words_of(new)[2:]] == ["我", "们", "讨论", "障", "碍。"]
    assert words_of(new)[4] == CHINESE.segments[0].words[2]
    assert words_of(new)[5].start == pytest.approx(2.2)
    assert words_of(new)[-1].end == 3.0
    assert join_words(words_of(new)) == new.text


def test_chinese_and_english_may_be_mixed():
    new = retime(CHINESE, "大家好，今天 discuss 无障碍。")
    assert [w.text for w in words_of(new)] == ["大家好，", "今天", "discuss", "无障碍。"]
    assert times(new)[2] == ("discuss", 1.4, 1.8)


def test_figures_that_were_heard_as_words_keep_their_time_when_something_else_changes():
    words = tuple(
        Word(float(at), at + 1.0, text) for at, text in enumerate(["I", "have", "twenty", "five", "cats"])
    )
    numbers = Transcript((Segment(0.0, 5.0, "I have 25 cats", words),))
    assert times(retime(numbers, "We have 25 cats"))[2] == ("25", 2.0, 4.0)


def test_speakers_follow_their_words_and_a_changed_label_is_taken():
    joined = retime(ENGLISH, ENGLISH.text.replace("\n", " "))
    assert [one.speaker for one in joined.segments] == ["Speaker 1"]
    swapped = retime(
        ENGLISH, b"".join(write(ENGLISH, "txt")).decode().replace("Speaker 2: I", "Speaker 1: I")
    )
    assert swapped.segments[2] == replace(ENGLISH.segments[2], speaker="Speaker 1")
    unknown = retime(ENGLISH, "Note: " + ENGLISH.text)
    assert unknown.segments[0].text == "Note: Good morning, everyone."


def test_without_times_of_words_only_lines_are_timed():
    bare = replace(ENGLISH, segments=tuple(replace(one, words=()) for one in ENGLISH.segments))
    new = retime(bare, ENGLISH.text.replace("about ", "about\n"))
    assert words_of(new) == []
    assert new.segments[1].start == 4.0
    assert 5.5 < new.segments[1].end == new.segments[2].start < 6.5
    assert new.segments[2].end == ENGLISH.segments[1].end


def test_people_talking_over_each_other_stay_in_order(tmp_path):
    both = Transcript((segment("one two three four five six", 0.0), segment("yes yes", 1.0)))
    cut = retime(both, "one two\nthree four five six\nyes yes")
    assert [one.text for one in cut.segments] == ["one two", "three four five six", "yes yes"]
    late = retime(both, "one two three\nfour five six\nyes yes")
    assert [one.text for one in late.segments] == ["one two three", "yes yes", "four five six"]
    joined = retime(both, "one two three four five six yes yes")
    assert load(save(joined, tmp_path / "a.json")) == joined


vocabulary = st.sampled_from((
    "the", "The", "door", "well-known", "don't", "it’s", "—", "“so", "42", "3.5", "café", "naïve", "...",
    "ok?", "你", "好", "世界", "，", "。", "“你", "好”", "Python", "ไทย", "हिन्दी", "한국어",
    "e\u0301", "_", "（a）",
))  # fmt: skip
lines = st.lists(vocabulary, min_size=1, max_size=8).map(" ".join)
unspaced = st.lists(vocabulary, min_size=1, max_size=8).map("".join)


@st.composite
def recordings(draw):
    at = 0.0
    made = []
    for text in draw(st.lists(lines, max_size=5)):
        start = at
        words = []
        for word in text.split():
            at += draw(st.floats(0, 1))
            end = at + draw(st.floats(0, 1))
            words.append(Word(at, end, word, draw(st.none() | st.floats(0, 1))))
            at = end
        whole = join_words(words)
        speaker = draw(st.sampled_from([None, "Speaker 1", "Speaker 2"]))
        made.append(Segment(start, at, whole, tuple(words), None, None, speaker))
        at += draw(st.floats(0, 3))
    return Transcript(tuple(made), duration=draw(st.sampled_from([None, at])))


def without_free_spaces(text):
    """The text without the spaces that join_words does not write."""
    return join_words([Word(0, 0, part) for part in text.split()])


def end_of(transcript):
    return max([transcript.duration or 0.0, *(one.end for one in transcript.segments)])


@settings(deadline=None, max_examples=300)
@given(recording=recordings(), edited=st.lists(lines | unspaced | st.text(max_size=20), max_size=6))
def test_whatever_the_text_becomes_its_times_make_sense(recording, edited):
    text = "\n".join(edited)
    new = retime(recording, text)
    assert [one.text for one in new.segments] == [part.strip() for part in text.splitlines() if part.strip()]
    limit = end_of(recording) or float("inf")
    for one in new.segments:
        assert 0 <= one.start <= one.end <= limit
    for before, after in pairwise(new.segments):
        assert before.start <= after.start
    every = words_of(new)
    for word in every:
        assert 0 <= word.start <= word.end <= limit
    for first, second in pairwise(every):
        assert first.start <= second.start
    if words_of(recording):
        for one in new.segments:
            assert without_free_spaces(join_words(one.words)) == without_free_spaces(one.text)


@settings(deadline=None, max_examples=200)
@given(recording=recordings(), data=st.data())
def test_a_word_put_in_anywhere_moves_no_other_word(recording, data):
    written = recording.text.split(" ")
    at = data.draw(st.integers(0, len(written)))
    new = retime(recording, " ".join([*written[:at], "zebra", *written[at:]]))
    kept = {(word.start, word.end) for word in words_of(new) if "zebra" not in word.text}
    touched = [one for one in recording.segments if all((w.start, w.end) in kept for w in one.words)]
    assert len(touched) >= len(recording.segments) - 1


@given(st.text(max_size=40) | unspaced)
def test_pieces_leave_out_nothing_but_spaces(text):
    cut = pieces(text)
    assert "".join("".join(text[one.begin : one.end] for one in cut).split()) == "".join(text.split())
    assert all(one.begin < one.end and one.key for one in cut)
    assert all(first.end <= second.begin for first, second in pairwise(cut))


@given(st.lists(st.sampled_from("abcd"), max_size=30), st.lists(st.sampled_from("abcd"), max_size=30))
def test_matched_pairs_are_equal_and_grow(old, new):
    pairs = align(old, new)
    assert all(old[at] == new[new_at] for at, new_at in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


@pytest.mark.parametrize("seed", range(3))
def test_long_lists_are_matched_almost_wholly(seed):
    rng = random.Random(seed)
    old = [str(int(rng.paretovariate(0.6))) for _ in range(5000)]
    new = list(old)
    for _ in range(200):
        new[rng.randrange(len(new))] = "new"
    pairs = align(old, new)
    assert len(pairs) >= 4750
    assert all(old[at] == new[new_at] for at, new_at in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


def ten_hours(rng):
    vocabulary = [f"word{number}" for number in range(8000)]
    made = []
    for number in range(9000):
        words = [vocabulary[min(7999, int(rng.paretovariate(0.7)))] for _ in range(10)]
        made.append(segment(" ".join(words), 4.0 * number, pace=0.38))
    return Transcript(tuple(made), duration=36000.0)


def test_ten_hours_with_every_line_edited_take_seconds():
    rng = random.Random(7)
    recording = ten_hours(rng)
    edited = []
    for one in recording.segments:
        words = one.text.split()
        words[rng.randrange(10)] = "corrected"
        edited.append(" ".join(words))
    begun = time.perf_counter()
    new = retime(recording, "\n".join(edited))
    # 2 s on a laptop; the bound leaves room for a busy machine.
    assert time.perf_counter() - begun < 20
    kept = {(word.text, word.start, word.end) for word in words_of(recording)}
    assert sum((w.text, w.start, w.end) in kept for w in words_of(new)) > 80_000


@pytest.mark.parametrize("words", ["ja " * 20, "ja nein " * 10])
def test_ten_hours_of_the_same_words_take_no_longer(words):
    recording = Transcript(tuple(segment(words, 10.0 * number) for number in range(4500)))
    text = "\n".join(f"{one.text[:-2]}x" for one in recording.segments)
    begun = time.perf_counter()
    assert len(retime(recording, text).segments) == 4500
    assert time.perf_counter() - begun < 20
