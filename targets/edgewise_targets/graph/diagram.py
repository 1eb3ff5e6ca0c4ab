"""The picture as plain values: what is drawn and how, whatever language it is written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from edgewise.catalog import ANY_NUMBER, AT_MOST_ONE, Attribute, Bounds, ObjectType, RelationshipType
from edgewise.graph import Graph

Foot = Literal["at most one", "exactly one", "any number", "at least one"]
Overrides = Callable[[ObjectType | RelationshipType], Mapping[str, Any] | None]


class Field(NamedTuple):
    """One line inside a box. `key` is `PK` where it names a record, `UK` where no two records share it."""

    type: str
    name: str
    key: Literal["PK", "UK", ""]


class Box(NamedTuple):
    """An object type."""

    name: str
    fields: tuple[Field, ...]


class Line(NamedTuple):
    """A relationship type: from which box to which, what stands at either end, and what it is called."""

    start: str
    start_foot: Foot
    end: str
    end_foot: Foot
    is_dashed: bool
    label: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """The whole picture, in the catalog's order."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def lower(graph: Graph, overrides: Overrides) -> Diagram:
    """Return the picture of a catalog, less what is left out and the lines that would end there."""
    drawn = {name for name, each in graph.object_types.items() if overrides(each) is not None}
    lines = (
        line_of(each)
        for each in graph.relationship_types.values()
        if overrides(each) is not None and all(end.object_type in drawn for end in each.ends)
    )
    return Diagram(
        boxes=tuple(_box(each) for name, each in graph.object_types.items() if name in drawn),
        lines=tuple(lines),
    )


def _box(object_type: ObjectType) -> Box:
    own_id = Field(object_type.id.kind, "id", "PK")
    return Box(object_type.name, (own_id, *map(_field, object_type.attributes)))


def _field(attribute: Attribute) -> Field:
    return Field(attribute.kind, attribute.name, "UK" if attribute.unique else "")


def line_of(relationship: RelationshipType) -> Line:
    """Return how a relationship type is drawn; derived ones are dashed, as nothing is stored for them."""
    from_, to = relationship.ends
    return Line(
        start=from_.object_type,
        start_foot=_foot(from_.bounds),
        end=to.object_type,
        end_foot=_foot(to.bounds),
        is_dashed=relationship.is_derived,
        label=_label(relationship),
    )


def _foot(bounds: Bounds) -> Foot:
    if bounds.is_single:
        return "exactly one" if bounds.min else "at most one"
    return "at least one" if bounds.min else "any number"


_DRAWN_EXACTLY = frozenset((AT_MOST_ONE, ANY_NUMBER, Bounds(1, 1), Bounds(1, None)))


def _label(relationship: RelationshipType) -> str:
    """Name both directions, and the bounds where a crow's foot cannot show them."""
    names = " / ".join(end.walk for end in relationship.ends if end.walk is not None)
    from_, to = relationship.from_.bounds, relationship.to.bounds
    if _DRAWN_EXACTLY.issuperset((from_, to)):
        return names
    return f"{names} ({from_} to {to})"
