"""Whatever is in a file, decoding it ends, and ends in sound or in one of our own errors."""

import random
import subprocess
import sys

import pytest
from tests.sounds import CODECS, beeps, write_sound

CASES = 260
"""Mutations for each format; more than 2,000 in all."""
NUMBERS = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\1\0\0\0")


def mutated(rng, whole):
    """The bytes with a few of them changed, cut out, doubled or cut off."""
    raw = bytearray(whole)
    for _ in range(rng.randint(1, 8)):
        if not raw:
            break
        at = rng.randrange(min(len(raw), rng.choice([64, 512, len(raw)])))
        match rng.randrange(6):
            case 0:
                raw[at] = rng.randrange(256)
            case 1:
                raw[at : at + 4] = rng.choice(
                    [b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\1\0\0\0"]
                )
            case 2:
                del raw[at : at + rng.randrange(1, 400)]
            case 3:
                raw[at:at] = raw[at : at + rng.randrange(1, 400)]
            case 4:
                raw[at:at] = rng.randbytes(rng.randrange(1, 60))
            case 5:
                del raw[max(16, at) :]
    return bytes(raw)


RUN = """
import resource, sys
from pathlib import Path
from barrierfree.audio.files import open_recording
from barrierfree.errors import BarrierfreeError
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
for path in sorted(Path(sys.argv[1]).iterdir()):
    print(path.name, flush=True)
    try:
        with open_recording(str(path)) as recording:
            at = None
            for block in recording.blocks():
                assert at in (None, block.position), "not contiguous"
                at = block.position + block.frames
                assert at < 2 * 3600 * 16000, "no end in sight"
    except BarrierfreeError as error:
        assert "\\n" not in error.message
"""


@pytest.mark.parametrize("ending", CODECS)
def test_mutated_files_end_in_sound_or_in_our_own_error(tmp_path, ending):
    whole = write_sound(tmp_path / f"a.{ending}", [beeps(1.5, rate=16000)], rate=16000).read_bytes()
    rng = random.Random(ending)
    folder = tmp_path / "mutated"
    folder.mkdir()
    for number in range(CASES):
        (folder / f"{number:04}.{ending}").write_bytes(mutated(rng, whole))
    # In a process of its own: a crash in native code must be seen, not end the test run.
    run = subprocess.run(
        [sys.executable, "-c", RUN, str(folder)], capture_output=True, text=True, timeout=240
    )
    assert run.returncode == 0, run.stdout[-60:] + run.stderr[-2000:]
    assert run.stderr == ""
