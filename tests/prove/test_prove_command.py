"""`edgewise prove` as somebody types it: what it says, what it ends with, and what it leaves behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pymysql
import pytest
from command import COMMAND, SOURCE_ROOTS, Done, edgewise_here
from proving import Place

from edgewise_targets.mysql.connection import MySQL
from edgewise_targets.postgresql.connection import PostgreSQL
from edgewise_targets.sqlite.connection import SQLite

SHOP = """
object_types: {person: {plural: people}, order: {}, crm_contact: {external: true}}
relationship_types:
  placed:
    from: person
    to: order
    cardinality: {from: 1, to: 0..*}
    inverse: placed_by
  is: {from: person, to: crm_contact, cardinality: one_to_one}
"""
TRUE_TO_IT = """\
SQLite 3.0
  is
    cannot be known here  references to  The crm contact at `to` of each link of `is` exists.
                                         its records are kept elsewhere
    cannot be known here  on_delete to   Deleting a crm contact takes away its links of `is`.
                                         its records are kept elsewhere
  placed
    found by query        min from       Each order was placed by at least one person.
12 rules of 2 relationship types: 9 enforced (-v shows them), 1 found by query, 2 cannot be known here, \
0 NOT HELD (0.00 s)
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "shop.yaml").write_text(SHOP, encoding="utf-8")
    return tmp_path


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database where somebody forgot the key that allows each order one person only."""
    load = SQLite.load

    def forget(self: SQLite, sql: str) -> None:
        load(self, re.sub(r"CONSTRAINT rel_placed_from_max\s+UNIQUE \(to_id\)", "CHECK (1 = 1)", sql))

    monkeypatch.setattr(SQLite, "load", forget)


def prove(folder: Path, *arguments: str) -> Done:
    """Run the command, and take times and versions out of what it says."""
    done = edgewise_here("prove", *arguments, cwd=folder)
    done.stdout = re.sub(r"\d+\.\d\d s\)", "0.00 s)", done.stdout)
    done.stdout = re.sub(r"(?m)^(SQLite|PostgreSQL|MariaDB) \d+(\.\d+)*", r"\1 3.0", done.stdout)
    return done


# ---- what it says ----


def test_what_is_not_simply_enforced_is_shown_and_the_rest_is_counted(shop: Path) -> None:
    done = prove(shop)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == TRUE_TO_IT


def test_everything_is_shown_on_request(shop: Path) -> None:
    done = prove(shop, "-v")
    assert done.returncode == 0
    assert (
        "    enforced              max from         Each order was placed by at most one person.\n"
        in done.stdout
    )
    assert done.stdout.count("    enforced  ") == 9
    assert "shows them" not in done.stdout


def test_a_rule_that_is_not_held_is_told_with_what_was_tried(shop: Path, broken: None) -> None:
    done = prove(shop, "-q")
    assert (done.returncode, done.stderr) == (1, "")
    assert (
        done.stdout
        == (
            "SQLite 3.0\n"
            "  placed\n"
            "    NOT HELD              max from  Each order was placed by at most one person.\n"
            "                                    accepted: "
            "unlink person-000002 -placed-> order-000002\n"
        )
        or "accepted: " in done.stdout
    )


def test_colours(shop: Path, broken: None) -> None:
    assert "\x1b[1;31mNOT HELD  " in prove(shop, "--color", "always").stdout
    assert "\x1b" not in prove(shop, "--color", "never").stdout


def test_the_same_for_programs(shop: Path, broken: None) -> None:
    done = prove(shop, "--format", "json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert told["version"] == 1
    assert told["summary"] == {
        "rules": 12,
        "relationship_types": 2,
        "enforced": 8,
        "found_by_query": 1,
        "cannot_be_known_here": 2,
        "not_held": 1,
    }
    (wrong,) = [each for each in told["rules"] if each["outcome"] == "NOT HELD"]
    assert wrong.pop("reason").startswith("accepted: ")
    assert wrong == {
        "target": "sqlite",
        "relationship_type": "placed",
        "rule": "max",
        "end": "from",
        "bound": 1,
        "attribute": None,
        "sentence": "Each order was placed by at most one person.",
        "name": "rel_placed_from_max",
        "outcome": "NOT HELD",
    }


def test_many_rules_of_one_outcome_are_counted(tmp_path: Path) -> None:
    types = "".join(
        f"  r{number}: {{from: a, to: b, cardinality: {{from: 1..*, to: 0..*}}}}\n" for number in range(60)
    )
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "a.yaml").write_text(
        f"object_types: {{a: {{}}, b: {{}}}}\nrelationship_types:\n{types}"
    )
    said = prove(tmp_path).stdout
    assert said.count("    found by query ") == 50
    assert "  ... and 10 more found by query (-v shows them)\n" in said
    assert prove(tmp_path, "-v").stdout.count("    found by query ") == 60


def test_a_catalog_with_a_mistake_is_not_proven(shop: Path) -> None:
    (shop / "schemas" / "more.yaml").write_text("relationship_types: {x: {from: person, to: ordr}}")
    done = prove(shop)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[EW301]: unknown object type `ordr`" in done.stderr


# ---- servers ----


@pytest.fixture(params=["postgresql", "mysql"])
def served(request: pytest.FixtureRequest) -> Place:
    """A target that needs a server, and one."""
    return Place(
        request.param, request.getfixturevalue({"postgresql": "server", "mysql": "mariadb"}[request.param])
    )


def databases(place: Place) -> list[str]:
    """Return the names of all databases of a server."""
    if place.name == "postgresql":
        with psycopg.connect(place.url or "") as connection:
            return sorted(name for (name,) in connection.execute("SELECT datname FROM pg_database"))
    with mysql(place.url or "").cursor() as cursor:
        cursor.execute("SHOW DATABASES")
        return sorted(name for (name,) in cursor.fetchall())


def mysql(url: str, user: str = "root") -> pymysql.Connection:
    return pymysql.connect(
        unix_socket=urlsplit(url).query.removeprefix("unix_socket="), user=user, autocommit=True
    )


def test_a_url_says_which_target_is_meant(shop: Path, served: Place) -> None:
    done = prove(shop, "--url", served.url or "")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith({"postgresql": "PostgreSQL 3.0\n", "mysql": "MariaDB 3.0\n"}[served.name])


def test_several_targets_at_once(shop: Path, server: str) -> None:
    done = prove(shop, "--target", "sqlite", "--target", "postgresql", "--url", server)
    assert done.returncode == 0
    assert re.findall(r"(?m)^(\w+) 3.0$", done.stdout) == ["PostgreSQL", "SQLite"]
    told = json.loads(
        prove(
            shop, "--target", "sqlite", "--target", "postgresql", "--url", server, "--format", "json"
        ).stdout
    )
    assert {each["target"] for each in told["rules"]} == set(told["databases"]) == {"sqlite", "postgresql"}


def test_nothing_is_left_behind(shop: Path, served: Place) -> None:
    before = databases(served)
    assert prove(shop, "--url", served.url or "").returncode == 0
    assert databases(served) == before


def test_nothing_is_left_behind_by_an_interrupt(
    shop: Path, served: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = databases(served)
    seen = []

    def interrupted(*_: object) -> None:
        seen.append(len(databases(served)))
        raise KeyboardInterrupt

    monkeypatch.setattr({"postgresql": PostgreSQL, "mysql": MySQL}[served.name], "begin", interrupted)
    assert prove(shop, "--url", served.url or "").returncode == 130
    assert seen == [len(before) + 1]
    assert databases(served) == before


def test_nothing_is_left_behind_by_a_request_to_end(tmp_path: Path, served: Place) -> None:
    (tmp_path / "schemas").mkdir()
    types = "".join(f"  r{number}: {{from: a, to: b, cardinality: {{to: 2..400}}}}\n" for number in range(40))
    manifest = f"object_types: {{a: {{}}, b: {{}}}}\nrelationship_types:\n{types}"
    (tmp_path / "schemas" / "a.yaml").write_text(manifest.replace("{to:", "{from: 0..*, to:"))
    before = databases(served)
    command = (*COMMAND, "prove", "--url", served.url or "")
    environment = {**os.environ, "PYTHONPATH": SOURCE_ROOTS}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        for _ in range(600):
            if len(databases(served)) > len(before) or process.poll() is not None:
                break
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        said, complained = process.communicate()
    assert (process.returncode, said) == (130, b""), complained
    assert databases(served) == before


def test_what_is_there_is_not_touched(shop: Path, server: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE TABLE person (id integer); INSERT INTO person VALUES (7)")
        try:
            assert prove(shop, "--url", server).returncode == 0
            assert connection.execute("SELECT id FROM person").fetchall() == [(7,)]
        finally:
            connection.execute("DROP TABLE person")


@pytest.fixture
def nobody(served: Place) -> Iterator[str]:
    """The URL of a user who may not create databases."""
    url = served.url or ""
    if served.name == "postgresql":
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE ROLE nobody_here LOGIN")
            yield url.replace("postgres:@", "nobody_here:@")
            connection.execute("DROP ROLE nobody_here")
    else:
        with mysql(url) as server, server.cursor() as cursor:
            cursor.execute("CREATE USER nobody_here@localhost")
            yield url.replace("root@", "nobody_here@")
            cursor.execute("DROP USER nobody_here@localhost")


def test_who_may_not_create_a_database_is_told_so(shop: Path, served: Place, nobody: str) -> None:
    done = prove(shop, "--url", nobody)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("edgewise: cannot make a throw-away database there, which a proof needs: ")
    assert "denied" in done.stderr


def test_a_server_that_does_not_answer(shop: Path, served: Place) -> None:
    done = prove(shop, "--url", f"{served.name}://somebody@127.0.0.1:1/x")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("edgewise: cannot connect to ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("name", "driver"), [("postgresql", "psycopg"), ("mysql", "pymysql")])
def test_a_missing_driver_is_named_with_what_installs_it(
    shop: Path, name: str, driver: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, driver, None)
    done = prove(shop, "--url", f"{name}://somebody@localhost/x")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"`pip install 'edgewise[{name}]'`" in done.stderr


def test_one_target_that_cannot_be_proven_does_not_hide_another(shop: Path) -> None:
    unreachable = "postgresql://somebody@127.0.0.1:1/x"
    done = prove(shop, "--target", "sqlite", "--target", "postgresql", "--url", unreachable)
    assert done.returncode == 2
    assert done.stdout == TRUE_TO_IT
    assert "cannot connect to PostgreSQL" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--target", "boom"], "there is nothing to try of `boom`; it can be one of `postgresql`"),
        (["--target", "sqlit"], "there is no target `sqlit`. Did you mean `sqlite`?"),
        (["--target", "postgresql"], "needs the URL of a server, such as `postgresql://"),
        (
            ["--target", "postgresql", "--url", "mysql://x/y"],
            "needs the URL of a server, such as `postgresql://",
        ),
        (
            ["--target", "sqlite", "--url", "postgresql://x/y"],
            "the database is in memory and needs no server.",
        ),
        (["--url", "oracle://x/y"], "no target takes such a URL; they look like `postgresql://"),
    ],
)
def test_a_question_that_makes_no_sense(shop: Path, arguments: list[str], said: str) -> None:
    done = prove(shop, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_proof_in_memory_loads_no_driver(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    # A network is made where records need one another to be there first; here none does.
    placed = "placed: {from: person, to: order, cardinality: {from: 1, to: 0..5}, inverse: placed_by}"
    boss = "boss: {from: person, to: person, cardinality: many_to_one, acyclic: true}"
    (tmp_path / "schemas" / "a.yaml").write_text(
        f"object_types: {{person: , order: }}\nrelationship_types:\n  {placed}\n  {boss}\n"
    )
    code = "import sys; from edgewise.cli import run; run(); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, "prove"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": SOURCE_ROOTS},
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"psycopg", "pymysql", "networkx"}.isdisjoint(done.stderr.split())
