"""What a speaker promises, with a real voice process that says silence and a device that only keeps time."""

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest

import barrierfree as bf
from barrierfree.audio import devices
from barrierfree.errors import EngineNotInstalled, NoAudioDevice, SettingsError, UnknownEngine
from barrierfree.speech.speaker import Speaker
from barrierfree.speech.utterance import InLanguage, Pause, Priority, Utterance
from barrierfree.testing import capture_speech

NOW, NEXT, NORMAL, PROGRESS = Priority.NOW, Priority.NEXT, Priority.NORMAL, Priority.PROGRESS
WORDS = "one two three four five six seven eight nine ten eleven twelve"


@pytest.fixture(autouse=True)
def null_device(monkeypatch):
    monkeypatch.setenv("BARRIERFREE_AUDIO", "null")
    for name in ("SPEECH_ENGINE", "SPEECH_LOG"):
        monkeypatch.delenv(f"BARRIERFREE_{name}", raising=False)


@pytest.fixture
def speaker():
    """At this rate a character takes 20 ms."""
    speaker = Speaker(engine="silent", rate=525)
    speaker.ready()
    yield speaker
    speaker.close()


class Listener:
    """Notes every event, and can wait for a word."""

    def __init__(self, speaker):
        self.events = speaker.events()
        self.noted = []

    def until(self, word, kind="word"):
        while event := self.events.get(5):
            self.noted.append(event)
            if event.kind == kind and (kind != "word" or text_of(event) == word):
                return event
        raise AssertionError(f"{word} was not heard, but {self.words}")

    def rest(self):
        while event := self.events.get(0.05):
            self.noted.append(event)
        return self

    @property
    def words(self):
        return [text_of(event) for event in self.noted if event.kind == "word"]

    @property
    def states(self):
        return [(event.ticket.utterance.text, event.kind) for event in self.noted if event.kind != "word"]


def text_of(event):
    return event.ticket.utterance.text[event.start : event.end]


# --- one after another


def test_it_says_what_it_is_given_in_turn(speaker):
    listener = Listener(speaker)
    first, second = speaker.say("Hello there."), speaker.say(Utterance("Good", "bye"))
    assert speaker.busy
    assert speaker.wait(10)
    assert not speaker.busy
    assert (first.state, second.state, first.error) == ("done", "done", None)
    assert listener.rest().words == ["Hello", "there", "Good", "bye"]
    assert listener.states == [
        (text, kind) for text in ("Hello there.", "Good bye") for kind in ("speaking", "done")
    ]
    assert [said.text for said in speaker.history] == ["Hello there.", "Good bye"]


def test_it_takes_as_long_as_the_sound_does(speaker):
    began = time.monotonic()
    speaker.say("a" * 50).wait()  # 1 s
    speaker.say(Utterance(Pause(0.5))).wait()
    assert 1.4 < time.monotonic() - began < 2.2


def test_saying_returns_at_once_however_long_the_text(speaker):
    book = "It was a dark and stormy night. " * 150_000
    speaker.say("x")  # whatever is loaded the first time
    began = time.perf_counter()
    for _time in range(100):
        speaker.say(book)
    assert time.perf_counter() - began < 0.1
    speaker.cancel()


def test_ten_thousand_wait_their_turn_and_none_is_lost():
    with capture_speech() as speech, Speaker(rate=900) as speaker:
        tickets = [speaker.say(f"Number {number}.") for number in range(10_000)]
        assert speaker.wait(60)
    assert speech.texts == [f"Number {number}." for number in range(10_000)]
    assert {ticket.state for ticket in tickets} == {"done"}


def test_a_word_is_told_by_its_place_in_what_was_written(speaker):
    listener = Listener(speaker)
    speaker.say(Utterance("在 45 页", InLanguage("OK", "en"), Pause(0.1), "$20!")).wait()
    assert list(dict.fromkeys(listener.rest().words)) == ["在", "45", "页", "OK", "$20"]


def test_words_are_told_when_they_are_heard(speaker):
    listener = Listener(speaker)
    speaker.say("one twothreefourfive six")
    listener.until("one")
    began = time.monotonic()
    listener.until("six")
    assert 0.35 < time.monotonic() - began < 0.6  # 21 characters, 20 ms each


# --- urgent, and less than that


def test_now_interrupts_and_the_rest_goes_on_once_from_the_word_heard_last(speaker):
    listener = Listener(speaker)
    long = speaker.say(WORDS)
    listener.until("four")
    fire = speaker.say("fire", priority=NOW)
    began = time.monotonic()
    listener.until("fire")
    assert time.monotonic() - began < 0.2
    assert speaker.wait(10)
    assert (long.state, fire.state) == ("done", "done")
    words = listener.rest().words
    at = words.index("fire")
    before, after = words[:at], words[at + 1 :]
    assert before[-1] == after[0]
    assert before + after[1:] == WORDS.split()
    assert [said.text for said in speaker.history] == [WORDS, "fire"]


def test_a_rest_that_is_interrupted_again_goes_on_again(speaker):
    listener = Listener(speaker)
    speaker.say(WORDS)
    for word, alarm in (("two", "fire"), ("five", "water"), ("eight", "storm")):
        listener.until(word)
        speaker.say(alarm, priority=NOW)
        listener.until(alarm)
    assert speaker.wait(10)
    words = [word for word in listener.rest().words if word not in {"fire", "water", "storm"}]
    assert list(dict.fromkeys(words)) == WORDS.split()
    assert len(listener.words) <= 3 + 12 + 3


def test_what_is_interrupted_before_it_is_heard_is_said_whole(speaker):
    listener = Listener(speaker)
    for word in WORDS.split():
        speaker.say(f"{word} {word}s")
        speaker.say("now", priority=NOW)
    assert speaker.wait(30)
    words = [word for word in listener.rest().words if word != "now"]
    assert list(dict.fromkeys(words)) == [one for word in WORDS.split() for one in (word, f"{word}s")]
    assert listener.words.count("now") == 12


def test_a_now_waits_for_a_now(speaker):
    listener = Listener(speaker)
    speaker.say("alpha bravo", priority=NOW)
    listener.until("alpha")
    speaker.say("charlie", priority=NOW)
    assert speaker.wait(5)
    assert listener.rest().words == ["alpha", "bravo", "charlie"]


def test_next_comes_before_normal_and_of_progress_only_the_latest_is_said(speaker):
    listener = Listener(speaker)
    speaker.say("first")
    listener.until("first")
    speaker.say("last")
    tickets = [speaker.say(f"{number} percent", priority=PROGRESS) for number in range(10)]
    speaker.say("next", priority=NEXT)
    assert speaker.wait(10)
    said = [text for text, kind in listener.rest().states if kind == "done"]
    assert said == ["first", "next", "last", "9 percent"]
    assert {ticket.state for ticket in tickets[:-1]} == {"dropped"}


def test_what_has_expired_is_not_said(speaker):
    listener = Listener(speaker)
    focus = {"at": "button"}
    speaker.say("something long enough")
    gone = speaker.say("button", expires=lambda: focus["at"] != "button")
    stays = speaker.say("list", expires=lambda: focus["at"] != "list")
    focus["at"] = "list"
    assert speaker.wait(10)
    assert (gone.state, stays.state) == ("dropped", "done")
    assert "button" not in listener.rest().words
    assert "button" not in [said.text for said in speaker.history]


def test_what_expires_while_it_is_said_stops(speaker):
    listener = Listener(speaker)
    focus = {"at": "button"}
    ticket = speaker.say(WORDS, expires=lambda: focus["at"] != "button")
    listener.until("two")
    focus["at"] = "list"
    began = time.monotonic()
    assert ticket.wait(5)
    assert time.monotonic() - began < 0.4
    assert ticket.state == "dropped"
    assert "six" not in listener.rest().words


def test_who_cannot_say_whether_it_has_expired_is_heard(speaker):
    ticket = speaker.say("still heard", expires=lambda: 1 / 0)
    assert ticket.wait(5)
    assert ticket.state == "done"


# --- silence


def test_cancel_is_silence_at_once_and_nothing_that_waited_is_said(speaker, monkeypatch):
    listener = Listener(speaker)
    tickets = [speaker.say(WORDS) for _time in range(500)]
    listener.until("two")
    began = time.perf_counter()
    speaker.cancel()
    assert time.perf_counter() - began < 0.05
    assert {ticket.state for ticket in tickets} == {"cancelled"}
    assert speaker.wait(1)
    after = speaker.say("after")
    assert after.wait(2)
    assert listener.rest().words[-1] == "after"
    assert len(listener.words) < 6
    assert len(speaker.history) == 2


def test_cancel_with_nothing_to_say_does_nothing(speaker):
    for _time in range(10):
        speaker.cancel()
    assert speaker.say("hello").wait(2)


def test_a_pause_loses_nothing(speaker):
    listener = Listener(speaker)
    ticket = speaker.say(WORDS)
    listener.until("three")
    speaker.pause()
    waiting = speaker.say("after")
    assert speaker.paused
    assert not speaker.wait(0.4)
    assert (ticket.state, waiting.state) == ("speaking", "waiting")
    assert len(listener.rest().words) < 5
    speaker.resume()
    assert speaker.wait(10)
    assert listener.rest().words == [*WORDS.split(), "after"]


def test_what_is_said_in_a_pause_waits_even_if_it_is_urgent(speaker):
    listener = Listener(speaker)
    speaker.say(WORDS)
    listener.until("two")
    speaker.pause()
    speaker.say("fire", priority=NOW)
    assert not speaker.wait(0.3)
    assert "fire" not in listener.rest().words
    speaker.resume()
    assert speaker.wait(10)
    before = listener.rest().words.index("fire")
    words = WORDS.split()
    assert list(dict.fromkeys(listener.words)) == [*words[:before], "fire", *words[before:]]


def test_cancelling_in_a_pause_leaves_it_paused(speaker):
    speaker.pause()
    gone = speaker.say("gone")
    speaker.cancel()
    waits = speaker.say("waits")
    assert not waits.wait(0.2)
    speaker.resume()
    assert waits.wait(2)
    assert (gone.state, waits.state) == ("cancelled", "done")


# --- how it sounds


def test_a_change_of_rate_is_heard_from_the_word_that_is_being_said(speaker):
    listener = Listener(speaker)
    speaker.rate = 80
    speaker.say(WORDS)
    listener.until("one")
    began = time.monotonic()
    speaker.rate = 900
    assert speaker.rate == 900
    assert speaker.wait(10)
    assert time.monotonic() - began < 1.5  # at 80 it would have been 8 s
    words = listener.rest().words
    assert list(dict.fromkeys(words)) == WORDS.split()
    assert len(words) <= 13


def test_what_has_a_rate_of_its_own_is_not_touched(speaker):
    listener = Listener(speaker)
    speaker.say(WORDS, rate=525)
    listener.until("two")
    speaker.rate = 900
    speaker.pitch, speaker.volume, speaker.voice = 30, 70, "silent"
    assert speaker.wait(10)
    assert (speaker.pitch, speaker.volume, speaker.voice) == (30, 70, "silent")
    assert [text for text, kind in listener.rest().states if kind == "waiting"] == [WORDS]


def test_the_voice_is_told_what_was_chosen():
    with capture_speech() as speech, Speaker(rate=300, pitch=10, volume=20, language="zh") as speaker:
        speaker.say("1", rate=400)
        speaker.wait()
        speaker.volume = 30
        speaker.say("2")
    one, two = speech.stretches
    assert (one.text, one.language, one.rate, one.pitch, one.volume) == ("一", "zh", 400, 10, 20)
    assert (two.text, two.rate, two.volume) == ("二", 300, 30)


@pytest.mark.parametrize(
    "wrong", [{"rate": 79}, {"rate": 901}, {"pitch": -1}, {"volume": 101}, {"punctuation": "every"}]
)
def test_numbers_out_of_range_are_mistakes_of_the_programmer(wrong, speaker):
    with pytest.raises(ValueError):
        Speaker(engine="silent", **wrong)
    for name, value in wrong.items():
        if name != "punctuation":
            with pytest.raises(ValueError):
                speaker.say("x", **wrong)
            with pytest.raises(ValueError):
                setattr(speaker, name, value)


# --- afterwards


def test_it_remembers_finds_and_repeats(speaker):
    assert speaker.repeat() is None
    speaker.say("Mail from Ann", reason="mail")
    speaker.say("Mail from Bob", expires=lambda: False)
    speaker.wait()
    assert [said.text for said in speaker.history.search("mail")] == ["Mail from Bob", "Mail from Ann"]
    again = speaker.repeat()
    assert again.wait(5)
    assert (again.state, again.utterance.text, again.utterance.priority) == ("done", "Mail from Bob", NOW)
    assert speaker.history.search("ann")[0].utterance.reason == "mail"


def test_a_log_has_a_line_for_each_utterance_when_it_begins(tmp_path, monkeypatch):
    monkeypatch.setenv("BARRIERFREE_SPEECH_LOG", str(tmp_path / "log"))
    monkeypatch.setenv("BARRIERFREE_SPEECH_ENGINE", "silent")
    with Speaker(rate=900, language="zh_CN") as speaker:
        speaker.say("你好", reason="greeting")
        listener = Listener(speaker)
        speaker.say(WORDS, language="en")
        listener.until("two")
        speaker.say("now", priority=NOW)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text("utf-8").splitlines()]
    keys = ("text", "language", "priority", "reason", "engine")
    assert [tuple(line[key] for key in keys) for line in lines] == [
        ("你好", "zh", "NORMAL", "greeting", "silent"),
        (WORDS, "en", "NORMAL", "", "silent"),
        ("now", "zh", "NOW", "", "silent"),
    ]


# --- trouble


def test_an_engine_that_is_not_there_is_an_error_at_once(monkeypatch):
    with pytest.raises(UnknownEngine):
        Speaker(engine="no such engine")
    monkeypatch.setattr("barrierfree.speech.engines.espeak.EspeakSynthesizer.available", lambda: False)
    with pytest.raises(EngineNotInstalled) as caught:
        Speaker(engine="espeak")
    assert "pip install 'barrierfree[voice]'" in caught.value.hint


def test_without_a_device_the_ticket_says_so_and_later_there_may_be_one(monkeypatch):
    real = devices._OPEN["null"]

    def gone(*_arguments):
        raise OSError("unplugged")

    monkeypatch.setitem(devices._OPEN, "null", gone)
    with Speaker(engine="silent", rate=900) as speaker:
        with pytest.raises(NoAudioDevice):
            speaker.ready()
        ticket = speaker.say("nobody hears this")
        assert ticket.wait(5)
        assert (ticket.state, type(ticket.error)) == ("failed", NoAudioDevice)
        assert ticket.error.hint
        monkeypatch.setitem(devices._OPEN, "null", real)
        assert speaker.say("but this").wait(5)
        assert speaker.ready()
        assert speaker.history.last.text == "but this"


def test_a_wrong_name_of_a_device_is_an_error_of_the_settings(monkeypatch):
    monkeypatch.setenv("BARRIERFREE_AUDIO", "gramophone")
    with Speaker(engine="silent") as speaker, pytest.raises(SettingsError, match="gramophone"):
        speaker.ready()


def test_closing_is_silence_and_afterwards_nothing_can_be_said():
    speaker = Speaker(engine="silent")
    ticket = speaker.say(WORDS)
    events = speaker.events()
    speaker.close()
    speaker.close()
    assert ticket.state == "cancelled"
    assert [event.kind for event in events][-1] == "cancelled"
    assert events.get() is None
    assert list(speaker.events()) == []
    with pytest.raises(RuntimeError, match="closed"):
        speaker.say("too late")
    speaker.cancel()
    speaker.rate = 300
    assert speaker.wait(1)


def test_leaving_its_context_waits_but_not_after_an_error():
    with Speaker(engine="silent", rate=525) as speaker:
        ticket = speaker.say("to the end")
    assert ticket.state == "done"
    with suppress(KeyboardInterrupt), Speaker(engine="silent") as speaker:
        ticket = speaker.say(WORDS)
        raise KeyboardInterrupt
    assert ticket.state == "cancelled"


def test_it_leaves_no_thread_and_no_process_behind():
    before = set(threading.enumerate())
    with Speaker(engine="silent", rate=900) as speaker:
        speaker.events()
        speaker.say("hello")
    assert set(threading.enumerate()) <= before


# --- from anywhere


def test_many_threads_may_speak_at_once(speaker):
    tickets = []

    def talk(number):
        tickets.extend(speaker.say(f"t{number}w{word}", rate=900) for word in range(5))

    threads = [threading.Thread(target=talk, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert speaker.wait(30)
    assert {ticket.state for ticket in tickets} == {"done"}
    said = [said.text for said in speaker.history]
    assert sorted(said) == sorted(f"t{number}w{word}" for number in range(10) for word in range(5))
    for number in range(10):
        of_one = [text for text in said if text.startswith(f"t{number}w")]
        assert of_one == [f"t{number}w{word}" for word in range(5)]


def test_in_asyncio_nothing_blocks_and_tickets_can_be_awaited(speaker):
    async def main():
        lags = []

        async def tick():
            while True:
                began = time.perf_counter()
                await asyncio.sleep(0.005)
                lags.append(time.perf_counter() - began - 0.005)

        ticking = asyncio.create_task(tick())
        states = [await speaker.say("hello"), await speaker.say("there")]
        waits = speaker.say(WORDS * 100)
        await asyncio.sleep(0.1)
        speaker.cancel()
        states.append(await waits)
        ticking.cancel()
        return states, sorted(lags)

    states, lags = asyncio.run(main())
    assert states == ["done", "done", "cancelled"]
    assert lags[int(0.95 * len(lags))] < 0.03


def test_a_busy_textual_app_can_speak(speaker):
    from textual.app import App
    from textual.widgets import Label

    class Busy(App):
        def compose(self):
            yield Label("0")

        def on_mount(self):
            self.count = 0
            self.set_interval(0.005, self.work)

        def work(self):
            self.count += sum(range(2000)) > 0
            self.query_one(Label).update(str(self.count))

    async def main():
        app = Busy()
        async with app.run_test():
            state = await speaker.say("hello from the app")
            return state, app.count

    state, count = asyncio.run(main())
    assert state == "done"
    assert count > 10


def test_the_short_way_to_say_something(tmp_path, monkeypatch):
    with capture_speech() as speech:
        assert bf.say("Hello").wait(5)
        assert bf.say(bf.Utterance("A", bf.pause(0.1), bf.spell("b")), priority=bf.Priority.NEXT).wait(5)
        assert speech.texts == ["Hello", "A b"]
        assert speech.wait_for("A b")
        assert not speech.wait_for("nothing of the kind", 0.05)
    with capture_speech() as speech:
        assert speech.said == []


def test_a_program_ends_only_when_all_is_said(tmp_path):
    began = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-c", "import barrierfree as bf; bf.say('a' * 40); print('end')"],
        env={**os.environ, "BARRIERFREE_SPEECH_ENGINE": "silent"},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "end\n", "")
    assert time.monotonic() - began > 40 * 0.06
