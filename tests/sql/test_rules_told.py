"""What a database tells of its rules: what only a query finds, where links are kept, and `rules.json`."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sql_database import Database, compiled
from sql_scenes import (
    bounds,
    circle,
    column,
    deleted,
    do,
    external,
    has,
    loaded,
    manifest,
    put_in,
    records,
    rule_entries,
    symmetric,
)
from sql_writers import Writer

PEOPLE = records("person", *(f"p{each}" for each in range(6)))
ARTICLES = records("article", *(f"a{each}" for each in range(6)))


def pairs(writer: Writer) -> list[tuple[Any, ...]]:
    return sorted(writer.rows("SELECT from_id, to_id FROM rel_has"))


def violations(database: Database) -> list[tuple[Any, ...]]:
    columns = "relationship_type, rule, object_type, object_id, found"
    return database.rows(f"SELECT {columns} FROM edgewise_violation")


# ---- what only a query finds ----


def derived(**flags: bool) -> dict[str, Any]:
    return {"via": ["has", "has"], **flags}


def test_a_derived_cycle_is_found(database: Database) -> None:
    with loaded(database, circle("*", "*"), skips=derived(acyclic=True)) as writer:
        do(writer, PEOPLE, has("p1-p2", "p2-p3", "p3-p4"))
        assert violations(database) == []
        do(writer, has("p4-p1"))
        assert violations(database) == [
            ("skips", "acyclic", "person", each, None) for each in ("p1", "p2", "p3", "p4")
        ]


def test_a_derived_pair_without_its_reverse_is_found(database: Database) -> None:
    with loaded(database, circle("*", "*"), skips=derived(symmetric=True)) as writer:
        do(writer, PEOPLE, has("p1-p2", "p2-p3"))
        assert violations(database) == [("skips", "symmetric", "person", "p1", None)]
        do(writer, has("p3-p4", "p4-p1"))
        assert violations(database) == []


def test_a_minimum_of_external_records_is_not_known(database: Database) -> None:
    with loaded(database, external(bounds("*", "2..3"), "from")) as writer:
        do(writer, ARTICLES, has("x-a1"))
        assert violations(database) == []
        entries = rule_entries(database, manifest(external(bounds("*", "2..3"), "from")))
        (entry,) = [each for each in entries if each["rule"] == "min"]
        assert (entry["enforced_by"], entry["name"]) == ("none", None)
        assert entry["reason"]


# ---- the other storage ----


@pytest.mark.parametrize("cardinality", [("0..1", "0..3"), ("0..1", "0..1"), ("0..1", "1..*")])
def test_either_storage_is_read_in_the_same_way(database: Database, cardinality: tuple[str, str]) -> None:
    more = bounds(*cardinality)
    with loaded(database, column(more), stays=dict(more, inverse="stays_at")) as writer:
        do(writer, "BEGIN", PEOPLE, ARTICLES)
        for article, person in (("a1", "p1"), ("a2", "p2"), ("a0", "p3")):
            do(writer, put_in(article, f"'{person}'"))
            do(writer, has(f"{person}-{article}").replace("rel_has", "rel_stays"))
        if cardinality[1] == "1..*":
            do(writer, deleted("person", "p0"), deleted("person", "p4"), deleted("person", "p5"))
        do(writer, "COMMIT")
        for suffix in ("", "_inverse"):
            assert database.rows(f"SELECT from_id, to_id FROM rel_has{suffix}") == database.rows(
                f"SELECT from_id, to_id FROM rel_stays{suffix}"
            )
        assert violations(database) == []
        stored = "SELECT name, table_name, from_column, to_column FROM edgewise_relationship_type"
        assert database.rows(stored) == [
            ("has", "article", "of_id", "id"),
            ("stays", "rel_stays", "from_id", "to_id"),
        ]


@pytest.mark.parametrize("storage", ["edge", "column"])
def test_either_storage_states_the_same_rules(database: Database, storage: str) -> None:
    more = bounds("1", "0..3", on_delete="cascade") | {"targets": {"sql": {"storage": storage}}}
    entries = rule_entries(database, manifest(more))
    assert [(each["rule"], each["end"], each["bound"]) for each in entries] == [
        ("max", "to", 3),
        ("max", "from", 1),
        ("min", "from", 1),
        ("references", "from", None),
        ("on_delete", "from", None),
        ("references", "to", None),
        ("on_delete", "to", None),
    ]


def test_a_storage_of_one_database_is_that_one_s_alone(database: Database) -> None:
    more = bounds("0..1", "*") | {"targets": {"sqlite": {"storage": "column"}, "sql": {"storage": "edge"}}}
    with loaded(database, more) as writer:
        do(writer, PEOPLE, ARTICLES)
        is_column = database.target.name == "sqlite"
        do(writer, put_in("a1", "'p1'") if is_column else has("p1-a1"))
        assert pairs(writer) == [("p1", "a1")]


# ---- rules.json ----


def test_rules_json_lists_each_rule_of_a_manifest_and_nothing_else(database: Database) -> None:
    declared_ = manifest(
        bounds(
            "1",
            "2..3",
            on_delete={"from": "restrict"},
            attributes={"state": {"enum": ["open"], "required": True}, "note": {"type": "string"}},
        ),
        spouse=symmetric("0..1"),
        boss=circle("*", "0..1", acyclic=True, inverse="minions"),
        grand={"via": ["boss", "boss"], "acyclic": True},
        requested={"from": "account", "to": "article", "cardinality": {"from": "*", "to": "1..2"}},
        liked={"from": "person", "to": "article", "cardinality": "many_to_many"},
    )
    ends: list[tuple[str, str | None, int | None, str | None]] = [
        (rule, end, None, None) for end in ("from", "to") for rule in ("references", "on_delete")
    ]
    expected: dict[str, list[tuple[str, str | None, int | None, str | None]]] = {
        "has": [
            ("max", "to", 3, None),
            ("min", "to", 2, None),
            ("max", "from", 1, None),
            ("min", "from", 1, None),
            *ends,
            ("required", None, None, "state"),
            ("enum", None, None, "state"),
            ("max_length", None, None, "note"),
        ],
        "spouse": [("max", None, 1, None), ("symmetric", None, None, None), *ends],
        "boss": [("max", "to", 1, None), ("no_self", None, None, None), ("acyclic", None, None, None), *ends],
        "grand": [("acyclic", None, None, None)],
        "requested": [("max", "to", 2, None), ("min", "to", 1, None), *ends],
        "liked": ends,
    }
    entries = rule_entries(database, declared_)
    keys = ("relationship_type", "rule", "end", "bound", "attribute")
    found = [tuple(each[key] for key in keys) for each in entries]
    assert sorted(found, key=repr) == sorted(
        ((name, *rule) for name, several in expected.items() for rule in several), key=repr
    )
    names = [each["relationship_type"] for each in entries]
    assert names == sorted(names)


def test_what_rules_json_names_is_made(database: Database) -> None:
    declared_ = manifest(
        bounds("1", "2..3", attributes={"state": {"enum": ["open"], "required": True}}),
        spouse=symmetric("0..2"),
        boss=circle("*", "0..1", acyclic=True, inverse="minions"),
    )
    (sql,) = [
        each.content.decode()
        for each in compiled(declared_, database.target).artifacts[database.target.name]
        if each.path.endswith(".sql")
    ]
    for entry in rule_entries(database, declared_):
        assert entry["sentence"].endswith(".")
        assert entry["enforced_by"] in {"constraint", "trigger", "query", "none"}
        assert (entry["name"] is None) == (entry["enforced_by"] == "none") == ("reason" in entry)
        assert entry["name"] is None or entry["name"].split()[0] in sql, json.dumps(entry)
