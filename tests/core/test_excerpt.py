"""Parts of a graph: held against networkx, and what stays of derived and self relationships."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from any_catalog import catalogs, source
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.catalog import ObjectType
from edgewise.compile import check
from edgewise.excerpt import around, kept, of_group
from edgewise.graph import Graph
from edgewise.place import Source
from edgewise.project import Project

PROJECT = Project("/nowhere", ("schemas",), "build", {}, named=True)
# a - b - c - d, a loop at b, a derived one from a to c, and e by itself.
CHAIN = """
object_types: {a: {}, b: {}, c: {}, d: {}, e: {}}
groups: {g: , h: }
relationship_types:
  ab: {from: a, to: b, cardinality: many_to_many, group: g}
  bb: {from: b, to: b, cardinality: many_to_many}
  cb: {from: c, to: b, cardinality: many_to_many, inverse: bc, group: h}
  cd: {from: c, to: d, cardinality: many_to_many, group: g}
  ac: {via: [ab, bc]}
"""


def graph(text: str) -> Graph:
    found = check([Source("a.yaml", text)], PROJECT, ()).graph
    assert found is not None
    return found


def parts(graph: Graph) -> tuple[str, str]:
    return " ".join(graph.object_types), " ".join(graph.relationship_types)


@pytest.mark.parametrize(
    ("name", "depth", "objects", "relationships"),
    [
        ("a", 0, "a", ""),
        ("a", 1, "a b c", "ab ac"),
        ("a", 2, "a b c d", "ab ac bb cb cd"),
        ("d", 1, "c d", "cd"),
        ("d", 2, "a b c d", "ac cb cd"),
        ("d", 99, "a b c d", "ab ac bb cb cd"),
        ("e", 5, "e", ""),
        ("cd", 0, "c d", "cd"),
        ("cd", 1, "a b c d", "ac cb cd"),
        ("bb", 0, "b", "bb"),
    ],
)
def test_what_is_near(name: str, depth: int, objects: str, relationships: str) -> None:
    assert parts(around(graph(CHAIN), name, depth)) == (objects, relationships)


def test_what_is_near_within_a_group() -> None:
    assert parts(around(graph(CHAIN), "a", 9, "g")) == ("a b", "ab")
    assert parts(around(graph(CHAIN), "b", 1, "h")) == ("b c", "cb")
    assert parts(around(graph(CHAIN), "e", 1, "g")) == ("e", "")


def test_a_group_is_its_relationship_types_and_their_ends() -> None:
    assert parts(of_group(graph(CHAIN), "g")) == ("a b c d", "ab cd")
    assert parts(of_group(graph(CHAIN), "h")) == ("b c", "cb")


def test_what_is_kept_has_both_ends_and_a_derived_one_stays_without_its_steps() -> None:
    whole = graph(CHAIN)
    assert kept(whole, lambda _: True) is whole
    assert parts(kept(whole, lambda each: each.name != "ab")) == ("a b c d e", "ac bb cb cd")
    assert parts(kept(whole, lambda each: each.name != "c")) == ("a b d e", "ab bb")


def nearer(graph: Graph, name: str, depth: int, group: str | None) -> tuple[set[str], set[str]]:
    """Find by networkx what is near: what is drawn has an end less than `depth` steps from the start."""
    network: Any = nx.Graph()
    network.add_nodes_from(graph.object_types)
    chosen = {
        key: each for key, each in graph.relationship_types.items() if group is None or each.group == group
    }
    network.add_edges_from((each.from_.object_type, each.to.object_type) for each in chosen.values())
    starts = {name} & set(graph.object_types)
    if name in graph.relationship_types:
        starts |= {end.object_type for end in graph.relationship_types[name].ends}
    far = nx.multi_source_dijkstra_path_length(network, starts)
    lines = {
        key
        for key, each in chosen.items()
        if key == name or min(far.get(end.object_type, depth) for end in each.ends) < depth
    }
    return starts | {key for key, hops in far.items() if hops <= depth}, lines


@settings(max_examples=60, deadline=None)
@given(catalogs(), st.data())
def test_what_is_near_is_what_networkx_finds(catalog: Any, data: st.DataObject) -> None:
    whole = check([source(catalog)], PROJECT, ()).graph
    assert whole is not None
    name = data.draw(st.sampled_from([*whole.object_types, *whole.relationship_types]))
    depth = data.draw(st.integers(0, 4))
    group = data.draw(st.sampled_from([None, "first", "second"]))
    found = around(whole, name, depth, group)
    objects, relationships = nearer(whole, name, depth, group)
    assert (set(found.object_types), set(found.relationship_types)) == (objects, relationships)
    assert list(found.object_types) == [each for each in whole.object_types if each in objects]
    assert all(isinstance(each, ObjectType) for each in found.object_types.values())
    assert all(
        end.object_type in found.object_types
        for each in found.relationship_types.values()
        for end in each.ends
    )
