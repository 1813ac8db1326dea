"""Labels say who speaks, in order of appearance, and how sure that is; a bad model is refused."""

import contextlib
import pickle
import struct
import wave
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numpy", reason="needs: pip install 'barrierfree[whisper]'")

from barrierfree.audio import AudioBlock
from barrierfree.errors import ModelDamaged
from barrierfree.testing import silence, tone
from barrierfree.transcription.speakers import labelled
from barrierfree.transcription.torch_weights import read_weights
from barrierfree.transcription.transcript import Segment
from barrierfree.transcription.voices import VoiceVectors
from barrierfree.wording import speak_to_people_in

ANNA, BERT = (1.0, 0.0, 0.1), (0.0, 1.0, 0.1)
SPEECH = Path(__file__).parents[3] / "shared" / "speech"


def turns(*seconds, pause=0.5):
    segments, at = [], 0.0
    for length in seconds:
        segments.append(Segment(at, at + length, "…"))
        at += length + pause
    return segments


def speakers(segments, vectors):
    return [segment.speaker for segment in labelled(segments, vectors)]


def test_speakers_are_numbered_in_order_of_appearance():
    named = speakers(turns(3, 3, 3, 3), [BERT, ANNA, ANNA, BERT])
    assert named == ["Speaker 1", "Speaker 2", "Speaker 2", "Speaker 1"]


def test_one_voice_is_one_speaker():
    assert set(speakers(turns(3, 2, 4), [ANNA, (1.0, 0.1, 0.1), ANNA])) == {"Speaker 1"}


def test_the_label_is_in_the_language_of_the_reader():
    try:
        speak_to_people_in("en")
        assert speakers(turns(3), [ANNA]) == ["Speaker 1"]
    finally:
        speak_to_people_in(None)


def test_a_segment_without_a_voice_takes_its_neighbours_label_and_says_that_it_is_a_guess():
    segments = [Segment(0, 3, "a"), Segment(3.1, 3.3, "b"), Segment(9, 12, "c")]
    first, guess, last = labelled(segments, [ANNA, None, BERT])
    assert guess.speaker == first.speaker != last.speaker
    assert guess.speaker_confidence <= 0.2 < first.speaker_confidence


def test_short_segments_are_less_sure():
    long, short, _ = labelled(turns(4, 0.8, 4), [ANNA, ANNA, BERT])
    assert short.speaker_confidence < long.speaker_confidence


def test_a_voice_between_two_speakers_is_not_sure():
    *_, between = labelled(turns(*[4] * 9), [*[ANNA] * 4, *[BERT] * 4, (0.7, 0.71, 0.1)])
    assert between.speaker_confidence < 0.4


def test_without_any_voice_nobody_is_named():
    segments = turns(3, 3)
    assert labelled(segments, [None, None]) == segments
    assert labelled([], []) == []


def test_voices_that_do_not_belong_to_the_segments_are_a_mistake():
    with pytest.raises(ValueError, match="vectors"):
        labelled(turns(3), [])
    with pytest.raises(ValueError, match="engines"):
        labelled(turns(3, 3), [ANNA, (1.0, 0.0)])


VECTOR = st.one_of(st.none(), st.tuples(*[st.floats(-1, 1, width=16)] * 3))


@given(st.lists(st.tuples(VECTOR, st.floats(0.1, 9)), max_size=20))
def test_labels_are_the_same_every_time_and_change_nothing_else(speech):
    segments = turns(*[seconds for _vector, seconds in speech])
    vectors = [vector for vector, _seconds in speech]
    once = labelled(segments, vectors)
    assert once == labelled(segments, vectors)
    assert [(one.start, one.end, one.text) for one in once] == [
        (one.start, one.end, one.text) for one in segments
    ]
    assert all(0 <= one.speaker_confidence <= 1 for one in once if one.speaker)
    numbers = list(dict.fromkeys(one.speaker for one in once if one.speaker))
    assert numbers == [f"Speaker {number}" for number in range(1, len(numbers) + 1)]


# The file of the voice model: a PyTorch checkpoint, written here opcode by opcode (see pickletools).

SHAPES = {"a": (2, 3), "b": (3,)}


def text(value):
    return b"X" + struct.pack("<I", len(value)) + value.encode()


def number(value):
    return b"J" + struct.pack("<i", value)


def tensor(key, count, offset, shape, strides, *, storage=b"ctorch\nFloatStorage\n"):
    array = b"(" + text("storage") + storage + text(key) + text("cpu") + number(count) + b"NtQ"
    sizes = b"(" + b"".join(map(number, shape)) + b"t(" + b"".join(map(number, strides)) + b"t"
    return b"ctorch._utils\n_rebuild_tensor_v2\n(" + array + number(offset) + sizes + b"\x89NtR"


def checkpoint(**tensors):
    state = b"".join(text(name) + value for name, value in tensors.items())
    header = [pickle.dumps(part, 2) for part in (0x1950A86A20F9469CFC6C, 1001, {})]
    body = b"\x80\x02}" + text("model_state") + b"}(" + state + b"us."
    numbers = struct.pack("<q9f", 9, *range(9))
    return b"".join([*header, body, pickle.dumps(["0"], 2), numbers])


GOOD = {"a": tensor("0", 9, 0, (2, 3), (3, 1)), "b": tensor("0", 9, 6, (3,), (1,))}


def read(folder, raw):
    path = folder / "pretrained.pt"
    path.write_bytes(raw)
    return read_weights(path, SHAPES)


def test_weights_are_read_without_pytorch(tmp_path):
    weights = read(tmp_path, checkpoint(**GOOD))
    assert weights["a"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert weights["b"].tolist() == [6, 7, 8]


@pytest.mark.parametrize(
    "bad",
    [
        {"a": b"cos\nsystem\n(" + text("echo") + b"tR"},
        {"a": b"cbuiltins\neval\n(" + text("1") + b"tR"},
        {"a": tensor("0", 9, 0, (2, 3), (3, 1), storage=b"ctorch\nLongStorage\n")},
        {"a": tensor("0", 9, 0, (2, 3), (1, 2))},
        {"a": tensor("0", 9, 4, (2, 3), (3, 1))},
        {"a": tensor("0", 9, -1, (2, 3), (3, 1))},
        {"a": tensor("0", 99, 50, (2, 3), (3, 1))},
        {"a": tensor("1", 9, 0, (2, 3), (3, 1))},
        {"a": text("not a tensor")},
        {"a": number(7)},
    ],
)
def test_a_checkpoint_that_asks_for_anything_but_its_numbers_is_refused(tmp_path, bad):
    with pytest.raises(ValueError, match=r"\w"):
        read(tmp_path, checkpoint(**{**GOOD, **bad}))


@settings(max_examples=300)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=4), st.booleans())
def test_a_damaged_checkpoint_is_a_value_error_or_other_numbers(tmp_path_factory, at, change, cut):
    raw = bytearray(checkpoint(**GOOD))
    at %= len(raw)
    raw[at : at + len(change)] = change
    with contextlib.suppress(ValueError):
        read(tmp_path_factory.getbasetemp(), bytes(raw[:at] if cut else raw))


def test_a_voice_model_that_is_damaged_says_so_in_one_line(tmp_path):
    with pytest.raises(ModelDamaged, match="cannot be loaded"):
        VoiceVectors(tmp_path)
    (tmp_path / "pretrained.pt").write_bytes(b"PK\x03\x04 not this one")
    with pytest.raises(ModelDamaged) as caught:
        VoiceVectors(tmp_path)
    assert "\n" not in caught.value.message
    assert caught.value.hint


@pytest.fixture
def voices(model_folder):
    return VoiceVectors(model_folder("voice-resemblyzer"))


@pytest.mark.model
def test_silence_and_short_sounds_have_no_voice(voices):
    assert voices.of(b"") is None
    assert voices.of(silence(3)) is None
    assert voices.of(tone(0.4)) is None
    assert voices.of(silence(2) + tone(0.4) + silence(2)) is None


@pytest.mark.model
def test_a_voice_is_a_vector_of_length_one_and_does_not_depend_on_loudness(voices):
    quiet, loud = voices.of(tone(2, loudness=0.05)), voices.of(tone(2, loudness=0.5))
    assert sum(number**2 for number in loud) == pytest.approx(1)
    assert sum(a * b for a, b in zip(quiet, loud, strict=True)) > 0.99


@pytest.mark.model
def test_each_segment_is_heard_where_it_lies_in_the_recording(voices):
    sound = AudioBlock(160_000, tone(2) + silence(1) + tone(2, hertz=900))
    low, none, high = voices.of_each(
        [Segment(10, 12, "a"), Segment(12, 13, "b"), Segment(13, 15, "c")], sound
    )
    assert low == voices.of(tone(2))
    assert none is None
    assert high is not None
    assert high != low


@pytest.mark.model
@pytest.mark.skipif(not SPEECH.is_dir(), reason="needs the collection of real speech")
def test_real_speakers_are_told_apart(voices):
    spoken = []
    for name in ("en_jfk", "en_libri_2412_0", "zh_masr_test"):
        with wave.open(str(SPEECH / f"{name}.wav")) as sound:
            samples = sound.readframes(sound.getnframes())
        spoken += [(at, name, samples[at : at + 96_000]) for at in range(0, len(samples) - 96_000, 96_000)]
    spoken.sort()  # in turns
    labels = speakers(turns(*[3.0] * len(spoken)), [voices.of(samples) for _at, _name, samples in spoken])
    pairs = {(name, label) for (_at, name, _samples), label in zip(spoken, labels, strict=True)}
    assert len(pairs) == len({name for name, _label in pairs}) == len({label for _name, label in pairs}) == 3
