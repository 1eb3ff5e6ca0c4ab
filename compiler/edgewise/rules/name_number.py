"""A name in the plural where there is at most one, or in the singular where there may be several."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.diagnostics import Code, Diagnostic
from edgewise.graph import Graph
from edgewise.walk import Walk
from edgewise.wording import Nouns, nouns

_VERBS = ("has_", "have_", "owns_", "own_", "contains_", "contain_", "includes_", "include_")


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield each walk that is called by the noun of what it leads to, in the wrong number.

    After a verb the singular may stand for several (`has_order`), as people write it for graph databases.
    """
    of = {name: nouns(each) for name, each in graph.object_types.items()}
    for each in graph.relationship_types.values():
        if not each.sound:
            continue
        from_, to = each.from_, each.to
        for start, arrival in ((from_, to), (to, from_)) if to.walk is not None else ((from_, to),):
            name, known = start.walk or "", of[arrival.object_type]
            if arrival.bounds.max != 1:
                if name == known.singular:
                    walk = Walk(name, each, start)
                    yield _misnumbered(walk, "one", "there may be several", "use the plural")
            elif _is_plural(name, known):
                walk = Walk(name, each, start)
                yield _misnumbered(walk, "several", "there is at most one", "use the singular")


def _is_plural(name: str, of: Nouns) -> bool:
    return name in of.plurals or (name.startswith(_VERBS) and name.partition("_")[2] in of.plurals)


def _misnumbered(walk: Walk, says: str, fact: str, help_: str) -> Diagnostic:
    reached = walk.arrival.object_type
    return Diagnostic(
        Code.NAME_NUMBER,
        f"`{walk.name}` sounds like {says}, and {fact}",
        walk.place,
        f"leads to {'at most one' if walk.arrival.bounds.is_single else 'several'} `{reached}`",
        f"{help_}, or correct the cardinality",
    )
