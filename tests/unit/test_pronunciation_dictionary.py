"""The user's own words come first, and no mistake in their file goes by without its line being named."""

import time

import pytest

from barrierfree.errors import SettingsError
from barrierfree.speech.pronunciation import Reading, load_dictionary, read_dictionary, spoken

pytestmark = pytest.mark.usefixtures("little_memory")


def said(text, entries, language="en", **settings):
    reading = Reading(language=language, dictionary=read_dictionary(entries), **settings)
    return "".join(f"[{run.language}]{run.text}" for run in spoken(text, reading))


@pytest.mark.parametrize(
    ("entries", "text", "words"),
    [
        ("nginx = engine x", "Start nginx now", "[en]Start engine x now"),
        ("nginx = engine x", "Start NGINX, now", "[en]Start engine x, now"),
        ("SQL = sequel", "SQL and sql", "[en]sequel and sql"),
        ("cat = dog", "cat concat cats cat.", "[en]dog concat cats dog."),
        ("New York = the city\nNew = fresh", "New York, New Jersey", "[en]the city, fresh Jersey"),
        ("C3PO = see three P O", "C3PO", "[en]see three P O"),
        (":-) = smiling", "fine :-) ok", "[en]fine smiling ok"),
        ("行 = 航", "银行在那里", "[zh]银航在那里"),
        ("readme = 说明", "打开 readme 吧", "[zh]打开 说明 吧"),
        ("/(\\d+)Gi\\b/ = \\1 gibibytes", "needs 16Gi free", "[en]needs sixteen gibibytes free"),
        ("/[A-Z]{2}-\\d+/ = ticket", "see AB-123 and CD-4", "[en]see ticket and ticket"),
        ("a/b = slashed", "a/b", "[en]slashed"),
        ("silly =", "a silly word", "[en]a word"),
        ("5 = five hundred", "5 and 15", "[en]five hundred and fifteen"),
        ("# a comment\n\n#\nx = y", "x", "[en]y"),
        ("#5 = the fifth", "#5", "[en]the fifth"),
        ("100% = all of it", "100% sure", "[en]all of it sure"),
    ],
)
def test_entries_replace_what_they_name(entries, text, words):
    assert said(text, entries) == words


def test_entries_of_a_section_hold_in_sentences_of_that_language():
    entries = "[zh]\nOK = 好\n[en]\nOK = okay\n[all]\nqt = cute"
    assert said("请按 OK 按钮。Press OK, qt.", entries) == "[zh]请按 好 按钮。[en]Press okay, cute."


def test_a_replaced_word_is_found_in_the_text_whole():
    text = "say k8s twice"
    (run,) = spoken(text, Reading(dictionary=read_dictionary("k8s = kubernetes 3 times")))
    at = run.text.index("times")
    assert run.text == "say kubernetes three times twice"
    start, end = run.source_span(0, at)
    assert text[start:end] == "say k8s"
    at = run.text.index("twice")
    assert run.source_span(at, at + 5) == (8, 13)


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path):
    file = tmp_path / "words.txt"
    file.write_bytes("\ufeffnginx = engine x\r\n[zh]\r\n行 = 航\r\n".encode())
    dictionary = load_dictionary(file)
    assert next(spoken("nginx", Reading(dictionary=dictionary))).text == "engine x"


@pytest.mark.parametrize(
    ("entries", "line", "about"),
    [
        ("x = y\nnonsense", 2, "nonsense"),
        ("= nothing", 1, "no entry"),
        ("[fr]\nx = y", 1, "fr"),
        ("a = b\n\n/(unclosed/ = x", 3, "regular expression"),
        ("/(a)/ = \\2", 1, "regular expression"),
        ("/a/ = \\q", 1, "regular expression"),
        ("/(a+)+$/ = x", 1, "for ever"),
        ("/(a|a)*b/ = x", 1, "for ever"),
        ("/(a?){30}a{30}/ = x", 1, "for ever"),
        ("/(?:\\w+\\s*)*=/ = x", 1, "for ever"),
        ("/.*.*.*.*x/ = x", 1, "for ever"),
        ("/" + "(" * 500 + ")" * 500 + "/ = x", 1, "regular expression"),
        ("\x1b[31m", 1, "no entry"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(tmp_path, entries, line, about):
    file = tmp_path / "words.txt"
    file.write_text(entries, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_dictionary(file)
    assert f"{file}, {line}" in caught.value.message
    assert about in caught.value.message
    assert caught.value.hint
    assert "\n" not in caught.value.message
    assert "\x1b" not in caught.value.message


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00broken", "folder"])
def test_a_file_that_cannot_be_read_is_told(tmp_path, content):
    file = tmp_path / "words.txt"
    if content == "folder":
        file.mkdir()
    elif content:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match="cannot be read"):
        load_dictionary(file)


@pytest.mark.parametrize(
    "expression",
    [r"\d+", r"(?:\d{1,3}\.){3}\d{1,3}", r"(cat|dog)s?", r"\b(\w+) \1\b", r"(?:ab)+", r"a*a*a*$", "(?i)x"],
)
def test_ordinary_expressions_are_taken_and_quick(expression):
    dictionary = read_dictionary(f"/{expression}/ = x")
    began = time.process_time()
    for text in ("a" * 20_000, "ab" * 10_000, "word " * 4000, "1.1.1." * 3000):
        for _run in spoken(text, Reading(dictionary=dictionary)):
            pass
    assert time.process_time() - began < 30


def test_ten_thousand_words_do_not_slow_a_text_down():
    dictionary = read_dictionary("\n".join(f"word{number} = thing" for number in range(10_000)))
    text = "This is word77 in a sentence of ordinary words. " * 500
    began = time.process_time()
    runs = list(spoken(text, Reading(dictionary=dictionary)))
    assert runs[0].text == "This is thing in a sentence of ordinary words."
    assert time.process_time() - began < 2
