"""Print JSON Schemas: of values, of links and of what can be sent, of a page of links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from edgewise.catalog import Attribute, AttributeKind, ObjectType
from edgewise_targets.openapi.examples import value_example
from edgewise_targets.openapi.model import Contract, Record, Resource, Walkway
from edgewise_targets.openapi.names import page_schema
from edgewise_targets.openapi.references import Json, References, holds_reference, local
from edgewise_targets.openapi.text import deprecation, joined, plain

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


def schemas_of(contract: Contract, shared: References) -> Json:
    """Return the schemas of one relationship type, sorted by name."""
    attributes = contract.relationship.attributes
    values = {each.name: value_schema(each) for each in attributes}
    examples = {each.name: value_example(each) for each in attributes}
    schemas = {
        record.name: _record(record, values, examples, contract, shared) for record in contract.records
    }
    for walkway in contract.walkways:
        if walkway.route.is_many:
            schemas[page_schema(walkway.route)] = _page(walkway, contract, shared)
    return {name: schemas[name] for name in sorted(schemas)}


def _record(record: Record, values: Json, examples: Json, contract: Contract, shared: References) -> Json:
    ids = {name: shared("schemas", resource.id_schema) for name, resource in record.ids}
    schema: Json = {
        "type": "object",
        "description": record.description,
        "properties": ids | values,
        "required": record.required,
        "additionalProperties": False,
        "examples": [record.examples | examples],
        "x-edgewise": record.note,
    }
    if not record.required:
        del schema["required"]
    if contract.relationship.deprecated:
        schema["deprecated"] = True
    return schema


def _page(walkway: Walkway, contract: Contract, shared: References) -> Json:
    data: Json = {"type": "array", "items": local("schemas", contract.link)}
    most = walkway.route.arrival.bounds.max
    if most is not None:
        data["maxItems"] = most
    schema: Json = {
        "type": "object",
        "description": walkway.sentence,
        "properties": {"data": data, "next_cursor": shared("schemas", "NextCursor")},
        "required": ["data", "next_cursor"],
        "additionalProperties": False,
        "x-edgewise": walkway.note,
    }
    if contract.relationship.deprecated:
        schema["deprecated"] = True
    return schema


def value_schema(attribute: Attribute) -> Json:
    """Return the JSON Schema of one attribute: the column "JSON" of the language's table of types."""
    schema: Json = dict(_VALUES[attribute.kind])
    if attribute.description:
        schema["description"] = plain(attribute.description)
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


def id_schema(resource: Resource) -> Json:
    """Return the JSON Schema of the ids of an object type."""
    object_type = resource.object_type
    schema = _id_value(object_type)
    own = plain(f"The id of {resource.one}.")
    schema["description"] = joined(own, plain(object_type.description), deprecation(object_type.deprecated))
    if object_type.deprecated:
        schema["deprecated"] = True
    schema["examples"] = resource.examples[:1]
    schema["x-edgewise"] = {"object_type": object_type.name}
    if object_type.external:
        schema["x-edgewise"]["external"] = True
    return schema


def _id_value(object_type: ObjectType) -> Json:
    kind, max_length = object_type.id.kind, object_type.id.max_length
    if kind == "string":
        limit = {} if max_length is None else {"maxLength": max_length}
        return {"type": "string", "minLength": 1, **limit, "pattern": _NO_NUL}
    return dict(_VALUES[kind])
