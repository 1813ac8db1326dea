"""Whatever the text: something sensible is said or nothing, and it is known which part of the text it is."""

import sys
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import assert_in_step, seconds

from barrierfree.speech.pronunciation import Reading, spell, spoken
from barrierfree.speech.pronunciation.symbols import LEVELS, symbol

pytestmark = pytest.mark.usefixtures("little_memory")
at_any_speed = settings(deadline=None)
"""The first text with an emoji waits for their names to be read, and a busy machine for others."""

PIECES = [
    "a", "Hello ", "the world", "OK", "中", "你好", "文件", "か", "カナ", "한국", "мир", "مرحبا",
    "नमस्ते", "ไทย", "é", "e\u0301", "0", "7", "123", "2026", "3.14", "1,234", "1/2", "50%", "-3°C",
    "10:30", "$5", "￥", "€", "km", "个", "年", "第", "v2.1", "1.2.3", "192.168.1.1", "13800138000",
    "a@b.c", "http://", "www.", "C:\\", "/etc/", "~/", ".txt", ".", "..", ",", "!", "?", "。", "，", "“",
    "”", "(", ")", "[", "]", "{", "}", "<", ">", "=", "==", "+", "-", "--", "—", "–", "_", "__", "*", "/",
    "\\", "|", "&", "#", "@", "^", "~", "`", "'", "’", '"', "…", " ", "  ", "\t", "\n", "\n\n", "\r\n",
    "\u00a0", "\u3000", "😀", "👍🏽", "👨‍👩‍👧", "🇨🇳", "🇨", "1️⃣", "❤️", "✓", "→", "①", "½", "²", "Ⅳ",
    "\u200d", "\ufe0f", "\u20e3", "\u200b", "\u202e", "\ufeff", "\xad", "\x00", "\x07", "\x08", "\x1b",
    "\x1b[1m", "\x1b]0;t\x07", "\x9b", "\x85", "\ud83d", "\ude00", "\udc80", "\ufffd", "\ue000",
    "\U000f0000", "\U000e0041", "⠋", "─", "█", "Chapter ", "IV", "Louis ", "XIV", "I", "Mr.", "e.g.",
    "C++", "camelCase", "MP3", "x²", "H₂O",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=80)
READINGS = st.builds(
    Reading,
    language=st.sampled_from(["en", "zh", "zh_CN", "ja", "de", "ru"]),
    punctuation=st.sampled_from(sorted(LEVELS)),
)
NASTY = [
    "", " ", "\n", "\x00" * 100, "\udc80" * 100, "\ud83d", "\ude00\ud83d", "\x1b", "\x1b[",
    "\x1b]0;never closed", "\x1b[" * 100, "\u202e\u202d\u2066 a", "\u200d" * 50, "\ufe0f", "\u20e3",
    "1\u20e3", "e" + "\u0301" * 500, "\u0301", "🇨🇨🇨", "👨\u200d", "\U000e0041", "9" * 5000,
    "9" * 5000 + ".5元", "$" + "9" * 5000 + ".99", "1/" + "9" * 50, "9" * 300 + "%", "-" * 99 + "1",
    "1e999", "10^999", "99:99:99", "2026-99-99", "99/99/9999", "0/0", "256.256.256.256", "+" + "1" * 100,
    "1st" * 100, "M" * 100, "Chapter " + "X" * 50, "a@" * 200, "@a.b", "http://", "://", "www.", "C:\\",
    "\\\\", "//", "~", "/.", "...", "._.", "(((" * 100, "%E4%BD", "%ff%fe", "http://a/%zz", "第" * 100,
    "年年年", "零下", "-℃", "°C", "$", "$$$", "￥￥", "1万亿万亿", "½½½", "²²²", "ⅣⅣ", "①②③", "⨁⨁",
    "\ue000" * 10, "\U0010ffff", "\u2028\u2029\x85\x0b\x0c", "a\rb\rc", "\r\n" * 50, "א\u0591", "ﷺ", "ﬁ",
    "ß", "İ", "ı", "ǅ", "㍿", "㊗️", "〰️", "🄰",
]  # fmt: skip


def check(text, reading):
    """Everything that has to hold for what is said of a text."""
    at = 0
    for run in spoken(text, reading):
        assert run.language.isalpha()
        assert run.pieces
        # Python may not know the newest letters of a script ("Cn"); a voice may.
        assert any(character.isalnum() or unicodedata.category(character) == "Cn" for character in run.text)
        for piece in run.pieces:
            assert piece.text
            assert at <= piece.start <= piece.end <= len(text)
            at = piece.end
        for character in run.text:
            assert unicodedata.category(character) not in ("Cc", "Cs", "Co")
            assert not character.isspace() or character == " "
        for start in range(len(run.text)):
            first, last = run.source_span(start, start + 1)
            assert run.pieces[0].start <= first <= last <= run.pieces[-1].end


@at_any_speed
@given(TEXTS, READINGS)
def test_any_text_is_said_and_its_places_are_in_order(text, reading):
    check(text, reading)


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text)[:30])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_nasty_text_breaks_it(text, language):
    for level in LEVELS:
        check(text, Reading(language=language, punctuation=level))
        check(f"你好 {text} world", Reading(language=language, punctuation=level))
    assert list(spell(text, Reading(language=language))) or not text


def test_bytes_that_are_no_text_are_named_once_read():
    text = bytes(range(256)).decode("utf-8", "surrogateescape")
    check(text, Reading())
    check(bytes(range(256)).decode("utf-8", "replace"), Reading())


LETTERS = st.text(st.sampled_from("abcXYZ0159 ,.!?-中文字你好。，（）'\n=/_"), max_size=60)


@at_any_speed
@given(LETTERS, READINGS)
def test_every_letter_and_figure_is_part_of_something_that_is_said(text, reading):
    covered = set()
    for run in spoken(text, reading):
        for piece in run.pieces:
            covered.update(range(piece.start, piece.end))
    for place, character in enumerate(text):
        assert not character.isalnum() or place in covered


def left_to_the_voice(text, level, language):
    """The signs that should be named at a level, but that the voice gets as they are written."""
    for run in spoken(text, Reading(language=language, punctuation=level)):
        heard = ""
        for piece in run.pieces if run.language in ("en", "zh") else ():
            as_written = piece.text == text[piece.start : piece.end]
            for character in piece.text:
                # What was before it may be another piece: an invisible sign was left out between them.
                inside_word = heard[-1:].isalpha() and character in "'’"
                is_sign = unicodedata.category(character)[0] in "PS"
                if as_written and is_sign and not inside_word and symbol(character).level <= LEVELS[level]:
                    yield character
                heard += character


@at_any_speed
@given(TEXTS, st.sampled_from(["some", "most", "all"]), st.sampled_from(["en", "zh"]))
def test_a_sign_that_is_to_be_named_is_never_left_to_the_voice(text, level, language):
    assert list(left_to_the_voice(text, level, language)) == []


@pytest.mark.parametrize("around", ["{}", "{}{}", "中{}中", "a{}a", "1{}1", "か{}"])
def test_every_sign_of_unicode_is_named_where_it_has_to_be(around):
    signs = [sign for sign in map(chr, range(sys.maxunicode)) if unicodedata.category(sign)[0] in "PS"]
    assert len(signs) > 7000
    wrong = {
        sign
        for sign in signs
        for level in ("some", "most", "all")
        if any(left_to_the_voice(around.replace("{}", sign), level, "zh"))
    }
    assert wrong == set()


@at_any_speed
@given(TEXTS)
def test_the_same_text_is_always_said_alike(text):
    assert list(spoken(text)) == list(spoken(text))


LINES = [
    "1", "12345,", "(", "[]", "😀", "😀👍", "a.", " ", "=", "=-", "a@", "/a", "1.", "1,", "1-", "1:", "A",
    "aA", "a1", "_", "- ", "$1", "中", "中1", "中a", "\\", "http://", "\x1b]", "\x1b[", "%41", "e\u0301",
    "👨\u200d", "½", "x²", "か漢", "\x00", "\udc80", "'", "I ", "X", ".", "。", "\n", "Mr.", "１",
    "Chapter X ", "a b ", "－", "~", "1/2/", "+1 ", "Nov 5 ",
]  # fmt: skip


def read_out(text):
    for _run in spoken(text, Reading(language="zh", punctuation="all")):
        pass


@pytest.mark.parametrize("unit", LINES, ids=ascii)
def test_time_grows_with_the_length_of_a_line(unit):
    assert_in_step(read_out, unit, 40_000)


MEGABYTES = [
    "1", "9,", "(", "[", "😀", "👍🏽", "a", "A", "\u0301", "e\u0301", "中", "か", "a.", ".", " ", "\t ",
    "\u3000", "http://a.bc/d?e=f ", "http://", "www.a.", "a@b.", "/", "=", "_", "%41", "\x1b[1m", "Mr. ",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("unit", MEGABYTES, ids=ascii)
def test_a_million_characters_on_one_line_take_no_longer_each_than_fewer(unit):
    assert_in_step(read_out, unit, 1_000_000)


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["1", "(", "😀", "a.", " ", "中1", "a-b ", "你好，world 3 "], ids=ascii)
def test_five_megabytes_on_one_line_are_said_bit_by_bit(unit):
    text = unit * (5_000_000 // len(unit.encode()))
    runs = spoken(text, Reading(punctuation="all"))
    first: list[object] = []
    assert seconds(lambda: first.append(next(runs, None))) < 2
    assert first != [None] or unit == " "
    ends = [0, *(run.pieces[-1].end for run in runs)]
    in_order = all(one < other for one, other in pairwise(ends))
    assert in_order
    assert ends[-1] >= len(text.rstrip()) - 1 or len(ends) == 1


PROSE = (
    "The quick brown fox jumps over the lazy dog, and nobody had fed it since Mr. Smith went to New York. "
    "因为很多老年人的听力已经不如从前了，他打开手机，花了8000多元。请按 OK 按钮，the meeting is at 10:30.\n"
)


def test_mixed_chinese_and_english_is_read_at_a_megabyte_a_second():
    text = PROSE * (500_000 // len(PROSE.encode()))
    read_out(PROSE)
    assert min(seconds(lambda: list(spoken(text))) for _time in range(5)) < 0.5
