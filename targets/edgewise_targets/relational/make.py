"""A dialect to a target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from edgewise.catalog import End, ObjectType, RelationshipType
from edgewise.diagnostics import Diagnostic
from edgewise.graph import Graph
from edgewise.sentences import sentences
from edgewise.target import Artifact, Checked, JsonSchema, Options, Proof, Prover, Target, json_bytes, render
from edgewise_targets.relational.dialect import FAMILY, Dialect
from edgewise_targets.relational.findings import LINKS, findings
from edgewise_targets.relational.limits import minimum
from edgewise_targets.relational.lower import all_rules, lower
from edgewise_targets.relational.names import Naming, declared, within
from edgewise_targets.relational.plan import Enforcement, Rule, Table
from edgewise_targets.relational.spell import spell
from edgewise_targets.relational.storage import column_name, links
from edgewise_targets.relational.tables import held, link_table, object_table
from edgewise_targets.relational.triggers import triggers
from edgewise_targets.relational.views import views

_SCHEMA: JsonSchema = {
    "type": "string",
    "minLength": 1,
    "description": "The schema of the table, where the database has schemas. Default: the current one.",
    "examples": ["sales"],
}
_OBJECT_TYPE_SCHEMA: JsonSchema = {
    "type": "object",
    "properties": {
        "table": {
            "type": "string",
            "minLength": 1,
            "description": "The name of the table. Default: the name of the object type.",
            "examples": ["customers"],
        },
        "schema": _SCHEMA,
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
        "schema": _SCHEMA,
        "storage": {
            "enum": ["edge", "column"],
            "default": "edge",
            "description": "How links are kept: in a table, or in a column of the records with at most one.",
        },
    },
    "additionalProperties": False,
}

# When a database looks at a minimum, by what holds it there.
_CHECKED: Mapping[Enforcement, Checked | None] = {
    "constraint": "at once",
    "trigger": "at the end",
    "query": "by query",
    "none": None,
}


def make_target(dialect: Dialect, *servers: str) -> Target:
    """Return the target of a database: beside it lie its template, `<name>.sql.jinja`, and `connection`.

    `servers` are examples of the URLs of servers, none where the database needs none.
    """

    def check(graph: Graph, _: Options) -> Iterator[Diagnostic]:
        return findings(graph, naming(), dialect)

    def emit(graph: Graph, _: Options) -> Iterator[Artifact]:
        yield Artifact(f"sql/{dialect.name}.sql", _ddl(graph, naming(), dialect))
        yield Artifact(f"sql/{dialect.name}.rules.json", _rules(graph, naming(), dialect))

    def describe(graph: Graph, _: Options, declaration: ObjectType | RelationshipType) -> str:
        return in_words(graph, declaration, naming(), dialect)

    def prove(graph: Graph, options: Options, url: str | None) -> Proof:
        from edgewise_targets.relational.proof import proof  # noqa: PLC0415 - only one command needs it

        sql, entries = [each.content for each in emit(graph, options)]
        return proof(within(graph, target), dialect, sql, entries, url)

    def minimum_checked(graph: Graph, _: Options, relationship: RelationshipType, end: End) -> Checked | None:
        kept = within(graph, target)
        if relationship.name not in kept.relationship_types:
            return None
        return _CHECKED[minimum(kept, relationship, end, naming(), dialect).enforced_by]

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
        family=FAMILY,
        title=dialect.title,
        minimum_checked=minimum_checked,
        prover=Prover(prove, servers),
    )

    def naming() -> Naming:
        return Naming(target, has_schemas=dialect.has_schemas)

    return target


def _ddl(graph: Graph, naming: Naming, dialect: Dialect) -> bytes:
    spelled = spell(lower(graph, naming, dialect), dialect)
    package = f"edgewise_targets.{dialect.name}"
    return render(package, f"{dialect.name}.sql.jinja", spelled._asdict()).encode()


def _rules(graph: Graph, naming: Naming, dialect: Dialect) -> bytes:
    return json_bytes([_entry(each, dialect) for each in all_rules(graph, naming, dialect)])


def _entry(rule: Rule, dialect: Dialect) -> dict[str, Any]:
    """Return a rule as `rules.json` has it."""
    entry = {
        "relationship_type": rule.relationship,
        "rule": rule.kind,
        "end": rule.end,
        "bound": rule.bound,
        "attribute": rule.attribute,
        "sentence": rule.sentence,
        "enforced_by": rule.enforced_by,
        "name": rule.name,
    }
    if rule.reason is not None:
        entry["reason"] = rule.reason
    if rule.needs_references and dialect.references_need is not None:
        entry["requires"] = dialect.references_need
    return entry


def in_words(
    graph: Graph, declaration: ObjectType | RelationshipType, naming: Naming, dialect: Dialect
) -> str:
    """Say in a few lines which tables and views a declaration becomes."""
    if declaration not in declared(within(graph, naming.target)):
        return "left out"
    if isinstance(declaration, ObjectType):
        if declaration.external:
            return "no table: external"
        held_links = held(graph, naming).get(declaration.name, ())
        return _table(object_table(graph, declaration, held_links, naming, dialect), dialect)
    said = sentences(graph, declaration)
    made = [f"view {dialect.identifier(each.name)}" for each in views(graph, declaration, said, naming)]
    if declaration.is_derived:
        return "\n".join(made)
    if naming.is_column(declaration):
        kept = links(graph, declaration, naming)
        named = column_name(graph, declaration)
        made.insert(0, f"column {dialect.identifier(kept.table)}.{dialect.identifier(named)}")
    else:
        made.insert(0, _table(link_table(graph, declaration, said, naming), dialect))
    made += [
        f"trigger {dialect.identifier(each.name)}" for each in triggers(graph, declaration, naming, dialect)
    ]
    return "\n".join(made)


def _table(table: Table, dialect: Dialect) -> str:
    columns = [f"{dialect.identifier(each.name)} {dialect.type_of(each)}" for each in table.columns]
    return f"table {dialect.identifier(table.name)} ({', '.join(columns)})"
