"""Texts of a manifest are data: no description becomes markup, none is cut, all of it stays JSON."""

from __future__ import annotations

import json
import re

import pytest
from contract import Api, compiled, references
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from edgewise_targets.openapi.text import plain

HOSTILE = (
    '<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://evil.example/z) "quoted" \\ `code` '
    "${jndi} {{ 7*7 }} </textarea> # not a heading"
)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("A person placed many orders.", "A person placed many orders."),
        (
            "snake_case stays, R&D too; 3 > 2, 1. and - inside",
            "snake_case stays, R&D too; 3 > 2, 1. and - inside",
        ),
        ("<b>", r"\<b>"),
        ("[a](b)", r"\[a\](b)"),
        ("`x` *y* _z_ ~~q~~ a|b", r"\`x\` \*y\* \_z\_ \~\~q\~\~ a\|b"),
        ("a __b", r"a \_\_b"),
        (r"\<", r"\\\<"),
        ("&lt;script&gt; &#60; &x", r"\&lt;script\&gt; \&#60; &x"),
        (
            "# a\n## b\n> c\n- d\n+ e\n1. f\n2) g\n===",
            "\\# a\n\\## b\n\\> c\n\\- d\n\\+ e\n1\\. f\n2\\) g\n\\===",
        ),
        ("    code\n\tcode", "code\ncode"),
    ],
)
def test_markup_is_escaped_and_nothing_else(text: str, escaped: str) -> None:
    assert plain(text) == escaped


@given(st.text())
def test_no_text_is_changed_but_for_escapes_and_indents(text: str) -> None:
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain(text))
    assert shown == re.sub(r"^[ \t]+", "", text, flags=re.MULTILINE)


@given(st.text(alphabet="`*_[]<~|\\&#>+-=1.) \n\tax;"))
def test_nothing_is_left_that_could_begin_markup(text: str) -> None:
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "!", plain(text))
    assert not re.search(r"[\\`*\[\]<~|]|&#?\w+;", bare)
    assert not re.search(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", bare)
    assert not re.search(r"^(?:[#>+=-]|\d+[.)]|[ \t])", bare, re.MULTILINE)


def catalog(text: str) -> Api:
    """Compile a catalog that has the text wherever one may stand."""
    manifest = {
        "groups": {"g": {"description": text}},
        "object_types": {
            "a": {
                "description": text,
                "label": text,
                "plural": "as",
                "targets": {"openapi": {"tag": text}},
                "deprecated": {"since": text, "reason": text},
            },
            "b": {"plural": text, "targets": {"openapi": "bs"}},
        },
        "relationship_types": {
            "r": {
                "from": "a",
                "to": "b",
                "cardinality": {"from": "1", "to": "2..3"},
                "inverse": {"name": "s", "label": text, "description": text},
                "label": text,
                "role": text,
                "description": text,
                "group": "g",
                "on_delete": "restrict",
                "deprecated": {"since": text, "reason": text},
                "attributes": {
                    "x": {"description": text, "type": "text", "default": text},
                    "y": {"enum": [text], "default": text},
                    "z": {"type": "json", "default": {text: [text], "x": text}},
                },
            },
            "u": {"from": "a", "to": "a", "cardinality": "many_to_many"},
        },
    }
    return compiled(json.dumps(manifest, ensure_ascii=False), title=text, version=text)


def test_hostile_texts_are_shown_as_they_are() -> None:
    api = catalog(HOSTILE)
    assert api.said == []
    validate(api.bundle, cls=OpenAPIV31SpecValidator)
    for description in descriptions(api.bundle):
        assert not re.search(r"(?<!\\)(?:\\\\)*[<`\[]", description)
    values = api.schemas["RLink"]["properties"]
    assert values["x"]["default"] == HOSTILE
    assert values["y"] == {"type": "string", "enum": [HOSTILE], "default": HOSTILE}
    assert api.bundle["info"]["title"] == HOSTILE


def test_a_text_that_looks_like_a_reference_stays_a_text() -> None:
    text = '"$ref": "common.json#/components/schemas/Problem"'
    api = catalog(text)
    assert api.bundle["components"]["schemas"]["RLink"]["properties"]["x"]["default"] == text
    assert text in json.dumps(api.bundle["tags"]).replace("\\", "")
    assert all(each.startswith("#/") for each in references(api.bundle))


def test_a_default_with_a_reference_in_it_makes_nobody_open_anything() -> None:
    manifest = (
        "object_types: {a: {}}\n"
        "relationship_types:\n"
        "  r:\n"
        "    {from: a, to: a, cardinality: many_to_many, attributes:\n"
        "     {x: {type: json, default: [{y: {$ref: 'https://evil.example/'}}]},\n"
        "      z: {type: json, default: [{}]}}}\n"
    )
    api = compiled(manifest)
    assert [(each.code.number, each.message) for each in api.said] == [
        ("EW602", "the default of `x` is left out of the OpenAPI document")
    ]
    assert all(each.startswith("#/components/") for each in references(api.bundle))
    assert api.schemas["RLink"]["properties"]["z"] == {"default": [{}]}
    assert api.schemas["RLink"]["properties"]["x"] == {}


def descriptions(value: object) -> list[str]:
    """Return every description in a tree; examples and defaults are no part of it."""
    if isinstance(value, list):
        return [found for each in value for found in descriptions(each)]
    if not isinstance(value, dict):
        return []
    own = value.get("description")
    return [
        *([own] if isinstance(own, str) else []),
        *(f for each in value.values() for f in descriptions(each)),
    ]


# What a manifest may not hold at all, the reader refuses; here is what it lets through.
TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Zs")), min_size=1, max_size=40
).filter(lambda text: text.strip() != "")


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_whatever_is_written_the_document_holds_together(text: str) -> None:
    api = catalog(text)
    if api.said:
        assert {each.code.number for each in api.said} <= {"EW105", "EW203", "EW204"}
        return
    validate(api.bundle, cls=OpenAPIV31SpecValidator)
    assert len(api.paths) == 5
    assert {each for each in references(api.bundle) if each.startswith("#/components/")}
