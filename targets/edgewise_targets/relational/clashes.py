"""Two things that would have one name in a database: tables, views, and what shares its names with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.diagnostics import Code, Diagnostic, Related
from edgewise.graph import Graph
from edgewise.place import Place
from edgewise.sentences import sentences
from edgewise.target import Target
from edgewise_targets.relational.descriptions import OBJECT_TYPES, RELATIONSHIP_TYPES
from edgewise_targets.relational.dialect import FAMILY, Dialect
from edgewise_targets.relational.limits import VIOLATIONS
from edgewise_targets.relational.names import LONGEST, Declaration, Naming, declared
from edgewise_targets.relational.plan import Check, Fits, Key, Table
from edgewise_targets.relational.tables import held, link_table, object_table
from edgewise_targets.relational.triggers import further_tables, triggers
from edgewise_targets.relational.views import views

_OURS = "edgewise_"
_UNIQUE = "_unique"
# What names end in that are made of a declaration's own; a test holds this against what is made.
ENDINGS = (
    _UNIQUE,
    "_pkey",
    *("_to_max", "_from_max", "_max", "_to_index", "_from_index", "_inverse", "_both"),
    *("_member", "_member_pkey", "_member_index"),
    *("_to_lock", "_from_lock", "_lock", "_to_lock_pkey", "_from_lock_pkey", "_lock_pkey"),
    *("_to_min", "_from_min", "_min", "_acyclic", "_no_self"),
)
# Two names that end differently are the same only where one declared name is the other and one of these.
_BETWEEN = tuple(
    {long.removesuffix(short) for long in ENDINGS for short in ("", *ENDINGS) if long.endswith(short)} - {""}
)
_LINK = "rel_"
_SHORT = LONGEST - len(_LINK) - max(len(ending) for ending in ENDINGS)


class Claim(NamedTuple):
    """A name, as the database compares it, the declaration that it comes from, and what is called so.

    `kind` is `relation`, `constraint` or `trigger`: things of different kinds may share a name.
    """

    kind: str
    name: str
    what: str
    declaration: Declaration


def clashes(graph: Graph, naming: Naming, dialect: Dialect) -> Iterator[Diagnostic]:
    """Yield the first clash of every two declarations; capitals make no difference to a name."""
    if _is_plain(graph, naming, dialect):
        return
    first: dict[tuple[str, str], Claim] = {}
    told: set[tuple[str, str]] = set()
    for claim in claims(graph, naming, dialect):
        if claim.what == "the table" and _is_ours(claim.name):
            yield _ours(claim, naming.target, dialect)
        other = first.setdefault((claim.kind, claim.name), claim)
        pair = other.declaration.place.dotted, claim.declaration.place.dotted
        if other is not claim and pair not in told:
            told.add(pair)
            yield _clash(other, claim, naming.target, dialect)


def _is_plain(graph: Graph, naming: Naming, dialect: Dialect) -> bool:
    """Tell at a glance that no two names can be the same, as of nearly every catalog.

    So it is where every name is made by us, none is cut, no declared one ends as those that we make do,
    and no object type begins like a link: a name can then be taken apart again in one way only.
    """
    types = graph.object_types.values()
    keys = [f"{each.name}_{key.name}" for each in types for key in each.attributes if key.unique]
    return (
        len(set(keys)) == len(keys)
        and not (dialect.constraints_share_names and _are_columns_alike(graph))
        and all(len(key) + len(_UNIQUE) <= LONGEST for key in keys)
        and not any(name.startswith((_LINK, _OURS)) for name in graph.object_types)
        and not any(each.name.endswith(_BETWEEN) or len(each.name) > _SHORT for each in declared(graph))
        and not any(each.targets and naming.is_stated(each) for each in declared(graph))
    )


def _are_columns_alike(graph: Graph) -> bool:
    """Tell whether a column of two tables, behind the name of its table, is called the same.

    `a.b_c` and `a_b.c` are: the conditions on both would have one name.
    """
    for declarations in (graph.object_types.values(), graph.relationship_types.values()):
        columns = [f"{each.name}_{column.name}" for each in declarations for column in each.attributes]
        if len(set(columns)) < len(columns):
            return True
    return False


def claims(graph: Graph, naming: Naming, dialect: Dialect) -> Iterator[Claim]:
    """Yield every name that the declarations of a graph come to."""
    columns = held(graph, naming)
    for object_type in graph.object_types.values():
        if not object_type.external:
            in_columns = columns.get(object_type.name, ())
            table = object_table(graph, object_type, in_columns, naming, dialect)
            # What stands in a column is said of its own declaration, below.
            yield from _of_table(table._replace(indexes=()), object_type, dialect)
    for each in graph.relationship_types.values():
        yield from _of_relationship(graph, each, naming, dialect)
    for name, relationships in columns.items():
        object_type = graph.object_types[name]
        table = object_table(graph, object_type, relationships, naming, dialect)
        for each, index in zip(_indexed(relationships), table.indexes, strict=True):
            yield from _claims("relation", [_beside(table, index.name)], "an index", each, dialect)


def _indexed(relationships: Iterable[RelationshipType]) -> list[RelationshipType]:
    return [each for each in relationships if not each.is_one_to_one()]


def _of_relationship(
    graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect
) -> Iterator[Claim]:
    said = sentences(graph, relationship)
    if not relationship.is_derived:
        tables = further_tables(graph, relationship, naming, dialect)
        if not naming.is_column(relationship):
            tables = chain([link_table(graph, relationship, said, naming)], tables)
        for table in tables:
            yield from _of_table(table, relationship, dialect)
        names = [each.name for each in triggers(graph, relationship, naming, dialect)]
        yield from _claims("trigger", names, "a trigger", relationship, dialect)
    names = [each.name for each in views(graph, relationship, said, naming)]
    yield from _claims("relation", names, "a view", relationship, dialect)


def _of_table(table: Table, declaration: Declaration, dialect: Dialect) -> Iterator[Claim]:
    yield from _claims("relation", [table.name], "the table", declaration, dialect)
    keys = [each.name for each in table.constraints if isinstance(each, Key)]
    if dialect.keys_are_relations:
        yield from _claims("relation", [_beside(table, key) for key in keys], "a key", declaration, dialect)
    if dialect.constraints_share_names:
        yield from _claims(
            "constraint", _constraint_names(table, dialect), "a constraint", declaration, dialect
        )
    indexes = [_beside(table, each.name) for each in table.indexes]
    yield from _claims("relation", indexes, "an index", declaration, dialect)


def _constraint_names(table: Table, dialect: Dialect) -> Iterator[str]:
    """Yield the names of references and conditions, less those that the types of columns take care of."""
    for each in table.constraints:
        match each:
            case Key():
                continue
            case Check(condition=Fits(column=column)) if dialect.fits(column, column.name) is None:
                continue
            case _:
                yield each.name


def _beside(table: Table, name: str) -> str:
    """Return the name of what is in the same schema as a table."""
    schema, dot, _ = table.name.rpartition(".")
    return schema + dot + name


def _claims(
    kind: str, names: Iterable[str], what: str, declaration: Declaration, dialect: Dialect
) -> Iterator[Claim]:
    if what != "an index" or dialect.indexes_are_relations:
        yield from (Claim(kind, name.lower(), what, declaration) for name in names)


def _clash(first: Claim, second: Claim, target: Target, dialect: Dialect) -> Diagnostic:
    return Diagnostic(
        Code.SAME_KEY_TWICE,
        f"{_said(first)} and {_said(second)} would both be called `{second.name}` in {dialect.title}",
        stated_place(second.declaration, target),
        "the second of them",
        another_table(),
        (Related(stated_place(first.declaration, target), "this is the other one"),),
    )


def _is_ours(name: str) -> bool:
    return name in {OBJECT_TYPES, RELATIONSHIP_TYPES} or name.startswith(VIOLATIONS)


def _ours(claim: Claim, target: Target, dialect: Dialect) -> Diagnostic:
    return Diagnostic(
        Code.SAME_KEY_TWICE,
        f"{_said(claim)} would be called `{claim.name}` in {dialect.title}, as is one of edgewise's",
        stated_place(claim.declaration, target),
        help=another_table(),
    )


def _said(claim: Claim) -> str:
    kind = "object type" if isinstance(claim.declaration, ObjectType) else "relationship type"
    return f"{claim.what} of {kind} `{claim.declaration.name}`"


def another_table() -> str:
    """Say what can be done about a name."""
    return f"give it another table name: `targets: {{{FAMILY}: {{table: ...}}}}`"


def stated_place(declaration: Declaration, target: Target) -> Place:
    """Return where the table of a declaration gets its name: under `targets`, or where it is declared."""
    for name in reversed(target.override_names):
        entry = declaration.targets.get(name)
        if isinstance(entry, str):
            return declaration.place.value("targets", name)
        if entry and target.name_key in entry:
            return declaration.place.value("targets", name, target.name_key)
    return declaration.place.key()
