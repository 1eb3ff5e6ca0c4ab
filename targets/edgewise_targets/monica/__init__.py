"""Monica 2.x to 4.x: relationship types between contacts, a row for each direction, found by name."""

from __future__ import annotations

from typing import Any

from edgewise.diagnostics import Code, Diagnostic, Severity
from edgewise.target import Capabilities
from edgewise_targets.dialect import Dialect, KeyRule, LeftOut, Link, Request, Sent, make_target, name_schema
from edgewise_targets.dialect.keys import file_name
from edgewise_targets.dialect.model import stated_place
from edgewise_targets.monica.defaults import GROUPS, REVERSES
from edgewise_targets.monica.reading import read_back

CONTACT = "contact"
FALLBACK_GROUP = "friend"
_NAME = KeyRule(1, 255)
_NOT_CONTACTS = LeftOut("only contacts can be related there")
_READ_ONLY = (
    "Monica's API cannot create relationship types, so `monica/requests.json` is empty: "
    "the rows are what an account has to hold"
)


def relationship_type(link: Link) -> Sent | LeftOut:
    """Return the rows of a relationship type: one for each direction, and one alone for its own reverse."""
    if not link.from_ == link.to == CONTACT:
        return _NOT_CONTACTS
    relationship, stated = link.relationship, link.stated
    name = stated.get("name", relationship.name)
    reverse = stated.get("reverse", name if relationship.symmetric else relationship.inverse) or ""
    group = stated.get("group") or relationship.group or FALLBACK_GROUP
    rows = [_row(link, name, reverse, group)]
    if reverse not in {"", name}:
        rows.append(_row(link, reverse, name, group, of_reverse=True))
    return Sent(tuple(rows), findings=(*_about_reverse(link, name, reverse), *_about_group(link, group)))


def _row(link: Link, name: str, reverse: str, group: str, *, of_reverse: bool = False) -> Request:
    """Return a row as the API lists it, less what the server assigns; no path: the API only reads."""
    body: dict[str, Any] = {
        "name": name,
        "name_reverse_relationship": reverse,
        "relationship_type_group": group,
        "delible": link.stated.get("delible", name not in REVERSES),
    }
    # The database compares names without regard to case, and so does what looks for the reverse.
    identity = (name.lower(),)
    named_by = "reverse" if of_reverse else "name"
    return Request(name, identity, body, file_name(name), None, named_by, of_reverse)


def _about_reverse(link: Link, name: str, reverse: str) -> list[Diagnostic]:
    place = link.relationship.place
    if not reverse:
        message = f"`{name}` has no reverse, so Monica silently creates no relationship back"
        help_ = "state an `inverse`, or `targets: {monica: {reverse: ...}}`"
        return [Diagnostic(Code.UNDOCUMENTED, message, place, help=help_)]
    return [
        Diagnostic(
            Code.SAME_KEY_TWICE,
            f"every account has a `{ours}` already, whose reverse is `{REVERSES[ours]}` and not `{theirs}`",
            place,
            help="take the reverse that Monica has, or another name under `targets: {monica: ...}`",
            stated_severity=Severity.WARNING,
        )
        for ours, theirs in ((name, reverse), (reverse, name))
        if REVERSES.get(ours, theirs) != theirs
    ][:1]


def _about_group(link: Link, group: str) -> list[Diagnostic]:
    relationship = link.relationship
    if link.stated.get("group") is None and relationship.group is None:
        message = f"`{relationship.name}` has no group, so Monica shows it under `{FALLBACK_GROUP}`"
        return [Diagnostic(Code.FILLED_IN, message, relationship.place)]
    if group in GROUPS:
        return []
    message = f"`{relationship.name}` is in the group `{group}`, which Monica does not show on contacts"
    place = stated_place(relationship, "monica", "group") or relationship.place.value("group")
    return [Diagnostic(Code.VENDOR_NOTICE, message, place)]


DIALECT = Dialect(
    name="monica",
    vendor="Monica",
    summary="Monica: the rows of relationship types between contacts.",
    capabilities=Capabilities(inverse=True, symmetric=True, group=True, ends="two contacts"),
    name_key="name",
    object_type_schema={
        "properties": {
            "name": {"const": CONTACT, "description": "`contact`, the only type that Monica relates."},
        }
    },
    relationship_type_schema={
        "properties": {
            "name": name_schema("The row's name. Default: the name.", "bestfriend"),
            "reverse": name_schema(
                "The name of the reverse row. Default: the inverse; if symmetric, the name.", "protege"
            ),
            "group": {
                **name_schema("The group. Default: the relationship type's own, else `friend`.", *GROUPS),
                "minLength": 1,
                "maxLength": 255,
            },
            "delible": {
                "type": "boolean",
                "description": "Whether users may delete it. Default: true, but not for Monica's own.",
            },
        }
    },
    own_types=frozenset((CONTACT,)),
    object_request=None,
    relationship_requests=relationship_type,
    object_key=_NAME,
    relationship_key=_NAME,
    notices=(_READ_ONLY,),
    read_back=read_back,
)

TARGET = make_target(DIALECT)
