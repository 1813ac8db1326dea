"""Speech into a sound file, whole or not at all; hides encoders, and that a book is made a piece at a time.

Nothing is held longer than it takes to encode it, so the length of a text does not matter. The file appears
under its name when it is complete.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple, cast

from barrierfree.errors import EngineFailed, UnknownFormat
from barrierfree.speech.rendering import Manner, Script, breath
from barrierfree.speech.synthesizer import Sound, Spoken
from barrierfree.speech.utterance import Utterance
from barrierfree.speech.voice import SpeechStream, Unspoken, Voice
from barrierfree.wording import _
from barrierfree.writing import unwritable

if TYPE_CHECKING:
    from av import AudioStream

__all__ = ["check_format", "save_speech", "sound_of"]

_NOTHING: Final = 0.1
"""Seconds of silence where nothing was said: no player can open a file without any sound."""
_AHEAD: Final = 2
"""Requests that wait for the voice, so that it never waits for us."""


class _Format(NamedTuple):
    """How a kind of file is made."""

    container: str
    codec: str
    rates: tuple[int, ...] = ()
    """Samples per second it can hold; empty means any."""
    options: tuple[tuple[str, str], ...] = ()
    bits: int | None = None
    """Bits per second."""
    codec_options: tuple[tuple[str, str], ...] = ()


_OPUS: Final = _Format(
    "ogg",
    "libopus",
    (8000, 12000, 16000, 24000, 48000),
    bits=32_000,
    codec_options=(("compression_level", "3"),),
)
_MP3: Final = _Format(
    "mp3",
    "libmp3lame",
    (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100),
    bits=64_000,
    codec_options=(("compression_level", "7"),),
)
_FORMATS: Final = {
    # Beyond 4 GB, which is a day of speech, a wav file needs longer numbers.
    "wav": _Format("wav", "pcm_s16le", options=(("rf64", "auto"),)),
    "mp3": _MP3,
    "ogg": _OPUS,
    "opus": _OPUS,
}


def save_speech(
    utterances: Iterable[Utterance],
    path: str | os.PathLike[str],
    *,
    voice: Voice,
    manner: Manner,
    progress: Callable[[float], None] | None = None,
) -> Path:
    """Write what a voice says into a sound file, one utterance after another.

    Args:
        utterances: What is said; taken as they are needed.
        path: Where it goes; the ending says the format: wav, mp3, ogg or opus.
        voice: Who says it.
        manner: How it is said.
        progress: Told how many seconds are done, now and then.

    Raises:
        UnknownFormat: The ending is none of these.
        EngineError: The voice cannot say it, or only aloud.
        OutputError: The disk is full, the folder is read-only, the name is taken by a folder…
    """
    path = Path(path)
    form = check_format(path)
    if voice.capabilities.plays_itself:
        raise EngineFailed(
            _('The voice engine "{name}" plays its sound itself; it cannot be saved.').format(
                name=voice.engine
            ),
            hint=_("Choose another one, such as espeak."),
        )
    rate = voice.rate
    try:
        with _whole_file(path) as file, _encoder(file, form, rate) as encode:
            done = 0
            for samples in _in_seconds(sound_of(utterances, voice, manner), rate):
                encode(samples)
                done += len(samples) // 2
                if progress:
                    progress(done / rate)
            if not done:
                encode(bytes(2 * int(rate * _NOTHING)))
    except OSError as error:
        raise unwritable(path, error) from error
    return path


def check_format(path: Path) -> _Format:
    """The format that a name's ending means.

    Raises:
        UnknownFormat: There is no such format.
    """
    form = _FORMATS.get(path.suffix.lower().removeprefix("."))
    if form is None:
        raise UnknownFormat(
            _('The name "{file}" does not say which format is meant.').format(file=path.name),
            hint=_("Give it one of these endings: {names}.").format(
                names=", ".join(f".{name}" for name in _FORMATS)
            ),
        )
    return form


def sound_of(utterances: Iterable[Utterance], voice: Voice, manner: Manner) -> Iterator[bytes]:
    """The samples of everything that is said: 16-bit, mono, at the voice's rate.

    Raises:
        EngineError: There is no voice, or something cannot be said.
    """
    streams: deque[SpeechStream] = deque()
    try:
        for request in _requests(utterances, manner):
            streams.append(voice.speak(request))
            if len(streams) > _AHEAD:
                yield from _samples(streams)
        while streams:
            yield from _samples(streams)
    finally:
        for stream in streams:
            stream.abort()


def _requests(utterances: Iterable[Utterance], manner: Manner) -> Iterator[list[Spoken]]:
    for number, utterance in enumerate(utterances):
        if number:
            yield [Spoken("", manner.language, pause=breath(manner.rate))]
        script = Script(utterance, lambda: manner)
        while stretches := script.take():
            yield script.spoken(stretches)


def _samples(streams: deque[SpeechStream]) -> Iterator[bytes]:
    """The samples of the first request, which then is done."""
    for made in streams[0]:
        if isinstance(made, Unspoken):
            raise made.error  # a file that lacks a sentence is worse than none
        if isinstance(made, Sound):
            yield made.samples
    streams.popleft()


def _in_seconds(pieces: Iterable[bytes], rate: int) -> Iterator[bytes]:
    """The same samples, a second at a time: every frame costs an encoder time."""
    pending = bytearray()
    for piece in pieces:
        pending += piece
        if len(pending) >= 2 * rate:
            yield bytes(pending)
            pending.clear()
    if pending:
        yield bytes(pending)


@contextmanager
def _encoder(file: IO[bytes], form: _Format, rate: int) -> Iterator[Callable[[bytes], None]]:
    """Takes samples and writes them into the file."""
    import av

    ours = next((known for known in form.rates if known >= rate), form.rates[-1]) if form.rates else rate
    with av.open(file, "w", format=form.container, options=dict(form.options)) as container:
        stream = cast(
            "AudioStream",
            container.add_stream(form.codec, rate=ours, layout="mono", options=dict(form.codec_options)),
        )
        if form.bits:
            stream.bit_rate = form.bits
        context = stream.codec_context
        context.open()
        resampler = av.AudioResampler(context.format, context.layout, ours, context.frame_size or None)
        at = 0

        def encode(samples: bytes) -> None:
            nonlocal at
            frame = av.AudioFrame("s16", "mono", len(samples) // 2)
            frame.planes[0].update(samples.ljust(frame.planes[0].buffer_size, b"\0"))
            frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), at
            at += len(samples) // 2
            put(frame)

        def put(frame: av.AudioFrame | None) -> None:
            for part in resampler.resample(frame):
                container.mux(stream.encode(part))

        yield encode
        put(None)
        container.mux(stream.encode(None))


@contextmanager
def _whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name when it is complete; what is no ordinary file is written to directly."""
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            yield file
        return
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    beside = target.with_name(f".barrierfree-{secrets.token_hex(8)}.part")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        # Ctrl-C as well: nothing half-written stays behind.
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
