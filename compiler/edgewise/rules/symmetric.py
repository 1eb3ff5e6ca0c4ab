"""A symmetric relationship whose two ends are not alike."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.catalog import RelationshipType
from edgewise.diagnostics import Code, Diagnostic
from edgewise.graph import Graph
from edgewise.sentences import brief, count


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield what keeps a relationship type that is called symmetric from being it."""
    for relationship in graph.relationship_types.values():
        if relationship.symmetric and relationship.name not in graph.doubtful:
            yield from _misfits(graph, relationship)


def _misfits(graph: Graph, relationship: RelationshipType) -> Iterator[Diagnostic]:
    name, place = relationship.name, relationship.place
    from_, to = relationship.ends
    if not relationship.is_self:
        message = f"`{name}` is symmetric but leads from `{from_.object_type}` to `{to.object_type}`"
        help_ = "a relationship that is the same from both ends has the same object type at both"
        yield Diagnostic(Code.SYMMETRIC_DOES_NOT_FIT, message, place.key("symmetric"), help=help_)
        return  # what else differs between two object types is no mistake of its own
    if relationship.inverse is not None:
        message = f"`{name}` is symmetric and has an inverse"
        help_ = "take `inverse` out: seen from the other end it has the same name"
        yield Diagnostic(Code.SYMMETRIC_DOES_NOT_FIT, message, place.key("inverse"), help=help_)
    if from_.bounds != to.bounds and relationship.is_derived:
        ahead, back = (count(end.bounds, brief(graph.object_type(end))) for end in (to, from_))
        message = f"`{name}` is symmetric but its steps lead to {ahead}, and walked backwards to {back}"
        help_ = "take `symmetric` out, or name steps that are the same from either end"
        yield Diagnostic(Code.SYMMETRIC_DOES_NOT_FIT, message, place.key("symmetric"), help=help_)
    elif from_.bounds != to.bounds:
        message = f"`{name}` is symmetric but allows {from_.bounds} on `from` and {to.bounds} on `to`"
        help_ = "make both bounds the same"
        yield Diagnostic(Code.SYMMETRIC_DOES_NOT_FIT, message, place.key("cardinality"), help=help_)
