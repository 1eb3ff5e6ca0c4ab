"""The graph for programs: GraphML as networkx reads it, and JSON, both held against the graph."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import networkx as nx
import pytest
from pictures import drawn, samples

from edgewise.catalog import Attribute, ObjectType, RelationshipType
from edgewise.graph import Graph
from edgewise.sentences import sentences
from edgewise_targets.graph import TARGET

Values = Mapping[str, Any]


def as_json(graph: Graph) -> Any:
    return json.loads(TARGET.pictures["json"](graph))


def read(source: str) -> Any:
    """Read GraphML, whose lists are JSON."""
    found = nx.parse_graphml(source, force_multigraph=True)
    lists = {"attributes", "tags", "via"}
    for _, values in found.nodes(data=True):
        values.update({key: json.loads(value) for key, value in values.items() if key in lists})
    for *_, values in found.edges(data=True):
        values.update({key: json.loads(value) for key, value in values.items() if key in lists})
    return found


def of_object_type(each: ObjectType) -> Values:
    return {
        "label": each.label,
        "plural": each.plural,
        "description": each.description,
        "id_type": each.id.kind,
        "id_max_length": each.id.max_length,
        "attributes": [*map(of_attribute, each.attributes)],
        "external": each.external,
        "built_in": each.built_in,
        **of_any(each),
    }


def of_relationship_type(graph: Graph, each: RelationshipType) -> Values:
    told = sentences(graph, each)
    return {
        "label": each.label,
        "description": each.description,
        "sentence": told[0],
        "inverse": each.inverse,
        "inverse_label": each.to.label,
        "inverse_description": each.inverse_description,
        "inverse_sentence": told[1],
        "from_min": each.from_.bounds.min,
        "from_max": each.from_.bounds.max,
        "to_min": each.to.bounds.min,
        "to_max": each.to.bounds.max,
        "cardinality": each.cardinality,
        "symmetric": each.symmetric,
        "reflexive": each.reflexive,
        "acyclic": each.acyclic,
        "derived": bool(each.via),
        "via": [*each.via],
        "role": each.role,
        "group": each.group,
        "from_on_delete": each.from_.on_delete,
        "to_on_delete": each.to.on_delete,
        "attributes": [*map(of_attribute, each.attributes)],
        **of_any(each),
    }


def of_any(each: ObjectType | RelationshipType) -> Values:
    since, reason, instead = each.deprecated or (None, None, None)
    return {
        "deprecated": each.deprecated is not None,
        "deprecated_since": since,
        "deprecated_reason": reason,
        "replaced_by": instead,
        "owner": each.owner,
        "tags": [*each.tags],
        "renamed_from": each.renamed_from,
    }


def of_attribute(each: Attribute) -> Values:
    told = {
        "name": each.name,
        "type": each.kind,
        "values": [*each.values],
        "required": each.required,
        "unique": each.unique,
        "max_length": each.max_length,
        "precision": each.precision if each.kind == "decimal" else None,
        "scale": each.scale if each.kind == "decimal" else None,
        "description": each.description,
    }
    return told | ({"default": each.default} if each.has_default else {})


def stated(values: Values) -> Values:
    return {key: value for key, value in values.items() if value is not None}


def test_graphml_reads_back_into_networkx_with_all_that_is_stated() -> None:
    for sample in samples():
        graph = sample.graph
        found = read(TARGET.pictures["graphml"](graph))
        assert dict(found.nodes(data=True)) == {
            name: stated(of_object_type(each)) for name, each in graph.object_types.items()
        }, sample.name
        assert list(found) == list(graph.object_types)
        assert {key: (from_, to, values) for from_, to, key, values in found.edges(keys=True, data=True)} == {
            name: (
                each.from_.object_type,
                each.to.object_type,
                stated(of_relationship_type(graph, each)),
            )
            for name, each in graph.relationship_types.items()
        }, sample.name


def test_json_is_the_graph() -> None:
    for sample in samples():
        graph = sample.graph
        assert as_json(graph) == {
            "version": 1,
            "directed": True,
            "multigraph": True,
            "graph": {},
            "nodes": [{"id": name, **of_object_type(each)} for name, each in graph.object_types.items()],
            "edges": [
                {
                    "source": each.from_.object_type,
                    "target": each.to.object_type,
                    "key": name,
                    **of_relationship_type(graph, each),
                }
                for name, each in graph.relationship_types.items()
            ],
        }, sample.name


def test_json_is_what_networkx_takes() -> None:
    for sample in samples():
        found = nx.node_link_graph(as_json(sample.graph), edges="edges")
        assert isinstance(found, nx.MultiDiGraph)
        assert set(found.edges(keys=True)) == set(sample.graph.network.edges(keys=True)), sample.name
        assert list(found) == list(sample.graph.object_types)


BOTH = """
object_types: {a: {}, b: {}}
relationship_types:
  r: {from: a, to: b, cardinality: {from: 0..*, to: 2..5}}
  s: {from: a, to: b, cardinality: one_to_one}
"""


def test_an_unbounded_maximum_is_not_stated() -> None:
    found = read(drawn("graphml", BOTH))
    assert "from_max" not in found.edges["a", "b", "r"]
    assert found.edges["a", "b", "r"]["to_max"] == 5
    assert found.edges["a", "b", "s"]["from_max"] == 1
    edge = json.loads(drawn("json", BOTH))["edges"][0]
    assert (edge["from_max"], edge["to_max"]) == (None, 5)


@pytest.mark.parametrize("language", ["graphml", "json"])
def test_nothing_is_a_graph_too(language: str) -> None:
    source = drawn(language, "groups: {}")
    found = read(source) if language == "graphml" else nx.node_link_graph(json.loads(source), edges="edges")
    assert (len(found), found.is_directed(), found.is_multigraph()) == (0, True, True)
