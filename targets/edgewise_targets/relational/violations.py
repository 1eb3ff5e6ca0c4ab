"""The questions to the data that find what breaks a declared rule, whether or not the database holds it."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.catalog import RelationshipType
from edgewise.graph import Graph
from edgewise_targets.relational.columns import key_column
from edgewise_targets.relational.dialect import Dialect
from edgewise_targets.relational.limits import are_keys_enough, limits
from edgewise_targets.relational.names import Naming
from edgewise_targets.relational.plan import (
    Cyclic,
    Dangling,
    Disordered,
    Miscounted,
    OneSided,
    Ordered,
    SelfLinked,
    TooMany,
    Violation,
)
from edgewise_targets.relational.storage import links


def violations(
    graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect
) -> Iterator[Violation]:
    """Yield the questions about one relationship type."""
    name, pairs = relationship.name, naming.table(relationship)
    object_type = relationship.from_.object_type
    if relationship.is_derived:
        if relationship.symmetric:
            yield OneSided(name, object_type, pairs)
    else:
        yield from _miscounted(graph, relationship, naming, dialect)
        yield from _dangling(graph, relationship, naming)
        if relationship.symmetric:
            key = graph.object_type(relationship.to).id
            order = Ordered((key_column("from_id", key), key_column("to_id", key)), relationship.reflexive)
            yield Disordered(name, object_type, pairs, order)
        elif relationship.is_self and not relationship.reflexive:
            yield SelfLinked(name, object_type, pairs)
    if relationship.acyclic:
        yield Cyclic(name, object_type, pairs)


def _miscounted(
    graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect
) -> Iterator[Miscounted | TooMany]:
    """Ask once for each record that is counted: for too few and too many of its links at the same time."""
    if are_keys_enough(relationship):
        return
    open_ = [
        each
        for each in limits(graph, relationship, naming, dialect)
        if each.enforced_by in {"trigger", "query"}
    ]
    for end in relationship.ends:
        found = {each.kind: each for each in open_ if each.end == end}
        if not found:
            continue
        counted = relationship.other(end)
        pairs = naming.table(relationship, "_both" if relationship.symmetric else "")
        asked = (relationship.name, counted.object_type, pairs, f"{counted.key}_id")
        most = found["max"].number if "max" in found else None
        if "min" in found:
            records, least = naming.table(graph.object_type(counted)), found["min"].number
            yield Miscounted(*asked, records, least, most, end.bounds)
        elif most is not None:
            yield TooMany(*asked, most, end.bounds)


def _dangling(graph: Graph, relationship: RelationshipType, naming: Naming) -> Iterator[Dangling]:
    pairs = naming.table(relationship)
    holder = links(graph, relationship, naming).holder if naming.is_column(relationship) else None
    for end in relationship.ends:
        object_type = graph.object_type(end)
        if end != holder and not object_type.external:
            records = naming.records(object_type)
            yield Dangling(relationship.name, end.object_type, pairs, f"{end.key}_id", records)
