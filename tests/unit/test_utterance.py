"""What is to be said is a value: written plainly, compared by its parts, refused when it makes no sense."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barrierfree.speech.cutting import pieces, speakable
from barrierfree.speech.utterance import InLanguage, Pause, Priority, Spelled, Utterance, pause, spell

ANY_TEXT = st.text(st.characters(exclude_categories=()))
PARTS = st.lists(
    st.one_of(
        ANY_TEXT,
        st.builds(Pause, st.floats(0, 60)),
        st.builds(Spelled, ANY_TEXT),
        st.builds(InLanguage, ANY_TEXT, st.sampled_from(["en", "zh"])),
    )
)


def test_its_text_is_what_is_written_in_it():
    assert Utterance("Save", pause(0.2), "button").text == "Save button"
    assert Utterance("name ", spell("abc"), " end").text == "name abc end"
    assert Utterance("请按", InLanguage("OK", "en"), "按钮", "打开").text == "请按 OK 按钮打开"
    assert Utterance().text == Utterance(pause(1)).text == Utterance("", "").text == ""


def test_two_utterances_with_the_same_parts_are_equal():
    assert Utterance("a", pause(1), rate=200) == Utterance("a", Pause(1), rate=200)
    assert Utterance("a") != Utterance("a", reason="focus")
    assert len({Utterance("a"), Utterance("a"), Utterance("b")}) == 2


def test_it_never_changes_and_can_be_sent_to_another_process():
    utterance = Utterance("a", spell("b"), priority=Priority.NOW)
    with pytest.raises(AttributeError):
        utterance.rate = 3
    assert pickle.loads(pickle.dumps(utterance)) == utterance


def test_priorities_are_ordered_by_urgency():
    assert Priority.PROGRESS < Priority.NORMAL < Priority.NEXT < Priority.NOW
    assert Utterance("a", priority=3).priority is Priority.NOW


@pytest.mark.parametrize(
    "wrong",
    [{"rate": 79}, {"rate": 901}, {"pitch": -1}, {"pitch": 101}, {"volume": 101}, {"priority": 7}],
)
def test_figures_nobody_can_hear_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong)) if "priority" not in wrong else "7"):
        Utterance("a", **wrong)


def test_the_ends_of_each_range_are_allowed():
    assert Utterance("a", rate=80, pitch=0, volume=0).rate == 80
    assert Utterance("a", rate=900, pitch=100, volume=100).rate == 900


@pytest.mark.parametrize("seconds", [-0.1, 61, float("nan"), float("inf")])
def test_a_pause_has_an_end(seconds):
    with pytest.raises(ValueError, match="pause"):
        Pause(seconds)


@pytest.mark.parametrize("part", [3, None, b"bytes", ["a"], Utterance("a")])
def test_parts_of_another_kind_are_refused(part):
    with pytest.raises(TypeError):
        Utterance("a", part)


@given(PARTS)
def test_every_part_is_in_the_text_where_it_is_said_to_be(parts):
    utterance = Utterance(*parts)
    placed = list(utterance.placed())
    assert [part for _start, part in placed] == parts
    end = 0
    for start, part in placed:
        written = part if isinstance(part, str) else getattr(part, "text", "")
        assert start in (end, end + 1)
        assert utterance.text[start : start + len(written)] == written
        end = start + len(written)
    assert end == len(utterance.text)


@given(ANY_TEXT, st.integers(1, 40))
def test_pieces_of_a_text_make_it_up_again(text, most):
    cut = list(pieces(text, most))
    assert "".join(piece for _start, piece in cut) == text
    assert all(text[start : start + len(piece)] == piece and 0 < len(piece) <= most for start, piece in cut)


def test_a_text_is_cut_where_it_is_heard_least():
    assert [piece for _start, piece in pieces("One two. Three four, five six seven", 14)] == [
        "One two. ",
        "Three four, ",
        "five six seven",
    ]
    assert [piece for _start, piece in pieces("今天很好。我们去公园，然后回家", 8)] == [
        "今天很好。",
        "我们去公园，",
        "然后回家",
    ]
    assert [piece for _start, piece in pieces("x" * 25, 10)] == ["x" * 10, "x" * 10, "x" * 5]


@given(ANY_TEXT)
def test_what_no_engine_can_take_becomes_spaces_and_everything_keeps_its_place(text):
    clean = speakable(text)
    assert len(clean) == len(text)
    assert clean.encode().count(0) == 0
    for before, after in zip(text, clean, strict=True):
        assert after in (before, " ")
