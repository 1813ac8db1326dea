"""Signs that join what stands beside them: "3月-5月", "9am–5pm", "2+3=5", "9.9元/袋"; hides the rules.

Which of several things a dash or a plus is, only its neighbours tell. Each rule is a row: the signs, what
stands before, what stands behind, and what is said.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from barrierfree.speech.pronunciation.scripts import HAN
from barrierfree.speech.pronunciation.symbols import LEVELS
from barrierfree.speech.pronunciation.tokens import Token, name

__all__ = ["joining_token"]

_SEEN: Final = 16
"""Characters looked at before a sign."""
_DAY: Final = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,7}"
_CLOCK_OR_DAY: Final = rf"(?:[0-9][ ]?[AaPp](?:[Mm]|\.[Mm]\.)|\b{_DAY}\.?)"
_PER: Final = "(?:kg|g|lb|oz|L|km|hr|h|min|s|day|week|month|mo|year|yr|person|night|unit|item|user)"
_COUNTED: Final = "[一二三四五六七八九十日天年月号点时分秒元人个度%]"
_MORE: Final = "(?:[周星][一二三四五六日天期]|[0-9一二三四五六七八九十])"


class _Rule(NamedTuple):
    signs: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    english: str
    mandarin: str
    level: int = LEVELS["some"]
    tight: bool = True
    """Joined to its neighbours in Chinese."""
    anywhere: str = ""
    """What has to stand somewhere in the sentence."""


def _rule(signs: str, before: str, after: str, english: str, mandarin: str, **more: object) -> _Rule:
    return _Rule(signs, re.compile(f"{before}\\Z"), re.compile(after), english, mandarin, **more)  # type: ignore[arg-type]


_OPERAND: Final = r"[\w)\]%°²³][ ]?"
_NEXT_OPERAND: Final = r"[ ]?[\w(√-]"
_RULES: Final = (
    _rule("-–—~～", f"{_COUNTED}[ ]?", f"[ ]?{_MORE}", "to", "到", level=LEVELS["none"]),
    _rule("-–—", f"{_CLOCK_OR_DAY}[ ]?", rf"[ ]?(?:{_DAY}\b|[0-9])", "to", "到", level=LEVELS["none"]),
    _rule("/", f"[0-9][{HAN}]{{1,3}}", f"[{HAN}]", "per", "每", level=LEVELS["none"]),
    _rule("/", "[0-9]", rf"{_PER}\b", "per", "每", level=LEVELS["none"]),
    _rule("~～", r"(?<!\w)", "[0-9]", "about", "约"),
    _rule("+", "[0-9万亿千]", r"(?!\w)", "plus", "加"),
    _rule("-", r"(?<![A-Za-z0-9_.)\]-])", "[A-Za-z]", "dash", "横杠", tight=False),
    _rule("-", "[0-9] ", " [0-9]", "minus", "减", anywhere="="),
    _rule("*", "[0-9][ ]?", "[ ]?[0-9]", "times", "乘"),
    _rule("/", "[0-9] ", " [0-9]", "divided by", "除以"),
    _rule("=", _OPERAND, _NEXT_OPERAND, "equals", "等于"),
    _rule("+", _OPERAND, _NEXT_OPERAND, "plus", "加"),
    _rule("−", _OPERAND, _NEXT_OPERAND, "minus", "减"),
    _rule("×", _OPERAND, _NEXT_OPERAND, "times", "乘"),
    _rule("÷", _OPERAND, _NEXT_OPERAND, "divided by", "除以"),
    _rule("<", _OPERAND, _NEXT_OPERAND, "less than", "小于"),
    _rule(">", _OPERAND, _NEXT_OPERAND, "greater than", "大于"),
)
_ALL_SIGNS: Final = "".join(rule.signs for rule in _RULES)
_BY_SIGN: Final = {sign: tuple(rule for rule in _RULES if sign in rule.signs) for sign in _ALL_SIGNS}


def joining_token(source: str, at: int, end: int, level: int) -> Token | None:
    """The token of a single sign that joins what stands beside it; None for any other."""
    for rule in _BY_SIGN.get(source[at], ()):
        if (
            level >= rule.level
            and rule.after.match(source, at + 1, end)
            and rule.before.search(source, max(0, at - _SEEN), at)
            and rule.anywhere in source
        ):
            return name(at, at + 1, rule.english, rule.mandarin, tight=rule.tight)
    return None
