"""Thousands of damaged transcripts: each is read or refused, and nothing else ever happens."""

import json
import random
from pathlib import Path

import pytest

from barrierfree.errors import BarrierfreeError
from barrierfree.transcription.loading import load
from barrierfree.transcription.saving import save
from barrierfree.transcription.transcript import Transcript

REAL = (Path(__file__).parent.parent / "golden" / "meeting.json").read_bytes()
MUTANTS = 3000
NASTY = [
    b"NaN", b"-Infinity", b"1e999", b"-1", b"9" * 5000, b"1" + b"0" * 400, b"null", b"true", b"[]", b"{}",
    b'""', b'"\\ud800"', b'"\\u0000"', b"[" * 2000, b'{"start":' * 500, b"\x00", b"\xff", b"\xed\xa0\x80",
    b"\xef\xbb\xbf", b"'", b"\\", b"1.", b"0x1", b"-0.0", b"1e-400", b'"start"', b'"end"', b",,", b"//",
]  # fmt: skip


def cut(rng, raw):
    return raw[: rng.randrange(len(raw))]


def flip(rng, raw):
    at = rng.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ 1 << rng.randrange(8)]) + raw[at + 1 :]


def remove(rng, raw):
    at = rng.randrange(len(raw))
    return raw[:at] + raw[at + rng.randrange(1, 40) :]


def repeat(rng, raw):
    first, second = sorted(rng.randrange(len(raw)) for _ in range(2))
    return raw[:second] + raw[first:second] + raw[second:]


def insert(rng, raw):
    at = rng.randrange(len(raw))
    return raw[:at] + rng.choice(NASTY) + raw[at:]


def overwrite_a_value(rng, raw):
    colons = [at for at, byte in enumerate(raw) if byte == ord(":")]
    at = rng.choice(colons) + 1
    end = min((raw.find(mark, at) for mark in (b",", b"}", b"]") if mark in raw[at:]), default=at)
    return raw[:at] + rng.choice(NASTY) + raw[end:]


def swap_lines(rng, raw):
    lines = raw.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


def swap_values(rng, raw):
    """Sound JSON with the values in the wrong places."""

    def shuffled(value):
        if isinstance(value, dict):
            names = list(value)
            rng.shuffle(names)
            return {
                name: shuffled(value[other if rng.random() < 0.2 else name])
                for name, other in zip(value, names, strict=True)
            }
        if isinstance(value, list):
            return [shuffled(item) for item in rng.sample(value, len(value))]
        return value

    return json.dumps(shuffled(json.loads(raw))).encode()


MUTATIONS = [cut, flip, remove, repeat, insert, overwrite_a_value, swap_lines, swap_values]


def mutants():
    rng = random.Random(20240501)
    for number in range(MUTANTS):
        raw = REAL
        for mutate in rng.choices(MUTATIONS, k=rng.choice((1, 1, 2, 4))):
            try:
                raw = mutate(rng, raw) or b"\n"
            except (ValueError, IndexError, TypeError, RecursionError):
                # The second mutation needs what the first one destroyed.
                continue
        yield number, raw


def outcome(path):
    try:
        return load(path)
    except BarrierfreeError as error:
        return error


def test_a_damaged_transcript_is_read_or_refused_in_one_line(tmp_path):
    path, again = tmp_path / "mutant.json", tmp_path / "again.json"
    read = refused = 0
    for number, raw in mutants():
        path.write_bytes(raw)
        found = outcome(path)
        if isinstance(found, Transcript):
            read += 1
            # What was accepted is sound: it can be saved, and comes back the same.
            assert load(save(found, again)) == found, number
        else:
            refused += 1
            assert "mutant.json" in found.message, number
            assert found.message.isprintable(), number
            assert len(found.message) < 400, number
    assert read > 30
    assert refused > 1000


@pytest.mark.parametrize("count", [10, 1000, 100_000])
def test_nesting_of_any_depth_is_refused(tmp_path, count):
    for bomb in (b"[" * count + b"]" * count, b'{"a":' * count + b"1" + b"}" * count):
        path = tmp_path / "bomb.json"
        path.write_bytes(bomb)
        with pytest.raises(BarrierfreeError, match=r"bomb\.json"):
            load(path)
