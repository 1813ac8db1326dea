"""Offline accessibility for ordinary laptops; hides which module each public name lives in.

    import barrierfree as bf

    transcript = bf.transcribe("interview.mp3")
    bf.save(transcript, "interview.srt")
    bf.say("The interview is ready.")

Names are loaded when they are first used (PEP 562), so importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from barrierfree.errors import BarrierfreeError
    from barrierfree.speech.saying import say
    from barrierfree.speech.speaker import Speaker
    from barrierfree.speech.utterance import Priority, Utterance, pause, spell
    from barrierfree.transcription.library import stream, transcribe
    from barrierfree.transcription.loading import load
    from barrierfree.transcription.many import Outcome, transcribe_many
    from barrierfree.transcription.retiming import retime
    from barrierfree.transcription.saving import save
    from barrierfree.transcription.transcript import Partial, Segment, Transcript, Word
    from barrierfree.tui.screen_reader import ScreenReader

__all__ = [
    "BarrierfreeError",
    "Outcome",
    "Partial",
    "Priority",
    "ScreenReader",
    "Segment",
    "Speaker",
    "Transcript",
    "Utterance",
    "Word",
    "load",
    "pause",
    "retime",
    "save",
    "say",
    "spell",
    "stream",
    "transcribe",
    "transcribe_many",
]

_HOMES = {
    "BarrierfreeError": "errors",
    "Outcome": "transcription.many",
    "Partial": "transcription.transcript",
    "Priority": "speech.utterance",
    "ScreenReader": "tui.screen_reader",
    "Segment": "transcription.transcript",
    "Speaker": "speech.speaker",
    "Transcript": "transcription.transcript",
    "Utterance": "speech.utterance",
    "Word": "transcription.transcript",
    "load": "transcription.loading",
    "pause": "speech.utterance",
    "retime": "transcription.retiming",
    "save": "transcription.saving",
    "say": "speech.saying",
    "spell": "speech.utterance",
    "stream": "transcription.library",
    "transcribe": "transcription.library",
    "transcribe_many": "transcription.many",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
