"""What the catalog puts into a host: the fragments, with the declaration that each entry comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.graph import Graph
from edgewise.target import Artifact

Json = Any
Entry = tuple[str, str]
"""A section and a name in it: `("components/schemas", "PlacedLink")`."""

_FRAGMENTS = "openapi/fragments/"
_COMMON = "common"
_BUNDLE = "openapi/openapi.json"


@dataclass(frozen=True)
class Ours:
    """Entries by section and name, as data; `owners` has the declaration of each, None where all share it."""

    sections: Mapping[str, Mapping[str, Json]]
    owners: Mapping[Entry, ObjectType | RelationshipType | None]


def what_is_ours(artifacts: Iterable[Artifact], graph: Graph, *, has_tags: bool) -> Ours:
    """Collect what the target emits; the tags only for a host that lists its own, as others need none."""
    sections: dict[str, dict[str, Json]] = {}
    owners: dict[Entry, ObjectType | RelationshipType | None] = {}
    for path, content in artifacts:
        if path == _BUNDLE and has_tags:
            tags = orjson.loads(content).get("tags", [])
            sections["tags"] = {each["name"]: each for each in tags}
        if not path.startswith(_FRAGMENTS):
            continue
        name = path.removeprefix(_FRAGMENTS).removesuffix(".json")
        for section, entries in _entries(orjson.loads(content)):
            sections.setdefault(section, {}).update(entries)
            for each, value in entries.items():
                owners[section, each] = _owner(name, value, graph)
    if not sections.get("paths"):  # then there is nothing that would need what all share
        return Ours({}, {})
    if "tags" in sections:
        used = _tags_of(sections["paths"])
        sections["tags"] = {name: tag for name, tag in sections["tags"].items() if name in used}
    return Ours({name: dict(sorted(each.items())) for name, each in sections.items() if each}, owners)


def _entries(fragment: Json) -> Iterable[tuple[str, dict[str, Json]]]:
    """Yield what a fragment holds, section by section, with references as they are in one document."""
    here = _local(fragment)
    yield "paths", here.get("paths", {})
    for section, entries in here.get("components", {}).items():
        yield f"components/{section}", entries


def _local(value: Json) -> Json:
    """Copy some data, with every reference to what fragments share made one within the document."""
    if isinstance(value, dict):
        return {key: _reference(each) if key == "$ref" else _local(each) for key, each in value.items()}
    return [_local(each) for each in value] if isinstance(value, list) else value


def _reference(value: Json) -> Json:
    return value.removeprefix(f"{_COMMON}.json") if isinstance(value, str) else _local(value)


def _owner(fragment: str, value: Json, graph: Graph) -> ObjectType | RelationshipType | None:
    if fragment != _COMMON:
        return graph.relationship_types.get(fragment)
    note = value.get("x-edgewise", {}) if isinstance(value, dict) else {}
    return graph.object_types.get(note.get("object_type", ""))


def _tags_of(paths: Mapping[str, Json]) -> set[str]:
    operations = (each for item in paths.values() for each in item.values() if isinstance(each, dict))
    return {tag for each in operations for tag in each.get("tags", ())}
