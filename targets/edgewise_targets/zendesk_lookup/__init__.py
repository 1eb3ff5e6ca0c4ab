"""Zendesk's custom objects, successors of the legacy ones: a relationship is a field that looks up a record.

A lookup field stands on the "many" side and holds one record, so many to one is what it says. Nothing keeps
two records from looking up the same one, and many to many takes a custom object of its own with two lookups.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from edgewise.target import Capabilities, Loss
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
from edgewise_targets.zendesk_lookup.fields import (
    CUSTOM_OBJECTS,
    FIELDS,
    LOOKUPS,
    Whole,
    field_findings,
    field_request,
    field_requests,
)

BUILT_INS = ("article", "brand", "chat", "contact", "deal", "group", "lead", "organization", "ticket", "user")
EXTERNAL_TYPES = tuple(f"zen:{name}" for name in BUILT_INS)
MOST_OBJECTS = 50
MOST_FIELDS = 100
MOST_LOOKUPS = 10
# Zendesk's own types that can hold a lookup field: where it is posted, and the name of its envelope.
HOLDERS = {
    "zen:organization": ("/api/v2/organization_fields", "organization_field"),
    "zen:ticket": ("/api/v2/ticket_fields", "ticket_field"),
    "zen:user": ("/api/v2/user_fields", "user_field"),
}
LOOKED_UP_FROM_CUSTOM_OBJECTS = frozenset((*HOLDERS, "zen:article", "zen:brand"))
# Letters, digits and underscores, and not digits alone: a key that begins with none never is.
_KEY = KeyRule(1, None, "a-zA-Z0-9_", first="a-zA-Z_")
_PLANS = (
    "Zendesk takes 50 custom objects with 10 lookup fields each only on its largest plans: others take "
    "3, 5 or 30 custom objects, the two smallest of them 5 lookup fields each"
)
_KEYS = (
    "no page of Zendesk states how long a key may be, nor of what the key of a custom object consists: "
    "the rule for keys of fields is taken for both"
)
_ONE_TO_ONE = Loss("cardinality", "one to one not kept, several records could look up the same one")
_LINKED_TWICE = Loss("pair", "two records could be linked twice")
_OWN_NAME = Loss("name", "own name dropped, the lookup field is at the other end")
_TICKET_KEY = Loss("key", "key dropped, a ticket field has a title alone")
_REFUSED = LeftOut("it is many to many, which `many_to_many: refuse` in the project file rules out")
_INVERSE = frozenset(("inverse",))
_ATTRIBUTES = frozenset(("attributes",))


class Way(NamedTuple):
    """From the object type that holds the lookup field to the one that is looked up, by Zendesk's keys.

    `turned` is true where the relationship type goes the other way.
    """

    holder: str
    target: str
    turned: bool

    @property
    def is_open(self) -> bool:
        """Whether Zendesk has a lookup field for it."""
        if not _is_built_in(self.holder):
            return not _is_built_in(self.target) or self.target in LOOKED_UP_FROM_CUSTOM_OBJECTS
        return self.holder in HOLDERS and (not _is_built_in(self.target) or self.target in HOLDERS)


def _is_built_in(key: str) -> bool:
    return key.startswith("zen:")


def object_type(thing: Thing) -> Sent:
    """Return the requests that create a custom object and its fields."""
    it = thing.object_type
    whole = Whole(it.name, thing.key, it.identifier, it.place)
    created = _custom_object(whole, it.label, it.plural, it.description)
    requests = (created, *field_requests(whole, it.attributes))
    return Sent(requests, findings=tuple(field_findings(whole, it.attributes)))


def _custom_object(whole: Whole, title: str, plural: str, description: str | None) -> Request:
    body = {"key": whole.key, "title": title, "title_pluralized": plural}
    if description is not None:
        body["description"] = description
    envelope = {"custom_object": body}
    return Request(whole.key, (whole.key,), envelope, whole.file, CUSTOM_OBJECTS, "key", makes="object")


def relationship_type(link: Link) -> Sent | LeftOut:
    """Return the request for a lookup field, or those for the custom object that stands for many to many."""
    relationship = link.relationship
    if relationship.is_many_to_many():
        return _REFUSED if link.options.get("many_to_many") == "refuse" else _junction(link)
    ways = []
    if relationship.to.bounds.is_single:
        ways.append(Way(link.from_, link.to, turned=False))
    if relationship.from_.bounds.is_single:
        ways.append(Way(link.to, link.from_, turned=True))
    way = next((each for each in ways if each.is_open), None)
    return _blocked(ways[0]) if way is None else _lookup(link, way)


def _blocked(way: Way) -> LeftOut:
    return LeftOut(
        f"no lookup field leads from `{way.holder}` to `{way.target}`",
        "they stand on custom objects, tickets, users and organizations, and lead to these; "
        "from custom objects to articles and brands too",
    )


def _lookup(link: Link, way: Way) -> Sent:
    relationship = link.relationship
    inverse = relationship.inverse if way.turned else None
    key = link.stated.get("key", inverse or relationship.name)
    title = (relationship.to.label if inverse else None) or relationship.label
    described = relationship.inverse_description if inverse else relationship.description
    lost = []
    if relationship.is_one_to_one():
        lost.append(_ONE_TO_ONE)
    if inverse and key != relationship.name:
        lost.append(_OWN_NAME)
    if way.holder == "zen:ticket":
        lost.append(_TICKET_KEY)
    if described is None and relationship.description is not None:
        lost.append(Loss("description", "description dropped"))
    request = _lookup_field(link, way, key, _looking_up(way.target, title, described))
    spared = _INVERSE if inverse and key == inverse else frozenset[str]()
    return Sent((request,), tuple(lost), spared)


def _looking_up(target: str, title: str, description: str | None = None) -> dict[str, Any]:
    found = target if _is_built_in(target) else f"zen:custom_object:{target}"
    field = {"title": title, "type": "lookup", "relationship_target_type": found}
    return field if description is None else {**field, "description": description}


def _lookup_field(link: Link, way: Way, key: str, field: dict[str, Any]) -> Request:
    """Return the request for a field that is a relationship type; users see a ticket's `description`."""
    relationship = link.relationship
    turned = way.turned and relationship.inverse is not None
    if way.holder not in HOLDERS:
        whole = Whole(relationship.name, way.holder, relationship.name, relationship.place)
        request = field_request(whole, key, field, FIELDS, LOOKUPS)
        return request._replace(makes="relationship", file=relationship.name, of_inverse=turned)
    path, envelope = HOLDERS[way.holder]
    if way.holder == "zen:ticket":
        renamed = {"description": "agent_description"}
        body = {renamed.get(name, name): value for name, value in field.items()}
    else:
        body = {"key": key, **field}
    return Request(key, (way.holder, key), {envelope: body}, relationship.name, path, "key", turned)


def _junction(link: Link) -> Sent | LeftOut:
    """Say many to many with a custom object: its records look up one of each end and have the attributes."""
    relationship = link.relationship
    key = link.stated.get("key", relationship.name)
    ways = {f"{end}_{name.removeprefix('zen:')}": Way(key, name, turned=False) for end, name in _ends(link)}
    blocked = next((each for each in ways.values() if not each.is_open), None)
    if blocked is not None:
        return _blocked(blocked)
    whole = Whole(relationship.name, key, relationship.name, relationship.place)
    title = relationship.label
    lookups = (
        field_request(whole, name, _looking_up(way.target, name.replace("_", " ")), FIELDS, LOOKUPS)
        for name, way in ways.items()
    )
    requests = (
        _custom_object(whole, f"{title} link", f"{title} links", relationship.description),
        *lookups,
        *field_requests(whole, relationship.attributes),
    )
    findings = tuple(field_findings(whole, relationship.attributes))
    return Sent(requests, (_LINKED_TWICE,), _ATTRIBUTES, findings)


def _ends(link: Link) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("from", link.from_), ("to", link.to)


DIALECT = Dialect(
    name="zendesk_lookup",
    vendor="Zendesk (lookup)",
    summary="Zendesk's custom objects: the requests that create objects, their fields, and lookup fields.",
    capabilities=Capabilities(
        cardinality="words",
        label=True,
        description=True,
        ends="custom objects, tickets, users and organizations",
    ),
    name_key="key",
    object_type_schema={
        "properties": {
            "key": name_schema(
                "The custom object's key, or one of Zendesk's own types. Default: the name.",
                "product",
                "zen:user",
            )
        }
    },
    relationship_type_schema={
        "properties": {
            "key": name_schema(
                "The key of the lookup field, or of the custom object that stands for many to many. "
                "Default: the name, or the inverse's where the lookup is at that end.",
                "owner",
            )
        }
    },
    options_schema={
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "many_to_many": {
                "enum": ["junction", "refuse"],
                "default": "junction",
                "description": "Many to many: a custom object with two lookup fields, or not at all.",
            }
        },
    },
    own_types=frozenset(EXTERNAL_TYPES),
    object_request=object_type,
    relationship_requests=relationship_type,
    object_key=_KEY,
    relationship_key=_KEY,
    object_limit=MOST_OBJECTS,
    part_limits={FIELDS: MOST_FIELDS, LOOKUPS: MOST_LOOKUPS},
    notices=(_PLANS, _KEYS),
    own_losses=frozenset(("key", "name", "pair")),
    external_types=EXTERNAL_TYPES,
)

TARGET = make_target(DIALECT)
