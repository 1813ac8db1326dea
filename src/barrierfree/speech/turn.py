"""One utterance being said, until its end or until it is stopped; hides requests, sound, and what was heard.

The voice is asked for little at first and for more while that is heard, so a book begins as soon as a word.
Everything happens in the speaker's thread, but for :meth:`Turn.stop`, which any thread may call and which
waits for nothing.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from barrierfree.audio.playback import Player, Take
from barrierfree.errors import BarrierfreeError, EngineError, NoAudioDevice
from barrierfree.speech.course import Course
from barrierfree.speech.rendering import Script, Stretch
from barrierfree.speech.synthesizer import Mark, Sound
from barrierfree.speech.voice import SpeechStream, Unspoken, Voice

__all__ = ["Turn"]

_ASK_SECONDS: Final = 0.05
"""Between two questions whether an utterance has expired."""


class Turn:
    """What a script still has to say, said once.

    Args:
        script: What is said; what is not heard is put back into it.
        voice: Who says it.
        tell: Called for every word when it is heard; must not take long.
    """

    def __init__(self, script: Script, voice: Voice, tell: Callable[[Stretch, Mark], None]) -> None:
        self.error: BarrierfreeError | None = None
        """Why something of it was not said; the first reason."""
        self.expired = False
        """True when it was stopped because it expired."""
        self._script = script
        self._voice = voice
        self._aloud = voice.capabilities.plays_itself
        self._course = Course(tell)
        self._lock = threading.Lock()
        self._streams: deque[tuple[int, SpeechStream]] = deque()
        """Requests under way, each with the number of its first stretch."""
        self._asked = 0
        self._asked_all = self._stopped = False
        self._player: Player | None = None
        self._take: Take | None = None
        self._made = 0
        """Samples made; where the voice makes itself heard, marks instead."""
        self._stretch = -1
        self._stretch_at = 0
        """Where the stretch begins that the voice is at."""
        self._expires = script.utterance.expires
        self._asked_at = 0.0

    def run(self, player: Player | None) -> bool:
        """Say it.

        Args:
            player: Where it is played; None where the voice makes itself heard.

        Returns:
            False when it was stopped: what is left of it is back in the script.
        """
        with self._lock:
            if not self._stopped and player:
                self._player, self._take = player, player.begin()
        try:
            if self._say_as_far_as_possible() and self._hear():
                self.look()
                return True
        except NoAudioDevice as error:
            self.error = self.error or error
            self.stop()
            return True
        self.stop()
        self._script.put_back(self._course.rest())
        return False

    def stop(self) -> None:
        """Be silent at once, and say no more."""
        if self._player and not self._stopped:
            self._player.cancel()  # before anything that may have to wait for a moment
        with self._lock:
            if self._stopped:
                return
            if self._player:
                self._player.cancel()
            self._course.advance(self._heard)
            self._stopped = True
            for _first, stream in list(self._streams):
                stream.abort()

    def look(self) -> None:
        """Tell of the words that have been heard."""
        with self._lock:
            if not self._stopped:
                self._course.advance(self._heard)

    def is_over(self) -> bool:
        """Whether it was stopped, or has expired, which is asked now and then."""
        now = time.monotonic()
        if not self._stopped and self._expires and now - self._asked_at > _ASK_SECONDS:
            self._asked_at = now
            with suppress(Exception):  # who cannot say that it has expired hears it
                self.expired = bool(self._expires())
        return self._stopped or self.expired

    @property
    def _heard(self) -> int:
        return self._made if self._aloud else self._take.played if self._take else 0

    def _say_as_far_as_possible(self) -> bool:
        """Have it made and played, up to where there is no voice any more; False when it was stopped."""
        try:
            return self._say()
        except EngineError as error:
            self.error = self.error or error
            return not self._stopped

    def _say(self) -> bool:
        """Have all of it made and played; False when it was stopped."""
        self._ask_on()
        while self._streams:
            first, stream = self._streams[0]
            for made in stream:
                if not self._take_in(made, first) or self.is_over():
                    return False
                if len(self._streams) == 1 and not self._asked_all:
                    self._ask_on()
            if self._stopped:
                return False
            self._streams.popleft()
            if not self._streams:
                self._ask_on()
        self._course.begin(self._asked, self._made)  # what would come after all that was asked for
        return not self._stopped

    def _ask_on(self) -> None:
        """Ask for more."""
        stretches = self._script.take()
        if not stretches:
            self._asked_all = True
            return
        request = self._script.spoken(stretches)
        with self._lock:
            self._course.ask(stretches)
            if not self._stopped:
                self._streams.append((self._asked, self._voice.speak(request)))
                self._asked += len(stretches)

    def _take_in(self, made: Sound | Mark | Unspoken, first: int) -> bool:
        """What the voice has made; False when it is not wanted any more."""
        if first + made.part != self._stretch:
            self._stretch, self._stretch_at = first + made.part, self._made
            self._course.begin(self._stretch, self._made)
            self.look()  # what has been heard need not be kept
        if isinstance(made, Unspoken):
            self.error = self.error or made.error
        elif isinstance(made, Mark):
            self._made += self._aloud
            self._course.mark(made, self._made if self._aloud else self._stretch_at + made.at)
            if self._aloud:
                self.look()
        elif self._player:
            self._made += len(made.samples) // 2
            return self._player.write(made.samples, self._take)
        return True

    def _hear(self) -> bool:
        """Wait until all of it has been heard; False when it was stopped."""
        player, take = self._player, self._take
        if player is None or take is None:
            return not self._stopped
        patience = _ASK_SECONDS if self._expires else None
        while not player.wait_played(take.written, take, patience):
            if self.is_over() or not player.write(b"", take):
                return False
        return not self._stopped
