"""Mandarin numbers, found in running text; hides their grammar and the idioms that only look like them.

A number is sure when it is written exactly as it would be read out: its value is worked out, spelt again
by the rules, and compared. "三千五" (3500, but 3005 to some), "七八十" (70 or 80), "万一" (in case) and
digits read out one by one do not survive that, and stay as they were spoken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from barrierfree.transcription.numbers.figure import Figure

__all__ = ["found"]

_ONES = "零一二三四五六七八九"
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
_BIG_UNITS = {"万": 10**4, "亿": 10**8}
_TOO_BIG = 10**12
_PLAIN = str.maketrans("〇两兩萬億點", "零二二万亿点")
"""Other ways to write the same characters, each one character long."""

_NUMBER = "零〇一二两兩三四五六七八九十百千万萬亿億幺"
_CHUNK = re.compile(
    "(?P<date>(?<![二三])(?P<month>十[一二]?|[一二三四五六七八九])月"
    "(?P<day>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[日号號]))"
    "|(?P<year>(?:一[零〇一四五六七八九]|二[零〇])[零〇一二三四五六七八九]{2})(?=年(?![级級]))"
    f"|(?P<percent>百分之(?P<share>[{_NUMBER}]+(?:[点點][{_NUMBER}]+)?))"
    f"|(?P<number>[{_NUMBER}]+(?:[点點][{_NUMBER}]+)*)"
)
_DECIMAL = re.compile("([^点]+)点([零一二三四五六七八九]{1,6})([万亿]?)")
_ROUND = re.compile("(.+?)([万亿])")
_LONE_TWO = re.compile("[两兩](?![百千万萬亿億])")
_UNITS = ("公里", "公斤", "厘米", "毫米", "平方米", "立方米", "摄氏度", "美元", "欧元", "千瓦", "赫兹")
_DOSES = (
    "毫克",
    "微克",
    "毫升",
    "克",
    "片",
    "粒",
    "滴",
    "剂",
    "劑",
    "颗",
    "顆",
    "胶囊",
    "膠囊",
    "单位",
    "單位",
    "支",
)
_MEASURES = (
    *_UNITS, "月", "点", "個", "个", "岁", "歲", "人", "年", "号", "號", "楼", "层", "块", "元", "天", "米",
    "次", "名", "位", "分钟", "小时", "世纪", "倍", "度", "吨", "升",
)  # fmt: skip
_CLOCK = ("分", "刻", "钟", "鐘", "半", "整", "点", "點")
_PARTS_OF_DAY = ("上午", "下午", "中午", "早上", "晚上", "凌晨", "傍晚", "今晚", "明早", "今早", "清晨")
_GUESS_BEFORE = ("几", "幾", "数", "數", "好", "双", "雙", "农历", "農曆", "正月", "腊月", "分之")
_GUESS_AFTER = ("几", "幾", "来", "來", "把", "大", "分之")
_A_LITTLE = tuple("有快早晚多少好大小差慢高低远近长短再这那了")
"""After these, "一点" is "a little" and never the start of 1.5."""
_FIXED = re.compile(
    "一千零一夜|十万八千里|十万火急|三十六计|三十而立|五十步笑百步|七十二变|八百里加急|三百六十行|八千里路|三千世界"
    "|三千弱水|三点一线|两点一线"
)
_FIGURES_BEFORE = re.compile("[0-9０-９][.．]?$")
_FIGURES_AFTER = re.compile("[.．]?[0-9０-９]|[%％]")
_RANGE_BEFORE = re.compile(
    f"(?<![十百千万萬亿億点點])[一二两兩三四五六七八九][到至比或]$|百分之[{_NUMBER}点點]+[到至]$"
)
_RANGE_AFTER = re.compile(f"[到至比或][一二两兩三四五六七八九](?![{_NUMBER}点點])(?!{'|'.join(_UNITS)})")
_SEEN = 16
"""Characters looked at on each side of a number."""


def found(text: str) -> Iterator[Figure]:
    """The numbers in a Chinese text that are sure, in order; "百分之" becomes the sign after its number."""
    fixed = [match.span() for match in _FIXED.finditer(text)]
    for match in _CHUNK.finditer(text):
        start, end = match.span()
        before, after = text[max(0, start - _SEEN) : start], text[end : end + _SEEN]
        if any(first < end and start < last for first, last in fixed) or _is_a_trap(before, after):
            continue
        if match["date"]:
            yield from _date(match)
        elif match["year"]:
            yield Figure(start, end, "".join(str(_ONES.index(digit)) for digit in _plain(match["year"])))
        elif match["percent"]:
            if not after.startswith(("到", "至")):
                yield from _written(match, _share(_plain(match["share"])), "%")
        else:
            yield from _written(match, _number(match["number"], before, after))


def _written(match: re.Match[str], figures: str, sign: str = "") -> Iterator[Figure]:
    if figures:
        yield Figure(*match.span(), figures + sign)


def _plain(text: str) -> str:
    return text.translate(_PLAIN)


def _is_a_trap(before: str, after: str) -> bool:
    return bool(
        _FIGURES_BEFORE.search(before)
        or _FIGURES_AFTER.match(after)
        or before.endswith(_GUESS_BEFORE)
        or after.startswith((*_GUESS_AFTER, *_DOSES))
        or _RANGE_BEFORE.search(before)
        or _RANGE_AFTER.match(after)
    )


def _date(match: re.Match[str]) -> Iterator[Figure]:
    month, day = _value(match["month"]), _value(match["day"])
    if month and day and day <= 31:  # noqa: PLR2004  no month has more days
        yield Figure(*match.span("month"), str(month))
        yield Figure(*match.span("day"), str(day))


def _share(text: str) -> str:
    decimal = _DECIMAL.fullmatch(text)
    if decimal and not decimal[3]:
        return _decimal(decimal)
    value = _value(text)
    return "" if value is None else str(value)


def _number(text: str, before: str, after: str) -> str:
    plain = _plain(text)
    if "点" in plain:
        decimal = _DECIMAL.fullmatch(plain)
        return _decimal(decimal) if decimal and not _is_a_time(decimal, before, after) else ""
    if len(plain) == 1:
        value = _value(plain)
        return str(value) if value and value > 1 and after.startswith(_UNITS) and before[-1:] != "第" else ""
    is_half_a_date = before.endswith("月") or (after[:1] == "月" and after[1:2] in tuple(_NUMBER))
    is_a_holiday = plain == "十一" and not after.startswith(_MEASURES)  # 1 October
    if is_half_a_date or is_a_holiday or _LONE_TWO.search(text):
        return ""
    tens = _ROUND.fullmatch(plain)
    if tens and not set(tens[1]) & set(_BIG_UNITS):
        front = _value(tens[1])  # "20万": the unit that readers of Chinese count in
        return f"{front}{text[-1]}" if front else ""
    value = _value(plain)
    return str(value) if value else ""


def _is_a_time(decimal: re.Match[str], before: str, after: str) -> bool:
    """True for what may be "half past three" or "a little", and for ranks ("第三点五")."""
    whole, fraction, scale = decimal.groups()
    if after.startswith(_CLOCK) or before.endswith((*_PARTS_OF_DAY, "第")):
        return True
    if whole == "一":
        return before.endswith(_A_LITTLE) or not (scale or after.startswith(_MEASURES))
    return fraction.startswith("零") and whole != "零"


def _decimal(match: re.Match[str]) -> str:
    whole = _value(match[1])
    if whole is None:
        return ""
    return f"{whole}.{''.join(str(_ONES.index(digit)) for digit in match[2])}{match[3]}"


def _value(text: str) -> int | None:
    """The value of a number in plain characters; None when nobody would have spelt it like that."""
    total = section = digit = 0
    for character in text:
        if character in _ONES:
            digit = _ONES.index(character)
        elif character in _SMALL_UNITS:
            section += (digit or 1) * _SMALL_UNITS[character]
            digit = 0
        elif character in _BIG_UNITS:
            total += (section + digit) * _BIG_UNITS[character]
            section = digit = 0
        else:
            return None
    value = total + section + digit
    return value if value < _TOO_BIG and _spelt(value) == text else None


def _spelt(value: int) -> str:
    """How a number is read out in full ("二百零五"); ten to nineteen begin with 十, not 一十."""
    if value == 0:
        return "零"
    text = ""
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section = value // unit % 10**4
        if section:
            text += ("零" if text and section < 1000 else "") + _section(section) + name  # noqa: PLR2004
    return text.removeprefix("一") if text.startswith("一十") else text


def _section(value: int) -> str:
    """Four digits, read out; noughts between them are said once, those at the end never."""
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            text += _ONES[digit] + name
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")
