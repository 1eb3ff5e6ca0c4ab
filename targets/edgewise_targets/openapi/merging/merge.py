"""Merge: read the host, hold it against ours, cut out what was put in before, put in what there is now."""

from __future__ import annotations

from collections.abc import Iterable

from edgewise.diagnostics import Diagnostic
from edgewise.graph import Graph
from edgewise.place import Source, Span
from edgewise.target import Artifact, Options
from edgewise_targets.openapi.merging.collisions import collisions
from edgewise_targets.openapi.merging.host import read_host
from edgewise_targets.openapi.merging.ours import what_is_ours
from edgewise_targets.openapi.merging.outline import Unusable, meaning, outline, unusable
from edgewise_targets.openapi.merging.record import MAX_BYTES, PREFIX
from edgewise_targets.openapi.merging.splice import with_, without


def merged(
    host: Source, artifacts: Iterable[Artifact], graph: Graph, options: Options
) -> tuple[str | None, list[Diagnostic]]:
    """Return a host's text with what the target emits in it, or why it cannot have that.

    A text that means what the merged one means stays as it is, so that whoever formats the host may also
    format what is ours.
    """
    found = read_host(host)
    if isinstance(found, Diagnostic):
        return None, [found]
    ours = what_is_ours(artifacts, graph, options.get(PREFIX, ""), has_tags=found.tags is not None)
    clashes = list(collisions(found, ours))
    if clashes:
        return None, clashes
    bare = without(found)
    bare_host = read_host(host._replace(text=bare))
    if isinstance(bare_host, Diagnostic):
        raise AssertionError(f"what was taken out left no host: {bare_host.message}")
    text = with_(bare_host, ours)
    del bare_host  # a large one, like all of them
    try:
        after = outline(host._replace(text=text))
    except Unusable as much:
        return None, [_too_much(host, much.diagnostic.message)]
    if len(text.encode()) > MAX_BYTES:
        return None, [_too_much(host, f"more than {MAX_BYTES:,} bytes")]
    return (host.text if meaning(after) == meaning(found.root) else text), []


def _too_much(host: Source, message: str) -> Diagnostic:
    """Say that the host with all in it would be one that the next merge could not read."""
    help_ = "leave some relationship types out, with `targets: {openapi: false}`; or refer to `openapi.json`"
    at = Span(host.path, 1, 1, 1, 1)
    return unusable(f"what comes of it would be too large for a host: {message}", at, help_)
