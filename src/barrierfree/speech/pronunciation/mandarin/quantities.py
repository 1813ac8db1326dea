"""Quantities in Mandarin words: counts, years, prices, measures; hides which of them a number is.

What decides is what stands beside it: a measure word, 年, 第, a unit, "验证码" or "拨打".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from barrierfree.speech.pronunciation.english.numbers import ungrouped
from barrierfree.speech.pronunciation.kinds import VERSIONED, text_after, text_before
from barrierfree.speech.pronunciation.mandarin.numbers import cardinal, decimal, digits, glued, grouped, year
from barrierfree.speech.pronunciation.tables import CURRENCIES, UNITS

__all__ = ["QUANTITIES", "is_measured", "number_sign", "times"]

_SIGNS: Final = {"-": "负", "−": "负", "+": "正", "±": "正负"}
_TEMPERATURES: Final = ("°C", "℃", "°F", "℉")
_SCALES: Final = {
    "K": 10**3, "k": 10**3, "thousand": 10**3, "M": 10**6, "million": 10**6, "B": 10**9, "billion": 10**9,
    "T": 10**12, "trillion": 10**12, "mn": 10**6, "bn": 10**9, "tn": 10**12,
}  # fmt: skip
_COMPASS: Final = {"N": "北纬", "S": "南纬", "E": "东经", "W": "西经"}
_MEASURES: Final = (
    "个只条张本件台辆位名次遍种类家间栋座棵朵颗粒块片根支把双对套份批组群部篇首封米克吨升斤两亩顷寸尺"
    "天周年岁倍元角毛人口头匹门瓶杯碗袋箱盒包罐桶盘串束排行列句段章节集季期届轮场局回步声趟顿餐股笔项"
    "款样万亿千点分秒刻架艘枚滴桌扇盏道幅面顶帖发拨伙帮关卷撇箭幢间匙勺滩摊堆丛团坨夜晚圈页"
)
"""Before these two is 两, and four digits are a quantity and no year."""
_LONG_MEASURES: Final = (
    "小时", "分钟", "公里", "公斤", "千米", "千克", "厘米", "毫米", "毫升", "平方", "立方", "英里", "英尺",
    "英寸", "美元", "欧元", "英镑", "日元", "港元", "字节", "像素", "亩地", "星期", "礼拜", "学期", "世纪",
    "百分点",
)  # fmt: skip
_NO_MEASURE: Final = ("年级", "点零", "点一", "分之", "行程", "季度", "周目", "行代码", "期刊")
"""What only begins like a measure word."""
_MORE_THAN: Final = "多余来几"
_YEARS_BEFORE = re.compile("(?:公元前?|建于|始于|成立于)\\s?\\Z")
_COUNTED_BEFORE = re.compile(
    "(?:共|共计|合计|总计|总数|总和|约|大约|达|达到|为|有|超过|超|近|至少|最多|不足|等于|价格|售价|数量|[=<>×+])"
    "[:：]?\\s?\\Z"
)
_ONE_BY_ONE = re.compile(
    "(?:验证码|校验码|取件码|提货码|密码|口令|编号|单号|尾号|账号|帐号|卡号|工号|学号|代码|代号|邮编|分机|分机号"
    "|拨打|拨|致电|电话|热线|客服|座机|传真|手机号?|QQ|微信号?|房间号?|航班|车次|证号|会议号|端口号?|型号)"
    "(?:号码?)?(?:是|为|[:：]|请拨打?)?\\s?\\Z"
)
_ROOM_AFTER = re.compile(
    "\\s?(?:室|房间|号房|号室|寝室|宿舍|国道|省道|航班|次列车|次航班|次高铁|次动车|路公交)"
)
_RECENT = re.compile("(?:8[1-9]|9[1-9]|0\\d)\\Z")
"""Two digits before 年 that are a year and no length of time."""
_DIGITS_OF_YEAR = 4
_DIGITS_OF_SIDE = 3
"""A side of so many digits is a number of pixels, read digit by digit."""
_FIRST_YEAR, _LAST_YEAR = 1100, 2199
_FIRST_SURE_YEAR, _LAST_SURE_YEAR = 1900, 2099
_LONG_ROW = 8

Match = re.Match[str]


def times(name: str, count: int) -> str:
    """A name that is said of several things at once: "三个嘿嘿"."""
    return f"{number_sign(count)}{name}"


def number_sign(count: int) -> str:
    """How many, before a sign's name."""
    return f"{_counted(str(count))}个"


def _counted(number: str) -> str:
    """A number before a measure word: 2 is 两, but not at the end of a longer number."""
    return "两" if number == "2" else decimal(number)


def is_measured(after: str) -> bool:
    """True for a text that begins with a measure word, or with something else that is counted."""
    if after.startswith(_LONG_MEASURES):
        return True
    return after != "" and after[0] in _MEASURES and not after.startswith(_NO_MEASURE)


def _is_year(number: str) -> bool:
    return len(number) == _DIGITS_OF_YEAR and number.isdigit() and _FIRST_YEAR <= int(number) <= _LAST_YEAR


def _quantity(match: Match) -> str:
    number, upto, sign = match["n"], match["n2"], (match["sign"] or "").strip()
    unit = match["unit"] or match["glued"]
    before, after = text_before(match), text_after(match).lstrip(" ")
    if unit in ("%", "‰"):
        spoken = f"{UNITS[unit].mandarin}{decimal(number)}"
        return _SIGNS.get(sign, "") + (
            f"{spoken}到{_SIGNS.get(match['sign2'] or '', '')}{decimal(upto)}" if upto else spoken
        )
    if unit in _TEMPERATURES:
        return _temperature(sign, number, upto, match["sign2"], UNITS[unit].mandarin)
    if unit or match["currency"]:
        name = UNITS[unit].mandarin if unit else CURRENCIES[match["currency"]].mandarin
        read = decimal if unit == "°" else _counted
        return _SIGNS.get(sign, "") + (f"{read(number)}到{read(upto)}{name}" if upto else read(number) + name)
    if upto:
        return _SIGNS.get(sign, "") + _range(number, upto, match["sign2"], after)
    if sign:
        return _SIGNS[sign] + decimal(number)
    return _bare(number, before, after)


def _range(number: str, upto: str, sign: str | None, after: str) -> str:
    if _is_year(number) and _is_year(upto) and not is_measured(after.removeprefix("年")):
        return f"{year(number)}到{year(upto)}"
    measured = is_measured(after)
    read = _counted if measured else decimal
    return f"{read(number)}到{_SIGNS.get(sign or '', '')}{read(upto)}"


def _temperature(sign: str, number: str, upto: str | None, sign2: str | None, name: str) -> str:
    below = "零下" if sign in ("-", "−") else _SIGNS.get(sign, "")
    words = below + decimal(number)
    if upto:
        above = "零上" if below == "零下" and not sign2 and upto.strip("0.,") else ""
        words += "到" + ("零下" if sign2 in ("-", "−") else above) + decimal(upto)
    return words + name


def _bare(number: str, before: str, after: str) -> str:
    """A number that stands alone, or before a measure word."""
    if not number.isdigit():
        if number.count(".") == 1 and "," not in number and VERSIONED.search(before):
            return "点".join(cardinal(part) for part in number.split("."))
        return decimal(number)
    if before.endswith("第") or not number:
        return cardinal(number)
    length = len(number)
    if after.startswith("年") and not after.startswith("年级"):
        return _before_year(number, before)
    measured = is_measured(after)
    long_row = length >= _LONG_ROW and not number.endswith("000") and not measured
    if _ONE_BY_ONE.search(before) and not measured and length > 2:  # noqa: PLR2004
        return grouped(number)
    if long_row or (number[0] == "0" and length > 1):
        return grouped(number)
    if 3 <= length <= 4 and _ROOM_AFTER.match(after):  # noqa: PLR2004
        return digits(number)
    if number == "2" and measured:
        return "二" if after[0] == "两" else "两"
    is_year = length == 4 and _FIRST_SURE_YEAR <= int(number) <= _LAST_SURE_YEAR  # noqa: PLR2004
    if is_year and not measured and after[:1] not in tuple(_MORE_THAN) and not _COUNTED_BEFORE.search(before):
        return year(number)
    return cardinal(number)


def _before_year(number: str, before: str) -> str:
    if _is_year(number) or _YEARS_BEFORE.search(before) or (len(number) == 2 and _RECENT.match(number)):  # noqa: PLR2004
        return year(number)
    return "两" if number == "2" else cardinal(number)


def _trimmed(number: str) -> str:
    """A price without the noughts at its end: "12.50" is read "十二点五"."""
    return number.rstrip("0").rstrip(".") if "." in number else number


def _money(match: Match) -> str:
    number, upto = _trimmed(match["m"]), _trimmed(match["m2"] or "")
    name = CURRENCIES[(match["cur"] or match["curcode"]).strip()].mandarin
    scale = (match["scale"] or "").strip()
    if scale in _SCALES:
        number, upto, scale = _scaled(number, scale), upto and _scaled(upto, scale), ""
    sign = _SIGNS.get(match["msign"] or match["mminus"] or "", "")
    return f"{sign}{_counted(number)}{f'到{_counted(upto)}' if upto else ''}{scale}{name}"


def _scaled(number: str, scale: str) -> str:
    return _trimmed(f"{Decimal(ungrouped(number)) * _SCALES[scale]:f}")


def _decade(match: Match) -> str:
    number = re.sub(r"\D", "", match.group())
    if len(number) == 2:  # noqa: PLR2004
        return f"{cardinal(number)}秒"
    return f"{year(number)}年代"


def _angle(match: Match) -> str:
    degrees = match.group().partition("°")[0]
    toward = match["ad"] or match["ad2"]
    parts = [(degrees, "度"), (match["am"], "分"), (match["as"], "秒")]
    return (_COMPASS[toward] if toward else "") + "".join(
        decimal(value) + name for value, name in parts if value
    )


def _size(match: Match) -> str:
    numbers = re.split(r"\s?[x×✕*X]\s?", match.group())
    return "乘".join(_side(number) for number in numbers)


def _side(number: str) -> str:
    return glued(number) if len(number) >= _DIGITS_OF_SIDE and number.isdigit() else decimal(number)


QUANTITIES: Final[dict[str, Callable[[Match], str]]] = {
    "quantity": _quantity,
    "money": _money,
    "ordinal": lambda match: f"第{cardinal(match.group()[:-2])}",
    "decade": _decade,
    "height": lambda match: "{}英尺{}英寸".format(*map(cardinal, re.findall(r"\d+", match.group()))),
    "angle": _angle,
    "size": _size,
}
"""How each kind is read, by its name in :mod:`kinds`."""
