"""Random statements about the records and links of a catalog, and how each is written in SQL."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from declared_rules import ENDS, Declared, EndKey, Relationship, held_by, other_end
from oracle import (
    ChangeId,
    ChangeLink,
    DeleteLink,
    DeleteRecord,
    Id,
    InsertLink,
    InsertRecord,
    Pair,
    SetColumn,
    State,
    Statement,
    Values,
    broken,
    counts,
    is_ordered,
)

# Few, so that they meet; and ordered otherwise by a language, by case or as numbers than by their bytes.
IDS: Mapping[str, Sequence[Id]] = {
    "string": ("B", "a", "a-1", "b"),
    "integer": (10, 9, -1, 2),
    "uuid": tuple(f"{each}0000000-0000-4000-8000-000000000000" for each in "19af"),
}
STATES = ("open", "paid", "abc", "abcd", "", None)

Asked = tuple[str, tuple[object, ...]]


# ---- at random ----


def any_statement(random: Random, catalog: Declared, state: State) -> Statement:
    """Return a statement about what is there, mostly, so that the rules decide and not a misspelt id."""
    if random.random() < 0.25:
        found = spoiling(random, catalog, state)
        if found is not None:
            return found
    makers: list[tuple[int, Callable[[Random, Declared, State], Statement]]] = [
        (4 if min(map(len, _kept(catalog, state).values())) > 2 else 20, _insert_record)
    ]
    if any(each.holder is None for each in catalog.stored):
        makers += [(12, _insert_link), (3, _delete_link), (3, _change_link)]
    if any(each.holder for each in catalog.stored):
        makers.append((8, _set_column))
    makers += [(4, _delete_record), (1, _change_id)]
    weights, made = zip(*makers, strict=True)
    maker: Callable[[Random, Declared, State], Statement] = random.choices(made, weights)[0]
    return maker(random, catalog, state)


def mending(random: Random, catalog: Declared, state: State) -> Statement | None:
    """Return a statement that may bring a record nearer to a minimum that it does not have."""
    lacking = [each for each in broken(catalog, state) if each.rule.rule == "min"]
    if not lacking:
        return None
    each = random.choice(sorted(lacking, key=repr))
    relationship = catalog.relationships[each.rule.relationship]
    assert each.type is not None
    assert each.id is not None
    if random.random() < 0.15 and not catalog.types[each.type].external:
        return DeleteRecord(each.type, each.id)
    wanted: EndKey = "from" if each.rule.end == "from" else "to"
    return _linking(random, catalog, state, relationship, wanted=wanted, near=each.id)


def spoiling(random: Random, catalog: Declared, state: State) -> Statement | None:
    """Return a statement that turns a link round, or gives a record more of them, up to too many."""
    turning = [
        (each.name, pair[::-1])
        for each in catalog.stored
        if (each.acyclic or each.reflexive) and each.holder is None and not each.symmetric
        for pair in sorted(state.links[each.name], key=str)
    ]
    if turning and random.random() < 0.3:
        name, pair = random.choice(turning)
        return InsertLink(name, pair, _values(random, catalog.relationships[name]))
    limited = [
        (each, end)
        for each in catalog.stored
        for end in ENDS
        if each.bounds[end].most is not None and each.holder != other_end(end)
    ]
    several = [(each, end) for each, end in limited if each.bounds[end].most != 1]
    if not limited:
        return None
    relationship, end = random.choice(several if several and random.random() < 0.6 else limited)
    found = counts(catalog, state, relationship, end)
    if not found:
        return None
    fullest = [id_ for id_ in sorted(found, key=str) if found[id_] == max(found.values())]
    return _linking(random, catalog, state, relationship, wanted=end, near=random.choice(fullest))


def _linking(
    random: Random, catalog: Declared, state: State, relationship: Relationship, *, wanted: EndKey, near: Id
) -> Statement:
    """Return a statement that links a record with another one, mostly one that it is not linked with yet."""
    there = state.links[relationship.name]
    for _ in range(4):
        far = _id(random, catalog, state, relationship, wanted)
        pair = _ordered(relationship, (near, far) if wanted == "to" else (far, near))
        if pair not in there and pair[0] != pair[1]:
            break
    if relationship.holder:
        return SetColumn(relationship.name, *(pair if relationship.holder == "from" else pair[::-1]))
    return InsertLink(relationship.name, pair, _values(random, relationship))


def _insert_record(random: Random, catalog: Declared, state: State) -> Statement:
    kept = _kept(catalog, state)
    fewest = [name for name in kept if len(kept[name]) == min(map(len, kept.values()))]
    each = catalog.types[random.choice(fewest)]
    links = {
        one.name: _id(random, catalog, state, one, other_end(held_by(one)))
        for one in catalog.columns(each.name)
        if one.bounds[other_end(held_by(one))].least or random.random() < 0.4
    }
    new = [id_ for id_ in IDS[each.id] if id_ not in kept[each.name]]
    id_ = random.choice(new if new and random.random() < 0.8 else IDS[each.id])
    return InsertRecord(each.name, id_, links)


def _kept(catalog: Declared, state: State) -> dict[str, frozenset[Id]]:
    """Return the records of each type that has a table."""
    return {name: ids for name, ids in state.records.items() if not catalog.types[name].external}


def _delete_record(random: Random, catalog: Declared, state: State) -> Statement:
    name, id_ = _record(random, catalog, state)
    return DeleteRecord(name, id_)


def _change_id(random: Random, catalog: Declared, state: State) -> Statement:
    name, id_ = _record(random, catalog, state)
    return ChangeId(name, id_, random.choice(IDS[catalog.types[name].id]))


def _record(random: Random, catalog: Declared, state: State) -> tuple[str, Id]:
    there = [(name, id_) for name in sorted(state.records) for id_ in sorted(state.records[name], key=str)]
    if there:
        return random.choice(there)
    name = random.choice([each.name for each in catalog.types.values() if not each.external])
    return name, random.choice(IDS[catalog.types[name].id])


def _insert_link(random: Random, catalog: Declared, state: State) -> Statement:
    relationship = _with_table(random, catalog)
    pair = _pair(random, catalog, state, relationship)
    if pair in state.links[relationship.name] or pair[0] == pair[1]:
        pair = _pair(random, catalog, state, relationship)
    return InsertLink(relationship.name, pair, _values(random, relationship))


def _delete_link(random: Random, catalog: Declared, state: State) -> Statement:
    relationship = _with_table(random, catalog)
    return DeleteLink(relationship.name, _linked(random, catalog, state, relationship))


def _change_link(random: Random, catalog: Declared, state: State) -> Statement:
    relationship = _with_table(random, catalog)
    pair = _linked(random, catalog, state, relationship)
    new = pair
    if random.random() < 0.8:
        new = (pair[0], _id(random, catalog, state, relationship, "to"))
        if random.random() < 0.5:
            new = (_id(random, catalog, state, relationship, "from"), pair[1])
        new = _ordered(relationship, new) if random.random() < 0.9 else new
    return ChangeLink(relationship.name, pair, new, _values(random, relationship))


def _set_column(random: Random, catalog: Declared, state: State) -> Statement:
    relationship = random.choice([each for each in catalog.stored if each.holder])
    holder = held_by(relationship)
    other = None
    if random.random() < 0.75:
        other = _id(random, catalog, state, relationship, other_end(holder))
    return SetColumn(relationship.name, _id(random, catalog, state, relationship, holder), other)


def _with_table(random: Random, catalog: Declared) -> Relationship:
    return random.choice([each for each in catalog.stored if each.holder is None])


def _linked(random: Random, catalog: Declared, state: State, relationship: Relationship) -> Pair:
    there = sorted(state.links[relationship.name], key=str)
    if there and random.random() < 0.9:
        return random.choice(there)
    return _pair(random, catalog, state, relationship)


def _pair(random: Random, catalog: Declared, state: State, relationship: Relationship) -> Pair:
    from_id, to_id = (_id(random, catalog, state, relationship, end) for end in ENDS)
    pair = (from_id, to_id)
    return _ordered(relationship, pair) if random.random() < 0.9 else pair


def _ordered(relationship: Relationship, pair: Pair) -> Pair:
    return pair[::-1] if relationship.symmetric and is_ordered(pair[::-1], or_equal=False) else pair


def _id(random: Random, catalog: Declared, state: State, relationship: Relationship, end: EndKey) -> Id:
    """Return the id of a record that is there, mostly, and often the same one, which fills it up."""
    object_type = catalog.at(relationship, end)
    ids = IDS[object_type.id] if object_type.external else sorted(state.records[object_type.name], key=str)
    luck = random.random()
    if not ids or luck < 0.04:
        return random.choice(IDS[object_type.id])
    return ids[0] if luck < 0.4 else random.choice(ids)


def _values(random: Random, relationship: Relationship) -> dict[str, Any]:
    return {each.name: random.choice(STATES) for each in relationship.attributes if random.random() < 0.7}


# ---- as SQL ----


def as_sql(catalog: Declared, statement: Statement) -> Asked:
    """Write a statement, with `?` for each value."""
    table, row, where = _parts(catalog, statement)
    columns = [quoted(each) for each in row]
    only = " AND ".join([f"{quoted(each)} = ?" for each in where])
    if not where:
        text = f"INSERT INTO {quoted(table)} ({', '.join(columns)}) VALUES ({', '.join('?' for _ in row)})"
    elif not row:
        text = f"DELETE FROM {quoted(table)} WHERE {only}"
    else:
        text = f"UPDATE {quoted(table)} SET {', '.join(f'{each} = ?' for each in columns)} WHERE {only}"
    return text, (*row.values(), *where.values())


def quoted(name: str) -> str:
    return f'"{name}"'


def _parts(catalog: Declared, statement: Statement) -> tuple[str, Values, Values]:
    """Return the table, what its row is to hold, and what tells that row: nothing where it is new."""
    row: Values = {}
    where: Values = {}
    match statement:
        case InsertRecord(table, id_, links):
            columns = {str(catalog.relationships[each].column): other for each, other in links.items()}
            row = {"id": id_, **columns}
        case DeleteRecord(table, id_):
            where = {"id": id_}
        case ChangeId(table, id_, new):
            row, where = {"id": new}, {"id": id_}
        case InsertLink(name, pair, values):
            table, row = f"rel_{name}", {**_ids(pair), **values}
        case DeleteLink(name, pair):
            table, where = f"rel_{name}", _ids(pair)
        case ChangeLink(name, pair, changed, values):
            table, row, where = f"rel_{name}", {**_ids(changed), **values}, _ids(pair)
        case SetColumn(name, id_, other):
            relationship = catalog.relationships[name]
            table = relationship.types[held_by(relationship)]
            row, where = {str(relationship.column): other}, {"id": id_}
    return table, row, where


def _ids(pair: Pair) -> Values:
    return dict(zip(("from_id", "to_id"), pair, strict=True))
