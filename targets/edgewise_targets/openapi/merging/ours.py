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


def what_is_ours(artifacts: Iterable[Artifact], graph: Graph, prefix: str = "", *, has_tags: bool) -> Ours:
    """Collect what the target emits; the tags only for a host that lists its own, as others need none.

    `prefix` goes before the names of all components.
    """
    sections: dict[str, dict[str, Json]] = {}
    owners: dict[Entry, ObjectType | RelationshipType | None] = {}
    for path, content in artifacts:
        if path == _BUNDLE and has_tags:
            tags = orjson.loads(content).get("tags", [])
            sections["tags"] = {each["name"]: each for each in tags}
        if not path.startswith(_FRAGMENTS):
            continue
        name = path.removeprefix(_FRAGMENTS).removesuffix(".json")
        for section, entries in _entries(orjson.loads(content), prefix):
            sections.setdefault(section, {}).update(entries)
            for each, value in entries.items():
                owners[section, each] = _owner(name, value, graph)
    if not sections.get("paths"):  # then there is nothing that would need what all share
        return Ours({}, {})
    if "tags" in sections:
        used = _tags_of(sections["paths"])
        sections["tags"] = {name: tag for name, tag in sections["tags"].items() if name in used}
    return Ours({name: dict(sorted(each.items())) for name, each in sections.items() if each}, owners)


def _entries(fragment: Json, prefix: str) -> Iterable[tuple[str, dict[str, Json]]]:
    """Yield what a fragment holds, section by section, with references as they are in one document."""
    here = _local(fragment, prefix)
    yield "paths", here.get("paths", {})
    for section, entries in here.get("components", {}).items():
        yield f"components/{section}", {f"{prefix}{name}": each for name, each in entries.items()}


def _local(value: Json, prefix: str) -> Json:
    """Copy some data, with every reference to what fragments share made one within the document."""
    if isinstance(value, dict):
        return {
            key: _reference(each, prefix) if key == "$ref" and isinstance(each, str) else _local(each, prefix)
            for key, each in value.items()
        }
    return [_local(each, prefix) for each in value] if isinstance(value, list) else value


def _reference(target: str, prefix: str) -> str:
    section, _, name = target.removeprefix(f"{_COMMON}.json").rpartition("/")
    return f"{section}/{prefix}{name}"


def _owner(fragment: str, value: Json, graph: Graph) -> ObjectType | RelationshipType | None:
    if fragment != _COMMON:
        return graph.relationship_types.get(fragment)
    note = value.get("x-edgewise", {}) if isinstance(value, dict) else {}
    return graph.object_types.get(note.get("object_type", ""))


def _tags_of(paths: Mapping[str, Json]) -> set[str]:
    operations = (each for item in paths.values() for each in item.values() if isinstance(each, dict))
    return {tag for each in operations for tag in each.get("tags", ())}
