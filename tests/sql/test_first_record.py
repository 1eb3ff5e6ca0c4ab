"""Records of which each needs another one: what is said of each database (EW405), and that it is so."""

from __future__ import annotations

from typing import Any

import pytest
from sql_database import Database, put
from sql_database import said as told_of
from sql_writers import Writer, writing

from edgewise.diagnostics import Code

LINKED = {
    "object_types": {"person": {}, "household": {}},
    "relationship_types": {
        "lives_in": {"from": "person", "to": "household", "cardinality": {"from": "1..*", "to": "1"}}
    },
}
IN_COLUMNS = {
    "object_types": {"person": {}, "passport": {}},
    "relationship_types": {
        name: {
            "from": here,
            "to": there,
            "cardinality": {"from": "*", "to": "1"},
            "targets": {"sql": {"storage": "column"}},
        }
        for name, here, there in (("has", "person", "passport"), ("held_by", "passport", "person"))
    },
}
FIRST = {
    "PostgreSQL": "PostgreSQL can defer: make these records and their links in one transaction",
    "SQLite": "SQLite cannot defer, and only finds by query what is missing: make them one by one",
    "MySQL": "MySQL cannot defer, and only finds by query what is missing: make them one by one",
}


def told(database: Database, manifest: dict[str, Any]) -> str:
    """Return the first line of the help of the one warning."""
    (found,) = told_of(manifest, database.target, Code.NO_FIRST_RECORD)
    return found.help.splitlines()[0]


def run(writer: Writer, *statements: str) -> list[bool]:
    """Run statements, and tell of each whether it was taken."""
    return [writer.run(each) is None for each in statements]


PERSON = "INSERT INTO person (id) VALUES ('p')"
HOUSEHOLD = "INSERT INTO household (id) VALUES ('h')"
LINK = "INSERT INTO rel_lives_in (from_id, to_id) VALUES ('p', 'h')"


def test_a_database_that_can_defer_takes_them_in_one_transaction(database: Database) -> None:
    said = told(database, LINKED)
    assert said == FIRST[database.target.title]
    put(database, LINKED)
    with writing(database) as writer:
        if "can defer" in said:
            assert run(writer, PERSON) == [False]
            assert run(writer, "BEGIN", PERSON, HOUSEHOLD, LINK, "COMMIT") == [True] * 5
        else:
            assert run(writer, PERSON) == [True]
            assert len(writer.rows("SELECT rule FROM edgewise_violation")) == 1
            assert run(writer, HOUSEHOLD, LINK) == [True] * 2
        assert writer.rows("SELECT rule FROM edgewise_violation") == []


def test_columns_that_need_one_another_refuse_each_of_them(database: Database) -> None:
    title = database.target.title
    assert told(database, IN_COLUMNS) == (
        f"{title} cannot defer, and refuses each of them while what it needs is not there"
    )
    put(database, IN_COLUMNS)
    person = "INSERT INTO person (id, has_id) VALUES ('p', 'q')"
    passport = "INSERT INTO passport (id, held_by_id) VALUES ('q', 'p')"
    with writing(database) as writer:
        assert run(writer, person, passport) == [False, False]
        assert run(writer, "BEGIN", person) == [True, False]


@pytest.mark.parametrize("end", ["person", "household"])
def test_records_kept_elsewhere_are_there_already(database: Database, end: str) -> None:
    kept = {**LINKED["object_types"], end: {"external": True}}
    assert told_of({**LINKED, "object_types": kept}, database.target, Code.NO_FIRST_RECORD) == []
