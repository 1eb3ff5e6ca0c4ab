"""What is particular to MySQL and MariaDB: writers who wait for each other, and what a table has room for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, NamedTuple

import pymysql
import pytest
from sql_database import MariaDB, Refusal, connected, insert, link, pairs, put, records, said

from edgewise.diagnostics import Code

LEVELS = ["READ COMMITTED", "REPEATABLE READ"]
SIGNALLED = 1644


def declared(**knows: Any) -> dict[str, Any]:
    knows = {"from": "person", "to": "thing", **knows}
    return {"object_types": {"person": {}, "thing": {}}, "relationship_types": {"knows": knows}}


def among_people(**knows: Any) -> dict[str, Any]:
    return declared(to="person", **knows)


AT_MOST_TWO = declared(cardinality={"from": "0..*", "to": "0..2"})
ONE_TO_ONE = among_people(cardinality="one_to_one", symmetric=True)
AT_MOST_TWO_FRIENDS = among_people(cardinality={"from": "0..2", "to": "0..2"}, symmetric=True)
ACYCLIC = among_people(cardinality="many_to_many", acyclic=True)
IN_A_COLUMN = {"targets": {"sql": {"storage": "column"}}}
BOSSES = among_people(cardinality="many_to_one", acyclic=True, **IN_A_COLUMN)
TWO_IN_A_COLUMN = declared(cardinality={"from": "0..1", "to": "0..2"}, **IN_A_COLUMN)


# ---- two who write at once ----


class Writer:
    """A connection with a transaction of its own, which has read before the other one writes."""

    def __init__(self, database: MariaDB, level: str, reads: str) -> None:
        self.connection = connected(database.server, database.name)
        self.connection.query(f"SET SESSION TRANSACTION ISOLATION LEVEL {level}")
        self.connection.query("BEGIN")
        self.connection.query(f"SELECT count(*) FROM {reads}")
        self.thread: threading.Thread | None = None
        self.error: pymysql.MySQLError | None = None

    def write(self, statement: str) -> None:
        """Begin to write; `waits` tells whether it goes on, `done` waits for its end."""

        def run() -> None:
            try:
                self.connection.query(statement)
            except pymysql.MySQLError as error:
                self.error = error

        self.thread = threading.Thread(target=run)
        self.thread.start()

    @property
    def waits(self) -> bool:
        assert self.thread is not None
        self.thread.join(0.3)
        return self.thread.is_alive()

    def done(self) -> str | None:
        """Return why it was refused, where it was."""
        assert self.thread is not None
        self.thread.join()
        return None if self.error is None else str(self.error.args[1])

    def commit(self) -> None:
        self.connection.commit()


@contextmanager
def two_writers(database: MariaDB, level: str, reads: str = "rel_knows") -> Iterator[tuple[Writer, Writer]]:
    first, second = Writer(database, level, reads), Writer(database, level, reads)
    with first.connection, second.connection:
        yield first, second


class Race(NamedTuple):
    """Links that are there, and two more of which only one may be: `reason` is why."""

    manifest: dict[str, Any]
    before: tuple[tuple[str, str], ...]
    both: tuple[tuple[str, str], tuple[str, str]]
    reason: str


RACES = {
    "at-most-two": Race(
        AT_MOST_TWO,
        (("p", "a"),),
        (("p", "b"), ("p", "c")),
        "rel_knows_to_max: A person knows at most two things.",
    ),
    "one-to-one-symmetric": Race(ONE_TO_ONE, (), (("a", "b"), ("b", "c")), "for key 'rel_knows_max'"),
    "at-most-two-symmetric": Race(
        AT_MOST_TWO_FRIENDS,
        (("a", "p"),),
        (("b", "p"), ("c", "p")),
        "rel_knows_max: A person knows at most two persons.",
    ),
    "acyclic": Race(
        ACYCLIC,
        (("a", "b"),),
        (("b", "c"), ("c", "a")),
        "rel_knows_acyclic: Following `knows` never leads back to the same person.",
    ),
}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("race", RACES.values(), ids=RACES)
def test_the_second_of_two_writers_waits_and_is_refused(mysql: MariaDB, level: str, race: Race) -> None:
    put(mysql, race.manifest)
    records(mysql, "person", ["a", "b", "c", "p"])
    records(mysql, "thing", ["a", "b", "c"])
    for pair in race.before:
        assert link(mysql, "knows", *pair) is None
    with two_writers(mysql, level) as (first, second):
        first.write(f"INSERT INTO rel_knows (from_id, to_id) VALUES {race.both[0]}")
        assert first.done() is None
        second.write(f"INSERT INTO rel_knows (from_id, to_id) VALUES {race.both[1]}")
        assert second.waits
        first.commit()
        assert race.reason in (second.done() or "")
        second.commit()
    assert pairs(mysql, "rel_knows") == sorted((*race.before, race.both[0]))
    assert mysql.rows("SELECT * FROM edgewise_violation") == []


@pytest.mark.parametrize("level", LEVELS)
def test_the_second_of_two_writers_passes_where_there_is_room(mysql: MariaDB, level: str) -> None:
    put(mysql, AT_MOST_TWO)
    records(mysql, "person", ["p"])
    records(mysql, "thing", ["a", "b"])
    with two_writers(mysql, level) as (first, second):
        first.write("INSERT INTO rel_knows VALUES ('p', 'a')")
        assert first.done() is None
        second.write("INSERT INTO rel_knows VALUES ('p', 'b')")
        assert second.waits
        first.commit()
        assert second.done() is None
        second.commit()
    assert pairs(mysql, "rel_knows") == [("p", "a"), ("p", "b")]


@pytest.mark.parametrize("level", LEVELS)
def test_writers_of_other_records_end_in_no_deadlock(mysql: MariaDB, level: str) -> None:
    """Whoever counts before it writes locks the gap that another one writes into, and the other way round."""
    put(mysql, AT_MOST_TWO)
    records(mysql, "person", ["p", "q", "r"])
    records(mysql, "thing", ["a", "b", "c"])
    with two_writers(mysql, level) as (first, second):
        first.write("INSERT INTO rel_knows VALUES ('p', 'a')")
        assert first.done() is None
        second.write("INSERT INTO rel_knows VALUES ('q', 'b')")
        assert second.waits == (level == "REPEATABLE READ")
        first.write("INSERT INTO rel_knows VALUES ('r', 'c')")
        assert first.done() is None
        first.commit()
        assert second.done() is None
        second.commit()
    assert len(pairs(mysql, "rel_knows")) == 3


@pytest.mark.parametrize("level", LEVELS)
def test_many_writers_of_one_record_end_in_no_deadlock(mysql: MariaDB, level: str) -> None:
    """They wait for their turn before they write: afterwards each would wait for the rows of the others."""
    put(mysql, AT_MOST_TWO)
    records(mysql, "person", [f"p{number}" for number in range(40)])
    records(mysql, "thing", ["a", "b", "c", "d"])
    refused: list[Any] = []
    together = threading.Barrier(4)

    def write(thing: str) -> None:
        with connected(mysql.server, mysql.name) as connection:
            connection.query(f"SET SESSION TRANSACTION ISOLATION LEVEL {level}")
            for number in range(40):
                together.wait()
                try:
                    connection.query(f"INSERT INTO rel_knows VALUES ('p{number}', '{thing}')")
                except pymysql.MySQLError as error:
                    refused.append(error.args[0])

    threads = [threading.Thread(target=write, args=(thing,)) for thing in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == [SIGNALLED] * 80
    assert len(pairs(mysql, "rel_knows")) == 80


@pytest.mark.parametrize("level", LEVELS)
def test_two_writers_of_a_column(mysql: MariaDB, level: str) -> None:
    put(mysql, TWO_IN_A_COLUMN)
    records(mysql, "person", ["p"])
    assert insert(mysql, "thing", id="a", person_id="p") is None
    records(mysql, "thing", ["b", "c"])
    with two_writers(mysql, level, "thing") as (first, second):
        first.write("UPDATE thing SET person_id = 'p' WHERE id = 'b'")
        assert first.done() is None
        second.write("INSERT INTO thing (id, person_id) VALUES ('d', 'p')")
        assert second.waits
        first.commit()
        assert "rel_knows_to_max: " in (second.done() or "")
    assert pairs(mysql, "rel_knows") == [("p", "a"), ("p", "b")]


def test_who_links_nothing_waits_for_nobody(mysql: MariaDB) -> None:
    put(mysql, BOSSES)
    records(mysql, "person", ["a", "b"])
    with two_writers(mysql, "READ COMMITTED", "person") as (first, second):
        first.write("UPDATE person SET knows_id = 'a' WHERE id = 'b'")
        assert first.done() is None
        second.write("INSERT INTO person (id) VALUES ('c')")
        assert not second.waits
        assert second.done() is None
        second.commit()
        first.commit()


# ---- every way to write ----


def test_ways_to_write_that_count(mysql: MariaDB) -> None:
    put(mysql, AT_MOST_TWO)
    records(mysql, "person", ["p", "q"])
    records(mysql, "thing", ["a", "b", "c"])
    maximum = Refusal("check", "rel_knows_to_max")
    write = mysql.refusal
    assert write("INSERT INTO rel_knows SELECT 'p', id FROM thing") == maximum
    assert pairs(mysql, "rel_knows") == []
    assert write("INSERT INTO rel_knows SELECT id, 'a' FROM person") is None
    assert write("INSERT INTO rel_knows VALUES ('p', 'b')") is None
    assert write("INSERT IGNORE INTO rel_knows VALUES ('p', 'c')") == maximum
    assert write("REPLACE INTO rel_knows VALUES ('p', 'c')") == maximum
    assert write("UPDATE rel_knows SET from_id = 'p', to_id = 'c' WHERE from_id = 'q'") == maximum
    assert write("UPDATE IGNORE rel_knows SET from_id = 'p', to_id = 'c' WHERE from_id = 'q'") == maximum
    # What is there already adds nothing.
    assert write("INSERT IGNORE INTO rel_knows VALUES ('p', 'b')") is None
    assert write("REPLACE INTO rel_knows VALUES ('p', 'b')") is None
    assert write("INSERT INTO rel_knows VALUES ('p', 'b') ON DUPLICATE KEY UPDATE to_id = 'c'") is None
    assert write("UPDATE rel_knows SET to_id = 'b' WHERE to_id = 'c'") is None
    assert pairs(mysql, "rel_knows") == [("p", "a"), ("p", "b"), ("q", "a")]


def test_the_members_follow_their_links(mysql: MariaDB) -> None:
    put(mysql, ONE_TO_ONE)
    records(mysql, "person", ["a", "b", "c", "d"])
    assert link(mysql, "knows", "a", "b") is None
    assert link(mysql, "knows", "c", "d") is None

    def members() -> list[tuple[Any, ...]]:
        return mysql.rows("SELECT * FROM rel_knows_member")

    before = members()
    assert link(mysql, "knows", "b", "c") == Refusal("unique", "rel_knows_max")
    update = "UPDATE IGNORE rel_knows SET from_id = 'a', to_id = 'b' WHERE from_id = 'c'"
    mysql.refusal(update)
    assert members() == before
    assert mysql.refusal("UPDATE rel_knows SET to_id = 'c' WHERE from_id = 'a'") == Refusal(
        "unique", "rel_knows_max"
    )
    assert mysql.refusal("DELETE FROM person WHERE id = 'd'") is None
    assert mysql.refusal("UPDATE rel_knows SET to_id = 'c' WHERE from_id = 'a'") is None
    assert members() == [("a", "a", "c"), ("c", "a", "c")]
    assert mysql.refusal("DELETE FROM rel_knows") is None
    assert members() == []


def test_a_circle_of_more_steps_than_the_database_follows_of_itself(mysql: MariaDB) -> None:
    put(mysql, ACYCLIC)
    ids = [f"n{number:04}" for number in range(1200)]
    mysql.refusal(f"INSERT INTO person VALUES {', '.join(f'({name!r})' for name in ids)}")
    chain = [f"({a!r}, {b!r})" for a, b in pairwise(ids)]
    assert mysql.refusal(f"INSERT INTO rel_knows VALUES {', '.join(chain)}") is None
    assert link(mysql, "knows", ids[-1], ids[0]) == Refusal("check", "rel_knows_acyclic")
    assert mysql.rows("SELECT @@max_recursive_iterations") == [(1000,)]


def test_nobody_is_his_own_boss_though_a_check_cannot_say_so(mysql: MariaDB) -> None:
    put(mysql, among_people(cardinality="many_to_one", **IN_A_COLUMN))
    apart = Refusal("check", "rel_knows_no_self")
    assert insert(mysql, "person", id="a", knows_id="a") == apart
    assert insert(mysql, "person", id="a") is None
    assert mysql.refusal("UPDATE person SET knows_id = 'a'") == apart
    assert insert(mysql, "person", id="b", knows_id="a") is None
    assert mysql.refusal("DELETE FROM person WHERE id = 'a'") is None
    assert mysql.rows("SELECT * FROM person") == [("b", None)]


# ---- spaces at the end, which count for nothing ----


def test_no_id_ends_in_a_space(mysql: MariaDB) -> None:
    put(
        mysql,
        {
            "object_types": {"person": {}, "user": {"external": True}},
            "relationship_types": {"uses": {"from": "person", "to": "user"}},
        },
    )
    assert insert(mysql, "person", id="a ") == Refusal("check", "person_id_type")
    assert insert(mysql, "person", id=" a") is None
    assert link(mysql, "uses", " a", "u ") == Refusal("check", "rel_uses_to_id_type")
    assert link(mysql, "uses", " a", "ü") == Refusal("type")


def test_a_value_that_ends_in_a_space_is_another_one(mysql: MariaDB) -> None:
    values = ["a", "b ", "ü", "🦊"]
    put(mysql, {"object_types": {"thing": {"attributes": {"what": {"enum": values}}}}})
    for number, value in enumerate(values):
        assert insert(mysql, "thing", id=str(number), what=value) is None
    for value in ("a ", "b", "A"):
        assert insert(mysql, "thing", id="x", what=value) == Refusal("check", "thing_what_enum")


# ---- what there is room for ----


def of_attributes(**attributes: Any) -> dict[str, Any]:
    return {"object_types": {"thing": {"attributes": attributes}}}


def of_ids(length: int, **more: Any) -> dict[str, Any]:
    key = {"type": "string", "max_length": length}
    knows = {"from": "thing", "to": "thing", "cardinality": "many_to_many", **more}
    return {"object_types": {"thing": {"id": key}}, "relationship_types": {"knows": knows}}


def many(count: int, **attribute: Any) -> dict[str, Any]:
    return {f"a{number}": attribute for number in range(count)}


FITS = [
    ("a row", of_attributes(**many(63, type="string")), of_attributes(**many(64, type="string"))),
    (
        "a row",
        of_attributes(what={"type": "string", "max_length": 16_319}),
        of_attributes(what={"type": "string", "max_length": 16_320}),
    ),
    (
        "in its page",
        of_attributes(**many(31, type="string", max_length=63, required=True)),
        of_attributes(**many(32, type="string", max_length=63, required=True)),
    ),
    ("in its page", of_attributes(**many(371, type="text")), of_attributes(**many(372, type="text"))),
    (
        "in its page",
        of_attributes(**many(260, type="decimal", precision=65, scale=30)),
        of_attributes(**many(261, type="decimal", precision=65, scale=30)),
    ),
    ("in its page", of_attributes(**many(966, type="number")), of_attributes(**many(967, type="number"))),
    (
        "an index",
        of_attributes(what={"type": "string", "max_length": 768, "unique": True}),
        of_attributes(what={"type": "string", "max_length": 769, "unique": True}),
    ),
    ("an index", of_ids(1536), of_ids(1537)),
    ("an index", of_ids(3072, cardinality="one_to_one"), of_ids(3073, cardinality="one_to_one")),
    (
        "an index",
        of_ids(1024, symmetric=True, cardinality={"from": "0..2", "to": "0..2"}),
        of_ids(1025, symmetric=True, cardinality={"from": "0..2", "to": "0..2"}),
    ),
    (
        "keys and indexes",
        of_attributes(**many(63, type="integer", unique=True)),
        of_attributes(**many(64, type="integer", unique=True)),
    ),
]


@pytest.mark.parametrize(("what", "fitting", "larger"), FITS)
def test_what_a_table_has_room_for(mysql: MariaDB, what: str, fitting: Any, larger: Any) -> None:
    """Each limit is the server's own: what is told of would not load, and what is not told of does."""
    put(mysql, fitting)
    found = said(larger, mysql.target, Code.OVER_THE_LIMIT)
    assert found
    assert all(what in each.message for each in found)


DEFINITIONS = [
    lambda count: many(count, type="integer", description="x" * 900),
    lambda count: many(count, type="integer", description="ü" * 900),
    lambda count: many(count, enum=[f"value_{number}" for number in range(40)]),
    lambda count: many(count, type="text", default="x" * 1_000),
    lambda count: {f"{'n' * 50}_{number}": {"type": "boolean"} for number in range(count)},
]


@pytest.mark.parametrize("attributes", DEFINITIONS, ids=["comment", "umlaut", "enum", "default", "names"])
def test_what_a_definition_has_room_for(mysql: MariaDB, attributes: Any) -> None:
    """What the server makes of it is not known to the byte: the largest that passes here loads."""
    low, high = 1, 1_000
    while low < high:
        middle = (low + high + 1) // 2
        told = said(of_attributes(**attributes(middle)), mysql.target, Code.OVER_THE_LIMIT)
        low, high = (low, middle - 1) if told else (middle, high)
    put(mysql, of_attributes(**attributes(low)))
    (found,) = said(of_attributes(**attributes(low + 1)), mysql.target, Code.OVER_THE_LIMIT)
    assert "all that is declared of `thing`" in found.message
    assert low > 30


@pytest.mark.parametrize("kind", ["text", "json"])
def test_no_index_is_over_a_whole_text(mysql: MariaDB, kind: str) -> None:
    unique = of_attributes(what={"type": kind, "unique": True})
    (found,) = said(unique, mysql.target, Code.CANNOT_BE_SAID)
    assert f"no index over a whole {kind}" in found.message


def test_what_unique_takes_no_notice_of_is_told(mysql: MariaDB) -> None:
    unique = of_attributes(what={"type": "string", "unique": True})
    (found,) = said(unique, mysql.target, Code.LOSS)
    assert found.message == "`thing.what` loses in MySQL: unique takes no notice of spaces at the end"
    put(mysql, unique)
    assert insert(mysql, "thing", id="1", what="x") is None
    assert insert(mysql, "thing", id="2", what="x ") == Refusal("unique", "thing_what_unique")
