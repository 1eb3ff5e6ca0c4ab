"""Boom AI: relationship types between a person and a custom object, or between two custom objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from edgewise.diagnostics import Code, Diagnostic
from edgewise.sentences import sentences
from edgewise.target import Capabilities, Loss
from edgewise_targets.boom.reading import read_back
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

PERSON = "person"
MOST_OF_DESCRIPTION = 1000
MOST_HOPS = 3
OBJECT_TYPES_PATH = "/api/v1/cdp/custom-objects/types"
RELATIONSHIP_TYPES_PATH = "/api/v1/cdp/relationship-types"
_NAME = KeyRule(1, 255)
_WORDS = {
    (True, True): "ONE_TO_ONE",
    (True, False): "ONE_TO_MANY",
    (False, True): "MANY_TO_ONE",
    (False, False): "MANY_TO_MANY",
}
_ONLY_ADDS = (
    "Boom only ever adds: what is taken away here, a description, a role or a whole type, stays there, "
    "where nothing can be cleared or deleted"
)
_FILLED_IN = Loss("description", "description filled in with the two sentences")
_INVERSE = frozenset(("inverse",))


def object_type(thing: Thing) -> Sent:
    """Return the request that creates a custom object type."""
    body = {"name": thing.key, "displayName": thing.object_type.label}
    if thing.object_type.description is not None:
        body["description"] = thing.object_type.description
    file = thing.object_type.identifier
    return Sent((Request(thing.key, (thing.key,), body, file, OBJECT_TYPES_PATH, "name"),))


def relationship_type(link: Link) -> Sent | LeftOut:
    """Return the request that registers a relationship type, seen from the person where there is one."""
    if link.from_ == link.to == PERSON:
        return LeftOut("it relates two persons, and Boom relates a person to an object or two objects")
    role = link.stated.get("role")
    if link.to == PERSON:
        return _turned_round(link, link.relationship.inverse if role is None else role)
    if role is None:
        role = link.relationship.role
    if link.from_ == PERSON:
        return _registered(link, role, {"customObjectType": link.to})
    return _registered(link, role, {"parentCustomObjectType": link.from_, "childCustomObjectType": link.to})


def _turned_round(link: Link, role: str | None) -> Sent | LeftOut:
    """Return the request for what ends at the person: its inverse is what Boom can say."""
    if role is None:
        return LeftOut(
            "it begins at the object, and seen from the person it has no name",
            "state an `inverse`, or `targets: {boom: {role: ...}}`",
        )
    relationship = link.relationship
    lost = [Loss("name", "own name dropped, Boom sees it from the person")]
    if relationship.role != relationship.name:
        lost.append(Loss("role", "role dropped"))
    sent = _registered(link, role, {"customObjectType": link.from_}, turned=True)
    spared = _INVERSE if role == relationship.inverse else frozenset[str]()
    return sent._replace(lost=(*lost, *sent.lost), spared=spared)


def _registered(link: Link, role: str, ends: dict[str, str], *, turned: bool = False) -> Sent:
    relationship = link.relationship
    kind = "co_to_co" if len(ends) == 2 else "person_to_co"
    body: dict[str, Any] = {"kind": kind, "role": role, **ends}
    if relationship.stated_cardinality or relationship.is_derived:
        from_, to = relationship.from_.bounds.is_single, relationship.to.bounds.is_single
        body["cardinality"] = _WORDS[(to, from_) if turned else (from_, to)]
    description, lost = _description(link)
    if description is not None:
        body["description"] = description
    both_ways = relationship.symmetric or relationship.inverse is not None
    body["bidirectional"] = link.stated.get("bidirectional", both_ways)
    identity = (kind, role, *ends.values())
    request = Request(role, identity, body, relationship.name, RELATIONSHIP_TYPES_PATH, "role", turned)
    return Sent((request,), lost, findings=tuple(_long_path(link)) if relationship.via else ())


def _long_path(link: Link) -> Iterator[Diagnostic]:
    """Find a derived type whose steps are more than a segment follows: nobody could derive it in Boom."""
    relationship = link.relationship
    hops = link.graph.hops[relationship.name]
    if hops > MOST_HOPS:
        yield Diagnostic(
            Code.LONG_PATH,
            f"`{relationship.name}` goes through {hops} relationship types, "
            f"and a segment of Boom follows {MOST_HOPS} at most",
            relationship.place.key("via"),
            help="derive it in fewer steps; or write its links to Boom, where it is registered as if stored",
        )


def _description(link: Link) -> tuple[str | None, tuple[Loss, ...]]:
    """Return the declared description, else the two sentences; Boom refuses an empty one and a longer one."""
    declared = link.relationship.description
    if link.stated.get("description") is False:
        return None, () if declared is None else (Loss("description", "description dropped"),)
    if declared is not None:
        return declared, ()
    said = " ".join(sentences(link.graph, link.relationship))
    if len(said) > MOST_OF_DESCRIPTION:
        text = f"no description sent: the two sentences have more than {MOST_OF_DESCRIPTION} characters"
        return None, (Loss("description", text),)
    return said, (_FILLED_IN,)


DIALECT = Dialect(
    name="boom",
    vendor="Boom",
    summary="Boom AI: the requests that register object types and relationship types.",
    capabilities=Capabilities(
        cardinality="words", role=True, description=True, ends="a person and an object, or two objects"
    ),
    name_key="name",
    relationship_name_key="role",
    object_type_schema={
        "properties": {
            "name": name_schema(
                "The custom object type's name in Boom; `person` is Boom's own person.", "person", "line_item"
            )
        }
    },
    relationship_type_schema={
        "properties": {
            "role": name_schema(
                "The role, seen from the person or the parent. Default: the role, or inverse.", "placed"
            ),
            "bidirectional": {
                "type": "boolean",
                "description": "Whether it is walked both ways. Default: if symmetric or with an inverse.",
            },
            "description": {
                "const": False,
                "description": "`false` sends no description, not even the generated one.",
            },
        }
    },
    own_types=frozenset((PERSON,)),
    object_request=object_type,
    relationship_requests=relationship_type,
    object_key=_NAME,
    relationship_key=_NAME,
    notices=(_ONLY_ADDS,),
    own_losses=frozenset(("name",)),
    read_back=read_back,
)

TARGET = make_target(DIALECT)
