"""The operations for one way to walk: what each answers, what it takes and which rules may refuse it."""

from __future__ import annotations

from edgewise.catalog import Attribute
from edgewise_targets.openapi.model import Operation, PathItem, Refusals, Route, Walkway
from edgewise_targets.openapi.names import attributes_schema, body_schema, operation_verbs
from edgewise_targets.openapi.refusals import on_removing, on_writing


def walkway(route: Route, refusals: Refusals, description: str, sentence: str) -> Walkway:
    """Return everything the API has for one way to walk."""
    note = {
        "relationship_type": route.relationship.name,
        "end": route.start.key,
        "bounds": str(route.arrival.bounds),
    }
    return Walkway(route, _paths(route, refusals), description, sentence, note)


def _paths(route: Route, refusals: Refusals) -> tuple[PathItem, ...]:
    """One path for the one link; where there may be many, one for all and one below it for each."""
    read, *changes = _operations(route, refusals)
    own = (route.resource.id_schema,)
    if route.relationship.is_derived:
        return (PathItem(route.path, own, (read,)),)
    if not route.is_many:
        return (PathItem(route.path, own, (read, *changes)),)
    below = f"{route.path}/{{{route.other_parameter}}}"
    return (
        PathItem(route.path, own, (read,)),
        PathItem(below, (*own, route.other_component), tuple(changes)),
    )


def _operations(route: Route, refusals: Refusals) -> tuple[Operation, Operation, Operation]:
    read, write, remove = operation_verbs(route)
    reading, writing, removing = _summaries(route)
    name = route.name
    body, needs_body = _body(route)
    return (
        Operation("get", read + name, reading, "page" if route.is_many else "link"),
        Operation("put", write + name, writing, "stored link", on_writing(route, refusals), body, needs_body),
        Operation("delete", remove + name, removing, "nothing", on_removing(refusals)),
    )


def _summaries(route: Route) -> tuple[str, str, str]:
    """Say what reading, writing and removing do: "List the orders of a person (placed)"."""
    one, other, found = route.resource.one, route.destination.one, route.destination.object_type
    way = f"({route.start.label})"
    if route.is_many:
        reading = f"List the {found.plural} of {one} {way}"
        return reading, f"Link {one} to {other} {way}", f"Unlink {one} from {other} {way}"
    single = f"the {found.label} of {one} {way}"
    return f"Get {single}", f"Set {single}", f"Unset {single}"


def _body(route: Route) -> tuple[str | None, bool]:
    if not route.is_many:
        return body_schema(route), True
    attributes = route.relationship.attributes
    if not attributes:
        return None, False
    return attributes_schema(route), any(map(has_to_be_sent, attributes))


def has_to_be_sent(attribute: Attribute) -> bool:
    """Tell whether a link cannot be made without stating this."""
    return attribute.required and not attribute.has_default
