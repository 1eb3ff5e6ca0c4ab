"""Scenes with two writers: two statements that are fine alone, and what they are together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sql_scenes import bounds, circle, column, external, gone, has, placed, put_in, records, symmetric


class Scene(NamedTuple):
    """`more` is the relationship type; `broken` a query that finds something where the rule is broken."""

    called: str
    more: dict[str, Any]
    before: Sequence[str]
    first: str
    second: str
    broken: str


def many(column: str, most: int, table: str = "rel_has") -> str:
    return f"SELECT {column} FROM {table} GROUP BY {column} HAVING count(*) > {most}"


def few(records: str, least: int, condition: str = "from_id = id") -> str:
    return f"SELECT id FROM {records} WHERE (SELECT count(*) FROM rel_has WHERE {condition}) < {least}"


BOTH = "(SELECT from_id AS id FROM rel_has UNION ALL SELECT to_id FROM rel_has) AS ids"


def people(number: int = 5) -> str:
    return records("person", *(f"p{each}" for each in range(number)))


def articles(number: int = 4) -> str:
    return records("article", *(f"a{each}" for each in range(number)))


MAXIMUMS = (
    Scene(
        "one `from` of each `to`",
        bounds("0..1", "*"),
        (people(), articles()),
        has("p1-a1"),
        has("p2-a1"),
        many("to_id", 1),
    ),
    Scene(
        "one `to` of each `from`",
        bounds("*", "0..1"),
        (people(), articles()),
        has("p1-a1"),
        has("p1-a2"),
        many("from_id", 1),
    ),
    Scene(
        "two `to` of each `from`",
        bounds("*", "0..2"),
        (people(), articles(), has("p1-a0")),
        has("p1-a1"),
        has("p1-a2"),
        many("from_id", 2),
    ),
    Scene(
        "two `from` of each `to`",
        bounds("0..2", "*"),
        (people(), articles(), has("p0-a1")),
        has("p1-a1"),
        has("p2-a1"),
        many("to_id", 2),
    ),
    Scene(
        "two at either end of a relationship among records of one type",
        circle("0..2", "0..2"),
        (people(), has("p0-p1")),
        has("p2-p1"),
        has("p3-p1"),
        many("to_id", 2),
    ),
    Scene(
        "a link that moves",
        bounds("*", "0..2"),
        (people(), articles(), has("p1-a0", "p2-a1", "p3-a2")),
        "UPDATE rel_has SET from_id = 'p1' WHERE to_id = 'a1'",
        "UPDATE rel_has SET from_id = 'p1' WHERE to_id = 'a2'",
        many("from_id", 2),
    ),
    Scene(
        "one, symmetric",
        symmetric("0..1"),
        (people(),),
        has("p1-p2"),
        has("p2-p3"),
        many("id", 1, BOTH),
    ),
    Scene(
        "two, symmetric",
        symmetric("0..2"),
        (people(), has("p0-p2")),
        has("p1-p2"),
        has("p2-p3"),
        many("id", 2, BOTH),
    ),
    Scene(
        "three, symmetric, from one side",
        symmetric("0..3"),
        (people(), has("p0-p1", "p0-p2")),
        has("p0-p3"),
        has("p0-p4"),
        many("id", 3, BOTH),
    ),
    Scene(
        "two `to` of each external `from`",
        external(bounds("*", "0..2"), "from"),
        (articles(), has("x-a0")),
        has("x-a1"),
        has("x-a2"),
        many("from_id", 2),
    ),
    Scene(
        "two `to` of an external `from` that nobody has seen",
        external(bounds("*", "0..2"), "from"),
        (articles(),),
        has("x-a0", "x-a1"),
        has("x-a2"),
        many("from_id", 2),
    ),
    Scene(
        "two `from` of each external `to`",
        external(bounds("0..2", "*"), "to"),
        (people(), has("p0-x")),
        has("p1-x"),
        has("p2-x"),
        many("to_id", 2),
    ),
    Scene(
        "one `to` of each `from`, in a column",
        column(bounds("0..1", "0..1")),
        (people(), articles()),
        put_in("a1", "'p1'"),
        put_in("a2", "'p1'"),
        many("from_id", 1),
    ),
    Scene(
        "two `to` of each `from`, in a column",
        column(bounds("0..1", "0..2")),
        (people(), articles(), put_in("a0", "'p1'")),
        put_in("a1", "'p1'"),
        put_in("a2", "'p1'"),
        many("from_id", 2),
    ),
    Scene(
        "two `to` of each `from`, in a column of new records",
        column(bounds("1", "0..2")),
        (people(), placed("a0", "'p1'")),
        placed("a1", "'p1'"),
        placed("a2", "'p1'"),
        many("from_id", 2),
    ),
    Scene(
        "two `from` of each `to`, in a column of a record of the same type",
        column(circle("0..2", "0..1")),
        (people(), "UPDATE person SET has_id = 'p1' WHERE id = 'p0'"),
        "UPDATE person SET has_id = 'p1' WHERE id = 'p2'",
        "UPDATE person SET has_id = 'p1' WHERE id = 'p3'",
        many("to_id", 2),
    ),
)

TWO_STEPS = (
    "SELECT a.from_id FROM rel_has a JOIN rel_has b ON a.to_id = b.from_id"
    " WHERE a.from_id = b.to_id OR EXISTS"
    " (SELECT 1 FROM rel_has c WHERE c.from_id = b.to_id AND c.to_id = a.from_id)"
)

CYCLES = (
    Scene(
        "a cycle of two",
        circle("*", "*", acyclic=True),
        (people(),),
        has("p1-p2"),
        has("p2-p1"),
        TWO_STEPS,
    ),
    Scene(
        "a cycle of three",
        circle("*", "*", acyclic=True),
        (people(), has("p3-p1")),
        has("p1-p2"),
        has("p2-p3"),
        TWO_STEPS,
    ),
    Scene(
        "a cycle by links that move",
        circle("*", "*", acyclic=True),
        (people(), has("p1-p0", "p2-p0")),
        "UPDATE rel_has SET to_id = 'p2' WHERE from_id = 'p1'",
        "UPDATE rel_has SET to_id = 'p1' WHERE from_id = 'p2'",
        TWO_STEPS,
    ),
    Scene(
        "a cycle in a column",
        column(circle("*", "0..1", acyclic=True)),
        (people(),),
        "UPDATE person SET has_id = 'p2' WHERE id = 'p1'",
        "UPDATE person SET has_id = 'p1' WHERE id = 'p2'",
        TWO_STEPS,
    ),
)

ONE_HAS_TWO = (people(1), articles(2), has("p0-a0", "p0-a1"))

MINIMUMS = (
    Scene(
        "either deletes one of two links",
        bounds("*", "1..*"),
        ONE_HAS_TWO,
        gone("p0", "a0"),
        gone("p0", "a1"),
        few("person", 1),
    ),
    Scene(
        "either deletes one of three links, and two are needed",
        bounds("*", "2..*"),
        (people(1), articles(3), has("p0-a0", "p0-a1", "p0-a2")),
        gone("p0", "a0"),
        gone("p0", "a1"),
        few("person", 2),
    ),
    Scene(
        "at the other end",
        bounds("1..*", "*"),
        (people(2), articles(1), has("p0-a0", "p1-a0")),
        gone("p0", "a0"),
        gone("p1", "a0"),
        few("article", 1, "to_id = id"),
    ),
    Scene(
        "one deletes a link, the other the other record",
        bounds("*", "1..*"),
        ONE_HAS_TWO,
        gone("p0", "a0"),
        "DELETE FROM article WHERE id = 'a1'",
        few("person", 1),
    ),
    Scene(
        "one deletes a record, the other the other link",
        bounds("*", "1..*"),
        ONE_HAS_TWO,
        "DELETE FROM article WHERE id = 'a1'",
        gone("p0", "a0"),
        few("person", 1),
    ),
    Scene(
        "either deletes a record",
        bounds("*", "1..*"),
        ONE_HAS_TWO,
        "DELETE FROM article WHERE id = 'a0'",
        "DELETE FROM article WHERE id = 'a1'",
        few("person", 1),
    ),
    Scene(
        "one moves a link away",
        bounds("*", "1..*"),
        (people(2), articles(3), has("p0-a0", "p0-a1", "p1-a2")),
        "UPDATE rel_has SET from_id = 'p1' WHERE to_id = 'a0'",
        gone("p0", "a1"),
        few("person", 1),
    ),
    Scene(
        "symmetric",
        symmetric("1..*"),
        (people(5), has("p1-p2", "p2-p3", "p0-p1", "p3-p4")),
        gone("p1", "p2"),
        gone("p2", "p3"),
        few("person", 1, "from_id = id OR to_id = id"),
    ),
    Scene(
        "in a column",
        column(bounds("0..1", "1..*")),
        (people(1), placed("a0", "'p0'"), placed("a1", "'p0'")),
        put_in("a0", "NULL"),
        put_in("a1", "NULL"),
        few("person", 1),
    ),
    Scene(
        "records with a column deleted",
        column(bounds("0..1", "1..*")),
        (people(1), placed("a0", "'p0'"), placed("a1", "'p0'")),
        "DELETE FROM article WHERE id = 'a0'",
        put_in("a1", "NULL"),
        few("person", 1),
    ),
)

LEGAL = (
    Scene(
        "room for both",
        bounds("*", "0..2"),
        (people(), articles()),
        has("p1-a1"),
        has("p1-a2"),
        many("from_id", 2),
    ),
    Scene(
        "different records",
        bounds("0..2", "0..2"),
        (people(), articles()),
        has("p1-a1"),
        has("p2-a2"),
        many("from_id", 2),
    ),
    Scene(
        "the same records, and room for both at either end",
        circle("0..2", "0..2"),
        (people(),),
        has("p1-p2"),
        has("p2-p1"),
        many("from_id", 2),
    ),
    Scene(
        "one, to different records",
        bounds("0..1", "0..1"),
        (people(), articles()),
        has("p1-a1"),
        has("p2-a2"),
        many("from_id", 1),
    ),
    Scene(
        "one, symmetric, different records",
        symmetric("0..1"),
        (people(),),
        has("p0-p1"),
        has("p2-p3"),
        many("id", 1, BOTH),
    ),
    Scene(
        "two, symmetric, a chain",
        symmetric("0..2"),
        (people(),),
        has("p1-p2"),
        has("p2-p3"),
        many("id", 2, BOTH),
    ),
    Scene(
        "an external record that nobody has seen",
        external(bounds("*", "0..2"), "from"),
        (articles(),),
        has("x-a1"),
        has("x-a2"),
        many("from_id", 2),
    ),
    Scene(
        "two external records that nobody has seen",
        external(bounds("*", "0..2"), "from"),
        (articles(),),
        has("x-a1"),
        has("y-a2"),
        many("from_id", 2),
    ),
    Scene(
        "a line, not a cycle",
        circle("*", "*", acyclic=True),
        (people(),),
        has("p1-p2"),
        has("p2-p3"),
        TWO_STEPS,
    ),
    Scene(
        "in a column",
        column(bounds("0..1", "0..2")),
        (people(), articles()),
        put_in("a1", "'p1'"),
        put_in("a2", "'p1'"),
        many("from_id", 2),
    ),
    Scene(
        "three links, one is needed",
        bounds("*", "1..*"),
        (people(1), articles(3), has("p0-a0", "p0-a1", "p0-a2")),
        gone("p0", "a0"),
        gone("p0", "a1"),
        few("person", 1),
    ),
    Scene(
        "links of different records, one is needed",
        bounds("1..*", "1..*"),
        (people(2), articles(2), has("p0-a0", "p0-a1", "p1-a0", "p1-a1")),
        gone("p0", "a0"),
        gone("p1", "a1"),
        few("person", 1),
    ),
)
