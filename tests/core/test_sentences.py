"""Relationship types in sentences: for what the four words, bounds and names mean, for people to read."""

from __future__ import annotations

from typing import Any

import pytest
from any_catalog import catalogs, source
from hypothesis import HealthCheck, given, settings

from edgewise.catalog import Bounds
from edgewise.compile import check, compile  # noqa: A004 - the word for it
from edgewise.project import Project
from edgewise.sentences import count, sentences, with_article
from edgewise_targets import TARGETS

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
        ({"from": "1..2", "to": "10..12"}, "between 10 and 12 orders", "between one and two people"),
        ({"from": "*", "to": "0..999999999"}, "at most 999,999,999 orders", "any number of people"),
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
        ("belongs_to", {"inverse": "is_part_of"}, "belongs to", "is part of"),
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


@pytest.mark.parametrize(
    ("name", "cardinality", "second"),
    [
        ("placed", "one_to_many", "At most one person placed each order."),
        ("sold_to", "many_to_many", "Any number of people are sold to each order."),
        ("owns", {"from": 1, "to": "*"}, "Exactly one person owns each order."),
        ("owns", {"from": "1..*", "to": "*"}, "At least one person owns each order."),
        ("owns", {"from": "1..2", "to": "*"}, "Between one and two people own each order."),
        ("lives_in", "many_to_many", "Any number of people live in each order."),
        ("carries", "many_to_many", "Any number of people carry each order."),
        ("watches", {"from": 3, "to": 1}, "Exactly three people watch each order."),
        ("houses", {"from": "2..*", "to": 1}, "At least two people house each order."),
        ("passes_on", "many_to_many", "Any number of people pass on each order."),
        ("does_with", "many_to_many", "Any number of people do with each order."),
        ("pays", {"from": "0..2", "to": "*"}, "At most two people pay each order."),
        ("orders", "many_to_many", "Any number of people have each order."),
        ("favourite", "many_to_one", "Any number of people have each order as favourite."),
        ("keeper", "one_to_many", "At most one person is keeper of each order."),
        ("keeper", "many_to_many", "Any number of people are keeper of each order."),
    ],
)
def test_without_an_inverse_the_far_end_is_what_it_is_done_to(
    name: str, cardinality: Any, second: str
) -> None:
    assert said(name, cardinality=cardinality)[1] == second


def test_a_label_without_an_inverse() -> None:
    keys = {"cardinality": "many_to_many", "label": "always pays"}
    assert said("pays", **keys)[1] == "Any number of people always pays each order."
    keys["label"] = "has as its  best"
    assert said("best", **keys) == (
        "A person has any number of orders as its best.",
        "Any number of people have each order as its best.",
    )


@pytest.mark.parametrize(
    ("name", "keys", "first", "second"),
    [
        # Between two types, what there is one of is reached.
        (
            "payer",
            {"cardinality": "many_to_one"},
            "has at most one order as payer",
            "have each order as payer",
        ),
        (
            "head",
            {"cardinality": "many_to_many"},
            "is head of any number of orders",
            "are head of each order",
        ),
        (
            "members",
            {"cardinality": "many_to_many"},
            "has any number of orders as members",
            "have each order as members",
        ),
        # Within one, what there are fewer of.
        (
            "boss",
            {"to": "person", "cardinality": "many_to_one"},
            "has at most one person as boss",
            "have each person as boss",
        ),
        (
            "parent",
            {"to": "person", "cardinality": {"from": "*", "to": "0..2"}},
            "has at most two people as parent",
            "have each person as parent",
        ),
        (
            "peer",
            {"to": "person", "cardinality": "many_to_many"},
            "is peer of any number of people",
            "are peer of each person",
        ),
    ],
)
def test_what_a_noun_stands_for(name: str, keys: dict[str, Any], first: str, second: str) -> None:
    assert said(name, **keys) == (f"A person {first}.", f"Any number of people {second}.")


@pytest.mark.parametrize(
    ("name", "keys", "first", "second"),
    [
        (
            "parent",
            {"cardinality": {"from": "*", "to": "0..2"}, "inverse": "child"},
            "has at most two people as parent",
            "has any number of people as child",
        ),
        (
            "boss",
            {"cardinality": "one_to_many", "inverse": "subordinate"},
            "is boss of any number of people",
            "is subordinate of at most one person",
        ),
        (
            "manages",
            {"cardinality": "one_to_many", "inverse": "manager"},
            "manages any number of people",
            "has at most one person as manager",
        ),
        (
            "captain",
            {"cardinality": "many_to_many", "inverse": "captain_of"},
            "has any number of people as captain",
            "is captain of any number of people",
        ),
    ],
)
def test_two_names_agree_about_who_is_who(name: str, keys: dict[str, Any], first: str, second: str) -> None:
    assert said(name, to="person", **keys) == (f"A person {first}.", f"Each person {second}.")


def test_what_is_derived_says_through_what() -> None:
    relationships: dict[str, Any] = {
        "placed": {"from": "person", "to": "order", "cardinality": "one_to_many", "inverse": "placed_by"},
        "contains": {"from": "order", "to": "product", "cardinality": "many_to_many", "label": "is for"},
        "knows": {"from": "person", "to": "person", "cardinality": "many_to_many", "symmetric": True},
        "bought": {"via": ["placed", "contains"], "inverse": "bought_by"},
        "shares_with": {"via": ["placed", "placed_by"], "inverse": "is_joined_by", "reflexive": True},
        "far": {"via": ["knows", "knows", "knows"], "symmetric": True},
    }
    graph = check(
        [source({"object_types": OBJECT_TYPES, "relationship_types": relationships})], PROJECT, ()
    ).graph
    assert graph is not None
    assert {each.name: sentences(graph, each) for each in graph.derived} == {
        "bought": (
            'A person bought any number of products, through "placed" and "is for".',
            "Each product was bought by any number of people.",  # there is no name for each step of that way
        ),
        "shares_with": (
            'A person shares with at most one person, through "placed" and "placed by".',
            'Each person is joined by at most one person, through "placed" and "placed by".',
        ),
        "far": (
            'A person is far of any number of people, through "knows" three times.',
            "It is the same relationship seen from either end.",
        ),
    }


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
            ("URL", "a"),
            ("SLA", "an"),
            ("FAQ entry", "an"),
            ("Unit", "a"),
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


@pytest.mark.parametrize(
    ("name", "verb"),
    [
        *(("gave", "gave"), ("lost", "lost"), ("spoke_with", "spoke with"), ("wrote_about", "wrote about")),
        *(("led_to", "is led to"), ("for_order", "is for"), ("likes_in_turn", "likes in turn")),
        *(("known_to", "is known to"), ("is_with", "is with"), ("was_in_order", "was in")),
    ],
)
def test_verbs_that_are_no_rule(name: str, verb: str) -> None:
    assert said(name, cardinality="many_to_many")[0] == f"A person {verb} any number of orders."


def test_a_part_of_the_bounds_is_said_with_the_same_verb() -> None:
    stated = {"from": "person", "to": "order", "cardinality": {"from": "*", "to": 1}}
    data = {"object_types": OBJECT_TYPES, "relationship_types": {"payer": stated}}
    graph = check([source(data)], PROJECT, ()).graph
    assert graph is not None
    payer = graph.relationship_types["payer"]
    lowered = payer._replace(to=payer.to._replace(bounds=Bounds(1, None)))
    assert sentences(graph, payer)[0] == "A person has exactly one order as payer."
    assert sentences(graph, lowered)[0] == "A person has at least one order as payer."


# ---- of every catalog ----


def squeezed(text: str) -> str:
    return " ".join(text.split())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(catalogs())
def test_every_relationship_type_is_said_in_two_sentences(catalog: dict[str, Any]) -> None:
    graph = check([source(catalog)], PROJECT, TARGETS).graph
    assert graph is not None
    for each in graph.relationship_types.values():
        said_of = sentences(graph, each)
        for sentence, end, other in zip(said_of, reversed(each.ends), each.ends, strict=True):
            assert sentence.endswith(".")
            assert not sentence.endswith("..")
            assert sentence == squeezed(sentence)
            assert sentence[0] == sentence[0].upper()
            if each.symmetric and end.key == "from":
                continue
            bounds = end.bounds
            assert squeezed(count(bounds, graph.object_type(end))).rstrip(".").lower() in sentence.lower()
            reached_from = graph.object_type(other)
            label = squeezed(reached_from.label) or reached_from.name
            assert label.rstrip(".").lower() in sentence.lower()


# ---- the same words everywhere ----

SAID_BY_ALL: dict[str, Any] = {
    "object_types": {
        "person": {"plural": "people", "targets": {"boom": "person"}},
        "order": None,
        "product": None,
    },
    "relationship_types": {
        "placed": {
            "from": "person",
            "to": "order",
            "cardinality": {"from": 1, "to": "2..5"},
            "inverse": "placed_by",
        },
        "contains": {"from": "order", "to": "product", "cardinality": "many_to_many"},
        "bought": {"via": ["placed", "contains"]},
    },
}


def test_every_target_says_the_same_words() -> None:
    names = ("postgresql", "mysql", "sqlite", "openapi", "boom")
    project = Project("/nowhere", ("schemas",), "build", {name: {} for name in names}, named=True)
    compilation = compile([source(SAID_BY_ALL)], project, TARGETS)
    assert compilation.graph is not None
    files = {
        name: "\n".join(artifact.content.decode().replace('\\"', '"') for artifact in artifacts)
        for name, artifacts in compilation.artifacts.items()
    }
    assert set(files) == set(names)
    for each in compilation.graph.relationship_types.values():
        for sentence in sentences(compilation.graph, each):
            assert {name for name, text in files.items() if sentence not in text} == set()
