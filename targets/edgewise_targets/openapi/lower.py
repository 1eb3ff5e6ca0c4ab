"""Lower the catalog to the API: what there is for each relationship type, and what its links look like."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.catalog import RelationshipType
from edgewise.graph import Graph
from edgewise.sentences import sentences
from edgewise.target import Options
from edgewise_targets.openapi.model import Api, Contract, Record, Resource, Route
from edgewise_targets.openapi.names import Names, attributes_schema, body_schema, link_schema
from edgewise_targets.openapi.operations import has_to_be_sent, walkway
from edgewise_targets.openapi.refusals import refusals_of
from edgewise_targets.openapi.text import deprecation, joined, plain
from edgewise_targets.records.notes import note_of

DEFAULT_TITLE = "Relationships"
DEFAULT_VERSION = "1"
# A database keeps such a link once, whichever way round: an answer has it the way it was asked for.
_ONE_SIDE = "In an answer, from_id is the record in the path."
Ids = dict[str, str | int]
_OF_INFO = ("title", "version", "contact", "license")


def lower(graph: Graph, names: Names, options: Options) -> Api:
    """Return the whole API that the named part of a catalog makes."""
    tags = {route.tag for routes in names.routes for route in routes}
    return Api(
        info={"title": DEFAULT_TITLE, "version": DEFAULT_VERSION}
        | {key: options[key] for key in _OF_INFO if key in options},
        servers=options.get("servers", [{"url": "/"}]),
        resources=tuple(names.resources.values()),
        contracts=(_contract(graph, routes) for routes in names.routes),
        tags={tag: _tag_description(tag, graph) for tag in sorted(tags)},
    )


def _tag_description(tag: str, graph: Graph) -> str:
    """Say what belongs together: what the group or the object type of that name is, else what it is for."""
    group, object_type = graph.groups.get(tag), graph.object_types.get(tag)
    stated = (group and group.description) or (object_type and object_type.description)
    return plain(stated or f"Relationships of {object_type.plural if object_type else tag}.")


def _contract(graph: Graph, routes: tuple[Route, ...]) -> Contract:
    relationship = routes[0].relationship
    ahead, back = map(plain, sentences(graph, relationship))
    stated, obsolete = plain(relationship.description), deprecation(relationship.deprecated)
    refusals, examples = refusals_of(graph, relationship), _examples(routes[0])
    deletions = _deletions(routes[0])
    link = Record(
        name=link_schema(routes[0]),
        description=joined(stated, ahead, back, _ONE_SIDE * relationship.symmetric, *deletions, obsolete),
        ids=(("from_id", routes[0].resource), ("to_id", routes[0].destination)),
        examples=examples,
        required=("from_id", "to_id", *(each.name for each in relationship.attributes if each.required)),
        note=note_of(relationship),
    )
    said = (
        (joined(stated, ahead, obsolete), ahead),
        (joined(plain(relationship.inverse_description), back, obsolete), back),
    )
    walkways = [walkway(route, refusals, *each) for route, each in zip(routes, said, strict=False)]
    return Contract(relationship, link.name, (link, *_bodies(routes, examples)), tuple(walkways))


def _examples(outward: Route) -> Ids:
    """Return the ids of two records, which are not one record even where both are of one type."""
    (one, _), others = outward.resource.examples, outward.destination.examples
    return {"from_id": one, "to_id": others[1 if outward.relationship.is_self else 0]}


def _deletions(outward: Route) -> Iterator[str]:
    """Say what no operation here shows: deleting the records themselves is the business of others."""
    relationship = outward.relationship
    for end, resource in zip(relationship.ends, (outward.resource, outward.destination), strict=True):
        if end.on_delete == "restrict" and not relationship.is_derived:
            yield plain(f"Deleting {resource.one} is refused while it has such a link.")


def _bodies(routes: tuple[Route, ...], examples: Ids) -> Iterator[Record]:
    """Yield what can be sent: the attributes where the path has both ids, else those and the other id."""
    relationship = routes[0].relationship
    if relationship.is_derived:
        return
    if relationship.attributes and any(route.is_many for route in routes):
        yield _sent(relationship, attributes_schema(routes[0]), (), {})
    for route in routes:
        if not route.is_many:
            other = f"{route.arrival.key}_id"
            ids = ((other, route.destination),)
            yield _sent(relationship, body_schema(route), ids, {other: examples[other]})


def _sent(
    relationship: RelationshipType, name: str, ids: tuple[tuple[str, Resource], ...], examples: Ids
) -> Record:
    return Record(
        name=name,
        description=f"What is stated of a link of {relationship.name}; what is left out has its default.",
        ids=ids,
        examples=examples,
        required=(
            *(name for name, _ in ids),
            *(each.name for each in relationship.attributes if has_to_be_sent(each)),
        ),
        note={"relationship_type": relationship.name},
    )
