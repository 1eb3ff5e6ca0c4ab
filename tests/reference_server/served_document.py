"""An OpenAPI document of ours as a server reads it: its operations, and what their links are made of.

Nothing here knows manifests or how the document was made: only what stands in the document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Link:
    """What the links of one relationship type are made of.

    `object_types` are those at "from" and "to"; `properties` are the schemas of the ids and attributes.
    """

    relationship_type: str
    object_types: Mapping[str, str]
    properties: Mapping[str, Json]
    is_symmetric: bool
    is_derived: bool

    @property
    def attributes(self) -> list[str]:
        return [name for name in self.properties if name not in {"from_id", "to_id"}]


@dataclass(frozen=True)
class Operation:
    """One method of one path: who walks which way over links of what, and what a request has to hold.

    `end` is the end of the relationship type at which the path starts; `body` points at the schema of the
    request's body, if it has one. `own` and `other` are the names of the path's parameters. `refusals` are
    the problems with which a rule may refuse it, by rule and end.
    """

    id: str
    link: Link
    end: str
    own: str
    other: str | None
    parameters: tuple[Json, ...]
    body: str | None
    needs_body: bool
    answers_pages: bool
    refusals: Mapping[str, Json]

    @property
    def far(self) -> str:
        """Return the end to which the path leads."""
        return "to" if self.end == "from" else "from"


@dataclass(frozen=True)
class Path:
    """A path of the document, in segments as they stand there, with its operations by method."""

    segments: tuple[str, ...]
    operations: Mapping[str, Operation]

    def values(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        """Return the path's parameters as these segments have them; None where it is another path."""
        if len(segments) != len(self.segments):
            return None
        found = {}
        for stated, segment in zip(self.segments, segments, strict=True):
            if stated.startswith("{"):
                found[stated[1:-1]] = segment
            elif stated != segment:
                return None
        return found


def follow(document: Json, value: Json) -> Json:
    """Return what a value is, or what it refers to inside the document."""
    while "$ref" in value:
        keys = value["$ref"].removeprefix("#/").split("/")
        value = document
        for key in keys:
            value = value[key]
    return value


def links_of(document: Json) -> dict[str, Link]:
    """Return the links by the name of their relationship type: the schemas that tell of both ends."""
    links = {}
    for schema in document["components"]["schemas"].values():
        note = schema.get("x-edgewise", {})
        if "from" in note and "to" in note:
            links[note["relationship_type"]] = _link(document, schema, note)
    return links


def _link(document: Json, schema: Json, note: Json) -> Link:
    properties = {name: follow(document, each) for name, each in schema["properties"].items()}
    return Link(
        relationship_type=note["relationship_type"],
        object_types={end: note[end]["object_type"] for end in ("from", "to")},
        properties=properties,
        is_symmetric=note.get("symmetric", False),
        is_derived="via" in note,
    )


def paths_of(document: Json) -> list[Path]:
    """Return all paths of a document."""
    links = links_of(document)
    return [
        Path(tuple(path.split("/")[1:]), dict(_operations(document, item, links)))
        for path, item in document["paths"].items()
    ]


def _operations(document: Json, item: Json, links: Mapping[str, Link]) -> Iterator[tuple[str, Operation]]:
    for method, stated in item.items():
        if method != "parameters":
            shared = item.get("parameters", [])
            parameters = [follow(document, each) for each in (*shared, *stated.get("parameters", []))]
            yield method.upper(), _operation(document, stated, parameters, links)


def _operation(document: Json, stated: Json, parameters: list[Json], links: Mapping[str, Link]) -> Operation:
    own, other, *_ = [each["name"] for each in parameters if each["in"] == "path"] + [None]
    body = stated.get("requestBody", {})
    note = stated["x-edgewise"]
    return Operation(
        id=stated["operationId"],
        link=links[note["relationship_type"]],
        end=note["end"],
        own=str(own),
        other=other,
        parameters=tuple(parameters),
        body=body["content"]["application/json"]["schema"]["$ref"] if body else None,
        needs_body=body.get("required", False),
        answers_pages=any(each["name"] == "cursor" for each in parameters),
        refusals=_refusals(document, stated),
    )


def _refusals(document: Json, stated: Json) -> dict[str, Json]:
    if "409" not in stated["responses"]:
        return {}
    content = follow(document, stated["responses"]["409"])["content"]["application/problem+json"]
    return {key: example["value"] for key, example in content["examples"].items()}
