"""What is lost: told as loudly as was asked for, and the same in report, explanation and findings."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from command import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from vendor import BOOM, DIALECTS, MONICA, ZENDESK, Built, build, invalid, marked, run

from edgewise.diagnostics import Code, Severity
from edgewise.target import Target

# That folder is only on the path where its own tests run.
sys.path.append(str(ROOT / "tests" / "core"))
from any_catalog import catalogs, source

LOSSY = """
object_types:
  person: {plural: people, targets: {boom: person, monica: contact, zendesk: "zen:user"}}
  order: {attributes: {total: {type: integer}}}
groups: {sales: }
relationship_types:
  placed: {from: person, to: order, cardinality: {from: 1, to: 0..*}, inverse: placed_by, description: D.,
    group: sales%s}
  other: {from: person, to: order, cardinality: one_to_many, inverse: other_of, description: D.}
"""


def lossy(stated: str = "") -> str:
    return LOSSY % (f", targets: {{boom: {{{stated}}}}}" if stated else "")


def told(built: Built, name: str = "placed") -> tuple[Severity, str] | None:
    """Return how a loss is told, and what."""
    found = [each for each in built.said("EW602") if each.message.startswith(f"`{name}` loses")]
    assert len(found) <= 1
    return (found[0].severity, found[0].message.partition(": ")[2]) if found else None


ALL = "minimum 1 on from dropped, inverse name dropped, group dropped"


@pytest.mark.parametrize(
    ("options", "stated", "severity", "texts"),
    [
        ({}, "", Severity.NOTE, ALL),
        ({"losses": "note"}, "", Severity.NOTE, ALL),
        ({"losses": "warning"}, "", Severity.WARNING, ALL),
        ({"losses": "error"}, "", Severity.ERROR, ALL),
        ({}, "losses: error", Severity.ERROR, ALL),
        ({"losses": "error"}, "losses: note", Severity.NOTE, ALL),
        (
            {"losses": "warning"},
            "allow: [inverse]",
            Severity.WARNING,
            "minimum 1 on from dropped, group dropped",
        ),
        ({"allow": ["group"]}, "allow: [inverse]", Severity.NOTE, "minimum 1 on from dropped"),
        (
            {"allow": ["group"]},
            "losses: warning",
            Severity.WARNING,
            "minimum 1 on from dropped, inverse name dropped",
        ),
        ({"losses": "error"}, "allow: [inverse, group, minimum]", None, ""),
        ({"losses": "error", "allow": ["inverse", "group", "minimum"]}, "", None, ""),
    ],
)
def test_losses_weigh_what_was_asked_for(
    options: Mapping[str, Any], stated: str, severity: Severity | None, texts: str
) -> None:
    assert told(build(lossy(stated), BOOM, options=options)) == ((severity, texts) if severity else None)


def test_an_error_writes_nothing_and_says_what_would_accept_it() -> None:
    text = lossy("losses: error, allow: [group]")
    built = build(text, BOOM)
    (error,) = [each for each in built.diagnostics if each.severity is Severity.ERROR]
    assert error.code is Code.LOSS
    assert marked(text, error) == "7: placed"
    assert error.help == "`allow: [...]` under `targets: {boom: ...}` accepts `inverse` and `minimum`"
    assert built.files == {}
    accepted = build(text.replace("allow: [group]", "allow: [group, inverse, minimum]"), BOOM)
    assert accepted.at_least_warnings == []
    assert accepted.files


def test_what_one_type_asks_for_is_not_asked_of_another() -> None:
    built = build(lossy("losses: warning, allow: [inverse]"), BOOM)
    assert told(built, "other") == (Severity.NOTE, "inverse name dropped")


def test_the_report_names_what_is_accepted() -> None:
    built = build(lossy("allow: [inverse]"), BOOM)
    assert invalid(built.files) == []
    assert built.report("boom")["placed"] == {
        "verdict": "lossy",
        "losses": [
            {"kind": "minimum", "text": "minimum 1 on from dropped"},
            {"kind": "inverse", "text": "inverse name dropped", "accepted": True},
            {"kind": "group", "text": "group dropped"},
        ],
    }


def test_a_kind_that_there_is_not_is_an_error() -> None:
    error = build(lossy("allow: [invers]"), BOOM).only("EW204")
    assert "`inverse`" in error.help


def test_what_is_left_out_stays_a_note() -> None:
    text = lossy().replace("other: {from: person, to: order", "other: {from: order, to: order")
    text = text.replace("other: {", "knows: {from: person, to: person, cardinality: one_to_one}\n  other: {")
    (note,) = [
        each
        for each in build(text, BOOM, options={"losses": "error"}).said("EW602")
        if "`knows` is not sent" in each.message
    ]
    assert note.severity is Severity.NOTE


@pytest.mark.parametrize(
    ("stated", "lost"),
    [
        ("inverse: b, targets: {monica: {reverse: c}}", {"inverse": "inverse name dropped"}),
        (
            "symmetric: true, targets: {monica: {reverse: c}}",
            {"symmetric": "symmetric dropped: its reverse is `c`"},
        ),
        ("inverse: b, group: work, targets: {monica: {group: love}}", {"group": "group dropped"}),
        ("inverse: b, group: work, targets: {monica: {group: work, reverse: b}}", {}),
    ],
)
def test_what_is_stated_otherwise_for_monica_is_lost(stated: str, lost: dict[str, str]) -> None:
    text = f"""
    object_types: {{contact: }}
    groups: {{work: }}
    relationship_types:
      a: {{from: contact, to: contact, cardinality: many_to_many, reflexive: true, {stated}}}
    """
    found = build(text, MONICA).report("monica")["a"].get("losses", [])
    assert {each["kind"]: each["text"] for each in found} == lost


def test_a_description_that_is_made_up_is_not_the_declared_one() -> None:
    built = build(lossy().replace(" description: D.,", "", 1), BOOM)
    assert built.report("boom")["placed"]["losses"][-1] == {
        "kind": "description",
        "text": "description filled in with the two sentences",
    }
    assert built.body("boom", "placed")["description"].startswith("A person")


# ---- all three say the same ----

KINDS = ("inverse", "description", "minimum", "group", "attributes", "via", "cardinality")
WORDS = st.sampled_from(["note", "warning", "error"])
TOLERANCE = st.fixed_dictionaries(
    {}, optional={"losses": WORDS, "allow": st.lists(st.sampled_from(KINDS), max_size=3, unique=True)}
)


@st.composite
def with_tolerance(draw: st.DrawFn) -> Any:
    """Give a catalog some of whose relationship types say something of losses, in Monica with contacts."""
    catalog = draw(catalogs())
    person = catalog["object_types"]["person"] or {}
    catalog["object_types"]["person"] = {**person, "targets": {"monica": "contact"}}
    for each in catalog["relationship_types"].values():
        if draw(st.booleans()):
            each["targets"] = {name: draw(TOLERANCE) for name in ("boom", "zendesk", "monica")}
    return catalog


@given(with_tolerance(), TOLERANCE, st.sampled_from(DIALECTS))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_report_explanation_and_findings_agree(catalog: Any, options: Any, target: Target) -> None:
    # What is emitted of a catalog with an error is asked for all the same: what is lost does not hang on it.
    compilation = run([source(catalog)], target, options=options)
    graph = compilation.graph
    assert graph is not None
    (report,) = [
        each.content for each in target.emit(graph, options) if each.path == f"{target.name}/report.json"
    ]
    entries = json.loads(report)
    assert [each["relationship_type"] for each in entries] == sorted(graph.relationship_types)
    said = {
        match[1]: (each.severity, match[2])
        for each in target.check(graph, options)
        if each.code is Code.LOSS and (match := re.match(r"`(\w+)` loses in \w+: (.*)", each.message))
    }
    for entry in entries:
        relationship = graph.relationship_types[entry["relationship_type"]]
        words = target.describe(graph, options, relationship)
        stated = relationship.targets.get(target.name) or {}
        accepted = {*options.get("allow", ()), *(stated.get("allow", ()) if isinstance(stated, dict) else ())}
        losses = entry.get("losses", [])
        assert [bool(each.get("accepted")) for each in losses] == [
            each["kind"] in accepted for each in losses
        ]
        open_ = [each["text"] for each in losses if "accepted" not in each]
        told_ = said.get(relationship.name)
        assert (told_[1] if told_ else "") == ", ".join(open_)
        if told_:
            own = stated.get("losses") if isinstance(stated, dict) else None
            assert told_[0].word == (own or options.get("losses", "note"))
        if entry["verdict"] == "left out":
            assert words == f"left out: {entry['reason']}"
        elif entry["verdict"] == "exact":
            assert words.endswith(", exact")
        else:
            texts = [f"{each['text']} (accepted)" if "accepted" in each else each["text"] for each in losses]
            assert words.endswith(f", without: {', '.join(texts)}")


@pytest.mark.parametrize("target", DIALECTS, ids=lambda each: each.name)
def test_every_kind_that_a_dialect_loses_can_be_accepted(target: Target) -> None:
    known = target.relationship_type_schema["properties"]["allow"]["items"]["enum"]
    assert known == target.options_schema["properties"]["allow"]["items"]["enum"]
    rich = """
    object_types: {person: {targets: {boom: person, monica: contact, zendesk: "zen:user"}}, order: , item: }
    groups: {work: }
    relationship_types:
      a_a: {from: order, to: person, cardinality: {from: 1..3, to: 2}, inverse: b, role: x, group: work,
        attributes: {n: {type: text}}, on_delete: restrict, deprecated: {reason: old}}
      c_c: {from: person, to: person, cardinality: {from: 0..2, to: 0..3}, inverse: d, acyclic: true, role: y,
        attributes: {n: {type: text}}, on_delete: restrict, deprecated: {reason: old}, description: D.}
      e_e: {from: item, to: item, cardinality: many_to_many, symmetric: true, group: work}
      f_f: {via: [a_a, c_c]}
    """
    report = build(rich, target).report(target.name)
    kinds = {loss["kind"] for entry in report.values() for loss in entry.get("losses", ())}
    assert len(kinds) > 5
    assert kinds <= set(known)
    assert ("name" in known) is (target is BOOM)
    assert ZENDESK.options_schema["properties"].keys() == {"many_to_many", "losses", "allow"}
