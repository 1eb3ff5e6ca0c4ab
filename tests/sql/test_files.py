"""The file of each database: its order, its bytes, and its size."""

from __future__ import annotations

import difflib
import os
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import ROOT, SOURCE_ROOTS
from sql_database import Database, PostgreSQL, compiled, ddl, link, pairs, project, put, records

from edgewise.compile import compile  # noqa: A004 - the word for it
from edgewise.diagnostics import Severity
from edgewise.place import Source
from edgewise_targets import TARGETS

WORDS = ("one_to_one", "one_to_many", "many_to_one", "many_to_many")


def many(count: int) -> dict[str, Any]:
    """A quarter as many object types as relationship types, each of which has an inverse and an attribute."""
    types = max(count // 4, 1)
    return {
        "object_types": {f"object_{n}": {"attributes": {"name": {"type": "string"}}} for n in range(types)},
        "relationship_types": {
            f"relation_{n}": {
                "from": f"object_{n % types}",
                "to": f"object_{(7 * n + 3) % types}",
                "cardinality": WORDS[n % 4],
                "inverse": f"relation_{n}_of",
                "attributes": {"channel": {"enum": ["web", "phone"]}},
            }
            for n in range(count)
        },
    }


def family() -> dict[str, Any]:
    return {
        "object_types": {
            "person": {
                "description": "Somebody.",
                "attributes": {"name": {"type": "string"}, "born": {"type": "date"}},
            },
            "order": {"id": {"type": "uuid"}},
        },
        "relationship_types": {
            "placed": {"from": "person", "to": "order", "cardinality": "one_to_many", "inverse": "placed_by"},
            "parent": {"from": "person", "to": "person", "inverse": "child"},
            "spouse": {
                "from": "person",
                "to": "person",
                "symmetric": True,
                "attributes": {"since": {"type": "date"}},
            },
            "grandparent": {"via": ["parent", "parent"]},
            "ordered_by_child": {"via": ["parent", "placed"], "inverse": "of_child"},
        },
    }


def test_a_thousand_relationship_types_load(database: Database) -> None:
    put(database, many(1000))
    records(database, "object_0", ["a"])
    records(database, "object_3", ["b"])
    assert link(database, "relation_0", "a", "b", channel="web") is None
    assert pairs(database, "rel_relation_0_inverse") == [("b", "a")]


def test_a_large_file_tells_how_many_locks_it_takes(postgresql: PostgreSQL) -> None:
    sql = ddl(many(1000), postgresql.target)
    count = "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND mode = 'AccessExclusiveLock'"
    postgresql.load(sql.replace("COMMIT;", ""))
    assert postgresql.rows(f"{count} AND locktype = 'relation'") == [(7014,)]
    postgresql.load("ROLLBACK")
    header = sql.partition("\n\n")[0]
    assert "Takes 7014 locks: max_locks_per_transaction has to be 71 or more" in header
    assert "locks" not in ddl(many(900), postgresql.target)


def test_the_catalog_of_this_repository_loads(database: Database) -> None:
    manifests = [
        Source(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "schemas").rglob("*.yaml"))
    ]
    compilation = compile(manifests, project(database.target), TARGETS)
    assert [each.message for each in compilation.diagnostics if each.severity is Severity.ERROR] == []
    artifact, _ = compilation.artifacts[database.target.name]
    database.load(artifact.content.decode())
    graph = compilation.graph
    assert graph is not None
    own = [each for each in graph.object_types.values() if not each.external]
    declared = len(own) + len([*graph.stored])
    members = sum(each.symmetric and each.to.bounds.max is not None for each in graph.stored)
    assert artifact.content.count(b"CREATE TABLE ") == declared + members + 2 > 40


def test_the_parts_come_in_order(database: Database) -> None:
    lines = ddl(family(), database.target).splitlines()
    described = "-- What is declared, for whoever asks the database"
    parts = ["-- Object types", "-- Relationship types", "-- Views", described]
    parts += ["COMMIT;"] if database.title != "MySQL" else []
    assert sorted(parts, key=lines.index) == parts
    made = [line.split()[1:3] for line in lines if line.startswith("CREATE ") and "INDEX" not in line]
    assert [" ".join(each).replace("`", '"') for each in made] == [
        'TABLE "order"',
        "TABLE person",
        "TABLE rel_parent",
        "TABLE rel_placed",
        "TABLE rel_spouse",
        "VIEW rel_parent_inverse",
        "VIEW rel_placed_inverse",
        "VIEW rel_spouse_both",
        "VIEW rel_grandparent",
        "VIEW rel_ordered_by_child",
        "VIEW rel_ordered_by_child_inverse",
        "TABLE edgewise_object_type",
        "TABLE edgewise_relationship_type",
        "VIEW edgewise_violation",
    ]


def test_the_header_says_what_it_is_and_not_when(database: Database) -> None:
    compilation = compiled(family(), database.target)
    assert compilation.graph is not None
    header = ddl(family(), database.target).partition("\n\n")[0]
    assert all(line.startswith("-- ") for line in header.splitlines())
    assert "Do not edit" in header
    assert compilation.graph.hash in header
    assert database.title in header


def test_an_empty_catalog_has_nothing_but_its_description(database: Database) -> None:
    put(database, {})
    assert ddl({}, database.target).count("CREATE") == 3
    for relation in ("edgewise_object_type", "edgewise_relationship_type", "edgewise_violation"):
        assert database.rows(f"SELECT * FROM {relation}") == []


def test_columns_and_constraints_stand_in_line(database: Database) -> None:
    tables = ddl(family(), database.target).split("CREATE TABLE ")[1:]
    for table in tables:
        rows = [line for line in table.partition("\n)")[0].splitlines()[1:] if not line.startswith("  --")]
        rules = [line for line in rows if line.startswith("  CONSTRAINT ")]
        rest = [line for line in rows if line.startswith(("  PRIMARY KEY (", "  INDEX "))]
        columns = [line for line in rows if line not in (*rules, *rest)]
        assert len({line.index(each) for line in columns for each in line.split()[1:2]}) == 1
        assert len({line.index(line.split()[2]) for line in rules}) == (1 if rules else 0)
        assert all(line.rstrip() == line for line in rows)


def shuffled(value: Any, chance: random.Random) -> Any:
    """Return the same declarations with the keys of every mapping but attributes in another order."""
    if not isinstance(value, dict):
        return value
    keys = list(value)
    chance.shuffle(keys)
    return {key: value[key] if key == "attributes" else shuffled(value[key], chance) for key in keys}


def test_the_order_of_keys_changes_no_byte(database: Database) -> None:
    first = ddl(family(), database.target)
    chance = random.Random(1)
    assert {ddl(shuffled(family(), chance), database.target) for _ in range(20)} == {first}


PRINT = """
import sys
sys.path[:0] = {paths!r}
from test_files import family
from sql_database import MYSQL, POSTGRESQL, SQLITE, ddl
sys.stdout.buffer.write("".join([ddl(family(), each) for each in (POSTGRESQL, SQLITE, MYSQL)]).encode())
"""


def test_the_machine_changes_no_byte(tmp_path: Path) -> None:
    paths = [*SOURCE_ROOTS.split(os.pathsep), str(ROOT / "tests"), str(ROOT / "tests" / "sql")]
    found = set()
    for seed, locale in (("0", "C"), ("1", "C.UTF-8"), ("4711", "C")):
        environment = {
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "TZ": "Asia/Tokyo",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        command = [sys.executable, "-c", PRINT.format(paths=paths)]
        run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
        found.add(run.stdout)
    (only,) = found
    assert only.count(b"CREATE TABLE") == 21


BETWEEN_CARDINALITIES = [
    ("one_to_many", "many_to_many"),
    ("many_to_many", "many_to_one"),
    ("one_to_one", "one_to_many"),
    ("one_to_many", {"from": "0..1", "to": "0..5"}),
    ("many_to_many", {"from": "1..*", "to": "2..3"}),
]


@pytest.mark.parametrize(("before", "after"), BETWEEN_CARDINALITIES)
def test_a_change_of_cardinality_touches_the_rules_of_its_links_alone(
    database: Database, before: object, after: object
) -> None:
    """No column comes or goes, so no data has to move, and nothing else changes but what tells of it."""

    def built(cardinality: object) -> list[str]:
        declared = family()
        declared["relationship_types"]["placed"]["cardinality"] = cardinality
        return ddl(declared, database.target).splitlines()

    changed = [line for line in difflib.ndiff(built(before), built(after)) if line[:2] in {"- ", "+ "}]
    assert any(re.search(r"rel_placed_|PRIMARY KEY", line) for line in changed)
    for line in (each[2:] for each in changed if _is_of_a_table(each[2:])):
        assert re.search(r"(CONSTRAINT|INDEX) rel_placed_|^CREATE TABLE rel_placed_(to|from)_lock", line)
    for line in (each[2:] for each in changed if not _is_of_a_table(each[2:])):
        assert not re.search(r"rel_(parent|spouse)|person_|order_", line), line


def _is_of_a_table(line: str) -> bool:
    return line.startswith(("CREATE TABLE", "CREATE INDEX", "  CONSTRAINT", "  from_id", "  to_id", "ALTER"))


def test_what_is_said_of_a_declaration(database: Database) -> None:
    compilation = compiled(family(), database.target)
    graph = compilation.graph
    assert graph is not None
    types = {
        "PostgreSQL": "text",
        "SQLite": "TEXT",
        "MySQL": "varchar(255) CHARACTER SET ascii COLLATE ascii_bin",
    }
    text = types[database.title]
    told = {
        name: database.target.describe(graph, {}, each) for name, each in graph.relationship_types.items()
    }
    assert told["parent"] == f"table rel_parent (from_id {text}, to_id {text})\nview rel_parent_inverse"
    assert told["grandparent"] == "view rel_grandparent"
    assert database.target.describe(graph, {}, graph.object_types["person"]).startswith(
        f"table person (id {text}"
    )
