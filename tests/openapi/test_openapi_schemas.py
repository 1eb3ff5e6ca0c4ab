"""What a link looks like, what can be sent, and what the schemas refuse."""

from __future__ import annotations

from typing import Any

import pytest
from contract import FULL, Api, compiled, related

UUID = "123e4567-e89b-12d3-a456-426614174000"
TEXT = r"^[^\u0000]*$"
NAME = {"type": "string", "minLength": 1, "pattern": TEXT}
INTEGER = {"type": "integer", "format": "int64", "minimum": -(2**63), "maximum": 2**63 - 1}
PLACED = {"from_id": "p1", "to_id": UUID, "note": "hi", "channel": "web"}


@pytest.fixture(scope="module")
def full() -> Api:
    return compiled(FULL)


def test_the_link_schema(full: Api) -> None:
    schema = full.schemas["PlacedLink"]
    assert list(schema["properties"]) == [
        *("from_id", "to_id", "note", "channel", "text", "count", "ratio", "price", "whole", "part"),
        *("gift", "day", "moment", "token", "extra"),
    ]
    assert schema["required"] == ["from_id", "to_id", "note", "channel"]
    assert schema["additionalProperties"] is False
    assert schema["description"] == (
        "A person placed many orders. A person placed any number of orders. "
        "Each order was bought by exactly one person. "
        "Deleting a person is refused while it has such a link."
    )
    assert schema["x-edgewise"] == {
        "relationship_type": "placed",
        "from": {"object_type": "person", "bounds": "1", "on_delete": "restrict"},
        "to": {"object_type": "order", "bounds": "0..*"},
        "role": "buyer",
    }


def test_what_the_manifest_says_stands_in_the_link_schema(full: Api) -> None:
    def note(name: str) -> set[str]:
        return set(full.schemas[name]["x-edgewise"]) - {"relationship_type", "from", "to"}

    assert note("BoughtLink") == set()
    assert note("FriendLink") == {"symmetric", "reflexive"}
    assert note("ParentLink") == {"acyclic"}
    assert full.schemas["GrandparentLink"]["x-edgewise"]["via"] == ["parent", "parent"]


def test_each_type_as_the_language_says(full: Api) -> None:
    properties = full.schemas["PlacedLink"]["properties"]
    assert properties | {"from_id": None, "to_id": None} == {
        "from_id": None,
        "to_id": None,
        "note": {"type": "string", "pattern": TEXT, "description": r"What \*they\* said.", "maxLength": 5},
        "channel": {"type": "string", "enum": ["web", "phone"], "default": "web"},
        "text": {"type": "string", "pattern": TEXT},
        "count": INTEGER,
        "ratio": {"type": "number", "format": "double"},
        "price": {
            "type": "string",
            "pattern": r"^-?(0|[1-9][0-9]{0,2})(\.[0-9]{1,2})?$",
            "default": "1.5",
        },
        "whole": {"type": "string", "pattern": "^-?(0|[1-9][0-9]{0,2})$"},
        "part": {"type": "string", "pattern": r"^-?0(\.[0-9]{1,2})?$"},
        "gift": {"type": "boolean", "default": False},
        "day": {"type": "string", "format": "date"},
        "moment": {"type": "string", "format": "date-time"},
        "token": {"type": "string", "format": "uuid"},
        "extra": {"default": None},
    }


@pytest.mark.parametrize(
    "attributes",
    [
        {},
        {"note": ""},
        {"note": "12345", "channel": "phone"},
        {"text": "x" * 100_000},
        {"text": "line\nline\n"},
        {"count": -(2**63), "ratio": 0.5},
        {"ratio": 3},
        {"price": "999.99"},
        {"price": "-0.5"},
        {"price": "0"},
        {"whole": "123", "part": "0.99"},
        {"gift": True, "day": "2026-02-28", "moment": "2026-02-28T12:00:00Z", "token": UUID},
        {"extra": None},
        {"extra": [1, {"any": "thing"}]},
    ],
)
def test_a_legal_link_is_accepted(full: Api, attributes: dict[str, Any]) -> None:
    assert full.is_valid("PlacedLink", PLACED | attributes)
    sent = {key: value for key, value in (PLACED | attributes).items() if key not in {"from_id", "to_id"}}
    assert full.is_valid("PlacedAttributes", sent)
    assert full.is_valid("OrderPlacedByBody", sent | {"from_id": "p1"})


@pytest.mark.parametrize(
    "attributes",
    [
        {"unknown": 1},
        {"from_id": 1},
        {"from_id": ""},
        {"from_id": "x" * 256},
        {"to_id": "no uuid"},
        {"note": None},
        {"note": "123456"},
        {"channel": "shop"},
        {"channel": None},
        {"text": 1},
        {"text": "\0"},
        {"count": 2**63},
        {"count": 1.5},
        {"count": "1"},
        {"ratio": "1"},
        {"price": 1.5},
        {"price": "1000"},
        {"price": "1.234"},
        {"price": "01"},
        {"price": "1."},
        {"price": ".5"},
        {"price": "1e2"},
        {"whole": "1.0"},
        {"whole": "1234"},
        {"part": "1.0"},
        {"gift": 1},
        {"day": "2026-02-30"},
        {"moment": "2026-02-28 noon"},
        {"token": "x"},
    ],
)
def test_an_illegal_link_is_refused(full: Api, attributes: dict[str, Any]) -> None:
    assert full.is_valid("PlacedLink", PLACED)
    assert not full.is_valid("PlacedLink", PLACED | attributes)


@pytest.mark.parametrize("missing", PLACED)
def test_a_link_lacks_nothing_that_is_required(full: Api, missing: str) -> None:
    assert not full.is_valid("PlacedLink", {key: value for key, value in PLACED.items() if key != missing})


def test_what_has_a_default_need_not_be_sent(full: Api) -> None:
    assert full.is_valid("PlacedAttributes", {"note": "hi"})
    assert not full.is_valid("PlacedAttributes", {"channel": "web"})
    assert not full.is_valid("PlacedAttributes", {"note": "hi", "from_id": "p1"})
    assert full.is_valid("OrderPlacedByBody", {"from_id": "p1", "note": "hi"})
    assert not full.is_valid("OrderPlacedByBody", {"note": "hi"})
    assert not full.is_valid("OrderPlacedByBody", {"from_id": "p1", "to_id": UUID, "note": "hi"})


@pytest.mark.parametrize(
    ("name", "body", "required"),
    [
        ("linkPersonPlaced", "PlacedAttributes", True),
        ("linkPersonBought", "BoughtAttributes", False),
        ("setOrderPlacedBy", "OrderPlacedByBody", True),
        ("setPersonSpouse", "PersonSpouseBody", True),
    ],
)
def test_what_an_operation_takes(full: Api, name: str, body: str, required: bool) -> None:
    assert full.operation(name)["requestBody"] == {
        "required": required,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{body}"}}},
    }


def test_a_link_without_attributes_is_made_by_its_path_alone(full: Api) -> None:
    assert "requestBody" not in full.operation("linkPersonPlaysFor")
    assert "PlaysForAttributes" not in full.schemas


def test_the_one_link_of_a_symmetric_relationship_is_set_by_the_other_id(full: Api) -> None:
    assert list(full.schemas["PersonSpouseBody"]["properties"]) == ["to_id", "since"]
    assert full.schemas["SpouseLink"]["description"] == (
        "A person is spouse of at most one person. It is the same relationship seen from either end. "
        "In an answer, from_id is the record in the path."
    )


@pytest.mark.parametrize(
    ("object_type", "schema", "example"),
    [
        ("{}", {"maxLength": 255} | NAME, "a-1"),
        ("{id: {type: string, max_length: 40}}", {"maxLength": 40} | NAME, "a-1"),
        ("{id: {type: string, max_length: 2}}", {"maxLength": 2} | NAME, "a1"),
        ("{id: {type: string, max_length: 1}}", {"maxLength": 1} | NAME, "1"),
        ("{id: {type: uuid}}", {"type": "string", "format": "uuid"}, UUID),
        ("{id: {type: integer}}", INTEGER, 1),
        ("{external: true}", {"maxLength": 255} | NAME, "a-1"),
        ("{external: true, id: {type: integer}}", INTEGER, 1),
        ("{external: true, id: {type: uuid}}", {"type": "string", "format": "uuid"}, UUID),
    ],
)
def test_ids_have_the_type_of_their_object_type(
    object_type: str, schema: dict[str, Any], example: str | int
) -> None:
    api = related("from: a, to: b, cardinality: many_to_one", f"a: {object_type}, b: {{}}")
    note = {"object_type": "a", "external": True} if "external" in object_type else {"object_type": "a"}
    described = {"description": "The id of an a.", "examples": [example], "x-edgewise": note}
    assert api.schemas["AId"] == schema | described
    assert api.schemas["RLink"]["properties"]["from_id"] == {"$ref": "#/components/schemas/AId"}


@pytest.mark.parametrize(
    ("bounds", "most"),
    [("0..*", None), ("3..*", None), ("0..2", 2), ("2", 2), ("1..999999999", 999_999_999)],
)
def test_a_maximum_is_seen_by_a_validator(bounds: str, most: int | None) -> None:
    api = related(f"from: a, to: b, cardinality: {{from: '*', to: {bounds}}}")
    assert api.schemas["ARPage"]["properties"]["data"].get("maxItems") == most


def test_too_many_links_are_refused_by_the_page(full: Api) -> None:
    link = {"from_id": "c", "to_id": "p"}
    assert full.is_valid("PersonParentPage", {"data": [link] * 2, "next_cursor": None})
    assert not full.is_valid("PersonParentPage", {"data": [link] * 3, "next_cursor": None})
    assert full.is_valid("PersonChildPage", {"data": [link] * 3, "next_cursor": None})
    assert full.schemas["PersonParentPage"]["description"] == (
        "A person has at most two People & guests as parent."
    )


def test_problems(full: Api) -> None:
    problem = {"title": "Conflict", "status": 409}
    refusal = {"relationship_type": "placed", "rule": "maximum", "sentence": "Each order ..."}
    assert full.is_valid("Problem", problem)
    assert full.is_valid("Problem", problem | refusal | {"an extension": "as RFC 9457 allows"})
    assert not full.is_valid("Problem", problem | {"rule": "maximum"})
    assert not full.is_valid("Problem", problem | refusal | {"rule": "mood"})
    assert not full.is_valid("Problem", {"title": "Conflict"})
    assert not full.is_valid("Problem", problem | {"status": 200})
