"""The way back from Monica: what its lists hold, the rows of a pair as one declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from edgewise.answers import Answer
from edgewise.diagnostics import Code, Diagnostic, Related
from edgewise.manifests import Declared, Draft
from edgewise_targets.dialect.keys import short
from edgewise_targets.dialect.reading import (
    Listed,
    ListKind,
    Wish,
    can_be_written,
    listings,
    names,
    not_written,
    numbered_pages,
    renamed,
    targeted,
    unique,
)
from edgewise_targets.monica.answers import GROUPS, RELATIONSHIP_TYPES
from edgewise_targets.monica.defaults import REVERSES
from edgewise_targets.monica.groups import Groups, groups
from edgewise_targets.monica.provision import compared

CONTACT = "contact"
_SPELT, _MISSPELT = "subordinate", "subordonate"
_REVERSE = "name_reverse_relationship"
_ASSIGNED = frozenset(("id", "object", "account", "created_at", "updated_at"))
_KINDS = (
    ListKind(
        "relationship types",
        RELATIONSHIP_TYPES,
        lambda thing: _REVERSE in thing,
        frozenset(("name", _REVERSE, "relationship_type_group_id", "delible")),
        _ASSIGNED,
    ),
    ListKind(
        "groups",
        GROUPS,
        lambda thing: _REVERSE not in thing and "name" in thing,
        frozenset(("name", "delible")),
        _ASSIGNED,
    ),
)


class Row(NamedTuple):
    """A relationship type on the list; its names as the software spells them, the reverse empty for none."""

    name: str
    reverse: str
    thing: Listed

    @property
    def key(self) -> str:
        """What Monica's database finds the row by: it does not look at case."""
        return compared(self.name)


class Pair(NamedTuple):
    """What becomes one declaration: a row with its reverse's row or name; no name where it has none.

    `remark` is what the manifest has to say of it.
    """

    row: Row
    back: Row | None
    reverse: str
    remark: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the list that it stands for."""
        return (self.row,) if self.back is None else (self.row, self.back)


def read_back(answers: Sequence[Answer]) -> tuple[Draft | None, list[Diagnostic]]:
    """Return what Monica's lists of relationship types, and of their groups, would have declared."""
    found, said = listings(answers, "Monica", _KINDS)
    if found is None:
        return None, said
    types, listed = found
    for listing in found:
        said += numbered_pages(listing)
    rows = _rows(types.things, said)
    pairs = list(_pairs(rows, said))
    known, doubts = groups(
        _unique_groups(listed.things, said),
        [(row.thing, row.name) for row in rows],
        is_listed=bool(listed.pages),
    )
    said += doubts
    group_names = _group_names(known, rows)
    given = _names(pairs)
    declared = {given[pair.row.key]: _declared(pair, given, known, group_names, said) for pair in pairs}
    used = {each.keys["group"] for each in declared.values() if "group" in each.keys}
    draft = Draft(
        object_types={CONTACT: Declared({}, ("Monica's own contact.",))} if declared else {},
        relationship_types=declared,
        groups={
            name: Declared({}) for name in {*used, *(group_names[each] for each in known.listed.values())}
        },
        remarks=("From the lists of Monica, by `edgewise import monica`.",),
    )
    return draft, said


# ---- rows ----


def _rows(things: Sequence[Listed], said: list[Diagnostic]) -> list[Row]:
    """Return the rows in the order of their ids, each name once, as far as a manifest can hold them."""
    sound = []
    for thing in things:
        texts = {"name": thing.data["name"], _REVERSE: thing.data[_REVERSE] or ""}
        broken = next((field for field, text in texts.items() if not can_be_written(text)), None)
        if broken:
            said.append(not_written(thing, broken, "relationship type"))
        else:
            sound.append(thing)
    ids = [thing.data.get("id") for thing in sound]
    if None not in ids:
        sound.sort(key=lambda thing: thing.data["id"])
    once, twice = unique(sound, lambda thing: compared(thing.data["name"]), _said_of, _named)
    said += twice
    return _spelt([Row(thing.data["name"], thing.data[_REVERSE] or "", thing) for thing in once], said)


def _said_of(thing: Listed) -> object:
    return {key: value for key, value in thing.data.items() if key == "id" or key not in _ASSIGNED}


def _named(thing: Listed) -> str:
    return f"`{short(thing.data['name'])}`"


def _spelt(rows: Sequence[Row], said: list[Diagnostic]) -> list[Row]:
    """Spell as the software does what Monica's document spells otherwise, unless the list has both."""
    misspelt = [row for row in rows if _MISSPELT in {row.key, compared(row.reverse)}]
    if not misspelt or any(row.key == _SPELT for row in rows):
        return list(rows)
    message = f"`{_MISSPELT}` becomes `{_SPELT}`, as the software spells it; only its document does not"
    field = "name" if misspelt[0].key == _MISSPELT else _REVERSE
    said.append(misspelt[0].thing.told(Code.DECIDED, message, field))
    return [Row(_respelt(row.name), _respelt(row.reverse), row.thing) for row in rows]


def _respelt(name: str) -> str:
    return _SPELT if compared(name) == _MISSPELT else name


# ---- pairs ----


def _pairs(rows: Sequence[Row], said: list[Diagnostic]) -> Iterator[Pair]:
    """Put rows together that are each other's reverse; tell of those that are nobody's."""
    by_key = {row.key: row for row in rows}
    done: set[str] = set()
    for row in rows:
        if row.key in done:
            continue
        pair, message = _pair(row, by_key, done)
        done |= {each.key for each in pair.rows}
        if pair.reverse:
            done.add(compared(pair.reverse))
        if message:
            said.append(_contradiction(row, message, pair.back or by_key.get(compared(row.reverse))))
        yield pair


def _pair(row: Row, by_key: Mapping[str, Row], done: set[str]) -> tuple[Pair, str]:
    """Return what a row becomes, and what is wrong with it."""
    name, reverse = short(row.name), short(row.reverse)
    other = by_key.get(compared(row.reverse))
    if not row.reverse:
        message = f"`{name}` has no reverse, and every relationship type of Monica has one"
        return Pair(row, None, "", "It has no reverse on Monica's list."), message
    if other is row:
        return _unlike_default(Pair(row, None, row.name), row.name, by_key)
    if other is None and compared(row.reverse) not in done:
        message = f"the reverse of `{name}` is `{reverse}`, which is not on the list"
        remark = f"Monica's list has no `{reverse}`."
        return Pair(row, None, row.reverse, remark), message
    if other is not None and compared(other.reverse) == row.key:
        return _unlike_default(Pair(row, other, other.name), other.name, by_key)
    whose = _whose(other)
    remark = f"On Monica's list its reverse is `{reverse}`, {whose}."
    return Pair(row, None, "", remark), f"the reverse of `{name}` is `{reverse}`, {whose}"


def _whose(other: Row | None) -> str:
    if other is None:
        return "which is not on the list, and which another one names as its reverse too"
    if compared(other.reverse) == other.key:
        return "which is its own reverse"
    return f"whose own reverse is `{short(other.reverse)}`" if other.reverse else "which has none itself"


def _unlike_default(pair: Pair, reverse: str, by_key: Mapping[str, Row]) -> tuple[Pair, str]:
    """Find fault with one of Monica's own types that has another reverse than in every account."""
    default = REVERSES.get(pair.row.key, compared(reverse))
    if default == compared(reverse):
        return pair, ""
    is_here = f"`{short(reverse)}`" if pair.back else "itself"
    absent = "" if default in by_key else ", which is not on the list"
    text = f"is {is_here}, where every account has `{default}`{absent}"
    return pair._replace(remark=f"Its reverse on Monica's list {text}."), (
        f"the reverse of `{pair.row.name}` {text}"
    )


def _contradiction(row: Row, message: str, other: Row | None) -> Diagnostic:
    related = (Related(other.thing.at, "this is the other one"),) if other and other is not row else ()
    at = row.thing.at.value(_REVERSE)
    help_ = "it is kept as it is listed, as far as a manifest can say it: see what the manifest remarks"
    return Diagnostic(Code.CONTRADICTION, message, at, help=help_, related=related)


# ---- names ----


def _names(pairs: Sequence[Pair]) -> dict[str, str]:
    """Return a name for every row, and for reverses that have none, by key: all are walks from a contact."""
    own = {row.key: row.name for pair in pairs for row in pair.rows}
    own |= {compared(pair.reverse): pair.reverse for pair in pairs if pair.reverse}
    return names({key: Wish(name, (f"{name}_relationship",)) for key, name in own.items()}, "relationship")


def _group_names(known: Groups, rows: Sequence[Row]) -> dict[str, str]:
    own = {*known.listed.values(), *(known.of(row.thing, row.name)[0] for row in rows)} - {None}
    return names({name: Wish(name, (f"{name}_group",)) for name in sorted(map(str, own))}, "group")


def _unique_groups(listed: Sequence[Listed], said: list[Diagnostic]) -> Sequence[Listed]:
    """Tell of groups that share a name: manifests find them by it. Every number keeps its name."""
    said += unique(listed, lambda group: group.data["name"], lambda group: group.data["id"], _named)[1]
    return listed


# ---- declarations ----


def _declared(
    pair: Pair,
    given: Mapping[str, str],
    known: Groups,
    group_names: Mapping[str, str],
    said: list[Diagnostic],
) -> Declared:
    row, name = pair.row, given[pair.row.key]
    keys: dict[str, Any] = {"from": CONTACT, "to": CONTACT, "cardinality": "many_to_many"}
    stated: dict[str, Any] = {} if name == row.name else {"name": row.name}
    said += renamed(row.thing, row.name, name, "name")
    if compared(pair.reverse) == row.key:
        keys["symmetric"] = True
    elif pair.reverse:
        keys["inverse"] = given[compared(pair.reverse)]
        stated |= {} if keys["inverse"] == pair.reverse else {"reverse": pair.reverse}
        said += renamed(row.thing, pair.reverse, keys["inverse"], _REVERSE)
    group, remark = _group(pair, known, said)
    if group is not None:
        keys["group"] = group_names[group]
        stated |= {} if keys["group"] == group else {"group": group}
    stated |= _delible(pair, said)
    remarks = tuple(each for each in (pair.remark, remark) if each)
    return Declared(keys | targeted("monica", "name", stated), remarks)


def _group(pair: Pair, known: Groups, said: list[Diagnostic]) -> tuple[str | None, str]:
    """Return the group of a pair and what to remark of it; rows of two groups are told."""
    found = [known.of(row.thing, row.name) for row in pair.rows]
    for _, told in found:
        said += told
    group = found[0][0]
    if len(found) == 2 and found[1][0] != group:
        message = f"`{short(pair.reverse)}` is in another group than its reverse, whose group both get"
        said.append(pair.rows[1].thing.told(Code.NOT_KEPT, message, "relationship_type_group_id"))
    number = pair.row.thing.data.get("relationship_type_group_id")
    is_inferred = any(each.code is Code.DECIDED for each in found[0][1])
    return (
        group,
        f"Monica's list says group {number}, as of its own types of `{group}`." if is_inferred else "",
    )


def _delible(pair: Pair, said: list[Diagnostic]) -> dict[str, bool]:
    """Return `delible` where it is not what Monica's own and other types have anyway."""
    rows = [row for row in pair.rows if row.thing.data.get("delible") is not None]
    if all(row.thing.data["delible"] is (compared(row.name) not in REVERSES) for row in rows):
        return {}
    values = {row.thing.data["delible"] for row in rows}
    if len(values) == 1:
        return {"delible": values.pop()}
    message = f"`delible` is not kept: `{short(pair.row.name)}` and its reverse do not have the same"
    said.append(pair.row.thing.told(Code.NOT_KEPT, message, "delible"))
    return {}
