"""Attributes: which defaults fit, the one form that each of them has, and what does not belong together."""

from __future__ import annotations

from typing import Any

import pytest

from edgewise.attributes import RESERVED_ON_LINKS, RESERVED_ON_RECORDS, read_attributes
from edgewise.catalog import MISSING, Attribute
from edgewise.diagnostics import Code, Diagnostic
from edgewise.place import Place, Source

PLACE = Place(Source("a.yaml", ""), 0, ("object_types", "a", "attributes"))


def read(data: dict[str, Any], name: str = "a") -> tuple[Attribute, list[Diagnostic]]:
    diagnostics: list[Diagnostic] = []
    (attribute,) = read_attributes({name: data}, PLACE, RESERVED_ON_RECORDS, diagnostics.append)
    return attribute, diagnostics


GOOD: list[tuple[dict[str, Any], Any, Any]] = [
    ({"type": "string"}, "", ""),
    ({"type": "string"}, "x" * 255, "x" * 255),
    ({"type": "string", "max_length": 2}, "é漢", "é漢"),
    ({"type": "string", "max_length": 300}, "x" * 300, "x" * 300),
    ({"type": "text"}, "x" * 300 + "\n", "x" * 300 + "\n"),
    ({"enum": ["a", "b c"]}, "b c", "b c"),
    ({"type": "integer"}, -(2**63), -(2**63)),
    ({"type": "integer"}, 2**63 - 1, 2**63 - 1),
    ({"type": "number"}, 3, 3.0),
    ({"type": "number"}, -2.5, -2.5),
    ({"type": "decimal"}, 0, "0"),
    ({"type": "decimal"}, 12, "12"),
    ({"type": "decimal"}, -12.5, "-12.5"),
    ({"type": "decimal"}, 0.0001, "0.0001"),
    ({"type": "decimal"}, "12.5000", "12.5"),
    ({"type": "decimal"}, "+0012.50", "12.5"),
    ({"type": "decimal"}, "-0.00", "0"),
    ({"type": "decimal"}, "-0.5", "-0.5"),
    ({"type": "decimal"}, "99999999999999.9999", "99999999999999.9999"),
    ({"type": "decimal", "precision": 2, "scale": 2}, "0.99", "0.99"),
    ({"type": "decimal", "precision": 65, "scale": 0}, "9" * 65, "9" * 65),
    ({"type": "boolean"}, True, True),
    ({"type": "boolean"}, False, False),
    ({"type": "date"}, "2024-02-29", "2024-02-29"),
    ({"type": "date"}, "0001-01-01", "0001-01-01"),
    ({"type": "datetime"}, "2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z"),
    ({"type": "datetime"}, "2026-01-31t12:00:00z", "2026-01-31T12:00:00Z"),
    ({"type": "datetime"}, "2026-01-31 12:00:00+00:00", "2026-01-31T12:00:00Z"),
    ({"type": "datetime"}, "2026-01-31T23:30:00-01:30", "2026-02-01T01:00:00Z"),
    ({"type": "datetime"}, "2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.500000Z"),
    ({"type": "datetime"}, "2026-01-31T12:00:00.000000Z", "2026-01-31T12:00:00Z"),
    ({"type": "uuid"}, "123E4567-E89B-12D3-A456-426614174000", "123e4567-e89b-12d3-a456-426614174000"),
    ({"type": "json"}, None, None),
    ({"type": "json"}, "text", "text"),
    ({"type": "json"}, [1, {"b": 1, "a": [{"d": 1, "c": 2}]}], [1, {"a": [{"c": 2, "d": 1}], "b": 1}]),
]
MISFITS: list[tuple[dict[str, Any], tuple[Any, ...]]] = [
    ({"type": "string"}, (None, 5, True, [], {}, "x" * 256)),
    ({"type": "string", "max_length": 2}, ("abc",)),
    ({"type": "text"}, (None, 5, [])),
    ({"enum": ["a", "b"]}, (None, "c", "A", 5, [], "")),
    ({"type": "integer"}, (None, "5", 2.5, True, 2**63, -(2**63) - 1, [])),
    ({"type": "number"}, (None, "5", True, [], 10**400)),
    ({"type": "decimal"}, (None, True, "", "x", "1e3", ".5", "5.", "1,5", "٣", [], "0.00001")),
    ({"type": "decimal"}, ("1" * 15, 10**299, "1\n", 0.1234567890123456, 1e-300)),
    ({"type": "decimal", "precision": 3, "scale": 0}, (2.5,)),
    ({"type": "decimal", "precision": 3, "scale": 3}, (1,)),
    ({"type": "boolean"}, (None, "true", 1, 0, "yes")),
    ({"type": "date"}, (None, 20260131, "2026-1-31", "2026-02-30", "0000-01-01", "2026-01-31\n")),
    ({"type": "date"}, ("2026-01-31T12:00:00Z", "20260131", "2026-W05-6", "٢٠٢٦-01-31")),
    ({"type": "datetime"}, (None, "2026-01-31", "2026-01-31T12:00:00", "2026-01-31T24:00:00Z")),
    ({"type": "datetime"}, ("2026-01-31T12:00:60Z", "2026-01-31T12:00Z", "0001-01-01T00:00:00+01:00")),
    ({"type": "datetime"}, ("2026-01-31T12:00:00+24:00", "2026-01-31T12:00:00.1234567Z")),
    ({"type": "datetime"}, ("9999-12-31T23:59:59-01:00", "2026-01-31T12:00:00Z\n")),
    ({"type": "uuid"}, (None, "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400")),
    ({"type": "uuid"}, ("{123e4567-e89b-12d3-a456-426614174000}", "g23e4567-e89b-12d3-a456-426614174000")),
]
BAD = [(data, value) for data, values in MISFITS for value in values]


@pytest.mark.parametrize(("data", "stated", "expected"), GOOD)
def test_a_default_that_fits_has_one_form(data: dict[str, Any], stated: Any, expected: Any) -> None:
    attribute, diagnostics = read({**data, "default": stated})
    assert diagnostics == []
    assert attribute.has_default
    assert (repr(attribute.default), type(attribute.default)) == (repr(expected), type(expected))
    again, _ = read({**data, "default": expected})
    assert again == attribute


@pytest.mark.parametrize(("data", "stated"), BAD)
def test_a_default_that_does_not_fit(data: dict[str, Any], stated: Any) -> None:
    attribute, (diagnostic,) = read({**data, "default": stated})
    assert not attribute.has_default
    assert attribute.default is MISSING
    assert (diagnostic.code, diagnostic.at) == (Code.WRONG_TYPE, PLACE.value("a", "default"))
    assert len(diagnostic.message + diagnostic.label + diagnostic.help) < 300


def test_defaults_of_what_is_not_stated() -> None:
    attribute, _ = read({"type": "string"})
    assert attribute == Attribute("a", "string", (), False, MISSING, None, 255, 18, 4, False, PLACE.key("a"))
    assert read({"type": "text"})[0].max_length is None
    assert read({"enum": ["b", "a"]})[0][:3] == ("a", "enum", ("b", "a"))


def test_attributes_keep_their_order() -> None:
    declared = {name: {"type": "text"} for name in ("z", "a", "m")}
    diagnostics: list[Diagnostic] = []
    found = read_attributes(declared, PLACE, RESERVED_ON_LINKS, diagnostics.append)
    assert diagnostics == []
    assert [each.name for each in found] == ["z", "a", "m"]


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        ({"type": "text", "max_length": 5}, Code.UNKNOWN_KEY, PLACE.key("a", "max_length")),
        ({"enum": ["a"], "max_length": 5}, Code.UNKNOWN_KEY, PLACE.key("a", "max_length")),
        ({"type": "integer", "precision": 5}, Code.UNKNOWN_KEY, PLACE.key("a", "precision")),
        ({"type": "number", "scale": 5}, Code.UNKNOWN_KEY, PLACE.key("a", "scale")),
        ({"type": "decimal", "precision": 5, "scale": 6}, Code.NOT_ALLOWED_VALUE, PLACE.value("a", "scale")),
        ({"type": "decimal", "precision": 3}, Code.NOT_ALLOWED_VALUE, PLACE.value("a", "precision")),
        ({"type": "decimal", "scale": 19}, Code.NOT_ALLOWED_VALUE, PLACE.value("a", "scale")),
    ],
)
def test_what_does_not_belong_together(data: dict[str, Any], code: Code, where: Place) -> None:
    attribute, (diagnostic,) = read(data)
    assert (diagnostic.code, diagnostic.at) == (code, where)
    assert attribute.scale <= attribute.precision


def test_names_that_columns_have() -> None:
    _, (diagnostic,) = read({"type": "text"}, "id")
    assert diagnostic.code is Code.MALFORMED_NAME
    for name in ("from_id", "to_id", "slot"):
        found: list[Diagnostic] = []
        read_attributes({name: {"type": "text"}}, PLACE, RESERVED_ON_LINKS, found.append)
        assert [each.code for each in found] == [Code.MALFORMED_NAME]
        assert read({"type": "text"}, name)[1] == []
