"""A database of its own on a MySQL or MariaDB server, for as long as a proof takes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from edgewise.target import NotProven
from edgewise_targets.relational.proof.connection import Connection, Refusal, RefusalKind
from edgewise_targets.relational.proof.values import Value

if TYPE_CHECKING:
    import pymysql

# What the numbers of errors mean: those of MySQL and of MariaDB differ for a CHECK.
_KINDS: dict[int, RefusalKind] = {
    **dict.fromkeys((1062, 1586), "key"),
    **dict.fromkeys((1451, 1452, 1216, 1217), "reference"),
    **dict.fromkeys((4025, 3819), "check"),
    **dict.fromkeys((1048, 1364), "null"),
    1406: "length",
    1644: "trigger",
}
_NAME = {
    "key": re.compile(r"for key '(?:[^'.]+\.)?([^']+)'"),
    "reference": re.compile(r"CONSTRAINT `([^`]+)`"),
    "check": re.compile(r"^(?:Check constraint '|CONSTRAINT `(?:[^`]+`\.`)*)([^'`]+)"),
    "trigger": re.compile(r"^([^:]+): "),
}
# Connection lost, shut down, out of memory or time: that says nothing about a rule.
_FAILURES = frozenset({1037, 1038, 1040, 1041, 1053, 1205, 1213, *range(2000, 3000)})
_COLUMN = re.compile(r"(?:Column|Field|for column) '([^']+)'")


@contextmanager
def opened(url: str | None) -> Iterator[Connection]:
    """Make an empty database on a server, and drop it at the end."""
    connection = _connected(url or "")
    from pymysql import Error  # noqa: PLC0415 - it is there, as we are connected

    name = f"edgewise_prove_{os.getpid()}_{os.urandom(4).hex()}"
    refusal = MySQL(connection).refusal(f"CREATE DATABASE {name}")
    if refusal is not None:
        connection.close()
        message = f"cannot make a throw-away database there, which a proof needs: {refusal.message}"
        raise NotProven(message)
    try:
        with closing(connection):
            connection.select_db(name)
            yield MySQL(connection)
    except Error as error:
        raise NotProven(f"MySQL or MariaDB fails: {_sentence(error)}") from error
    finally:
        _drop(url or "", name)


def _connected(url: str) -> pymysql.Connection[Any]:
    try:
        import pymysql  # noqa: PLC0415 - nothing else needs it, and it need not be installed
    except ImportError as error:
        message = f"MySQL and MariaDB need the driver PyMySQL ({error}): `pip install 'edgewise[mysql]'`"
        raise NotProven(message) from error
    try:
        return pymysql.connect(**_read_url(url))
    except (pymysql.Error, ValueError) as error:
        raise NotProven(f"cannot connect to MySQL or MariaDB: {_sentence(error)}") from error


def _drop(url: str, name: str) -> None:
    """Drop a database on a connection of its own: one that was interrupted is of no use any more."""
    with closing(_connected(url)) as connection:
        refusal = MySQL(connection).refusal(f"DROP DATABASE {name}")
    if refusal is not None:
        raise NotProven(f"cannot drop the throw-away database `{name}`: {refusal.message}")


def _read_url(url: str) -> dict[str, Any]:
    """Read `mysql://user:password@host:port/?unix_socket=path`; the database in it is not used."""
    parts = urlsplit(url)
    return {
        "host": parts.hostname or "localhost",
        "port": parts.port or 3306,
        "user": unquote(parts.username or "") or None,
        "password": unquote(parts.password or ""),
        "unix_socket": dict(parse_qsl(parts.query)).get("unix_socket"),
        "charset": "utf8mb4",
        "autocommit": True,
    }


def _sentence(error: Exception) -> str:
    return str(error.args[-1]) if error.args else type(error).__name__


@dataclass
class MySQL(Connection):
    """A database of a server."""

    connection: pymysql.Connection[Any]

    @property
    def title(self) -> str:
        """Which database it is, and of which version."""
        version = str(self.rows("SELECT version()")[0][0])
        product = "MariaDB" if "MariaDB" in version else "MySQL"
        return f"{product} {version.partition('-')[0]}"

    def load(self, sql: str) -> None:
        """Run a whole file."""
        for statement in statements(sql):
            refusal = self.refusal(statement)
            if refusal is not None:
                raise NotProven(f"{self.title} does not take what was emitted for it: {refusal.message}")

    def rows(self, query: str, values: Sequence[Value] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return what it finds, if it is a query."""
        # Where there are no values, the driver takes the text as it is.
        marked = query.replace("%", "%%").replace("?", "%s") if values else query
        with self.connection.cursor() as cursor:
            cursor.execute(marked, tuple(values) or None)
            return list(cursor.fetchall())

    def refusal(self, statement: str, values: Sequence[Value] = ()) -> Refusal | None:
        """Run a statement; tell why it was refused, or nothing if it was not."""
        from pymysql import Error  # noqa: PLC0415 - it is loaded by now

        try:
            self.rows(statement, values)
        except Error as error:
            if error.args[0] in _FAILURES:
                raise
            return _read(error.args[0], _sentence(error))
        return None

    def settle(self, _: str | None = None) -> Refusal | None:
        """Find nothing: all that is enforced is so at once."""
        return None


def statements(sql: str) -> Iterator[str]:
    """Take a file apart as the client does, which alone knows what DELIMITER says.

    A statement ends where a line does that is no comment.
    """
    lines: list[str] = []
    delimiter = ";"
    for line in sql.splitlines():
        if line.startswith("DELIMITER "):
            delimiter = line.removeprefix("DELIMITER ")
        elif line.endswith(delimiter) and not line.lstrip().startswith("-- "):
            yield "\n".join((*lines, line.removesuffix(delimiter)))
            lines = []
        else:
            lines.append(line)


def _read(number: int, message: str) -> Refusal:
    """Read why something was refused."""
    kind = _KINDS.get(number, "other")
    name = _NAME[kind].search(message) if kind in _NAME else None
    column = _COLUMN.search(message) if kind in {"null", "length"} else None
    return Refusal(kind, message, name and name[1], None, (column[1],) if column else ())
