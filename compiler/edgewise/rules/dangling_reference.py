"""A name that leads nowhere: an object type, group, step or replacement that nobody declares."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice

from edgewise.diagnostics import Code, Diagnostic, Edit, Related, did_you_mean, quoted_list
from edgewise.graph import Graph, Unresolved

# Comparing a name with all others takes about a millisecond in a large catalog.
_MOST_SUGGESTIONS = 200
_CODES = {
    "object type": Code.UNKNOWN_OBJECT_TYPE,
    "group": Code.UNKNOWN_GROUP,
    "step": Code.UNKNOWN_STEP,
    "replacement": Code.UNKNOWN_REPLACEMENT,
}


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each unknown name, however often it is used."""
    ordered = sorted(graph.unresolved, key=_kind_and_name)
    uses = (list(several) for _, several in groupby(ordered, key=_kind_and_name))
    for number, several in enumerate(uses):
        first, *others = sorted(several, key=lambda each: (each.place.source.path, each.place.document))
        near = _nearest(first, graph) if number < _MOST_SUGGESTIONS else []
        what = "step of `via`" if first.kind == "step" else first.kind
        yield Diagnostic(
            _CODES[first.kind],
            f"unknown {what} `{first.name[:100]}`",
            first.place,
            "leads nowhere from here" if first.kind == "step" else "not declared in this catalog",
            _help(first, near),
            related=tuple(Related(each.place, "and here") for each in islice(others, 20)),
            fix=tuple(Edit(each.place, near[0]) for each in several) if near else (),
        )


def _kind_and_name(unresolved: Unresolved) -> tuple[str, str]:
    return unresolved.kind, unresolved.name


def _nearest(unresolved: Unresolved, graph: Graph) -> list[str]:
    """Return the nearest names; else the object types that some target calls by this very name."""
    near = did_you_mean(unresolved.name, unresolved.known)
    if near or unresolved.kind != "object type":
        return near
    return [each.name for each in graph.object_types.values() if unresolved.name in each.targets.values()][:3]


def _help(unresolved: Unresolved, near: list[str]) -> str:
    if near:
        return f"did you mean {quoted_list(near)}?"
    if unresolved.kind == "step":
        return f"from there lead {quoted_list(unresolved.known[:8], 'and')}" if unresolved.known else ""
    section = {"object type": "object_types", "group": "groups"}.get(unresolved.kind)
    return (
        f"declare it under `{section}`, or use a name that is there"
        if section
        else "use a name that is there"
    )
