"""What stands around an app: header, footer, keys, help, toasts; hides which of it says anything."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import groupby

from textual.binding import ActiveBinding
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer, Header, HelpPanel, KeyPanel

from barrierfree.semantics import Live, Node, Role, State
from barrierfree.tui import private
from barrierfree.tui.key_words import key_words
from barrierfree.tui.text import plain, rendered_lines
from barrierfree.tui.widgets.kind import Kind, Part, item_key, nothing, shown_children
from barrierfree.wording import _

__all__ = ["KINDS", "commands_of"]


def commands_of(screen: Screen[object], *, hidden: bool = False) -> tuple[Node, ...]:
    """The keys that do something now, those that a footer shows, whether there is a footer or not.

    Args:
        screen: The screen.
        hidden: Also those that no footer shows, but a key panel does.
    """
    shown = [active for active in screen.active_bindings.values() if hidden or active.binding.show]
    wanted = [active for active in shown if not (hidden and active.binding.system)]
    return tuple(
        _command(screen, list(together))
        for _action, together in groupby(wanted, lambda active: (active.node, active.binding.action))
    )


def _command(screen: Screen[object], together: list[ActiveBinding]) -> Node:
    first = together[0]
    binding = first.binding
    tooltip = plain(first.tooltip)
    name = plain(binding.description) or tooltip or plain(binding.action.replace("_", " "), markup=False)
    return Node(
        Role.COMMAND,
        name,
        value=_(", ").join(dict.fromkeys(key_words(active.binding.key) for active in together)),
        states=frozenset() if first.enabled else frozenset({State.DISABLED}),
        description="" if tooltip == name else tooltip,
        actions=("press",) if first.enabled else (),
        key=item_key(screen, ("key", binding.key, binding.action)),
    )


def _footer_key(widget: private.FooterKey) -> Node:
    off = private.footer_key_disabled(widget)
    return Node(
        Role.COMMAND,
        plain(widget.description),
        value=key_words(widget.key),
        states=frozenset({State.DISABLED}) if off else frozenset(),
        actions=() if off else ("press",),
    )


def _press_key(widget: private.FooterKey, _item: Hashable) -> None:
    widget.app.simulate_key(widget.key)


def _footer(_widget: Footer) -> Node:
    return Node(Role.TOOLBAR, _("Keys"))


def _keys_in_panel(widget: KeyPanel) -> Iterable[Part]:
    return commands_of(widget.screen, hidden=True)


def _key_panel(_widget: KeyPanel) -> Node:
    return Node(Role.REGION, _("Keys"))


def _help_panel(_widget: HelpPanel) -> Node:
    return Node(Role.REGION, _("Help"))


def _header(widget: Header) -> Node:
    return Node(
        Role.BANNER,
        plain(widget.screen_title, markup=False),
        value=plain(widget.screen_sub_title, markup=False),
    )


def _clock_in(widget: Header) -> list[Part]:
    return [child for child in shown_children(widget) if isinstance(child, private.HeaderClock)]


def _clock(widget: private.HeaderClock) -> Node:
    return Node(Role.TIMER, value=" ".join(rendered_lines(widget)), live=Live.OFF)


def _icon(widget: private.HeaderIcon) -> Node:
    return Node(Role.BUTTON, plain(widget.tooltip), actions=() if widget.disabled else ("press",))


def _open_palette(widget: private.HeaderIcon, _item: Hashable) -> None:
    widget.call_later(widget.run_action, "app.command_palette")


def _container(_widget: Widget) -> Node:
    return Node(Role.GROUP)


KINDS: dict[type[Widget], Kind] = {
    Header: Kind(_header, inside=_clock_in),
    private.HeaderClock: Kind(_clock, inside=nothing),
    private.HeaderIcon: Kind(_icon, inside=nothing, do={"press": _open_palette}),
    Footer: Kind(_footer),
    private.FooterKey: Kind(_footer_key, inside=nothing, do={"press": _press_key}),
    KeyPanel: Kind(_key_panel, inside=_keys_in_panel),
    HelpPanel: Kind(_help_panel),
    private.ToastRack: Kind(_container, wraps=True),
    private.ToastHolder: Kind(_container, wraps=True),
}
