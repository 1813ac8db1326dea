"""espeak-ng itself: its languages, the places of its words, and texts that no library likes."""

import re
import subprocess
import sys
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from barrierfree.speech.synthesizer import Mark, Sound, Spoken
from barrierfree.speech.voice import Unspoken, Voice

MIXED = "第1章 Hello, 😀 wörld 𠮷野家 and 12,345 more; 请按 OK 按钮。Ende gut?"


@pytest.fixture(scope="module")
def voice():
    with Voice("espeak") as voice:
        yield voice


@pytest.fixture
def seconds(voice):
    @cache
    def length(text, language="en", **options):
        sounds = voice.speak([Spoken(text, language, **options)])
        return sum(len(made.samples) for made in sounds if isinstance(made, Sound)) / 2 / voice.rate

    return length


def marked(voice, text, language):
    made = voice.speak([Spoken(text, language)])
    return [text[mark.start : mark.end] for mark in made if isinstance(mark, Mark)]


def test_words_are_found_among_characters_of_every_width(voice):
    words = marked(voice, MIXED, "zh")
    for word in ("第1", "Hello", "wörld", "𠮷", "野", "家", "and", "OK", "按", "Ende", "gut"):
        assert word in words


def test_every_chinese_character_is_marked_and_no_sign(voice):
    text = "今天天气很好，我们去公园散步。"
    words = "".join(marked(voice, text, "zh"))
    assert set(words) == set(text) - set("，。")


def test_a_number_is_marked_once(voice):
    assert marked(voice, "line 12345 end", "en") == ["line", "12345", "end"]


def test_a_full_stop_before_a_small_letter_loses_no_word(voice):
    text = "it is 3.5 m. long and not much. really"
    assert marked(voice, text, "en") == ["it", "is", "3.5", "m", "long", "and", "not", "much", "really"]


def test_places_stay_right_however_long_the_text_is(voice):
    text = "word wörld. " * 5_000
    assert len(text) > 50_000
    assert marked(voice, text, "en") == text.replace(".", "").split()


@pytest.mark.parametrize(
    "language", ["zh", "en", "ja", "ko", "ru", "fr", "de", "es", "it", "pt", "ar", "nb", "no"]
)
def test_languages_people_write_are_spoken(voice, language):
    assert any(language in one.languages or language == "nb" for one in voice.voices())
    (made, *_rest) = [one for one in voice.speak([Spoken("OK", language)]) if not isinstance(one, Mark)]
    assert isinstance(made, Sound)


def test_chinese_is_read_and_not_spelled_out(seconds):
    assert seconds("今天天气很好", "zh") < 0.75 * seconds("今天天气很好", "en")


def test_an_unknown_language_is_read_as_english_and_a_region_as_its_language(seconds):
    sentence = "The weather is rather pleasant today."
    assert abs(seconds(sentence, "xx") - seconds(sentence, "en")) < 0.03
    assert abs(seconds(sentence, "fr-XX") - seconds(sentence, "fr")) < 0.03
    assert abs(seconds(sentence, "fr") - seconds(sentence, "en")) > 0.1


def test_another_person_speaks_when_asked_for(voice):
    def sound(name):
        made = voice.speak([Spoken("Hello there.", "en", voice=name)])
        return b"".join(one.samples for one in made if isinstance(one, Sound))

    assert len({sound(name) for name in ("en-us", "en-us+f3", "en-gb", "EN-GB+m2")}) == 4


@pytest.mark.parametrize("manner", [{}, {"rate": 80}, {"rate": 900}, {"pitch": 0}, {"pitch": 100}])
def test_nothing_is_clipped(voice, manner):
    for text, language in (("Papa, attack! Oh, AAAH!", "en"), ("爸爸，啊！太好了！", "zh")):
        made = voice.speak([Spoken(text, language, **manner)])
        samples = memoryview(b"".join(one.samples for one in made if isinstance(one, Sound))).cast("h")
        assert max(samples) < 32767
        assert min(samples) > -32768


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=60), st.sampled_from(["en", "zh", "ru"]))
@example("\ud800\0\x1b[31m\udfff", "zh")
@example("[[h@'loU]] <speak> &amp; \u202e", "en")
def test_any_characters_are_said_or_passed_over(voice, text, language):
    process = voice.pid
    end = 0
    for made in voice.speak([Spoken(text, language, rate=900)]):
        assert not isinstance(made, Unspoken)
        if isinstance(made, Mark):
            assert end <= made.start < made.end <= len(text)
            end = made.end
    assert process is None or voice.pid == process


@pytest.mark.parametrize("engine", ["espeak", "pyttsx3", "piper", "silent"])
def test_its_library_is_never_loaded_where_the_program_is(engine):
    """Its licence asks for that, and so do its crashes."""
    program = (
        "import sys, barrierfree.speech.voice as voice\n"
        "from barrierfree.speech.synthesizer import Spoken\n"
        f"with voice.Voice({engine!r}) as one:\n"
        "    assert list(one.speak([Spoken('Hello', 'en')])) and one.voices()\n"
        "print(open('/proc/self/maps').read(), *sys.modules, sep='\\n')"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, "")
    loaded = r"libespeak|libonnx|^(pyttsx3|piper|espeakng_loader|numpy|urllib\.request)$"
    assert not re.search(loaded, ran.stdout, re.MULTILINE)
