"""What is said before there is an API: names that collide, malformed segments, and what is lost."""

from __future__ import annotations

import json

import pytest
from contract import compiled
from hypothesis import event, given, settings
from hypothesis import strategies as st

from edgewise.diagnostics import Severity
from edgewise.place import Span
from edgewise.position import located
from edgewise.target import losses
from edgewise_targets.openapi import TARGET
from edgewise_targets.openapi.findings import findings, is_plain
from edgewise_targets.openapi.names import name_all


def said(manifest: str) -> list[str]:
    """Return what is said: code, line, marked text and message, then the same for what is related."""
    lines = manifest.splitlines()

    def marked(at: object) -> str:
        assert isinstance(at, Span)
        return f"{at.line} {lines[at.line - 1][at.column - 1 : at.end_column - 1]}"

    return [
        f"{each.code.number} {marked(each.at)}: {each.message}"
        + "".join(f" | {marked(related.at)}: {related.label}" for related in each.related)
        for each in located(compiled(manifest).said)
    ]


@pytest.mark.parametrize(
    ("manifest", "findings"),
    [
        pytest.param(
            "object_types: {a: {plural: people}, b: {plural: People}}\n"
            "relationship_types:\n"
            "  knows: {from: a, to: b, cardinality: many_to_many}\n"
            "  sees: {from: b, to: a, cardinality: many_to_many, inverse: knew, targets: {openapi: knows}}\n",
            [
                (
                    "EW605 4 knows: `knows` and `sees` would have the path `/people/{b_id}/knows`"
                    " | 3 knows: has the path `/people/{a_id}/knows`"
                )
            ],
            id="two paths that differ in the name of a parameter only",
        ),
        pytest.param(
            "object_types: {a: {}}\n"
            "relationship_types:\n"
            "  r: {from: a, to: a, cardinality: one_to_many, inverse: s,"
            " targets: {openapi: {path: x, inverse_path: x}}}\n",
            ["EW605 3 x: `r` and `r` would have the path `/as/{a_id}/x` | 3 x: has the path `/as/{a_id}/x`"],
            id="both ways of one type",
        ),
        pytest.param(
            "object_types: {order: {}, order_line: {}}\n"
            "relationship_types:\n"
            "  line_item: {from: order, to: order, cardinality: many_to_many}\n"
            "  keeps: {from: order, to: order_line, cardinality: many_to_many, inverse: item}\n",
            [
                (
                    "EW605 3 line_item: `keeps` and `line_item` would have the operation `listOrderLineItem`"
                    " | 4 item: has the operation `listOrderLineItem`"
                )
            ],
            id="two operations",
        ),
        pytest.param(
            "object_types: {a: {}, b: {}}\n"
            "relationship_types:\n"
            "  x_1: {from: a, to: b, cardinality: many_to_many}\n"
            "  x1: {from: b, to: a, cardinality: many_to_many}\n",
            ["EW605 3 x_1: `x1` and `x_1` would have the schema `X1Link` | 4 x1: has the schema `X1Link`"],
            id="two schemas of links",
        ),
        pytest.param(
            "object_types:\n"
            "  b_1: {}\n"
            "  b1: {}\n"
            "relationship_types:\n"
            "  r: {from: b_1, to: b1, cardinality: many_to_many}\n"
            "  s: {from: b1, to: b_1, cardinality: many_to_many}\n",
            ["EW605 2 b_1: `b1` and `b_1` would have the schema `B1Id` | 3 b1: has the schema `B1Id`"],
            id="two schemas of ids, told once for all that hangs on them",
        ),
        pytest.param(
            "object_types: {a: {}}\n"
            "relationship_types:\n"
            "  common: {from: a, to: a, cardinality: many_to_many}\n",
            [
                (
                    "EW605 3 common: the fragment of `common` would be called `common.json`,"
                    " as is the file that all fragments share"
                )
            ],
            id="the file that all share",
        ),
        pytest.param(
            "object_types: {a: {targets: {openapi: a/b}}, b: {plural: 人々}, c: {plural: 人々}}\n"
            "relationship_types:\n"
            "  r: {from: a, to: b, cardinality: many_to_many, inverse: s}\n"
            "  t: {from: a, to: b, cardinality: many_to_many, targets: {openapi: ..}}\n",
            [
                "EW603 1 a/b: `a` has no segment that can stand in a path",
                "EW603 1 人々: `b` has no segment that can stand in a path",
            ],
            id="object types without a segment, told once for all that hangs on them",
        ),
        pytest.param(
            "object_types: {a: {}, b: {}}\n"
            "relationship_types:\n"
            "  r: {from: a, to: b, cardinality: many_to_many, inverse: s,"
            ' targets: {openapi: {path: "{x}", inverse_path: "a b"}}}\n'
            "  t: {from: a, to: b, cardinality: many_to_many, targets: {openapi: ..}}\n",
            [
                'EW603 3 "{x}": `r` has no segment that can stand in a path',
                'EW603 3 "a b": `s` has no segment that can stand in a path',
                "EW603 4 ..: `t` has no segment that can stand in a path",
            ],
            id="ways without a segment",
        ),
    ],
)
def test_what_cannot_be_is_said_once_with_both_places(manifest: str, findings: list[str]) -> None:
    assert said(manifest) == findings


def test_what_the_language_says_is_not_said_again() -> None:
    same_walk = (
        "object_types: {a: {}, b: {}}\n"
        "relationship_types:\n"
        "  r: {from: a, to: b, cardinality: many_to_many}\n"
        "  s: {from: b, to: a, cardinality: many_to_many, inverse: r}\n"
    )
    assert [each.code.number for each in compiled(same_walk).said] == ["EW305"]
    same_identifier = (
        "object_types: {zen_user: {}}\n"
        "relationship_types:\n"
        '  r: {from: zen_user, to: "zen:user", cardinality: many_to_many}\n'
    )
    assert [each.code.number for each in compiled(same_identifier).said] == ["EW605"]


def test_a_suggestion_can_be_taken() -> None:
    (found,) = compiled(
        "object_types: {a: {plural: Menschen, targets: {openapi: Große Leute}}}\n"
        "relationship_types: {r: {from: a, to: a, cardinality: many_to_many}}\n"
    ).said
    assert found.help == "did you mean `gro-e-leute`?"


def test_an_object_type_without_links_may_have_any_plural() -> None:
    assert compiled("object_types: {a: {plural: 人々}}").said == []


def test_what_is_unnamed_loses_only_what_collides() -> None:
    manifest = (
        "object_types: {a: {}, b: {}}\n"
        "relationship_types:\n"
        "  x_1: {from: a, to: b, cardinality: many_to_many}\n"
        "  x1: {from: b, to: a, cardinality: many_to_many}\n"
    )
    api = compiled(manifest, named=False)
    assert [(each.code.number, each.severity) for each in api.said] == [("EW605", Severity.WARNING)]
    assert set(api.fragments()) == {"x1"}


def test_nothing_that_a_manifest_states_of_a_relationship_is_lost() -> None:
    api = compiled(
        "object_types: {a: {}}\n"
        "groups: {g: {}}\n"
        "relationship_types:\n"
        "  everything:\n"
        "    {from: a, to: a, cardinality: {from: 0..3, to: 0..5}, inverse: back, role: other,\n"
        "     label: x, description: d, group: g, acyclic: true, on_delete: restrict,\n"
        "     attributes: {x: {type: text}}, deprecated: {reason: r}}\n"
        "  bounded: {from: a, to: a, cardinality: {from: 2..3, to: 2..4}}\n"
        "  mutual: {from: a, to: a, cardinality: many_to_many, symmetric: true}\n"
    )
    assert api.said == []
    for relationship in api.graph.relationship_types.values():
        assert losses(relationship, TARGET.capabilities) == []


def short_names() -> st.SearchStrategy[str]:
    """Names of few letters, so that what is made of two of them is often the same."""
    return st.text("ab_", min_size=1, max_size=3).map(lambda text: f"a{text}")


@settings(max_examples=300, deadline=None)
@given(st.lists(short_names(), min_size=2, max_size=3, unique=True), st.data())
def test_of_what_is_found_plain_at_a_glance_there_is_nothing_to_say(
    types: list[str], data: st.DataObject
) -> None:
    end = st.sampled_from(types)
    related = {
        name: {"from": data.draw(end), "to": data.draw(end), "inverse": data.draw(short_names())}
        for name in data.draw(st.lists(short_names(), max_size=3, unique=True))
    }
    graph = compiled(json.dumps({"object_types": dict.fromkeys(types), "relationship_types": related})).read
    assert graph is not None
    found = list(findings(name_all(graph, TARGET.overrides)))
    event("plain" if is_plain(graph) else "to be looked at")
    assert not (is_plain(graph) and found)
