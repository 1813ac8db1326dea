"""Text is torn only where a reader would pause."""

import pytest

from barrierfree.transcription.subtitles.breaking import FORBIDDEN, break_cost, pieces


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the", "village"), ("a", "second-hand"), ("my", "daughter"), ("those", "people"), ("Mr.", "Smith"),
        ("Dr.", "Lee"), ("Professor", "Wang"), ("5", "million"), ("3.5", "metres"), ("80", "percent,"),
        ("（", "你"), ("他说：“", "好"), ("好", "，"), ("3", "个"),
    ],
)  # fmt: skip
def test_what_belongs_together_is_never_parted(before, after):
    assert break_cost(before, after) == FORBIDDEN


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (("hungry,", "and"), ("very", "hungry")),
        (("walking", "because"), ("he", "walked")),
        (("looked", "at"), ("at", "him")),
        (("fed", "it"), ("because", "of")),
        (("it", "since"), ("it", "was")),
        (("home.", "Then"), ("home,", "then")),
        (("ran", "home"), ("did", "not")),
        (("village", "near"), ("New", "York")),
        (("的", "声音"), ("声", "音")),
        (("了，", "因"), ("因", "为")),
        (("好", "因"), ("很", "好")),
        (("天", "我"), ("我", "的")),
        (("书", "但"), ("三", "百")),
    ],
)
def test_better_places_cost_less(better, worse):
    assert break_cost(*better) < break_cost(*worse)


def test_small_words_of_other_languages_are_known():
    assert break_cost("den", "Garten", "de") == FORBIDDEN
    assert break_cost("les", "enfants", "fr") == FORBIDDEN
    assert break_cost("una", "casa", "es") == FORBIDDEN
    assert break_cost("the", "casa", "ru") < FORBIDDEN


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It’s 3.5 km.", ["It’s", "3.5", "km."]),
        ("他说：“你好！”走了", ["他", "说：", "“你", "好！”", "走", "了"]),
        ("《书》（第3版）……", ["《书》", "（第", "3", "版）……"]),
        ("用iPhone 15看Wi-Fi", ["用", "iPhone", "15", "看", "Wi-Fi"]),
        ("涨了3.5%，到￥1,200。", ["涨", "了", "3.5%，", "到", "￥1,200。"]),
        ("ちょっと待って", ["ちょっ", "と", "待っ", "て"]),
        ("안녕하세요 여러분", ["안녕하세요", "여러분"]),
        ("the worst—in short", ["the", "worst—", "in", "short"]),
        ("", []),
        (" \u3000\n", []),
    ],
)
def test_text_comes_apart_only_where_it_may(text, parts):
    assert [piece for piece, _spaced in pieces(text)] == parts
