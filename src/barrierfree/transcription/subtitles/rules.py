"""What a subtitle has to keep to, as one frozen value; hides where each number comes from.

Sources:

- Netflix, *Timed Text Style Guide: General Requirements* (partner help article 215758617): two lines, 5/6
  of a second to 7 seconds, two frames between subtitles, where a line may be broken.
- Netflix, *English (USA) Timed Text Style Guide* (217350977): 42 characters a line; 20 characters a second
  for adults, 17 for children.
- Netflix, *Chinese (Traditional) Timed Text Style Guide* (215994807): 16 full-width characters a line. It
  is commonly quoted with 9 characters a second for adults and 7 for children; that is twice the pace at
  which Mandarin is spoken (224 ms a character: P. Lee, A. Chan, *Chinese speaking times*, International
  Journal of Industrial Ergonomics 31, 2003), so only hurried speech comes near.
- BBC, *Subtitle Guidelines* 3.2 to 3.10 and 4: one sentence to a subtitle, short ones may share it, break
  at natural points.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SubtitleRules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubtitleRules:
    """Limits for subtitles; the defaults suit adults, in any script.

    A full-width character (Chinese, Japanese, Korean) counts against its own limit. In a mixed line every
    character takes its share: ten of 16 full-width and 15 of 42 narrow ones just fit together.

    Raises:
        ValueError: A limit leaves room for nothing.
    """

    line_length: int = 42
    """Narrow characters in a line, spaces and punctuation included."""
    wide_line_length: int = 16
    """Full-width characters in a line."""
    lines: int = 2
    """Lines on the screen at once."""
    shortest: float = 5 / 6
    """Seconds a subtitle stays at least, where the next one leaves room."""
    longest: float = 7.0
    """Seconds a subtitle stays at most."""
    gap: float = 2 / 24
    """Seconds between two subtitles, so that the eye sees the change: two frames of cinema film."""
    reading_speed: float = 20.0
    """Narrow characters a second, spaces and punctuation included."""
    wide_reading_speed: float = 9.0
    """Full-width characters a second."""

    def __post_init__(self) -> None:
        if min(self.line_length, self.wide_line_length, self.lines) < 1:
            raise ValueError("a subtitle needs room for one character at least")
        if not 0 < self.shortest <= self.longest or self.gap < 0:
            raise ValueError("times have to be: 0 < shortest <= longest, gap >= 0")
        if min(self.reading_speed, self.wide_reading_speed) <= 0:
            raise ValueError("reading speeds have to be above 0")

    @classmethod
    def for_children(cls) -> SubtitleRules:
        """The same limits, with more time to read: 17 characters a second, 7 full-width ones."""
        return cls(reading_speed=17.0, wide_reading_speed=7.0)
