"""Write the picture in Mermaid's language (`erDiagram`).

Every text in it is a name of the catalog or made here: none of a manifest's free text can become syntax,
and Mermaid has no place for what is shown only to whoever points there.
Names of boxes stand in quotes, since `class`, `one` and `to` are words of the language.
"""

from __future__ import annotations

from edgewise_targets.graph.diagram import Diagram, Field, Foot, Line

_LEFT: dict[Foot, str] = {"at most one": "|o", "exactly one": "||", "any number": "}o", "at least one": "}|"}
_RIGHT: dict[Foot, str] = {"at most one": "o|", "exactly one": "||", "any number": "o{", "at least one": "|{"}
# The lexer takes these for marks of keys, in small letters too, and knows no quotes here.
_MARKS = frozenset(("pk", "fk", "uk"))


def print_mermaid(diagram: Diagram) -> str:
    """Return the whole file."""
    lines = ["%% Made by edgewise from a catalog: change that, not this file.", "erDiagram"]
    for box in diagram.boxes:
        lines.append(f'    "{box.name}" {{')
        lines += map(_print_field, box.fields)
        lines.append("    }")
    lines += (f"    {print_line(line)}" for line in diagram.lines)
    return "\n".join((*lines, ""))


def _print_field(field: Field) -> str:
    key = f" {field.key}" if field.key else ""
    if field.name in _MARKS:
        return f'        {field.type} _{field.name}{key} "{field.name}"'
    return f"        {field.type} {field.name}{key}"


def print_line(line: Line) -> str:
    """Return one relationship type with its crow's feet, and the bounds where those cannot show them."""
    feet = f"{_LEFT[line.start_foot]}{'..' if line.is_derived else '--'}{_RIGHT[line.end_foot]}"
    bounds = "" if line.is_exact else f" ({line.start_bounds} to {line.end_bounds})"
    return f'"{line.start}" {feet} "{line.end}" : "{line.names}{bounds}"'
