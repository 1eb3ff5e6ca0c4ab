"""What Monica's API answers when it is asked for its lists, as JSON Schemas."""

from __future__ import annotations

from typing import Any

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NAME = {"type": "string", "minLength": 1, "maxLength": 255}
_NUMBER = {"type": ["integer", "null"]}


def _page(title: str, items: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": _DRAFT,
        "title": title,
        "type": "object",
        "required": ["data"],
        "properties": {
            "data": {"type": "array", "items": {"type": "object", **items}},
            "links": {"type": ["object", "null"]},
            "meta": {
                "type": ["object", "null"],
                "properties": {"current_page": _NUMBER, "last_page": _NUMBER, "total": _NUMBER},
            },
        },
    }


RELATIONSHIP_TYPES = _page(
    "a page of Monica's relationship types, as GET /api/relationshiptypes answers",
    {
        "required": ["name", "name_reverse_relationship"],
        "properties": {
            "id": {"type": "integer"},
            "name": _NAME,
            "name_reverse_relationship": {"type": ["string", "null"], "maxLength": 255},
            "relationship_type_group_id": {"type": ["integer", "null"]},
            "delible": {"type": ["boolean", "null"]},
        },
    },
)

GROUPS = _page(
    "a page of Monica's relationship type groups, as GET /api/relationshiptypegroups answers",
    {
        "required": ["id", "name"],
        "properties": {"id": {"type": "integer"}, "name": _NAME, "delible": {"type": ["boolean", "null"]}},
    },
)
