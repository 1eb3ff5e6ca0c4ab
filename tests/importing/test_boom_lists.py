"""What Boom lists, and what is said of it."""

from __future__ import annotations

import pytest
from importing import BOOM, Json, answer, boom_pages, built, marked, read_back

PLACED = {
    "relationshipTypeId": "rt_1",
    "kind": "person_to_co",
    "role": "placed",
    "customObjectType": "order",
    "cardinality": "ONE_TO_MANY",
    "description": "A person placed many orders.",
    "bidirectional": True,
}
CONTAINS = {
    "relationshipTypeId": "rt_2",
    "kind": "co_to_co",
    "role": "contains",
    "parentCustomObjectType": "order",
    "childCustomObjectType": "line_item",
    "cardinality": None,
    "description": None,
    "bidirectional": False,
}


def test_what_boom_lists_is_declared() -> None:
    imported = read_back(BOOM, *boom_pages([PLACED, CONTAINS]))
    assert imported.diagnostics == []
    assert imported.data == {
        "object_types": {"line_item": {}, "order": {}, "person": {}},
        "relationship_types": {
            "contains": {"from": "order", "to": "line_item", "targets": {"boom": {"description": False}}},
            "placed": {
                "from": "person",
                "to": "order",
                "cardinality": "one_to_many",
                "description": "A person placed many orders.",
                "targets": {"boom": {"bidirectional": True}},
            },
        },
    }
    assert "  # Boom states no cardinality of it.\n  contains:\n" in imported.text
    assert "has no name for the way back: an `inverse` would be one.\n  placed:\n" in imported.text


def test_what_nobody_declared_is_sent_without_what_nobody_declared() -> None:
    files = built(read_back(BOOM, *boom_pages([CONTAINS])).text, BOOM)
    assert files["relationship-types/contains.json"].keys() == {
        "kind",
        "role",
        "parentCustomObjectType",
        "childCustomObjectType",
        "bidirectional",
    }


def test_a_role_of_several_gets_the_names_of_the_ends_whatever_comes_first() -> None:
    booked = {**PLACED, "customObjectType": "Booking Slot"}
    imported = read_back(BOOM, *boom_pages([booked, PLACED]))
    declared = imported.data["relationship_types"]
    assert declared.keys() == {"placed_order", "placed_booking_slot"}
    assert declared["placed_order"]["targets"] == {"boom": {"role": "placed", "bidirectional": True}}
    assert imported.data["object_types"]["booking_slot"] == {"targets": {"boom": "Booking Slot"}}
    assert sorted(imported.said("EW706")) == [
        "`Booking Slot` becomes `booking_slot`",
        "`placed` becomes `placed_booking_slot`",
        "`placed` becomes `placed_order`",
    ]


def test_custom_object_types_may_be_listed_too() -> None:
    objects = [
        {"name": "order", "displayName": "Purchase", "description": "What was bought."},
        {"name": "line_item", "displayName": "line item"},
        {"name": "unused", "displayName": None},
    ]
    imported = read_back(BOOM, *boom_pages(objects, 2), *boom_pages([PLACED]))
    assert imported.data["object_types"] == {
        "line_item": {},
        "order": {"description": "What was bought.", "label": "Purchase"},
        "person": {},
        "unused": {},
    }
    sent = built(imported.text, BOOM)["object-types/order.json"]
    assert sent == {"name": "order", "displayName": "Purchase", "description": "What was bought."}


def test_one_that_is_related_and_not_listed_is_remarked() -> None:
    imported = read_back(BOOM, *boom_pages([PLACED]), *boom_pages([{"name": "invoice"}]))
    assert "  # Not among the custom object types listed.\n  order: {}\n" in imported.text


@pytest.mark.parametrize(
    ("wrong", "message", "at"),
    [
        (
            {"error": "Unknown custom object type: ordr", "suggestions": ["order"]},
            "Boom answered with an error, and not with a list: Unknown custom object type: ordr",
            "error",
        ),
        (
            {"error": {"code": "unauthorized", "message": "Invalid API key"}},
            "Boom answered with an error, and not with a list: unauthorized: Invalid API key",
            "error",
        ),
        ({"data": {"role": "x"}}, "Boom answered with one thing, and not with a list", "data"),
        ([], "this is a bare list, and no answer of an API", ""),
        ({"data": [5]}, "Boom's list of relationship types has an object here", "data.0"),
        ({"data": 5}, "Boom's list of relationship types has a list here", "data"),
        ({}, "Boom's list of relationship types has `data` here, which is missing", ""),
        (
            {"data": [{"kind": "person_to_co", "role": "x"}]},
            "Boom's list of relationship types has `customObjectType` here, which is missing",
            "data.0",
        ),
        (
            {"data": [{**PLACED, "cardinality": "SOME"}]},
            (
                "Boom's list of relationship types has `ONE_TO_ONE`, `ONE_TO_MANY`, `MANY_TO_ONE`, "
                "`MANY_TO_MANY` or `null` here"
            ),
            "data.0.cardinality",
        ),
        (
            {"data": [{**PLACED, "role": ""}]},
            "Boom's list of relationship types has a text here that is not empty",
            "data.0.role",
        ),
    ],
)
def test_what_is_no_list_is_told_and_nothing_is_made(wrong: Json, message: str, at: str) -> None:
    imported = read_back(BOOM, *boom_pages([PLACED]), wrong)
    (said,) = imported.diagnostics
    assert (said.code.number, said.message, said.path, imported.text) == ("EW701", message, at, "")


def test_suggestions_of_an_error_are_passed_on() -> None:
    (said,) = read_back(BOOM, {"error": "no `ordr`", "suggestions": ["order", "border"]}).diagnostics
    assert said.help == "it suggests `order` or `border`"


def test_a_last_page_that_is_missing_is_told() -> None:
    first, second = boom_pages([PLACED, CONTAINS], 1)
    assert read_back(BOOM, second, first).codes == []
    imported = read_back(BOOM, first)
    assert imported.said("EW702") == ["this page names a next one: the last page is missing"]
    assert imported.data["relationship_types"].keys() == {"placed"}


def test_what_no_manifest_can_say_is_told() -> None:
    hidden = "zero\u200bwidth"
    several = [
        {**PLACED, "weight": 1},
        {**CONTAINS, "weight": 2},
        {**PLACED, "role": hidden},
        {**PLACED, "role": "is", "customObjectType": "person"},
        {**PLACED, "role": "long", "description": "x" * 1001},
        {**PLACED, "role": "cardinal", "cardinality": "ONE_TO_ONE"},
    ]
    imported = read_back(BOOM, *boom_pages(several))
    assert imported.said("EW705") == [
        "`weight` is not kept: no manifest can say it (2 of the relationship types have it)",
        "this relationship type is left out: a manifest cannot hold a character in its `role`",
        "this is left out: a custom object type called `person` cannot be told from Boom's own person",
        "the `description` is left out: it is too long for a manifest, or holds what cannot be seen there",
    ]
    assert imported.data["relationship_types"].keys() == {"placed", "contains", "long", "cardinal"}
    assert imported.data["relationship_types"]["long"]["targets"]["boom"]["description"] is False


def test_one_identity_twice_is_a_contradiction_unless_it_is_the_same() -> None:
    other = {**PLACED, "cardinality": "ONE_TO_ONE"}
    imported = read_back(BOOM, *boom_pages([PLACED, PLACED, other]))
    assert imported.said("EW703") == ["`placed` is listed twice: the first is kept"]
    assert imported.data["relationship_types"]["placed"]["cardinality"] == "one_to_many"


def test_places_are_those_of_the_answer() -> None:
    data = {"data": [CONTAINS, {**PLACED, "role": "Placed By"}]}
    (said,) = read_back(BOOM, data).diagnostics
    assert said.path == "data.1.role"
    assert marked(answer(data).source.text, said) == '"Placed By"'
