"""Recordings made for tests: any format, any length, what is in them known to the sample."""

import math
from array import array
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

CODECS = {
    "wav": "pcm_s16le",
    "mp3": "libmp3lame",
    "m4a": "aac",
    "opus": "libopus",
    "flac": "flac",
    "mkv": "libopus",
    "aiff": "pcm_s16be",
    "ts": "aac",
}


def beeps(seconds, *, rate=48000, every=1.0, length=0.2, hertz=880.0, offset=0.0):
    """Short tones at known times: 16-bit mono samples."""
    samples = array("h", bytes(2 * int(seconds * rate)))
    at = offset
    while at < seconds:
        begin = int(at * rate)
        for number in range(begin, min(begin + int(length * rate), len(samples))):
            samples[number] = int(12000 * math.sin(2 * math.pi * hertz * (number - begin) / rate))
        at += every
    return samples.tobytes()


def write_sound(path, channels, *, rate=48000, video=False, delay=0.0, tracks=1, languages=()):
    """Encode samples into a file whose ending says the format; one bytes object a channel."""
    planes = [np.frombuffer(one, np.int16) for one in channels]
    layout = {1: "mono", 2: "stereo"}[len(planes)]
    with av.open(str(path), "w") as container:
        if video:
            picture = container.add_stream("mpeg4", rate=10)
            picture.width = picture.height = 64
        streams = []
        for number in range(tracks):
            stream = container.add_stream(CODECS[Path(path).suffix[1:]], rate=rate, layout=layout)
            if languages:
                stream.metadata["language"] = languages[number]
            streams.append(stream)
        if video:
            for number in range(int(len(planes[0]) / rate * 10)):
                frame = av.VideoFrame.from_ndarray(np.full((64, 64, 3), number % 255, np.uint8), "rgb24")
                frame.pts, frame.time_base = number, Fraction(1, 10)
                container.mux(picture.encode(frame))
            container.mux(picture.encode(None))
        for stream in streams:
            _encode(container, stream, planes, rate, delay)
    return path


def _encode(container, stream, planes, rate, delay):
    layout = {1: "mono", 2: "stereo"}[len(planes)]
    woven = np.stack(planes, axis=1).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(woven, "s16", layout)
    frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
    frame.pts = round(delay * rate)
    context = stream.codec_context
    resampler = av.AudioResampler(context.format, context.layout, context.rate, context.frame_size or 1024)
    for part in [*resampler.resample(frame), *resampler.resample(None)]:
        if part is not None:
            container.mux(stream.encode(part))
    container.mux(stream.encode(None))


def onsets(samples, *, rate=16000, loud=1500):
    """Times (seconds) at which sound sets in after at least 0.2 s of quiet."""
    values = np.abs(np.frombuffer(samples, np.int16).astype(np.int32))
    found, last = [], -rate
    for at in np.flatnonzero(values > loud):
        if at - last > 0.2 * rate:
            found.append(at / rate)
        last = at
    return found
