"""Relationship types between people and articles, and what is done with their records and links, in SQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sql_database import Database, compiled, put
from sql_writers import Refused, Writer, writing

Relationship = dict[str, Any]


def bounds(from_: str, to: str, **more: Any) -> Relationship:
    made = {"from": "person", "to": "article", "inverse": "of", "cardinality": {"from": from_, "to": to}}
    return made | more


def circle(from_: str, to: str, **more: Any) -> Relationship:
    return bounds(from_, to, **more) | {"to": "person"}


def symmetric(both: str, **more: Any) -> Relationship:
    made = circle(both, both, symmetric=True, **more)
    del made["inverse"]
    return made


def column(more: Relationship) -> Relationship:
    return more | {"targets": {"sql": {"storage": "column"}}}


def external(more: Relationship, end: str) -> Relationship:
    return more | {end: "account"}


def with_attribute(**attribute: Any) -> Relationship:
    return bounds("*", "*", attributes={"state": attribute})


def records(table: str, *ids: str) -> str:
    return f"INSERT INTO {table} (id) VALUES " + ", ".join(f"('{each}')" for each in ids)


def has(*pairs: str) -> str:
    """Insert links, each written `p1-a1`."""
    return "INSERT INTO rel_has (from_id, to_id) VALUES " + ", ".join(
        "('{}', '{}')".format(*pair.split("-")) for pair in pairs
    )


def has_state(pair: str, state: str) -> str:
    return "INSERT INTO rel_has (from_id, to_id, state) VALUES ('{}', '{}', {})".format(
        *pair.split("-"), state
    )


def gone(from_id: str, to_id: str) -> str:
    return f"DELETE FROM rel_has WHERE from_id = '{from_id}' AND to_id = '{to_id}'"


def deleted(table: str, id_: str) -> str:
    return f"DELETE FROM {table} WHERE id = '{id_}'"


def moved(change: str, pair: str) -> str:
    return "UPDATE rel_has SET {} WHERE from_id = '{}' AND to_id = '{}'".format(change, *pair.split("-"))


def placed(article: str, person: str) -> str:
    return f"INSERT INTO article (id, of_id) VALUES ('{article}', {person})"


def put_in(article: str, person: str) -> str:
    return f"UPDATE article SET of_id = {person} WHERE id = '{article}'"


def led(person: str, other: str) -> str:
    return f"UPDATE person SET has_id = {other} WHERE id = '{person}'"


def transacted(writer: Writer, statements: str) -> Refused | None:
    """Run statements as one transaction; where one is refused, none of them has happened."""
    do(writer, "BEGIN")
    for each in statements.split("; "):
        refused = writer.run(each)
        if refused is not None:
            do(writer, "ROLLBACK")
            return refused
    return writer.run("COMMIT")


def do(writer: Writer, *statements: str) -> None:
    for each in statements:
        refused = writer.run(each)
        assert refused is None, (each, refused)


def manifest(more: Relationship, **others: Relationship) -> dict[str, Any]:
    return {
        "object_types": {"person": {}, "article": {}, "account": {"external": True}},
        "relationship_types": {"has": more, **others},
    }


@contextmanager
def loaded(database: Database, more: Relationship, **others: Relationship) -> Iterator[Writer]:
    """Give a writer to a database with what relationship types become."""
    put(database, manifest(more, **others))
    with writing(database) as writer:
        yield writer


def rule_entries(database: Database, declared_: dict[str, Any]) -> list[dict[str, Any]]:
    name = database.target.name
    artifacts = {each.path: each.content for each in compiled(declared_, database.target).artifacts[name]}
    entries: list[dict[str, Any]] = json.loads(artifacts[f"sql/{name}.rules.json"])
    return entries
