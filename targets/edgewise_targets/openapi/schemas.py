"""Print JSON Schemas: of values, of links and of what can be sent, of a page of links."""

from __future__ import annotations

from edgewise_targets.openapi.model import Contract, Record, Resource, Walkway
from edgewise_targets.openapi.names import page_schema
from edgewise_targets.openapi.references import Json, References, local
from edgewise_targets.openapi.text import deprecation, joined, plain
from edgewise_targets.records.examples import value_example
from edgewise_targets.records.values import id_value, value_schema


def schemas_of(contract: Contract, shared: References) -> Json:
    """Return the schemas of one relationship type, sorted by name."""
    attributes = contract.relationship.attributes
    values = {each.name: value_schema(each, plain) for each in attributes}
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


def id_schema(resource: Resource) -> Json:
    """Return the JSON Schema of the ids of an object type."""
    object_type = resource.object_type
    schema = id_value(object_type)
    own = plain(f"The id of {resource.one}.")
    schema["description"] = joined(own, plain(object_type.description), deprecation(object_type.deprecated))
    if object_type.deprecated:
        schema["deprecated"] = True
    schema["examples"] = resource.examples[:1]
    schema["x-edgewise"] = {"object_type": object_type.name}
    if object_type.external:
        schema["x-edgewise"]["external"] = True
    return schema
