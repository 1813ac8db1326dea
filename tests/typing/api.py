"""Never run: mypy reads it, so a change of the public types is seen."""

from barrierfree.errors import BarrierfreeError


def errors_carry_a_hint(error: BarrierfreeError) -> str:
    return error.hint
