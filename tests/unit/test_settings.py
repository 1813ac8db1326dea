"""Settings come from flags, environment, file and defaults, in that order; errors name the place."""

from pathlib import Path

import pytest

from barrierfree.errors import SettingsError
from barrierfree.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def own_place(tmp_path, monkeypatch):
    for name in ("CONFIG", "LANGUAGE", "MODELS", "MIRROR", "ENGINE", "WORKERS"):
        monkeypatch.delenv(f"BARRIERFREE_{name}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))


def in_file(tmp_path, monkeypatch, text):
    file = tmp_path / "my.toml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("BARRIERFREE_CONFIG", str(file))
    return file


def test_without_anything_said_the_defaults_hold():
    assert load_settings() == Settings()


def test_a_flag_beats_the_environment_which_beats_the_file(tmp_path, monkeypatch):
    in_file(tmp_path, monkeypatch, 'engine = "from-file"\nmirror = "from-file"\nworkers = 3\n')
    monkeypatch.setenv("BARRIERFREE_ENGINE", "from-environment")
    monkeypatch.setenv("BARRIERFREE_MIRROR", "from-environment")
    settings = load_settings(engine="from-flag")
    assert (settings.engine, settings.mirror, settings.workers) == ("from-flag", "from-environment", 3)


def test_a_flag_that_was_not_given_changes_nothing(monkeypatch):
    monkeypatch.setenv("BARRIERFREE_ENGINE", "vosk")
    assert load_settings(engine=None).engine == "vosk"


def test_a_model_folder_may_begin_with_a_tilde(tmp_path, monkeypatch):
    monkeypatch.setenv("BARRIERFREE_MODELS", "~/speech")
    assert load_settings().models == tmp_path / "speech"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("engin = 'vosk'", "engin"),
        ("engine = 3", "engine"),
        ("workers = 'many'", "workers"),
        ("workers = -1", "workers"),
        ("engine = ", "my.toml"),
    ],
)
def test_an_error_in_the_file_names_the_file_and_the_key(tmp_path, monkeypatch, text, named):
    file = in_file(tmp_path, monkeypatch, text)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(file) in caught.value.message
    assert named in caught.value.message
    assert caught.value.hint


def test_an_error_in_the_environment_names_the_variable(monkeypatch):
    monkeypatch.setenv("BARRIERFREE_WORKERS", "lots")
    with pytest.raises(SettingsError, match="BARRIERFREE_WORKERS"):
        load_settings()


def test_a_settings_file_that_is_named_must_exist(monkeypatch):
    monkeypatch.setenv("BARRIERFREE_CONFIG", str(Path("/nowhere/at/all.toml")))
    with pytest.raises(SettingsError, match="does not exist"):
        load_settings()


def test_a_file_that_is_not_text_is_an_error_with_a_hint(tmp_path, monkeypatch):
    file = in_file(tmp_path, monkeypatch, "")
    file.write_bytes(b"\xff\xfe\x00engine")
    with pytest.raises(SettingsError):
        load_settings()
