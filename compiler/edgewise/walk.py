"""Ways to go through the catalog: what leads from an object type, and what a derived type walks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from edgewise.catalog import Bounds, End, RelationshipType


class Walk(NamedTuple):
    """One way to go from an object type: its name there, the relationship type, the end one starts at."""

    name: str
    relationship: RelationshipType
    start: End

    @property
    def arrival(self) -> End:
        """The end that is reached."""
        return self.relationship.other(self.start)


class Blocked(NamedTuple):
    """A derived relationship type, the number of the step that leads nowhere, and where one stands then."""

    relationship: RelationshipType
    step: int
    reached: str

    @property
    def name(self) -> str:
        """The name of that step."""
        return self.relationship.via[self.step]


WalksByStart = dict[str, list[Walk]]


def add_walks(walks: WalksByStart, relationship: RelationshipType) -> None:
    """Enter the ways that a relationship type opens; a symmetric one opens the same way from both ends."""
    for end in relationship.ends[:1] if relationship.symmetric else relationship.ends:
        if end.walk is not None:
            walks.setdefault(end.object_type, []).append(Walk(end.walk, relationship, end))


def walks_by_start(relationships: Iterable[RelationshipType]) -> WalksByStart:
    """Return every way to go, by the name of the object type it leaves."""
    walks: WalksByStart = {}
    for relationship in relationships:
        add_walks(walks, relationship)
    return walks


@dataclass
class Derivation:
    """The ends and bounds of derived relationship types, found from the steps they state.

    `found` has them by name; `blocked` those with a step that leads nowhere; `rounds` the names of those
    that need one another in a circle. A type that needs a blocked one is in none of the three.
    """

    found: dict[str, RelationshipType] = field(default_factory=dict)
    blocked: list[Blocked] = field(default_factory=list)
    rounds: list[tuple[str, ...]] = field(default_factory=list)


def derive(stored: Mapping[str, RelationshipType], derived: Mapping[str, RelationshipType]) -> Derivation:
    """Follow the steps of every derived relationship type, each as soon as what it needs is known."""
    derivation = Derivation()
    walks = walks_by_start(stored.values())
    starts: dict[str, set[str]] = {}
    _add_starts(starts, stored.values())
    waiting: dict[str, list[Blocked]] = {}
    ready = list(derived.values())
    while ready:
        relationship = ready.pop()
        start = relationship.from_.object_type or _only(starts.get(relationship.via[0], set()))
        steps = follow(relationship, walks, start)
        if isinstance(steps, Blocked):
            waiting.setdefault(steps.name, []).append(steps)
            continue
        found = _composed(relationship, steps)
        derivation.found[found.name] = found
        add_walks(walks, found)
        _add_starts(starts, [found])
        for name in (found.name, found.inverse):
            ready += [each.relationship for each in waiting.pop(name or "", [])]
    _explain(derivation, [each for several in waiting.values() for each in several])
    return derivation


def follow(
    relationship: RelationshipType, walks: Mapping[str, list[Walk]], start: str
) -> list[Walk] | Blocked:
    """Return the ways that the steps of a derived relationship type name, or where they lead nowhere."""
    reached, steps = start, []
    for number, name in enumerate(relationship.via):
        step = next((walk for walk in walks.get(reached, ()) if walk.name == name), None)
        if step is None:
            return Blocked(relationship, number, reached)
        steps.append(step)
        reached = step.arrival.object_type
    return steps


def _add_starts(starts: dict[str, set[str]], relationships: Iterable[RelationshipType]) -> None:
    for relationship in relationships:
        for end in relationship.ends:
            if end.walk is not None:
                starts.setdefault(end.walk, set()).add(end.object_type)


def _only(starts: set[str]) -> str:
    """Return the one object type that a first step leaves, or nothing where there is no single one."""
    return next(iter(starts)) if len(starts) == 1 else ""


def _composed(relationship: RelationshipType, steps: list[Walk]) -> RelationshipType:
    first, last = steps[0], steps[-1]
    ahead, back = first.arrival.bounds, first.start.bounds
    for step in steps[1:]:
        ahead, back = (
            compose(ahead, step.arrival.bounds, step.start.bounds.max),
            compose(step.start.bounds, back, ahead.max),
        )
    from_, to = first.start.object_type, last.arrival.object_type
    if from_ == to and not relationship.reflexive:
        ahead, back = (Bounds(max(bounds.min - 1, 0), bounds.max) for bounds in (ahead, back))
    return replace(
        relationship,
        from_=replace(relationship.from_, object_type=from_, bounds=back),
        to=replace(relationship.to, object_type=to, bounds=ahead),
    )


def compose(first: Bounds, second: Bounds, second_back: int | None) -> Bounds:
    """Return how many records two steps reach: at most the product, at least what cannot coincide.

    `second_back` is from how many records of the middle each record at the far end may be reached
    (None: any number): so many of the first step's records may lead to the same one.
    """
    most = None if first.max is None or second.max is None else first.max * second.max
    if first.min == 0 or second.min == 0:
        return Bounds(0, most)
    shared = first.min if second_back is None else min(first.min, second_back)
    return Bounds(-(-first.min * second.min // shared), most)


def _explain(derivation: Derivation, blocked: list[Blocked]) -> None:
    """Tell a step that no type provides from a circle of types that wait for one another."""
    providers: dict[str, list[str]] = {}
    for each in blocked:
        for name in (each.relationship.name, each.relationship.inverse):
            if name is not None:
                providers.setdefault(name, []).append(each.relationship.name)
    derivation.blocked = [each for each in blocked if each.name not in providers]
    if len(derivation.blocked) == len(blocked):
        return
    from networkx import DiGraph, strongly_connected_components  # noqa: PLC0415 - a mistake pays for it

    needs: DiGraph[str] = DiGraph()
    needs.add_edges_from(
        (each.relationship.name, need) for each in blocked for need in providers.get(each.name, ())
    )
    for component in strongly_connected_components(needs):
        first = next(iter(component))
        if len(component) > 1 or needs.has_edge(first, first):
            derivation.rounds.append(tuple(sorted(component)))
    derivation.rounds.sort()
