"""`edgewise graph`: which picture of what, and what it says where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from catalogs import CLEAN, UNKNOWN, project
from command import Done, edgewise, edgewise_here

from edgewise.cli.commands import GRAPH
from edgewise_targets import TARGETS

HEAD = "%% Made by edgewise from a catalog: change that, not this file.\nerDiagram\n"
PERSON = '    "person" {\n        string id PK\n    }\n'
ORDER = '    "order" {\n        string id PK\n        decimal total\n        enum state\n    }\n'
PLACED = '    "person" |o--o{ "order" : "placed / placed_by"\n'
MORE = """
    object_types: {shop: {}, town: {targets: {graph: false}}}
    groups: {places: }
    relationship_types:
      sold: {from: shop, to: order, cardinality: one_to_many, group: places}
      lies_in: {from: shop, to: town, cardinality: many_to_one, group: places}
    """


def run(folder: Path, *arguments: str) -> Done:
    return edgewise_here("graph", *arguments, cwd=folder)


def names(done: Done) -> tuple[set[str], set[str]]:
    """Return what is in a graph that was drawn as JSON."""
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    return {each["id"] for each in said["nodes"]}, {each["key"] for each in said["edges"]}


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return project(tmp_path, CLEAN)


@pytest.fixture
def more(tmp_path: Path) -> Path:
    return project(tmp_path, {**CLEAN, "schemas/more.yaml": MORE})


def test_the_catalog_is_drawn_in_mermaid_unless_asked_otherwise(clean: Path) -> None:
    done = run(clean)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == HEAD + ORDER + PERSON + PLACED
    assert run(clean, "--format", "mermaid").stdout == done.stdout


def test_the_languages_are_those_that_targets_draw() -> None:
    drawn = [language for target in TARGETS for language in target.pictures]
    (choice,) = (each.type for each in GRAPH.params if each.name == "format")
    assert list(getattr(choice, "choices", ())) == drawn


@pytest.mark.parametrize(
    ("language", "start"),
    [
        ("dot", "// Made by edgewise"),
        ("d2", "# Made by edgewise"),
        ("graphml", "<?xml"),
        ("json", '{\n  "version": 1,'),
    ],
)
def test_other_languages_are_drawn(clean: Path, language: str, start: str) -> None:
    done = run(clean, "--format", language)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(start)
    assert "placed_by" in done.stdout


def test_what_is_built_is_what_is_drawn(clean: Path) -> None:
    edgewise_here("build", "--target", "graph", cwd=clean)
    for language, file in (("mermaid", "catalog.mmd"), ("dot", "catalog.dot")):
        assert run(clean, "--format", language).stdout == (clean / "build/graph" / file).read_text()


def test_a_focus_leaves_the_rest_out(more: Path) -> None:
    assert names(run(more, "--format", "json")) == ({"person", "order", "shop"}, {"placed", "sold"})
    near = run(more, "--format", "json", "--focus", "person")
    assert names(near) == ({"person", "order"}, {"placed"})
    assert names(run(more, "--format", "json", "--focus", "person", "--depth", "2")) == (
        {"person", "order", "shop"},
        {"placed", "sold"},
    )
    assert names(run(more, "--format", "json", "--focus", "placed", "--depth", "0")) == (
        {"person", "order"},
        {"placed"},
    )


def test_a_group_leaves_the_rest_out(more: Path) -> None:
    assert names(run(more, "--format", "json", "--group", "places")) == ({"order", "shop"}, {"sold"})
    both = run(more, "--format", "json", "--group", "places", "--focus", "person", "--depth", "3")
    assert names(both) == ({"person"}, set())


def test_graphml_can_be_read_from_a_pipe(clean: Path) -> None:
    done = edgewise("graph", "--format", "graphml", cwd=clean)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(nx.parse_graphml(done.stdout).nodes) == {"order", "person"}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--focus", "ordr"), "nothing in the picture is called `ordr`. Did you mean `order`?"),
        (("--focus", "placd"), "nothing in the picture is called `placd`. Did you mean `placed`?"),
        (("--focus", "town"), "nothing in the picture is called `town`."),
        (("--group", "place"), "there is no group `place`. Did you mean `places`?"),
        (("--group", "x\x1b[31m"), "there is no group `x\\x1b[31m`."),
        (("--depth", "2"), "--depth says how far from what --focus names: give that too."),
        (("--focus", "order", "--depth", "-1"), "-1 is not in the range x>=0."),
    ],
)
def test_what_cannot_be_drawn_is_refused(more: Path, arguments: tuple[str, ...], complaint: str) -> None:
    done = run(more, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert complaint in done.stderr


def test_with_errors_what_is_left_is_drawn(tmp_path: Path) -> None:
    done = run(project(tmp_path, UNKNOWN))
    assert done.returncode == 1
    assert done.stdout == HEAD + ORDER + PERSON
    assert done.stderr.startswith("error[EW301]: unknown object type `ordr`\n")


def test_nothing_is_drawn_of_what_cannot_be_read(tmp_path: Path) -> None:
    done = run(project(tmp_path, {**CLEAN, "schemas/broken.yaml": "object_types: ["}))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error[EW101]: ")


def test_the_project_need_not_build_pictures(tmp_path: Path) -> None:
    assert run(project(tmp_path, CLEAN, "version: 1\ntargets: {}\n")).stdout == HEAD + ORDER + PERSON + PLACED
