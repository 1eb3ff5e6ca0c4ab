"""The catalog that uses every feature of the language does use every one: the manifest's schema says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from contract import FULL, Json

import edgewise
from edgewise.catalog import AttributeKind

SHAPE: Json = json.loads((Path(edgewise.__file__).parent / "manifest.schema.json").read_text("utf-8"))
MANIFEST: Json = yaml.safe_load(FULL)


def used(declarations: Json) -> set[str]:
    return {key for each in declarations.values() for key in each or {}}


def all_of(name: str) -> set[str]:
    return set(SHAPE["$defs"][name]["properties"])


def attributes() -> Iterator[Json]:
    for section in ("object_types", "relationship_types"):
        for each in MANIFEST[section].values():
            yield from (each or {}).get("attributes", {}).values()


def values(key: str) -> list[Any]:
    return [each[key] for each in MANIFEST["relationship_types"].values() if key in each]


def test_every_key_is_used() -> None:
    for section, shape in (
        ("object_types", "object_type"),
        ("relationship_types", "relationship_type"),
        ("groups", "group"),
    ):
        assert all_of(shape) <= used(MANIFEST[section])
        assert None in MANIFEST[section].values() or section != "groups"
    assert all_of("attribute") | all_of("object_type_attribute") == {
        key for each in attributes() for key in each
    }
    ids = [each["id"] for each in MANIFEST["object_types"].values() if "id" in each]
    assert {key for each in ids for key in each} == all_of("id")
    deprecations = [each["deprecated"] for each in MANIFEST["object_types"].values() if "deprecated" in each]
    assert {key for each in deprecations for key in each} == all_of("deprecated")


def test_every_type_is_used() -> None:
    kinds = {each.get("type", "enum") for each in attributes()}
    assert kinds == set(AttributeKind.__args__)
    assert {each["id"]["type"] for each in MANIFEST["object_types"].values() if "id" in each} == {
        "string",
        "uuid",
        "integer",
    }


def test_every_way_to_say_it_is_used() -> None:
    words = {each for each in values("cardinality") if isinstance(each, str)}
    assert words == {"one_to_one", "one_to_many", "many_to_one", "many_to_many"}
    assert {type(each) for each in values("inverse")} == {str, dict}
    assert {type(each) for each in values("on_delete")} == {str, dict}
    assert {type(each) for each in values("targets")} == {dict}
    assert {type(each["openapi"]) for each in values("targets")} == {str, dict, bool}
