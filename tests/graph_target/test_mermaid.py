"""The picture: what is drawn, and that it is Mermaid.

The grammar below is the part of Mermaid's own lexer and parser for `erDiagram` (11.17) that a file here
may use, narrower than the original: what it accepts, the original accepts with the same meaning.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.compile import Compilation
from edgewise.compile import compile as compile_sources
from edgewise.diagnostics import Severity
from edgewise.place import Source
from edgewise.project import Project
from edgewise_targets import TARGETS
from edgewise_targets.graph import TARGET

FULL = (Path(__file__).parent / "full.yaml").read_text(encoding="utf-8")
REAL = sorted((Path(__file__).parent.parent.parent / "schemas").rglob("*.yaml"))

# In Mermaid a name in quotes holds no quote, per cent, backslash or line break; ours hold far less.
NAME = r'"[a-z][a-z0-9_]*(?::[a-z_]+)?"'
# PK, FK and UK are marks of keys, in small letters too: a field cannot be called so.
FIELD = re.compile(r"        ([a-z]+) ((?!(?:pk|fk|uk)\b)[a-z_][a-z0-9_]*)(?: (PK|UK))?(?: \"([a-z_]+)\")?")
BOX = re.compile(rf"    ({NAME}) {{")
LINE = re.compile(
    rf"    ({NAME}) (\|o|\|\||}}o|}}\|)(--|\.\.)(o\||\|\||o{{|\|{{) ({NAME}) : \"([a-z0-9_ /().*]+)\""
)
# The lexer takes a line with this in it for a statement of its own, even inside quotes.
DIRECTION = re.compile(r"direction\s+(TB|BT|LR|RL)", re.IGNORECASE)


class Relation(NamedTuple):
    start: str
    left: str
    stroke: str
    right: str
    end: str
    label: str


class Picture(NamedTuple):
    boxes: dict[str, list[tuple[str, ...]]]
    relations: list[Relation]


def parse(text: str) -> Picture:
    """Read a picture, or fail where it is not in the grammar."""
    head, kind, *lines, last = text.split("\n")
    assert head.startswith("%% ")
    assert kind == "erDiagram"
    assert last == ""
    boxes: dict[str, list[tuple[str, ...]]] = {}
    relations: list[Relation] = []
    inside: list[tuple[str, ...]] | None = None
    for line in lines:
        assert not DIRECTION.search(line)
        assert "%%" not in line
        if inside is not None and line == "    }":
            inside = None
        elif inside is not None:
            field = FIELD.fullmatch(line)
            assert field, line
            inside.append(tuple(part or "" for part in field.groups()))
        elif box := BOX.fullmatch(line):
            name = box[1].strip('"')
            assert name not in boxes
            inside = boxes[name] = []
        else:
            relation = LINE.fullmatch(line)
            assert relation, line
            relations.append(Relation(*(part.strip('"') for part in relation.groups())))
    assert inside is None
    return Picture(boxes, relations)


def compilation(*texts: str) -> Compilation:
    sources = [Source(f"{number}.yaml", text) for number, text in enumerate(texts)]
    done = compile_sources(sources, Project("/project", ("schemas",), "build", {"graph": {}}, True), TARGETS)
    assert [each for each in done.diagnostics if each.severity is Severity.ERROR] == []
    return done


def drawn(*texts: str) -> str:
    """Compile manifests to the one file."""
    ((path, content),) = compilation(*texts).artifacts["graph"]
    assert path == "graph/catalog.mmd"
    return content.decode()


def relation(stated: str) -> str:
    """Draw one relationship type, called `r`, and return its line."""
    text = drawn(f"object_types: {{a: {{}}, b: {{}}}}\nrelationship_types:\n  r: {{{stated}}}\n")
    assert len(parse(text).relations) == 1
    return text.rstrip("\n").rpartition("\n")[2].strip()


@pytest.mark.parametrize(
    ("cardinality", "line"),
    [
        ("one_to_one", '"a" |o--o| "b" : "r"'),
        ("one_to_many", '"a" |o--o{ "b" : "r"'),
        ("many_to_one", '"a" }o--o| "b" : "r"'),
        ("many_to_many", '"a" }o--o{ "b" : "r"'),
        ("{from: 1, to: 1..*}", '"a" ||--|{ "b" : "r"'),
        ("{from: 1..*, to: 1}", '"a" }|--|| "b" : "r"'),
        ("{from: 0..1, to: 2..5}", '"a" |o--|{ "b" : "r (0..1 to 2..5)"'),
        ("{from: 3, to: 0..2}", '"a" }|--o{ "b" : "r (3 to 0..2)"'),
        ("{from: 2..*, to: 1}", '"a" }|--|| "b" : "r (2..* to 1)"'),
    ],
)
def test_crows_feet_and_the_bounds_that_they_cannot_show(cardinality: str, line: str) -> None:
    assert relation(f"from: a, to: b, cardinality: {cardinality}") == line


def test_both_directions_are_named() -> None:
    stated = "from: a, to: b, cardinality: many_to_one, inverse: {name: back, label: was had by}"
    assert relation(stated) == '"a" }o--o| "b" : "r / back"'


def test_a_relation_of_a_type_to_itself() -> None:
    stated = "from: a, to: a, cardinality: one_to_one, symmetric: true"
    assert relation(stated) == '"a" |o--o| "a" : "r"'


def test_the_full_catalog() -> None:
    picture = parse(drawn(FULL))
    assert picture.boxes == {
        "class": [("string", "id", "PK", "")],
        "person": [
            ("uuid", "id", "PK", ""),
            *((kind, f"a_{kind}", "", "") for kind in ("string", "text", "integer", "number", "decimal")),
            *((kind, f"a_{kind}", "", "") for kind in ("boolean", "date", "datetime", "uuid", "json")),
            ("enum", "an_enum", "", ""),
            ("string", "email", "UK", ""),
            ("string", "_pk", "", "pk"),
            ("integer", "_uk", "UK", "uk"),
        ],
        "zen:user": [("string", "id", "PK", "")],
    }
    assert picture.relations == [
        Relation("zen:user", "}o", "--", "o|", "person", "is"),
        Relation("person", "}o", "--", "o{", "class", "one / to"),
        Relation("person", "}o", "..", "o{", "person", "twice (0..* to 0..4)"),
        Relation("person", "}o", "--", "o{", "person", "up / down (0..* to 0..2)"),
    ]


def test_the_catalog_of_this_repository() -> None:
    texts = [path.read_text(encoding="utf-8") for path in REAL]
    done = compilation(*texts)
    assert done.graph is not None
    picture = parse(drawn(*texts))
    assert list(picture.boxes) == list(done.graph.object_types)
    assert len(picture.relations) == len(done.graph.relationship_types)


def test_what_is_left_out_is_not_drawn() -> None:
    text = drawn(
        "object_types: {a: {}, b: {targets: {graph: false}}}\n"
        "relationship_types:\n"
        "  r: {from: a, to: b, cardinality: many_to_many}\n"
        "  s: {from: a, to: a, cardinality: many_to_many, targets: {graph: false}}\n"
        "  t: {from: a, to: a, cardinality: many_to_many}\n"
    )
    assert parse(text) == Picture(
        {"a": [("string", "id", "PK", "")]}, [Relation("a", "}o", "--", "o{", "a", "t")]
    )


def test_an_empty_catalog_is_a_picture_too() -> None:
    assert parse(drawn("groups: {}")) == Picture({}, [])


def with_texts(text: str) -> Mapping[str, object]:
    """Return a catalog that has the text wherever one may stand."""
    attributes = {"x": {"description": text, "enum": [text]}, "y": {"type": "json", "default": text}}
    told = {"description": text, "label": text}
    return {
        "object_types": {"a": {**told, "plural": text, "owner": "o", "attributes": attributes}},
        "relationship_types": {
            "r": {
                "from": "a",
                "to": "a",
                "cardinality": "many_to_many",
                "role": text,
                **told,
                "inverse": {"name": "s", **told},
                "attributes": attributes,
                "deprecated": {"reason": text},
            }
        },
    }


@pytest.mark.parametrize(
    "text",
    ['"', '" } x ||--|| y : "z', "%%{init: {}}%%", "direction TB", "][", "<script>", "#quot;", "a\\", "---"],
)
def test_no_text_is_in_the_picture(text: str) -> None:
    picture = parse(drawn(json.dumps(with_texts(text))))
    assert picture == Picture(
        {"a": [("string", "id", "PK", ""), ("enum", "x", "", ""), ("json", "y", "", "")]},
        [Relation("a", "}o", "--", "o{", "a", "r / s")],
    )


NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,62}", fullmatch=True) | st.sampled_from(
    (
        "class",
        "style",
        "title",
        "direction",
        "one",
        "to",
        "many",
        "u",
        "o",
        "pk",
        "fk",
        "uk",
        "end",
        "subgraph",
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=5, unique=True), st.lists(NAMES, max_size=4, unique=True))
def test_every_name_that_the_language_allows_can_be_drawn(names: list[str], attributes: list[str]) -> None:
    fields = {name: {"type": "text"} for name in attributes if name != "id"}
    manifest = {
        "object_types": {name: {"attributes": fields} for name in names},
        "relationship_types": {
            name: {"from": name, "to": names[0], "cardinality": "many_to_many"} for name in names
        },
    }
    picture = parse(drawn(json.dumps(manifest)))
    assert list(picture.boxes) == sorted(names)
    for box in picture.boxes.values():
        assert [comment or name for _, name, _, comment in box] == ["id", *fields]
    assert sorted(each.label for each in picture.relations) == sorted(names)


def test_order_of_files_changes_no_byte() -> None:
    objects, relationships = FULL.split("relationship_types:\n")
    assert drawn(f"relationship_types:\n{relationships}", objects) == drawn(FULL)


@pytest.mark.parametrize("seed", ["0", "7"])
def test_the_hash_seed_changes_no_byte(seed: str) -> None:
    script = "from test_mermaid import *; sys.stdout.write(drawn(FULL))"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == drawn(FULL)


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
