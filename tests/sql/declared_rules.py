"""What a manifest declares of a database: object types, relationship types and the rules that they state.

Read from the manifest as data, by what the language and the SQL page say, and by nothing that makes DDL.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

EndKey = Literal["from", "to"]

ENDS: tuple[EndKey, EndKey] = ("from", "to")
WORDS = {"one_to_one": "0..1 0..1", "one_to_many": "0..1 *", "many_to_one": "* 0..1", "many_to_many": "* *"}


class Bounds(NamedTuple):
    least: int
    most: int | None


class ObjectType(NamedTuple):
    name: str
    id: str
    external: bool


class Attribute(NamedTuple):
    name: str
    values: tuple[str, ...] | None
    max_length: int | None
    required: bool
    default: Any


class Relationship(NamedTuple):
    """One relationship type; `bounds["to"]` is how many `to` records each `from` record has.

    `holder` is the end whose table has the column where the storage is one, `column` what it is called.
    """

    name: str
    types: Mapping[EndKey, str]
    bounds: Mapping[EndKey, Bounds]
    symmetric: bool
    reflexive: bool
    acyclic: bool
    via: tuple[str, ...]
    inverse: str | None
    on_delete: Mapping[EndKey, str]
    attributes: tuple[Attribute, ...]
    holder: EndKey | None
    column: str | None

    @property
    def is_self(self) -> bool:
        return self.types["from"] == self.types["to"]


class Rule(NamedTuple):
    """One declared rule, as `rules.json` tells it from others."""

    relationship: str
    rule: str
    end: str | None = None
    attribute: str | None = None


class Declared(NamedTuple):
    types: Mapping[str, ObjectType]
    relationships: Mapping[str, Relationship]

    @property
    def stored(self) -> list[Relationship]:
        return [each for each in self.relationships.values() if not each.via]

    def at(self, relationship: Relationship, end: EndKey) -> ObjectType:
        return self.types[relationship.types[end]]

    def columns(self, type_name: str) -> list[Relationship]:
        """Return the relationships that are kept in a column of this type's table."""
        return [each for each in self.stored if each.holder and each.types[each.holder] == type_name]


def declared(manifest: Mapping[str, Any], database: str) -> Declared:
    """Read a manifest as `database` is to hold it."""
    types = {
        name: ObjectType(name, each.get("id", {}).get("type", "string"), each.get("external", False))
        for name, each in manifest["object_types"].items()
    }
    stated = manifest["relationship_types"]
    return Declared(types, {name: _relationship(name, stated, database) for name in stated})


def _relationship(name: str, stated: Mapping[str, Any], database: str) -> Relationship:
    each = stated[name]
    types = _types(name, stated)
    bounds = _bounds(each.get("cardinality", "many_to_many"))
    deletion = each.get("on_delete", "cascade")
    targets = each.get("targets", {})
    storage = {**targets.get("sql", {}), **targets.get(database, {})}.get("storage", "edge")
    holder = _holder(bounds) if storage == "column" else None
    column = {"to": f"{each.get('inverse', types['from'])}_id", "from": f"{name}_id", None: None}[holder]
    return Relationship(
        name=name,
        types=types,
        bounds=bounds,
        symmetric=each.get("symmetric", False),
        reflexive=each.get("reflexive", False),
        acyclic=each.get("acyclic", False),
        via=tuple(each.get("via", ())),
        inverse=each.get("inverse"),
        on_delete={
            end: deletion if isinstance(deletion, str) else deletion.get(end, "cascade") for end in ENDS
        },
        attributes=tuple(_attribute(*item) for item in each.get("attributes", {}).items()),
        holder=holder,
        column=column,
    )


def _types(name: str, stated: Mapping[str, Any]) -> dict[EndKey, str]:
    each = stated[name]
    if "via" not in each:
        return {"from": each["from"], "to": each["to"]}
    first, last = (_walk(step, stated) for step in (each["via"][0], each["via"][-1]))
    return {"from": _types(first[0], stated)[first[1]], "to": _types(last[0], stated)[other_end(last[1])]}


def _walk(step: str, stated: Mapping[str, Any]) -> tuple[str, EndKey]:
    """Return the relationship that a step goes along, and the end where it starts."""
    if step in stated:
        return step, "from"
    return next(name for name, each in stated.items() if each.get("inverse") == step), "to"


def held_by(relationship: Relationship) -> EndKey:
    """Return the end whose records hold the column; there has to be one."""
    assert relationship.holder is not None
    return relationship.holder


def other_end(end: EndKey) -> EndKey:
    return "to" if end == "from" else "from"


def _bounds(cardinality: Any) -> dict[EndKey, Bounds]:
    if isinstance(cardinality, str):
        from_, to = WORDS[cardinality].split()
        cardinality = {"from": from_, "to": to}
    return {end: _bound(str(cardinality[end])) for end in ENDS}


def _bound(text: str) -> Bounds:
    if text == "*":
        return Bounds(0, None)
    least, _, most = text.partition("..")
    return Bounds(int(least), None if most == "*" else int(most or least))


def _holder(bounds: Mapping[EndKey, Bounds]) -> EndKey:
    return "to" if bounds["from"].most == 1 else "from"


def _attribute(name: str, stated: Mapping[str, Any]) -> Attribute:
    values = stated.get("enum")
    kind = stated.get("type")
    return Attribute(
        name,
        None if values is None else tuple(values),
        stated.get("max_length", 255) if kind == "string" else None,
        stated.get("required", False),
        stated.get("default"),
    )


def rules(catalog: Declared) -> Iterator[Rule]:
    """Yield each rule that a catalog declares."""
    for each in catalog.relationships.values():
        if each.acyclic:
            yield Rule(each.name, "acyclic")
        if each.symmetric:
            yield Rule(each.name, "symmetric")
        if not each.via:
            yield from _stored_rules(each)


def _stored_rules(relationship: Relationship) -> Iterator[Rule]:
    name = relationship.name
    if relationship.is_self and not relationship.reflexive and not relationship.symmetric:
        yield Rule(name, "no_self")  # the order of a symmetric pair says it already
    for end in ENDS:
        bounds = relationship.bounds[end]
        counted = None if relationship.symmetric else end
        if counted is not None or end == "to":
            if bounds.least:
                yield Rule(name, "min", counted)
            if bounds.most is not None:
                yield Rule(name, "max", counted)
        yield Rule(name, "references", end)
        yield Rule(name, "on_delete", end)
    for attribute in relationship.attributes:
        if attribute.required:
            yield Rule(name, "required", None, attribute.name)
        if attribute.values is not None:
            yield Rule(name, "enum", None, attribute.name)
        if attribute.max_length is not None:
            yield Rule(name, "max_length", None, attribute.name)
