"""Derived relationship types that need one another to know what they are."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.diagnostics import Code, Diagnostic, Related, quoted_list
from edgewise.graph import Graph


def check(graph: Graph) -> Iterator[Diagnostic]:
    """Yield one diagnostic for each circle of derivations."""
    for circle in graph.rounds:
        first, *others = circle
        which = "at least one of them" if others else "it"
        names = quoted_list([each.name for each in circle][:10], "and")
        message = f"{names} are derived from one another" if others else f"{names} is derived from itself"
        yield Diagnostic(
            Code.DERIVATION_GOES_ROUND,
            message,
            first.place.key("via"),
            help=f"derive {which} from stored relationship types alone, or declare it as stored",
            related=tuple(Related(each.place.key("via"), "needs the others too") for each in others[:20]),
        )
