"""What a reader promises: what is news is heard, once, in time; what is stale is not; nothing is lost."""

import threading
import time
from dataclasses import replace

import pytest

from barrierfree.errors import BarrierfreeError
from barrierfree.reading.news import fresh_text
from barrierfree.reading.reader import Reader
from barrierfree.reading.settings import KeyEcho, ReadingSettings, Verbosity
from barrierfree.semantics import Editing, Live, Node, Position, Role, State
from barrierfree.speech.speaker import Speaker
from barrierfree.speech.utterance import Priority, Utterance
from barrierfree.testing import capture_speech

SAVE = Node(Role.BUTTON, "Save", key="save")
OPEN = Node(Role.BUTTON, "Open", key="open")
TEA = Node(Role.CHECKBOX, "Tea", states=frozenset({State.UNCHECKED}), key="tea")


class Clock:
    """Stands still until it is moved."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


class Listener:
    """A reader, and what is heard of it."""

    def __init__(self, speech, **settings):
        self.speech = speech
        self.clock = Clock()
        self.speaker = Speaker(log=None)
        self.reader = Reader(self.speaker, ReadingSettings(**settings), clock=self.clock)
        self._heard = 0

    def later(self, seconds):
        """Move the clock, and let what was held back come."""
        self.clock.now += seconds
        self.reader.tick()

    def heard(self):
        """What was said since the last time one asked."""
        assert self.speaker.wait(10)
        texts = self.speech.texts[self._heard :]
        self._heard += len(texts)
        return texts

    def close(self):
        self.reader.close()
        self.speaker.close()


@pytest.fixture
def listen():
    listeners = []
    with capture_speech() as speech:

        def begin(**settings):
            listeners.append(Listener(speech, **settings))
            return listeners[-1]

        yield begin
        for listener in listeners:
            listener.close()


def status(text, live=Live.POLITE, key="status"):
    return Node(Role.STATUS, text, live=live, key=key)


def progress(fraction, key="bar", name="Download"):
    return Node(Role.PROGRESSBAR, name, fraction=fraction, live=Live.POLITE, key=key)


# --- screens and focus


def test_a_screen_says_its_title_and_then_what_has_the_focus(listen):
    one = listen()
    one.reader.screen(Node(Role.WINDOW, "Editor", key="main"))
    one.reader.focus(SAVE)
    assert one.heard() == ["Editor", "Save, button"]


def test_a_dialog_says_its_text_once_though_the_focus_is_in_it(listen):
    one = listen()
    dialog = Node(Role.DIALOG, "Quit", key="quit", children=(Node(Role.TEXT, "Unsaved changes."),))
    one.reader.screen(dialog)
    one.reader.focus(SAVE, within=[dialog])
    assert one.heard() == ["Quit, dialog, Unsaved changes.", "Save, button"]
    one.reader.focus(OPEN, within=[dialog])
    assert one.heard() == ["Open, button"]


def test_coming_back_to_a_screen_says_where_one_is_again(listen):
    one = listen()
    main = Node(Role.WINDOW, "Editor", key="main")
    for screen in (main, Node(Role.DIALOG, "Quit", key="quit"), main):
        one.reader.screen(screen)
        one.reader.focus(SAVE)
        one.heard()
    assert one.speech.texts == [
        "Editor",
        "Save, button",
        "Quit, dialog",
        "Save, button",
        "Editor",
        "Save, button",
    ]


def test_what_was_heard_is_not_said_again(listen):
    one = listen()
    for _time in range(3):
        one.reader.screen(Node(Role.WINDOW, "Editor", key="main"))
        one.reader.focus(TEA)
    assert one.heard() == ["Editor", "Tea, check box, not checked"]


def test_of_the_thing_in_focus_only_the_change_is_said(listen):
    one = listen()
    one.reader.focus(TEA)
    one.reader.focus(replace(TEA, states=frozenset({State.CHECKED})))
    assert one.heard() == ["Tea, check box, not checked", "checked"]


def test_a_group_is_told_when_one_enters_it_and_when_one_comes_back(listen):
    one = listen()
    group = Node(Role.GROUP, "Address", key="group")
    for thing, within in ((SAVE, [group]), (OPEN, [group]), (TEA, []), (SAVE, [group])):
        one.reader.focus(thing, within)
    one.speaker.wait(10)
    for thing, within in ((TEA, []), (SAVE, [group]), (OPEN, [group])):
        one.reader.focus(thing, within)
        one.heard()
    assert one.speech.texts[-3:] == [
        "Tea, check box, not checked",
        "Address, group, Save, button",
        "Open, button",
    ]


def test_items_of_one_list_say_the_level_only_when_it_changes(listen):
    one = listen()
    for name, level in (("a", 1), ("b", 1), ("c", 2)):
        one.reader.focus(Node(Role.TREEITEM, name, position=Position(level=level), key=name))
        one.heard()
    assert one.speech.texts == ["a, level 1", "b", "c, level 2"]


def test_an_item_that_moves_while_the_focus_stays_is_told(listen):
    one = listen()
    one.reader.focus(Node(Role.SEARCHBOX, "Command", key="input"))
    one.heard()
    for name in ("Theme", "Quit", "Quit"):
        one.reader.active(Node(Role.OPTION, name, position=Position(1, 3), key=name))
        one.heard()
    assert one.speech.texts[1:] == ["Theme, 1 of 3", "Quit, 1 of 3"]


def test_typing_is_echoed_as_the_settings_of_now_say(listen):
    one = listen()

    def typed(line):
        one.reader.key()
        one.reader.focus(Node(Role.TEXTBOX, "Name", value=line, editing=Editing(line, len(line)), key="name"))
        return one.heard()

    assert typed("") == ["Name, text field, blank"]
    assert typed("a") == ["a"]
    one.reader.settings = replace(one.reader.settings, key_echo=KeyEcho.WORDS)
    assert typed("ab") == []
    assert typed("ab ") == ["ab"]
    one.reader.settings = replace(one.reader.settings, verbosity=Verbosity.PLAIN)
    one.reader.focus(None)
    assert typed("ab ") == ["Name, text field, ab"]


def test_a_thing_in_focus_that_changes_all_the_time_does_not_talk_all_the_time(listen):
    one = listen()
    for number in range(50):
        one.reader.focus(Node(Role.BUTTON, f"Clicks: {number}", key="counter"))
        one.heard()
    assert one.speech.texts == ["Clicks: 0, button", "Clicks: 1", "Clicks: 2", "Clicks: 3"]
    one.later(1.1)
    assert one.heard() == ["Clicks: 49"]


# --- what is stale, with a voice that takes its time


@pytest.fixture
def slow(monkeypatch):
    """A reader whose voice takes 20 ms for a character."""
    monkeypatch.setenv("BARRIERFREE_AUDIO", "null")
    speaker = Speaker(engine="silent", rate=525)
    speaker.ready()
    reader = Reader(speaker, ReadingSettings(live_interval=0.2))
    yield reader
    reader.close()
    speaker.close()


LONG = "This is a sentence of many words that nobody will listen to until it ends, for it takes two seconds."


def begun(speaker, text, timeout=5.0):
    until = time.monotonic() + timeout
    while time.monotonic() < until:
        if any(text in said.text for said in speaker.history):
            return True
        time.sleep(0.005)
    return False


def test_a_focus_that_has_moved_on_is_cut_short(slow):
    slow.focus(replace(SAVE, name=LONG))
    assert begun(slow.speaker, LONG)
    began = time.monotonic()
    slow.focus(OPEN)
    assert begun(slow.speaker, "Open")
    assert time.monotonic() - began < 0.5


def test_of_ten_things_passed_in_a_moment_the_last_is_heard(slow):
    slow.focus(replace(SAVE, name=LONG))
    assert begun(slow.speaker, LONG)
    for number in range(10):
        slow.focus(Node(Role.BUTTON, f"Button {number} {LONG}", key=number))
    slow.focus(OPEN)
    assert begun(slow.speaker, "Open")
    assert len(slow.speaker.history) < 6


def test_a_key_stops_what_is_said_but_not_the_messages_that_wait(slow):
    slow.focus(replace(SAVE, name=LONG))
    assert begun(slow.speaker, LONG)
    slow.announce("The file was saved.")
    began = time.monotonic()
    slow.key()
    assert begun(slow.speaker, "The file was saved.")
    assert time.monotonic() - began < 0.5


def test_a_message_that_the_focus_interrupts_goes_on(slow):
    slow.announce(LONG)
    assert begun(slow.speaker, LONG)
    slow.focus(OPEN)
    assert begun(slow.speaker, "Open")
    assert slow.speaker.busy
    assert slow.speaker.history.last.text == "Open, button"
    events = slow.speaker.events()
    event = events.get(5)
    while event and event.ticket.utterance.text != LONG:
        event = events.get(5)
    assert event


def test_an_alert_comes_at_once_and_the_focus_after_it(slow):
    slow.announce(LONG)
    assert begun(slow.speaker, LONG)
    slow.announce("The disk is full.", Live.ASSERTIVE)
    assert begun(slow.speaker, "The disk is full.", 0.5)
    slow.focus(OPEN)
    assert begun(slow.speaker, "Open")
    assert [said.text for said in slow.speaker.history][-2:] == ["The disk is full.", "Open, button"]


def test_stop_is_silence_and_repeat_says_it_again(slow):
    slow.focus(replace(SAVE, name=LONG))
    slow.announce("Saved.")
    assert begun(slow.speaker, LONG)
    slow.stop()
    assert not slow.speaker.busy or slow.speaker.wait(0.3)
    assert slow.repeat().utterance.text == f"{LONG} button"
    assert "Saved." not in [said.text for said in slow.speaker.history]


def test_what_is_asked_for_comes_in_place_of_what_is_said(slow):
    slow.focus(replace(SAVE, name=LONG))
    assert begun(slow.speaker, LONG)
    ticket = slow.say("Half past nine.", reason="query")
    assert ticket.wait(1.5)
    assert ticket.state == "done"
    assert ticket.utterance.reason == "query"


# --- live regions


def test_a_live_region_is_heard_when_it_has_news_and_only_then(listen):
    one = listen()
    for text in ("Saved.", "Saved.", "Saved."):
        one.reader.live(status(text))
        one.later(2)
    assert one.heard() == ["Saved."]


def test_a_region_that_is_off_is_silent(listen):
    one = listen()
    one.reader.live(status("Saved.", Live.OFF))
    one.reader.announce("Saved.", Live.OFF)
    one.reader.settings = ReadingSettings(live=False)
    one.reader.live(status("Gone."))
    one.reader.announce("Gone.")
    assert one.heard() == []


def test_a_region_that_changes_fast_is_heard_once_an_interval_and_its_last_state_always(listen):
    one = listen()
    for number in range(20):
        one.reader.live(status(f"{number} files"))
        one.heard()
        one.later(0.125)
    one.later(1)
    one.heard()
    assert one.speech.texts == ["0 files", "7 files", "15 files", "19 files"]


def test_the_last_state_comes_by_itself_and_no_thread_stays(slow):
    slow.live(status("one"))
    for text in ("two", "three", "four"):
        slow.live(status(text))
    assert begun(slow.speaker, "four", 2)
    assert [said.text for said in slow.speaker.history] == ["one", "four"]
    time.sleep(0.1)
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


def test_regions_do_not_hold_each_other_back(listen):
    one = listen()
    one.reader.live(status("left", key=1))
    one.reader.live(status("right", key=2))
    assert one.heard() == ["left", "right"]


def test_urgent_news_has_the_priority_of_now(listen):
    one = listen()
    one.reader.live(status("The disk is full.", Live.ASSERTIVE))
    one.heard()
    assert one.speech.said[0].utterance.priority is Priority.NOW


def test_progress_is_told_in_steps_and_its_end_always(listen):
    one = listen()
    for number in range(101):
        one.reader.live(progress(number / 100))
        one.heard()
        one.later(2)
    assert one.speech.texts == ["Download, 10%", *(f"{step}%" for step in range(20, 101, 10))]


def test_progress_that_is_over_in_a_moment_is_told_as_such(listen):
    one = listen()
    for number in range(101):
        one.reader.live(progress(number / 100))
    one.heard()
    one.later(1)
    assert one.heard() == ["100%"]
    assert one.speech.texts == ["Download, 10%", "100%"]


def test_progress_whose_first_step_was_never_said_still_says_what_it_is_about(slow):
    slow.focus(replace(SAVE, name=LONG))
    assert begun(slow.speaker, LONG)
    slow.live(progress(0.2))
    time.sleep(0.25)
    slow.live(progress(0.5))
    assert begun(slow.speaker, "50%")
    assert slow.speaker.history.last.text == "Download, 50%"


def test_two_bars_are_told_apart(listen):
    one = listen(progress_step=50)
    for fraction in (0.5, 1.0):
        one.reader.live(progress(fraction, "a", "Songs"))
        one.heard()
        one.reader.live(progress(fraction, "b", "Films"))
        one.heard()
        one.later(2)
    assert one.speech.texts == ["Songs, 50%", "Films, 50%", "Songs, 100%", "Films, 100%"]


def test_a_log_says_what_was_added_and_of_much_only_how_much(listen):
    one = listen()
    log = Node(Role.LOG, "Events", live=Live.POLITE, key="log")
    for lines in (["a", "b"], ["a", "b", "c"], ["c", *map(str, range(320))]):
        one.reader.live(replace(log, value="\n".join(lines)))
        one.later(2)
    assert one.heard() == ["a\nb", "c", "320 new lines; last: 319"]


@pytest.mark.parametrize(
    ("before", "after", "by_line", "fresh"),
    [
        ("", "a", False, "a"),
        ("Score 1", "Score 12", False, "Score 12"),
        ("x" * 39 + " so far", "x" * 39 + " so far and on", False, "and on"),
        ("a\nb", "b\nc", True, "c"),
        ("a\na", "a\na\na", True, ""),
        ("a\nb", "c\nd", True, "c\nd"),
    ],
)
def test_only_what_was_added_is_fresh(before, after, by_line, fresh):
    assert fresh_text(before, after, by_line=by_line) == fresh


# --- messages


def test_the_same_message_is_not_said_twice_in_a_row_but_again_after_a_key(listen):
    one = listen()
    one.reader.announce("No match.")
    one.reader.announce("No match.")
    assert one.heard() == ["No match."]
    one.reader.key()
    one.reader.announce("No match.")
    assert one.heard() == ["No match."]
    one.later(2)
    one.reader.announce("No match.")
    assert one.heard() == ["No match."]


def test_a_flood_is_told_in_short(listen):
    one = listen()
    for number in range(1000):
        one.reader.announce(f"message {number}")
    assert one.heard() == [f"message {number}" for number in range(5)]
    one.later(1.1)
    assert one.heard() == ["995 more messages; last: message 999"]


def test_one_message_too_many_is_said_as_it_is(listen):
    one = listen()
    for number in range(6):
        one.reader.announce(f"message {number}")
    one.heard()
    one.later(1.1)
    assert one.heard() == ["message 5"]


# --- off, and broken


def test_switched_off_it_says_nothing_and_knows_where_it_is_when_it_is_on_again(listen):
    one = listen()
    one.reader.enabled = False
    one.reader.screen(Node(Role.WINDOW, "Editor", key="main"))
    one.reader.focus(TEA)
    one.reader.live(status("Saved."))
    one.reader.announce("Hello.")
    assert one.heard() == []
    one.reader.say("Speech off.", reason="command")
    one.reader.enabled = True
    one.reader.focus(replace(TEA, states=frozenset({State.CHECKED})))
    assert one.heard() == ["Speech off.", "checked"]


def test_a_dead_speaker_stops_nothing(listen):
    one = listen()
    one.speaker.close()
    one.reader.screen(Node(Role.WINDOW, "Editor"))
    one.reader.focus(SAVE)
    one.reader.active(OPEN)
    one.reader.live(status("Saved."))
    one.reader.announce("Saved.")
    one.reader.key()
    one.reader.stop()
    one.later(5)
    ticket = one.reader.say(Utterance("Hello."), reason="query")
    assert ticket.state == "failed"
    assert isinstance(ticket.error, BarrierfreeError)
    assert one.reader.repeat() is None


def test_many_threads_may_tell_it_things(listen):
    one = listen()

    def tell(name):
        for number in range(50):
            one.reader.focus(Node(Role.BUTTON, f"{name}{number}", key=(name, number)))
            one.reader.live(status(f"{name}{number}", key=name))
            one.reader.key()

    threads = [threading.Thread(target=tell, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    one.reader.focus(OPEN)
    assert "Open, button" in one.heard()
