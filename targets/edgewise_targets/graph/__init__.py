"""The catalog as a picture: entity relationship diagrams in several languages, and the graph for programs."""

from __future__ import annotations

from collections.abc import Iterator

from edgewise.catalog import ObjectType, RelationshipType
from edgewise.diagnostics import Diagnostic
from edgewise.excerpt import kept
from edgewise.graph import Graph
from edgewise.target import Artifact, Capabilities, JsonSchema, Options, Target
from edgewise_targets.graph import diagram, network
from edgewise_targets.graph.d2 import print_d2
from edgewise_targets.graph.dot import print_dot
from edgewise_targets.graph.graphml import print_graphml
from edgewise_targets.graph.mermaid import print_line, print_mermaid
from edgewise_targets.graph.network import print_json

_NOTHING_TO_STATE: JsonSchema = {"type": "object", "properties": {}, "additionalProperties": False}


def check(graph: Graph, options: Options) -> Iterator[Diagnostic]:  # noqa: ARG001 - every target is asked alike
    """Yield nothing: whatever has a name can be drawn, and a picture binds nobody."""
    return iter(())


def emit(graph: Graph, options: Options) -> Iterator[Artifact]:  # noqa: ARG001 - every target is asked alike
    """Yield a picture for pages that draw Mermaid, and one for Graphviz."""
    picture = diagram.lower(kept(graph, lambda each: TARGET.overrides(each) is not None))
    yield Artifact("graph/catalog.mmd", print_mermaid(picture).encode())
    yield Artifact("graph/catalog.dot", print_dot(picture).encode())


def describe(graph: Graph, options: Options, declaration: ObjectType | RelationshipType) -> str:  # noqa: ARG001
    """Say how a declaration is drawn."""
    if TARGET.overrides(declaration) is None:
        return "left out"
    if isinstance(declaration, ObjectType):
        return f"a box with {1 + len(declaration.attributes)} lines"
    return f"drawn as `{print_line(diagram.line(graph, declaration))}`"


TARGET = Target(
    name="graph",
    summary="The catalog as a picture: entity relationship diagrams for Mermaid and Graphviz.",
    check=check,
    emit=emit,
    describe=describe,
    capabilities=Capabilities(
        cardinality="bounds", inverse=True, description=True, group=True, deprecated=True, derived=True
    ),
    name_key="name",
    object_type_schema=_NOTHING_TO_STATE,
    relationship_type_schema=_NOTHING_TO_STATE,
    pictures={
        "mermaid": lambda graph: print_mermaid(diagram.lower(graph)),
        "dot": lambda graph: print_dot(diagram.lower(graph)),
        "d2": lambda graph: print_d2(diagram.lower(graph)),
        "graphml": lambda graph: print_graphml(network.lower(graph)),
        "json": lambda graph: print_json(network.lower(graph)),
    },
)
