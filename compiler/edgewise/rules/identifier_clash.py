"""An external type of a vendor's whose identifier is that of a declared object type."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.diagnostics import Code, Diagnostic, Related
from edgewise.graph import Graph


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield every declared object type that is called like `zen:user` where no colon may stand."""
    for object_type in graph.object_types.values():
        declared = graph.object_types.get(object_type.identifier)
        if object_type.built_in and declared is not None:
            yield Diagnostic(
                Code.SAME_KEY_TWICE,
                f"`{declared.name}` and `{object_type.name}` would both be called `{declared.name}`",
                declared.place,
                help="rename the declared one",
                related=(Related(object_type.place, f"`{object_type.name}` is used here"),),
            )
