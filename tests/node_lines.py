"""Nodes as lines that a person can check: role "name" "value" [states] (place) and what else there is."""

from barrierfree.semantics import Position


def dump(node, depth=0):
    """A node and all in it, a line each."""
    lines = [f"{'  ' * depth}{line(node)}"]
    if node.active:
        lines.append(f"{'  ' * depth}  > {line(node.active)}")
    for child in node.children:
        lines += dump(child, depth + 1)
    return lines


def line(node):
    """One node without what is in it."""
    words = [node.role.value]
    if node.role_name:
        words.append(f"“{node.role_name}”")
    if node.name or node.value:
        words.append(f'"{node.name}"')
    if node.value:
        words.append(f"= {node.value!r}")
    if node.fraction is not None:
        words.append(f"{100 * node.fraction:.0f}%")
    if node.states:
        words.append(f"[{', '.join(sorted(state.value for state in node.states))}]")
    if node.position != Position():
        words.append(f"({place(node.position)})")
    if node.editing:
        words.append(editing(node.editing))
    for mark, text in (("→", node.target), ("//", node.description)):
        words += [mark, text] if text else []
    if node.actions:
        words.append(f"{{{' '.join(node.actions)}}}")
    if node.live.value != "off":
        words.append(f"~{node.live.value}")
    return " ".join(words)


def place(position):
    parts = []
    if position.index or position.size:
        parts.append(f"{position.index}/{position.size}")
    if position.level:
        parts.append(f"level {position.level}")
    for what in ("row", "column"):
        number, total = getattr(position, what), getattr(position, f"{what}s")
        if number or total:
            parts.append(f"{what} {number}/{total}")
    headers = [header for header in (position.row_header, position.column_header) if header]
    return ", ".join(parts + headers)


def editing(text):
    """The line with the caret in it, and what is selected."""
    line = f"«{text.line[: text.column]}|{text.line[text.column :]}»"
    if text.rows > 1:
        line += f" line {text.row + 1}/{text.rows}"
    return line + (f" selected «{text.selection}»" if text.selection else "")
