"""The user's language for every sentence a person reads or hears; hides gettext and where catalogues lie.

Messages are written in English where they are used and wrapped in ``_``. The language is the first of
``BARRIERFREE_LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that is set, read once, at the first
message. English needs no catalogue, so nothing is loaded for it: ``barrierfree --help`` stays quick.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

__all__ = ["LOCALE", "_", "interface_language", "ngettext", "speak_to_people_in"]

LOCALE = Path(__file__).parent / "locale"
"""Folder of the catalogues: LANGUAGE/LC_MESSAGES/barrierfree.mo."""


_VARIABLES = ("BARRIERFREE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_chosen: str | None = None


def speak_to_people_in(language: str | None) -> None:
    """Fix the language of messages ("en", "zh_CN", "zh-Hans"…); None returns to the environment's."""
    global _chosen  # noqa: PLW0603  one interface language per process is the point
    _chosen = language
    _catalogue.cache_clear()


def interface_language() -> str:
    """The language messages are in: "zh_CN" or "en"."""
    wanted = _chosen or next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), "en")
    return "zh_CN" if wanted.lower().startswith("zh") else "en"


@cache
def _catalogue() -> NullTranslations | None:
    if interface_language() == "en":
        return None
    import gettext

    return gettext.translation("barrierfree", LOCALE, [interface_language()], fallback=True)


def _(message: str) -> str:
    """The message in the user's language."""
    catalogue = _catalogue()
    return catalogue.gettext(message) if catalogue else message


def ngettext(one: str, many: str, number: int) -> str:
    """The message for this number, in the user's language."""
    catalogue = _catalogue()
    if catalogue:
        return catalogue.ngettext(one, many, number)
    return one if number == 1 else many
