"""The page of a transcript does what it promises, in a real Chromium, with real sound."""

import re

import pytest
from tests.conftest import EXAMPLES
from tests.pages import (
    HELLO,
    NASTY,
    NIHAO,
    crowded,
    everywhere,
    focused,
    in_sight,
    now,
    page_file,
    search,
    status,
    until,
)

from barrierfree.transcription.transcript import Segment, Transcript

pytestmark = pytest.mark.system


def time_of(page):
    return page.evaluate("sound.currentTime")


def say(page, word):
    """The word whose text begins so."""
    return page.locator(".say [data-t]", has_text=re.compile(f"^{re.escape(word)}")).first


PLAY_AND_WATCH = """(seconds) => new Promise((done) => {
    const seen = [];
    const watch = () => {
        const word = document.querySelector(".now");
        seen.push([sound.currentTime, document.querySelectorAll(".now").length, word?.dataset.t ?? ""]);
        if (sound.currentTime < seconds) requestAnimationFrame(watch);
        else { sound.pause(); done(seen); }
    };
    document.getElementById("play").click();
    requestAnimationFrame(watch);
})"""


@pytest.mark.parametrize(("spoken", "media"), [(HELLO, "hello-en.wav"), (NIHAO, "hello-zh.wav")])
def test_the_marked_word_is_the_one_that_sounds(show, spoken, media):
    page = show(spoken, media)
    seen = page.evaluate(PLAY_AND_WATCH, 4.4)
    starts = [word.start for segment in spoken.segments for word in segment.words]
    assert len({word for _at, _marks, word in seen if word}) == sum(start < 4.3 for start in starts)
    for at, marks, word in seen:
        assert marks <= 1
        if word:
            start, end = map(float, word.split(","))
            # One frame may pass between the mark and this look at it.
            assert start - 0.01 <= at < end + 1.1
            assert max(start for start in starts if start <= max(at - 0.1, 0.1)) <= start


def test_a_click_on_a_word_plays_from_it_and_its_paragraph_is_marked_too(show):
    page = show()
    say(page, "Tuesday,").click()
    until(page, "!sound.paused && sound.currentTime > 6.4")
    page.keyboard.press("k")
    until(page, "sound.paused && play.textContent === 'Play'")
    assert 6.4 < time_of(page) < 8
    assert page.locator(".turn.here").count() == 1
    assert "Tuesday" in page.inner_text(".turn.here")


@pytest.mark.parametrize(("last", "copied"), [("meeting", "Our next meeting"), ("Our", "Our")])
def test_selecting_words_to_copy_them_plays_nothing(show, last, copied):
    page = show()
    begin, end = say(page, "Our").bounding_box(), say(page, last).bounding_box()
    page.mouse.move(begin["x"] + 1, begin["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] - 1, end["y"] + 10, steps=5)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()") == copied
    assert page.evaluate("sound.paused && sound.currentTime === 0")


def test_the_time_of_a_paragraph_is_a_button_that_plays_it(show):
    page = show()
    page.get_by_role("button", name="Play from 0:00:05").click()
    until(page, "!sound.paused && sound.currentTime >= 5.2")
    assert page.inner_text("#play") == "Pause"


SPY = """
window.scrolls = [];
window.scrollTo = ((original) => (how) => { scrolls.push(how.behavior); original(how); })(scrollTo);
"""


def test_the_page_follows_the_sound_without_taking_the_focus(show):
    page = show(crowded(60), before=SPY)
    page.focus("#query")
    page.evaluate("sound.currentTime = 11")
    until(page, "document.querySelector('.now')?.dataset.t.startsWith('1')")
    until(page, "scrolls.length > 0")
    page.wait_for_timeout(800)  # for a scroll that glides
    assert in_sight(page, page.locator(".now"))
    assert focused(page) == "query"
    page.evaluate("scrolls.length = 0")
    page.mouse.wheel(0, -400)
    page.wait_for_timeout(100)
    page.evaluate("sound.currentTime = 2")
    until(page, "document.querySelector('.now')?.dataset.t.match(/^(2|1.9)/)")
    assert page.evaluate("scrolls.length") == 0, "whoever scrolls by hand is left alone"


def test_following_can_be_turned_off(show):
    page = show(crowded(60), before=SPY)
    page.click("#settings summary")
    page.uncheck("#follow")
    page.evaluate("sound.currentTime = 11")
    until(page, "document.querySelector('.now')")
    assert page.evaluate("scrolls.length") == 0


@pytest.mark.parametrize(("motion", "behaviour"), [("reduce", "instant"), ("no-preference", "smooth")])
def test_nothing_glides_for_those_who_asked_for_less_motion(show, motion, behaviour):
    page = show(crowded(60), before=SPY, reduced_motion=motion)
    page.evaluate("sound.currentTime = 0.5")
    until(page, "scrolls.length > 0")
    assert set(page.evaluate("scrolls")) == {behaviour}


def test_without_a_recording_beside_it_the_page_takes_any_copy(show):
    page = show(media=None)
    assert page.is_visible("#file")
    assert page.is_hidden("#sound")
    assert page.is_hidden("#play")
    say(page, "Tuesday").click()
    assert status(page) == "There is no sound yet: choose the recording at the top of the page."
    search(page, "you")
    page.keyboard.press("Enter")
    assert status(page).startswith("1 of 3")
    page.get_by_label("Choose the recording").set_input_files(EXAMPLES / "hello-en.wav")
    until(page, "document.getElementById('status').textContent === 'The recording is ready.'")
    say(page, "Tuesday").click()
    until(page, "!sound.paused && sound.currentTime > 6.3")
    assert now(page) is not None


def test_a_file_without_sound_is_refused_and_another_may_be_chosen(show, tmp_path):
    page = show(media=None)
    wrong = tmp_path / "letter.wav"
    wrong.write_text("Dear all")
    page.set_input_files("#file", wrong)
    until(page, "document.getElementById('status').textContent.includes('cannot play')")
    assert page.is_visible("#file")
    assert page.is_hidden("#play")
    page.set_input_files("#file", EXAMPLES / "hello-en.wav")
    page.wait_for_selector("#play")


def test_a_recording_that_is_gone_can_be_replaced(browser, tmp_path):
    context = browser.new_context()
    page = context.new_page()
    page.goto(page_file(tmp_path, HELLO, "gone.wav"))
    page.wait_for_selector("#file")
    assert "not beside this page" in page.inner_text("#chooser")
    context.close()


def test_the_speed_and_the_size_of_the_text_can_be_changed(show):
    page = show(viewport={"width": 320, "height": 640})
    page.click("#settings summary")
    page.select_option("#speed", "1.5")
    assert page.evaluate("sound.playbackRate") == 1.5
    before = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.say')).fontSize)")
    for _press in range(9):
        page.click("#larger")
    assert status(page) == "Text size: 200 %"
    after = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.say')).fontSize)")
    assert after == pytest.approx(2 * before)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.click("#smaller")
    assert status(page) == "Text size: 175 %"


def test_without_javascript_everything_that_was_said_is_there(show):
    page = show(java_script_enabled=False)
    text = page.text_content("main")
    for segment in HELLO.segments:
        assert segment.text in text.replace("(?)\N{NO-BREAK SPACE}(unsure)", "")
    assert "0:00:05" in text
    assert page.locator("button:visible, input:visible, select:visible").count() == 0
    assert page.is_visible("audio")


def test_chapters_lead_to_their_words(show):
    spoken = Transcript(
        tuple(Segment(60.0 * at, 60.0 * at + 50, f"Minute {at}.", (), "en") for at in range(31)), "long.wav"
    )
    page = show(spoken)
    page.click("nav summary")
    page.get_by_role("link", name="0:20:00 Minute 20.").press("Enter")
    heading = page.get_by_role("heading", name="0:20:00")
    assert in_sight(page, heading)
    page.keyboard.press("Tab")
    assert focused(page) == "1200,1250"


def test_hostile_words_do_nothing(show):
    page = show(everywhere(NASTY))
    page.keyboard.press("n")
    search(page, "onerror")
    page.keyboard.press("Enter")
    assert status(page).startswith("1 of 2")
    assert page.locator("img, main script, main style").count() == 0
    assert "<img src=x onerror=alert(1)>" in page.inner_text("main")


def test_not_even_an_intruder_could_send_anything_away(browser, tmp_path, served):
    """Scripts, styles and pictures that got into the page in spite of all are stopped by its policy."""
    address, asked = served
    context = browser.new_context()
    page = context.new_page()
    page.goto(page_file(tmp_path, HELLO, None))
    page.evaluate(
        """async (address) => {
            const add = (markup) => document.body.insertAdjacentHTML("beforeend", markup);
            add(`<img src="${address}/picture" onerror="window.ran = true">`);
            add(`<p style="background: url(${address}/style)">x</p><iframe src="${address}/frame"></iframe>`);
            add(`<form id="leak" action="${address}/form"></form>`);
            document.getElementById("leak").submit();
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            await fetch(`${address}/fetch`).catch(() => {});
        }""",
        address,
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran === undefined")
    assert asked == []
    context.close()


def test_a_page_from_a_server_asks_for_its_sound_and_for_nothing_else(browser, tmp_path, served):
    address, asked = served
    page_file(tmp_path, HELLO, "hello-en.wav")
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/page.html")
    until(page, "sound.readyState > 0")
    page.wait_for_timeout(300)
    context.close()
    assert set(asked) == {"/page.html", "/hello-en.wav"}


def test_a_page_of_ten_hours_answers_at_once(show):
    page = show(crowded(1500, 36000.0, 60), before="window.begun = performance.now()")
    assert page.evaluate("performance.now() - begun") < 10_000

    def seconds(do):
        begun = page.evaluate("performance.now()")
        do()
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return (page.evaluate("performance.now()") - begun) / 1000

    search(page, "w1499")
    assert seconds(lambda: page.keyboard.press("Enter")) < 3
    assert status(page).startswith("1 of 60 · 9:59:36")
    assert in_sight(page, page.locator(".found"))
    assert seconds(lambda: page.keyboard.press("Enter")) < 1
    page.fill("#query", "w")
    assert seconds(lambda: page.keyboard.press("Enter")) < 3
    assert status(page).startswith("1 of 90000")
    page.focus("#transcript")
    page.keyboard.press("Tab")
    assert seconds(lambda: page.keyboard.press("ArrowDown")) < 1
