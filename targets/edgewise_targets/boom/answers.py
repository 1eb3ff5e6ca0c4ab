"""What Boom's API answers when it is asked for its lists, as JSON Schemas."""

from __future__ import annotations

from typing import Any

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NAME = {"type": "string", "minLength": 1, "maxLength": 255}
CARDINALITIES = ("ONE_TO_ONE", "ONE_TO_MANY", "MANY_TO_ONE", "MANY_TO_MANY")


def _page(title: str, items: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": _DRAFT,
        "title": title,
        "type": "object",
        "required": ["data"],
        "properties": {
            "data": {"type": "array", "items": {"type": "object", **items}},
            "next_cursor": {"type": ["string", "null"]},
        },
    }


RELATIONSHIP_TYPES = _page(
    "a page of Boom's relationship types, as GET /relationship-types answers",
    {
        "required": ["kind", "role"],
        "properties": {
            "relationshipTypeId": {"type": "string"},
            "kind": {"enum": ["person_to_co", "co_to_co"]},
            "role": _NAME,
            "customObjectType": {"type": ["string", "null"]},
            "parentCustomObjectType": {"type": ["string", "null"]},
            "childCustomObjectType": {"type": ["string", "null"]},
            "cardinality": {"enum": [*CARDINALITIES, None]},
            "description": {"type": ["string", "null"]},
            "bidirectional": {"type": ["boolean", "null"]},
        },
        "if": {"properties": {"kind": {"const": "person_to_co"}}},
        "then": {"required": ["customObjectType"], "properties": {"customObjectType": _NAME}},
        "else": {
            "required": ["parentCustomObjectType", "childCustomObjectType"],
            "properties": {"parentCustomObjectType": _NAME, "childCustomObjectType": _NAME},
        },
    },
)

OBJECT_TYPES = _page(
    "a page of Boom's custom object types, as GET /custom-objects/types answers",
    {
        "required": ["name"],
        "properties": {
            "name": _NAME,
            "displayName": {"type": ["string", "null"]},
            "description": {"type": ["string", "null"]},
        },
    },
)
