"""The words of a widget as they are meant; hides markup, emoji shortcodes, and signs that only draw.

What a widget shows is taken before it is painted, wherever Textual still knows it then; a widget that
paints its own lines is read from these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from rich.emoji import Emoji
from rich.text import Text
from textual.content import Content
from textual.geometry import Region
from textual.markup import MarkupError
from textual.style import Style
from textual.visual import RichVisual
from textual.widget import Widget

from barrierfree.tui import private

__all__ = [
    "LinkInText",
    "links_of",
    "one_line",
    "painted_lines",
    "plain",
    "rendered_lines",
    "sentences",
    "text_lines",
]

_DRAWN: Final = re.compile(
    "[\u2500-\u259f\u2800-\u28ff\U0001fb00-\U0001fbff\ue000-\uf8ff\U000f0000-\U0010ffff]+"
)
"""Lines, blocks, braille patterns used as dots, and icons of patched fonts: drawn, never read."""
_SHORTCODE: Final = re.compile(r"(?<![\w:]):[a-z][\w+-]+:(?![\w:])")
_TAG: Final = re.compile(r"\[/?[a-zA-Z@$#][^\[\]]*\]|\[/\]")
_CLICK: Final = "@click"
_ENDS: Final = ".!?:…。！？："


class LinkInText(NamedTuple):
    """A part of a text that does something when it is clicked."""

    text: str
    target: str
    """An address, or the Textual action that is run."""
    is_action: bool


def one_line(text: str) -> str:
    """The text on one line, without signs that only draw, shortcodes as the emoji they stand for."""
    if ":" in text:
        text = _SHORTCODE.sub(lambda found: Emoji.replace(found.group()), text)
    return " ".join(_DRAWN.sub(" ", text).split())


def plain(shown: object, *, markup: bool = True) -> str:
    """What a label, title, prompt or cell says, on one line.

    Args:
        shown: Text, content or anything else that Textual shows; None says nothing.
        markup: Whether a str holds Textual's markup.
    """
    return one_line(_letters(shown, markup=markup))


def _letters(shown: object, *, markup: bool) -> str:
    if shown is None:
        return ""
    if isinstance(shown, Content | Text):
        return shown.plain
    if isinstance(shown, str):
        return _without_markup(shown) if markup and "[" in shown else shown
    if isinstance(shown, RichVisual):
        return _letters(private.rich_shown(shown), markup=markup)
    inner = getattr(shown, "renderable", None)  # Rich's Align, Padding, Panel… hold what they show
    if inner is not None and inner is not shown:
        return _letters(inner, markup=markup)
    return _rendered(shown)


def _without_markup(text: str) -> str:
    try:
        return Content.from_markup(text).plain
    except MarkupError:
        return _TAG.sub("", text)


def _rendered(shown: object) -> str:
    """What Rich makes of it, for the tables, rules and groups of which no text can be had otherwise."""
    from rich.console import Console
    from rich.protocol import is_renderable

    if not is_renderable(shown):
        return str(shown)
    console = Console(width=400, color_system=None, force_terminal=False, legacy_windows=False)
    with console.capture() as captured:
        console.print(shown)
    return captured.get()


def sentences(pieces: Iterable[str]) -> str:
    """Pieces of information as one text; each but the last ends like a sentence."""
    wanted = [piece for piece in dict.fromkeys(pieces) if piece]
    ended = (piece if piece[-1] in _ENDS else f"{piece}." for piece in wanted[:-1])
    return " ".join((*ended, *wanted[-1:]))


def text_lines(shown: object, *, markup: bool = True) -> tuple[str, ...]:
    """What ``plain`` gives, but line by line, without lines that say nothing."""
    return _lines(_letters(shown, markup=markup))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(one_line, text.splitlines()) if line)


def rendered_lines(widget: Widget) -> tuple[str, ...]:
    """The lines that one widget itself shows; of what is inside it, nothing.

    Nothing is painted for it, unless the widget paints its own lines.
    """
    if not _renders_at_once(widget):
        return painted_lines(widget)
    if type(widget).render is Widget.render:  # a container, or nothing but the name of its class
        return ()
    visual = private.shown_visual(widget)
    if isinstance(visual, Content):
        return _lines(visual.plain)
    if isinstance(visual, RichVisual):
        return text_lines(private.rich_shown(visual))
    return painted_lines(widget)


def _renders_at_once(widget: Widget) -> bool:
    """Whether the widget renders itself as a whole; else it paints line by line, and renders nothing."""
    kind = type(widget)
    return kind.render_line is Widget.render_line and kind.render_lines is Widget.render_lines


def painted_lines(widget: Widget) -> tuple[str, ...]:
    """The lines that the widget paints, without those that say nothing."""
    size = widget.size
    if not size:
        return ()
    strips = widget.render_lines(Region(0, 0, size.width, size.height))
    return _lines("\n".join(strip.text for strip in strips))


def links_of(widget: Widget) -> Iterable[LinkInText]:
    """The links and clickable words in the text of a widget, in order."""
    if _renders_at_once(widget) and isinstance(visual := private.shown_visual(widget), Content):
        yield from _links_in(visual)


def _links_in(content: Content) -> Iterable[LinkInText]:
    if not any(_target(span.style) for span in content.spans):
        return
    edges = (edge for span in content.spans for edge in (span.start, span.end))
    cuts = sorted({0, len(content.plain), *edges})
    last: tuple[str, bool] | None = None
    words = ""
    for start, end in pairwise(cuts):
        covering = (_target(span.style) for span in content.spans if span.start <= start and span.end >= end)
        target = next((found for found in covering if found), None)
        if target != last:
            if last and one_line(words):
                yield LinkInText(one_line(words), *last)
            last, words = target, ""
        words += content.plain[start:end]
    if last and one_line(words):
        yield LinkInText(one_line(words), *last)


def _target(style: Style | str) -> tuple[str, bool] | None:
    """Where a style leads, and whether that is an action of the app."""
    if isinstance(style, str):
        if "@click" not in style and "link=" not in style:
            return None
        style = Style.parse(style)
    action = style.meta.get(_CLICK)
    if isinstance(action, str):
        return action, True
    return (style.link, False) if style.link else None
