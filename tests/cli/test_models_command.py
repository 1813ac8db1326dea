"""``barrierfree models`` says what there is, installs what is asked for, asks only who can answer."""

import hashlib
import json
import os
import select
import shutil
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from tests.cli.running import barrierfree
from tests.hosting import VOSK_FILES, hosting, noise, zipped

from barrierfree.cli import cli
from barrierfree.cli.models import offer
from barrierfree.cli.terminal import DONE, ENGINE, INPUT, USAGE, run
from barrierfree.errors import ModelNotFound
from barrierfree.models import catalogue, installed_models, known

ZIP = zipped(VOSK_FILES)
DIGEST = hashlib.sha256(ZIP).hexdigest()
CATALOGUE = f"""
[[model]]
name = "vosk-toy-0.1"
title = "Vosk toy"
kind = "recognizer"
engine = "vosk"
languages = ["en"]
licence = "Apache-2.0"
error = {{ percent = 12.5, of = "words", test = "Toys" }}
rank = 5
suggested = true
archive = {{ name = "vosk-model-toy-0.1.zip", size = {len(ZIP)}, sha256 = "{DIGEST}" }}

[[model]]
name = "vosk-big-toy-0.1"
title = "Vosk big toy"
kind = "recognizer"
engine = "vosk"
languages = ["zh"]
licence = "MIT"
rank = 5
archive = {{ name = "vosk-big-toy-0.1.zip", size = 1913365522, md5 = "{"0" * 32}" }}

[[model]]
name = "voice-toy"
title = "Toy"
kind = "voice"
languages = ["*"]
licence = "MIT"
rank = 5
files = [ {{ name = "pretrained.pt", size = 5, sha256 = "{hashlib.sha256(b"hello").hexdigest()}" }} ]
"""


@pytest.fixture
def models(tmp_path, monkeypatch):
    folder = tmp_path / "models"
    monkeypatch.setenv("BARRIERFREE_MODELS", str(folder))
    return folder


@pytest.fixture
def toys(tmp_path, monkeypatch, models):
    """A catalogue of small models instead of the shipped one."""
    file = tmp_path / "catalogue.toml"
    file.write_text(CATALOGUE)
    monkeypatch.setattr(known, "_SHIPPED", file)
    catalogue.cache_clear()
    yield models
    catalogue.cache_clear()


@pytest.fixture
def host(toys, monkeypatch):
    with hosting(**{"/vosk-model-toy-0.1.zip": ZIP}) as running:
        monkeypatch.setenv("BARRIERFREE_MIRROR", running.address)
        yield running


@pytest.fixture
def command(capsys):
    """Runs a subcommand: exit code, stdout, stderr."""

    def ran(*arguments):
        code = run(cli, ["models", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return ran


# list


def test_the_list_says_name_language_size_licence_and_error_and_marks_what_is_installed_in_words(
    command, host
):
    command("install", "vosk-toy-0.1")
    code, out, err = command("list")
    rows = {line.split()[0]: line.split() for line in out.splitlines()}
    assert rows["vosk-toy-0.1"][1:] == [
        "en", "1", "MB", "Apache-2.0", "installed", "12.5", "%", "of", "words", "(Toys)",
    ]  # fmt: skip
    assert rows["vosk-big-toy-0.1"][1:] == ["zh", "1.9", "GB", "MIT", "-", "-"]
    assert rows["voice-toy"][1] == "-"
    assert "\x1b" not in out + err
    assert code == DONE


@pytest.mark.parametrize(
    ("flags", "names"),
    [
        (["--language", "en"], ["vosk-toy-0.1"]),
        (["-l", "zh-CN"], ["vosk-big-toy-0.1"]),
        (["-l", "zh_TW", "-e", "Vosk"], ["vosk-big-toy-0.1"]),
        (["--engine", "vosk"], ["vosk-toy-0.1", "vosk-big-toy-0.1"]),
    ],
)
def test_the_list_can_be_narrowed(command, toys, flags, names):
    assert [row["name"] for row in json.loads(command("list", "--json", *flags)[1])] == names


def test_the_list_as_json_has_everything(command, host):
    command("install", "vosk-toy-0.1")
    rows = {row["name"]: row for row in json.loads(command("list", "--json")[1])}
    assert rows["vosk-toy-0.1"] == {
        "name": "vosk-toy-0.1",
        "title": "Vosk toy, English",
        "kind": "recognizer",
        "engine": "vosk",
        "languages": ["en"],
        "size": len(ZIP),
        "disk_size": 3 * len(ZIP),
        "licence": "Apache-2.0",
        "error": "12.5 % of words (Toys)",
        "suggested": True,
        "installed": str(Path(os.environ["BARRIERFREE_MODELS"]) / "vosk-toy-0.1"),
    }
    assert rows["vosk-big-toy-0.1"]["installed"] is None


def test_a_list_with_nothing_in_it_is_said(command, toys):
    code, out, err = command("list", "--language", "xx")
    assert (code, out) == (ENGINE, "")
    assert "No such model is known" in err
    assert json.loads(command("list", "--json", "--language", "xx")[1]) == []


def test_the_shipped_list_comes_whole_through_a_pipe(models):
    done = barrierfree("models", "list")
    assert done.code == 0
    assert len(done.text.splitlines()) == len(catalogue()) + 1
    assert done.err == ""
    assert barrierfree("models", "list", env={"BARRIERFREE_LANGUAGE": "zh_CN"}).code == 0


# install


def test_a_model_is_installed_without_a_question_and_size_and_licence_are_said(command, host):
    code, out, err = command("install", "vosk-toy-0.1")
    assert (code, out) == (DONE, "")
    assert "vosk-toy-0.1 (Vosk toy, English; 1 MB; licence Apache-2.0)" in err
    assert str(installed_models()[0].path) in err


def test_quiet_says_nothing_but_errors(command, host):
    assert command("install", "-q", "vosk-toy-0.1") == (DONE, "", "")
    code, out, err = command("install", "-q", "vosk-big-toy-0.1")
    assert (code, out) == (ENGINE, "")
    assert "404" in err


def test_a_model_can_be_chosen_by_its_language(command, host):
    code, _out, err = command("install", "--language", "en-GB", "--engine", "vosk")
    assert code == DONE
    assert [model.name for model in installed_models()] == ["vosk-toy-0.1"]
    assert "licence" in err


def test_a_language_that_nothing_suggested_hears_is_said(command, host):
    code, _out, err = command("install", "--language", "xx")
    assert code == ENGINE
    assert 'No model for "xx" is known.' in err


def test_a_mirror_can_be_named_for_once(command, toys):
    with hosting(**{"/mine/vosk-model-toy-0.1.zip": ZIP}) as host:
        assert command("install", "vosk-toy-0.1", "--mirror", host.address + "/mine/")[0] == DONE
    code, _out, err = command("install", "vosk-big-toy-0.1", "--mirror", "nonsense")
    assert code == USAGE
    assert "http" in err


def test_a_file_on_disk_will_do(command, toys, tmp_path):
    (tmp_path / "a.zip").write_bytes(ZIP)
    assert command("install", "vosk-toy-0.1", "--from", str(tmp_path / "a.zip"))[0] == DONE
    assert [model.name for model in installed_models()] == ["vosk-toy-0.1"]


def test_what_is_installed_is_not_fetched_again(command, host):
    command("install", "vosk-toy-0.1")
    host.seen.clear()
    assert command("install", "vosk-toy-0.1")[0] == DONE
    assert host.seen == []


def test_of_several_models_those_that_can_be_had_are_installed_and_the_others_told(command, host):
    code, _out, err = command("install", "vosk-big-toy-0.1", "vosk-toy-0.1")
    assert code == ENGINE
    assert [model.name for model in installed_models()] == ["vosk-toy-0.1"]
    assert "vosk-big-toy-0.1: vosk-big-toy-0.1 cannot be installed" in err


def test_a_name_that_is_not_known_installs_nothing_at_all(command, host):
    code, _out, err = command("install", "vosk-toy-0.1", "vosk-toi")
    assert code == ENGINE
    assert "Did you mean vosk-toy-0.1" in err
    assert installed_models() == ()


@pytest.mark.parametrize("arguments", [[], ["vosk-toy-0.1", "--language", "en"], ["x", "--source", "moon"]])
def test_a_command_that_cannot_be_meant_is_a_usage_error(command, toys, arguments):
    assert command("install", *arguments)[0] == USAGE


def test_a_folder_in_the_way_has_the_code_of_an_output_that_cannot_be_written(command, host):
    own = Path(os.environ["BARRIERFREE_MODELS"]) / "vosk-toy-0.1"
    own.mkdir(parents=True)
    (own / "thesis.txt").write_text("years of work")
    assert command("install", "vosk-toy-0.1")[0] == INPUT


def test_progress_is_a_line_every_ten_percent_where_there_is_no_terminal(
    command, toys, monkeypatch, tmp_path
):
    raw = zipped({**VOSK_FILES, "big": noise(2_000_000)})
    digest = hashlib.sha256(raw).hexdigest()
    text = CATALOGUE.replace(str(len(ZIP)), str(len(raw))).replace(DIGEST, digest)
    (tmp_path / "catalogue.toml").write_text(text)
    with hosting(**{"/vosk-model-toy-0.1.zip": raw}) as host:
        code, _out, err = command("install", "vosk-toy-0.1", "--mirror", host.address)
    assert code == DONE
    assert sum("downloading: " in line for line in err.splitlines()) == 10
    assert "vosk-toy-0.1: downloading: 100 %" in err


# verify, remove, where


def test_sound_models_are_said_to_be_so(command, host):
    assert command("verify") == (DONE, "", "No model is installed.\n")
    command("install", "vosk-toy-0.1")
    assert command("verify") == (DONE, "vosk-toy-0.1: all files are as published.\n", "")
    assert command("verify", "vosk-toy-0.1")[0] == DONE


def test_every_damage_is_said_with_what_mends_it(command, host):
    command("install", "vosk-toy-0.1")
    path = installed_models()[0].path
    (path / "README").unlink()
    (path / "am" / "final.mdl").write_bytes(b"short")
    (path / "conf" / "model.conf").write_bytes(VOSK_FILES["conf/model.conf"][::-1])
    code, out, err = command("verify")
    assert code == ENGINE
    assert set(out.splitlines()) == {
        "vosk-toy-0.1: README is missing.",
        "vosk-toy-0.1: am/final.mdl has 5 bytes instead of 3000.",
        "vosk-toy-0.1: conf/model.conf is not the file that was published.",
    }
    assert "barrierfree models install vosk-toy-0.1" in err
    assert command("install", "vosk-toy-0.1")[0] == DONE
    assert command("verify")[0] == DONE


def test_a_model_is_removed(command, host):
    command("install", "vosk-toy-0.1")
    code, out, err = command("remove", "vosk-toy-0.1")
    assert (code, out) == (DONE, "")
    assert "vosk-toy-0.1" in err
    assert installed_models() == ()


@pytest.mark.parametrize("subcommand", ["verify", "remove"])
def test_what_is_not_installed_is_said(command, toys, subcommand):
    code, _out, err = command(subcommand, "vosk-toy-0.1")
    assert code == ENGINE
    assert "not installed" in err
    assert "Did you mean" in command(subcommand, "vosk-toi")[2]


def test_the_folder_is_printed_alone(command, models):
    assert command("where") == (DONE, f"{models}\n", "")


# offer


@pytest.fixture
def missing_model(host):
    return next(model for model in catalogue() if model.name == "vosk-toy-0.1")


def test_with_yes_a_missing_model_is_installed(missing_model, capsys):
    assert offer(missing_model, yes=True) is True
    assert [model.name for model in installed_models()] == ["vosk-toy-0.1"]
    out, err = capsys.readouterr()
    assert out == ""
    assert "licence Apache-2.0" in err


def test_where_nobody_can_be_asked_the_command_is_said_and_nothing_fetched(missing_model, host):
    with pytest.raises(ModelNotFound, match=r"1 MB; licence Apache-2\.0") as caught:
        offer(missing_model, yes=False)
    assert caught.value.hint == "Install it: barrierfree models install vosk-toy-0.1"
    assert host.seen == []


def asked(host, models, answer):
    """What is seen on a real terminal, and what came on stdout, when a model is offered and answered."""
    import pty

    script = """
        from barrierfree.cli.models import offer
        from tests.hosting import VOSK_FILES, zip_model, zipped
        print(offer(zip_model(zipped(VOSK_FILES)), yes=False))
    """
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "BARRIERFREE_MODELS": str(models), "BARRIERFREE_MIRROR": host.address},
        stdin=theirs,
        stderr=theirs,
        stdout=subprocess.PIPE,
    )
    os.close(theirs)
    seen = b""
    try:
        end = time.monotonic() + 30
        while b"?" not in seen and time.monotonic() < end and select.select([ours], [], [], 30)[0]:
            seen += os.read(ours, 4096)
        os.write(ours, answer)
        out = child.communicate(timeout=30)[0]
        while select.select([ours], [], [], 0)[0]:
            try:
                seen += os.read(ours, 4096)
            except OSError:
                break
    finally:
        child.kill()
        child.wait()
        os.close(ours)
    return seen.decode(), out.decode()


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals there")
@pytest.mark.parametrize(("answer", "outcome"), [(b"y\n", "True"), (b"\n", "True"), (b"n\n", "False")])
def test_on_a_terminal_it_is_asked_once_and_the_answer_heeded(host, models, answer, outcome):
    seen, out = asked(host, models, answer)
    assert out == outcome + "\n"
    assert seen.count("Install it now?") == 1
    assert "1 MB; licence CC0" in seen
    assert bool(list(models.glob("vosk-toy-0.1"))) == (outcome == "True")
    assert bool(host.seen) == (outcome == "True")


# Real ones


@pytest.mark.model
def test_a_real_model_is_installed_from_a_folder_verified_and_removed(model_folder, tmp_path):
    source = tmp_path / "copied by hand"
    shutil.copytree(model_folder("voice-resemblyzer"), source)
    env = {"BARRIERFREE_MODELS": str(tmp_path / "models")}
    done = barrierfree("models", "install", "voice-resemblyzer", "--from", str(source), env=env)
    assert done.code == 0, done.err
    assert barrierfree("models", "verify", "voice-resemblyzer", env=env).code == 0
    damaged = tmp_path / "models" / "voice-resemblyzer" / "pretrained.pt"
    with damaged.open("r+b") as file:
        file.seek(10_000_000)
        file.write(b"?")
    assert barrierfree("models", "verify", env=env).code == ENGINE
    assert barrierfree("models", "remove", "voice-resemblyzer", env=env).code == 0
    assert not damaged.parent.exists()
