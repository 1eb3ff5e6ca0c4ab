"""Write the picture in the language of Graphviz: `dot -Tsvg catalog.dot` draws it.

What a manifest says freely is only shown to whoever points at a box or line, all else are names of the
catalog. Names stand in quotes, since `node` and `graph` are words of the language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from edgewise_targets.graph.diagram import Box, Diagram, Field, Foot, Line

_FEET: dict[Foot, str] = {
    "at most one": "teeodot",
    "exactly one": "teetee",
    "any number": "crowodot",
    "at least one": "crowtee",
}
_MOST_LOOPS = 1
"""Of more lines from a box to itself, each is a row inside of it: Graphviz draws them through each other."""
_INK = "#3a4652"
_PALE = "#9aa3ab"
_HEAD = """\
// Made by edgewise from a catalog: change that, not this file. Draw it with: dot -Tsvg catalog.dot
digraph catalog {
  graph [rankdir=LR nodesep=0.4 ranksep=0.9 pad=0.3 fontname="Helvetica" fontsize=10]
  node [shape=plain fontname="Helvetica" fontsize=11 fontcolor="#1d252c"]
  edge [dir=both color="#3a4652" fontcolor="#3a4652" fontname="Helvetica" fontsize=10]
"""
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", ""), ("\n", "&#10;"))
# Graphviz reads entities first, and then its own escapes, as `\n` and `\N`: twice, but for a cell of a table.
_BACKSLASH = "&#92;" * 4
_BACKSLASH_IN_CELL = "&#92;" * 2


def print_dot(diagram: Diagram) -> str:
    """Return the whole file."""
    loops = _loops(diagram)
    lines = [each for each in diagram.lines if each.start != each.end or each.start not in loops]
    return "\n".join(
        (
            _HEAD,
            *(_print_box(box, loops.get(box.name, ()), diagram) for box in diagram.boxes),
            "",
            *(_print_line(line, diagram) for line in lines),
            *_legend(diagram, has_dashes=any(line.is_derived for line in lines)),
            "}\n",
        )
    )


def _loops(diagram: Diagram) -> Mapping[str, Sequence[Line]]:
    """Return the lines from a box to itself, by its name, where they would hide each other."""
    loops: dict[str, list[Line]] = {}
    for line in diagram.lines:
        if line.start == line.end:
            loops.setdefault(line.start, []).append(line)
    return {name: several for name, several in loops.items() if len(several) > _MOST_LOOPS}


# ---- boxes ----


def _print_box(box: Box, loops: Sequence[Line], diagram: Diagram) -> str:
    tooltip = _tooltip(box.told or box.name)
    style = ' style="dashed"' if box.is_foreign else ""
    colour = _PALE if box.is_deprecated else _INK
    rows = [_print_head(box), *map(_print_field, box.fields)]
    if loops:
        rows += ("<hr/>", *(_print_loop(line, diagram) for line in loops))
    font = f' fontcolor="{colour}"' if box.is_deprecated else ""
    between = "\n    "
    return (
        f'  "{box.name}" [tooltip={tooltip}{font} label=<\n'
        f'    <table border="1" cellborder="0" cellspacing="0" cellpadding="4" color="{colour}"{style}>\n'
        f"    {between.join(rows)}{between}</table>>]"
    )


def _print_head(box: Box) -> str:
    name = f"<b>{box.name}</b>"
    if box.is_deprecated:
        name = f"<s>{name}</s>"
    if box.is_foreign:
        name += '<br/><font point-size="9"><i>external</i></font>'
    fill = "#eef0f2" if box.is_deprecated or box.is_foreign else "#d6e4f0"
    return f'<tr><td colspan="3" bgcolor="{fill}">{name}</td></tr>'


def _print_field(field: Field) -> str:
    return (
        f'<tr><td align="left">{field.name}</td><td align="left">{field.type}</td>'
        f'<td align="right">{field.key}</td></tr>'
    )


def _print_loop(line: Line, diagram: Diagram) -> str:
    """Return a row that stands for a line; Graphviz only has a tooltip for one that leads somewhere."""
    derived = ", derived" if line.is_derived else ""
    said = f"{line.names} ({line.start_bounds} to {line.end_bounds}{derived})"
    colour = _colour(line, diagram) or _INK
    return (
        f'<tr><td colspan="3" align="left" target="_self" tooltip={_tooltip(line.told, _BACKSLASH_IN_CELL)}>'
        f'<font color="{colour}">{said}</font></td></tr>'
    )


# ---- lines ----


def _print_line(line: Line, diagram: Diagram) -> str:
    tooltip = _tooltip(line.told)
    bounds = "" if line.is_exact else f"&#10;({line.start_bounds} to {line.end_bounds})"
    parts = [
        f'label="{line.names}{bounds}" arrowtail={_FEET[line.start_foot]} arrowhead={_FEET[line.end_foot]}',
        f"tooltip={tooltip} labeltooltip={tooltip}",
    ]
    if line.is_derived:
        parts.append("style=dashed")
    colour = _colour(line, diagram)
    if colour is not None:
        parts.append(f'color="{colour}" fontcolor="{colour}"')
    return f'  "{line.start}" -> "{line.end}" [{" ".join(parts)}]'


def _colour(line: Line, diagram: Diagram) -> str | None:
    return _PALE if line.is_deprecated else diagram.colours.get(line.group or "")


# ---- the legend ----


def _legend(diagram: Diagram, *, has_dashes: bool) -> Iterator[str]:
    """Say which colour is which group, and what is dashed or pale, as far as the picture has such."""
    rows = [(f' bgcolor="{colour}"', "", group) for group, colour in diagram.colours.items()]
    if has_dashes:
        rows.append(("", "- - -", "derived"))
    drawn: tuple[Box | Line, ...] = (*diagram.boxes, *diagram.lines)
    if any(each.is_deprecated for each in drawn):
        rows.append((f' bgcolor="{_PALE}"', "", "deprecated"))
    if rows:
        yield ""
        yield '  labelloc=b labeljust=l label=<\n    <table border="0" cellspacing="4" cellpadding="1">'
        for colour, sign, meaning in rows:
            swatch = f'<td width="24"{colour}>{sign}</td>'
            yield f'    <tr>{swatch}<td align="left">{meaning}</td></tr>'
        yield "    </table>>"


def _tooltip(text: str, backslash: str = _BACKSLASH) -> str:
    """Return what is shown to whoever points there, with nothing in it that has a meaning."""
    for plain, written in (*_ESCAPES, ("\\", backslash)):
        text = text.replace(plain, written)
    return f'"{text}"'
