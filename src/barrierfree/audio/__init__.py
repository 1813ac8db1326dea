"""Sound as a stream of blocks; hides where it comes from.

Every source yields :class:`AudioBlock` values in order, without gaps or overlaps. Nothing downstream
knows whether a block came from a file, standard input or a microphone.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SAMPLE_RATE", "AudioBlock", "Damage"]

SAMPLE_RATE = 16_000
"""Hz. The rate every recogniser here was trained at."""


@dataclass(frozen=True, slots=True)
class AudioBlock:
    """A short run of 16-bit mono samples and where it stands in its source."""

    position: int
    """Samples from the start of the source to the first sample of this block."""
    samples: bytes
    """Signed 16-bit samples in the machine's byte order, one channel."""
    rate: int = SAMPLE_RATE
    """Samples per second (Hz)."""
    overrun: bool = False
    """True when sound was lost just before this block (a microphone that was not read in time)."""

    @property
    def frames(self) -> int:
        """How many samples the block holds."""
        return len(self.samples) // 2

    @property
    def start(self) -> float:
        """Seconds from the start of the source to the block's first sample."""
        return self.position / self.rate

    @property
    def end(self) -> float:
        """Seconds from the start of the source to just after the block's last sample."""
        return (self.position + self.frames) / self.rate


@dataclass(frozen=True, slots=True)
class Damage:
    """A place in a recording that could not be decoded."""

    start: float
    """Seconds from the start of the recording."""
    reason: str
    """One line, in the user's language."""
