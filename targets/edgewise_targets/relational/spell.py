"""The relational plan in the words of one database: what a template has only to lay out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from edgewise_targets.relational.dialect import Dialect
from edgewise_targets.relational.plan import (
    BothWays,
    Check,
    Column,
    Composed,
    Constraint,
    Differ,
    Fits,
    Key,
    Ordered,
    Plan,
    Reference,
    Swapped,
    Table,
    View,
)


class SpelledIndex(NamedTuple):
    """An index by its name, and the columns it is over."""

    name: str
    columns: str


class SpelledColumn(NamedTuple):
    """A column, and what is to be said of it."""

    name: str
    comments: Sequence[str]


class SpelledTable(NamedTuple):
    """A table, ready to be laid out; `rows` are its columns and constraints, aligned with one another."""

    name: str
    comments: Sequence[str]
    told_columns: Sequence[SpelledColumn]
    rows: Sequence[str]
    options: str
    indexes: Sequence[SpelledIndex]


class SpelledView(NamedTuple):
    """A view, ready to be laid out; `lines` are those of its query."""

    name: str
    comments: Sequence[str]
    lines: Sequence[str]


class Spelled(NamedTuple):
    """A plan, ready to be laid out: safe SQL throughout, whatever the manifests say."""

    catalog: str
    notes: Sequence[str]
    object_tables: Sequence[SpelledTable]
    link_tables: Sequence[SpelledTable]
    views: Sequence[SpelledView]


def spell(plan: Plan, dialect: Dialect) -> Spelled:
    """Say a whole plan in the words of one database."""
    return Spelled(
        catalog=plan.catalog,
        notes=dialect.notes(plan),
        object_tables=[spell_table(each, dialect) for each in plan.object_tables],
        link_tables=[spell_table(each, dialect) for each in plan.link_tables],
        views=[spell_view(each, dialect) for each in plan.views],
    )


def spell_table(table: Table, dialect: Dialect) -> SpelledTable:
    """Say one table; conditions that the database's types take care of fall away."""
    return SpelledTable(
        name=dialect.identifier(table.name),
        comments=dialect.comments(table.comments),
        told_columns=[
            SpelledColumn(dialect.identifier(each.name), dialect.comments((each.comment,)))
            for each in table.columns
            if each.comment is not None
        ],
        rows=[*_columns(table.columns, dialect), *_constraints(table.constraints, dialect)],
        options=dialect.options(table),
        indexes=[
            SpelledIndex(dialect.identifier(each.name), dialect.identifiers(each.columns))
            for each in table.indexes
        ],
    )


def spell_view(view: View, dialect: Dialect) -> SpelledView:
    """Say one view."""
    match view.query:
        case Swapped():
            lines = _swapped(view.query, dialect)
        case BothWays():
            lines = _both_ways(view.query, dialect)
        case Composed():
            lines = _composed(view.query, dialect)
    return SpelledView(dialect.identifier(view.name), dialect.comments(view.comments), lines)


def _columns(columns: Sequence[Column], dialect: Dialect) -> list[str]:
    names = _aligned([dialect.identifier(each.name) for each in columns])
    types = _aligned([dialect.type_of(each) for each in columns])
    return [
        f"{name} {type_}{_stated(column, dialect)}".rstrip()
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
    said = [(each.name, _condition(each, dialect)) for each in constraints]
    names = _aligned([dialect.identifier(name) for name, text in said if text is not None])
    texts = [text for _, text in said if text is not None]
    return [f"CONSTRAINT {name} {text}" for name, text in zip(names, texts, strict=True)]


def _condition(constraint: Constraint, dialect: Dialect) -> str | None:
    match constraint:
        case Key(columns=columns, primary=primary):
            return f"{'PRIMARY KEY' if primary else 'UNIQUE'} ({dialect.identifiers(columns)})"
        case Reference(columns=columns, table=table, on_delete=on_delete, their_columns=theirs):
            ours, other = dialect.identifiers(columns), dialect.identifier(table)
            there = f"{other} ({dialect.identifiers(theirs)})"
            return f"FOREIGN KEY ({ours}) REFERENCES {there} ON DELETE {on_delete.upper()}"
        case Check(condition=condition):
            text = _tested(condition, dialect)
            return text and f"CHECK ({text})"


def _tested(condition: Fits | Differ | Ordered, dialect: Dialect) -> str | None:
    match condition:
        case Fits(column=column):
            return dialect.fits(column, dialect.identifier(column.name))
        case Differ(columns=(first, second)):
            return f"{first.name} <> {second.name}"
        case Ordered(columns=(first, second), or_equal=or_equal):
            order = dialect.bytewise if first.type.kind == "string" else ""
            return f"{first.name} {'<=' if or_equal else '<'} {second.name}{order}"


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
        f"ON step_{number}.{step.near} = step_{number - 1}.{before.far}"
        for number, (before, step) in enumerate(zip(query.steps, query.steps[1:], strict=False), start=2)
    ]
    return [
        f"SELECT DISTINCT {start} AS from_id, {end} AS to_id",
        f"FROM {dialect.identifier(first.source)} AS step_1",
        *joins,
        *([] if query.with_self else [f"WHERE {start} <> {end}"]),
    ]
