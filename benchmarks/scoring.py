"""One fixed way to score recognised text against what was really said.

English: OpenAI's English normaliser (package ``whisper-normalizer``: lower case, no punctuation,
contractions and spellings folded), then digits apart, because references write "10001" and "1 0 0 0 1"
alike; word error rate. Chinese and Korean: NFKC, Traditional folded to Simplified, single Chinese figures as
digits (一 and 1 are the same word), everything but letters and figures removed; character error rate. Rates
are pooled: all errors over all reference units, so that short clips do not weigh more than long ones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

BY_CHARACTER = {"zh", "ja", "ko"}
_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")


@cache
def _english() -> Any:
    from whisper_normalizer.english import EnglishTextNormalizer

    return EnglishTextNormalizer()


def normalised(text: str, language: str) -> str:
    """The text as it is compared."""
    if language not in BY_CHARACTER:
        return re.sub(r"(\d)(?=\d)", r"\1 ", _english()(text)).strip()
    import zhconv

    text = zhconv.convert(unicodedata.normalize("NFKC", text), "zh-hans").lower().translate(_DIGITS)
    return "".join(character for character in text if character.isalnum())


def error_rate(pairs: list[tuple[str, str]], language: str) -> float:
    """Percent of wrong words (characters for Chinese, Japanese, Korean) over (reference, heard) pairs."""
    import jiwer

    references = [normalised(reference, language) for reference, _ in pairs]
    heard = [normalised(text, language) for _, text in pairs]
    measure = jiwer.cer if language in BY_CHARACTER else jiwer.wer
    return 100 * float(measure(references, heard))
