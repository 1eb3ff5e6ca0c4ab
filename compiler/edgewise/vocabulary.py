"""The language's JSON Schemas: our own, with what every target adds to them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import orjson

JsonSchema = Mapping[str, Any]

SECTIONS = frozenset(("object_types", "relationship_types", "groups"))
"""The keys of a manifest under which names are declared."""


class Vocabulary(Protocol):
    """What a target adds to the language: the keys of its entries under `targets`."""

    @property
    def name(self) -> str: ...  # noqa: D102 - see `target.Target`
    @property
    def family(self) -> str | None: ...  # noqa: D102
    @property
    def name_key(self) -> str: ...  # noqa: D102
    @property
    def relationship_name_key(self) -> str | None: ...  # noqa: D102
    @property
    def summary(self) -> str: ...  # noqa: D102
    @property
    def object_type_schema(self) -> JsonSchema: ...  # noqa: D102
    @property
    def relationship_type_schema(self) -> JsonSchema: ...  # noqa: D102
    @property
    def options_schema(self) -> JsonSchema: ...  # noqa: D102


def manifest_schema(vocabularies: Sequence[Vocabulary]) -> dict[str, Any]:
    """Return the JSON Schema of the manifest language, with what the targets add to it."""
    schema = _own_schema("manifest.schema.json")
    definitions = schema["$defs"]
    object_types: dict[str, Any] = {}
    relationship_types: dict[str, Any] = {}
    for each in vocabularies:
        name_key = each.relationship_name_key or each.name_key
        for name in filter(None, (each.name, each.family)):
            object_types.setdefault(name, _entry_schema(each, each.object_type_schema, each.name_key))
            relationship_types.setdefault(name, _entry_schema(each, each.relationship_type_schema, name_key))
    definitions["object_type_targets"] |= _targets_schema(object_types)
    definitions["relationship_type_targets"] |= _targets_schema(relationship_types)
    return schema


def _targets_schema(entries: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": "targets", "properties": dict(sorted(entries.items())), "additionalProperties": False}


def project_schema(vocabularies: Sequence[Vocabulary]) -> dict[str, Any]:
    """Return the JSON Schema of the project file, with the options of the targets."""
    schema = _own_schema("project.schema.json")
    schema["properties"]["targets"] |= {
        "title": "targets",
        "properties": {each.name: _options_schema(each) for each in vocabularies},
        "additionalProperties": False,
    }
    return schema


def _options_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """Allow the options as a mapping, or nothing."""
    own = {"title": f"{vocabulary.name} options", "description": _sentence(vocabulary.summary)}
    return {**own, **vocabulary.options_schema, "type": ["object", "null"]}


def _sentence(summary: str) -> str:
    return f"{summary.rstrip('.')}."


def _own_schema(name: str) -> dict[str, Any]:
    with open(os.path.join(os.path.dirname(__file__), name), "rb") as file:
        schema: dict[str, Any] = orjson.loads(file.read())
    return schema


def _entry_schema(vocabulary: Vocabulary, entry: JsonSchema, name_key: str) -> dict[str, Any]:
    """Allow the entry as a mapping, its `name_key` alone as text, and false."""
    mapping = {"title": "target entry", **entry, "type": "object", "additionalProperties": False}
    choices: list[Any] = [mapping, {"type": "boolean", "const": False}]
    name_schema = entry.get("properties", {}).get(name_key)
    if name_schema is not None:
        choices.insert(0, name_schema)
    return {"description": f"{_sentence(vocabulary.summary)} `false` leaves it out.", "anyOf": choices}
