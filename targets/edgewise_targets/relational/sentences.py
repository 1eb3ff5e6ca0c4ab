"""What databases hold besides bounds, in sentences: for comments, messages and readers of `rules.json`."""

from __future__ import annotations

from edgewise.catalog import Attribute, End, RelationshipType
from edgewise.graph import Graph
from edgewise.sentences import with_article


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
