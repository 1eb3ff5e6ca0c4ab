"""Views of derived types hold what their steps lead to: random steps over random links, and an oracle."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from sql_database import Database, SQLite, compiled, link, pairs, put, records
from sql_writers import emptied

from edgewise.diagnostics import Severity

Id = str | int
Pairs = frozenset[tuple[Id, Id]]
Declared = dict[str, dict[str, Any]]

RECORDS: Mapping[str, list[Id]] = {
    "person": ["ann", "ben", "cat", "dan", "eve"],
    "team": [1, 2, 3],
    "user": ["ann", "u1", "u2"],  # records of another system, one of them called like one of ours
}
OBJECT_TYPES = {"person": {}, "team": {"id": {"type": "integer"}}, "user": {"external": True}}
COLUMN = {"targets": {"sql": {"storage": "column"}}}
MANY = {"cardinality": "many_to_many"}
STORED: Declared = {
    "parent": {"from": "person", "to": "person", "inverse": "child", **MANY},
    "likes": {"from": "person", "to": "person", "inverse": "liked_by", "reflexive": True, **MANY},
    "friend": {"from": "person", "to": "person", "symmetric": True, **MANY},
    "knows": {"from": "person", "to": "person", "symmetric": True, "reflexive": True, **MANY},
    "boss": {
        "from": "person",
        "to": "person",
        "inverse": "report",
        **COLUMN,
        "cardinality": "many_to_one",
    },
    "leads": {
        "from": "person",
        "to": "team",
        "inverse": "led_by",
        **COLUMN,
        "cardinality": "one_to_many",
    },
    "member_of": {"from": "person", "to": "team", "inverse": "member", **MANY},
    "is_user": {"from": "person", "to": "user", "inverse": "is_person", **MANY},
    "sees": {"from": "user", "to": "user", "inverse": "seen_by", **MANY},
}
# Where the links are that a column holds: its table, its name, and the end that the record itself is.
COLUMNS = {"boss": ("person", "boss_id", "from"), "leads": ("team", "led_by_id", "to")}


# ---- catalogs and links ----


def any_catalog(random: Random, database: Database) -> Declared:
    """Derive some types of the stored ones and of one another, where the compiler has nothing against it."""
    relationships = {name: dict(each) for name, each in STORED.items()}
    for number in range(5):
        name = f"d{random.randint(0, 9)}{number}"  # the one that is needed may come first or last
        start = random.choice(sorted(OBJECT_TYPES))
        derived: dict[str, Any] = {"from": start, "via": [], "to": start, "inverse": f"{name}_back"}
        for _ in range(random.choice((2, 2, 3, 4))):
            ways = [way for way in ways_of(relationships) if way[1] == derived["to"]]
            step, _, derived["to"] = random.choice(ways)
            derived["via"].append(step)
        flags = random.choice([(), ("reflexive",), ("acyclic",), ("symmetric",), ("symmetric", "reflexive")])
        marked = derived | dict.fromkeys(flags, True)
        if "symmetric" in flags:
            marked.pop("inverse")
        for candidate in (marked, derived):
            if is_sound({**relationships, name: candidate}, database):
                relationships[name] = candidate
                break
    return relationships


def ways_of(relationships: Declared) -> list[tuple[str, str, str]]:
    """Return the name of each way, where it starts and where it leads."""
    ahead = [(name, each["from"], each["to"]) for name, each in relationships.items()]
    return ahead + [
        (each["inverse"], each["to"], each["from"]) for each in relationships.values() if "inverse" in each
    ]


def is_sound(relationships: Declared, database: Database) -> bool:
    found = compiled(manifest(relationships), database.target).diagnostics
    return not any(each.severity is Severity.ERROR for each in found)


def manifest(relationships: Declared) -> dict[str, Any]:
    return {"object_types": OBJECT_TYPES, "relationship_types": relationships}


def populate(random: Random, database: Database) -> dict[str, Pairs]:
    """Insert links; return them by relationship type, as they are stored."""
    for name in ("person", "team"):
        records(database, name, RECORDS[name])
    return {name: _links(random, database, name, each) for name, each in STORED.items()}


def _links(random: Random, database: Database, name: str, each: Mapping[str, Any]) -> Pairs:
    every = [(from_, to) for from_ in RECORDS[each["from"]] for to in RECORDS[each["to"]]]
    chosen = random.sample(every, random.randint(2, min(9, len(every))))
    if each["from"] == each["to"] and "reflexive" not in each:
        chosen = [(from_, to) for from_, to in chosen if from_ != to]
    if "symmetric" in each:
        chosen = list({tuple(sorted(pair, key=str)) for pair in chosen})
    if name in COLUMNS:
        table, column, holder = COLUMNS[name]
        held = {pair[holder == "to"]: pair for pair in chosen}
        for id_, pair in held.items():
            other = pair[holder == "from"]
            assert database.refusal(f'UPDATE "{table}" SET {column} = ? WHERE id = ?', other, id_) is None
        chosen = list(held.values())
    else:
        for pair in chosen:
            assert link(database, name, *pair) is None
    return frozenset(chosen)


# ---- what the views should hold ----


def swapped(links: Pairs) -> Pairs:
    return frozenset((to, from_) for from_, to in links)


def related(relationships: Declared, stored: Mapping[str, Pairs], name: str) -> Pairs:
    """Return the pairs of a type; of a symmetric one that is stored, as they are stored."""
    each = relationships[name]
    if "via" not in each:
        return stored[name]
    found: Pairs = frozenset((id_, id_) for id_ in RECORDS[each["from"]])
    for step in each["via"]:
        links = walked(relationships, stored, step)
        found = frozenset((start, far) for start, near in found for near_, far in links if near == near_)
    is_apart = each["from"] == each["to"] and "reflexive" not in each
    return frozenset(pair for pair in found if not (is_apart and pair[0] == pair[1]))


def walked(relationships: Declared, stored: Mapping[str, Pairs], step: str) -> Pairs:
    if step not in relationships:
        name = next(name for name, each in relationships.items() if each.get("inverse") == step)
        return swapped(related(relationships, stored, name))
    links = related(relationships, stored, step)
    return links | swapped(links) if "symmetric" in relationships[step] else links


def broken(relationships: Declared, stored: Mapping[str, Pairs]) -> list[tuple[str, str, str]]:
    """Return what a query has to find: records on a cycle, and pairs without their reverse."""
    found = []
    for name, each in relationships.items():
        links = related(relationships, stored, name) if "via" in each else frozenset()
        if "acyclic" in each:
            found += [(name, "acyclic", str(id_)) for id_ in RECORDS[each["from"]] if comes_back(links, id_)]
        if "symmetric" in each:
            found += [(name, "symmetric", str(near)) for near, far in links if (far, near) not in links]
    return sorted(found)


def comes_back(links: Pairs, start: Id) -> bool:
    found = {far for near, far in links if near == start}
    for _ in links:
        found |= {far for near, far in links if near in found}
    return start in found


# ---- and what they do hold ----


def compare(database: Database, relationships: Declared, stored: Mapping[str, Pairs]) -> int:
    """Hold all views against the oracle; return how many pairs there are in them."""
    seen = 0
    for name, each in relationships.items():
        expected = related(relationships, stored, name)
        seen += len(expected) if "via" in each else 0
        assert pairs(database, f"rel_{name}") == sorted(expected), each
        if "symmetric" in each:
            assert pairs(database, f"rel_{name}_both") == sorted(expected | swapped(expected)), each
        elif "inverse" in each:
            assert pairs(database, f"rel_{name}_inverse") == sorted(swapped(expected)), each
    query = "SELECT relationship_type, rule, object_id FROM edgewise_violation"
    assert sorted(tuple(map(str, row)) for row in database.rows(query)) == broken(relationships, stored)
    return seen


def play(database: Database, number: int) -> tuple[int, set[str]]:
    """Load a catalog with links; return how many pairs it derives, and which rules they break."""
    random, database = Random(number), emptied(database)
    relationships = any_catalog(random, database)
    put(database, manifest(relationships))
    stored = populate(random, database)
    return compare(database, relationships, stored), {rule for _, rule, _ in broken(relationships, stored)}


def test_random_steps_over_random_links(sqlite: SQLite) -> None:
    played = [play(sqlite, number) for number in range(90)]
    assert sum(found > 20 for found, _ in played) > 20  # it is no comparison of nothing with nothing
    for rule in ("acyclic", "symmetric"):
        assert sum(rule in rules for _, rules in played) > 3


@pytest.mark.parametrize("number", range(1_000, 1_006))
def test_a_few_of_them_in_every_database(database: Database, number: int) -> None:
    play(database, number)
