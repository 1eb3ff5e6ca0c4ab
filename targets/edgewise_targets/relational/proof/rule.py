"""The rules to prove: those that the manifests declare, and those that a target says it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from edgewise.catalog import Attribute, EndKey, RelationshipType
from edgewise.graph import Graph

RuleKey = tuple[str, str, EndKey | None, str | None]
"""What tells rules apart: the relationship type, the kind of rule, the end and the attribute."""


class Rule(NamedTuple):
    """An entry of `rules.json`."""

    relationship_type: str
    rule: str
    end: EndKey | None
    bound: int | None
    attribute: str | None
    sentence: str
    enforced_by: Literal["constraint", "trigger", "query", "none"]
    name: str | None
    reason: str | None = None

    @property
    def key(self) -> RuleKey:
        """What tells this rule from others."""
        return self.relationship_type, self.rule, self.end, self.attribute


def read_rule(entry: Mapping[str, Any]) -> Rule:
    """Read an entry of `rules.json`."""
    return Rule._make(entry.get(name) for name in Rule._fields)


def declared(graph: Graph) -> Iterator[RuleKey]:
    """Yield what the manifests declare, a key for each rule."""
    for each in graph.relationship_types.values():
        yield from ((each.name, *rest) for rest in _of_pairs(each))
        if not each.is_derived:
            yield from ((each.name, *rest) for rest in _of_ends(each))
            for attribute in each.attributes:
                yield from ((each.name, kind, None, attribute.name) for kind in _of_attribute(attribute))


_Rest = tuple[str, EndKey | None, str | None]


def _of_pairs(relationship: RelationshipType) -> Iterator[_Rest]:
    if relationship.symmetric:
        yield "symmetric", None, None
    elif relationship.is_self and not relationship.reflexive and not relationship.is_derived:
        yield "no_self", None, None
    if relationship.acyclic:
        yield "acyclic", None, None


def _of_ends(relationship: RelationshipType) -> Iterator[_Rest]:
    for end in relationship.ends[1:] if relationship.symmetric else relationship.ends:
        key = None if relationship.symmetric else end.key
        if end.bounds.max is not None:
            yield "max", key, None
        if end.bounds.min:
            yield "min", key, None
    for end in relationship.ends:
        yield "references", end.key, None
        yield "on_delete", end.key, None


def _of_attribute(attribute: Attribute) -> Iterator[str]:
    if attribute.required:
        yield "required"
    if attribute.kind == "enum":
        yield "enum"
    if attribute.max_length is not None:
        yield "max_length"
