"""Relationship types in sentences: for what the four words, bounds and names mean, for people to read."""

from __future__ import annotations

from typing import Any

import pytest
from any_catalog import source

from edgewise.catalog import Bounds
from edgewise.compile import check
from edgewise.project import Project
from edgewise.sentences import count, sentences, with_article

PROJECT = Project("/nowhere", ("schemas",), "build", {}, named=True)
OBJECT_TYPES: dict[str, Any] = {
    "person": {"plural": "people"},
    "order": None,
    "household": None,
    "line_item": None,
    "product": None,
    "ticket": None,
    "user": {"label": "zendesk user"},
    "manufacturer": None,
    "category": {"plural": "categories"},
}


def said(name: str, **keys: Any) -> tuple[str, str]:
    data = {
        "object_types": OBJECT_TYPES,
        "relationship_types": {name: {"from": "person", "to": "order", **keys}},
    }
    graph = check([source(data)], PROJECT, ()).graph
    assert graph is not None
    return sentences(graph, graph.relationship_types[name])


@pytest.mark.parametrize(
    ("cardinality", "first", "second"),
    [
        ("one_to_one", "at most one order", "at most one person"),
        ("one_to_many", "any number of orders", "at most one person"),
        ("many_to_one", "at most one order", "any number of people"),
        ("many_to_many", "any number of orders", "any number of people"),
        ({"from": "1", "to": "1..*"}, "at least one order", "exactly one person"),
        ({"from": "2..5", "to": "3"}, "exactly three orders", "between two and five people"),
        ({"from": "0..2", "to": "11..*"}, "at least 11 orders", "at most two people"),
        ({"from": "1..2", "to": "10..12"}, "between ten and 12 orders", "between one and two people"),
        ({"from": "*", "to": "0..999999999"}, "at most 999999999 orders", "any number of people"),
    ],
)
def test_how_many(cardinality: Any, first: str, second: str) -> None:
    assert said("placed", cardinality=cardinality, inverse="placed_by") == (
        f"A person placed {first}.",
        f"Each order was placed by {second}.",
    )


@pytest.mark.parametrize(
    ("name", "keys", "first", "second"),
    [
        # The four of the vendors' pages, and others like them.
        ("placed", {"inverse": "placed_by"}, "placed", "was placed by"),
        ("returned", {"inverse": "returned_by"}, "returned", "was returned by"),
        ("bought", {"inverse": "bought_by"}, "bought", "was bought by"),
        ("owns", {"inverse": "owned_by"}, "owns", "is owned by"),
        ("manages", {"inverse": "managed_by"}, "manages", "is managed by"),
        ("contains", {"inverse": "contained_in"}, "contains", "is contained in"),
        ("lives_in", {"inverse": "houses"}, "lives in", "houses"),
        ("belongs_to", {"inverse": "has_order"}, "belongs to", "has as order"),
        ("delivered_to", {"inverse": "receives"}, "is delivered to", "receives"),
        ("parent", {"inverse": "child"}, "is parent of", "is child of"),
        ("boss", {"inverse": "subordinate"}, "is boss of", "is subordinate of"),
        ("in_love_with", {"inverse": "loved_by"}, "is in love with", "is loved by"),
        ("has_many_orders", {"inverse": "is_part_of"}, "has", "is part of"),
        ("person_has_many_orders", {"inverse": "orders_of"}, "has", "orders of"),
        ("has_order", {"inverse": "person"}, "has", "has"),
        (
            "parent",
            {"label": "brought up", "inverse": {"name": "child", "label": "grew up with"}},
            "brought up",
            "grew up with",
        ),
    ],
)
def test_names_become_verbs(name: str, keys: dict[str, Any], first: str, second: str) -> None:
    found = said(name, cardinality="many_to_many", **keys)
    assert found == (f"A person {first} any number of orders.", f"Each order {second} any number of people.")


def test_the_names_of_the_vendors_pages() -> None:
    many = {"from": "product", "cardinality": "one_to_many"}
    assert said("product_has_many_tickets", to="ticket", **many)[0] == "A product has any number of tickets."
    assert (
        said("product_has_many_users", to="user", **many)[0] == "A product has any number of zendesk users."
    )
    assert said("manufacturer", **{**many, "to": "manufacturer", "cardinality": "many_to_one"})[0] == (
        "A product has at most one manufacturer."
    )


def test_without_an_inverse_the_far_end_has_no_verb_of_its_own() -> None:
    assert (
        said("placed", cardinality="one_to_many")[1]
        == "Each order is reached by this from at most one person."
    )


def test_a_symmetric_one_is_said_once() -> None:
    found = said("spouse", to="person", cardinality="one_to_one", symmetric=True)
    assert found == (
        "A person is spouse of at most one person.",
        "It is the same relationship seen from either end.",
    )


def test_both_ends_of_one_type() -> None:
    found = said("manager_of", to="person", cardinality="one_to_many", inverse="managed_by")
    assert found[1] == "Each person is managed by at most one person."


@pytest.mark.parametrize(
    ("noun", "article"),
    [
        *(("order", "an"), ("person", "a"), ("invoice", "an"), ("user", "a"), ("unit", "a"), ("uncle", "an")),
        *(
            ("European", "a"),
            ("one-off", "a"),
            ("organization", "an"),
            ("University", "a"),
            ("item", "an"),
            ("x", "a"),
        ),
        *(
            ("usage", "a"),
            ("umbrella", "an"),
            ("é", "a"),
            ("utility", "a"),
            ("hour", "an"),
            ("household", "a"),
            ("uninvited guest", "an"),
        ),
    ],
)
def test_articles(noun: str, article: str) -> None:
    assert with_article(noun) == f"{article} {noun}"


def test_a_plural_that_is_stated_is_used() -> None:
    data = {"object_types": OBJECT_TYPES}
    graph = check([source(data)], PROJECT, ()).graph
    assert graph is not None
    assert count(Bounds(0, None), graph.object_types["category"]) == "any number of categories"
    assert count(Bounds(2, 2), graph.object_types["line_item"]) == "exactly two line items"
    assert count(Bounds(1, 1), graph.object_types["person"]) == "exactly one person"
