"""The real Speech Dispatcher with its espeak-ng module, playing to a sound card that does not exist."""

import os
import shutil
import socket
import subprocess
import time
from dataclasses import replace

import pytest
from tests.conftest import missing

from barrierfree.errors import EngineError, EngineNotInstalled
from barrierfree.speech.choosing import choose_engine
from barrierfree.speech.synthesizer import Mark, Spoken
from barrierfree.speech.utterance import Priority
from barrierfree.speech.voice import Unspoken, Voice
from barrierfree.testing import SynthesizerContract

pytestmark = pytest.mark.system

CONFIGURATION = """
LogLevel 3
AudioOutputMethod "pulse"
DefaultVolume 100
AddModule "espeak-ng" "sd_espeak-ng"
DefaultModule espeak-ng
"""
SENTENCE = "The quick brown fox jumps over the lazy dog."


class Service:
    """A sound server without a sound card, and Speech Dispatcher on it, with sockets of their own."""

    def __init__(self, folder):
        self.folder = folder
        self.address = folder / "speechd.sock"
        (folder / "speechd.conf").write_text(CONFIGURATION)
        pulse = folder / "sound.sock"
        self.sound = self._run(
            *(
                "pulseaudio",
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--use-pid-file=no",
                "--disable-shm",
            ),
            *("-L", "module-null-sink norewinds=1"),  # without it, it plays two seconds late
            *("-L", f"module-native-protocol-unix socket={pulse} auth-anonymous=1"),
        )
        self._wait_for(pulse)
        self.speech = None
        self.start()

    def start(self):
        self.speech = self._run(
            *("speech-dispatcher", "--run-single", "--timeout", "0", "--communication-method", "unix_socket"),
            *("--socket-path", self.address, "--pid-file", self.folder / "pid"),
            *("--config-dir", self.folder, "--log-dir", self.folder),
            PULSE_SERVER=f"unix:{self.folder / 'sound.sock'}",
        )
        self._wait_for(self.address)

    def stop(self):
        self.speech.kill()
        self.speech.wait()
        self.address.unlink()

    def close(self):
        for process in (self.speech, self.sound):
            process.terminate()
            process.wait(10)

    def _run(self, *command, **variables):
        home = {"HOME": str(self.folder), "XDG_RUNTIME_DIR": str(self.folder), "LANG": "C.UTF-8"}
        return subprocess.Popen(
            list(map(str, command)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **home, **variables},
        )

    def _wait_for(self, address):
        due = time.monotonic() + 20
        while True:
            with socket.socket(socket.AF_UNIX) as trial:
                if trial.connect_ex(str(address)) == 0:
                    return
            assert time.monotonic() < due
            time.sleep(0.02)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    for program in ("pulseaudio", "speech-dispatcher"):
        if shutil.which(program) is None:
            missing(f"{program}: apt install speech-dispatcher speech-dispatcher-espeak-ng pulseaudio")
    service = Service(tmp_path_factory.mktemp("speechd"))
    yield service
    service.close()


@pytest.fixture(autouse=True)
def service(running, monkeypatch):
    monkeypatch.setenv("SPEECHD_ADDRESS", f"unix_socket:{running.address}")
    return running


@pytest.fixture
def voice():
    with Voice("speech_dispatcher") as voice:
        assert voice.rate
        yield voice


def say(voice, *request):
    began = time.monotonic()
    made = list(voice.speak(request))
    return made, time.monotonic() - began


class TestSpeechDispatcher(SynthesizerContract):
    engine = "speech_dispatcher"
    sentence = "A quick brown fox jumps."


def test_marks_come_when_their_words_are_heard(voice):
    began = time.monotonic()
    heard = [(made, time.monotonic() - began) for made in voice.speak([Spoken(SENTENCE, "en")])]
    words = [SENTENCE[mark.start : mark.end] for mark, _time in heard]
    assert words == SENTENCE.rstrip(".").split()
    times = [seconds for _mark, seconds in heard]
    assert times[-1] - times[0] > 1.5
    assert all(abs(mark.at / voice.rate - seconds) < 0.3 for mark, seconds in heard)


def test_markup_in_a_text_is_text(voice):
    _, short = say(voice, Spoken("a", "en"))
    _, long = say(voice, Spoken("a <mark name='1:2'/> & <break time='0s'/> b", "en"))
    assert long > short + 1


def test_mandarin_is_said_in_its_own_voice(voice):
    _, mandarin = say(voice, Spoken("今天天气很好", "zh"))
    _, cantonese = say(voice, Spoken("今天天气很好", "yue"))
    _, english = say(voice, Spoken("今天天气很好", "en"))
    assert cantonese + 0.7 < mandarin < english - 0.7  # which spells out what it cannot read


@pytest.mark.parametrize("priority", Priority)
def test_every_priority_is_heard(voice, priority):
    made, seconds = say(voice, Spoken(SENTENCE, "en", priority=priority))
    assert [type(one) for one in made] == [Mark] * 9
    assert seconds > 1


def test_progress_gives_way_to_another_program_and_what_is_urgent_does_not(voice):
    with Voice("speech_dispatcher") as other:
        progress = voice.speak([Spoken(SENTENCE * 3, "en", priority=Priority.PROGRESS)])
        next(progress)
        made, seconds = say(other, Spoken("Something urgent.", "en", priority=Priority.NOW))
        assert seconds > 0.5
        assert made
        assert len(list(progress)) < 20  # of 27 words: it has been cancelled by the service
        urgent = voice.speak([Spoken(SENTENCE, "en", priority=Priority.NOW)])
        next(urgent)
        say(other, Spoken("Do not interrupt.", "en", priority=Priority.NORMAL))
        assert len(list(urgent)) == 8


def test_cancelling_makes_it_silent_at_once(voice):
    stream = voice.speak([Spoken(SENTENCE * 10, "en")])
    next(stream)
    stream.abort()
    began = time.monotonic()
    say(voice, Spoken("", "en"))  # is answered when what came before it has ended
    assert time.monotonic() - began < 0.3


def test_its_own_voice_comes_back_after_another_one(voice):
    numbers = Spoken("99 99 99 99", "en")
    russian = next(one.name for one in voice.voices() if "ru" in one.languages)
    _, usual = say(voice, numbers)
    _, other = say(voice, replace(numbers, voice=russian))
    _, again = say(voice, numbers)
    assert other > usual + 0.3
    # In half a minute of a busy machine they differ by tenths of a second; the voices by more than a second.
    assert abs(again - usual) < abs(again - other)


def test_when_the_service_ends_it_is_an_error_and_when_it_is_back_it_speaks(voice, service):
    stream = voice.speak([Spoken(SENTENCE * 3, "en")])
    next(stream)
    service.stop()
    failures = [made for made in stream if isinstance(made, Unspoken)]
    assert len(failures) == 1
    assert isinstance(failures[0].error, EngineError)
    assert failures[0].error.hint
    service.start()
    made, seconds = say(voice, Spoken(SENTENCE, "en"))
    assert len(made) == 9
    assert seconds > 1


def test_where_nobody_listens_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("SPEECHD_ADDRESS", f"unix_socket:{tmp_path / 'nobody'}")
    with Voice("speech_dispatcher") as voice, pytest.raises(EngineNotInstalled) as told:
        assert voice.rate
    assert "speech-dispatcher" in told.value.hint


def test_it_can_be_chosen_by_name():
    assert choose_engine("speech_dispatcher") == "speech_dispatcher"
