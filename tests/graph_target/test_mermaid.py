"""The picture in Mermaid: what is drawn, as Mermaid's own parser reads it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import strategies as st
from pictures import HOSTILE, asked, drawn, samples, some, source_of, with_texts

from edgewise_targets.graph import TARGET
from edgewise_targets.graph.diagram import lower

FEET = {
    "at most one": "ZERO_OR_ONE",
    "exactly one": "ONLY_ONE",
    "any number": "ZERO_OR_MORE",
    "at least one": "ONE_OR_MORE",
}


def parsed(sources: list[str]) -> list[Any]:
    answers = asked("mermaid.mjs", sources)
    for source, answer in zip(sources, answers, strict=True):
        assert "error" not in answer, f"{answer}\n{source}"
    return answers


def relation(stated: str) -> str:
    """Draw one relationship type, called `r`, and return its line."""
    text = drawn("mermaid", f"object_types: {{a: {{}}, b: {{}}}}\nrelationship_types:\n  r: {{{stated}}}\n")
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


def test_the_parser_finds_the_catalog_in_the_picture() -> None:
    answers = parsed([TARGET.pictures["mermaid"](each.graph) for each in samples()])
    for sample, answer in zip(samples(), answers, strict=True):
        diagram = lower(sample.graph)
        assert boxes(answer) == [
            [box.name, *((field.type, field.name, field.key) for field in box.fields)]
            for box in diagram.boxes
        ], sample.name
        assert answer["lines"] == [
            {
                "start": line.start,
                "end": line.end,
                "label": line.names
                if line.is_exact
                else f"{line.names} ({line.start_bounds} to {line.end_bounds})",
                "cardB": FEET[line.start_foot],
                "relType": "NON_IDENTIFYING" if line.is_derived else "IDENTIFYING",
                "cardA": FEET[line.end_foot],
            }
            for line in diagram.lines
        ], sample.name


def boxes(answer: Any) -> list[list[Any]]:
    """Return the names of boxes with their fields; one called by a mark of keys has its name as a comment."""
    return [
        [
            label,
            *(
                (field["type"], field["comment"] or field["name"], ",".join(field["keys"]))
                for field in attributes
            ),
        ]
        for label, attributes in answer["boxes"]
    ]


def test_no_text_of_a_manifest_is_in_the_picture() -> None:
    plain, *others = (drawn("mermaid", source_of(with_texts([text]))) for text in ("x", *HOSTILE))
    assert [text for text, other in zip(HOSTILE, others, strict=True) if other != plain] == []


WORDS = (
    *(
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
    ),
    *(
        "erdiagram",
        "acctitle",
        "accdescr",
        "classdef",
        "only",
        "zero",
        "or",
        "more",
        "optionally",
        "tb",
        "lr",
        "e",
    ),
)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,62}", fullmatch=True) | st.sampled_from(WORDS)


def named(names: list[str], fields: list[str]) -> dict[str, Any]:
    attributes = {name: {"type": "text"} for name in fields if name != "id"}
    return {
        "object_types": {name: {"attributes": attributes} for name in names},
        "relationship_types": {
            name: {"from": name, "to": names[0], "cardinality": "many_to_many"} for name in names
        },
    }


def test_every_name_that_the_language_allows_can_be_drawn() -> None:
    several = st.lists(NAMES, min_size=1, max_size=5, unique=True)
    manifests = [named(list(WORDS), list(WORDS)), *some(st.builds(named, several, several), 40)]
    answers = parsed([drawn("mermaid", json.dumps(each)) for each in manifests])
    for manifest, answer in zip(manifests, answers, strict=True):
        expected = sorted(manifest["object_types"])
        fields = manifest["object_types"][expected[0]]["attributes"]
        assert [label for label, *_ in boxes(answer)] == expected
        assert all([name for _, name, _ in box[1:]] == ["id", *fields] for box in boxes(answer))
        assert [line["label"] for line in answer["lines"]] == expected
