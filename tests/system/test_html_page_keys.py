"""The page of a transcript can be used with the keyboard alone, and searched, in a real Chromium."""

import re

import pytest
from tests.pages import HELLO, NIHAO, crowded, focused, in_sight, search, status, two_words, until

pytestmark = pytest.mark.system


def time_of(page):
    return page.evaluate("sound.currentTime")


def marked(page):
    return page.evaluate(
        "['match', 'found'].map((name) => [...CSS.highlights.get(name)].map((range) => range.toString()))"
    )


def test_the_transcript_is_one_stop_of_the_tab_key_however_long_it_is(show):
    page = show(crowded(200))
    stops = []
    for _press in range(60):
        page.keyboard.press("Tab")
        stops.append(focused(page))
        if stops[-1] == "BODY":
            break
    assert [stop for stop in stops if "," in stop] == ["0,0"]
    assert len(set(stops)) < 20
    page.focus("#forward")
    page.keyboard.press("Tab")
    for _press in range(5):
        page.keyboard.press("ArrowRight")
    here = focused(page)
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "forward"
    page.keyboard.press("Tab")
    assert focused(page) == here == "0.01,0.01"


def test_arrow_keys_walk_through_the_words_and_enter_plays(show):
    page = show()
    page.focus("#transcript")
    page.keyboard.press("Tab")

    def press(*keys):
        for key in keys:
            page.keyboard.press(key)
        return page.evaluate("document.activeElement.firstChild.data")

    assert press("ArrowRight") == "and"
    assert press("ArrowLeft", "ArrowLeft") == "Hello,"
    assert press("End") == "barrierfree"
    assert press("ArrowRight") == "Our"
    assert press("ArrowRight", "ArrowUp") == "Our"
    assert press("ArrowUp") == "Hello,"
    assert press("ArrowDown", "ArrowDown") == "If"
    assert press("End", "ArrowRight", "ArrowDown") == "listening."
    assert press("Home") == "Thank" or press("Home") == "If"
    assert page.locator("main [tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    until(page, "!sound.paused")
    assert 9.6 < time_of(page) < 11


def test_in_a_language_written_from_right_to_left_the_left_arrow_goes_on(show):
    words = two_words("שלום", "עולם", "he")
    page = show(words)
    page.focus("#transcript")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.textContent") == "עולם"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "שלום"


def test_single_keys_play_jump_and_search_but_not_while_somebody_types(show):
    page = show()
    page.keyboard.press("Space")
    until(page, "!sound.paused && sound.currentTime > 0.1")
    page.keyboard.press("k")
    assert page.evaluate("sound.paused")
    page.keyboard.press("l")
    assert 5 < time_of(page) < 6
    page.keyboard.press("j")
    assert time_of(page) < 1
    page.keyboard.press("/")
    assert focused(page) == "query"
    page.keyboard.type("k n/l j")
    assert page.input_value("#query") == "k n/l j"
    assert page.evaluate("sound.paused")


def test_single_keys_can_be_switched_off_and_stay_off(show):
    page = show()
    page.click("#settings summary")
    page.uncheck("#single")
    for _time in range(2):
        page.focus("#transcript")
        for key in ("k", "Space", "l", "n", "/"):
            page.keyboard.press(key)
        assert focused(page) == "transcript"
        assert page.evaluate("sound.paused && sound.currentTime === 0")
        assert status(page) == ""
        page.reload()
    assert not page.is_checked("#single")


def test_a_button_keeps_its_own_space_bar(show):
    page = show()
    page.focus("#forward")
    page.keyboard.press("Space")
    assert page.evaluate("sound.paused")
    assert time_of(page) == 5


def test_search_counts_and_goes_around(show):
    page = show()
    search(page, "YOU")
    until(page, "document.getElementById('status').textContent === 'Found: 3. Enter goes to the next.'")
    assert marked(page) == [["you"] * 3, []]
    page.keyboard.press("Enter")
    assert re.fullmatch(
        r"1 of 3 · 0:00:09 …\w* ?library\..*|1 of 3 · 0:00:09 If you cannot hear.*", status(page)
    )
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert status(page).startswith("3 of 3 · 0:00:09")
    assert page.locator(".found").all_inner_texts() == ["you"]
    assert in_sight(page, page.locator(".found"))
    page.keyboard.press("Enter")
    assert status(page).startswith("1 of 3")
    page.keyboard.press("Shift+Enter")
    assert status(page).startswith("3 of 3")
    page.click("#previous")
    assert status(page).startswith("2 of 3")
    page.click("#next")
    assert status(page).startswith("3 of 3")
    page.focus("#query")
    page.keyboard.press("Escape")
    assert (page.input_value("#query"), status(page), marked(page)) == ("", "", [[], []])
    search(page, "you")
    page.keyboard.press("Enter")
    assert status(page).startswith("1 of 3")


@pytest.mark.parametrize(
    ("spoken", "query", "found"),
    [
        (HELLO, "hello AND welcome", "Hello, and welcome"),
        (HELLO, "barrierfree this", None),
        (HELLO, "on tuesday", "on Tuesday"),
        (HELLO, "nine in the", "nine(?)\N{NO-BREAK SPACE}(unsure), in the"),
        (HELLO, "ｌｉｂｒａｒｙ", "library"),
        (HELLO, "líbrary", "library"),
        (HELLO, "nothing of it", None),
        (HELLO, "...", None),
        (NIHAO, "世界", "世界"),
        (NIHAO, "好世", "好，世"),
        (NIHAO, "三四 五六", "三四五六"),
        (NIHAO, "黄宇宙洪", "黄，宇宙洪"),
        (NIHAO, "abc", "ＡＢＣ"),
        (NIHAO, "昃abc", "昃(?)\N{NO-BREAK SPACE}(unsure)，ＡＢＣ"),
    ],
)
def test_search_finds_across_words_whatever_the_width_the_case_and_the_punctuation(
    show, spoken, query, found
):
    page = show(spoken)
    search(page, query)
    page.keyboard.press("Enter")
    if found is None:
        assert status(page) == "Nothing found."
        assert marked(page) == [[], []]
    else:
        assert status(page).startswith("1 of 1")
        assert marked(page)[1] == [found]
        assert page.evaluate(
            "[...CSS.highlights.get('found')][0].intersectsNode(document.querySelector('.found'))"
        )


def test_search_marks_whole_words_in_browsers_that_cannot_mark_characters(show):
    page = show(before="Object.defineProperty(CSS, 'highlights', {value: undefined})")
    search(page, "you")
    page.keyboard.press("Enter")
    assert page.locator(".match").all_inner_texts() == ["you"] * 3
    assert page.locator(".found").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".match, .found").count() == 0


def test_a_match_can_be_played_without_leaving_the_search(show):
    page = show()
    assert page.is_hidden("#play-match")
    search(page, "half past")
    page.keyboard.press("Enter")
    page.click("#play-match")
    until(page, "!sound.paused && sound.currentTime >= 7.14")
    assert time_of(page) < 9


def test_the_next_unsure_word_is_found_with_a_key_or_a_button_and_counted(show):
    page = show()
    assert page.inner_text("#unsure") == "Next unsure word (3)"
    page.keyboard.press("n")
    assert status(page) == "Unsure word 1 of 3 · 0:00:00 barrierfree."
    assert focused(page) == "3.72,4.52"
    page.keyboard.press("n")
    assert status(page) == "Unsure word 2 of 3: who speaks · 0:00:05 Speaker 2"
    page.click("#unsure")
    assert status(page) == "Unsure word 3 of 3 · 0:00:05 nine,"
    assert focused(page) == "unsure"
    page.keyboard.press("n")
    assert status(page).startswith("Unsure word 1 of 3")
    page.keyboard.press("Shift+N")
    assert status(page).startswith("Unsure word 3 of 3")
    assert show(two_words("a", "b", "en")).is_hidden("#unsure")
