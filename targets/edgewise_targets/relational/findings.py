"""What there is to say of a catalog in a database: names that cannot be, and what is not enforced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from edgewise.catalog import Attribute, ObjectType, RelationshipType
from edgewise.diagnostics import Code, Diagnostic, Related
from edgewise.graph import Graph
from edgewise.place import Place
from edgewise.target import Capabilities, Loss, Target, losses
from edgewise_targets.relational.clashes import another_table, clashes, stated_place
from edgewise_targets.relational.dialect import FAMILY, Dialect
from edgewise_targets.relational.limits import VIOLATIONS, limits
from edgewise_targets.relational.names import LONGEST, Declaration, Naming, declared, is_table_name, within
from edgewise_targets.relational.storage import column_name, why_no_column
from edgewise_targets.relational.tables import held

# What tables, constraints and triggers enforce or a view finds, and what comments say.
LINKS = Capabilities(
    cardinality="bounds",
    inverse=True,
    symmetric=True,
    irreflexive=True,
    acyclic=True,
    attributes=True,
    on_delete=True,
    label=True,
    description=True,
    derived=True,
    ends="any two object types; one that is external has no table and no foreign key",
)
# A view holds what its steps lead to: their bounds are its bounds, and there is nothing to delete.
DERIVED = Capabilities(
    cardinality="bounds",
    inverse=True,
    symmetric=True,
    irreflexive=True,
    acyclic=True,
    on_delete=True,
    label=True,
    description=True,
    derived=True,
)


def findings(graph: Graph, naming: Naming, dialect: Dialect) -> Iterator[Diagnostic]:
    """Yield everything that the database has to say of a graph."""
    kept = within(graph, naming.target)
    if kept is not graph:
        yield from _left_out(graph, kept, naming.target, dialect)
    for declaration in declared(kept):
        if declaration.targets or declaration.name.startswith(dialect.reserved_prefix):
            yield from _table_name(declaration, naming, dialect)
            yield from _schema_name(declaration, naming, dialect)
        if len(declaration.attributes) + 2 > dialect.most_columns:
            yield _too_many_columns(declaration, dialect)
    if dialect.system_columns:
        yield from _system_columns(kept, dialect)
    yield from clashes(kept, naming, dialect)
    yield from _column_names(kept, naming, dialect)
    yield from dialect.findings(kept, naming, dialect)
    for object_type in kept.object_types.values():
        yield from _unique_texts(object_type, dialect)
    for relationship in kept.relationship_types.values():
        if not _is_held_whole(relationship):
            yield from _of_relationship(kept, relationship, naming, dialect)


def _of_relationship(
    graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect
) -> Iterator[Diagnostic]:
    """Yield what is not kept as it is declared."""
    if naming.is_column(relationship):
        yield from _column(graph, relationship, naming, dialect)
    yield from _queried(relationship, queried(graph, relationship, naming, dialect), dialect)
    lost = lost_of(graph, relationship)
    if lost:
        texts = ", ".join([each.text for each in lost])
        message = f"`{relationship.name}` loses in {dialect.title}: {texts}"
        yield Diagnostic(Code.LOSS, message, relationship.place.key())


def _is_held_whole(it: RelationshipType) -> bool:
    """Tell at a glance that nothing of a relationship type is lost or only queried, as of nearly all."""
    return (
        not (it.targets or it.via or it.reflexive or it.from_.bounds.min or it.to.bounds.min)
        and it.role == it.name
        and it.group is None
        and it.deprecated is None
        and it.from_.on_delete == it.to.on_delete == "cascade"
    )


def lost_of(graph: Graph, relationship: RelationshipType) -> list[Loss]:
    """Return what is declared of a relationship type and not held to in the database."""
    if relationship.is_derived:
        return losses(relationship, DERIVED)
    lost = losses(relationship, LINKS)
    if relationship.reflexive and relationship.from_.on_delete != relationship.to.on_delete:
        # Which of the two foreign keys acts first is different in each database.
        text = "on_delete: restrict dropped for a record linked with itself"
        lost.append(Loss("on_delete", text))
    for end in relationship.ends:
        low = relationship.other(end).bounds.min
        if (low or end.on_delete == "restrict") and graph.object_type(end).external:
            if low:
                text = f"minimum {low} on {relationship.other(end).key} not known of external records"
                lost.append(Loss("minimum", text))
            if end.on_delete == "restrict":
                text = f"on_delete: restrict on {end.key} dropped for external records"
                lost.append(Loss("on_delete", text))
    return lost


def queried(graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect) -> list[str]:
    """Return the rules of a relationship type that the database does not enforce, but finds broken."""
    if relationship.is_derived:
        return [name for name in ("symmetric", "acyclic") if getattr(relationship, name)]
    if dialect.defers or not (relationship.from_.bounds.min or relationship.to.bounds.min):
        return []
    found = limits(graph, relationship, naming, dialect)
    return [f"minimum {each.number} on {each.end.key}" for each in found if each.enforced_by == "query"]


def _queried(relationship: RelationshipType, rules: Sequence[str], dialect: Dialect) -> Iterator[Diagnostic]:
    if rules:
        yield Diagnostic(
            Code.ONLY_QUERIED,
            f"`{relationship.name}` is not all enforced in {dialect.title}: {', '.join(rules)}",
            relationship.place.key(),
            help=f"the view `{VIOLATIONS}` finds what breaks it",
        )


def _column(
    graph: Graph, relationship: RelationshipType, naming: Naming, dialect: Dialect
) -> Iterator[Diagnostic]:
    """Find what keeps links from being kept in a column."""
    place = _stated_key(relationship, naming, "storage")
    reason = "nothing is stored for it" if relationship.is_derived else why_no_column(graph, relationship)
    if reason is not None:
        yield Diagnostic(
            Code.CANNOT_BE_SAID,
            f"the links of `{relationship.name}` cannot be kept in a column in {dialect.title}: {reason}",
            place,
            help="`storage: edge` keeps them in a table of their own",
        )


def _column_names(graph: Graph, naming: Naming, dialect: Dialect) -> Iterator[Diagnostic]:
    """Find columns that a table would have twice."""
    for name, relationships in held(graph, naming).items():
        holder = graph.object_types[name]
        taken = {each.name: each.place for each in holder.attributes}
        for relationship in relationships:
            if why_no_column(graph, relationship) is None:
                column = column_name(graph, relationship)
                other = taken.setdefault(column, relationship.place)
                if other is not relationship.place:
                    at = _stated_key(relationship, naming, "storage")
                    yield _taken(relationship, holder, other, at, dialect, column)


def _taken(  # noqa: PLR0917 - two things, and the name that both would have
    relationship: RelationshipType,
    holder: ObjectType,
    other: Place,
    place: Place,
    dialect: Dialect,
    name: str,
) -> Diagnostic:
    return Diagnostic(
        Code.SAME_KEY_TWICE,
        f"the links of `{relationship.name}` would be kept in the column `{name}` of `{holder.name}` in "
        f"{dialect.title}, which has one of that name",
        place,
        help="rename one of them, or say `storage: edge`",
        related=(Related(other.key(), "this is the other one"),),
    )


def _stated_key(declaration: Declaration, naming: Naming, key: str) -> Place:
    for name in reversed(naming.target.override_names):
        entry = declaration.targets.get(name)
        if isinstance(entry, Mapping) and key in entry:
            return declaration.place.value("targets", name, key)
    return declaration.place.key()


def _left_out(graph: Graph, kept: Graph, target: Target, dialect: Dialect) -> Iterator[Diagnostic]:
    """Tell which relationship types go because something that they need is left out."""
    for name, relationship in graph.relationship_types.items():
        if name in kept.relationship_types or target.overrides(relationship) is None:
            continue
        missing = next(
            (end.object_type for end in relationship.ends if end.object_type not in kept.object_types), None
        )
        reason = f"`{missing}` is left out" if missing else "a step of its `via` is left out"
        code = Code.CANNOT_BE_SAID if target.asked_for(relationship) else Code.LOSS
        yield Diagnostic(
            code,
            f"`{name}` has no table in {dialect.title}: {reason}",
            relationship.place.key(),
            help=f"`targets: {{{FAMILY}: false}}` says that this is meant",
        )


def _table_name(declaration: Declaration, naming: Naming, dialect: Dialect) -> Iterator[Diagnostic]:
    name = naming.whole(declaration)
    stated = naming.stated(declaration)
    if stated is not None and not is_table_name(stated):
        yield Diagnostic(
            Code.MALFORMED_KEY,
            f"`{stated}` cannot be the name of a table in {dialect.title}",
            stated_place(declaration, naming.target),
            f"up to {LONGEST} letters, digits, `_`, `$`, `-` and spaces, beginning with a letter or `_`",
        )
    elif name.lower().startswith(dialect.reserved_prefix) and _has_relation(declaration):
        yield Diagnostic(
            Code.MALFORMED_KEY,
            f"`{name}` cannot be the name of a table in {dialect.title}",
            stated_place(declaration, naming.target),
            f"names that begin with `{dialect.reserved_prefix}` are the database's own",
            another_table(),
        )


def _schema_name(declaration: Declaration, naming: Naming, dialect: Dialect) -> Iterator[Diagnostic]:
    stated = (naming.target.overrides(declaration) or {}).get("schema")
    if stated is None:
        return
    place = _stated_key(declaration, naming, "schema")
    if not dialect.has_schemas:
        message = f"`{declaration.name}` loses in {dialect.title}: schema `{stated}` dropped"
        yield Diagnostic(Code.LOSS, message, place)
    elif not is_table_name(stated) or stated.lower().startswith(dialect.reserved_prefix):
        yield Diagnostic(
            Code.MALFORMED_KEY,
            f"`{stated}` cannot be the name of a schema in {dialect.title}",
            place,
            f"up to {LONGEST} letters, digits, `_`, `$`, `-` and spaces, beginning with a letter or `_`"
            f", and not with `{dialect.reserved_prefix}`",
        )


def _has_relation(declaration: Declaration) -> bool:
    return not (isinstance(declaration, ObjectType) and declaration.external)


def _too_many_columns(declaration: Declaration, dialect: Dialect) -> Diagnostic:
    return Diagnostic(
        Code.OVER_THE_LIMIT,
        f"`{declaration.name}` has {len(declaration.attributes)} attributes, and a table in {dialect.title} "
        f"has at most {dialect.most_columns} columns with its ids",
        declaration.place.key("attributes"),
    )


def _system_columns(graph: Graph, dialect: Dialect) -> Iterator[Diagnostic]:
    for declaration in declared(graph):
        for attribute in declaration.attributes:
            if attribute.name in dialect.system_columns and _has_relation(declaration):
                yield Diagnostic(
                    Code.MALFORMED_KEY,
                    f"`{attribute.name}` cannot be the name of a column in {dialect.title}",
                    attribute.place.key(),
                    "every table has a system column of that name",
                    "rename the attribute",
                )


def _unique_texts(object_type: ObjectType, dialect: Dialect) -> Iterator[Diagnostic]:
    for attribute in object_type.attributes:
        if attribute.unique and attribute.kind in dialect.text_kinds and not object_type.external:
            yield _unique_text(object_type, attribute, dialect)


def _unique_text(object_type: ObjectType, attribute: Attribute, dialect: Dialect) -> Diagnostic:
    message = (
        f"`{object_type.name}.{attribute.name}` loses in {dialect.title}: "
        f"unique compares texts, so that one value written in two ways counts as two"
    )
    return Diagnostic(Code.LOSS, message, attribute.place.key())
