"""The names that programs may rely on: exactly these, each explained, each there."""

import ast
import inspect
from pathlib import Path

import pytest

import barrierfree

PUBLIC = {
    # Recordings to words.
    "transcribe",
    "stream",
    "transcribe_many",
    "Outcome",
    # What comes out.
    "Transcript",
    "Segment",
    "Word",
    "Partial",
    # To disk and back.
    "save",
    "load",
    # Words that were corrected by hand get their times back.
    "retime",
    # Words to speech.
    "say",
    "Speaker",
    "Utterance",
    "Priority",
    "pause",
    "spell",
    # Apps that speak.
    "ScreenReader",
    # Whatever goes wrong.
    "BarrierfreeError",
}


def test_the_public_names_are_these():
    assert set(barrierfree.__all__) == PUBLIC
    assert barrierfree.__all__ == sorted(barrierfree.__all__)


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_each_is_there_and_says_what_it_does(name):
    value = getattr(barrierfree, name)
    assert value.__name__ == name
    assert value.__module__.startswith("barrierfree.")
    first, *_rest = inspect.getdoc(value).splitlines()
    assert first.endswith((".", ":"))
    assert getattr(barrierfree, name) is value


@pytest.mark.parametrize("name", ["transcribe", "stream", "transcribe_many", "save", "load", "say"])
def test_each_function_that_can_fail_says_with_which_errors(name):
    explained = inspect.getdoc(getattr(barrierfree, name))
    assert "Raises:" in explained or "errors are those of" in explained


def test_every_value_is_frozen():
    for name in ("Outcome", "Transcript", "Segment", "Word", "Partial", "Utterance"):
        kind = getattr(barrierfree, name)
        assert kind.__dataclass_params__.frozen
        assert "__slots__" in vars(kind)


def test_dir_lists_them_before_and_after_they_are_used():
    assert set(dir(barrierfree)) >= PUBLIC
    assert "__name__" in dir(barrierfree)


def test_a_star_import_brings_them_and_nothing_else():
    brought = {}
    exec("from barrierfree import *", brought)
    assert brought.keys() - {"__builtins__"} == PUBLIC


@pytest.mark.parametrize("name", ["transcripe", "os", "_HOME", "__wrapped__"])
def test_any_other_name_is_an_attribute_error_that_says_which(name):
    with pytest.raises(AttributeError, match=f"module 'barrierfree' has no attribute '{name}'"):
        getattr(barrierfree, name)


def test_importing_a_name_that_is_not_there_is_an_import_error():
    with pytest.raises(ImportError, match="nothing_of_the_kind"):
        exec("from barrierfree import nothing_of_the_kind")


def test_type_checkers_are_told_of_the_same_names():
    tree = ast.parse(Path(barrierfree.__file__).read_text())
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    told = {name.name: node.module for node in guarded.body for name in node.names}
    assert told.keys() == PUBLIC
    assert told == {name: f"barrierfree.{barrierfree._HOMES[name]}" for name in PUBLIC}


def test_the_package_says_that_it_is_typed():
    assert (Path(barrierfree.__file__).parent / "py.typed").exists()
