"""What the tests ask of a database, the same of each, and the DDL that a manifest becomes for it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import psycopg

from edgewise.compile import Compilation, check, compile  # noqa: A004 - the word for it
from edgewise.diagnostics import Code, Diagnostic, Severity
from edgewise.place import Source
from edgewise.project import Project
from edgewise.target import Target
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

    def indexes(self, table: str) -> list[tuple[str, ...]]:
        """Return the columns of each index of a table, that of its key included, in order."""


@dataclass
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

    def indexes(self, table: str) -> list[tuple[str, ...]]:
        query = """
            SELECT array_agg(attname ORDER BY attnum) FROM pg_attribute
            WHERE attrelid IN (SELECT indexrelid FROM pg_index WHERE indrelid = %s::regclass)
            GROUP BY attrelid
        """
        found = self.connection.execute(query, (f'"{table}"',)).fetchall()
        return sorted(tuple(columns) for (columns,) in found)


@dataclass
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

    def indexes(self, table: str) -> list[tuple[str, ...]]:
        names = [name for _, name, *_ in self.connection.execute(f'PRAGMA index_list("{table}")')]
        return sorted(
            tuple(column for _, _, column in self.connection.execute(f'PRAGMA index_info("{name}")'))
            for name in names
        )


def compiled(manifest: Manifest | str, target: Target) -> Compilation:
    """Compile one manifest for one target that the project names."""
    return compile([source(manifest)], project(target), known(target))


def known(target: Target) -> list[Target]:
    """Return the database targets, as a manifest may state something for each, with this one for its own."""
    return [target if each.name == target.name else each for each in (POSTGRESQL, SQLITE)]


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
