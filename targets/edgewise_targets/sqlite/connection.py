"""A database in memory, for as long as a proof takes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from edgewise.target import NotProven
from edgewise_targets.relational.proof.connection import Connection, Refusal
from edgewise_targets.relational.proof.values import Value


@contextmanager
def opened(_: str | None) -> Iterator[Connection]:
    """Open an empty database, which is gone at the end."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        try:
            yield SQLite(connection)
        except sqlite3.Error as error:
            raise NotProven(f"SQLite fails: {error}") from error


@dataclass
class SQLite(Connection):
    """A database in memory."""

    connection: sqlite3.Connection

    @property
    def title(self) -> str:
        """Which database it is, and of which version."""
        return f"SQLite {sqlite3.sqlite_version}"

    def load(self, sql: str) -> None:
        """Run a whole file."""
        try:
            self.connection.executescript(sql)
        except sqlite3.Error as error:
            raise NotProven(f"{self.title} does not take what was emitted for it: {error}") from error

    def rows(self, query: str, values: Sequence[Value] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return what it finds, if it is a query."""
        return self.connection.execute(query, [*map(_adapted, values)]).fetchall()

    def refusal(self, statement: str, values: Sequence[Value] = ()) -> Refusal | None:
        """Run a statement; tell why it was refused, or nothing if it was not."""
        try:
            self.connection.execute(statement, [*map(_adapted, values)])
        except sqlite3.Error as error:
            return _read(str(error))
        return None

    def settle(self, _: str | None = None) -> Refusal | None:
        """Find nothing: all that is enforced is so at once."""
        return None


def _adapted(value: Value) -> Value:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value


def _read(message: str) -> Refusal:
    """Read why something was refused: only of CHECKs, and of triggers as we write them, there is a name."""
    what, _, which = message.partition(" constraint failed")
    which = which.removeprefix(": ")
    match what:
        case "CHECK":
            return Refusal("check", message, name=which)
        case "UNIQUE" | "NOT NULL":
            columns = [each.rpartition(".") for each in which.split(", ")]
            names = tuple(name for *_, name in columns)
            return Refusal("key" if what == "UNIQUE" else "null", message, None, columns[0][0], names)
        case "FOREIGN KEY":
            return Refusal("reference", message)
    name, colon, _ = message.partition(": ")
    return Refusal("trigger", message, name) if colon else Refusal("other", message)
