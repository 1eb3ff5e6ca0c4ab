"""PostgreSQL, SQLite and MariaDB, each test with a database of its own; servers are fixtures of all tests."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from sql_database import Database, MariaDB, PostgreSQL, SQLite, connected


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


@pytest.fixture
def mysql(mariadb: str) -> Iterator[MariaDB]:
    """An empty database of the server."""
    name = f"edgewise_{os.getpid()}"
    with connected(mariadb) as server:
        server.query(f"DROP DATABASE IF EXISTS {name}")
        server.query(f"CREATE DATABASE {name}")
        with connected(mariadb, name) as connection:
            yield MariaDB(connection, mariadb, name)
        server.query(f"DROP DATABASE {name}")


@pytest.fixture(params=["postgresql", "sqlite", "mysql"])
def database(request: pytest.FixtureRequest) -> Database:
    """Each of the databases in turn."""
    found: Database = request.getfixturevalue(request.param)
    return found
