"""Whole catalogs in all three dialects: what vendors take, the order of requests, the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import ROOT, SOURCE_ROOTS
from vendor import DIALECTS, build, invalid, run, schema_of, validator

from edgewise.compile import compile as compile_sources
from edgewise.diagnostics import Severity
from edgewise.place import Source
from edgewise.position import located
from edgewise.project import load
from edgewise_targets import TARGETS

OWN = [
    Source(f"schemas/{path.name}", path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "schemas").glob("*.yaml"))
]
# Every feature of the language that a dialect may meet, at least once.
RICH = """
object_types:
  person:
    {description: Somebody., plural: people, targets: {boom: person, monica: contact, zendesk: "zen:user"}}
  company:
    label: firm
    plural: firms
    id: {type: integer}
    attributes:
      name: {type: string, max_length: 80, required: true, description: The name.}
      notes: {type: text}
      staff: {type: integer, default: 1}
      rating: {type: number}
      revenue: {type: decimal, precision: 20, scale: 0}
      listed: {type: boolean, default: false}
      founded: {type: date}
      seen_at: {type: datetime}
      token: {type: uuid, unique: true}
      data: {type: json}
      size: {enum: [small, large]}
    deprecated: {since: "2025", reason: merged}
    owner: sales
    tags: [core]
    targets: {boom: Company Ltd., zendesk: {key: company-2}}
  project: {external: true}
  internal_only: {targets: {boom: false, zendesk: false, monica: false}}
groups: {work: {description: At work.}, odd: }
relationship_types:
  employs:
    from: company
    to: person
    cardinality: {from: 1..2, to: 3..*}
    inverse: {name: works_for, label: works for, description: Where they work.}
    role: employer
    label: employs people
    group: work
    attributes: {since: {type: date, required: true}, level: {enum: [junior, senior]}}
    on_delete: {from: cascade, to: restrict}
    deprecated: {replaced_by: hires}
    targets: {boom: {bidirectional: false}, zendesk: employees}
  hires:
    from: company
    to: person
    cardinality: many_to_many
    inverse: hired_by
    targets: {zendesk: {inverse_key: staff}}
  owns: {from: company, to: company, cardinality: one_to_many, acyclic: true, inverse: owned_by}
  competes_with: {from: company, to: company, symmetric: true, cardinality: many_to_many, reflexive: false}
  runs: {from: company, to: project, cardinality: one_to_one}
  handles: {from: "zen:group", to: project}
  guards: {from: company, to: internal_only, cardinality: one_to_many}
  knows: {from: person, to: person, symmetric: true, cardinality: many_to_many, group: odd}
  leads:
    from: person
    to: person
    cardinality: one_to_many
    inverse: led_by
    acyclic: true
    targets: {monica: {delible: false}}
  likes: {from: person, to: person, cardinality: many_to_many, reflexive: true, targets: {boom: false}}
  owns_through: {via: [owns, owns]}
  boss_of_boss: {via: [leads, leads], inverse: boss_of_boss_of, group: work}
"""


def own() -> dict[str, Any]:
    files: dict[str, Any] = {}
    for artifacts in run(OWN, *DIALECTS).artifacts.values():
        files |= {artifact.path: json.loads(artifact.content) for artifact in artifacts}
    return files


def rich(mode: str = "two_types") -> dict[str, Any]:
    files: dict[str, Any] = {}
    for dialect in DIALECTS:
        options = {"many_to_many": mode} if dialect.name == "zendesk" else {}
        built = build(RICH, dialect, options=options)
        assert [each.message for each in built.diagnostics if each.severity is Severity.ERROR] == []
        files |= built.files
    return files


CATALOGS = {"own": own, "two types": rich, "brackets": lambda: rich("brackets")}


@pytest.fixture(scope="module", params=CATALOGS)
def files(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The files of all three dialects for one catalog, as parsed JSON."""
    found: dict[str, Any] = CATALOGS[request.param]()
    return found


def test_every_file_is_what_its_vendor_takes(files: dict[str, Any]) -> None:
    assert invalid(files) == []
    assert {schema_of(path) for path in files} == {
        "boom-object-type",
        "boom-relationship-type",
        "zendesk-object-type",
        "zendesk-relationship-type",
        "monica-relationship-type",
        "requests",
        "report",
    }


@pytest.mark.parametrize(
    ("schema", "body"),
    [
        ("boom-object-type", {"name": "person", "displayName": "person"}),
        (
            "boom-relationship-type",
            {"kind": "person_to_co", "role": "r", "customObjectType": "o", "description": ""},
        ),
        ("boom-relationship-type", {"kind": "co_to_co", "role": "r", "customObjectType": "o"}),
        ("zendesk-object-type", {"data": {"key": "thing", "schema": {"properties": {}}}}),
        ("zendesk-relationship-type", {"data": {"key": "ab", "source": ["a1", "b2"], "target": "c3"}}),
        ("zendesk-relationship-type", {"data": {"key": "ab", "source": "zen:users", "target": "c3"}}),
        ("monica-relationship-type", {"name": "a", "name_reverse_relationship": "b", "delible": True}),
        ("requests", [{"method": "POST", "path": "/x", "body_file": "../x.json", "for": "object_types.x"}]),
        ("report", [{"relationship_type": "x", "verdict": "lossy", "losses": []}]),
    ],
)
def test_the_schemas_refuse_what_a_vendor_refuses(schema: str, body: object) -> None:
    assert not validator(schema).is_valid(body)


@pytest.mark.parametrize("target", ["boom", "zendesk"])
def test_requests_name_every_body_once_and_object_types_before_what_refers_to_them(
    files: dict[str, Any], target: str
) -> None:
    bodies = {
        path.removeprefix(f"{target}/")
        for path in files
        if path.startswith(f"{target}/") and "-types/" in path
    }
    requests = files[f"{target}/requests.json"]
    assert sorted(each["body_file"] for each in requests) == sorted(bodies)
    kinds = [each["for"].partition(".")[0] for each in requests]
    assert kinds == sorted(kinds)
    for kind in set(kinds):
        subjects = [each["for"] for each in requests if each["for"].startswith(kind)]
        assert subjects == sorted(subjects)


def ends(body: dict[str, Any]) -> set[str]:
    """Return the keys of the object types that a relationship type refers to."""
    data = body.get("data", body)
    found = [
        data.get(key)
        for key in ("customObjectType", "parentCustomObjectType", "childCustomObjectType", "source", "target")
    ]
    return {each[0] if isinstance(each, list) else each for each in found if each}


@pytest.mark.parametrize(("target", "key"), [("boom", "name"), ("zendesk", "key")])
def test_everything_referred_to_is_created_or_the_vendors_own(
    files: dict[str, Any], target: str, key: str
) -> None:
    created = {
        body.get("data", body)[key]
        for path, body in files.items()
        if path.startswith(f"{target}/object-types/")
    }
    used = {
        end
        for path, body in files.items()
        if path.startswith(f"{target}/relationship-types/")
        for end in ends(body)
    }
    assert used
    assert {each for each in used - created if not each.startswith("zen:")} == set()


def test_every_relationship_type_is_in_every_report(files: dict[str, Any]) -> None:
    first, *others = (
        [each["relationship_type"] for each in files[f"{target.name}/report.json"]] for target in DIALECTS
    )
    assert first == sorted(first)
    assert [others] == [[first, first]]


@pytest.mark.parametrize("target", ["boom", "zendesk"])
def test_what_is_reported_as_left_out_is_not_there_and_all_else_is(
    files: dict[str, Any], target: str
) -> None:
    subjects = [each["for"].split(".") for each in files[f"{target}/requests.json"]]
    sent = {name for kind, name in subjects if kind == "relationship_types"}
    verdicts = {each["relationship_type"]: each["verdict"] for each in files[f"{target}/report.json"]}
    assert sent == {name for name, verdict in verdicts.items() if verdict != "left out"}


def test_the_rich_catalog_has_every_verdict() -> None:
    verdicts = {
        entry["verdict"] for path, each in rich().items() if path.endswith("report.json") for entry in each
    }
    assert verdicts == {"exact", "lossy", "left out"}


def test_the_order_of_files_and_declarations_changes_no_byte() -> None:
    forwards, backwards = run(OWN, *DIALECTS).artifacts, run(OWN[::-1], *DIALECTS).artifacts
    assert forwards == backwards
    head, tail = RICH.split("groups:")
    assert build(RICH).content == build(f"groups:{tail}{head}").content


def test_the_hash_seed_changes_no_byte() -> None:
    script = (
        "import hashlib, test_vendor_catalogs as t\n"
        "for _, artifacts in sorted(t.run(t.OWN, *t.DIALECTS).artifacts.items()):\n"
        "    for path, content in artifacts: print(path, hashlib.sha256(content).hexdigest())\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "PYTHONPATH": os.pathsep.join(
                    [SOURCE_ROOTS, str(ROOT / "tests"), str(Path(__file__).parent)]
                ),
            },
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) > 80


def test_the_catalog_of_this_repository_has_nothing_to_be_warned_of() -> None:
    project, wrong = load(str(ROOT), None, TARGETS)
    assert wrong == []
    assert project is not None
    assert project.named
    assert list(project.targets) == [target.name for target in TARGETS]
    compilation = compile_sources(OWN, project, TARGETS)
    serious = [each for each in located(compilation.diagnostics) if each.severity >= Severity.WARNING]
    assert [(each.code.number, each.message, each.at) for each in serious] == []
    assert set(compilation.artifacts) == set(project.targets)


def test_the_person_of_this_repository_is_the_same_everywhere() -> None:
    files = own()
    assert files["boom/relationship-types/placed.json"]["kind"] == "person_to_co"
    assert files["zendesk/relationship-types/placed.json"]["data"]["source"] == "zen:user"
    assert files["monica/relationship-types/friend.json"]["name"] == "friend"
    assert not any("object-types/person" in path for path in files)
