"""Numbers of every kind in Mandarin words; hides measure words, 年 and 号, and which digits are dictated.

What can be read in two ways that differ is read as it is written ("三斜杠四斜杠二零二六"), unless one way
is far commoner. Each choice has its row, with the reason, in ``tests/golden/spoken/zh.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from barrierfree.speech.pronunciation.mandarin.arithmetic import ARITHMETIC, raised
from barrierfree.speech.pronunciation.mandarin.dates import DATES
from barrierfree.speech.pronunciation.mandarin.dictated import DICTATED
from barrierfree.speech.pronunciation.mandarin.numbers import cardinal, glued
from barrierfree.speech.pronunciation.mandarin.quantities import QUANTITIES, is_measured, number_sign, times

__all__ = ["READ", "cardinal", "glued", "is_measured", "number_sign", "raised", "times"]

READ: Final[dict[str, Callable[[re.Match[str]], str]]] = {**QUANTITIES, **DATES, **DICTATED, **ARITHMETIC}
"""How each kind of number is read, by its name in :mod:`kinds`."""
