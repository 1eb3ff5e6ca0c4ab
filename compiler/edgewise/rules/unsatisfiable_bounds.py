"""Bounds that cannot all hold: the object types that they are about could have no record at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from edgewise.catalog import Bounds, ObjectType, RelationshipType
from edgewise.diagnostics import Code, Diagnostic, Related, Severity, quoted_list
from edgewise.graph import Graph
from edgewise.place import Place
from edgewise.population import Cycle, Effort, Need, can_hold, excess, is_endless, needs
from edgewise.sentences import clipped, one_line, sentences
from edgewise.walk import LARGEST_BOUND

_MOST_RELATED = 20
_MANY = 5
_MOST_CHANGED = 4
# How much is looked at to find out which changes are enough, for all contradictions together.
_MOST_LOOKS_FOR_CHANGES = 50_000


class Change(NamedTuple):
    """Other bounds for one end of a relationship type, with which a circle is no longer too much."""

    relationship: RelationshipType
    end: str
    bounds: Bounds

    @property
    def changed(self) -> RelationshipType:
        """The relationship type with these bounds."""
        from_, to = self.relationship.ends
        if self.end == "from":
            return self.relationship._replace(from_=from_._replace(bounds=self.bounds))
        return self.relationship._replace(to=to._replace(bounds=self.bounds))


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each contradiction; no two have a relationship type in common."""
    for each in graph.relationship_types.values():
        if is_endless(each) and not (each.symmetric or each.reflexive or each.name in graph.doubtful):
            yield _endless(graph, each)
    found = graph.contradictions
    told = {each.relationship.name for cycle in found.cycles for each in cycle}
    besides: dict[str, list[Need]] = {}
    for part in found.parts if told else ():
        rest = [each for each in part if each.relationship.name not in told]
        besides.update((each.here, rest) for each in part)
    effort = Effort(_MOST_LOOKS_FOR_CHANGES)
    for cycle in found.cycles:
        yield _contradiction(graph, cycle, besides[cycle[0].here], effort)
    if found.open:
        yield _open(graph, found.open, besides=bool(found.cycles))


def _endless(graph: Graph, relationship: RelationshipType) -> Diagnostic:
    end = relationship.from_ if relationship.to.bounds.min else relationship.to
    object_type = graph.object_type(end)
    first, second = sentences(graph, relationship)
    whose = "of its steps " if relationship.is_derived else ""
    return Diagnostic(
        Code.UNSATISFIABLE_BOUNDS,
        f"there can be no {clipped(object_type.label)} at all: by `{relationship.name}` each needs another, "
        "without end and without coming back",
        relationship.place.key("acyclic") if relationship.is_derived else _cardinality(relationship),
        one_line(first if end.key == "from" else second),
        f"make the minimum {whose}0, so that somebody can be the first or the last, or take `acyclic` out",
    )


def _contradiction(graph: Graph, cycle: Cycle, besides: Sequence[Need], effort: Effort) -> Diagnostic:
    names = [each.relationship.name for each in cycle]
    start = graph.object_types[cycle[0].here]
    shown = quoted_list(names, "and") if len(names) <= 3 else f"`{names[0]}` and {len(names) - 1:,} others"
    first, *others = cycle
    return Diagnostic(
        Code.UNSATISFIABLE_BOUNDS,
        f"there can be no {clipped(start.label)} at all: by {shown} there would be at least "
        f"{_for_every(excess(cycle), start, start)}",
        _cardinality(first.relationship),
        _said(graph, first),
        _help(cycle, besides, effort),
        tuple(_steps(graph, others[:_MOST_RELATED])),
    )


def _steps(graph: Graph, others: Sequence[Need]) -> Iterator[Related]:
    """Yield the places of further steps; of many, the first only with what follows, the others bare."""
    for number, each in enumerate(others):
        words = _said(graph, each) if len(others) < _MANY else _so(graph, each) if number < _MANY else ""
        yield Related(_cardinality(each.relationship), words)


def _said(graph: Graph, need: Need) -> str:
    """Say a step of the circle: both bounds, and how many that makes of one type for another."""
    said = sentences(graph, need.relationship)
    first, second = said if need.end.key == "from" else said[::-1]
    return one_line(f"{first} {second} So {_so(graph, need)}.")


def _so(graph: Graph, need: Need) -> str:
    here, there = graph.object_types[need.here], graph.object_types[need.there]
    return f"at least {_for_every(Fraction(need.least, need.most), there, here)}"


def _for_every(share: Fraction, there: ObjectType, here: ObjectType) -> str:
    """Say a share in whole numbers: "2 players for every team", "1 team for every 3 players"."""
    many, one = share.numerator, share.denominator
    counted = clipped(there.label if many == 1 else there.plural)
    each = clipped(here.label) if one == 1 else f"{_number(one)} {clipped(here.plural)}"
    return f"{_number(many)} {counted} for every {each}"


def _number(number: int) -> str:
    return f"{number:,}" if number.bit_length() < 64 else f"about 10^{number.bit_length() * 30103 // 100000}"


def _cardinality(relationship: RelationshipType) -> Place:
    return relationship.place.key("cardinality")


def _help(cycle: Cycle, besides: Sequence[Need], effort: Effort) -> str:
    """Name the changes each of which is enough; where none is, as more is wrong, those to begin with.

    `besides` are the needs that hang together with the circle and are in no other one that is told.
    """
    changes = list(_changes(cycle))
    enough = [each for each in changes if _is_enough(each, cycle, besides, effort)]
    begin = "change one of them" if enough else "begin with one of them"
    if not enough and effort.left >= 0:
        begin = f"further bounds contradict these too; {begin}"
    return "\n".join((f"{begin}:", *(f"- {_change(each)}" for each in enough or changes)))


def _changes(cycle: Cycle) -> Iterator[Change]:
    too_much = excess(cycle)
    for each in cycle[:_MOST_CHANGED]:
        other = each.relationship.other(each.end)
        high = -(-each.most * too_much.numerator // too_much.denominator)
        most = high if high <= LARGEST_BOUND else None
        yield Change(each.relationship, each.end.key, Bounds(each.end.bounds.min, most))
        low = each.least * too_much.denominator // too_much.numerator
        yield Change(each.relationship, other.key, Bounds(low, other.bounds.max))


def _is_enough(change: Change, cycle: Cycle, besides: Sequence[Need], effort: Effort) -> bool:
    changed = {each.relationship.name: each.relationship for each in cycle}
    changed[change.relationship.name] = change.changed
    return effort.left >= 0 and can_hold([*besides, *needs(changed.values())], effort)


def _change(change: Change) -> str:
    end = change.relationship.from_ if change.end == "from" else change.relationship.to
    raised = end.bounds.min == change.bounds.min
    word, bound = (
        ("raise the maximum", change.bounds.max) if raised else ("lower the minimum", change.bounds.min)
    )
    to = "any number" if bound is None else f"{bound:,}"
    return (
        f"{word} of `{change.end}` of `{change.relationship.name}` to {to}: "
        f"`{change.end}: {_written(change.bounds)}`"
    )


def _written(bounds: Bounds) -> str:
    return '"*"' if bounds == Bounds() else str(bounds)


def _open(graph: Graph, names: Sequence[str], *, besides: bool) -> Diagnostic:
    shown = quoted_list(names[:5], "and") if len(names) <= 5 else f"{len(names):,} object types"
    told = ", but for what is told of them," if besides else ""
    return Diagnostic(
        Code.UNSATISFIABLE_BOUNDS,
        f"whether the bounds between {shown}{told} can all hold was not found out in time",
        graph.object_types[names[0]].place,
        help="give fewer of their relationship types both a minimum and a maximum",
        stated_severity=Severity.WARNING,
    )
