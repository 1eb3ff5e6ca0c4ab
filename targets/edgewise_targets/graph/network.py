"""The graph itself, for programs that draw or search it: nodes and edges, with all that is stated of them.

What `edgewise list --format json` tells declaration by declaration stands here as flat attributes, so that
GraphML can hold the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from edgewise.catalog import Attribute, Deprecation, ObjectType, RelationshipType
from edgewise.graph import Graph
from edgewise.sentences import sentences
from edgewise.target import json_bytes

Values = Mapping[str, Any]
"""Texts, whole numbers, booleans, lists of JSON's values, and None where nothing is stated."""


class Edge(NamedTuple):
    """A relationship type; `key` is its name, since several may relate the same two object types."""

    source: str
    target: str
    key: str
    values: Values


class Network(NamedTuple):
    """Object types by name, and the relationship types between them, in the catalog's order."""

    nodes: Mapping[str, Values]
    edges: tuple[Edge, ...]


def lower(graph: Graph) -> Network:
    """Return the nodes and edges of a catalog, or of a part of one."""
    return Network(
        nodes={name: _node(each) for name, each in graph.object_types.items()},
        edges=tuple(_edge(graph, each) for each in graph.relationship_types.values()),
    )


def print_json(network: Network) -> str:
    """Return the whole file: data for networkx's `node_link_graph(data, edges="edges")`."""
    data = {
        "version": 1,
        "directed": True,
        "multigraph": True,
        "graph": {},
        "nodes": [{"id": name, **values} for name, values in network.nodes.items()],
        "edges": [
            {"source": edge.source, "target": edge.target, "key": edge.key, **edge.values}
            for edge in network.edges
        ],
    }
    return json_bytes(data).decode()


def _node(each: ObjectType) -> Values:
    return {
        "label": each.label,
        "plural": each.plural,
        "description": each.description,
        "id_type": each.id.kind,
        "id_max_length": each.id.max_length,
        "attributes": [_attribute(attribute) for attribute in each.attributes],
        "external": each.external,
        "built_in": each.built_in,
        **_common(each),
    }


def _edge(graph: Graph, each: RelationshipType) -> Edge:
    from_, to = each.ends
    sentence, inverse_sentence = sentences(graph, each)
    values = {
        "label": each.label,
        "description": each.description,
        "sentence": sentence,
        "inverse": each.inverse,
        "inverse_label": to.label,
        "inverse_description": each.inverse_description,
        "inverse_sentence": inverse_sentence,
        "from_min": from_.bounds.min,
        "from_max": from_.bounds.max,
        "to_min": to.bounds.min,
        "to_max": to.bounds.max,
        "cardinality": each.cardinality,
        "symmetric": each.symmetric,
        "reflexive": each.reflexive,
        "acyclic": each.acyclic,
        "derived": each.is_derived,
        "via": list(each.via),
        "role": each.role,
        "group": each.group,
        "from_on_delete": from_.on_delete,
        "to_on_delete": to.on_delete,
        "attributes": [_attribute(attribute) for attribute in each.attributes],
        **_common(each),
    }
    return Edge(from_.object_type, to.object_type, each.name, values)


def _common(each: ObjectType | RelationshipType) -> Values:
    deprecation = each.deprecated or Deprecation(None, None, None)
    return {
        "deprecated": each.deprecated is not None,
        "deprecated_since": deprecation.since,
        "deprecated_reason": deprecation.reason,
        "replaced_by": deprecation.replaced_by,
        "owner": each.owner,
        "tags": list(each.tags),
        "renamed_from": each.renamed_from,
    }


def _attribute(attribute: Attribute) -> Values:
    default = {"default": attribute.default} if attribute.has_default else {}
    is_decimal = attribute.kind == "decimal"
    return {
        "name": attribute.name,
        "type": attribute.kind,
        "values": list(attribute.values),
        "required": attribute.required,
        "unique": attribute.unique,
        "max_length": attribute.max_length,
        "precision": attribute.precision if is_decimal else None,
        "scale": attribute.scale if is_decimal else None,
        **default,
        "description": attribute.description,
    }
