"""The JSON Schema of a legacy object type's properties, in the part of JSON Schema that Zendesk takes.

Zendesk wants at least one property and for each of them one `type`; `default` is none of its keywords.
"""

from __future__ import annotations

from typing import Any

from edgewise.catalog import Attribute, ObjectType
from edgewise.diagnostics import Code, Diagnostic
from edgewise.target import json_bytes

MOST_BYTES = 32 * 1024
UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_BY_KIND: dict[str, dict[str, Any]] = {
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "uuid": {"type": "string", "pattern": UUID},
}
_TEXT = {"type": "string"}


def object_schema(object_type: ObjectType) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """Return the schema of an object type's records, and what is to be said of it."""
    attributes = object_type.attributes
    if not attributes:
        return {"properties": {"name": _TEXT}}, (_name_filled_in(object_type),)
    schema: dict[str, Any] = {"properties": {each.name: _property(each) for each in attributes}}
    if required := [each.name for each in attributes if each.required]:
        schema["required"] = required
    findings = [_json_as_text(object_type, each) for each in attributes if each.kind == "json"]
    if len(attributes) > 10 and len(json_bytes(schema)) > MOST_BYTES:
        findings.append(_too_large(object_type))
    return schema, tuple(findings)


def _property(attribute: Attribute) -> dict[str, Any]:
    schema = {**_BY_KIND.get(attribute.kind, _TEXT)}
    if attribute.description is not None:
        schema["description"] = attribute.description
    if attribute.kind == "enum":
        schema["enum"] = list(attribute.values)
    if attribute.kind == "decimal":
        schema["pattern"] = _decimal(attribute)
    if attribute.max_length is not None:
        schema["maxLength"] = attribute.max_length
    return schema


def _decimal(attribute: Attribute) -> str:
    """Return a pattern for `precision` digits in all, at most `scale` of them behind the point."""
    whole = max(attribute.precision - attribute.scale, 1)
    fraction = f"(\\.[0-9]{{1,{attribute.scale}}})?" if attribute.scale else ""
    return f"^-?[0-9]{{1,{whole}}}{fraction}$"


def _name_filled_in(object_type: ObjectType) -> Diagnostic:
    return Diagnostic(
        Code.FILLED_IN,
        f"`{object_type.name}` has no attributes; Zendesk wants one, so it is given a text property `name`",
        object_type.place,
    )


def _json_as_text(object_type: ObjectType, attribute: Attribute) -> Diagnostic:
    return Diagnostic(
        Code.FILLED_IN,
        f"Zendesk wants one type each: `{attribute.name}` of `{object_type.name}` is sent as text of JSON",
        attribute.place,
    )


def _too_large(object_type: ObjectType) -> Diagnostic:
    return Diagnostic(
        Code.OVER_THE_LIMIT,
        f"the schema of `{object_type.name}` is larger than the {MOST_BYTES // 1024} kB that Zendesk takes",
        object_type.place,
        help="leave some out with a shorter description, or the type with `targets: {zendesk: false}`",
    )
