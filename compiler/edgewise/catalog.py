"""The catalog: object types, relationship types and groups as they are declared, names still text.

The values are named tuples: a large catalog makes tens of thousands of them, and a frozen dataclass takes
five times as long to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from edgewise.place import Place

EndKey = Literal["from", "to"]
Deletion = Literal["cascade", "restrict"]
IdKind = Literal["string", "uuid", "integer"]
AttributeKind = Literal[
    "string", "text", "integer", "number", "decimal", "boolean", "date", "datetime", "uuid", "json", "enum"
]


class Missing:
    """The type of `MISSING`, which stands for a default that is not stated (null may be stated)."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()


class Bounds(NamedTuple):
    """How many records there may be, both ends included; a `max` of None is any number."""

    min: int = 0
    max: int | None = None

    @property
    def is_single(self) -> bool:
        """At most one."""
        return self.max == 1

    def __str__(self) -> str:
        if self.min == self.max:
            return str(self.min)
        return f"{self.min}..{'*' if self.max is None else self.max}"


ANY_NUMBER = Bounds(0, None)
AT_MOST_ONE = Bounds(0, 1)


class Attribute(NamedTuple):
    """A property of a record or of a link. `kind` is `enum` where values are listed."""

    name: str
    kind: AttributeKind
    values: tuple[str, ...]
    required: bool
    default: Any
    description: str | None
    max_length: int | None
    precision: int
    scale: int
    unique: bool
    place: Place

    @property
    def has_default(self) -> bool:
        """Whether a default is stated."""
        return self.default is not MISSING


class Deprecation(NamedTuple):
    """Since when and why something should no longer be used, and what takes its place."""

    since: str | None
    reason: str | None
    replaced_by: str | None


class Id(NamedTuple):
    """The type of an object type's key; `max_length` counts characters and is None but for strings."""

    kind: IdKind
    max_length: int | None


class Group(NamedTuple):
    """A name under which relationship types are put together."""

    name: str
    description: str | None
    place: Place


class ObjectType(NamedTuple):
    """A kind of record.

    `targets` holds what is stated for each target as it was written: a mapping, a string (short for
    the target's own name of the type) or False (left out there); targets read it with `target.overrides`.
    `sound` is False when a part of the declaration could not be read and was left out.
    """

    name: str
    description: str | None
    stated_label: str | None
    stated_plural: str | None
    id: Id
    attributes: tuple[Attribute, ...]
    external: bool
    deprecated: Deprecation | None
    owner: str | None
    tags: tuple[str, ...]
    renamed_from: str | None
    targets: Mapping[str, Any]
    built_in: bool
    sound: bool
    place: Place

    @property
    def identifier(self) -> str:
        """The name where only `[a-z0-9_]` may stand: `zen_user` for `zen:user`."""
        return self.name.replace(":", "_")

    @property
    def label(self) -> str:
        """What people call one such record."""
        return self.stated_label or self.name.rpartition(":")[2].replace("_", " ")

    @property
    def plural(self) -> str:
        """What people call several such records."""
        return self.stated_plural or f"{self.label}s"


class End(NamedTuple):
    """One end of a relationship type.

    `object_type` is the name of the type there. `bounds` is how many records of *this* end each record
    at the other end has. `walk` is the name by which a record at this end reaches the other one: the
    relationship's name on `from`, the inverse's on `to`, None where there is none. `stated_label` is
    what people call that walk, where the manifest says it.
    """

    key: EndKey
    object_type: str
    bounds: Bounds
    walk: str | None
    stated_label: str | None
    on_delete: Deletion

    @property
    def label(self) -> str | None:
        """What people call the walk from this end; None where it has no name."""
        return self.stated_label or (self.walk and self.walk.replace("_", " "))


class RelationshipType(NamedTuple):
    """A way in which records relate, read "from <name> to".

    `stated_cardinality` is False when the manifest says nothing of it, so that it is many to many.
    `via` holds the steps of a derived type and is empty for a stored one; the ends of a derived type
    that states none are filled in by the graph. `description` is what the manifest says, or None.
    """

    name: str
    from_: End
    to: End
    stated_cardinality: bool
    inverse_description: str | None
    symmetric: bool
    reflexive: bool
    acyclic: bool
    via: tuple[str, ...]
    role: str
    description: str | None
    group: str | None
    attributes: tuple[Attribute, ...]
    deprecated: Deprecation | None
    owner: str | None
    tags: tuple[str, ...]
    renamed_from: str | None
    targets: Mapping[str, Any]
    sound: bool
    place: Place

    @property
    def inverse(self) -> str | None:
        """What the relationship is called seen from `to`."""
        return self.to.walk

    @property
    def label(self) -> str:
        """What people call the relationship."""
        return self.from_.label or self.name

    @property
    def is_derived(self) -> bool:
        """Whether it is composed of others, with nothing stored for it."""
        return bool(self.via)

    @property
    def is_self(self) -> bool:
        """Whether both ends are the same object type."""
        return self.from_.object_type == self.to.object_type

    @property
    def ends(self) -> tuple[End, End]:
        """Both ends, `from` first."""
        return self.from_, self.to

    @property
    def cardinality(self) -> str:
        """The nearest of the four words; bounds may be finer than it."""
        one = {True: "one", False: "many"}
        return f"{one[self.from_.bounds.is_single]}_to_{one[self.to.bounds.is_single]}"

    def is_one_to_one(self) -> bool:
        """At most one on either side."""
        return self.from_.bounds.is_single and self.to.bounds.is_single

    def is_many_to_many(self) -> bool:
        """More than one allowed on both sides."""
        return not self.from_.bounds.is_single and not self.to.bounds.is_single

    def other(self, end: End) -> End:
        """Return the end that `end` is not."""
        return self.to if end.key == "from" else self.from_


@dataclass(frozen=True, slots=True)
class Catalog:
    """All declarations of a project, each mapping sorted by name.

    `object_types` includes the external types that targets bring along (`zen:user`), as far as they are
    used; `external_types` has the names of all of them.
    """

    object_types: Mapping[str, ObjectType]
    relationship_types: Mapping[str, RelationshipType]
    groups: Mapping[str, Group]
    external_types: tuple[str, ...] = ()
