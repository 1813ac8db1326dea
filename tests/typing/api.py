"""Never run: mypy reads it, so a change of the public types is seen."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import assert_type

import barrierfree as bf
from barrierfree.errors import BarrierfreeError, ModelNotFound


def errors_carry_a_hint(error: BarrierfreeError) -> str:
    return error.hint


def a_recording_becomes_words() -> None:
    transcript = bf.transcribe("interview.mp3")
    assert_type(transcript, bf.Transcript)
    assert_type(transcript.text, str)
    for segment in transcript.segments:
        assert_type(segment, bf.Segment)
        assert_type(segment.speaker, str | None)
        for word in segment.words:
            assert_type(word, bf.Word)
            assert_type((word.start, word.confidence), tuple[float, float | None])


def all_that_may_be_asked_of_it() -> bf.Transcript:
    return bf.transcribe(
        Path("interview.mp3"),
        workers=2,
        resume=True,
        language="zh",
        engine="whisper",
        model="whisper-base",
        words=False,
        speakers=True,
        numbers=True,
        script="traditional",
        channel="each",
        track=1,
        start=1.5,
        end=60.0,
        follow=False,
    )


def words_as_they_come() -> None:
    with closing(bf.stream("interview.mp3", language="en")) as segments:
        assert_type(next(segments), bf.Segment)
    for segment in bf.stream("interview.mp3"):
        assert_type(segment.text, str)


def many_recordings(paths: Iterator[Path]) -> None:
    for outcome in bf.transcribe_many(paths, language="en"):
        assert_type(outcome, bf.Outcome)
        assert_type(outcome.transcript, bf.Transcript | None)
        assert_type(outcome.error, bf.BarrierfreeError | None)
    with ProcessPoolExecutor() as pool, closing(bf.transcribe_many(["a.wav"], executor=pool)) as outcomes:
        assert_type(next(outcomes), bf.Outcome)


def to_disk_and_back() -> None:
    transcript = bf.load("interview.json")
    assert_type(bf.save(transcript, "interview.srt"), Path)
    bf.save(transcript, Path("interview"), "vtt", words=True)
    bf.save(transcript, "interview.html", media="interview.mp3")
    assert_type(bf.retime(transcript, "As it was corrected."), bf.Transcript)


def made_by_hand() -> bf.Transcript:
    word = bf.Word(0.0, 0.5, "Hello.", confidence=0.9)
    heard: list[bf.Segment | bf.Partial] = [
        bf.Partial(0.0, 0.5, "hel"),
        bf.Segment(0.0, 0.5, "Hello.", (word,)),
    ]
    return bf.Transcript(tuple(one for one in heard if isinstance(one, bf.Segment)))


def what_went_wrong() -> str:
    try:
        bf.transcribe("interview.mp3")
    except ModelNotFound as error:
        return error.hint
    except bf.BarrierfreeError as error:
        return error.message
    return ""
