"""Records and links that are made up: all bounds are kept, whatever they are; values can be told apart."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from edgewise.catalog import MISSING, Attribute, AttributeKind, Id, ObjectType
from edgewise.compile import check as check_sources
from edgewise.graph import Graph
from edgewise.place import Place as Where
from edgewise.place import Source
from edgewise.project import Project
from edgewise_targets.relational.proof.population import (
    MOST_RECORDS,
    OutOfReach,
    OutOfValues,
    Population,
    roles_of,
)
from edgewise_targets.relational.proof.values import id_of, supply, value_of

NOWHERE = Where(Source("a.yaml", ""), 0, ())


def graph(relationship_types: dict[str, object], **object_types: object) -> Graph:
    declared = {"a": {}, "b": {}, "c": {}, **object_types}
    manifest = {"object_types": declared, "relationship_types": relationship_types}
    project = Project("/nowhere", ("schemas",), "build", {}, named=True)
    found = check_sources([Source("a.yaml", json.dumps(manifest))], project, []).graph
    assert found is not None
    return found


def completed(it: Graph, *object_types: str) -> Population:
    people = Population(it, roles_of(it, {}), Counter())
    for each in object_types:
        people.add(each)
    people.complete()
    return people


def check(people: Population) -> None:
    """See that every bound is kept, by counting anew."""
    for each in people.graph.stored:
        links = [link for link in people.links if link.relationship == each.name]
        assert len(links) == len(set(links))
        assert each.reflexive or all(link.from_ != link.to for link in links)
        for end in each.ends:
            near = [link.at(each.other(end).key) for link in links]
            if each.symmetric:
                near = [record for link in links for record in {link.from_, link.to}]
                assert all(link.from_ <= link.to for link in links)
            counts = Counter(near)
            for record in people.records:
                if record.object_type == each.other(end).object_type:
                    low, high = end.bounds
                    assert low <= counts[record] <= (high or counts[record]), (each.name, end.key, record)


TIGHT = [
    {"r": {"from": "a", "to": "b", "cardinality": {"from": 2, "to": 3}}},
    {"r": {"from": "a", "to": "a", "cardinality": {"from": 2, "to": 2}}},
    {"r": {"from": "a", "to": "a", "cardinality": {"from": "1..2", "to": 2}}},
    {"r": {"from": "a", "to": "a", "cardinality": {"from": 1, "to": 1}, "symmetric": True}},
    {"r": {"from": "a", "to": "a", "cardinality": {"from": 3, "to": 3}, "symmetric": True}},
    {"r": {"from": "a", "to": "a", "cardinality": {"from": "4..5", "to": "4..5"}, "symmetric": True}},
    {  # a circle of those that cannot be without each other
        "r": {"from": "a", "to": "b", "cardinality": {"from": 1, "to": 1}},
        "s": {"from": "b", "to": "c", "cardinality": {"from": 1, "to": 1}},
        "t": {"from": "c", "to": "a", "cardinality": {"from": 1, "to": 1}},
    },
    {
        "r": {"from": "a", "to": "b", "cardinality": {"from": 2, "to": 3}},
        "s": {"from": "b", "to": "c", "cardinality": {"from": 3, "to": 2}},
        "t": {"from": "c", "to": "a", "cardinality": {"from": 1, "to": 1}},
    },
]


@pytest.mark.parametrize("relationship_types", TIGHT, ids=lambda each: json.dumps(each)[:60])
@pytest.mark.parametrize("start", [["a"], ["a", "a", "a"]], ids=len)
def test_tight_bounds_are_kept(relationship_types: dict[str, object], start: list[str]) -> None:
    people = completed(graph(relationship_types), *start)
    check(people)
    assert len(people.records) <= 30


BOUNDS = st.sampled_from(["0..*", "0..1", "1", "1..*", "0..2", "1..2", "2..5", "3", "2..*"])
TYPES = st.sampled_from(["a", "b", "c"])


@st.composite
def relationship_types(draw: st.DrawFn) -> dict[str, object]:
    found: dict[str, object] = {}
    for number in range(draw(st.integers(1, 4))):
        from_, to = draw(TYPES), draw(TYPES)
        bounds = {"from": draw(BOUNDS), "to": draw(BOUNDS)}
        if from_ == to and draw(st.booleans()):
            bounds["to"] = bounds["from"]
            found[f"r{number}"] = {"from": from_, "to": to, "cardinality": bounds, "symmetric": True}
        else:
            found[f"r{number}"] = {"from": from_, "to": to, "cardinality": bounds}
    return found


@settings(max_examples=60, deadline=None)
@given(relationship_types(), st.lists(TYPES, min_size=1, max_size=4))
def test_any_bounds_are_kept_or_out_of_reach(types: dict[str, object], start: list[str]) -> None:
    try:
        people = completed(graph(types), *start)
    except OutOfReach:
        assume(False)
    check(people)


def test_what_no_number_of_records_can_keep_is_out_of_reach() -> None:
    impossible = {
        "r": {"from": "a", "to": "b", "cardinality": {"from": 1, "to": 2}},
        "s": {"from": "a", "to": "b", "cardinality": {"from": 1, "to": 1}},
    }
    with pytest.raises(OutOfReach, match=f"more than {MOST_RECORDS:,} records"):
        completed(graph(impossible), "a")


# ---- values ----


def object_type(id_: Id, *attributes: Attribute) -> ObjectType:
    it = graph({"r": {"from": "a", "to": "b"}}).object_types["a"]
    return it._replace(id=id_, attributes=attributes)


def attribute(kind: AttributeKind, **more: object) -> Attribute:
    plain = Attribute("x", kind, (), True, MISSING, None, None, 18, 4, True, NOWHERE)
    return plain._replace(**more)


@pytest.mark.parametrize("id_", [Id("string", 255), Id("string", 3), Id("uuid", None), Id("integer", None)])
def test_the_id_of_a_lower_number_comes_first(id_: Id) -> None:
    it = object_type(id_)
    ids = [id_of(it, number) for number in range(1, 1_500)]
    assert ids == sorted(ids, key=lambda each: each.encode() if isinstance(each, str) else each)
    assert len(set(ids)) == len(ids)
    assert all(len(str(each)) <= (id_.max_length or 36) for each in ids)


@pytest.mark.parametrize(
    "it",
    [
        attribute("boolean"),
        attribute("enum", values=("x", "y", "z")),
        attribute("string", max_length=1),
        attribute("string", max_length=255),
        attribute("text"),
        attribute("decimal", precision=2, scale=2),
        attribute("decimal"),
        attribute("integer"),
        attribute("number"),
        attribute("date"),
        attribute("datetime"),
        attribute("uuid"),
        attribute("json"),
    ],
    ids=lambda it: it.kind,
)
def test_there_are_as_many_values_as_are_said(it: Attribute) -> None:
    number = min(supply(object_type(Id("uuid", None), it)), 2_000)
    assert len({value_of(it, each) for each in range(number)}) == number


def test_records_beyond_the_supply_of_values_are_refused() -> None:
    it = graph({"r": {"from": "a", "to": "b"}}, a={"id": {"max_length": 1}})
    people = Population(it, roles_of(it, {}), Counter())
    for _ in range(35):
        people.add("a")
    with pytest.raises(OutOfValues, match="too few different values for records of type `a`"):
        people.add("a")
