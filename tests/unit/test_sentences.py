"""Sentences are found in English, Chinese and mixed text, and no character of it is ever lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_in_step

from barrierfree.speech.sentences import LONGEST, SentenceSplitter, sentences

pytestmark = pytest.mark.usefixtures("little_memory")
at_any_speed = settings(deadline=None)
"""A busy machine is no reason to fail."""

PIECES = [
    "a", "Hello", "world", "Mr", "etc", "J", "e.g", "3", "1,234", "中", "你好", "他说", ".", "..", "...",
    "!", "?", "。", "！", "？", "……", "…", "，", ",", ":", "“", "”", "「", "」", "(", ")", '"', "'", " ",
    "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\f", "😀", "\u200d", "\u0301", "\x1b[0m", "www.a.com",
    "=" * 30, "The", "and", "x" * 60, "\ud83d", "\x00",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200)


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


def cut_in_chunks(text, sizes):
    splitter = SentenceSplitter()
    found = []
    at = 0
    while at < len(text):
        size = next(sizes)
        found += splitter.feed(text[at : at + size])
        at += size
    return found + splitter.finish()


@at_any_speed
@given(TEXTS)
def test_joined_sentences_are_the_text(text):
    spans = list(sentences(text))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end for start, end in spans)
    assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]


@at_any_speed
@given(TEXTS, st.lists(st.integers(1, 9), min_size=1, max_size=20))
def test_chunks_of_any_size_give_the_same_sentences(text, sizes):
    def endless():
        while True:
            yield from sizes

    assert cut_in_chunks(text, endless()) == cut(text)


@at_any_speed
@given(
    st.sampled_from(["word ", "中", "a", "1", "，", ". ", "=", "x\n"]),
    st.integers(900, 4000),
    st.integers(1, 700),
)
def test_long_lines_give_the_same_sentences_in_chunks(unit, times, size):
    text = unit * times
    found = cut(text)
    # Told apart before they are asserted: pytest would show what differs in texts of any length.
    complete = "".join(found) == text
    assert complete
    alike = cut_in_chunks(text, iter(lambda: size, None)) == found
    assert alike


SENTENCES = [
    ["Hello world. ", "How are you? ", "Fine!"],
    ["This is Mr. Smith, J. R. Smith. ", "He left."],
    ["It costs $3.50 today. ", "Tomorrow 4."],
    ["See www.example.com for more. ", "Or write to a.b@c.com."],
    ["Open readme.txt. ", "Then close it."],
    ["Some fruit, e.g. apples, i.e. these, is sold here, etc. and so on. ", "Yes."],
    ["Version 2.0 is out... ", "At last."],
    ["He works at Apple Inc. in the U.S. and likes it. ", "She does not."],
    ["They met at 5 p.m. on Monday. ", "The end."],
    ["In the U.S. Army ranks matter. ", "So what."],
    ["We left at 5 p.m. ", "The dog stayed."],
    ['"Really?" he asked. ', '"Yes." ', "She left."],
    ["Is Yahoo! a word? ", "No."],
    ["1. First item. ", "2. Second item."],
    ["See Fig. 3 and No. 5 on pp. 10-12. ", "Say no. ", "Then go."],
    ["Dr. Jones, Ph.D., came on Jan. 5 to St. Louis. ", "He stayed."],
    ["(He was late.) ", "Nobody cared."],
    ["他说：“你好。”", "然后走了。"],
    ["「好！」", "『真的？』", "是的"],
    ["我……不知道。", "真的吗？！", "是的。"],
    ["你好吗?", "我很好!", "再见"],
    ["价格是3.5元。", "打开readme.txt。", "完"],
    ["Hello.", "你好。", "OK 了。", "Bye."],
    ["这是A.B公司，网址www.a.com。", "欢迎！"],
    ["第一章\n", "他走了。", "她没有。\n\n", "第二章"],
    ["一行没有句号\n", "另一行\n", "第三行"],
    ["これはペンです。", "本当？", "はい"],
    ["مرحبا؟ ", "نعم۔ ", "لا"],
    ["नमस्ते। ", "हाँ।"],
    ["Title\n", "name: value\n", "- item one\n", "- item two"],
    ["The quick brown fox jumps over the lazy dog\nand runs away. ", "It is gone."],
    ["The quick brown fox jumps over the lazy dog\n\n", "and runs away."],
    ["2026-11-25 12:00:00 the first line of a log file\n", "2026-11-25 12:00:01 the second"],
    ["很长很长的一行中文文字没有写完在这里换行\n然后在下一行继续写完。", "好。"],
]


@pytest.mark.parametrize("expected", SENTENCES, ids=lambda found: found[0].strip()[:30])
def test_sentences_end_where_a_reader_would_pause(expected):
    assert cut("".join(expected)) == expected


def test_a_sentence_comes_as_soon_as_its_end_is_sure():
    splitter = SentenceSplitter()
    assert splitter.feed("Hello world. Th") == []
    assert splitter.feed("is is ") == ["Hello world. "]
    assert splitter.feed("it。好") == ["This is it。"]
    assert splitter.finish() == ["好"]
    assert splitter.feed("New.") == []
    assert splitter.finish() == ["New."]


def test_a_sentence_that_is_too_long_is_cut_at_a_space():
    found = cut("word " * 1000)
    assert all(len(sentence) <= LONGEST and sentence.endswith("word ") for sentence in found)


def test_many_of_the_same_sign_stay_together():
    together = cut("=" * 50_000 + " end.") == ["=" * 50_000, " end."]
    assert together


def test_marks_are_not_torn_from_their_letter():
    found = cut("e\u0301" * 2000)
    assert not any(sentence.startswith("\u0301") for sentence in found)


@pytest.mark.parametrize(
    "unit", ["1", "(", "😀", "a.", " ", "\n", "A. ", "?!a", "。", "“", "\r\n", "x\n" * 40]
)
def test_time_grows_with_the_length_of_a_line(unit):
    def cut_all(text):
        covered = sum(end - start for start, end in sentences(text)) == len(text)
        assert covered

    assert_in_step(cut_all, unit, 400_000)
