"""Rows that the declared rules allow, and rows that they do not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sql_database import Database, Refusal, ddl, insert, link, pairs, put, records

PEOPLE = ["a", "b", "c"]


def people(database: Database, **relationship: Any) -> None:
    """A relationship type `knows` between people, three of them."""
    knows = {"from": "person", "to": "person", "cardinality": "many_to_many", **relationship}
    put(database, {"object_types": {"person": {}}, "relationship_types": {"knows": knows}})
    records(database, "person", PEOPLE)


def with_attribute(database: Database, **attribute: Any) -> None:
    """An object type and a link with the attribute `what`."""
    on_links = {key: value for key, value in attribute.items() if key != "unique"}
    put(
        database,
        {
            "object_types": {"person": {"attributes": {"what": attribute}}, "thing": {}},
            "relationship_types": {
                "has": {"from": "thing", "to": "thing", "reflexive": True, "attributes": {"what": on_links}}
            },
        },
    )
    records(database, "thing", ["t"])


def test_no_link_to_itself(database: Database) -> None:
    people(database)
    assert link(database, "knows", "a", "a") == Refusal("check", "rel_knows_no_self")
    assert link(database, "knows", "a", "b") is None
    assert link(database, "knows", "b", "a") is None


def test_a_reflexive_link_to_itself(database: Database) -> None:
    people(database, reflexive=True)
    assert link(database, "knows", "a", "a") is None


def test_a_symmetric_link_is_one_row_in_order(database: Database) -> None:
    people(database, symmetric=True)
    assert link(database, "knows", "a", "b") is None
    assert link(database, "knows", "b", "a") == Refusal("check", "rel_knows_symmetric")
    assert link(database, "knows", "a", "a") == Refusal("check", "rel_knows_symmetric")


def test_a_symmetric_and_reflexive_link(database: Database) -> None:
    people(database, symmetric=True, reflexive=True)
    assert link(database, "knows", "a", "a") is None
    assert link(database, "knows", "b", "a") == Refusal("check", "rel_knows_symmetric")


def test_the_order_of_a_symmetric_link_is_that_of_bytes(database: Database) -> None:
    people(database, symmetric=True)
    if database.title == "PostgreSQL":
        # The server of the tests compares by bytes anyway, and others do not.
        rule = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'rel_knows_symmetric'"
        assert database.rows(rule) == [('CHECK ((from_id < (to_id COLLATE "C")))',)]
    records(database, "person", ["Z", "z"])
    assert link(database, "knows", "Z", "a") is None
    assert link(database, "knows", "a", "Z") == Refusal("check", "rel_knows_symmetric")
    if database.title != "MySQL":  # whose ids are ASCII
        records(database, "person", ["é"])
        assert link(database, "knows", "z", "é") is None
        assert link(database, "knows", "é", "z") == Refusal("check", "rel_knows_symmetric")


@pytest.mark.parametrize(("kind", "low", "high"), [("integer", 9, 10), ("uuid", "0" * 8, "f" * 8)])
def test_the_order_of_other_keys(database: Database, kind: str, low: Any, high: Any) -> None:
    tail = "-0000-0000-0000-000000000000"
    first, second = (each + tail if isinstance(each, str) else each for each in (low, high))
    put(
        database,
        {
            "object_types": {"person": {"id": {"type": kind}}},
            "relationship_types": {"knows": {"from": "person", "to": "person", "symmetric": True}},
        },
    )
    records(database, "person", [first, second])
    assert link(database, "knows", first, second) is None
    assert link(database, "knows", second, first) == Refusal("check", "rel_knows_symmetric")


def test_enum(database: Database) -> None:
    with_attribute(database, enum=["web", "phone"])
    assert insert(database, "person", id="1", what="web") is None
    assert insert(database, "person", id="2", what=None) is None
    assert insert(database, "person", id="3", what="WEB") == Refusal("check", "person_what_enum")
    assert link(database, "has", "t", "t", what="fax") == Refusal("check", "rel_has_what_enum")
    assert link(database, "has", "t", "t", what="phone") is None


def test_required(database: Database) -> None:
    with_attribute(database, type="text", required=True)
    assert insert(database, "person", id="1") == Refusal("null")
    assert insert(database, "person", id="1", what=None) == Refusal("null")
    assert insert(database, "person", id="1", what="") is None
    assert link(database, "has", "t", "t") == Refusal("null")


def test_max_length_counts_characters(database: Database) -> None:
    with_attribute(database, type="string", max_length=3)
    assert insert(database, "person", id="1", what="äöü") is None
    assert insert(database, "person", id="2", what="äöüß") == too_long(database, "person_what_max_length")
    assert link(database, "has", "t", "t", what="1234") == too_long(database, "rel_has_what_max_length")


def too_long(database: Database, name: str) -> Refusal:
    """How a text is refused that is too long: in MySQL by the type of the column."""
    return Refusal("type") if database.title == "MySQL" else Refusal("check", name)


def test_the_default_max_length(database: Database) -> None:
    with_attribute(database, type="string")
    assert insert(database, "person", id="1", what="x" * 255) is None
    assert insert(database, "person", id="2", what="x" * 256) == too_long(database, "person_what_max_length")
    assert insert(database, "person", id="x" * 256) == too_long(database, "person_id_type")


def test_unique(database: Database) -> None:
    with_attribute(database, type="string", unique=True)
    assert insert(database, "person", id="1", what="x") is None
    refusal = insert(database, "person", id="2", what="x")
    assert refusal in (Refusal("unique", "person_what_unique"), Refusal("unique"))
    assert insert(database, "person", id="3", what="X") is None
    assert insert(database, "person", id="4") is None
    assert insert(database, "person", id="5") is None


@pytest.mark.parametrize("kind", ["string", "uuid", "integer"])
def test_every_key_is_stated_and_there_once(database: Database, kind: str) -> None:
    key = {"string": "x", "uuid": "00000000-0000-0000-0000-000000000000", "integer": 7}[kind]
    put(
        database,
        {
            "object_types": {"person": {"id": {"type": kind}, "attributes": {"note": {"type": "text"}}}},
            "relationship_types": {"knows": {"from": "person", "to": "person", "reflexive": True}},
        },
    )
    assert insert(database, "person", note="no key") == Refusal("null")
    assert insert(database, "person", id=None) == Refusal("null")
    assert insert(database, "person", id=key) is None
    refusal = insert(database, "person", id=key)
    assert refusal in (Refusal("unique", "person_pkey"), Refusal("unique"))
    assert link(database, "knows", None, key) == Refusal("null")
    assert link(database, "knows", key, None) == Refusal("null")


def test_a_link_needs_both_records(database: Database) -> None:
    people(database)
    for pair in (("a", "nobody"), ("nobody", "a")):
        refusal = link(database, "knows", *pair)
        assert refusal is not None
        assert refusal.kind == "reference"


def test_a_deleted_record_takes_its_links_along(database: Database) -> None:
    people(database)
    for pair in (("a", "b"), ("b", "c"), ("c", "a")):
        assert link(database, "knows", *pair) is None
    assert database.refusal("DELETE FROM person WHERE id = ?", "a") is None
    assert pairs(database, "rel_knows") == [("b", "c")]


def test_a_record_that_restrict_keeps(database: Database) -> None:
    people(database, on_delete={"to": "restrict"})
    assert link(database, "knows", "a", "b") is None
    refusal = database.refusal("DELETE FROM person WHERE id = ?", "b")
    assert refusal in (Refusal("reference", "rel_knows_to_references"), Refusal("reference"))
    assert database.refusal("DELETE FROM person WHERE id = ?", "c") is None
    assert database.refusal("DELETE FROM person WHERE id = ?", "a") is None
    assert database.refusal("DELETE FROM person WHERE id = ?", "b") is None
    assert pairs(database, "rel_knows") == []


def test_an_external_end_takes_any_id_of_its_type(database: Database) -> None:
    put(
        database,
        {
            "object_types": {
                "user": {"external": True},
                "account": {"external": True, "id": {"type": "uuid"}},
                "order": {},
            },
            "relationship_types": {
                "requested": {"from": "user", "to": "order", "cardinality": "one_to_many"},
                "owns": {"from": "order", "to": "account"},
            },
        },
    )
    records(database, "order", ["o1", "o2"])
    account = "00000000-0000-0000-0000-00000000000a"
    assert link(database, "requested", "never seen", "o1") is None
    assert link(database, "requested", "never seen", "o2") is None
    assert link(database, "requested", "another", "o2") in (
        Refusal("unique", "rel_requested_from_max"),
        Refusal("unique"),
    )
    refusal = link(database, "requested", "x" * 256, "o2")
    assert refusal == too_long(database, "rel_requested_from_id_type")
    assert link(database, "requested", None, "o2") == Refusal("null")
    assert link(database, "requested", "another", "o3") is not None
    assert link(database, "owns", "o1", account) is None
    assert link(database, "owns", "o1", "not a uuid") is not None
    assert database.refusal("DELETE FROM \"order\" WHERE id = 'o1'") is None
    assert pairs(database, "rel_requested") == [("never seen", "o2")]
    assert not has_table(database, "user")


def has_table(database: Database, name: str) -> bool:
    catalog = {
        "PostgreSQL": "pg_tables WHERE schemaname = current_schema AND tablename",
        "SQLite": "sqlite_schema WHERE name",
        "MySQL": "information_schema.tables WHERE table_schema = database() AND table_name",
    }
    return bool(database.rows(f"SELECT 1 FROM {catalog[database.title]} = '{name}'"))


def test_a_type_of_a_vendor_has_no_table(database: Database) -> None:
    target = replace(database.target, external_types=("zen:user",))
    requested = {"from": "zen:user", "to": "order"}
    declared = {"object_types": {"order": {}}, "relationship_types": {"requested": requested}}
    database.load(ddl(declared, target))
    records(database, "order", ["o1"])
    assert link(database, "requested", "360001", "o1") is None
    assert has_table(database, "rel_requested")
    assert not has_table(database, "zen_user")
    assert not has_table(database, "zen:user")
