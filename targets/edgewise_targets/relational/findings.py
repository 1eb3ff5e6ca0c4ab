"""What there is to say of a catalog in a database: names that cannot be, and what is not enforced."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.catalog import Attribute, ObjectType, RelationshipType
from edgewise.diagnostics import Code, Diagnostic
from edgewise.graph import Graph
from edgewise.target import Capabilities, Loss, Target, losses
from edgewise_targets.relational.clashes import another_table, clashes, stated_place
from edgewise_targets.relational.dialect import Dialect
from edgewise_targets.relational.names import LONGEST, Declaration, Naming, declared, is_table_name, within

# What a table with two ids, keys and conditions enforces, and what its comments say.
LINKS = Capabilities(
    cardinality="words",
    inverse=True,
    symmetric=True,
    irreflexive=True,
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
    irreflexive=True,
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
        if len(declaration.attributes) + 2 > dialect.most_columns:
            yield _too_many_columns(declaration, dialect)
    if dialect.system_columns:
        yield from _system_columns(kept, dialect)
    yield from clashes(kept, naming, dialect)
    for object_type in kept.object_types.values():
        yield from _unique_texts(object_type, dialect)
    for relationship in kept.relationship_types.values():
        lost = lost_of(kept, relationship)
        if lost:
            texts = ", ".join([each.text for each in lost])
            message = f"`{relationship.name}` loses in {dialect.title}: {texts}"
            yield Diagnostic(Code.LOSS, message, relationship.place.key())


def lost_of(graph: Graph, relationship: RelationshipType) -> list[Loss]:
    """Return what is declared of a relationship type and not held to in the database."""
    if relationship.is_derived:
        return losses(relationship, DERIVED)
    lost = losses(relationship, LINKS)
    if relationship.symmetric and relationship.to.bounds.is_single:
        # A record may stand in either column, which a key over one column does not see.
        lost.append(Loss("maximum", "maximum 1 of a symmetric relationship dropped"))
    for end in relationship.ends:
        if end.on_delete == "restrict" and graph.object_type(end).external:
            lost.append(
                Loss("on_delete", f"on_delete: restrict on {end.key} dropped, as its records are external")
            )
    return lost


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
            help=f"`targets: {{{dialect.name}: false}}` says that this is meant",
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
            another_table(dialect),
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
