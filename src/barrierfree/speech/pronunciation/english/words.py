"""English words that are not read as they are written.

Hides abbreviations, initials, names of files and joined words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from barrierfree.speech.pronunciation.english.numbers import cardinal, ordinal

__all__ = ["PARTS", "abbreviation_at", "address_word", "ordinary_word", "roman", "roman_value", "term_at"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ABBREVIATIONS: Final = {
    "mr": "Mister", "mrs": "Missus", "ms": "Miz", "dr": "Doctor", "prof": "Professor", "st": "Saint",
    "jr": "Junior", "sr": "Senior", "vs": "versus", "etc": "et cetera", "e.g": "for example",
    "i.e": "that is", "cf": "compare", "approx": "approximately", "dept": "department",
    "est": "established", "inc": "incorporated", "ltd": "limited", "co": "company", "corp": "corporation",
    "fig": "figure", "figs": "figures", "vol": "volume", "ch": "chapter", "sec": "section", "pp": "pages",
    "p": "page", "ave": "avenue", "blvd": "boulevard", "rd": "road", "gov": "Governor", "gen": "General",
    "sen": "Senator", "rep": "Representative", "capt": "Captain", "lt": "Lieutenant", "col": "Colonel",
    "sgt": "Sergeant", "rev": "Reverend", "hon": "Honorable", "mt": "Mount", "ft": "Fort", "no": "number",
    "nos": "numbers", "jan": "January", "feb": "February", "mar": "March", "apr": "April", "jun": "June",
    "jul": "July", "aug": "August", "sep": "September", "sept": "September", "oct": "October",
    "nov": "November", "dec": "December", "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday",
    "wed": "Wednesday", "thu": "Thursday", "thur": "Thursday", "thurs": "Thursday", "fri": "Friday",
    "sat": "Saturday", "sun": "Sunday", "a.m": "A M", "p.m": "P M", "ph.d": "P H D", "tel": "telephone",
    "ext": "extension", "al": "al", "min": "minimum", "max": "maximum", "hrs": "hours", "mins": "minutes",
    "ed": "edition", "univ": "university", "govt": "government",
}  # fmt: skip
"""In small letters, without the last full stop: read so where one follows."""
ONLY_BEFORE_NUMBERS: Final = _words("no nos p pp fig figs vol ch sec")
ONLY_BEFORE_CAPITALS: Final = _words("st gov gen sen rep capt lt col sgt rev hon mt ft")
NEVER_IN_SMALL_LETTERS: Final = _words("mar jun sun sat wed mon co")
WITHOUT_STOP: Final = {
    "Mr": "Mister",
    "Mrs": "Missus",
    "Ms": "Miz",
    "Dr": "Doctor",
    "vs": "versus",
    "etc": "et cetera",
}
"""Often written without the full stop."""
TERMS: Final = {
    "IPv": "I P V", "C++": "C plus plus", "C#": "C sharp", "F#": "F sharp", "G++": "G plus plus",
    "g++": "G plus plus", "c++": "C plus plus", "Notepad++": "notepad plus plus", "AT&T": "A T and T",
    "R&D": "R and D", "Q&A": "Q and A", "Wi-Fi": "Wi-Fi", "WiFi": "Wi-Fi", "iOS": "I O S",
    "macOS": "mac O S", "iPhone": "iPhone", "iPad": "iPad", "YouTube": "YouTube", "GitHub": "GitHub",
    "LaTeX": "lah-tech", "PhD": "P H D", "WWI": "World War one", "WWII": "World War two",
    "WeChat": "WeChat", "TikTok": "TikTok", "eBay": "eBay", "McDonald": "McDonald", "MySQL": "my S Q L",
    "ID": "I D", "IDs": "I Ds", "PDFs": "P D Fs", "URLs": "U R Ls", "APIs": "A P Is", "CPUs": "C P Us",
    "GPUs": "G P Us", "TVs": "T Vs", "CDs": "C Ds", "DVDs": "D V Ds", "PCs": "P Cs",
}  # fmt: skip
"""Names that the rules would read wrongly."""

_TERM = re.compile(
    "(?:"
    + "|".join(re.escape(term) for term in sorted(TERMS, key=len, reverse=True) if not term.isalpha())
    + ")(?![A-Za-z0-9])"
)
_DOTTED = re.compile(
    r"(?:[A-Za-z]\.){2,}(?![A-Za-z0-9])|[A-Z]\.(?=[ ][A-Z])"
    r"|(?:[Pp]h\.[Dd]|[BM]\.Sc|[BM]\.Eng|[BM]\.Ed)\.(?![A-Za-z0-9])"
)
_STOPPED = re.compile(r"([A-Za-z]{1,7})\.(?![A-Za-z0-9])")
_CAPITAL_BEFORE = re.compile(r"[A-Z][a-z]+ \Z")
_INITIALISMS: Final = _words(
    "ABC AES AI API APK ATM CEO CFO CIA CIO CLI COO CPU CTO DIY DNA DOS EOF EU FAQ FYI GDP GPU GPA GUI IBM "
    "IDE IEEE IOS IP IPA IPO IQ ISBN ISO ISP ITU KPI MIT OCR OEM OS QA SDK SEO SIP TIA TUI UAE UEFI UI UK UN "
    "URI URL USA USB UTC UTF UUID UX VIP AM PM AV ADHD EKG EEG MRI ICU TTS USD EUR AUD CNY PDA EULA ETA FAO "
    "HIV IMF IRS NBA NFL IV SUV UFO YMCA"
)
"""Initials that look like words; initials without a vowel need no list."""
_NOT_INITIALS: Final = _words("HMM SHH PSST PFFT NTH MR MRS DR ST MS TSK BRR ZZZ GRR")
_VOWELS: Final = re.compile("[AEIOUY]")
PARTS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]++|[A-Z]|[a-z]++|[^A-Za-z]")
"""The parts of a joined word: "getHTTPResponse" is get, HTTP, Response."""

_NUMBERED: Final = _words(
    "Chapter Part Volume Book Act Scene Section Article Appendix Phase Type Stage Level Grade Class Figure "
    "Table War Bowl Mark Title Division Schedule Annex Unit Lesson Episode Season Round Group Category Tier "
    "Apollo Rocky CHAPTER PART VOLUME ACT"
)
"""What is numbered with Roman numerals."""
_ROYAL: Final = _words(
    "Louis Henry George Charles Elizabeth Edward James William Richard Philip Pius Paul Benedict Napoleon "
    "Catherine Peter Nicholas Alexander Francis Gregory Leo Mary Ptolemy Ramesses Ramses Frederick Wilhelm "
    "Friedrich Felipe Carlos Umberto Ivan Innocent Urban Clement Sixtus Harald Margrethe Constantine "
    "Theodosius Darius Xerxes Amenhotep Thutmose Seti Cleopatra Rama Selim Mehmed Murad Suleiman Akbar "
    "Abdullah Hussein Mohammed Hassan"
)
_ROMAN = re.compile("(?=[MDCLXVI])M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_SURELY_ROMAN = re.compile(
    "II|III|VII|VIII|XII|XIII|XIV|XVI|XVII|XVIII|XIX|XXI|XXII|XXIII|XXIV|XXVI|XXVII|XXVIII|XXIX"
)
"""Read as a number wherever they stand; "IV", "VI", "XI", "XX" are too often something else."""
_VALUES: Final = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}
_WORD_BEFORE = re.compile(r"([A-Za-z]+)[ \xa0]\Z")


def roman_value(text: str) -> int:
    """The value of a well-formed Roman numeral; 0 for anything else."""
    if not _ROMAN.fullmatch(text):
        return 0
    total = 0
    for sign, following in zip(text, [*text[1:], "I"], strict=True):
        value = _VALUES[sign]
        total += -value if value < _VALUES[following] else value
    return total


def roman(text: str, before: str, after: str) -> str:
    """How a Roman numeral is read after "Chapter" or "Louis"; empty where it is not surely one."""
    value = roman_value(text)
    if not value:
        return ""
    found = _WORD_BEFORE.search(before)
    word = found[1] if found else ""
    if word in _ROYAL and (text != "I" or not after[:2].strip() or after[0] in ",.;:!?)'’"):
        return f"the {ordinal(str(value))}"
    if (
        word in _NUMBERED
        and (len(text) > 1 or text in ("I", "V", "X"))
        and not (word == "Type" and text in "VX")
    ):
        return cardinal(str(value))
    return cardinal(str(value)) if _SURELY_ROMAN.fullmatch(text) else ""


def term_at(source: str, at: int, end: int) -> tuple[int, str] | None:
    """A name with signs in it, such as "C++": where it ends and how it is said."""
    found = _TERM.match(source, at, end)
    return (found.end(), TERMS[found.group()]) if found else None


def abbreviation_at(source: str, at: int, end: int) -> tuple[int, str] | None:
    """An abbreviation with its full stop: where it ends and how it is said.

    The full stop that also ends the sentence is left there.
    """
    dotted = _DOTTED.match(source, at, end)
    if dotted:
        word = dotted.group()[:-1]
        spoken = ABBREVIATIONS.get(word.lower()) or " ".join(word.replace(".", "").upper())
        return dotted.end() - (not source[dotted.end() : end].strip("\"'”’)» ")), spoken
    found = _STOPPED.match(source, at, end)
    if not found:
        return None
    word = found[1].lower()
    spoken = ABBREVIATIONS.get(word, "")
    following = source[found.end() : found.end() + 2].lstrip()[:1]
    if (
        not spoken
        or (word in ONLY_BEFORE_NUMBERS and not following.isdigit())
        or (word in ONLY_BEFORE_CAPITALS and not following.isupper() and word != "st")
        or (word in NEVER_IN_SMALL_LETTERS and found[1].islower())
    ):
        return None
    if word == "st" and (not following.isupper() or _CAPITAL_BEFORE.search(source, max(0, at - 24), at)):
        spoken = "Street"
    return found.end() - (not source[found.end() : end].strip("\"'”’)» ")), spoken


@lru_cache(maxsize=8192)
def ordinary_word(word: str) -> str:
    """A word of Latin letters as a voice can say it: joined words apart, initials as letters."""
    if word in TERMS or word in WITHOUT_STOP:
        return TERMS.get(word) or WITHOUT_STOP[word]
    if word.islower() or not word.isascii() or (word[1:].islower() and len(word) > 1):
        return word
    return " ".join(_part(part) for part in PARTS.findall(word))


def _part(part: str) -> str:
    if part.isupper() and len(part) > 1 and _is_initials(part):
        return " ".join(part)
    return part


def _is_initials(part: str) -> bool:
    if part in _NOT_INITIALS:
        return False
    return part in _INITIALISMS or (len(part) <= 6 and not _VOWELS.search(part))  # noqa: PLR2004


_SPELT: Final = _words(
    "avi apk aac etc usr exe docx odt ods ico iso ui api url utf ipa io id os eps gui cgi dll deb us eu uk cn"
    " edu usb cpu oui ai docm xlsm ipynb xlsx pptx"
)
_AS_WORDS: Final = _words("py mkdir ctrl alt")


@lru_cache(maxsize=8192)
def address_word(word: str) -> str:
    """A word in an address or the name of a file: short words that nobody can say are spelt."""
    if word.islower() and word not in _AS_WORDS and (word in _SPELT or _unsayable(word)):
        return " ".join(word.upper())
    if len(word) == 1:
        return word.upper()
    return ordinary_word(word)


def _unsayable(word: str) -> bool:
    return len(word) <= 5 and not _VOWELS.search(word.upper())  # noqa: PLR2004
