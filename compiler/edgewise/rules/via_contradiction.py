"""A derived relationship type that states what its steps contradict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from edgewise.catalog import ANY_NUMBER, AT_MOST_ONE, Bounds, End, RelationshipType
from edgewise.diagnostics import Code, Diagnostic, Related, Severity
from edgewise.graph import Graph
from edgewise.place import Place
from edgewise.sentences import brief, count
from edgewise.walk import Walk, backwards, only_leads_back

_OF_WORDS = (AT_MOST_ONE, ANY_NUMBER)


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield what a derived relationship type states and cannot be; nothing of those derived from it."""
    if not graph.followed:
        return
    unsound = {name for name, each in graph.relationship_types.items() if not each.sound}
    untold = unsound | graph.needing(unsound)
    told = {
        each.name: list(_contradictions(graph, each)) for each in graph.derived if each.name not in untold
    }
    wrong = [name for name, found in told.items() if found]
    after = graph.needing(wrong)
    for name in wrong:
        if name not in after:
            yield from told[name]
    for each in graph.derived:
        if each.sound:
            yield from _not_kept(each)


def _contradictions(graph: Graph, found: RelationshipType) -> Iterator[Diagnostic]:
    stated = graph.stated[found.name]
    ends = [
        end
        for end, said in zip(found.ends, stated.ends, strict=True)
        if said.object_type not in {"", end.object_type}
    ]
    if ends:
        yield _other_ends(graph, found, ends)  # how many records there are is another matter then
        return
    bounds = [
        end
        for end, said in zip(found.ends, stated.ends, strict=True)
        if not _contains(said.bounds, end.bounds)
    ]
    if bounds:
        yield _other_bounds(graph, stated, found, bounds[-1:] if found.symmetric else bounds)
    elif found.is_self and not found.reflexive and only_leads_back(graph.steps(found)):
        yield _only_back(graph, found)


def _only_back(graph: Graph, found: RelationshipType) -> Diagnostic:
    steps = graph.steps(found)
    return Diagnostic(
        Code.VIA_CONTRADICTION,
        f"`{found.name}` never relates anything: its steps only lead back to where one began",
        found.place.key("via"),
        help="say `reflexive: true` if a record is to be related to itself, or name other steps",
        related=_related(_bounds_of_steps(graph, steps, ["to"])),
        stated_severity=Severity.WARNING,
    )


def _contains(stated: Bounds, found: Bounds) -> bool:
    return stated.min <= found.min and (
        stated.max is None or (found.max is not None and found.max <= stated.max)
    )


def _other_ends(graph: Graph, found: RelationshipType, ends: Sequence[End]) -> Diagnostic:
    stated = {end.key: end.object_type for end in graph.stated[found.name].ends}
    led = " ".join(f"{end.key} `{end.object_type}`" for end in ends)
    meant = " ".join(f"{end.key} `{stated[end.key]}`" for end in ends)
    instead = " and ".join(f"`{end.key}: {end.object_type}`" for end in ends)
    steps = (
        (step.relationship.place, f"from `{step.start.object_type}` to `{step.arrival.object_type}`")
        for step in graph.steps(found)
    )
    return Diagnostic(
        Code.VIA_CONTRADICTION,
        f"the steps of `{found.name}` lead {led}, not {meant}",
        found.place.value(ends[0].key),
        f"the steps lead {ends[0].key} `{ends[0].object_type}`",
        f"write {instead}, or leave out both: they follow from the steps"
        if len(ends) > 1
        else f"write {instead}, or leave it out: it follows from the steps",
        related=_related(steps),
    )


def _other_bounds(
    graph: Graph, stated: RelationshipType, found: RelationshipType, ends: Sequence[End]
) -> Diagnostic:
    said = {end.key: end.bounds for end in stated.ends}
    claimed = " and ".join(_for_each(graph, found, end, said[end.key]) for end in ends)
    led = " and ".join(count(end.bounds, brief(graph.object_type(end))) for end in ends)
    from_, to = (end.bounds for end in found.ends)
    is_one = len(ends) == 1
    may_be_a_word = said["from"] in _OF_WORDS and said["to"] in _OF_WORDS
    at = ("cardinality", ends[0].key) if is_one and not may_be_a_word else ("cardinality",)
    return Diagnostic(
        Code.VIA_CONTRADICTION,
        f"`{found.name}` states {claimed}, but its steps lead to {led}",
        found.place.value(*at),
        _amiss(said[ends[0].key], ends[0].bounds) if is_one else "",
        f"write `cardinality: {{from: {from_}, to: {to}}}`, or leave it out: it follows from the steps",
        related=_related(_bounds_of_steps(graph, graph.steps(found), [end.key for end in reversed(ends)])),
    )


def _for_each(graph: Graph, relationship: RelationshipType, end: End, bounds: Bounds) -> str:
    other = brief(graph.object_type(relationship.other(end)))
    return f"{count(bounds, brief(graph.object_type(end)))} for each {other.label}"


def _amiss(stated: Bounds, found: Bounds) -> str:
    """Say in which way the steps lead out of what is stated."""
    words = ["fewer"] if found.min < stated.min else []
    if stated.max is not None and (found.max is None or found.max > stated.max):
        words.append("more")
    return f"there may be {' or '.join(words)}"


def _bounds_of_steps(graph: Graph, steps: Sequence[Walk], keys: Iterable[str]) -> Iterator[tuple[Place, str]]:
    """Say of each step how many records it leads to, in the directions in which they lead to others."""
    for key in keys:
        for step in steps if key == "to" else backwards(steps):
            relationship = step.relationship
            found = _for_each(graph, relationship, step.arrival, step.arrival.bounds)
            name = relationship.name if relationship.symmetric else step.start.walk
            yield relationship.place, f"`{name}` leads to {found}" if name else found


def _related(labels: Iterable[tuple[Place, str]]) -> tuple[Related, ...]:
    """Put together what is to be seen at one place."""
    by_place: dict[Place, list[str]] = {}
    for place, label in labels:
        several = by_place.setdefault(place, [])
        if label not in several:
            several.append(label)
    return tuple(Related(place, ", ".join(several)) for place, several in by_place.items())


def _not_kept(relationship: RelationshipType) -> Iterator[Diagnostic]:
    """Yield what is stated of links, where none are stored."""
    name, place = relationship.name, relationship.place
    if relationship.attributes:
        yield Diagnostic(
            Code.VIA_CONTRADICTION,
            f"`{name}` is derived and cannot have attributes",
            place.key("attributes"),
            "nothing is stored that could have them",
            "give them to one of its steps",
        )
    if "restrict" in {end.on_delete for end in relationship.ends}:
        yield Diagnostic(
            Code.VIA_CONTRADICTION,
            f"`{name}` is derived and cannot restrict what is deleted",
            place.key("on_delete"),
            "it has no links of its own that could be lost",
            "say `on_delete: restrict` of one of its steps",
        )
