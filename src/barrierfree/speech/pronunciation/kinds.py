"""What kind of number stands in a text: a date, a price, a telephone number; hides the patterns.

Each kind is one regular expression, tried in order where a number may begin. Nothing in them can be matched
in two ways that matter: repetitions are possessive or bounded, so that a line of a million digits takes a
million steps. How a kind is read is another matter, see :mod:`english` and :mod:`mandarin`.
"""

from __future__ import annotations

import re
from typing import Final

from barrierfree.speech.pronunciation.tables import CURRENCIES, UNITS

__all__ = [
    "HEX_ROW",
    "MONTHS",
    "MONTH_DAY",
    "NUMBER",
    "NUMBER_BEGINS",
    "QUANTITY",
    "RELEASE",
    "VERSIONED",
    "month_of",
    "text_after",
    "text_before",
]

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_MONTH = "|".join([*(f"{name}" for name in MONTHS), "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"])

_NUM = r"(?:\d{1,3}(?:[,'’\u00a0\u202f]\d{3})++(?!\d)|\d++)(?:\.\d++)?+"
_SIGN = "[-−+±]"
_TO = r"(?:[-–—]|[ ]?[~～至到][ ]?|[ ][–—][ ])"
_GLUED_ONLY = ("in",)
"""Units that are too often something else after a space: "5 in a row"."""


def _choice(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_LETTER_UNITS = [unit for unit in UNITS if unit[-1].isalnum() and unit not in _GLUED_ONLY]
_SIGN_UNITS = [unit for unit in UNITS if not unit[-1].isalnum()]
_CODES = [code for code in CURRENCIES if code.isalpha()]
_SIGNS = [sign for sign in CURRENCIES if not sign.isalpha()]
_UNIT = (
    f"(?:[ \xa0\u202f]?(?P<unit>(?:{_choice(_LETTER_UNITS)})(?![A-Za-z0-9_²³])|{_choice(_SIGN_UNITS)})"
    f"|(?P<glued>{_choice(list(_GLUED_ONLY))})(?![A-Za-z0-9_])"
    f"|[ \xa0]?(?P<currency>(?:{_choice(_CODES)})(?![A-Za-z0-9_])|(?:{_choice(_SIGNS)})(?!\\d)))"
)

QUANTITY: Final = re.compile(
    rf"(?P<sign>{_SIGN}[ ]?(?=\.?\d))?(?P<n>{_NUM}|\.\d++)"
    rf"(?:(?:[ ]?[%°℃℉]C?)?{_TO}(?P<sign2>[-−+])?(?P<n2>{_NUM})(?!-?\d|\.\d|[:/]\d))?"
    rf"{_UNIT}?",
    re.ASCII,
)
"""A number, perhaps up to another number, perhaps of something."""

_DATE = (
    r"(?P<y>[12]\d{3})(?P<ysep>[-/.])(?P<mo>0?[1-9]|1[0-2])(?P=ysep)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d|[-/.]\d)"
    r"(?:T(?=\d\d:\d\d))?"
)
_DAY_MONTH_YEAR = (
    r"(?P<a>\d{1,2})(?P<asep>[-/.])(?P<b>\d{1,2})(?P=asep)(?P<dy>[12]\d{3}|\d{2}(?<=/\d\d))(?!\d|[-/.]\d)"
)
_DAY_MONTH = (
    rf"(?P<dm>[12]?\d|3[01])(?:st|nd|rd|th)?\s(?:of\s)?(?P<dmm>{_MONTH})\b\.?"
    r"(?:,?\s(?P<dmyear>[12]\d{3})\b)?"
)
_HALF_DAY = r"\s?(?P<{}>[AaPp])(?:[Mm](?![A-Za-z])|\.[Mm]\.)"
_TIME = (
    r"(?P<h>[01]?\d|2[0-4])[:：](?P<mi>[0-5]\d)(?:[:：](?P<s>[0-5]\d)(?:[.,](?P<ms>\d{1,9}))?)?(?![:：]?\d)"
    f"(?:{_HALF_DAY.format('half')})?"
    r"(?:(?P<utc>Z(?![A-Za-z0-9]))|(?(s)(?P<zone>[-+]\d{2}:\d{2}(?!\d))|(?!)))?"
    r"(?:\s?[-–—~～至到]\s?(?P<h2>[01]?\d|2[0-4])[:：](?P<mi2>[0-5]\d)(?![:：]?\d)"
    f"(?:{_HALF_DAY.format('half2')})?)?"
)
_PHONE = (
    r"\+\d{1,15}(?:[ -]\(?\d{1,11}\)?(?!\d)){0,5}"
    r"|\(0?\d{2,4}\)[ ]?\d{3,4}[ -]?\d{4}(?![\d-])"
    r"|(?:1-)?\d{3}-\d{3}-\d{4}(?![\d-])"
    r"|0\d{2,3}[- ]\d{7,8}(?![\d-])"
    r"|1[3-9]\d[- ]\d{4}[- ]\d{4}(?![\d-])"
    r"|1[3-9]\d{9}(?!\d|\.\d)"
    r"|\d{3}\.\d{3}\.\d{4}(?!\d|\.\d)"
    r"|0\d{2,4}[ ]\d{3,4}[ ]\d{3,4}(?![\d-])"
    r"|[48]00-\d{3,4}-\d{3,4}(?![\d-])"
    r"|(?!0)[2-9]\d{2}-\d{4}(?![\d-])"
)
_ANGLE = (
    r"\d{1,3}(?:\.\d{1,9})?°\s?"
    r"(?:(?P<am>\d{1,2}(?:\.\d{1,9})?)['′’]\s?(?:(?P<as>\d{1,2}(?:\.\d{1,9})?)[\"″”]\s?)?"
    r"(?P<ad>[NSEW](?![A-Za-z]))?|(?P<ad2>[NSEW](?![A-Za-z])))"
)
_FRACTION = (
    r"(?:(?P<whole>\d{1,3})[ ])?(?P<fn>\d{1,3})/(?P<fd>\d{1,4})(?![\d/]|\.\d)(?:[ ]?(?P<pressure>mmHg))?"
)
_POWER = r"(?P<pbase>\d++)(?:\^(?P<psign>[-−])?(?P<pexp>\d{1,3})|(?P<praised>[⁻]?[⁰¹²³⁴-⁹]{1,3}))(?![\d.])"
_MONEY = (
    rf"(?P<msign>[-−+])?(?:(?P<cur>{_choice(_SIGNS)})|(?P<curcode>{_choice(_CODES)}))[ ]?"
    rf"(?P<mminus>[-−])?(?P<m>{_NUM}|\.\d\d)(?:{_TO}(?:{_choice(_SIGNS)})?(?P<m2>{_NUM})(?!-?\d))?"
    r"(?P<scale>[ ]?(?:thousand|million|billion|trillion|mn|bn|tn)(?![A-Za-z])"
    r"|[ ]?(?:万亿|千万|百万|万|亿|千)|[KkMBT](?![A-Za-z0-9]))?元?"
)
HEX_ROW: Final = (
    r"(?=[0-9:]{0,30}[A-Fa-f]|[0-9]{0,4}::)[0-9A-Fa-f]{1,4}(?:::?[0-9A-Fa-f]{1,4}){3,7}+(?![A-Za-z0-9:])"
)
"""The address of a network card, or of a machine in IPv6."""
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_KINDS: Final = (
    ("hexrow", HEX_ROW),
    ("hex", r"0[xX][0-9A-Fa-f]{1,64}(?![A-Za-z0-9])"),
    ("date", _DATE),
    ("dmy", _DAY_MONTH_YEAR),
    ("ym", r"(?P<ymy>(?:19|20)\d{2})-(?P<ymm>0[1-9]|1[0-2])(?!\d|[-.]\d)"),
    ("time", _TIME),
    ("clock", r"(?P<ch>1[0-2]|0?[1-9])" + _HALF_DAY.format("chalf")),
    ("ip", rf"(?:{_OCTET}\.){{3}}{_OCTET}(?:/\d{{1,2}}(?!\d))?(?::\d{{1,5}})?(?!\d|\.\d)"),
    ("phone", _PHONE),
    ("version", r"\d++(?:\.\d++){2,}+"),
    ("id", r"\d{17}[\dXx](?![A-Za-z0-9])"),
    ("card", r"\d{4}(?:(?:[ ]\d{4}){3}(?:[ ]\d{1,3})?|(?:-\d{4}){3}(?:-\d{1,3})?)(?![\d-])"),
    ("code", r"\d++(?:-\d++){2,}+(?![A-Za-z])"),
    ("daymonth", _DAY_MONTH),
    ("ordinal", r"(?:\d{1,3}(?:,\d{3})++|\d++)(?:st|nd|rd|th|ST|ND|RD|TH)(?![A-Za-z0-9])"),
    ("decade", r"['’]?(?:[12]\d)?\d0['’]?s(?![A-Za-z0-9])"),
    ("height", r"[3-8]['′]\s?(?:1[01]|\d)[\"″”]"),
    ("angle", _ANGLE),
    ("size", rf"{_NUM}(?:[ ]?[x×✕*X][ ]?{_NUM}){{1,2}}(?![A-Za-z0-9⁰¹²³⁴-⁹⁻^])"),
    ("fraction", _FRACTION),
    ("vulgar", r"(?P<vwhole>\d{1,3})[ ]?(?P<vpart>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"),
    ("power", _POWER),
    ("science", r"(?P<sbase>\d++(?:\.\d++)?)[eE](?P<ssign>[-+])?(?P<sexp>\d{1,3})(?![A-Za-z0-9.])"),
    ("ratio", r"\d{1,5}(?:[:：]\d{1,5}){1,2}(?![:：]?\d|\.\d)"),
    ("money", _MONEY),
)

NUMBER: Final = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS), re.ASCII)
"""A number of a kind that is more than a quantity; the last group that matched is the kind."""
NUMBER_BEGINS: Final = re.compile(
    rf"\.?\d|['’]\d0s|[-−+±]\.?\d|\(0?\d{{2,4}}\)[ ]?\d|[-−+]?(?:{_choice(_SIGNS)})[ ]?[-−]?\.?\d"
    rf"|(?:{_choice(_CODES)})[ ]?\d",
    re.ASCII,
)


MONTH_DAY: Final = re.compile(
    rf"(?P<month>{_MONTH})\.?\s(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?(?![\w%:/°]|[-.,]\d)(?:,?\s(?P<year>[12]\d{{3}})(?![\d.,:]\d|\w))?",
    re.ASCII,
)
"""A date that begins with the English name of its month."""
RELEASE: Final = re.compile(r"[vV](?P<numbers>\d++(?:\.\d++)*+)(?![A-Za-z0-9])", re.ASCII)
"""A version, as in "v2.10.3"."""


VERSIONED: Final = re.compile(
    r"(?:\b(?:Python|Node(?:\.js)?|Java|Ubuntu|Debian|Fedora|Windows|macOS|iOS|Android|Chrome|Firefox|Linux|PHP"
    r"|Ruby|Rust|Go|Git|Qt|MySQL|PostgreSQL|Docker|Kubernetes|Django|Flask|NumPy|PyTorch|TensorFlow|CUDA|kernel"
    r"|[Vv]ersion|[Rr]elease|[Vv]er\.?)|版本号?)[ ]?\Z"
)
"""The numbers of versions count: 3.11 comes after 3.9."""
_SEEN: Final = 24
"""Characters looked at on each side of a number."""


def text_before(number: re.Match[str]) -> str:
    """What stands before a number, as far as it can matter."""
    return number.string[max(0, number.start() - _SEEN) : number.start()]


def text_after(number: re.Match[str]) -> str:
    """What stands behind a number, as far as it can matter."""
    return number.string[number.end() : number.end() + _SEEN]


def month_of(name: str) -> int:
    """1 to 12 for the English name of a month, or the beginning of one."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))
