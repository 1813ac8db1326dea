"""What is written as srt or vtt is exact to the byte, and comes back; so does what others wrote."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from barrierfree.errors import UnreadableTranscript
from barrierfree.transcription.subtitles import (
    Cue,
    SubtitleRules,
    check,
    cues_from,
    read_srt,
    read_subtitles,
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
            12.0,
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


# What others write.

ONE = (Cue(1.0, 2.5, ("Hello.",)),)


@pytest.mark.parametrize(
    "text",
    [
        "1\n00:00:01,000 --> 00:00:02,500\nHello.\n",
        "1\r\n00:00:01,000 --> 00:00:02,500\r\nHello.\r\n\r\n",
        "1\r00:00:01,000 --> 00:00:02,500\rHello.",
        "1\r\r\n00:00:01,000 --> 00:00:02,500\r\r\nHello.\r\r\n",
        "\ufeff1\n00:00:01,000 --> 00:00:02,500\nHello.",
        "00:00:01.000 --> 00:00:02.500\nHello.",
        "00:01,0 --> 00:02,5\nHello.",
        "\n\n 7 \n0:0:1,000-->0:0:2,500  X1:1 X2:2 Y1:3 Y2:4\n\n\nHello.\n\n\n",
        "1\n00:00:01,000 --> 00:00:02,500\n<i>Hello.</i>",
        "1\n00:00:01,000 --> 00:00:02,500\n{\\an8}<font color='red'>Hello.</font>",
        "1\n00:00:01,000 --> 00:00:02,500\n<v Ann>Hello.",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_srt_as_it_is_found_is_understood(text, encoding):
    assert read_srt(text.encode(encoding)) == ONE


def test_srt_without_blank_lines_between_subtitles_is_understood():
    text = "1\n00:00:01,000 --> 00:00:02,500\nHello.\n2\n00:00:03,000 --> 00:00:04,000\nBye.\n42\n"
    assert read_srt(text.encode()) == (*ONE, Cue(3.0, 4.0, ("Bye.", "42")))


def test_a_blank_line_inside_a_subtitle_loses_nothing():
    text = (
        "1\n00:00:01,000 --> 00:00:02,500\nHello.\n\nAre you there?\n\n2\n00:00:03,000 --> 00:00:04,000\n\n"
    )
    assert read_srt(text.encode()) == (Cue(1.0, 2.5, ("Hello.", "Are you there?")), Cue(3.0, 4.0, ()))


def test_a_comparison_and_an_arrow_in_speech_stay():
    text = "1\n00:00:01,000 --> 00:00:02,500\nIf a < b --> stop & go <3\n"
    assert read_srt(text.encode())[0].lines == ("If a < b --> stop & go <3",)


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_chinese_subtitles_of_any_age_are_understood(encoding):
    text = "1\n00:00:01,000 --> 00:00:02,500\n“大家好，”他说。\n今天讨论无障碍。\n"
    assert read_srt(text.encode(encoding))[0].lines == ("“大家好，”他说。", "今天讨论无障碍。")


def test_old_western_subtitles_keep_their_accents():
    text = "1\n00:00:01,000 --> 00:00:02,500\nÀ bientôt, mon château préféré – café…\n"
    assert read_srt(text.encode("cp1252"))[0].lines == ("À bientôt, mon château préféré – café…",)


def test_vtt_is_read_as_the_standard_says():
    text = """\ufeffWEBVTT - a title
Kind: captions

STYLE
::cue(v[voice=Ann]) { color: lime }

REGION
id:below

NOTE Nobody
reads this.

intro
00:01.000 --> 00:02.500 align:start position:10%
<v.loud Ann>Hello, <i.big>you</i> &amp; <c.red>you</c>.

100:00:03.000 --> 100:00:04.000\t line:0
<lang zh>你好</lang>&nbsp;<b>all</b> <00:59.000>1 < 2
-
00:05.000 --> 00:06.000
<v Ann>Yes.</v>
<v Bo>No.</v>
"""
    assert read_vtt(text.encode()) == (
        Cue(1.0, 2.5, ("Hello, you & you.",), "Ann"),
        Cue(
            360003.0, 360004.0, ("你好 all 1 < 2", "-"), None,
            (Word(360003.0, 360003.0, "你好 all"), Word(59.0, 360004.0, "1 < 2 -")),
        ),
        Cue(5.0, 6.0, ("Ann: Yes.", "Bo: No.")),
    )  # fmt: skip


def test_a_subtitle_right_below_another_in_vtt_begins_anew():
    text = "WEBVTT\n\n00:01.000 --> 00:02.500\nHello.\n00:03.000 --> 00:04.000\nBye."
    assert read_vtt(text.encode()) == (*ONE, Cue(3.0, 4.0, ("Bye.",)))


@pytest.mark.parametrize(
    ("read", "text", "line"),
    [
        (read_srt, "Dear diary,\ntoday nothing happened.\n", 1),
        (read_srt, "\n\nSome text\n\n1\n00:00:01,000 --> 00:00:02,500\nHello.\n", 3),
        (read_srt, "1\n00:00:01,000 --> 00:00:02,500\nHello.\n\n2\n00:00:03,000 --> soon\nBye.\n", 6),
        (read_srt, "1\n00:00:01,000 -->\nHello.\n", 2),
        (read_srt, "\x7fELF\0\0\1", 1),
        (read_vtt, "1\n00:00:01,000 --> 00:00:02,500\nHello.\n", 1),
        (read_vtt, "WEBVTTX\n\n00:01.000 --> 00:02.500\nHello.\n", 1),
        (read_vtt, "", 1),
        (read_vtt, "WEBVTT\n\n00:01,000 --> 00:02,500\nHello.\n", 3),
        (read_vtt, "WEBVTT\n\n00:01.000 --> 00:62.500\nHello.\n", 3),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line_and_what_to_do(read, text, line):
    with pytest.raises(UnreadableTranscript, match=f"^Line {line}: ") as told:
        read(text.encode())
    assert told.value.hint
    assert "\n" not in told.value.message + told.value.hint


def test_a_file_is_read_by_what_is_in_it(tmp_path):
    (tmp_path / "a.srt").write_bytes(b"WEBVTT\n\n00:01.000 --> 00:02.500\nHello.\n")
    (tmp_path / "b.vtt").write_bytes((tmp_path / "a.srt").read_bytes())
    (tmp_path / "c.SRT").write_bytes(b"00:01,000 --> 00:02,500\nHello.\n")
    assert read_subtitles(tmp_path / "a.srt") == read_subtitles(str(tmp_path / "b.vtt")) == ONE
    assert read_subtitles(tmp_path / "c.SRT") == ONE


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "bad.vtt").write_bytes(b"1\n00:00:01,000 --> 00:00:02,500\nHello.\n")
    with pytest.raises(UnreadableTranscript, match=r"^bad\.vtt: Line 1: "):
        read_subtitles(tmp_path / "bad.vtt")
    with pytest.raises(UnreadableTranscript, match=r"none\.srt cannot be read: No such file"):
        read_subtitles(tmp_path / "none.srt")
    with pytest.raises(UnreadableTranscript):
        read_subtitles(tmp_path)


@pytest.mark.parametrize("name", BOOK)
def test_what_is_written_keeps_to_the_rules(name):
    written = read_srt((GOLDEN / f"{name}.srt").read_bytes())
    rules = SubtitleRules()
    found = {breach.rule for breach in check(written, rules)}
    assert found <= ({"too-fast"} if name == "awkward" else set())
