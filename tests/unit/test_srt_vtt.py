"""What is written as srt or vtt is exact to the byte, and comes back; so does what others wrote."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from barrierfree.transcription.subtitles import (
    Cue,
    SubtitleRules,
    check,
    cues_from,
    read_srt,
    read_vtt,
)
from barrierfree.transcription.transcript import Segment, Transcript, Word
from barrierfree.transcription.writers import srt, vtt, write

GOLDEN = Path(__file__).parent.parent / "golden"


def said(text, start, *, pace=0.36, language="en", speaker=None, confidence=None):
    words = []
    for word in text.split():
        end = start + pace * max(len(word), 2) / 5
        words.append(Word(round(start, 2), round(end, 2), word))
        start = end
    return Segment(words[0].start, words[-1].end, text, tuple(words), language, None, speaker, confidence)


ENGLISH = Transcript(
    (
        said(
            "The quick brown fox jumps over the lazy dog because it was very hungry, and nobody had fed it "
            "since Mr. Smith went to New York.",
            0.4,
        ),
        said(
            "He said that the price was 5 million dollars, which is more than anyone in the village could "
            "possibly pay for a second-hand tractor.",
            11.0,
        ),
        said("Really? Yes. I think so.", 24.0),
        said("It was the best of times, it was the worst of times—in short, it was like today.", 28.0),
    ),
)
CHINESE = Transcript(
    (
        Segment(
            0.5,
            11.5,
            "我们今天讨论的是，如何让每一位老人都能够在家里听见孩子的声音，因为很多老年人的听力已经不如从前了。",
            (),
            "zh",
        ),
        Segment(12.0, 17.5, "他说：“你好！”然后打开了《百科全书》（第３版），花了８９９９元……", (), "zh"),
        Segment(
            18.0,
            21.4,
            "真的吗？是的，没有问题。",
            (
                Word(18.0, 18.6, "真的"), Word(18.6, 18.9, "吗？"), Word(19.8, 20.4, "是的，"),
                Word(20.4, 20.8, "没有"), Word(20.8, 21.4, "问题。"),
            ),
            "zh",
        ),
    ),
)  # fmt: skip
SPEAKERS = Transcript(
    (
        said("Shall we begin with the budget?", 1.0, speaker="Speaker 1", confidence=0.9),
        said("Yes, we have spent 80 percent of it already.", 3.4, speaker="Speaker 2", confidence=0.3),
        said("And there are three months left.", 6.6, speaker="Speaker 2", confidence=0.3),
        Segment(9.5, 11.5, "大家好，我先说两句。", (), "zh", None, "说话人3", 0.8),
        said("(A door closes.)", 13.0),
    ),
)
AWKWARD = Transcript(
    (
        said("Write <b>bold</b> & AT&amp;T, then a --> b {\\an8} or 1 < 2 > 0.", 0.0),
        said(
            "See https://example.org/a/very/long/address/that/fills/more/than/one/line?and=then&some=more",
            6.0,
        ),
        said(
            "This is said so fast that nobody could read all of it in the time there is, which happens when "
            "people are excited, and then nothing can be done but to show it while it lasts.",
            14.0,
            pace=0.12,
        ),
        Segment(22.0, 40.0, "Aaaaah!", (Word(22.0, 40.0, "Aaaaah!"),), "en"),
        Segment(41.0, 44.5, "我用 iPhone 15 Pro 打电话给 Mr. Smith，他在 New York 的公司上班。", (), "zh"),
        Segment(44.5, 44.5, "…", (), "en"),
        Segment(3661.9996, 3663.0, "One hour later.", (), "en"),
    ),
)
BOOK = {"english": ENGLISH, "chinese": CHINESE, "speakers": SPEAKERS, "awkward": AWKWARD}


@pytest.mark.parametrize("name", BOOK)
@pytest.mark.parametrize("ending", ["srt", "vtt"])
def test_the_files_are_exactly_these_bytes(name, ending):
    assert b"".join(write(BOOK[name], ending)) == (GOLDEN / f"{name}.{ending}").read_bytes()


@pytest.mark.parametrize("name", ["english", "chinese"])
def test_words_in_vtt_carry_their_times(name):
    assert b"".join(write(BOOK[name], "vtt", words=True)) == (GOLDEN / f"{name}-words.vtt").read_bytes()


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="\ufeff"),
    min_size=1,
    max_size=12,
)
AWKWARD_WORDS = ["-->", "<b>", "&amp;", "<v", "42", "你好，", "the", "{\\an8}"]
SPEECH = st.lists(
    st.builds(
        lambda words, pause, length, speaker: (words, pause, length, speaker),
        st.lists(
            st.one_of(WORDS, st.sampled_from(["-->", "<b>", "&amp;", "<v", "42", "你好，", "the", "{\\an8}"]))
        ),
        st.floats(0, 5),
        st.floats(0, 15),
        st.sampled_from([None, "Ann", "说话人1", "A & <B>"]),
    ),
    max_size=6,
)


def transcript_of(speech):
    segments, clock = [], 0.0
    for words, pause, length, speaker in speech:
        start = clock + pause
        clock = start + length
        step = length / max(len(words), 1)
        timed = tuple(Word(start + at * step, start + (at + 1) * step, word) for at, word in enumerate(words))
        segments.append(Segment(start, clock, " ".join(words), timed, "en", speaker=speaker))
    return Transcript(tuple(segments))


def seen(cues):
    return [(cue.start, cue.end, cue.lines) for cue in cues]


@given(SPEECH, st.booleans())
@settings(max_examples=300, deadline=None)
def test_what_is_written_as_vtt_is_read_back_the_same(speech, words):
    transcript = transcript_of(speech)
    made = list(cues_from(transcript.segments))
    read = read_vtt(b"".join(vtt.write(transcript, words=words)))
    assert seen(read) == seen(made)
    assert [cue.speaker for cue in read] == [cue.speaker for cue in made]


@given(SPEECH)
@settings(max_examples=300, deadline=None)
def test_what_is_written_as_srt_is_read_back_the_same(speech):
    transcript = transcript_of(speech)
    written = b"".join(srt.write(transcript))
    read = read_srt(written)
    made = list(cues_from(transcript.segments, names=True))
    assert [(cue.start, cue.end) for cue in read] == [(cue.start, cue.end) for cue in made]
    if not any(mark in line for cue in made for line in cue.lines for mark in ("-->", "<", "{", "&")):
        assert seen(read) == seen(made)
    assert b"".join(srt.write_cues(read)) == written


def test_words_in_vtt_come_back_with_their_times():
    read = read_vtt(b"".join(vtt.write(ENGLISH, words=True)))
    made = list(cues_from(ENGLISH.segments))
    assert [[(word.start, word.text) for word in cue.words] for cue in read] == [
        [(word.start, word.text) for word in cue.words] for cue in made
    ]


def test_a_time_just_below_a_minute_is_rounded_to_the_minute():
    cue = Cue(59.9996, 3599.9996, ("Hello.",))
    assert b"".join(srt.write_cues([cue])) == b"1\n00:01:00,000 --> 01:00:00,000\nHello.\n\n"
    assert b"00:01:00.000 --> 01:00:00.000" in b"".join(vtt.write_cues([cue]))


def test_an_end_never_comes_before_or_at_its_start():
    cues = [Cue(5.0, 5.0, ("One.",)), Cue(7.0, 6.0, ("Two.",)), Cue(-1.0, float("nan"), ("Three.",))]
    for read in (
        read_srt(b"".join(srt.write_cues(cues))),
        read_vtt(b"".join(vtt.write_cues(cues))),
    ):
        assert [cue.end - cue.start for cue in read] == pytest.approx([0.001] * 3)


def test_no_speech_gives_files_that_can_be_read():
    assert b"".join(srt.write(Transcript())) == b""
    assert b"".join(vtt.write(Transcript())) == b"WEBVTT\n\n"
    assert read_srt(b"") == read_srt(b"\xef\xbb\xbf\r\n \r\n") == read_vtt(b"WEBVTT\n\n") == ()


def test_times_inside_vtt_lie_strictly_between_those_of_the_subtitle():
    words = (Word(0.0, 1.0, "One"), Word(1.0, 1.0, "two"), Word(1.0, 30.0, "three"), Word(30.0, 31.0, "four"))
    written = b"".join(vtt.write_cues([Cue(0.0, 7.0, ("One two", "three four"), None, words)], words=True))
    assert b"One <00:00:01.000>two\nthree four\n" in written


@pytest.mark.parametrize("name", BOOK)
def test_what_is_written_keeps_to_the_rules(name):
    written = read_srt((GOLDEN / f"{name}.srt").read_bytes())
    rules = SubtitleRules()
    found = {breach.rule for breach in check(written, rules)}
    assert found <= ({"too-fast"} if name == "awkward" else set())
