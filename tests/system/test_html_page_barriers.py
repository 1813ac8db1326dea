"""The page of a transcript shuts nobody out: axe-core, small windows, large text, high contrast, paper."""

from importlib.resources import files

import pytest
from tests.conftest import missing
from tests.pages import HELLO, NASTY, NIHAO, crowded, everywhere, search, status, two_words, until

from barrierfree.wording import speak_to_people_in

pytestmark = pytest.mark.system

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Off by themselves.
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
SMALL = {"viewport": {"width": 320, "height": 640}}


@pytest.fixture(scope="module")
def axe():
    """The text of axe-core, and a look at its version: an old one would know fewer barriers."""
    try:
        text = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    except ModuleNotFoundError:
        missing("the package axe-playwright-python")
    assert text.startswith(("/*! axe v4.1", "/*! axe v5"))
    return text


def barriers(page, axe):
    page.evaluate(axe)
    result = page.evaluate("(rules) => axe.run(rules)", RULES)
    looked_at = {rule["id"] for rule in result["passes"] + result["violations"]}
    assert {"color-contrast-enhanced", "target-size", "html-has-lang", "region", "label"} <= looked_at
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in result["violations"]]


@pytest.fixture
def speak():
    yield speak_to_people_in
    speak_to_people_in(None)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
@pytest.mark.parametrize(
    ("interface", "spoken", "media"), [("en", HELLO, "hello-en.wav"), ("zh_CN", NIHAO, "hello-zh.wav")]
)
def test_axe_finds_no_barrier(show, axe, speak, interface, spoken, media, theme, width):
    speak(interface)
    page = show(spoken, media, color_scheme=theme, viewport={"width": width, "height": 800})
    assert page.get_attribute("html", "lang") == interface.replace("_", "-")
    assert barriers(page, axe) == []
    page.click("#settings summary")
    search(page, "you" if spoken is HELLO else "世界")
    page.keyboard.press("Enter")
    page.click("#unsure")
    page.evaluate("sound.currentTime = 3")
    until(page, "document.querySelector('.now') !== null")
    assert barriers(page, axe) == []


@pytest.mark.parametrize(
    "spoken",
    [crowded(30), everywhere(NASTY), two_words("?", "!", None)],
    ids=["crowded", "hostile", "unknown language"],
)
def test_axe_finds_no_barrier_where_no_recording_was_given(show, axe, spoken):
    page = show(spoken, None)
    if page.is_visible("nav"):
        page.click("nav summary")
    assert barriers(page, axe) == []


def test_axe_finds_no_barrier_in_high_contrast(show, axe):
    page = show(forced_colors="active")
    page.evaluate("sound.currentTime = 3")
    until(page, "document.querySelector('.now') !== null")
    assert barriers(page, axe) == []


def test_axe_would_find_a_barrier(show, axe):
    page = show()
    page.evaluate("document.getElementById('query').labels[0].remove()")
    assert [rule for rule, _nodes in barriers(page, axe)] == ["label"]


def width_of(page):
    return page.evaluate("document.documentElement.scrollWidth")


def test_nothing_is_wider_than_a_small_window_whatever_was_said(show):
    long = "Donaudampfschifffahrtsgesellschaft" * 20
    for spoken in (HELLO, NIHAO, everywhere(NASTY), everywhere(long), crowded(20)):
        page = show(spoken, None, **SMALL)
        page.click("#settings summary")
        search(page, "d")
        page.keyboard.press("Enter")
        assert width_of(page) == 320


def test_wider_spacing_of_text_hides_nothing(show):
    """The distances of WCAG 1.4.12."""
    page = show(**SMALL)
    page.evaluate(
        """document.styleSheets[0].insertRule(`* {
            line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
        }`, document.styleSheets[0].cssRules.length)"""
    )
    assert width_of(page) == 320
    cut = page.evaluate(
        """[...document.querySelectorAll("button, label, summary, p, td, dd")]
            .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth)
            .map((part) => part.outerHTML)"""
    )
    assert cut == []


@pytest.mark.parametrize(
    ("window", "stays"), [((1200, 800), "bar"), ((390, 844), "tools"), ((320, 256), None)]
)
def test_the_bar_stays_in_sight_where_two_thirds_are_left_for_the_text(show, window, stays):
    width, height = window
    page = show(crowded(60), viewport={"width": width, "height": height})
    page.mouse.move(100, 100)
    page.mouse.wheel(0, 4000)
    until(page, "scrollY > 3000")
    in_window = {
        name: page.evaluate(f"{name}.getBoundingClientRect().bottom > 0") for name in ("search", "tools")
    }
    assert in_window == {"search": stays == "bar", "tools": stays is not None}
    if stays:
        assert page.evaluate(f"{stays}.offsetHeight") < height / 3
    page.focus("#transcript")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    focused, bar = (f"{name}.getBoundingClientRect()" for name in ("document.activeElement", "tools"))
    assert page.evaluate(f"{focused}.top >= Math.max(0, {bar}.bottom)")


@pytest.mark.parametrize("window", [(1200, 800), (320, 640)])
def test_every_control_is_large_enough_to_hit(show, window):
    width, height = window
    page = show(viewport={"width": width, "height": height})
    page.click("#settings summary")
    sizes = page.evaluate(
        """[...document.querySelectorAll("button, select, summary, input[type=search], label.choice, audio")]
            .map((control) => [control.outerHTML, control.getBoundingClientRect()])
            .filter(([, {width}]) => width)
            .map(([name, {width, height}]) => [name, width, height])"""
    )
    assert len(sizes) > 15
    assert [size for size in sizes if min(size[1:]) < 44] == []


def test_whatever_has_the_focus_has_a_thick_outline(show):
    page = show()
    seen = set()
    for _press in range(25):
        page.keyboard.press("Tab")
        name, style, thickness = page.evaluate(
            """(() => {
                const {outlineStyle, outlineWidth} = getComputedStyle(document.activeElement);
                return [document.activeElement.tagName, outlineStyle, parseFloat(outlineWidth)];
            })()"""
        )
        if name == "BODY":
            break
        seen.add(name)
        assert style == "solid"
        assert thickness >= 3
    assert seen >= {"A", "AUDIO", "SUMMARY", "INPUT", "BUTTON", "SPAN"}


def test_a_screen_reader_meets_paragraphs_and_not_single_words(show):
    page = show()
    met = page.locator("main").aria_snapshot()
    assert [line.strip(" -") for line in met.splitlines()] == [
        "main:",
        'heading "What was said" [level=2]',
        "paragraph: Click a word to hear it, or walk to it with the arrow keys and press Enter.",
        "paragraph:",
        'button "Play from 0:00:00": 0:00:00',
        "strong: Speaker 1",
        "paragraph: Hello, and welcome. This recording was made to try out barrierfree (unsure) .",
        "paragraph:",
        'button "Play from 0:00:05": 0:00:05',
        "strong: Speaker 2 (unsure)",
        "paragraph: Our next meeting is on Tuesday, at half past nine (unsure) , in the library.",
        "paragraph:",
        'button "Play from 0:00:09": 0:00:09',
        "strong: Speaker 1",
        "paragraph: If you cannot hear well, you can read along. Thank you for listening.",
    ]


def test_what_is_found_is_said_by_a_live_region(show):
    page = show()
    search(page, "library")
    page.keyboard.press("Enter")
    assert status(page).startswith("1 of 1")
    assert page.get_by_role("status").inner_text() == status(page)
    assert page.evaluate("document.querySelector('#status span').lang") == "en"


def test_on_paper_there_is_the_text_and_no_control(show):
    page = show(crowded(30))
    page.evaluate("sound.currentTime = 3")
    until(page, "document.querySelector('.now') !== null")
    page.emulate_media(media="print", color_scheme="dark")
    assert (
        page.locator("audio:visible, input:visible, nav:visible, #bar :visible, footer:visible").count() == 0
    )
    colours = (
        "(({color, backgroundColor}) => [color, backgroundColor])(getComputedStyle(document.documentElement))"
    )
    assert page.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    drawn = page.locator(".turn").evaluate_all(
        "(turns) => turns.map((turn) => getComputedStyle(turn).contentVisibility)"
    )
    assert set(drawn) == {"visible"}
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.now')).backgroundColor")
        == "rgba(0, 0, 0, 0)"
    )
