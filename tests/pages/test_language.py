"""The reference of the language, held to the language: its examples compile, its tables are complete."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from command import ROOT

from edgewise.compile import check
from edgewise.diagnostics import OFF_BY_DEFAULT
from edgewise.document import MAX_KEY
from edgewise.nodes import MAX_DEPTH, MAX_NODES
from edgewise.place import Source
from edgewise.project import Project, load
from edgewise.source import MAX_BYTES, decoded
from edgewise.target import JsonSchema
from edgewise.vocabulary import manifest_schema, project_schema
from edgewise_targets import TARGETS

TEXT = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
SCHEMA = manifest_schema(TARGETS)["$defs"]


def section(title: str) -> str:
    """Return what stands below a heading, down to the next one of any level."""
    found = re.search(rf"^#+ {title}\n(.*?)(?=^#+ |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def keys(title: str) -> set[str]:
    """Return the names in the first column of the tables of a section."""
    cells = re.findall(r"^\| (.*?) \|", section(title), re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`(\w+)[`:]", cell)}


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_is_a_manifest_or_a_project_file_without_a_finding(text: str, tmp_path: Path) -> None:
    if text.startswith("version:"):
        (tmp_path / "edgewise.yaml").write_text(text, encoding="utf-8")
        assert load(str(tmp_path), None, TARGETS)[1] == []
        return
    source = decoded(text.encode(), "schemas/example.yaml")
    assert isinstance(source, Source)
    project = Project("/nowhere", ("schemas",), "build", {}, named=True)
    said = check([source], project, TARGETS).diagnostics
    assert [each for each in said if each.code not in OFF_BY_DEFAULT] == []


def test_what_is_said_of_bounds_is_what_is_shown() -> None:
    case = ROOT / "tests" / "cases" / "graph" / "contradiction-over-three-files"
    (shown,) = re.findall(r"^```console\n\$ edgewise check\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert (case / "diagnostics.txt").read_text(encoding="utf-8").startswith(shown)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 8


@pytest.mark.parametrize(
    ("title", "known"),
    [
        ("Object types", SCHEMA["object_type"]["properties"]),
        ("Relationship types", SCHEMA["relationship_type"]["properties"]),
        ("Attributes", [*SCHEMA["attribute"]["properties"]["type"]["enum"], "enum"]),
        ("Cardinality", SCHEMA["cardinality"]["anyOf"][0]["enum"]),
        ("The project file", project_schema(TARGETS)["properties"]),
    ],
)
def test_the_tables_are_complete(title: str, known: Any) -> None:
    assert keys(title) == set(known)


def test_every_key_of_an_attribute_is_spoken_of() -> None:
    said = set(re.findall(r"`(\w+)`", section("Attributes")))
    assert set(SCHEMA["object_type_attribute"]["properties"]) <= said


def entry_keys(schema: JsonSchema, name_key: str) -> tuple[set[str], list[str]]:
    """Return the keys of an entry under `targets`, and what a plain text there stands for."""
    known = set(schema.get("properties", {}))
    return known, [name_key] if name_key in known else []


def test_the_table_of_targets_is_complete() -> None:
    rows = re.findall(r"^\| (`.*?) \|(.*?) \|(.*?) \|$", section("Targets"), re.MULTILINE)
    told = {
        name: [(set(re.findall(r"`(\w+)`", cell)), re.findall(r"\*\*`(\w+)`", cell)) for cell in cells]
        for names, *cells in rows
        for name in re.findall(r"`(\w+)`", names)
    }
    assert told == {
        name: [
            entry_keys(target.object_type_schema, target.name_key),
            entry_keys(target.relationship_type_schema, target.relationship_name_key or target.name_key),
        ]
        for target in TARGETS
        for name in target.override_names
    }


def test_the_limits_are_those_of_the_reader() -> None:
    for limit in (MAX_BYTES, MAX_NODES, MAX_DEPTH, MAX_KEY):
        assert f"{limit:,} " in " ".join(section("YAML, with less guessing").split())


def test_every_vendor_type_is_named() -> None:
    named = set(re.findall(r"`(\w+:\w+)`", section("Object types")))
    assert named == {name for target in TARGETS for name in target.external_types}


def test_the_links_lead_to_headings() -> None:
    headings = re.findall(r"^#+ (.*)$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]*)\)", TEXT)) <= anchors
