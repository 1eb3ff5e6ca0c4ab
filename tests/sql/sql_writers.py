"""Connections of the tests' own to a database: several at once, with transactions, and the rule that refuses.

`sql_database` has one connection on which each statement stands for itself; here are writers beside it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, Protocol

import psycopg
import pymysql
from sql_database import Database, MariaDB, PostgreSQL, SQLite, connected


class Refused(NamedTuple):
    """Why a statement was not taken: the constraint or trigger, where the database tells it, and its message.

    Where a column may not be empty, or not be so long, that has no name, it is the column's. `is_rule` is
    false where it was not a rule but another writer: to be tried again.
    """

    name: str | None
    message: str
    is_rule: bool = True


class Writer(Protocol):
    """One connection; double quotes stand around names."""

    def run(self, statement: str, *values: object) -> Refused | None:
        """Run a statement with `?` for each value."""

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return what a query finds."""

    def close(self) -> None: ...


class PostgreSQLWriter:
    def __init__(self, server: str, schema: str) -> None:
        self.connection = psycopg.connect(server, autocommit=True)
        for setting in (f"search_path = {schema}", "client_min_messages = warning", "lock_timeout = '20s'"):
            self.connection.execute(f"SET {setting}".encode())

    def run(self, statement: str, *values: object) -> Refused | None:
        try:
            self.connection.execute(statement.replace("?", "%s").encode(), values)
        except psycopg.Error as error:
            state = error.sqlstate or ""
            if state[:2] not in {"22", "23", "40"}:
                raise
            name = error.diag.constraint_name or error.diag.column_name
            return Refused(name, f"{state} {error}", is_rule=state[:2] != "40")
        return None

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self.connection.execute(query.replace("?", "%s").encode(), values).fetchall()

    def close(self) -> None:
        self.connection.close()


class SQLiteWriter:
    _NAMED = (r"CHECK constraint failed: (\w+)$", r"NOT NULL constraint failed: \w+\.(\w+)$", r"(\w+): ")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def run(self, statement: str, *values: object) -> Refused | None:
        try:
            self.connection.execute(statement, values)
        except sqlite3.IntegrityError as error:
            message = str(error)
            found = next((each for form in self._NAMED if (each := re.match(form, message))), None)
            return Refused(found and found[1], message)
        return None

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, values).fetchall()

    def close(self) -> None:
        """Leave the connection to whoever opened it."""


class MariaDBWriter:
    """Messages of the server name a constraint in one of a few forms."""

    _NAMED = (
        r"for key '([^']+)'",
        r"CONSTRAINT [`\"]([^`\"]+)[`\"]",
        r"^(?:Column|Field|Data too long for column) '([^']+)'",
        r"^(\w+): ",
    )
    _RULES = frozenset({1048, 1062, 1265, 1364, 1366, 1406, 1451, 1452, 1644, 4025})
    _OTHER_WRITERS = frozenset({1020, 1205, 1213})

    def __init__(self, connection: pymysql.Connection[Any]) -> None:
        self.connection = connection
        self.run("SET SESSION innodb_lock_wait_timeout = 20")

    def run(self, statement: str, *values: object) -> Refused | None:
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(statement.replace("?", "%s"), values or None)
        except pymysql.MySQLError as error:
            number, message = error.args
            if number not in self._RULES | self._OTHER_WRITERS:
                raise
            found = next((each for form in self._NAMED if (each := re.search(form, message))), None)
            return Refused(found and found[1], f"{number} {message}", is_rule=number in self._RULES)
        return None

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(query.replace("?", "%s"), values or None)
            return list(cursor.fetchall())

    def close(self) -> None:
        self.connection.close()


def opened(database: Database) -> Writer:
    """Return a writer beside the connection that a database has; with SQLite in memory there is but one."""
    match database:
        case PostgreSQL():
            return PostgreSQLWriter(database.server, database.schema)
        case SQLite():
            return SQLiteWriter(database.connection)
        case MariaDB():
            return MariaDBWriter(connected(database.server, database.name))
    raise TypeError(database.title)


@contextmanager
def writing(database: Database) -> Iterator[Writer]:
    writer = opened(database)
    try:
        yield writer
    finally:
        writer.close()


def emptied(database: Database) -> Database:
    """Return a database with nothing in it: the same one, or of SQLite another."""
    made: tuple[str, ...] = ()
    match database:
        case PostgreSQL(schema=name):
            made = (f"DROP SCHEMA {name} CASCADE", f"CREATE SCHEMA {name}")
        case SQLite():
            return SQLite(sqlite3.connect(":memory:", isolation_level=None))
        case MariaDB(name=name):
            made = (f"DROP DATABASE {name}", f"CREATE DATABASE {name}", f"USE {name}")
    for statement in made:
        assert database.refusal(statement) is None
    return database
