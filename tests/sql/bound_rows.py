"""How many links a record may have, and has to: what keeps and what breaks that, and what holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sql_scenes import (
    Relationship,
    bounds,
    circle,
    column,
    deleted,
    external,
    gone,
    has,
    led,
    moved,
    placed,
    put_in,
    records,
    symmetric,
)

Statements = Sequence[str]

CONSTRAINT = {"postgresql": "constraint", "sqlite": "constraint", "mysql": "constraint"}
TRIGGER = dict.fromkeys(CONSTRAINT, "trigger")
QUERY = dict.fromkeys(CONSTRAINT, "query")
MINIMUM = QUERY | {"postgresql": "trigger"}
BY_TRIGGER_IN_MYSQL = CONSTRAINT | {"mysql": "trigger"}


class Row(NamedTuple):
    """`before` and `fine` are taken; each of `breaking` is refused, or `listed` is found afterwards.

    Each of `breaking` is one transaction, its statements apart by a semicolon. `listed` is a row of
    `edgewise_violation` from `object_type` on.
    """

    called: str
    more: Relationship
    rule: tuple[str, str | None, str | None]
    held: Mapping[str, str]
    before: Statements
    fine: Statements
    breaking: Statements
    listed: tuple[Any, ...] = ()


PEOPLE = records("person", "p0", "p1", "p2", "p3", "p4")
ARTICLES = records("article", "a0", "a1", "a2", "a3")
BOTH = (PEOPLE, ARTICLES)

BOUND_ROWS = (
    # ---- at most one ----
    Row(
        "each `to` has at most one `from`",
        bounds("0..1", "*"),
        ("max", "from", None),
        CONSTRAINT,
        BOTH,
        (has("p1-a1"), has("p1-a2"), has("p3-a3")),
        (has("p2-a1"), moved("to_id = 'a1'", "p3-a3")),
    ),
    Row(
        "each `from` has at most one `to`",
        bounds("*", "0..1"),
        ("max", "to", None),
        CONSTRAINT,
        BOTH,
        (has("p1-a1"), has("p2-a1"), has("p3-a3")),
        (has("p1-a2"), moved("from_id = 'p1'", "p3-a3")),
    ),
    Row(
        "each external `from` has at most one `to`",
        external(bounds("*", "0..1"), "from"),
        ("max", "to", None),
        CONSTRAINT,
        (ARTICLES,),
        (has("x-a1"), has("y-a1")),
        (has("x-a2"),),
    ),
    Row(
        "each `from` has at most one `to`, kept in a column of `to`",
        column(bounds("0..1", "0..1")),
        ("max", "to", None),
        CONSTRAINT,
        BOTH,
        (put_in("a1", "'p1'"), put_in("a2", "'p2'"), put_in("a2", "NULL"), placed("a9", "NULL")),
        (put_in("a2", "'p1'"), placed("a8", "'p1'")),
    ),
    # ---- at most n ----
    Row(
        "each `from` has at most two `to`",
        bounds("*", "0..2"),
        ("max", "to", None),
        TRIGGER,
        BOTH,
        (has("p1-a1"), has("p1-a2"), has("p2-a3")),
        (has("p1-a3"), moved("from_id = 'p1'", "p2-a3"), has("p3-a1", "p3-a2", "p3-a3")),
    ),
    Row(
        "each `to` has at most two `from`",
        bounds("0..2", "0..1"),
        ("max", "from", None),
        TRIGGER,
        BOTH,
        (has("p1-a1"), has("p2-a1"), has("p3-a3")),
        (has("p4-a1"), moved("to_id = 'a1'", "p3-a3")),
    ),
    Row(
        "each external `from` has at most two `to`",
        external(bounds("*", "0..2"), "from"),
        ("max", "to", None),
        TRIGGER,
        (ARTICLES,),
        (has("x-a1"), has("x-a2"), has("y-a2")),
        (has("x-a3"), moved("from_id = 'x', to_id = 'a3'", "y-a2")),
    ),
    Row(
        "each external `to` has at most two `from`",
        external(bounds("1..2", "*"), "to"),
        ("max", "from", None),
        TRIGGER,
        (PEOPLE,),
        (has("p1-x"), has("p2-x"), has("p3-y")),
        (has("p3-x"), moved("to_id = 'x'", "p3-y")),
    ),
    Row(
        "each `from` has at most two `to`, kept in a column of `to`",
        column(bounds("0..1", "0..2")),
        ("max", "to", None),
        TRIGGER,
        BOTH,
        (put_in("a1", "'p1'"), put_in("a2", "'p1'"), put_in("a3", "'p2'"), put_in("a3", "NULL")),
        (put_in("a3", "'p1'"), placed("a9", "'p1'")),
    ),
    Row(
        "each `to` has at most two `from`, kept in a column of `from`",
        column(circle("0..2", "0..1")),
        ("max", "from", None),
        TRIGGER,
        (PEOPLE,),
        (led("p1", "'p0'"), led("p2", "'p0'"), led("p0", "'p4'")),
        (led("p3", "'p0'"), "INSERT INTO person (id, has_id) VALUES ('p9', 'p0')"),
    ),
    # ---- at least one, in the column ----
    Row(
        "each `to` has exactly one `from`, kept in its column",
        column(bounds("1", "*")),
        ("min", "from", None),
        CONSTRAINT,
        (PEOPLE,),
        (placed("a1", "'p1'"), put_in("a1", "'p2'")),
        (placed("a2", "NULL"), records("article", "a3"), put_in("a1", "NULL")),
    ),
    Row(
        "each `from` has exactly one `to`, kept in its column",
        column(bounds("*", "1")),
        ("min", "to", None),
        CONSTRAINT,
        (ARTICLES,),
        ("INSERT INTO person (id, has_id) VALUES ('p1', 'a1')",),
        (records("person", "p2"), led("p1", "NULL")),
    ),
    # ---- at least ----
    Row(
        "each `from` has at least one `to`",
        bounds("*", "1..*"),
        ("min", "to", None),
        MINIMUM,
        (records("person", "p1"), ARTICLES, has("p1-a1", "p1-a2")),
        (gone("p1", "a2"), moved("to_id = 'a3'", "p1-a1")),
        (
            gone("p1", "a3"),
            deleted("article", "a3"),
            records("person", "p2") + "; " + moved("from_id = 'p2'", "p1-a3"),
        ),
        ("person", "p1", 0, 1, None),
    ),
    Row(
        "a new `from` has none",
        bounds("*", "1..*"),
        ("min", "to", None),
        MINIMUM,
        (ARTICLES,),
        (f"{records('person', 'p1')}; {has('p1-a1')}",),
        (records("person", "p2"), f"{deleted('person', 'p1')}; {records('person', 'p2')}"),
        ("person", "p2", 0, 1, None),
    ),
    Row(
        "each `to` has between two and three `from`",
        bounds("2..3", "*"),
        ("min", "from", None),
        MINIMUM,
        (PEOPLE, records("article", "a1"), has("p1-a1", "p2-a1")),
        (has("p3-a1"), deleted("person", "p3")),
        (gone("p1", "a1"), deleted("person", "p2"), moved("to_id = 'a1'", "p1-a1") + "; " + gone("p2", "a1")),
        ("article", "a1", 1, 2, 3),
    ),
    Row(
        "each `from` has at least one `to`, kept in a column of `to`",
        column(bounds("0..1", "1..*")),
        ("min", "to", None),
        MINIMUM,
        (records("person", "p1"), placed("a1", "'p1'"), placed("a2", "'p1'")),
        (put_in("a2", "NULL"), deleted("article", "a2")),
        (put_in("a1", "NULL"), deleted("article", "a1")),
        ("person", "p1", 0, 1, None),
    ),
    Row(
        "each has at least one, symmetric",
        symmetric("1..*"),
        ("min", None, None),
        MINIMUM,
        (records("person", "p1", "p2", "p3"), has("p1-p2", "p2-p3")),
        (has("p1-p3"), gone("p2", "p3")),
        (gone("p1", "p3"), moved("from_id = 'p1', to_id = 'p2'", "p1-p2") + "; " + gone("p1", "p3")),
        ("person", "p3", 0, 1, None),
    ),
    Row(
        "each has at least two, symmetric",
        symmetric("2..3"),
        ("min", None, None),
        MINIMUM,
        (records("person", "p1", "p2", "p3"), has("p1-p2", "p2-p3", "p1-p3")),
        (records("person", "p4") + "; " + has("p1-p4", "p2-p4"),),
        (gone("p2", "p4"),),
        ("person", "p4", 1, 2, 3),
    ),
)
