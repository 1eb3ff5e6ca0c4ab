"""A derived type is sent to a vendor as one that is stored, with the bounds of its steps; that is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from edgewise.compile import Compilation, compile  # noqa: A004 - the word for it
from edgewise.diagnostics import Code, Severity
from edgewise.place import Source
from edgewise.project import Project
from edgewise.target import Target
from edgewise_targets import TARGETS

LOST = "its steps dropped, as if it were stored"
OBJECT_TYPES: dict[str, Any] = {
    "person": {"plural": "people", "targets": {"boom": "person", "monica": "contact", "hubspot": "contact"}},
    "order": {"targets": {"hubspot": "deal"}},
    "line_item": {"targets": {"hubspot": "line_item"}},
}
STORED: dict[str, Any] = {
    "parent": {
        "from": "person",
        "to": "person",
        "cardinality": {"from": "*", "to": "0..2"},
        "inverse": "child",
    },
    "has_order": {"from": "person", "to": "order", "cardinality": "one_to_many", "inverse": "placed_by"},
    "has_item": {"from": "order", "to": "line_item", "cardinality": "one_to_one", "inverse": "listed_in"},
}
DERIVED: dict[str, Any] = {
    "elder": {"via": ["parent", "parent"], "inverse": "younger", "group": "family"},
    "bought": {"via": ["has_order", "has_item"], "inverse": "bought_by"},
    "sale": {"via": ["listed_in", "placed_by"]},
}
# What they are as stored ones: the ends of their steps, and as many.
ORDINARY: dict[str, Any] = {
    "elder": {"from": "person", "to": "person", "cardinality": {"from": "*", "to": "0..4"}},
    "bought": {"from": "person", "to": "line_item", "cardinality": "one_to_many"},
    "sale": {"from": "line_item", "to": "person", "cardinality": "many_to_one"},
}
# All that cannot say it, but for the picture, which has another line for it.
DIALECTS = [each for each in TARGETS if "derived" in each.capabilities.unsayable and each.name != "graph"]


def compiled(target: Target, last: dict[str, Any]) -> Compilation:
    described = {name: {**each, "description": f"About {name}."} for name, each in (STORED | last).items()}
    for number, each in enumerate(described.values()):
        each["targets"] = {"hubspot": {"type_id": number + 1}}
    data = {"object_types": OBJECT_TYPES, "relationship_types": described, "groups": {"family": None}}
    return compile(
        [Source("a.yaml", json.dumps(data))],
        Project("/", ("schemas",), "build", {target.name: {}}, True),
        TARGETS,
    )


def sent(compilation: Compilation) -> dict[str, bytes]:
    """Return what is emitted, less the report of what is lost."""
    assert [each.message for each in compilation.diagnostics if each.severity is Severity.ERROR] == []
    (artifacts,) = compilation.artifacts.values()
    return {
        each.path: bytes(each.content) for each in artifacts if not each.path.endswith(("report.json", ".md"))
    }


@pytest.mark.parametrize("target", DIALECTS, ids=lambda target: target.name)
def test_a_derived_type_is_sent_as_an_ordinary_one(target: Target) -> None:
    derived = compiled(target, DERIVED)
    ordinary = {name: {**each, **ORDINARY[name]} for name, each in DERIVED.items()}
    for each in ordinary.values():
        del each["via"]
    assert sent(derived) == sent(compiled(target, ordinary))
    name = "elder" if target.name == "monica" else "bought"  # there, people alone are related
    assert any(name in path or name.encode() in content for path, content in sent(derived).items())
    notes = [each.message for each in derived.diagnostics if each.code is Code.LOSS and LOST in each.message]
    assert notes
    assert not [each for each in compiled(target, ordinary).diagnostics if LOST in each.message]
