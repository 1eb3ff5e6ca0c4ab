"""The graph to requests: every declaration of it, in the dialect's words or with the reason why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.graph import Graph
from edgewise.target import Loss, Options, losses
from edgewise_targets.dialect.keys import short
from edgewise_targets.dialect.losses import Tolerance, tolerance
from edgewise_targets.dialect.model import Dialect, LeftOut, Link, Request, Sent, Stated, Thing

Overrides = Callable[[ObjectType | RelationshipType], Stated | None]


class Lowering(NamedTuple):
    """What becomes of each declaration, sorted by name; `keys` are the vendor's of object types.

    `tolerance` is what the project says of losses, `tolerances` what single relationship types say.
    """

    object_types: list[tuple[ObjectType, Sent]]
    relationship_types: list[tuple[RelationshipType, Sent | LeftOut]]
    keys: Mapping[str, str]
    tolerance: Tolerance
    tolerances: Mapping[str, Tolerance]

    @property
    def sent(self) -> Iterator[tuple[RelationshipType, Sent]]:
        """The relationship types that are not left out."""
        return ((each, outcome) for each, outcome in self.relationship_types if isinstance(outcome, Sent))

    def accepts(self, relationship: RelationshipType) -> Tolerance:
        """Return which losses of a relationship type are accepted, and what others weigh."""
        return self.tolerances.get(relationship.name, self.tolerance)


def lower(graph: Graph, dialect: Dialect, overrides: Overrides, options: Options) -> Lowering:
    """Say the whole graph in a dialect; `overrides` is what a declaration states for it."""
    things = list(things_of(graph, dialect, overrides))
    keys = {thing.object_type.name: thing.key for thing in things}
    projects = tolerance(options, Tolerance())
    return Lowering(
        [(thing.object_type, _object_type(thing, dialect)) for thing in things],
        [(each, _relationship(each, graph, dialect, keys, overrides, options)) for each in _sorted(graph)],
        keys,
        projects,
        _tolerances(graph, overrides, projects),
    )


def _sorted(graph: Graph) -> list[RelationshipType]:
    return [graph.relationship_types[name] for name in sorted(graph.relationship_types)]


def things_of(graph: Graph, dialect: Dialect, overrides: Overrides) -> Iterator[Thing]:
    """Yield every object type that is not left out, sorted by name."""
    keys: dict[str, str] = {}
    neighbours = cache(lambda: _neighbours(graph, keys, overrides))
    for name in sorted(graph.object_types):
        object_type = graph.object_types[name]
        stated = overrides(object_type)
        if stated is None or (dialect.only_named and not stated):
            continue
        own_name = name if name in dialect.external_types else object_type.identifier
        keys[name] = stated.get(dialect.name_key, own_name)
        yield Thing(object_type, stated, keys[name], neighbours)


def _neighbours(graph: Graph, keys: Mapping[str, str], overrides: Overrides) -> Mapping[str, frozenset[str]]:
    """Return the keys of what each object type is related with; to be asked once `keys` is complete."""
    found: dict[str, set[str]] = {}
    for relationship in graph.relationship_types.values():
        from_, to = relationship.from_.object_type, relationship.to.object_type
        if from_ in keys and to in keys and overrides(relationship) is not None:
            found.setdefault(from_, set()).add(keys[to])
            found.setdefault(to, set()).add(keys[from_])
    return {name: frozenset(each) for name, each in found.items()}


def _tolerances(graph: Graph, overrides: Overrides, otherwise: Tolerance) -> dict[str, Tolerance]:
    return {
        name: tolerance(overrides(each) or {}, otherwise)
        for name, each in graph.relationship_types.items()
        if each.targets
    }


def _object_type(thing: Thing, dialect: Dialect) -> Sent:
    if dialect.object_request is None or thing.key in dialect.own_types:
        return Sent()
    return dialect.object_request(thing)


def _relationship(  # noqa: PLR0917 - what is said, and all that it depends on
    relationship: RelationshipType,
    graph: Graph,
    dialect: Dialect,
    keys: Mapping[str, str],
    overrides: Overrides,
    options: Options,
) -> Sent | LeftOut:
    stated = overrides(relationship) if relationship.targets else {}
    if stated is None:
        return LeftOut(f"`targets: {{{dialect.name}: false}}` says so", wished=True)
    from_, to = keys.get(relationship.from_.object_type), keys.get(relationship.to.object_type)
    if from_ is None or to is None:
        if dialect.only_named:
            return LeftOut(unnamed(dialect), f"say so there: `targets: {{{dialect.name}: ...}}`")
        missing = relationship.from_ if from_ is None else relationship.to
        return LeftOut(f"the object type `{missing.object_type}` is left out of {dialect.vendor}")
    return dialect.relationship_requests(Link(relationship, stated, from_, to, graph, options))


def unnamed(dialect: Dialect) -> str:
    """Say why a relationship type is not sent of whose ends one is nothing of the vendor's."""
    return f"not both of its ends say what they are in {dialect.vendor}"


def lost(relationship: RelationshipType, sent: Sent, dialect: Dialect) -> list[Loss]:
    """Return all that a relationship type states and the dialect does not say; empty where it is exact."""
    found = losses(relationship, dialect.capabilities)
    if sent.spared:
        found = [loss for loss in found if loss.kind not in sent.spared]
    return [*found, *sent.lost]


def known_by(request: Request) -> str:
    """Say what the vendor tells a thing from others by."""
    return " ".join(f"`{short(part)}`" for part in request.identity)
