"""A dialect to a target."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.diagnostics import Diagnostic
from edgewise.graph import Graph
from edgewise.sentences import sentences
from edgewise.target import Artifact, JsonSchema, Options, Target, template
from edgewise_targets.relational.dialect import Dialect
from edgewise_targets.relational.findings import LINKS, findings
from edgewise_targets.relational.lower import link_table, lower, object_table, views
from edgewise_targets.relational.names import Naming, declared, within
from edgewise_targets.relational.plan import Table
from edgewise_targets.relational.spell import spell

_OBJECT_TYPE_SCHEMA: JsonSchema = {
    "type": "object",
    "properties": {
        "table": {
            "type": "string",
            "minLength": 1,
            "description": "The name of the table. Default: the name of the object type.",
            "examples": ["customers"],
        },
    },
    "additionalProperties": False,
}
_RELATIONSHIP_TYPE_SCHEMA: JsonSchema = {
    "type": "object",
    "properties": {
        "table": {
            "type": "string",
            "minLength": 1,
            "description": "The name of the link table; of the view, where derived. Default: `rel_<name>`.",
            "examples": ["person_orders"],
        },
        "storage": {
            "enum": ["edge"],
            "default": "edge",
            "description": "How links are kept: `edge`, in a table of their own.",
        },
    },
    "additionalProperties": False,
}


def make_target(dialect: Dialect) -> Target:
    """Return the target of a database; its template lies beside it as `<name>.sql.jinja`."""

    def check(graph: Graph, _: Options) -> Iterator[Diagnostic]:
        return findings(graph, Naming(target), dialect)

    def emit(graph: Graph, _: Options) -> Iterator[Artifact]:
        layout = template(f"edgewise_targets.{dialect.name}", f"{dialect.name}.sql.jinja")
        text = layout.render(spell(lower(graph, Naming(target)), dialect)._asdict())
        yield Artifact(f"sql/{dialect.name}.sql", text.encode())

    def describe(graph: Graph, _: Options, declaration: ObjectType | RelationshipType) -> str:
        return in_words(graph, declaration, Naming(target), dialect)

    target = Target(
        name=dialect.name,
        summary=dialect.summary,
        check=check,
        emit=emit,
        describe=describe,
        capabilities=LINKS,
        name_key="table",
        object_type_schema=_OBJECT_TYPE_SCHEMA,
        relationship_type_schema=_RELATIONSHIP_TYPE_SCHEMA,
        family="sql",
    )
    return target


def in_words(
    graph: Graph, declaration: ObjectType | RelationshipType, naming: Naming, dialect: Dialect
) -> str:
    """Say in a few lines which tables and views a declaration becomes."""
    if declaration not in declared(within(graph, naming.target)):
        return "left out"
    if isinstance(declaration, ObjectType):
        if declaration.external:
            return "no table: external"
        return _table(object_table(declaration, naming), dialect)
    said = sentences(graph, declaration)
    made = [f"view {dialect.identifier(each.name)}" for each in views(graph, declaration, said, naming)]
    if not declaration.is_derived:
        made.insert(0, _table(link_table(graph, declaration, said, naming), dialect))
    return "\n".join(made)


def _table(table: Table, dialect: Dialect) -> str:
    columns = [f"{dialect.identifier(each.name)} {dialect.type_of(each)}" for each in table.columns]
    return f"table {dialect.identifier(table.name)} ({', '.join(columns)})"
