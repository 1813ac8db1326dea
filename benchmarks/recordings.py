"""Recordings with known words, as long as wanted; hides where the clips come from.

Clips: a folder with wav files and a ``manifest.tsv`` (file, language, transcript, …, kind). That is
``../shared/speech`` beside the checkout, where a machine has it; ``BARRIERFREE_SPEECH=DIR`` names another.
"""

from __future__ import annotations

import csv
import os
import random
import sys
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np

__all__ = ["Clip", "clips", "long_recording", "model"]

ROOT = Path(__file__).parent.parent
RATE = 16_000
SPEECH = Path(os.environ.get("BARRIERFREE_SPEECH", ROOT.parent / "shared" / "speech"))


@dataclass(frozen=True)
class Clip:
    """One short recording and what is said in it."""

    path: Path
    language: str
    text: str
    kind: str
    """"real", "synthetic" or "unknown…"."""


def clips(language: str = "") -> list[Clip]:
    """The clips in a language, or all."""
    manifest = SPEECH / "manifest.tsv"
    if not manifest.is_file():
        sys.exit(f"{manifest} is missing: name a folder of clips with BARRIERFREE_SPEECH.")
    with manifest.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = [Clip(SPEECH / row["file"], row["language"], row["transcript"], row["kind"]) for row in rows]
    return [clip for clip in found if language in ("", clip.language) and clip.path.is_file()]


def samples(clip: Clip) -> bytes:
    """The clip's samples."""
    with wave.open(str(clip.path)) as file:
        assert (file.getframerate(), file.getnchannels()) == (RATE, 1)
        return file.readframes(file.getnframes())


def long_recording(path: Path, parts: list[Clip], seconds: float) -> str:
    """Write clips in random order (always the same), with pauses, until so many seconds are full.

    Returns:
        What is said in it.
    """
    chosen = random.Random(7)
    codec = {".mp3": ("libmp3lame", 128_000), ".wav": ("pcm_s16le", None)}[path.suffix]
    said: list[str] = []
    done = 0.0
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec[0], rate=RATE, layout="mono")
        if codec[1]:
            stream.bit_rate = codec[1]
        while done < seconds:
            order = parts[:]
            chosen.shuffle(order)
            for clip in order:
                sound = samples(clip) + bytes(2 * int(chosen.uniform(0.4, 1.5) * RATE))
                said.append(clip.text)
                done += len(sound) / 2 / RATE
                frame = av.AudioFrame.from_ndarray(np.frombuffer(sound, np.int16)[None], "s16", "mono")
                frame.sample_rate = RATE
                _encode(container, stream, frame)
                if done >= seconds:
                    break
        container.mux(stream.encode(None))
    return "\n".join(said)


def _encode(container: Any, stream: Any, frame: av.AudioFrame) -> None:
    context = stream.codec_context
    size = context.frame_size or 1024
    resampler = av.AudioResampler(context.format, context.layout, context.rate, size)
    for part in [*resampler.resample(frame), *resampler.resample(None)]:
        part.pts = None
        container.mux(stream.encode(part))


def model(name: str) -> Path:
    """Folder of an installed model."""
    from barrierfree.models import installed_models

    for found in installed_models():
        if found.name == name:
            return found.path
    sys.exit(f"Install the model first: barrierfree models install {name}")
