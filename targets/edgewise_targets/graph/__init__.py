"""The catalog as a picture: an entity relationship diagram in Mermaid's language."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.diagnostics import Diagnostic
from edgewise.graph import Graph
from edgewise.target import Artifact, Capabilities, JsonSchema, Options, Target
from edgewise_targets.graph.diagram import line_of, lower
from edgewise_targets.graph.mermaid import print_line, print_mermaid

_NOTHING_TO_STATE: JsonSchema = {"type": "object", "properties": {}, "additionalProperties": False}


def check(graph: Graph, options: Options) -> Iterator[Diagnostic]:  # noqa: ARG001 - every target is asked alike
    """Yield nothing: whatever has a name can be drawn, and a picture binds nobody."""
    return iter(())


def emit(graph: Graph, options: Options) -> Iterator[Artifact]:  # noqa: ARG001 - every target is asked alike
    """Yield the one file."""
    yield Artifact("graph/catalog.mmd", print_mermaid(lower(graph, TARGET.overrides)).encode())


def describe(graph: Graph, options: Options, declaration: ObjectType | RelationshipType) -> str:  # noqa: ARG001
    """Say how a declaration is drawn."""
    if TARGET.overrides(declaration) is None:
        return "left out"
    if isinstance(declaration, ObjectType):
        return f"a box with {1 + len(declaration.attributes)} lines"
    return f"drawn as `{print_line(line_of(declaration))}`"


TARGET = Target(
    name="graph",
    summary="The catalog as a picture: an entity relationship diagram for Mermaid.",
    check=check,
    emit=emit,
    describe=describe,
    capabilities=Capabilities(cardinality="bounds", inverse=True),
    name_key="name",
    object_type_schema=_NOTHING_TO_STATE,
    relationship_type_schema=_NOTHING_TO_STATE,
)
