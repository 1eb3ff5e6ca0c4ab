"""An object type that no relationship type has at an end."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.diagnostics import Code, Diagnostic
from edgewise.graph import Graph


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield every declared object type that nothing leads to or from; one that is deprecated should go.

    Where there is no relationship type at all, it goes without saying.
    """
    if not graph.relationship_types:
        return
    related = graph.relationship_types.values()
    used = {each.from_.object_type for each in related} | {each.to.object_type for each in related}
    for name, each in graph.object_types.items():
        if name not in used and not each.built_in and each.deprecated is None:
            message = f"object type `{name}` is at no end of a relationship type"
            help_ = "relate it to something, or take it out where its records are not wanted either"
            yield Diagnostic(Code.UNUSED_OBJECT_TYPE, message, each.place, help=help_)
