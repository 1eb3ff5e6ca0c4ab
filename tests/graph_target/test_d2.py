"""The picture in D2: what its compiler finds in it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pictures import asked, drawn, samples

from edgewise_targets.graph import TARGET
from edgewise_targets.graph.diagram import Line, lower

FEET = {
    "at most one": "cf-one",
    "exactly one": "cf-one-required",
    "any number": "cf-many",
    "at least one": "cf-many-required",
}
KEYS = {"PK": ["primary_key"], "UK": ["unique"], "": None}
# All that have a meaning in D2 and may be names here.
WORDS = (
    *("animated", "bold", "border", "class", "classes", "constraint", "data", "desc", "direction"),
    *("double", "edge", "false", "fill", "filled", "font", "graph", "height", "icon"),
    *("italic", "label", "layers", "left", "link", "multiple", "near", "node", "null"),
    *("opacity", "order", "scenarios", "shadow", "shape", "source", "steps", "stroke", "style"),
    *("suspend", "target", "text", "title", "tooltip", "top", "true", "underline", "unsuspend"),
    *("vars", "width"),
)


def compiled(sources: list[str]) -> list[Any]:
    answers = asked("d2.mjs", sources)
    for source, answer in zip(sources, answers, strict=True):
        assert "error" not in answer, f"{answer}\n{source}"
    return answers


@pytest.fixture(scope="module")
def answers() -> list[Any]:
    """What the compiler finds in each sample, and in a catalog of all words that D2 knows."""
    return compiled(
        [*(TARGET.pictures["d2"](each.graph) for each in samples()), drawn("d2", json.dumps(WORDY))]
    )


WORDY = {
    "object_types": {
        name: {"attributes": {word: {"type": "string", "unique": True} for word in WORDS}} for name in WORDS
    },
    "relationship_types": {
        f"{name}_of": {"from": name, "to": "label", "cardinality": "one_to_one"} for name in WORDS
    },
}


def test_all_object_types_are_tables_with_their_fields(answers: list[Any]) -> None:
    for sample, answer in zip(samples(), answers, strict=False):
        assert [
            (shape["type"], shape["label"], shape["columns"], shape["strokeDash"] > 0, shape["opacity"] < 1)
            for shape in answer["shapes"]
        ] == [
            (
                "sql_table",
                box.name,
                [[field.name, field.type, KEYS[field.key]] for field in box.fields],
                box.is_foreign,
                box.is_deprecated,
            )
            for box in lower(sample.graph).boxes
        ], sample.name


def test_all_relationship_types_are_connections(answers: list[Any]) -> None:
    for sample, answer in zip(samples(), answers, strict=False):
        diagram = lower(sample.graph)
        names = {shape["id"]: shape["label"] for shape in answer["shapes"]}
        found = answer["connections"]
        assert [
            (each["label"], names[each["start"]], each["startArrow"], names[each["end"]], each["endArrow"])
            for each in found
        ] == [
            (line.names, line.start, FEET[line.start_foot], line.end, FEET[line.end_foot])
            for line in diagram.lines
        ], sample.name
        assert [(each.get("startLabel"), each.get("endLabel")) for each in found] == [
            *map(bounds, diagram.lines)
        ]
        assert [each["strokeDash"] > 0 for each in found] == [line.is_derived for line in diagram.lines]
        assert [tuple(each) for each in answer.get("legend") or []] == [*diagram.colours.items()]


def bounds(line: Line) -> tuple[str | None, str | None]:
    return (None, None) if line.is_exact else (line.start_bounds, line.end_bounds)


def test_what_manifests_say_is_shown_on_one_line(answers: list[Any]) -> None:
    for sample, answer in zip(samples(), answers, strict=False):
        for box, shape in zip(lower(sample.graph).boxes, answer["shapes"], strict=True):
            shown = shape["tooltip"].replace("< ", "<")
            assert shown == " ".join(box.told.split()).replace("< ", "<"), sample.name


def test_names_may_be_words_of_the_language(answers: list[Any]) -> None:
    answer = answers[-1]
    assert [shape["label"] for shape in answer["shapes"]] == sorted(WORDS)
    for shape in answer["shapes"]:
        assert [name for name, _, _ in shape["columns"]] == ["id", *WORDS]
    assert len(answer["connections"]) == len(WORDS)
