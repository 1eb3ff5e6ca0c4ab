"""The JSON Schemas of list answers: they are schemas, and the vendors' own examples fit them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from importing import Json, boom_pages, monica_defaults, monica_group, monica_pages, monica_row
from jsonschema import Draft202012Validator

from edgewise.vocabulary import JsonSchema
from edgewise_targets.boom import answers as boom
from edgewise_targets.monica import answers as monica
from edgewise_targets.zendesk import answers as zendesk

SAMPLE = json.loads((Path(__file__).parent / "answers" / "monica-page-1.json").read_text(encoding="utf-8"))
PERSON: dict[str, Any] = {"kind": "person_to_co", "role": "placed", "customObjectType": "order"}
OBJECTS: dict[str, Any] = {
    "kind": "co_to_co",
    "role": "contains",
    "parentCustomObjectType": "order",
    "childCustomObjectType": "line_item",
    "cardinality": None,
    "description": None,
}
MANUFACTURER = {
    "created_at": "2017-01-01T10:20:30Z",
    "key": "manufacturer",
    "source": "product",
    "target": "manufacturer",
    "updated_at": "2017-01-01T10:20:30Z",
}
FITTING: list[tuple[JsonSchema, Json]] = [
    (boom.RELATIONSHIP_TYPES, boom_pages([PERSON, OBJECTS], 1)[0]),
    (boom.OBJECT_TYPES, {"data": [{"name": "order", "displayName": "Order"}]}),
    (zendesk.RELATIONSHIP_TYPES, {"data": [MANUFACTURER, {**MANUFACTURER, "target": ["zen:user"]}]}),
    (zendesk.OBJECT_TYPES, {"data": [{"key": "product", "schema": {"properties": {}, "required": []}}]}),
    (monica.RELATIONSHIP_TYPES, SAMPLE),
    (monica.RELATIONSHIP_TYPES, monica_pages(monica_defaults())[1]),
    (monica.GROUPS, monica_pages([monica_group(1, "love")])[0]),
]
BREAKING: list[tuple[JsonSchema, Json]] = [
    (boom.RELATIONSHIP_TYPES, {"data": [{**PERSON, "kind": "person_to_person"}]}),
    (boom.RELATIONSHIP_TYPES, {"data": [{**PERSON, "kind": "co_to_co"}]}),
    (boom.RELATIONSHIP_TYPES, {"data": [{**PERSON, "customObjectType": None}]}),
    (boom.RELATIONSHIP_TYPES, {"error": "no"}),
    (boom.OBJECT_TYPES, {"data": [{"displayName": "Order"}]}),
    (zendesk.RELATIONSHIP_TYPES, {"data": MANUFACTURER}),
    (zendesk.RELATIONSHIP_TYPES, {"data": [{**MANUFACTURER, "target": ["a", "b"]}]}),
    (zendesk.OBJECT_TYPES, {"data": [{"key": "product", "schema": {"properties": []}}]}),
    (monica.RELATIONSHIP_TYPES, {"data": [monica_row(1, "", "x")]}),
    (monica.RELATIONSHIP_TYPES, {"data": [monica_row(1, "x", "x", "love")]}),  # type: ignore[arg-type]
    (monica.GROUPS, {"data": [{"name": "love"}]}),
]


@pytest.mark.parametrize(("schema", "data"), FITTING)
def test_what_vendors_list_fits(schema: JsonSchema, data: Json) -> None:
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []


@pytest.mark.parametrize(("schema", "data"), BREAKING)
def test_what_no_vendor_lists_does_not_fit(schema: JsonSchema, data: Json) -> None:
    assert not Draft202012Validator(schema).is_valid(data)
