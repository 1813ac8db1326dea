"""Speech in files: as long and as silent as it should be, whole or not there; and any text at all."""

import subprocess
import sys
import time
from itertools import groupby

import av
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.conftest import missing

from barrierfree.errors import EngineFailed, OutputError, UnknownFormat
from barrierfree.plugins import load_engine
from barrierfree.speech.rendering import Manner, breath
from barrierfree.speech.saving_sound import save_speech, sound_of
from barrierfree.speech.speaker import Speaker
from barrierfree.speech.synthesizer import Sound
from barrierfree.speech.utterance import InLanguage, Pause, Spelled, Utterance
from barrierfree.speech.voice import Voice
from barrierfree.testing import capture_speech

TEXT = "The quick brown fox jumps over the lazy dog, and then it goes home again to sleep until the morning."
STRANGE = [
    b"\xff\xfe\x80 caf\xe9".decode("utf-8", "replace"),
    b"\xff\xfe\x80 caf\xe9".decode("utf-8", "surrogateescape"),
    "a\0b\0\0c",
    "\ud800 lone \udfff\ud800",
    "\u202eabc\u202c \u2066def\u2069 \u200f\u200e",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b5m \x1b[2J\x1bP\x1b\\",
    "\r\n\t\v\f\x1c\x85\u2028\u2029",
    "👩‍👩‍👧‍👦🏳️‍🌈" * 20,
    "e" + "\u0301" * 500,
    "=" * 5000,
    "1" * 5000,
    "(" * 3000,
    "\uffff\ufffe\U0010ffff\ufeff",
    "<speak>&lt;</speak> [[h@l'oU]] \\pause=999\\",
    "字" * 3000,
    "",
    " ",
]


@pytest.fixture
def espeak():
    """A voice that has said nothing yet: espeak begins 40 ms later after text in two languages."""
    if not load_engine("synthesizer", "espeak").available():
        missing("espeak-ng: pip install 'barrierfree[voice]'")
    with Voice("espeak") as voice:
        yield voice


@pytest.fixture(scope="module")
def silent():
    with Voice("silent") as voice:
        yield voice


def sound(voice, *utterances, **manner):
    return np.frombuffer(b"".join(sound_of(utterances, voice, Manner(**manner))), np.int16)


def silences(samples, rate, least=0.1):
    """Seconds of each run of (nearly) nothing that long."""
    quiet = np.abs(samples.astype(int)) < 20
    lengths = [(loud, sum(1 for _ in run)) for loud, run in groupby(quiet)]
    return [length / rate for is_quiet, length in lengths if is_quiet and length > least * rate]


def heard(path):
    """Samples, rate and codec of a file."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        parts = [frame.to_ndarray().reshape(-1) for frame in container.decode(stream)]
        return np.concatenate(parts) if parts else np.empty(0), stream.rate, stream.codec_context.name


def names(folder):
    return sorted(path.name for path in folder.iterdir())


# --- what is in them


@pytest.mark.parametrize("rate", [120, 175, 350])
def test_speech_is_as_long_as_its_words_take(espeak, rate):
    words = len(TEXT.split())
    seconds = len(sound(espeak, Utterance(TEXT), rate=rate)) / espeak.rate
    assert 0.6 < seconds / (words / rate * 60) < 1.4


def test_nothing_is_clipped_and_it_is_loud_enough(espeak):
    samples = np.abs(sound(espeak, Utterance(TEXT), volume=100).astype(int))
    assert 5000 < samples.max() < 32767
    assert not any(length > 2 for full, run in groupby(samples >= 32766) if full for length in [len([*run])])


@pytest.mark.parametrize("seconds", [0.2, 0.5, 1.0, 3.0])
def test_a_pause_is_silence_of_that_length(espeak, seconds):
    samples = sound(espeak, Utterance("Hello.", Pause(seconds), "World."))
    (silence,) = silences(samples, espeak.rate, 0.15)
    assert silence == pytest.approx(seconds, abs=0.02)


def test_there_is_a_breath_between_sentences_and_between_utterances(espeak):
    together = sound(espeak, Utterance("Hello. World."))
    apart = sound(espeak, Utterance("Hello."), Utterance("World."))
    for samples in (together, apart):
        (silence,) = silences(samples, espeak.rate, 0.15)
        assert silence == pytest.approx(breath(175), abs=0.03)


def test_both_languages_are_heard_one_after_the_other(espeak):
    chinese, english = (len(sound(espeak, Utterance(text))) for text in ("请按按钮", "the OK button"))
    both = len(sound(espeak, Utterance("请按按钮 the OK button")))
    assert both == pytest.approx(chinese + english, rel=0.1)


@pytest.mark.model
def test_its_words_are_understood_by_a_recogniser(espeak, model_folder, tmp_path):
    import barrierfree as bf

    model_folder("whisper-tiny.en")
    text = (
        "The weather is fine today and we are going to walk in the park. "
        "Please open the window and close the door. My sister has bought a new car."
    )
    path = save_speech([Utterance(text)], tmp_path / "said.wav", voice=espeak, manner=Manner(rate=150))
    transcript = bf.transcribe(path, engine="whisper", model="whisper-tiny.en", language="en")
    words = {word.strip(".,").lower() for word in transcript.text.split()}
    wanted = [word.strip(".").lower() for word in text.split()]
    assert sum(word in words for word in wanted) / len(wanted) > 0.7


# --- the files themselves


@pytest.mark.parametrize(
    ("ending", "codec"),
    [("wav", "pcm_s16le"), ("mp3", "mp3"), ("ogg", "opus"), ("opus", "opus"), ("WAV", "pcm_s16le")],
)
def test_every_format_holds_the_same_speech(espeak, tmp_path, ending, codec):
    utterance = Utterance(TEXT, Pause(0.5), "The end.")
    path = save_speech([utterance], tmp_path / f"said.{ending}", voice=espeak, manner=Manner())
    samples, rate, name = heard(path)
    wanted = len(sound(espeak, utterance)) / espeak.rate
    assert name.startswith(codec)
    assert len(samples) / rate == pytest.approx(wanted, abs=0.1)
    assert np.abs(samples).max() > 0.1 * (32768 if samples.dtype == np.int16 else 1)


def test_a_wav_file_holds_every_sample(espeak, tmp_path):
    made = []

    class Noting(Voice):
        def speak(self, request):
            stream = super().speak(request)
            for one in stream:
                if isinstance(one, Sound):
                    made.append(one.samples)
                yield one

    with Noting("espeak") as voice:
        path = save_speech([Utterance(TEXT)], tmp_path / "said.wav", voice=voice, manner=Manner())
    samples, rate, _codec = heard(path)
    assert rate == espeak.rate
    assert samples.tobytes() == b"".join(made)


@pytest.mark.parametrize("ending", ["wav", "mp3", "ogg", "opus"])
def test_nothing_to_say_is_a_moment_of_silence(silent, tmp_path, ending):
    path = save_speech([], tmp_path / f"nothing.{ending}", voice=silent, manner=Manner())
    samples, rate, _codec = heard(path)
    assert 0.05 < len(samples) / rate < 0.25
    assert np.abs(samples).max() < 1e-4


def test_a_speaker_saves_without_disturbing_what_it_says(monkeypatch, tmp_path):
    monkeypatch.setenv("BARRIERFREE_AUDIO", "null")
    with Speaker(engine="silent", rate=525) as speaker:
        ticket = speaker.say("one two three four five six")
        told = []
        path = speaker.save(["First.", Utterance("Second.")], tmp_path / "both.wav", progress=told.append)
        assert path == tmp_path / "both.wav"
        assert len(heard(path)[0]) / 16000 == pytest.approx(15 * 0.02 + breath(525) - 0.02, abs=0.05)
        assert told == [pytest.approx(len(heard(path)[0]) / 16000)]
        assert ticket.wait(10)
        assert ticket.state == "done"
        assert speaker.history.search("First") == []


def test_an_older_file_stays_until_the_new_one_is_whole(silent, tmp_path):
    path = tmp_path / "said.wav"
    path.write_bytes(b"older")

    def breaking():
        yield Utterance("one")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save_speech(breaking(), path, voice=silent, manner=Manner())
    assert path.read_bytes() == b"older"
    assert names(tmp_path) == ["said.wav"]
    save_speech([Utterance("one")], path, voice=silent, manner=Manner())
    assert path.read_bytes().startswith(b"RIFF")


def test_folders_are_made_and_links_stay_links(silent, tmp_path):
    path = tmp_path / "a" / "b" / "said.wav"
    save_speech([Utterance("x")], path, voice=silent, manner=Manner())
    link = tmp_path / "link.wav"
    link.symlink_to(path)
    before = path.stat().st_ino
    save_speech([Utterance("y")], link, voice=silent, manner=Manner())
    assert link.is_symlink()
    assert path.stat().st_ino != before


@pytest.mark.parametrize(
    ("name", "error", "words"),
    [
        ("said", UnknownFormat, "does not say which format"),
        ("said.flac", UnknownFormat, ".opus"),
        ("file/said.wav", OutputError, "cannot be written"),
        ("folder.wav", OutputError, "Choose another name"),
        ("x" * 300 + ".wav", OutputError, "shorter name"),
    ],
)
def test_a_name_that_cannot_be_written_is_an_error_with_a_hint(silent, tmp_path, name, error, words):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.wav").mkdir()
    with pytest.raises(error) as caught:
        save_speech([Utterance("x")], tmp_path / name, voice=silent, manner=Manner())
    assert words in f"{caught.value.message} {caught.value.hint}"
    assert names(tmp_path) == ["file", "folder.wav"]


def test_a_full_disk_is_an_error_with_a_hint(silent, tmp_path):
    path = tmp_path / "full.wav"
    path.symlink_to("/dev/full")
    with pytest.raises(OutputError, match="No space left") as caught:
        save_speech([Utterance("x" * 5000)], path, voice=silent, manner=Manner())
    assert "disk space" in caught.value.hint


def test_a_sentence_that_cannot_be_said_is_an_error_and_leaves_no_file(espeak, tmp_path):
    with pytest.raises(EngineFailed, match="No Such Voice"):
        save_speech(
            [Utterance("x", voice="No Such Voice")], tmp_path / "x.wav", voice=espeak, manner=Manner()
        )
    assert names(tmp_path) == []


def test_a_book_needs_no_more_memory_than_a_page(tmp_path):
    program = """
import resource, sys
from barrierfree.speech.rendering import Manner
from barrierfree.speech.saving_sound import sound_of
from barrierfree.speech.utterance import Utterance
from barrierfree.speech.voice import Voice
text = "It was a dark and stormy night, and 13 lights went out. " * int(sys.argv[1])
with Voice("silent") as voice:
    for _samples in sound_of([Utterance(text)], voice, Manner(rate=900)):
        pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
    page, book = (
        int(subprocess.check_output([sys.executable, "-c", program, str(times)])) for times in (50, 10_000)
    )
    assert book - page < 10 + 1  # its text is 0.5 MB


# --- whatever the text


@pytest.mark.parametrize("text", STRANGE, ids=lambda text: repr(text[:12]))
def test_strange_text_is_said_or_passed_over(silent, text):
    for utterance in (Utterance(text), Utterance(Spelled(text[:200])), Utterance(InLanguage(text, "ru"))):
        assert sound(silent, utterance, rate=900, punctuation="all").max(initial=0) == 0


PARTS = st.one_of(
    st.text(),
    st.text(alphabet="\x1b\x9b[]0;m\x07\0\ud800\udfff\u202e\u2066a字1.。\n"),
    st.builds(Spelled, st.text(max_size=20)),
    st.builds(InLanguage, st.text(), st.sampled_from(["en", "zh", "ja", "xx", "zh_CN"])),
    st.builds(Pause, st.floats(0, 60)),
)


@settings(max_examples=150, deadline=None)
@given(parts=st.lists(PARTS, max_size=4), level=st.sampled_from(["none", "some", "most", "all"]))
@example(parts=["\ud800", Spelled("\udfff")], level="all")
def test_any_text_goes_through_the_queue_and_its_words_have_places_in_it(parts, level):
    utterance = Utterance(*parts)
    with capture_speech() as speech, Speaker(punctuation=level) as speaker:
        events = speaker.events()
        ticket = speaker.say(utterance)
        assert ticket.wait(10)
        assert (ticket.state, ticket.error) == ("done", None)
    assert speech.texts == [utterance.text]
    for event in events:
        assert 0 <= event.start <= event.end <= len(utterance.text)
    for stretch in speech.stretches:
        assert not any(character < " " and character not in "\n\t" for character in stretch.text)


def test_five_megabytes_on_one_line_are_begun_at_once_and_can_be_cancelled(monkeypatch):
    monkeypatch.setenv("BARRIERFREE_AUDIO", "null")
    with Speaker(engine="silent") as speaker:
        speaker.ready()
        speaker.say("x").wait()
        for line in ("a word " * 750_000, "x" * 5_000_000, "字" * 5_000_000, "=" * 5_000_000):
            events = speaker.events()
            began = time.monotonic()
            speaker.say(line)
            assert events.get(10).kind == "speaking"
            if line[0] != "=":
                assert events.get(10).kind == "word"
            assert time.monotonic() - began < 2
            speaker.cancel()
            assert speaker.wait(2)
