"""Spoken numbers become figures where nothing else can be meant, and stay words everywhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barrierfree.transcription.numbers import figures, in_figures
from barrierfree.transcription.transcript import Segment, Word, join_words


def written(text, language):
    return figures(Segment(0, 1, text), language).text


ENGLISH = [
    ("twenty three", "23"),
    ("I am seventy-six years old.", "I am 76 years old."),
    ("two hundred and five", "205"),
    ("four hundred twenty one", "421"),
    ("one hundred one", "101"),
    ("one thousand and one nights", "1001 nights"),
    ("thirty five thousand two hundred and one", "35,201"),
    ("two hundred thousand people", "200,000 people"),
    ("fifteen hundred chairs", "1500 chairs"),
    ("twenty million people", "20 million people"),
    ("two million three hundred thousand", "2,300,000"),
    ("three point five", "3.5"),
    ("three point one four one six", "3.1416"),
    ("zero point two", "0.2"),
    ("three point five million", "3.5 million"),
    ("twenty percent", "20%"),
    ("Twenty per cent, he said.", "20%, he said."),
    ("two point five percent of it", "2.5% of it"),
    ("five percent", "5%"),
    ("one percent", "1%"),
    ("five to ten percent", "5 to 10%"),
    ("go forward ten meters", "go forward 10 meters"),
    ("five kilometers", "5 kilometers"),
    ("the twenty first century", "the 21st century"),
    ("her eighty third birthday", "her 83rd birthday"),
    ("the twelfth and the thirteenth", "the 12th and the 13th"),
    ("the two hundred and fifth", "the 205th"),
    ("since nineteen eighty four", "since 1984"),
    ("in twenty twenty six", "in 2026"),
    ("March nineteen oh five", "March 1905"),
    ("in two thousand and five", "in 2005"),
    ("a twenty-minute walk", "a 20-minute walk"),
    ("twenty, thirty, forty", "20, 30, 40"),
    ("(twenty)", "(20)"),
    ("between twenty and thirty", "between 20 and 30"),
]

ENGLISH_TRAPS = [
    # below ten, and "one" as a pronoun
    "one of them has three cats",
    "the first one",
    "second thoughts",
    # read out digit by digit
    "one zero zero zero one nine oh two one oh zero one eight zero three",
    "one eight hundred five five five one two one two",
    "one eight hundred, five five five, one two one two",
    "nine one one",
    "my room is one oh one",
    "one ninety two point one sixty eight point zero point one",
    # times of day, and years that may be something else
    "at two thirty",
    "at ten fifteen",
    "nineteen eighty four",
    "in twenty twenty minutes",
    "fifty fifty",
    "twenty twenty vision",
    # doses
    "five hundred milligrams twice a day",
    "two point five milligrams",
    "take twenty drops",
    "twelve units of insulin",
    # fractions
    "two thirds",
    "one hundredth",
    "twenty three and a half",
    "twenty two thirds",
    "two hundred and three quarters",
    "a tenth of it",
    "one tenth",
    # said in a way that could be cut in two places
    "four hundred, twenty one",
    "between two hundred and three hundred",
    "between two hundred and twenty thousand",
    "a hundred and twenty",
    "hundreds of people",
    "several thousand",
    "half a million",
    "five million",
    "the twenty second break",
    "a ten second silence",
    "at one point five people came",
    "point twenty",
    "version three point five point two",
    "nine out of ten",
    "one in ten",
    "thirty third party apps",
    # figures that are there already
    "23 hundred",
    "5 million",
    "twenty 5",
    "twenty.5",
]

MANDARIN = [
    ("二十三", "23"),
    ("我今年七十六岁。", "我今年76岁。"),
    ("两百", "200"),
    ("兩百", "200"),
    ("一百零五", "105"),
    ("一百〇五", "105"),
    ("一百一十五", "115"),
    ("三千五百", "3500"),
    ("三千零五十", "3050"),
    ("三万五千", "35000"),
    ("一千二百五十元", "1250元"),
    ("二十万", "20万"),
    ("三千五百萬", "3500萬"),
    ("十三亿人", "13亿人"),
    ("百分之二十", "20%"),
    ("百分之三点五", "3.5%"),
    ("百分之五", "5%"),
    ("三点五", "3.5"),
    ("零点二五", "0.25"),
    ("一点五倍", "1.5倍"),
    ("三点五万", "3.5万"),
    ("二零二六年", "2026年"),
    ("一九八四年", "1984年"),
    ("二〇〇八年", "2008年"),
    ("五月二十三号", "5月23号"),
    ("十二月一日", "12月1日"),
    ("二零二六年十一月二十四日", "2026年11月24日"),
    ("十二月", "12月"),
    ("第二十三", "第23"),
    ("二十一世纪", "21世纪"),
    ("二十分钟", "20分钟"),
    ("二十多个", "20多个"),
    ("五公里", "5公里"),
    ("两公里", "2公里"),
    ("十一点", "11点"),
    ("二十到三十", "20到30"),
    ("三十、四十", "30、40"),
]

MANDARIN_TRAPS = [
    "一下", "一些", "一起", "十分感谢", "千万不要", "万一", "三心二意", "十全十美", "千方百计", "九牛一毛",
    "一五一十", "十有八九", "百里挑一",
    "三十六计", "一千零一夜", "十万火急", "五十步笑百步", "二百五", "老百姓",
    "双十一", "十一放假", "十八大",
    # below ten
    "三个人", "两个月", "第一",
    # about so many
    "十几个", "二十几", "几十万", "七八十", "三四十岁", "三五公里", "二十来岁", "一百来个", "数十万",
    # cut short, as people do
    "三千五", "一百二", "三万五", "一百一",
    # read out digit by digit
    "一三八零零一三八零零零", "幺三八零零", "三零二室", "幺幺零", "一二三四五六七八九十", "八四年",
    "一二三四年级",
    # times of day
    "三点五分", "三点二十分", "下午三点五", "三点一刻", "三点半", "八点零五", "三点二十",
    # a little
    "快一点二号来", "有一点五颜六色", "一点一点", "一点五",
    # doses and fractions
    "二十毫克", "五百毫升", "两片", "二十片", "三分之二", "四十分之一", "百分之百", "三点五毫克",
    # a day of the moon calendar
    "正月十五", "八月十五", "五月二十三",
    # weights and other two-s
    "五十两银子",
    # one of two stays a word, so both do
    "百分之二十到三十", "三到五十", "十二比三",
    # figures that are there already
    "5万", "30万", "3十",
]  # fmt: skip


@pytest.mark.parametrize(("spoken", "expected"), ENGLISH)
def test_a_sure_english_number_is_written_in_figures(spoken, expected):
    assert written(spoken, "en") == expected


@pytest.mark.parametrize("spoken", ENGLISH_TRAPS)
def test_an_english_number_that_is_not_sure_stays_as_spoken(spoken):
    assert written(spoken, "en") == spoken


@pytest.mark.parametrize(("spoken", "expected"), MANDARIN)
def test_a_sure_mandarin_number_is_written_in_figures(spoken, expected):
    assert written(spoken, "zh") == expected


@pytest.mark.parametrize("spoken", MANDARIN_TRAPS)
def test_a_mandarin_number_that_is_not_sure_stays_as_spoken(spoken):
    assert written(spoken, "zh") == spoken


def test_the_word_of_a_figure_spans_the_words_it_stands_for():
    words = (
        Word(0.0, 0.2, "about", 0.9),
        Word(0.3, 0.6, "twenty", 0.8),
        Word(0.6, 0.9, "three", 0.5),
        Word(1.0, 1.4, "percent,", None),
        Word(1.5, 1.7, "yes", 0.9),
    )
    segment = figures(Segment(0, 2, join_words(words), words, "en"))
    assert segment.words == (words[0], Word(0.3, 1.4, "23%,", 0.5), words[4])
    assert segment.text == "about 23%, yes"


def test_a_number_that_begins_inside_a_chinese_word_keeps_what_stands_around_it():
    words = (Word(0, 1, "我有二"), Word(1, 2, "十三个"), Word(2, 3, "朋友"))
    assert in_figures(words, "zh") == (Word(0, 2, "我有23个"), words[2])


def test_two_numbers_in_one_word_are_both_written():
    words = (Word(0, 1, "二十到三"), Word(1, 2, "十岁"))
    assert in_figures(words, "zh") == (Word(0, 2, "20到30岁"),)


def test_the_scale_of_a_large_number_stays_a_word_of_its_own():
    words = (Word(0, 1, "twenty"), Word(1, 2, "million"))
    assert in_figures(words, "en") == (Word(0, 1, "20"), words[1])


def test_other_languages_are_left_as_they_are():
    segment = Segment(0, 1, "dreiundzwanzig twenty three", language="de")
    assert figures(segment) is segment
    assert figures(Segment(0, 1, "twenty three")).text == "twenty three"


def test_a_segment_without_numbers_comes_back_as_it_is():
    segment = Segment(0, 1, "Good morning.", (Word(0, 0.5, "Good"), Word(0.5, 1, "morning.")), "en")
    assert figures(segment) is segment


ENGLISH_WORDS = st.sampled_from([
    "one", "two", "five", "nine", "ten", "twelve", "nineteen", "twenty", "thirty", "eighty",
    "hundred", "thousand", "million", "oh", "zero", "and", "point", "percent", "per", "cent", "to",
    "or", "in", "since", "second", "third", "tenth", "half", "quarters", "meters", "milligrams",
    "between", "a", "an", "the", "7", "23", "twenty-one", "o'clock", "of", "out", "at", "year",
    "minutes,",
])  # fmt: skip
CHINESE = st.text(
    "零〇一二两三四五六九十百千万亿点分之第几多年月日号到比公里克有快，、5%.个人下", max_size=14
)


@given(st.lists(ENGLISH_WORDS, max_size=9), st.sampled_from([" ", ", ", "-"]))
def test_english_figures_are_written_once_and_for_all(words, between):
    once = written(between.join(words), "en")
    assert written(once, "en") == once


@given(CHINESE)
def test_mandarin_figures_are_written_once_and_for_all(text):
    once = written(text, "zh")
    assert written(once, "zh") == once


@given(
    st.lists(st.one_of(ENGLISH_WORDS, CHINESE, st.text(max_size=5)), max_size=8),
    st.sampled_from(["en", "zh"]),
)
def test_the_text_is_always_its_words_joined(texts, language):
    words = tuple(Word(float(at), at + 1.0, text) for at, text in enumerate(texts))
    segment = figures(Segment(0, len(words), join_words(words), words, language))
    assert segment.text == join_words(segment.words)
    assert [word.start for word in segment.words] == sorted(word.start for word in segment.words)


@given(st.text(st.characters(exclude_categories=["Nd", "Lo"]), max_size=40))
def test_no_text_breaks_it(text):
    assert isinstance(written(text, "en"), str)
    assert written(text, "zh") == text
