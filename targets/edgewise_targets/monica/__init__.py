"""Monica 2.x to 4.x: relationship types between contacts, a row for each direction, found by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from edgewise.catalog import RelationshipType
from edgewise.diagnostics import Code, Diagnostic, Severity
from edgewise.target import Capabilities, Loss
from edgewise_targets.dialect import Dialect, KeyRule, LeftOut, Link, Request, Sent, make_target, name_schema
from edgewise_targets.dialect.keys import file_name, short
from edgewise_targets.dialect.model import stated_place
from edgewise_targets.monica.defaults import GROUPS, REVERSES
from edgewise_targets.monica.provision import compared, provision
from edgewise_targets.monica.reading import read_back

CONTACT = "contact"
FALLBACK_GROUP = "friend"
_NAME = KeyRule(1, 255)
_NOT_CONTACTS = LeftOut("only contacts can be related there")
_READ_ONLY = (
    "Monica's API cannot create relationship types, so `monica/requests.json` is empty: "
    "`monica/provision.sql` brings the rows into the database of a self-hosted one"
)
_SHOWN_RAW = (
    "Monica shows a relationship type by its translation `app.relationship_type_<name>`, and a name that has "
    "none there as it stands"
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
    findings = (*_about_reverse(link, name, reverse), *_about_group(link, group))
    return Sent(tuple(rows), tuple(_overridden(relationship, name, reverse, group)), findings=findings)


def _overridden(relationship: RelationshipType, name: str, reverse: str, group: str) -> Iterator[Loss]:
    """Yield what is declared for all, and stated otherwise for Monica."""
    if relationship.symmetric and reverse != name:
        yield Loss("symmetric", f"symmetric dropped: its reverse is `{short(reverse)}`")
    if relationship.inverse not in {None, reverse}:
        yield Loss("inverse", "inverse name dropped")
    if relationship.group not in {None, group}:
        yield Loss("group", "group dropped")


def _row(link: Link, name: str, reverse: str, group: str, *, of_reverse: bool = False) -> Request:
    """Return a row as the API lists it, less what the server assigns; no path: the API only reads."""
    body: dict[str, Any] = {
        "name": name,
        "name_reverse_relationship": reverse,
        "relationship_type_group": group,
        "delible": link.stated.get("delible", compared(name) not in REVERSES),
    }
    # The database finds a row by its name, and so does what looks for the reverse.
    identity = (compared(name),)
    named_by = "reverse" if of_reverse else "name"
    return Request(name, identity, body, file_name(name), None, named_by, of_reverse)


def _about_reverse(link: Link, name: str, reverse: str) -> list[Diagnostic]:
    place = link.relationship.place
    if not reverse:
        message = f"`{name}` has no reverse, so Monica silently creates no relationship back"
        help_ = "state an `inverse`, or `targets: {monica: {reverse: ...}}`"
        return [Diagnostic(Code.UNDOCUMENTED, message, place, help=help_)]
    pair = (compared(name), compared(reverse))
    return [
        Diagnostic(
            Code.SAME_KEY_TWICE,
            f"every account has a `{ours}` already, whose reverse is `{REVERSES[ours]}` and not `{theirs}`",
            place,
            help="take the reverse that Monica has, or another name under `targets: {monica: ...}`",
            stated_severity=Severity.WARNING,
        )
        for ours, theirs in (pair, pair[::-1])
        if REVERSES.get(ours, theirs) != theirs
    ][:1]


def _about_group(link: Link, group: str) -> list[Diagnostic]:
    relationship = link.relationship
    if link.stated.get("group") is None and relationship.group is None:
        message = f"`{relationship.name}` has no group, so Monica shows it under `{FALLBACK_GROUP}`"
        return [Diagnostic(Code.FILLED_IN, message, relationship.place)]
    if compared(group) in GROUPS:
        return []
    message = f"`{relationship.name}` is in the group `{group}`, which Monica does not show on contacts"
    place = stated_place(relationship, "monica", "group") or relationship.place.value("group")
    return [Diagnostic(Code.VENDOR_NOTICE, message, place)]


DIALECT = Dialect(
    name="monica",
    vendor="Monica",
    summary="Monica: the rows of relationship types between contacts, and SQL that brings them in.",
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
    notices=(_READ_ONLY, _SHOWN_RAW),
    also=provision,
    read_back=read_back,
)

TARGET = make_target(DIALECT)
