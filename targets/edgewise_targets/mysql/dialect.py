"""How MySQL and MariaDB say what the relational plan holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from edgewise.catalog import AttributeKind
from edgewise_targets.mysql.sizes import MOST_COLUMNS, findings
from edgewise_targets.mysql.words import RESERVED_WORDS
from edgewise_targets.relational import Dialect, one_line
from edgewise_targets.relational.plan import Column, Cyclic, Plan, Table

# Ids are compared byte by byte, and a byte is enough for each of their characters.
_OF_IDS = "CHARACTER SET ascii COLLATE ascii_bin"
_LONGEST_TABLE_COMMENT = 2048
_LONGEST_COLUMN_COMMENT = 1024

_TYPES: Mapping[AttributeKind, str] = {
    "text": "text",
    "integer": "bigint",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime(6)",
    "uuid": f"char(36) {_OF_IDS}",
    "json": "json",
}

_ESCAPES = {"\\": r"\\", "'": "''", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\0": r"\0", "\x1a": r"\Z"}


def text(value: str) -> str:
    """Return a text as a literal on one line, in hexadecimal where it holds what there is no escape for.

    A backslash means what it does in the modes that the file sets, whatever those of the server are.
    """
    if all(each.isprintable() or each in _ESCAPES for each in value):
        return f"'{''.join([_ESCAPES.get(each, each) for each in value])}'"
    return f"_utf8mb4 X'{value.encode().hex()}'"


def type_of(column: Column) -> str:
    """Return the type of a column."""
    held = column.type
    match held.kind:
        case "string":
            return f"varchar({held.max_length}){f' {_OF_IDS}' if held.is_id else ''}"
        case "enum":
            return f"varchar({max([len(value) for value in held.values])})"
        case "decimal":
            return f"decimal({held.precision}, {held.scale})"
        case _:
            return _TYPES[held.kind]


def default_of(column: Column) -> str:
    """Return the default of a column as a literal of its type; those of long texts have to be expressions."""
    default = column.default
    match column.type.kind:
        case "boolean" | "integer" | "number":
            return json.dumps(default).upper()
        case "decimal":
            return str(default)
        case "datetime":
            return text(str(default).replace("T", " ").removesuffix("Z"))
        case "text" | "json" as kind:
            long = default if kind == "text" else json.dumps(default, ensure_ascii=False, sort_keys=True)
            return f"({text(long)})"
        case _:
            return text(str(default))


def fits(column: Column, name: str) -> str | None:
    """Return what the type of a column leaves open."""
    condition = _CONDITIONS.get(column.type.kind)
    return condition and condition(column, name)


def _string(column: Column, name: str) -> str | None:
    """Keep ids from ending in a space: it would not tell one from another."""
    return f"{name} NOT LIKE '% '" if column.type.is_id else None


def _enum(column: Column, name: str) -> str:
    """Compare bytes, as texts are the same for the database where they differ in spaces at the end alone."""
    return f"CAST({name} AS binary) IN ({', '.join([text(each) for each in column.type.values])})"


def _boolean(_column: Column, name: str) -> str:
    return f"{name} IN (0, 1)"


def _date(_column: Column, name: str) -> str:
    """Refuse a month or day zero, which some modes take."""
    return f"MONTH({name}) > 0 AND DAYOFMONTH({name}) > 0"


def _uuid(_column: Column, name: str) -> str:
    return f"{name} REGEXP '^[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}$'"


_CONDITIONS: Mapping[AttributeKind, Callable[[Column, str], str | None]] = {
    "string": _string,
    "enum": _enum,
    "boolean": _boolean,
    "date": _date,
    "datetime": _date,
    "uuid": _uuid,
}


def comments(paragraphs: Sequence[str]) -> Sequence[str]:
    """Return the one literal that a table has for its comment; none where there is nothing to say."""
    return (_comment(" ".join(paragraphs), _LONGEST_TABLE_COMMENT),) if paragraphs else ()


def remark(column: Column) -> str:
    """Return the comment of a column."""
    if column.comment is None:
        return ""
    return f" COMMENT {_comment(column.comment, _LONGEST_COLUMN_COMMENT)}"


def _comment(said: str, longest: int) -> str:
    """Cut what is too long; a character of four bytes would be lost, as no comment can hold one."""
    line = "".join([each if each <= "\uffff" else "\ufffd" for each in one_line(said)])
    return text(line if len(line) <= longest else f"{line[: longest - 1]}…")


def view_comments(paragraphs: Sequence[str]) -> Sequence[str]:
    """Return each paragraph as one line, for the file alone: a view has no comment."""
    return [one_line(each) for each in paragraphs]


def options(_table: Table) -> str:
    """Return what stands behind a table: an engine with foreign keys, and texts compared by bytes."""
    return " ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin"


def notes(plan: Plan) -> Sequence[str]:
    """Tell what the programs that write have to take care of."""
    told = ["Programs that write: only in strict mode, the default, is a value that is too long refused."]
    if plan.triggers:
        told.append(
            "A writer that waits in a trigger may be told of a deadlock (1213), as any other: try again."
        )
    if any(isinstance(each, Cyclic) for each in plan.violations):
        told.append(
            "`edgewise_violation` follows links for 1000 steps: to go on, set max_recursive_iterations in"
        )
        told.append("MariaDB, cte_max_recursion_depth in MySQL.")
    return told


MYSQL = Dialect(
    name="mysql",
    title="MySQL",
    summary="MySQL 8.0.16+ and MariaDB 10.6+ DDL: tables, keys, checks and views that enforce the rules",
    reserved_words=RESERVED_WORDS,
    reserved_prefix="#sql",
    system_columns=frozenset({"db_row_id", "db_trx_id", "db_roll_ptr", "fts_doc_id"}),
    most_columns=MOST_COLUMNS,
    keys_are_relations=False,
    text_kinds=frozenset(),
    type_of=type_of,
    default_of=default_of,
    fits=fits,
    comments=comments,
    bytewise="",
    options=options,
    literal=text,
    integer="signed",
    varying="char",
    defers=False,
    skips_rows=True,
    locks="table",
    notes=notes,
    quote="`",
    checks_set_null=False,
    indexes_are_relations=False,
    names_primary_keys=False,
    longest_message=128,
    constraints_share_names=True,
    remark=remark,
    view_comments=view_comments,
    findings=findings,
)
