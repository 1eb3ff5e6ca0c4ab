"""Print the JSON Schema of a link: both ids, then the attributes, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from edgewise.catalog import Attribute, Deprecation, End, RelationshipType
from edgewise.graph import Graph
from edgewise.sentences import sentences, with_article
from edgewise_targets.records.examples import id_examples, value_example
from edgewise_targets.records.notes import note_of
from edgewise_targets.records.values import Json, id_value, value_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def link_schema(graph: Graph, relationship: RelationshipType) -> Json:
    """Return the schema of a link; of a derived relationship type, of a pair that comes of its steps.

    Its `$id` is a URN, which is stable and leads nowhere: no validator ever fetches it.
    """
    attributes = relationship.attributes
    properties = {f"{end.key}_id": _id(graph, end) for end in relationship.ends}
    properties |= {each.name: _value(each) for each in attributes}
    schema: Json = {
        "$schema": DIALECT,
        "$id": f"urn:edgewise:relationship-type:{relationship.name}",
        "title": relationship.from_.label,
        "description": " ".join(_sentences(graph, relationship)),
        "type": "object",
        "properties": properties,
        "required": ["from_id", "to_id", *(each.name for each in attributes if each.required)],
        "additionalProperties": False,
        "examples": [_example(graph, relationship)],
        "x-edgewise": _note(relationship),
    }
    marks = {"deprecated": relationship.deprecated is not None, "readOnly": relationship.is_derived}
    return schema | {key: True for key, is_so in marks.items() if is_so}


def _sentences(graph: Graph, relationship: RelationshipType) -> Iterator[str]:
    stated = (relationship.description, *sentences(graph, relationship), relationship.inverse_description)
    yield from (_ended(each) for each in stated if each)
    if relationship.is_derived:
        yield f"Nothing is stored: it follows from {', '.join(relationship.via)}."
    if relationship.deprecated is not None:
        yield from _deprecation(relationship.deprecated)


def _deprecation(deprecated: Deprecation) -> Iterator[str]:
    since = f" since {deprecated.since}" if deprecated.since else ""
    reason = f": {deprecated.reason}" if deprecated.reason else ""
    yield _ended(f"Deprecated{since}{reason}")
    if deprecated.replaced_by:
        yield f"Use {deprecated.replaced_by} instead."


def _ended(text: str) -> str:
    return text if text[-1] in ".!?" else f"{text}."


def _id(graph: Graph, end: End) -> Json:
    object_type = graph.object_type(end)
    return {**id_value(object_type), "description": f"The id of {with_article(object_type.label)}."}


def _value(attribute: Attribute) -> Json:
    schema = value_schema(attribute)
    if attribute.has_default:  # here a default is data whatever it holds, and no tool opens it
        schema["default"] = attribute.default
    return schema


def _example(graph: Graph, relationship: RelationshipType) -> Json:
    """Return a link between two records, which are not one record even where both are of one type."""
    (one, _), others = (id_examples(graph.object_type(end)) for end in relationship.ends)
    ids: Json = {"from_id": one, "to_id": others[1 if relationship.is_self else 0]}
    return ids | {each.name: value_example(each) for each in relationship.attributes}


def _note(relationship: RelationshipType) -> dict[str, Any]:
    """Tell machines what the manifest says, with what an API has other places for: the inverse, the group."""
    note = note_of(relationship)
    inverse = None if relationship.symmetric else relationship.to.walk
    further = {"inverse": inverse, "group": relationship.group}
    return note | {key: value for key, value in further.items() if value is not None}
