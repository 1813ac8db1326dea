"""Sound in: any format comes out as the same 16 kHz line, and what is wrong with a file is said plainly."""

import io
import os
import subprocess
import sys
import threading
import time
import wave
import zipfile

import numpy as np
import pytest
from tests.sounds import CODECS, beeps, onsets, write_sound

from barrierfree.audio.files import open_recording
from barrierfree.errors import UnreadableAudio

BEEPS = beeps(10)


def heard(path, **asked):
    """The samples, after checking that blocks are contiguous and short."""
    with open_recording(str(path), **asked) as recording:
        samples, expected = b"", None
        for block in recording.blocks():
            assert expected in (None, block.position)
            assert 0 < block.frames <= 8000
            expected = block.position + block.frames
            samples += block.samples
        return samples, recording


def level(samples):
    return float(np.abs(np.frombuffer(samples, np.int16).astype(float)).mean())


@pytest.mark.parametrize("ending", CODECS)
def test_every_format_gives_the_same_sound_at_the_same_times(tmp_path, ending):
    samples, recording = heard(write_sound(tmp_path / f"a.{ending}", [BEEPS]))
    assert recording.damage == ()
    assert recording.duration == pytest.approx(10, abs=0.05)
    assert len(samples) / 32000 == pytest.approx(10, abs=0.05)
    assert onsets(samples) == pytest.approx(range(10), abs=0.03)


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 44100, 96000])
def test_no_sample_is_lost_in_resampling(tmp_path, rate):
    samples, _ = heard(write_sound(tmp_path / "a.wav", [beeps(7.3, rate=rate)], rate=rate))
    assert abs(len(samples) // 2 - round(7.3 * 16000)) <= 1


def test_sound_that_sets_in_late_keeps_its_place_under_the_picture(tmp_path):
    samples, _ = heard(write_sound(tmp_path / "a.mkv", [BEEPS], video=True, delay=3.0))
    assert onsets(samples) == pytest.approx([3 + at for at in range(10)], abs=0.03)


def test_one_channel_can_be_heard_alone(tmp_path):
    path = write_sound(tmp_path / "a.flac", [beeps(4), beeps(4, offset=0.5)])
    assert onsets(heard(path, channel="left")[0]) == pytest.approx([0, 1, 2, 3], abs=0.02)
    assert onsets(heard(path, channel=1)[0]) == pytest.approx([0.5, 1.5, 2.5, 3.5], abs=0.02)
    assert len(onsets(heard(path)[0])) == 8


def test_a_channel_that_is_not_there_is_named_with_those_that_are(tmp_path):
    path = write_sound(tmp_path / "a.wav", [BEEPS])
    with pytest.raises(UnreadableAudio, match='no channel "right"') as caught:
        open_recording(str(path), channel="right")
    assert "from 0 to 0" in caught.value.hint


def test_a_track_is_chosen_by_number_or_language(tmp_path):
    path = write_sound(tmp_path / "a.mkv", [BEEPS], tracks=2, languages=("eng", "chi"))
    assert heard(path, track="zh")[1].track.number == 1
    assert heard(path, track="chi")[1].track.number == 1
    assert heard(path, track=0)[1].track.language == "eng"
    assert [track.channels for track in heard(path)[1].tracks] == [1, 1]
    with pytest.raises(UnreadableAudio, match='no audio track "fr"') as caught:
        open_recording(str(path), track="fr")
    assert "1 (chi, opus)" in caught.value.hint


@pytest.mark.parametrize("ending", CODECS)
def test_a_part_is_exactly_that_part(tmp_path, ending):
    path = write_sound(tmp_path / f"a.{ending}", [BEEPS])
    whole, _ = heard(path)
    part, recording = heard(path, start=2.345, end=7.001)
    assert part == whole[2 * 37520 : 2 * 112016]
    assert recording.duration == pytest.approx(10, abs=0.05)


def test_a_start_behind_the_end_says_how_long_it_is(tmp_path):
    path = write_sound(tmp_path / "a.wav", [BEEPS])
    with pytest.raises(UnreadableAudio, match=r"only 10\.0 seconds long"):
        heard(path, start=60)


@pytest.mark.parametrize("ending", ["wav", "mp3", "flac", "mkv", "aiff"])
def test_a_file_that_was_cut_off_yields_what_is_there_and_says_where_it_ends(tmp_path, ending):
    path = write_sound(tmp_path / f"a.{ending}", [BEEPS])
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 6 // 10])
    samples, recording = heard(path)
    assert onsets(samples)[:4] == pytest.approx(range(4), abs=0.03)
    assert len(recording.damage) == 1
    assert recording.damage[0].start == pytest.approx(len(samples) / 32000, abs=0.5)


@pytest.mark.parametrize("ending", ["mp3", "m4a", "opus", "flac"])
def test_after_a_damaged_place_it_goes_on(tmp_path, ending):
    path = write_sound(tmp_path / f"a.{ending}", [BEEPS])
    whole = path.read_bytes()
    half, rotten = len(whole) // 2, b"\xa5\x5a\x00\xff" * (len(whole) // 40)
    path.write_bytes(whole[:half] + rotten + whole[half + len(rotten) :])
    samples, recording = heard(path)
    assert 3 < recording.damage[0].start < 6
    assert recording.damage[0].reason
    assert len(onsets(samples)) >= 7


def test_silence_takes_the_place_of_a_lost_piece(tmp_path):
    path = write_sound(tmp_path / "a.opus", [BEEPS])
    whole = path.read_bytes()
    pages = [at for at in range(len(whole)) if whole[at : at + 4] == b"OggS"]
    path.write_bytes(whole[: pages[4]] + whole[pages[5] :])
    samples, recording = heard(path)
    assert len(samples) / 32000 == pytest.approx(10, abs=0.05)
    assert onsets(samples)[-1] == pytest.approx(9, abs=0.03)
    assert [damage.reason for damage in recording.damage] == ["a piece is missing."]


def test_a_recorder_that_never_wrote_the_length_is_no_damage(tmp_path):
    path = write_sound(tmp_path / "a.wav", [BEEPS])
    raw = bytearray(path.read_bytes())
    at = raw.index(b"data") + 4
    raw[4:8] = raw[at : at + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(raw)
    samples, recording = heard(path)
    assert len(samples) == 320000
    assert recording.damage == ()


def empty(path):
    path.write_bytes(b"")


def text(path):
    path.write_text("This is not sound.\n" * 100)


def archive(path):
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("a.txt", "text")


def playlist(path):
    path.write_text("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nother.wav\n#EXT-X-ENDLIST\n")
    write_sound(path.with_name("other.wav"), [BEEPS])


def no_samples(path):
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, 16000, 0, "NONE", ""))


def picture_only(path):
    import av

    with av.open(str(path), "w", format="matroska") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), "rgb24")))
        container.mux(stream.encode(None))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: None, "does not exist"),
        (lambda path: path.mkdir(), "is a folder"),
        (empty, "is empty"),
        (text, "not a sound or video file"),
        (archive, "not a sound or video file"),
        (playlist, "not a sound or video file|no sound"),
        (no_samples, "length is zero"),
        (picture_only, "no sound track"),
    ],
)
def test_each_unusable_input_has_a_line_of_its_own(tmp_path, make, words):
    path = tmp_path / 'my "best" recording’s 录音.wav'
    make(path)
    with pytest.raises(UnreadableAudio, match=words) as caught:
        heard(path)
    assert "\n" not in caught.value.message
    assert path.name in caught.value.message


@pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise there")
def test_a_file_one_may_not_read_says_so(tmp_path):
    path = write_sound(tmp_path / "a.wav", [BEEPS])
    path.chmod(0)
    code = (
        "import sys; from barrierfree.audio.files import open_recording\n"
        "import os; os.geteuid() == 0 and os.setuid(65534)  # root may read everything\n"
        "try: open_recording(sys.argv[1])\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True)
    assert run.stdout == f"UnreadableAudio {path} may not be read by you.\n"


@pytest.mark.parametrize("ending", ["wav", "mp3", "opus", "flac", "mkv"])
def test_a_pipe_is_read_as_it_comes(tmp_path, ending):
    path = write_sound(tmp_path / f"a.{ending}", [BEEPS])
    code = (
        "import sys; from barrierfree.audio.files import open_recording\n"
        "r = open_recording('-'); sys.stdout.buffer.write(b''.join(b.samples for b in r.blocks()))"
    )
    run = subprocess.run([sys.executable, "-c", code], input=path.read_bytes(), capture_output=True)
    assert run.stderr == b""
    assert onsets(run.stdout) == pytest.approx(range(10), abs=0.03)


def test_a_growing_file_is_followed_to_its_end(tmp_path, monkeypatch):
    monkeypatch.setattr("barrierfree.audio.inputs._PATIENCE", 1.0)
    whole = write_sound(tmp_path / "whole.wav", [BEEPS]).read_bytes()
    path = tmp_path / "a.wav"
    path.write_bytes(whole[: len(whole) // 3])

    def write_on():
        with path.open("ab") as file:
            for at in range(len(whole) // 3, len(whole), len(whole) // 6):
                time.sleep(0.3)
                file.write(whole[at : at + len(whole) // 6])
                file.flush()

    writer = threading.Thread(target=write_on)
    writer.start()
    samples, recording = heard(path, follow=True)
    writer.join()
    assert recording.duration is None
    assert onsets(samples) == pytest.approx(range(10), abs=0.03)


def test_the_whole_file_is_never_in_memory(tmp_path):
    """Twenty minutes take as much memory as one (measured in a process of its own)."""
    path = tmp_path / "a.flac"
    write_sound(path, [beeps(60, rate=16000) * 20], rate=16000)
    code = (
        "import sys, resource; from barrierfree.audio.files import open_recording\n"
        "def run(end):\n"
        "    with open_recording(sys.argv[1], end=end) as r:\n"
        "        for b in r.blocks(): pass\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "first = run(60.0); print(run(None) - first)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=True)
    assert int(run.stdout) < 4 * 1024  # kilobytes; the samples alone are 38 MB


def test_nothing_is_printed_for_a_damaged_file(tmp_path, capfd):
    path = write_sound(tmp_path / "a.mp3", [BEEPS])
    path.write_bytes(path.read_bytes()[:5000] + io.BytesIO(b"x" * 9000).read())
    heard(path)
    assert capfd.readouterr() == ("", "")
