"""Where records and links are kept, as the database itself says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from edgewise.catalog import EndKey
from edgewise.graph import Graph
from edgewise_targets.relational.proof.connection import Connection


class Kept(NamedTuple):
    """Where links are: the ids of each in two columns of a table.

    `holder` is the end whose records have the link in a column of theirs, which `is_required` says is never
    empty; None where links have a table.
    """

    table: str
    from_column: str
    to_column: str
    holder: EndKey | None = None
    is_required: bool = False

    def column(self, key: EndKey) -> str:
        """Return the column with the ids of an end."""
        return self.from_column if key == "from" else self.to_column

    @property
    def held(self) -> EndKey:
        """The end whose ids stand in a column of the others' records."""
        return "from" if self.holder == "to" else "to"


class Layout(NamedTuple):
    """The tables of object types that have one, and where the links of stored types are, by name."""

    tables: Mapping[str, str]
    links: Mapping[str, Kept]

    @property
    def in_row(self) -> Mapping[str, EndKey]:
        """The end whose records cannot be without their link, of each relationship type that has one."""
        return {name: each.holder for name, each in self.links.items() if each.holder and each.is_required}


_TABLES = "SELECT name, table_name FROM edgewise_object_type WHERE table_name IS NOT NULL"
_LINKS = """
    SELECT name, table_name, from_column, to_column
    FROM edgewise_relationship_type WHERE from_column IS NOT NULL
"""


def read_layout(graph: Graph, connection: Connection) -> Layout:
    """Ask a database where it keeps what."""
    return Layout(
        {str(name): str(table) for name, table in connection.rows(_TABLES)},
        {name: _kept(graph, name, *columns) for name, *columns in connection.rows(_LINKS)},
    )


def _kept(graph: Graph, name: str, table: str, from_column: str, to_column: str) -> Kept:
    """Tell a table of links from one of records, whose own ids are in a column of that name."""
    relationship = graph.relationship_types[name]
    if from_column == "id":
        return Kept(table, from_column, to_column, "from", relationship.to.bounds.min > 0)
    if to_column == "id":
        return Kept(table, from_column, to_column, "to", relationship.from_.bounds.min > 0)
    return Kept(table, from_column, to_column)
