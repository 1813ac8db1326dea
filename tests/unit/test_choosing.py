"""Which voice speaks when none is named: the first of the system's list that can."""

import sys

import pytest

from barrierfree.errors import EngineNotInstalled, UnknownEngine
from barrierfree.plugins import engine_names, load_engine
from barrierfree.speech import choosing
from barrierfree.speech.choosing import choose_engine


@pytest.fixture
def only(monkeypatch):
    """Makes some engines the only ones that can run here."""

    def available(*names, broken=()):
        for name in engine_names("synthesizer"):
            monkeypatch.setattr(
                load_engine("synthesizer", name), "available", lambda name=name: name in names
            )

        def load(kind, name):
            if name in broken:
                raise EngineNotInstalled(f"{name} is broken")
            return load_engine(kind, name)

        monkeypatch.setattr(choosing, "load_engine", load)

    return available


def test_on_this_machine_there_is_one():
    assert choose_engine() == choose_engine("auto") == "espeak"


@pytest.mark.parametrize(
    ("system", "order"),
    [
        ("linux", ["espeak", "speech_dispatcher", "pyttsx3"]),
        ("win32", ["pyttsx3", "espeak", "speech_dispatcher"]),
        ("darwin", ["pyttsx3", "espeak", "speech_dispatcher"]),
        ("freebsd14", ["espeak", "speech_dispatcher", "pyttsx3"]),
    ],
)
def test_every_system_has_its_order(system, order, only, monkeypatch):
    monkeypatch.setattr(sys, "platform", system)
    names = set(order)
    while order:
        only(*names)
        assert choose_engine() == order.pop(0)
        names = set(order)


def test_engines_for_tests_and_slow_ones_are_never_chosen_by_themselves(only):
    only("silent", "recording", "piper")
    with pytest.raises(EngineNotInstalled) as told:
        choose_engine()
    assert "barrierfree[voice]" in told.value.hint
    assert [choose_engine(name) for name in ("silent", "recording", "piper")] == [
        "silent",
        "recording",
        "piper",
    ]


def test_a_broken_engine_is_no_reason_to_stay_silent(only):
    only("pyttsx3", broken=("espeak", "speech_dispatcher"))
    assert choose_engine() == "pyttsx3"


@pytest.mark.parametrize("name", ["espeak", "piper", "pyttsx3", "speech_dispatcher"])
def test_one_that_is_named_and_cannot_run_is_an_error_with_what_to_do(name, only):
    only()
    with pytest.raises(EngineNotInstalled, match=name) as told:
        choose_engine(name)
    assert "install" in told.value.hint


def test_a_name_nobody_knows_is_an_error():
    with pytest.raises(UnknownEngine, match="telepathy"):
        choose_engine("telepathy")
