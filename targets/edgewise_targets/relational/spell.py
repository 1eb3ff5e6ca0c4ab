"""The relational plan in the words of one database: what a template has only to lay out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from edgewise_targets.relational.dialect import Dialect
from edgewise_targets.relational.names import cut
from edgewise_targets.relational.plan import (
    Acyclic,
    BothWays,
    Cell,
    Check,
    Column,
    ColumnType,
    Composed,
    Constraint,
    Differ,
    Fits,
    Held,
    Key,
    Members,
    Ordered,
    Plan,
    Reference,
    Swapped,
    Table,
    Trigger,
    View,
)
from edgewise_targets.relational.questions import VIOLATION_COLUMNS, in_order, spell_violations

_ROWS_AT_ONCE = 500
_IDENTIFIERS = frozenset(
    ("name", "table", "column", "records", "locks", "members", "from_column", "to_column")
)
_SEVERAL = frozenset(("columns", "pair"))
EVENTS = ("insert", "update", "change", "lock", "insert_lock", "update_lock", "record", "truncate")
"""What the names of things end in that belong to a trigger."""


class SpelledIndex(NamedTuple):
    """An index by its name, and the columns it is over."""

    name: str
    columns: str


class SpelledColumn(NamedTuple):
    """A column, and what is to be said of it."""

    name: str
    comments: Sequence[str]


class SpelledTable(NamedTuple):
    """A table, ready to be laid out; `rows` are its columns and constraints, aligned with one another.

    `added` are the constraints that have to wait for another table. `column_names` and `values`, some at a
    time, are for what it holds from the start.
    """

    name: str
    comments: Sequence[str]
    told_columns: Sequence[SpelledColumn]
    rows: Sequence[str]
    options: str
    indexes: Sequence[SpelledIndex]
    added: Sequence[str]
    column_names: str
    values: Sequence[Sequence[str]]


class SpelledView(NamedTuple):
    """A view, ready to be laid out; `lines` are those of its query, `columns` what it calls those of that."""

    name: str
    comments: Sequence[str]
    lines: Sequence[str]
    columns: str = ""


class Spelled(NamedTuple):
    """A plan, ready to be laid out: safe SQL throughout, whatever the manifests say.

    `triggers` have a `kind`, the parts of the plan's triggers as identifiers, and what is in `spell_trigger`.
    """

    catalog: str
    notes: Sequence[str]
    schemas: Sequence[str]
    object_tables: Sequence[SpelledTable]
    link_tables: Sequence[SpelledTable]
    triggers: Sequence[Mapping[str, Any]]
    views: Sequence[SpelledView]
    descriptions: Sequence[SpelledTable]
    violations: Sequence[SpelledView]


def spell(plan: Plan, dialect: Dialect) -> Spelled:
    """Say a whole plan in the words of one database."""
    return Spelled(
        catalog=plan.catalog,
        notes=dialect.notes(plan),
        schemas=[dialect.identifier(each) for each in plan.schemas],
        object_tables=[spell_table(each, dialect) for each in plan.object_tables],
        link_tables=[spell_table(each, dialect) for each in plan.link_tables],
        triggers=[spell_trigger(each, dialect) for each in plan.triggers],
        views=[spell_view(each, dialect) for each in plan.views],
        descriptions=[spell_table(each, dialect) for each in plan.descriptions],
        violations=[
            SpelledView(name, _of_view(comments, dialect), lines, VIOLATION_COLUMNS)
            for name, comments, lines in spell_violations(plan.violations, dialect)
        ],
    )


def spell_table(table: Table, dialect: Dialect) -> SpelledTable:
    """Say one table; conditions that the database's types take care of fall away."""
    added = [
        each for each in table.constraints if isinstance(each, Reference) and each.later and dialect.alters
    ]
    at_once = [each for each in table.constraints if each not in added] if added else table.constraints
    values = _values(table.rows, dialect) if table.rows else []
    return SpelledTable(
        name=dialect.identifier(table.name),
        comments=dialect.comments(table.comments),
        told_columns=[
            SpelledColumn(dialect.identifier(each.name), dialect.comments((each.comment,)))
            for each in table.columns
            if each.comment is not None
        ],
        rows=[*_columns(table.columns, dialect), *_constraints(at_once, dialect)],
        options=dialect.options(table),
        indexes=[
            SpelledIndex(dialect.quoted(each.name), dialect.identifiers(each.columns))
            for each in table.indexes
        ],
        added=_constraints(added, dialect) if added else (),
        column_names=dialect.identifiers(tuple(each.name for each in table.columns)) if values else "",
        values=[values[start : start + _ROWS_AT_ONCE] for start in range(0, len(values), _ROWS_AT_ONCE)],
    )


def _values(rows: Iterable[Sequence[Cell]], dialect: Dialect) -> list[str]:
    literal = dialect.literal
    flag = Column("", ColumnType("boolean"))
    yes, no = (dialect.default_of(flag._replace(default=value)) for value in (True, False))

    def spelled(value: bool | int | None) -> str:
        if isinstance(value, bool):
            return yes if value else no
        return "NULL" if value is None else str(value)

    return [
        f"({', '.join([literal(each) if isinstance(each, str) else spelled(each) for each in row])})"
        for row in rows
    ]


def spell_trigger(trigger: Trigger, dialect: Dialect) -> Mapping[str, Any]:
    """Say one trigger, as a mapping of its parts, every name an identifier.

    `kind` is what it is of in the plan, in small letters. `rule` is its bare name as a literal, `sentence`
    and `message` are literals too, the second with the name in front. `named` gives identifiers for more
    things that belong to it, by what they end in.
    """
    parts: dict[str, Any] = {"kind": type(trigger).__name__.lower()}
    for key, value in trigger._asdict().items():
        if key in _IDENTIFIERS and value is not None:
            parts[key] = dialect.identifier(value)
        elif key in _SEVERAL and value is not None:
            parts[key] = [dialect.identifier(each) for each in value]
        else:
            parts[key] = value
    parts["named"] = {each: dialect.identifier(cut(f"{trigger.name}_{each}")) for each in EVENTS}
    rule = trigger.rule or trigger.name if isinstance(trigger, Members) else trigger.name
    parts["rule"] = dialect.literal(rule)
    parts["only_one"] = isinstance(trigger, Members) and trigger.rule is not None
    parts["message"] = dialect.literal(f"{rule}: {trigger.sentence}"[: dialect.longest_message])
    parts["sentence"] = dialect.literal(trigger.sentence)
    if isinstance(trigger, Acyclic):
        parts["relationship"] = dialect.literal(trigger.relationship)
        # A record's own id closes no cycle: nothing can refer to it before it is there.
        ids = (trigger.from_column, trigger.to_column)
        parts["changed"] = [dialect.identifier(each) for each in ids if each != "id"]
    return parts


def spell_view(view: View, dialect: Dialect) -> SpelledView:
    """Say one view."""
    match view.query:
        case Held():
            lines = _held(view.query, dialect)
        case Swapped():
            lines = _swapped(view.query, dialect)
        case BothWays():
            lines = _both_ways(view.query, dialect)
        case Composed():
            lines = _composed(view.query, dialect)
    return SpelledView(dialect.identifier(view.name), _of_view(view.comments, dialect), lines)


def _of_view(comments: Sequence[str], dialect: Dialect) -> Sequence[str]:
    return (dialect.view_comments or dialect.comments)(comments)


def _columns(columns: tuple[Column, ...], dialect: Dialect) -> list[str]:
    try:
        return _like_these(columns, dialect)
    except TypeError:  # a default of JSON may be a list or a mapping, which is no key
        return _like_these.__wrapped__(columns, dialect)


@lru_cache(maxsize=1_000)  # nearly all tables of links have the same columns
def _like_these(columns: tuple[Column, ...], dialect: Dialect) -> list[str]:
    names = _aligned([dialect.identifier(each.name) for each in columns])
    types = _aligned([dialect.type_of(each) for each in columns])
    return [
        f"{name} {type_}{_stated(column, dialect)}".rstrip() + dialect.remark(column)
        for name, type_, column in zip(names, types, columns, strict=True)
    ]


def _aligned(words: Sequence[str]) -> list[str]:
    width = max([len(word) for word in words])
    return [word.ljust(width) for word in words]


def _stated(column: Column, dialect: Dialect) -> str:
    required = " NOT NULL" if column.required else ""
    if column.default is None:
        return required
    return f"{required} DEFAULT {dialect.default_of(column)}"


def _constraints(constraints: Iterable[Constraint], dialect: Dialect) -> list[str]:
    """Say constraints; a primary key that the database gives a name of its own comes first, without one."""
    said = [(each, text) for each in constraints if (text := _condition(each, dialect)) is not None]
    named = [(each, text) for each, text in said if dialect.names_primary_keys or not _is_primary(each)]
    names = _aligned([dialect.quoted(each.name) for each, _ in named]) if named else []
    return [
        *(text for each, text in said if not dialect.names_primary_keys and _is_primary(each)),
        *(f"CONSTRAINT {name} {text}" for name, (_, text) in zip(names, named, strict=True)),
    ]


def _is_primary(constraint: Constraint) -> bool:
    return isinstance(constraint, Key) and constraint.primary


def _condition(constraint: Constraint, dialect: Dialect) -> str | None:
    if isinstance(constraint, Check):
        text = _tested(constraint.condition, dialect)
        return text and f"CHECK ({text})"
    columns = dialect.identifiers(constraint.columns)
    if isinstance(constraint, Key):
        return f"{'PRIMARY KEY' if constraint.primary else 'UNIQUE'} ({columns})"
    there = f"{dialect.identifier(constraint.table)} ({dialect.identifiers(constraint.their_columns)})"
    follows = " ON UPDATE CASCADE" if constraint.follows else ""
    return f"FOREIGN KEY ({columns}) REFERENCES {there} ON DELETE {constraint.on_delete.upper()}{follows}"


@lru_cache(maxsize=1_000)  # many tables have columns that are alike
def _fitting(name: str, type_: ColumnType, required: bool, dialect: Dialect) -> str | None:
    return dialect.fits(Column(name, type_, required), dialect.identifier(name))


def _tested(condition: Fits | Differ | Ordered, dialect: Dialect) -> str | None:
    if isinstance(condition, Fits):
        column = condition.column
        return _fitting(column.name, column.type, column.required, dialect)
    if isinstance(condition, Ordered):
        return in_order(condition, dialect)
    first, second = condition.columns
    return f"{dialect.identifier(first.name)} <> {dialect.identifier(second.name)}"


def _held(query: Held, dialect: Dialect) -> list[str]:
    columns = dialect.identifier(query.from_column), dialect.identifier(query.to_column)
    named = next(column for column in columns if column != "id")
    return [
        f"SELECT {_called(columns[0], 'from_id')}, {_called(columns[1], 'to_id')}",
        f"FROM {dialect.identifier(query.table)}",
        f"WHERE {named} IS NOT NULL",
    ]


def _swapped(query: Swapped, dialect: Dialect) -> list[str]:
    return [
        f"SELECT {_listed(('to_id AS from_id', 'from_id AS to_id'), query.attributes, dialect)}",
        f"FROM {dialect.identifier(query.source)}",
    ]


def _both_ways(query: BothWays, dialect: Dialect) -> list[str]:
    source = dialect.identifier(query.source)
    backwards = [
        f"SELECT {_listed(('to_id', 'from_id'), query.attributes, dialect)}",
        f"FROM {source}",
    ]
    return [
        f"SELECT {_listed(('from_id', 'to_id'), query.attributes, dialect)}",
        f"FROM {source}",
        "UNION" if query.is_set else "UNION ALL",
        *backwards,
        *(["WHERE from_id <> to_id"] if query.with_self and not query.is_set else []),
    ]


def _listed(ids: tuple[str, str], attributes: Sequence[str], dialect: Dialect) -> str:
    return ", ".join([*ids, *(dialect.identifier(each) for each in attributes)])


def _composed(query: Composed, dialect: Dialect) -> list[str]:
    first, last = query.steps[0], query.steps[-1]
    start, end = f"step_1.{first.near}", f"step_{len(query.steps)}.{last.far}"
    joins = [
        f"JOIN {dialect.identifier(step.source)} AS step_{number} "
        f"ON step_{number - 1}.{before.far} = step_{number}.{step.near}"
        for number, (before, step) in enumerate(zip(query.steps, query.steps[1:], strict=False), start=2)
    ]
    return [
        f"SELECT DISTINCT {_called(start, 'from_id')}, {_called(end, 'to_id')}",
        f"FROM {dialect.identifier(first.source)} AS step_1",
        *joins,
        *([] if query.with_self else [f"WHERE {start} <> {end}"]),
    ]


def _called(column: str, name: str) -> str:
    return column if column.rpartition(".")[2] == name else f"{column} AS {name}"
