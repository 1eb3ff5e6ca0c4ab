"""The relational plan: tables, columns, constraints, indexes and views, in words that all databases share.

Names are as they will stand in the database, not yet quoted, and texts are as they stand in the manifest:
a dialect spells both. Nothing here is particular to one database. The values are named tuples, as those of
the catalog are.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from edgewise.catalog import AttributeKind, Bounds, EndKey

OnDelete = Literal["cascade", "restrict", "set null"]


class ColumnType(NamedTuple):
    """What a column holds. `max_length` counts characters; `precision` and `scale` count decimal digits.

    `is_id` tells that it holds ids of records.
    """

    kind: AttributeKind
    max_length: int | None = None
    values: tuple[str, ...] = ()
    precision: int = 0
    scale: int = 0
    is_id: bool = False


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
    """Columns hold what tells a row of another table from others there.

    `on_delete` is what happens when that row goes: this one goes too, or the other may not, or the columns
    become null. `follows` tells that they change with that row. `later` tells that the other table is made
    after this one.
    """

    name: str
    columns: tuple[str, ...]
    table: str
    on_delete: OnDelete
    their_columns: tuple[str, ...] = ("id",)
    follows: bool = False
    later: bool = False


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


Cell = str | int | bool | None


class Table(NamedTuple):
    """A table. `comments` are sentences and paragraphs for people, `rows` what it holds from the start."""

    name: str
    comments: tuple[str, ...]
    columns: tuple[Column, ...]
    constraints: tuple[Constraint, ...]
    indexes: tuple[Index, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()

    @property
    def primary_key(self) -> tuple[Column, ...]:
        """The columns by which a row is looked up."""
        names = next(each.columns for each in self.constraints if isinstance(each, Key) and each.primary)
        return tuple(each for each in self.columns if each.name in names)


class Maximum(NamedTuple):
    """At most `most` rows of `table` have the same value in `column`; null, where it `is_optional`, is none.

    Two writers who count at once would both find room, so the first has to keep the second waiting:
    `records` is the table with the row whose id is counted, None where the records are external, and `locks`
    a table of ids for that purpose alone, None where the database needs none. Where records at both ends are
    counted and are of one table, `pair` are the columns of both ids: who waits for both has to do so in one
    order.
    """

    name: str
    table: str
    column: str
    most: int
    records: str | None
    locks: str | None
    pair: tuple[str, str] | None
    is_optional: bool
    sentence: str


class Minimum(NamedTuple):
    """Each row of `records` is named by at least `least` rows of `table`, in one of `columns`.

    There are two columns where the relationship is symmetric. It has to hold when a transaction ends. `pair`
    is that of `Maximum`.
    """

    name: str
    table: str
    columns: tuple[str, ...]
    least: int
    records: str
    pair: tuple[str, str] | None
    sentence: str


class Acyclic(NamedTuple):
    """No row leads, over others, from the value of `from_column` back to it.

    Two writers could close a cycle together: the first keeps the second waiting at the row of
    `edgewise_relationship_type` that is called `relationship`.
    """

    name: str
    table: str
    from_column: str
    to_column: str
    relationship: str
    sentence: str


class Members(NamedTuple):
    """For each row of `table` there is a row of `members` for either id, one where both are the same.

    Rows there go with the row that they refer to; a changed one is taken out and put in anew. `rule` is the
    name of the key that allows one row for each id, None where there may be more, and `sentence` says so.
    """

    name: str
    table: str
    members: str
    rule: str | None
    sentence: str


class Apart(NamedTuple):
    """Two columns of a row never hold the same: `Differ`, for a database that cannot say so in a CHECK."""

    name: str
    table: str
    columns: tuple[str, str]
    sentence: str


Trigger = Maximum | Minimum | Acyclic | Members | Apart
"""A rule that no constraint can say. Its name is what an application is told when it refuses something."""


class Held(NamedTuple):
    """The pairs that rows of `table` hold; there is none where either column is null."""

    table: str
    from_column: str
    to_column: str


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
    query: Held | Swapped | BothWays | Composed


class TooMany(NamedTuple):
    """Ids that are in more than `most` of the rows of `pairs`, by `column`; `allowed` is the whole bound."""

    relationship: str
    object_type: str
    pairs: str
    column: str
    most: int
    allowed: Bounds


class Miscounted(NamedTuple):
    """Rows of `records` that are in fewer than `least` or more than `most` of the rows of `pairs`.

    What a key rules out is not asked for: `most` is then None, though no more than `allowed` holds.
    """

    relationship: str
    object_type: str
    pairs: str
    column: str
    records: str
    least: int
    most: int | None
    allowed: Bounds


class Dangling(NamedTuple):
    """Ids in `column` of `pairs` that no row of `records` has."""

    relationship: str
    object_type: str
    pairs: str
    column: str
    records: str


class SelfLinked(NamedTuple):
    """Pairs of a record with itself."""

    relationship: str
    object_type: str
    pairs: str


class Disordered(NamedTuple):
    """Pairs of a symmetric relationship that are the wrong way round; `order` is how they should be."""

    relationship: str
    object_type: str
    pairs: str
    order: Ordered


class Cyclic(NamedTuple):
    """Records that pairs lead back to."""

    relationship: str
    object_type: str
    pairs: str


class OneSided(NamedTuple):
    """Pairs whose swap is not among them."""

    relationship: str
    object_type: str
    pairs: str


Violation = TooMany | Miscounted | Dangling | SelfLinked | Disordered | Cyclic | OneSided
"""A question to the data that finds what breaks a rule. `pairs` has the columns `from_id` and `to_id`."""

RuleKind = Literal[
    "max",
    "min",
    "no_self",
    "acyclic",
    "symmetric",
    "enum",
    "required",
    "max_length",
    "references",
    "on_delete",
]
Enforcement = Literal["constraint", "trigger", "query", "none"]


class Rule(NamedTuple):
    """What a relationship type declares of its links, and what holds it.

    `end` is the key of the bound that it comes from, None where both ends are alike. `name` is that of the
    constraint, trigger or view; where nothing holds the rule there is none, and `reason` says why.
    `needs_references` tells that it depends on foreign keys, which some databases have to be asked for.
    """

    relationship: str
    kind: RuleKind
    sentence: str
    enforced_by: Enforcement
    name: str | None
    end: EndKey | None = None
    bound: int | None = None
    attribute: str | None = None
    reason: str | None = None
    needs_references: bool = False


class Plan(NamedTuple):
    """All that a database is to hold, each part in the order in which it can be made."""

    catalog: str
    schemas: tuple[str, ...]
    object_tables: tuple[Table, ...]
    link_tables: tuple[Table, ...]
    triggers: tuple[Trigger, ...]
    views: tuple[View, ...]
    descriptions: tuple[Table, ...]
    violations: tuple[Violation, ...]
