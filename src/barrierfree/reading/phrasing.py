"""What is said about a thing, and about a change of it; hides order, silence and the words themselves.

The order is the one listeners stop earliest in: what was newly entered, name, kind, what is in it, states,
what helps, and where it is.

    >>> describe(Node(Role.CHECKBOX, "Tea", states=frozenset({State.CHECKED}))).text
    'Tea, check box, checked'
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from barrierfree.reading.joining import Piece, in_language, joined, one_line
from barrierfree.reading.places import container_size, headers, place_words
from barrierfree.reading.role_words import SILENT, kind_words, role_name, state_words
from barrierfree.reading.settings import ReadingSettings, Verbosity
from barrierfree.semantics import Node, Role, State
from barrierfree.speech.utterance import Part, Utterance
from barrierfree.wording import _, ngettext

__all__ = [
    "Reason",
    "describe",
    "describe_change",
    "dialog_text",
    "is_dialog",
    "percent",
    "role_name",
    "value_words",
]

DIALOGS: Final = frozenset({Role.DIALOG, Role.ALERTDIALOG})
_TEXT_FIELDS: Final = frozenset({Role.TEXTBOX, Role.SEARCHBOX, Role.SPINBUTTON})
_TABLES: Final = frozenset({Role.TABLE, Role.GRID})
_NAMELESS_TOLD: Final = DIALOGS | {Role.LIST, Role.TABLE, Role.GRID, Role.TREE, Role.MENU, Role.TOOLBAR}
"""Containers worth telling by their kind alone."""
_PROSE: Final = frozenset(
    {
        Role.TEXT,
        Role.PARAGRAPH,
        Role.HEADING,
        Role.ALERT,
        Role.STATUS,
        Role.BLOCKQUOTE,
        Role.CODE,
        Role.LISTITEM,
    }
)
_READ_ON_THEIR_OWN: Final = frozenset(
    {Role.LISTBOX, Role.GRID, Role.TABLE, Role.TREE, Role.LOG, Role.MENU, Role.TABPANEL, Role.COMMAND}
)
_MOST_OF_A_DIALOG: Final = 600
"""Characters of a dialog's text that are read without being asked for."""
_OBVIOUS: Final = frozenset({"press", "toggle", "expand", "collapse", "focus", "select"})


class Reason(StrEnum):
    """Why something is described."""

    FOCUS = "focus"
    """The keys are on it now."""
    CHANGE = "change"
    """It changed by itself: its content, not its kind."""
    QUERY = "query"
    """The user asked what it is: everything."""
    SAY_ALL = "say-all"
    """It is read with all around it: no places, nothing that only helps to operate it."""
    REVIEW = "review"
    """The user looks at it without going there."""


def describe(
    node: Node,
    reason: Reason = Reason.FOCUS,
    settings: ReadingSettings = ReadingSettings(),  # noqa: B008  frozen
    *,
    within: Sequence[Node] = (),
    since: Node | None = None,
) -> Utterance:
    """What is said about a thing.

    Args:
        node: The thing.
        reason: Why it is said; a query says everything, whatever the verbosity.
        settings: How much is said.
        within: Groups and dialogs newly entered, the outermost first.
        since: What was described before it in the same list, table or tree: what they share (the row, a
            header, the level) is not said again.

    Returns:
        An utterance of NORMAL priority; empty when there is nothing to say.
    """
    return Utterance(*_described(node, reason, settings, within, since), reason=reason.value)


def describe_change(before: Node, after: Node, settings: ReadingSettings) -> Utterance | None:
    """What is news about a thing that was described before; None when nothing is."""
    from barrierfree.reading.changing import change_parts  # which describes active items with this module

    parts = change_parts(before, after, settings)
    return Utterance(*parts, reason=Reason.CHANGE.value) if parts else None


def is_dialog(node: Node) -> bool:
    """Whether it stands before everything else, with a text of its own."""
    return node.role in DIALOGS or State.MODAL in node.states


def percent(fraction: float) -> str:
    """How far it is; the voice reads the sign."""
    return f"{round(100 * min(max(fraction, 0.0), 1.0))}%"


def value_words(node: Node, *, whole: bool = False) -> str:
    """What is in it, or chosen in it; of a password how long it is, of a text the line the caret is in.

    Args:
        node: The thing.
        whole: All of a text rather than a line, where the node knows it.
    """
    editing = node.editing
    if State.PROTECTED in node.states:
        count = len(editing.line) if editing else 0
        return (
            ngettext("{number} character", "{number} characters", count).format(number=count) if count else ""
        )
    several = State.MULTILINE in node.states or (editing is not None and editing.rows > 1)
    if editing and (not node.value or (several and not whole)):
        return one_line(editing.line)
    if node.role is Role.LOG and not whole:
        return one_line(node.value.rstrip().rpartition("\n")[2])
    if not node.value and node.fraction is not None:
        return percent(node.fraction)
    return one_line(node.value)


def dialog_text(node: Node) -> str:
    """What a dialog says: its text, without its controls and their labels, cut after a few sentences."""
    controls = {one.name for one in node.walk() if one.role not in _PROSE and one is not node}
    texts: list[str] = []
    length = 0
    waiting = list(reversed(node.children))
    while waiting and length < _MOST_OF_A_DIALOG:
        one = waiting.pop()
        text = one_line(one.name or one.value)
        says_something = any(map(str.isalnum, text))  # and is no mere sign beside a field
        if one.role in _PROSE and says_something and text != node.name and text.rstrip(":：") not in controls:
            texts.append(text)
            length += len(text)
        elif one.role not in _READ_ON_THEIR_OWN:
            waiting.extend(reversed(one.children))
    return "".join(part for part in joined(texts) if isinstance(part, str))


def _described(
    node: Node, reason: Reason, settings: ReadingSettings, within: Sequence[Node], since: Node | None
) -> tuple[Part, ...]:
    if reason is Reason.CHANGE:
        return joined([_name(node), in_language(_own_value(node), node.language)])
    if reason is Reason.QUERY:
        settings = replace(settings, verbosity=Verbosity.FULL)
    pieces: list[Piece] = []
    for container in within:
        pieces += _entered(container, settings)
    pieces += _pieces(node, reason, settings, since)
    if node.active:
        pieces += _pieces(node.active, reason, settings, None)
    return joined(pieces)


def _entered(node: Node, settings: ReadingSettings) -> Iterator[Piece]:
    """A container that was newly entered; nothing where it would only be noise."""
    dialog = is_dialog(node)
    if settings.verbosity is Verbosity.PLAIN and not dialog:
        return
    if not node.name and node.role not in _NAMELESS_TOLD:
        return
    yield _name(node)
    yield _kind(node, full=False)
    if dialog:
        yield dialog_text(node)
    elif settings.verbosity is not Verbosity.PLAIN:
        yield container_size(node)


def _pieces(node: Node, reason: Reason, settings: ReadingSettings, since: Node | None) -> Iterator[Piece]:
    full, plain = settings.verbosity is Verbosity.FULL, settings.verbosity is Verbosity.PLAIN
    helping = (reason is Reason.FOCUS and not plain) or reason is Reason.QUERY
    if not plain:
        for header in headers(node, since):
            yield in_language(one_line(header), node.language)
    name = _name(node)
    yield name or _stand_in(node, asked=reason in (Reason.FOCUS, Reason.QUERY))
    if not (reason is Reason.SAY_ALL and node.role in (Role.DOCUMENT, Role.LOG, Role.REGION, Role.GROUP)):
        yield _kind(node, full=full)
    yield in_language(_own_value(node, whole=reason is Reason.SAY_ALL), node.language)
    yield _selected(node) if reason is not Reason.SAY_ALL else None
    if helping and _is_blank(node):
        yield _("blank")
    yield from state_words(node, full=full)
    if State.INVALID in node.states:
        yield _help(node)
    if is_dialog(node) and reason in (Reason.FOCUS, Reason.QUERY):
        yield dialog_text(node)
    if reason is Reason.QUERY or (full and reason is not Reason.SAY_ALL):
        yield from _more(node, reason)
    if helping:
        yield from place_words(node, since, full=full)
    elif reason is Reason.REVIEW and not plain:
        yield from place_words(replace(node, position=replace(node.position, index=0)), since)
    if helping and not node.active:
        yield container_size(node)
    if helping and name and State.INVALID not in node.states:
        yield _help(node)


def _name(node: Node) -> Part | None:
    return in_language(one_line(node.name), node.language) if node.name.strip() else None


def _stand_in(node: Node, *, asked: bool) -> Part | None:
    """What serves as a name where there is none."""
    if node.description.strip():
        return in_language(one_line(node.description), node.language)
    if not asked:
        return None
    nothing = not (node.value or node.editing or node.active or node.position.index or node.position.row)
    return _("unlabelled") if nothing and node.role in SILENT and not node.role_name else None


def _kind(node: Node, *, full: bool) -> str:
    """The word for its kind, where that is not clear from its name or from the item inside it."""
    if node.role in SILENT and not node.role_name and not full:
        return ""
    if node.role is Role.TABLIST and node.active and not full:
        return ""
    words = kind_words(node)
    if node.role is Role.HEADING and node.position.level:
        words = _("heading level {number}").format(number=node.position.level)
    elif not full and words and node.name.casefold().endswith(words.casefold()):
        return ""
    return words


def _own_value(node: Node, *, whole: bool = False) -> str:
    """What is in it, unless that is its name already."""
    value = value_words(node, whole=whole)
    return "" if value == one_line(node.name) else value


def _selected(node: Node) -> str | None:
    """What is selected in a text."""
    if not node.editing or State.PROTECTED in node.states or not node.editing.selection:
        return None
    selection = one_line(node.editing.selection)
    if selection == value_words(node):
        return _("selected")
    if len(selection) > 200:  # noqa: PLR2004  more is not listened to
        count = len(node.editing.selection)
        return ngettext("{number} character selected", "{number} characters selected", count).format(
            number=count
        )
    return _("{text} selected").format(text=selection)


def _is_blank(node: Node) -> bool:
    return node.role in _TEXT_FIELDS and not value_words(node)


def _help(node: Node) -> Part | None:
    """What helps beyond the name, if it is more than that."""
    text = one_line(node.description)
    if not text or text in (one_line(node.name), one_line(node.value)):
        return None
    return in_language(text, node.language)


def _more(node: Node, reason: Reason) -> Iterator[str]:
    """What only those hear who want to hear everything."""
    if node.target and node.role in (Role.LINK, Role.IMG):
        yield one_line(node.target)
    editing = node.editing
    if editing and State.PROTECTED not in node.states:
        if editing.rows > 1:
            yield _("line {number} of {total}").format(number=editing.row + 1, total=editing.rows)
        if reason is Reason.QUERY:
            yield _("column {number}").format(number=editing.column + 1)
    actions = [action for action in node.actions if action not in _OBVIOUS]
    if reason is Reason.QUERY and actions:
        yield _("you can: {actions}").format(actions=_(", ").join(map(one_line, actions)))
