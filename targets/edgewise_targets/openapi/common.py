"""Print what all relationship types share: ids, parameters, and the answers that are no link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from edgewise_targets.openapi.examples import problem
from edgewise_targets.openapi.model import Resource
from edgewise_targets.openapi.references import Json, References, local
from edgewise_targets.openapi.schemas import id_schema
from edgewise_targets.openapi.text import plain

_DEFAULT_ON_A_PAGE = 50
_MOST_ON_A_PAGE = 100

_LIMIT: Json = {
    "name": "limit",
    "in": "query",
    "description": "The largest number of links wanted on one page.",
    "schema": {"type": "integer", "minimum": 1, "maximum": _MOST_ON_A_PAGE, "default": _DEFAULT_ON_A_PAGE},
    "example": _DEFAULT_ON_A_PAGE,
}
_CURSOR: Json = {
    "name": "cursor",
    "in": "query",
    "description": "Where to go on: the next_cursor of the page before. Without it, the first page.",
    "schema": {"type": "string", "minLength": 1},
    "example": "b3JkZXItNTA",
}
_QUERY: Json = {"Cursor": _CURSOR, "Limit": _LIMIT}
_NEXT_CURSOR: Json = {
    "type": ["string", "null"],
    "description": "What to send as cursor to get the next page; null on the last one.",
    "examples": [None],
}
_PROBLEM: Json = {
    "type": "object",
    "description": "What went wrong (RFC 9457). Where a rule refused, it says which one, and of what.",
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "default": "about:blank"},
        "title": {"type": "string", "description": "What kind of problem it is."},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "What went wrong this time."},
        "instance": {"type": "string", "format": "uri-reference"},
        "relationship_type": {"type": "string", "description": "The relationship type whose rule refused."},
        "rule": {
            "type": "string",
            "description": "What there would be: too many links, too few, a way back, a link to itself.",
            "enum": ["maximum", "minimum", "cycle", "self"],
        },
        "sentence": {
            "type": "string",
            "description": "The rule in words, like: Each order was placed by at most one person.",
        },
    },
    "required": ["title", "status"],
    "dependentRequired": {"rule": ["relationship_type", "sentence"]},
}
_SCHEMAS: Json = {"NextCursor": _NEXT_CURSOR, "Problem": _PROBLEM}


def common_components(resources: Iterable[Resource], shared: References) -> Json:
    """Return the shared components that something refers to, each section sorted by name."""
    ids = {each.id_schema: each for each in resources}
    others = {each.other_id: each for each in ids.values()}
    answers = _answers()
    return {
        "parameters": {
            name: _QUERY.get(name) or _path_parameter(name, ids, others) for name in shared.used("parameters")
        },
        "responses": {name: answers[name] for name in shared.used("responses")},
        "schemas": {
            name: _SCHEMAS.get(name) or id_schema(ids[name])
            for name in sorted({"Problem", *shared.used("schemas")})
        },
    }


def _path_parameter(name: str, ids: Mapping[str, Resource], others: Mapping[str, Resource]) -> Json:
    resource = ids.get(name)
    if resource is not None:
        return _id_parameter(resource, resource.parameter, f"The id of {resource.one}.", 0)
    other = others[name]
    return _id_parameter(
        other, f"other_{other.parameter}", f"The id of the other {other.object_type.label}.", 1
    )


def _id_parameter(resource: Resource, name: str, description: str, number: int) -> Json:
    return {
        "name": name,
        "in": "path",
        "description": plain(description),
        "required": True,
        "schema": local("schemas", resource.id_schema),
        "example": resource.examples[number],
    }


def _answers() -> Json:
    """Return every answer that is no link and of no relationship type, by name."""
    return {
        "BadRequest": _problem(
            "The request is malformed: an id, a parameter or the body does not fit its schema.",
            problem("Bad Request", 400, "limit is not an integer"),
        ),
        "NoContent": {"description": "There is no such link any more."},
        "NotFound": _problem(
            "There is no such record, or no such link.",
            problem("Not Found", 404, "there is no such link"),
        ),
    }


def _problem(description: str, example: Json) -> Json:
    content = {"schema": local("schemas", "Problem"), "example": example}
    return {"description": description, "content": {"application/problem+json": content}}
