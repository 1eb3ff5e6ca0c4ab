"""The JSON Schemas of the language: sound themselves, with a word about every key, nothing left to fetch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from jsonschema.validators import validator_for

from edgewise.vocabulary import manifest_schema, project_schema
from edgewise_targets import TARGETS

SCHEMAS = {
    "manifest": manifest_schema(TARGETS),
    "project": project_schema(TARGETS),
    "manifest without targets": manifest_schema(()),
    "project without targets": project_schema(()),
}
named = pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)


def parts(schema: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Yield every mapping in a schema with the path that leads there."""
    if isinstance(schema, dict):
        yield path, schema
        for key, part in schema.items():
            yield from parts(part, (*path, key))
    elif isinstance(schema, list):
        for number, part in enumerate(schema):
            yield from parts(part, (*path, number))


@named
def test_it_is_a_schema(schema: dict[str, Any]) -> None:
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert validator_for(schema) is jsonschema.Draft202012Validator
    jsonschema.Draft202012Validator.check_schema(schema)


@named
def test_references_lead_somewhere_within(schema: dict[str, Any]) -> None:
    for path, part in parts(schema):
        if "$ref" in part:
            found: Any = schema
            assert part["$ref"].startswith("#/"), path
            for step in part["$ref"][2:].split("/"):
                found = found[step]
            assert isinstance(found, dict)


@named
def test_every_key_is_described(schema: dict[str, Any]) -> None:
    """An editor shows the description while somebody writes the key."""
    for path, part in parts(schema):
        if path and path[-1] == "properties" and (len(path) < 2 or path[-2] != "properties"):
            for key, value in part.items():
                described = (
                    value if "description" in value or "$ref" not in value else referred(schema, value)
                )
                text = described.get("description", "")
                assert text.strip() == text != "", (*path, key)
                assert text[-1] in ".!?)`", (*path, key, text)


def referred(schema: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    found: Any = schema
    for step in value["$ref"][2:].split("/"):
        found = found[step]
    assert isinstance(found, dict)
    return found


@named
def test_unknown_keys_are_never_silently_taken(schema: dict[str, Any]) -> None:
    for path, part in parts(schema):
        if isinstance(part.get("properties"), dict) and "examples" not in path:
            assert "additionalProperties" in part, path


@named
def test_examples_fit(schema: dict[str, Any]) -> None:
    for path, part in parts(schema):
        if isinstance(part.get("examples"), list) and path[-1:] != ("properties",):
            validator = jsonschema.Draft202012Validator({**part, "$defs": schema.get("$defs", {})})
            for example in part["examples"]:
                assert list(validator.iter_errors(example)) == [], (path, example)


@named
def test_patterns_are_closed_on_both_sides(schema: dict[str, Any]) -> None:
    for path, part in parts(schema):
        if isinstance(part.get("pattern"), str):
            assert part["pattern"][0] == "^", path
            assert part["pattern"][-1] == "$", path
