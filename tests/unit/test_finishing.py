"""What an engine heard is finished in the right order, and no later than it must be."""

import pytest

from barrierfree.transcription.finishing import finished
from barrierfree.transcription.job import Choice, Job
from barrierfree.transcription.journal import Recognized
from barrierfree.transcription.transcript import Segment, Word, join_words


def choice(engine, language):
    return Choice(engine, "", None, language, None, "")


def phrase(number, *spoken, language="en", voice=None):
    start = 10.0 * number
    words = tuple(Word(start + at, start + at + 0.9, text, 0.9) for at, text in enumerate(spoken))
    segment = Segment(start, words[-1].end, join_words(words), words, language)
    return Recognized(number, int(16_000 * segment.end), (segment,), (voice,) if voice else ())


def said(phrases, job, chosen):
    return [segment.text for segment in finished(phrases, job, chosen)]


def test_an_engine_without_punctuation_gets_it():
    assert said([phrase(0, "good", "morning")], Job("a.wav"), choice("scripted", "en")) == ["Good morning."]


def test_an_engine_that_punctuates_is_trusted_except_in_chinese():
    whisper = choice("whisper", None)
    heard = [
        phrase(0, "so", "it", "goes"),
        phrase(1, "你好", language="zh"),
        phrase(2, "好，", "再见", language="zh"),
    ]
    assert said(heard, Job("a.wav"), whisper) == ["so it goes", "你好。", "好，再见。"]


def test_figures_are_written_only_when_asked_for():
    heard = [phrase(0, "twenty", "three", "people")]
    scripted = choice("scripted", "en")
    assert said(heard, Job("a.wav"), scripted) == ["Twenty three people."]
    assert said(heard, Job("a.wav", numbers=True), scripted) == ["23 people."]


def test_the_choice_says_the_language_when_a_segment_does_not():
    heard = [phrase(0, "twenty", "three", language=None)]
    assert said(heard, Job("a.wav", numbers=True), choice("scripted", "en")) == ["23."]


def test_phrases_come_out_while_the_recording_goes_on():
    taken = []

    def recording():
        for number in range(3):
            taken.append(number)
            yield phrase(number, "good", "morning")

    stream = finished(recording(), Job("a.wav"), choice("scripted", "en"))
    assert next(stream).text == "Good morning."
    assert taken == [0, 1]


def test_speakers_are_labelled_in_order_of_appearance():
    pytest.importorskip("numpy")
    heard = [
        phrase(0, "good", "morning", "all", voice=(0.0, 1.0)),
        phrase(1, "hello", "there", "everybody", voice=(1.0, 0.0)),
        phrase(2, "how", "are", "you", voice=(0.1, 1.0)),
    ]
    segments = list(finished(heard, Job("a.wav", speakers=True), choice("scripted", "en")))
    assert [segment.speaker for segment in segments] == ["Speaker 1", "Speaker 2", "Speaker 1"]
    assert [segment.text for segment in segments] == [
        "Good morning all.",
        "Hello there everybody.",
        "How are you?",
    ]


def test_without_voices_nobody_is_named():
    (segment,) = finished([phrase(0, "good")], Job("a.wav", speakers=True), choice("scripted", "en"))
    assert segment.speaker is None


def test_nothing_recognised_is_nothing_to_finish():
    assert list(finished([], Job("a.wav", speakers=True, numbers=True), choice("scripted", "en"))) == []
