"""The tables with which a database describes itself: what there is, and where."""

from __future__ import annotations

from collections.abc import Mapping

from edgewise.catalog import Id, ObjectType, RelationshipType
from edgewise.graph import Graph
from edgewise_targets.relational.columns import key_column
from edgewise_targets.relational.names import Naming
from edgewise_targets.relational.plan import Cell, Column, ColumnType, Key, Table
from edgewise_targets.relational.storage import links
from edgewise_targets.relational.tables import Sentences

OBJECT_TYPES = "edgewise_object_type"
RELATIONSHIP_TYPES = "edgewise_relationship_type"

_TEXT = ColumnType("text")
_NAME = Id("string", 255)


def descriptions(graph: Graph, said: Mapping[str, Sentences], naming: Naming) -> tuple[Table, Table]:
    """Return both tables, with a row for each declaration; `said` are the two sentences about each."""
    return (
        Table(
            OBJECT_TYPES,
            ("The object types of this database, and in which table the records of each are.",),
            (
                _key(),
                _text("label"),
                _text("plural"),
                _text("description"),
                _flag("external"),
                _text("table_name"),
            ),
            (Key(f"{OBJECT_TYPES}_pkey", ("name",), primary=True),),
            rows=tuple(_object_type(each, naming) for each in graph.object_types.values()),
        ),
        Table(
            RELATIONSHIP_TYPES,
            (
                "The relationship types of this database, and where the links of each are.",
                "Two writers who could close a cycle together wait for each other at a row of it.",
            ),
            (
                _key(),
                *(_text(name) for name in ("from_object_type", "to_object_type")),
                *(_number(name) for name in ("from_min", "from_max", "to_min", "to_max")),
                _text("inverse"),
                *(_flag(name) for name in ("symmetric", "reflexive", "acyclic", "derived")),
                *(_text(name) for name in ("table_name", "from_column", "to_column")),
                *(_text(name) for name in ("sentence", "inverse_sentence")),
            ),
            (Key(f"{RELATIONSHIP_TYPES}_pkey", ("name",), primary=True),),
            rows=tuple(
                _relationship_type(graph, each, said[each.name], naming)
                for each in graph.relationship_types.values()
            ),
        ),
    )


def _key() -> Column:
    return key_column("name", _NAME)


def _text(name: str) -> Column:
    return Column(name, _TEXT, required=False)


def _number(name: str) -> Column:
    return Column(name, ColumnType("integer"), required=False)


def _flag(name: str) -> Column:
    return Column(name, ColumnType("boolean"))


def _object_type(object_type: ObjectType, naming: Naming) -> tuple[Cell, ...]:
    table = None if object_type.external else naming.table(object_type)
    return (
        object_type.name,
        object_type.label,
        object_type.plural,
        object_type.description,
        object_type.external,
        table,
    )


def _relationship_type(
    graph: Graph, relationship: RelationshipType, said: Sentences, naming: Naming
) -> tuple[Cell, ...]:
    from_, to = relationship.ends
    where: tuple[Cell, ...] = (naming.table(relationship), None, None)
    if not relationship.is_derived:
        where = links(graph, relationship, naming)[:3]
    return (
        relationship.name,
        from_.object_type,
        to.object_type,
        *from_.bounds,
        *to.bounds,
        relationship.inverse,
        relationship.symmetric,
        relationship.reflexive,
        relationship.acyclic,
        relationship.is_derived,
        *where,
        *said,
    )
