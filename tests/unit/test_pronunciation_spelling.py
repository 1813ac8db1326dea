"""Every character can be spelt, so that it cannot be mistaken for another."""

import sys
import unicodedata

import pytest

from barrierfree.errors import EngineNotInstalled
from barrierfree.speech.pronunciation import Reading, spell

pytestmark = pytest.mark.usefixtures("little_memory")


def spelt(text, language="en", *, capitals="word", **how):
    reading = Reading(language=language, capitals=capitals)
    return "".join(f"[{run.language}]{run.text}" for run in spell(text, reading, **how))


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("cat", "en", "[en]C, A, T"),
        ("Cat", "en", "[en]cap C, A, T"),
        ("A1 b", "en", "[en]cap A, one, space, B"),
        ("a.b@c", "en", "[en]A, dot, B, at, C"),
        ("é", "en", "[en]E acute"),
        ("e\u0301", "en", "[en]E acute"),
        ("ñ", "en", "[en]N tilde"),
        ("\t\n\r", "en", "[en]tab, new line, carriage return"),
        ("\x00\x1b\x07", "en", "[en]null, escape, bell"),
        ("\u200b\u202e", "en", "[en]zero width space, format character"),
        ("\udc80", "en", "[en]unreadable character"),
        ("①½", "en", "[en]one, one half"),
        ("👍🏽!", "en", "[en]thumbs up medium skin tone, exclamation mark"),
        ("мир", "en", "[ru]м, и, р"),
        ("かな", "zh", "[ja]か, な"),
        ("你好", "zh", "[zh]你，好"),
        ("A，1", "zh", "[zh]大写[en]A[zh]逗号，一"),
        ("a b", "zh", "[en]A[zh]空格[en]B"),
        ("→", "zh", "[zh]右箭头"),
        ("", "en", ""),
    ],
)
def test_each_character_has_a_name(text, language, words):
    assert spelt(text, language) == words


def test_capitals_are_told_only_where_asked_for():
    assert spelt("Ab", capitals="no") == "[en]A, B"
    assert spelt("Ab", "zh", capitals="no") == "[en]A, B"


def test_the_spelling_alphabet_is_the_one_of_radio_telephony():
    assert spelt("abcxyz", phonetic=True) == "[en]Alfa, Bravo, Charlie, X-ray, Yankee, Zulu"
    assert spelt("A", phonetic=True) == "[en]cap Alfa"
    assert spelt("a1", phonetic=True) == "[en]Alfa, one"


def test_chinese_characters_are_told_apart_by_a_word():
    assert spelt("银行", "zh", phonetic=True) == "[zh]银行的银，银行的行"
    assert spelt("的", "en", phonetic=True) == "[zh]目的的的"
    assert spelt("重长", "zh", phonetic=True) == "[zh]重要的重，长短的长"


def test_common_characters_all_have_a_word_that_contains_them():
    from barrierfree.speech.pronunciation.characters import word_of

    common = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
    assert all(character in word_of(character) for character in common)
    known = [chr(code) for code in range(0x4E00, 0x9FA6) if word_of(chr(code))]
    assert len(known) > 6000
    assert all(character in word_of(character) and len(word_of(character)) > 1 for character in known)


def test_pinyin_is_spelt_with_its_tone():
    pytest.importorskip("pypinyin")
    assert spelt("行", "zh", pinyin=True) == "[zh]行[en]X I N G[zh]二声"
    assert spelt("银行", "zh", pinyin=True) == "[zh]银[en]Y I N[zh]二声，行[en]H A N G[zh]二声"
    assert spelt("女吗", "zh", pinyin=True) == "[zh]女[en]N V[zh]三声，吗[en]M A[zh]轻声"
    assert spelt("a行", "zh", phonetic=True, pinyin=True).startswith("[en]Alfa[zh]银行的行[en]X I N G")


def test_without_its_package_pinyin_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    with pytest.raises(EngineNotInstalled, match="pypinyin") as caught:
        list(spell("行", pinyin=True))
    assert "pip install" in caught.value.hint


def test_every_character_of_unicode_is_spelt_in_words():
    for code in [*range(0x3100), *range(0x1F000, 0x1FB00), *range(0xD800, 0xE010), *range(0xFE00, 0x10000)]:
        (run, *_rest) = spell(chr(code), Reading(capitals="no"))
        assert run.text.strip()
        assert not any(unicodedata.category(character) in ("Cc", "Cs", "Co") for character in run.text)
        assert run.pieces[0].start == 0
        assert run.pieces[-1].end == 1


def test_what_is_spelt_is_found_in_the_text():
    text = "aé你👍🏽"
    pieces = [piece for run in spell(text) for piece in run.pieces]
    assert [text[piece.start : piece.end] for piece in pieces] == ["a", "é", "你", "👍🏽"]


def test_a_long_text_is_spelt_in_runs_that_can_be_stopped():
    runs = list(spell("a" * 1000))
    assert len(runs) > 1
    assert sum(len(run.pieces) for run in runs) == 1000
