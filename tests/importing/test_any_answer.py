"""Whatever an API answers: it is read or refused in words, and what is made of it is a manifest."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from importing import (
    DIALECTS,
    Json,
    boom_pages,
    compiled,
    monica_defaults,
    monica_group,
    monica_pages,
    read_back,
)

from edgewise.answers import MAX_BYTES, MAX_DEPTH, Answer, parsed
from edgewise.diagnostics import Diagnostic, Severity
from edgewise.target import Target

VALUES = (
    *(
        None,
        True,
        0,
        -1,
        3,
        10**18,
        2.5,
        "",
        "x",
        "a b",
        "zen:user",
        "person",
        "contact",
        "null",
        "\u202e",
        "a\nb",
    ),
    *([], ["x"], ["a", "b"], [[]], {}, {"next": "x"}, {"data": []}, "x" * 300, "é", "ONE_TO_ONE", "parent"),
)
LISTS: dict[str, list[Json]] = {
    "boom": [
        *boom_pages(
            [
                {
                    "kind": "person_to_co",
                    "role": "placed",
                    "customObjectType": "order",
                    "bidirectional": True,
                },
                {
                    "kind": "co_to_co",
                    "role": "placed",
                    "parentCustomObjectType": "order",
                    "childCustomObjectType": "Item",
                    "cardinality": "ONE_TO_ONE",
                    "description": "It is.",
                },
            ],
            1,
        ),
        *boom_pages([{"name": "order", "displayName": "Order", "description": "It is."}]),
    ],
    "zendesk": [
        {
            "data": [
                {"key": "fans", "source": "product", "target": ["zen:user"]},
                {"key": "likes", "source": "zen:user", "target": ["product"]},
            ],
            "links": {"next": None},
        },
        {
            "data": [
                {
                    "key": "product",
                    "schema": {
                        "properties": {
                            "a": {"type": "string", "maxLength": 5},
                            "b": {"enum": ["x"], "type": "string"},
                        },
                        "required": ["a"],
                    },
                }
            ]
        },
    ],
    "monica": [
        *monica_pages(monica_defaults()[5:12], 4),
        *monica_pages([monica_group(1, "love"), monica_group(2, "family")]),
    ],
}


def spoilt(data: Json, random: Random, depth: int = 0) -> Json:
    """Copy some data with one part of it replaced, renamed, taken out or put in twice."""
    if not isinstance(data, dict | list) or not data or random.random() < depth / 12:
        return random.choice(VALUES)
    kind = random.randrange(8)
    if isinstance(data, list):
        number = random.randrange(len(data))
        rest = [*data[:number], *data[number + 1 :]]
        return (
            rest if kind == 0 else [*data, data[number]] if kind == 1 else _with(data, number, random, depth)
        )
    key = random.choice(list(data))
    if kind == 0:
        return {each: value for each, value in data.items() if each != key}
    if kind == 1:
        return {**data, random.choice(["x", "name", "kind", "key", key]): random.choice(VALUES)}
    return _with(data, key, random, depth)


def _with(data: Any, key: Any, random: Random, depth: int) -> Json:
    copy = data.copy()
    copy[key] = spoilt(data[key], random, depth + 1)
    return copy


@pytest.mark.parametrize("target", DIALECTS, ids=lambda target: target.name)
@settings(deadline=None, max_examples=200)
@given(st.randoms(use_true_random=True), st.integers(1, 4))
def test_what_is_made_of_any_answer_is_a_manifest(target: Target, random: Random, times: int) -> None:
    lists = LISTS[target.name]
    for _ in range(times):
        lists = spoilt(lists, random, 0)
        if not isinstance(lists, list):
            lists = [lists]
    imported = read_back(target, *lists)
    assert ("EW701" in imported.codes) == (not imported.text)
    wrong = [
        each
        for each in compiled(imported.text or "{}", target).diagnostics
        if each.severity is Severity.ERROR and not each.code.number.startswith("EW6")
    ]
    assert wrong == [], (lists, imported.text)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=60) | st.text('[]{}",:0e-+.\\u d8\n', max_size=40).map(str.encode))
def test_any_bytes_are_an_answer_or_refused(content: bytes) -> None:
    found = parsed(content, "a.json")
    if isinstance(found, Answer):
        assert found.data == json.loads(content.removeprefix(b"\xef\xbb\xbf"))
    else:
        assert found.code.number == "EW701"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "this is empty"),
        (b" \n", "this is empty"),
        (b"\xef\xbb\xbf", "this is empty"),
        (b"{", "this is not JSON: unexpected end of data"),
        (b"<html>", "this is not JSON: unexpected character"),
        (b"{}{}", "this is not JSON: unexpected content after document"),
        (b"NaN", "this is not JSON: unexpected character"),
        (b'{"a":\xff}', "byte 0xFF is not UTF-8"),
        (b"[" * 100_000, "this is not JSON: "),
        (b"[" * (MAX_DEPTH + 2) + b"]" * (MAX_DEPTH + 2), "this is more than 32 levels deep"),
        (b" " * (MAX_BYTES + 1), "this is larger than 8,000,000 bytes"),
    ],
)
def test_what_is_no_json_is_refused_in_words(content: bytes, message: str) -> None:
    found = parsed(content, "a.json")
    assert isinstance(found, Diagnostic)
    assert found.code.number == "EW701"
    assert found.message.startswith(message)


def test_a_byte_order_mark_is_no_reason_to_refuse() -> None:
    assert isinstance(parsed(b'\xef\xbb\xbf{"data": []}', "a.json"), Answer)
