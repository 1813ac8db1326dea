"""A transcript reaches the disk whole or not at all, and comes back exactly as it was."""

import json
import os
import stat
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from barrierfree.errors import OutputError, UnknownFormat, UnreadableTranscript
from barrierfree.transcription.loading import load
from barrierfree.transcription.saving import save
from barrierfree.transcription.transcript import Damage, Segment, Transcript, Word
from barrierfree.transcription.writers import formats

SMALL = Transcript((Segment(0.5, 1.25, "Hello 世界", (Word(0.5, 1.25, "Hello", 0.1 + 0.2),)),), "a.wav", 2.0)

times = st.floats(0, 1e6)
confidences = st.none() | st.floats(0, 1)
texts = st.text(max_size=12)
codes = st.none() | st.sampled_from(["en", "zh"])


@st.composite
def spans(draw):
    return sorted([draw(times), draw(times)])


@st.composite
def segments(draw):
    words = sorted(
        (Word(*draw(spans()), draw(texts), draw(confidences)) for _ in range(draw(st.integers(0, 4)))),
        key=lambda word: word.start,
    )
    who = draw(st.none() | texts)
    rest = (draw(codes), draw(confidences), who, draw(confidences), draw(st.booleans()))
    return Segment(*draw(spans()), draw(texts), tuple(words), *rest)


transcripts = st.builds(
    Transcript,
    segments=st.lists(segments(), max_size=5).map(lambda some: tuple(sorted(some, key=lambda s: s.start))),
    source=texts,
    duration=st.none() | times,
    language=codes,
    engine=texts,
    model=texts,
    damage=st.lists(st.builds(Damage, times, texts), max_size=3).map(tuple),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("saved")


@settings(deadline=None, max_examples=150)
@given(transcript=transcripts)
def test_whatever_is_saved_is_loaded_exactly(folder, transcript):
    assert load(save(transcript, folder / "any.json")) == transcript


@settings(deadline=None, max_examples=60)
@given(transcript=transcripts)
def test_saving_what_was_loaded_gives_the_same_bytes(folder, transcript):
    once = save(transcript, folder / "once.json").read_bytes()
    assert save(load(folder / "once.json"), folder / "twice.json").read_bytes() == once


@settings(deadline=None, max_examples=60)
@given(transcript=transcripts)
def test_every_segment_is_one_line_of_json(folder, transcript):
    lines = save(transcript, folder / "lines.json").read_text(encoding="utf-8").split("\n")
    whole = json.loads("\n".join(lines))
    kept = lines[lines.index('"segments": [') + 1 : -3]
    # An empty list has a line of its own, which is empty.
    assert [json.loads(line.rstrip(",")) for line in kept if line] == whole["segments"]


def test_a_file_name_that_is_not_utf8_survives(tmp_path):
    strange = Transcript(source=os.fsdecode(b"caf\xe9.wav"))
    assert load(save(strange, tmp_path / "a.json")) == strange
    assert b"\\udce9" in (tmp_path / "a.json").read_bytes()


def test_the_suffix_chooses_the_format_and_an_argument_overrules_it(tmp_path):
    assert save(SMALL, tmp_path / "a.TXT").read_bytes() == "Hello 世界\n".encode()
    assert save(SMALL, str(tmp_path / "transcript"), "txt").read_bytes() == "Hello 世界\n".encode()


@pytest.mark.parametrize("name", ["a.wav", "transcript", ".txt"])
def test_an_unknown_format_is_refused_with_the_list_of_known_ones(tmp_path, name):
    with pytest.raises(UnknownFormat) as caught:
        save(SMALL, tmp_path / "new" / name)
    assert all(known in caught.value.hint for known in formats())
    assert not (tmp_path / "new").exists()


def test_missing_folders_are_made(tmp_path):
    assert save(SMALL, tmp_path / "a" / "b" / "c.txt").is_file()


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def broken_off(_transcript, **_options):
    yield b"half"
    raise KeyboardInterrupt


def test_an_interruption_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = save(SMALL, tmp_path / "a.txt")
    before = path.read_bytes()
    monkeypatch.setattr("barrierfree.transcription.writers.txt.write", broken_off)
    with pytest.raises(KeyboardInterrupt):
        save(Transcript(), path)
    assert path.read_bytes() == before
    assert names_in(tmp_path) == ["a.txt"]


def test_a_number_that_is_none_never_replaces_a_file(tmp_path):
    path = save(SMALL, tmp_path / "a.json")
    with pytest.raises(ValueError, match="JSON"):
        save(Transcript((Segment(0.0, float("nan"), "x"),)), path)
    assert load(path) == SMALL
    assert names_in(tmp_path) == ["a.json"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a Linux device")  # noqa: PTH110
def test_a_full_device_is_one_clear_error():
    with pytest.raises(OutputError, match="No space left") as caught:
        save(SMALL, "/dev/full", "txt")
    assert "disk space" in caught.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a Unix feature")
def test_running_out_of_room_in_the_middle_keeps_the_old_file(tmp_path):
    import resource
    import signal

    path = save(SMALL, tmp_path / "a.json")
    long = Transcript(SMALL.segments * 20000)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(OutputError) as caught:
            save(long, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert "disk space" in caught.value.hint
    assert load(path) == SMALL
    assert names_in(tmp_path) == ["a.json"]


def test_a_folder_in_the_way_is_named(tmp_path):
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(OutputError, match=r"a\.txt") as caught:
        save(SMALL, tmp_path / "a.txt")
    assert "another name" in caught.value.hint


def test_a_file_where_a_folder_is_needed_is_one_clear_error(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(OutputError, match="cannot be written"):
        save(SMALL, tmp_path / "a" / "b.txt")


def test_a_name_that_is_too_long_says_so(tmp_path):
    with pytest.raises(OutputError) as caught:
        save(SMALL, tmp_path / ("a" * 300 + ".txt"))
    assert "shorter" in caught.value.hint


def test_the_longest_possible_name_works(tmp_path):
    assert save(SMALL, tmp_path / ("a" * 251 + ".txt")).is_file()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_write_protected_folder_or_file_is_respected(tmp_path):
    path = save(SMALL, tmp_path / "a.txt")
    path.chmod(0o444)
    with pytest.raises(OutputError, match="cannot be written"):
        save(SMALL, path)
    tmp_path.chmod(0o555)
    with pytest.raises(OutputError, match="cannot be written"):
        save(SMALL, tmp_path / "b.txt")
    tmp_path.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="Unix permissions")
def test_a_new_file_has_ordinary_permissions_and_an_old_one_keeps_its_own(tmp_path):
    plain = tmp_path / "plain"
    plain.touch()
    path = save(SMALL, tmp_path / "a.txt")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    path.chmod(0o640)
    assert stat.S_IMODE(save(SMALL, path).stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    real = save(SMALL, tmp_path / "real" / "a.txt")
    (tmp_path / "a.txt").symlink_to(real)
    save(Transcript((Segment(0, 1, "new"),)), tmp_path / "a.txt")
    assert (tmp_path / "a.txt").is_symlink()
    assert real.read_bytes() == b"new\n"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a Unix feature")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as reader:
        read = reader.submit(pipe.read_bytes)
        save(SMALL, pipe, "txt")
        assert read.result(timeout=10) == "Hello 世界\n".encode()
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def load_text(folder, text):
    path = folder / "made.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(path)


def transcript_json(**changes):
    return json.dumps({"format": "barrierfree transcript", "version": 1, "segments": [], **changes})


def segment_json(**changes):
    return transcript_json(segments=[{"start": 1, "end": 2, "text": "a"}, {"start": 1, "end": 2} | changes])


def test_fields_with_a_default_may_be_left_out(tmp_path):
    assert load_text(tmp_path, segment_json(text="b")) == Transcript(
        (Segment(1.0, 2.0, "a"), Segment(1.0, 2.0, "b"))
    )


def test_a_byte_order_mark_from_an_editor_is_no_harm(tmp_path):
    assert load_text(tmp_path, b"\xef\xbb\xbf" + transcript_json().encode()) == Transcript()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1, column 1: this is not JSON"),
        ("{\n'a'", "line 2, column 1: this is not JSON"),
        (b"\xff\xfe{}", "not text in UTF-8"),
        ("[]", "not a transcript"),
        ('{"format": "other", "version": 1}', "not a transcript"),
        ('{"format": "barrierfree transcript"}', '"version" is wrong'),
        (transcript_json(version=1.0), '"version" is wrong'),
        (transcript_json(version=True), '"version" is wrong'),
        (transcript_json(version=2), "newer barrierfree"),
        (transcript_json(version=10**30), "newer barrierfree"),
        ('{"format": "barrierfree transcript", "version": 1}', '"segments" is missing'),
        (transcript_json(segments={}), '"segments": a list belongs here'),
        (transcript_json(segments=[7]), "segment 1: an object in braces"),
        (transcript_json(duration="long"), '"duration": a number'),
        (transcript_json(duration=-1), '"duration": a number of 0 or more'),
        (transcript_json(duration=10**400), '"duration": a number of 0 or more'),
        (transcript_json().replace("[]", "1" * 5000), "a number in it is too long"),
        (transcript_json(colour="red"), '"colour" is not a field'),
        (transcript_json(engine=None), '"engine": a text'),
        (transcript_json(damage=[{"start": 1}]), 'damage 1: "reason" is missing'),
        (transcript_json(duration=float("nan")), "NaN is not a number here"),
        (transcript_json(duration=1).replace(": 1}", ": 1e999}"), "a number of 0 or more"),
        (transcript_json()[:-1] + ', "version": 1}', '"version" is there twice'),
        (segment_json(), 'segment 2: "text" is missing'),
        (segment_json(text=3), 'segment 2, "text": a text belongs here'),
        (segment_json(text="b", end=0.5), "segment 2: it ends before it starts"),
        (segment_json(text="b", start=0.5), "segment 2: it starts before the one in front of it"),
        (segment_json(text="b", restored=1), "true or false"),
        (segment_json(text="b", words=[{"start": 1, "end": 1, "text": "b", "confidence": 2}]), "word 1"),
        (segment_json(text="b", words=[{"start": True, "end": 1, "text": "b"}]), "segment 2, .*word 1"),
        ("[" * 100_000, "too deeply nested"),
        ('{"a":' * 100_000, "too deeply nested"),
    ],
)
def test_what_is_not_a_transcript_is_refused_and_the_place_named(tmp_path, text, said):
    with pytest.raises(UnreadableTranscript, match=said) as caught:
        load_text(tmp_path, text)
    assert "made.json" in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.hint


def test_a_missing_file_or_a_folder_is_one_clear_error(tmp_path):
    (tmp_path / "folder.json").mkdir()
    for name in ("missing.json", "folder.json"):
        with pytest.raises(UnreadableTranscript, match=name):
            load(tmp_path / name)


def test_formats_that_cannot_be_read_back_are_refused(tmp_path):
    with pytest.raises(UnknownFormat) as caught:
        load(save(SMALL, tmp_path / "a.txt"))
    assert ".json" in caught.value.hint
