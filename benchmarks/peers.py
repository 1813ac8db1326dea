"""The peers as they are meant to be used, each as a program of its own that prints what it hears.

    python benchmarks/peers.py faster-whisper MODEL LANGUAGE BEAM FILE...

Faster-whisper's own ``transcribe()``, two threads, int8, word times; one segment a line. A line that begins
with a tab ends a file.
"""

from __future__ import annotations

import sys


def faster_whisper(model: str, language: str, beam: str, *files: str) -> None:
    """One file after the other, in one loop, over one model."""
    from faster_whisper import WhisperModel

    whisper = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=2, local_files_only=True)
    for file in files:
        segments, _info = whisper.transcribe(
            file, language=language, beam_size=int(beam), word_timestamps=True
        )
        for segment in segments:
            print(segment.text.strip(), flush=True)
        print(f"\t{file}")  # at the end, so that the first line out is the first text


if __name__ == "__main__":
    {"faster-whisper": faster_whisper}[sys.argv[1]](*sys.argv[2:])
