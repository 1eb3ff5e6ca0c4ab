"""What Zendesk's Sunshine API lists, as JSON Schemas, and its own types, which it never lists."""

from __future__ import annotations

from typing import Any

BUILT_INS = ("article", "brand", "chat", "contact", "deal", "group", "lead", "organization", "ticket", "user")
EXTERNAL_TYPES = tuple(f"zen:{name}" for name in BUILT_INS)
"""Zendesk's own object types, which are on no list."""

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_KEY = {"type": "string", "minLength": 1, "maxLength": 255}
_END = {
    "type": ["string", "array"],
    "minLength": 1,
    "maxLength": 255,
    "items": _KEY,
    "minItems": 1,
    "maxItems": 1,
    "description": "The key of an object type, in brackets where there may be many of it.",
}


def _list(title: str, items: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": _DRAFT,
        "title": title,
        "type": "object",
        "required": ["data"],
        "properties": {
            "data": {"type": "array", "items": {"type": "object", **items}},
            "links": {"type": ["object", "null"], "properties": {"next": {"type": ["string", "null"]}}},
        },
    }


RELATIONSHIP_TYPES = _list(
    "Zendesk's list of relationship types, as GET /api/sunshine/relationships/types answers",
    {"required": ["key", "source", "target"], "properties": {"key": _KEY, "source": _END, "target": _END}},
)

OBJECT_TYPES = _list(
    "Zendesk's list of legacy object types, as GET /api/sunshine/objects/types answers",
    {
        "required": ["key", "schema"],
        "properties": {
            "key": _KEY,
            "schema": {
                "type": "object",
                "properties": {
                    "properties": {"type": "object", "additionalProperties": {"type": "object"}},
                    "required": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
)
