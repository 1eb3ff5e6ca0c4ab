"""`reflexive` or `acyclic` on a relationship type that cannot be either."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.catalog import RelationshipType
from edgewise.diagnostics import Code, Diagnostic
from edgewise.graph import Graph
from edgewise.walk import reads_the_same


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield every `reflexive` or `acyclic` that its relationship type contradicts."""
    for relationship in graph.relationship_types.values():
        if (relationship.reflexive or relationship.acyclic) and relationship.name not in graph.doubtful:
            yield from _misfits(graph, relationship)


def _misfits(graph: Graph, relationship: RelationshipType) -> Iterator[Diagnostic]:
    name, place = relationship.name, relationship.place
    code = Code.REFLEXIVE_OR_ACYCLIC_DOES_NOT_FIT
    stated = [key for key in ("reflexive", "acyclic") if getattr(relationship, key)]
    if not relationship.is_self:
        from_, to = (end.object_type for end in relationship.ends)
        for key in stated:
            message = f"`{name}` cannot be {key}: it leads from `{from_}` to `{to}`"
            yield Diagnostic(code, message, place.key(key), help=f"take `{key}` out: it needs `from` = `to`")
    elif relationship.acyclic and (relationship.symmetric or relationship.reflexive):
        other = "symmetric" if relationship.symmetric else "reflexive"
        message = f"`{name}` cannot be acyclic and {other}"
        back = "every link leads back at once" if relationship.symmetric else "a link to itself is a cycle"
        yield Diagnostic(
            code, message, place.key("acyclic"), back, f"take one of the two out, `acyclic` or `{other}`"
        )
    elif relationship.acyclic and relationship.is_derived and reads_the_same(graph.steps(relationship)):
        message = f"`{name}` cannot be acyclic: its steps are the same from either end"
        help_ = "take `acyclic` out; such a type is `symmetric`"
        yield Diagnostic(code, message, place.key("acyclic"), "every way leads back too", help_)
