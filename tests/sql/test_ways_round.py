"""Ways round a rule that a database offers beside one statement about one row, and what is no way round.

TRUNCATE, statements about many rows, statements that replace or ignore what is there, other ids, records
that are deleted, connections without foreign keys: none gets past a rule, and none is refused in vain.
"""

from __future__ import annotations

from typing import Any

import pytest
from sql_database import Database, PostgreSQL, SQLite, said
from sql_scenes import (
    bounds,
    circle,
    column,
    deleted,
    do,
    gone,
    has,
    led,
    loaded,
    manifest,
    put_in,
    records,
    rule_entries,
    symmetric,
    transacted,
)
from sql_writers import MariaDBWriter, Writer, emptied

from edgewise.diagnostics import Code

PEOPLE = records("person", *(f"p{each}" for each in range(6)))
ARTICLES = records("article", *(f"a{each}" for each in range(6)))


def pairs(writer: Writer) -> list[tuple[Any, ...]]:
    return sorted(writer.rows("SELECT from_id, to_id FROM rel_has"))


def violations(database: Database) -> list[tuple[Any, ...]]:
    columns = "relationship_type, rule, object_type, object_id, found"
    return database.rows(f"SELECT {columns} FROM edgewise_violation")


# ---- statements about many rows ----


def test_many_links_at_once_up_to_the_maximum(database: Database) -> None:
    with loaded(database, bounds("0..2", "0..3")) as writer:
        do(writer, PEOPLE, ARTICLES, has("p1-a1", "p1-a2", "p1-a3", "p2-a1"))
        refused = writer.run(has("p2-a2", "p3-a1"))
        assert refused is not None
        assert refused.name == "rel_has_from_max"
        refused = writer.run("UPDATE rel_has SET from_id = 'p1', to_id = 'a0' WHERE from_id = 'p2'")
        assert refused is not None
        assert refused.name == "rel_has_to_max"
        assert len(pairs(writer)) == 4


def test_many_links_at_once_that_close_a_cycle(database: Database) -> None:
    with loaded(database, circle("*", "*", acyclic=True)) as writer:
        do(writer, PEOPLE, has("p1-p2", "p2-p3", "p3-p4"))
        refused = writer.run(has("p4-p5", "p5-p1"))
        assert refused is not None
        assert refused.name == "rel_has_acyclic"
        refused = writer.run(has("p0-p0"))
        assert refused is not None
        assert refused.name in {"rel_has_acyclic", "rel_has_no_self"}
        assert len(pairs(writer)) == 3


def test_many_symmetric_links_at_once(database: Database) -> None:
    with loaded(database, symmetric("0..1")) as writer:
        do(writer, PEOPLE, has("p0-p1", "p2-p3"))
        refused = writer.run(has("p4-p5", "p1-p4"))
        assert refused is not None
        assert pairs(writer) == [("p0", "p1"), ("p2", "p3")]
        do(writer, "DELETE FROM rel_has", has("p1-p2", "p3-p4"))
        assert len(pairs(writer)) == 2


def test_all_links_deleted_at_once(postgresql: PostgreSQL) -> None:
    with loaded(postgresql, bounds("*", "1..*")) as writer:
        do(writer, "BEGIN", PEOPLE, ARTICLES, *(has(f"p{each}-a1") for each in range(6)), "COMMIT")
        refused = writer.run("DELETE FROM rel_has")
        assert refused is not None
        assert refused.name == "rel_has_to_min"
        refused = writer.run("DELETE FROM article")
        assert refused is not None
        assert refused.name == "rel_has_to_min"
        assert len(pairs(writer)) == 6
        do(writer, "DELETE FROM person")
        assert pairs(writer) == []


@pytest.mark.parametrize(
    "more",
    [bounds("0..1", "*"), bounds("0..2", "*"), bounds("0..2", "*") | {"to": "account"}, bounds("*", "*")],
    ids=["one", "two", "external", "any number"],
)
def test_links_made_of_what_a_query_finds(database: Database, more: dict[str, Any]) -> None:
    """A trigger that writes to the object table would forbid that in MariaDB."""
    with loaded(database, more) as writer:
        do(writer, PEOPLE, ARTICLES)
        to = "'x'" if more["to"] == "account" else "'a1'"
        condition = "id = 'p1'" if more["cardinality"]["from"] == "0..1" else "id IN ('p1', 'p2')"
        do(writer, f"INSERT INTO rel_has (from_id, to_id) SELECT id, {to} FROM person WHERE {condition}")
        made = pairs(writer)
        assert len(made) in {1, 2}
        if more["cardinality"]["from"] != "*":
            third = f"SELECT id, {to} FROM person WHERE id = 'p3'"
            assert writer.run(f"INSERT INTO rel_has (from_id, to_id) {third}") is not None
            assert pairs(writer) == made


@pytest.mark.parametrize(
    "more",
    [
        bounds("0..2", "0..1000"),
        circle("*", "*", acyclic=True),
        symmetric("0..1000"),
        bounds("0..2", "0..1000") | {"from": "account"},
    ],
    ids=["counted", "acyclic", "symmetric", "external"],
)
def test_a_thousand_links_at_once(database: Database, more: dict[str, Any]) -> None:
    with loaded(database, more) as writer:
        far = "p" if more["to"] == "person" else "a"
        table = "person" if far == "p" else "article"
        do(writer, "BEGIN")
        do(writer, records(table, *(f"{far}{each:04}" for each in range(1, 1001))))
        if more["from"] == "person":
            do(writer, records("person", f"{'p' if far == 'p' else 'q'}0000"))
        first = "x" if more["from"] == "account" else "p0000" if far == "p" else "q0000"
        do(writer, has(*(f"{first}-{far}{each:04}" for each in range(1, 1001))), "COMMIT")
        assert len(pairs(writer)) == 1000
        assert violations(database) == []


# ---- TRUNCATE ----


def test_truncate_does_not_get_below_a_minimum(postgresql: PostgreSQL) -> None:
    with loaded(postgresql, bounds("1..*", "*")) as writer:
        do(writer, "BEGIN", PEOPLE, records("article", "a1"), has("p1-a1"), "COMMIT")
        refused = transacted(writer, "TRUNCATE rel_has")
        assert refused is not None
        assert refused.name == "rel_has_from_min"
        refused = transacted(writer, "TRUNCATE person CASCADE")
        assert refused is not None
        assert refused.name == "rel_has_from_min"
        assert pairs(writer) == [("p1", "a1")]
        do(writer, "TRUNCATE article, rel_has")
        assert pairs(writer) == []
        assert writer.run(records("article", "a2")) is not None


def test_truncate_where_nothing_forbids_it(postgresql: PostgreSQL) -> None:
    with loaded(postgresql, symmetric("0..1")) as writer:
        do(writer, PEOPLE, has("p1-p2"), "TRUNCATE rel_has CASCADE", has("p2-p3"))
        assert pairs(writer) == [("p2", "p3")]


# ---- other ids ----


def test_a_record_with_links_keeps_its_id(database: Database) -> None:
    with loaded(database, bounds("0..2", "0..2")) as writer:
        do(writer, PEOPLE, ARTICLES, has("p1-a1"))
        assert writer.run("UPDATE person SET id = 'p9' WHERE id = 'p1'") is not None
        assert writer.run("UPDATE article SET id = 'a9' WHERE id = 'a1'") is not None
        do(writer, "UPDATE person SET id = 'p9' WHERE id = 'p2'", has("p9-a1"))
        assert pairs(writer) == [("p1", "a1"), ("p9", "a1")]


def test_a_link_in_a_column_goes_along_with_its_record(database: Database) -> None:
    with loaded(database, column(bounds("0..1", "0..2"))) as writer:
        do(writer, PEOPLE, ARTICLES, put_in("a1", "'p1'"), put_in("a2", "'p1'"))
        do(writer, "UPDATE article SET id = 'a9' WHERE id = 'a1'")
        assert pairs(writer) == [("p1", "a2"), ("p1", "a9")]
        assert writer.run("UPDATE person SET id = 'p9' WHERE id = 'p1'") is not None
        assert writer.run(put_in("a3", "'p1'")) is not None


def test_a_new_id_is_no_way_round_a_minimum(postgresql: PostgreSQL) -> None:
    with loaded(postgresql, bounds("*", "1..*")) as writer:
        do(writer, "BEGIN", records("person", "p1"), ARTICLES, has("p1-a1"), "COMMIT")
        refused = transacted(writer, f"{gone('p1', 'a1')}; UPDATE person SET id = 'p2' WHERE id = 'p1'")
        assert refused is not None
        assert refused.name == "rel_has_to_min"
        assert pairs(writer) == [("p1", "a1")]


def test_a_new_id_in_a_column_is_no_way_round_a_cycle_or_a_self_link(database: Database) -> None:
    with loaded(database, column(circle("*", "0..1", acyclic=True))) as writer:
        do(writer, PEOPLE, led("p1", "'p2'"))
        assert writer.run("UPDATE person SET id = 'p2' WHERE id = 'p1'") is not None
        assert writer.run("UPDATE person SET id = 'p9', has_id = 'p9' WHERE id = 'p3'") is not None
        assert violations(database) == []


# ---- records that are deleted ----


@pytest.mark.parametrize("end", ["from", "to"])
def test_what_one_end_restricts_is_told_not_to_hold_for_a_record_and_itself(
    database: Database, end: str
) -> None:
    """It is at both ends of the link, and which foreign key acts first differs from database to database."""
    one = circle("*", "*", reflexive=True, on_delete={end: "restrict"})
    (told,) = said(manifest(one), database.target, Code.LOSS)
    assert "on_delete: restrict dropped for a record linked with itself" in told.message
    both = circle("*", "*", reflexive=True, on_delete="restrict")
    assert said(manifest(both), database.target, Code.LOSS) == []
    with loaded(database, both) as writer:
        do(writer, PEOPLE, has("p1-p1"))
        assert writer.run(deleted("person", "p1")) is not None
        assert pairs(writer) == [("p1", "p1")]


def test_a_record_that_its_own_column_names(database: Database) -> None:
    """It goes with its link, but not in MariaDB where the column may not be empty: the row keeps itself."""
    with loaded(database, column(circle("0..1", "*", reflexive=True))) as writer:
        do(writer, records("person", "p1"), "UPDATE person SET of_id = 'p1'", deleted("person", "p1"))
        assert pairs(writer) == []
    with loaded(emptied(database), column(circle("1", "*", reflexive=True))) as writer:
        do(writer, "INSERT INTO person (id, of_id) VALUES ('p1', 'p1')")
        refused = writer.run(deleted("person", "p1"))
        if isinstance(writer, MariaDBWriter):
            assert refused is not None
            assert refused.name == "rel_has_from_references"
        else:
            assert refused is None
            assert pairs(writer) == []


def test_a_deleted_record_gives_room(database: Database) -> None:
    with loaded(database, symmetric("0..2")) as writer:
        do(writer, PEOPLE, has("p1-p2", "p2-p3"), deleted("person", "p1"), has("p2-p4"))
        assert pairs(writer) == [("p2", "p3"), ("p2", "p4")]
        assert writer.run(has("p2-p5")) is not None


def test_a_record_without_a_link_in_its_column_when_the_other_goes(database: Database) -> None:
    with loaded(database, column(bounds("0..1", "0..2"))) as writer:
        do(writer, PEOPLE, ARTICLES, put_in("a1", "'p1'"), put_in("a2", "'p1'"), deleted("person", "p1"))
        assert pairs(writer) == []
        assert database.rows("SELECT id FROM article WHERE of_id IS NOT NULL") == []
        do(writer, put_in("a1", "'p2'"), deleted("article", "a1"))
        assert pairs(writer) == []


# ---- a connection without foreign keys ----


def test_what_a_connection_without_foreign_keys_breaks_is_found(sqlite: SQLite) -> None:
    with loaded(sqlite, bounds("0..2", "*")) as writer:
        do(writer, "PRAGMA foreign_keys = OFF", PEOPLE, has("p1-gone", "nobody-gone"))
        assert violations(sqlite) == [
            ("has", "references", "article", "gone", None),
            ("has", "references", "article", "gone", None),
            ("has", "references", "person", "nobody", None),
        ]


def test_rules_that_need_foreign_keys_say_so(sqlite: SQLite) -> None:
    for more in (bounds("0..1", "0..2"), symmetric("0..1"), symmetric("0..2"), column(bounds("0..1", "*"))):
        needing = {each["rule"] for each in rule_entries(sqlite, manifest(more)) if "requires" in each}
        assert needing >= {"references", "on_delete"}
        assert needing - {"references", "on_delete"} == ({"max"} if more.get("symmetric") else set())
