"""Two things that would have one name in a database: tables, views, and what shares its names with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.diagnostics import Code, Diagnostic, Related
from edgewise.graph import Graph
from edgewise.place import Place
from edgewise.target import Target
from edgewise_targets.relational.dialect import Dialect
from edgewise_targets.relational.names import (
    LONGEST,
    Declaration,
    Naming,
    arrival_rule,
    cut,
    declared,
    limits_to_one,
    primary_key_rule,
    view_suffix,
)

# What stands behind each ending of a name.
_PARTS: Mapping[str, str] = {
    "": "the table",
    "_pkey": "the primary key",
    "_to_max": "the primary key",
    "_from_max": "a key",
    "_to_index": "an index",
    "_inverse": "the inverse view",
    "_both": "the view of both directions",
}
_UNIQUE = "_unique"
_ENDINGS = (_UNIQUE, *[ending for ending in _PARTS if ending])
_LINK = "rel_"
_SHORT = LONGEST - len(_LINK) - max(len(ending) for ending in _ENDINGS)


class Claim(NamedTuple):
    """A name, the declaration that something of that name comes from, and what follows its own name there."""

    name: str
    declaration: Declaration
    ending: str


def clashes(graph: Graph, naming: Naming, dialect: Dialect) -> Iterator[Diagnostic]:
    """Yield the first clash of every two declarations; capitals make no difference to a name."""
    if _is_plain(graph, naming):
        return
    first: dict[str, Claim] = {}
    told: set[tuple[str, str]] = set()
    for claim in _claims(graph, naming, dialect):
        other = first.setdefault(claim.name.lower(), claim)
        pair = other.declaration.place.dotted, claim.declaration.place.dotted
        if other is not claim and pair not in told:
            told.add(pair)
            yield _clash(other, claim, naming.target, dialect)


def _is_plain(graph: Graph, naming: Naming) -> bool:
    """Tell at a glance that no two names can be the same, as of nearly every catalog.

    So it is where every name is made by us, none is cut, no declared one ends as those that we make do,
    and no object type begins like a link: a name can then be taken apart again in one way only.
    """
    types = graph.object_types.values()
    keys = [f"{each.name}_{key.name}" for each in types for key in each.attributes if key.unique]
    return (
        len(set(keys)) == len(keys)
        and all(len(key) + len(_UNIQUE) <= LONGEST for key in keys)
        and not any(name.startswith(_LINK) for name in graph.object_types)
        and not any(each.name.endswith(_ENDINGS) or len(each.name) > _SHORT for each in declared(graph))
        and not any(each.targets and naming.stated(each) is not None for each in declared(graph))
    )


def _claims(graph: Graph, naming: Naming, dialect: Dialect) -> Iterator[Claim]:
    for each in declared(graph):
        whole = naming.whole(each)
        for ending in _endings(each, dialect):
            yield Claim(cut(whole + ending), each, ending)


def _endings(declaration: Declaration, dialect: Dialect) -> Iterator[str]:
    if isinstance(declaration, RelationshipType):
        yield from _endings_of_link(declaration, dialect)
    elif not declaration.external:
        yield ""
        if dialect.keys_are_relations:
            yield "_pkey"
            yield from (f"_{each.name}{_UNIQUE}" for each in declaration.attributes if each.unique)


def _endings_of_link(relationship: RelationshipType, dialect: Dialect) -> Iterator[str]:
    view = view_suffix(relationship)
    yield ""
    if view is not None:
        yield f"_{view}"
    if relationship.is_derived:
        return
    if dialect.keys_are_relations:
        yield f"_{primary_key_rule(relationship)}"
    if dialect.keys_are_relations or not limits_to_one(relationship, relationship.from_):
        yield f"_{arrival_rule(relationship)}"


def _clash(first: Claim, second: Claim, target: Target, dialect: Dialect) -> Diagnostic:
    return Diagnostic(
        Code.SAME_KEY_TWICE,
        f"{_said(first)} and {_said(second)} would both be called `{second.name}` in {dialect.title}",
        stated_place(second.declaration, target),
        "the second of them",
        another_table(dialect),
        (Related(stated_place(first.declaration, target), "this is the other one"),),
    )


def _said(claim: Claim) -> str:
    declaration = claim.declaration
    if isinstance(declaration, ObjectType):
        return f"{_PARTS.get(claim.ending, 'a key')} of object type `{declaration.name}`"
    what = "the view" if declaration.is_derived and not claim.ending else _PARTS[claim.ending]
    return f"{what} of relationship type `{declaration.name}`"


def another_table(dialect: Dialect) -> str:
    """Say what can be done about a name."""
    return f"give it another table name: `targets: {{{dialect.name}: {{table: ...}}}}`"


def stated_place(declaration: Declaration, target: Target) -> Place:
    """Return where the table of a declaration gets its name: under `targets`, or where it is declared."""
    for name in reversed(target.override_names):
        entry = declaration.targets.get(name)
        if isinstance(entry, str):
            return declaration.place.value("targets", name)
        if entry and target.name_key in entry:
            return declaration.place.value("targets", name, target.name_key)
    return declaration.place.key()
