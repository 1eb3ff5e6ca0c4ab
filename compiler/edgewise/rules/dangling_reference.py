"""A name that leads nowhere: an object type, group, step or replacement that nobody declares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import groupby, islice

from edgewise.diagnostics import Code, Diagnostic, Edit, Related, did_you_mean, quoted_list
from edgewise.fault import nearest_name
from edgewise.graph import Graph, ReferenceKind, Unresolved
from edgewise.place import Place

# How many names are compared to find what was meant, for all unknown ones together: a tenth of a second.
_MOST_COMPARED = 500_000
_IS_NAME = re.compile("[a-z][a-z0-9_:]{,62}").fullmatch
_CODES = {
    "object type": Code.UNKNOWN_OBJECT_TYPE,
    "group": Code.UNKNOWN_GROUP,
    "step": Code.UNKNOWN_STEP,
    "start": Code.UNKNOWN_STEP,
    "replacement": Code.UNKNOWN_REPLACEMENT,
}


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each unknown name, however often it is used."""
    ordered = sorted(graph.unresolved, key=_what)
    misspelt = set(_misspelt(graph)) if ordered else ()
    uses = (list(several) for what, several in groupby(ordered, key=_what) if what[1] not in misspelt)
    compared = 0
    for several in uses:
        first, *others = sorted(several, key=lambda each: (each.place.source.path, each.place.document))
        near = _nearest(first, graph) if compared < _MOST_COMPARED else []
        compared += len(first.known)
        yield Diagnostic(
            _CODES[first.kind],
            _message(first),
            first.place,
            _label(first),
            _help(first, near),
            related=tuple(Related(each.place, "and here") for each in islice(others, 20)),
            fix=tuple(Edit(each.place, near[0]) for each in several) if near else (),
            help_at=_declared_at(first.kind, near, graph),
        )


def _misspelt(graph: Graph) -> Iterator[str]:
    """Yield the names that are declared, but in a spelling that no name may have: that is told already."""
    for declared in (graph.object_types, graph.relationship_types, graph.groups):
        yield from (nearest_name(name) for name in declared if not _IS_NAME(name))


def _declared_at(kind: ReferenceKind, near: list[str], graph: Graph) -> Place | None:
    """Return where the nearest name is declared; an external type of a vendor's is declared nowhere."""
    if near and kind == "group":
        return graph.groups[near[0]].place
    found = graph.object_types.get(near[0]) if near and kind == "object type" else None
    return None if found is None or found.built_in else found.place


def _what(unresolved: Unresolved) -> tuple[str, str, str, int, tuple[str, ...]]:
    """Return what is unknown, and what it could have been, which differs between steps; not all of that."""
    return unresolved.kind, unresolved.name, unresolved.reached, len(unresolved.known), unresolved.known[:1]


def _nearest(unresolved: Unresolved, graph: Graph) -> list[str]:
    """Return the nearest names; else the object types that some target calls by this very name."""
    near = did_you_mean(unresolved.name, unresolved.known) if unresolved.kind != "start" else []
    if near or unresolved.kind != "object type":
        return near
    others = ((each.name, each.targets.values()) for each in graph.object_types.values())
    return [name for name, entries in others if any(map(partial(_is_called, unresolved.name), entries))][:3]


def _is_called(name: str, entry: object) -> bool:
    """Tell whether an entry under `targets`, a text or a mapping, holds a name."""
    return name in entry.values() if isinstance(entry, dict) else name == entry


def _message(unresolved: Unresolved) -> str:
    name = " ".join(unresolved.name[:100].split())
    return (
        f"`{name}` could start in several places"
        if unresolved.kind == "start"
        else f"unknown {unresolved.kind} `{name}`"
    )


def _label(unresolved: Unresolved) -> str:
    if unresolved.kind == "start":
        return f"leads on from {quoted_list(unresolved.known[:8], 'and')}"
    if unresolved.kind == "step":
        return (
            f"no way of that name leads on from `{unresolved.reached}`"
            if unresolved.reached
            else "no such way"
        )
    if unresolved.kind == "replacement":
        return f"no {_declared(unresolved)} has this name"
    return "not declared in this catalog"


def _declared(replacement: Unresolved) -> str:
    return "object type" if replacement.place.path[0] == "object_types" else "relationship type"


def _help(unresolved: Unresolved, near: list[str]) -> str:
    if near:
        return f"did you mean {quoted_list(near)}?"
    if unresolved.kind == "start":
        return "say where with `from`"
    if unresolved.kind == "step":
        where = f" from `{unresolved.reached}`" if unresolved.reached else ""
        return f"the ways{where}: {quoted_list(unresolved.known[:8], 'and')}" if unresolved.known else ""
    if unresolved.kind == "replacement":
        return f"name another {_declared(unresolved)}, or say it in `reason`"
    section = "groups" if unresolved.kind == "group" else "object_types"
    return f"declare it under `{section}`, or use a name that is there"
