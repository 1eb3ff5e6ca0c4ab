"""HubSpot, association definitions v4: labels between contacts, companies and the like, and their limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from edgewise.diagnostics import Code, Diagnostic, Edit
from edgewise.target import Capabilities, Loss
from edgewise_targets.dialect import (
    Dialect,
    KeyRule,
    Link,
    Request,
    Sent,
    Thing,
    make_target,
    name_schema,
)
from edgewise_targets.dialect.model import stated_place
from edgewise_targets.hubspot.properties import NAME, naming, properties, property_findings

OWN_TYPES = ("company", "contact", "deal", "ticket")
SCHEMAS_PATH = "/crm/v3/schemas"
ASSOCIATIONS_PATH = "/crm/v4/associations"
LIMITS_PATH = f"{ASSOCIATIONS_PATH}/definitions/configurations"
LABELS = "labels"
MOST_LABELS = 50
HIGHEST_LIMIT = 10_000
_NEARLY_OWN = {"companies": "company", **{name: each for each in OWN_TYPES for name in (each, f"{each}s")}}
_is_id = re.compile(r"\d+-\d+").fullmatch
# No page says how long either may be, nor whether a label's name may be used again between other types.
_OBJECT_NAME = KeyRule(1, None, "a-zA-Z0-9_", first="a-zA-Z")
_LABEL_NAME = KeyRule(1, None, "a-zA-Z0-9_", first="a-zA-Z_")
_SUBSCRIPTION = (
    "association labels take a professional subscription of HubSpot's and custom objects an enterprise one; "
    "how many of these there may be, `GET /crm/v3/limits/custom-object-types` tells"
)
_ONE_LABEL = Loss("direction", "direction dropped, one label reads the same from either side")
_TWO_LABELS = Loss("symmetric", "symmetric dropped, each side has a label of its own")


class Limit(NamedTuple):
    """How many records one may have in one direction, and the property that states HubSpot's number of it."""

    most: int
    from_: str
    to: str
    stated_as: str
    end: str


def object_type(thing: Thing) -> Sent:
    """Return the request that defines a custom object; nothing for one that is stated by HubSpot's id."""
    if _is_id(thing.key):
        return Sent()
    it = thing.object_type
    primary = naming(it) or NAME
    required = [each.name for each in it.attributes if each.required]
    body: dict[str, Any] = {"name": thing.key, "labels": {"singular": it.label, "plural": it.plural}}
    if it.description is not None:
        body["description"] = it.description
    body |= {
        "primaryDisplayProperty": primary,
        "requiredProperties": required,
        "searchableProperties": [primary],
        "properties": properties(it),
        "associatedObjects": sorted(_associated(thing)),
    }
    request = Request(thing.key, (thing.key,), body, it.identifier, SCHEMAS_PATH, "name")
    findings = (*_meant_another(thing), _addressed(thing), *property_findings(it))
    return Sent((request,), findings=findings)


def _meant_another(thing: Thing) -> Iterator[Diagnostic]:
    """Find a custom object that would be called as good as one of HubSpot's own types."""
    meant = _NEARLY_OWN.get(thing.key.lower())
    if meant is not None:
        at = stated_place(thing.object_type, "hubspot", "name")
        yield Diagnostic(
            Code.MALFORMED_KEY,
            f"`{thing.key}` would be a custom object; HubSpot's own type is `{meant}`",
            at,
            help=f"`targets: {{hubspot: {meant}}}`",
            fix=() if at is None else (Edit(at, meant),),
        )


def _associated(thing: Thing) -> Iterator[str]:
    """Yield what HubSpot can associate a new custom object with: its own types, and those known by id."""
    for key in thing.related:
        if key in OWN_TYPES:
            yield key.upper()
        elif _is_id(key):
            yield key


def _addressed(thing: Thing) -> Diagnostic:
    """Say by what name the custom object stands in paths, as the id is HubSpot's to give."""
    return Diagnostic(
        Code.VENDOR_NOTICE,
        f"`{thing.object_type.name}` is addressed as `{_in_path(thing.key)}`, which HubSpot's pages show for "
        "schemas alone, not for associations",
        thing.object_type.place,
        help="once it is defined, state its id: `targets: {hubspot: 2-...}`",
    )


def _in_path(key: str) -> str:
    return key if key in OWN_TYPES or _is_id(key) else f"p_{key}"


def relationship_type(link: Link) -> Sent:
    """Return the request that makes the label, or pair of labels, and those that set its limits."""
    relationship = link.relationship
    name = link.stated.get("name", relationship.name)
    body = {"label": link.stated.get("label", relationship.label), "name": name}
    inverse = link.stated.get("inverse_label", relationship.to.label)
    if inverse is not None:
        body["inverseLabel"] = inverse
    from_, to = _in_path(link.from_), _in_path(link.to)
    path = f"{ASSOCIATIONS_PATH}/{from_}/{to}/labels"
    pair = " and ".join(f"`{each}`" for each in sorted((link.from_, link.to)))
    within = ((f"{LABELS} between", pair),)
    made = Request(name, (name,), body, relationship.name, path, "name", within=within)
    requests, lost = [made], list[Loss]()
    if link.from_ == link.to and not relationship.symmetric and inverse is None:
        lost.append(_ONE_LABEL)
    if relationship.symmetric and inverse is not None:
        lost.append(_TWO_LABELS)
    for limit in _limits(link, from_, to):
        one_for_both = limit.from_ == limit.to and "inverseLabel" not in body
        found = _limiting(link, limit, one_for_both=one_for_both)
        if isinstance(found, Loss):
            lost.append(found)
        elif not (one_for_both and limit.end == "from"):
            requests.append(found)
    return Sent(tuple(requests), tuple(lost))


def _limits(link: Link, from_: str, to: str) -> Iterator[Limit]:
    """Yield the limit of each direction that has one."""
    there, back = link.relationship.to.bounds.max, link.relationship.from_.bounds.max
    if there is not None:
        yield Limit(there, from_, to, "type_id", "to")
    if back is not None:
        yield Limit(back, to, from_, "inverse_type_id", "from")


def _limiting(link: Link, limit: Limit, *, one_for_both: bool) -> Request | Loss:
    """Return the request that sets a limit, which needs the number that HubSpot has given the direction.

    A single label between records of one type has one number, and one limit for both directions.
    """
    relationship = link.relationship
    stated_as = "type_id" if one_for_both else limit.stated_as
    type_id = link.stated.get(stated_as)
    if limit.most > HIGHEST_LIMIT:
        reason = f"HubSpot's go up to {HIGHEST_LIMIT}"
    elif one_for_both and relationship.from_.bounds.max != relationship.to.bounds.max:
        reason = "one label has one for both directions"
    elif type_id is None:
        reason = f"it needs HubSpot's number: `targets: {{hubspot: {{{stated_as}: ...}}}}`"
    else:
        return _limit_request(limit, type_id, relationship.name)
    return Loss("maximum", f"maximum {limit.most} on {limit.end} dropped, {reason}")


def _limit_request(limit: Limit, type_id: int, name: str) -> Request:
    entry = {"category": "USER_DEFINED", "typeId": type_id, "maxToObjectIds": limit.most}
    path = f"{LIMITS_PATH}/{limit.from_}/{limit.to}/batch/create"
    key = f"{type_id}"
    identity = (limit.from_, limit.to, key)
    return Request(
        key, identity, {"inputs": [entry]}, f"{name}.{limit.end}-limit", path, limit.stated_as, makes="part"
    )


def _number(direction: str) -> dict[str, Any]:
    return {
        "type": "integer",
        "minimum": 1,
        "description": f"HubSpot's `typeId` {direction}, of your account; limits are set by it.",
    }


DIALECT = Dialect(
    name="hubspot",
    vendor="HubSpot",
    summary="HubSpot: the requests that define custom objects, association labels and their limits.",
    capabilities=Capabilities(
        cardinality="maximum",
        inverse=True,
        symmetric=True,
        label=True,
        ends="contacts, companies, deals, tickets and custom objects, each as its declaration says",
    ),
    name_key="name",
    object_type_schema={
        "properties": {
            "name": name_schema(
                "`contact`, `company`, `deal`, `ticket`, the name of a custom object to define, or the id of "
                "an object type that is there. Without one it is nothing in HubSpot.",
                "contact",
                "car",
                "2-3465404",
            )
        }
    },
    relationship_type_schema={
        "properties": {
            "name": name_schema("The internal name of the label. Default: the name.", "manager_employee"),
            "label": {**name_schema("The label. Default: the label.", "Manager"), "minLength": 1},
            "inverse_label": {
                **name_schema("The label of the other side. Default: the inverse's.", "Employee"),
                "minLength": 1,
            },
            "type_id": _number("of the label"),
            "inverse_type_id": _number("of the label of the other side"),
        }
    },
    own_types=frozenset(OWN_TYPES),
    object_request=object_type,
    relationship_requests=relationship_type,
    object_key=_OBJECT_NAME,
    relationship_key=_LABEL_NAME,
    part_limits={f"{LABELS} between": MOST_LABELS},
    only_named=True,
    notices=(_SUBSCRIPTION,),
    own_losses=frozenset(("direction",)),
)

TARGET = make_target(DIALECT)
