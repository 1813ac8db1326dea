"""Markdown as headings, paragraphs, lists, tables and links; hides the blocks Textual builds of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from itertools import chain

from textual.widget import Widget
from textual.widgets import Markdown, MarkdownViewer, Welcome
from textual.widgets.markdown import MarkdownBlock, MarkdownTableOfContents

from barrierfree.semantics import Node, Position, Role
from barrierfree.tui import private
from barrierfree.tui.text import one_line, rendered_lines
from barrierfree.tui.widgets.kind import Holder, Kind, Part, item_key, nothing
from barrierfree.tui.widgets.texts import follow_link, link_nodes
from barrierfree.wording import _

__all__ = ["KINDS"]


def _document(_widget: Markdown) -> Node:
    return Node(Role.DOCUMENT)


def _first_heading(widget: Markdown) -> str:
    contents = widget.table_of_contents
    return one_line(contents[0][1]) if contents else ""


def _heading(widget: private.MarkdownHeader) -> Node:
    return Node(Role.HEADING, _words(widget), position=Position(level=widget.LEVEL), actions=("focus",))


def _paragraph(widget: MarkdownBlock) -> Node:
    return Node(Role.PARAGRAPH, _words(widget))


def _words(widget: Widget) -> str:
    return " ".join(rendered_lines(widget))


def _go_to(widget: Widget, _item: Hashable) -> None:
    widget.scroll_visible(top=True, animate=False)


def _links(widget: Widget) -> Iterable[Part]:
    return link_nodes(widget)


def _list(widget: Widget) -> Node:
    return Node(Role.LIST, position=Position(size=len(_rows(widget))))


def _rows(widget: Widget) -> list[Widget]:
    """The items of a list: each a row of a bullet or number and the blocks it stands before."""
    return list(widget.children)


def _list_items(widget: Widget) -> Iterator[Part]:
    rows = _rows(widget)
    for number, row in enumerate(rows, 1):
        blocks = [block for block in row.query(MarkdownBlock) if _nearest_list(block) is widget]
        texts = [block for block in blocks if _is_text(block)]
        words = " ".join(map(_words, texts))
        if isinstance(widget, private.MarkdownOrderedList):
            words = f"{_bullet(row)} {words}"
        item = Node(
            Role.LISTITEM,
            words.strip(),
            position=Position(number, len(rows)),
            children=tuple(chain.from_iterable(map(link_nodes, texts))),
            key=item_key(row, "item"),
        )
        yield Holder(item, [block for block in blocks if not _is_text(block) and block.parent not in blocks])


def _nearest_list(block: Widget) -> Widget | None:
    lists = (private.MarkdownBulletList, private.MarkdownOrderedList)
    return next((one for one in block.ancestors if isinstance(one, lists)), None)


def _is_text(block: MarkdownBlock) -> bool:
    return not isinstance(block, _NO_TEXT)


def _bullet(row: Widget) -> str:
    bullet = next(iter(row.query(private.MarkdownBullet)), None)
    return one_line(str(bullet.symbol)) if bullet else ""


def _quote(_widget: Widget) -> Node:
    return Node(Role.BLOCKQUOTE)


def _code(widget: private.MarkdownFence) -> Node:
    return Node(Role.CODE, value=widget.code.rstrip())


def _separator(_widget: Widget) -> Node:
    return Node(Role.SEPARATOR)


def _table(widget: private.MarkdownTableContent) -> Node:
    return Node(Role.TABLE, position=Position(rows=len(widget.rows), columns=len(widget.headers)))


def _table_rows(widget: private.MarkdownTableContent) -> Iterator[Part]:
    headers = [one_line(header.plain) for header in widget.headers]
    size = Position(rows=len(widget.rows), columns=len(headers))
    titles = tuple(
        Node(
            Role.COLUMNHEADER,
            header,
            position=Position(column=at, columns=size.columns),
            key=item_key(widget, ("column", at)),
        )
        for at, header in enumerate(headers, 1)
    )
    yield Node(Role.ROW, children=titles, key=item_key(widget, "headers"))
    for row, contents in enumerate(widget.rows, 1):
        cells = tuple(
            Node(
                Role.CELL,
                one_line(content.plain),
                position=Position(
                    row=row,
                    rows=size.rows,
                    column=column,
                    columns=size.columns,
                    column_header=headers[column - 1] if column <= len(headers) else "",
                ),
                key=item_key(widget, ("cell", row, column)),
            )
            for column, content in enumerate(contents, 1)
        )
        words = _(", ").join(cell.name for cell in cells if cell.name)
        place = Position(row=row, rows=size.rows)
        yield Node(Role.ROW, words, position=place, children=cells, key=item_key(widget, ("row", row)))


def _container(_widget: Widget) -> Node:
    return Node(Role.GROUP)


_NO_TEXT = (
    private.MarkdownBulletList,
    private.MarkdownOrderedList,
    private.MarkdownBlockQuote,
    private.MarkdownFence,
    private.MarkdownTable,
    private.MarkdownHorizontalRule,
)
_LIST = Kind(_list, inside=_list_items)
_WRAPPER = Kind(_container, wraps=True)

KINDS: dict[type[Widget], Kind] = {
    Markdown: Kind(_document, spare_name=_first_heading),
    MarkdownViewer: _WRAPPER,
    MarkdownTableOfContents: _WRAPPER,
    Welcome: _WRAPPER,
    MarkdownBlock: Kind(_paragraph, inside=_links, do={"press": follow_link}),
    private.MarkdownHeader: Kind(_heading, inside=_links, do={"press": follow_link, "focus": _go_to}),
    private.MarkdownBulletList: _LIST,
    private.MarkdownOrderedList: _LIST,
    private.MarkdownBlockQuote: Kind(_quote),
    private.MarkdownFence: Kind(_code, inside=nothing),
    private.MarkdownHorizontalRule: Kind(_separator, inside=nothing),
    private.MarkdownTable: _WRAPPER,
    private.MarkdownTableContent: Kind(_table, inside=_table_rows),
}
