"""An utterance as stretches for a voice, and the way back to its text; hides pronunciation and offsets.

Stretches are made as they are asked for, sentence by sentence, so that the first of a book is there as soon
as that of a word. A stretch can be cut where a listener has been interrupted: the rest of it is still in the
same words, and its marks still point to the same places.

    >>> [(one.language, one.text) for one in render(Utterance("请按 OK", Pause(0.5)), Manner())]
    [('zh', '请按'), ('en', 'OK'), ('en', '')]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from barrierfree.errors import EngineError
from barrierfree.speech import pronunciation
from barrierfree.speech.pronunciation import Dictionary, Punctuation, Reading, Run
from barrierfree.speech.pronunciation.scripts import plain_language
from barrierfree.speech.synthesizer import Mark, Spoken
from barrierfree.speech.utterance import InLanguage, Part, Pause, Spelled, Utterance
from barrierfree.speech.voice import Voice

__all__ = ["Manner", "Script", "Stretch", "breath", "render"]

_FIRST: Final = 80
"""Characters of the first request to a voice: enough for what a screen says, little enough to be quick."""
_MORE: Final = 600
"""Characters of the others: half a minute, so that what is aborted is not much."""

_USUAL: Final = 175
_BREATH: Final = 0.3
"""Seconds between two sentences at that rate."""
_CLOSERS: Final = "\"'”’»)）]】」』》 "
_SENTENCE_ENDS: Final = tuple(".!?…。！？｡؟۔।")
_CLAUSE_ENDS: Final = tuple(",;:—，；：、،؛")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a speaker says what does not ask for anything else."""

    language: str = "en"
    """ISO 639-1 code: of signs and figures where no letters tell."""
    rate: int = 175
    pitch: int = 50
    volume: int = 100
    voice: str = ""
    voice_languages: tuple[str, ...] = ()
    """What the voice speaks; other languages get the engine's best voice. Empty: the voice speaks all."""
    punctuation: Punctuation = "some"
    dictionary: Dictionary | None = None

    def knowing(self, voice: Voice) -> Manner:
        """The same, with what the voice named speaks; looking that up takes a moment the first time."""
        if not self.voice or self.voice_languages:
            return self
        try:
            known = {one.name: one.languages for one in voice.voices()}
        except EngineError:  # the engine will say what is wrong when it is asked to speak
            return self
        return replace(self, voice_languages=known.get(self.voice, ()))

    def reading(self, language: str | None) -> Reading:
        """How text is read, of which the language is known or not."""
        return Reading(language or self.language, self.punctuation, dictionary=self.dictionary)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words for one voice, in one language and one sentence; or a pause."""

    text: str
    language: str
    pause: float = 0.0
    """Seconds."""
    breath: float = 0.0
    """A pause as long as fits the rate: 1 between sentences, less inside of them."""
    run: Run | None = None
    base: int = 0
    """Where the part of the utterance begins that it was made from, in characters of the utterance's text."""
    cut: int = 0
    """Characters of the run's text that are left out, because they have been heard."""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in the utterance's text some of the stretch's text stands."""
        if self.run is None:
            return self.base, self.base
        first, last = self.run.source_span(start + self.cut, end + self.cut)
        return self.base + first, self.base + last

    def rest(self, mark: Mark) -> Stretch:
        """What is left of it from the word at a mark on."""
        return replace(self, text=self.text[mark.start :], cut=self.cut + mark.start)

    def spoken(self, utterance: Utterance, manner: Manner) -> Spoken:
        """What a voice is told."""
        voice = utterance.voice if utterance.voice is not None else manner.voice
        rate = _first(utterance.rate, manner.rate)
        foreign = utterance.voice is None and manner.voice_languages
        return Spoken(
            self.text,
            self.language,
            voice="" if foreign and self.language not in manner.voice_languages else voice,
            rate=rate,
            pitch=_first(utterance.pitch, manner.pitch),
            volume=_first(utterance.volume, manner.volume),
            pause=self.pause + self.breath * breath(rate),
            priority=utterance.priority,
        )


def render(utterance: Utterance, manner: Manner) -> Iterator[Stretch]:
    """The stretches of an utterance, in order, each made when it is asked for."""
    language, taken = manner.language, 0.0
    for base, part in utterance.placed():
        if isinstance(part, Pause):
            yield Stretch("", language, pause=part.seconds, base=base)
            taken = 0.0
            continue
        for run in _runs(part, utterance.language, manner):
            if taken:
                # A voice breathes between two sentences only when it gets both at once.
                yield Stretch("", language, breath=taken, base=base)
            yield Stretch(run.text, run.language, run=run, base=base)
            language, taken = run.language, _breath_after(run, part)


def breath(rate: int) -> float:
    """Seconds of silence between two sentences: fast speakers take much shorter ones."""
    return float(_BREATH * (_USUAL / rate) ** 1.5)


def _breath_after(run: Run, part: Part) -> float:
    """The part of a breath that what follows the run has to wait."""
    if not isinstance(part, str):
        return 0.0
    text = run.text.rstrip(_CLOSERS)
    end = run.pieces[-1].end
    if text.endswith(_SENTENCE_ENDS) or "\n" in part[end : end + 3]:
        return 1.0
    return 0.5 if text.endswith(_CLAUSE_ENDS) else 0.0


def _runs(part: Part, language: str | None, manner: Manner) -> Iterable[Run]:
    match part:
        case str():
            return pronunciation.spoken(part, manner.reading(language))
        case Spelled(text):
            return pronunciation.spell(text, manner.reading(language))
        case InLanguage(text, known):
            runs = pronunciation.spoken(text, manner.reading(known))
            return (replace(run, language=plain_language(known)) for run in runs)
    return ()


class Script:
    """What is still to be said of an utterance, taken a request at a time.

    Args:
        utterance: All of it.
        manner: How what asks for nothing else is said: read when the first is taken, spoken as it is then.
    """

    def __init__(self, utterance: Utterance, manner: Callable[[], Manner]) -> None:
        self.utterance = utterance
        self._manner = manner
        self._rest = self._rendered()
        self._back: list[Stretch] = []
        """What comes before the rest, the last first; no deque, for many scripts wait and it is large."""
        self._begun = False

    def take(self) -> list[Stretch]:
        """The next stretches, as many as make a good request; none at the end."""
        most = _MORE if self._begun else _FIRST
        self._begun = True
        taken: list[Stretch] = []
        length = 0
        while length < most and (stretch := self._next()):
            taken.append(stretch)
            length += len(stretch.text)
        return taken

    def put_back(self, stretches: Iterable[Stretch]) -> None:
        """Let these be said again, before the rest. The next request is a quick one."""
        self._back.extend(reversed([*stretches]))
        self._begun = False

    def spoken(self, stretches: Iterable[Stretch]) -> list[Spoken]:
        """What a voice is told."""
        manner = self._manner()
        return [stretch.spoken(self.utterance, manner) for stretch in stretches]

    def _next(self) -> Stretch | None:
        return self._back.pop() if self._back else next(self._rest, None)

    def _rendered(self) -> Iterator[Stretch]:
        yield from render(self.utterance, self._manner())


def _first(value: int | None, other: int) -> int:
    return other if value is None else value
