"""The catalog as a graph: references resolved, object types as nodes, relationship types as edges.

Targets and rules ask it in the domain's words. It is a `networkx.MultiDiGraph` for whoever needs an
algorithm (`network`), made on first use: networkx takes longer to import than a small catalog to compile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

import orjson

from edgewise.catalog import Attribute, Catalog, End, Group, ObjectType, RelationshipType
from edgewise.place import Place
from edgewise.population import Contradictions, contradictions, needs
from edgewise.walk import LARGEST_BOUND, Blocked, Walk, WalksByStart, derive, walks_by_start

if TYPE_CHECKING:
    from networkx import MultiDiGraph

Subject = tuple[str, str]
ReferenceKind = Literal["object type", "group", "step", "start", "replacement"]


class Unresolved(NamedTuple):
    """A reference that leads nowhere; `known` are the names that could have been meant.

    For a step, `reached` is the object type where one stands. A first step that leaves several object
    types, with no `from` to say which, is an unresolved `start`: they are `known` then.
    """

    kind: ReferenceKind
    name: str
    place: Place
    known: tuple[str, ...]
    reached: str = ""


@dataclass(frozen=True)
class Graph:
    """Object types, and the relationship types all of whose references resolve, each sorted by name.

    The ends and bounds of a derived relationship type are what was found: `followed` has what each walks,
    `stated` each as it was declared. `unresolved` holds the references that do not resolve, `rounds` the
    derived relationship types that need one another in a circle. Both are mistakes: no target is asked to
    emit a graph that has any.
    """

    object_types: Mapping[str, ObjectType]
    relationship_types: Mapping[str, RelationshipType]
    groups: Mapping[str, Group]
    followed: Mapping[str, tuple[Walk, ...]] = field(default_factory=dict)
    stated: Mapping[str, RelationshipType] = field(default_factory=dict)
    unresolved: tuple[Unresolved, ...] = ()
    rounds: tuple[tuple[RelationshipType, ...], ...] = ()

    def object_type(self, end: End) -> ObjectType:
        """Return the object type at an end."""
        return self.object_types[end.object_type]

    @property
    def stored(self) -> Iterator[RelationshipType]:
        """The relationship types that are not derived."""
        return (each for each in self.relationship_types.values() if not each.is_derived)

    @property
    def derived(self) -> Iterator[RelationshipType]:
        """The relationship types composed of others."""
        return (each for each in self.relationship_types.values() if each.is_derived)

    def walks(self, object_type: ObjectType) -> list[Walk]:
        """Return every named way to go from an object type, sorted by name; a symmetric one stands once."""
        return sorted(
            self.all_walks.get(object_type.name, ()), key=lambda walk: (walk.name, walk.relationship.name)
        )

    def steps(self, relationship: RelationshipType) -> tuple[Walk, ...]:
        """Return what a derived relationship type of this graph walks, in order."""
        return self.followed[relationship.name]

    def without(self, subjects: Iterable[Subject]) -> Graph:
        """Return the graph less some declarations, and less whatever cannot be without them."""
        dropped = frozenset(subjects)
        if not dropped:
            return self
        object_types = {
            name: each for name, each in self.object_types.items() if ("object_types", name) not in dropped
        }
        kept = {
            name: each
            for name, each in self.relationship_types.items()
            if ("relationship_types", name) not in dropped
            and all(end.object_type in object_types for end in each.ends)
        }
        for name in self.needing(name for name in self.relationship_types if name not in kept):
            kept.pop(name, None)
        return replace(self, object_types=object_types, relationship_types=kept)

    def needing(self, names: Iterable[str]) -> set[str]:
        """Return the names of the derived relationship types that walk any of some, or a type that does."""
        users: dict[str, list[str]] = {}
        for name, steps in self.followed.items():
            for step in steps:
                users.setdefault(step.relationship.name, []).append(name)
        found: set[str] = set()
        needed = list(names) if users else []
        while needed:
            new = [user for user in users.pop(needed.pop(), ()) if user not in found]
            found.update(new)
            needed += new
        return found

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The names of relationship types of whose ends and bounds nothing should be said.

        A part of them could not be read, they state other ends than their steps have, or they are derived
        of such: that mistake is told, and all that would follow from it is not.
        """
        unsound = [name for name, each in self.relationship_types.items() if not each.sound]
        misled = [name for name in self.followed if self.is_misled(name)]
        return frozenset((*unsound, *misled, *self.needing((*unsound, *misled))))

    def is_misled(self, name: str) -> bool:
        """Tell whether a derived relationship type states an end that its steps do not have."""
        both = zip(self.stated[name].ends, self.relationship_types[name].ends, strict=True)
        return any(stated.object_type not in {"", found.object_type} for stated, found in both)

    @cached_property
    def said(self) -> dict[str, tuple[str, str]]:
        """What `sentences` said of relationship types, by name, as most targets ask for the same."""
        return {}

    @cached_property
    def contradictions(self) -> Contradictions:
        """The bounds that cannot all hold."""
        return contradictions(needs(self.relationship_types.values()))

    @cached_property
    def network(self) -> MultiDiGraph[str]:
        """The graph for algorithms: object types by name, edges keyed by the relationship type's name.

        A node carries its `object_type`, an edge its `relationship`.
        """
        from networkx import MultiDiGraph  # noqa: PLC0415 - 130 ms that most runs need not spend

        network: MultiDiGraph[str] = MultiDiGraph()
        for name, object_type in self.object_types.items():
            network.add_node(name, object_type=object_type)
        for name, each in self.relationship_types.items():
            network.add_edge(each.from_.object_type, each.to.object_type, key=name, relationship=each)
        return network

    @cached_property
    def hops(self) -> Mapping[str, int]:
        """How many stored relationship types each derived one goes through, one after the other."""
        hops: dict[str, int] = {}
        for name, steps in self.followed.items():  # those that it needs come before it
            hops[name] = min(sum(hops.get(step.relationship.name, 1) for step in steps), LARGEST_BOUND)
        return hops

    @cached_property
    def hash(self) -> str:
        """SHA-256, in hexadecimal, of what the catalog means: the same for every order of files and keys."""
        import hashlib  # noqa: PLC0415 - only some targets ask, and it takes as long to load as a small catalog

        meaning = [list(part.values()) for part in (self.object_types, self.relationship_types, self.groups)]
        text = orjson.dumps(meaning, default=_meaning, option=orjson.OPT_SORT_KEYS)
        return hashlib.sha256(text).hexdigest()

    @cached_property
    def all_walks(self) -> WalksByStart:
        """Every named way to go, by the name of the object type it leaves."""
        return walks_by_start(self.relationship_types.values())


def _meaning(value: object) -> object:
    """Leave out where a thing is written; orjson asks for every value that JSON has no word for."""
    if isinstance(value, Place):
        return None
    if isinstance(value, Attribute):
        return [*value, value.has_default]
    return list(value) if isinstance(value, tuple) else repr(value)


def resolve(catalog: Catalog) -> Graph:
    """Follow every reference of the catalog; those that lead nowhere are kept as `unresolved`.

    A relationship type with an end that is missing or unknown is left out, and nothing is said of what
    refers to it: its own mistake is told.
    """
    unresolved = [*_dangling_ends(catalog), *_dangling_groups(catalog), *_dangling_replacements(catalog)]
    stored: dict[str, RelationshipType] = {}
    derived: dict[str, RelationshipType] = {}
    left_out: set[str] = set()  # names of ways that are told to be wrong
    for name, each in catalog.relationship_types.items():
        if any(
            end.object_type not in catalog.object_types and not (each.is_derived and not end.object_type)
            for end in each.ends
        ):
            left_out.update(_names(each))
        else:
            (derived if each.is_derived else stored)[name] = each
    derivation = derive(stored, derived)
    found = stored | derivation.found
    graph = Graph(
        object_types=catalog.object_types,
        relationship_types={name: found[name] for name in sorted(found)},
        groups=catalog.groups,
        followed=derivation.steps,
        stated=derived,
        rounds=tuple(tuple(derived[name] for name in names) for names in derivation.rounds),
    )
    left_out.update(name for each in graph.derived if graph.is_misled(each.name) for name in _names(each))
    blocked = [each for each in derivation.blocked if left_out.isdisjoint(each.walked)]
    return replace(graph, unresolved=(*unresolved, *_dangling_steps(blocked, found, catalog)))


def _names(relationship: RelationshipType) -> Iterator[str]:
    return (end.walk for end in relationship.ends if end.walk is not None)


def _dangling_ends(catalog: Catalog) -> Iterator[Unresolved]:
    known = tuple(sorted({*catalog.object_types, *catalog.external_types}))
    for relationship in catalog.relationship_types.values():
        for end in relationship.ends:
            if end.object_type and end.object_type not in catalog.object_types:
                yield Unresolved("object type", end.object_type, relationship.place.value(end.key), known)


def _dangling_steps(
    blocked: Sequence[Blocked], found: Mapping[str, RelationshipType], catalog: Catalog
) -> Iterator[Unresolved]:
    walks = walks_by_start(found.values()) if blocked else {}
    ways = cache(lambda start: tuple(sorted({walk.name for walk in walks.get(start, ())})))
    by_name: dict[str, set[str]] = {}
    for walk in chain.from_iterable(walks.values()):
        by_name.setdefault(walk.name, set()).add(walk.start.object_type)
    starts = cache(lambda name: tuple(sorted(by_name.get(name, ()))))
    anything = tuple(catalog.relationship_types)
    for each in blocked:
        place = each.relationship.place.value("via", each.step)
        known = ways(each.reached) if each.reached else starts(each.name)
        kind: ReferenceKind = "step" if each.reached or not known else "start"
        yield Unresolved(kind, each.name, place, known or anything, each.reached)


def _dangling_groups(catalog: Catalog) -> Iterator[Unresolved]:
    known = tuple(catalog.groups)
    for each in catalog.relationship_types.values():
        if each.group is not None and each.group not in catalog.groups:
            yield Unresolved("group", each.group, each.place.value("group"), known)


def _dangling_replacements(catalog: Catalog) -> Iterator[Unresolved]:
    kinds: tuple[Mapping[str, ObjectType | RelationshipType], ...] = (
        catalog.object_types,
        catalog.relationship_types,
    )
    for declared in kinds:
        known = tuple(declared)
        for each in declared.values():
            name = each.deprecated.replaced_by if each.deprecated else None
            if name is not None and name not in declared:
                yield Unresolved("replacement", name, each.place.value("deprecated", "replaced_by"), known)
