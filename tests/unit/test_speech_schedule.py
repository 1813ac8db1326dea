"""The order in which utterances are said, and what becomes of their text: rules without threads or sound."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from barrierfree.errors import OutputError
from barrierfree.speech.history import History, Said
from barrierfree.speech.pronunciation import read_dictionary
from barrierfree.speech.recorder import open_recorder
from barrierfree.speech.rendering import Manner, Script, render
from barrierfree.speech.schedule import Schedule, interrupts
from barrierfree.speech.synthesizer import Mark
from barrierfree.speech.ticket import Ticket
from barrierfree.speech.utterance import InLanguage, Pause, Priority, Spelled, Utterance

NOW, NEXT, NORMAL, PROGRESS = Priority.NOW, Priority.NEXT, Priority.NORMAL, Priority.PROGRESS


def filled(*entries):
    waiting = Schedule()
    for name, priority in entries:
        waiting.add(name, priority)
    return waiting


def order(waiting):
    return list(iter(waiting.take, None))


# --- who speaks next


def test_the_urgent_come_first_and_equals_in_the_order_they_came():
    waiting = filled(
        ("a", NORMAL), ("busy", PROGRESS), ("b", NEXT), ("c", NOW), ("d", NORMAL), ("e", NEXT), ("f", NOW)
    )
    assert order(waiting) == ["c", "f", "b", "e", "a", "d", "busy"]


def test_of_progress_only_the_latest_is_said():
    waiting = filled(("10 percent", PROGRESS))
    assert waiting.add("20 percent", PROGRESS) == ["10 percent"]
    assert waiting.add("done", NORMAL) == []
    assert waiting.add("30 percent", PROGRESS) == ["20 percent"]
    assert order(waiting) == ["done", "30 percent"]


def test_what_was_interrupted_goes_on_before_all_that_waited_but_other_nows():
    waiting = filled(("news", NEXT), ("page", NORMAL), ("alarm", NOW))
    assert waiting.put_back("rest", NORMAL) == []
    assert order(waiting) == ["alarm", "rest", "news", "page"]


def test_progress_that_was_interrupted_goes_on_only_when_no_later_one_waits():
    assert filled(("60 percent", PROGRESS)).put_back("50 percent", PROGRESS) == ["50 percent"]
    waiting = filled(("page", NORMAL))
    assert waiting.put_back("50 percent", PROGRESS) == []
    assert waiting.add("60 percent", PROGRESS) == ["50 percent"]
    assert order(waiting) == ["page", "60 percent"]


def test_only_now_interrupts_and_never_another_now():
    for coming in Priority:
        for speaking in Priority:
            assert interrupts(coming, speaking) == (coming is NOW and speaking is not NOW)


@given(st.lists(st.sampled_from(Priority)))
def test_nothing_is_lost_and_nothing_comes_twice(priorities):
    waiting = Schedule()
    superseded = [
        number for place, priority in enumerate(priorities) for number in waiting.add(place, priority)
    ]
    assert len(waiting) == len(priorities) - len(superseded)
    assert sorted(superseded + order(waiting)) == list(range(len(priorities)))
    assert all(priorities[place] is PROGRESS for place in superseded)


def test_clearing_gives_back_all_that_waited():
    waiting = filled(("a", NORMAL), ("b", NOW), ("c", PROGRESS))
    waiting.put_back("rest", NEXT)
    assert waiting.clear() == ["b", "rest", "a", "c"]
    assert len(waiting) == 0
    assert waiting.take() is None


# --- an utterance becomes stretches, and their places are found again


def said(utterance, **manner):
    return [(one.language, one.text) for one in render(utterance, Manner(**manner))]


def test_each_stretch_is_in_one_language_and_knows_its_place():
    utterance = Utterance("请按 OK 按钮。", "Then wait.", language="zh")
    stretches = [one for one in render(utterance, Manner()) if one.text]
    assert [(one.language, one.text) for one in stretches] == [
        ("zh", "请按"), ("en", "OK"), ("zh", "按钮。"), ("en", "Then wait."),
    ]  # fmt: skip
    for one in stretches:
        start, end = one.place(0, len(one.text))
        assert utterance.text[start:end] == one.text


def test_a_word_that_stands_for_a_figure_points_to_the_figure():
    utterance = Utterance("Page", "12 of 340")
    one, two = render(utterance, Manner())
    assert (one.text, two.text) == ("Page", "twelve of three hundred forty")
    start, end = two.place(two.text.index("hundred"), two.text.index("hundred") + 7)
    assert utterance.text[start:end] == "340"


def test_a_voice_breathes_between_sentences_but_not_where_a_pause_is_asked_for():
    manner = Manner()
    utterance = Utterance("One. Two,\n三，four", Pause(1.0), "Five.")
    stretches = list(render(utterance, manner))
    assert [(one.text, one.breath) for one in stretches] == [
        ("One.", 0), ("", 1), ("Two,", 0), ("", 1), ("三，", 0), ("", 0.5), ("four", 0),
        ("", 0), ("Five.", 0),
    ]  # fmt: skip
    pauses = {
        rate: stretches[1].spoken(Utterance("x", rate=rate), manner).pause for rate in (100, 175, 350, 900)
    }
    assert pauses[175] == pytest.approx(0.3)
    assert pauses[100] > 0.6
    assert pauses[350] < 0.12
    assert pauses[900] < 0.03
    assert [one.spoken(utterance, manner).pause for one in stretches if one.pause] == [1.0]


def test_pauses_spelling_and_known_languages_are_heeded():
    utterance = Utterance("Type", Spelled("aB"), Pause(0.5), InLanguage("pain", "fr"))
    assert said(utterance) == [("en", "Type"), ("en", "A, cap B"), ("en", ""), ("fr", "pain")]
    assert [one.pause for one in render(utterance, Manner())] == [0, 0, 0.5, 0]


def test_the_users_dictionary_and_level_of_punctuation_are_heeded():
    dictionary = read_dictionary("nginx = engine x")
    assert said(Utterance("nginx (1)"), dictionary=dictionary, punctuation="most") == [
        ("en", "engine x left paren one right paren")
    ]


def test_what_is_left_of_a_stretch_still_knows_its_place():
    utterance = Utterance("He paid $20 for it.")
    (whole,) = render(utterance, Manner())
    word = whole.text.index("for")
    rest = whole.rest(Mark(word, word + 3, 0))
    assert rest.text == "for it."
    start, end = rest.place(4, 6)
    assert utterance.text[start:end] == "it"
    again = rest.rest(Mark(4, 6, 0))
    assert (again.text, again.place(0, 2)) == ("it.", (start, end))


def test_what_an_utterance_asks_for_comes_before_the_speakers_own():
    manner = Manner(rate=300, volume=40, voice="Bob", voice_languages=("en",))
    (plain,) = render(Utterance("Hello"), manner)
    spoken = plain.spoken(Utterance("Hello"), manner)
    assert (spoken.rate, spoken.pitch, spoken.volume, spoken.voice) == (300, 50, 40, "Bob")
    asked = Utterance("Hello", rate=100, pitch=0, volume=0, voice="Eve", priority=NOW)
    spoken = plain.spoken(asked, manner)
    assert (spoken.rate, spoken.pitch, spoken.volume, spoken.voice) == (100, 0, 0, "Eve")
    assert spoken.priority is NOW


def test_a_voice_is_not_made_to_speak_a_language_it_does_not_know():
    manner = Manner(voice="Bob", voice_languages=("en",))
    utterance = Utterance("你好 Bob")
    assert [one.spoken(utterance, manner).voice for one in render(utterance, manner)] == ["", "Bob"]


def test_requests_are_short_first_and_cover_everything():
    text = "".join(f"This is sentence {'x' * (number % 7)}. " for number in range(300))
    script = Script(Utterance(text), Manner)
    requests = list(iter(script.take, []))
    assert sum(len(one.text) for one in requests[0]) < 200
    assert all(len(request) > 10 for request in requests[1:-1])
    assert " ".join(one.text for request in requests for one in request if one.text) == text.strip()


def test_what_is_put_back_comes_again_before_the_rest():
    script = Script(Utterance("One. Two.", "Three."), Manner)
    first = script.take()
    script.put_back(first[1:])
    assert [one.text for one in script.take() if one.text] == ["Two.", "Three."]
    assert script.take() == []


def test_the_first_stretch_of_a_book_is_made_without_reading_the_book():
    book = Utterance("It was a dark and stormy night. " * 150_000)
    assert Script(book, Manner).take()[0].text == "It was a dark and stormy night."


# --- history and log


def test_history_keeps_the_last_thousand_and_finds_them():
    history = History()
    for number in range(1100):
        history.add(Said(Utterance(f"Message {number}")))
    assert (len(history), history[0].text, history.last.text) == (1000, "Message 100", "Message 1099")
    assert [said.text for said in history.search("MESSAGE 10９")] == [
        *[f"Message {number}" for number in range(1099, 1089, -1)],
        "Message 109",
    ]
    assert history.search("nothing of the kind") == []
    assert [said.text for said in history][-1] == "Message 1099"


def test_nothing_has_been_said_yet():
    assert (len(History()), History().last, History().search("")) == (0, None, [])


def test_a_line_is_written_for_each_utterance(tmp_path):
    recorder = open_recorder(tmp_path / "log.jsonl")
    recorder.add(Said(Utterance("你好\n\ud800", priority=NEXT, reason="focus")), "zh", "espeak")
    recorder.add(Said(Utterance("再见")), "zh", "espeak")
    recorder.close()
    recorder.close()
    recorder.add(Said(Utterance("too late")), "en", "espeak")
    first, second = map(json.loads, (tmp_path / "log.jsonl").read_text("utf-8").splitlines())
    assert datetime.fromisoformat(first.pop("time")).utcoffset() is not None
    assert first == {
        "text": "你好\n\ud800", "language": "zh", "priority": "NEXT", "reason": "focus", "engine": "espeak",
    }  # fmt: skip
    assert second["text"] == "再见"


def test_the_environment_names_a_log_and_a_log_goes_on(tmp_path, monkeypatch):
    assert open_recorder(None) is None
    monkeypatch.setenv("BARRIERFREE_SPEECH_LOG", str(tmp_path / "log.jsonl"))
    for text in ("one", "two"):
        recorder = open_recorder(None)
        recorder.add(Said(Utterance(text)), "en", "silent")
        recorder.close()
    lines = (tmp_path / "log.jsonl").read_text().splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["one", "two"]


def test_a_log_that_cannot_be_written_is_an_error_with_a_hint(tmp_path):
    for path in (tmp_path, tmp_path / "missing" / "log", "nul\0"):
        with pytest.raises(OutputError, match="cannot be written") as caught:
            open_recorder(path)
        assert "BARRIERFREE_SPEECH_LOG" in caught.value.hint


def test_a_full_disk_does_not_stop_speech():
    recorder = open_recorder("/dev/full")
    recorder.add(Said(Utterance("still said")), "en", "silent")
    recorder.close()


# --- tickets


def test_a_ticket_ends_once():
    ticket = Ticket(Utterance("Hello"))
    assert (ticket.state, ticket.is_over, ticket.wait(0)) == ("waiting", False, False)
    ticket.turn("speaking")
    assert ticket.end("done") is True
    assert ticket.end("cancelled") is False
    ticket.turn("waiting")
    assert (ticket.state, ticket.is_over, ticket.wait(), ticket.wait(0)) == ("done", True, True, True)


def test_a_ticket_can_be_awaited_before_and_after_its_end():
    import asyncio

    ticket = Ticket(Utterance("Hello"))

    async def main():
        asyncio.get_running_loop().call_later(0.02, ticket.end, "done")
        return await asyncio.gather(_state(ticket), _state(ticket)), await ticket

    async def _state(ticket):
        return await ticket

    assert asyncio.run(main()) == (["done", "done"], "done")
