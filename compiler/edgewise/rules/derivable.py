"""A relationship type that is stated, and follows from others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from edgewise.catalog import Bounds, RelationshipType
from edgewise.diagnostics import Code, Diagnostic, Related, Severity
from edgewise.graph import Graph
from edgewise.place import Place
from edgewise.walk import Walk
from edgewise.wording import meaning, nouns

_EXACTLY_ONE = Bounds(1, 1)
# How many derived types of the same ends and bounds a stored one is held against.
_MOST_COMPARED = 10


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield derived types that walk as another does, and stored ones that others may stand for."""
    yield from _same_steps(graph)
    stored = [each for each in graph.stored if _counts(each)]
    told: set[str] = set()
    for first, second, severity in _beside_derived(graph, stored):
        told.add(second.name)
        yield _beside(first, second, severity)
    yield from (_follows(lead, steps) for lead, steps in _followed(_leads(stored), told))


def _counts(relationship: RelationshipType) -> bool:
    """Leave out what could not be read, and what is deprecated: that is meant to go."""
    return relationship.sound and relationship.deprecated is None


# ---- two derived types ----


def _same_steps(graph: Graph) -> Iterator[Diagnostic]:
    known: dict[Hashable, RelationshipType] = {}
    for each in filter(_counts, graph.derived):
        steps = graph.steps(each)
        ahead = (each.reflexive, *map(_step, steps))
        back = (each.reflexive, *map(_step_back, reversed(steps)))
        if ahead in known:
            yield _walks_as(known[ahead], each, "the same steps as", "keep one of them")
        elif back in known:
            help_ = "keep one of them, with the other's name as its `inverse`"
            yield _walks_as(known[back], each, "backwards the steps of", help_)
        else:
            known[ahead] = each


def _step(walk: Walk) -> tuple[str, str]:
    return walk.relationship.name, walk.start.key


def _step_back(walk: Walk) -> tuple[str, str]:
    """Return the same step from where it arrives; a symmetric one is the same from both ends."""
    return walk.relationship.name, (walk.start if walk.relationship.symmetric else walk.arrival).key


def _walks_as(first: RelationshipType, second: RelationshipType, how: str, help_: str) -> Diagnostic:
    message = f"`{second.name}` walks {how} `{first.name}`"
    return _derivable(message, second.place.key("via"), help_, (first.place.key("via"), "these steps"))


# ---- a stored type beside a derived one ----


def _beside_derived(
    graph: Graph, stored: Iterable[RelationshipType]
) -> Iterator[tuple[RelationshipType, RelationshipType, Severity]]:
    """Yield each stored type that has the ends and bounds of a derived one, where that is telling."""
    derived: defaultdict[Hashable, list[RelationshipType]] = defaultdict(list)
    for each in filter(_counts, graph.derived):
        derived[_sides(each)].append(each)
    for each in stored if derived else ():
        for other in derived.get(_sides(each), ())[:_MOST_COMPARED]:
            severity = _weight(graph, other, each)
            if severity is not None:
                yield other, each, severity
                break


def _sides(relationship: RelationshipType) -> Hashable:
    return frozenset((end.object_type, end.bounds) for end in relationship.ends)


def _weight(graph: Graph, derived: RelationshipType, stored: RelationshipType) -> Severity | None:
    """Return how telling it is; None where it is not.

    Between the same two types there may be many relationships of many to many. Where exactly one follows
    and exactly one is stated, it is hardly another; where at most one is, it is worth a note.
    """
    if any(step.relationship.name == stored.name for step in graph.steps(derived)):
        return None
    if _says_the_same(graph, derived, stored):
        return Severity.WARNING
    bounds = [end.bounds for end in stored.ends]
    if stored.is_self or not any(each.is_single for each in bounds):
        return None
    return Severity.WARNING if _EXACTLY_ONE in bounds else Severity.NOTE


def _says_the_same(graph: Graph, one: RelationshipType, other: RelationshipType) -> bool:
    if one.from_.object_type != other.from_.object_type:
        return False
    here, there = (nouns(graph.object_type(end)) for end in one.ends)
    return meaning(one.name, here, there) == meaning(other.name, here, there)


def _beside(derived: RelationshipType, stored: RelationshipType, severity: Severity) -> Diagnostic:
    return _derivable(
        f"`{stored.name}` is stated, and `{derived.name}` derives the same ends and cardinality",
        stored.place,
        "take one of them out, unless they need not lead to the same records",
        (derived.place.key("via"), f"`{derived.name}` walks these steps"),
        severity=severity,
    )


# ---- a stored type beside two steps ----


Leads = dict[str, dict[str, Walk | None]]


def _leads(stored: Iterable[RelationshipType]) -> Leads:
    """Return the ways on which there is always exactly one record, by where they start and arrive.

    Of several between the same two types, such as two addresses, nobody knows which would follow: None.
    """
    leads: Leads = {}
    for each in stored:
        for start in each.ends:
            arrival = each.other(start)
            if arrival.bounds == _EXACTLY_ONE and not each.is_self:
                ways = leads.setdefault(start.object_type, {})
                only = arrival.object_type not in ways
                ways[arrival.object_type] = Walk(start.walk or "", each, start) if only else None
    return leads


def _followed(leads: Leads, told: set[str]) -> Iterator[tuple[Walk, tuple[Walk, Walk]]]:
    """Yield the ways that two steps lead too; one that was told is no step any more."""
    starts: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for start, ways in leads.items():
        for arrival in ways:
            starts[arrival][start] = None
    for lead in [lead for ways in leads.values() for lead in ways.values() if lead is not None]:
        ways = leads[lead.start.object_type]
        arrival = lead.arrival.object_type
        for middle in sorted(ways.keys() & starts[arrival].keys()):  # goes through the fewer of the two
            first, second = ways[middle], leads[middle][arrival]
            if first is None or second is None or not (first.name and second.name):
                continue
            if told.isdisjoint(each.relationship.name for each in (lead, first, second)):
                told.add(lead.relationship.name)
                yield lead, (first, second)


def _follows(lead: Walk, steps: tuple[Walk, Walk]) -> Diagnostic:
    first, second = steps
    start, arrival = lead.start.object_type, lead.arrival.object_type
    return _derivable(
        f"`{lead.relationship.name}` may follow from `{first.name}` and `{second.name}`: "
        f"they too lead from each `{start}` to exactly one `{arrival}`",
        lead.relationship.place,
        f"if it is always the same one, declare it from `{start}` with `via: [{first.name}, {second.name}]`",
        *((step.relationship.place, f"from `{step.start.object_type}`") for step in steps),
        severity=Severity.NOTE,
    )


def _derivable(
    message: str, at: Place, help_: str, *related: tuple[Place, str], severity: Severity | None = None
) -> Diagnostic:
    others = tuple(Related(place, label) for place, label in related)
    return Diagnostic(Code.DERIVABLE, message, at, help=help_, related=others, stated_severity=severity)
