"""A symmetric relationship whose two ends are not alike."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.catalog import RelationshipType
from edgewise.diagnostics import Code, Diagnostic
from edgewise.graph import Graph


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield what keeps a relationship type that is called symmetric from being it."""
    for relationship in graph.relationship_types.values():
        if relationship.symmetric and relationship.sound:
            yield from _misfits(relationship)


def _misfits(relationship: RelationshipType) -> Iterator[Diagnostic]:
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
    if from_.bounds != to.bounds:
        message = f"`{name}` is symmetric but allows {from_.bounds} on `from` and {to.bounds} on `to`"
        help_ = "make both bounds the same"
        yield Diagnostic(Code.SYMMETRIC_DOES_NOT_FIT, message, place.key("cardinality"), help=help_)
