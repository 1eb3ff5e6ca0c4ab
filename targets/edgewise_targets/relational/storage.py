"""Where links are kept: in a table of their own, or in a column of the records at one end."""

from __future__ import annotations

from typing import NamedTuple

from edgewise.catalog import End, EndKey, RelationshipType
from edgewise.graph import Graph
from edgewise_targets.relational.names import Naming, cut
from edgewise_targets.relational.plan import OnDelete


class Links(NamedTuple):
    """Rows of `table`, each of which relates the ids in two of its columns; null in either is no link.

    `holder` is the end whose records hold the links in a column of theirs, None where the links have a table.
    """

    table: str
    from_column: str
    to_column: str
    holder: End | None = None

    def column(self, end: EndKey) -> str:
        """Return the column with the ids of an end."""
        return self.from_column if end == "from" else self.to_column


def links(graph: Graph, relationship: RelationshipType, naming: Naming) -> Links:
    """Return where the links of a stored relationship type are."""
    if not naming.is_column(relationship):
        return Links(naming.table(relationship), "from_id", "to_id")
    holder = holding_end(relationship)
    table, column = naming.table(graph.object_type(holder)), column_name(graph, relationship)
    return Links(table, "id", column, holder) if holder.key == "from" else Links(table, column, "id", holder)


def holding_end(relationship: RelationshipType) -> End:
    """Return the end whose records have at most one link; `to` where both have."""
    return relationship.to if relationship.from_.bounds.is_single else relationship.from_


def column_name(graph: Graph, relationship: RelationshipType) -> str:
    """Return the name of the column: after the way to walk from the record that holds it."""
    if holding_end(relationship).key == "from":
        return cut(f"{relationship.name}_id")
    return cut(f"{relationship.inverse or graph.object_type(relationship.from_).identifier}_id")


def is_required(relationship: RelationshipType) -> bool:
    """Tell whether each record that holds the column has a link, so that it is never null."""
    return relationship.other(holding_end(relationship)).bounds.min > 0


def on_delete_of_column(relationship: RelationshipType) -> OnDelete:
    """Return what becomes of the column when the record that it names is deleted."""
    named = relationship.other(holding_end(relationship))
    return "restrict" if named.on_delete == "restrict" or is_required(relationship) else "set null"


def becomes_null(graph: Graph, relationship: RelationshipType) -> bool:
    """Tell whether the database empties the column of itself."""
    named = relationship.other(holding_end(relationship))
    return not graph.object_type(named).external and on_delete_of_column(relationship) == "set null"


def why_no_column(graph: Graph, relationship: RelationshipType) -> str | None:
    """Say why links cannot be kept in a column, as the end of a sentence; None where they can."""
    holder = holding_end(relationship)
    if relationship.symmetric:
        return "it is symmetric"
    if relationship.is_many_to_many():
        return "it is many to many"
    if relationship.attributes:
        return "its links have attributes"
    if graph.object_type(holder).external:
        return f"`{holder.object_type}` is external and has no table"
    if holder.on_delete == "restrict":
        return f"a link in a column goes with its `{holder.object_type}`, which `on_delete` forbids"
    return None
