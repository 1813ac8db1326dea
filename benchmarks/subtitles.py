"""Subtitles for ten hours of speech: how long srt and vtt take, from words to bytes.

    python benchmarks/subtitles.py [HOURS]

Words come from a fixed text in English and in Mandarin, with times as people speak (150 words a minute; 4.5
characters a second), pauses between sentences, and a change of speaker now and then. Both files are made
from scratch, cutting included. What has to be reached: 2 seconds.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator

from barrierfree.transcription.transcript import Segment, Transcript, Word, join_words
from barrierfree.transcription.writers import srt, vtt

_ENGLISH = (
    "And so, my fellow Americans, ask not what your country can do for you; ask what you can do for your "
    "country. The quick brown fox jumps over the lazy dog because it was very hungry, and nobody had fed "
    "it since Mr. Smith went to New York. He said that the price was 5 million dollars, which is more than "
    "anyone in the village could possibly pay for a second-hand tractor. Really? Yes. I think so."
)
_MANDARIN = (
    "我们 今天 讨论 的 是 如何 让 每 一位 老人 都 能够 在 家里 听见 孩子 的 声音，因为 很多 老年人 的 听力 "
    "已经 不如 从前 了。他 说 “你好”，然后 打开 了 手机，花 了 八千 多 元。真的 吗？是 的。"
)


def ten_hours_of(language: str, hours: float = 10.0) -> Transcript:
    """That much speech as a recogniser would give it; always the same."""
    rng = random.Random(language)
    segments: list[Segment] = []
    clock = 0.0
    for sentence in _sentences(language):
        if clock > hours * 3600:
            break
        words = []
        for text in sentence:
            letters = len(text) if language == "zh" else (len(text) + 1) / 5.7 * 1.8
            spoken = 0.222 * letters * rng.uniform(0.7, 1.3)
            words.append(Word(round(clock, 2), round(clock + spoken * 0.95, 2), text, rng.random()))
            clock += spoken
        speaker = f"Speaker {int(clock // 240) % 2 + 1}"
        line = join_words(words)
        segments.append(Segment(words[0].start, words[-1].end, line, tuple(words), language, speaker=speaker))
        clock += rng.expovariate(1 / 0.4)
    return Transcript(tuple(segments), "ten hours", clock, language)


def _sentences(language: str) -> Iterator[list[str]]:
    text = (_MANDARIN if language == "zh" else _ENGLISH).replace("，", "， ").replace("。", "。 ")
    while True:
        sentence: list[str] = []
        for word in text.split():
            sentence.append(word)
            if word[-1] in ".?!。？" and word != "Mr.":
                yield sentence
                sentence = []


def seconds_for(transcript: Transcript) -> float:
    """Seconds it takes to write both files."""
    began = time.perf_counter()
    for writer in (srt, vtt):
        for _piece in writer.write(transcript):
            pass
    return time.perf_counter() - began


def main() -> None:
    hours = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    for language in ("en", "zh"):
        transcript = ten_hours_of(language, hours)
        words = sum(len(segment.words) for segment in transcript.segments)
        took = seconds_for(transcript)
        print(f"{language}: {words} words, {hours:g} hours: srt and vtt in {took:.2f} s")


if __name__ == "__main__":
    main()
