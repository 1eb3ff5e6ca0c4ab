"""What everything is called in the API: segments of paths, names of schemas and operations, tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.graph import Graph
from edgewise.sentences import with_article
from edgewise_targets.openapi.model import Resource, Route
from edgewise_targets.records.examples import id_examples

Overrides = Callable[[ObjectType | RelationshipType], Mapping[str, Any] | None]

_OUTSIDE_OF_SEGMENTS = re.compile(r"[^a-z0-9]+")
# The unreserved characters of RFC 3986: nothing that needs an escape, opens a parameter or ends a segment.
_SEGMENT = re.compile(r"[A-Za-z0-9._~-]{1,128}")


class Names(NamedTuple):
    """The names of the object types and of every way to walk that the API has, in the catalog's order.

    Each item of `routes` holds those of one relationship type.
    """

    resources: dict[str, Resource]
    routes: list[tuple[Route, ...]]

    @property
    def used(self) -> list[Resource]:
        """The object types at either end of a relationship type."""
        ends = {end.object_type for several in self.routes for end in several[0].relationship.ends}
        return [resource for name, resource in self.resources.items() if name in ends]


def name_all(graph: Graph, overrides: Overrides) -> Names:
    """Name what the API has; a declaration that is left out takes with it what it is an end of."""
    resources: dict[str, Resource] = {}
    for object_type in graph.object_types.values():
        stated = overrides(object_type)
        if stated is not None:
            resources[object_type.name] = _resource(object_type, stated)
    routes = []
    for relationship in graph.relationship_types.values():
        stated = overrides(relationship)
        from_ = resources.get(relationship.from_.object_type)
        to = resources.get(relationship.to.object_type)
        if stated is not None and from_ is not None and to is not None:
            routes.append(_routes(relationship, stated, from_, to))
    return Names(resources, routes)


def _resource(object_type: ObjectType, stated: Mapping[str, Any]) -> Resource:
    identifier = object_type.identifier
    name = pascal_case(identifier)
    return Resource(
        object_type=object_type,
        name=name,
        segment=stated.get("path") or segment_of(object_type.plural),
        tag=stated.get("tag") or object_type.name,
        parameter=f"{identifier}_id",
        id_schema=f"{name}Id",
        other_id=f"{name}IdOther",
        one=with_article(object_type.label),
        examples=id_examples(object_type),
    )


def _routes(
    relationship: RelationshipType, stated: Mapping[str, Any], from_: Resource, to: Resource
) -> tuple[Route, ...]:
    """Return one way, or two where there is an inverse; a symmetric one is the same from either end."""
    name = pascal_case(relationship.name)
    tag = stated.get("tag") or relationship.group
    start, arrival = relationship.ends
    ahead = Route(
        relationship=relationship,
        start=start,
        arrival=arrival,
        resource=from_,
        destination=to,
        segment=stated.get("path") or relationship.name,
        link=name,
        name=from_.name + name,
        tag=tag or from_.tag,
        is_many=arrival.bounds.max != 1,
    )
    inverse = arrival.walk
    if inverse is None or relationship.symmetric:
        return (ahead,)
    back = Route(
        relationship=relationship,
        start=arrival,
        arrival=start,
        resource=to,
        destination=from_,
        segment=stated.get("inverse_path") or inverse,
        link=name,
        name=to.name + pascal_case(inverse),
        tag=tag or to.tag,
        is_many=start.bounds.max != 1,
    )
    return ahead, back


def link_schema(route: Route) -> str:
    """Return the name of the schema of one link."""
    return f"{route.link}Link"


def attributes_schema(route: Route) -> str:
    """Return the name of the schema of what can be sent where the path has both ids."""
    return f"{route.link}Attributes"


def body_schema(route: Route) -> str:
    """Return the name of the schema of what can be sent where the path has one id."""
    return f"{route.name}Body"


def page_schema(route: Route) -> str:
    """Return the name of the schema of a page of links."""
    return f"{route.name}Page"


def operation_verbs(route: Route) -> tuple[str, str, str]:
    """Return what the operations that read, write and remove are called; the name of the way follows."""
    return ("list", "link", "unlink") if route.is_many else ("get", "set", "unset")


def segment_of(text: str) -> str:
    """Turn what people say into a segment of a path: `line items` into `line-items`; may come out empty."""
    return _OUTSIDE_OF_SEGMENTS.sub("-", text.lower()).strip("-")


def is_segment(text: str) -> bool:
    """Tell whether a text can stand between two slashes of a path as it is, and means itself there."""
    return _SEGMENT.fullmatch(text) is not None and text not in {".", ".."}


def pascal_case(name: str) -> str:
    """Turn a declared name into the style of schemas and clients: `line_item` into `LineItem`."""
    return name.title().replace("_", "")
