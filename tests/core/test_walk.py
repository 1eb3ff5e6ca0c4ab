"""What derived relationship types walk, and how many records they reach, held against small populations."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from any_catalog import source
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.catalog import ANY_NUMBER, AT_MOST_ONE, Bounds
from edgewise.compile import check
from edgewise.diagnostics import Code
from edgewise.graph import Graph
from edgewise.project import Project
from edgewise.walk import LARGEST_BOUND, compose

PROJECT = Project("/nowhere", ("schemas",), "build", {}, named=True)
Pairs = frozenset[tuple[int, int]]


def graph_of(relationships: dict[str, Any], *object_types: str) -> Graph:
    data = {"object_types": dict.fromkeys(object_types or ("a",)), "relationship_types": relationships}
    graph = check([source(data)], PROJECT, ()).graph
    assert graph is not None
    return graph


def codes(graph_data: dict[str, Any], *object_types: str) -> list[Code]:
    data = {"object_types": dict.fromkeys(object_types or ("a",)), "relationship_types": graph_data}
    found = check([source(data)], PROJECT, ()).diagnostics
    return sorted(
        (each.code for each in found if each.code is not Code.NO_DESCRIPTION), key=lambda code: code.number
    )


def stored(from_: str = "a", to: str = "a", **keys: Any) -> dict[str, Any]:
    return {"from": from_, "to": to, "cardinality": "many_to_many", **keys}


# ---- how many ----


@pytest.mark.parametrize(
    ("first", "second", "second_back", "expected"),
    [
        (AT_MOST_ONE, AT_MOST_ONE, 1, AT_MOST_ONE),
        (Bounds(1, 1), Bounds(1, 1), 1, Bounds(1, 1)),
        (ANY_NUMBER, AT_MOST_ONE, None, ANY_NUMBER),
        (AT_MOST_ONE, ANY_NUMBER, None, ANY_NUMBER),
        (Bounds(0, 3), Bounds(2, 5), None, Bounds(0, 15)),
        (Bounds(2, 3), Bounds(0, 5), None, Bounds(0, 15)),
        (Bounds(2, 2), Bounds(2, 2), 1, Bounds(4, 4)),  # nobody has two parents' children twice
        (Bounds(2, 2), Bounds(2, 2), 2, Bounds(2, 4)),
        (Bounds(2, 2), Bounds(2, 2), None, Bounds(2, 4)),
        (Bounds(3, 3), Bounds(2, 2), 2, Bounds(3, 6)),
        (Bounds(3, 4), Bounds(3, 4), 2, Bounds(5, 16)),  # nine links to records that have at most two each
        (Bounds(1, 4), Bounds(3, 4), 2, Bounds(3, 16)),
        (Bounds(0, 40_000), Bounds(0, 40_000), None, ANY_NUMBER),
        (Bounds(40_000, 40_000), Bounds(40_000, 40_000), 1, Bounds(LARGEST_BOUND, None)),
    ],
)
def test_bounds_of_two_steps(
    first: Bounds, second: Bounds, second_back: int | None, expected: Bounds
) -> None:
    assert compose(first, second, second_back) == expected


sizes = st.integers(1, 4)


@st.composite
def populations(draw: st.DrawFn) -> tuple[list[int], list[Pairs]]:
    """Give the numbers of records of several object types, and links from each type to the next."""
    numbers = draw(st.lists(sizes, min_size=3, max_size=4))
    links = []
    for here, there in pairwise(numbers):
        every = [(a, b) for a in range(here) for b in range(there)]
        links.append(draw(st.frozensets(st.sampled_from(every))))
    return numbers, links


def counted(pairs: Pairs, here: int, end: int) -> list[int]:
    return [sum(pair[end] == record for pair in pairs) for record in range(here)]


def tight(counts: Iterable[int]) -> str:
    """Write the bounds that just hold; nothing at all cannot be written."""
    counts = list(counts)
    return f"{min(counts)}..{max(*counts, 1)}"


@settings(max_examples=300, deadline=None)
@given(populations())
def test_the_bounds_of_a_chain_hold_in_every_population(population: tuple[list[int], list[Pairs]]) -> None:
    """Bounds that just hold for each step give bounds that hold for all of them together."""
    numbers, links = population
    types = [f"t{number}" for number in range(len(numbers))]
    relationships: dict[str, Any] = {"all": {"via": [f"r{number}" for number in range(len(links))]}}
    for number, pairs in enumerate(links):
        to, from_ = counted(pairs, numbers[number], 0), counted(pairs, numbers[number + 1], 1)
        cardinality = {"from": tight(from_), "to": tight(to)}
        relationships[f"r{number}"] = stored(types[number], types[number + 1], cardinality=cardinality)
    found = graph_of(relationships, *types).relationship_types["all"]
    assert [end.object_type for end in found.ends] == [types[0], types[-1]]
    reached = links[0]
    for pairs in links[1:]:
        reached = frozenset((a, c) for a, b in reached for b_, c in pairs if b == b_)
    holds(found.to.bounds, counted(reached, numbers[0], 0))
    holds(found.from_.bounds, counted(reached, numbers[-1], 1))


def holds(bounds: Bounds, counts: Iterable[int]) -> None:
    for count in counts:
        assert bounds.min <= count
        assert bounds.max is None or count <= bounds.max


@settings(max_examples=300, deadline=None)
@given(sizes, st.data(), st.booleans(), st.integers(2, 3))
def test_the_bounds_of_a_round_trip_hold(
    number: int, data: st.DataObject, reflexive: bool, steps: int
) -> None:
    """Where one comes back to where one began, self pairs are left out unless they are wanted."""
    every = [(a, b) for a in range(number) for b in range(number)]
    pairs = data.draw(st.frozensets(st.sampled_from(every)))
    cardinality = {"from": tight(counted(pairs, number, 1)), "to": tight(counted(pairs, number, 0))}
    names = data.draw(st.lists(st.sampled_from(["r", "back"]), min_size=steps, max_size=steps))
    found = graph_of(
        {
            "r": stored(cardinality=cardinality, inverse="back", reflexive=True),
            "all": {"via": names, "reflexive": reflexive},
        }
    ).relationship_types["all"]
    ways = {"r": pairs, "back": frozenset((b, a) for a, b in pairs)}
    reached = ways[names[0]]
    for name in names[1:]:
        reached = frozenset((a, c) for a, b in reached for b_, c in ways[name] if b == b_)
    reached = frozenset((a, b) for a, b in reached if reflexive or a != b)
    holds(found.to.bounds, counted(reached, number, 0))
    holds(found.from_.bounds, counted(reached, number, 1))


def test_bounds_that_nobody_could_write_are_any_number() -> None:
    relationships: dict[str, Any] = {"d0": stored(cardinality={"from": 999_999_999, "to": "2..3"})}
    relationships |= {f"d{n}": {"via": [f"d{n - 1}"] * 16} for n in range(1, 60)}
    graph = graph_of(relationships)
    last = graph.relationship_types["d59"]
    assert (last.from_.bounds.max, last.to.bounds) == (None, Bounds(0, None))
    assert last.from_.bounds.min <= LARGEST_BOUND
    assert len(graph.hash) == 64


# ---- which way ----


def test_steps_are_names_and_inverse_names_of_what_is_reached() -> None:
    graph = graph_of(
        {
            "parent": stored("person", "person", cardinality={"from": "0..*", "to": "2"}, inverse="child"),
            "lives_in": stored("person", "house", cardinality="many_to_one", inverse="houses"),
            "friend": stored("person", "person", symmetric=True),
            "grandparent": {"via": ["parent", "parent"], "inverse": "grandchild"},
            "sibling": {"via": ["parent", "child"]},
            "great": {"via": ["grandparent", "parent"]},
            "neighbour": {"via": ["lives_in", "houses"]},
            "known_in": {"from": "house", "via": ["houses", "friend", "friend"]},
            "cousin": {"from": "person", "via": ["grandparent", "grandchild"]},
        },
        "person",
        "house",
    )
    assert {
        each.name: [(step.name, step.arrival.object_type) for step in graph.steps(each)]
        for each in graph.derived
    } == {
        "cousin": [("grandparent", "person"), ("grandchild", "person")],
        "grandparent": [("parent", "person"), ("parent", "person")],
        "great": [("grandparent", "person"), ("parent", "person")],
        "known_in": [("houses", "person"), ("friend", "person"), ("friend", "person")],
        "neighbour": [("lives_in", "house"), ("houses", "person")],
        "sibling": [("parent", "person"), ("child", "person")],
    }
    assert graph.relationship_types["grandparent"].to.bounds == Bounds(1, 4)


def test_a_chain_longer_than_python_goes_deep() -> None:
    relationships: dict[str, Any] = {"d0": stored()}
    relationships |= {f"d{n}": {"via": [f"d{n - 1}", "d0"]} for n in range(1, 3_000)}
    graph = graph_of(relationships)
    assert len(graph.relationship_types) == 3_000
    assert list(graph.without([("relationship_types", "d7")]).relationship_types) == sorted(
        f"d{n}" for n in range(7)
    )


@pytest.mark.parametrize(
    ("derived", "expected"),
    [
        ({"d": {"via": ["r", "nowhere"]}}, [Code.UNKNOWN_STEP]),
        ({"d": {"via": ["nowhere", "r"]}}, [Code.UNKNOWN_STEP]),
        ({"d": {"via": ["r", "d"]}}, [Code.DERIVATION_GOES_ROUND]),
        ({"d": {"via": ["d", "r"]}}, [Code.DERIVATION_GOES_ROUND]),
        ({"d": {"via": ["r", "back"], "inverse": "back"}}, [Code.DERIVATION_GOES_ROUND]),
        ({"d": {"via": ["r", "e"]}, "e": {"via": ["r", "d"]}}, [Code.DERIVATION_GOES_ROUND]),
        (
            {"d": {"via": ["r", "e"]}, "e": {"via": ["r", "f"]}, "f": {"via": ["d", "r"]}},
            [Code.DERIVATION_GOES_ROUND],
        ),
        # What needs something wrong has no mistake of its own.
        (
            {"d": {"via": ["r", "nowhere"]}, "e": {"via": ["d", "r"]}, "f": {"via": ["r", "e"]}},
            [Code.UNKNOWN_STEP],
        ),
        ({"d": {"via": ["r", "d"]}, "e": {"via": ["d", "r"]}}, [Code.DERIVATION_GOES_ROUND]),
        ({"d": {"via": ["lost", "r"]}, "lost": stored("a", "nowhere")}, [Code.UNKNOWN_OBJECT_TYPE]),
        (
            {"d": {"via": ["r", "tsol"]}, "lost": stored("nowhere", "a", inverse="tsol")},
            [Code.UNKNOWN_OBJECT_TYPE],
        ),
        # Two circles are two mistakes, each in its own order of names.
        (
            {"d": {"via": ["e", "r"]}, "e": {"via": ["d", "r"]}, "g": {"via": ["g", "r"]}},
            [Code.DERIVATION_GOES_ROUND] * 2,
        ),
    ],
)
def test_steps_that_lead_nowhere_and_round(derived: dict[str, Any], expected: list[Code]) -> None:
    assert codes({"r": stored(), **derived}) == expected
    assert codes({**dict(reversed(derived.items())), "r": stored()}) == expected


def test_an_ambiguous_walk_is_told_once_and_breaks_nothing() -> None:
    """A walk of two meanings is followed in one of them, the same all the way; that was a crash once."""
    relationships = {
        "x": stored("a", "b"),
        "n": stored("b", "c"),
        "ca": stored("c", "a"),
        "aa_d": {"via": ["n", "ca"], "inverse": "x"},  # it leads from `b` to `a`, so that `x` leads back
        "z": {"from": "a", "via": ["x", "n"]},
        "broken": {**stored("a", "b"), "lable": "x"},
    }
    assert codes(relationships, "a", "b", "c") == [Code.UNKNOWN_KEY, Code.AMBIGUOUS_WALK]
    graph = graph_of(relationships, "a", "b", "c")
    assert [step.name for step in graph.steps(graph.relationship_types["z"])] == ["x", "n"]
    without = graph.without([("relationship_types", "broken")])
    assert set(without.relationship_types) == set(relationships) - {"broken"}


# ---- less of it ----


def test_without_takes_what_cannot_be_without() -> None:
    graph = graph_of(
        {
            "r": stored("a", "b"),
            "s": stored("b", "c"),
            "t": stored("c", "c"),
            "rs": {"via": ["r", "s"]},
            "rst": {"via": ["rs", "t"]},
            "tt": {"via": ["t", "t"]},
        },
        "a",
        "b",
        "c",
    )
    left = {
        (): {"r", "s", "t", "rs", "rst", "tt"},
        (("relationship_types", "t"),): {"r", "s", "rs"},
        (("relationship_types", "rs"),): {"r", "s", "t", "tt"},
        (("object_types", "a"),): {"s", "t", "tt"},
        (("object_types", "c"),): {"r"},
        (("groups", "a"), ("relationship_types", "nowhere")): {"r", "s", "t", "rs", "rst", "tt"},
    }
    for subjects, expected in left.items():
        without = graph.without(subjects)
        assert set(without.relationship_types) == expected
        assert list(without.relationship_types) == sorted(expected)
        assert {
            each.name for each in without.network.edges.values() for each in [each["relationship"]]
        } == expected
    assert graph.without(()) is graph
    assert set(graph.relationship_types) == left[()]
