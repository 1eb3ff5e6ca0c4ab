"""Whole catalogs in the dialects that send parts: what vendors take, and nothing before what it refers to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from test_vendor_catalogs import OWN, RICH
from vendor import build, invalid, run

from edgewise.diagnostics import Severity
from edgewise.target import Target
from edgewise_targets.hubspot import TARGET as HUBSPOT
from edgewise_targets.zendesk_lookup import TARGET as ZENDESK_LOOKUP

# What the rich catalog says of some object types, and what is put behind it.
PERSON = ('zendesk: "zen:user"', ', zendesk_lookup: "zen:user", hubspot: contact')
COMPANY = ("zendesk: {key: company-2}", ", hubspot: {name: firms}")
PROJECT = ("project: {external: true", ", targets: {hubspot: 2-77}")


def rich(target: Target) -> dict[str, Any]:
    """Build the catalog that has every feature of the language, with some object types the vendor's own."""
    text = RICH
    for there, more in (PERSON, COMPANY, PROJECT):
        assert text.count(there) == 1
        text = text.replace(there, f"{there}{more}")
    built = build(text, target)
    assert [each.message for each in built.diagnostics if each.severity is Severity.ERROR] == []
    return built.files


def own(target: Target) -> dict[str, Any]:
    """Build the catalog of this repository."""
    artifacts = run(OWN, target).artifacts[target.name]
    return {artifact.path: json.loads(artifact.content) for artifact in artifacts}


@pytest.fixture(
    params=[(make, target) for make in (rich, own) for target in (ZENDESK_LOOKUP, HUBSPOT)],
    ids=lambda each: f"{each[0].__name__} {each[1].name}",
)
def files(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The files of one dialect for one catalog, as parsed JSON."""
    make, target = request.param
    found: dict[str, Any] = make(target)
    return found


def requests(files: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield path, file and body of every request, in order."""
    (place,) = (path for path in files if path.endswith("/requests.json"))
    for each in files[place]:
        file = f"{place.removesuffix('requests.json')}{each['body_file']}"
        yield each["path"], file, files[file]


def test_every_file_is_what_its_vendor_takes(files: dict[str, Any]) -> None:
    assert invalid(files) == []


def test_every_body_is_sent_once(files: dict[str, Any]) -> None:
    sent = [file for _, file, _ in requests(files)]
    assert sorted(sent) == sorted(path for path in files if "-types/" in path)
    assert len(sent) > 3


def test_nothing_is_sent_before_what_it_refers_to(files: dict[str, Any]) -> None:
    made = {"contact", "company"}
    for path, _, body in requests(files):
        if path == "/crm/v3/schemas":
            made.add(f"p_{body['name']}")
        elif path == "/api/v2/custom_objects":
            made.add(body["custom_object"]["key"])
        else:
            assert set(referred_to(path, body)) <= made, path


def referred_to(path: str, body: dict[str, Any]) -> Iterator[str]:
    """Yield what has to be there for a request, less what has an id of the vendor's already."""
    for pattern in (
        r"custom_objects/(\w+)/fields",
        r"associations/(\w+)/\w+/labels",
        r"associations/\w+/(\w+)/labels",
    ):
        yield from re.findall(pattern, path)
    for field in body.values():
        if isinstance(field, dict) and "relationship_target_type" in field:
            yield from re.findall("zen:custom_object:(.*)", field["relationship_target_type"])


def test_what_is_reported_as_left_out_is_not_there_and_all_else_is(files: dict[str, Any]) -> None:
    (report,) = (each for path, each in files.items() if path.endswith("/report.json"))
    names = {
        file.rpartition("/")[2].partition(".")[0] for _, file, _ in requests(files) if "relationship-" in file
    }
    assert names == {each["relationship_type"] for each in report if each["verdict"] != "left out"}
