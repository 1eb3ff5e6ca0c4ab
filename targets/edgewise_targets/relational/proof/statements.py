"""What is done to records and links, as SQL and in words.

Names are quoted by the dialect, and values never stand in a statement.
"""

# ruff: noqa: S608 - see above

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from edgewise.catalog import Attribute, EndKey
from edgewise.graph import Graph
from edgewise_targets.relational.dialect import Dialect
from edgewise_targets.relational.proof.layout import Kept, Layout
from edgewise_targets.relational.proof.population import Link, Record
from edgewise_targets.relational.proof.values import Value, id_of, value_of

Row = Mapping[str, Value]


class Step(NamedTuple):
    """A statement with its values, and what it does in words."""

    words: str
    statement: str
    values: tuple[Value, ...]


class Question(NamedTuple):
    """A statement that counts, what it counts in words, and the number that is right."""

    words: str
    statement: str
    values: tuple[Value, ...]
    right: int


@dataclass(frozen=True)
class Statements:
    """How things are done in one database."""

    graph: Graph
    layout: Layout
    dialect: Dialect

    def id(self, record: Record) -> Value:
        """Return the id of a record."""
        return id_of(self.graph.object_types[record.object_type], record.number)

    def kept(self, link: Link) -> Kept:
        """Return where a link is kept."""
        return self.layout.links[link.relationship]

    def lay(
        self,
        records: Iterable[Record],
        links: Iterable[Link],
        in_row: Link | None = None,
        as_if: Record | None = None,
    ) -> Iterator[Step]:
        """Insert records and links: each record after those that its row has to name, or names `in_row`.

        The record with the link that is `in_row` gets the id of another, `as_if` it were that one.
        """
        named: dict[Record, list[Link]] = {}
        later = []
        for link in links:
            kept = self.kept(link)
            if kept.holder and (kept.is_required or link == in_row):
                named.setdefault(link.at(kept.holder), []).append(link)
            else:
                later.append(link)
        for record in _in_order(records, {each: self._named(several) for each, several in named.items()}):
            if not self.graph.object_types[record.object_type].external:
                own = named.get(record, ())
                yield self.insert(record, *own, as_if=as_if if in_row in own else None)
        for link in later:
            yield self.link(link)

    def _named(self, links: Iterable[Link]) -> list[Record]:
        return [link.at(self.kept(link).held) for link in links]

    def insert(self, record: Record, *links: Link, as_if: Record | None = None) -> Step:
        """Insert a record with the links that are columns of it, perhaps with the id of another."""
        object_type = self.graph.object_types[record.object_type]
        row = {"id": self.id(as_if or record), **_values(object_type.attributes, record.number)}
        for link in links:
            kept = self.kept(link)
            row[kept.column(kept.held)] = self.id(link.at(kept.held))
        linked = "".join(f" with {self._told(each)}" for each in links)
        return self._insert(
            f"insert {self._name(as_if or record)}{linked}", self.layout.tables[record.object_type], row
        )

    def delete(self, record: Record) -> Step:
        """Delete a record."""
        table = self._quoted(self.layout.tables[record.object_type])
        return Step(f"delete {self._name(record)}", f"DELETE FROM {table} WHERE id = ?", (self.id(record),))

    def rename(self, record: Record, to: Record) -> Step:
        """Give a record the id of one that is not there."""
        table = self._quoted(self.layout.tables[record.object_type])
        words = f"change the id of {self._name(record)} to {self.id(to)}"
        return Step(words, f"UPDATE {table} SET id = ? WHERE id = ?", (self.id(to), self.id(record)))

    def link(self, link: Link, values: Row | None = None) -> Step:
        """Link two records; `values` are those of the link's attributes that matter."""
        kept = self.kept(link)
        if kept.holder:
            return self._point(link, self.id(link.at(kept.held)), f"link {self._told(link)}")
        attributes = self.graph.relationship_types[link.relationship].attributes
        row = {**self._ids(link), **_values(attributes, link.to.number), **(values or {})}
        told = (
            f" ({', '.join(f'{name}: {_shown(value)}' for name, value in values.items())})" if values else ""
        )
        return self._insert(f"link {self._told(link)}{told}", kept.table, row)

    def unlink(self, link: Link) -> Step:
        """Take a link away."""
        kept = self.kept(link)
        if kept.holder:
            return self._point(link, None, f"unlink {self._told(link)}")
        condition, ids = self._where(link)
        table = self._quoted(kept.table)
        return Step(f"unlink {self._told(link)}", f"DELETE FROM {table} WHERE {condition}", ids)

    def move(self, link: Link, to: Link) -> Step:
        """Make another link of one, by an update of its ids."""
        return self.update(link, self._ids(to), f"change {self._told(link)} to {self._told(to)}")

    def update(self, link: Link, row: Row, words: str | None = None) -> Step:
        """Change columns of a link that has a table."""
        condition, ids = self._where(link)
        changes = ", ".join(f"{self._quoted(name)} = ?" for name in row)
        table = self._quoted(self.kept(link).table)
        told = ", ".join(f"{name}: {_shown(value)}" for name, value in row.items())
        return Step(
            words or f"change {self._told(link)} ({told})",
            f"UPDATE {table} SET {changes} WHERE {condition}",
            (*row.values(), *ids),
        )

    def is_there(self, record: Record) -> Question:
        """Ask whether a record is there, as it should be."""
        table = self._quoted(self.layout.tables[record.object_type])
        statement = f"SELECT count(*) FROM {table} WHERE id = ?"
        return Question(self._name(record), statement, (self.id(record),), 1)

    def has_links(self, relationship: str, key: EndKey, record: Record) -> Question:
        """Ask whether a record has links at an end, as it should not."""
        kept = self.layout.links[relationship]
        from_column, to_column = self._quoted(kept.from_column), self._quoted(kept.to_column)
        statement = (
            f"SELECT count(*) FROM {self._quoted(kept.table)} WHERE {self._quoted(kept.column(key))} = ?"
            f" AND {from_column} IS NOT NULL AND {to_column} IS NOT NULL"
        )
        words = f"the links of {self._name(record)} by {relationship}"
        return Question(words, statement, (self.id(record),), 0)

    def _point(self, link: Link, value: Value, words: str) -> Step:
        kept = self.kept(link)
        holder: Record = link.at(kept.holder or "from")
        table, column = self._quoted(kept.table), self._quoted(kept.column(kept.held))
        return Step(words, f"UPDATE {table} SET {column} = ? WHERE id = ?", (value, self.id(holder)))

    def _ids(self, link: Link) -> Row:
        kept = self.kept(link)
        return {kept.from_column: self.id(link.from_), kept.to_column: self.id(link.to)}

    def _where(self, link: Link) -> tuple[str, tuple[Value, ...]]:
        row = self._ids(link)
        return " AND ".join(f"{self._quoted(name)} = ?" for name in row), tuple(row.values())

    def _insert(self, words: str, table: str, row: Row) -> Step:
        columns = ", ".join(self._quoted(name) for name in row)
        marks = ", ".join("?" for _ in row)
        statement = f"INSERT INTO {self._quoted(table)} ({columns}) VALUES ({marks})"
        return Step(words, statement, tuple(row.values()))

    def _quoted(self, name: str) -> str:
        return self.dialect.identifier(name)

    def _name(self, record: Record) -> str:
        told, of = str(self.id(record)), record.object_type
        return told if told.startswith(of) else f"{of} {told}"

    def _told(self, link: Link) -> str:
        return f"{self._name(link.from_)} -{link.relationship}-> {self._name(link.to)}"


def _shown(value: Value) -> str:
    text = "null" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:20]}... ({len(text)} characters)"


def _values(attributes: Iterable[Attribute], number: int) -> dict[str, Value]:
    return {each.name: value_of(each, number) for each in attributes if each.required}


def _in_order(records: Iterable[Record], needed: Mapping[Record, list[Record]]) -> list[Record]:
    """Put records behind those that they need, as far as they do not need one another in a circle."""
    left = dict.fromkeys(records)
    placed: list[Record] = []
    for start in list(left):
        pending = [start] if start in left else []
        while pending:
            record = pending[-1]
            left.pop(record, None)
            missing = [each for each in needed.get(record, ()) if each in left]
            if missing:
                pending.append(missing[0])
            else:
                placed.append(pending.pop())
    return placed
