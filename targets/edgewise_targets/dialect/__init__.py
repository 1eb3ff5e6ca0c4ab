"""What the API dialects share: a dialect is a value, and this is what makes a target of it.

A dialect's own folder says what the vendor can express, what may be stated for it, and which requests one
object type and one relationship type become (`model`). Here that is done for a whole catalog (`lowering`),
looked over (`findings`) and written out (`emit`).
"""

from __future__ import annotations

from collections.abc import Iterable

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.diagnostics import Diagnostic
from edgewise.graph import Graph
from edgewise.target import Artifact, Options, Target
from edgewise_targets.dialect.emit import artifacts, in_words
from edgewise_targets.dialect.findings import look_in_short, look_over
from edgewise_targets.dialect.keys import KeyRule
from edgewise_targets.dialect.losses import with_tolerance
from edgewise_targets.dialect.lowering import lower, things_of
from edgewise_targets.dialect.model import Dialect, LeftOut, Link, Request, Sent, Thing, name_schema

__all__ = ["Dialect", "KeyRule", "LeftOut", "Link", "Request", "Sent", "Thing", "make_target", "name_schema"]


def make_target(dialect: Dialect) -> Target:
    """Return the target of a dialect: lower the graph, then say what there is to say of it, or write it."""

    def check(graph: Graph, options: Options) -> Iterable[Diagnostic]:
        if dialect.only_named or dialect.object_limit is not None:
            things = list(things_of(graph, dialect, target.overrides))
            if in_short := look_in_short(graph, dialect, things, target.asked_for):
                return in_short
        return look_over(lower(graph, dialect, target.overrides, options), dialect, target.asked_for)

    def emit(graph: Graph, options: Options) -> Iterable[Artifact]:
        return artifacts(lower(graph, dialect, target.overrides, options), dialect)

    def describe(graph: Graph, options: Options, declaration: ObjectType | RelationshipType) -> str:
        return in_words(lower(graph, dialect, target.overrides, options), dialect, declaration)

    target = Target(
        name=dialect.name,
        summary=dialect.summary,
        check=check,
        emit=emit,
        describe=describe,
        capabilities=dialect.capabilities,
        name_key=dialect.name_key,
        relationship_name_key=dialect.relationship_name_key,
        object_type_schema=dialect.object_type_schema,
        relationship_type_schema=with_tolerance(dialect.relationship_type_schema, dialect.own_losses),
        options_schema=with_tolerance(dialect.options_schema, dialect.own_losses),
        external_types=dialect.external_types,
        read_back=dialect.read_back,
    )
    return target
