"""Random catalogs, random transactions: a database takes what the declared rules allow, and nothing else.

What the rules allow is said by `oracle`, in memory and from the manifest alone. Rules that a database does
not enforce, by its own `rules.json`, have to be found by its view `edgewise_violation`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from random import Random
from typing import Any

from any_database_catalog import Manifest, any_manifest
from any_database_writes import any_statement, as_sql, mending, quoted
from declared_rules import Declared, Rule, declared, rules
from hypothesis import HealthCheck, event, given, seed, settings
from hypothesis import strategies as st
from oracle import LINK_ONCE, RECORD_ONCE, Enforcement, Oracle, Statement
from sql_database import Database, compiled
from sql_writers import Refused, Writer, emptied, opened

from edgewise.diagnostics import Severity

ENFORCED: Mapping[str, Enforcement] = {
    "constraint": "at once",
    "trigger": "at once",
    "query": "query",
    "none": "none",
}


class Play:
    """A database and its oracle, side by side; `log` is all that was done, for whom it may fail."""

    def __init__(self, database: Database, manifest: Manifest, emitted: Mapping[str, bytes]) -> None:
        target = database.target.name
        self.catalog = declared(manifest, target)
        entries = json.loads(emitted[f"sql/{target}.rules.json"])
        self.names = {_rule(entry): entry["name"] for entry in entries}
        self.held_by = {_rule(entry): entry["enforced_by"] for entry in entries}
        assert sorted(map(_rule, entries), key=repr) == sorted(rules(self.catalog), key=repr)
        self.oracle = Oracle(self.catalog, {each: self._when(each) for each in self.names})
        self.log = [json.dumps(manifest)]
        self.seen: Counter[tuple[str, str]] = Counter()
        self.database = emptied(database)
        self.database.load(emitted[f"sql/{target}.sql"].decode())
        self.writer: Writer = opened(self.database)
        self.needs_savepoints = target == "postgresql"

    def _when(self, rule: Rule) -> Enforcement:
        """A minimum that a trigger holds has to hold when a transaction ends, everything else at once."""
        held_by = self.held_by[rule]
        return "at commit" if rule.rule == "min" and held_by == "trigger" else ENFORCED[held_by]

    def transaction(self, random: Random) -> None:
        self.tell("BEGIN")
        for _ in range(random.randint(2, 9)):
            self.attempt(any_statement(random, self.catalog, self.oracle.state))
        for _ in range(random.choice((0, 4, 8, 12))):
            statement = mending(random, self.catalog, self.oracle.state)
            if statement is not None:
                self.attempt(statement)
        if random.random() < 0.4:
            self.compare()
        if random.random() < 0.1:
            self.tell("ROLLBACK")
            self.oracle.rollback()
        else:
            self.commit()
        self.compare()

    def attempt(self, statement: Statement) -> None:
        if self.needs_savepoints:
            self.tell("SAVEPOINT here")
        text, values = as_sql(self.catalog, statement)
        refused = self.writer.run(text, *values)
        expected = self.oracle.attempt(statement)
        self.judge(f"{text} {values}", refused, expected)
        if not expected:
            name = getattr(statement, "relationship", None)
            self.count("kept", [rule for rule in self.names if rule.relationship == name])
        elif self.needs_savepoints:
            self.tell("ROLLBACK TO here")

    def commit(self) -> None:
        refused = self.writer.run("COMMIT")
        expected = self.oracle.commit()
        self.judge("COMMIT", refused, expected)
        if not expected:
            self.count("kept", [rule for rule in self.names if rule.rule == "min"])

    def tell(self, statement: str) -> None:
        self.log.append(statement)
        assert self.writer.run(statement) is None

    def judge(self, done: str, refused: Refused | None, expected: frozenset[Rule]) -> None:
        self.log.append(f"{done}  -- {refused.message.splitlines()[0] if refused else 'taken'}")
        if (refused is None) != (not expected):
            raise AssertionError(self.told(f"by the rules: {sorted(map(str, expected)) or 'taken'}"))
        if refused is None:
            return
        assert refused.is_rule
        if len(expected) == 1:
            self.count("broken", expected)
        if refused.name is not None and refused.name not in self.expected_names(expected):
            raise AssertionError(self.told(f"refused by {refused.name}, and not by {set(expected)}"))

    def expected_names(self, expected: frozenset[Rule]) -> set[str | None]:
        """Return what may be named as the reason; what is there twice may look like one too many as well."""
        found: set[str | None] = set()
        for rule in expected:
            own = [each for each in self.names if each.relationship == rule.relationship]
            if rule.rule in {RECORD_ONCE, LINK_ONCE}:
                found |= {*(self.names[each] for each in own), "PRIMARY", "PRIMARY KEY"}
                found |= {f"{rule.relationship}_pkey", f"rel_{rule.relationship}_pkey"}
            elif rule.rule == "min":  # a reference may keep the record that a column needs
                found |= {self.names[each] for each in own if each.rule in {"min", "references"}}
            else:
                found.add(self.names[rule])
        return found

    def compare(self) -> None:
        """What the view lists, and what the tables hold, is what the oracle has."""
        listed = sorted(map(tuple, self.writer.rows("SELECT * FROM edgewise_violation")), key=repr)
        expected = self.oracle.violations()
        if listed != expected:
            raise AssertionError(self.told(f"listed {listed}\nfor {expected}"))
        for row in expected:
            self.count("broken", [each for each in self.names if each[:2] == row[:2]])
        for each in self.catalog.types.values():
            if not each.external:
                held = [(id_,) for id_ in self.oracle.state.records[each.name]]
                self.same(f"SELECT id FROM {quoted(each.name)}", held)
        for relationship in self.catalog.stored:
            links = self.oracle.state.links[relationship.name]
            columns = ", ".join(["from_id", "to_id", *(each.name for each in relationship.attributes)])
            self.same(
                f"SELECT {columns} FROM rel_{relationship.name}",
                [(*pair, *values.values()) for pair, values in links.items()],
            )

    def same(self, query: str, expected: list[tuple[Any, ...]]) -> None:
        held = sorted([tuple(map(str, row)) for row in self.writer.rows(query)])
        if held != sorted([tuple(map(str, row)) for row in expected]):
            raise AssertionError(self.told(f"{query}\n{held}\nfor {expected}"))

    def count(self, what: str, found: Any) -> None:
        for rule in found:
            if self.held_by.get(rule) != "none":
                self.seen[kind(self.catalog, rule), what] += 1

    def told(self, message: str) -> str:
        return "\n".join([message, *self.log])


def _rule(entry: Mapping[str, Any]) -> Rule:
    return Rule(entry["relationship_type"], entry["rule"], entry["end"], entry["attribute"])


def kind(catalog: Declared, rule: Rule) -> str:
    """Say in a few words what sort of rule it is."""
    if rule.rule in {RECORD_ONCE, LINK_ONCE}:
        return rule.rule
    relationship = catalog.relationships[rule.relationship]
    words = [rule.rule]
    if rule.rule in {"max", "min"}:
        bounds = relationship.bounds["from" if rule.end == "from" else "to"]
        words.append("1" if (bounds.most if rule.rule == "max" else bounds.least) == 1 else "n")
    if relationship.symmetric and rule.rule != "symmetric":
        words.append("symmetric")
    if relationship.holder:
        words.append("column")
    if relationship.via:
        words.append("derived")
    return " ".join(words)


def sound(database: Database, random: Random) -> tuple[Manifest, dict[str, bytes]]:
    """Return a manifest that the compiler finds nothing wrong with, and what it becomes."""
    while True:
        manifest = any_manifest(random)
        compilation = compiled(manifest, database.target)
        if not any(each.severity is Severity.ERROR for each in compilation.diagnostics):
            artifacts = compilation.artifacts[database.target.name]
            return manifest, {each.path: bytes(each.content) for each in artifacts}


def played(database: Database, random: Random) -> Play:
    """Make a catalog, and write to it for a while."""
    play = Play(database, *sound(database, random))
    try:
        for _ in range(random.randint(3, 7)):
            play.transaction(random)
    finally:
        play.writer.close()
    return play


@seed(20260131)
@settings(
    max_examples=40,
    deadline=None,
    database=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(random=st.randoms(use_true_random=False))
def test_a_database_takes_what_the_rules_allow(database: Database, random: Random) -> None:
    for what, number in played(database, random).seen.items():
        if number:
            event(" ".join(what))


# Each sort of rule, and whether its being broken shows as a refusal alone or in the view.
KINDS = (
    *("max 1", "max n", "max 1 symmetric", "max n symmetric", "max 1 column", "max n column"),
    *("min 1", "min n", "min 1 symmetric", "min n symmetric", "min 1 column", "min n column"),
    *("no_self", "no_self column", "symmetric", "acyclic", "acyclic column"),
    *("enum", "required", "max_length", "references", "references column", "on_delete", "on_delete column"),
)
DERIVED = ("acyclic derived", "symmetric derived")


def test_every_sort_of_rule_is_kept_and_broken(database: Database) -> None:
    """A run that is always the same, so that one can tell that the other one has a reach."""
    seen: Counter[tuple[str, str]] = Counter()
    for number in range(120):
        seen += played(database, Random(number)).seen
    assert [(each, what) for each in KINDS for what in ("kept", "broken") if not seen[each, what]] == []
    assert [each for each in DERIVED if not seen[each, "broken"]] == []
