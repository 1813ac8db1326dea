"""What a voice says is what a recogniser hears."""

import re
import wave

import pytest

import barrierfree as bf
from barrierfree.speech.synthesizer import Sound, Spoken
from barrierfree.speech.voice import Voice

pytestmark = pytest.mark.model

SENTENCE = "Please open the door and close all the windows before you leave the house tonight."


def words(text):
    return re.findall(r"\w+", text.lower())


@pytest.mark.parametrize(("engine", "needed"), [("espeak", 0.6), ("pyttsx3", 0.6), ("piper", 0.9)])
def test_the_words_of_a_sentence_come_back(engine, needed, model_folder, tmp_path):
    model_folder("whisper-tiny.en")
    with Voice(engine) as voice:
        made = voice.speak([Spoken(SENTENCE, "en", rate=150, pause=0.5)])
        sound = b"".join(one.samples for one in made if isinstance(one, Sound))
        with wave.open(str(tmp_path / "said.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(voice.rate)
            file.writeframes(sound)
    heard = words(bf.transcribe(tmp_path / "said.wav", engine="whisper", model="whisper-tiny.en").text)
    said = words(SENTENCE)
    assert sum(word in heard for word in said) >= needed * len(said), heard
