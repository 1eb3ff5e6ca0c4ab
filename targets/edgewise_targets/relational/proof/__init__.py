"""Proof that a database holds what is declared: rows that it must take and rows that it must not, tried.

`population` makes up legal records and links from the graph alone, `tries` says what is legal and what is
not at each rule, `statements` both in SQL. `rounds` tries all that on a `connection`, `judge` says what the
answers mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from importlib import import_module

from edgewise.graph import Graph
from edgewise.target import Proof, Verdict
from edgewise_targets.relational.dialect import Dialect
from edgewise_targets.relational.proof import judge
from edgewise_targets.relational.proof.connection import Connection
from edgewise_targets.relational.proof.layout import read_layout
from edgewise_targets.relational.proof.population import roles_of
from edgewise_targets.relational.proof.preparation import Preparation, in_rounds
from edgewise_targets.relational.proof.rounds import run_round
from edgewise_targets.relational.proof.rule import Rule, declared, read_rule
from edgewise_targets.relational.proof.statements import Statements


def proof(graph: Graph, dialect: Dialect, sql: bytes, entries: bytes, url: str | None) -> Proof:
    """Load what was emitted for a graph into a throw-away database, and try its rules there.

    `entries` are those of `rules.json`. Raises NotProven where there is no such database to be had.
    """
    rules = [read_rule(each) for each in json.loads(entries)]
    opened = import_module(f"edgewise_targets.{dialect.name}.connection").opened
    with opened(url) as connection:
        connection.load(sql.decode())
        return Proof(connection.title, tuple(verdicts(graph, rules, dialect, connection)))


def verdicts(
    graph: Graph, rules: Sequence[Rule], dialect: Dialect, connection: Connection
) -> Iterator[Verdict]:
    """Yield what becomes of each rule; those that are declared and not among the rules come last.

    The database holds what was emitted for the graph, which has no more than the target takes, and no rows.
    """
    layout = read_layout(graph, connection)
    keys, names = frozenset(declared(graph)), {each.key: each.name for each in rules}
    sql = Statements(graph, layout, dialect)
    preparation = Preparation(graph, roles_of(graph, layout.in_row), sql, names, keys)
    for prepared in in_rounds(rules, preparation):
        yield from run_round(prepared, connection)
    for key in sorted(keys - names.keys(), key=str):
        yield judge.not_told(key)
