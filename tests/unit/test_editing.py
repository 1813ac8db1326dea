"""What is said while one types and moves in a text: what came, what went, and where one is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barrierfree.reading.editing import (
    describe_character,
    describe_deleted,
    describe_edit,
    describe_line,
    describe_typed,
)
from barrierfree.reading.settings import KeyEcho, ReadingSettings
from barrierfree.semantics import Editing
from barrierfree.speech.utterance import Spelled

NONE, CHARACTERS, WORDS, BOTH = (ReadingSettings(key_echo=echo) for echo in KeyEcho)


def at(marked, row=0, rows=1, selection=""):
    """An editing whose caret is written as |."""
    column = marked.index("|")
    return Editing(marked.replace("|", "", 1), column, row, rows, selection)


def said(before, after, settings=CHARACTERS, **options):
    before, after = (at(one) if isinstance(one, str) else one for one in (before, after))
    utterance = describe_edit(before, after, settings, **options)
    return utterance and utterance.text


# --- typing


@pytest.mark.parametrize(
    ("before", "after", "characters", "words", "both", "none"),
    [
        ("hell|", "hello|", "o", None, "o", None),
        ("hello|", "hello |", " ", "hello", "hello", None),
        ("hello|", "hello,|", ",", "hello", "hello, ,", None),
        ("say |", "say  |", " ", None, " ", None),
        ("don't|", "don't |", " ", "don't", "don't", None),
        ("a|c", "ab|c", "b", None, "b", None),
        ("|", "你好|", "你好", "你好", "你好", None),
        ("|", "th|", "th", None, "th", None),
        ("git sta|", "git status|", "tus", None, "tus", None),
        ("git |", "git status|", "status", "status", "status", "status"),
    ],
)
def test_key_echo_says_characters_words_both_or_nothing(before, after, characters, words, both, none):
    echoes = [said(before, after, settings) for settings in (CHARACTERS, WORDS, BOTH, NONE)]
    assert echoes == [characters, words, both, none]


def test_a_typed_capital_is_told_as_one_unless_that_is_not_wanted():
    assert describe_edit(at("|"), at("A|"), CHARACTERS).parts == (Spelled("A"),)
    assert describe_edit(at("|"), at("A|"), ReadingSettings(capitals=False)).parts == (Spelled("a"),)


def test_return_is_a_new_line_and_ends_a_word():
    before, after = at("ab| cd", rows=1), at("| cd", row=1, rows=2)
    assert said(before, after) == "new line"
    assert said(before, after, WORDS) == "ab"


def test_what_is_pasted_is_read_and_a_long_text_is_counted():
    assert said("|", "The quick brown fox|") == "The quick brown fox"
    assert said("|", "x" * 300 + "|") == "300 characters inserted"
    assert said(at("|"), at("end|", row=2, rows=3)) == "2 lines inserted, end"


def test_of_a_repeated_text_that_is_said_which_was_typed():
    assert said("abcd|abcd", "abcdabcd|abcd") == "abcd"
    assert said("ab|cdabcd", "abcdab|cdabcd") == "cdab"


# --- deleting


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("hello|", "hell|", "o deleted"),
        ("h|ello", "h|llo", "e deleted"),
        ("hello world|", "hello |", "world deleted"),
        ("hello  |", "hello|", "2 spaces deleted"),
        ("git status|", "|", "git status deleted"),
        ("a👍🏽|", "a|", "👍🏽 deleted"),
        ("x" * 300 + "|", "|", "300 characters deleted"),
    ],
)
def test_a_deletion_says_what_went(before, after, words):
    assert said(before, after, NONE) == words


def test_a_deleted_selection_is_said_and_so_is_what_is_typed_over_it():
    selected = at("say hello| now", selection="hello")
    assert said(selected, at("say | now")) == "hello deleted"
    assert said(selected, at("say x| now")) == "x hello deleted"


def test_joined_lines_say_that_a_line_break_went():
    assert said(at("|cd", row=1, rows=2), at("ab|cd", rows=1)) == "line break deleted"
    assert said(at("ab|", rows=2), at("ab|cd", rows=1)) == "line break deleted"


def test_a_deleted_line_is_said_and_then_the_line_one_is_in():
    assert said(at("|one", rows=3), at("|two", rows=2)) == "one deleted, two"
    assert said(at("|", row=1, rows=3), at("|two", row=1, rows=2)) == "line break deleted, two"
    assert said(at("c|", row=2, rows=4, selection="a\nb\nc"), at("|", rows=2)) == "a b c deleted"


def test_another_text_altogether_is_read():
    assert said("ls -l|", "git status|") == "git status"
    assert said("one two|", "three|") == "three"


# --- moving


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("|hello", "h|ello", "e"),
        ("he|llo", "h|ello", "e"),
        ("hell|o", "hello|", "end of line"),
        ("|hello world", "hello |world", "world"),
        ("|hello world", "hello| world", "hello"),
        ("hello |world", "|hello world", "hello"),
        ("a|👍🏽b", "a👍🏽|b", "b"),
        ("a👍🏽|b", "a|👍🏽b", "👍🏽"),
        ("你|好", "|你好", "你"),
    ],
)
def test_the_caret_tells_the_character_or_the_word_it_comes_to(before, after, words):
    assert said(before, after) == words


def test_another_line_is_read_and_an_empty_one_is_blank():
    assert said(at("on|e", rows=3), at("tw|o", row=1, rows=3)) == "two"
    assert said(at("one|", rows=3), at("|", row=1, rows=3)) == "blank"
    assert said(at("|one", rows=3), at("|  \t", row=2, rows=3)) == "blank"


def test_over_the_end_of_a_line_the_caret_says_where_it_is():
    assert said(at("one|", rows=2), at("|two", row=1, rows=2)) == "t"
    assert said(at("|two", row=1, rows=2), at("one|", rows=2)) == "end of line"


# --- selecting


def test_a_selection_that_grows_and_shrinks_says_the_difference():
    text = "hello world"
    none, some, more = Editing(text, 0), Editing(text, 1, selection="h"), Editing(text, 5, selection="hello")
    assert said(none, some) == "h selected"
    assert said(some, more) == "ello selected"
    assert said(more, some) == "ello unselected"
    assert said(more, Editing(text, 6)) == "w selection removed"
    assert said(more, Editing(text, 5)) == "selection removed"


def test_a_selection_over_lines_is_read_and_a_long_one_counted():
    assert said(at("a|b", rows=2), at("|cd", row=1, rows=2, selection="b\n")) == "cd"
    all_of_it = "x" * 500
    assert said(Editing("x", 0), Editing("x", 1, selection=all_of_it)) == "500 characters selected"


# --- passwords


def test_a_password_tells_that_something_was_typed_and_nothing_else():
    def password(before, after, settings=CHARACTERS):
        return said(before, after, settings, protected=True)

    assert password("••|", "•••|") == "star"
    assert password("••|", "•••|", NONE) is None
    assert password("••|", "•|") == "star deleted"
    assert password("••••|", "|") == "4 characters deleted"
    assert password("••|", "•|•") == "star"
    assert password("•|•", "••|") == "end of line"


lines = st.text(max_size=12) | st.text("ab 你.\n👍\u0301", max_size=12)
editings = st.builds(Editing, lines, st.integers(0, 15), st.integers(0, 4), st.integers(1, 5), lines)
settings_of_any_kind = st.builds(ReadingSettings, key_echo=st.sampled_from(KeyEcho), capitals=st.booleans())


@given(editings, editings, settings_of_any_kind, st.booleans())
def test_any_two_snapshots_are_compared_without_an_error(before, after, settings, protected):
    utterance = describe_edit(before, after, settings, protected=protected)
    assert utterance is None or utterance.parts
    assert describe_edit(before, before, settings, protected=protected) is None


@given(editings, editings, settings_of_any_kind)
def test_no_character_of_a_password_is_ever_said(before, after, settings):
    def secret(editing):
        return Editing(
            "ж" * len(editing.line), editing.column, editing.row, editing.rows, "ж" * len(editing.selection)
        )

    utterance = describe_edit(secret(before), secret(after), settings, protected=True)
    assert utterance is None or "ж" not in utterance.text


@given(st.text(min_size=1, max_size=8).filter(lambda text: text.strip()), lines, lines)
def test_what_is_typed_and_deleted_again_is_said_as_deleted(typed, before, after):
    empty, full = Editing(before + after, len(before)), Editing(before + typed + after, len(before + typed))
    heard = describe_edit(full, empty, CHARACTERS).text
    assert heard == describe_deleted(typed).text


# --- the same words, for a terminal


def test_a_terminal_has_the_same_words():
    assert describe_typed("o", CHARACTERS, line="hell").text == "o"
    assert describe_typed(" ", WORDS, line="hello").text == "hello"
    assert describe_typed("x", CHARACTERS, protected=True).text == "star"
    assert describe_typed("x", NONE) is None
    assert describe_deleted("x").text == "x deleted"
    assert describe_deleted("secret", protected=True).text == "6 characters deleted"
    assert describe_line("").text == "blank"
    assert describe_character("abc", 3).text == "end of line"
    assert describe_character("abc", 0).parts == (Spelled("a"),)
