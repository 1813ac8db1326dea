"""A page of a transcript is whole, inert and well-formed, whatever was said; what it does is tests/system."""

import base64
import hashlib
import json
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.pages import NASTY, everywhere

from barrierfree.transcription.loading import load
from barrierfree.transcription.transcript import Segment, Transcript, Word, join_words
from barrierfree.transcription.writers import write
from barrierfree.wording import speak_to_people_in

GOLDEN = Path(__file__).parent.parent / "golden"
MEETING = load(GOLDEN / "meeting.json")
VOID = {"meta", "input"}


def page(transcript, **options):
    return b"".join(write(transcript, "html", **options)).decode()


class Reader(HTMLParser):
    """Elements in order, with attributes and the text inside; objects to what is not nested properly."""

    def __init__(self, text):
        super().__init__()
        self.elements, self._open = [], []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), f"<{tag}> has an attribute twice"
        self.elements.append([tag, dict(attrs), ""])
        if tag not in VOID:
            self._open.append(self.elements[-1])

    def handle_endtag(self, tag):
        assert self._open.pop()[0] == tag

    def handle_data(self, data):
        for element in self._open:
            element[2] += data

    def all(self, tag=None, **wanted):
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [
            element
            for element in self.elements
            if tag in (None, element[0]) and wanted.items() <= element[1].items()
        ]

    def texts(self, tag=None, **wanted):
        return [element[2] for element in self.all(tag, **wanted)]


def said(*words, language="en", **rest):
    """One segment: each word is a text, or a text and a confidence."""
    spoken = tuple(
        Word(at, at + 0.5, *((word,) if isinstance(word, str) else word)) for at, word in enumerate(words)
    )
    return Transcript((Segment(0.0, float(len(words)), join_words(spoken), spoken, language, **rest),))


def test_the_bytes_are_exactly_these():
    assert page(MEETING, media="meeting.mp3").encode() == (GOLDEN / "meeting.html").read_bytes()


def test_the_page_comes_in_pieces_so_that_a_long_recording_needs_no_memory():
    assert len(list(write(MEETING, "html"))) == 8


@pytest.mark.parametrize("transcript", [MEETING, Transcript(), said("One")])
def test_every_reference_inside_the_page_has_its_target(transcript):
    reader = Reader(page(transcript))
    names = [attributes["id"] for _tag, attributes, _text in reader.elements if "id" in attributes]
    assert len(names) == len(set(names))
    for _tag, attributes, _text in reader.elements:
        for name in ("for", "aria-describedby", "aria-labelledby"):
            assert attributes.get(name) in {None, *names}
        if "href" in attributes:
            assert attributes["href"].removeprefix("#") in names
    assert reader.elements[0][1] == {"lang": "en"}
    assert [len(reader.texts(tag)) for tag in ("title", "h1", "header", "main", "footer")] == [1] * 5


def test_nothing_is_loaded_but_the_sound():
    text = page(MEETING, media="sound/meeting.mp3")
    addresses = re.findall(r'\b(?:src|href|action|srcset|poster|data)="([^"]*)"', text)
    assert [address for address in addresses if not address.startswith("#")] == ["sound/meeting.mp3"]
    assert "://" not in text
    assert not re.search(r"@import|url\(|import\(|fetch\(|XMLHttpRequest|sendBeacon|WebSocket", text)


def test_the_policy_allows_this_style_and_this_script_by_their_hashes_and_no_others():
    reader = Reader(page(MEETING))
    [policy] = [one[1]["content"] for one in reader.all("meta", http_equiv="Content-Security-Policy")]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    [style], [script] = reader.texts("style"), reader.texts("script", type="module")

    def digest(text):
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert rules["default-src"] == "'none'"
    assert rules["style-src"] == digest(style)
    assert rules["script-src"] == digest(script)
    assert rules["media-src"] == "'self' file: blob:"
    assert rules["form-action"] == rules["base-uri"] == "'none'"
    assert not [one for one in reader.elements if any(name.startswith(("on", "style")) for name in one[1])]


@settings(deadline=None, max_examples=60)
@given(text=st.text(st.characters(), max_size=40))
@example(text=NASTY)
def test_whatever_was_said_adds_no_element_and_no_attribute(text):
    def shape(spoken):
        elements = Reader(page(everywhere(spoken), media=f"a{spoken}z")).elements
        return [(tag, list(attributes)) for tag, attributes, _text in elements]

    assert shape(text) == shape("harmless")


def test_markup_is_shown_as_it_was_said():
    reader = Reader(page(said("<b>", "&amp;", '"quoted"')))
    assert reader.texts("span", data_t="0,0.5") == ["<b>"]
    assert reader.texts("p", class_="say") == ['<b> &amp; "quoted"']


@settings(deadline=None, max_examples=60)
@given(text=st.text(st.characters(), max_size=40))
@example(text=NASTY)
def test_no_character_can_turn_a_line_around_or_is_forbidden_in_html(text):
    written = page(everywhere(text))
    assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", written)


def test_the_sentences_for_the_script_cannot_end_their_element():
    from barrierfree.transcription.writers.html_page import _for_script

    risky = {"play": "</script><!--<script>", "pause": "暂停"}
    assert "<" not in _for_script(risky)
    assert json.loads(_for_script(risky)) == risky


def test_without_a_script_every_word_can_be_read_beside_its_time():
    reader = Reader(page(MEETING))
    assert reader.texts("p", class_="say") == [
        "Good morning, everyone(?)\N{NO-BREAK SPACE}(unsure). Is *this* on? <b> & C:\\new",
        "大家好，今天讨论无障碍(?)\N{NO-BREAK SPACE}(unsure)。",
        "我同意。",
        "One line, and\tanother.",
    ]
    assert reader.texts("span", class_="time") == ["0:00:00", "0:00:04", "0:00:09", "1:01:01"]
    assert reader.texts("h3") == ["0:00:00", "1:01:01"]
    hidden = [one[1]["id"] for one in reader.elements if "hidden" in one[1]]
    assert hidden == ["chooser", "settings", "bar", "transport", "play-match", "unsure", "hint"]


def test_every_word_knows_its_time_and_a_segment_without_words_knows_its_own():
    spans = [(one[1]["data-t"], one[2]) for one in Reader(page(MEETING)).all("span") if "data-t" in one[1]]
    assert spans == [
        ("0.52,0.8", "Good"),
        ("0.8,1.3", "morning,"),
        ("1.9,2.9", "everyone(?)\N{NO-BREAK SPACE}(unsure)."),
        ("3,4.25", "Is *this* on? <b> & C:\\new"),
        ("4.5,5", "大家好，"),
        ("5,5.2", "今天"),
        ("5.2,6", "讨论无障碍(?)\N{NO-BREAK SPACE}(unsure)。"),
        ("9.5,10", "我同意。"),
        ("3661.25,3662", "One line, and\tanother."),
    ]


def test_times_of_long_recordings_keep_their_hundredths():
    word = Word(35999.987, 36000.5, "late")
    assert 'data-t="35999.99,36000.5"' in page(Transcript((Segment(35999.0, 36001.0, "late", (word,)),)))


def test_words_that_are_not_the_text_are_left_out():
    words = (Word(0.0, 1.0, "twenty"), Word(1.0, 2.0, "one"))
    reader = Reader(page(Transcript((Segment(0.0, 2.0, "21", words),))))
    assert reader.texts("span", data_t="0,2") == ["21"]


def test_a_guess_is_marked_for_eyes_and_ears_before_its_full_stop():
    reader = Reader(page(said("sure", ("maybe.", 0.2), ("...", 0.1), ("known", 0.5))))
    assert reader.texts(class_="unsure") == ["maybe(?)\N{NO-BREAK SPACE}(unsure)."]
    assert reader.texts("span", aria_hidden="true") == ["(?)"]
    assert reader.texts(class_="heard") == ["\N{NO-BREAK SPACE}(unsure)"]


def test_a_guess_of_the_speaker_is_marked_like_a_guess_of_a_word():
    reader = Reader(page(said("Yes.", speaker="Speaker 2", speaker_confidence=0.3)))
    assert reader.texts("strong", class_="unsure") == ["Speaker 2(?)\N{NO-BREAK SPACE}(unsure)"]
    reader = Reader(page(said("Yes.", speaker="Speaker 2", speaker_confidence=0.8)))
    assert reader.texts("strong") == ["Speaker 2"]


@pytest.mark.parametrize(
    ("language", "tag"), [("en", "en"), ("zh", "zh"), ("zh-Hant", "zh-Hant"), (None, ""), ('en" x="', "")]
)
def test_a_paragraph_says_what_language_it_is_in_or_that_nobody_knows(language, tag):
    [[_name, attributes, _text]] = Reader(page(said("Hm.", language=language))).all("p", class_="say")
    assert attributes["lang"] == tag


def test_the_page_itself_is_in_the_language_of_its_reader():
    speak_to_people_in("zh_CN")
    try:
        reader = Reader(page(said(("Hm", 0.1))))
    finally:
        speak_to_people_in(None)
    assert reader.elements[0][1] == {"lang": "zh-CN"}
    assert reader.all(class_="heard")[0][1]["lang"] == "zh-CN"


def test_chapters_are_listed_with_their_first_words():
    reader = Reader(page(MEETING))
    assert reader.texts("a", href="#at-1-01-01") == ["1:01:01 One line, and\tanother."]
    assert "hidden" not in reader.all("nav")[0][1]
    assert "hidden" in Reader(page(said("Short."))).all("nav")[0][1]


@pytest.mark.parametrize(
    ("media", "address"),
    [
        ("meeting.mp3", "meeting.mp3"),
        ("../a b/会议 #1?.mp3", "../a%20b/%E4%BC%9A%E8%AE%AE%20%231%3F.mp3"),
        ("100%.wav", "100%25.wav"),
        ("folder\\sound.wav", "folder/sound.wav"),
        ('" autoplay x="', "%22%20autoplay%20x%3D%22"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("//elsewhere/x.mp3", "/elsewhere/x.mp3"),
        ("\\\\elsewhere\\x.mp3", "/elsewhere/x.mp3"),
        ("caf\udce9.mp3", "caf%E9.mp3"),
        ("\ud800.mp3", "%3F.mp3"),
    ],
)
def test_the_sound_is_a_file_of_this_name_and_never_another_host(media, address):
    assert Reader(page(MEETING, media=media)).all("audio")[0][1]["src"] == address


def test_without_a_sound_the_player_names_no_file():
    assert "src" not in Reader(page(MEETING)).all("audio")[0][1]


def test_ten_hours_are_written_within_three_seconds():
    segments = []
    for number in range(9000):
        words = tuple(
            Word(4 * number + 0.4 * at, 4 * number + 0.4 * at + 0.3, f"word{at}", 0.45 + at / 20)
            for at in range(10)
        )
        segments.append(Segment(words[0].start, words[-1].end, join_words(words), words, "en"))
    transcript = Transcript(tuple(segments), "day.mp3", 36000.0)
    begun = time.perf_counter()
    size = sum(len(piece) for piece in write(transcript, "html"))
    assert time.perf_counter() - begun < 3
    assert 4_000_000 < size < 9_000_000


def luminance(colour):
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_colours_of_both_themes_are_far_enough_apart():
    [style] = Reader(page(MEETING)).texts("style")
    themes = [
        dict(re.findall(r"--([\w-]+): (#\w{6});", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    light, dark, printed = themes
    for theme in (light, dark, light | printed):
        for ink, paper in [
            ("ink", "paper"),
            ("ink", "card"),
            ("soft", "paper"),
            ("soft", "card"),
            ("accent", "paper"),
            ("accent", "card"),
            ("on-accent", "accent"),
            ("on-now", "now"),
            ("on-found", "found"),
            ("on-match", "match"),
        ]:
            assert contrast(theme[ink], theme[paper]) >= 7, (ink, paper)
        # Edges of controls need less: WCAG 1.4.11.
        assert contrast(theme["line"], theme["paper"]) >= 3
        assert contrast(theme["line"], theme["card"]) >= 3


def test_what_is_heard_in_order_is_time_then_speaker_then_words():
    reader = Reader(page(MEETING))
    order = [one[1]["class"] for one in reader.elements if one[1].get("class") in {"who", "time", "say"}]
    assert order == ["who", "time", "say"] * 4
    assert reader.texts("p", class_="who") == [
        "0:00:00 Speaker 1",
        "0:00:04 Speaker 2(?)\N{NO-BREAK SPACE}(unsure)",
        "0:00:09 Speaker 2(?)\N{NO-BREAK SPACE}(unsure)",
        "1:01:01",
    ]
