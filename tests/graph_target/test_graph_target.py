"""What the target writes, whatever the language is: which files, what of the catalog, the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from pictures import FULL, compilation, drawn

from edgewise_targets.graph import TARGET
from edgewise_targets.graph.diagram import Diagram, lower

LANGUAGES = list(TARGET.pictures)


def files(*texts: str) -> dict[str, str]:
    return {path: content.decode() for path, content in compilation(*texts).artifacts["graph"]}


def test_two_files_are_written() -> None:
    assert files(FULL) == {
        "graph/catalog.mmd": drawn("mermaid", FULL),
        "graph/catalog.dot": drawn("dot", FULL),
    }


def test_what_is_left_out_is_not_drawn() -> None:
    whole = (
        "object_types: {a: {}, b: {targets: {graph: false}}}\n"
        "relationship_types:\n"
        "  r: {from: a, to: b, cardinality: many_to_many}\n"
        "  s: {from: a, to: a, cardinality: many_to_many, inverse: back, targets: {graph: false}}\n"
        "  t: {from: a, to: a, cardinality: many_to_many}\n"
        "  u: {via: [s, s]}\n"
    )
    part = (
        "object_types: {a: {}}\n"
        "relationship_types:\n"
        "  t: {from: a, to: a, cardinality: many_to_many}\n"
        "  u: {from: a, to: a, cardinality: many_to_many}\n"
    )
    assert files(whole)["graph/catalog.mmd"] == files(part)["graph/catalog.mmd"].replace(
        '}o--o{ "a" : "u"', '}o..o{ "a" : "u"'
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_order_of_files_changes_no_byte(language: str) -> None:
    objects, relationships = FULL.split("relationship_types:\n")
    assert drawn(language, f"relationship_types:\n{relationships}", objects) == drawn(language, FULL)


@pytest.mark.parametrize("seed", ["0", "7"])
def test_the_hash_seed_changes_no_byte(seed: str) -> None:
    script = "from test_graph_target import *; sys.stdout.buffer.write(all_of_it().encode())"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert done.stdout.decode() == all_of_it()


def all_of_it() -> str:
    return "".join(drawn(language, FULL) for language in LANGUAGES)


def test_an_empty_catalog_is_a_picture_too() -> None:
    graph = compilation("groups: {}").graph
    assert graph is not None
    assert lower(graph) == Diagram((), (), {})


def test_declarations_are_described() -> None:
    done = compilation(
        "object_types: {a: {attributes: {x: {type: text}}}, b: {targets: {graph: false}}}\n"
        "relationship_types: {r: {from: a, to: a, cardinality: one_to_many}}\n"
    )
    assert done.graph is not None
    objects, relationships = done.graph.object_types, done.graph.relationship_types
    assert TARGET.describe(done.graph, {}, objects["a"]) == "a box with 2 lines"
    assert TARGET.describe(done.graph, {}, objects["b"]) == "left out"
    assert TARGET.describe(done.graph, {}, relationships["r"]) == 'drawn as `"a" |o--o{ "a" : "r"`'


def test_what_is_told_of_a_relationship_type() -> None:
    graph = compilation(
        "object_types: {person: {plural: people}, order: {}}\n"
        "relationship_types:\n"
        "  placed: {from: person, to: order, cardinality: {from: 1, to: 0..5}, inverse: placed_by,\n"
        "    description: Who bought it.,\n"
        "    deprecated: {since: '2', reason: Too narrow., replaced_by: bought}}\n"
        "  bought: {from: person, to: order, cardinality: many_to_many}\n"
    ).graph
    assert graph is not None
    assert lower(graph).lines[1].told.splitlines() == [
        "A person placed at most five orders.",
        "Each order was placed by exactly one person.",
        "Who bought it.",
        "Deprecated since 2: Too narrow.",
        "Use bought",
    ]
