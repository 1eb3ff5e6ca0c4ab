"""Monica's two tables in a real MariaDB, as its migrations make them, with accounts as it sets them up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import uuid4

import pymysql
from monica_server import Row
from pymysql.constants import CLIENT

TABLES = """
CREATE TABLE relationship_type_groups (
  id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id int NOT NULL,
  name varchar(255) NOT NULL,
  delible tinyint(1) NOT NULL DEFAULT 0,
  created_at timestamp NULL,
  updated_at timestamp NULL
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE TABLE relationship_types (
  id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  account_id int NOT NULL,
  name varchar(255) NOT NULL,
  name_reverse_relationship varchar(255) NOT NULL,
  relationship_type_group_id int NOT NULL,
  delible tinyint(1) NOT NULL DEFAULT 0,
  created_at timestamp NULL,
  updated_at timestamp NULL
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
"""
# The rows of every account: the page's table with what the software has changed since.
DEFAULTS = {
    "love": "partner=partner spouse=spouse date=date lover=lover inlovewith=lovedby lovedby=inlovewith "
    "ex=ex ex_husband=ex_husband",
    "family": "parent=child child=parent sibling=sibling grandparent=grandchild grandchild=grandparent "
    "uncle=nephew nephew=uncle cousin=cousin godfather=godson godson=godfather stepparent=stepchild "
    "stepchild=stepparent",
    "friend": "friend=friend bestfriend=bestfriend",
    "work": "colleague=colleague boss=subordinate subordinate=boss mentor=protege protege=mentor",
}


class Instance:
    """A self-hosted instance; what is in its tables is read in order of ids."""

    def __init__(self, connection: pymysql.Connection[Any]) -> None:
        self.connection = connection

    def run(self, sql: str) -> None:
        """Run a whole file."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql)
            while cursor.nextset():
                pass

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall())

    def open_account(self, account: int) -> None:
        """Make an account as the software does: its groups, and the default rows in them."""
        with self.connection.cursor() as cursor:
            for group, pairs in DEFAULTS.items():
                cursor.execute(
                    "INSERT INTO relationship_type_groups (account_id, name, delible) VALUES (%s, %s, 0)",
                    (account, group),
                )
                number = cursor.lastrowid
                cursor.executemany(
                    "INSERT INTO relationship_types "
                    "(account_id, name, name_reverse_relationship, relationship_type_group_id) "
                    "VALUES (%s, %s, %s, %s)",
                    [(account, *pair.split("="), number) for pair in pairs.split()],
                )

    def everything(self) -> list[tuple[Any, ...]]:
        """Return all there is, time stamps and ids included."""
        return [
            *self.rows("SELECT * FROM relationship_type_groups ORDER BY id"),
            *self.rows("SELECT * FROM relationship_types ORDER BY id"),
        ]

    def of_account(self, account: int) -> list[Row]:
        columns = ", ".join(Row._fields)
        found = self.rows(
            f"SELECT {columns} FROM relationship_types WHERE account_id = {account} ORDER BY id"
        )
        return [Row(*each[:-1], bool(each[-1])) for each in found]

    def added(self, account: int) -> list[tuple[Any, ...]]:
        """Return what an account has besides the defaults: name, reverse, group, delible."""
        return self.rows(
            "SELECT t.name, name_reverse_relationship, g.name, t.delible FROM relationship_types AS t "
            "JOIN relationship_type_groups AS g ON g.id = relationship_type_group_id "
            f"AND g.account_id = t.account_id WHERE t.account_id = {account} ORDER BY t.id"
        )[sum(len(pairs.split()) for pairs in DEFAULTS.values()) :]


@contextmanager
def an_instance(url: str, *accounts: int, sql_mode: str = "STRICT_TRANS_TABLES") -> Iterator[Instance]:
    """Make a database with Monica's tables and some accounts, and drop it in the end."""
    parts = urlsplit(url)
    name = f"monica_{uuid4().hex}"
    with pymysql.connect(
        host=parts.hostname or "localhost",
        port=parts.port or 3306,
        user=unquote(parts.username or "root"),
        password=unquote(parts.password or ""),
        unix_socket=dict(parse_qsl(parts.query)).get("unix_socket"),
        charset="utf8mb4",
        autocommit=True,
        sql_mode=sql_mode,
        client_flag=CLIENT.MULTI_STATEMENTS,
    ) as connection:
        instance = Instance(connection)
        instance.run(f"CREATE DATABASE {name}; USE {name}; {TABLES}")
        try:
            for account in accounts:
                instance.open_account(account)
            yield instance
        finally:
            instance.run(f"ROLLBACK; DROP DATABASE {name}")
