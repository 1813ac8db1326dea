"""Text letter by letter, and with a word for each letter; hides languages and which letters are capitals."""

from __future__ import annotations

from barrierfree.reading.settings import ReadingSettings
from barrierfree.speech.pronunciation import Reading
from barrierfree.speech.pronunciation import spell as spelled_runs
from barrierfree.speech.utterance import InLanguage, Utterance, spell
from barrierfree.wording import interface_language

__all__ = ["spelled"]


def spelled(text: str, settings: ReadingSettings, *, phonetic: bool = False) -> Utterance:
    """A text, spelled.

    Args:
        text: What is spelled, spaces and signs too.
        settings: Whether capitals are told.
        phonetic: With a word for each: "Alfa" for a, "银行的行" for 行.
    """
    if not phonetic:
        return Utterance(spell(text if settings.capitals else text.lower()))
    reading = Reading(interface_language(), capitals="word" if settings.capitals else "no")
    return Utterance(
        *(InLanguage(run.text, run.language) for run in spelled_runs(text, reading, phonetic=True))
    )
