"""Numbers of every kind in English words; hides which reading a kind, a neighbour or a year asks for.

What can be read in two ways that differ is read as it is written ("three slash four slash twenty
twenty-six"), unless one way is far commoner. Each choice has its row, with the reason, in
``tests/golden/spoken/en.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from barrierfree.speech.pronunciation.english.arithmetic import ARITHMETIC, part, raised
from barrierfree.speech.pronunciation.english.dates import DATES
from barrierfree.speech.pronunciation.english.dictated import DICTATED
from barrierfree.speech.pronunciation.english.numbers import cardinal, digits, glued
from barrierfree.speech.pronunciation.english.quantities import QUANTITIES, number_sign, times

__all__ = ["READ", "cardinal", "digits", "glued", "number_sign", "part", "raised", "times"]

READ: Final[dict[str, Callable[[re.Match[str]], str]]] = {**QUANTITIES, **DATES, **DICTATED, **ARITHMETIC}
"""How each kind of number is read, by its name in :mod:`kinds`."""
