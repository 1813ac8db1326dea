"""The English words that numbers are made of, and those around a number that decide what it means.

Hides nothing: tables only, all in small letters.
"""

from __future__ import annotations

__all__ = [
    "CODES",
    "DOSES",
    "NOT_A_RANK",
    "ONES",
    "ORDINALS",
    "PARTS",
    "SPANS_OF_TIME",
    "UNITS",
    "VALUES",
    "YEAR_BEFORE",
]

ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = [
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
ORDINALS = {
    "first": "one", "second": "two", "third": "three", "fourth": "four", "fifth": "five", "sixth": "six",
    "seventh": "seven", "eighth": "eight", "ninth": "nine", "tenth": "ten", "eleventh": "eleven",
    "twelfth": "twelve", **{f"{word}th": word for word in TEENS[3:]},
    **{f"{word[:-1]}ieth": word for word in TENS},
}  # fmt: skip
VALUES = {
    **{word: value for value, word in enumerate([*ONES, *TEENS])},
    **{word: 10 * value for value, word in enumerate(TENS, 2)},
    "oh": 0, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9,
}  # fmt: skip
CODES = {
    **dict.fromkeys(ONES, "d"), **dict.fromkeys(TEENS, "t"), **dict.fromkeys(TENS, "y"),
    "zero": "z", "oh": "o", "hundred": "h", "thousand": "k", "million": "m", "billion": "b",
    "and": "a", "point": "p",
}  # fmt: skip

YEAR_BEFORE = {
    "in", "since", "year", "spring", "summer", "autumn", "winter", "january", "february", "march", "april",
    "may", "june", "july", "august", "september", "october", "november", "december",
}  # fmt: skip
SPANS_OF_TIME = ("second", "minute", "hour", "day", "week", "month", "year", "percent", "per")
UNITS = {
    "percent", "kilometers", "kilometres", "meters", "metres", "centimeters", "centimetres", "millimeters",
    "millimetres", "kilograms", "kilos", "degrees", "dollars", "euros", "watts", "volts",
    "megabytes", "gigabytes",
}  # fmt: skip
DOSES = {
    "milligram", "milligrams", "mg", "microgram", "micrograms", "mcg", "gram", "grams", "milliliter",
    "milliliters", "millilitre", "millilitres", "ml", "mils", "cc", "ccs", "unit", "units", "iu", "tablet",
    "tablets", "pill", "pills", "capsule", "capsules", "drop", "drops", "dose", "doses", "puff", "puffs",
    "teaspoon", "teaspoons", "tablespoon", "tablespoons",
}  # fmt: skip
PARTS = {
    "half", "halves", "quarter", "quarters", "hundredth", "hundredths", "thousandth", "thousandths",
    *(f"{word}s" for word in ORDINALS if word != "second"),
}  # fmt: skip
NOT_A_RANK = {"party", "parties", "person", "world", "degree", "grade", "class", "hand", "rate"}
