"""Ids and values as they could be, each valid against its own schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from edgewise.catalog import Attribute, AttributeKind, ObjectType
from edgewise_targets.records.values import holds_reference

_UUIDS = ("123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174001")
_VALUES: Mapping[AttributeKind, Any] = {
    "integer": 1,
    "number": 0.5,
    "boolean": True,
    "date": "2026-01-31",
    "datetime": "2026-01-31T12:00:00Z",
    "uuid": _UUIDS[0],
    "json": {"key": "value"},
}


def id_examples(object_type: ObjectType) -> tuple[str | int, str | int]:
    """Return the ids of two records of a type."""
    kind, max_length = object_type.id.kind, object_type.id.max_length
    if kind == "uuid":
        return _UUIDS
    if kind == "integer":
        return 1, 2
    name = f"{object_type.identifier}-"[: None if max_length is None else max_length - 1]
    return f"{name}1", f"{name}2"


def value_example(attribute: Attribute) -> Any:
    """Return a value of an attribute: its default, or one that is plainly of its type."""
    if attribute.has_default and attribute.default is not None and not holds_reference(attribute.default):
        return attribute.default
    if attribute.kind == "enum":
        return attribute.values[0]
    if attribute.kind == "decimal":
        return _decimal(attribute.precision, attribute.scale)
    if attribute.kind in _VALUES:
        return _VALUES[attribute.kind]
    return attribute.name.replace("_", " ")[: attribute.max_length]


def _decimal(precision: int, scale: int) -> str:
    whole = "1" if precision > scale else "0"
    return f"{whole}.{'5'.ljust(scale, '0')}" if scale else whole
