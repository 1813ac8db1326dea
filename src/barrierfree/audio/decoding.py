"""Packets of any codec to contiguous 16 kHz mono samples; hides FFmpeg (PyAV), its errors and its clocks.

Times are those a player shows: zero is where the whole file begins, so subtitles fit the video even when
its sound sets in later. Gaps between packets become silence, so that everything after them stays in
place. A packet that cannot be decoded is a :class:`Damage`, not an error: what follows may be sound.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from barrierfree.audio import SAMPLE_RATE, AudioBlock, Damage
from barrierfree.wording import _

if TYPE_CHECKING:
    from av import AudioFrame, AudioStream
    from av.container import InputContainer

__all__ = ["decoded"]

_BLOCK_BYTES = SAMPLE_RATE  # half a second of 16-bit samples
_GAP_SECONDS = 0.1
"""Clocks in files are rounded and jitter by some tens of milliseconds; more than this is a real gap."""
_HOLES_BY_DESIGN = frozenset(("mov", "matroska", "webm", "mpegts", "asf", "flv", "avi"))
"""Formats in which sound may pause and set in again without anything being lost."""
_LONGEST_GAP = 3600.0
"""Seconds. A jump further than this is a broken clock, and not followed."""
_SAME_PLACE = 5.0
"""Seconds within which failures count as one damage."""
_MOST_FAILURES = 50
"""Failures in a row, without one good packet, after which the rest is given up."""


def decoded(
    container: InputContainer, stream: AudioStream, channel: str | int, damage: list[Damage]
) -> Iterator[AudioBlock]:
    """The sound of one track, from its first sample to its last.

    Args:
        container: An open file.
        stream: One of its audio streams.
        channel: "mix", or a channel counted from 0.
        damage: Grows by every place that could not be decoded.

    Yields:
        Contiguous blocks of at most half a second. The first may begin before 0 (encoders put some
        padding there) or later (the sound of a video may set in after its picture).
    """
    import av.error

    line = _Timeline(channel)
    holes_are_damage = not _HOLES_BY_DESIGN & set(container.format.name.split(","))
    zero = Fraction(container.start_time or 0, 1_000_000)
    for frame in _frames(container, stream, lambda reason: _note(damage, line.seconds, reason)):
        at = None
        if frame.pts is not None and frame.time_base is not None:
            at = frame.pts * Fraction(frame.time_base) - zero
        if holes_are_damage and line.gap_before(at):
            _note(damage, line.seconds, _("a piece is missing."))
        try:
            yield from line.add(frame, at)
        except (av.error.FFmpegError, ValueError, MemoryError) as error:
            # A header that lies may announce sound that no resampler takes.
            _note(damage, line.seconds, _worded(error))
            line.begin_anew()
    yield from line.rest()


def _frames(container: InputContainer, stream: AudioStream, failed: Any) -> Iterator[AudioFrame]:
    """All frames that can be decoded."""
    import av.error

    failures = 0
    while failures < _MOST_FAILURES:
        try:
            for packet in container.demux(stream):
                try:
                    frames = packet.decode()
                except av.error.EOFError:
                    continue
                except (av.error.FFmpegError, ValueError, MemoryError) as error:
                    failures += 1
                    failed(_worded(error))
                    if failures >= _MOST_FAILURES:
                        return
                    continue
                failures = failures if not frames else 0
                yield from frames
        except av.error.EOFError:
            return
        except (av.error.FFmpegError, OSError, ValueError, MemoryError) as error:
            # Reading, not decoding, went wrong; the next attempt goes on behind the bad place.
            failures += 10
            failed(_worded(error))
        else:
            return


def _worded(error: BaseException) -> str:
    import av.error

    if isinstance(error, av.error.InvalidDataError):
        return _("the data there is not sound.")
    return _("it cannot be decoded there ({error}).").format(
        error=getattr(error, "strerror", None) or type(error).__name__
    )


def _note(damage: list[Damage], seconds: float, reason: str) -> None:
    if not damage or seconds - damage[-1].start > _SAME_PLACE:
        damage.append(Damage(round(max(0.0, seconds), 3), reason))


class _Timeline:
    """Samples laid end to end on the clock of the file."""

    def __init__(self, channel: str | int) -> None:
        self._channel = channel
        self._resampler: _Resampler | None = None
        self._setup: tuple[Any, ...] = ()
        self._expected: Fraction | None = None
        self._position: int | None = None
        self._waiting = bytearray()

    @property
    def seconds(self) -> float:
        """Where the next sample stands, in seconds from the start of the file."""
        return float(self._expected or 0)

    def gap_before(self, at: Fraction | None) -> bool:
        """True when a frame at this time (seconds) leaves a hole behind the last one."""
        if at is None or self._expected is None:
            return False
        return _GAP_SECONDS < float(at - self._expected) < _LONGEST_GAP

    def add(self, frame: AudioFrame, at: Fraction | None) -> Iterator[AudioBlock]:
        """Lay down a frame that its file places at a time (seconds)."""
        if not frame.sample_rate or not frame.samples:
            return
        setup = (frame.sample_rate, frame.format.name, frame.layout.name)
        if self._expected is None:
            self._expected = at if at is not None and abs(at) < _LONGEST_GAP else Fraction(0)
            self._position = round(self._expected * SAMPLE_RATE)
        if at is not None and self.gap_before(at):
            yield from self._flush()
            yield from self._silence(at)
            self._expected = at
        if setup != self._setup:
            yield from self._flush()
            self._setup = setup
        if self._resampler is None:
            self._resampler = _Resampler(self._channel)
        self._waiting += self._resampler.add(frame)
        self._expected += Fraction(frame.samples, frame.sample_rate)
        yield from self._blocks(_BLOCK_BYTES)

    def begin_anew(self) -> None:
        """Drop what the resampler holds: it failed."""
        self._resampler, self._setup = None, ()

    def rest(self) -> Iterator[AudioBlock]:
        """What is left at the end."""
        yield from self._flush()
        yield from self._blocks(2)

    def _flush(self) -> Iterator[AudioBlock]:
        if self._resampler is not None:
            self._waiting += self._resampler.rest()
            self._resampler = None
        yield from self._blocks(_BLOCK_BYTES)

    def _silence(self, until: Fraction) -> Iterator[AudioBlock]:
        assert self._position is not None
        missing = 2 * (round(until * SAMPLE_RATE) - self._position) - len(self._waiting)
        while missing > 0:
            piece = min(missing, _BLOCK_BYTES)
            self._waiting += bytes(piece)
            missing -= piece
            yield from self._blocks(_BLOCK_BYTES)

    def _blocks(self, least: int) -> Iterator[AudioBlock]:
        while len(self._waiting) >= least:
            assert self._position is not None
            block = AudioBlock(self._position, bytes(self._waiting[:_BLOCK_BYTES]))
            del self._waiting[:_BLOCK_BYTES]
            self._position += block.frames
            yield block


class _Resampler:
    """Frames of one kind to 16 kHz, 16 bits, one channel."""

    def __init__(self, channel: str | int) -> None:
        self._channel = channel
        self._resampler: Any = None

    def add(self, frame: AudioFrame) -> bytes:
        from av import AudioResampler

        if self._resampler is None:
            form, layout = ("s16", "mono") if self._channel == "mix" else ("s16p", frame.layout)
            self._resampler = AudioResampler(format=form, layout=layout, rate=SAMPLE_RATE)
        frame.pts = None  # the filter inside would otherwise have a clock of its own
        return b"".join(map(self._samples, self._resampler.resample(frame)))

    def rest(self) -> bytes:
        """The tail that the filter still holds."""
        if self._resampler is None or self._resampler.is_passthrough:
            return b""
        return b"".join(map(self._samples, self._resampler.resample(None)))

    def _samples(self, frame: AudioFrame) -> bytes:
        number = 0 if self._channel == "mix" else min(int(self._channel), len(frame.planes) - 1)
        # A plane is padded for the processor's sake; the samples are its beginning.
        return bytes(frame.planes[number])[: 2 * frame.samples]
