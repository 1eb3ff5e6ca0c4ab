"""The rules of a relationship type in sentences, for comments, messages and whoever reads `rules.json`."""

from __future__ import annotations

from edgewise.catalog import Attribute, Bounds, End, RelationshipType
from edgewise.graph import Graph
from edgewise.sentences import sentences, with_article


def limit_sentence(graph: Graph, relationship: RelationshipType, end: End, bounds: Bounds) -> str:
    """Say one limit: "Each order was placed by at most one person."."""
    if bounds == end.bounds:
        return sentences(graph, relationship)[end.key == "from"]
    if end.key == "to":
        return sentences(graph, relationship._replace(to=end._replace(bounds=bounds)))[0]
    return sentences(graph, relationship._replace(from_=end._replace(bounds=bounds)))[1]


def no_self_sentence(graph: Graph, relationship: RelationshipType) -> str:
    """Say that no record is related to itself."""
    return f"No {graph.object_type(relationship.to).label} is related to itself by `{relationship.name}`."


def acyclic_sentence(graph: Graph, relationship: RelationshipType) -> str:
    """Say that there are no cycles."""
    label = graph.object_type(relationship.to).label
    return f"Following `{relationship.name}` never leads back to the same {label}."


def symmetric_sentence(relationship: RelationshipType) -> str:
    """Say that a link is kept once, or found from either end."""
    if relationship.is_derived:
        return f"Whatever is related by `{relationship.name}` is so from either end."
    return f"A link of `{relationship.name}` is kept once, with the smaller id in `from_id`."


def references_sentence(graph: Graph, relationship: RelationshipType, end: End) -> str:
    """Say that the records of a link exist."""
    return f"The {graph.object_type(end).label} at `{end.key}` of each link of `{relationship.name}` exists."


def on_delete_sentence(graph: Graph, relationship: RelationshipType, end: End, *, restricts: bool) -> str:
    """Say what becomes of links when a record goes."""
    one = with_article(graph.object_type(end).label)
    if restricts:
        return f"{one[0].upper()}{one[1:]} that has links of `{relationship.name}` cannot be deleted."
    return f"Deleting {one} takes away its links of `{relationship.name}`."


def attribute_sentence(attribute: Attribute, kind: str) -> str:
    """Say what values an attribute of a link may have."""
    if kind == "required":
        return f"`{attribute.name}` has a value."
    if kind == "enum":
        return f"`{attribute.name}` is one of: {', '.join(attribute.values)}."
    return f"`{attribute.name}` has at most {attribute.max_length} characters."
