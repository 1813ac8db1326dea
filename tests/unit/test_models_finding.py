"""The right model is found on the disk, and what only looks like one is not."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from tests.hosting import VOSK_FILES, WHISPER_FILES

from barrierfree.errors import ModelDamaged, ModelNotFound
from barrierfree.models import catalogue, find_model, finding, installed_models, models_folder, verify
from barrierfree.models.model import ModelFile
from barrierfree.models.receipt import RECEIPT, Receipt, read_receipt, receipt_text
from barrierfree.settings import user_folder


@pytest.fixture
def models(tmp_path, monkeypatch):
    folder = tmp_path / "models"
    monkeypatch.setenv("BARRIERFREE_MODELS", str(folder))
    return folder


def put(folder, name, *, engine=None, languages=None, rank=None, kind="recognizer"):
    """An installed model; what is not said comes from the catalogue."""
    known = next((model for model in catalogue() if model.name == name), None)
    path = folder / name
    path.mkdir(parents=True)
    receipt = Receipt(
        name=name,
        engine=engine if engine is not None else known.engine,
        kind=kind,
        languages=languages or known.languages,
        rank=rank or known.rank,
        source="disk",
        date="2026-01-01T00:00:00+00:00",
        files=(ModelFile("a", 1, "0" * 64),),
    )
    (path / RECEIPT).write_text(receipt_text(receipt), encoding="utf-8")
    return path


def names(models):
    return [model.name for model in models]


def write(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


# Which model


def test_english_is_heard_by_the_small_english_model_and_mandarin_by_the_one_for_many(models):
    put(models, "whisper-tiny.en")
    put(models, "whisper-base")
    assert find_model("whisper", "en").name == "whisper-tiny.en"
    assert find_model("whisper", "zh").name == "whisper-base"
    assert find_model("whisper", "ko").name == "whisper-base"
    assert find_model("whisper", "*").name == "whisper-base"
    assert find_model("whisper", None).name == "whisper-tiny.en"
    assert find_model("vosk", "en") is None


def test_a_bigger_model_takes_over_once_it_is_installed(models):
    for name in ("whisper-tiny.en", "whisper-base", "whisper-small"):
        put(models, name)
    assert find_model("whisper", "zh").name == "whisper-small"
    assert find_model("whisper", "en").name == "whisper-small"


def test_of_two_equally_good_ones_the_one_for_just_that_language_is_taken(models):
    put(models, "a-many", engine="mine", languages=("*",), rank=3)
    put(models, "z-just", engine="mine", languages=("de",), rank=3)
    put(models, "b-two", engine="mine", languages=("de", "fr"), rank=9)
    assert find_model("mine", "de").name == "z-just"
    assert find_model("mine", "fr").name == "a-many"
    assert find_model("mine", "*").name == "a-many"


def test_a_model_of_one_language_does_not_hear_several(models):
    put(models, "vosk-small-ko-0.22")
    assert find_model("vosk", "ko").name == "vosk-small-ko-0.22"
    assert find_model("vosk", "*") is None
    assert find_model("vosk", "zh") is None


def test_a_model_for_voices_hears_no_language(models):
    put(models, "voice-resemblyzer", kind="voice")
    put(models, "vosk-spk-0.4", kind="voice")
    assert find_model("vosk", None) is None
    assert names(installed_models()) == ["voice-resemblyzer", "vosk-spk-0.4"]


def test_a_model_that_is_named_is_taken_whatever_it_hears_but_by_its_engine_only(models):
    path = put(models, "whisper-tiny.en")
    put(models, "whisper-base")
    assert find_model("whisper", "zh", name="whisper-tiny.en").path == path
    assert find_model("vosk", "en", name="whisper-tiny.en") is None


def test_a_model_that_is_known_but_not_installed_is_not_found(models):
    assert find_model("whisper", "en", name="whisper-small") is None


def test_a_name_that_nobody_knows_is_an_error(models):
    with pytest.raises(ModelNotFound, match="There is no model named"):
        find_model("whisper", "en", name="whispr-tiny")


def test_a_model_that_is_no_longer_in_the_catalogue_stays_usable(models):
    put(models, "vosk-small-en-us-0.9", engine="vosk", languages=("en",), rank=77)
    found = find_model("vosk", "en")
    assert (found.name, found.rank, found.languages) == ("vosk-small-en-us-0.9", 77, ("en",))


# Where


def test_models_are_looked_for_in_the_folder_that_was_set_alone(models, monkeypatch):
    put(user_folder("data") / "models", "whisper-base")
    assert models_folder() == models
    assert installed_models() == ()


def test_without_a_setting_they_are_in_the_users_folder(monkeypatch):
    monkeypatch.delenv("BARRIERFREE_MODELS", raising=False)
    monkeypatch.setattr(finding, "_checkout", lambda: None)
    assert models_folder() == user_folder("data") / "models"
    put(models_folder(), "whisper-base")
    assert names(installed_models()) == ["whisper-base"]


def test_in_a_checkout_they_are_in_its_own_folder_and_those_of_the_user_are_found_too(monkeypatch):
    monkeypatch.delenv("BARRIERFREE_MODELS", raising=False)
    root = Path(__file__).parents[2]
    assert models_folder() == root / "models"
    put(user_folder("data") / "models", "vosk-tg-0.22")
    assert "vosk-tg-0.22" in names(installed_models())


def test_a_copy_of_the_package_elsewhere_is_no_checkout(tmp_path):
    """As in site-packages: there the folder beside is not the user's to write to."""
    import subprocess

    site = tmp_path / "lib" / "site-packages"
    shutil.copytree(Path(finding.__file__).parents[1], site / "barrierfree")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'other'\n")
    script = "import barrierfree.models.finding as f; print(f._checkout(), f.__file__)"
    done = subprocess.run(
        [sys.executable, "-S", "-c", script], env={"PYTHONPATH": str(site)}, capture_output=True, text=True
    )
    assert done.stdout.startswith("None"), done.stderr
    assert str(site) in done.stdout


def test_a_model_in_two_places_is_found_once(models, tmp_path):
    put(models, "whisper-base")
    shutil.copytree(models / "whisper-base", models / "copy")
    assert names(installed_models()) == ["whisper-base"]


@pytest.mark.parametrize(
    "receipt",
    [b"", b"{", b"[]", b"null", b'{"format": 1}', b'{"format": 99}', b"\xff\xfe", b"[" * 100_000],
)
def test_a_folder_without_a_sound_receipt_is_not_installed(models, receipt):
    write(models / "vosk-small-ko-0.22", VOSK_FILES)
    assert installed_models() == ()
    (models / "vosk-small-ko-0.22" / RECEIPT).write_bytes(receipt)
    assert installed_models() == ()
    with pytest.raises(ModelNotFound):
        verify("vosk-small-ko-0.22")


@pytest.mark.parametrize("key", ["name", "engine", "languages", "rank", "date"])
@pytest.mark.parametrize("value", [None, 7.5, {}, [1], True])
def test_a_receipt_with_something_else_in_it_is_none(models, key, value):
    path = put(models, "whisper-base")
    values = json.loads((path / RECEIPT).read_text())
    (path / RECEIPT).write_text(json.dumps({**values, key: value}))
    assert read_receipt(path) is None


@pytest.mark.parametrize(
    "files",
    [None, {}, [1], [{}], [{"name": "a", "size": "1", "sha256": ""}], [{"name": 1, "size": 1, "sha256": ""}]],
)
def test_a_receipt_whose_files_are_none_is_none(models, files):
    path = put(models, "whisper-base")
    values = json.loads((path / RECEIPT).read_text())
    (path / RECEIPT).write_text(json.dumps({**values, "files": files}))
    assert read_receipt(path) is None


def test_hidden_folders_files_and_a_missing_folder_are_passed_over(models):
    assert installed_models() == ()
    models.mkdir()
    (models / "README.md").write_text("hello")
    (models / ".partial").mkdir()
    assert installed_models() == ()


# Folders of the user's own


def test_a_vosk_folder_of_ones_own_is_recognised_by_its_files(models, tmp_path):
    for number, files in enumerate((VOSK_FILES, {"final.mdl": b"x", "mfcc.conf": b""})):
        own = write(tmp_path / f"own{number}", files)
        found = find_model("vosk", "fi", name=str(own))
        assert (found.name, found.path, found.engine, found.languages) == (f"own{number}", own, "vosk", ())
        assert find_model("whisper", "fi", name=str(own)) is None


@pytest.mark.parametrize(
    ("vocabulary", "languages"),
    [
        ({"vocabulary.txt": b"w\n" * 51865}, ("*",)),
        ({"vocabulary.txt": b"w\n" * 51864}, ("en",)),
        ({"vocabulary.json": json.dumps(["w"] * 51866).encode()}, ("*",)),
        ({"vocabulary.json": json.dumps(["w"] * 51864).encode()}, ("en",)),
        ({"vocabulary.json": b"{"}, ()),
        ({}, ()),
    ],
)
def test_a_whisper_folder_of_ones_own_tells_whether_it_hears_many_languages(
    models, tmp_path, vocabulary, languages
):
    rest = {name: content for name, content in WHISPER_FILES.items() if name != "vocabulary.txt"}
    own = write(tmp_path / "own", {**rest, **vocabulary})
    found = find_model("whisper", "zh", name=str(own))
    assert (found.engine, found.languages) == ("whisper", languages)


def test_a_folder_beside_the_user_needs_no_slash(models, tmp_path, monkeypatch):
    write(tmp_path / "mine", VOSK_FILES)
    monkeypatch.chdir(tmp_path)
    assert find_model("vosk", None, name="mine").engine == "vosk"
    assert find_model("vosk", None, name="./mine").name == "mine"
    monkeypatch.chdir(tmp_path / "mine")
    assert find_model("vosk", None, name=".").name == "mine"


def test_a_folder_that_is_not_there_is_said(models, tmp_path):
    with pytest.raises(ModelNotFound, match="There is no folder"):
        find_model("vosk", None, name=str(tmp_path / "nowhere"))
    (tmp_path / "file.zip").write_bytes(b"PK")
    with pytest.raises(ModelNotFound, match="There is no folder"):
        find_model("vosk", None, name=str(tmp_path / "file.zip"))


@pytest.mark.parametrize("inner", ["vosk-model-x", "a/b", "snapshots/1f2e"])
def test_a_folder_around_a_model_points_to_the_model(models, tmp_path, inner):
    write(tmp_path / "own" / inner, VOSK_FILES)
    with pytest.raises(ModelDamaged) as caught:
        find_model("vosk", None, name=str(tmp_path / "own"))
    assert str(tmp_path / "own" / inner) in caught.value.hint


def test_a_folder_that_holds_no_model_says_what_one_holds(models, tmp_path):
    (tmp_path / "own").mkdir()
    with pytest.raises(ModelDamaged, match="holds no speech model") as caught:
        find_model("vosk", None, name=str(tmp_path / "own"))
    assert "final.mdl" in caught.value.hint


def test_a_whisper_folder_without_its_tokenizer_says_what_is_missing(models, tmp_path):
    own = write(tmp_path / "own", {"model.bin": b"x", "config.json": b"{}"})
    with pytest.raises(ModelDamaged, match=r"lacks tokenizer\.json"):
        find_model("whisper", None, name=str(own))


@pytest.mark.model
@pytest.mark.parametrize(
    ("name", "engine", "languages"),
    [
        ("whisper-tiny.en", "whisper", ("en",)),
        ("whisper-base", "whisper", ("*",)),
        ("vosk-small-ko-0.22", "vosk", ()),
    ],
)
def test_real_models_are_recognised_as_folders_of_ones_own(model_folder, tmp_path, name, engine, languages):
    own = tmp_path / "own"
    shutil.copytree(model_folder(name), own, ignore=shutil.ignore_patterns(RECEIPT))
    found = find_model(engine, None, name=str(own))
    assert (found.engine, found.languages) == (engine, languages)


@pytest.mark.model
@pytest.mark.parametrize(
    "name", ["whisper-tiny.en", "whisper-base", "vosk-small-ko-0.22", "voice-resemblyzer"]
)
def test_real_models_are_as_they_were_published(model_folder, name):
    model_folder(name)
    assert verify(name) == ()
