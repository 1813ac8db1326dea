"""Says what it is given, in turn, and is silent when told; hides voice, queue, history and log.

    with Speaker() as speaker:
        speaker.say("Hello.")
        speaker.say("Fire!", priority=Priority.NOW)

Whoever only wants something said takes :func:`barrierfree.say`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from barrierfree.settings import load_settings
from barrierfree.speech.choosing import choose_engine
from barrierfree.speech.events import SpeechEvents
from barrierfree.speech.history import History, Said
from barrierfree.speech.pronunciation import Dictionary, Punctuation, load_dictionary
from barrierfree.speech.pronunciation.scripts import plain_language
from barrierfree.speech.recorder import open_recorder, tell_watchers
from barrierfree.speech.rendering import Manner
from barrierfree.speech.stage import Stage
from barrierfree.speech.synthesizer import VoiceInfo
from barrierfree.speech.ticket import Ticket
from barrierfree.speech.utterance import Priority, Utterance
from barrierfree.speech.voice import Voice
from barrierfree.wording import interface_language

__all__ = ["Speaker", "manner_of", "open_voice"]


class Speaker:
    """One voice, one queue and one loudspeaker. Every method may be called from any thread, and from asyncio.

    Leaving its context waits until all is said, unless an error or Ctrl-C leaves it: then it is silent.

    Args:
        engine: A voice engine's name; "auto" takes the one of the settings, or the first that can speak here.
        language: ISO 639-1 code: of signs and figures where no letters tell; None takes that of messages.
        rate: Words per minute, 80 to 900.
        pitch: 0 to 100, where 50 is the voice's own.
        volume: 0 to 100.
        voice: The engine's own name of a voice; empty takes its best for each language.
        punctuation: How much of it is named: "none", "some", "most" or "all".
        dictionary: The user's own pronunciations, or the file they are in.
        log: File that gets a line of JSON for each utterance; None takes the one that
            ``BARRIERFREE_SPEECH_LOG`` names, if any.

    Raises:
        UnknownEngine: No engine of that name is registered.
        EngineNotInstalled: It cannot run here, or nothing can.
        SettingsError: A setting or a line of the dictionary is wrong.
        OutputError: The log cannot be written.
        ValueError: A number is out of its range, or there is no such level of punctuation.
    """

    def __init__(
        self,
        *,
        engine: str = "auto",
        language: str | None = None,
        rate: int = 175,
        pitch: int = 50,
        volume: int = 100,
        voice: str = "",
        punctuation: Punctuation = "some",
        dictionary: Dictionary | str | os.PathLike[str] | None = None,
        log: str | os.PathLike[str] | None = None,
    ) -> None:
        self._manner = manner_of(
            language=language,
            rate=rate,
            pitch=pitch,
            volume=volume,
            voice=voice,
            punctuation=punctuation,
            dictionary=dictionary,
        )
        self._changing = threading.Lock()
        self.history = History()
        """The last thousand utterances that were begun."""
        self._recorder = open_recorder(log)
        self._voice = open_voice(engine)
        self._stage = Stage(self._voice, self._manner_now, self._begun)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None and not self.paused:
                self.wait()
        finally:
            self.close()

    @property
    def engine(self) -> str:
        """Name of the engine that speaks."""
        return self._voice.engine

    def ready(self, timeout: float | None = None) -> bool:
        """Wait until it can speak, for at most so many seconds; False when it cannot yet.

        It need not be waited for: what is to be said before waits by itself. This is for who wants to know.

        Raises:
            EngineError: The voice cannot start.
            NoAudioDevice: There is nothing to play to.
        """
        return self._stage.ready(timeout)

    def say(self, what: str | Utterance, **options: Any) -> Ticket:
        """Let something be said in its turn; returns at once.

        Args:
            what: What to say. Any text will do; what cannot be said is passed over.
            options: Those of :class:`Utterance`, such as ``priority``; they replace those it has.

        Returns:
            What becomes of it. When there is no loudspeaker, or no voice, that is where it shows.

        Raises:
            ValueError: A number is out of its range.
            RuntimeError: The speaker is closed.
        """
        ticket = Ticket(_with_options(what, options))
        self._stage.add(ticket)
        return ticket

    def repeat(self) -> Ticket | None:
        """Say at once what was said last; None when nothing was."""
        said = self.history.last
        return self.say(said.utterance, priority=Priority.NOW, expires=None) if said else None

    def cancel(self) -> None:
        """Silence at once; nothing that waited will be said."""
        self._stage.cancel()

    def pause(self) -> None:
        """Silence at once; what is being said and what waits goes on with :meth:`resume`."""
        self._stage.pause()

    def resume(self) -> None:
        """Go on after :meth:`pause`."""
        self._stage.resume()

    @property
    def paused(self) -> bool:
        """Whether it is paused."""
        return self._stage.paused

    @property
    def busy(self) -> bool:
        """Whether something is being said, or waits."""
        return self._stage.busy

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until all is said, for at most so many seconds; False when it is not."""
        return self._stage.wait(timeout)

    def events(self) -> SpeechEvents:
        """What happens from now on: utterances that begin and end, and every word when it is heard."""
        return self._stage.herald.follow()

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The voices that can be asked for by name; the first time that takes a moment.

        Raises:
            EngineError: The engine cannot start.
        """
        return self._voice.voices()

    def save(
        self,
        what: str | Utterance | Iterable[str | Utterance],
        path: str | os.PathLike[str],
        *,
        progress: Callable[[float], None] | None = None,
    ) -> Path:
        """Write speech into a sound file instead of playing it; what is being said meanwhile goes on.

        Args:
            what: What is said; many are taken as they are needed.
            path: Where it goes; the ending says the format: wav, mp3, ogg or opus.
            progress: Told how many seconds are done, now and then.

        Returns:
            The path.

        Raises:
            UnknownFormat: The ending is none of these.
            EngineError: The voice cannot say it, or only aloud.
            OutputError: The disk is full, the folder is read-only, the name is taken by a folder…
        """
        from barrierfree.speech.saving_sound import save_speech

        several = [what] if isinstance(what, str | Utterance) else what
        with open_voice(self.engine) as voice:  # of its own, so that neither disturbs the other
            return save_speech(
                (_with_options(one, {}) for one in several),
                path,
                voice=voice,
                manner=self._manner_now(),
                progress=progress,
            )

    def close(self) -> None:
        """Be silent, and let voice and loudspeaker go. May be called twice."""
        self._stage.close()
        if self._recorder:
            self._recorder.close()

    @property
    def rate(self) -> int:
        """Words per minute, 80 to 900. A change is heard at once, from the word on that is being said."""
        return self._manner.rate

    @rate.setter
    def rate(self, value: int) -> None:
        self._change("rate", value)

    @property
    def pitch(self) -> int:
        """0 to 100, where 50 is the voice's own; a change is heard at once."""
        return self._manner.pitch

    @pitch.setter
    def pitch(self, value: int) -> None:
        self._change("pitch", value)

    @property
    def volume(self) -> int:
        """0 to 100; a change is heard at once."""
        return self._manner.volume

    @volume.setter
    def volume(self, value: int) -> None:
        self._change("volume", value)

    @property
    def voice(self) -> str:
        """The engine's own name of the voice, empty for its best; a change is heard at once."""
        return self._manner.voice

    @voice.setter
    def voice(self, value: str) -> None:
        self._change("voice", value)

    def _change(self, name: str, value: Any) -> None:
        Utterance(**{name: value})  # the same limits hold
        with self._changing:
            self._manner = replace(self._manner, **{name: value})
        self._stage.restart(when=lambda utterance: getattr(utterance, name) is None)

    def _manner_now(self) -> Manner:
        """How things are said. Which languages a voice speaks is looked up, which takes a moment once."""
        return self._manner.knowing(self._voice)

    def _begun(self, ticket: Ticket) -> None:
        said = Said(ticket.utterance)
        self.history.add(said)
        tell_watchers(said)
        if self._recorder:
            self._recorder.add(said, ticket.utterance.language or self._manner.language, self.engine)


def open_voice(engine: str) -> Voice:
    """The voice of an engine; "auto" is that of the settings, or the first that can speak here.

    Raises:
        EngineError: It cannot run here, or nothing can.
        SettingsError: A setting is wrong.
    """
    return Voice(choose_engine(load_settings().speech_engine if engine == "auto" else engine))


def manner_of(
    *,
    language: str | None = None,
    rate: int = 175,
    pitch: int = 50,
    volume: int = 100,
    voice: str = "",
    punctuation: Punctuation = "some",
    dictionary: Dictionary | str | os.PathLike[str] | None = None,
) -> Manner:
    """How a speaker says things; the arguments and the errors are those of :class:`Speaker`."""
    Utterance(rate=rate, pitch=pitch, volume=volume)  # the same limits hold
    if isinstance(dictionary, str | os.PathLike):
        dictionary = load_dictionary(Path(dictionary))
    language = plain_language(language or interface_language())
    manner = Manner(language, rate, pitch, volume, voice, (), punctuation, dictionary)
    manner.reading(None)  # raises when there is no such level
    return manner


def _with_options(what: str | Utterance, options: dict[str, Any]) -> Utterance:
    """The utterance meant, with other options than it had."""
    if not isinstance(what, Utterance):
        return Utterance(what, **options)
    if not options:
        return what
    names = [name for name in what.__slots__ if name != "parts"]
    return Utterance(*what.parts, **{name: getattr(what, name) for name in names} | options)
