"""`edgewise list`: the catalog, for people and for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from time import perf_counter
from typing import Any

from edgewise.catalog import Attribute, End, ObjectType, RelationshipType
from edgewise.cli.findings import status
from edgewise.cli.options import Settings
from edgewise.cli.outcome import outcome
from edgewise.cli.speech import say
from edgewise.cli.table import table
from edgewise.cli.telling import all_told, least_failing, tell
from edgewise.compile import check
from edgewise.graph import Graph
from edgewise.render import counted, visible
from edgewise.target import json_bytes


def run(settings: Settings) -> int:
    """List what there is; with errors, which standard error tells, that is what is left of the catalog."""
    since = perf_counter()
    came = outcome(settings, check)
    graph = came.compilation.graph
    if graph is not None:
        as_json = settings.format == "json"
        say(
            json_bytes(_as_data(graph)).decode()
            if as_json
            else "".join(f"{line}\n" for line in _lines(graph))
        )
    ended = status(all_told(came, settings), least_failing(settings))
    return tell(came, settings._replace(format="text"), sys.stderr, since=since) if ended else 0


def _lines(graph: Graph) -> Iterator[str]:
    objects = [each for each in graph.object_types.values() if not each.built_in]
    yield counted(len(objects), "object type")
    yield from table([(each.name, _first_line(each.description)) for each in objects], "  ")
    yield ""
    yield counted(len(graph.relationship_types), "relationship type")
    if graph.relationship_types:
        head = ("name", "from -> to", "from : to", "inverse", "group")
        yield from table([head, *map(_row, graph.relationship_types.values())], "  ")
    if graph.groups:
        yield ""
        yield counted(len(graph.groups), "group")
        yield from table([(each.name, _first_line(each.description)) for each in graph.groups.values()], "  ")


def _row(relationship: RelationshipType) -> tuple[str, ...]:
    from_, to = relationship.ends
    inverse = "symmetric" if relationship.symmetric else relationship.inverse or "-"
    ends = f"{from_.object_type} -> {to.object_type}"
    return relationship.name, ends, f"{from_.bounds} : {to.bounds}", inverse, relationship.group or ""


def _first_line(text: str | None) -> str:
    return visible((text or "").partition("\n")[0])


def _as_data(graph: Graph) -> dict[str, Any]:
    return {
        "version": 1,
        "object_types": [_object_type(each) for each in graph.object_types.values()],
        "relationship_types": [_relationship_type(each) for each in graph.relationship_types.values()],
        "groups": [{"name": each.name, "description": each.description} for each in graph.groups.values()],
    }


def _object_type(each: ObjectType) -> dict[str, Any]:
    return {
        "name": each.name,
        "description": each.description,
        "label": each.label,
        "plural": each.plural,
        "id": {"type": each.id.kind, "max_length": each.id.max_length},
        "attributes": [_attribute(attribute) for attribute in each.attributes],
        "external": each.external,
        "built_in": each.built_in,
        "deprecated": each.deprecated is not None,
        "owner": each.owner,
        "tags": each.tags,
    }


def _relationship_type(each: RelationshipType) -> dict[str, Any]:
    return {
        "name": each.name,
        "description": each.description,
        "label": each.label,
        "from": _end(each.from_),
        "to": _end(each.to),
        "cardinality": each.cardinality,
        "inverse": each.inverse,
        "symmetric": each.symmetric,
        "reflexive": each.reflexive,
        "acyclic": each.acyclic,
        "via": each.via,
        "role": each.role,
        "group": each.group,
        "attributes": [_attribute(attribute) for attribute in each.attributes],
        "deprecated": each.deprecated is not None,
        "owner": each.owner,
        "tags": each.tags,
    }


def _end(end: End) -> dict[str, Any]:
    return {"object_type": end.object_type, "bounds": str(end.bounds), "on_delete": end.on_delete}


def _attribute(attribute: Attribute) -> dict[str, Any]:
    default = {"default": attribute.default} if attribute.has_default else {}
    return {
        "name": attribute.name,
        "type": attribute.kind,
        "values": attribute.values,
        "required": attribute.required,
        **default,
        "description": attribute.description,
    }
