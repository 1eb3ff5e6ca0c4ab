"""Random catalogs of a few types, as manifests: what a database can be asked to hold, all of it."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

Manifest = dict[str, Any]

OBJECT_TYPES = ("person", "order", "group")  # two of them are words of SQL
RELATIONSHIP_TYPES = ("knows", "placed", "owns")
BOUNDS = ("0..1", "1", "1..*", "2..3", "0..2", "2", "*")
ATTRIBUTES: Sequence[Manifest] = (
    {"enum": ["open", "paid"]},
    {"enum": ["open", "paid"], "default": "paid", "required": True},
    {"enum": ["open", "paid"], "required": True},
    {"type": "string", "max_length": 3},
    {"type": "string", "max_length": 2, "default": "ab"},
    {"type": "string", "max_length": 3, "required": True},
)
COLUMN = (
    {"sql": {"storage": "column"}},
    {"postgresql": {"storage": "column"}, "mysql": {"storage": "column"}},
)


def any_manifest(random: Random) -> Manifest:
    """Return a manifest that has the right shape; the compiler may still find that it cannot hold."""
    names = OBJECT_TYPES[: random.randint(1, 3)]
    types = {name: _object_type(random) for name in names}
    if all(each.get("external") for each in types.values()):
        types[names[0]].pop("external")
    stored = {
        name: _relationship(random, types, f"{name}_back")
        for name in RELATIONSHIP_TYPES[: random.randint(1, 3)]
    }
    return {"object_types": types, "relationship_types": stored | _derived(random, stored)}


def _object_type(random: Random) -> Manifest:
    made: Manifest = {"id": {"type": random.choice(["string", "string", "uuid", "integer"])}}
    return made | ({"external": True} if random.random() < 0.15 else {})


def _relationship(random: Random, types: Manifest, inverse: str) -> Manifest:
    from_ = random.choice(list(types))
    to = from_ if random.random() < 0.4 else random.choice(list(types))
    flag = random.choice(["reflexive", "acyclic", "acyclic", "symmetric", None]) if from_ == to else None
    made: Manifest = {"from": from_, "to": to, "cardinality": _cardinality(random, flag)}
    if flag != "symmetric" and random.random() < 0.4:
        single = random.choice(["0..1", "0..1", "1"]) if flag != "acyclic" else "0..1"
        made["cardinality"] |= {random.choice(["from", "to"]): single}
    if flag:
        made[flag] = True
        if flag == "symmetric" and random.random() < 0.3:
            made["reflexive"] = True
    if flag != "symmetric":
        made["inverse"] = inverse
    deletions: list[Any] = ["cascade", "restrict"]
    if flag not in {"symmetric", "reflexive"}:  # a link of a record with itself would be both
        deletions += [{"from": "restrict"}, {"to": "restrict"}]
    if random.random() < 0.6:
        made["on_delete"] = random.choice(deletions)
    if random.random() < 0.75 and _can_be_column(made, types):
        made["targets"] = random.choice(COLUMN)
    elif random.random() < 0.3:
        made["attributes"] = {"state": random.choice(ATTRIBUTES)}
    return made | {"cardinality": _in_a_word(made["cardinality"])}


def _cardinality(random: Random, flag: str | None) -> Manifest:
    if flag == "symmetric":
        both = random.choice(BOUNDS)
        return {"from": both, "to": both}
    bounds = ("0..1", "0..2", "*") if flag == "acyclic" else BOUNDS
    return {"from": random.choice(bounds), "to": random.choice(bounds)}


def _in_a_word(bounds: Manifest) -> Any:
    """Write bounds as the word for them, where there is one."""
    words = {"0..1": "one", "*": "many"}
    if words.keys() >= set(bounds.values()):
        return f"{words[bounds['from']]}_to_{words[bounds['to']]}"
    return bounds


def _can_be_column(made: Manifest, types: Manifest) -> bool:
    """Tell whether a record at one end has at most one link, and is here, and takes its link along."""
    singles = [made["cardinality"][end] in {"0..1", "1"} for end in ("from", "to")]
    if "symmetric" in made or not any(singles):
        return False
    holder = "to" if singles[0] else "from"
    stated = made.get("on_delete", "cascade")
    restricts = stated == "restrict" or (isinstance(stated, dict) and holder in stated)
    # A record whose own column has to name it could not be deleted in MariaDB: see the ways round.
    names_itself = "reflexive" in made and made["cardinality"]["from" if holder == "to" else "to"] == "1"
    return not types[made[holder]].get("external") and not restricts and not names_itself


def _derived(random: Random, stored: Manifest) -> Manifest:
    """Compose two relationships, where two fit, and say of the pairs what only a query can find."""
    walks = [
        *((name, each["from"], each["to"]) for name, each in stored.items()),
        *((each["inverse"], each["to"], each["from"]) for each in stored.values() if "inverse" in each),
    ]
    fitting = [
        [first[0], second[0]]
        for first in walks
        for second in walks
        if first[2] == second[1] and first[1] == second[2]
    ]
    if not fitting or random.random() < 0.4:
        return {}
    # A relationship and the way back lead to both or none of a pair and its reverse.
    fitting = [each for each in fitting if each[0] == each[1]] or fitting
    return {"derived": {"via": random.choice(fitting), random.choice(["acyclic", "symmetric"]): True}}
