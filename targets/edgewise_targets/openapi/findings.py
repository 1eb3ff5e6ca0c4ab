"""What there is to say before a catalog becomes an API: names that collide, or cannot stand in a path."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Literal, TypeVar

from edgewise.catalog import Attribute, ObjectType, RelationshipType
from edgewise.diagnostics import Code, Diagnostic, Related
from edgewise.graph import Graph
from edgewise.place import Place
from edgewise_targets.openapi.model import Resource, Route
from edgewise_targets.openapi.names import (
    Names,
    is_segment,
    link_schema,
    operation_verbs,
    pascal_case,
    segment_of,
)
from edgewise_targets.records.values import holds_reference

Declaration = ObjectType | RelationshipType
Named = TypeVar("Named", Resource, Route)


def is_plain(graph: Graph) -> bool:
    """Tell at a glance that there is nothing to say of a graph, as of nearly every one.

    So it is where the manifests state no segment, every segment that is made can stand in a path, and all
    names differ that are made of names. To find that out takes a quarter of what naming everything takes.
    """
    object_types, relationships = graph.object_types.values(), graph.relationship_types
    segments = {segment_of(each.plural) for each in object_types}
    names = {each.name: pascal_case(each.identifier) for each in object_types}
    ends = [end for each in relationships.values() for end in each.ends]
    walks = {(end.object_type, end.walk) for end in ends if end.walk is not None}
    cases = {name: pascal_case(name) for _, name in walks}
    return (
        len(segments) == len(set(names.values())) == len(names)
        and len({pascal_case(name) for name in relationships}) == len(relationships)
        and len({names[start] + cases[name] for start, name in walks}) == len(walks)
        and all(map(is_segment, segments))
        and "common" not in relationships
        and not any("openapi" in each.targets for each in object_types)
        and not any("openapi" in each.targets for each in relationships.values())
        and not any(_has_lost_default(key) for each in relationships.values() for key in each.attributes)
    )


def findings(names: Names) -> Iterator[Diagnostic]:
    """Yield each mistake once: what has a malformed or a taken name is not looked at any further."""
    used = names.used
    malformed = [resource for resource in used if not is_segment(resource.segment)]
    taken = list(_twice(used, [resource.id_schema for resource in used]))
    yield from map(_malformed_resource, malformed)
    for first, second in taken:
        if first.object_type.identifier != second.object_type.identifier:  # else the language says so
            yield _same_schema(first.object_type, second.object_type, second.id_schema)
    faulty = {resource.object_type.name for resource in (*malformed, *(second for _, second in taken))}
    yield from _of_routes([route for several in names.routes for route in several], faulty)
    for several in names.routes:
        yield from map(_lost_default, filter(_has_lost_default, several[0].relationship.attributes))


def _of_routes(routes: list[Route], faulty: set[str]) -> Iterator[Diagnostic]:
    sound: list[Route] = []
    for route in routes:
        if not faulty.isdisjoint((route.start.object_type, route.arrival.object_type)):
            continue
        if route.segment == route.start.walk or is_segment(route.segment):
            sound.append(route)
        else:
            yield _malformed_route(route)
        if route.relationship.name == "common" and route.start.key == "from":
            yield _common(route.relationship)
    told: set[tuple[str, str]] = set()
    for first, second, diagnostic in _collisions(sound):
        pair = (first.relationship.name, second.relationship.name)
        if pair not in told:
            told.add(pair)
            yield diagnostic


def _collisions(routes: list[Route]) -> Iterator[tuple[Route, Route, Diagnostic]]:
    for first, second in _twice(routes, [(route.resource.segment, route.segment) for route in routes]):
        if not _is_one_walk(first, second):
            yield first, second, _same_path(first, second)
    outward = [route for route in routes if route.start.key == "from"]
    for first, second in _twice(outward, [route.link for route in outward]):
        name = link_schema(second)
        yield first, second, _same_schema(first.relationship, second.relationship, name)
    for first, second in _twice(routes, [(route.is_many, route.name) for route in routes]):
        if not _is_one_walk(first, second):
            yield first, second, _same_operation(first, second)


def _is_one_walk(first: Route, second: Route) -> bool:
    """Tell whether the language itself allows only one of the two, and says so on its own."""
    return (first.start.object_type, first.start.walk) == (second.start.object_type, second.start.walk)


def _twice(items: Iterable[Named], keys: Sequence[Hashable]) -> Iterator[tuple[Named, Named]]:
    """Yield each item whose key an earlier one has, behind that earlier one; there are none as a rule."""
    if len(set(keys)) == len(keys):
        return
    first_by_key: dict[Hashable, Named] = {}
    for item, key in zip(items, keys, strict=True):
        first = first_by_key.setdefault(key, item)
        if first is not item:
            yield first, item


def _has_lost_default(attribute: Attribute) -> bool:
    return attribute.kind == "json" and attribute.has_default and holds_reference(attribute.default)


def _lost_default(attribute: Attribute) -> Diagnostic:
    return Diagnostic(
        Code.LOSS,
        f"the default of `{attribute.name}` is left out of the OpenAPI document",
        attribute.place.value("default"),
        "tools would follow the `$ref` in it",
    )


def _malformed_resource(resource: Resource) -> Diagnostic:
    declared = resource.object_type
    place = _stated(declared, "path") or (
        declared.place.value("plural") if declared.stated_plural else declared.place
    )
    return _malformed(resource.segment, declared.name, "path", place)


def _malformed_route(route: Route) -> Diagnostic:
    return _malformed(route.segment, route.start.walk or "", _path_key(route), _walk_place(route))


def _malformed(segment: str, name: str, key: str, place: Place) -> Diagnostic:
    near = segment_of(segment)
    return Diagnostic(
        Code.MALFORMED_KEY,
        f"`{name}` has no segment that can stand in a path",
        place,
        "1 to 128 letters, digits, `-`, `.`, `_` and `~` make a segment",
        f"did you mean `{near}`?" if near else f"state one under `targets: {{openapi: {{{key}: ...}}}}`",
    )


def _common(relationship: RelationshipType) -> Diagnostic:
    return Diagnostic(
        Code.SAME_KEY_TWICE,
        "the fragment of `common` would be called `common.json`, as is the file that all fragments share",
        relationship.place,
        help="rename it, or leave it out with `targets: {openapi: false}`",
    )


def _same_path(first: Route, second: Route) -> Diagnostic:
    return Diagnostic(
        Code.SAME_KEY_TWICE,
        f"`{first.relationship.name}` and `{second.relationship.name}` would have the path `{second.path}`",
        _walk_place(second),
        help=f"state another segment under `targets: {{openapi: {{{_path_key(second)}: ...}}}}`",
        related=(Related(_walk_place(first), f"has the path `{first.path}`"),),
    )


def _same_operation(first: Route, second: Route) -> Diagnostic:
    name = operation_verbs(second)[0] + second.name
    return Diagnostic(
        Code.SAME_KEY_TWICE,
        f"`{first.relationship.name}` and `{second.relationship.name}` would have the operation `{name}`",
        _named_place(second),
        help="rename one, or leave it out with `targets: {openapi: false}`",
        related=(Related(_named_place(first), f"has the operation `{name}`"),),
    )


def _same_schema(first: Declaration, second: Declaration, name: str) -> Diagnostic:
    return Diagnostic(
        Code.SAME_KEY_TWICE,
        f"`{first.name}` and `{second.name}` would have the schema `{name}`",
        second.place,
        help="rename one, or leave it out with `targets: {openapi: false}`",
        related=(Related(first.place, f"has the schema `{name}`"),),
    )


def _path_key(route: Route) -> Literal["path", "inverse_path"]:
    return "path" if route.start.key == "from" else "inverse_path"


def _walk_place(route: Route) -> Place:
    """Return where the segment of a way to walk is stated, else where the walk is named."""
    return _stated(route.relationship, _path_key(route)) or _named_place(route)


def _named_place(route: Route) -> Place:
    place = route.relationship.place
    return place if route.start.key == "from" else place.value("inverse")


def _stated(declaration: Declaration, key: Literal["path", "inverse_path"]) -> Place | None:
    """Return where a segment is stated; a plain text is short for `path`."""
    entry = declaration.targets.get("openapi")
    if isinstance(entry, str):
        return declaration.place.value("targets", "openapi") if key == "path" else None
    return declaration.place.value("targets", "openapi", key) if entry and key in entry else None
