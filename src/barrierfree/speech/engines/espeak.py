"""The ``espeak`` engine: espeak-ng as a Synthesizer; hides its languages, positions and bad characters.

Small, clear, in over a hundred languages, and the first sound is there within a millisecond: the voice for
a screen. See :mod:`barrierfree.speech.engines.espeak_library` for where the library comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar, Final

from barrierfree.errors import EngineFailed
from barrierfree.speech.cutting import pieces, speakable
from barrierfree.speech.engines.espeak_library import Entry, Library, Word, is_installed
from barrierfree.speech.engines.languages import language_of
from barrierfree.speech.synthesizer import Emit, Mark, Sound, Spoken, SynthesizerCapabilities, VoiceInfo
from barrierfree.wording import _

__all__ = ["EspeakSynthesizer"]

_SPECIAL: Final = {"en": "en-us", "zh": "cmn", "no": "nb", "tl": "fil", "iw": "he", "in": "id"}
"""Languages that espeak-ng calls otherwise."""
_ENGLISH: Final = "en-us"
_MOST: Final = 50_000
"""Characters said in one call: its positions are 32-bit samples, which is some 27 hours."""
_WIDE: Final = "\u2e80"
"""Where scripts begin that have no spaces between words."""
_NEXT_WORD: Final = re.compile(r"\s+(\w+)")
_GENDERS: Final = {1: "male", 2: "female"}


class EspeakSynthesizer:
    """Speaks with libespeak-ng."""

    capabilities: ClassVar[SynthesizerCapabilities] = SynthesizerCapabilities(
        marks=True, rate=True, pitch=True, volume=True, repeatable=True
    )

    def __init__(self) -> None:
        self._library: Library | None = Library()
        self.rate = self._library.rate
        self._identifiers: dict[str, str] = {}

    @classmethod
    def available(cls) -> bool:
        """True when the system has the library, or the package espeakng-loader is installed."""
        return is_installed()

    def voices(self) -> tuple[VoiceInfo, ...]:
        """One for each language and accent; add +f1…+f5 or +m1…+m8 to a name for another person."""
        assert self._library
        return tuple(
            _voice_info(entry) for entry in self._library.voices() if not entry.identifier.startswith("mb/")
        )

    def synthesize(self, spoken: Spoken, emit: Emit) -> None:
        """See :class:`~barrierfree.speech.synthesizer.Synthesizer`."""
        assert self._library
        self._choose_voice(spoken)
        self._library.tune(rate=spoken.rate, pitch=spoken.pitch, volume=spoken.volume)
        text = speakable(spoken.text)
        listener = _Listener(text, emit)
        for start, piece in pieces(text, _MOST):
            listener.turn_to(start)
            if emit.wanted():
                self._library.synthesize(piece, listener)

    def close(self) -> None:
        """Free the library."""
        if self._library:
            self._library.close()
            self._library = None

    def _choose_voice(self, spoken: Spoken) -> None:
        assert self._library
        if spoken.voice:
            self._choose_by_name(self._library, spoken.voice)
            return
        language = spoken.language.lower()
        for name in (_SPECIAL.get(language, language), language.partition("-")[0], _ENGLISH):
            if name and self._library.choose_voice(name):
                return

    def _choose_by_name(self, library: Library, name: str) -> None:
        if not self._identifiers:
            entries = list(library.voices())
            self._identifiers = {_name(entry): entry.identifier for entry in entries}
            for entry in entries:  # "en-gb" is how people call what is listed as "en"
                for language in entry.languages:
                    self._identifiers.setdefault(language.lower(), entry.identifier)
        voice, plus, person = name.partition("+")
        if not library.choose_voice(self._identifiers.get(voice.lower(), voice) + plus + person):
            raise EngineFailed(
                _('espeak has no voice named "{name}".').format(name=name),
                hint=_("See the list: barrierfree voices"),
            )


class _Listener:
    """Turns blocks and events of one stretch into sound and marks."""

    def __init__(self, text: str, emit: Emit) -> None:
        self._text = text
        self._emit = emit
        self._start = self._before = self._samples = 0
        self._last = 0

    def turn_to(self, start: int) -> None:
        """The library is given the text from here on: it counts characters and samples anew."""
        self._start = start
        self._before = self._samples

    def __call__(self, block: bytes, words: Iterable[Word]) -> bool:
        for word in words:
            start, end = self._place(word)
            # A number or a Chinese word is announced several times, and places inside of it make no sense.
            if start < self._last or not self._text[start:end].strip():
                continue
            self._last = end
            if not self._emit(Mark(start, end, self._before + word.at)):
                return False
        self._samples += len(block) // 2
        return self._emit(Sound(block)) if block else self._emit.wanted()

    def _place(self, word: Word) -> tuple[int, int]:
        start = self._start + word.start
        if self._text[start - 1 : start] == "." and (after := _NEXT_WORD.match(self._text, start)):
            return after.span(1)  # after a full stop that ends no sentence the library is a space behind
        # After a clause that is too long for it, it is a letter ahead; and it announces figures one by one.
        end = start + word.length
        return start - self._inside_a_word(start), end + self._inside_a_word(end)

    def _inside_a_word(self, place: int) -> bool:
        around = self._text[max(0, place - 1) : place + 1]
        return len(around) == 2 and around.isalnum() and max(around) < _WIDE  # noqa: PLR2004


def _name(entry: Entry) -> str:
    # The last part of an identifier, as of "gmw/en-US", is unique; neither languages nor full names are.
    return entry.identifier.rpartition("/")[2].lower()


def _voice_info(entry: Entry) -> VoiceInfo:
    codes = dict.fromkeys(language_of(language) for language in entry.languages)
    return VoiceInfo(_name(entry), tuple(codes), "espeak", _GENDERS.get(entry.gender, ""), entry.name.strip())
