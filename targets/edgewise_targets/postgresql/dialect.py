"""How PostgreSQL says what the relational plan holds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from edgewise.catalog import AttributeKind
from edgewise_targets.postgresql.words import RESERVED_WORDS
from edgewise_targets.relational import Dialect
from edgewise_targets.relational.plan import Column, Key, Plan
from edgewise_targets.relational.questions import count_of_views

# What a server is set up for unless it is told otherwise: max_connections, and 64 locks for each.
_USUAL_CONNECTIONS = 100
_USUAL_LOCKS = 64 * _USUAL_CONNECTIONS

_TYPES: Mapping[AttributeKind, str] = {
    "string": "text",
    "enum": "text",
    "text": "text",
    "integer": "bigint",
    "number": "double precision",
    "boolean": "boolean",
    "date": "date",
    "datetime": "timestamptz",
    "uuid": "uuid",
    "json": "jsonb",
}


def text(value: str) -> str:
    r"""Return a text as a literal that means the same whatever `standard_conforming_strings` is, on one line.

    A backslash is only safe where the literal says that it is one (`E'\\'`); so does `quote_literal`.
    """
    quoted = value.replace("'", "''")
    if "\\" not in value and value.isprintable():
        return f"'{quoted}'"
    return f"E'{''.join([_escaped(each) for each in quoted])}'"


_ESCAPES = {"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\U{ord(character):08X}"


def type_of(column: Column) -> str:
    """Return the type of a column."""
    if column.type.kind == "decimal":
        return f"numeric({column.type.precision}, {column.type.scale})"
    return _TYPES[column.type.kind]


def default_of(column: Column) -> str:
    """Return the default of a column as a literal of its type."""
    match column.type.kind:
        case "boolean":
            return "TRUE" if column.default else "FALSE"
        case "integer" | "number":
            return repr(column.default)
        case "decimal":
            return str(column.default)
        case "json":
            return text(json.dumps(column.default, ensure_ascii=False, sort_keys=True))
        case _:
            return text(str(column.default))


def fits(column: Column, name: str) -> str | None:
    """Return what the type `text` leaves open: how long it is, or which values there are."""
    if column.type.kind == "enum":
        return f"{name} IN ({', '.join([text(each) for each in column.type.values])})"
    if column.type.max_length is not None:
        return f"char_length({name}) <= {column.type.max_length}"
    return None


def comments(paragraphs: Sequence[str]) -> Sequence[str]:
    """Return the one literal that `COMMENT ON` takes; none where there is nothing to say."""
    return (text(" ".join(paragraphs)),) if paragraphs else ()


def notes(plan: Plan) -> Sequence[str]:
    """Tell of the locks that a large plan needs, all at once as it is one transaction.

    Each relation that is made has one, and a table with texts has two more for what is kept beside it.
    """
    tables = (*plan.object_tables, *plan.link_tables, *plan.descriptions)
    keys = sum(isinstance(rule, Key) for table in tables for rule in table.constraints)
    views = len(plan.views) + count_of_views(len(plan.violations), POSTGRESQL)
    locks = 3 * len(tables) + keys + sum(len(table.indexes) for table in tables) + views
    if locks <= _USUAL_LOCKS:
        return ()
    needed = -(-locks // _USUAL_CONNECTIONS)
    return (f"Takes {locks} locks: max_locks_per_transaction has to be {needed} or more for this file.",)


POSTGRESQL = Dialect(
    name="postgresql",
    title="PostgreSQL",
    summary="PostgreSQL 14+ DDL: tables, keys, checks and views that enforce the declared rules",
    reserved_words=RESERVED_WORDS,
    # A table of this name can be made, but a foreign key would refer to the catalog's.
    reserved_prefix="pg_",
    system_columns=frozenset({"cmax", "cmin", "ctid", "tableoid", "xmax", "xmin"}),
    most_columns=1600,
    keys_are_relations=True,
    text_kinds=frozenset(),
    type_of=type_of,
    default_of=default_of,
    fits=fits,
    comments=comments,
    bytewise=' COLLATE "C"',
    options=lambda _: "",
    literal=text,
    integer="integer",
    varying="text",
    defers=True,
    locks="record",
    has_schemas=True,
    notes=notes,
)
