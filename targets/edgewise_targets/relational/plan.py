"""The relational plan: tables, columns, constraints, indexes and views, in words that all databases share.

Names are as they will stand in the database, not yet quoted, and texts are as they stand in the manifest:
a dialect spells both. Nothing here is particular to one database. The values are named tuples, as those of
the catalog are.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from edgewise.catalog import AttributeKind, Deletion


class ColumnType(NamedTuple):
    """What a column holds. `max_length` counts characters; `precision` and `scale` count decimal digits."""

    kind: AttributeKind
    max_length: int | None = None
    values: tuple[str, ...] = ()
    precision: int = 0
    scale: int = 0


class Column(NamedTuple):
    """A column; a `default` of None is none."""

    name: str
    type: ColumnType
    required: bool = True
    default: Any = None
    comment: str | None = None


class Key(NamedTuple):
    """No two rows have the same values in these columns; a primary one is what the table is looked up by."""

    name: str
    columns: tuple[str, ...]
    primary: bool = False


class Reference(NamedTuple):
    """A column holds the id of a row of another table, and `on_delete` is what happens when that row goes."""

    name: str
    column: str
    table: str
    on_delete: Deletion


class Fits(NamedTuple):
    """The value is one of the column's type; spelled where the database's own type leaves that open."""

    column: Column


class Differ(NamedTuple):
    """Two columns of a row never hold the same."""

    columns: tuple[Column, Column]


class Ordered(NamedTuple):
    """The first column comes before the second, by bytes and never by a language's order."""

    columns: tuple[Column, Column]
    or_equal: bool


class Check(NamedTuple):
    """A condition that each row meets."""

    name: str
    condition: Fits | Differ | Ordered


Constraint = Key | Reference | Check


class Index(NamedTuple):
    """A second way to look rows up; it forbids nothing."""

    name: str
    columns: tuple[str, ...]


class Table(NamedTuple):
    """A table. `comments` are sentences and paragraphs for people."""

    name: str
    comments: tuple[str, ...]
    columns: tuple[Column, ...]
    constraints: tuple[Constraint, ...]
    indexes: tuple[Index, ...] = ()

    @property
    def primary_key(self) -> tuple[Column, ...]:
        """The columns by which a row is looked up."""
        names = next(each.columns for each in self.constraints if isinstance(each, Key) and each.primary)
        return tuple(each for each in self.columns if each.name in names)


class Swapped(NamedTuple):
    """The pairs of `source` seen from the other end, with what else its rows hold."""

    source: str
    attributes: tuple[str, ...]


class BothWays(NamedTuple):
    """The pairs of `source` and the same ones swapped; a pair that is its own swap stands once.

    `is_set` tells that `source` may hold a pair and its swap already, which then stand once too.
    """

    source: str
    attributes: tuple[str, ...]
    with_self: bool
    is_set: bool


class Step(NamedTuple):
    """One step of a composition: rows of `source`, entered by the column `near` and left by `far`."""

    source: str
    near: str
    far: str


class Composed(NamedTuple):
    """The pairs that some steps lead to, each once; `with_self` keeps those that lead back to their start."""

    steps: tuple[Step, ...]
    with_self: bool


class View(NamedTuple):
    """A view of pairs, with the columns `from_id` and `to_id` first."""

    name: str
    comments: tuple[str, ...]
    query: Swapped | BothWays | Composed


class Plan(NamedTuple):
    """All that a database is to hold, each part in the order in which it can be made."""

    catalog: str
    object_tables: tuple[Table, ...]
    link_tables: tuple[Table, ...]
    views: tuple[View, ...]
