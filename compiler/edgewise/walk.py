"""Ways to go through the catalog: what leads from an object type, and what a derived type walks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from edgewise.catalog import Bounds, End, RelationshipType
from edgewise.place import Place

LARGEST_BOUND = 999_999_999
"""The largest bound that can be written. More records than that are any number of them."""


class Walk(NamedTuple):
    """One way to go from an object type: its name there, the relationship type, the end one starts at."""

    name: str
    relationship: RelationshipType
    start: End

    @property
    def arrival(self) -> End:
        """The end that is reached."""
        return self.relationship.other(self.start)

    @property
    def place(self) -> Place:
        """Where it is named: the relationship type's own name, or its inverse."""
        place = self.relationship.place
        return place if self.start.key == "from" else place.value("inverse")


class Blocked(NamedTuple):
    """A derived relationship type, the number of the step that leads nowhere, and where one stands then."""

    relationship: RelationshipType
    step: int
    reached: str

    @property
    def name(self) -> str:
        """The name of that step."""
        return self.relationship.via[self.step]

    @property
    def walked(self) -> tuple[str, ...]:
        """The names of the steps up to that one."""
        return self.relationship.via[: self.step + 1]


WalksByStart = dict[str, list[Walk]]


def walks_of(relationship: RelationshipType) -> Iterator[Walk]:
    """Yield the ways that a relationship type opens; a symmetric one opens the same way from both ends."""
    for end in relationship.ends[:1] if relationship.symmetric else relationship.ends:
        if end.walk is not None:
            yield Walk(end.walk, relationship, end)


def walks_by_start(relationships: Iterable[RelationshipType]) -> WalksByStart:
    """Return every way to go, by the name of the object type it leaves."""
    walks: WalksByStart = {}
    for relationship in relationships:
        for walk in walks_of(relationship):
            walks.setdefault(walk.start.object_type, []).append(walk)
    return walks


@dataclass
class Derivation:
    """The ends and bounds of derived relationship types, found from the steps they state.

    `found` has them by name, `steps` what each of them walks; `blocked` are those with a step that leads
    nowhere, `rounds` the names of those that need one another in a circle. A type that needs a blocked
    one is in none of them. What a type states of its ends and bounds gives way to what is found.
    """

    found: dict[str, RelationshipType] = field(default_factory=dict)
    steps: dict[str, tuple[Walk, ...]] = field(default_factory=dict)
    blocked: list[Blocked] = field(default_factory=list)
    rounds: list[tuple[str, ...]] = field(default_factory=list)


class _Ways:
    """The ways known so far, the first of each name from each object type."""

    def __init__(self) -> None:
        self._by_name: dict[tuple[str, str], Walk] = {}
        self._starts: dict[str, set[str]] = {}

    def open(self, relationship: RelationshipType) -> list[tuple[str, str]]:
        """Enter the ways of a relationship type; return start and name of each, by which others wait for it.

        Those that do not say where they start wait for a name alone, until one object type has it.
        """
        opened = []
        for walk in walks_of(relationship):
            start = walk.start.object_type
            self._by_name.setdefault((start, walk.name), walk)
            starts = self._starts.setdefault(walk.name, set())
            opened += [(start, walk.name)] if starts else [(start, walk.name), ("", walk.name)]
            starts.add(start)
        return opened

    def follow(self, relationship: RelationshipType) -> tuple[Walk, ...] | Blocked:
        """Return the ways that the steps of a derived relationship type name, or where they lead nowhere."""
        reached = relationship.from_.object_type or _only(self._starts.get(relationship.via[0], set()))
        steps = []
        for number, name in enumerate(relationship.via):
            step = self._by_name.get((reached, name))
            if step is None:
                return Blocked(relationship, number, reached)
            steps.append(step)
            reached = step.arrival.object_type
        return tuple(steps)


def derive(stored: Mapping[str, RelationshipType], derived: Mapping[str, RelationshipType]) -> Derivation:
    """Follow the steps of every derived relationship type, each as soon as what it needs is known."""
    derivation = Derivation()
    if not derived:
        return derivation
    ways = _Ways()
    for each in stored.values():
        ways.open(each)
    waiting: _Waiting = {}
    _settle(derivation, ways, waiting, list(derived.values()))
    for blocked in [blocked for several in waiting.values() for blocked in several]:
        # Where all steps fit together, a `from` that they do not lead from is what is wrong.
        anywhere = blocked.relationship._replace(from_=blocked.relationship.from_._replace(object_type=""))
        if blocked.step == 0 and blocked.reached and not isinstance(ways.follow(anywhere), Blocked):
            waiting[blocked.reached, blocked.name].remove(blocked)
            _settle(derivation, ways, waiting, [anywhere])
    _explain(derivation, [each for several in waiting.values() for each in several])
    return derivation


_Waiting = dict[tuple[str, str], list[Blocked]]


def _settle(derivation: Derivation, ways: _Ways, waiting: _Waiting, ready: list[RelationshipType]) -> None:
    """Follow what can be followed; the others wait for the start and name of a way that is not known yet."""
    while ready:
        relationship = ready.pop()
        steps = ways.follow(relationship)
        if isinstance(steps, Blocked):
            waiting.setdefault((steps.reached, steps.name), []).append(steps)
            continue
        found = _composed(relationship, steps)
        derivation.found[found.name], derivation.steps[found.name] = found, steps
        for start_and_name in ways.open(found):
            ready += [each.relationship for each in waiting.pop(start_and_name, ())]


def _only(starts: set[str]) -> str:
    """Return the one object type that a first step leaves, or nothing where there is no single one."""
    return next(iter(starts)) if len(starts) == 1 else ""


def _composed(relationship: RelationshipType, steps: Sequence[Walk]) -> RelationshipType:
    from_, to = steps[0].start.object_type, steps[-1].arrival.object_type
    with_self = from_ != to or relationship.reflexive
    return relationship._replace(
        from_=relationship.from_._replace(object_type=from_, bounds=_reached(backwards(steps), with_self)),
        to=relationship.to._replace(object_type=to, bounds=_reached(steps, with_self)),
    )


def backwards(steps: Iterable[Walk]) -> tuple[Walk, ...]:
    """Return the same way walked from its other end; of the ways seen from there it has no names."""
    return tuple(Walk(each.name, each.relationship, each.arrival) for each in reversed(tuple(steps)))


def reads_the_same(steps: Sequence[Walk]) -> bool:
    """Tell whether steps are the same from either end, so that each pair has its reverse."""
    return all(_is_reverse(*both) for both in zip(steps, reversed(steps), strict=True))


def _is_reverse(step: Walk, other: Walk) -> bool:
    """Tell whether one step goes back over the links of the other."""
    return _leg(step) == _leg(Walk(other.name, other.relationship, other.arrival))


def _leg(step: Walk) -> tuple[str, str]:
    """Return what is walked, and from which end; from either, it is the same where it is symmetric."""
    return step.relationship.name, "either" if step.relationship.symmetric else step.start.key


def _reached(steps: Sequence[Walk], with_self: bool) -> Bounds:
    """Return how many records some steps reach from one; it is none of them itself unless `with_self`."""
    least = Bounds(1, 1)
    for before, step in zip((None, *steps), steps, strict=False):
        bounds = step.arrival.bounds
        if before is not None and _is_reverse(before, step):
            bounds = Bounds(max(bounds.min, 1), bounds.max)  # one can always go back
        least = compose(least, bounds, step.start.bounds.max)
    low, high = max(least.min - (not with_self), 0), _most(steps, with_self)
    return Bounds(low if high is None else min(low, high), high)


# Past so many steps each counts as leading to new records only: ways with detours double with every two.
_MOST_STEPS_WITH_DETOURS = 8
_UNBOUNDED = LARGEST_BOUND + 1


def only_leads_back(steps: Sequence[Walk]) -> bool:
    """Tell whether some steps never lead to another record than the one from which one set out."""
    return not any(_ways_on(steps))


def _most(steps: Sequence[Walk], with_self: bool) -> int | None:
    """Return how many records some steps reach at most; None is any number, and none cannot be said."""
    total = sum(way[-1][1] if way else int(with_self) for way in _ways_on(steps))
    return None if total > LARGEST_BOUND else max(total, 1)


def _ways_on(steps: Sequence[Walk]) -> set[tuple[tuple[tuple[str, str], int], ...]]:
    """Return the kinds of ways that some steps can take, each with the number of records along it.

    Each step leads to as many records as it may, and all of them are new. But one is where one comes
    from if the step goes back over the links of the one before it: a detour. So ways are told apart by
    the legs that are left of them without detours; on the one that has none one is back at the start.
    """
    ways: set[tuple[tuple[tuple[str, str], int], ...]] = {()}
    for step in steps:
        leg, back = _leg(step), _leg(Walk(step.name, step.relationship, step.arrival))
        onwards = set()
        for way in ways:
            is_detour = bool(way) and way[-1][0] == back and len(steps) <= _MOST_STEPS_WITH_DETOURS
            if is_detour:
                onwards.add(way[:-1])
            number = _times(way[-1][1] if way else 1, step.arrival.bounds.max, is_detour)
            if number:
                onwards.add((*way, (leg, number)))
        ways = onwards
    return ways


def _times(number: int, most: int | None, is_detour: bool) -> int:
    return _UNBOUNDED if most is None else min(number * (most - is_detour), _UNBOUNDED)


def compose(first: Bounds, second: Bounds, second_back: int | None) -> Bounds:
    """Return how many records two steps reach: at most the product, at least what cannot coincide.

    `second_back` is from how many records of the middle each record at the far end may be reached
    (None: any number): so many of the first step's records may lead to the same one.
    """
    most = None if first.max is None or second.max is None else first.max * second.max
    if most is not None and most > LARGEST_BOUND:
        most = None
    if first.min == 0 or second.min == 0:
        return Bounds(0, most)
    shared = first.min if second_back is None else min(first.min, second_back)
    return Bounds(min(-(-first.min * second.min // shared), LARGEST_BOUND), most)


def _explain(derivation: Derivation, blocked: list[Blocked]) -> None:
    """Tell a step that no type provides from a circle of types that wait for one another."""
    providers: dict[str, list[str]] = {}
    for each in blocked:
        for name in (each.relationship.name, each.relationship.inverse):
            if name is not None:
                providers.setdefault(name, []).append(each.relationship.name)
    derivation.blocked = [each for each in blocked if each.name not in providers]
    if len(derivation.blocked) < len(blocked):
        derivation.rounds = _rounds(blocked, providers)


def _rounds(blocked: Iterable[Blocked], providers: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Return the names of the types of each circle, where `providers` has those that would open a way."""
    from networkx import DiGraph, strongly_connected_components  # noqa: PLC0415 - a mistake pays for it

    # A name of several providers is a node of its own, in a tuple: an edge from each use of the name to
    # each of its providers would be too many.
    needs: DiGraph[str | tuple[str]] = DiGraph()
    for each in blocked:
        several = providers.get(each.name, ())
        needs.add_edge(each.relationship.name, several[0] if len(several) == 1 else (each.name,))
    for name, several in providers.items():
        needs.add_edges_from(((name,), one) for one in several if len(several) > 1)
    circles = (
        component
        for component in strongly_connected_components(needs)
        if len(component) > 1 or any(needs.has_edge(each, each) for each in component)
    )
    return sorted(tuple(sorted(each for each in circle if isinstance(each, str))) for circle in circles)
