"""Names of the languages that models hear, in the user's language; hides the table."""

from __future__ import annotations

from barrierfree.wording import _

__all__ = ["language_name"]


def language_name(code: str) -> str:
    """The name of a language by its ISO 639-1 code; "*" stands for many, an unknown code for itself."""
    names = {
        "*": _("many languages"),
        "ar": _("Arabic"),
        "ca": _("Catalan"),
        "cs": _("Czech"),
        "de": _("German"),
        "en": _("English"),
        "eo": _("Esperanto"),
        "es": _("Spanish"),
        "fa": _("Persian"),
        "fr": _("French"),
        "gu": _("Gujarati"),
        "hi": _("Hindi"),
        "it": _("Italian"),
        "ja": _("Japanese"),
        "kk": _("Kazakh"),
        "ko": _("Korean"),
        "nl": _("Dutch"),
        "pl": _("Polish"),
        "pt": _("Portuguese"),
        "ru": _("Russian"),
        "sv": _("Swedish"),
        "te": _("Telugu"),
        "tg": _("Tajik"),
        "tl": _("Filipino"),
        "tr": _("Turkish"),
        "uk": _("Ukrainian"),
        "uz": _("Uzbek"),
        "vi": _("Vietnamese"),
        "zh": _("Chinese"),
    }
    return names.get(code, code)
