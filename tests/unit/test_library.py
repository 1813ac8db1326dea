"""What a program gets from ``transcribe`` and ``stream``: words, early, anywhere, and errors that help."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from tests import mischief
from tests.sounds import write_sound

import barrierfree as bf
from barrierfree import plugins
from barrierfree.errors import EngineError, EngineFailed, ModelNotFound, UnknownEngine, UnreadableAudio
from barrierfree.settings import user_folder
from barrierfree.testing import silence, tone

SPEECH = tone(2) + silence(1) + tone(1.5)
WORDS = ["Alpha bravo charlie delta.", "Golf hotel alpha."]


def texts(transcript):
    return [segment.text for segment in transcript.segments]


def recorded(folder, name="talk.wav", samples=SPEECH, **options):
    return write_sound(folder / name, [samples], rate=16000, **options)


def journals():
    folder = user_folder("state") / "journals"
    return list(folder.iterdir()) if folder.exists() else []


def phrase_threads():
    return [one for one in threading.enumerate() if one.name.startswith("phrase")]


@pytest.fixture
def log(tmp_path, monkeypatch):
    """The engine that logs what it does is installed, and this is its log."""
    folder = mischief.install(tmp_path / "site")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("MISCHIEF_LOG", str(tmp_path / "log"))
    plugins._found.cache_clear()
    yield tmp_path / "log"
    plugins._found.cache_clear()


def test_a_recording_becomes_words_with_times(tmp_path):
    transcript = bf.transcribe(recorded(tmp_path), engine="scripted")
    assert texts(transcript) == WORDS
    assert [(one.start, one.end) for one in transcript.segments] == [(0.0, 2.0), (3.0, 4.5)]
    assert [word.text for word in transcript.segments[1].words] == ["Golf", "hotel", "alpha."]
    assert (transcript.source, transcript.duration, transcript.engine) == ("talk.wav", 4.5, "scripted")
    assert transcript.text == "\n".join(WORDS)


@pytest.mark.parametrize("name", ["talk.flac", "talk.mp3", "talk.m4a", "talk.mkv"])
def test_whatever_the_format_the_words_are_the_same(tmp_path, name):
    path = write_sound(tmp_path / name, [tone_at_48k()], video=name.endswith(("mkv", "m4a")))
    transcript = bf.transcribe(path, engine="scripted")
    assert texts(transcript) == WORDS
    assert abs(transcript.duration - 4.5) < 0.1


def tone_at_48k():
    samples = memoryview(SPEECH).cast("h")
    return b"".join(sample.to_bytes(2, sys.byteorder, signed=True) * 3 for sample in samples)


def test_what_is_asked_for_is_what_comes(tmp_path):
    path = recorded(tmp_path)
    assert texts(bf.transcribe(path, engine="scripted", start=3.0)) == WORDS[1:]
    assert texts(bf.transcribe(path, engine="scripted", end=2.5)) == WORDS[:1]
    bare = bf.transcribe(str(path), engine="scripted", words=False, language="en")
    assert [segment.words for segment in bare.segments] == [(), ()]
    assert bare.language == "en"


def test_each_channel_is_heard_on_its_own_and_named(tmp_path):
    left = tone(1) + silence(3)
    right = silence(2) + tone(2)
    path = write_sound(tmp_path / "interview.wav", [left, right], rate=16000)
    transcript = bf.transcribe(path, engine="scripted", channel="each")
    assert [(one.speaker, one.text) for one in transcript.segments] == [
        ("Left", "Alpha bravo."),
        ("Right", "Echo foxtrot golf hotel."),
    ]
    assert [one.speaker for one in bf.stream(path, engine="scripted", channel="each")] == ["Left", "Right"]
    assert texts(bf.transcribe(path, engine="scripted", channel="right")) == ["Echo foxtrot golf hotel."]


def test_the_first_segment_comes_long_before_the_recording_is_done(tmp_path, monkeypatch):
    path = recorded(tmp_path, samples=(tone(3) + silence(1)) * 40)
    monkeypatch.setenv("BARRIERFREE_SCRIPTED_DELAY", "0.1")
    begun = time.monotonic()
    segments = bf.stream(path, engine="scripted", workers=1)
    first = next(segments)
    early = time.monotonic() - begun
    rest = list(segments)
    whole = time.monotonic() - begun
    assert first.start == 0.0
    assert rest[-1].end == 159.0
    assert whole > 40 * 0.1
    assert early < whole / 4


def test_nothing_is_recognised_before_it_is_asked_for(tmp_path, log):
    path = mischief.recording(tmp_path, 1001, seconds=400)
    segments = bf.stream(path, engine="mischief", workers=1)
    assert mischief.lines(log) == []
    next(segments)
    time.sleep(0.3)
    # Two phrases a worker wait at any time, of the twenty that there are.
    assert mischief.heard(log)[1001] <= 4
    segments.close()


def test_a_stream_that_is_closed_stops_the_work_and_frees_its_threads(tmp_path, log):
    path = mischief.recording(tmp_path, 1001, seconds=400)
    before = set(threading.enumerate())
    with closing(bf.stream(path, engine="mischief", workers=2)) as segments:
        next(segments)
        assert set(phrase_threads()) - before
    assert set(threading.enumerate()) <= before
    assert mischief.lines(log)[-1][1] == "close"
    heard = mischief.heard(log)[1001]
    time.sleep(0.2)
    assert mischief.heard(log)[1001] == heard < 12


def test_a_transcription_leaves_no_thread_and_no_journal(tmp_path):
    before = set(threading.enumerate())
    bf.transcribe(recorded(tmp_path), engine="scripted")
    bf.transcribe(recorded(tmp_path), engine="scripted", resume=True)
    assert set(threading.enumerate()) <= before
    assert journals() == []


def test_a_call_whose_program_was_killed_goes_on_where_it_stopped(tmp_path, log, monkeypatch):
    path = mischief.recording(tmp_path, 1001, seconds=400)
    whole = bf.transcribe(path, engine="mischief")
    phrases = mischief.heard(log)[1001]
    log.unlink()
    call = f"import barrierfree as bf; bf.transcribe({path!r}, engine='mischief', workers=1, resume=True)"
    slow = {**os.environ, "MISCHIEF_DELAY": "0.1"}
    program = subprocess.Popen([sys.executable, "-c", call], env=slow)
    while mischief.heard(log)[1001] < phrases // 2:
        assert program.poll() is None
        time.sleep(0.02)
    os.kill(program.pid, signal.SIGKILL)
    program.wait()
    assert len(journals()) == 1
    begun = mischief.heard(log)[1001]
    assert bf.transcribe(path, engine="mischief", workers=1, resume=True) == whole
    again = mischief.heard(log)[1001] - begun
    # All but the one or two phrases that were under way when it died.
    assert phrases - begun <= again <= phrases - begun + 2
    assert journals() == []


def test_without_resume_no_trace_is_kept(tmp_path, log, monkeypatch):
    path = mischief.recording(tmp_path, mischief.BREAKS, seconds=40)
    with pytest.raises(EngineFailed, match="KeyError"):
        bf.transcribe(path, engine="mischief")
    assert journals() == []


def test_what_is_saved_is_loaded_again(tmp_path):
    transcript = bf.transcribe(recorded(tmp_path), engine="scripted")
    assert bf.load(bf.save(transcript, tmp_path / "talk.json")) == transcript
    for ending in ("srt", "vtt"):
        back = bf.load(bf.save(transcript, tmp_path / f"talk.{ending}"))
        assert back.text == transcript.text
    assert bf.save(transcript, tmp_path / "talk.txt").read_text().splitlines() == WORDS


def test_a_text_that_was_corrected_gets_its_times_back(tmp_path):
    transcript = bf.transcribe(recorded(tmp_path), engine="scripted")
    better = bf.retime(transcript, transcript.text.replace("hotel", "motel"))
    assert texts(better)[1] == "Golf motel alpha."
    assert better.segments[0] == transcript.segments[0]
    assert (better.segments[1].start, better.segments[1].end) == (3.0, 4.5)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.wav", None, "does not exist"),
        ("empty.wav", b"", "is empty"),
        ("letter.wav", b"Dear Sir or Madam, " * 50, "is not a sound or video file"),
    ],
)
@pytest.mark.parametrize("call", [bf.transcribe, lambda *a, **k: list(bf.stream(*a, **k))])
def test_a_recording_that_cannot_be_read_is_an_error_that_says_why(tmp_path, call, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableAudio, match=said) as caught:
        call(path, engine="scripted")
    assert name in caught.value.message
    assert "\n" not in caught.value.message


def test_an_engine_that_is_not_there_is_an_error_that_names_those_that_are(tmp_path):
    with pytest.raises(UnknownEngine, match='no engine named "wisper"') as caught:
        bf.transcribe(recorded(tmp_path), engine="wisper")
    assert "whisper" in caught.value.hint


def test_a_model_that_is_not_there_is_an_error_with_the_command_that_gets_it(tmp_path, monkeypatch):
    monkeypatch.setenv("BARRIERFREE_MODELS", str(tmp_path / "none"))
    path = recorded(tmp_path)
    with pytest.raises(ModelNotFound) as caught:
        bf.transcribe(path, language="ko", engine="vosk")
    assert caught.value.hint == "Install one: barrierfree models install vosk-small-ko-0.22"
    with pytest.raises(ModelNotFound, match="whisper-hugest") as caught:
        bf.transcribe(path, model="whisper-hugest")
    assert caught.value.hint
    with pytest.raises(EngineError) as caught:
        bf.transcribe(path)
    assert "barrierfree models install" in caught.value.hint


@pytest.mark.parametrize(
    "asked",
    [{"start": -1}, {"start": 5, "end": 3}, {"script": "cyrillic"}, {"colour": "red"}, {"workers": -1}],
)
def test_misuse_by_a_programmer_is_a_plain_python_error(tmp_path, asked):
    path = recorded(tmp_path)
    with pytest.raises((ValueError, TypeError)):
        bf.transcribe(path, engine="scripted", **asked)
    with pytest.raises((ValueError, TypeError)):
        list(bf.stream(path, engine="scripted", **asked))


def test_a_recording_in_which_nobody_speaks_is_an_empty_transcript(tmp_path):
    transcript = bf.transcribe(recorded(tmp_path, samples=silence(3)), engine="scripted")
    assert transcript.segments == ()
    assert transcript.duration == 3.0


def test_several_threads_may_call_at_once(tmp_path):
    paths = [recorded(tmp_path, f"{number}.wav", tone(1 + number / 2)) for number in range(8)]
    alone = [bf.transcribe(path, engine="scripted") for path in paths]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda path: bf.transcribe(path, engine="scripted", resume=True), paths * 3))
    assert together == alone * 3
    assert journals() == []


def test_a_program_with_an_event_loop_calls_it_in_a_thread(tmp_path, monkeypatch):
    monkeypatch.setenv("BARRIERFREE_SCRIPTED_DELAY", "0.3")
    path = recorded(tmp_path)
    turns = 0

    async def count():
        nonlocal turns
        while True:
            await asyncio.sleep(0.01)
            turns += 1

    async def program():
        counting = asyncio.create_task(count())
        call = asyncio.to_thread(bf.transcribe, path, engine="scripted")
        transcripts = await asyncio.gather(call, asyncio.to_thread(bf.transcribe, path, engine="scripted"))
        counting.cancel()
        return transcripts

    assert [texts(one) for one in asyncio.run(program())] == [WORDS, WORDS]
    assert turns >= 10


def test_inside_a_running_event_loop_a_direct_call_works_too(tmp_path):
    path = recorded(tmp_path)

    async def program():
        return bf.transcribe(path, engine="scripted")

    assert texts(asyncio.run(program())) == WORDS


def test_a_path_may_be_of_any_kind(tmp_path, monkeypatch):
    path = recorded(tmp_path, "名 前 ö'.wav")
    monkeypatch.chdir(tmp_path)
    for name in (path, str(path), Path(path.name), path.name):
        assert texts(bf.transcribe(name, engine="scripted")) == WORDS
