"""A voice that makes silence of the right length, with the marks of its words; hides nothing.

For tests and for programs that only want to know what would be said. Never chosen by itself.
"""

from __future__ import annotations

import re
from typing import ClassVar, Final

from barrierfree.speech.synthesizer import Emit, Mark, Sound, Spoken, SynthesizerCapabilities, VoiceInfo

__all__ = ["SilentSynthesizer"]

_CHARACTER: Final = 0.06
"""Seconds of a character at 175 words a minute: 15 characters a second, about what people say."""
_USUAL: Final = 175
_BLOCK: Final = 320
"""20 ms."""


class SilentSynthesizer:
    """Speaks silence."""

    capabilities: ClassVar[SynthesizerCapabilities] = SynthesizerCapabilities(
        marks=True, rate=True, pitch=True, volume=True, repeatable=True, automatic=False
    )
    rate = 16_000

    @classmethod
    def available(cls) -> bool:
        """Always."""
        return True

    def voices(self) -> tuple[VoiceInfo, ...]:
        """One, that speaks every language as well."""
        return (VoiceInfo("silent", ("en", "zh"), "silent"),)

    def synthesize(self, spoken: Spoken, emit: Emit) -> None:
        """Silence of 60 ms for every character, and a mark for every word and Chinese character."""
        character = self.rate * _CHARACTER * _USUAL / spoken.rate
        marks = (
            Mark(word.start(), word.end(), round(word.start() * character))
            for word in re.finditer(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+", spoken.text)
        )
        coming = next(marks, None)
        total = round(len(spoken.text) * character)
        for at in range(0, total, _BLOCK):
            length = min(_BLOCK, total - at)
            while coming and coming.at < at + length:
                if not emit(coming):
                    return
                coming = next(marks, None)
            if not emit(Sound(bytes(2 * length))):
                return

    def close(self) -> None:
        """Nothing to free."""
