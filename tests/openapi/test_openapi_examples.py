"""Every example and default fits the schema beside it, and nothing that is sent or answered lacks one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from contract import FULL, Api, Json, compiled, follow, real
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012


class Given(NamedTuple):
    """A value that a document gives, where it stands, and the schema that it has to fit."""

    where: str
    value: Any
    schema: Json


# What holds data and no part of the document, whatever it looks like.
DATA = frozenset(("default", "enum", "example", "examples", "x-edgewise"))


def given(part: Any, where: str = "") -> Iterator[Given]:
    """Yield every example and default in a part of a document, wherever OpenAPI lets one stand."""
    if isinstance(part, list):
        for number, each in enumerate(part):
            yield from given(each, f"{where}/{number}")
    if not isinstance(part, dict):
        return
    schema = part.get("schema", part)  # a parameter and a media type have one, a schema is one
    examples = part.get("examples", [])
    values = (
        {name: each["value"] for name, each in examples.items()}
        if isinstance(examples, dict)
        else dict(enumerate(examples))
    )
    for name, value in values.items():
        yield Given(f"{where}/examples/{name}", value, schema)
    for key in {"example", "default"} & part.keys():
        yield Given(f"{where}/{key}", part[key], schema)
    for key, each in part.items():
        if key in {"properties", "schemas", "responses", "parameters"} and isinstance(each, dict):
            for name, member in each.items():  # names, even where one is called `default`
                yield from given(member, f"{where}/{key}/{name}")
        elif key not in DATA:
            yield from given(each, f"{where}/{key}")


def faults(document: Json) -> Iterator[str]:
    """Yield what does not fit, of all that is given."""
    registry = Registry[Any]().with_resource("bundle", DRAFT202012.create_resource(document))
    for where, value, schema in given(json.loads(json.dumps(document).replace('"#/', '"bundle#/'))):
        checker = Draft202012Validator.FORMAT_CHECKER
        validator = Draft202012Validator(schema, registry=registry, format_checker=checker)
        for error in validator.iter_errors(value):
            yield f"{where}: {error.message}"


ODD = """
object_types:
  a: {id: {type: string, max_length: 1}}
  b: {id: {type: uuid}}
  c: {external: true, id: {type: string, max_length: 3}}
relationship_types:
  default:
    from: a
    to: b
    cardinality: one_to_one
    inverse: examples
    attributes:
      default: {type: string, max_length: 2, default: xy}
      examples: {type: json, default: {examples: [1], default: x}}
      example: {type: decimal, precision: 1, scale: 1}
      whole: {type: decimal, precision: 1, scale: 0}
      exact: {type: decimal, precision: 18, scale: 9, default: "-12.5"}
      schema: {type: text, default: ""}
      properties: {enum: [y, x], default: x}
      moment: {type: datetime, default: "2026-01-31T12:00:00+02:00"}
      day: {type: date, default: "2024-02-29"}
      none: {type: json, default: null}
      refers: {type: json, default: {$ref: "#/nowhere"}}
  self: {from: a, to: a, cardinality: {from: 1, to: 1}, symmetric: true, reflexive: true}
  c_r: {from: c, to: c, cardinality: {from: 0..5, to: 0..5}, inverse: r_c, acyclic: true}
"""
CATALOGS = {"full": lambda: compiled(FULL), "real": real, "odd": lambda: compiled(ODD)}


@pytest.fixture(scope="module", params=CATALOGS)
def api(request: pytest.FixtureRequest) -> Api:
    made: Api = CATALOGS[request.param]()
    assert {each.code.number for each in made.said} <= {"EW602"}  # a default that is left out
    return made


def test_every_example_and_default_fits_its_schema(api: Api) -> None:
    assert list(faults(api.bundle)) == []


def test_a_value_that_does_not_fit_is_found_wherever_it_stands() -> None:
    schema = {"type": "object", "properties": {"default": {"type": "integer", "default": "x"}}}
    document = {
        "paths": {"/": {"get": {"parameters": [{"schema": {"type": "integer"}, "example": "x"}]}}},
        "components": {
            "schemas": {"A": schema | {"examples": [{}, {"default": "x"}]}, "B": {"type": "integer"}},
            "responses": {
                "C": {"content": {"x": {"schema": {"$ref": "#/components/schemas/B"}, "example": "x"}}},
                "D": {"content": {"x": {"schema": {}, "examples": {"e": {"value": 1}}}}},
                "E": {"content": {"x": {"schema": {"type": "null"}, "examples": {"e": {"value": 1}}}}},
            },
        },
    }
    assert [each.partition(":")[0] for each in faults(document)] == [
        "/paths///get/parameters/0/example",
        "/components/schemas/A/examples/1",
        "/components/schemas/A/properties/default/default",
        "/components/responses/C/content/x/example",
        "/components/responses/E/content/x/examples/e",
    ]


def test_nothing_that_is_sent_or_answered_lacks_an_example(api: Api) -> None:
    for name, parameter in api.bundle["components"]["parameters"].items():
        assert "example" in parameter, name
    for name, answer in api.bundle["components"]["responses"].items():
        for kind, content in answer.get("content", {}).items():
            assert has_example(content, api), (name, kind)
    for _, _, operation in api.operations():
        for part in (operation.get("requestBody", {}), *operation["responses"].values()):
            for content in part.get("content", {}).values():
                assert has_example(content, api), operation["operationId"]


def has_example(content: Json, api: Api) -> bool:
    """Tell whether a media type has an example, or a schema that has one, as a whole or in its parts."""
    schema = follow(content["schema"]["$ref"], api.bundle)
    if "example" in content or content.get("examples") or schema.get("examples"):
        return True
    items = schema["properties"]["data"]["items"]
    return bool(follow(items["$ref"], api.bundle)["examples"])


def test_the_records_in_an_example_of_a_self_relation_are_two(api: Api) -> None:
    for schema in api.schemas.values():
        note = schema.get("x-edgewise", {})
        if "from" in note and note["from"]["object_type"] == note["to"]["object_type"]:
            (example,) = schema["examples"]
            assert example["from_id"] != example["to_id"]
