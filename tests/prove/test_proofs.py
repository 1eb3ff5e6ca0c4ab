"""What is proven of catalogs with every kind of rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import ROOT, edgewise_here
from proving import CATALOGS, Place, catalog, emitted, told

# Projects from which something is emitted for the databases.
CASES = sorted(
    {path.parent.parent.parent / "input" for path in (ROOT / "tests" / "cases").glob("*/*/output/sql/*.sql")}
)
EXTERNAL = "its records are kept elsewhere"
OUTCOMES = {"constraint": "enforced", "trigger": "enforced", "query": "found by query"}


@pytest.mark.parametrize("name", CATALOGS)
def test_every_rule_is_held_in_the_way_that_it_says(place: Place, name: str) -> None:
    it = emitted(place, catalog(name))
    with it.loaded() as connection:
        judged = it.judged(connection, it.rules)
    assert len(judged) == len(it.rules)
    for rule in it.rules:
        verdict = judged[rule.key]
        if not verdict.reason:
            assert verdict.outcome == OUTCOMES[rule.enforced_by], told([verdict])
        else:
            assert verdict.outcome != "NOT HELD", told([verdict])


@pytest.mark.parametrize(
    "case", [ROOT, *CASES], ids=lambda case: f"{case.parent.parent.name}/{case.parent.name}"
)
def test_every_rule_of_every_case_is_held(place: Place, case: Path) -> None:
    at = () if place.url is None else ("--url", place.url)
    done = edgewise_here("prove", "--target", place.name, *at, "-q", cwd=case)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_cannot_be_known_is_told_with_its_reason(place: Place) -> None:
    proof = emitted(place, catalog("edges")).proof()
    unknown = {each[:4]: each.reason for each in proof.verdicts if each.outcome == "cannot be known here"}
    assert unknown.pop(("trusts", "min", "from", 1)).startswith("not tried: ")
    assert {key: EXTERNAL in reason for key, reason in unknown.items()} == {
        ("handles", "min", "to", 1): True,
        ("handles", "references", "from", None): True,
        ("handles", "on_delete", "from", None): True,
    }


def test_what_nothing_can_break_is_enforced_by_itself(place: Place) -> None:
    verdicts = emitted(place, catalog("edges")).proof().verdicts
    by_itself = {each[:2] for each in verdicts if each.outcome == "enforced" and each.reason}
    assert by_itself == {("grandparent", "acyclic"), ("sibling", "symmetric")}


def test_a_bound_that_is_too_large_to_try_is_told_and_not_passed_over() -> None:
    manifest = """
        object_types: {a: {}, b: {}}
        relationship_types: {r: {from: a, to: b, cardinality: {from: 0..*, to: 0..1000000}}}
    """
    verdicts = {each.rule: each for each in emitted(Place("sqlite"), manifest).proof().verdicts}
    assert verdicts["max"].outcome == "cannot be known here"
    assert "2,000 records" in verdicts["max"].reason


def test_few_values_that_can_be_told_apart_take_several_rounds() -> None:
    """There are 36 ids of one character: more than one rule needs, and fewer than all of them do."""
    manifest = """
        object_types: {a: {id: {max_length: 1}}, b: {}}
        relationship_types:
          r: {from: a, to: b, cardinality: {from: 0..9, to: 0..9}}
          s: {from: b, to: a, cardinality: {from: 1..9, to: 1..9}}
    """
    assert {each.outcome for each in emitted(Place("sqlite"), manifest).proof().verdicts} == {
        "enforced",
        "found by query",
    }


def test_fewer_values_than_one_rule_needs(place: Place) -> None:
    manifest = """
        object_types: {a: {attributes: {is_on: {type: boolean, required: true, unique: true}}}, b: {}}
        relationship_types: {r: {from: b, to: a, cardinality: {from: 0..*, to: 0..4}}}
    """
    verdicts = {each[:3]: each for each in emitted(place, manifest).proof().verdicts}
    assert verdicts["r", "max", "to"].outcome == "cannot be known here"
    assert "too few different values" in verdicts["r", "max", "to"].reason
    assert verdicts["r", "references", "to"].outcome == "enforced"
