"""An object type or a relationship type that nobody has described."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.diagnostics import Code, Diagnostic
from edgewise.graph import Graph


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield every declaration without a description."""
    for object_type in graph.object_types.values():
        if not object_type.built_in:
            yield from _check(object_type, "object type")
    for relationship in graph.relationship_types.values():
        yield from _check(relationship, "relationship type")


def _check(declaration: ObjectType | RelationshipType, word: str) -> Iterator[Diagnostic]:
    if declaration.description is None and declaration.sound:
        message = f"{word} `{declaration.name}` has no description"
        help_ = "say in a sentence what it means: APIs, databases and people will read it"
        yield Diagnostic(Code.NO_DESCRIPTION, message, declaration.place, help=help_)
