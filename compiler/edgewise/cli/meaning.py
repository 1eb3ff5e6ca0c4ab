"""What is behind a name of the catalog: sentences, bounds, neighbours, and what each target makes of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import perf_counter
from typing import NamedTuple

from edgewise.catalog import Attribute, End, ObjectType, RelationshipType
from edgewise.cli.options import Settings
from edgewise.cli.outcome import Outcome, outcome
from edgewise.cli.speech import complain, say
from edgewise.cli.table import table
from edgewise.cli.telling import all_told, facts, shown_span, tell
from edgewise.compile import check
from edgewise.diagnostics import did_you_mean, quoted_list
from edgewise.graph import Graph
from edgewise.project import Project
from edgewise.render import counted, visible
from edgewise.sentences import sentences

_MOST_NEIGHBOURS = 20
_NO_SUCH = 2

Declaration = ObjectType | RelationshipType
Row = tuple[str, str]


class _View(NamedTuple):
    """The catalog that a name is looked up in, and where one looks from."""

    graph: Graph
    project: Project
    came: Outcome
    settings: Settings


def explain_name(
    settings: Settings, name: str, besides: Iterable[str], otherwise: Callable[[], int] | None
) -> int:
    """Explain what a name of the catalog stands for, or do what is to be done otherwise.

    `besides` are words that may have been meant although they are no names.
    """
    since = perf_counter()
    came = outcome(settings, check)
    graph, project = came.compilation.graph, came.project
    if graph is None or project is None:
        return tell(came, settings, sys.stderr, since=since)
    found: list[Declaration] = []
    if name in graph.relationship_types:
        found.append(graph.relationship_types[name])
    if name in graph.object_types:
        found.append(graph.object_types[name])
    if not found and otherwise is not None:
        return otherwise()
    view = _View(graph, project, came, settings)
    say("\n\n".join("\n".join(_lines(each, view)) for each in found) + "\n" if found else "")
    if not found:
        known = {*besides, *graph.relationship_types, *graph.object_types}
        near = quoted_list(did_you_mean(name, known))
        complain(f"edgewise: nothing is called `{visible(name)}`.{near and f' Did you mean {near}?'}\n")
    _warn(came, settings)
    return 0 if found else _NO_SUCH


def _warn(came: Outcome, settings: Settings) -> None:
    """Say that this may not be all, where some of the catalog could not be understood."""
    errors = facts(came, all_told(came, settings), 0).errors
    if errors:
        complain(f"edgewise: the catalog has {counted(errors, 'error')}; `edgewise check` tells more\n")


def _lines(each: Declaration, view: _View) -> Iterator[str]:
    is_relationship = isinstance(each, RelationshipType)
    kind = "relationship type" if is_relationship else "object type"
    if isinstance(each, ObjectType) and each.built_in:
        yield f"{each.name}: object type that a target brings along"
    else:
        yield f"{each.name}: {kind}, declared at {shown_span(view.came, view.settings, each.place)}"
    yield ""
    if isinstance(each, RelationshipType):
        yield from (f"  {sentence}" for sentence in sentences(view.graph, each))
        yield ""
        yield from table(_relationship_rows(each), "  ")
    else:
        yield from table(_object_rows(each), "  ")
    neighbours = list(_neighbours(each, view.graph))
    if neighbours:
        yield from ("", "neighbours")
        yield from table(neighbours[:_MOST_NEIGHBOURS], "  ")
        if len(neighbours) > _MOST_NEIGHBOURS:
            yield f"  ... and {len(neighbours) - _MOST_NEIGHBOURS:,} more"
    if view.project.targets:
        yield from ("", "targets")
        yield from table(_told_by_targets(each, view), "  ")


def _relationship_rows(each: RelationshipType) -> Iterator[Row]:
    for end in each.ends:
        yield end.key, _end(end, each)
    yield (
        "cardinality",
        each.cardinality + ("" if each.stated_cardinality or each.is_derived else " (not stated)"),
    )
    words = [word for word in ("symmetric", "reflexive", "acyclic") if getattr(each, word)]
    if words:
        yield "is", ", ".join(words)
    if each.via:
        yield "via", " then ".join(each.via)
    yield from _common_rows(each)


def _end(end: End, relationship: RelationshipType) -> str:
    walk = f"`{end.walk}` leads to {relationship.other(end).object_type}" if end.walk else "no way from here"
    kept = "" if end.on_delete == "cascade" else ", not deleted while it has links"
    return f"{end.object_type}, {end.bounds} for each {relationship.other(end).object_type}; {walk}{kept}"


def _object_rows(each: ObjectType) -> Iterator[Row]:
    yield "called", f"{each.label}, {each.plural}"
    limit = f", at most {each.id.max_length} characters" if each.id.max_length else ""
    yield "id", f"{each.id.kind}{limit}"
    if each.external:
        yield "records", "in somebody else's system"
    yield from _common_rows(each)


def _common_rows(each: Declaration) -> Iterator[Row]:
    if isinstance(each, RelationshipType) and each.group:
        yield "group", each.group
    for number, attribute in enumerate(each.attributes):
        yield "" if number else "attributes", _attribute(attribute)
    if each.description:
        yield "description", visible(" ".join(each.description.split()))
    if each.deprecated:
        told = (each.deprecated.since, each.deprecated.reason, each.deprecated.replaced_by)
        words = zip(("since", "because", "use"), told, strict=True)
        yield "deprecated", visible(", ".join(f"{word} {text}" for word, text in words if text) or "yes")
    if each.owner:
        yield "owner", visible(each.owner)
    if each.tags:
        yield "tags", visible(", ".join(each.tags))


def _attribute(attribute: Attribute) -> str:
    kind = f"one of {', '.join(attribute.values)}" if attribute.kind == "enum" else attribute.kind
    required = ", required" if attribute.required else ""
    default = f", default {attribute.default}" if attribute.has_default else ""
    return visible(f"{attribute.name}: {kind}{required}{default}")


def _neighbours(each: Declaration, graph: Graph) -> Iterator[Row]:
    """Yield the relationship types that meet an object type, or one another at an end."""
    ends = [each.name] if isinstance(each, ObjectType) else sorted({end.object_type for end in each.ends})
    edges = {edge for end in ends for edge in _edges(end, graph)}
    for from_, to, name in sorted(edges, key=lambda edge: edge[::-1]):
        if isinstance(each, ObjectType) or name != each.name:
            yield name, f"{from_} -> {to}"


def _edges(end: str, graph: Graph) -> Sequence[tuple[str, str, str]]:
    network = graph.network
    return [*network.out_edges(end, keys=True), *network.in_edges(end, keys=True)]


def _told_by_targets(each: Declaration, view: _View) -> Iterator[Row]:
    for target in view.came.targets:
        if target.name in view.project.targets:
            said = target.describe(view.graph, view.project.targets[target.name], each)
            for number, line in enumerate(said.splitlines()):
                yield "" if number else target.name, visible(line)
