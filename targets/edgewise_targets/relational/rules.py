"""What a relationship type declares of its links, rule by rule, with what holds each of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from edgewise.catalog import Attribute, End, RelationshipType
from edgewise.graph import Graph
from edgewise.sentences import acyclic_sentence, limit_sentence, no_self_sentence
from edgewise_targets.relational.columns import attribute_column, fitting_name
from edgewise_targets.relational.dialect import Dialect
from edgewise_targets.relational.limits import VIOLATIONS, limits
from edgewise_targets.relational.names import Naming, cut
from edgewise_targets.relational.plan import Column, ColumnType, Enforcement, Rule, RuleKind
from edgewise_targets.relational.sentences import (
    attribute_sentence,
    on_delete_sentence,
    references_sentence,
    symmetric_sentence,
)
from edgewise_targets.relational.storage import Links, links, on_delete_of_column
from edgewise_targets.relational.triggers import has_members, keeps_apart_by_trigger

_ELSEWHERE = "its records are kept elsewhere"


def rules(graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect) -> Iterator[Rule]:
    """Yield the rules of one relationship type; the bounds of a derived one follow from its steps."""
    if not relationship.is_derived:
        yield from _limits(graph, relationship, naming, dialect)
    yield from _pair_rules(graph, relationship, naming, dialect)
    if not relationship.is_derived:
        kept = links(graph, relationship, naming)
        for end in relationship.ends:
            yield from _end_rules(graph, relationship, end, kept, naming, dialect)
        for attribute in relationship.attributes:
            yield from _attribute_rules(relationship, attribute, naming, dialect)


def _limits(graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect) -> Iterator[Rule]:
    for each in limits(graph, relationship, naming, dialect):
        yield Rule(
            relationship.name,
            each.kind,
            limit_sentence(graph, relationship, each.end, each.bounds),
            each.enforced_by,
            each.name or None,
            end=None if relationship.symmetric else each.end.key,
            bound=each.number,
            reason=each.reason,
            needs_references=each.kind == "max" and has_members(relationship),
        )


def _pair_rules(
    graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect
) -> Iterator[Rule]:
    name, whole, derived = relationship.name, naming.whole(relationship), relationship.is_derived
    if relationship.symmetric:
        sentence = symmetric_sentence(relationship)
        if derived:
            yield Rule(name, "symmetric", sentence, "query", VIOLATIONS)
        else:
            yield Rule(name, "symmetric", sentence, "constraint", cut(f"{whole}_symmetric"))
    elif relationship.is_self and not relationship.reflexive and not derived:
        by_trigger = keeps_apart_by_trigger(graph, relationship, naming, dialect)
        held_by: Enforcement = "trigger" if by_trigger else "constraint"
        sentence = no_self_sentence(graph, relationship)
        yield Rule(name, "no_self", sentence, held_by, cut(f"{whole}_no_self"))
    if relationship.acyclic:
        sentence = acyclic_sentence(graph, relationship)
        if derived:
            yield Rule(name, "acyclic", sentence, "query", VIOLATIONS)
        else:
            yield Rule(name, "acyclic", sentence, "trigger", cut(f"{whole}_acyclic"))


def _end_rules(  # noqa: PLR0917 - an end, and all that its rules depend on
    graph: Graph, relationship: RelationshipType, end: End, kept: Links, naming: Naming, dialect: Dialect
) -> Iterator[Rule]:
    """Yield that the record at an end exists, and what becomes of links when it goes."""
    object_type = graph.object_type(end)
    is_held = kept.holder == end  # the link is part of the record
    restricts = end.on_delete == "restrict"
    if kept.holder is not None and not is_held:
        restricts = on_delete_of_column(relationship) == "restrict"
    name: str | None = None
    if not object_type.external:
        name = cut(f"{naming.whole(relationship)}_{end.key}_references")
        if is_held:
            name = dialect.primary_key(cut(f"{naming.whole(object_type)}_pkey"))
    held_by: Enforcement = "none" if name is None else "constraint"
    reason = _ELSEWHERE if name is None else None
    needs = name is not None and not is_held
    common = (held_by, name, end.key, None, None, reason, needs)
    exists = references_sentence(graph, relationship, end)
    yield Rule(relationship.name, "references", exists, *common)
    goes = on_delete_sentence(graph, relationship, end, restricts=restricts)
    yield Rule(relationship.name, "on_delete", goes, *common)


@lru_cache(maxsize=1_000)  # there are few types, and many attributes of each
def _is_checked(type_: ColumnType, dialect: Dialect) -> bool:
    """Tell whether a CHECK holds what a type says, and not the type of the database alone."""
    return dialect.fits(Column("value", type_), "value") is not None


def _attribute_rules(
    relationship: RelationshipType, attribute: Attribute, naming: Naming, dialect: Dialect
) -> Iterator[Rule]:
    kinds: list[RuleKind] = []
    if attribute.required:
        kinds.append("required")
    if attribute.kind == "enum":
        kinds.append("enum")
    if attribute.max_length is not None:
        kinds.append("max_length")
    column = attribute_column(attribute)
    for kind in kinds:
        is_check = kind != "required" and _is_checked(column.type, dialect)
        name = fitting_name(naming.whole(relationship), column) if is_check else column.name
        sentence = attribute_sentence(attribute, kind)
        yield Rule(relationship.name, kind, sentence, "constraint", name, attribute=attribute.name)
