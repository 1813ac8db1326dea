"""Which voice engine speaks when none is named; hides what is installed and what suits each system."""

from __future__ import annotations

import sys
from typing import Final

from barrierfree.errors import EngineError, EngineNotInstalled
from barrierfree.plugins import engine_names, load_engine
from barrierfree.wording import _

__all__ = ["choose_engine"]

_ORDER: Final = {
    "linux": ("espeak", "speech_dispatcher", "pyttsx3"),
    "win32": ("pyttsx3", "espeak"),
    "darwin": ("pyttsx3", "espeak"),
}
"""What people of each system expect to hear, quickest first; piper starts too slowly for a screen."""


def choose_engine(name: str = "auto") -> str:
    """The name of the engine that is to speak.

    Args:
        name: An engine's name, or "auto" for the first of this system's list that can speak here.

    Raises:
        UnknownEngine: No engine of that name is registered.
        EngineNotInstalled: It cannot run here, or nothing can.
    """
    if name != "auto":
        if not load_engine("synthesizer", name).available():
            raise _not_installed(name)
        return name
    for candidate in _candidates():
        try:
            engine = load_engine("synthesizer", candidate)
            if engine.capabilities.automatic and engine.available():
                return candidate
        except EngineError:  # a broken package is no reason to stay silent
            continue
    raise EngineNotInstalled(
        _("No voice is installed that could speak."),
        hint=_("Install one with: pip install 'barrierfree[voice]'"),
    )


def _candidates() -> tuple[str, ...]:
    own = _ORDER.get(sys.platform, _ORDER["linux"])
    # An outside package's engine comes last, unless it is asked for by name.
    return (*own, *(name for name in engine_names("synthesizer") if name not in own))


def _not_installed(name: str) -> EngineNotInstalled:
    hints = {
        "espeak": _("Install it with: pip install 'barrierfree[voice]'"),
        "piper": _("Install it with: pip install 'barrierfree[piper]'"),
        "pyttsx3": _("It needs a voice library of the system: on Debian, apt install espeak-ng"),
        "speech_dispatcher": _(
            "Install and start speech-dispatcher: on Debian, apt install speech-dispatcher"
        ),
    }
    return EngineNotInstalled(
        _('The voice engine "{name}" cannot run here.').format(name=name), hint=hints.get(name, "")
    )
