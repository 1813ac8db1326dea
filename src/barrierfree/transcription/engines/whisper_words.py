"""What a Whisper model wrote, cleaned and cut into sentences; hides its habits. Pure functions.

The habits, each seen in practice: sentences repeated without end; "Thanks for watching" and credits of
subtitle groups where nobody speaks; Traditional and Simplified characters mixed; half-width commas in
Chinese; words whose time reaches far into the pause before or after them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from barrierfree.transcription.engines.whisper_decoding import HeardWord, Try

__all__ = ["in_script", "sentences", "told_apart_from_noise"]

_NEVER_SPOKEN = (
    "amara.org",
    "字幕由",
    "字幕志愿者",
    "请不吝点赞",
    "請不吝點贊",
    "明镜与点点",
    "明鏡與點點",
    "字幕製作",
)
_SELDOM_SPOKEN = {
    "you", "bye", "thank you", "thanks for watching", "thank you for watching",
    "谢谢观看", "谢谢大家", "謝謝觀看",
}  # fmt: skip
_NOBODY_SPEAKS = 0.6
_DOUBTFUL = 0.3
_SENTENCE_END = (".", "?", "!", "。", "？", "！", "…")
_ABBREVIATIONS = {
    "mr.", "mrs.", "ms.", "dr.", "prof.", "capt.", "gen.", "st.", "mt.", "jr.", "sr.",
    "vs.", "etc.", "e.g.", "i.e.", "no.",
}  # fmt: skip
_MARKS = ".,?!…-:;、。，？！：；％%\"'“”‘’「」『』()（）[]¿¡—"
_OPENING = "\"'“‘「『(（[¿¡"
_PAUSE_BETWEEN_SENTENCES = 1.0
"""Seconds. Without punctuation, a pause this long ends a sentence."""
_PAUSE_BETWEEN_LINES = 0.3
"""Seconds. Where the model began a new line as well, a shorter pause does."""
_LONGEST_WORD = 1.4
"""Seconds. OpenAI's own limit is twice the median word, at most 0.7 s (openai/whisper, timing.py)."""
_SUSPICIOUS = 0.35
"""Seconds. A shorter word has no room for a pause in it."""
_PAUSE_FRAMES = 15
"""Frames of 10 ms: shorter dips are closures of the mouth, as in "apt" (longest about 0.12 s)."""
_QUIET = 0.12
"""Of the loudness that one frame in ten exceeds (-18 dB)."""
_FULL_WIDTH = str.maketrans(",?!:;", "，？！：；")


def told_apart_from_noise(found: Try, words: list[HeardWord], seconds: float) -> list[HeardWord]:
    """The words, without those that the model made up."""
    text = found.text.strip(" .!。！").lower()
    if found.no_speech > _NOBODY_SPEAKS and found.is_unlikely:
        return []
    if any(mark in text for mark in _NEVER_SPOKEN):
        return []
    if text in _SELDOM_SPOKEN and found.no_speech > _DOUBTFUL:
        return []
    return _without_loops(words) if found.looks_wrong(seconds) else words


def _without_loops(words: list[HeardWord]) -> list[HeardWord]:
    """Runs that stand three times or more in a row, once."""
    said = [word.text.strip(" ,.!?，。！？").lower() for word in words]
    kept: list[HeardWord] = []
    at = 0
    while at < len(words):
        for length in range(1, min(12, (len(words) - at) // 3) + 1):
            run, end = said[at : at + length], at + length
            while said[end : end + length] == run:
                end += length
            if end - at >= 3 * length:
                kept += words[at : at + length]
                at = end
                break
        else:
            kept.append(words[at])
            at += 1
    return kept


def in_script(words: list[HeardWord], script: str) -> list[HeardWord]:
    """Chinese words in "simplified" or "traditional" characters, with full-width punctuation."""
    words = [replace(word, text=_widened(word.text)) for word in words]
    if script == "heard":
        return words
    text = "".join(word.text for word in words)
    turned = _turned(text, script)
    placed, at = [], 0
    for word in words:
        placed.append(replace(word, text=turned[at : at + len(word.text)]))
        at += len(word.text)
    return placed


def _turned(text: str, script: str) -> str:
    """The text in the other script, character for character, so that every word keeps its time."""
    import zhconv

    # The first table knows words ("享受著" is "享受着", "著名" stays), but may change the length.
    for table in {"simplified": ("zh-cn", "zh-hans"), "traditional": ("zh-hant",)}[script]:
        turned: str = zhconv.convert(text, table)
        if len(turned) == len(text):
            return turned
    return "".join(zhconv.convert(character, table)[:1] or character for character in text)


def _widened(text: str) -> str:
    return (
        text
        if any(character.isascii() and character.isalnum() for character in text)
        else text.translate(_FULL_WIDTH)
    )


def sentences(
    words: Sequence[HeardWord], seconds: float, loudness: Sequence[float] = ()
) -> Iterator[list[HeardWord]]:
    """The words sentence by sentence, none of them lasting into a pause.

    Args:
        words: In order; times in seconds from the start of the piece.
        seconds: Length of the piece; no word ends later.
        loudness: Of every 10 ms of the piece, in any unit; empty when it is not known.
    """
    sentence: list[HeardWord] = []
    joined = _out_of_pauses(_with_marks_joined(words), loudness)
    for word, following in _with_following(_tightened(joined, seconds)):
        sentence.append(word)
        if following is None or _ends_sentence(word, following):
            yield sentence
            sentence = []


def _with_following(words: list[HeardWord]) -> Iterator[tuple[HeardWord, HeardWord | None]]:
    for at, word in enumerate(words):
        yield word, words[at + 1] if at + 1 < len(words) else None


def _ends_sentence(word: HeardWord, following: HeardWord) -> bool:
    pause = following.start - word.end
    if pause >= _PAUSE_BETWEEN_SENTENCES or (word.closes and pause >= _PAUSE_BETWEEN_LINES):
        return True
    text = word.text.strip().rstrip("\"'”’」』)）")
    if not text.endswith(_SENTENCE_END):
        return False
    is_initial = len(text) == 2 and text[0].isupper()  # noqa: PLR2004  "J." of a name
    opens = following.text.strip().lstrip("\"'“‘「『(（")
    return not (text.lower() in _ABBREVIATIONS or is_initial or opens[:1].islower())


def _with_marks_joined(words: Sequence[HeardWord]) -> list[HeardWord]:
    """Marks join the word they belong to, split numbers grow together ("1" ",000"), empty pieces vanish."""
    joined: list[HeardWord] = []
    opening = ""
    for word in words:
        text = word.text.strip()
        marks = text[: len(text) - len(text.lstrip(_MARKS))]
        rest = text[len(marks) :]
        glued = bool(joined) and not word.text.startswith(" ")
        if marks and not glued and (marks[-1] in _OPENING or not joined):
            opening += marks
        elif marks and joined:
            closes = word.closes if not rest else joined[-1].closes
            joined[-1] = replace(joined[-1], text=joined[-1].text + marks, closes=closes)
        if marks and glued and (rest[:1].isdigit() or marks == "-"):
            joined[-1] = replace(joined[-1], text=joined[-1].text + rest, end=word.end, closes=word.closes)
        elif rest:
            joined.append(replace(word, text=f"{'' if glued and not opening else ' '}{opening}{rest}"))
            opening = ""
    return joined


def _out_of_pauses(words: list[HeardWord], loudness: Sequence[float]) -> list[HeardWord]:
    """Words that reach into a pause, cut back to where they are heard.

    Alignment leaves no gap between words, so the word before a pause or the one behind it swallows it. Which
    of the two it was only the sound can tell.
    """
    if not loudness:
        return words
    quiet = _QUIET * sorted(loudness)[int(0.9 * (len(loudness) - 1))]
    return [
        _cut_back(word, loudness, quiet) if word.end - word.start > _SUSPICIOUS else word for word in words
    ]


def _cut_back(word: HeardWord, loudness: Sequence[float], quiet: float) -> HeardWord:
    first, last = round(word.start * 100), min(round(word.end * 100), len(loudness))
    begin, end = _longest_quiet(loudness[first:last], quiet)
    if end - begin < _PAUSE_FRAMES:
        return word
    heard_before = sum(loudness[first : first + begin])
    heard_behind = sum(loudness[first + end : last])
    if heard_before >= heard_behind:
        return replace(word, end=word.start + max(begin, 1) / 100)
    return replace(word, start=word.start + end / 100)


def _longest_quiet(loudness: Sequence[float], quiet: float) -> tuple[int, int]:
    """The longest run of frames that are not louder than that."""
    best, begin = (0, 0), 0
    for at, loud in enumerate([*loudness, inf]):
        if loud > quiet:
            if at - begin > best[1] - best[0]:
                best = (begin, at)
            begin = at + 1
    return best


def _tightened(words: list[HeardWord], seconds: float) -> list[HeardWord]:
    """Words next to a pause give back the silence that alignment gave them."""
    if not words:
        return []
    usual = median(word.end - word.start for word in words)
    most = min(_LONGEST_WORD, max(0.3, 2 * usual))
    tightened: list[HeardWord] = []
    for word in words:
        start, end = min(word.start, seconds), min(word.end, seconds)
        if tightened:
            start = max(start, tightened[-1].end)
            end = max(end, start)
        if end - start > most:
            starts_sentence = not tightened or tightened[-1].text.rstrip().endswith(_SENTENCE_END)
            start, end = (end - most, end) if starts_sentence else (start, start + most)
        tightened.append(replace(word, start=start, end=end))
    return tightened
