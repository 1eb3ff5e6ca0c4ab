"""What the tests ask of a database, the same of each, and the DDL that a manifest becomes for it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg
import pymysql

from edgewise.compile import Compilation, check, compile  # noqa: A004 - the word for it
from edgewise.diagnostics import Code, Diagnostic, Severity
from edgewise.place import Source
from edgewise.project import Project
from edgewise.target import Target
from edgewise_targets.mysql import TARGET as MYSQL
from edgewise_targets.postgresql import TARGET as POSTGRESQL
from edgewise_targets.sqlite import TARGET as SQLITE

Manifest = Mapping[str, Any]


class Refusal(NamedTuple):
    """Why a database did not take a statement: the kind of rule, and its name where the database tells it."""

    kind: str
    name: str | None = None


class Database(Protocol):
    """A database with one connection, on which each statement stands for itself."""

    target: Target
    title: str

    def load(self, sql: str) -> None:
        """Run a whole file."""

    def refusal(self, statement: str, *values: object) -> Refusal | None:
        """Run a statement with `?` for each value; tell why it was refused, or nothing if it was not."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what a query finds, in order."""

    def plan(self, query: str) -> str:
        """Return how the database would go about a query, on one line."""

    def indexes(self, table: str) -> list[tuple[str, ...]]:
        """Return the columns of each index of a table, that of its key included, in order."""


@dataclass(eq=False)
class PostgreSQL:
    """A schema of a server."""

    connection: psycopg.Connection[tuple[Any, ...]]
    server: str
    schema: str
    target = POSTGRESQL
    title = "PostgreSQL"

    def load(self, sql: str) -> None:
        self.connection.execute(sql.encode())

    def refusal(self, statement: str, *values: object) -> Refusal | None:
        try:
            self.connection.execute(statement.replace("?", "%s").encode(), values)
        except psycopg.Error as error:
            kinds = {
                "23514": "check",
                "23505": "unique",
                "23502": "null",
                "23503": "reference",
                "23001": "reference",
            }
            state = error.sqlstate or ""
            kind = "type" if state.startswith("22") else kinds.get(state)
            if kind is None:
                raise
            return Refusal(kind, error.diag.constraint_name)
        return None

    def clear(self) -> None:
        """Drop all, one table at a time: a schema at once may need more locks than the server has."""
        tables = "SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = current_schema"
        for (name,) in self.connection.execute(tables).fetchall():
            self.connection.execute(f"DROP TABLE IF EXISTS {name} CASCADE".encode())

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return sorted(self.connection.execute(query.encode()).fetchall())

    def plan(self, query: str) -> str:
        """What tables are large enough for an index is for the server to say, so it may read none whole."""
        self.load("SET enable_seqscan = off")
        return " ".join([line for (line,) in self.connection.execute(f"EXPLAIN {query}".encode())])

    def indexes(self, table: str) -> list[tuple[str, ...]]:
        query = """
            SELECT array_agg(attname ORDER BY attnum) FROM pg_attribute
            WHERE attrelid IN (SELECT indexrelid FROM pg_index WHERE indrelid = %s::regclass)
            GROUP BY attrelid
        """
        found = self.connection.execute(query, (f'"{table}"',)).fetchall()
        return sorted(tuple(columns) for (columns,) in found)


@dataclass(eq=False)
class SQLite:
    """A database of its own."""

    connection: sqlite3.Connection
    target = SQLITE
    title = "SQLite"

    def load(self, sql: str) -> None:
        self.connection.executescript(sql)

    def refusal(self, statement: str, *values: object) -> Refusal | None:
        try:
            self.connection.execute(statement, values)
        except sqlite3.IntegrityError as error:
            kinds = {
                "SQLITE_CONSTRAINT_CHECK": "check",
                "SQLITE_CONSTRAINT_UNIQUE": "unique",
                "SQLITE_CONSTRAINT_PRIMARYKEY": "unique",
                "SQLITE_CONSTRAINT_NOTNULL": "null",
                "SQLITE_CONSTRAINT_FOREIGNKEY": "reference",
                "SQLITE_CONSTRAINT_TRIGGER": "reference",  # how ON DELETE RESTRICT says it
            }
            # SQLITE_CONSTRAINT_DATATYPE, for which Python 3.11 has no name.
            kind = "type" if "cannot store" in str(error) else kinds[error.sqlite_errorname]
            return Refusal(kind, str(error).rpartition(": ")[2] if kind == "check" else None)
        except sqlite3.OperationalError as error:
            if "non-deterministic" in str(error):  # a date of 'now', which is no date
                return Refusal("type")
            raise
        return None

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return sorted(self.connection.execute(query).fetchall())

    def plan(self, query: str) -> str:
        return " ".join([str(row) for row in self.connection.execute(f"EXPLAIN QUERY PLAN {query}")])

    def indexes(self, table: str) -> list[tuple[str, ...]]:
        names = [name for _, name, *_ in self.connection.execute(f'PRAGMA index_list("{table}")')]
        return sorted(
            tuple(column for _, _, column in self.connection.execute(f'PRAGMA index_info("{name}")'))
            for name in names
        )


@dataclass(eq=False)
class MariaDB:
    """A database of a server. In the tests double quotes stand around names, as in the other databases."""

    connection: pymysql.Connection[Any]
    server: str
    name: str
    target = MYSQL
    title = "MySQL"

    def load(self, sql: str) -> None:
        """Run a file as the client does, with a connection and modes of its own."""
        with connected(self.server, self.name) as connection:
            for statement in statements(sql):
                connection.query(statement)

    def _run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return list(cursor.fetchall())

    def refusal(self, statement: str, *values: object) -> Refusal | None:
        try:
            self._run(statement.replace("?", "%s"), *values)
        except pymysql.MySQLError as error:
            number, message = error.args
            kind = KINDS.get(number)
            if kind is None:
                raise
            found = NAMED[kind].search(message) if kind in NAMED else None
            name = found and found[found.lastindex or 0]
            # Every primary key has this name, and so it tells nothing.
            return Refusal(kind, None if name == "PRIMARY" else name)
        return None

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return sorted(self._run(query))

    def plan(self, query: str) -> str:
        ((plan,),) = self._run(f"EXPLAIN FORMAT = JSON {query}")
        return " ".join(plan.split())

    def indexes(self, table: str) -> list[tuple[str, ...]]:
        query = """
            SELECT group_concat(column_name ORDER BY seq_in_index) FROM information_schema.statistics
            WHERE table_schema = database() AND table_name = %s GROUP BY index_name
        """
        return sorted(tuple(columns.split(",")) for (columns,) in self._run(query, table))


# What the numbers of errors mean, those of MySQL for a CHECK and a duplicate included.
KINDS = {
    **dict.fromkeys((4025, 3819, 1644), "check"),
    **dict.fromkeys((1062, 1586), "unique"),
    **dict.fromkeys((1048, 1364), "null"),
    **dict.fromkeys((1451, 1452, 1216, 1217), "reference"),
    **dict.fromkeys((1264, 1265, 1292, 1366, 1406, 1411), "type"),
}
NAMED = {
    "check": re.compile(r"^CONSTRAINT `(?:[^`]+`\.`)*([^`]+)` failed|^Check constraint '([^']+)'|^([^:]+): "),
    "unique": re.compile(r"for key '(?:[^'.]+\.)?([^']+)'$"),
    "reference": re.compile(r"CONSTRAINT `([^`]+)`"),
}


def connected(url: str, name: str | None = None) -> pymysql.Connection[Any]:
    """Connect to a server, in the strict mode that they all have, with double quotes around names."""
    parts = urlsplit(url)
    socket = dict(parse_qsl(parts.query)).get("unix_socket")
    return pymysql.connect(
        host=parts.hostname or "localhost",
        port=parts.port or 3306,
        user=unquote(parts.username or "root"),
        password=unquote(parts.password or ""),
        unix_socket=socket,
        database=name,
        charset="utf8mb4",
        autocommit=True,
        sql_mode="ANSI_QUOTES,STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO",
    )


def statements(sql: str) -> list[str]:
    """Take a file apart as the client does, which alone knows what DELIMITER says.

    A statement ends where a line does; no text of a manifest has a line of its own.
    """
    found, lines, delimiter = [], list[str](), ";"
    for line in sql.splitlines():
        if line.startswith("DELIMITER "):
            delimiter = line.removeprefix("DELIMITER ")
        elif line.endswith(delimiter) and not line.startswith("-- "):
            found.append("\n".join([*lines, line.removesuffix(delimiter)]))
            lines = []
        else:
            lines.append(line)
    assert not any(line and not line.startswith("-- ") for line in lines), lines
    return found


def compiled(manifest: Manifest | str, target: Target) -> Compilation:
    """Compile one manifest for one target that the project names."""
    return compile([source(manifest)], project(target), known(target))


def known(target: Target) -> list[Target]:
    """Return the database targets, as a manifest may state something for each, with this one for its own."""
    return [target if each.name == target.name else each for each in (POSTGRESQL, SQLITE, MYSQL)]


def source(manifest: Manifest | str) -> Source:
    return Source(
        "schemas/manifest.yaml",
        manifest if isinstance(manifest, str) else json.dumps(manifest, ensure_ascii=False),
    )


def project(target: Target) -> Project:
    return Project("/", ("schemas",), "build", {target.name: {}}, named=True)


def ddl(manifest: Manifest | str, target: Target) -> str:
    """Return the one file that a manifest becomes, which has to be without a mistake."""
    compilation = compiled(manifest, target)
    assert [each.message for each in compilation.diagnostics if each.severity is Severity.ERROR] == []
    artifact, rules = compilation.artifacts[target.name]
    assert artifact.path == f"sql/{target.name}.sql"
    assert rules.path == f"sql/{target.name}.rules.json"
    return artifact.content.decode()


def said(manifest: Manifest | str, target: Target, code: Code) -> list[Diagnostic]:
    """Return what a target says of a manifest under one code."""
    found = check([source(manifest)], project(target), known(target)).diagnostics
    return [each for each in found if each.code is code]


def put(database: Database, manifest: Manifest | str) -> None:
    """Load what a manifest becomes."""
    database.load(ddl(manifest, database.target))


def insert(database: Database, table: str, /, **values: object) -> Refusal | None:
    """Try to insert a row."""
    columns = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" for _ in values)
    return database.refusal(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', *values.values())


def records(database: Database, table: str, ids: Iterable[object]) -> None:
    """Insert records that have to be taken."""
    for each in ids:
        assert insert(database, table, id=each) is None


def link(
    database: Database, name: str, from_id: object, to_id: object, /, **values: object
) -> Refusal | None:
    """Try to insert a link."""
    return insert(database, f"rel_{name}", from_id=from_id, to_id=to_id, **values)


def pairs(database: Database, view: str) -> list[tuple[Any, ...]]:
    """Return the pairs of a table or view."""
    return database.rows(f'SELECT from_id, to_id FROM "{view}"')
