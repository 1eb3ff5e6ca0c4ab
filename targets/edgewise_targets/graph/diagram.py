"""The picture as plain values: what is drawn and how, whatever language it is written in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from edgewise.catalog import (
    ANY_NUMBER,
    AT_MOST_ONE,
    Attribute,
    Bounds,
    Deprecation,
    ObjectType,
    RelationshipType,
)
from edgewise.graph import Graph
from edgewise.sentences import sentences

Foot = Literal["at most one", "exactly one", "any number", "at least one"]


class Field(NamedTuple):
    """One line inside a box. `key` is `PK` where it names a record, `UK` where no two records share it."""

    type: str
    name: str
    key: Literal["PK", "UK", ""]


class Box(NamedTuple):
    """An object type. `told` is what the manifest says of it, for whoever points there."""

    name: str
    fields: tuple[Field, ...]
    told: str
    is_foreign: bool
    is_deprecated: bool


class Line(NamedTuple):
    """A relationship type: from which box to which, what stands at either end, and what it is called.

    `is_exact` where the feet say all that the bounds do. `names` are those of both directions, `told` what
    it means in sentences, for whoever points there.
    """

    start: str
    start_foot: Foot
    start_bounds: str
    end: str
    end_foot: Foot
    end_bounds: str
    is_exact: bool
    names: str
    told: str
    is_derived: bool
    is_deprecated: bool
    group: str | None


@dataclass(frozen=True, slots=True)
class Diagram:
    """The whole picture, in the catalog's order. `colours` are those of the groups in it, as `#rrggbb`."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    colours: Mapping[str, str]


COLOURS = (
    "#1b7f5c",
    "#b8500a",
    "#5b55a8",
    "#c2257a",
    "#4d7d14",
    "#1f6fb2",
    "#8a6410",
    "#0d7f8c",
    "#a3333d",
    "#7a3f97",
)
"""Colours that can be told apart, and read as text on white. Further groups have none of their own."""


def lower(graph: Graph) -> Diagram:
    """Return the picture of a catalog, or of a part of one."""
    lines = tuple(line(graph, each) for each in graph.relationship_types.values())
    groups = sorted({each.group for each in lines if each.group is not None and not each.is_deprecated})
    return Diagram(
        boxes=tuple(map(_box, graph.object_types.values())),
        lines=lines,
        colours=dict(zip(groups, COLOURS, strict=False)),
    )


# ---- object types ----


def _box(object_type: ObjectType) -> Box:
    own_id = Field(object_type.id.kind, "id", "PK")
    return Box(
        name=object_type.name,
        fields=(own_id, *map(_field, object_type.attributes)),
        told="\n".join((*_said(object_type.description), *_warned(object_type.deprecated))),
        is_foreign=object_type.external or object_type.built_in,
        is_deprecated=object_type.deprecated is not None,
    )


def _field(attribute: Attribute) -> Field:
    return Field(attribute.kind, attribute.name, "UK" if attribute.unique else "")


def _said(description: str | None) -> Iterator[str]:
    if description is not None:
        yield description.strip()


def _warned(deprecation: Deprecation | None) -> Iterator[str]:
    if deprecation is None:
        return
    since = f" since {deprecation.since}" if deprecation.since else ""
    yield f"Deprecated{since}{f': {deprecation.reason}' if deprecation.reason else ''}"
    if deprecation.replaced_by:
        yield f"Use {deprecation.replaced_by}"


# ---- relationship types ----


_DRAWN_EXACTLY = frozenset((AT_MOST_ONE, ANY_NUMBER, Bounds(1, 1), Bounds(1, None)))


def line(graph: Graph, relationship: RelationshipType) -> Line:
    """Return how a relationship type is drawn."""
    from_, to = relationship.ends
    return Line(
        start=from_.object_type,
        start_foot=_foot(from_.bounds),
        start_bounds=str(from_.bounds),
        end=to.object_type,
        end_foot=_foot(to.bounds),
        end_bounds=str(to.bounds),
        is_exact=_DRAWN_EXACTLY.issuperset((from_.bounds, to.bounds)),
        names=_names(relationship),
        told="\n".join(
            (
                *sentences(graph, relationship),
                *_said(relationship.description),
                *_warned(relationship.deprecated),
            )
        ),
        is_derived=relationship.is_derived,
        is_deprecated=relationship.deprecated is not None,
        group=relationship.group,
    )


def _foot(bounds: Bounds) -> Foot:
    """Return the crow's foot that says most of some bounds."""
    if bounds.is_single:
        return "exactly one" if bounds.min else "at most one"
    return "at least one" if bounds.min else "any number"


def _names(relationship: RelationshipType) -> str:
    """Name both directions, as far as they have names."""
    return " / ".join(end.walk for end in relationship.ends if end.walk is not None)
