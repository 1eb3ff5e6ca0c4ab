"""What is emitted for a manifest, loaded into a throw-away database, and what becomes of its rules there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from edgewise.compile import compile  # noqa: A004 - the word for it
from edgewise.diagnostics import Severity
from edgewise.graph import Graph
from edgewise.place import Source
from edgewise.project import Project
from edgewise.target import Proof, Target, Verdict
from edgewise_targets import TARGETS
from edgewise_targets.mysql.dialect import MYSQL
from edgewise_targets.postgresql.dialect import POSTGRESQL
from edgewise_targets.relational import Dialect
from edgewise_targets.relational.names import within
from edgewise_targets.relational.proof import verdicts
from edgewise_targets.relational.proof.connection import Connection
from edgewise_targets.relational.proof.rule import Rule, RuleKey, read_rule
from edgewise_targets.sqlite.dialect import SQLITE

HERE = Path(__file__).parent
CATALOGS = ("edges", "columns")
DIALECTS = {each.name: each for each in (SQLITE, POSTGRESQL, MYSQL)}


class Place(NamedTuple):
    """A target, and the URL of a server where it needs one."""

    name: str
    url: str | None = None

    @property
    def dialect(self) -> Dialect:
        return DIALECTS[self.name]


class Emitted(NamedTuple):
    """What a target makes of manifests."""

    place: Place
    target: Target
    graph: Graph
    sql: str
    rules: list[Rule]

    def rule(self, relationship_type: str, kind: str, end: str | None = None) -> Rule:
        """Return a rule."""
        found = [each for each in self.rules if each[:3] == (relationship_type, kind, end)]
        assert len(found) == 1, found
        return found[0]

    def proof(self) -> Proof:
        """Prove as the command does."""
        assert self.target.prover is not None
        return self.target.prover.prove(self.graph, {}, self.place.url)

    @contextmanager
    def loaded(self, sql: str | None = None) -> Iterator[Connection]:
        """Load what was emitted, or something else in its place."""
        module = import_module(f"edgewise_targets.{self.place.name}.connection")
        with module.opened(self.place.url) as connection:
            connection.load(self.sql if sql is None else sql)
            yield connection

    def judged(self, connection: Connection, rules: Sequence[Rule]) -> dict[RuleKey, Verdict]:
        """Try some of the rules."""
        found = verdicts(within(self.graph, self.target), rules, self.place.dialect, connection)
        keys = {each.key for each in rules}
        by_key = {(each.relationship_type, each.rule, each.end, each.attribute): each for each in found}
        return {key: each for key, each in by_key.items() if key in keys}


def emitted(place: Place, *texts: str) -> Emitted:
    """Compile manifests for a target."""
    sources = [Source(f"schemas/{number}.yaml", text) for number, text in enumerate(texts)]
    project = Project("/", ("schemas",), "build", {place.name: {}}, named=True)
    compilation = compile(sources, project, TARGETS)
    assert [each.message for each in compilation.diagnostics if each.severity is Severity.ERROR] == []
    emission = compilation.emissions[place.name]
    sql, entries = (each.content.decode() for each in emission)
    rules = [read_rule(each) for each in json.loads(entries)]
    return Emitted(place, emission.target, emission.graph, sql, rules)


def catalog(name: str) -> str:
    """Return one of the manifests beside this file."""
    return (HERE / f"{name}.yaml").read_text(encoding="utf-8")


def told(verdicts: Iterable[Verdict]) -> list[str]:
    """Say verdicts in a line each, for a test that fails."""
    return [
        f"{each.outcome}: {each.relationship_type} {each.rule} {each.end} {each.attribute}: {each.reason}"
        for each in verdicts
    ]


def broken(proof: Proof) -> list[str]:
    """Return the rules that are not held."""
    return told(each for each in proof.verdicts if each.outcome == "NOT HELD")
