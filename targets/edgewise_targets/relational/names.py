"""What tables, constraints and views are called, the same in every database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from edgewise.catalog import End, ObjectType, RelationshipType
from edgewise.graph import Graph
from edgewise.target import Target

Declaration = ObjectType | RelationshipType

# PostgreSQL cuts what is longer without a word, and MySQL refuses more than 64 characters.
LONGEST = 63
_HASH_DIGITS = 8
_TABLE_OVERRIDE = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_$ -]*[A-Za-z0-9_$])?")


def cut(name: str) -> str:
    """Shorten a name that is too long for a database, and tell it from its like by a hash of the whole."""
    if len(name) <= LONGEST:
        return name
    import hashlib  # noqa: PLC0415 - loading it takes long, and it is needed rarely

    digest = hashlib.sha256(name.encode()).hexdigest()[:_HASH_DIGITS]
    return f"{name[: LONGEST - _HASH_DIGITS - 1]}_{digest}"


def is_table_name(name: str) -> bool:
    """Tell whether a stated table name can stand as it is, in quotes perhaps, in every database.

    A dot is left out because it would be read as a schema's.
    """
    return len(name) <= LONGEST and _TABLE_OVERRIDE.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Naming:
    """What a target calls the table of a declaration; `has_schemas` where tables may be put into schemas.

    Every name is made of the uncut one: `rel_placed_inverse` is cut as a whole, not after `rel_placed` was.
    """

    target: Target
    has_schemas: bool = False
    _records: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def whole(self, declaration: Declaration) -> str:
        """Return the uncut name: what is stated, else `order` for an object type, `rel_placed` for a link."""
        stated = self.stated(declaration) if declaration.targets else None
        if stated is not None:
            return stated
        if isinstance(declaration, RelationshipType):
            return f"rel_{declaration.name}"
        return declaration.identifier

    def stated(self, declaration: Declaration) -> str | None:
        """Return the table name that a declaration states for this target."""
        return self._stated(declaration, "table")

    def is_stated(self, declaration: Declaration) -> bool:
        """Tell whether a declaration states anything of where it is kept."""
        return bool(self.target.overrides(declaration))

    def schema(self, declaration: Declaration) -> str | None:
        """Return the schema that a declaration states; None is the one that the file is loaded into."""
        return self._stated(declaration, "schema") if self.has_schemas else None

    def is_column(self, relationship: RelationshipType) -> bool:
        """Tell whether links are to be kept in a column of one of the records."""
        return bool(relationship.targets) and self._stated(relationship, "storage") == "column"

    def _stated(self, declaration: Declaration, key: str) -> str | None:
        stated: str | None = (self.target.overrides(declaration) or {}).get(key)
        return stated

    def table(self, declaration: Declaration, ending: str = "") -> str:
        """Return the name of the declaration's table, or of the relation beside it that ends like this.

        A dot stands behind the schema, and nowhere else: no stated name may hold one.
        """
        name = cut(self.whole(declaration) + ending)
        schema = self.schema(declaration) if declaration.targets else None
        return name if schema is None else f"{schema}.{name}"

    def records(self, object_type: ObjectType) -> str:
        """Return the name of the table of an object type, which many relationship types refer to."""
        known = self._records.get(object_type.name)
        if known is None:
            known = self._records[object_type.name] = self.table(object_type)
        return known


def limits_to_one(relationship: RelationshipType, end: End) -> bool:
    """Tell whether a key over the other column says that there is at most one record at this end.

    Not where the relationship is symmetric: a record may stand in either column there, so p1-p2 and
    p2-p3 would both pass.
    """
    return end.bounds.is_single and not relationship.symmetric


def primary_key_rule(relationship: RelationshipType) -> str:
    """Name what the primary key of a link table says: at most one `to`, or else that a pair is there once."""
    return "to_max" if limits_to_one(relationship, relationship.to) else "pkey"


def arrival_rule(relationship: RelationshipType) -> str:
    """Name what `to_id` is looked up by: the key that says at most one `from`, or else an index."""
    return "from_max" if limits_to_one(relationship, relationship.from_) else "to_index"


def view_suffix(relationship: RelationshipType) -> str | None:
    """Name the view that shows a relationship type from its other end, if it has one."""
    if relationship.symmetric:
        return "both"
    return "inverse" if relationship.inverse is not None else None


def declared(graph: Graph) -> Iterator[Declaration]:
    """Return all object types, then all relationship types."""
    return chain(graph.object_types.values(), graph.relationship_types.values())


def within(graph: Graph, target: Target) -> Graph:
    """Return the graph less what its manifests leave out of this target."""
    out = [each for each in declared(graph) if each.targets and target.overrides(each) is None]
    kinds = {True: "object_types", False: "relationship_types"}
    return graph.without([(kinds[isinstance(each, ObjectType)], each.name) for each in out])
