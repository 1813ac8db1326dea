"""Where utterances wait for their turn and have it; hides the thread that speaks, and what interrupts it.

Whoever adds, cancels or pauses only changes what is to be done, stops what is being said, and never waits for
a voice or a device. One thread does the rest: it opens the loudspeaker, says one utterance after another, and
puts back what was interrupted.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from barrierfree.audio.playback import Player, open_player
from barrierfree.errors import BarrierfreeError, EngineFailed
from barrierfree.speech.events import Herald
from barrierfree.speech.rendering import Manner, Script, Stretch
from barrierfree.speech.schedule import Schedule, interrupts
from barrierfree.speech.synthesizer import Mark
from barrierfree.speech.ticket import Ticket, TicketState
from barrierfree.speech.turn import Turn
from barrierfree.speech.utterance import Utterance
from barrierfree.speech.voice import Voice
from barrierfree.wording import _

__all__ = ["Stage"]

_GOODBYE: Final = 5.0
"""Seconds the thread gets to end; it is never in anybody's way."""


@dataclass(slots=True, eq=False)
class _Entry:
    """An utterance that waits, or is being said."""

    ticket: Ticket
    script: Script
    begun: bool = False

    @property
    def utterance(self) -> Utterance:
        return self.ticket.utterance


class Stage:
    """One queue in front of one voice and one loudspeaker.

    Args:
        voice: Who speaks.
        manner: How what asks for nothing else is said just now.
        begun: Called with each ticket whose utterance begins, once.
    """

    def __init__(self, voice: Voice, manner: Callable[[], Manner], begun: Callable[[Ticket], None]) -> None:
        self.herald = Herald(self._look)
        self._voice = voice
        self._manner = manner
        self._begun = begun
        self._player: Player | None = None
        lock = threading.RLock()
        self._work = threading.Condition(lock)
        self._idle = threading.Condition(lock)
        self._schedule: Schedule[_Entry] = Schedule()
        self._entry: _Entry | None = None
        """What is being said; the turn is its."""
        self._turn: Turn | None = None
        self._paused = self._closed = False
        self._tried = threading.Event()
        self._trouble: BarrierfreeError | None = None
        self._thread = threading.Thread(target=self._perform, name="speaker", daemon=True)
        self._thread.start()

    def ready(self, timeout: float | None = None) -> bool:
        """Wait until it can speak; False when that takes longer than so many seconds.

        Raises:
            EngineError: The voice cannot start.
            NoAudioDevice: There is nothing to play to.
        """
        if not self._tried.wait(timeout):
            return False
        if self._trouble:
            raise self._trouble
        return True

    def add(self, ticket: Ticket) -> None:
        """Let an utterance have its turn when its priority says so."""
        entry = _Entry(ticket, Script(ticket.utterance, self._manner))
        priority = ticket.utterance.priority
        with self._work:
            if self._closed:
                raise RuntimeError("the speaker is closed")
            superseded = self._schedule.add(entry, priority)
            if self._turn and self._entry and interrupts(priority, self._entry.utterance.priority):
                self._turn.stop()
            self._work.notify()
        self._end_all(superseded, "dropped")

    def cancel(self) -> None:
        """Silence within a block, and nothing waits any more."""
        with self._work:
            # First what can be heard; ten thousand tickets take a moment.
            if self._turn:
                self._turn.stop()
            cancelled = self._schedule.clear()
            if self._entry:
                cancelled.append(self._entry)
        self._end_all(cancelled, "cancelled")

    def pause(self) -> None:
        """Silence within a block; nothing is lost."""
        with self._work:
            self._paused = True
            if self._player:
                self._player.pause()
            elif self._turn:
                self._turn.stop()

    def resume(self) -> None:
        """Go on where it was paused."""
        with self._work:
            self._paused = False
            if self._player:
                self._player.resume()
            self._work.notify()

    @property
    def paused(self) -> bool:
        """Whether it is paused."""
        return self._paused

    @property
    def busy(self) -> bool:
        """Whether something is being said or waits."""
        with self._work:
            return self._is_busy()

    def restart(self, *, when: Callable[[Utterance], bool]) -> None:
        """Have what is being said go on in the manner of now, from the word heard last."""
        with self._work:
            if self._turn and self._entry and when(self._entry.utterance):
                self._turn.stop()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until nothing is being said and nothing waits; False when that takes longer."""
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._idle:
            if not self._idle.wait_for(lambda: not self._is_busy(), timeout):
                return False
            player = self._player
        if player is None:
            return True
        try:
            return player.drain(None if deadline is None else max(0.0, deadline - time.monotonic()))
        except BarrierfreeError:  # it will never be heard
            return True

    def close(self) -> None:
        """Be silent for ever; the voice is closed as well. May be called twice."""
        with self._work:
            if self._closed:
                return
            self._closed = True
            self._work.notify_all()
        self.cancel()
        self._voice.close()
        if threading.current_thread() is not self._thread:
            self._thread.join(_GOODBYE)
        if self._player:
            self._player.close()
        self.herald.close()

    def _is_busy(self) -> bool:
        return self._entry is not None or len(self._schedule) > 0

    def _end_all(self, entries: list[_Entry], state: TicketState) -> None:
        for entry in entries:
            self._end(entry.ticket, state)

    def _end(self, ticket: Ticket, state: TicketState) -> None:
        if ticket.end(state):
            self.herald.state(ticket, state)

    def _look(self) -> None:
        turn = self._turn
        if turn:
            turn.look()

    # What follows runs in the thread that speaks.

    def _perform(self) -> None:
        with suppress(BarrierfreeError, RuntimeError):  # whoever wants something said will be told
            self._open()
        self._tried.set()
        while turn := self._next():
            entry = self._entry
            assert entry
            try:
                self._have(turn, entry)
            except BarrierfreeError as error:
                self._failed(entry.ticket, error)
            except Exception as error:  # noqa: BLE001  the next utterance is to be said, whatever this one did
                self._failed(entry.ticket, _fault(error))
            self._done(entry)

    def _open(self) -> Player | None:
        """The loudspeaker, once there is one; None where the voice makes itself heard."""
        try:
            rate = self._voice.rate
            if self._player is None and not self._voice.capabilities.plays_itself:
                player = open_player(rate)
                with self._work:
                    self._player = player
                    if self._paused:
                        player.pause()
        except BarrierfreeError as error:
            self._trouble = error
            raise
        self._trouble = None
        return self._player

    def _next(self) -> Turn | None:
        """The turn of what is to be said next, as soon as there is something; None at the end."""
        with self._work:
            while not self._closed:
                entry = None if self._paused else self._schedule.take()
                if entry is None:
                    self._work.wait()
                elif not entry.ticket.is_over:
                    self._entry = entry
                    self._turn = Turn(entry.script, self._voice, self._telling(entry.ticket))
                    return self._turn
                else:
                    self._tell_if_idle()
        return None

    def _telling(self, ticket: Ticket) -> Callable[[Stretch, Mark], None]:
        return lambda stretch, mark: self.herald.word(ticket, *stretch.place(mark.start, mark.end))

    def _have(self, turn: Turn, entry: _Entry) -> None:
        """Let an utterance have its turn."""
        ticket = entry.ticket
        if turn.is_over():
            if turn.expired:
                self._end(ticket, "dropped")
            return
        player = self._open()
        if player and not player.write(b""):
            self._closed = True  # the program is ending
            return
        if not entry.begun:
            entry.begun = True
            self._begun(ticket)
        ticket.turn("speaking")
        self.herald.state(ticket, "speaking")
        self.herald.speaking(now=True)
        finished = turn.run(player)
        self.herald.speaking(now=False)
        ticket.error = ticket.error or turn.error
        if turn.expired:
            self._end(ticket, "dropped")
        elif finished:
            self._end(ticket, "failed" if ticket.error else "done")

    def _failed(self, ticket: Ticket, error: BarrierfreeError) -> None:
        ticket.error = ticket.error or error
        self._end(ticket, "failed")

    def _done(self, entry: _Entry) -> None:
        """Make room for the next; what was interrupted waits to go on."""
        superseded = []
        with self._work:
            self._entry = self._turn = None
            if not entry.ticket.is_over:
                entry.ticket.turn("waiting")
                self.herald.state(entry.ticket, "waiting")
                superseded = self._schedule.put_back(entry, entry.utterance.priority)
        self._end_all(superseded, "dropped")
        with self._work:
            self._tell_if_idle()

    def _tell_if_idle(self) -> None:
        if not self._is_busy():
            self._idle.notify_all()


def _fault(error: Exception) -> EngineFailed:
    return EngineFailed(
        _("This could not be said: {error}").format(error=f"{type(error).__name__}: {error}"),
        hint=_("This is a fault of the program: please report it, with the text if you may."),
    )
