"""The records and links of a catalog, kept in memory, and what breaks its rules.

Written from what the language and the SQL page say, and from nothing that makes DDL: it knows no trigger and
no key. It says of each statement, and of each commit, which declared rules refuse it. Whether and when a
database enforces a rule is told to it (`Enforcement`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, NamedTuple

from declared_rules import ENDS, Bounds, Declared, EndKey, Relationship, Rule, held_by, other_end

Id = str | int
Pair = tuple[Any, Any]
Values = Mapping[str, Any]
Enforcement = Literal["at once", "at commit", "query", "none"]


# ---- what is held ----


class State(NamedTuple):
    """The records of each object type and the links of each relationship type, none of it ever changed."""

    records: Mapping[str, frozenset[Id]]
    links: Mapping[str, Mapping[Pair, Values]]


class InsertRecord(NamedTuple):
    """`links` has the other record, or nothing, for each relationship that is a column of the table."""

    type: str
    id: Id
    links: Mapping[str, Id | None]


class DeleteRecord(NamedTuple):
    type: str
    id: Id


class ChangeId(NamedTuple):
    type: str
    id: Id
    new: Id


class InsertLink(NamedTuple):
    """`values` has the attributes that are stated."""

    relationship: str
    pair: Pair
    values: Values


class DeleteLink(NamedTuple):
    relationship: str
    pair: Pair


class ChangeLink(NamedTuple):
    relationship: str
    pair: Pair
    new: Pair
    values: Values


class SetColumn(NamedTuple):
    """Let the record that holds the column be linked with another one, or with none."""

    relationship: str
    id: Id
    other: Id | None


Statement = InsertRecord | DeleteRecord | ChangeId | InsertLink | DeleteLink | ChangeLink | SetColumn

# Not rules that are declared: a record is there once, and so is a link.
RECORD_ONCE = "record once"
LINK_ONCE = "link once"


class Broken(NamedTuple):
    """A rule, and which record breaks it: as `edgewise_violation` lists it."""

    rule: Rule
    type: str | None = None
    id: Id | None = None
    found: int | None = None
    bounds: Bounds | None = None


@dataclass
class Oracle:
    """A catalog's records and links, within a transaction or between two."""

    catalog: Declared
    enforcement: Mapping[Rule, Enforcement]
    state: State = field(init=False)
    committed: State = field(init=False)

    def __post_init__(self) -> None:
        self.state = self.committed = State(
            {name: frozenset() for name in self.catalog.types},
            {each.name: {} for each in self.catalog.stored},
        )

    def attempt(self, statement: Statement) -> frozenset[Rule]:
        """Do a statement, or return the rules that refuse it, each of which is reason enough."""
        after, refused = effect(self.catalog, self.state, statement)
        refused |= self.broken(after, "at once")
        if not refused:
            self.state = after
        return refused

    def commit(self) -> frozenset[Rule]:
        """End a transaction, or return the rules that refuse that, so that nothing of it has happened."""
        refused = self.broken(self.state, "at commit")
        if refused:
            self.state = self.committed
        self.committed = self.state
        return refused

    def rollback(self) -> None:
        self.state = self.committed

    def broken(self, state: State, when: Enforcement) -> frozenset[Rule]:
        found = {each.rule for each in broken(self.catalog, state)}
        return frozenset(rule for rule in found if self.enforcement[rule] == when)

    def violations(self) -> list[tuple[Any, ...]]:
        """Return what breaks a rule now, as rows of `edgewise_violation`."""
        listed = ("min", "max", "no_self", "acyclic", "symmetric", "references")
        rows = [
            _row(each)
            for each in broken(self.catalog, self.state)
            if each.rule.rule in listed and self.enforcement[each.rule] != "none"
        ]
        return sorted(rows, key=repr)


def _row(each: Broken) -> tuple[Any, ...]:
    bounds = each.bounds or (None, None)
    return (each.rule.relationship, each.rule.rule, each.type, str(each.id), each.found, *bounds)


# ---- what a statement does ----


def effect(catalog: Declared, state: State, statement: Statement) -> tuple[State, frozenset[Rule]]:
    """Return what is held after a statement, and what refuses it whatever is held after it."""
    after, refused = state, frozenset[Rule]()
    match statement:
        case InsertRecord(name, id_, links):
            refused = _once(Rule(name, RECORD_ONCE), id_ in state.records[name])
            after = _with_records(state, name, state.records[name] | {id_})
            for each in catalog.columns(name):
                after = _set_column(after, each, id_, links.get(each.name))
        case DeleteRecord(name, id_) if id_ in state.records[name]:
            after, refused = _deleted(catalog, state, name, id_)
        case ChangeId(name, id_, new) if id_ in state.records[name]:
            refused = _once(Rule(name, RECORD_ONCE), new != id_ and new in state.records[name])
            after = _renamed(catalog, state, name, id_, new)
        case InsertLink(name, pair, stated):
            refused = _once(Rule(name, LINK_ONCE), pair in state.links[name])
            values = {each.name: each.default for each in catalog.relationships[name].attributes}
            after = _with_links(state, name, {**state.links[name], pair: {**values, **stated}})
        case DeleteLink(name, pair):
            after = _with_links(state, name, _without(state.links[name], pair))
        case ChangeLink(name, pair, changed, stated) if pair in state.links[name]:
            refused = _once(Rule(name, LINK_ONCE), changed != pair and changed in state.links[name])
            values = {**state.links[name][pair], **stated}
            after = _with_links(state, name, {**_without(state.links[name], pair), changed: values})
        case SetColumn(name, id_, other):
            relationship = catalog.relationships[name]
            if id_ in state.records[relationship.types[held_by(relationship)]]:
                after = _set_column(state, relationship, id_, other)
    return after, refused


def _once(rule: Rule, is_there: bool) -> frozenset[Rule]:
    return frozenset([rule] if is_there else [])


def _with_records(state: State, name: str, records: frozenset[Id]) -> State:
    return state._replace(records={**state.records, name: records})


def _with_links(state: State, name: str, links: Mapping[Pair, Values]) -> State:
    return state._replace(links={**state.links, name: links})


def _without(links: Mapping[Pair, Values], *pairs: Pair) -> dict[Pair, Values]:
    return {pair: values for pair, values in links.items() if pair not in pairs}


def _set_column(state: State, relationship: Relationship, id_: Id, other: Id | None) -> State:
    end = held_by(relationship)
    links = state.links[relationship.name]
    kept = _without(links, *(pair for pair in links if pair[ENDS.index(end)] == id_))
    if other is not None:
        kept[(other, id_) if end == "to" else (id_, other)] = {}
    return _with_links(state, relationship.name, kept)


def _deleted(catalog: Declared, state: State, name: str, id_: Id) -> tuple[State, frozenset[Rule]]:
    """Delete a record with its links, which may keep it."""
    refused = set()
    after = _with_records(state, name, state.records[name] - {id_})
    for relationship in catalog.stored:
        links = state.links[relationship.name]
        gone = set()
        for place, end in enumerate(ENDS):
            own = {pair for pair in links if relationship.types[end] == name and pair[place] == id_}
            if own and relationship.on_delete[end] == "restrict":
                refused.add(Rule(relationship.name, "on_delete", end))
            gone |= own
        after = _with_links(after, relationship.name, _without(links, *gone))
    return after, frozenset(refused)


def _renamed(catalog: Declared, state: State, name: str, id_: Id, new: Id) -> State:
    """Change a record's id: a link in its own row goes with it, others are left with the old one."""
    after = _with_records(state, name, state.records[name] - {id_} | {new})
    for relationship in catalog.columns(name):
        links: dict[Pair, Values] = {}
        for (from_id, to_id), values in after.links[relationship.name].items():
            if held_by(relationship) == "from":
                links[new if from_id == id_ else from_id, to_id] = values
            else:
                links[from_id, new if to_id == id_ else to_id] = values
        after = _with_links(after, relationship.name, links)
    return after


# ---- what breaks a rule ----


def broken(catalog: Declared, state: State) -> Iterator[Broken]:
    """Yield all that breaks a declared rule."""
    for each in catalog.relationships.values():
        pairs = related(catalog, state, each.name)
        if each.acyclic:
            for id_ in on_a_cycle(pairs):
                yield Broken(Rule(each.name, "acyclic"), each.types["from"], id_)
        if each.via:
            if each.symmetric:
                for pair in pairs - swapped(pairs):
                    yield Broken(Rule(each.name, "symmetric"), each.types["from"], pair[0])
            continue
        yield from _broken_pairs(catalog, state, each)
        yield from _broken_bounds(catalog, state, each)
        for values in state.links[each.name].values():
            yield from _broken_values(each, values)


def _broken_pairs(catalog: Declared, state: State, relationship: Relationship) -> Iterator[Broken]:
    name, types = relationship.name, relationship.types
    is_apart = relationship.is_self and not relationship.reflexive and not relationship.symmetric
    for pair in state.links[name]:
        if is_apart and pair[0] == pair[1]:
            yield Broken(Rule(name, "no_self"), types["from"], pair[0])
        if relationship.symmetric and not is_ordered(pair, relationship.reflexive):
            yield Broken(Rule(name, "symmetric"), types["from"], pair[0])
        for end, id_ in zip(ENDS, pair, strict=True):
            if not catalog.at(relationship, end).external and id_ not in state.records[types[end]]:
                yield Broken(Rule(name, "references", end), types[end], id_)


def is_ordered(pair: Pair, or_equal: bool) -> bool:
    """Tell whether the first comes before the second: texts by their bytes, numbers as numbers."""
    first, second = (each.encode() if isinstance(each, str) else each for each in pair)
    return first < second or (or_equal and first == second)


def _broken_bounds(catalog: Declared, state: State, relationship: Relationship) -> Iterator[Broken]:
    for end in ENDS[1:] if relationship.symmetric else ENDS:
        rule_end = None if relationship.symmetric else end
        counted = relationship.types[other_end(end)]
        bounds = relationship.bounds[end]
        for id_, found in counts(catalog, state, relationship, end).items():
            if bounds.most is not None and found > bounds.most:
                yield Broken(Rule(relationship.name, "max", rule_end), counted, id_, found, bounds)
            if found < bounds.least:
                yield Broken(Rule(relationship.name, "min", rule_end), counted, id_, found, bounds)


def counts(catalog: Declared, state: State, relationship: Relationship, end: EndKey) -> dict[Id, int]:
    """Count the records at an end of each record at the other one; external ones are known by links alone."""
    near = other_end(end)
    counted = catalog.at(relationship, near)
    found = dict.fromkeys(() if counted.external else state.records[counted.name], 0)
    for pair in state.links[relationship.name]:
        for id_ in set(pair) if relationship.symmetric else {pair[ENDS.index(near)]}:
            if counted.external or id_ in found:
                found[id_] = found.get(id_, 0) + 1
    return found


def _broken_values(relationship: Relationship, values: Values) -> Iterator[Broken]:
    for attribute in relationship.attributes:
        value = values[attribute.name]
        kinds = {
            "required": attribute.required and value is None,
            "enum": attribute.values is not None and value not in {None, *attribute.values},
            "max_length": attribute.max_length is not None and len(value or "") > attribute.max_length,
        }
        for kind, is_broken in kinds.items():
            if is_broken:
                yield Broken(Rule(relationship.name, kind, None, attribute.name))


def related(catalog: Declared, state: State, name: str) -> frozenset[Pair]:
    """Return the pairs of a relationship type, composed where it is derived."""
    relationship = catalog.relationships[name]
    if not relationship.via:
        return frozenset(state.links[name])
    steps = [_along(catalog, state, step) for step in relationship.via]
    pairs = steps[0]
    for step in steps[1:]:
        pairs = frozenset((start, far) for start, middle in pairs for near, far in step if near == middle)
    if relationship.is_self and not relationship.reflexive:
        pairs = frozenset(pair for pair in pairs if pair[0] != pair[1])
    return pairs


def _along(catalog: Declared, state: State, step: str) -> frozenset[Pair]:
    """Return the pairs that a step leads along, from where it starts."""
    if step in catalog.relationships:
        pairs = related(catalog, state, step)
        is_symmetric = catalog.relationships[step].symmetric and not catalog.relationships[step].via
        return pairs | swapped(pairs) if is_symmetric else pairs
    name = next(each.name for each in catalog.relationships.values() if each.inverse == step)
    return swapped(related(catalog, state, name))


def swapped(pairs: frozenset[Pair]) -> frozenset[Pair]:
    return frozenset(pair[::-1] for pair in pairs)


def on_a_cycle(pairs: frozenset[Pair]) -> set[Id]:
    """Return the records from which the pairs lead back to themselves."""

    @cache
    def after(id_: Id) -> frozenset[Id]:
        return frozenset(far for near, far in pairs if near == id_)

    def reached(start: Id) -> set[Id]:
        found: set[Id] = set()
        todo = list(after(start))
        while todo:
            each = todo.pop()
            if each not in found:
                found.add(each)
                todo.extend(after(each))
        return found

    return {near for near, _ in pairs if near in reached(near)}
