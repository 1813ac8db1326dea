"""Subtitles by rule: made from a transcript, read from a file, checked; hides line breaking and timing."""

from __future__ import annotations

from barrierfree.transcription.subtitles.checking import Breach, check
from barrierfree.transcription.subtitles.cue import Cue
from barrierfree.transcription.subtitles.files import read_subtitles
from barrierfree.transcription.subtitles.making import cues_from
from barrierfree.transcription.subtitles.rules import SubtitleRules
from barrierfree.transcription.subtitles.srt import read_srt
from barrierfree.transcription.subtitles.vtt import read_vtt

__all__ = [
    "Breach",
    "Cue",
    "SubtitleRules",
    "check",
    "cues_from",
    "read_srt",
    "read_subtitles",
    "read_vtt",
]
