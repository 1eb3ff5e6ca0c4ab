"""Parts of a graph for people to look at: what is kept, what is of a group, what is near to something.

A derived relationship type stays where its ends do, also without those it is composed of: a part is for
pictures, and no target is asked to emit one. What has to stay whole is `graph.without`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.graph import Graph

Keeps = Callable[[ObjectType | RelationshipType], bool]


def kept(graph: Graph, keeps: Keeps) -> Graph:
    """Return what is kept of a graph, less the relationship types that would lack an end."""
    object_types = {name: each for name, each in graph.object_types.items() if keeps(each)}
    relationship_types = {
        name: each
        for name, each in graph.relationship_types.items()
        if keeps(each) and each.from_.object_type in object_types and each.to.object_type in object_types
    }
    if len(object_types) == len(graph.object_types) and len(relationship_types) == len(
        graph.relationship_types
    ):
        return graph  # what is known of it already stays known
    return replace(graph, object_types=object_types, relationship_types=relationship_types)


def of_group(graph: Graph, group: str) -> Graph:
    """Return the relationship types of a group and the object types at their ends."""
    return _related(graph, _chosen(graph, group))


def around(graph: Graph, name: str, depth: int, group: str | None = None) -> Graph:
    """Return what is at most `depth` relationship types away from an object type or from both ends of one.

    One goes along a relationship type from either end, also where it has no name from there. Those that only
    relate what is farthest away to one another are one more away. With a group one goes along its
    relationship types alone.
    """
    chosen = _chosen(graph, group)
    starts = {name} & graph.object_types.keys()
    if name in graph.relationship_types:
        starts.update(end.object_type for end in graph.relationship_types[name].ends)
    nearer = _reached(chosen.values(), starts, depth - 1) if depth else frozenset()
    near = {
        key: each
        for key, each in chosen.items()
        if key == name or each.from_.object_type in nearer or each.to.object_type in nearer
    }
    return _related(graph, near, besides=starts)


def _chosen(graph: Graph, group: str | None) -> Mapping[str, RelationshipType]:
    if group is None:
        return graph.relationship_types
    return {name: each for name, each in graph.relationship_types.items() if each.group == group}


def _related(
    graph: Graph, relationship_types: Mapping[str, RelationshipType], besides: Collection[str] = ()
) -> Graph:
    """Return some relationship types of a graph with the object types at their ends, and some more."""
    ends = {end.object_type for each in relationship_types.values() for end in each.ends}.union(besides)
    object_types = {name: each for name, each in graph.object_types.items() if name in ends}
    return replace(graph, object_types=object_types, relationship_types=relationship_types)


def _reached(relationships: Iterable[RelationshipType], starts: Collection[str], hops: int) -> frozenset[str]:
    """Return the object types that so many hops lead to, and those on the way."""
    beside: dict[str, set[str]] = {}
    for each in relationships:
        from_, to = (end.object_type for end in each.ends)
        beside.setdefault(from_, set()).add(to)
        beside.setdefault(to, set()).add(from_)
    reached = last = frozenset(starts)
    for _ in range(hops):
        last = frozenset[str]().union(*(beside.get(name, ()) for name in last)) - reached
        if not last:
            break
        reached |= last
    return reached
