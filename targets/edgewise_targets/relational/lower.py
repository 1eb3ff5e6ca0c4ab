"""A graph to the relational plan: which tables, keys, indexes, conditions and views there are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from graphlib import TopologicalSorter
from itertools import chain

from edgewise.catalog import MISSING, Attribute, End, IdKind, ObjectType, RelationshipType
from edgewise.graph import Graph
from edgewise.sentences import sentences
from edgewise.walk import Walk
from edgewise_targets.relational.names import (
    Naming,
    arrival_rule,
    cut,
    limits_to_one,
    primary_key_rule,
    view_suffix,
    within,
)
from edgewise_targets.relational.plan import (
    BothWays,
    Check,
    Column,
    ColumnType,
    Composed,
    Constraint,
    Differ,
    Fits,
    Index,
    Key,
    Ordered,
    Plan,
    Reference,
    Step,
    Swapped,
    Table,
    View,
)

Sentences = tuple[str, str]

_FITTING_RULES = {"enum": "enum", "string": "max_length"}


def lower(graph: Graph, naming: Naming) -> Plan:
    """Return what a database is to hold for a graph, less what its manifests leave out of the target."""
    kept = within(graph, naming.target)
    said = {name: sentences(kept, each) for name, each in kept.relationship_types.items()}
    return Plan(
        catalog=graph.hash,
        object_tables=tuple(
            object_table(each, naming) for each in kept.object_types.values() if not each.external
        ),
        link_tables=tuple(link_table(kept, each, said[each.name], naming) for each in kept.stored),
        views=tuple(
            view
            for each in chain(kept.stored, derived_in_order(kept))
            for view in views(kept, each, said[each.name], naming)
        ),
    )


def object_table(object_type: ObjectType, naming: Naming) -> Table:
    """Return the table of an object type: its id, then its attributes."""
    whole = naming.whole(object_type)
    key = _key_column("id", object_type.id.kind, object_type.id.max_length)
    attributes = tuple(_attribute_column(each) for each in object_type.attributes)
    return Table(
        name=cut(whole),
        comments=_paragraphs(object_type.description),
        columns=(key, *attributes),
        constraints=(
            Key(cut(f"{whole}_pkey"), ("id",), primary=True),
            *(
                Key(cut(f"{whole}_{each.name}_unique"), (each.name,))
                for each in object_type.attributes
                if each.unique
            ),
            *_fitting(whole, (key, *attributes)),
        ),
    )


def link_table(graph: Graph, relationship: RelationshipType, said: Sentences, naming: Naming) -> Table:
    """Return the table of a stored relationship type: both ids, then the attributes of the link.

    Two indexes serve every cardinality: links are looked up from `from` by the primary key, and from `to`
    by a unique key or an index. `said` are the two sentences about the type.
    """
    whole = naming.whole(relationship)
    ends = (_end_column(graph, relationship.from_), _end_column(graph, relationship.to))
    attributes = tuple(_attribute_column(each) for each in relationship.attributes)
    external = tuple(
        column for column, end in zip(ends, relationship.ends, strict=True) if graph.object_type(end).external
    )
    is_key = limits_to_one(relationship, relationship.from_)
    arrival = cut(f"{whole}_{arrival_rule(relationship)}")
    return Table(
        name=cut(whole),
        comments=_told(relationship, said),
        columns=(*ends, *attributes),
        constraints=(
            _primary_key(relationship, whole),
            *([Key(arrival, ("to_id",))] if is_key else []),
            *_references(graph, relationship, whole, naming),
            *_pair_conditions(relationship, whole, ends),
            *_fitting(whole, (*external, *attributes)),
        ),
        indexes=() if is_key else (Index(arrival, ("to_id",)),),
    )


def views(graph: Graph, relationship: RelationshipType, said: Sentences, naming: Naming) -> Iterator[View]:
    """Yield the views of a relationship type: its pairs where derived, and the pairs from the other end."""
    whole = naming.whole(relationship)
    name = cut(whole)
    if relationship.is_derived:
        steps = tuple(_step(walk, naming) for walk in graph.steps(relationship))
        with_self = relationship.reflexive or not relationship.is_self
        yield View(name, _told(relationship, said), Composed(steps, with_self))
    suffix = view_suffix(relationship)
    if suffix is None:
        return
    attributes = () if relationship.is_derived else tuple(each.name for each in relationship.attributes)
    if relationship.symmetric:
        query = BothWays(name, attributes, relationship.reflexive, relationship.is_derived)
        yield View(cut(f"{whole}_{suffix}"), said[:1], query)
    else:
        comments = (said[1], *_paragraphs(relationship.inverse_description))
        yield View(cut(f"{whole}_{suffix}"), comments, Swapped(name, attributes))


def derived_in_order(graph: Graph) -> Iterator[RelationshipType]:
    """Yield the derived relationship types, each after those that it is composed of."""
    needs: TopologicalSorter[str] = TopologicalSorter()
    for each in graph.derived:
        used = (step.relationship for step in graph.steps(each))
        needs.add(each.name, *(other.name for other in used if other.is_derived))
    return (graph.relationship_types[name] for name in needs.static_order())


def _step(walk: Walk, naming: Naming) -> Step:
    """Return a step over the table of what is walked; a symmetric one can be entered by either column."""
    relationship = walk.relationship
    near, far = f"{walk.start.key}_id", f"{walk.arrival.key}_id"
    if relationship.symmetric:
        return Step(cut(f"{naming.whole(relationship)}_both"), near, far)
    return Step(naming.table(relationship), near, far)


def _told(relationship: RelationshipType, said: Sentences) -> tuple[str, ...]:
    return (" ".join(said), *_paragraphs(relationship.description))


def _paragraphs(description: str | None) -> tuple[str, ...]:
    return () if description is None else (description,)


def _end_column(graph: Graph, end: End) -> Column:
    key = graph.object_type(end).id
    return _key_column(f"{end.key}_id", key.kind, key.max_length)


@lru_cache(maxsize=1_000)  # nearly all links have the same two
def _key_column(name: str, kind: IdKind, max_length: int | None) -> Column:
    return Column(name, ColumnType(kind, max_length))


def _attribute_column(attribute: Attribute) -> Column:
    return Column(
        name=attribute.name,
        type=ColumnType(
            attribute.kind, attribute.max_length, attribute.values, attribute.precision, attribute.scale
        ),
        required=attribute.required,
        default=None if attribute.default is MISSING else attribute.default,
        comment=attribute.description,
    )


def _primary_key(relationship: RelationshipType, whole: str) -> Key:
    columns = ("from_id",) if limits_to_one(relationship, relationship.to) else ("from_id", "to_id")
    return Key(cut(f"{whole}_{primary_key_rule(relationship)}"), columns, primary=True)


def _references(
    graph: Graph, relationship: RelationshipType, whole: str, naming: Naming
) -> Iterator[Reference]:
    for end in relationship.ends:
        object_type = graph.object_type(end)
        if not object_type.external:
            name = cut(f"{whole}_{end.key}_references")
            yield Reference(name, (f"{end.key}_id",), naming.table(object_type), end.on_delete)


def _pair_conditions(
    relationship: RelationshipType, whole: str, ends: tuple[Column, Column]
) -> Iterator[Constraint]:
    if relationship.symmetric:
        yield Check(cut(f"{whole}_symmetric"), Ordered(ends, relationship.reflexive))
    elif relationship.is_self and not relationship.reflexive:
        yield Check(cut(f"{whole}_no_self"), Differ(ends))


def _fitting(whole: str, columns: tuple[Column, ...]) -> Iterator[Check]:
    for each in columns:
        yield Check(cut(f"{whole}_{each.name}_{_FITTING_RULES.get(each.type.kind, 'type')}"), Fits(each))
