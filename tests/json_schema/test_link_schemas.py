"""The schemas of links: valid, good records pass, every kind of bad record does not."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from command import ROOT
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, FormatChecker

from edgewise.compile import compile as compile_sources
from edgewise.diagnostics import Severity
from edgewise.place import Source
from edgewise.project import Project
from edgewise_targets import TARGETS

sys.path.append(str(ROOT / "tests" / "core"))
from any_catalog import catalogs, source

(TARGET,) = [each for each in TARGETS if each.name == "json_schema"]
SALES = (ROOT / "tests/cases/json-schema/links/input/schemas/sales.yaml").read_text(encoding="utf-8")
UUID = "123e4567-e89b-12d3-a456-426614174000"
PLACED = {"from_id": 7, "to_id": UUID, "channel": "web"}
Json = dict[str, Any]


def schemas(*manifests: Source) -> dict[str, Json] | None:
    """Return the schemas by relationship type; None where the manifests do not compile."""
    project = Project("/nowhere", ("schemas",), "build", {TARGET.name: {}}, named=True)
    made = compile_sources(manifests, project, TARGETS)
    if any(each.severity is Severity.ERROR for each in made.diagnostics):
        return None
    found = [(each.path, json.loads(each.content)) for each in made.artifacts[TARGET.name]]
    return {path.removeprefix("json-schema/").removesuffix(".json"): schema for path, schema in found}


def sales() -> dict[str, Json]:
    found = schemas(Source("schemas/sales.yaml", SALES))
    assert found is not None
    return found


def validator(schema: Json) -> Draft202012Validator:
    return Draft202012Validator(schema, format_checker=FormatChecker())


def test_there_is_one_for_each_relationship_type() -> None:
    assert list(sales()) == ["booked_as", "housemate", "lives_in", "placed", "spouse"]


@pytest.mark.parametrize("name", sales())
def test_each_is_a_schema_and_its_example_fits(name: str) -> None:
    schema = sales()[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["$id"] == f"urn:edgewise:relationship-type:{name}"
    (example,) = schema["examples"]
    assert set(example) == set(schema["properties"])
    validator(schema).validate(example)


@pytest.mark.parametrize(
    "record",
    [
        PLACED,
        {**PLACED, "note": "", "discount": "12.50", "terms": None},
        {**PLACED, "from_id": -(2**63), "discount": "-999.99"},
    ],
)
def test_a_good_record(record: Json) -> None:
    validator(sales()["placed"]).validate(record)


@pytest.mark.parametrize(
    ("record", "at"),
    [
        ({**PLACED, "from_id": "7"}, "from_id"),
        ({**PLACED, "from_id": None}, "from_id"),
        ({**PLACED, "from_id": 2**63}, "from_id"),
        ({**PLACED, "to_id": 7}, "to_id"),
        ({**PLACED, "to_id": "no uuid"}, "to_id"),
        ({**PLACED, "channel": "fax"}, "channel"),
        ({**PLACED, "channel": None}, "channel"),
        ({**PLACED, "note": None}, "note"),
        ({**PLACED, "note": 7}, "note"),
        ({**PLACED, "discount": 12.5}, "discount"),
        ({**PLACED, "discount": "1234.00"}, "discount"),
        ({**PLACED, "discount": "1.234"}, "discount"),
        ({**PLACED, "extra": 1}, ""),
        ({key: value for key, value in PLACED.items() if key != "channel"}, ""),
        ({key: value for key, value in PLACED.items() if key != "to_id"}, ""),
        ([PLACED], ""),
        (None, ""),
    ],
)
def test_a_bad_record(record: Any, at: str) -> None:
    errors = validator(sales()["placed"]).iter_errors(record)
    assert {".".join(map(str, each.path)) for each in errors} == {at}


def test_ids_are_of_the_object_types() -> None:
    found = {name: schema["properties"] for name, schema in sales().items()}
    assert found["lives_in"]["from_id"]["type"] == "integer"
    assert found["lives_in"]["to_id"]["maxLength"] == 40
    assert found["booked_as"]["from_id"]["format"] == "uuid"
    assert "format" not in found["booked_as"]["to_id"]
    assert found["placed"]["to_id"]["description"] == "The id of a purchase."


def test_texts_are_as_they_were_written() -> None:
    """No markup is escaped: a description in a JSON Schema is plain text."""
    assert sales()["placed"]["description"] == (
        "A person placed *many* orders. A person placed any number of purchases. "
        "Each purchase was placed by at most one person. Who has to pay."
    )


def test_a_derived_one_holds_pairs_that_nobody_writes() -> None:
    schema = sales()["housemate"]
    assert schema["readOnly"] is True
    assert list(schema["properties"]) == ["from_id", "to_id"]
    assert schema["x-edgewise"]["via"] == ["lives_in", "houses"]
    assert schema["description"].endswith("Nothing is stored: it follows from lives_in, houses.")
    assert not any("readOnly" in each for name, each in sales().items() if name != "housemate")


def test_deprecated() -> None:
    schema = sales()["booked_as"]
    assert schema["deprecated"] is True
    assert schema["description"].endswith("Deprecated since 2.1: the ledger is gone. Use placed instead.")


def test_machines_are_told_what_the_manifest_says() -> None:
    assert sales()["placed"]["x-edgewise"] == {
        "relationship_type": "placed",
        "from": {"object_type": "person", "bounds": "0..1"},
        "to": {"object_type": "order", "bounds": "0..*"},
        "inverse": "placed_by",
        "group": "commerce",
    }


def test_describe() -> None:
    project = Project("/nowhere", ("schemas",), "build", {TARGET.name: {}}, named=True)
    graph = compile_sources([Source("a.yaml", SALES)], project, TARGETS).graph
    assert graph is not None
    said = TARGET.describe(graph, {}, graph.relationship_types["lives_in"])
    assert said == "`json-schema/lives_in.json`: `from_id`, `to_id`"
    assert TARGET.describe(graph, {}, graph.object_types["person"]) == "its ids, in the schemas of links"


@settings(max_examples=60, deadline=None, suppress_health_check=(HealthCheck.too_slow,))
@given(catalogs())
def test_any_catalog_gives_schemas_whose_examples_fit(catalog: Any) -> None:
    for schema in (schemas(source(catalog)) or {}).values():
        Draft202012Validator.check_schema(schema)
        (example,) = schema["examples"]
        validator(schema).validate(example)
