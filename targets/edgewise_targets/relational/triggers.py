"""What no constraint can say: the triggers of a relationship type, and the tables that they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edgewise.catalog import End, RelationshipType
from edgewise.graph import Graph
from edgewise.sentences import acyclic_sentence, limit_sentence, no_self_sentence, with_article
from edgewise_targets.relational.columns import key_column
from edgewise_targets.relational.dialect import Dialect
from edgewise_targets.relational.limits import Limit, are_keys_enough, limits
from edgewise_targets.relational.names import Naming, cut
from edgewise_targets.relational.plan import (
    Acyclic,
    Apart,
    Index,
    Key,
    Maximum,
    Members,
    Minimum,
    Reference,
    Table,
    Trigger,
)
from edgewise_targets.relational.storage import Links, becomes_null, links


def triggers(
    graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect
) -> Iterator[Trigger]:
    """Yield the triggers of a stored relationship type; nearly all have none."""
    if are_keys_enough(relationship) and not relationship.acyclic and not naming.is_column(relationship):
        return
    kept = links(graph, relationship, naming)
    whole = naming.whole(relationship)
    if has_members(relationship):
        end = relationship.to
        rule = cut(f"{whole}_max") if end.bounds.is_single else None
        sentence = limit_sentence(graph, relationship, end, end.bounds._replace(min=0))
        members = naming.table(relationship, "_member")
        yield Members(cut(f"{whole}_member"), kept.table, members, rule, sentence)
    for limit in _not_by_key(graph, relationship, naming, dialect):
        if limit.enforced_by == "trigger":
            yield _counting(graph, relationship, kept, limit, naming, dialect)
    if relationship.acyclic:
        sentence = acyclic_sentence(graph, relationship)
        columns = (kept.from_column, kept.to_column)
        yield Acyclic(cut(f"{whole}_acyclic"), kept.table, *columns, relationship.name, sentence)
    if keeps_apart_by_trigger(graph, relationship, naming, dialect):
        sentence = no_self_sentence(graph, relationship)
        yield Apart(cut(f"{whole}_no_self"), kept.table, (kept.from_column, kept.to_column), sentence)


def _not_by_key(
    graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect
) -> Iterable[Limit]:
    return () if are_keys_enough(relationship) else limits(graph, relationship, naming, dialect)


def has_members(relationship: RelationshipType) -> bool:
    """Tell whether there is a table with a row for each record of each link: a maximum is held by it.

    A record may stand in either column of a symmetric relationship, and no key is over both.
    """
    return relationship.symmetric and relationship.to.bounds.max is not None


def keeps_apart_by_trigger(
    graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect
) -> bool:
    """Tell whether a CHECK cannot say that no record is related to itself."""
    is_apart = relationship.is_self and not relationship.reflexive and naming.is_column(relationship)
    return is_apart and not dialect.checks_set_null and becomes_null(graph, relationship)


def _counting(  # noqa: PLR0917 - what is said, and all that it depends on
    graph: Graph,
    relationship: RelationshipType,
    kept: Links,
    limit: Limit,
    naming: Naming,
    dialect: Dialect,
) -> Maximum | Minimum:
    object_type = graph.object_type(limit.counted)
    records = naming.table(object_type)
    sentence = limit_sentence(graph, relationship, limit.end, limit.bounds)
    pair = _pair(relationship, kept)
    if limit.kind == "min":
        ends = relationship.ends if relationship.symmetric else (limit.counted,)
        columns = tuple(kept.column(end.key) for end in ends)
        return Minimum(limit.name, kept.table, columns, limit.number, records, pair, sentence)
    return Maximum(
        name=limit.name,
        table=naming.table(relationship, "_member") if relationship.symmetric else kept.table,
        column="member_id" if relationship.symmetric else kept.column(limit.counted.key),
        most=limit.number,
        records=None if object_type.external else records,
        locks=_lock_name(graph, relationship, limit, naming, dialect),
        pair=pair,
        # What must not be null may be so all the same in a trigger that comes before the check of that.
        is_optional=kept.holder is not None,
        sentence=sentence,
    )


def _pair(relationship: RelationshipType, kept: Links) -> tuple[str, str] | None:
    """Return the columns of both ids where rows of both are waited at; a symmetric link has them in order."""
    bounds = [end.bounds for end in relationship.ends]
    counts = all(each.min or (each.max or 0) > 1 for each in bounds)
    if counts and relationship.is_self and not relationship.symmetric:
        return kept.from_column, kept.to_column
    return None


def _lock_name(
    graph: Graph, relationship: RelationshipType, limit: Limit, naming: Naming, dialect: Dialect
) -> str | None:
    is_needed = dialect.locks == "table" or (
        dialect.locks == "record" and graph.object_type(limit.counted).external
    )
    ending = "_lock" if relationship.symmetric else f"_{limit.end.key}_lock"
    return naming.table(relationship, ending) if is_needed else None


def further_tables(
    graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect
) -> Iterator[Table]:
    """Yield the tables that the triggers of a relationship type write, beside that of its links."""
    if has_members(relationship):
        yield _member_table(graph, relationship, naming, dialect)
    for limit in _not_by_key(graph, relationship, naming, dialect):
        if limit.kind == "max" and limit.enforced_by == "trigger":
            name = _lock_name(graph, relationship, limit, naming, dialect)
            if name is not None:
                yield _lock_table(graph, limit.counted, name)


def _member_table(graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect) -> Table:
    whole = naming.whole(relationship)
    object_type = graph.object_type(relationship.to)
    pair = ("from_id", "to_id")
    is_one = relationship.to.bounds.is_single
    only_one = Key(cut(f"{whole}_max"), ("member_id",), primary=dialect.names_primary_keys)
    whole_row = Key(cut(f"{whole}_member_pkey"), ("member_id", *pair), primary=True)
    keys: tuple[Key, ...] = (only_one,) if is_one else (whole_row,)
    indexes: tuple[Index, ...] = (Index(cut(f"{whole}_member_index"), pair),)
    if is_one and not dialect.names_primary_keys:
        # What refuses a second link is to have a name of its own.
        keys, indexes = (whole_row._replace(columns=(*pair, "member_id")), only_one), ()
    name = cut(f"{whole}_member_references")
    references = Reference(
        name, pair, naming.table(relationship), "cascade", pair, follows=dialect.skips_rows
    )
    return Table(
        name=naming.table(relationship, "_member"),
        comments=(f"Each {object_type.label} of each link once; triggers write it.",),
        columns=tuple(key_column(each, object_type.id) for each in ("member_id", *pair)),
        constraints=(*keys, references),
        indexes=indexes,
    )


def _lock_table(graph: Graph, counted: End, name: str) -> Table:
    object_type = graph.object_type(counted)
    one = with_article(object_type.label)
    told = f"Whoever links {one} waits for others at its row here; triggers write it."
    key = Key(cut(f"{name.rpartition('.')[2]}_pkey"), ("id",), primary=True)
    return Table(name, (told,), (key_column("id", object_type.id),), (key,))
