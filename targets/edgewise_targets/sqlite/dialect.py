"""How SQLite says what the relational plan holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from edgewise.catalog import AttributeKind
from edgewise_targets.relational import Dialect, one_line
from edgewise_targets.relational.plan import Column, Table
from edgewise_targets.sqlite.words import RESERVED_WORDS

_TYPES: Mapping[AttributeKind, str] = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}


def text(value: str) -> str:
    """Return a text as an expression on one line: a literal, with char(10) for a line break and its like."""
    if value.isprintable():
        return _quoted(value)
    runs = [("".join(run), is_shown) for is_shown, run in groupby(value, str.isprintable)]
    return f"({' || '.join([_quoted(run) if is_shown else _coded(run) for run, is_shown in runs])})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _coded(text: str) -> str:
    return f"char({', '.join([str(ord(each)) for each in text])})"


def type_of(column: Column) -> str:
    """Return the type of a column; what has no type of its own is text with a condition."""
    return _TYPES.get(column.type.kind, "TEXT")


def default_of(column: Column) -> str:
    """Return the default of a column as a literal of its type."""
    match column.type.kind:
        case "boolean":
            return "1" if column.default else "0"
        case "integer" | "number":
            return repr(column.default)
        case "json":
            return text(json.dumps(column.default, ensure_ascii=False, sort_keys=True))
        case _:
            return text(str(column.default))


def fits(column: Column, name: str) -> str | None:
    """Return what the type leaves open, which in SQLite is nearly everything."""
    condition = _CONDITIONS.get(column.type.kind)
    return condition and condition(column, name)


def _string(column: Column, name: str) -> str:
    return f"length({name}) <= {column.type.max_length} AND {_without_nul(name)}"


def _without_nul(name: str) -> str:
    """length(), GLOB and json_valid() stop at a NUL, so that anything could stand behind one."""
    return f"instr({name}, char(0)) = 0"


def _enum(column: Column, name: str) -> str:
    return f"{name} IN ({', '.join([text(each) for each in column.type.values])})"


def _boolean(_column: Column, name: str) -> str:
    return f"{name} IN (0, 1)"


def _date(_column: Column, name: str) -> str:
    """Compare with what SQLite makes of the date, which takes days that there are not for later ones.

    Only with '+0 days' does it work them out. IS and not =, because it answers NULL to what is no date
    at all, and a condition that is NULL passes.
    """
    return f"{name} IS date({name}, '+0 days')"


def _datetime(_column: Column, name: str) -> str:
    rest = f"substr({name}, 20)"
    return (
        f"{name} IS strftime('%Y-%m-%dT%H:%M:%S', substr({name}, 1, 19), '+0 days') || {rest}"
        f" AND ({rest} = 'Z' OR {rest} GLOB '.[0-9]*Z' AND ltrim(substr({name}, 21), '0123456789') = 'Z')"
    )


def _uuid(_column: Column, name: str) -> str:
    return (
        f"{name} GLOB '????????-????-????-????-????????????' AND {name} NOT GLOB '*[^0-9a-f-]*'"
        f" AND length(replace({name}, '-', '')) = 32 AND {_without_nul(name)}"
    )


def _decimal(column: Column, name: str) -> str:
    """Count the digits before the point, but for leading zeros, and those behind it."""
    whole, scale = column.type.precision - column.type.scale, column.type.scale
    points = f"{name} NOT GLOB '*.*.*' AND {name} NOT GLOB '*.'" if scale else f"{name} NOT GLOB '*.*'"
    return (
        f"({name} GLOB '[0-9]*' OR {name} GLOB '-[0-9]*') AND {name} NOT GLOB '?*[^0-9.]*' AND {points}"
        f" AND instr(ltrim({name}, '-0') || '.', '.') <= {whole + 1}"
        f" AND length({name}) - instr({name} || '.', '.') <= {scale} AND {_without_nul(name)}"
    )


def _json(column: Column, name: str) -> str:
    """Let NULL pass in words, as json_valid() of it is 0 or NULL, depending on the version."""
    valid = f"json_valid({name}) AND {_without_nul(name)}"
    return valid if column.required else f"{name} IS NULL OR {valid}"


_CONDITIONS: Mapping[AttributeKind, Callable[[Column, str], str]] = {
    "string": _string,
    "enum": _enum,
    "decimal": _decimal,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "uuid": _uuid,
    "json": _json,
}


def comments(paragraphs: Sequence[str]) -> Sequence[str]:
    """Return each paragraph as one line, for a comment in the statement; SQLite keeps it with the schema."""
    return [one_line(each) for each in paragraphs]


def options(table: Table) -> str:
    """Return what stands behind a table: the rows of links lie in the primary key, which spares an index.

    So do those of records with an integer key, as SQLite would make up a number for a row without one.
    Records with other keys can be large, and a key with all of them in it would be deep.
    """
    first = table.primary_key[0]
    lies_in_key = first.name != "id" or first.type.kind == "integer"
    return " STRICT, WITHOUT ROWID" if lies_in_key else " STRICT"


SQLITE = Dialect(
    name="sqlite",
    title="SQLite",
    summary="SQLite 3.37+ DDL: STRICT tables, keys, checks and views that enforce the declared rules",
    reserved_words=RESERVED_WORDS,
    reserved_prefix="sqlite_",
    system_columns=frozenset(),
    most_columns=2000,
    keys_are_relations=False,
    text_kinds=frozenset({"decimal", "datetime", "json"}),
    type_of=type_of,
    default_of=default_of,
    fits=fits,
    comments=comments,
    bytewise="",
    options=options,
    literal=text,
    integer="INTEGER",
    varying="TEXT",
    defers=False,
    skips_rows=True,
    locks=None,
    alters=False,
    references_need="PRAGMA foreign_keys = ON",
    notes=lambda _: (
        "Foreign keys are enforced per connection: every program that writes has to set this PRAGMA.",
    ),
)
