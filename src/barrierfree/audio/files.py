"""Any sound or video file, or standard input, as a stream of blocks; hides containers, tracks and damage.

A file is read once, from front to back, and never held in memory. What is wrong with it comes out as one
line a person understands; what is wrong only in places is kept in ``Recording.damage``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from barrierfree.audio import SAMPLE_RATE, AudioBlock, Damage
from barrierfree.audio.decoding import decoded
from barrierfree.audio.inputs import ByteSource, counts_its_frames, lacks_its_end, open_bytes
from barrierfree.errors import UnreadableAudio
from barrierfree.wording import _

if TYPE_CHECKING:
    from av import AudioStream
    from av.container import InputContainer

__all__ = ["Recording", "Track", "open_recording"]

_READ_BYTES = 1 << 16
_SIDES = {"left": 0, "right": 1}
_SURE_OF_THEIR_LENGTH = frozenset(("wav", "w64", "flac", "mov", "matroska", "aiff", "caf", "au"))
"""Formats that write down how long they are; of others FFmpeg guesses it from the bit rate."""
_CUT_SHORT = 0.5
"""Seconds. Missing more than this at the end means that the file was cut off."""
_LONGER_CODES = {
    "ar": "ara", "ca": "cat", "cs": "cze ces", "de": "ger deu", "el": "gre ell", "en": "eng",
    "eo": "epo", "es": "spa", "fa": "per fas", "fr": "fre fra", "hi": "hin", "it": "ita",
    "ja": "jpn", "kk": "kaz", "ko": "kor", "nl": "dut nld", "pl": "pol", "pt": "por",
    "ru": "rus", "sv": "swe", "tr": "tur", "uk": "ukr", "uz": "uzb", "vi": "vie", "zh": "chi zho cmn",
}  # fmt: skip
"""ISO 639-1 to the ISO 639-2 codes that video files carry."""


@dataclass(frozen=True, slots=True)
class Track:
    """One audio track of a file."""

    number: int
    """Counted from 0, among the audio tracks only."""
    language: str
    """As the file says it ("eng"); empty when it does not."""
    channels: int
    codec: str


class Recording:
    """A recording that has been opened. Use it as a context manager, and read its blocks once."""

    def __init__(
        self, source: str, file: ByteSource, container: InputContainer, span: tuple[float, float | None]
    ) -> None:
        self.name = "-" if source == "-" else PurePath(source).name
        """Name of the file without folders; "-" for standard input."""
        self.tracks: tuple[Track, ...] = tuple(_tracks(container))
        """The audio tracks there are."""
        self.track = self.tracks[0]
        """The one that is read."""
        self.duration: float | None = None
        """Seconds from the start to the end of the sound, as the file says; None when it does not."""
        self._file = file
        self._container = container
        self._stream: AudioStream = container.streams.audio[0]
        self._channel: str | int = "mix"
        self._start, self._end = span
        self._damage: list[Damage] = []

    @property
    def damage(self) -> tuple[Damage, ...]:
        """Places that could not be decoded, as far as the recording has been read."""
        return tuple(self._damage)

    def __enter__(self) -> Self:
        """Close it at the end of the block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file; may be called twice."""
        with suppress(Exception):
            self._container.close()
        self._file.close()

    def blocks(self) -> Iterator[AudioBlock]:
        """The sound between start and end.

        Yields:
            Contiguous blocks of at most half a second. Positions count from the start of the file.

        Raises:
            UnreadableAudio: Nothing could be decoded, or the recording ends before the start asked for.
        """
        first = round(self._start * SAMPLE_RATE)
        last = None if self._end is None else round(self._end * SAMPLE_RATE)
        read, heard = 0, False
        for block in _from_zero(decoded(self._container, self._stream, self._channel, self._damage)):
            read = block.position + block.frames
            if part := _within(block, first, last):
                heard = True
                yield part
            if last is not None and read >= last:
                return
        if not heard:
            raise self._nothing(read)
        self._see_whether_it_is_whole(read)

    def select(self, track: str | int | None, channel: str | int) -> None:
        """Choose what is read, before it is read; see :func:`open_recording`."""
        self.track = self._wanted_track(track)
        self._stream = self._container.streams.audio[self.track.number]
        self._channel = self._wanted_channel(channel)
        self.duration = _seconds(self._container, self._stream)

    def _wanted_track(self, track: str | int | None) -> Track:
        if track is None:
            best = self._container.streams.best("audio")  # None when a header leaves nothing to choose by
            streams = self._container.streams.audio
            return next((one for one in self.tracks if streams[one.number] is best), self.tracks[0])
        for one in self.tracks:
            if track == one.number or (isinstance(track, str) and _speaks(one.language, track)):
                return one
        there = ", ".join(f"{one.number} ({one.language or '?'}, {one.codec})" for one in self.tracks)
        raise UnreadableAudio(
            _('{file} has no audio track "{track}".').format(file=self.name, track=track),
            hint=_("Its tracks are: {tracks}.").format(tracks=there),
        )

    def _wanted_channel(self, channel: str | int) -> str | int:
        if channel == "mix":
            return channel
        number = _SIDES.get(channel, channel) if isinstance(channel, str) else channel
        if not isinstance(number, int) or not 0 <= number < self.track.channels:
            raise UnreadableAudio(
                _('{file} has no channel "{channel}".').format(file=self.name, channel=channel),
                hint=_("Channels: mix, left, right, each, or a number from 0 to {last}.").format(
                    last=self.track.channels - 1
                ),
            )
        return number

    def _nothing(self, read: int) -> UnreadableAudio:
        if read and self._start:
            return UnreadableAudio(
                _("{file} is only {seconds:.1f} seconds long.").format(
                    file=self.name, seconds=read / SAMPLE_RATE
                ),
                hint=_("Choose an earlier start with --from."),
            )
        if self._damage:
            return UnreadableAudio(
                _("{file} is damaged: none of it can be decoded.").format(file=self.name),
                hint=_("Try to play it; if that fails too, get another copy."),
            )
        return UnreadableAudio(_("{file} holds no sound: its length is zero.").format(file=self.name))

    def _see_whether_it_is_whole(self, read: int) -> None:
        if self._damage:
            return  # pieces that were lost make it shorter, too
        names = set(self._container.format.name.split(","))
        said = self.duration or 0.0
        sure = bool(names & _SURE_OF_THEIR_LENGTH) or ("mp3" in names and counts_its_frames(self._file))
        if (sure and said - read / SAMPLE_RATE > _CUT_SHORT) or lacks_its_end(self._file):
            self._damage.append(Damage(round(read / SAMPLE_RATE, 3), _("the file ends too early.")))


def open_recording(
    source: str,
    *,
    channel: str | int = "mix",
    track: str | int | None = None,
    start: float = 0.0,
    end: float | None = None,
    follow: bool = False,
) -> Recording:
    """Open a recording for reading.

    Args:
        source: Path of an audio or video file; "-" for standard input.
        channel: "mix" (all channels), "left", "right", or a channel counted from 0.
        track: Which audio track: counted from 0, or its language ("en"); None takes the file's default.
        start: Seconds from the start of the file to begin at.
        end: Seconds from the start of the file to stop at.
        follow: The file is still being written: wait for more at its end.

    Raises:
        UnreadableAudio: Missing, empty, unreadable, not media, without sound, or without that track or
            channel.
    """
    file = open_bytes(source, follow=follow)
    name = "-" if source == "-" else PurePath(source).name
    try:
        recording = Recording(source, file, _container(file, name, follow=follow), (start, end))
        recording.select(track, channel)
    except BaseException:
        file.close()
        raise
    if follow:
        recording.duration = None
    return recording


def _container(file: ByteSource, name: str, *, follow: bool) -> InputContainer:
    import av
    import av.error

    # Nothing that a file refers to is opened: not its playlist's parts, not the network.
    options = {"protocol_whitelist": "none"}
    if follow:
        options["ignore_length"] = "1"  # a wav header is written first and knows nothing yet
    try:
        container = av.open(
            file, "r", metadata_errors="replace", container_options=options, buffer_size=_READ_BYTES
        )
    except (av.error.FFmpegError, OSError, ValueError, MemoryError, OverflowError) as error:
        raise UnreadableAudio(
            _("{file} is not a sound or video file, or it is damaged beyond reading.").format(file=name),
            hint=_("Try to play it; if it plays, save it as wav or mp3 and use that.")
            if hasattr(file, "seek")
            else _("Some formats cannot be read while they arrive: save the recording to a file first."),
        ) from error
    if not container.streams.audio:
        container.close()
        raise UnreadableAudio(
            _("{file} has no sound track.").format(file=name), hint=_("Choose a file with sound in it.")
        )
    return container


def _tracks(container: InputContainer) -> Iterator[Track]:
    for number, stream in enumerate(container.streams.audio):
        codec: Any = stream.codec_context
        yield Track(
            number,
            stream.language or "",
            codec.channels if codec else 0,
            codec.name if codec else "?",
        )


def _seconds(container: InputContainer, stream: AudioStream) -> float | None:
    if container.duration and container.duration > 0:
        return container.duration / 1_000_000
    if stream.duration and stream.time_base and stream.duration > 0:
        return float(stream.duration * stream.time_base)
    return None


def _speaks(language: str, wanted: str) -> bool:
    language, wanted = language.lower(), wanted.lower()
    return bool(language) and (language == wanted or language in _LONGER_CODES.get(wanted, "").split())


def _from_zero(blocks: Iterable[AudioBlock]) -> Iterator[AudioBlock]:
    """The blocks with silence before the first when sound sets in late, and without what is before 0."""
    at = 0
    for block in blocks:
        while at < block.position:
            quiet = min(SAMPLE_RATE // 2, block.position - at)
            yield AudioBlock(at, bytes(2 * quiet))
            at += quiet
        if part := _within(block, 0, None):
            at = part.position + part.frames
            yield part


def _within(block: AudioBlock, first: int, last: int | None) -> AudioBlock | None:
    """The part of a block that lies between two samples; None when there is none."""
    begin = max(first, block.position)
    end = block.position + block.frames
    end = end if last is None else min(end, last)
    if begin >= end:
        return None
    if begin == block.position and end == block.position + block.frames:
        return block
    offset = block.position
    return AudioBlock(begin, block.samples[2 * (begin - offset) : 2 * (end - offset)], block.rate)
