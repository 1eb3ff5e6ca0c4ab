"""The picture for Graphviz: that it draws it, and that all of the catalog is in it."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pictures import asked, drawn, graph, samples

from edgewise.graph import Graph
from edgewise_targets.graph import TARGET
from edgewise_targets.graph.diagram import Diagram, lower

SVG = "{http://www.w3.org/2000/svg}"
TITLE = "{http://www.w3.org/1999/xlink}title"
FEET = {
    "at most one": "teeodot",
    "exactly one": "teetee",
    "any number": "crowodot",
    "at least one": "crowtee",
}


class Picture:
    """What Graphviz made of a source."""

    def __init__(self, answer: Any) -> None:
        assert answer["errors"] == []
        self.data = json.loads(answer["dot_json"])
        self.svg = ET.fromstring(answer["svg"])
        self.nodes = [each["name"] for each in self.data.get("objects", [])]
        self.edges = self.data.get("edges", [])

    def texts(self, kind: str) -> list[list[str]]:
        """Return the words that stand in each box or at each line."""
        return [[text.text or "" for text in each.iter(f"{SVG}text")] for each in self.elements(kind)]

    def tooltips(self, kind: str) -> list[list[str]]:
        return [
            [link.attrib[TITLE] for link in each.iter(f"{SVG}a") if TITLE in link.attrib]
            for each in self.elements(kind)
        ]

    def elements(self, kind: str) -> list[ET.Element]:
        """Return the boxes or lines in the order of the source, where their numbers come from."""
        found = [each for each in self.svg.iter(f"{SVG}g") if each.get("class") == kind]
        return sorted(found, key=lambda each: int(each.attrib["id"].removeprefix(kind)))


def picture(*texts: str) -> Picture:
    return Picture(asked("graphviz.mjs", [drawn("dot", *texts)])[0])


@pytest.fixture(scope="module")
def pictures() -> list[tuple[str, Diagram, Picture]]:
    sources = [TARGET.pictures["dot"](each.graph) for each in samples()]
    answers = asked("graphviz.mjs", sources)
    return [
        (each.name, lower(each.graph), Picture(answer))
        for each, answer in zip(samples(), answers, strict=True)
    ]


def spaced(text: str) -> str:
    """Return a text with the spaces that an SVG can show: Graphviz keeps several together by `&#160;`."""
    return text.replace("\xa0", " ").replace("\t", " ").replace("\r", "")


def loops(diagram: Diagram) -> set[str]:
    """Return the boxes in which the lines to themselves are rows."""
    selves = [line.start for line in diagram.lines if line.start == line.end]
    return {name for name in selves if selves.count(name) > 1}


Pictures = list[tuple[str, Diagram, Picture]]


def test_all_object_types_are_boxes_with_their_fields(pictures: Pictures) -> None:
    for name, diagram, picture in pictures:
        assert picture.nodes == [box.name for box in diagram.boxes], name
        for box, texts in zip(diagram.boxes, picture.texts("node"), strict=True):
            words = [box.name, *(["external"] if box.is_foreign else [])]
            words += [word for field in box.fields for word in (field.name, field.type, field.key) if word]
            assert texts[: len(words)] == words, name


def test_all_relationship_types_are_lines_or_rows(pictures: Pictures) -> None:
    for name, diagram, picture in pictures:
        inside = loops(diagram)
        lines = [line for line in diagram.lines if line.start != line.end or line.start not in inside]
        assert [
            (picture.nodes[each["tail"]], each["arrowtail"], picture.nodes[each["head"]], each["arrowhead"])
            for each in picture.edges
        ] == [(line.start, FEET[line.start_foot], line.end, FEET[line.end_foot]) for line in lines], name
        assert [("style" in each) for each in picture.edges] == [line.is_derived for line in lines]
        assert [texts[0] for texts in picture.texts("edge")] == [line.names for line in lines]
        for box, texts in zip(diagram.boxes, picture.texts("node"), strict=True):
            rows = [line for line in diagram.lines if line.start == line.end == box.name in inside]
            assert [text for text in texts if "(" in text] == [
                f"{line.names} ({line.start_bounds} to {line.end_bounds}{', derived' * line.is_derived})"
                for line in rows
            ], name


def test_what_manifests_say_is_shown_as_it_is_written(pictures: Pictures) -> None:
    for name, diagram, picture in pictures:
        inside = loops(diagram)
        for box, tooltips in zip(diagram.boxes, picture.tooltips("node"), strict=True):
            rows = [line.told for line in diagram.lines if line.start == line.end == box.name in inside]
            assert [*map(spaced, tooltips)] == [*map(spaced, (box.told or box.name, *rows))], name
        lines = [line for line in diagram.lines if line.start != line.end or line.start not in inside]
        for line, tooltips in zip(lines, picture.tooltips("edge"), strict=True):
            assert {*map(spaced, tooltips)} == {spaced(line.told)}, name


ENDS = "object_types: {a: {}, b: {}}\nrelationship_types:\n  r: {from: a, to: b, %s}\n"


@pytest.mark.parametrize(
    ("cardinality", "tail", "head", "bounds"),
    [
        ("one_to_many", "teeodot", "crowodot", ""),
        ("{from: 1, to: 1..*}", "teetee", "crowtee", ""),
        ("{from: 0..1, to: 2..5}", "teeodot", "crowtee", "(0..1 to 2..5)"),
    ],
)
def test_crows_feet_and_the_bounds_that_they_cannot_show(
    cardinality: str, tail: str, head: str, bounds: str
) -> None:
    source = drawn("dot", ENDS % f"cardinality: {cardinality}")
    (line,) = re.findall(r'^  "a" -> "b" \[(.*)\]$', source, re.MULTILINE)
    assert f"arrowtail={tail} arrowhead={head} " in line
    assert line.startswith(f'label="r{bounds and "&#10;"}{bounds}" ')


MANY = """
object_types: {a: {}}
groups: {g: }
relationship_types:
""" + "".join(
    f"  r{n}: {{from: a, to: a, cardinality: {{from: '*', to: 0..{n}}}, group: g}}\n" for n in range(1, 9)
)


def test_several_lines_from_a_box_to_itself_are_rows_inside() -> None:
    one = picture("\n".join(MANY.splitlines()[:5]))
    assert (len(one.edges), one.texts("node")) == (1, [["a", "id", "string", "PK"]])
    many = picture(MANY)
    assert many.edges == []
    assert many.texts("node")[0][4:] == [f"r{n} (0..* to 0..{n})" for n in range(1, 9)]
    assert many.tooltips("node")[0][1].startswith("An a has at most one a as r1.\n")


def test_the_legend_tells_what_is_drawn_and_nothing_else() -> None:
    assert "labelloc" not in drawn("dot", ENDS % "cardinality: one_to_many")
    source = (
        "object_types: {a: {deprecated: {}}, b: {}}\n"
        "groups: {used: , unused: }\n"
        "relationship_types:\n"
        "  r: {from: a, to: b, cardinality: many_to_many, inverse: back, group: used}\n"
        "  s: {via: [r, back]}\n"
    )
    legend = picture(source).svg.findall(f"{SVG}g/{SVG}text")
    assert [each.text for each in legend] == ["used", "- - -", "derived", "deprecated"]


def test_groups_have_colours_and_what_is_deprecated_has_none() -> None:
    source = ENDS % "cardinality: one_to_many, group: g" + "  s: {from: a, to: b, group: g, deprecated: {}}\n"
    lines = drawn("dot", source, "groups: {g: }").splitlines()
    (r,), (s,) = ([line for line in lines if f'label="{name}"' in line] for name in "rs")
    assert 'color="#1b7f5c" fontcolor="#1b7f5c"' in r
    assert 'color="#9aa3ab" fontcolor="#9aa3ab"' in s


def test_more_groups_than_colours_are_drawn() -> None:
    groups = "".join(f"  g{number}: \n" for number in range(30))
    relations = "".join(
        f"  r{n}: {{from: a, to: b, cardinality: one_to_one, group: g{n}}}\n" for n in range(30)
    )
    many = picture(f"object_types: {{a: {{}}, b: {{}}}}\ngroups:\n{groups}relationship_types:\n{relations}")
    assert len(many.edges) == 30
    assert len({each.get("color") for each in many.edges}) == 11


def large() -> Graph:
    """Return a catalog of 200 object types that are related in many ways."""
    objects = {
        f"thing_{n}": {"attributes": {f"a{m}": {"type": "text"} for m in range(n % 9)}} for n in range(200)
    }
    relations = {
        f"r{n}": {"from": f"thing_{n % 200}", "to": f"thing_{(n * n) % 200}", "cardinality": "many_to_one"}
        for n in range(300)
    }
    return graph(json.dumps({"object_types": objects, "relationship_types": relations}))


def test_a_large_catalog_is_drawn() -> None:
    drawn = Picture(asked("graphviz.mjs", [TARGET.pictures["dot"](large())])[0])
    assert len(drawn.elements("node")) == 200
    assert (
        len(drawn.elements("edge")) + sum("(" in text for box in drawn.texts("node") for text in box) == 300
    )
