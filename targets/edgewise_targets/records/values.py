"""JSON Schemas of what stands in records: values of attributes, and ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from edgewise.catalog import Attribute, AttributeKind, ObjectType

Json = dict[str, Any]

# No database keeps a text with such a character in it, and nothing else is kept from texts.
_NO_NUL = r"^[^\u0000]*$"
_VALUES: Mapping[AttributeKind, Mapping[str, Any]] = {
    "string": {"type": "string", "pattern": _NO_NUL},
    "enum": {"type": "string"},
    "text": {"type": "string", "pattern": _NO_NUL},
    "integer": {"type": "integer", "format": "int64", "minimum": -(2**63), "maximum": 2**63 - 1},
    "number": {"type": "number", "format": "double"},
    "decimal": {"type": "string"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "uuid": {"type": "string", "format": "uuid"},
    "json": {},
}


def value_schema(attribute: Attribute, shown: Callable[[str], str] = str) -> Json:
    """Return the JSON Schema of one attribute: the column "JSON" of the language's table of types.

    `shown` makes of a description what is to stand there.
    """
    schema: Json = dict(_VALUES[attribute.kind])
    if attribute.description:
        schema["description"] = shown(attribute.description)
    if attribute.max_length is not None:
        schema["maxLength"] = attribute.max_length
    if attribute.kind == "enum":
        schema["enum"] = attribute.values
    if attribute.kind == "decimal":
        schema["pattern"] = _decimal_pattern(attribute.precision, attribute.scale)
    if attribute.has_default and not holds_reference(attribute.default):
        schema["default"] = attribute.default
    return schema


def _decimal_pattern(precision: int, scale: int) -> str:
    """Return the pattern of decimals without exponent and without superfluous zeros in front."""
    before = precision - scale
    whole = f"(0|[1-9][0-9]{{0,{before - 1}}})" if before else "0"
    return rf"^-?{whole}(\.[0-9]{{1,{scale}}})?$" if scale else f"^-?{whole}$"


def holds_reference(value: object) -> bool:
    """Tell whether tools would take a part of a value for a reference, and open what it names.

    They look for `$ref` everywhere, even where the specification says that a value is only data.
    """
    if isinstance(value, dict):
        return "$ref" in value or any(map(holds_reference, value.values()))
    return isinstance(value, list) and any(map(holds_reference, value))


def id_value(object_type: ObjectType) -> Json:
    """Return the JSON Schema of the ids of an object type."""
    kind, max_length = object_type.id.kind, object_type.id.max_length
    if kind == "string":
        limit = {} if max_length is None else {"maxLength": max_length}
        return {"type": "string", "minLength": 1, **limit, "pattern": _NO_NUL}
    return dict(_VALUES[kind])
