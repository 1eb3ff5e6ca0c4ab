"""The tables of records and of links: columns, keys, references, conditions and indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.graph import Graph
from edgewise.sentences import sentences
from edgewise_targets.relational.columns import attribute_column, fitting, key_column
from edgewise_targets.relational.dialect import Dialect
from edgewise_targets.relational.names import Naming, arrival_rule, cut, limits_to_one, primary_key_rule
from edgewise_targets.relational.plan import (
    Check,
    Column,
    Constraint,
    Differ,
    Index,
    Key,
    Ordered,
    Reference,
    Table,
)
from edgewise_targets.relational.storage import (
    column_name,
    holding_end,
    is_required,
    on_delete_of_column,
)
from edgewise_targets.relational.triggers import keeps_apart_by_trigger

Sentences = tuple[str, str]


def held(graph: Graph, naming: Naming) -> Mapping[str, list[RelationshipType]]:
    """Return the relationship types whose links are kept in a column, by the object type that holds it."""
    found: dict[str, list[RelationshipType]] = {}
    for each in graph.stored:
        if naming.is_column(each):
            found.setdefault(holding_end(each).object_type, []).append(each)
    return found


def object_table(
    graph: Graph,
    object_type: ObjectType,
    columns_of: Iterable[RelationshipType],
    naming: Naming,
    dialect: Dialect,
) -> Table:
    """Return the table of an object type: id, attributes, then the links that it holds in a column."""
    whole = naming.whole(object_type)
    key = key_column("id", object_type.id)
    attributes = tuple(attribute_column(each) for each in object_type.attributes)
    links = tuple(columns_of)
    return Table(
        name=naming.table(object_type),
        comments=paragraphs(object_type.description),
        columns=(key, *attributes, *(_link_column(graph, each) for each in links)),
        constraints=(
            Key(cut(f"{whole}_pkey"), ("id",), primary=True),
            *(
                Key(cut(f"{whole}_{each.name}_unique"), (each.name,))
                for each in object_type.attributes
                if each.unique
            ),
            *fitting(whole, (key, *attributes)),
            *(rule for each in links for rule in _link_rules(graph, each, key, naming, dialect)),
        ),
        indexes=tuple(
            Index(_index_name(each, naming), (column_name(graph, each),))
            for each in links
            if not each.is_one_to_one()
        ),
    )


def _link_column(graph: Graph, relationship: RelationshipType) -> Column:
    named = graph.object_type(relationship.other(holding_end(relationship)))
    said = " ".join((*sentences(graph, relationship), *paragraphs(relationship.description)))
    column = key_column(column_name(graph, relationship), named.id)
    return column._replace(required=is_required(relationship), comment=said)


def _link_rules(
    graph: Graph, relationship: RelationshipType, key: Column, naming: Naming, dialect: Dialect
) -> Iterator[Constraint]:
    whole = naming.whole(relationship)
    named = relationship.other(holding_end(relationship))
    object_type = graph.object_type(named)
    column = _link_column(graph, relationship)
    if relationship.is_one_to_one():
        yield Key(cut(f"{whole}_to_max"), (column.name,))
    if object_type.external:
        yield from fitting(whole, (column,))
    else:
        name, on_delete = cut(f"{whole}_{named.key}_references"), on_delete_of_column(relationship)
        yield Reference(name, (column.name,), naming.table(object_type), on_delete)
    if (
        relationship.is_self
        and not relationship.reflexive
        and not keeps_apart_by_trigger(graph, relationship, naming, dialect)
    ):
        yield Check(cut(f"{whole}_no_self"), Differ((key, column)))


def _index_name(relationship: RelationshipType, naming: Naming) -> str:
    named = relationship.other(holding_end(relationship))
    return cut(f"{naming.whole(relationship)}_{named.key}_index")


def link_table(graph: Graph, relationship: RelationshipType, said: Sentences, naming: Naming) -> Table:
    """Return the table of a stored relationship type: both ids, then the attributes of the link.

    Two indexes serve every cardinality: links are looked up from `from` by the primary key, and from `to`
    by a unique key or an index. `said` are the two sentences about the type.
    """
    whole = naming.whole(relationship)
    types = [graph.object_type(end) for end in relationship.ends]
    ends = (key_column("from_id", types[0].id), key_column("to_id", types[1].id))
    attributes = tuple(attribute_column(each) for each in relationship.attributes)
    external = [column for column, each in zip(ends, types, strict=True) if each.external]
    is_key = limits_to_one(relationship, relationship.from_)
    arrival = cut(f"{whole}_{arrival_rule(relationship)}")
    return Table(
        name=naming.table(relationship),
        comments=told(relationship, said),
        columns=(*ends, *attributes),
        constraints=(
            _primary_key(relationship, whole),
            *([Key(arrival, ("to_id",))] if is_key else []),
            *_references(graph, relationship, whole, naming),
            *_pair_conditions(relationship, whole, ends),
            *fitting(whole, (*external, *attributes)),
        ),
        indexes=() if is_key else (Index(arrival, ("to_id",)),),
    )


def told(relationship: RelationshipType, said: Sentences) -> tuple[str, ...]:
    """Return what there is to say of a table or view of links."""
    return (" ".join(said), *paragraphs(relationship.description))


def paragraphs(description: str | None) -> tuple[str, ...]:
    """Return a description as paragraphs, none where there is none."""
    return () if description is None else (description,)


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
            yield Reference(name, (f"{end.key}_id",), naming.records(object_type), end.on_delete)


def _pair_conditions(
    relationship: RelationshipType, whole: str, ends: tuple[Column, Column]
) -> Iterator[Constraint]:
    if relationship.symmetric:
        yield Check(cut(f"{whole}_symmetric"), Ordered(ends, relationship.reflexive))
    elif relationship.is_self and not relationship.reflexive:
        yield Check(cut(f"{whole}_no_self"), Differ(ends))


def in_order(tables: Iterable[Table]) -> list[Table]:
    """Put tables behind those that they refer to; a reference that closes a circle comes later."""
    by_name = {each.name: each for each in tables}
    done: dict[str, Table] = {}
    for start in by_name:
        pending = [start]
        begun = {start}
        while pending:
            table = by_name[pending[-1]]
            needed = [name for name in _needed(table) if name not in done and name not in begun]
            if needed and table.name not in done:
                begun.add(needed[0])
                pending.append(needed[0])
            else:
                done.setdefault(table.name, _with_later(table, done))
                pending.pop()
    return list(done.values())


def _needed(table: Table) -> list[str]:
    references = [each for each in table.constraints if isinstance(each, Reference)]
    return [each.table for each in references if each.table != table.name]


def _with_later(table: Table, done: Mapping[str, Table]) -> Table:
    there = {*done, table.name}
    constraints = (
        each._replace(later=each.table not in there) if isinstance(each, Reference) else each
        for each in table.constraints
    )
    return table._replace(constraints=tuple(constraints))
