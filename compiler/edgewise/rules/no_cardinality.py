"""A relationship type that does not say how many."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.diagnostics import Code, Diagnostic
from edgewise.graph import Graph


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield every stored relationship type without a cardinality."""
    for relationship in graph.stored:
        if not relationship.stated_cardinality and relationship.sound:
            yield Diagnostic(
                Code.NO_CARDINALITY,
                f"`{relationship.name}` does not say how many, so any number is allowed on both sides",
                relationship.place,
                "has no `cardinality`",
                "write `cardinality: many_to_many` if that is meant, else another word or two bounds",
            )
