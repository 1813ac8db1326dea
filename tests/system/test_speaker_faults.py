"""Voices are killed, loudspeakers go, crowds talk at once: nothing hangs, is lost, or said twice."""

import os
import random
import signal
import threading
import time
from collections import Counter

import pytest
from tests.conftest import missing

from barrierfree.audio import devices
from barrierfree.plugins import load_engine
from barrierfree.speech.speaker import Speaker
from barrierfree.speech.utterance import Priority, Utterance

pytestmark = pytest.mark.slow

SECONDS = float(os.environ.get("BARRIERFREE_CROWD_SECONDS", "10"))
"""How long the crowd talks."""
ALPHABET = [
    *("alfa", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel"),
    *("india", "juliett", "kilo", "lima", "mike", "november", "oscar", "papa"),
]


@pytest.fixture(autouse=True)
def null_device(monkeypatch):
    monkeypatch.setenv("BARRIERFREE_AUDIO", "null")


def words_by_ticket(events):
    """What was heard of each utterance, in order, and its other events."""
    words, states = {}, {}
    for event in events:
        if event.kind == "word":
            text = event.ticket.utterance.text
            words.setdefault(event.ticket, []).append(text[event.start : event.end])
        else:
            states.setdefault(event.ticket, []).append(event.kind)
    return words, states


def all_of(events):
    return iter(lambda: events.get(0.1), None)


def kill(speaker):
    """Kill the process that speaks, if there is one just now."""
    pid = speaker._voice.pid
    if pid:
        os.kill(pid, signal.SIGKILL)
    return bool(pid)


def test_a_voice_that_is_killed_a_hundred_times_says_everything_once():
    chance = random.Random(1)
    with Speaker(engine="silent", rate=900) as speaker:
        events = speaker.events()
        killed = 0
        tickets = []
        while killed < 100:
            words = chance.sample(ALPHABET, 4)
            tickets.append(speaker.say(" ".join(words)))
            time.sleep(chance.choice([0, 0.001, 0.003, 0.01, 0.05, 0.2]))
            killed += kill(speaker)
            assert tickets[-1].wait(20)
        assert speaker.wait(20)
        words, _states = words_by_ticket(all_of(events))
    assert {ticket.state for ticket in tickets} == {"done"}
    assert [words[ticket] for ticket in tickets] == [ticket.utterance.text.split() for ticket in tickets]


def test_a_voice_that_is_killed_in_the_middle_of_a_long_text_goes_on():
    text = " ".join(f"{word} {other}.".capitalize() for word in ALPHABET for other in ALPHABET[:8])
    with Speaker(engine="silent", rate=900) as speaker:
        events = speaker.events()
        ticket = speaker.say(text)
        killed = 0
        while not ticket.wait(1.0):
            # A voice that dies twice over the same sentence gives it up, so each gets time to go on.
            pid = speaker._voice.pid
            killed += kill(speaker)
            while speaker._voice.pid in {pid, None} and not ticket.wait(0.1):
                pass
        words, _states = words_by_ticket(all_of(events))
    assert killed > 3
    assert (ticket.state, ticket.error) == ("done", None)
    assert words[ticket] == text.replace(".", "").split()


def test_a_real_voice_that_is_killed_says_the_sentence_again():
    if not load_engine("synthesizer", "espeak").available():
        missing("espeak-ng: pip install 'barrierfree[voice]'")
    chance = random.Random(2)
    with Speaker(engine="espeak", rate=600) as speaker:
        events = speaker.events()
        tickets = []
        for _time in range(10):
            tickets.append(speaker.say(" ".join(chance.sample(ALPHABET, 5))))
            time.sleep(chance.choice([0, 0.001, 0.003, 0.05]))
            kill(speaker)
            assert tickets[-1].wait(20)
        words, _states = words_by_ticket(all_of(events))
    assert {ticket.state for ticket in tickets} == {"done"}
    assert [words[ticket] for ticket in tickets] == [ticket.utterance.text.split() for ticket in tickets]


def test_a_loudspeaker_that_goes_and_comes_back_loses_no_word(monkeypatch):
    opened = []
    real = devices._OPEN["null"]

    def opening(*arguments):
        opened.append(real(*arguments))
        return opened[-1]

    monkeypatch.setitem(devices._OPEN, "null", opening)
    with Speaker(engine="silent", rate=525) as speaker:
        events = speaker.events()
        ticket = speaker.say(" ".join(ALPHABET))
        for gone in range(3):
            time.sleep(0.5)
            opened[-1].stop()  # behind everybody's back, as when a plug is pulled
            deadline = time.monotonic() + 10
            while len(opened) < gone + 2:
                assert time.monotonic() < deadline
                time.sleep(0.01)
        assert ticket.wait(20)
        words, _states = words_by_ticket(all_of(events))
    assert (ticket.state, ticket.error) == ("done", None)
    assert words[ticket] == ALPHABET


def test_a_thousand_utterances_are_all_heard():
    with Speaker(engine="silent", rate=900) as speaker:
        events = speaker.events()
        tickets = [speaker.say(ALPHABET[number % 4][:2]) for number in range(1000)]
        assert speaker.wait(120)
        words, _states = words_by_ticket(all_of(events))
    assert {ticket.state for ticket in tickets} == {"done"}
    assert [words[ticket] for ticket in tickets] == [[ticket.utterance.text] for ticket in tickets]


def test_ten_thousand_waiting_do_not_make_silence_late():
    with Speaker(engine="silent") as speaker:
        speaker.ready()
        tickets = [speaker.say("some words to say") for _time in range(10_000)]
        time.sleep(0.3)
        began = time.perf_counter()
        speaker.cancel()
        assert time.perf_counter() - began < 0.5
        assert {ticket.state for ticket in tickets} == {"cancelled"}
        assert speaker.say("x").wait(2)


def test_a_crowd_that_talks_and_cancels_leaves_nothing_undone():
    tickets = []

    def behave(number):
        chance = random.Random(number)
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            what = chance.random()
            if what < 0.80:
                words = " ".join(chance.sample(ALPHABET, chance.randint(1, 3)))
                expires = chance.choice([None, None, None, lambda: chance.random() < 0.01])
                tickets.append(
                    speaker.say(Utterance(words, priority=chance.choice([*Priority]), expires=expires))
                )
            elif what < 0.83:
                speaker.cancel()
            elif what < 0.88:
                speaker.pause()
                speaker.resume()
            elif what < 0.94:
                speaker.rate = chance.choice([600, 700, 900])
            else:
                chance.choice(tickets).wait(0.05) if tickets else None
            time.sleep(chance.random() * 0.3)

    with Speaker(engine="silent", rate=900) as speaker:
        events = speaker.events()
        threads = [threading.Thread(target=behave, args=(number,)) for number in range(50)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SECONDS + 30)
        assert not any(thread.is_alive() for thread in threads)
        time.sleep(1)
        speaker.cancel()
        assert speaker.wait(5)
        last = speaker.say("alfa")
        assert last.wait(5)
        words, states = words_by_ticket(all_of(events))
    assert {ticket.state for ticket in tickets} <= {"done", "cancelled", "dropped"}
    assert Counter(ticket.state for ticket in tickets)["done"] > 10
    for ticket in tickets:
        happened = states[ticket]
        assert [kind for kind in happened if kind not in {"speaking", "waiting"}] == [ticket.state]
        if ticket.state == "done":
            heard, wanted = words[ticket], ticket.utterance.text.split()
            assert list(dict.fromkeys(heard)) == wanted
            # Only the word that was being said is said again when an interruption is over.
            assert len(heard) <= len(wanted) + happened.count("waiting")
