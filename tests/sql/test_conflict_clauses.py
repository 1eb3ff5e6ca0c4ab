"""Statements that replace or pass over what is in their way hold the rules, in each form that there is."""

from __future__ import annotations

from typing import Any

import pytest
from sql_database import Database
from sql_scenes import (
    bounds,
    circle,
    deleted,
    do,
    external,
    gone,
    has,
    loaded,
    records,
    symmetric,
)
from sql_writers import MariaDBWriter, PostgreSQLWriter, SQLiteWriter, Writer

PEOPLE = records("person", *(f"p{each}" for each in range(6)))
ARTICLES = records("article", *(f"a{each}" for each in range(6)))


def pairs(writer: Writer) -> list[tuple[Any, ...]]:
    return sorted(writer.rows("SELECT from_id, to_id FROM rel_has"))


def violations(database: Database) -> list[tuple[Any, ...]]:
    columns = "relationship_type, rule, object_type, object_id, found"
    return database.rows(f"SELECT {columns} FROM edgewise_violation")


def twice(writer: Writer, statement: str) -> str:
    """Let an INSERT pass over a row that is there, as each database says that."""
    if isinstance(writer, MariaDBWriter):
        return f"{statement} ON DUPLICATE KEY UPDATE from_id = from_id"
    return f"{statement} ON CONFLICT DO NOTHING"


@pytest.mark.parametrize(
    ("more", "links"),
    [
        (bounds("*", "0..2"), ("p1-a1", "p1-a2")),
        (bounds("0..2", "0..2"), ("p1-a1", "p2-a1")),
        (bounds("0..1", "0..1"), ("p1-a1",)),
        (circle("*", "*", acyclic=True), ("p1-p2", "p2-p3")),
        (symmetric("0..1"), ("p1-p2",)),
        (symmetric("0..2"), ("p1-p2", "p1-p3")),
        (external(bounds("0..2", "0..2"), "to"), ("p1-x", "p2-x")),
    ],
    ids=["from full", "both full", "one to one", "acyclic", "symmetric one", "symmetric two", "external"],
)
def test_a_link_that_is_there_can_be_made_again(
    database: Database, more: dict[str, Any], links: tuple[str, ...]
) -> None:
    with loaded(database, more) as writer:
        do(writer, PEOPLE, ARTICLES, has(*links))
        for each in links:
            do(writer, twice(writer, has(each)))
        assert pairs(writer) == sorted(tuple(each.split("-")) for each in links)
        assert violations(database) == []
        if not isinstance(writer, PostgreSQLWriter):
            do(writer, *(has(each).replace("INSERT", "REPLACE") for each in links))
            assert pairs(writer) == sorted(tuple(each.split("-")) for each in links)
        if more.get("symmetric"):
            do(writer, gone(*links[0].split("-")), has(links[0]))


def ways(writer: Writer, link: str) -> list[str]:
    """Write an INSERT in each form that puts up with a conflict and leaves out or replaces rows."""
    insert = has(link)
    rest = insert.removeprefix("INSERT")
    if isinstance(writer, MariaDBWriter):
        return [f"INSERT IGNORE{rest}", f"REPLACE{rest}", twice(writer, insert)]
    if isinstance(writer, SQLiteWriter):
        return [f"INSERT OR {each}{rest}" for each in ("IGNORE", "REPLACE", "FAIL")] + [
            f"{insert} ON CONFLICT DO NOTHING",
            f"{insert} ON CONFLICT DO UPDATE SET to_id = excluded.to_id",
        ]
    update = f"{insert} ON CONFLICT (from_id, to_id) DO UPDATE SET to_id = excluded.to_id"
    return [f"{insert} ON CONFLICT DO NOTHING", update]


@pytest.mark.parametrize(
    ("more", "links", "breaking", "column_", "most"),
    [
        (symmetric("0..1"), ("p1-p2",), "p2-p3", "either", 1),
        (symmetric("0..2"), ("p1-p2", "p2-p4"), "p2-p3", "either", 2),
        (bounds("*", "0..2"), ("p1-a1", "p1-a2"), "p1-a3", "from_id", 2),
        (bounds("0..2", "*"), ("p1-a1", "p2-a1"), "p3-a1", "to_id", 2),
        (external(bounds("*", "0..2"), "from"), ("x-a1", "x-a2"), "x-a3", "from_id", 2),
        (circle("*", "*", acyclic=True), ("p1-p2",), "p2-p1", "from_id", 1),
        (circle("*", "*"), (), "p1-p1", "from_id", 0),
        (symmetric("*"), (), "p2-p1", "from_id", 0),
    ],
    ids=["symmetric one", "symmetric two", "to", "from", "external", "acyclic", "self", "order"],
)
def test_no_conflict_clause_is_a_way_round(  # noqa: PLR0917 - what a scene consists of
    database: Database,
    more: dict[str, Any],
    links: tuple[str, ...],
    breaking: str,
    column_: str,
    most: int,
) -> None:
    """The link may be left out or refused, or take the place of another; the rule holds afterwards.

    What counts here is what the link table has, counted by hand: the view could share a mistake.
    """
    with loaded(database, more) as writer:
        do(writer, PEOPLE, ARTICLES, *(has(each) for each in links))
        for way in ways(writer, breaking):
            try_(writer, way)
            assert counted(writer, column_) <= most, way
            assert listed(writer) == [], way
            do(writer, "ROLLBACK")


@pytest.mark.parametrize("most", [1, 2])
@pytest.mark.parametrize("values", ["from_id = 'p0', to_id = 'p1'", "from_id = 'p3'", "from_id = 'nobody'"])
def test_a_symmetric_link_whose_change_is_passed_over_still_counts(
    database: Database, most: int, values: str
) -> None:
    """A pair that is there, or in the wrong order, or of nobody: the row stays as it was."""
    with loaded(database, symmetric(f"0..{most}")) as writer:
        own = ["p2-p3", "p2-p4"][:most]
        do(writer, PEOPLE, has("p0-p1", *own))
        for way in changing(writer, f"rel_has SET {values} WHERE from_id = 'p2' AND to_id = 'p3'"):
            try_(writer, way)
            if ("p2", "p3") in pairs(writer):
                assert writer.run(has("p2-p5")) is not None, way
            do(writer, "ROLLBACK")


def try_(writer: Writer, way: str) -> None:
    """Begin a transaction with a statement, which may be refused; what it has done all the same stays."""
    do(writer, "BEGIN", "SAVEPOINT here")
    if writer.run(way) is not None and isinstance(writer, PostgreSQLWriter):
        do(writer, "ROLLBACK TO here")


def listed(writer: Writer) -> list[tuple[Any, ...]]:
    return writer.rows("SELECT * FROM edgewise_violation")


def counted(writer: Writer, column_: str) -> int:
    """Return how many links the record has that has most of them."""
    places = {"from_id": [0], "to_id": [1], "either": [0, 1]}[column_]
    ids = [pair[place] for pair in pairs(writer) for place in places]
    return max((ids.count(each) for each in ids), default=0)


@pytest.mark.parametrize(
    ("more", "links", "change", "column_", "most"),
    [
        (symmetric("0..1"), ("p0-p1", "p2-p3"), "from_id = 'p1' WHERE to_id = 'p3'", "either", 1),
        (symmetric("0..2"), ("p0-p1", "p1-p2", "p3-p4"), "from_id = 'p1' WHERE to_id = 'p4'", "either", 2),
        (bounds("*", "0..2"), ("p1-a1", "p1-a2", "p2-a3"), "from_id = 'p1'", "from_id", 2),
        (bounds("*", "0..1"), ("p1-a1", "p2-a3"), "from_id = 'p1'", "from_id", 1),
    ],
    ids=["symmetric one", "symmetric two", "two", "one"],
)
def test_no_conflict_clause_of_a_change_is_a_way_round(  # noqa: PLR0917 - as above
    database: Database, more: dict[str, Any], links: tuple[str, ...], change: str, column_: str, most: int
) -> None:
    with loaded(database, more) as writer:
        do(writer, PEOPLE, ARTICLES, *(has(each) for each in links))
        for way in changing(writer, f"rel_has SET {change}"):
            try_(writer, way)
            assert counted(writer, column_) <= most, way
            assert listed(writer) == [], way
            do(writer, "ROLLBACK")


def changing(writer: Writer, rest: str) -> list[str]:
    """Write an UPDATE in each form that puts up with a conflict; PostgreSQL has none."""
    if isinstance(writer, MariaDBWriter):
        return [f"UPDATE IGNORE {rest}"]
    if isinstance(writer, SQLiteWriter):
        return [f"UPDATE OR {each} {rest}" for each in ("IGNORE", "REPLACE", "FAIL")]
    return []


def test_a_replaced_symmetric_link_leaves_nothing_behind(database: Database) -> None:
    """Whoever links and parts again, in whatever way, can be linked again."""
    with loaded(database, symmetric("0..1")) as writer:
        do(writer, PEOPLE, has("p1-p2"))
        do(writer, "UPDATE rel_has SET to_id = 'p3'", "UPDATE rel_has SET from_id = 'p2'")
        do(writer, has("p1-p4"))
        assert pairs(writer) == [("p1", "p4"), ("p2", "p3")]
        do(writer, deleted("person", "p4"), deleted("person", "p3"), has("p1-p2"))
        assert pairs(writer) == [("p1", "p2")]
        refused = writer.run(has("p2-p5"))
        assert refused is not None
