"""The links in a SQLite database that was made from our DDL, by what is promised of such a database.

Its tables and views are called as it describes itself in `edgewise_relationship_type`; who refuses is the
database: nothing here counts links or follows them, before or after a write.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from served_document import Link, Operation
from served_values import kept, told

# What rules.json calls the rules that a link may break, and what the document calls them.
RULES = {"max": "maximum", "min": "minimum", "acyclic": "cycle", "no_self": "self", "symmetric": "self"}
_UNIQUE = re.compile(r"UNIQUE constraint failed: (.+)")
_CHECK = re.compile(r"CHECK constraint failed: (\w+)")
_RAISED = re.compile(r"(\w+): ")


class RefusedError(Exception):
    """The database refuses a write, or would be left with too few links: `key` is the document's for why."""

    def __init__(self, rule: Mapping[str, Any]) -> None:
        super().__init__(rule["sentence"])
        self.key = refusal_key(rule)


class Violation(NamedTuple):
    """A record that has fewer links than the least allowed."""

    object_type: str
    object_id: str
    allowed_min: int


class LinkDatabase:
    """A connection, and the rules that stand beside the DDL."""

    def __init__(self, ddl: str, rules: str) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self.connection.executescript(ddl)
        self.rules = [each for each in json.loads(rules) if each["rule"] in RULES]
        self.records = dict(self._rows("SELECT name, table_name FROM edgewise_object_type"))
        self.links = dict(self._rows("SELECT name, table_name FROM edgewise_relationship_type"))

    def _rows(self, statement: str, *values: Any) -> list[Any]:
        return self.connection.execute(statement, values).fetchall()

    def has_record(self, object_type: str, id_: str | int) -> bool:
        """Tell whether a record is there; those of other systems are taken to be there."""
        table = self.records[object_type]
        return table is None or bool(self._rows(f'SELECT 1 FROM "{table}" WHERE id = ?', id_))

    def page(
        self, operation: Operation, own: str | int, limit: int, after: str | None
    ) -> tuple[list[Any], str | None]:
        """Return links of a record in the order of the other ids, and after which id the next page begins.

        Ids are ordered as texts, so that a page may begin after any text, whoever made it up.
        """
        near, far = columns(operation)
        order = f"CAST({far} AS TEXT)"
        statement = (
            f"{self._selection(operation.link)} WHERE {near} = ? AND (? IS NULL OR {order} > ?) "
            f"ORDER BY {order} LIMIT ?"
        )
        rows = self._rows(statement, own, after, after, limit + 1)
        found = [_told(operation.link, row) for row in rows[:limit]]
        return found, str(found[-1][far]) if len(rows) > limit else None

    def link(self, operation: Operation, own: str | int, other: str | int | None = None) -> Any:
        """Return the link of a record to another, or to whichever; None where there is none."""
        near, far = columns(operation)
        statement = f"{self._selection(operation.link)} WHERE {near} = ? AND (? IS NULL OR {far} = ?)"
        rows = self._rows(statement, own, other, other)
        return _told(operation.link, rows[0]) if rows else None

    def _selection(self, link: Link) -> str:
        table = self.links[link.relationship_type] + "_both" * link.is_symmetric
        return f"SELECT {_listed(link.properties)} FROM {table}"

    def put(
        self, operation: Operation, own: str | int, other: str | int, values: Mapping[str, Any]
    ) -> tuple[Any, bool]:
        """Link two records, in place of the link that is there; tell the link and whether it is new."""
        link = operation.link
        near, far = columns(operation)
        ids = {near: own, far: other}
        row = stored_ids(link, ids["from_id"], ids["to_id"]) | {
            name: kept(value, link.properties[name]) for name, value in values.items()
        }
        marks = ", ".join("?" * len(row))
        with self._changing(link):
            before = self.link(operation, own, other if operation.other else None)
            if before is not None:
                self._delete(link, before)
            self._rows(f"INSERT INTO {self._table(link)} ({_listed(row)}) VALUES ({marks})", *row.values())
            return self.link(operation, own, other), before is None

    def remove(self, operation: Operation, own: str | int, other: str | int | None) -> bool:
        """Remove the link of a record to another, or to whichever; tell whether there was one."""
        with self._changing(operation.link):
            before = self.link(operation, own, other)
            if before is not None:
                self._delete(operation.link, before)
            return before is not None

    def _delete(self, link: Link, found: Mapping[str, Any]) -> None:
        ids = stored_ids(link, found["from_id"], found["to_id"])
        self._rows(f"DELETE FROM {self._table(link)} WHERE from_id = ? AND to_id = ?", *ids.values())

    def _table(self, link: Link) -> str:
        return str(self.links[link.relationship_type])

    @contextmanager
    def _changing(self, link: Link) -> Iterator[None]:
        """Change links of a type as a whole or not at all; say by which rule the database refuses."""
        self._rows("BEGIN")
        try:
            with self._leaving_enough(link):
                yield
        except sqlite3.IntegrityError as error:
            self._rows("ROLLBACK")
            raise self._refusal(error) from error
        except BaseException:
            self._rows("ROLLBACK")
            raise
        self._rows("COMMIT")

    @contextmanager
    def _leaving_enough(self, link: Link) -> Iterator[None]:
        """Refuse what leaves a record with too few links that had enough before.

        SQLite finds those and cannot refuse them. A record that has too few already may lose one more and
        gets them one by one: otherwise nobody could begin, or take back how they began.
        """
        before = self._too_few(link)
        yield
        for violation in sorted(self._too_few(link) - before):
            raise RefusedError(self._minimum(link, violation))

    def _too_few(self, link: Link) -> set[Violation]:
        name = link.relationship_type
        if not any(each["rule"] == "min" and each["relationship_type"] == name for each in self.rules):
            return set()
        statement = (
            "SELECT object_type, object_id, allowed_min FROM edgewise_violation "
            "WHERE relationship_type = ? AND rule = 'min'"
        )
        return {Violation(*row) for row in self._rows(statement, name)}

    def _minimum(self, link: Link, violation: Violation) -> Mapping[str, Any]:
        """Return the rule that is broken: a bound of one end is of the records at the other."""
        return next(
            each
            for each in self.rules
            if (each["relationship_type"], each["rule"]) == (link.relationship_type, "min")
            and each["bound"] == violation.allowed_min
            and link.object_types["from" if each["end"] == "to" else "to"] == violation.object_type
        )

    def _refusal(self, error: sqlite3.IntegrityError) -> Exception:
        """Return the rule by whose name the database refuses.

        What is no rule of links is a disagreement of the document with the database, and fails as such.
        """
        name = self._constraint(str(error))
        return next((RefusedError(each) for each in self.rules if each["name"] == name), error)

    def _constraint(self, message: str) -> str | None:
        """Return the name of the constraint or trigger that a message of SQLite tells of.

        It tells a CHECK by its name and a key by its columns; a trigger of ours begins with the rule's name.
        """
        if found := _UNIQUE.match(message):
            table, *columns = re.split(r"\.|, \w+\.", found[1])
            key = rf"CONSTRAINT (\w+)\s+(?:PRIMARY KEY|UNIQUE) \({', '.join(columns)}\)"
            (statement,) = self._rows("SELECT sql FROM sqlite_schema WHERE name = ?", table)[0]
            found = re.search(key, statement)
        else:
            found = _CHECK.match(message) or _RAISED.match(message)
        return found[1] if found else None


def refusal_key(rule: Mapping[str, Any]) -> str:
    """Return under which key the document has the problem for a rule of rules.json."""
    return "_".join([RULES[rule["rule"]], *([rule["end"]] if rule["end"] else [])])


def columns(operation: Operation) -> tuple[str, str]:
    """Return the columns of the record in the path and of the other one."""
    return f"{operation.end}_id", f"{operation.far}_id"


def stored_ids(link: Link, from_id: Any, to_id: Any) -> dict[str, Any]:
    """Return the ids as the link is kept: a symmetric one once, with the smaller id in `from_id`."""
    ids = sorted([from_id, to_id]) if link.is_symmetric else [from_id, to_id]
    return dict(zip(("from_id", "to_id"), ids, strict=True))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _told(link: Link, row: Iterable[Any]) -> dict[str, Any]:
    """Return a link as an answer has it; what has no value is left out."""
    pairs = zip(link.properties.items(), row, strict=True)
    return {name: told(value, schema) for (name, schema), value in pairs if value is not None}
