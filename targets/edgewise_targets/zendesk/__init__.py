"""Zendesk Sunshine, its legacy custom objects: types known by a key, cardinality said by brackets."""

from __future__ import annotations

from typing import Any

from edgewise.diagnostics import Code, Diagnostic
from edgewise.target import Capabilities
from edgewise_targets.dialect import (
    Dialect,
    KeyRule,
    LeftOut,
    Link,
    Request,
    Sent,
    Thing,
    make_target,
    name_schema,
)
from edgewise_targets.zendesk.answers import EXTERNAL_TYPES
from edgewise_targets.zendesk.reading import read_back
from edgewise_targets.zendesk.schema import object_schema

MOST_TYPES = 50
OBJECT_TYPES_PATH = "/api/sunshine/objects/types"
RELATIONSHIP_TYPES_PATH = "/api/sunshine/relationships/types"
_KEY = KeyRule(2, 32, "a-z0-9_-")
_MANY_TO_MANY = LeftOut("it is many to many, which `many_to_many: refuse` in the project file rules out")
_REMOVED = (
    "Zendesk removes legacy custom objects during 2026, first the creating of them, then all of it: "
    "they are a source to migrate from"
)
_NO_UPDATE = (
    "Zendesk changes no type: one that is changed here has to be deleted there and created anew, which is "
    "refused while records of it exist and loses its access policy"
)
_INVERSE = frozenset(("inverse",))


def object_type(thing: Thing) -> Sent:
    """Return the request that creates an object type."""
    schema, findings = object_schema(thing.object_type)
    body = {"data": {"key": thing.key, "schema": schema}}
    file = thing.object_type.identifier
    return Sent((Request(thing.key, (thing.key,), body, file, OBJECT_TYPES_PATH, "key"),), findings=findings)


def relationship_type(link: Link) -> Sent | LeftOut:
    """Return the request that creates a relationship type, or two where that is how many to many is said."""
    relationship = link.relationship
    findings = (_undocumented(link),) if link.from_ == link.to else ()
    key = link.stated.get("key", relationship.name)
    mode = link.options.get("many_to_many", "brackets")
    if mode == "brackets" or not relationship.is_many_to_many():
        source = link.from_ if relationship.from_.bounds.is_single else [link.from_]
        target = link.to if relationship.to.bounds.is_single else [link.to]
        return Sent((_created(link, key, source, target),), findings=findings)
    return _MANY_TO_MANY if mode == "refuse" else _two_types(link, key, findings)


def _two_types(link: Link, key: str, findings: tuple[Diagnostic, ...]) -> Sent:
    """Say many to many as one to many either way; the second key is the inverse's name unless stated."""
    inverse = link.relationship.inverse
    second = link.stated.get("inverse_key", inverse or f"{key}_inverse")
    requests = (
        _created(link, key, link.from_, [link.to]),
        _created(link, second, link.to, [link.from_], of_inverse=True),
    )
    return Sent(requests, spared=_INVERSE if second == inverse else frozenset(), findings=findings)


def _created(
    link: Link, key: str, source: str | list[str], target: str | list[str], *, of_inverse: bool = False
) -> Request:
    body: dict[str, Any] = {"data": {"key": key, "source": source, "target": target}}
    file = f"{link.relationship.name}.inverse" if of_inverse else link.relationship.name
    named_by = "inverse_key" if of_inverse else "key"
    return Request(key, (key,), body, file, RELATIONSHIP_TYPES_PATH, named_by, of_inverse)


def _undocumented(link: Link) -> Diagnostic:
    return Diagnostic(
        Code.UNDOCUMENTED,
        f"`{link.relationship.name}` relates `{link.from_}` to itself, which Zendesk's pages do not speak of",
        link.relationship.place,
        "they say: the key of a different object type",
        "`targets: {zendesk: false}` leaves it out",
    )


DIALECT = Dialect(
    name="zendesk",
    vendor="Zendesk",
    summary="Zendesk Sunshine: the requests that create legacy object types and relationship types.",
    capabilities=Capabilities(cardinality="words", ends="custom object types and Zendesk's own"),
    name_key="key",
    object_type_schema={
        "properties": {
            "key": name_schema(
                "The type's key, or one of Zendesk's own types. Default: the name.",
                "product",
                "zen:user",
            )
        }
    },
    relationship_type_schema={
        "properties": {
            "key": name_schema(
                "The relationship type's key, 2 to 32 of `a-z0-9_-`. Default: the name.",
                "product_has_many_tickets",
            ),
            "inverse_key": name_schema(
                "The second key with `many_to_many: two_types`. Default: the inverse name."
            ),
        }
    },
    options_schema={
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "many_to_many": {
                "enum": ["brackets", "two_types", "refuse"],
                "default": "brackets",
                "description": "Many to many: brackets at both ends, two one-to-many types, or not at all.",
            }
        },
    },
    own_types=frozenset(EXTERNAL_TYPES),
    object_request=object_type,
    relationship_requests=relationship_type,
    object_key=_KEY,
    relationship_key=_KEY,
    object_limit=MOST_TYPES,
    relationship_limit=MOST_TYPES,
    notices=(_REMOVED, _NO_UPDATE),
    external_types=EXTERNAL_TYPES,
    read_back=read_back,
)

TARGET = make_target(DIALECT)
