"""The word that is heard can be shown in the text it came from."""

import tracemalloc

import pytest

from barrierfree.speech.pronunciation import Piece, Reading, Run, spoken

pytestmark = pytest.mark.usefixtures("little_memory")


def source_of(text, heard, **settings):
    """The part of a text that is shown while a word of it is heard."""
    for run in spoken(text, Reading(**settings)):
        at = run.text.find(heard)
        if at >= 0:
            start, end = run.source_span(at, at + len(heard))
            return text[start:end]
    raise AssertionError(heard)


@pytest.mark.parametrize(
    ("text", "heard", "shown"),
    [
        ("Hello big world", "big", "big"),
        ("It costs $1,234.56 now", "thousand", "$1,234.56"),
        ("It costs $5 now", "now", "now"),
        ("open readme.txt now", "readme", "readme"),
        ("open readme.txt now", "T X T", "txt"),
        ("open readme.txt now", "dot", "."),
        ("getHTTPResponse", "H T T P", "HTTP"),
        ("a ========== b", "ten equals", "=========="),
        ("First sentence. Second one here.", "Second", "Second"),
        ("\x1b[31mred\x1b[0m and blue", "blue", "blue"),
        ("\x1b[31mred\x1b[0m and blue", "red", "red"),
        ("cafe\u0301 au lait", "café", "cafe\u0301"),
        ("cafe\u0301 au lait", "lait", "lait"),
        ("a\u200bb\u200bc word", "word", "word"),
        ("\ud83d\ude00 smile", "grinning face", "\ud83d\ude00"),
        ("two\n\n\nparagraphs", "paragraphs", "paragraphs"),
        ("ｆｕｌｌ width", "full", "ｆｕｌｌ"),
    ],
)
def test_what_is_heard_is_found_in_the_text(text, heard, shown):
    assert source_of(text, heard) == shown


@pytest.mark.parametrize(
    ("text", "heard", "shown"),
    [
        ("我有2个苹果", "两", "2"),
        ("我有2个苹果", "苹果", "苹果"),
        ("气温-3°C左右", "零下三摄氏度", "-3°C"),
        ("请按 OK 按钮", "OK", "OK"),
        ("8GB内存", "G B", ""),
    ],
)
def test_what_is_heard_in_chinese_is_found_in_the_text(text, heard, shown):
    assert source_of(text, heard, language="zh") == shown


def test_a_long_text_keeps_its_places():
    text = "".join(f"Line {number} costs $5.\x1b[0m\n" for number in range(20_000)) + "needle"
    assert source_of(text, "needle") == "needle"
    *_, last = spoken(text)
    assert last.source_span(0, 6) == (len(text) - 6, len(text))


def test_a_span_beyond_the_words_is_empty_at_their_end():
    run = Run("en", (Piece("ten ", 0, 2), Piece("cats", 3, 7)))
    assert run.text == "ten cats"
    assert run.source_span(4, 8) == (3, 7)
    assert run.source_span(1, 6) == (0, 5)
    assert run.source_span(50, 60) == (7, 7)


def test_a_text_of_five_megabytes_is_not_copied():
    text = "今天天气很好，我们去公园散步。It costs $5 today.\n" * 100_000
    next(spoken("warm up the tables 👍 1"))
    tracemalloc.start()
    runs = spoken(text)
    for _number in range(2000):
        next(runs)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 3_000_000
