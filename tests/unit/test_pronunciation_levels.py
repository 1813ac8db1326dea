"""Punctuation is named as much as is asked for; emoji and counts are always told; nothing is voiced raw."""

import pytest

from barrierfree.speech.pronunciation import Reading, spoken

pytestmark = pytest.mark.usefixtures("little_memory")


def said(text, punctuation="some", language="en", **settings):
    reading = Reading(language=language, punctuation=punctuation, **settings)
    return "".join(run.text for run in spoken(text, reading))


LEVELS = [
    # text, none, some, most, all
    (
        "Hello, world!",
        "Hello, world!",
        "Hello, world!",
        "Hello, world!",
        "Hello comma world exclamation mark",
    ),
    ("a (b) [c]", "a (b) c", "a (b) c", "a left paren b right paren left bracket c right bracket", None),
    ("x = y", "x y", "x equals y", "x equals y", "x equals y"),
    ("and/or", "and or", "and slash or", "and slash or", "and slash or"),
    ("snake_case", "snake case", "snake case", "snake underscore case", "snake underscore case"),
    ("well-known", "well-known", "well-known", "well dash known", "well dash known"),
    ("don't", "don't", "don't", "don't", "don't"),
    ('"yes"', '"yes"', '"yes"', "quote yes quote", "quote yes quote"),
    ("one: two; three", "one: two; three", "one: two; three", "one colon two semicolon three", None),
    ("wait...", "wait...", "wait...", "wait...", "wait three dots"),
    ("50%", "fifty percent", "fifty percent", "fifty percent", "fifty percent"),
    ("$5.50", *["five dollars and fifty cents"] * 4),
    ("👍", "thumbs up", "thumbs up", "thumbs up", "thumbs up"),
    ("==========", "", "ten equals", "ten equals", "ten equals"),
    ("----------", "", "", "ten dashes", "ten dashes"),
    ("┌──┐", "", "", "", "box line box line box line box line"),
    ("http://a.com", "A dot com", "A dot com", "H T T P colon slash slash A dot com", None),
    ("--help", "help", "dash dash help", "dash dash help", "dash dash help"),
]


@pytest.mark.parametrize("row", LEVELS, ids=lambda row: row[0])
def test_each_level_names_what_it_should(row):
    text, *expected = row
    for level, words in zip(("none", "some", "most", "all"), expected, strict=True):
        if words is not None:
            assert said(text, level) == words, level


CHINESE_LEVELS = [
    ("你好，世界！", "你好，世界！", "你好，世界！", "你好，世界！", "你好 逗号 世界 感叹号"),
    ("（设置）", "（设置）", "（设置）", "左括号 设置 右括号", "左括号 设置 右括号"),
    ("《红楼梦》", "《红楼梦》", "《红楼梦》", "左书名号 红楼梦 右书名号", "左书名号 红楼梦 右书名号"),
    ("他说：“好。”", "他说：“好。”", "他说：“好。”", "他说 冒号 左引号 好。右引号", None),
    ("！！！", "", "", "", "三个感叹号"),
    ("等等……", "等等……", "等等……", "等等……", "等等 省略号 省略号"),
]


@pytest.mark.parametrize("row", CHINESE_LEVELS, ids=lambda row: row[0])
def test_each_level_names_chinese_marks(row):
    text, *expected = row
    for level, words in zip(("none", "some", "most", "all"), expected, strict=True):
        if words is not None:
            assert said(text, level, "zh") == words, level


@pytest.mark.parametrize(
    ("text", "english", "mandarin"),
    [
        ("###", "three hashes", "三个井号"),
        ("##", "hash hash", "井号 井号"),
        ("*" * 42, "forty-two stars", "四十二个星号"),
        ("😀" * 3, "grinning face three times", "三个嘿嘿"),
        ("→→→→", "four right arrows", "四个右箭头"),
        ("=" * 1_000_000, "one million equals", "一百万个等号"),
    ],
    ids=lambda value: value[:20],
)
def test_repeated_signs_are_counted(text, english, mandarin):
    heard = said(text)[:100], said(text, language="zh")[:100]
    assert heard == (english, mandarin)


@pytest.mark.parametrize(
    ("emoji", "english", "mandarin"),
    [
        ("👩‍🚀", "woman astronaut", "女宇航员"),
        ("👍🏿", "thumbs up dark skin tone", "拇指向上，较深肤色"),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "flag England", "英格兰旗"),
        ("🇯🇵", "flag Japan", "日本旗"),
        ("#️⃣", "keycap hash", "按键，井号"),
        ("3️⃣", "keycap three", "按键，三"),
        ("🏳️‍🌈", "rainbow flag", "彩虹旗"),
        ("☎️", "telephone", "电话"),
        ("✔️", "check mark", "勾号"),
    ],
)
def test_emoji_go_by_one_name_in_both_languages(emoji, english, mandarin):
    assert said(emoji) == english
    assert said(emoji, language="zh") == mandarin


def test_an_unknown_joined_emoji_is_said_part_by_part():
    assert said("👍\u200d🍕") == "thumbs up pizza"


def test_a_lone_capital_is_told_but_not_in_a_sentence():
    assert said("A") == "cap A"
    assert said("A", language="zh") == "大写A"
    assert said("A", capitals="no") == "A"
    assert said("a") == "a"
    assert said("A cat") == "A cat"


def test_radicals_are_read_as_the_characters_they_stand_for_or_named():
    assert said("⻓城很⻓，⼈⼈去", language="zh") == "长城很长，人人去"
    assert said("⺮字头", "some", "zh") == "字头"
    assert said("⺮字头", "most", "zh") == "cjk radical bamboo字头"


def test_a_path_with_a_chinese_name_ends_at_a_mark():
    assert said("打开 /文档，好", language="zh") == "打开 斜杠 文档，好"


def test_signs_without_a_row_go_by_their_unicode_name():
    assert said("⨁ x") == "n ary circled plus operator x"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;window title\x07prompt", "prompt"),
        ("\x1b]8;;http://x.com\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bP1;2q...\x1b\\done", "done"),
        ("one\x1b[5;1Htwo", "one two"),
        ("a\x00b", "a b"),
        ("N\x08NA\x08AM\x08ME\x08E", "NAME"),
        ("soft\xadhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("\u202eabc\u202c \u2066def\u2069", "abc def"),
        ("\ufeffstart", "start"),
        ("cafe\u0301", "café"),
        ("Ｈｅｌｌｏ　ｗｏｒｌｄ", "Hello world"),
        ("𝐇𝐞𝐥𝐥𝐨", "Hello"),
        ("\ud83d\udc4d", "thumbs up"),
        ("bad \udcff byte", "bad unreadable character byte"),
        ("bad \ufffd\ufffd\ufffd bytes", "bad three unreadable characters bytes"),
        ("Z̷̧a̸l̴g̵o̶", "Zalgo"),
        ("\x07\x07\x07", ""),
        ("   \n\t ", ""),
        ("", ""),
    ],
)
def test_what_only_a_screen_needs_is_not_said(text, words):
    assert said(text) == words


def test_persian_and_indian_joiners_stay_in_their_words():
    assert said("می\u200cخواهم", language="fa") == "می\u200cخواهم"


def test_other_languages_keep_their_figures_on_one_line():
    assert said("um 10:30\tpm", language="de") == "um 10:30 pm"


def test_a_level_or_way_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="loud"):
        Reading(punctuation="loud")
    with pytest.raises(ValueError, match="pitch"):
        Reading(capitals="pitch")
