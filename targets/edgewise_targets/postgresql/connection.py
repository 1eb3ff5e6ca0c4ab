"""A database of its own on a PostgreSQL server, for as long as a proof takes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from edgewise.target import NotProven
from edgewise_targets.relational.proof.connection import Connection, Refusal, RefusalKind
from edgewise_targets.relational.proof.values import Value

if TYPE_CHECKING:
    import psycopg

_KINDS: dict[str, RefusalKind] = {
    "23505": "key",
    "23503": "reference",
    "23001": "reference",
    "23514": "check",
    "23502": "null",
}
# Connection lost, out of memory or locks, shut down, broken: that says nothing about a rule.
_FAILURES = frozenset({"08", "53", "57", "58", "XX"})
# The triggers that wait for the end of a transaction.
_WAITING = """
    SELECT pg_constraint.conname, format('%I.%I', pg_namespace.nspname, pg_constraint.conname)
    FROM pg_constraint
    JOIN pg_namespace ON pg_namespace.oid = pg_constraint.connamespace
    WHERE pg_constraint.contype = 't' AND pg_constraint.condeferrable
"""


@contextmanager
def opened(url: str | None) -> Iterator[Connection]:
    """Make an empty database on a server, and drop it at the end."""
    try:
        import psycopg  # noqa: PLC0415 - nothing else needs it, and it need not be installed
        from psycopg import conninfo  # noqa: PLC0415 - see above
    except ImportError as error:
        message = f"PostgreSQL needs the driver psycopg ({error}): `pip install 'edgewise[postgresql]'`"
        raise NotProven(message) from error
    name = f"edgewise_prove_{os.getpid()}_{os.urandom(4).hex()}"
    try:
        server = psycopg.connect(url or "", autocommit=True)
    except psycopg.Error as error:
        raise NotProven(f"cannot connect to PostgreSQL: {_sentence(error)}") from error
    with server:
        try:
            server.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
        except psycopg.Error as error:
            message = f"cannot make a throw-away database there, which a proof needs: {_sentence(error)}"
            raise NotProven(message) from error
        try:
            there = conninfo.make_conninfo(url or "", dbname=name)
            with psycopg.connect(there, autocommit=True) as connection:
                yield PostgreSQL(connection)
        except psycopg.Error as error:
            raise NotProven(f"PostgreSQL fails: {_sentence(error)}") from error
        finally:
            _drop(server, name)


def _drop(server: psycopg.Connection[Any], name: str) -> None:
    from psycopg import Error  # noqa: PLC0415 - it is loaded by now

    try:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
    except Error as error:
        raise NotProven(f"cannot drop the throw-away database `{name}`: {_sentence(error)}") from error


def _sentence(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


@dataclass
class PostgreSQL(Connection):
    """A database of a server."""

    connection: psycopg.Connection[Any]
    _waiting: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Which database it is, and of which version."""
        return f"PostgreSQL {self.connection.info.parameter_status('server_version')}"

    def load(self, sql: str) -> None:
        """Run a whole file."""
        refusal = self.refusal(sql)
        if refusal is not None:
            raise NotProven(f"{self.title} does not take what was emitted for it: {refusal.message}")
        self._waiting = dict(self.rows(_WAITING))

    def rows(self, query: str, values: Sequence[Value] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return what it finds, if it is a query."""
        cursor = self.connection.execute(_marked(query, values), values or None)
        return cursor.fetchall() if cursor.description else []

    def refusal(self, statement: str, values: Sequence[Value] = ()) -> Refusal | None:
        """Run a statement; tell why it was refused, or nothing if it was not."""
        from psycopg import Error  # noqa: PLC0415 - it is loaded by now

        try:
            self.connection.execute(_marked(statement, values), values or None)
        except Error as error:
            if self.connection.closed or (error.sqlstate or "")[:2] in _FAILURES:
                raise
            told = error.diag
            column = (told.column_name,) if told.column_name else ()
            message = told.message_primary or _sentence(error)
            kind = _KINDS.get(error.sqlstate or "", "other")
            return Refusal(kind, message, told.constraint_name, told.table_name, column)
        return None

    def settle(self, name: str | None = None) -> Refusal | None:
        """Check what is left to the end of a transaction, as COMMIT would, and let more be left to it.

        A rule that needs more than one trigger has its name at the start of theirs.
        """
        waiting = "ALL"
        if name is not None:
            waiting = ", ".join(
                quoted
                for trigger, quoted in self._waiting.items()
                if trigger == name or trigger.startswith(f"{name}_")
            )
        if not waiting:
            return None
        return self.refusal(f"SET CONSTRAINTS {waiting} IMMEDIATE; SET CONSTRAINTS {waiting} DEFERRED")


def _marked(statement: str, values: Sequence[Value]) -> bytes:
    """Write values as the driver wants them; where there are none, it takes the text as it is."""
    return (statement.replace("%", "%%").replace("?", "%s") if values else statement).encode()
