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
    said = {noun for each in of.values() for noun in (each.name, *each.plurals)}
    for each in graph.relationship_types.values():
        for start, name in ((each.from_, each.name), (each.to, each.to.walk)):
            # Few names are a noun or begin with such a verb.
            if name is not None and (name in said or name.startswith(_VERBS)) and each.sound:
                yield from _misnumbered(Walk(name, each, start), of[each.other(start).object_type])


def _misnumbered(walk: Walk, of: Nouns) -> Iterator[Diagnostic]:
    if walk.arrival.bounds.max != 1:
        if walk.name == of.singular:
            yield _finding(walk, "one", "there may be several", "use the plural")
    elif _is_plural(walk.name, of):
        yield _finding(walk, "several", "there is at most one", "use the singular")


def _is_plural(name: str, of: Nouns) -> bool:
    return name in of.plurals or (name.startswith(_VERBS) and name.partition("_")[2] in of.plurals)


def _finding(walk: Walk, says: str, fact: str, help_: str) -> Diagnostic:
    reached = walk.arrival.object_type
    return Diagnostic(
        Code.NAME_NUMBER,
        f"`{walk.name}` sounds like {says}, and {fact}",
        walk.place,
        f"leads to {'at most one' if walk.arrival.bounds.is_single else 'several'} `{reached}`",
        f"{help_}, or correct the cardinality",
    )
