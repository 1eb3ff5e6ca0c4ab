"""The views of a relationship type: its pairs, where they have no table, and those from the other end."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter

from edgewise.catalog import RelationshipType
from edgewise.graph import Graph
from edgewise.walk import Walk
from edgewise_targets.relational.names import Naming, view_suffix
from edgewise_targets.relational.plan import BothWays, Composed, Held, Step, Swapped, View
from edgewise_targets.relational.storage import links
from edgewise_targets.relational.tables import Sentences, paragraphs, told


def views(graph: Graph, relationship: RelationshipType, said: Sentences, naming: Naming) -> Iterator[View]:
    """Yield the views of a relationship type. All pairs of it are in the relation that has its name."""
    name = naming.table(relationship)
    if relationship.is_derived:
        steps = tuple(_step(walk, naming) for walk in graph.steps(relationship))
        with_self = relationship.reflexive or not relationship.is_self
        yield View(name, told(relationship, said), Composed(steps, with_self))
    elif naming.is_column(relationship):
        kept = links(graph, relationship, naming)
        query = Held(kept.table, kept.from_column, kept.to_column)
        yield View(name, told(relationship, said), query)
    suffix = view_suffix(relationship)
    if suffix is None:
        return
    attributes = () if relationship.is_derived else tuple(each.name for each in relationship.attributes)
    other_name = naming.table(relationship, f"_{suffix}")
    if relationship.symmetric:
        both_ways = BothWays(name, attributes, relationship.reflexive, relationship.is_derived)
        yield View(other_name, said[:1], both_ways)
    else:
        comments = (said[1], *paragraphs(relationship.inverse_description))
        yield View(other_name, comments, Swapped(name, attributes))


def derived_in_order(graph: Graph) -> Iterator[RelationshipType]:
    """Yield the derived relationship types, each after those that it is composed of."""
    needs: TopologicalSorter[str] = TopologicalSorter()
    for each in graph.derived:
        used = (step.relationship for step in graph.steps(each))
        needs.add(each.name, *(other.name for other in used if other.is_derived))
    return (graph.relationship_types[name] for name in needs.static_order())


def _step(walk: Walk, naming: Naming) -> Step:
    """Return a step over the pairs that are walked; a symmetric one can be entered by either column."""
    relationship = walk.relationship
    ending = "_both" if relationship.symmetric else ""
    return Step(naming.table(relationship, ending), f"{walk.start.key}_id", f"{walk.arrival.key}_id")
