"""The page around a transcript; hides its template, style, script, policy and every sentence on it.

Template, styles and scripts are ordinary files of their languages beside this one. The scripts share one
scope: they become one inline module, in the order of ``_SCRIPTS``.

How a transcript of three hours feels to somebody with a keyboard decided its shape. It holds some 25 000
words and 300 paragraphs; if each were a stop of the Tab key, nobody would get back to the player. So the
whole transcript is one stop: arrow keys walk through it, Enter plays, Tab and Shift+Tab leave it and
come back to the same word. The times are buttons all the same, for mouse, touch, voice control and the
lists of a screen reader. Nobody's reading is broken up: words are spans without a role.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

from barrierfree.wording import _

__all__ = ["Page"]

_STYLES = ("frame.css", "controls.css", "transcript.css", "modes.css")
_SCRIPTS = ("words.js", "sound.js", "search.js", "unsure.js", "page.js")
_TRANSCRIPT = "{{transcript}}"
_PLACE = re.compile(r"\{\{(\w+)\}\}")


@dataclass(frozen=True, slots=True)
class Page:
    """Everything around the paragraphs. All texts are markup: escaped already."""

    language: str
    """Tag of the language of the page itself."""
    title: str
    facts: str
    """Groups of a description list."""
    sound: str
    """The attribute that names the recording; empty without one."""
    chapters: str
    """Items of a list; empty in a short transcript."""

    def head(self) -> str:
        """The page as far as the first paragraph."""
        return self._filled(_resource("page.html").partition(_TRANSCRIPT)[0])

    def foot(self) -> str:
        """What follows the last paragraph."""
        return self._filled(_resource("page.html").partition(_TRANSCRIPT)[2])

    def _filled(self, template: str) -> str:
        style, script = _joined(_STYLES), _joined(_SCRIPTS)
        values = {
            "page_language": self.language,
            "policy": _policy(style, script),
            "title": self.title,
            "style": style,
            "script": script,
            "facts": self.facts,
            "sound": self.sound,
            "chapters": self.chapters,
            "no_chapters": "" if self.chapters else " hidden",
            "texts": _for_script(_spoken_by_the_script()),
        }
        values |= {name: escape(text) for name, text in _shown_by_the_page().items()}
        return _PLACE.sub(lambda place: values[place[1]], template)


@cache
def _resource(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")


@cache
def _joined(names: tuple[str, ...]) -> str:
    return "\n".join(_resource(name) for name in names)


def _policy(style: str, script: str) -> str:
    """Content Security Policy (W3C, level 3): this style, this script, sound, and nothing else at all."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "media-src 'self' file: blob:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _for_script(texts: dict[str, str]) -> str:
    """JSON in which nothing can end the element that holds it."""
    return json.dumps(texts, ensure_ascii=False).replace("<", "\\u003c")


def _shown_by_the_page() -> dict[str, str]:
    return {
        "skip": _("Skip to the transcript"),
        "kind": _("Transcript"),
        "recording": _("Recording"),
        "choose": _("Choose the recording"),
        "stays": _("Any copy of it will do. It stays on this computer."),
        "speed": _("Speed"),
        "settings": _("Settings and keys"),
        "follow": _("Scroll along with the sound"),
        "single_keys": _("Shortcuts of a single key"),
        "larger": _("Larger text"),
        "smaller": _("Smaller text"),
        "key": _("Key"),
        "does": _("What it does"),
        "in_transcript": _("Keys in the transcript"),
        "everywhere": _("Keys everywhere, unless you are typing"),
        "space": _("Space"),
        "key_enter": _("Play from the word"),
        "key_words": _("The word before or after"),
        "key_paragraphs": _("The paragraph above or below"),
        "key_ends": _("First or last word of the paragraph"),
        "key_play": _("Play or pause"),
        "key_jump": _("Five seconds back or forward"),
        "key_unsure": _("Next unsure word; with Shift, the one before"),
        "key_search": _("Search"),
        "key_escape": _("Clear the search"),
        "chapters_title": _("Chapters"),
        "tools": _("Player"),
        "play": _("Play"),
        "back": _("Back 5 s"),
        "forward": _("Forward 5 s"),
        "next_unsure": _("Next unsure word"),
        "search": _("Search the transcript"),
        "previous_match": _("Previous match"),
        "next_match": _("Next match"),
        "play_match": _("Play the match"),
        "said": _("What was said"),
        "hint": _("Click a word to hear it, or walk to it with the arrow keys and press Enter."),
        "closing": _("Made by barrierfree. This page loads nothing from the network."),
    }


def _spoken_by_the_script() -> dict[str, str]:
    return {
        "play": _("Play"),
        "pause": _("Pause"),
        "playFrom": _("Play from {time}"),
        "noSound": _("There is no sound yet: choose the recording at the top of the page."),
        "notFound": _(
            "The recording is not beside this page, or this browser cannot play it. Choose a copy:"
        ),
        "cannotPlay": _("This browser cannot play that file. Choose another copy:"),
        "ready": _("The recording is ready."),
        "noMatch": _("Nothing found."),
        "matches": _("Found: {total}. Enter goes to the next."),
        "match": _("{number} of {total}"),
        "unsureWord": _("Unsure word {number} of {total}"),
        "unsureSpeaker": _("Unsure word {number} of {total}: who speaks"),
        "textSize": _("Text size: {percent} %"),
    }
