"""Whether a sentence without punctuation asks something; hides small tables of question words and particles.

A full stop where a question mark belongs reads oddly; a question mark where nobody asked changes what was
said. So only sentences that are built as questions count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["asks"]

_PRONOUNS = {"i", "you", "we", "they", "he", "she", "it", "this", "that", "there", "these", "those"}
_SUBJECTS = {"i", "you", "we", "they"}
_AUXILIARIES = {
    "is", "are", "am", "was", "were", "do", "does", "did", "can", "could", "will", "would", "shall", "should",
    "have", "has", "had", "isn't", "aren't", "wasn't", "weren't", "don't", "doesn't", "didn't", "can't",
    "couldn't", "won't", "wouldn't", "shouldn't", "haven't", "hasn't", "hadn't",
}  # fmt: skip
_CONTRACTED = {"who's", "what's", "where's", "how's", "when's", "why's"}
_ASKING = {"who", "what", "where", "why", "whose", "which", "how", "when", "whom"}
_WITH_A_NOUN = {"what", "which", "whose", "how"}
_NEVER_A_NOUN = _PRONOUNS | {"the", "a", "an", "if", "my", "your", "his", "her", "our", "their", "ever"}
_SHORT = {("how", "about"), ("what", "about"), ("why", "not"), ("how", "come")}
_BEFORE_A_QUESTION = {"and", "but", "so", "well", "or", "then", "now", "okay", "ok", "oh", "yes", "no"}
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_ZH_PARTICLE = re.compile("(?:[吗嗎]|[好是行对]么|(?:^|[，。])(?:对|是|好|行|没错)吧|[对是]吧)$")
_ZH_CHOICE = re.compile("有没有|是不是|能不能|可不可以|要不要|会不会|对不对|好不好|行不行|在不在|想不想")
_ZH_WORD = re.compile(
    "什么|什麼|怎么|怎麼|为何|谁|誰|哪|多少|(?<![近前后好这那头])几[点个岁天年号月]|多久|多大|如何|还是"
)
_ZH_NO_QUESTION = re.compile(
    "[都也]|不知道|不清楚|不管|[无無不]论|没什么|沒什麼|任何|告诉|知道|明白|看看|想想|哪怕|还是要"
)
_ZH_LONGEST = 18
"""Characters. In a longer sentence a question word is seldom the point of it."""
_ZH_NAMED_TOPIC = 4
"""Characters. "你呢" asks; a longer sentence with 呢 at its end needs a question word as well."""

_KO_ENDING = re.compile("(?:까요|나요|[은는인던]가요)$")
_JA_ENDING = re.compile("(?:です|ます|でした|ました|でしょう)か$")
_FINAL_BIEUP = 17
"""Place of ㅂ among the final consonants of a Hangul syllable (Unicode, section 3.12)."""


def asks(sentence: str, language: str | None) -> bool:
    """True for a sentence that is built as a question.

    Args:
        sentence: One sentence, without a mark at its end.
        language: ISO 639-1 code. Of languages other than English, Chinese, Japanese and Korean nothing
            is known, so nothing is a question.
    """
    test = {"en": _asks_english, "zh": _asks_chinese, "ko": _asks_korean, "ja": _asks_japanese}.get(
        language or ""
    )
    return bool(test and test(sentence.rstrip("，,、 ")))


def _asks_english(sentence: str) -> bool:
    words = [word.replace("’", "'") for word in _WORD.findall(sentence.lower())]
    if _ends_in_a_tag(words):
        return True
    while len(words) > 2 and words[0] in _BEFORE_A_QUESTION:  # noqa: PLR2004  a question has two words or more
        words = words[1:]
    if not words:
        return False
    first, second, third, *_ = *words, "", "", ""
    if first in _ASKING:
        return (
            (first, second) in _SHORT
            or (len(words) == 1 and first != "which")
            or (second in _AUXILIARIES and third != "" and first not in ("which", "whom", "when"))
            or (first == "when" and second in _AUXILIARIES and third in _PRONOUNS | {"the", "your", "my"})
            or (first in _WITH_A_NOUN and second not in _NEVER_A_NOUN and third in _AUXILIARIES)
        )
    subjects = _SUBJECTS if first in ("do", "have") else _PRONOUNS  # "do that again" is no question
    return first in _CONTRACTED or (first in _AUXILIARIES and second in subjects and third != "")


def _ends_in_a_tag(words: Sequence[str]) -> bool:
    """True for "…, isn't it" and "…, don't you"."""
    *clause, auxiliary, pronoun = ["", "", *words]
    return any(clause) and pronoun in _PRONOUNS and auxiliary in _AUXILIARIES and auxiliary.endswith("n't")


def _asks_chinese(sentence: str) -> bool:
    if _ZH_PARTICLE.search(sentence):
        return True
    clause = re.split("[，。；]", sentence)[-1]
    if _ZH_NO_QUESTION.search(clause):
        return False
    if clause.endswith("呢"):
        return len(clause) <= _ZH_NAMED_TOPIC or bool(_ZH_WORD.search(clause) or _ZH_CHOICE.search(clause))
    if len(clause) > _ZH_LONGEST:
        return False
    # "还是" is "or" in a question and "still" in a statement: it needs the particle.
    return bool(_ZH_CHOICE.search(clause) or _ZH_WORD.search(clause.replace("还是", "")))


def _asks_korean(sentence: str) -> bool:
    ending = sentence[-3:]
    if ending.endswith("니까") and len(ending) > 2:  # noqa: PLR2004
        # "합니까" asks, "하니까" gives a reason: the syllable before ends in ㅂ or it does not.
        return (ord(ending[0]) - 0xAC00) % 28 == _FINAL_BIEUP
    return bool(_KO_ENDING.search(sentence))


def _asks_japanese(sentence: str) -> bool:
    return bool(_JA_ENDING.search(sentence))
