"""From a catalog to a dialect and back: the catalog less what is reported as lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from importing import (
    BOOM,
    DIALECTS,
    MONICA,
    ZENDESK,
    Json,
    bodies,
    boom_pages,
    compiled,
    in_any_order,
    monica_group,
    monica_pages,
    monica_row,
    read_back,
)

from edgewise.catalog import Bounds, RelationshipType
from edgewise.compile import Compilation
from edgewise.diagnostics import Severity
from edgewise.graph import Graph
from edgewise.target import Target
from edgewise_targets.monica.defaults import REVERSES

OBJECT_TYPES = {
    "person": {"targets": {"monica": "contact", "zendesk": "zen:user"}},
    "order": None,
    "line_item": {"description": "A part.", "targets": {"boom": "Line Item", "zendesk": "line-item"}},
    "household": {"attributes": {"size": {"type": "integer"}}, "targets": {"boom": False}},
}
ENDS = st.sampled_from(["person", "person", "person", "order", "line_item", "household", "zen:ticket"])
BOUND = st.sampled_from(["0..1", "1", "1..*", "*", "2..5"])
CARDINALITY = st.sampled_from(
    ["one_to_one", "one_to_many", "many_to_one", "many_to_many"]
) | st.fixed_dictionaries({"from": BOUND, "to": BOUND})
TARGETS = st.sampled_from(
    [
        {"boom": {"role": "Placed By", "bidirectional": False}},
        {"boom": {"description": False}, "monica": {"delible": False}},
        {"zendesk": "a-key"},
        {"monica": {"name": "Best Mate", "reverse": "Mate"}},
        {"monica": {"group": "Book club"}, "zendesk": False},
    ]
)
STATED = {
    "cardinality": CARDINALITY,
    "description": st.sampled_from(["It is.", "a\nb", "x: y"]),
    "role": st.sampled_from(["a role", "buyer"]),
    "group": st.sampled_from(["family", "club"]),
    "on_delete": st.just("restrict"),
    "attributes": st.just({"since": {"type": "date"}}),
    "deprecated": st.just({"reason": "old"}),
    "targets": TARGETS,
}
NAMES = st.sampled_from(["placed", "friend", "parent", "knows", "owns", "sees", "has_part", "mentors"])


@st.composite
def catalogs(draw: st.DrawFn) -> Json:
    relationships: dict[str, Any] = {}
    for number, name in enumerate(draw(st.lists(NAMES, max_size=5, unique=True))):
        stated = draw(st.fixed_dictionaries({"from": ENDS, "to": ENDS}, optional=STATED))
        kind = draw(st.sampled_from(["plain", "inverse", "inverse", "symmetric", "acyclic"]))
        if kind == "inverse":
            stated["inverse"] = f"back_{number}"
        elif kind != "plain" and stated["from"] == stated["to"]:
            stated[kind] = True
            if "reverse" in stated.get("targets", {}).get("monica", {}):
                del stated["targets"]  # a symmetric one with another reverse is two there, which nobody means
        relationships[name] = stated
    groups = {"family": None, "club": None}
    return {"object_types": OBJECT_TYPES, "groups": groups, "relationship_types": relationships}


def lists(target: Target, files: Mapping[str, Json]) -> list[Json]:
    """Return what the vendor would list once it had taken every request."""
    types, objects = bodies(files), bodies(files, "object-types")
    if target is BOOM:
        nothing = {"cardinality": None, "description": None}
        listed = [{"relationshipTypeId": f"rt_{n}", **nothing, **body} for n, body in enumerate(types)]
        return [*boom_pages(listed, 2), *boom_pages(objects)]
    if target is ZENDESK:
        return [{"data": [body["data"] for body in types]}, {"data": [body["data"] for body in objects]}]
    groups = sorted({body["relationship_type_group"] for body in types})
    rows = [
        monica_row(
            number,
            body["name"],
            body["name_reverse_relationship"],
            1 + groups.index(body["relationship_type_group"]),
            delible=body["delible"],
        )
        for number, body in enumerate(types, 1)
    ]
    return [
        *monica_pages(rows, 4),
        *monica_pages([monica_group(number, each) for number, each in enumerate(groups, 1)]),
    ]


# ---- what a relationship type states, in the vendor's words ----


def statement(
    graph: Graph, target: Target, relationship: RelationshipType, lost: frozenset[str], generated: str | None
) -> Json:
    """Return all that a relationship type states, with the vendor's names, less what is lost.

    `generated` is the description that was sent where none is declared.
    """
    stated = target.overrides(relationship) or {}
    ends = [vendors(graph, target, end.object_type) for end in relationship.ends]
    bounds = [less(end.bounds, lost) for end in relationship.ends]
    inverse = None if "inverse" in lost else relationship.inverse
    names = vendor_names(target, relationship, stated, turned="name" in lost)
    if "name" in lost:  # Boom's loss of the own name: it is seen from the other end
        ends.reverse()
        bounds.reverse()
        inverse = None
    if target is MONICA:  # where a reverse may be stated for the dialect alone
        inverse = names[0] if len(names) == 2 and names[0] else None
    symmetric = relationship.symmetric and "symmetric" not in lost
    return {
        "names": names,
        "ends": ends,
        "bounds": bounds,
        "inverse": bool(inverse),
        "symmetric": symmetric,
        "acyclic": relationship.acyclic and "acyclic" not in lost,
        "attributes": [] if "attributes" in lost else [each.name for each in relationship.attributes],
        "restrict": "on_delete" not in lost and any(end.on_delete == "restrict" for end in relationship.ends),
        "deprecated": relationship.deprecated is not None and "deprecated" not in lost,
        **of_dialect(target, relationship, stated, generated),
    }


def vendors(graph: Graph, target: Target, name: str) -> str:
    stated = target.overrides(graph.object_types[name]) or {}
    key = stated.get(target.name_key, name if target is ZENDESK else graph.object_types[name].identifier)
    return str(key)


def vendor_names(
    target: Target, relationship: RelationshipType, stated: Mapping[str, Any], *, turned: bool
) -> list[str]:
    if target is BOOM:
        own = relationship.inverse if turned else relationship.role
        return [stated.get("role") or str(own)]
    if target is ZENDESK:
        return [stated.get("key") or relationship.name]
    name = stated.get("name") or relationship.name
    back = stated.get("reverse") or (name if relationship.symmetric else relationship.inverse) or ""
    return sorted({name, back})


def of_dialect(
    target: Target, relationship: RelationshipType, stated: Mapping[str, Any], generated: str | None
) -> Json:
    if target is BOOM:
        both_ways = stated.get("bidirectional", relationship.symmetric or relationship.inverse is not None)
        described = stated.get("description", True) and (relationship.description or generated)
        return {"both ways": both_ways, "described": described or None}
    if target is MONICA:
        group = stated.get("group") or relationship.group or "friend"
        names = vendor_names(target, relationship, stated, turned=False)
        delible = {name: stated.get("delible", name not in REVERSES) for name in names if name}
        return {"group": group, "delible": delible}
    return {}


def less(bounds: Bounds, lost: frozenset[str]) -> tuple[int, int | None]:
    low, high = bounds
    if "minimum" in lost:
        low = 0
    if "cardinality" in lost or ("maximum" in lost and high is not None and high > 1):
        high = None
    return low, high


def graph_of(compilation: Compilation) -> Graph:
    assert compilation.graph is not None
    return compilation.graph


@pytest.mark.parametrize("target", DIALECTS, ids=lambda target: target.name)
@settings(deadline=None)
@given(catalogs())
def test_an_imported_catalog_is_the_catalog_less_the_reported_losses(target: Target, catalog: Json) -> None:
    compilation = compiled(json.dumps(catalog), target)
    assume(not any(each.severity is Severity.ERROR for each in compilation.diagnostics))
    files = {
        each.path.removeprefix(f"{target.name}/"): json.loads(each.content)
        for each in compilation.artifacts[target.name]
        if each.path.endswith(".json")
    }
    imported = read_back(target, *lists(target, files))
    assert "EW701" not in imported.codes
    assert "EW702" not in imported.codes
    assert "EW705" not in imported.codes
    again = compiled(imported.text, target)
    assert [each.message for each in again.diagnostics if each.severity is Severity.ERROR] == []

    report = {each["relationship_type"]: each for each in files["report.json"]}
    sent = [name for name, each in report.items() if each["verdict"] != "left out"]
    graph, back = graph_of(compilation), graph_of(again)
    before = [
        statement(
            graph,
            target,
            graph.relationship_types[name],
            frozenset(loss["kind"] for loss in report[name].get("losses", ())),
            files[f"relationship-types/{name}.json"].get("description") if target is BOOM else None,
        )
        for name in sent
    ]
    after = [statement(back, target, each, frozenset(), None) for each in back.relationship_types.values()]
    assert in_any_order(after) == in_any_order(before)
