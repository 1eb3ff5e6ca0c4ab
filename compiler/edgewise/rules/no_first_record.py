"""Records that need one another to be there first, so that none of them can be the first one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from edgewise.diagnostics import Code, Diagnostic, Related, quoted_list
from edgewise.graph import Graph
from edgewise.population import Cycle, Need, in_circles, is_endless, need, turned
from edgewise.sentences import clipped, one_line, sentences, with_article
from edgewise.target import Checked, Options, Target

_MOST_RELATED = 20
# How many needs are looked at for circles.
_MOST_LOOKS = 500_000


def check(graph: Graph, targets: Sequence[tuple[Target, Options]]) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each circle of records that need one another; `targets` are those that run.

    No two circles have a relationship type in common, nor one with a contradiction, which is told already.
    """
    parts = in_circles(_mandatory(graph))
    if not parts:
        return
    told = {each.relationship.name for cycle in graph.contradictions.cycles for each in cycle}
    for circle in _circles((each for part in parts for each in part), told):
        yield _no_first(graph, circle, targets)


def _mandatory(graph: Graph) -> Iterator[Need]:
    """Yield what a record needs to be there; external ones are there already, in somebody else's system."""
    for each in graph.stored:
        from_min, to_min = each.from_.bounds.min, each.to.bounds.min
        if not (from_min or to_min) or not each.sound or is_endless(each):
            continue
        if any(graph.object_type(end).external for end in each.ends):
            continue
        if to_min:
            yield need(each, each.from_, 1)
        if from_min:
            yield need(each, each.to, 1)


def _circles(mandatory: Iterable[Need], told: set[str]) -> Iterator[Cycle]:
    """Yield the shortest circle from each object type, of what is in none that was told before."""
    ahead: dict[str, list[Need]] = {}
    for each in mandatory:
        ahead.setdefault(each.here, []).append(each)
    looks = 0
    for start in sorted(ahead):
        while looks < _MOST_LOOKS:
            came_by: dict[str, Need] = {}
            looks += _reach(ahead, start, told, came_by)
            if start not in came_by:
                break
            circle = _followed(came_by, start)
            told |= {each.relationship.name for each in circle}
            yield turned(circle)


def _reach(
    ahead: Mapping[str, Sequence[Need]], start: str, told: Container[str], came_by: dict[str, Need]
) -> int:
    """Note how each object type is reached first, until the start is; return how many needs were seen."""
    looks = 1
    layer = [start]
    while layer and start not in came_by:
        further = []
        for each in chain.from_iterable(ahead.get(here, ()) for here in layer):
            looks += 1
            if each.there not in came_by and each.relationship.name not in told:
                came_by[each.there] = each
                further.append(each.there)
        layer = further
    return looks


def _followed(came_by: Mapping[str, Need], start: str) -> Cycle:
    """Return the circle by which the start was reached again."""
    circle = [came_by[start]]
    while circle[-1].here != start:
        circle.append(came_by[circle[-1].here])
    return tuple(reversed(circle))


def _no_first(graph: Graph, circle: Cycle, targets: Sequence[tuple[Target, Options]]) -> Diagnostic:
    first, *others = circle
    related = {each.relationship.name: each for each in others}
    related.pop(first.relationship.name, None)
    return Diagnostic(
        Code.NO_FIRST_RECORD,
        f"no record can be the first: {_message(graph, circle)}",
        first.relationship.place.key("cardinality"),
        _sentence(graph, first),
        _help(graph, circle, targets),
        tuple(
            Related(each.relationship.place.key("cardinality"), _sentence(graph, each))
            for each in list(related.values())[:_MOST_RELATED]
        ),
    )


def _message(graph: Graph, circle: Cycle) -> str:
    """Say who needs whom: "a person needs a household, which needs a person"."""
    labels = [with_article(clipped(graph.object_types[each.here].label)) for each in circle]
    if len(labels) == 1:
        return f"{labels[0]} needs another one to be there already"
    shown = labels if len(labels) <= 4 else [*labels[:3], f"{len(labels) - 3:,} further ones in turn"]
    return f"{shown[0]} needs {', which needs '.join(shown[1:])}, which needs {shown[0]}"


def _sentence(graph: Graph, need: Need) -> str:
    return one_line(sentences(graph, need.relationship)[need.end.key == "to"])


def _help(graph: Graph, circle: Cycle, targets: Sequence[tuple[Target, Options]]) -> str:
    """Say in which databases of the project a first record can be made, and how; then what helps in all."""
    titles: dict[Checked, list[str]] = {"at the end": [], "by query": [], "at once": []}
    for target, options in targets:
        when = _checked(graph, circle, target, options)
        if when is not None:
            titles[when].append(target.title or target.name)
    told = [_in_databases(when, several) for when, several in titles.items() if several]
    ends = dict.fromkeys((each.relationship.other(each.end).key, each.relationship.name) for each in circle)
    which = quoted_list([f"{end}` of `{name}" for end, name in list(ends)[:4]])
    lowest = (
        f"make one of the minimums 0: that of {which}" if len(ends) > 1 else f"make the minimum of {which} 0"
    )
    return "\n".join([*told, f"{'or ' if told else ''}{lowest}"])


def _in_databases(when: Checked, titles: Sequence[str]) -> str:
    together = f"{', '.join(titles[:-1])} and {titles[-1]}" if len(titles) > 1 else titles[0]
    s = "" if len(titles) > 1 else "s"
    if when == "at the end":
        return f"{together} can defer: make these records and their links in one transaction"
    if when == "by query":
        return f"{together} cannot defer, and only find{s} by query what is missing: make them one by one"
    return f"{together} cannot defer, and refuse{s} each of them while what it needs is not there"


def _checked(graph: Graph, circle: Cycle, target: Target, options: Options) -> Checked | None:
    """Return when a database looks at the last of a circle's minimums; None where it has not all of them."""
    if target.minimum_checked is None:
        return None
    found = [
        target.minimum_checked(graph, options, each.relationship, each.relationship.other(each.end))
        for each in circle
    ]
    later: tuple[Checked, ...] = ("by query", "at the end", "at once")
    return None if None in found else next(when for when in later if when in found)
