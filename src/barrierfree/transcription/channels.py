"""One recording heard channel by channel; hides that it is several transcriptions.

Interviews are often recorded with one voice on each channel: heard apart, both are clearer, and who
speaks is certain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace

from barrierfree.audio.files import open_recording
from barrierfree.errors import UnreadableAudio
from barrierfree.transcription.job import Job
from barrierfree.transcription.transcriber import Transcriber, Transcription
from barrierfree.transcription.transcript import Segment, Transcript
from barrierfree.wording import _

__all__ = ["EachChannel", "open_job"]


def open_job(transcriber: Transcriber, job: Job, *, journal: bool = True) -> Transcription | EachChannel:
    """Begin a recording as its job says, be it one line of sound or every channel apart.

    Raises:
        UnreadableAudio: The recording cannot be opened.
        EngineError: No engine or model can do it.
        OutputError: The journal cannot be written.
    """
    if job.channel != "each":
        return transcriber.open(job, journal=journal)
    if job.source == "-":
        raise UnreadableAudio(
            _("Standard input can be read only once, so its channels cannot be heard one after another."),
            hint=_("Save the recording to a file, or choose one channel."),
        )
    with open_recording(job.source, track=job.track) as recording:
        count = recording.track.channels
    with ExitStack() as opened:
        parts = []
        for number in range(count):
            part = transcriber.open(replace(job, channel=number), journal=journal)
            opened.callback(part.keep)
            parts.append(part)
        opened.pop_all()
    return EachChannel(parts)


class EachChannel:
    """Several transcriptions of one recording that look like one; segments come when all are heard."""

    def __init__(self, parts: Sequence[Transcription]) -> None:
        self._parts = parts
        self._merged: list[Segment] = []
        self.choice = parts[0].choice
        self.duration = parts[0].duration
        self.journaled = all(part.journaled for part in parts)
        resumed = [part.resumed_at for part in parts if part.resumed_at is not None]
        self.resumed_at = min(resumed) if len(resumed) == len(parts) else None

    @property
    def position(self) -> float:
        """Seconds up to which every channel is recognised, as a mean: channels are heard in turn."""
        return sum(part.position for part in self._parts) / len(self._parts)

    def __iter__(self) -> Iterator[Segment]:
        """Segments of all channels in the order they begin, labelled with their channel."""
        heard: list[Segment] = []
        for number, part in enumerate(self._parts):
            label = channel_name(number, len(self._parts))
            heard += [_labelled(segment, label) for segment in part]
        self._merged = sorted(heard, key=lambda segment: segment.start)
        yield from self._merged

    def transcript(self) -> Transcript:
        """Everything that came out, as one value."""
        return replace(self._parts[0].transcript(), segments=tuple(self._merged))

    def keep(self) -> None:
        """Stop here and keep what was done for the next run."""
        for part in self._parts:
            part.keep()

    def done(self) -> None:
        """The result is safe: forget the journals."""
        for part in reversed(self._parts):  # see journal.has_journal
            part.done()


def _labelled(segment: Segment, label: str | None) -> Segment:
    return replace(segment, speaker=label, speaker_confidence=1.0) if label else segment


def channel_name(number: int, count: int) -> str | None:
    """What people call a channel, counted from 0; None when it is the only one."""
    if count == 1:
        return None
    if count == 2:  # noqa: PLR2004  stereo
        return [_("Left"), _("Right")][number]
    return _("Channel {number}").format(number=number + 1)
