"""Anybody can find out what the command does, in their language, on whatever terminal they have."""

import pytest
from tests.cli.running import barrierfree

from barrierfree.transcription.writers import formats

ASKED = [
    ("--help",),
    ("-h",),
    ("transcribe", "--help"),
    ("transcribe", "-h"),
    ("models", "--help"),
]
TERMINALS = [
    {},
    {"LC_ALL": "C"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "latin-1"},
    {"PYTHONIOENCODING": "gb18030"},
]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_help_is_there_for_every_command_in_both_languages(asked, language):
    done = barrierfree(*asked, env={"BARRIERFREE_LANGUAGE": language})
    assert (done.code, done.err) == (0, "")
    assert done.text.count("\n") > 8
    assert "--help" in done.text


@pytest.mark.parametrize("terminal", TERMINALS, ids=str)
def test_help_in_chinese_needs_no_particular_terminal(terminal):
    env = {"BARRIERFREE_LANGUAGE": "zh_CN", **terminal}
    assert barrierfree("transcribe", "--help", env=env).code == 0
    # The error goes to stderr, which has an encoding of its own.
    assert barrierfree("transcribe", "没有.wav", env=env).code == 4


def test_help_names_every_format():
    text = barrierfree("transcribe", "--help").text
    assert all(name in text for name in formats())


@pytest.mark.parametrize("command", [(), ("models",)], ids=str)
def test_without_arguments_the_help_is_shown_and_that_is_no_error(command):
    done = barrierfree(*command)
    assert (done.code, done.err) == (0, "")
    assert done.out == barrierfree(*command, "--help").out


def test_the_version_can_be_asked_for():
    from importlib.metadata import version

    done = barrierfree("--version")
    assert (done.code, done.text) == (0, f"barrierfree {version('barrierfree')}\n")


@pytest.mark.parametrize(
    ("arguments", "said", "help_for"),
    [
        (["transcribbe"], "transcribbe", "barrierfree"),
        (["--nope"], "--nope", "barrierfree"),
        (["transcribe"], "SOURCE", "barrierfree transcribe"),
        (["transcribe", "--nope", "a.wav"], "--nope", "barrierfree transcribe"),
        (["transcribe", "--lines", "many", "a.wav"], "--lines", "barrierfree transcribe"),
        (["transcribe", "--workers", "65", "a.wav"], "--workers", "barrierfree transcribe"),
        (["transcribe", "--script", "old", "a.wav"], "--script", "barrierfree transcribe"),
        (["transcribe", "--from", "soon", "a.wav"], "--from", "barrierfree transcribe"),
        (["transcribe", "--from", "1:2:3:4", "a.wav"], "--from", "barrierfree transcribe"),
        (["transcribe", "--to", "-3", "a.wav"], "--to", "barrierfree transcribe"),
        (["transcribe", "--from", "9" * 400, "a.wav"], "--from", "barrierfree transcribe"),
        (["transcribe", "--from", "4", "--to", "3", "a.wav"], "--to", "barrierfree transcribe"),
        (["transcribe", "-f", "txt,srt", "a.wav"], "-o FOLDER", "barrierfree transcribe"),
        (["transcribe", "-f", "srt", "a.wav", "b.wav"], "-o FOLDER", "barrierfree transcribe"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_where_to_look(arguments, said, help_for):
    done = barrierfree(*arguments)
    assert (done.code, done.out) == (2, b"")
    message, hint = done.lines
    assert said in message
    assert hint.endswith(f": {help_for} --help")
