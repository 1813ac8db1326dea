"""``barrierfree speak`` and ``voices`` as people run them: with a voice that is silent."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from contextlib import suppress

import av
import pytest
from tests.cli.running import barrierfree, started
from tests.conftest import missing

from barrierfree.plugins import load_engine

NOBODY_SPEAKS = """
from barrierfree.speech import choosing
from barrierfree.errors import EngineNotInstalled
def nothing(kind, name):
    raise EngineNotInstalled(name)
choosing.load_engine = nothing
"""
NO_DEVICE = """
from barrierfree.audio import devices
def nothing(*_arguments):
    raise OSError
devices._OPEN = dict.fromkeys(devices._OPEN, nothing)
"""


@pytest.fixture(autouse=True)
def silent_voice(own_user_folders, monkeypatch):
    monkeypatch.setenv("BARRIERFREE_AUDIO", "null")
    monkeypatch.setenv("BARRIERFREE_SPEECH_ENGINE", "silent")


@pytest.fixture
def log(tmp_path, monkeypatch):
    path = tmp_path / "speech.jsonl"
    monkeypatch.setenv("BARRIERFREE_SPEECH_LOG", str(path))
    return path


def said(log):
    """What has been begun so far."""
    if not log.exists():
        return []
    return [json.loads(line)["text"] for line in log.read_text("utf-8").splitlines()]


def wait_until(true, seconds=10):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def seconds_of(path):
    with av.open(str(path)) as container:
        return container.duration / av.time_base


def broken(program, *arguments, **env):
    """Run the command in a Python in which something is not there."""
    run = subprocess.run(
        [sys.executable, "-c", f"{program}\nfrom barrierfree.cli import main\nmain({[*arguments]!r})"],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **env},
    )
    assert "Traceback" not in run.stderr, run.stderr
    return run


# --- reading aloud


def test_the_user_s_own_pronunciations_are_taken(tmp_path):
    words = tmp_path / "words.txt"
    words.write_text("nginx = engine x\n[zh]\n/(\\d+)楼/ = 第\\1层\n", encoding="utf-8")
    with_them, without = tmp_path / "with.wav", tmp_path / "without.wav"
    text = "nginx nginx nginx nginx nginx"
    assert barrierfree("speak", "--dictionary", words, "-o", with_them, text).code == 0
    assert barrierfree("speak", "-o", without, text).code == 0
    assert seconds_of(with_them) > seconds_of(without) + 0.5


@pytest.mark.parametrize("content", [None, b"nginx\n", b"\xff\xfe\xff", b"/(/ = x\n"])
def test_a_dictionary_that_cannot_be_used_is_named_in_one_line(tmp_path, content):
    words = tmp_path / "words.txt"
    if content is not None:
        words.write_bytes(content)
    done = barrierfree("speak", "--dictionary", words, "Hello.")
    message, hint = done.err.splitlines()
    assert done.code == 2
    assert str(words) in message
    assert hint.strip()


def test_a_text_is_said_and_nothing_is_printed(log):
    began = time.monotonic()
    done = barrierfree("speak", "--rate", "525", "Hello there, world.")
    assert (done.code, done.out, done.err) == (0, b"", "")
    assert said(log) == ["Hello there, world."]
    assert time.monotonic() - began > 19 * 0.02


def test_several_words_need_no_quotes(log):
    assert barrierfree("speak", "--rate", "900", "请按", "OK").code == 0
    assert said(log) == ["请按 OK"]


@pytest.mark.parametrize("arguments", [(), ("-",)], ids=str)
def test_standard_input_is_said_sentence_by_sentence(log, arguments):
    text = "One. Two!\n\n你好。再见？\r\nThe end"
    assert barrierfree("speak", "--rate", "900", *arguments, input=text.encode()).code == 0
    assert said(log) == ["One.", "Two!", "你好。", "再见？", "The end"]


def test_it_speaks_while_standard_input_is_still_being_written(log):
    with started("speak", "--rate", "900", stdin=subprocess.PIPE) as running:
        running.stdin.write(b"First line.\nSecond")
        running.stdin.flush()
        wait_until(lambda: said(log) == ["First line."])
        running.stdin.write(b" line\n")
        running.stdin.flush()
        wait_until(lambda: said(log) == ["First line.", "Second line"], 2)
        running.stdin.write("半个字".encode()[:-1])
        running.stdin.flush()
        wait_until(lambda: len(said(log)) == 3, 4)
        running.stdin.write("半个字".encode()[-1:] + b" end")
        _out, err = running.communicate(timeout=20)
        assert (running.returncode, err) == (0, b"")
    assert "".join(said(log)) == "First line.Second line半个字 end"


def test_nothing_to_say_is_no_error(log):
    for text in (b"", b" \n\n", b"\xef\xbb\xbf"):
        assert barrierfree("speak", input=text).code == 0
    assert barrierfree("speak", "").code == 0
    assert said(log) in ([], [""])


def test_ctrl_c_is_silence_at_once(log):
    with started("speak", "Hello " * 200) as running:
        wait_until(lambda: said(log))
        time.sleep(0.2)
        began = time.monotonic()
        running.send_signal(signal.SIGINT)
        _out, err = running.communicate(timeout=10)
        assert time.monotonic() - began < 1.5
        assert running.returncode == 130
        assert err.strip() == b"Stopped."


def test_ctrl_c_stops_while_it_waits_for_more(log):
    with started("speak", "--rate", "900", stdin=subprocess.PIPE) as running:
        running.stdin.write(b"One.\n")
        running.stdin.flush()
        wait_until(lambda: said(log))
        time.sleep(0.3)
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 130
        assert running.stderr.read().strip() == b"Stopped."


def test_at_a_terminal_without_a_text_the_help_is_shown():
    ours, theirs = pty.openpty()
    try:
        done = barrierfree("speak", stdin=theirs)
    finally:
        os.close(ours)
        os.close(theirs)
    assert (done.code, done.err) == (0, "")
    assert done.out == barrierfree("speak", "--help").out


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("command", ["speak", "voices"])
def test_help_is_there_in_both_languages(command, language):
    done = barrierfree(command, "--help", env={"BARRIERFREE_LANGUAGE": language})
    assert (done.code, done.err) == (0, "")
    assert "--engine" in done.text


def test_options_reach_the_voice(tmp_path):
    file = tmp_path / "recorded"
    options = ["-e", "recording", "-l", "zh", "--rate", "900", "--pitch", "7", "--volume", "9"]
    done = barrierfree(
        "speak", *options, "--punctuation", "all", "a,b 5", env={"BARRIERFREE_RECORDED_SPEECH": str(file)}
    )
    assert (done.code, done.err) == (0, "")
    spoken = [json.loads(line) for line in file.read_text().splitlines()]
    assert {(one["rate"], one["pitch"], one["volume"]) for one in spoken} == {(900, 7, 9)}
    text = "".join(one["text"] for one in spoken)
    assert "逗号" in text or "comma" in text


# --- into files


@pytest.mark.parametrize("ending", ["wav", "mp3", "ogg", "opus"])
def test_a_sound_file_is_written_without_any_device(tmp_path, ending):
    path = tmp_path / f"said.{ending}"
    done = barrierfree("speak", "-o", str(path), "x" * 100, env={"BARRIERFREE_AUDIO": "sounddevice"})
    assert (done.code, done.out) == (0, b"")
    assert done.lines == [f"Written: {path}"]
    assert seconds_of(path) == pytest.approx(6.0, abs=0.2)


def test_standard_input_becomes_one_file(tmp_path):
    path = tmp_path / "said.wav"
    text = ("X" * 99 + ".\n") * 20
    assert barrierfree("speak", "-o", str(path), "-", input=text.encode()).code == 0
    assert seconds_of(path) == pytest.approx(20 * 6 + 19 * 0.3, rel=0.01)


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("said", 2, "does not say which format"),
        ("said.flac", 2, "Give it one of these endings"),
        ("/dev/full/x.wav", 4, "cannot be written"),
        ("/proc/said.wav", 4, "cannot be written"),
    ],
)
def test_a_file_that_cannot_be_is_an_error_before_anything_is_read(path, code, words, tmp_path):
    done = barrierfree("speak", "-o", path, "hello", cwd=tmp_path)
    assert done.code == code
    assert words in done.err
    assert len(done.lines) == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_who_ends_it_is_left_no_half_of_a_file(tmp_path, number):
    with started("speak", "-o", str(tmp_path / "said.wav"), "-", stdin=subprocess.PIPE) as running:
        running.stdin.write(b"Some text. " * 1000)
        running.stdin.flush()
        wait_until(lambda: list(tmp_path.iterdir()))
        running.send_signal(number)
        assert running.wait(10) == 128 + number
    assert list(tmp_path.iterdir()) == []


# --- trouble


def test_an_unknown_engine_is_an_error_that_lists_them():
    for command in ("speak", "voices"):
        done = barrierfree(command, "-e", "parrot", *(["hello"] if command == "speak" else []))
        assert done.code == 3
        assert done.lines[0] == 'There is no engine named "parrot".'
        assert "silent" in done.lines[1]


def test_with_nothing_that_speaks_the_hint_says_what_to_install():
    for command in (["speak", "hello"], ["voices"]):
        run = broken(NOBODY_SPEAKS, *command, BARRIERFREE_SPEECH_ENGINE="auto")
        assert run.returncode == 3
        assert run.stderr.splitlines() == [
            "No voice is installed that could speak.",
            "  Install one with: pip install 'barrierfree[voice]'",
        ]


def test_without_a_loudspeaker_there_is_an_error_with_a_hint():
    run = broken(NO_DEVICE, "speak", "hello")
    assert run.returncode == 4
    first, second = run.stderr.splitlines()
    assert "no loudspeaker" in first
    assert second.startswith("  ")


def test_a_voice_that_is_not_there_is_an_error_with_a_hint():
    if not load_engine("synthesizer", "espeak").available():
        missing("espeak-ng: pip install 'barrierfree[voice]'")
    done = barrierfree("speak", "-e", "espeak", "--voice", "parrot", "-", input=b"One. Two. Three.")
    assert done.code == 3
    assert done.lines == ['espeak has no voice named "parrot".', "  See the list: barrierfree voices"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--rate", "79"),
        ("--rate", "fast"),
        ("--pitch", "101"),
        ("--volume", "-1"),
        ("--punctuation", "every"),
    ],
    ids=" ".join,
)
def test_a_wrong_flag_is_said_in_two_lines(arguments):
    done = barrierfree("speak", *arguments, "hello")
    assert done.code == 2
    assert len(done.lines) == 2


def test_a_log_that_cannot_be_written_is_an_error(tmp_path):
    done = barrierfree("speak", "hello", env={"BARRIERFREE_SPEECH_LOG": str(tmp_path)})
    assert done.code == 4
    assert "BARRIERFREE_SPEECH_LOG" in done.err


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe\x00caf\xe9\x80",
        b"a\0b\0\0.\0",
        b"\xed\xa0\x80 lone \xed\xb0\x80",
        "\u202eabc\u202c \u2066def".encode(),
        b"\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b5m \x1b",
        b"\r\r\r\n\v\f",
        "👩‍👩‍👧‍👦🏳️‍🌈".encode() * 3,
        b"=" * 300,
    ],
    ids=repr,
)
def test_strange_bytes_are_said_or_passed_over(data):
    done = barrierfree("speak", "--rate", "900", input=data)
    assert (done.code, done.err) == (0, "")
    if b"\0" not in data:
        assert barrierfree("speak", "--rate", "900", "--", data).code == 0


def test_a_line_of_five_megabytes_is_begun_at_once(log):
    with started("speak", stdin=subprocess.PIPE) as running:
        began = time.monotonic()
        pipe = running.stdin.fileno()
        os.set_blocking(pipe, False)
        line, at = b"word " * 1_000_000, 0
        while not said(log) and time.monotonic() - began < 5:
            with suppress(BlockingIOError):
                at += os.write(pipe, line[at : at + 65536])
            time.sleep(0.001)
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 130
    assert said(log)
    assert at < 2_000_000  # the rest waited outside


# --- voices


def test_voices_are_listed_and_can_be_chosen_by_language():
    done = barrierfree("voices")
    assert done.code == 0
    assert [line.split()[:2] for line in done.text.splitlines()] == [["NAME", "SPEAKS"], ["silent", "en"]]
    assert barrierfree("voices", "-l", "zh_CN").text.count("\n") == 2
    done = barrierfree("voices", "--language", "xx")
    assert done.code == 3
    assert len(done.lines) == 2


def test_voices_come_as_json():
    done = barrierfree("voices", "--json", "--engine", "silent")
    assert json.loads(done.text) == [
        {"name": "silent", "languages": ["en", "zh"], "engine": "silent", "gender": "", "quality": ""}
    ]


def test_voices_let_themselves_be_heard(log):
    done = barrierfree("voices", "--sample", "--language", "zh")
    assert (done.code, done.err) == (0, "")
    assert "silent" in done.text
    (sample,) = said(log)
    assert "你好" in sample


def test_the_voices_of_espeak_speak_chinese_and_english():
    if not load_engine("synthesizer", "espeak").available():
        missing("espeak-ng: pip install 'barrierfree[voice]'")
    for language in ("zh", "en"):
        voices = json.loads(barrierfree("voices", "-e", "espeak", "-l", language, "--json").text)
        assert voices
        assert all(language in voice["languages"] for voice in voices)
