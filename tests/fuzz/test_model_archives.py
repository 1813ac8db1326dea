"""Thousands of damaged and doctored zips: each becomes a model or is refused, and nothing else happens."""

import os
import random
import struct
from pathlib import Path

import pytest
from tests.hosting import VOSK_FILES, noise, zip_model, zipped

from barrierfree.errors import BarrierfreeError
from barrierfree.models import install, verify

MUTANTS = 2400
REAL = zipped({**VOSK_FILES, "graph/HCLr.fst": b"\0" * 9000, "ivector/final.ie": noise(2000, 8)})
NAMES = [
    b"../../evil",
    b"/tmp/evil-from-fuzz",
    b"..\\evil",
    b"C:\\evil",
    b"CON",
    b"a/../../x",
    b"\xff\xfe",
    b"a\0b",
    b"",
    b"/",
    b".",
]
"""Put in the place of names."""
NUMBERS = [0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF]


def flip(rng, raw):
    at = rng.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ 1 << rng.randrange(8)]) + raw[at + 1 :]


def cut(rng, raw):
    return raw[: rng.randrange(len(raw))]


def remove(rng, raw):
    at = rng.randrange(len(raw))
    return raw[:at] + raw[at + rng.randrange(1, 60) :]


def repeat(rng, raw):
    first, second = sorted(rng.randrange(len(raw)) for _ in range(2))
    return raw[:second] + raw[first : first + 400] + raw[second:]


def swap(rng, raw):
    at, other = (rng.randrange(len(raw) - 40) for _ in range(2))
    mixed = bytearray(raw)
    mixed[at : at + 40], mixed[other : other + 40] = raw[other : other + 40], raw[at : at + 40]
    return bytes(mixed)


def directory(rng, raw):
    """A field of the directory at the end: sizes, offsets, flags, methods, attributes."""
    places = [
        at for at in range(len(raw) - 46) if raw[at : at + 4] in (b"PK\x01\x02", b"PK\x05\x06", b"PK\x03\x04")
    ]
    at = rng.choice(places or [0]) + rng.randrange(4, 46)
    size = rng.choice([1, 2, 4])
    number = rng.choice(NUMBERS) & (2 ** (8 * size) - 1)
    return raw[:at] + number.to_bytes(size, "little") + raw[at + size :]


def rename(rng, raw):
    """A name of the same length becomes one that leads elsewhere, in the directory or everywhere."""
    name = rng.choice(
        [b"am/final.mdl", b"conf/model.conf", b"README", b"graph/HCLr.fst", b"vosk-model-toy-0.1"]
    )
    evil = rng.choice(NAMES)
    evil = (evil + b"x" * len(name))[: len(name)] if evil else b"/" * len(name)
    if rng.random() < 0.5:
        return raw.replace(name, evil)
    at = raw.rfind(name)
    return raw[:at] + evil + raw[at + len(name) :]


def make_a_link(rng, raw):
    """Attributes of an entry say that it is a link, a device or a folder."""
    places = [at for at in range(len(raw)) if raw.startswith(b"PK\x01\x02", at)]
    if not places:
        return raw
    at = rng.choice(places)
    kind = rng.choice([0o120777, 0o020666, 0o060666, 0o010666, 0o040777]) << 16
    return raw[: at + 38] + struct.pack("<I", kind) + raw[at + 42 :]


MUTATIONS = [flip, cut, remove, repeat, swap, directory, directory, directory, rename, make_a_link]


def mutant(seed):
    rng = random.Random(seed)
    raw = REAL
    for _ in range(rng.choice([1, 1, 1, 2, 3])):
        if len(raw) > 100:
            raw = rng.choice(MUTATIONS)(rng, raw)
    return raw


@pytest.mark.parametrize("batch", range(6))
def test_a_doctored_zip_is_refused_or_installed_whole_and_nothing_is_written_elsewhere(
    batch, tmp_path, monkeypatch
):
    # What the disk has is not the matter here, and thousands of syncs take minutes.
    monkeypatch.setattr(os, "fsync", lambda _file: None)
    models, file = tmp_path / "a" / "b" / "models", tmp_path / "some.zip"
    outcomes, installed = set(), set()
    for seed in range(batch * MUTANTS // 6, (batch + 1) * MUTANTS // 6):
        raw = mutant(seed) or b"\0"
        file.write_bytes(raw)
        # The hash is right: only what unpacks the zip stands between it and the disk.
        model = zip_model(raw, name=f"vosk-toy-{seed}", disk_size=30_000)
        try:
            path = install(model, from_path=file, folder=models).path
        except BarrierfreeError as error:
            outcomes |= {type(error).__name__, error.message.isprintable()}
        else:
            installed.add(model.name)
            assert verify(model.name, folder=models) == (), seed
            plain = [inner.is_file() or inner.is_dir() for inner in path.rglob("*") if not inner.is_symlink()]
            assert len(plain) == len(list(path.rglob("*"))), seed
            assert sum(inner.stat().st_size for inner in path.rglob("*")) < 200_000, seed
    assert False not in outcomes
    assert {inner.name for inner in models.iterdir() if not inner.name.startswith(".")} == installed
    assert {inner.name for inner in tmp_path.iterdir()} == {"a", "some.zip"}
    assert {inner.name for inner in (tmp_path / "a").iterdir()} == {"b"}
    assert not Path("/tmp/evil-from-fuzz").exists()
    assert installed
    assert "ModelDamaged" in outcomes
