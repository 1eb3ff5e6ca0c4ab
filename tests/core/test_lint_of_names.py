"""What rules read in names: which ones look like one, in which number a noun stands, what they contradict."""

from __future__ import annotations

from typing import Any

import pytest
from any_catalog import source

from edgewise.compile import check
from edgewise.diagnostics import Code
from edgewise.project import Project
from edgewise.wording import plurals, stem

PROJECT = Project("/nowhere", ("schemas",), "build", {}, named=True)
OBJECT_TYPES: dict[str, Any] = {
    "person": {"plural": "people"},
    "order": {},
    "line_item": {},
    "staff": {},
    "goods": {},
    "fish": {"plural": "fish"},
    "address": {},
    "category": {},
}
NAMES = {Code.SYNONYMS, Code.MISLEADING_NAME, Code.NAME_NUMBER}


def said(relationships: dict[str, Any], object_types: dict[str, Any] | None = None) -> list[Code]:
    data = {"object_types": object_types or OBJECT_TYPES, "relationship_types": relationships}
    found = check([source(data)], PROJECT, ()).diagnostics
    return [each.code for each in found if each.code in NAMES]


def placed(**keys: Any) -> dict[str, Any]:
    return {"from": "person", "to": "order", "cardinality": "many_to_many", **keys}


def between(one: str, other: str) -> list[Code]:
    """Return what is said of two relationship types from person to order that have these names."""
    return said({one: placed(), other: placed()})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("has_order", "orders"),
        ("person_has_many_orders", "orders"),
        ("people_orders", "has_orders"),
        ("person_to_order", "orders"),
        ("placed", "places"),
        ("placed", "placed_order"),
        ("favorite_order", "favorite_orders"),
        ("best_loved", "loved_best"),
        ("inlovewith", "in_love_with"),
        ("is_recipient_of", "recipients_of"),
        ("has_access_to", "access_to"),
        ("administrator", "adminstrator"),
        ("administrator", "adminisrtator"),
        ("organisation_of", "organization_of"),
    ],
)
def test_names_that_look_like_one(one: str, other: str) -> None:
    assert between(one, other) == between(other, one) == [Code.SYNONYMS]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("billing_order", "shipping_order"),
        ("parent", "part_of"),
        ("created_by", "updated_by"),
        ("created", "created_by"),
        ("from_order", "to_order"),
        ("order_1", "order_2"),
        ("previous_address1", "previous_address2"),
        ("is_parent", "has_parent"),
        ("assignee", "assigner"),
        ("trainer", "trainee"),
        ("reviewer", "reviewed"),
        ("sender", "lender"),
        ("contacted_by", "contracted_by"),
        ("accepted", "excepted"),
        ("import", "export"),
        ("home", "away"),
        ("upstream", "downstream"),
    ],
)
def test_names_that_tell_two_things(one: str, other: str) -> None:
    assert between(one, other) == between(other, one) == []


@pytest.mark.parametrize(
    "other",
    [
        {"group": "shop"},
        {"cardinality": "one_to_many"},
        {"to": "line_item"},
        {"deprecated": {"replaced_by": "placed"}},
        {"via": ["placed", "contains"]},
        {"from": "order", "to": "person"},
    ],
)
def test_what_else_tells_two_things(other: dict[str, Any]) -> None:
    contains = {"from": "order", "to": "order", "cardinality": "many_to_many"}
    data = {"placed": placed(), "contains": contains, "places": {**placed(), **other}}
    assert said(data) == []


def test_of_many_only_the_same_words_are_found() -> None:
    """What a slip of the fingers is would take too long among so many."""
    letters = "abcdefghijklmno"
    many = {f"very{one}{other}longword": placed() for one in letters for other in letters}
    few = {name: each for name, each in many.items() if name.startswith("verya")}
    assert len(said(few)) == len(few) - 1
    assert said({**many, "has_order": placed(), "orders": placed()}) == [Code.SYNONYMS]


@pytest.mark.parametrize(
    ("name", "to", "cardinality", "expected"),
    [
        ("order", "order", "one_to_many", [Code.NAME_NUMBER]),
        ("orders", "order", "many_to_one", [Code.NAME_NUMBER]),
        ("orders", "order", {"from": "*", "to": "0..2"}, []),
        ("order", "order", {"from": "*", "to": "0..2"}, [Code.NAME_NUMBER]),
        ("owns_line_items", "line_item", "many_to_one", [Code.NAME_NUMBER]),
        ("owns_line_item", "line_item", "one_to_many", []),
        ("people", "person", "many_to_one", [Code.NAME_NUMBER]),
        ("people", "person", "one_to_many", []),
        ("categories", "category", "many_to_one", [Code.NAME_NUMBER]),
        ("addresses", "address", "one_to_many", []),
        ("address", "address", "one_to_many", [Code.NAME_NUMBER]),
        ("staff", "staff", "one_to_many", []),
        ("goods", "goods", "one_to_many", []),
        ("goods", "goods", "many_to_one", []),
        ("fish", "fish", "one_to_many", []),
        ("orders_of", "order", "many_to_one", []),
        ("has_one_order", "order", "one_to_many", [Code.MISLEADING_NAME]),
        ("has_many_orders", "order", "many_to_one", [Code.MISLEADING_NAME]),
        ("has_one_or_more_orders", "order", "one_to_many", []),
        ("many_orders", "order", "many_to_one", [Code.MISLEADING_NAME]),
        ("one_on_one", "order", "one_to_many", []),
        ("ticket_to_ride", "order", "one_to_many", []),
    ],
)
def test_the_number_of_a_noun(name: str, to: str, cardinality: Any, expected: list[Code]) -> None:
    assert said({name: placed(to=to, cardinality=cardinality)}) == expected


def test_a_vendors_word_for_an_end_is_right() -> None:
    user = {"person": {"targets": {"zendesk": "zen:user"}}, "order": {}, "user": {}}
    assert said({"user_to_order": placed()}, user) == []
    assert said({"user_to_order": placed()}, {**user, "person": {}}) == []  # `user` may be a verb
    assert said({"order_to_user": placed()}, {**user, "person": {}}) == [Code.MISLEADING_NAME]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        *(("owns", "own"), ("owned", "own"), ("places", "plac"), ("placed", "plac"), ("place", "plac")),
        *(("address", "address"), ("status", "status"), ("categories", "category"), ("need", "need")),
        *(("see", "see"), ("sees", "see"), ("seed", "seed"), ("of", "of")),
    ],
)
def test_stems(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_plurals() -> None:
    assert [plurals(each) for each in ("order", "category", "box")] == [
        ("orders",),
        ("categorys", "categories"),
        ("boxs", "boxes"),
    ]
