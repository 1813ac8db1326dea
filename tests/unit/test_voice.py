"""A voice is always there: whatever its engine or its process does, what was asked for is said once."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import psutil
import pytest

from barrierfree.errors import EngineError, EngineFailed, EngineNotInstalled, ModelDamaged, UnknownEngine
from barrierfree.speech import voice as voice_module
from barrierfree.speech.synthesizer import Mark, Sound, Spoken
from barrierfree.speech.voice import Unspoken, Voice

HELLO = Spoken("Hello over there.", "en")
SENTENCE = "The quick brown fox jumps over the lazy dog, and then it went home. "
LONG = Spoken(SENTENCE * 40, "en")
"""Much more than fits into a pipe."""


@pytest.fixture
def misbehaving(monkeypatch, tmp_path):
    """Opens a voice with one of the engines of tests/misbehaving_voices.py."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent))
    monkeypatch.setenv("BARRIERFREE_TEST_FLAG", str(tmp_path / "flag"))
    engines = import_module("misbehaving_voices")
    monkeypatch.setattr(voice_module, "load_engine", lambda _kind, name: getattr(engines, name))
    opened = []

    def open_voice(name, **options):
        opened.append(Voice(name, **options))
        return opened[-1]

    yield open_voice
    for voice in opened:
        voice.close()


@pytest.fixture
def voice():
    with Voice("silent") as voice:
        assert voice.rate == 16000
        yield voice


@pytest.fixture
def espeak():
    with Voice("espeak") as voice:
        assert voice.rate == 22050
        yield voice


def samples(made):
    return sum(len(one.samples) // 2 for one in made if isinstance(one, Sound))


def words(made, text):
    return [text[one.start : one.end] for one in made if isinstance(one, Mark)]


def say(voice, *request):
    return list(voice.speak(request))


def next_process(voice, process):
    """Waits a while for another process to be there."""
    due = time.monotonic() + 5
    while voice.pid in (None, process):
        assert time.monotonic() < due
        time.sleep(0.001)
    return voice.pid


def is_gone(pid):
    """Waits a while for a process to end."""
    due = time.monotonic() + 5
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > due:
            return False
        time.sleep(0.01)
    return True


def test_sound_and_marks_come_in_order_and_say_which_stretch_they_belong_to(voice):
    made = say(voice, HELLO, Spoken("你好", "zh", pause=0.5), HELLO)
    assert [one.part for one in made] == sorted(one.part for one in made)
    assert words([one for one in made if one.part == 0], HELLO.text) == ["Hello", "over", "there"]
    assert words([one for one in made if one.part == 1], "你好") == ["你", "好"]
    assert samples(one for one in made if one.part == 1) == 2 * 960 + 8000
    assert samples(made) == 2 * len(HELLO.text) * 960 + 2 * 960 + 8000


def test_nothing_to_say_is_said_at_once(voice):
    assert say(voice) == []
    assert say(voice, Spoken("", "en")) == []


def test_what_is_asked_for_while_something_is_said_comes_after_it(voice):
    first, second = voice.speak([LONG]), voice.speak([HELLO])
    assert samples(first) == len(LONG.text) * 960
    assert samples(second) == len(HELLO.text) * 960


def test_threads_may_all_speak_at_once_and_each_hears_its_own(voice):
    texts = ["word " * (number + 1) for number in range(40)]
    with ThreadPoolExecutor(20) as threads:
        heard = list(threads.map(lambda text: samples(say(voice, Spoken(text, "en"))), texts))
    assert heard == [len(text) * 960 for text in texts]


def test_two_voices_speak_at_once(voice, espeak):
    one, other = voice.speak([LONG]), espeak.speak([LONG])
    assert isinstance(next(one), Mark)
    assert isinstance(next(other), Mark)
    pairs = list(zip(one, other, strict=False))
    assert len(pairs) > 100
    assert words([first for first, _second in pairs], LONG.text)[0] == "quick"
    assert words([second for _first, second in pairs], LONG.text)[0] == "quick"


def test_its_voices_are_told_while_it_speaks(voice):
    with voice.speak([LONG]) as stream:
        next(stream)
        assert [one.name for one in voice.voices()] == ["silent"]
    assert voice.voices() is voice.voices()


def test_an_engine_nobody_knows_is_an_error():
    with pytest.raises(UnknownEngine):
        Voice("telepathy")


class TestAborting:
    def test_nothing_of_an_aborted_stream_comes_out_any_more(self, voice):
        stream = voice.speak([LONG])
        next(stream)
        stream.abort()
        assert list(stream) == []
        assert samples(say(voice, HELLO)) == len(HELLO.text) * 960

    def test_it_may_be_aborted_twice_and_when_it_has_ended(self, voice):
        stream = voice.speak([HELLO])
        list(stream)
        stream.abort()
        stream.abort()
        assert list(stream) == []

    def test_a_listener_that_waits_is_let_go(self, misbehaving):
        voice = misbehaving("Hanging")
        stream = voice.speak([Spoken("hang", "en")])
        threading.Timer(0.2, stream.abort).start()
        began = time.monotonic()
        assert list(stream) == []
        assert time.monotonic() - began < 0.4

    def test_what_waits_may_be_aborted_before_its_turn(self, voice):
        first, second, third = (voice.speak([LONG]) for _ in range(3))
        second.abort()
        first.abort()
        assert samples(third) == len(LONG.text) * 960

    def test_before_the_process_has_started_too(self):
        with Voice("silent") as voice:
            stream = voice.speak([LONG])
            stream.abort()
            assert list(stream) == []
            assert samples(say(voice, HELLO)) == len(HELLO.text) * 960

    @pytest.mark.parametrize("read", [0, 1, 30])
    def test_a_thousand_times_in_a_row(self, espeak, read):
        process = espeak.pid
        whole = samples(say(espeak, HELLO))
        slowest = 0.0
        for _time in range(1000):
            stream = espeak.speak([LONG])
            for _one in range(read):
                next(stream)
            began = time.monotonic()
            stream.abort()
            slowest = max(slowest, time.monotonic() - began)
            assert list(stream) == []
        assert slowest < 0.1
        assert abs(samples(say(espeak, HELLO)) - whole) < 0.02 * espeak.rate
        assert espeak.pid == process


class TestDying:
    def test_a_hundred_deaths_in_the_middle_of_a_word_lose_nothing_and_repeat_nothing(self, espeak):
        whole = say(espeak, LONG)
        assert len(words(whole, LONG.text)) == 40 * 14
        deaths = 0
        for number in range(100):
            process = espeak.pid
            stream = espeak.speak([LONG])
            made = [next(stream) for _ in range(10 + number % 40)]
            os.kill(process, signal.SIGKILL)
            made += stream
            deaths += espeak.pid != process
            assert words(made, LONG.text) == words(whole, LONG.text)
            assert abs(samples(made) - samples(whole)) < 0.02 * espeak.rate
        assert deaths == 100

    def test_with_deaths_while_it_starts_too(self):
        with Voice("silent") as voice:
            stream = voice.speak([HELLO])
            process = None
            for _time in range(2):  # the third is given up
                process = next_process(voice, process)
                os.kill(process, signal.SIGKILL)
            assert samples(stream) == len(HELLO.text) * 960

    def test_what_else_was_asked_for_is_said_by_the_next_process(self, voice):
        streams = [voice.speak([LONG]), voice.speak([HELLO, HELLO]), voice.speak([HELLO])]
        next(streams[0])
        os.kill(voice.pid, signal.SIGKILL)
        assert [samples(stream) for stream in streams] == [
            length * 960 for length in (len(LONG.text), 2 * len(HELLO.text), len(HELLO.text))
        ]

    def test_a_voice_that_dies_idle_is_there_again_before_it_is_needed(self, voice):
        process = voice.pid
        os.kill(process, signal.SIGKILL)
        next_process(voice, process)
        assert samples(say(voice, HELLO)) == len(HELLO.text) * 960

    def test_one_that_always_dies_idle_does_not_start_for_ever(self, misbehaving):
        voice = misbehaving("DyingIdle")
        for _time in range(3):
            assert samples(say(voice, HELLO)) == len(HELLO.text) * 960
            time.sleep(0.3)

    @pytest.mark.parametrize(("engine", "word"), [("Exiting", "exit"), ("Crashing", "crash")])
    def test_a_stretch_that_kills_twice_is_given_up_and_the_next_is_said(self, misbehaving, engine, word):
        voice = misbehaving(engine)
        made = say(voice, HELLO, Spoken(f"Please {word}.", "en"), HELLO)
        (failure,) = [one for one in made if isinstance(one, Unspoken)]
        assert failure.part == 1
        assert isinstance(failure.error, EngineFailed)
        assert failure.error.hint
        assert "\n" not in failure.error.message
        assert samples(one for one in made if not isinstance(one, Unspoken)) == 2 * len(HELLO.text) * 960

    def test_an_engine_that_never_sounds_the_same_begins_the_stretch_again(self, misbehaving):
        voice = misbehaving("Unsteady")
        text = SENTENCE.strip()
        made = say(voice, Spoken(text, "en"), HELLO)
        told = words([one for one in made if one.part == 0], text)
        whole = text.replace(",", "").replace(".", "").split()
        assert told[-len(whole) :] == whole
        assert told[: len(told) - len(whole)] == whole[: len(told) - len(whole)]
        at = [one.at for one in made if isinstance(one, Mark) and one.part == 0]
        assert at == sorted(at)
        assert len(text) * 960 < samples(one for one in made if one.part == 0) < 2 * len(text) * 960

    def test_a_request_larger_than_a_pipe_survives_a_process_that_does_not_read(self, voice):
        process = voice.pid
        os.kill(process, signal.SIGSTOP)
        began = time.monotonic()
        stream = voice.speak([Spoken("word " * 100_000, "en", rate=900)])
        assert time.monotonic() - began < 0.5
        os.kill(process, signal.SIGKILL)
        assert samples(stream) == round(500_000 * 960 * 175 / 900)

    def test_when_its_program_is_killed_it_ends(self):
        program = (
            "import time\n"
            "from barrierfree.speech.voice import Voice\n"
            "from barrierfree.speech.synthesizer import Spoken\n"
            "voice = Voice('espeak')\n"
            "stream = voice.speak([Spoken('word ' * 10000, 'en')])\n"
            "next(stream)\n"
            "print(voice.pid, flush=True)\n"
            "time.sleep(60)\n"
        )
        with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
            process = int(parent.stdout.readline())
            assert psutil.pid_exists(process)
            parent.kill()
        assert is_gone(process)

    def test_ctrl_c_is_not_for_it(self, voice):
        assert os.getpgid(voice.pid) != os.getpgid(0)


class TestEnginesThatMisbehave:
    def test_one_that_prints_is_not_heard_printing(self, misbehaving, capfd):
        voice = misbehaving("Printing")
        assert samples(say(voice, HELLO, HELLO)) == 2 * len(HELLO.text) * 960
        voice.close()
        assert capfd.readouterr() == ("", "")

    def test_one_that_raises_loses_only_that_stretch(self, misbehaving):
        voice = misbehaving("Raising")
        process = voice.rate and voice.pid
        made = say(voice, Spoken("raise", "en"), HELLO, Spoken("damaged", "en"), HELLO)
        first, second = [one for one in made if isinstance(one, Unspoken)]
        assert (first.part, second.part) == (0, 2)
        assert isinstance(first.error, EngineFailed)
        assert "of all things" in first.error.message
        assert isinstance(second.error, ModelDamaged)
        assert (second.error.message, second.error.hint) == ("It is damaged.", "Mend it.")
        assert samples(made) == 2 * len(HELLO.text) * 960
        assert voice.pid == process

    @pytest.mark.parametrize("word", ["hang", "seize"])
    def test_one_that_hangs_is_replaced_a_second_after_it_was_told_to_stop(self, misbehaving, word):
        voice = misbehaving("Hanging")
        process = voice.rate and voice.pid
        stream = voice.speak([Spoken(word, "en")])
        time.sleep(0.3)
        began = time.monotonic()
        stream.abort()
        assert list(stream) == []
        assert time.monotonic() - began < 0.1
        assert samples(say(voice, HELLO)) == len(HELLO.text) * 960
        assert 0.9 < time.monotonic() - began < 2.5
        assert voice.pid != process

    def test_one_that_hangs_is_replaced_in_time_for_what_comes_later(self, misbehaving):
        voice = misbehaving("Hanging")
        stream = voice.speak([Spoken("hang", "en")])
        time.sleep(0.3)
        stream.abort()
        time.sleep(1.6)
        began = time.monotonic()
        assert samples(say(voice, HELLO)) == len(HELLO.text) * 960
        assert time.monotonic() - began < 0.2

    def test_one_that_never_ends_waits_for_its_listener_and_stops_for_it(self, misbehaving):
        voice = misbehaving("Endless")
        stream = voice.speak([HELLO])
        assert sum(len(next(stream).samples) for _ in range(100)) >= 64_000
        time.sleep(0.2)
        child, parent = psutil.Process(voice.pid), psutil.Process()
        before = child.memory_info().rss, parent.memory_info().rss, sum(child.cpu_times()[:2])
        time.sleep(0.5)
        assert child.memory_info().rss - before[0] < 1_000_000
        assert parent.memory_info().rss - before[1] < 1_000_000
        assert sum(child.cpu_times()[:2]) - before[2] < 0.1
        stream.abort()
        assert list(stream) == []


class TestStarting:
    def test_one_that_is_not_installed_says_so_and_may_be_tried_again(self, misbehaving):
        voice = misbehaving("NotInstalled")
        for _time in range(2):
            with pytest.raises(EngineNotInstalled, match="not there") as told:
                assert voice.rate
            assert told.value.hint == "Install it."
        assert samples(say(voice, HELLO)) == len(HELLO.text) * 960
        assert voice.rate == 16000

    def test_what_it_was_to_say_raises_the_same_error(self, misbehaving):
        voice = misbehaving("NotInstalled", start=False)
        with pytest.raises(EngineNotInstalled):
            say(voice, HELLO)

    def test_one_that_crashes_is_an_error_with_what_it_said_last(self, misbehaving):
        voice = misbehaving("CrashingAtTheStart")
        with pytest.raises(EngineFailed, match="something is very wrong") as told:
            assert voice.rate
        assert told.value.hint
        with pytest.raises(EngineFailed):
            voice.voices()

    def test_one_that_hangs_is_an_error_too(self, misbehaving, monkeypatch):
        monkeypatch.setattr(voice_module, "START_SECONDS", 0.2)
        voice = misbehaving("HangingAtTheStart")
        with pytest.raises(EngineFailed):
            assert voice.rate

    def test_it_starts_only_when_it_is_needed_if_told_so(self):
        with Voice("silent", start=False) as voice:
            time.sleep(0.1)
            assert voice.pid is None
            assert samples(say(voice, HELLO)) == len(HELLO.text) * 960
            assert voice.pid


class TestClosing:
    def test_closing_it_while_it_speaks_ends_what_is_said_and_everything_it_had(self):
        before = threading.active_count(), len(psutil.Process().open_files()), psutil.Process().num_fds()
        voice = Voice("espeak")
        stream = voice.speak([LONG])
        next(stream)
        process = voice.pid
        voice.close()
        voice.close()
        assert list(stream) == []
        assert is_gone(process)
        assert (
            threading.active_count(),
            len(psutil.Process().open_files()),
            psutil.Process().num_fds(),
        ) == before
        with pytest.raises(RuntimeError):
            voice.speak([HELLO])

    def test_one_that_hangs_is_closed_in_a_moment(self, misbehaving):
        voice = misbehaving("Hanging")
        stream = voice.speak([Spoken("seize", "en")])
        assert voice.rate
        process = voice.pid
        time.sleep(0.2)
        began = time.monotonic()
        voice.close()
        assert time.monotonic() - began < 2
        assert list(stream) == []
        assert is_gone(process)


class TestLongTexts:
    def test_the_length_of_a_text_makes_no_difference_to_its_first_sound(self, espeak):
        def first(text):
            best = 10.0
            for _time in range(7):
                began = time.monotonic()
                with espeak.speak([Spoken(text, "en")]) as stream:
                    next(one for one in stream if isinstance(one, Sound))
                    best = min(best, time.monotonic() - began)
            return best

        assert first(SENTENCE * 200) < first("OK, button") + 0.01

    def test_a_book_on_one_line_streams_and_memory_stays_flat(self, espeak):
        text = SENTENCE * 75_000
        assert len(text) > 5_000_000
        child, parent = psutil.Process(espeak.pid), psutil.Process()
        with espeak.speak([Spoken(text, "en", rate=900)]) as stream:
            for _one in range(200):
                next(stream)
            before = child.memory_info().rss, parent.memory_info().rss
            heard = samples(one for one, _count in zip(stream, range(10_000), strict=False))
            assert heard / espeak.rate > 300
            assert child.memory_info().rss - before[0] < 3_000_000
            assert parent.memory_info().rss - before[1] < 3_000_000

    def test_errors_of_a_voice_are_errors_of_ours(self):
        assert issubclass(EngineFailed, EngineError)
