"""Test doubles and contract tests that ship with the library; hides no magic, needs only pytest's naming.

``ScriptedRecognizer`` hears tones instead of speech, ``RecordingSynthesizer`` remembers what it was to say
instead of saying it, :func:`capture_speech` catches what a program says, so everything around an engine can
be tested without a model, a voice or a device.
``RecognizerContract`` and ``SynthesizerContract`` are the suites every engine has to pass, those of outside
packages included::

    class TestMyEngine(RecognizerContract):
        def open(self, options):
            return MyRecognizer(Path("my-model"), options)

        speech = staticmethod(load_a_recording_with_speech)


    class TestMyVoice(SynthesizerContract):
        engine = "mine"
"""

from __future__ import annotations

from barrierfree.testing.capturing import CapturedSpeech, capture_speech
from barrierfree.testing.recognizing import RecognizerContract, ScriptedRecognizer, silence, tone
from barrierfree.testing.speaking import RecordingSynthesizer, SynthesizerContract

__all__ = [
    "CapturedSpeech",
    "RecognizerContract",
    "RecordingSynthesizer",
    "ScriptedRecognizer",
    "SynthesizerContract",
    "capture_speech",
    "silence",
    "tone",
]
