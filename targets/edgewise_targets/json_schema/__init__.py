"""JSON Schema 2020-12: one file for each relationship type, to hold its links to outside of any API."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.diagnostics import Diagnostic
from edgewise.graph import Graph
from edgewise.target import EVERYTHING, Artifact, JsonSchema, Options, Target, json_bytes
from edgewise_targets.json_schema.schemas import link_schema

_NOTHING_TO_STATE: JsonSchema = {"type": "object", "properties": {}, "additionalProperties": False}


def check(graph: Graph, options: Options) -> Iterator[Diagnostic]:  # noqa: ARG001 - every target is asked alike
    """Yield nothing: whatever has a name and ends can have a schema, in a file of that name."""
    return iter(())


def emit(graph: Graph, options: Options) -> Iterator[Artifact]:  # noqa: ARG001 - every target is asked alike
    """Yield a file for each relationship type that is not left out, nor an object type at an end of it."""
    left_out = {name for name, each in graph.object_types.items() if TARGET.overrides(each) is None}
    for each in graph.relationship_types.values():
        if TARGET.overrides(each) is not None and not any(end.object_type in left_out for end in each.ends):
            yield Artifact(_path(each), json_bytes(link_schema(graph, each)))


def describe(graph: Graph, options: Options, declaration: ObjectType | RelationshipType) -> str:  # noqa: ARG001
    """Say in which file a declaration is, and what a link is held to there."""
    if TARGET.overrides(declaration) is None:
        return "left out"
    if isinstance(declaration, ObjectType):
        return "its ids, in the schemas of links"
    if any(TARGET.overrides(graph.object_type(end)) is None for end in declaration.ends):
        return "left out"
    names = ("from_id", "to_id", *(each.name for each in declaration.attributes))
    return f"`{_path(declaration)}`: {', '.join(f'`{name}`' for name in names)}"


def _path(relationship: RelationshipType) -> str:
    return f"json-schema/{relationship.name}.json"


TARGET = Target(
    name="json_schema",
    summary="A JSON Schema of the links of each relationship type, for records outside of an API.",
    check=check,
    emit=emit,
    describe=describe,
    # All of it is said, in words and in `x-edgewise`. A schema holds one link at a time to its own keys and
    # values, though: how many there are, and which others, it can tell and not check.
    capabilities=EVERYTHING,
    name_key="name",
    object_type_schema=_NOTHING_TO_STATE,
    relationship_type_schema=_NOTHING_TO_STATE,
)
