"""One speaker for the whole program; hides when it starts, and that a program ends only when all is said."""

from __future__ import annotations

import atexit
import threading
from typing import Any

from barrierfree.speech.speaker import Speaker
from barrierfree.speech.ticket import Ticket
from barrierfree.speech.utterance import Utterance

__all__ = ["forget_shared_speaker", "say"]

_lock = threading.Lock()
_shared: Speaker | None = None


def say(what: str | Utterance, **options: Any) -> Ticket:
    """Say something, in turn, with the settings of the user; the program ends only when it has been said.

        say("Ready.")
        say("Fire!", priority=Priority.NOW).wait()

    The first time this waits until the voice has started, a tenth of a second; later it returns at once.
    Whoever wants to cancel, pause or hear about words makes a :class:`Speaker`.

    Args:
        what: What to say. Any text will do; what cannot be said is passed over.
        options: Those of :class:`Utterance`, such as ``priority`` or ``rate``.

    Returns:
        What becomes of it.

    Raises:
        EngineNotInstalled: Nothing here can speak.
        EngineError: The voice cannot start.
        NoAudioDevice: There is nothing to play to.
        SettingsError: A setting is wrong.
        OutputError: The log named by ``BARRIERFREE_SPEECH_LOG`` cannot be written.
        ValueError: A number is out of its range.
    """
    return _speaker().say(what, **options)


def _speaker() -> Speaker:
    global _shared  # noqa: PLW0603  one loudspeaker per program is the point
    with _lock:
        if _shared is None:
            speaker = Speaker()
            try:
                speaker.ready()
            except BaseException:
                speaker.close()
                raise
            # Registered after the player's own, so it comes before that: all is said before the device goes.
            atexit.register(forget_shared_speaker)
            _shared = speaker
        return _shared


def forget_shared_speaker() -> None:
    """Wait until all is said, and let voice and loudspeaker go; Ctrl-C makes it silent at once."""
    global _shared
    with _lock:
        speaker, _shared = _shared, None
    atexit.unregister(forget_shared_speaker)
    if speaker:
        with speaker:
            pass
