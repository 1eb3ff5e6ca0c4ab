"""A proof that cannot fail proves nothing: what holds a rule is taken away, and the proof has to notice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from proving import CATALOGS, Emitted, Place, catalog, emitted, told

from edgewise_targets.relational.proof import verdicts
from edgewise_targets.relational.proof.connection import Connection
from edgewise_targets.relational.proof.rule import Rule

# Triggers beside those of a rule that see to it that two writers wait for each other, or are no row's.
OF_TWO_WRITERS = ("_lock", "_truncate")
# Rows of a table of members are never changed: other triggers take them out and put them in anew.
NEVER_FIRED = ("rel_friend_max_update", "rel_neighbour_max_update")


def kept_by(it: Emitted, name: str) -> list[Rule]:
    """Return the rules that something holds; triggers for each event begin with the name of their rule."""
    exact = [each for each in it.rules if each.name == name]
    return exact or [
        each
        for each in it.rules
        if each.enforced_by == "trigger" and each.name and name.startswith(f"{each.name}_")
    ]


def noticed(it: Emitted, connection: Connection, rules: list[Rule]) -> None:
    """See that every rule that can be tried is found not to be held.

    What a record's own key holds, it holds in part only: of those rules it is one at least.
    """
    judged = it.judged(connection, rules)
    tried = [each for each in judged.values() if not each.reason.startswith("not tried")]
    outcomes = {each.outcome for each in tried}
    of_records = any(each.rule == "on_delete" and (each.name or "").endswith("_pkey") for each in rules)
    if of_records:
        assert "NOT HELD" in outcomes, told(tried)
    else:
        assert outcomes <= {"NOT HELD"}, told(tried)


# ---- SQLite: what is taken away is taken out of the file ----


def without(sql: str, name: str) -> str:
    """Take a constraint out of a file; a table without its key cannot do without row numbers."""
    line = rf'(?m)^  CONSTRAINT "?{re.escape(name)}"?\s.*?(,?)$'
    assert len(re.findall(line, sql)) == 1, name
    return re.sub(line, r"  CHECK (1 = 1)\1", sql).replace(" STRICT, WITHOUT ROWID", " STRICT")


def without_refusals(sql: str, name: str) -> str:
    """Take out what refuses before a key of the same name does: that key would give way to a replacement."""
    return re.sub(rf"(?ms)^  SELECT RAISE\(ABORT, '{name}: [^;]*;$", "", sql)


def without_trigger(sql: str, name: str) -> str:
    trigger = rf'(?ms)^CREATE TRIGGER "?{re.escape(name)}"?$.*?^END;$'
    assert len(re.findall(trigger, sql)) == 1, name
    return re.sub(trigger, "", sql)


def optional(sql: str, table: str, column: str) -> str:
    found = re.search(rf'(?ms)^CREATE TABLE "?{table}"? \(.*?^\)', sql)
    assert found is not None
    line = rf'(?m)^(  "?{column}"?\s.*?) NOT NULL'
    assert len(re.findall(line, found[0])) == 1, (table, column)
    return sql.replace(found[0], re.sub(line, r"\1", found[0]))


def mutants(it: Emitted) -> Iterator[tuple[str, str]]:
    """Yield what a file is without one of its constraints or triggers that a rule names, with that name."""
    names = {each.name for each in it.rules}
    for name in re.findall(r'(?m)^  CONSTRAINT "?(\w+)"? ', it.sql):
        if name in names:
            yield name, without_refusals(without(it.sql, name), name)
    for name in re.findall(r'(?m)^CREATE TRIGGER "?(\w+)"?$', it.sql):
        if kept_by(it, name) and name not in NEVER_FIRED:
            yield name, without_trigger(it.sql, name)


@pytest.mark.parametrize("name", CATALOGS)
def test_what_is_missing_in_sqlite_is_noticed(name: str) -> None:
    it = emitted(Place("sqlite"), catalog(name))
    missing = dict(mutants(it))
    held = {
        each.name
        for each in it.rules
        if each.enforced_by == "constraint" and (each.name or "").startswith("rel_")
    }
    assert held <= missing.keys()
    for removed, sql in missing.items():
        with it.loaded(sql) as connection:
            noticed(it, connection, kept_by(it, removed))


def test_a_trigger_that_fills_a_table_of_members_is_noticed() -> None:
    """No rule names it, but the key that it fills."""
    it = emitted(Place("sqlite"), catalog("edges"))
    triggers = re.findall(r"(?m)^CREATE TRIGGER (\w+_member_(?:insert|change|update))$", it.sql)
    assert {each.split("_")[1] for each in triggers} == {"friend", "neighbour", "spouse"}
    for name in triggers:
        rule = it.rule(name.split("_member_")[0].removeprefix("rel_"), "max")
        with it.loaded(without_trigger(it.sql, name)) as connection:
            noticed(it, connection, [rule])


@pytest.mark.parametrize(
    ("name", "table", "column"),
    [
        ("edges", "rel_placed", "channel"),
        ("columns", "order", "placed_by_id"),
        ("columns", "person", "team_id"),
        ("columns", "box", "made_by_id"),
        ("columns", "box", "person_id"),
    ],
)
def test_a_column_that_may_be_empty_is_noticed(name: str, table: str, column: str) -> None:
    it = emitted(Place("sqlite"), catalog(name))
    rules = [each for each in it.rules if each.name == column]
    assert len(rules) == 1
    with it.loaded(optional(it.sql, table, column)) as connection:
        noticed(it, connection, rules)


def test_foreign_keys_that_nobody_asks_for_are_noticed() -> None:
    it = emitted(Place("sqlite"), catalog("edges"))
    rules = [
        each for each in it.rules if each.rule in {"references", "on_delete"} and each.enforced_by != "none"
    ]
    with it.loaded(it.sql.replace("PRAGMA foreign_keys = ON;", "")) as connection:
        noticed(it, connection, rules)


# ---- PostgreSQL: what is taken away is put back ----

CONSTRAINTS = """
    SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype IN ('c', 'f', 'p', 'u') AND connamespace = current_schema::regnamespace
"""
TRIGGERS = """
    SELECT tgname, tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
"""
REFERENCES = """
    SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype = 'f'
"""


def do(connection: Connection, statement: str) -> None:
    refusal = connection.refusal(statement)
    assert refusal is None, refusal


@pytest.mark.parametrize("name", CATALOGS)
def test_what_is_missing_in_postgresql_is_noticed(server: str, name: str) -> None:
    it = emitted(Place("postgresql", server), catalog(name))
    seen = set()
    with it.loaded() as connection:
        references = connection.rows(REFERENCES)
        for constraint, table, definition in connection.rows(CONSTRAINTS):
            rules = kept_by(it, constraint)
            if not rules:
                continue
            seen.add(constraint)
            do(connection, f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}" CASCADE')
            noticed(it, connection, rules)
            do(connection, f'ALTER TABLE {table} ADD CONSTRAINT "{constraint}" {definition}')
            if definition.startswith("PRIMARY KEY"):
                put_back(connection, references)
        for trigger, table, definition in connection.rows(TRIGGERS):
            rules = kept_by(it, trigger)
            if not rules or trigger.endswith(OF_TWO_WRITERS):
                continue
            seen.add(trigger)
            do(connection, f'DROP TRIGGER "{trigger}" ON {table}')
            connection.load("SELECT 1")  # to have it look for the triggers that are left
            noticed(it, connection, rules)
            do(connection, definition)
            connection.load("SELECT 1")
    named = {each.name for each in it.rules if each.enforced_by in {"constraint", "trigger"}}
    columns = {each.name for each in it.rules if each.rule in {"required", "min"}}
    assert named - seen <= columns


def put_back(connection: Connection, references: list[tuple[str, str, str]]) -> None:
    """Put those references back that went with the key that they were to."""
    left = {name for name, *_ in connection.rows(REFERENCES)}
    for name, table, definition in references:
        if name not in left:
            do(connection, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


# ---- MariaDB: what is taken away is put back ----

MARIADB_CONSTRAINTS = """
    SELECT table_name, constraint_name, constraint_type FROM information_schema.table_constraints
    WHERE constraint_schema = database()
"""
MARIADB_TRIGGERS = "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = database()"


def line_of(connection: Connection, table: str, name: str) -> str:
    """Return how a constraint stands in what makes a table."""
    ((_, made),) = connection.rows(f"SHOW CREATE TABLE `{table}`")
    (line,) = [each for each in made.splitlines() if f"`{name}` " in each.partition("(")[0]]
    return line.strip().rstrip(",")


def mariadb_changes(connection: Connection, table: str, name: str, kind: str) -> tuple[str, str]:
    """Return what takes a constraint away and puts it back; foreign keys want an index in place of a key."""
    definition = line_of(connection, table, name)
    if kind == "UNIQUE":
        columns = definition[definition.index("(") :]
        return f"ADD INDEX instead {columns}, DROP INDEX `{name}`", f"ADD {definition}, DROP INDEX instead"
    if kind == "FOREIGN KEY":
        return f"DROP FOREIGN KEY `{name}`", f"ADD {definition}"
    return f"DROP CONSTRAINT `{name}`", f"ADD {definition}"


@pytest.mark.parametrize("name", CATALOGS)
def test_what_is_missing_in_mariadb_is_noticed(mariadb: str, name: str) -> None:
    it = emitted(Place("mysql", mariadb), catalog(name))
    seen = {"PRIMARY"}  # it is every table's, and most others refer to it
    with it.loaded() as connection:
        for table, constraint, kind in connection.rows(MARIADB_CONSTRAINTS):
            rules = kept_by(it, constraint)
            if constraint == "PRIMARY" or not rules:
                continue
            seen.add(constraint)
            away, back = mariadb_changes(connection, table, constraint, kind)
            do(connection, f"ALTER TABLE `{table}` {away}")
            noticed(it, connection, rules)
            do(connection, f"ALTER TABLE `{table}` {back}")
        for (trigger,) in connection.rows(MARIADB_TRIGGERS):
            rules = kept_by(it, trigger)
            if not rules or trigger.endswith(OF_TWO_WRITERS) or trigger in NEVER_FIRED:
                continue
            seen |= {each.name for each in rules}
            ((_, _, definition, *_),) = connection.rows(f"SHOW CREATE TRIGGER `{trigger}`")
            do(connection, f"DROP TRIGGER `{trigger}`")
            noticed(it, connection, rules)
            do(connection, definition)
    named = {each.name for each in it.rules if each.enforced_by in {"constraint", "trigger"}}
    columns = {each.name for each in it.rules if each.rule in {"required", "min", "max_length"}}
    assert named - seen <= columns


# ---- the view, and what the rules say ----


def branches(sql: str) -> list[str]:
    """Return the queries of the view that lists what breaks a rule."""
    view = sql[sql.index("CREATE VIEW edgewise_violation ") :]
    return view[: view.index(";\n")].split("UNION ALL\n")[1:]


def test_a_question_that_is_not_asked_is_noticed() -> None:
    it = emitted(Place("sqlite"), catalog("edges"))
    asked = [each for each in it.rules if each.enforced_by == "query"]
    assert len(asked) > 5
    for rule in asked:
        mine = [each for each in branches(it.sql) if f"SELECT '{rule.relationship_type}', " in each]
        sql = it.sql
        for each in mine:
            sql = sql.replace("UNION ALL\n" + each, "")
        with it.loaded(sql) as connection:
            verdict = it.judged(connection, [rule])[rule.key]
        if not verdict.reason.startswith(("its steps", "all its steps", "not tried")):
            assert verdict.outcome == "NOT HELD", told([verdict])
            assert verdict.reason.startswith("not listed in edgewise_violation: ")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("WHERE found < 2 OR", "WHERE found <= 2 OR"),  # lists what is legal
        ("found < 2 OR", "found < 1 OR"),  # does not list what is one less
        ("LEFT JOIN rel_member", "JOIN rel_member"),  # does not list who has none
        ("found, 2, 5", "found, 2, 6"),  # says another bound
        ("SELECT 'member', CASE", "SELECT 'members', CASE"),  # says another relationship type
    ],
)
def test_a_wrong_question_is_noticed(right: str, wrong: str) -> None:
    it = emitted(Place("sqlite"), catalog("edges"))
    (mine,) = [each for each in branches(it.sql) if "SELECT 'member', CASE" in each]
    assert right in mine
    rule = it.rule("member", "min", "to")
    with it.loaded(it.sql.replace(mine, mine.replace(right, wrong))) as connection:
        noticed(it, connection, [rule])


def test_a_rule_that_is_not_told_of_is_not_held(place: Place) -> None:
    it = emitted(place, catalog("columns"))
    rule = it.rule("trio", "max", "to")
    with it.loaded() as connection:
        others = [each for each in it.rules if each != rule]
        found = [
            each
            for each in verdicts(it.graph, others, place.dialect, connection)
            if each.outcome == "NOT HELD"
        ]
    assert told(found) == ["NOT HELD: trio max to None: declared, but not among the rules"]


def test_a_rule_that_nobody_declared_is_not_held(place: Place) -> None:
    it = emitted(place, catalog("columns"))
    rule = it.rule("trio", "max", "to")._replace(relationship_type="inspects")
    with it.loaded() as connection:
        judged = it.judged(connection, [rule])
    assert told(judged.values()) == ["NOT HELD: inspects max to None: among the rules, but not declared"]


def test_a_rule_with_another_name_than_what_refuses_is_not_held(place: Place) -> None:
    """An application could not tell what was refused."""
    it = emitted(place, catalog("edges"))
    rule = it.rule("member", "max", "to")._replace(name="rel_member_most")
    with it.loaded() as connection:
        (verdict,) = it.judged(connection, [rule]).values()
    assert verdict.outcome == "NOT HELD"
    assert verdict.reason.startswith("refused, but not by this rule: link team ")


def test_a_rule_that_is_enforced_and_said_to_be_only_listed_is_not_held() -> None:
    it = emitted(Place("sqlite"), catalog("columns"))
    rule = it.rule("trio", "min", "from")._replace(enforced_by="query")
    with it.loaded() as connection:
        (verdict,) = it.judged(connection, [rule]).values()
    assert verdict.outcome == "NOT HELD"
    assert verdict.reason.startswith("refused, and not only listed: ")


def test_a_database_that_refuses_what_is_legal_is_noticed(place: Place) -> None:
    it = emitted(place, catalog("columns"))
    rule = it.rule("trio", "max", "to")
    with it.loaded() as connection:
        do(connection, "CREATE UNIQUE INDEX only_one ON person (team_id)")
        (verdict,) = it.judged(connection, [rule]).values()
    assert verdict.outcome == "NOT HELD"
    assert verdict.reason.startswith("what is legal is refused: insert person-")
