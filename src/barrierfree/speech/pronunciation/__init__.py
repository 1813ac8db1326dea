"""Written text in, what a voice says out; hides how numbers, signs, emoji and scripts are read aloud.

A text is cleaned of what only a screen needs, cut into sentences, and read sentence by sentence: the user's
own words first, then numbers by their kind, signs by the level asked for, and each script in the voice of
its language. Mandarin and English are complete; other languages keep their words and figures for their own
voices.

    >>> [(run.language, run.text) for run in spoken("请按 OK 按钮打开 readme.txt", Reading(language="zh"))]
    [('zh', '请按'), ('en', 'OK'), ('zh', '按钮打开'), ('en', 'readme dot T X T')]
"""

from __future__ import annotations

from barrierfree.speech.pronunciation.dictionary import Dictionary, load_dictionary, read_dictionary
from barrierfree.speech.pronunciation.reading import Capitals, Piece, Punctuation, Reading, Run
from barrierfree.speech.pronunciation.speaking import spoken
from barrierfree.speech.pronunciation.spelling import spell

__all__ = [
    "Capitals",
    "Dictionary",
    "Piece",
    "Punctuation",
    "Reading",
    "Run",
    "load_dictionary",
    "read_dictionary",
    "spell",
    "spoken",
]
