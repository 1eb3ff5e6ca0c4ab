"""OpenAPI 3.1: the links of a catalog as an HTTP API, in one document and in fragments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.diagnostics import Diagnostic
from edgewise.graph import Graph
from edgewise.place import Source
from edgewise.target import EVERYTHING, Artifact, Merger, Options, Target
from edgewise_targets.openapi.findings import findings, is_plain
from edgewise_targets.openapi.lower import DEFAULT_TITLE, DEFAULT_VERSION, lower
from edgewise_targets.openapi.merging.record import MAX_BYTES, PREFIX, RECORD
from edgewise_targets.openapi.model import Route
from edgewise_targets.openapi.names import name_all, operation_verbs


def check(graph: Graph, options: Options) -> Iterator[Diagnostic]:  # noqa: ARG001 - every target is asked alike
    """Yield names that collide or cannot stand in a path, and defaults that are no mere data to tools."""
    return iter(()) if is_plain(graph) else findings(name_all(graph, TARGET.overrides))


def emit(graph: Graph, options: Options) -> Iterator[Artifact]:
    """Yield the document, what the fragments share, and the fragments."""
    from edgewise_targets.openapi.documents import documents  # noqa: PLC0415 - `check` need not load it

    return documents(lower(graph, name_all(graph, TARGET.overrides), options))


def describe(graph: Graph, options: Options, declaration: ObjectType | RelationshipType) -> str:  # noqa: ARG001
    """Say at which paths a declaration is to be found, and what can be done there."""
    names = name_all(_around(graph, declaration), TARGET.overrides)
    routes = [route for several in names.routes for route in several]
    if isinstance(declaration, ObjectType):
        routes = [route for route in routes if route.resource.object_type is declaration]
    if TARGET.overrides(declaration) is None or not routes:
        return "left out"
    return "\n".join(f"`{route.path}`: {', '.join(_verbs(route))}" for route in routes)


def merge(graph: Graph, options: Options, host: Source) -> tuple[str | None, list[Diagnostic]]:
    """Return the text of a host's description with the fragments in it, or why it cannot have them."""
    from edgewise_targets.openapi.merging.merge import merged  # noqa: PLC0415 - nothing else needs it

    return merged(host, emit(graph, options), graph, options)


def _verbs(route: Route) -> tuple[str, ...]:
    verbs = operation_verbs(route)
    return verbs[:1] if route.relationship.is_derived else verbs


def _around(graph: Graph, declaration: ObjectType | RelationshipType) -> Graph:
    """Return as much of a graph as one declaration needs to be described."""
    near = {
        name: each
        for name, each in graph.relationship_types.items()
        if each is declaration or declaration.name in {end.object_type for end in each.ends}
    }
    return replace(graph, relationship_types=near)


_SEGMENT = {"type": "string", "minLength": 1, "maxLength": 128}
_TEXT = {"type": "string", "minLength": 1}
_URL = {"type": "string", "minLength": 1, "pattern": r"^[^\s<>\"{}|^`]+$"}
_TAG = {"type": "string", "minLength": 1, "maxLength": 255}

TARGET = Target(
    name="openapi",
    summary="An HTTP API of the links, as OpenAPI 3.1: one document, and a fragment per relationship type.",
    check=check,
    emit=emit,
    describe=describe,
    # Nothing of this is lost: what a validator cannot see is a rule that an answer names, or stands in
    # words and in `x-edgewise`.
    capabilities=EVERYTHING,
    merger=Merger(merge, RECORD, MAX_BYTES),
    name_key="path",
    object_type_schema={
        "type": "object",
        "properties": {
            "path": {
                **_SEGMENT,
                "description": "The segment of paths for these records. Default: `plural`.",
                "examples": ["people"],
            },
            "tag": {
                **_TAG,
                "description": "The tag of what begins here and is in no group. Default: the name.",
            },
        },
        "additionalProperties": False,
    },
    relationship_type_schema={
        "type": "object",
        "properties": {
            "path": {
                **_SEGMENT,
                "description": "The segment of the path from `from`. Default: the name.",
                "examples": ["orders"],
            },
            "inverse_path": {
                **_SEGMENT,
                "description": "The segment of the path from `to`. Default: the inverse name.",
                "examples": ["customer"],
            },
            "tag": {
                **_TAG,
                "description": "The tag of the operations. Default: the group, else that of the object type.",
            },
        },
        "additionalProperties": False,
    },
    options_schema={
        "type": "object",
        "properties": {
            "title": {
                "type": "string",
                "minLength": 1,
                "description": f"The title of the document. Default: `{DEFAULT_TITLE}`.",
            },
            "version": {
                "type": "string",
                "minLength": 1,
                "description": f"The version of the document. Default: `{DEFAULT_VERSION}`.",
                "examples": ["1.0"],
            },
            "contact": {
                "type": "object",
                "properties": {
                    "name": {**_TEXT, "description": "What the people are called."},
                    "url": {**_URL, "description": "A page of theirs."},
                    "email": {**_TEXT, "description": "Their address."},
                },
                "minProperties": 1,
                "additionalProperties": False,
                "description": "Whom to ask about the API, as OpenAPI has it.",
                "examples": [{"name": "API team", "email": "api@acme.test"}],
            },
            "license": {
                "type": "object",
                "properties": {
                    "name": {**_TEXT, "description": "What the license is called."},
                    "identifier": {**_TEXT, "description": "Its SPDX identifier."},
                    "url": {**_URL, "description": "Where it can be read."},
                },
                "required": ["name"],
                "additionalProperties": False,
                "description": "The license of the API, as OpenAPI has it: with an SPDX identifier or a URL.",
                "examples": [{"name": "Apache 2.0", "identifier": "Apache-2.0"}],
            },
            "servers": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "url": {**_URL, "description": "What all paths come behind."},
                        "description": {**_TEXT, "description": "Which server it is."},
                    },
                    "required": ["url"],
                    "additionalProperties": False,
                },
                "minItems": 1,
                "description": "Where the API is served, as OpenAPI has it. Default: below the document.",
                "examples": [[{"url": "https://api.acme.test/v1"}]],
            },
            PREFIX: {
                "type": "string",
                "pattern": "^[A-Za-z][A-Za-z0-9_]{0,63}$",
                "description": "What goes before the names of all components that `edgewise merge-openapi` "
                "puts into a description of yours, where it has such names itself. Default: nothing.",
                "examples": ["Link"],
            },
        },
        "additionalProperties": False,
    },
)
