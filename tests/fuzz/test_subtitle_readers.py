"""Thousands of damaged subtitle files: each is read or refused, and nothing else ever happens."""

import random
import time
from pathlib import Path

import pytest

from barrierfree.errors import BarrierfreeError
from barrierfree.transcription.subtitles import check, read_srt, read_vtt
from barrierfree.transcription.writers import srt, vtt

GOLDEN = Path(__file__).parent.parent / "golden"
NAMES = ("english", "chinese", "speakers", "awkward")
MUTANTS = 2500
NASTY = [
    b"-->", b" --> ", b"<", b">", b"<v ", b"</v>", b"<00:00:01.000>", b"<00:99:99.999>", b"&", b"&#0;",
    b"&#x110000;", b"&#55296;", b"&#" + b"9" * 5000 + b";", b"\0", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf",
    b"\xed\xa0\x80", b"\x80", b"\r", b"\n", b"\r\n", b"\n\n", b"\x0b", b"\x1c", b"\xe2\x80\xa8",
    b"99999:59:59,999", b"9" * 5000, b"00:00:01,000 --> 00:00:02,000\n", b"00:00:09.000 --> 00:00:02.000\n",
    b"WEBVTT", b"NOTE ", b"STYLE\n", b"{\\an8}", b"{\\" * 2000, b"<i>" * 2000, b"<c.a" * 2000, b" " * 5000,
    b"\xd9\xa3:\xd9\xa3", b"\n42\n", b"\xc2\x85",
]  # fmt: skip


def mutated(rng, raw):
    raw = bytearray(raw)
    for _time in range(rng.randint(1, 6)):
        at = rng.randrange(len(raw) + 1)
        match rng.randrange(6):
            case 0:
                raw[at:at] = rng.choice(NASTY)
            case 1:
                raw[at : at + rng.randrange(1, 60)] = b""
            case 2:
                raw[at:at] = raw[at : at + rng.randrange(1, 200)]
            case 3:
                raw[at : at + 1] = bytes([rng.randrange(256)])
            case 4:
                lines = bytes(raw).split(b"\n")
                rng.shuffle(lines)
                raw = bytearray(b"\n".join(lines))
            case 5:
                del raw[max(at, len(raw) // 4) :]
    return bytes(raw)


@pytest.mark.parametrize(("ending", "read", "writer"), [("srt", read_srt, srt), ("vtt", read_vtt, vtt)])
def test_damaged_subtitles_are_read_or_refused(ending, read, writer):
    files = [(GOLDEN / f"{name}.{ending}").read_bytes() for name in NAMES]
    files += [file.decode().encode(encoding) for file in files for encoding in ("utf-16", "gb18030")]
    if ending == "vtt":
        files.append((GOLDEN / "english-words.vtt").read_bytes())
    rng = random.Random(f"subtitles {ending}")
    readable, refused = 0, []
    for _number in range(MUTANTS):
        raw = mutated(rng, rng.choice(files))
        began = time.monotonic()
        try:
            cues = read(raw)
        except BarrierfreeError as error:
            refused.append(error)
            continue
        readable += 1
        assert all("\n" not in line and line.strip() == line != "" for cue in cues for line in cue.lines)
        for breach in check(cues):
            assert breach.message
        # What was understood can be written, and is then sound.
        written = b"".join(writer.write_cues(cues))
        assert b"".join(writer.write_cues(read(written))) == written
        assert time.monotonic() - began < 2
    assert readable > MUTANTS // 10
    assert all(error.hint and "\n" not in error.message for error in refused)
