"""Nobody waits in the dark: how far it is, on a terminal and off it, and what Ctrl-C leaves behind."""

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import time

import pytest
from tests.cli.running import COMMAND, barrierfree, journals, recorded, started

SLOWLY = {"BARRIERFREE_SCRIPTED_DELAY": "0.3", "BARRIERFREE_WORKERS": "1"}
BAR = re.compile(r"\[#*\.*\]\s+\d+%")
WAIT = 30


def on_a_terminal(*arguments, columns=80, env=None, interrupt_at=None):
    """Run the command with stderr on a terminal; what the terminal was sent, and the exit code."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    run = subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, **(env or {})}
    )
    os.close(theirs)
    sent = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # how Linux says that the other end has closed
            break
        sent += piece
        if interrupt_at and interrupt_at in sent:
            run.send_signal(signal.SIGINT)
            interrupt_at = None
        if not piece:
            break
    os.close(ours)
    return sent.decode(), run.wait(WAIT)


@pytest.fixture
def talk(tmp_path):
    return recorded(tmp_path / "talk.wav", "##.." * 10)


def test_a_terminal_shows_a_bar_with_the_time_left(talk):
    sent, code = on_a_terminal("transcribe", talk, env=SLOWLY)
    assert code == 0
    shares = [int(share) for share in re.findall(r"talk\.wav  \[#*\.*\]\s+(\d+)%", sent)]
    assert shares == sorted(shares)
    assert len(set(shares)) > 4
    assert re.search(r"%, 0:0\d left", sent)
    # At the end the bar is gone, and only what was said stays on the screen.
    assert sent.endswith("\r\x1b[K")
    assert screen(sent) == ["Engine: scripted (It needs no model.)"]


def screen(sent):
    """The lines a terminal shows after all that was sent to it."""
    lines = [line.rpartition("\r\x1b[K")[2] for line in sent.replace("\r\n", "\n").split("\n")]
    return [line for line in lines if line]


LONG_NAMES = ["a" * 200 + ".wav", "很长的录音" * 12 + ".wav", "two\nlines\x1b[31m" * 5 + ".wav"]


@pytest.mark.parametrize("name", LONG_NAMES, ids=["long", "chinese", "steering"])
def test_the_bar_fits_on_one_line_whatever_the_name_and_the_width(talk, tmp_path, name):
    talk.rename(tmp_path / name)
    sent, code = on_a_terminal("transcribe", tmp_path / name, "-o", tmp_path / "out", columns=50, env=SLOWLY)
    assert code == 0
    drawn = [part for part in re.split(r"\r\x1b\[K|\r\n", sent) if BAR.search(part)]
    assert len(drawn) > 4
    assert all(len(one) + len(re.findall(r"[\u4e00-\u9fff]", one)) < 50 for one in drawn)
    assert "\x1b[31m" not in sent


def test_without_a_terminal_progress_is_a_plain_line_every_tenth(talk):
    done = barrierfree("transcribe", talk, env=SLOWLY)
    shares = [int(one[1]) for line in done.lines if (one := re.match(r"talk\.wav: (\d+) %", line))]
    assert shares == sorted(set(shares))
    assert shares[-1] == 100
    assert all(share % 10 == 0 for share in shares)
    assert len(shares) > 4
    assert "\x1b" not in done.err
    assert "\r" not in done.err


def test_progress_is_told_also_while_nobody_speaks(tmp_path):
    quiet = recorded(tmp_path / "quiet.wav", "." * 60)
    done = barrierfree("transcribe", quiet, env=SLOWLY)
    assert len(re.findall(r"quiet\.wav: \d+ %", done.err)) > 4


def test_progress_of_a_part_counts_the_part_only(talk):
    done = barrierfree("transcribe", talk, "--from", "10", "--to", "20", env=SLOWLY)
    shares = [int(one) for one in re.findall(r"talk\.wav: (\d+) %", done.err)]
    assert shares[0] < 50
    assert shares[-1] == 100


@pytest.mark.parametrize("channel", ["mix", "each"])
def test_ctrl_c_stops_keeps_the_work_and_says_how_to_go_on(talk, tmp_path, channel):
    arguments = ("transcribe", talk, "-f", "json", "-o", tmp_path / "out", "--channel", channel)
    with started(*arguments, env=SLOWLY) as run:
        until(run.stderr, b"30 %")
        run.send_signal(signal.SIGINT)
        said = run.communicate(timeout=WAIT)[1].decode()
    assert run.returncode == 130
    assert said.splitlines()[-2:] == [
        "Stopped.",
        "  What is recognised is kept: the same command goes on from there.",
    ]
    assert "Traceback" not in said
    assert journals()
    assert not (tmp_path / "out").exists()
    again = barrierfree(*arguments)
    assert re.search(r"going on at 0:\d\d, where the last run stopped", again.err)
    assert journals() == []
    barrierfree("transcribe", talk, "-f", "json", "-o", tmp_path / "whole", "--channel", channel)
    assert (tmp_path / "out" / "talk.json").read_bytes() == (tmp_path / "whole" / "talk.json").read_bytes()


def until(stream, wanted):
    """Read lines up to the one that holds what is wanted."""
    for line in stream:
        if wanted in line:
            return
    pytest.fail(f"{wanted!r} was never said")


def test_ctrl_c_on_a_terminal_takes_the_bar_away(talk):
    sent, code = on_a_terminal("transcribe", talk, env=SLOWLY, interrupt_at=b"[##")
    assert code == 130
    assert [line for line in screen(sent) if BAR.search(line)] == []
    assert screen(sent)[-2] == "Stopped."


def test_ctrl_c_during_a_restart_says_to_leave_that_out(talk):
    with started("transcribe", talk, "--restart", env=SLOWLY) as run:
        until(run.stderr, b"30 %")
        run.send_signal(signal.SIGINT)
        assert b"without --restart" in run.communicate(timeout=WAIT)[1]
    assert "going on at" in barrierfree("transcribe", talk).err


def test_ctrl_c_works_while_standard_input_is_waited_for(talk):
    with started("transcribe", "-", stdin=subprocess.PIPE) as run:
        run.stdin.write(talk.read_bytes()[:100_000])
        run.stdin.flush()
        time.sleep(2)
        run.send_signal(signal.SIGINT)
        begun = time.monotonic()
        run.wait(WAIT)
        assert time.monotonic() - begun < 10
        assert run.returncode == 130
        said = run.stderr.read().decode()
    assert said.splitlines()[-1] == "Stopped."
    assert "Traceback" not in said


def test_ctrl_c_twice_is_not_punished_with_a_traceback(talk):
    with started("transcribe", "-", stdin=subprocess.PIPE) as run:
        time.sleep(2)
        for _press in range(2):
            run.send_signal(signal.SIGINT)
            time.sleep(0.3)
        run.wait(WAIT)
        assert run.returncode == 130
        assert b"Traceback" not in run.stderr.read()


def test_a_terminated_run_can_be_gone_on_with(talk):
    with started("transcribe", talk, env=SLOWLY) as run:
        until(run.stderr, b"30 %")
        run.terminate()
        run.communicate(timeout=WAIT)
    assert len(journals()) == 1
    again = barrierfree("transcribe", talk)
    assert "going on at" in again.err
    assert again.text == "Alpha bravo.\nEcho foxtrot.\n" * 5
    assert journals() == []
