"""Subtitles keep to the rules, and every word that was said is in one of them."""

import subprocess
import sys
import time
from itertools import islice, pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from barrierfree.transcription.subtitles import SubtitleRules, check, cues_from
from barrierfree.transcription.subtitles.breaking import pieces
from barrierfree.transcription.subtitles.measuring import count_line, fill
from barrierfree.transcription.transcript import Segment, Word, join_words

ROOT = Path(__file__).parent.parent.parent
UNAVOIDABLE = {"too-short", "too-fast", "bad-break"}


def said(text, start=0.0, *, pace=0.3, language="en", speaker=None):
    """A segment as an engine gives it: one word after the other, in time with its length."""
    words = []
    for word in text.split():
        end = start + pace * max(len(word), 2) / 5
        words.append(Word(round(start, 3), round(end, 3), word))
        start = end
    return Segment(words[0].start, words[-1].end, text, tuple(words), language, speaker=speaker)


def lines(*segments, **options):
    return [cue.lines for cue in cues_from(segments, **options)]


# Sentences somebody may say, and texts nobody says.

ENGLISH_WORDS = """
    the a and of to in that he was it his Mr. Smith said, went York. New because 5 million percent 42
    extraordinarily village (really) “quoted” don't second-hand but I never will — Really? Yes. so
    internationalisation's https://example.org/a/very/long/address?that=fills&nearly=two-lines
"""
ENGLISH = st.lists(
    st.sampled_from(ENGLISH_WORDS.split()),
    min_size=1,
    max_size=40,
).map(" ".join)
MANDARIN_WORDS = """
    我们 今天 讨论 的 是 ， 。 、 （ ） “ ” 《 》 … —— 因为 所以 老年人 听力 8999 元 iPhone
    ３ 个 北京 ？ ！ 不 在 了 ： 声音 ・ 々 ー
"""
MANDARIN = st.lists(
    st.sampled_from(MANDARIN_WORDS.split()),
    min_size=1,
    max_size=60,
).map("".join)
MIXED = st.lists(st.one_of(ENGLISH, MANDARIN), min_size=1, max_size=3).map(" ".join)
ANYTHING = st.text(max_size=120)


@st.composite
def transcripts(draw, texts=MIXED):
    """Segments in order, with or without word times, spoken at any pace."""
    segments, clock = [], 0.0
    for text in draw(st.lists(texts, min_size=1, max_size=5)):
        clock += draw(st.sampled_from([0.0, 0.05, 0.3, 1.0, 3.0]))
        language = draw(st.sampled_from(["en", "zh", None]))
        speaker = draw(st.sampled_from([None, "Speaker 1", "说话人2"]))
        spoken = pieces(text) if draw(st.booleans()) else []
        words = []
        began = clock
        for piece, _spaced in spoken:
            end = clock + draw(st.sampled_from([0.0, 0.08, 0.25, 0.6]))
            words.append(Word(clock, end, piece))
            clock = end + draw(st.sampled_from([0.0, 0.0, 0.0, 0.5]))
        if not words:
            clock += draw(st.floats(0, 20))
        segments.append(Segment(began, clock, text, tuple(words), language, speaker=speaker))
    return segments


def without_space(text):
    return "".join(text.split())


@given(transcripts())
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost_and_none_is_added(segments):
    shown = "".join(line for cue in cues_from(segments) for line in cue.lines)
    assert without_space(shown) == "".join(without_space(segment.text) for segment in segments)


@given(transcripts(), st.sampled_from([SubtitleRules(), SubtitleRules(lines=1), SubtitleRules(lines=3)]))
@settings(max_examples=300, deadline=None)
def test_every_line_fits_and_there_are_not_too_many(segments, rules):
    for cue in cues_from(segments, rules, names=True):
        assert 1 <= len(cue.lines) <= rules.lines
        for line in cue.lines:
            assert line == line.strip() != ""
            assert fill(*count_line(line), rules) <= 1, line


@given(transcripts())
@settings(max_examples=300, deadline=None)
def test_times_run_forwards_with_a_gap_and_none_is_too_long(segments):
    rules = SubtitleRules()
    cues = list(cues_from(segments))
    for cue in cues:
        assert 0 < cue.end - cue.start <= rules.longest + 0.001
    for first, second in pairwise(cues):
        assert second.start - first.end >= rules.gap - 0.0011


@given(transcripts())
@settings(max_examples=300, deadline=None)
def test_the_checker_finds_nothing_but_what_cannot_be_avoided(segments):
    breaches = list(check(cues_from(segments, names=True)))
    assert {breach.rule for breach in breaches} <= UNAVOIDABLE


@given(transcripts(ANYTHING))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_ends_in_lines_that_fit(segments):
    for cue in cues_from(segments, names=True):
        assert cue.lines
        assert all(fill(*count_line(line), SubtitleRules()) <= 1 for line in cue.lines)


@given(transcripts())
@settings(max_examples=100, deadline=None)
def test_words_of_a_subtitle_are_those_of_its_lines(segments):
    for cue in cues_from(segments):
        if cue.words:
            assert without_space(join_words(cue.words)) == without_space("".join(cue.lines))


def test_lines_break_after_punctuation_and_before_small_words():
    text = "They had been walking for hours, and nobody knew the way to the village in the hills."
    assert lines(said(text, pace=0.36)) == [
        ("They had been walking for hours,",),
        ("and nobody knew the way", "to the village in the hills."),
    ]


@given(transcripts(MANDARIN))
@settings(max_examples=200, deadline=None)
def test_no_chinese_line_begins_or_ends_with_the_wrong_punctuation(segments):
    for cue in cues_from(segments):
        for upper, lower in pairwise(cue.lines):
            before, after = pieces(upper)[-1][0], pieces(lower)[0][0]
            if fill(*count_line(before + after), SubtitleRules()) <= 0.5 and len(before) + len(after) < 4:
                assert after[0] not in "，。！？、；：）”》…" or len(set(after)) == 1
                assert before[-1] not in "（“《" or len(set(before)) == 1


def test_speakers_never_share_a_subtitle_and_names_come_at_every_change():
    segments = [
        said("Yes.", 0.0, speaker="Ann"),
        said("No.", 0.3, speaker="Bo"),
        said("Well then.", 0.6, speaker="Bo"),
        said("你好。", 1.2, speaker="安", language="zh"),
    ]
    cues = list(cues_from(segments, names=True))
    assert [(cue.speaker, cue.lines) for cue in cues] == [
        ("Ann", ("Ann: Yes.",)),
        ("Bo", ("Bo: No. Well then.",)),
        ("安", ("安：你好。",)),
    ]


def test_a_guessed_speaker_is_shown_as_a_guess():
    segment = Segment(0, 2, "Hello.", speaker="Speaker 1", speaker_confidence=0.2)
    assert next(cues_from([segment])).speaker == "Speaker 1?"


def test_a_short_subtitle_stays_long_enough_when_silence_follows():
    (cue,) = cues_from([said("No.", 3.0)])
    assert (cue.start, cue.end) == (3.0, round(3.0 + 5 / 6, 3))


def test_fast_speech_stays_until_it_can_be_read_but_not_into_the_next():
    rules = SubtitleRules()
    fast = said("Everything that has been said here in a hurry stays.", 0.0, pace=0.1)
    (alone,) = cues_from([fast])
    assert alone.end >= 51 / rules.reading_speed
    first, second = cues_from([fast, said("Next one.", fast.end + 2.5, pace=0.5)])
    assert first.end == alone.end
    hurried, following = cues_from([fast, said("Another person.", fast.end + 0.1, speaker="Bo")])
    assert hurried.end == pytest.approx(following.start - rules.gap, abs=0.0011)
    assert second.start == pytest.approx(fast.end + 2.5, abs=0.001)


def test_a_long_pause_ends_a_subtitle_so_that_nothing_is_told_before_it_is_said():
    words = (Word(0, 0.4, "The"), Word(0.4, 1.0, "winner"), Word(1.0, 1.3, "is"), Word(4.0, 4.6, "Ann."))
    cues = list(cues_from([Segment(0, 4.6, "The winner is Ann.", words)]))
    assert [cue.lines for cue in cues] == [("The winner is",), ("Ann.",)]
    assert cues[1].start == 4.0


def test_a_small_gap_is_closed_so_that_nothing_flickers():
    first, second = cues_from(
        [Segment(0, 2, "One sentence.", speaker="Ann"), Segment(2.3, 4, "Another.", speaker="Bo")]
    )
    assert second.start - first.end == pytest.approx(SubtitleRules().gap, abs=0.0011)


def test_times_come_from_the_words_even_when_the_text_has_figures_and_punctuation():
    heard = "in nineteen eighty four they came home and never left it again"
    words = tuple(Word(at, at + 0.9, text) for at, text in enumerate(heard.split()))
    cues = list(cues_from([Segment(0, 12, "In 1984, they came home, and never left it again.", words)]))
    starts = {cue.lines[0].split()[0]: cue.start for cue in cues}
    assert starts["In"] == 0
    assert starts["and"] == 7
    assert cues[-1].words == ()


def test_chinese_words_that_engines_give_are_not_torn():
    text = "人工智能语音识别无障碍字幕技术服务中心研究人员"
    words = ["人工智能", "语音识别", "无障碍", "字幕", "技术", "服务中心", "研究人员"]
    timed, at = [], 0
    for word in words:
        timed.append(Word(at * 0.25, (at + len(word)) * 0.25, word))
        at += len(word)
    (cue,) = cues_from([Segment(0, at * 0.25, text, tuple(timed), "zh")])
    assert len(cue.lines) == 2
    assert {len(cue.lines[0])} <= {8, 11, 13, 15}
    assert cue.words == tuple(timed)


def test_a_word_longer_than_a_line_is_torn_at_a_stroke_and_accents_stay_with_their_letter():
    (address,) = lines(Segment(0, 6, "https://example.org/" + "path/" * 8))
    assert address[0].endswith("/")
    (accents, *_rest) = lines(Segment(0, 6, "e\u0301" * 50))
    assert all(line.startswith("e") for line in accents)


def test_rules_may_be_changed():
    text = "The quick brown fox jumps over the lazy dog because it was very hungry."
    narrow = SubtitleRules(line_length=20, lines=3)
    assert all(len(line) <= 20 for cue in cues_from([said(text)], narrow) for line in cue.lines)
    single = SubtitleRules(lines=1)
    assert all(len(cue.lines) == 1 for cue in cues_from([said(text)], single))
    assert SubtitleRules.for_children().reading_speed == 17


@pytest.mark.parametrize(
    "limits",
    [{"lines": 0}, {"line_length": 0}, {"shortest": 8.0}, {"gap": -1.0}, {"reading_speed": 0.0}],
)
def test_rules_nothing_can_keep_are_refused(limits):
    with pytest.raises(ValueError):
        SubtitleRules(**limits)


def test_subtitles_come_while_the_recording_is_still_being_recognised():
    def endless():
        for number in range(10**9):
            yield said(f"This is sentence number {number} of very many.", number * 4.0)

    began = time.monotonic()
    assert len(list(islice(cues_from(endless()), 50))) == 50
    assert time.monotonic() - began < 5


def test_silence_gives_no_subtitles():
    assert list(cues_from([])) == []
    assert list(cues_from([Segment(0, 1, "  \n"), Segment(1, 2, "")])) == []


@example([Segment(5, 5, "All at", ()), Segment(0, 0, "once.", ()), Segment(5, 4, "Backwards.", ())])
@given(
    st.lists(
        st.builds(Segment, st.floats(0, 50), st.floats(0, 50), st.sampled_from(["One two.", "三四", "x"]))
    )
)
@settings(deadline=None)
def test_times_that_make_no_sense_still_give_subtitles_in_order(segments):
    cues = list(cues_from(segments))
    assert all(cue.start < cue.end for cue in cues)
    assert all(first.end < second.start for first, second in pairwise(cues))


def test_ten_hours_take_a_matter_of_seconds():
    run = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "subtitles.py"), "2"],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    seconds = [float(line.rsplit("in ", 1)[1].split()[0]) for line in run.stdout.splitlines()]
    # A fifth of the 10 hours in a fifth of the 2 seconds, and five times that for a busy machine.
    assert len(seconds) == 2
    assert max(seconds) < 2.0
