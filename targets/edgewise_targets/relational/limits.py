"""How many links each record may have: every bound that is stated, and what a database holds it by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from edgewise.catalog import Bounds, End, EndKey, RelationshipType
from edgewise.graph import Graph
from edgewise_targets.relational.dialect import Dialect
from edgewise_targets.relational.names import Naming, cut
from edgewise_targets.relational.plan import Enforcement
from edgewise_targets.relational.storage import is_required, links

_KEYS = (None, 1)
VIOLATIONS = "edgewise_violation"


class Limit(NamedTuple):
    """Each record at the end `counted` has at least, or at most, `number` links, as the bound of `end` says.

    `name` is that of the constraint or trigger, or the view to ask; it is empty where nothing can hold it,
    and `reason` says why.
    """

    kind: Literal["max", "min"]
    end: End
    counted: End
    number: int
    enforced_by: Enforcement
    name: str
    reason: str | None = None

    @property
    def bounds(self) -> Bounds:
        """The limit alone, without what else the bound says."""
        return Bounds(0, self.number) if self.kind == "max" else Bounds(self.number, None)


def limits(graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect) -> Iterator[Limit]:
    """Yield the limits of a stored relationship type; the two ends of a symmetric one say the same."""
    for end in (relationship.to,) if relationship.symmetric else (relationship.to, relationship.from_):
        if end.bounds.max is not None:
            yield _maximum(graph, relationship, end, end.bounds.max, naming, dialect)
        if end.bounds.min:
            yield minimum(graph, relationship, end, naming, dialect)


def are_keys_enough(relationship: RelationshipType) -> bool:
    """Tell at a glance that keys hold every limit, as they do of nearly all relationship types."""
    (from_min, from_max), (to_min, to_max) = relationship.from_.bounds, relationship.to.bounds
    return not (from_min or to_min or relationship.symmetric) and from_max in _KEYS and to_max in _KEYS


def limit_name(relationship: RelationshipType, kind: str, end: EndKey, naming: Naming) -> str:
    """Return what the constraint or trigger of a limit is called."""
    ending = kind if relationship.symmetric else f"{end}_{kind}"
    return cut(f"{naming.whole(relationship)}_{ending}")


def _maximum(  # noqa: PLR0917 - what is said, and all that it depends on
    graph: Graph, relationship: RelationshipType, end: End, most: int, naming: Naming, dialect: Dialect
) -> Limit:
    counted = relationship.other(end)
    name = limit_name(relationship, "max", end.key, naming)
    if most > 1:
        return Limit("max", end, counted, most, "trigger", name)
    is_column = naming.is_column(relationship)
    if is_column and links(graph, relationship, naming).holder == counted:
        # A column holds one value, and each record has one row.
        name = cut(f"{naming.whole(graph.object_type(counted))}_pkey")
        return Limit("max", end, counted, most, "constraint", dialect.primary_key(name))
    is_primary = end.key == "to" and not relationship.symmetric and not is_column
    if is_primary:
        name = dialect.primary_key(name)
    return Limit("max", end, counted, most, "constraint", name)


def minimum(
    graph: Graph, relationship: RelationshipType, end: End, naming: Naming, dialect: Dialect
) -> Limit:
    """Return what holds the minimum of an end."""
    counted, least = relationship.other(end), end.bounds.min
    if graph.object_type(counted).external:
        reason = "its records are kept elsewhere, and which there are is not known here"
        return Limit("min", end, counted, least, "none", "", reason)
    kept = links(graph, relationship, naming)
    if kept.holder == counted and is_required(relationship):
        return Limit("min", end, counted, least, "constraint", kept.column(end.key))
    if dialect.defers:
        return Limit("min", end, counted, least, "trigger", limit_name(relationship, "min", end.key, naming))
    return Limit("min", end, counted, least, "query", VIOLATIONS)
