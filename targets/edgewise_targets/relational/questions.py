"""The view `edgewise_violation`: one query for each question, united in as many views as that takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edgewise_targets.relational.descriptions import OBJECT_TYPES
from edgewise_targets.relational.dialect import Dialect
from edgewise_targets.relational.limits import VIOLATIONS
from edgewise_targets.relational.plan import (
    Cyclic,
    Dangling,
    Disordered,
    Miscounted,
    OneSided,
    Ordered,
    SelfLinked,
    TooMany,
    Violation,
)

VIOLATION_COLUMNS = "relationship_type, rule, object_type, object_id, found, allowed_min, allowed_max"
_NO_COUNTS = "NULL, NULL, NULL"
_TOLD = ("What breaks a declared rule, a row each, whether or not the database enforces the rule.",)

SpelledViolations = tuple[str, Sequence[str], list[str]]


def spell_violations(violations: Sequence[Violation], dialect: Dialect) -> Iterator[SpelledViolations]:
    """Yield views by name, with comments and the lines of each; the last one is the whole.

    A database takes so many queries in a union and no more, so that a large catalog needs some in between.
    """
    queries = [_query(each, dialect) for each in violations]
    level = 0
    while len(queries) > dialect.most_branches:
        level += 1
        parts = [
            queries[start : start + dialect.most_branches]
            for start in range(0, len(queries), dialect.most_branches)
        ]
        names = [f"{VIOLATIONS}_{level}_{number}" for number in range(1, len(parts) + 1)]
        for name, part in zip(names, parts, strict=True):
            yield name, (), _united(part, dialect)
        queries = [[f"SELECT {VIOLATION_COLUMNS}", f"FROM {name}"] for name in names]
    yield VIOLATIONS, _TOLD, _united(queries, dialect)


def count_of_views(questions: int, dialect: Dialect) -> int:
    """Return how many views there are for so many questions."""
    views = 1
    while questions > dialect.most_branches:
        questions = -(-questions // dialect.most_branches)
        views += questions
    return views


def _united(queries: Sequence[list[str]], dialect: Dialect) -> list[str]:
    """Put queries together, behind one that finds nothing but says of what types the columns are."""
    text, number = f"CAST(NULL AS {dialect.varying})", f"CAST(NULL AS {dialect.integer})"
    lines = [f"SELECT {', '.join([text] * 4 + [number] * 3)}", f"FROM {OBJECT_TYPES}", "WHERE 1 = 0"]
    for query in queries:
        lines += ["UNION ALL", *query]
    return lines


def _query(violation: Violation, dialect: Dialect) -> list[str]:
    match violation:
        case TooMany():
            return _too_many(violation, dialect)
        case Miscounted():
            return _miscounted(violation, dialect)
        case Dangling():
            return _dangling(violation, dialect)
        case SelfLinked() | Disordered():
            return _unfit(violation, dialect)
        case Cyclic():
            return _cyclic(violation, dialect)
        case OneSided():
            return _one_sided(violation, dialect)


def in_order(order: Ordered, dialect: Dialect) -> str:
    """Say that two columns are in order, by bytes."""
    first, second = order.columns
    bytewise = dialect.bytewise if first.type.kind == "string" else ""
    return f"{first.name} {'<=' if order.or_equal else '<'} {second.name}{bytewise}"


def _head(violation: Violation, rule: str, object_id: str, counts: str, dialect: Dialect) -> str:
    """Return the columns of a row; `rule` is an expression, as `object_id` is.

    A declared name has neither quotes nor backslashes, so that it is a literal as it stands.
    """
    whose = f"'{violation.relationship}', {rule}, '{violation.object_type}'"
    return f"SELECT {whose}, CAST({object_id} AS {dialect.varying}), {counts}"


def _allowed(violation: Miscounted | TooMany) -> str:
    low, high = violation.allowed
    return f"{low}, {'NULL' if high is None else high}"


def _too_many(violation: TooMany, dialect: Dialect) -> list[str]:
    column = violation.column
    counts = f"count(*), {_allowed(violation)}"
    return [
        _head(violation, "'max'", column, counts, dialect),
        f"FROM {dialect.identifier(violation.pairs)}",
        f"GROUP BY {column}",
        f"HAVING count(*) > {violation.most}",
    ]


def _miscounted(violation: Miscounted, dialect: Dialect) -> list[str]:
    """Count for every record, as those without links are among the ones that have too few."""
    least, most = violation.least, violation.most
    is_wrong = f"found < {least}" if most is None else f"found < {least} OR found > {most}"
    rule = "'min'" if most is None else f"CASE WHEN found < {least} THEN 'min' ELSE 'max' END"
    return [
        _head(violation, rule, "id", f"found, {_allowed(violation)}", dialect),
        "FROM (",
        f"  SELECT record.id, count(link.{violation.column}) AS found",
        f"  FROM {dialect.identifier(violation.records)} AS record",
        f"  LEFT JOIN {dialect.identifier(violation.pairs)} AS link ON record.id = link.{violation.column}",
        "  GROUP BY record.id",
        ") AS counted",
        f"WHERE {is_wrong}",
    ]


def _dangling(violation: Dangling, dialect: Dialect) -> list[str]:
    column = f"link.{violation.column}"
    records = dialect.identifier(violation.records)
    return [
        _head(violation, "'references'", column, _NO_COUNTS, dialect),
        f"FROM {dialect.identifier(violation.pairs)} AS link",
        f"LEFT JOIN {records} AS record ON {column} = record.id",
        "WHERE record.id IS NULL",
    ]


def _unfit(violation: SelfLinked | Disordered, dialect: Dialect) -> list[str]:
    """Find pairs that a condition on the two ids alone rules out."""
    rule, condition = "no_self", "from_id = to_id"
    if isinstance(violation, Disordered):
        rule, condition = "symmetric", f"NOT ({in_order(violation.order, dialect)})"
    return [
        _head(violation, f"'{rule}'", "from_id", _NO_COUNTS, dialect),
        f"FROM {dialect.identifier(violation.pairs)}",
        f"WHERE {condition}",
    ]


def _cyclic(violation: Cyclic, dialect: Dialect) -> list[str]:
    pairs = dialect.identifier(violation.pairs)
    return [
        _head(violation, "'acyclic'", "start_id", _NO_COUNTS, dialect),
        "FROM (",
        "  WITH RECURSIVE reached (start_id, id) AS (",
        "    SELECT from_id, to_id",
        f"    FROM {pairs}",
        "    UNION",
        "    SELECT reached.start_id, link.to_id",
        "    FROM reached",
        f"    JOIN {pairs} AS link ON reached.id = link.from_id",
        "  )",
        "  SELECT start_id",
        "  FROM reached",
        "  WHERE start_id = id",
        ") AS cycle",
    ]


def _one_sided(violation: OneSided, dialect: Dialect) -> list[str]:
    pairs = dialect.identifier(violation.pairs)
    return [
        _head(violation, "'symmetric'", "link.from_id", _NO_COUNTS, dialect),
        f"FROM {pairs} AS link",
        f"LEFT JOIN {pairs} AS other ON link.to_id = other.from_id AND link.from_id = other.to_id",
        "WHERE other.from_id IS NULL",
    ]
