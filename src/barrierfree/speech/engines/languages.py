"""What systems call a language; hides that there is more than one answer."""

from __future__ import annotations

from typing import Final

__all__ = ["language_of"]

_OTHERWISE: Final = {"cmn": "zh", "yue": "zh", "hak": "zh", "nb": "no", "iw": "he", "in": "id"}


def language_of(tag: str) -> str:
    """The ISO 639-1 code in a tag such as "en-US", "zh_CN" or "cmn-latn-pinyin"."""
    code = tag.replace("_", "-").partition("-")[0].lower()
    return _OTHERWISE.get(code, code)
