"""A graph to the relational plan: which tables, triggers and views there are, in the order to make them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from edgewise.catalog import RelationshipType
from edgewise.graph import Graph
from edgewise.sentences import sentences
from edgewise_targets.relational.descriptions import descriptions
from edgewise_targets.relational.dialect import Dialect
from edgewise_targets.relational.names import Naming, declared, within
from edgewise_targets.relational.plan import Plan, Rule, Table
from edgewise_targets.relational.rules import rules
from edgewise_targets.relational.tables import Sentences, held, in_order, link_table, object_table
from edgewise_targets.relational.triggers import further_tables, triggers
from edgewise_targets.relational.views import derived_in_order, views
from edgewise_targets.relational.violations import violations


def lower(graph: Graph, naming: Naming, dialect: Dialect) -> Plan:
    """Return what a database is to hold for a graph, less what its manifests leave out of the target."""
    kept = within(graph, naming.target)
    relationships = kept.relationship_types.values()
    said = {each.name: sentences(kept, each) for each in relationships}
    return Plan(
        catalog=graph.hash,
        schemas=tuple(sorted({name for each in declared(kept) if (name := naming.schema(each)) is not None})),
        object_tables=_object_tables(kept, naming, dialect),
        link_tables=tuple(
            table for each in kept.stored for table in _link_tables(kept, each, said, naming, dialect)
        ),
        triggers=tuple(trigger for each in kept.stored for trigger in triggers(kept, each, naming, dialect)),
        views=tuple(
            view
            for each in chain(kept.stored, derived_in_order(kept))
            for view in views(kept, each, said[each.name], naming)
        ),
        descriptions=descriptions(kept, said, naming),
        violations=tuple(
            question for each in relationships for question in violations(kept, each, naming, dialect)
        ),
    )


def all_rules(graph: Graph, naming: Naming, dialect: Dialect) -> Iterator[Rule]:
    """Yield what all relationship types declare, less what is left out of the target."""
    kept = within(graph, naming.target)
    return (rule for each in kept.relationship_types.values() for rule in rules(kept, each, naming, dialect))


def _object_tables(graph: Graph, naming: Naming, dialect: Dialect) -> tuple[Table, ...]:
    columns = held(graph, naming)
    return tuple(
        in_order(
            object_table(graph, each, columns.get(each.name, ()), naming, dialect)
            for each in graph.object_types.values()
            if not each.external
        )
    )


def _link_tables(
    graph: Graph,
    relationship: RelationshipType,
    said: Mapping[str, Sentences],
    naming: Naming,
    dialect: Dialect,
) -> Iterator[Table]:
    if not naming.is_column(relationship):
        yield link_table(graph, relationship, said[relationship.name], naming)
    yield from further_tables(graph, relationship, naming, dialect)
