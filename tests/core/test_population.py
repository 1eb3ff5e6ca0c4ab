"""Whether bounds can all hold, against a linear program that knows nothing of circles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from math import prod
from random import Random
from typing import Any

import networkx as nx
import pytest
import yaml
from command import ROOT
from scipy.optimize import linprog

from edgewise import population
from edgewise.catalog import Bounds, RelationshipType
from edgewise.compile import Compilation, check
from edgewise.diagnostics import Code, Diagnostic, Severity
from edgewise.place import Source
from edgewise.population import Cycle, Need, contradictions, needs
from edgewise.project import Project

Manifest = dict[str, Any]
THREE_FILES = ROOT / "tests" / "cases" / "graph" / "contradiction-over-three-files"


def bounds(random: Random, most: int) -> Bounds:
    low = random.randint(0, 2)
    return Bounds(low, None if random.random() < 0.25 else max(1, low) + random.randint(0, most) // 2)


def manifest(random: Random, types: int, relationships: int, most: int = 3) -> Manifest:
    """Return a catalog of stored relationship types between any of so many object types."""
    names = [f"t{number}" for number in range(types)]
    return {
        "object_types": dict.fromkeys(names),
        "relationship_types": {
            f"r{number}": {
                "from": random.choice(names),
                "to": random.choice(names),
                "cardinality": {"from": str(bounds(random, most)), "to": str(bounds(random, most))},
            }
            for number in range(relationships)
        },
    }


def read(data: Manifest) -> Compilation:
    source = Source("schemas/catalog.yaml", json.dumps(data))
    return check([source], Project("/nowhere", ("schemas",), "build", {}, named=True), [])


def stored(data: Manifest) -> list[RelationshipType]:
    graph = read(data).graph
    assert graph is not None
    return list(graph.stored)


def can_hold(relationships: Sequence[RelationshipType]) -> bool:
    """Ask a solver for numbers of records, at least one of each type, and of links that keep all bounds."""
    types = sorted({end.object_type for each in relationships for end in each.ends})
    columns = len(types) + len(relationships)
    rows = []
    for number, each in enumerate(relationships, len(types)):
        for end in each.ends:
            counted = types.index(each.other(end).object_type)
            for bound, sign in ((end.bounds.min, 1), (end.bounds.max, -1)):
                if bound is not None:
                    row = [0] * columns
                    row[counted] += sign * bound
                    row[number] -= sign
                    rows.append(row)
    least = [(1, None)] * len(types) + [(0, None)] * len(relationships)
    return bool(linprog([0] * columns, A_ub=rows, b_ub=[0] * len(rows), bounds=least).status == 0)


def found(relationships: Iterable[RelationshipType]) -> tuple[Cycle, ...]:
    said = contradictions(needs(relationships))
    assert said.open == ()
    return said.cycles


def of(cycle: Sequence[Need]) -> list[RelationshipType]:
    return [each.relationship for each in cycle]


def is_too_much(cycle: Sequence[Need]) -> bool:
    return prod(each.least for each in cycle) > prod(each.most for each in cycle)


def random_catalogs(seed: int, number: int) -> Iterator[list[RelationshipType]]:
    random = Random(seed)
    for _ in range(number):
        yield stored(manifest(random, random.randint(1, 6), random.randint(1, 9)))


@pytest.mark.parametrize("seed", range(4))
def test_the_verdict_is_that_of_a_linear_program(seed: int) -> None:
    verdicts = []
    for catalog in random_catalogs(seed, 500):
        cycles = found(catalog)
        verdicts.append(not cycles)
        assert verdicts[-1] is can_hold(catalog), catalog
        rest = {each.name: each for each in catalog}
        for cycle in cycles:
            for each in of(cycle):
                del rest[each.name]  # no two have one in common
        assert not rest or can_hold(list(rest.values())), "every independent one is told"
    assert 0.2 < sum(verdicts) / len(verdicts) < 0.8


def test_a_circle_is_a_contradiction_and_no_part_of_it_is() -> None:
    lengths = set()
    for catalog in random_catalogs(11, 600):
        for cycle in found(catalog):
            lengths.add(len(cycle))
            assert is_too_much(cycle)
            assert not can_hold(of(cycle))
            for dropped in of(cycle):
                rest = [each for each in of(cycle) if each is not dropped]
                assert not rest or can_hold(rest)
    assert {1, 2, 3} <= lengths


def test_there_is_no_shorter_circle() -> None:
    for catalog in random_catalogs(5, 400):
        cycles = found(catalog)
        shortest = min((len(each) for each in all_circles(catalog) if is_too_much(each)), default=0)
        assert (len(cycles[0]) if cycles else 0) == shortest


def all_circles(relationships: Sequence[RelationshipType]) -> Iterator[list[Need]]:
    """Yield every circle there is, each with those needs that ask for most."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for each in needs(relationships):
        known = graph.get_edge_data(each.here, each.there)
        if known is None or each.least * known["need"].most > known["need"].least * each.most:
            graph.add_edge(each.here, each.there, need=each)
    for circle in nx.simple_cycles(graph):
        yield [
            graph.edges[here, there]["need"]
            for here, there in zip(circle, circle[1:] + circle[:1], strict=True)
        ]


def test_ties_are_told_from_what_is_nearly_one(monkeypatch: pytest.MonkeyPatch) -> None:
    # With so few digits much looks like a tie, and it is the fractions that decide.
    monkeypatch.setattr(population, "_DIGITS", 4)
    monkeypatch.setattr(population, "_TIE", Decimal("1.1"))
    verdicts = []
    random = Random(3)
    for _ in range(300):
        types = random.randint(2, 5)
        data = manifest(random, types, 0)
        for number in range(types):
            high = random.randint(1_000_000, 1_000_002)
            data["relationship_types"][f"r{number}"] = {
                "from": f"t{number}",
                "to": f"t{(number + 1) % types}",
                "cardinality": {
                    "from": f"1..{high}",
                    "to": f"{random.randint(1_000_000, 1_000_002)}..2000000",
                },
            }
        catalog = stored(data)
        circle = [need for need in needs(catalog) if need.end.key == "from"]
        verdicts.append(is_too_much(circle))
        assert bool(found(catalog)) is verdicts[-1]
    assert 0.2 < sum(verdicts) / len(verdicts) < 0.8


@pytest.mark.parametrize(("most", "too_much"), [(999_999_936, True), (999_999_937, False)])
def test_a_circle_of_two_thousand_that_nearly_holds(most: int, too_much: bool) -> None:
    number = 2_000
    data = {
        "object_types": {f"t{each:04}": None for each in range(number)},
        "relationship_types": {
            f"r{each:04}": {
                "from": f"t{each:04}",
                "to": f"t{(each + 1) % number:04}",
                "cardinality": {
                    "from": f"1..{most if each == 7 else 999_999_937}",
                    "to": "999999937",
                },
            }
            for each in range(number)
        },
    }
    cycles = found(stored(data))
    assert [len(each) for each in cycles] == ([number] if too_much else [])


def contradicted(data: Manifest) -> list[Diagnostic]:
    return [each for each in read(data).diagnostics if each.code is Code.UNSATISFIABLE_BOUNDS]


CHANGE = re.compile(r'- .* of `(from|to)` of `(\w+)` to .*: `\1: "?([0-9.*]+)"?`')


def test_each_change_that_is_named_makes_the_catalog_pass() -> None:
    random = Random(9)
    tried = 0
    for _ in range(400):
        data = manifest(random, random.randint(1, 5), random.randint(1, 6))
        told = contradicted(data)
        if len(told) != 1 or not told[0].help.startswith("change one of them:"):
            continue
        changes = CHANGE.findall(told[0].help)
        assert len(changes) == told[0].help.count("\n") > 0
        for end, name, text in changes:
            changed = json.loads(json.dumps(data))
            changed["relationship_types"][name]["cardinality"][end] = text
            assert contradicted(changed) == [], (told[0].help, data)
            tried += 1
    assert tried > 100


def test_each_change_of_the_example_over_three_files_makes_it_pass() -> None:
    data: Manifest = {"object_types": {}, "relationship_types": {}}
    for path in sorted(THREE_FILES.glob("input/schemas/*.yaml")):
        for section, declared in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            data[section].update(declared)
    (told,) = contradicted(data)
    changes = CHANGE.findall(told.help)
    assert len(changes) == 6
    for end, name, text in changes:
        changed = json.loads(json.dumps(data))
        changed["relationship_types"][name]["cardinality"][end] = text
        assert contradicted(changed) == []


def test_where_no_single_change_is_enough_it_says_so() -> None:
    # Either of `b` and `c` contradicts `a`, and only one contradiction with `a` is told.
    data = {
        "object_types": {"x": None, "y": None},
        "relationship_types": {
            "a": {"from": "x", "to": "y", "cardinality": {"from": "1..2", "to": "12..13"}},
            "b": {"from": "x", "to": "y", "cardinality": {"from": "2..3", "to": "2"}},
            "c": {"from": "x", "to": "y", "cardinality": {"from": "2..3", "to": "2"}},
        },
    }
    told = contradicted(data)
    assert len(told) == 1
    changes = CHANGE.findall(told[0].help)
    assert {name for _, name, _ in changes} == {"a"}, "a change of the other one leaves the third"


def test_what_is_not_found_out_in_time_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(population, "_MOST_LOOKS", 3)
    two_ways = {"cardinality": {"from": "1..2", "to": "1..2"}}
    data = {
        "object_types": {"x": None, "y": None},
        "relationship_types": {
            f"r{each}": {"from": "x", "to": "y", "inverse": f"i{each}", **two_ways} for each in range(9)
        },
    }
    (told,) = contradicted(data)
    assert told.severity is Severity.WARNING
    assert told.message == "whether the bounds between `x` and `y` can all hold was not found out in time"
