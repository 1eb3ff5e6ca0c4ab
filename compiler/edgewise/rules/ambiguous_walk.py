"""Two ways to walk from one object type that have the same name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from edgewise.diagnostics import Code, Diagnostic, Related
from edgewise.graph import Graph
from edgewise.walk import Walk


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each name that leads several ways from an object type."""
    if _are_unique(graph):
        return
    for start, several in graph.all_walks.items():
        by_name: defaultdict[str, list[Walk]] = defaultdict(list)
        for walk in several:
            by_name[walk.name].append(walk)
        for name, walks in sorted(by_name.items()):
            if len(walks) > 1:
                yield _ambiguous(start, name, walks)


def _are_unique(graph: Graph) -> bool:
    """Tell at a glance that no name leads two ways, as in nearly every catalog: own names are unique."""
    named = graph.relationship_types
    seen: set[tuple[str, str]] = set()
    number = 0
    for each in named.values():
        to = each.to
        if to.walk is None or each.symmetric:
            continue
        if to.walk in named and named[to.walk].from_.object_type == to.object_type:
            return False
        seen.add((to.object_type, to.walk))
        number += 1
    return len(seen) == number


def _ambiguous(start: str, name: str, walks: list[Walk]) -> Diagnostic:
    walks = sorted(walks, key=lambda walk: (walk.start.key, walk.relationship.name))
    first, last = walks[0], walks[-1]
    return Diagnostic(
        Code.AMBIGUOUS_WALK,
        f"from `{start}`, `{name}` leads {'two' if len(walks) == 2 else len(walks)} ways",
        last.place,
        f"leads to `{last.arrival.object_type}`",
        f"seen from `{start}` every way to walk has its own name: rename one of them",
        related=tuple(
            Related(walk.place, f"leads to `{walk.arrival.object_type}`") for walk in walks[:-1][:20]
        )
        or (Related(first.place, "first here"),),
    )
