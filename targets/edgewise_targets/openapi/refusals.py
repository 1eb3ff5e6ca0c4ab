"""The rules of a relationship type that its operations may break, and which operation may break which."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.catalog import Bounds, End, RelationshipType
from edgewise.graph import Graph
from edgewise.sentences import acyclic_sentence, limit_sentence, no_self_sentence
from edgewise_targets.openapi.model import Refusal, Refusals, Route, Rule

_ON_LINKING = frozenset(("maximum_from", "maximum_to", "maximum", "cycle", "self"))
# By the end where the path starts: what its records have is replaced, so that it cannot be too many, but
# the record that the replaced link led to may be left with too few.
_ON_REPLACING = {
    key: frozenset((f"maximum_{key}", f"minimum_{key}", "maximum", "minimum", "cycle", "self"))
    for key in ("from", "to")
}
_ON_REMOVING = frozenset(("minimum_from", "minimum_to", "minimum"))


def refusals_of(graph: Graph, relationship: RelationshipType) -> Refusals:
    """Return all rules that a change of its links may break; nothing changes the links of a derived one."""
    return () if relationship.is_derived else tuple(_refusals(graph, relationship))


def _refusals(graph: Graph, relationship: RelationshipType) -> Iterator[Refusal]:
    # The ends of a symmetric relationship are alike: what holds of them is said once.
    ends = relationship.ends[1:] if relationship.symmetric else relationship.ends
    for end in ends:
        if end.bounds.max is not None:
            yield _limit(graph, relationship, end, "maximum", Bounds(0, end.bounds.max))
    for end in ends:
        if end.bounds.min > 0:
            yield _limit(graph, relationship, end, "minimum", Bounds(end.bounds.min, None))
    if relationship.acyclic:
        yield Refusal("cycle", "cycle", None, None, acyclic_sentence(graph, relationship))
    if relationship.is_self and not relationship.reflexive:
        yield Refusal("self", "self", None, None, no_self_sentence(graph, relationship))


def _limit(graph: Graph, relationship: RelationshipType, end: End, rule: Rule, bounds: Bounds) -> Refusal:
    sentence = limit_sentence(graph, relationship, end, bounds)
    number = bounds.min if bounds.max is None else bounds.max
    if relationship.symmetric:
        return Refusal(rule, rule, None, number, sentence)
    return Refusal(f"{rule}_{end.key}", rule, end.key, number, sentence)


def on_writing(route: Route, stated: Refusals) -> Refusals:
    """Return the rules that may refuse to link two records, or to replace the one link there is."""
    keys = _ON_LINKING if route.is_many else _ON_REPLACING[route.start.key]
    return tuple([each for each in stated if each.key in keys])


def on_removing(stated: Refusals) -> Refusals:
    """Return the rules that may refuse to remove a link: either record may be left with too few."""
    return tuple([each for each in stated if each.key in _ON_REMOVING])


def conflict(route: Route, refusals: Refusals) -> str:
    """Return the name of the answer with which any of these rules refuses."""
    return f"{route.link}Conflict{''.join([each.key.title().replace('_', '') for each in refusals])}"
