"""What a rule is tried with: a population that is laid first, and what is attempted from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from edgewise.catalog import EndKey, RelationshipType
from edgewise_targets.relational.proof.population import Link, Population, Record, Role
from edgewise_targets.relational.proof.rule import Rule, RuleKey
from edgewise_targets.relational.proof.statements import Question, Statements, Step


class HoldsByItself(Exception):  # noqa: N818 - it ends the preparation of one try and never leaves this package
    """No data can break the rule; the message says why."""


class Accepted(NamedTuple):
    """All steps have to be taken, at the end of the transaction too if it `settles`.

    After the steps, each question is answered with the number that it expects.
    """

    settles: bool = False
    questions: tuple[Question, ...] = ()


class Refused(NamedTuple):
    """A step, or the end of the transaction, has to be refused by the rule.

    Where the database does not say by what, it is told by `table`, None if that makes no difference, and
    `columns`. `also` are further names that are as good as the rule's own.
    """

    table: str | None = None
    columns: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class Listed(NamedTuple):
    """All steps have to be taken, and `edgewise_violation` has to have this row then."""

    row: tuple[str | int | None, ...]


class Attempt(NamedTuple):
    """Steps from the population that was laid, and what has to come of them."""

    steps: Sequence[Step]
    wanted: Accepted | Refused | Listed


class Try(NamedTuple):
    """How a rule is tried: `base` is legal as a whole, and `attempts` begin there, each for itself.

    Those that are to be listed can all be made one after the other. `concerns` has the type and the id, as
    text, of the records of which the base says that they break nothing; None for all that there are, as
    what is legal for one derived relationship type may break the rules of another.
    """

    rule: Rule
    base: Sequence[Step]
    attempts: Sequence[Attempt]
    concerns: frozenset[tuple[str, str]] | None


class Removal(NamedTuple):
    """Steps that take links and records away."""

    steps: list[Step]
    links: set[Link]
    records: list[Record]


@dataclass
class Scene:
    """A rule, its relationship type, and the population that it is tried with."""

    rule: Rule
    relationship: RelationshipType
    population: Population
    sql: Statements
    names: Mapping[RuleKey, str | None]
    _laid: tuple[int, int] = (0, 0)
    base: list[Step] = field(default_factory=list)

    def anew(self) -> Scene:
        """Return the scene as it was before there were any records."""
        people = self.population
        return Scene(
            self.rule,
            self.relationship,
            Population(people.graph, people.roles, people.numbers),
            self.sql,
            self.names,
        )

    def role(self, key: EndKey) -> Role:
        """Return the role of records at an end of the relationship type."""
        relationship = self.relationship
        key = "from" if relationship.symmetric else key
        near = relationship.from_ if key == "from" else relationship.to
        roles = self.population.roles[near.object_type]
        return next(each for each in roles if each.relationship is relationship and each.end.key == key)

    def names_of(self, rule: str) -> tuple[str, ...]:
        """Return what holds another rule of the same relationship type, if there is one."""
        name = self.names.get((self.relationship.name, rule, None, None))
        return () if name is None else (name,)

    def lay(self) -> None:
        """Complete the population, and make it the base."""
        self.population.complete()
        self.base = self.since()

    def since(self, in_row: Link | None = None, as_if: Record | None = None) -> list[Step]:
        """Return the steps that lay whatever came to the population since it was laid last.

        A link that is a column of a record can be there from the start, `in_row`, though it need not be;
        that record can have the id of another, `as_if` it were that one.
        """
        records, links = self._laid
        new = list(self.population.links)[links:]
        steps = self.sql.lay(self.population.records[records:], new, in_row, as_if)
        self._laid = len(self.population.records), len(self.population.links)
        return list(steps)

    def tried(self, *attempts: Attempt) -> Try:
        """Return the try that was prepared."""
        if not self.relationship.is_derived:
            return Try(self.rule, self.base, attempts, None)
        laid = frozenset((each.object_type, str(self.sql.id(each))) for each in self.population.records)
        return Try(self.rule, self.base, attempts, laid)

    def accepted(
        self, *there: Record, settles: bool = False, unlinked: tuple[EndKey, Record] | None = None
    ) -> Accepted:
        """Say that steps are legal: some records are still there then, and one has no links at an end."""
        questions = [self.sql.is_there(each) for each in there if not self.population.is_external(each)]
        if unlinked is not None:
            questions.append(self.sql.has_links(self.relationship.name, *unlinked))
        return Accepted(settles, tuple(questions))

    def listed(self, record: Record, found: int | None = None) -> Listed:
        """Say that a record is listed, where it is counted with the number of its links."""
        bounds: tuple[int | None, int | None] = (None, None)
        if found is not None:
            bounds = self.role("to" if self.rule.end == "from" else "from").far.bounds
        names = self.rule.relationship_type, self.rule.rule, record.object_type
        return Listed((*names, str(self.sql.id(record)), found, *bounds))

    def room(self, role: Role, record: Record) -> list[Step]:
        """Return steps that take links away until a record has room for one more."""
        most, steps = role.far.bounds.max, list[Step]()
        if most is None or self._is_overwritten(role):
            return steps
        surplus = self.population.count(role, record) - most + 1
        gone = Removal([], set(), [])
        for link, key in list(self.population.links_of(record)):
            fits = link.relationship == role.relationship.name and (
                role.relationship.symmetric or key == role.end.key
            )
            if len(gone.links) < surplus and fits:
                self._release(link, gone)
        return gone.steps

    def _is_overwritten(self, role: Role) -> bool:
        """Tell whether a new link of a record takes the place of the one that it has."""
        return self.sql.layout.links[role.relationship.name].holder == role.end.key

    def removal(self, record: Record, keep: EndKey | None = None) -> Removal:
        """Return what it takes to delete a record.

        Links that stand in the way are taken away first, but for those of the relationship type that is
        tried, where the record stands at the end `keep`.
        """
        gone = Removal([], set(), [])
        self._remove(record, keep, gone)
        return gone

    def _remove(self, record: Record, keep: EndKey | None, gone: Removal) -> None:
        gone.records.append(record)
        for link, key in self.population.links_of(record):
            is_tried = link.relationship == self.relationship.name and key == keep
            if not is_tried and link not in gone.links and self._is_in_the_way(link, key):
                self._release(link, gone)
            gone.links.add(link)
        gone.steps.append(self.sql.delete(record))

    def _release(self, link: Link, gone: Removal) -> None:
        """Take a link away, with the record that cannot be without it if need be."""
        gone.links.add(link)
        kept = self.sql.kept(link)
        if kept.holder is None or not kept.is_required:
            gone.steps.append(self.sql.unlink(link))
        elif link.at(kept.holder) not in gone.records:
            self._remove(link.at(kept.holder), None, gone)

    def _is_in_the_way(self, link: Link, key: EndKey) -> bool:
        relationship, kept = self.sql.graph.relationship_types[link.relationship], self.sql.kept(link)
        end = relationship.from_ if key == "from" else relationship.to
        if kept.holder == key or self.sql.graph.object_type(end).external:
            return False
        return end.on_delete == "restrict" or kept.is_required

    def is_legal_without(self, gone: Removal) -> bool:
        """Tell whether everybody who is left has enough links."""
        lost: Counter[tuple[Role, Record]] = Counter()
        for link in gone.links:
            lost.update(part for part in self.population.parts(link) if part[1] not in gone.records)
        return all(
            self.population.count(role, record) - number >= self.population.least(role)
            for (role, record), number in lost.items()
        )
