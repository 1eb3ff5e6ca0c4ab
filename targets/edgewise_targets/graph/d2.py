"""Write the picture in D2, the language of Terrastruct.

Names stand in double quotes, what a manifest says freely in single ones, where nothing has a meaning but the
quote itself: in double ones `${x}` has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from edgewise_targets.graph.diagram import Box, Diagram, Field, Foot, Line

_FEET: dict[Foot, str] = {
    "at most one": "cf-one",
    "exactly one": "cf-one-required",
    "any number": "cf-many",
    "at least one": "cf-many-required",
}
_KEYS = {"PK": " {constraint: primary_key}", "UK": " {constraint: unique}", "": ""}
# Words of the language: a table called so is none where a column with a key is, too, in spite of quotes.
_WORDS = frozenset(
    (
        "animated",
        "bold",
        "class",
        "classes",
        "constraint",
        "direction",
        "fill",
        "filled",
        "font",
        "height",
        "icon",
        "italic",
        "label",
        "layers",
        "left",
        "link",
        "multiple",
        "near",
        "null",
        "opacity",
        "scenarios",
        "shadow",
        "shape",
        "steps",
        "stroke",
        "style",
        "tooltip",
        "top",
        "underline",
        "vars",
        "width",
    )
)
_PALE = "#9aa3ab"
# D2 takes a tooltip for Markdown, and refuses one that opens an element and does not close it.
_TAG = re.compile(r"<(?=[A-Za-z/!?])")


def print_d2(diagram: Diagram) -> str:
    """Return the whole file."""
    return "\n".join(
        (
            "# Made by edgewise from a catalog: change that, not this file.",
            "direction: right",
            *_legend(diagram),
            *map(_print_box, diagram.boxes),
            *(_print_line(line, diagram) for line in diagram.lines),
            "",
        )
    )


def _print_box(box: Box) -> str:
    lines = [f"{_key(box.name)}: {{", "  shape: sql_table"]
    if box.name in _WORDS:
        lines.append(f'  label: "{box.name}"')
    lines += map(_print_field, box.fields)
    if box.told:
        lines.append(f"  tooltip: {_text(box.told)}")
    if box.is_foreign:
        lines.append("  style.stroke-dash: 4")
    if box.is_deprecated:
        lines.append("  style.opacity: 0.5")
    return "\n".join((*lines, "}"))


def _print_field(field: Field) -> str:
    return f'  "{field.name}": {field.type}{_KEYS[field.key]}'


def _key(name: str) -> str:
    """Return how a table is referred to; no name of a catalog begins with `_`."""
    return f'"_{name}"' if name in _WORDS else f'"{name}"'


def _text(text: str) -> str:
    """Put a text on one line: what is in single quotes ends with the line."""
    line = _TAG.sub("< ", " ".join(text.split())).replace("'", "''")
    return f"'{line}'"


def _print_line(line: Line, diagram: Diagram) -> str:
    lines = [
        f'{_key(line.start)} <-> {_key(line.end)}: "{line.names}" {{',
        f"  source-arrowhead{_print_end('' if line.is_exact else line.start_bounds, line.start_foot)}",
        f"  target-arrowhead{_print_end('' if line.is_exact else line.end_bounds, line.end_foot)}",
    ]
    if line.is_derived:
        lines.append("  style.stroke-dash: 4")
    colour = _PALE if line.is_deprecated else diagram.colours.get(line.group or "")
    if colour is not None:
        lines += (f'  style.stroke: "{colour}"', f'  style.font-color: "{colour}"')
    return "\n".join((*lines, "}"))


def _print_end(bounds: str, foot: Foot) -> str:
    return f': "{bounds}" {{shape: {_FEET[foot]}}}' if bounds else f".shape: {_FEET[foot]}"


def _legend(diagram: Diagram) -> Iterator[str]:
    """Say which colour is which group; older versions of D2 than 0.7 draw no legend."""
    if diagram.colours:
        yield "vars: {\n  d2-legend: {"
        yield '    "a": {style.opacity: 0}\n    "b": {style.opacity: 0}'
        for group, colour in diagram.colours.items():
            yield f'    "a" -- "b": "{group}" {{style.stroke: "{colour}"}}'
        yield "  }\n}"
