"""How many links each record may have, and what they are looked up by."""

from __future__ import annotations

import re

import pytest
from sql_database import Database, Refusal, ddl, link, put, records, said

from edgewise.diagnostics import Code

WORDS = ("one_to_one", "one_to_many", "many_to_one", "many_to_many")


def manifest(cardinality: object, **more: object) -> dict[str, object]:
    return {
        "object_types": {"person": {}, "order": {}},
        "relationship_types": {
            "placed": {"from": "person", "to": "order", "cardinality": cardinality, **more}
        },
    }


def of_two(database: Database, cardinality: object) -> None:
    put(database, manifest(cardinality))
    records(database, "person", ["p1", "p2"])
    records(database, "order", ["o1", "o2"])
    assert link(database, "placed", "p1", "o1") is None


@pytest.mark.parametrize("word", WORDS)
def test_a_second_to_of_one_from(database: Database, word: str) -> None:
    of_two(database, word)
    refusal = link(database, "placed", "p1", "o2")
    if word.endswith("to_many"):
        assert refusal is None
    else:
        assert refusal in (Refusal("unique", "rel_placed_to_max"), Refusal("unique"))


@pytest.mark.parametrize("word", WORDS)
def test_a_second_from_of_one_to(database: Database, word: str) -> None:
    of_two(database, word)
    refusal = link(database, "placed", "p2", "o1")
    if word.startswith("many"):
        assert refusal is None
    else:
        assert refusal in (Refusal("unique", "rel_placed_from_max"), Refusal("unique"))


@pytest.mark.parametrize("word", WORDS)
def test_the_same_pair_twice(database: Database, word: str) -> None:
    of_two(database, word)
    refusal = link(database, "placed", "p1", "o1")
    assert refusal is not None
    assert refusal.kind == "unique"


@pytest.mark.parametrize("word", WORDS)
def test_other_pairs(database: Database, word: str) -> None:
    of_two(database, word)
    assert link(database, "placed", "p2", "o2") is None


@pytest.mark.parametrize(
    ("cardinality", "word"),
    [
        ({"from": "0..1", "to": "0..*"}, "one_to_many"),
        ({"from": "1", "to": "1..*"}, "one_to_many"),
        ({"from": "*", "to": "1"}, "many_to_one"),
        ({"from": "0..1", "to": "1"}, "one_to_one"),
        ({"from": "0..3", "to": "2..*"}, "many_to_many"),
    ],
)
def test_bounds_have_the_keys_of_their_word(database: Database, cardinality: object, word: str) -> None:
    as_bounds, as_word = (ddl(manifest(each), database.target) for each in (cardinality, word))
    assert tables(as_bounds) == tables(as_word)


def tables(sql: str) -> list[str]:
    """Return the lines of the tables of records and links, without what is said of them.

    Where the database counts at the rows of a table for that alone, it is left out too.
    """
    whole = sql.partition("-- Object types")[2].partition("\n-- What is declared")[0]
    made = whole.partition("\n-- Rules that no constraint can say")[0]
    made = "CREATE TABLE ".join(each for each in made.split("CREATE TABLE ") if "_lock (" not in each)
    return [
        line.partition(" COMMENT = ")[0]
        for line in made.splitlines()
        if line and not line.lstrip().startswith(("--", "COMMENT ON"))
    ]


INDEXES = {
    "one_to_one": [("from_id",), ("to_id",)],
    "one_to_many": [("from_id", "to_id"), ("to_id",)],
    "many_to_one": [("from_id",), ("to_id",)],
    "many_to_many": [("from_id", "to_id"), ("to_id",)],
}


@pytest.mark.parametrize("word", WORDS)
def test_two_indexes_serve_both_ends(database: Database, word: str) -> None:
    put(database, manifest(word))
    assert database.indexes("rel_placed") == INDEXES[word]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("column", ["from_id", "to_id"])
def test_a_look_up_from_either_end_reads_no_whole_table(database: Database, word: str, column: str) -> None:
    put(database, manifest(word))
    records(database, "person", ["x"])
    records(database, "order", ["x"])
    assert link(database, "placed", "x", "x") is None
    by_index = {
        "PostgreSQL": rf"Index (Only )?Scan.*{column} = 'x'",
        "SQLite": rf"SEARCH rel_placed USING .*\({column}=\?\)",
        "MySQL": rf'"access_type": "(ref|const)".*"used_key_parts": \["{column}"\]',
    }
    plan = database.plan(f"SELECT * FROM rel_placed WHERE {column} = 'x'")
    assert re.search(by_index[database.title], plan), plan


@pytest.mark.parametrize(
    ("cardinality", "more", "lost"),
    [
        ("one_to_many", {}, None),
        ({"from": "1", "to": "0..*"}, {}, "minimum 1 on from"),
        ({"from": "0..2", "to": "2..3"}, {}, "minimum 2 on to"),
        ({"from": "1..2", "to": "2..3"}, {}, "minimum 2 on to, minimum 1 on from"),
        ({"from": "1", "to": "0..*"}, {"targets": {"sql": {"storage": "column"}}}, None),
    ],
)
def test_what_is_only_queried_is_told(
    database: Database, cardinality: object, more: dict[str, object], lost: str | None
) -> None:
    declared = manifest(cardinality, **more)
    assert said(declared, database.target, Code.LOSS) == []
    found = [each.message for each in said(declared, database.target, Code.ONLY_QUERIED)]
    is_told = lost is not None and database.title != "PostgreSQL"
    assert found == ([f"`placed` is not all enforced in {database.title}: {lost}"] if is_told else [])


def test_what_cannot_be_known_is_told(database: Database) -> None:
    declared = manifest({"from": "0..1", "to": "1..3"}) | {
        "object_types": {"person": {"external": True}, "order": {}}
    }
    (told,) = said(declared, database.target, Code.LOSS)
    assert told.message == (
        f"`placed` loses in {database.title}: minimum 1 on to not known of external records"
    )
    assert said(declared, database.target, Code.ONLY_QUERIED) == []


def circle(**more: object) -> dict[str, object]:
    return {
        "object_types": {"person": {}},
        "relationship_types": {"spouse": {"from": "person", "to": "person", **more}},
    }


def test_the_members_have_the_key_of_a_symmetric_relationship(database: Database) -> None:
    declared = circle(cardinality="one_to_one", symmetric=True)
    put(database, declared)
    assert database.indexes("rel_spouse") == [("from_id", "to_id"), ("to_id",)]
    # MySQL calls every primary key PRIMARY, so that the rule is another one there, with a name of its own.
    pair = ("from_id", "to_id", *(["member_id"] if database.title == "MySQL" else []))
    assert database.indexes("rel_spouse_member") == [pair, ("member_id",)]
    assert said(declared, database.target, Code.LOSS) == []


@pytest.mark.parametrize(
    ("more", "lost"),
    [
        ({"acyclic": True}, None),
        ({"symmetric": True}, None),
        ({"reflexive": True}, None),
        ({"role": "partner"}, "role dropped"),
        ({"group": "family"}, "group dropped"),
        ({"deprecated": {"since": "2"}}, "deprecated dropped"),
        ({"description": "Two people.", "inverse": "spouse_of", "on_delete": "restrict"}, None),
    ],
)
def test_each_thing_that_is_lost_or_kept(
    database: Database, more: dict[str, object], lost: str | None
) -> None:
    declared = circle(cardinality="many_to_many", **more) | {"groups": {"family": {}}}
    found = [each.message for each in said(declared, database.target, Code.LOSS)]
    assert found == ([] if lost is None else [f"`spouse` loses in {database.title}: {lost}"])
