"""Records and links that keep every declared bound: what has to be there before a rule can be tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice, product
from typing import NamedTuple

from edgewise.catalog import End, EndKey, RelationshipType
from edgewise.graph import Graph
from edgewise_targets.relational.proof.values import supply

MOST_RECORDS = 2_000
"""More than that are not made up for one rule: a bound of a million would take as many."""

FEW = 50
"""How many ways out are looked at where nobody has room for a link."""


class OutOfReach(Exception):  # noqa: N818 - it ends the preparation of one try and never leaves this package
    """There is no population to try a rule with; the message says why."""


class OutOfValues(OutOfReach):
    """There are no more records of an object type that can be told from those that are there."""


class Record(NamedTuple):
    """A record, by what its id and its values are made of."""

    object_type: str
    number: int


class Link(NamedTuple):
    """A link; that of a symmetric relationship has the record with the lower number at `from`."""

    relationship: str
    from_: Record
    to: Record

    def at(self, key: EndKey) -> Record:
        """Return the record at an end."""
        return self.from_ if key == "from" else self.to


@dataclass(frozen=True, eq=False, slots=True)
class Role:
    """A way for records to take part in links: they stand at `end`, with as many links as `far` allows.

    There is one for both ends of a symmetric relationship. `is_in_row` tells that the link is a column of
    the record itself which cannot be empty.
    """

    relationship: RelationshipType
    end: End
    is_in_row: bool = False

    @property
    def far(self) -> End:
        """The end at which the others stand."""
        return self.relationship.other(self.end)


Roles = Mapping[str, tuple[Role, ...]]


def roles_of(graph: Graph, in_row: Mapping[str, EndKey]) -> Roles:
    """Return the roles that records of each object type have in stored relationship types.

    `in_row` has the end whose records cannot be without their link, of each relationship type with one.
    """
    found: dict[str, list[Role]] = {name: [] for name in graph.object_types}
    for each in graph.stored:
        for end in each.ends[:1] if each.symmetric else each.ends:
            found[end.object_type].append(Role(each, end, in_row.get(each.name) == end.key))
    return {name: tuple(roles) for name, roles in found.items()}


@dataclass
class Population:
    """Records and links, in the order in which they came, and how many links each record has in which role.

    `numbers` counts the records of each object type, those of other populations too, so that all can be in
    one database at once.
    """

    graph: Graph
    roles: Roles
    numbers: Counter[str]
    records: list[Record] = field(default_factory=list)
    links: dict[Link, None] = field(default_factory=dict)
    _counts: Counter[tuple[Role, Record]] = field(default_factory=Counter)
    _lacking: dict[Role, dict[Record, None]] = field(default_factory=dict)
    _able: dict[Role, dict[Record, None]] = field(default_factory=dict)
    _closed: set[tuple[Role, Record]] = field(default_factory=set)
    _there: set[Record] = field(default_factory=set)
    _incomplete: list[Record] = field(default_factory=list)
    _free: dict[Link, None] = field(default_factory=dict)
    _unavailable: Record | None = None

    def unmade(self, object_type: str) -> Record:
        """Return a record that nobody else has, and that is not there."""
        self.numbers[object_type] += 1
        if self.numbers[object_type] > supply(self.graph.object_types[object_type]):
            raise OutOfValues(f"there are too few different values for records of type `{object_type}`")
        return Record(object_type, self.numbers[object_type])

    def add(self, object_type: str) -> Record:
        """Add a record without links."""
        if len(self.records) >= MOST_RECORDS:
            raise OutOfReach(f"it would take more than {MOST_RECORDS:,} records, or no number is enough")
        record = self.unmade(object_type)
        self.records.append(record)
        self._there.add(record)
        self._incomplete.append(record)
        for role in self.roles[object_type]:
            self._note(role, record)
        return record

    def link(self, role: Role, record: Record, other: Record) -> Link:
        """Add a link between a record in a role and another at the far end."""
        link = pair(role, record, other)
        self.links[link] = None
        self._count(role, record)
        if other != record or not role.relationship.symmetric:
            self._count(self.reverse(role), other)
        return link

    def _count(self, role: Role, record: Record) -> None:
        self._counts[role, record] += 1
        self._note(role, record)

    def _note(self, role: Role, record: Record) -> None:
        """Keep in mind whether a record lacks links in a role, or has room for more."""
        if record not in self._there:
            return
        lacks = self.count(role, record) < self.least(role)
        for found, is_so in ((self._lacking, lacks), (self._able, self.has_room(role, record))):
            if is_so:
                found.setdefault(role, {})[record] = None
            elif role in found:
                found[role].pop(record, None)

    def close(self, role: Role, record: Record) -> None:
        """Let a record have no more links in a role than it has."""
        self._closed.add((role, record))
        self._note(role, record)

    def count(self, role: Role, record: Record) -> int:
        """Return how many links a record has in a role."""
        return self._counts[role, record]

    def has_room(self, role: Role, record: Record) -> bool:
        """Tell whether a record may have one more link in a role."""
        most = role.far.bounds.max
        is_full = most is not None and self.count(role, record) >= most
        return not is_full and (role, record) not in self._closed

    def reverse(self, role: Role) -> Role:
        """Return the role of the records at the far end."""
        if role.relationship.symmetric:
            return role
        return next(
            each
            for each in self.roles[role.far.object_type]
            if each.relationship is role.relationship and each.end.key == role.far.key
        )

    def links_of(self, record: Record) -> Iterator[tuple[Link, EndKey]]:
        """Yield the links of a record with the end at which it stands; one to itself comes twice."""
        for link in self.links:
            if link.from_ == record:
                yield link, "from"
            if link.to == record:
                yield link, "to"

    def parts(self, link: Link) -> Iterator[tuple[Role, Record]]:
        """Yield who takes part in a link, and in which role."""
        ends: tuple[EndKey, ...] = ("from", "to")
        for key in ends:
            record = link.at(key)
            for role in self.roles[record.object_type]:
                it = role.relationship
                if it.name == link.relationship and (it.symmetric or role.end.key == key):
                    yield role, record

    def is_external(self, record: Record) -> bool:
        """Tell whether a record is kept elsewhere."""
        return self.graph.object_types[record.object_type].external

    def least(self, role: Role) -> int:
        """Return how many links each record has in a role at least; none where nobody can know."""
        return 0 if self.graph.object_type(role.end).external else role.far.bounds.min

    def complete(self, *, lone: Record | None = None, apart: Record | None = None) -> None:
        """Give every record that came since the last time the links that it cannot be without.

        New records may be needed for that, and they are completed too. A `lone` one gets those only that
        its own row cannot be without, one that is `apart` none at all for now; the others do not choose it.
        """
        self._unavailable = lone or apart
        self._free.clear()
        left = []
        for record in self._incomplete:
            if record == apart:
                left.append(record)
                continue
            for role in self.roles[record.object_type]:
                if record == lone and not role.is_in_row:
                    continue
                while self.count(role, record) < self.least(role) and self.has_room(role, record):
                    self._join(role, record)
        self._incomplete = left
        self._unavailable = None

    def _join(self, role: Role, record: Record) -> None:
        """Link a record: with who lacks a link, with who has room for one, or else with somebody new."""
        reverse = self.reverse(role)
        lacking, able = self._lacking.get(reverse, {}), self._able.get(reverse, {})
        for each in chain((each for each in lacking if each in able), able):
            if self._may_join(role, record, each):
                self._free[self.link(role, record, each)] = None
                return
        if not self._reroute(role, record):
            self._free[self.link(role, record, self.add(role.far.object_type))] = None

    def _may_join(self, role: Role, record: Record, other: Record) -> bool:
        is_fit = other not in {record, self._unavailable}
        return is_fit and pair(role, record, other) not in self.links

    def _reroute(self, role: Role, record: Record) -> bool:
        """Put a record into a link that nobody asked for, where those who have room cannot be linked with it.

        Of a link from one to another, either goes on: the other is linked with the record, and the one with
        who has room. In a symmetric relationship that may be the record itself, which then has two.
        """
        able = list(islice(self._able.get(self.reverse(role), ()), FEW))
        if role.relationship.symmetric:
            able = [each for each in able if each != record]
            able += [record] if self.count(role, record) + 2 <= self.least(role) else []
        name = role.relationship.name
        links = [each for each in islice(reversed(self._free), FEW) if each.relationship == name]
        for spare, link in product(able, links):
            one, other = link.at(role.end.key), link.at(role.far.key)
            if self._may_join(role, record, other) and one != record and self._may_join(role, one, spare):
                self._unlink(role, link)
                for start, end in ((record, other), (one, spare)):
                    self._free[self.link(role, start, end)] = None
                return True
        return False

    def _unlink(self, role: Role, link: Link) -> None:
        del self.links[link], self._free[link]
        for place, record in ((role, link.at(role.end.key)), (self.reverse(role), link.at(role.far.key))):
            self._counts[place, record] -= 1
            self._note(place, record)


def pair(role: Role, record: Record, other: Record) -> Link:
    """Return the link between a record in a role and another at the far end."""
    if role.relationship.symmetric:
        return Link(role.relationship.name, min(record, other), max(record, other))
    ends = (record, other) if role.end.key == "from" else (other, record)
    return Link(role.relationship.name, *ends)
