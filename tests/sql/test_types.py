"""What each type of attribute takes and refuses, and the defaults of each."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sql_database import Database, ddl, insert, put, said

from edgewise.diagnostics import Code

UUID_TEXT = "123e4567-e89b-12d3-a456-42661417400f"
SMALLEST, LARGEST = -(2**63), 2**63 - 1

# Each kind: attribute, values that are taken, values that are not.
KINDS: list[tuple[dict[str, Any], list[Any], list[Any]]] = [
    ({"type": "string"}, ["", "ä", "a\nb", "x" * 255], ["x" * 256]),
    ({"type": "text"}, ["", "x" * 65_535, "'\";--\\"], []),
    ({"enum": ["a", "b c"]}, ["a", "b c"], ["", "A", "a ", " a", "b"]),
    ({"type": "integer"}, [0, -1, SMALLEST, LARGEST], [str(LARGEST + 1), "one", "1.5", ""]),
    ({"type": "number"}, [0, -1.5, 1e300, 5e-324], ["one", ""]),
    (
        {"type": "decimal", "precision": 5, "scale": 2},
        ["0", "1.5", "-1.50", "999.99", "-999.99", "0.01"],
        ["", "-", ".", "x", "1e", "1000", "1000.00", "-1000.1", "1.2.3", "--1", "1-2", "1,5", " "],
    ),
    ({"type": "decimal", "precision": 3, "scale": 0}, ["0", "999", "-12"], ["1000", "1..", "x1"]),
    ({"type": "decimal", "precision": 2, "scale": 2}, ["0.55", "-0.5", "0"], ["1", "1.00", "-1"]),
    (
        {"type": "date"},
        ["2024-02-29", "1970-01-01", "9999-12-31"],
        ["2023-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "", "someday", "2024-02-29x"],
    ),
    (
        {"type": "datetime"},
        ["2024-02-29T23:59:59Z", "2024-02-29T00:00:00.5Z", "2024-02-29T00:00:00.123456Z"],
        ["2023-02-29T00:00:00Z", "2024-02-29T25:00:00Z", "2024-02-29T00:60:00Z", "", "x"],
    ),
    ({"type": "uuid"}, [UUID_TEXT], ["", UUID_TEXT[:-1], UUID_TEXT + "0", "g" + UUID_TEXT[1:], "x" * 36]),
    (
        {"type": "json"},
        ['{"a": [1, null, "\\u00e4"]}', "[]", "1", '"x"', "null", "true"],
        ["", "{", "{'a': 1}", "[1,]", "nul"],
    ),
]
# What PostgreSQL's own types take in more forms than the one that SQLite's conditions have.
ONE_FORM: list[tuple[dict[str, Any], list[Any]]] = [
    (
        {"type": "decimal", "precision": 5, "scale": 2},
        ["1.555", "+1", "1e2", " 1", "1 ", "NaN", "1.", ".5", "1\x00"],
    ),
    (
        {"type": "date"},
        ["2024-2-9", "20240209", "2024-02-09 ", "now", "2024-02-09T00:00:00Z", "2460000", "2024-02-09\x00"],
    ),
    (
        {"type": "datetime"},
        [
            "2024-02-29T00:00:00",
            "2024-02-29 00:00:00Z",
            "2024-02-29T00:00:00z",
            "2024-02-29t00:00:00Z",
            "2024-02-29T00:00:00+00:00",
            "2024-02-29T02:00:00+02:00",
            "2024-02-29T24:00:00Z",
            "2024-02-29T23:59:60Z",
            "2024-02-29T00:00Z",
            "2024-02-29T00:00:00.Z",
            "2024-02-29T00:00:00.x1Z",
            "2024-02-29T00:00:00.1x1Z",
            "2024-02-29T00:00:00.5",
            "2024-02-29T00:00:00.5ZZ",
            "2024-02-29",
            "now",
            "2024-02-29T00:00:00Z\x00",
        ],
    ),
    (
        {"type": "uuid"},
        [UUID_TEXT.upper(), UUID_TEXT.replace("-", ""), "{" + UUID_TEXT + "}", UUID_TEXT + "\x00"],
    ),
    (
        {"type": "uuid"},
        ["-" * 36, "123e4567-e89b-12d3-a456--2661417400f", "123e4567e-89b-12d3-a456-42661417400f"],
    ),
    ({"type": "json"}, ["[1]\x00[", "{a: 1}", "[1] // one"]),
    ({"type": "string", "max_length": 3}, ["a\x00bcdef"]),
    ({"enum": ["a"]}, ["a\x00"]),
    ({"type": "boolean"}, [2, -1, "yes", "true", 0.5]),
    ({"type": "integer"}, [1.5, b"1"]),
    ({"type": "text"}, [b"x"]),
    ({"type": "number"}, ["x", b"1"]),
]


def table_of(attribute: dict[str, Any]) -> dict[str, Any]:
    return {"object_types": {"thing": {"attributes": {"what": attribute}}}}


def name_of(case: Any) -> str:
    return "-".join(str(each) for each in case.values()) if isinstance(case, dict) else ""


@pytest.mark.parametrize(("attribute", "good", "bad"), KINDS, ids=name_of)
def test_what_a_type_takes_and_refuses(
    database: Database, attribute: dict[str, Any], good: list[Any], bad: list[Any]
) -> None:
    put(database, table_of(attribute))
    for number, value in enumerate(good):
        assert insert(database, "thing", id=str(number), what=in_its_form(database, value)) is None, value
    rounded = ROUNDED.get(attribute.get("type", ""), set()) if database.title == "MySQL" else set()
    for value in [each for each in bad if each not in rounded]:
        assert insert(database, "thing", id="bad", what=value) is not None, value
    assert insert(database, "thing", id="none") is None


# What MySQL makes a value of that fits, as it does with 0.5 as an integer.
ROUNDED = {"integer": {"1.5"}}


def in_its_form(database: Database, value: Any) -> Any:
    """Return a point in time as the database has it: in MySQL without a zone, and that is UTC."""
    is_time = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT.*Z", value)
    return value.removesuffix("Z") if is_time and database.title == "MySQL" else value


@pytest.mark.parametrize(("attribute", "bad"), ONE_FORM, ids=name_of)
def test_sqlite_takes_one_form_of_each_value(
    sqlite: Database, attribute: dict[str, Any], bad: list[Any]
) -> None:
    put(sqlite, table_of(attribute))
    for value in bad:
        assert insert(sqlite, "thing", id="bad", what=value) is not None, value


def test_booleans(database: Database) -> None:
    put(database, table_of({"type": "boolean", "required": True}))
    for value in (True, False):
        assert insert(database, "thing", id=str(value), what=value) is None
    assert insert(database, "thing", id="x", what=None) is not None
    assert insert(database, "thing", id="x", what="maybe") is not None


DEFAULTS: list[tuple[dict[str, Any], Any, Any]] = [
    ({"type": "string", "default": "it's\n\\a"}, "it's\n\\a", "it's\n\\a"),
    ({"type": "text", "default": ""}, "", ""),
    ({"enum": ["a", "b"], "default": "b"}, "b", "b"),
    ({"type": "integer", "default": SMALLEST}, SMALLEST, SMALLEST),
    ({"type": "number", "default": -1.5}, -1.5, -1.5),
    ({"type": "number", "default": 1}, 1.0, 1.0),
    ({"type": "decimal", "default": "-12.50"}, Decimal("-12.5"), "-12.5"),
    ({"type": "decimal", "precision": 2, "scale": 2, "default": "0.5"}, Decimal("0.5"), "0.5"),
    ({"type": "boolean", "default": True}, True, 1),
    ({"type": "boolean", "default": False}, False, 0),
    ({"type": "date", "default": "2024-02-29"}, date(2024, 2, 29), "2024-02-29"),
    (
        {"type": "datetime", "default": "2024-02-29T02:00:00.5+02:00"},
        datetime(2024, 2, 29, 0, 0, 0, 500_000, tzinfo=UTC),
        "2024-02-29T00:00:00.500000Z",
    ),
    ({"type": "uuid", "default": UUID_TEXT.upper()}, UUID(UUID_TEXT), UUID_TEXT),
    ({"type": "json", "default": {"b": ["'", 1.5], "a": None}}, {"a": None, "b": ["'", 1.5]}, None),
]


@pytest.mark.parametrize(("attribute", "in_postgresql", "in_sqlite"), DEFAULTS, ids=name_of)
def test_defaults(database: Database, attribute: dict[str, Any], in_postgresql: Any, in_sqlite: Any) -> None:
    put(database, table_of({"required": True, **attribute}))
    assert insert(database, "thing", id="1") is None
    ((found,),) = database.rows("SELECT what FROM thing")
    if database.title == "PostgreSQL":
        assert found == in_postgresql
    elif database.title == "MySQL" and type(in_postgresql) is datetime:
        assert found.replace(tzinfo=UTC) == in_postgresql
    elif database.title == "MySQL" and isinstance(in_postgresql, (Decimal, date)):
        assert found == in_postgresql
    elif attribute["type" if "type" in attribute else "enum"] == "json":
        assert json.loads(found) == in_postgresql
    else:
        assert (found, type(found)) == (in_sqlite, type(in_sqlite))


TYPES = {
    "PostgreSQL": {
        "string": "text",
        "text": "text",
        "integer": "bigint",
        "number": "double precision",
        "decimal": "numeric(18, 4)",
        "boolean": "boolean",
        "date": "date",
        "datetime": "timestamptz",
        "uuid": "uuid",
        "json": "jsonb",
    },
    "SQLite": {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"},
    "MySQL": {
        "string": "varchar(255)",
        "text": "text",
        "integer": "bigint",
        "number": "double",
        "decimal": "decimal(18, 4)",
        "boolean": "boolean",
        "date": "date",
        "datetime": "datetime(6)",
        "uuid": "char(36) CHARACTER SET ascii COLLATE ascii_bin",
        "json": "json",
        "enum": "varchar(1)",
    },
}


def test_the_type_of_each_column(database: Database) -> None:
    kinds = TYPES["PostgreSQL"]
    attributes = {f"a_{kind}": {"type": kind} for kind in kinds} | {"a_enum": {"enum": ["x"]}}
    sql = ddl({"object_types": {"thing": {"attributes": attributes}}}, database.target)
    columns = {
        line.split()[0]: line.strip().rstrip(",") for line in sql.splitlines() if line.startswith("  a_")
    }
    usual = "text" if database.title == "PostgreSQL" else "TEXT"
    expected = {f"a_{kind}": TYPES[database.title].get(kind, usual) for kind in [*kinds, "enum"]}
    assert {name: line.split(maxsplit=1)[1] for name, line in columns.items()} == expected


def test_unique_texts_that_mean_the_same_are_told_of(database: Database) -> None:

    manifest = table_of({"type": "decimal", "unique": True})
    found = said(manifest, database.target, Code.LOSS)
    assert len(found) == (1 if database.title == "SQLite" else 0)
    put(database, manifest)
    assert insert(database, "thing", id="1", what="1.5") is None
    refusal = insert(database, "thing", id="2", what="1.50")
    assert (refusal is None) == bool(found)
