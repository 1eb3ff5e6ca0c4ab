"""What a scalar means (docs/language.md): the words and numbers of YAML 1.2, and nothing of YAML 1.1."""

from __future__ import annotations

import pytest

from edgewise.diagnostics import Code, Diagnostic
from edgewise.document import MAX_KEY, read_source
from edgewise.place import Source, Span


def read(text: str) -> object:
    """Return the data of a text of one document without a mistake."""
    documents, diagnostics = read_source(Source("a.yaml", text))
    assert diagnostics == []
    (document,) = documents
    return document.data


def refused(text: str) -> Diagnostic:
    """Return the only thing that is said of a text."""
    _, (diagnostic,) = read_source(Source("a.yaml", text))
    return diagnostic


WORDS: list[tuple[str, object]] = [
    ("true", True),
    ("false", False),
    ("null", None),
    ("~", None),
    ("", None),
]
# What YAML 1.1, other readers or people take for something else.
TEXTS = [
    *("yes", "no", "on", "off", "y", "n", "True", "TRUE", "False", "FALSE", "Null", "NULL"),
    *("0x1F", "0o17", "0b101", "1_000", "1e3", "1.5e3", "1E+2", "1:30", "190:20:30", "+12e03"),
    *(".inf", "-.inf", ".Inf", ".nan", ".NaN", "inf", "nan", "Infinity"),
    *("2026-01-31", "2001-13-45", "2001-12-14t21:59:43.10-05:00", "12:30:45.67"),
    *("+", ".", "..", "--1", "1-", "1.2.3", "1,000", "+.", "١٢", "\uff11", "=", "<", "<<x"),
    *("0..1", "1..*", "a b", "a#b", "a:b", "http://x", "½"),
]
NUMBERS: list[tuple[str, object]] = [
    ("0", 0),
    ("7", 7),
    ("012", 12),
    ("-012", -12),
    ("+3", 3),
    ("-0", 0),
    ("9223372036854775807", 2**63 - 1),
    ("-9223372036854775808", -(2**63)),
    ("1.5", 1.5),
    ("-1.50", -1.5),
    ("+.5", 0.5),
    (".25", 0.25),
    ("1.", 1),
    ("2.0", 2),
    ("-3.000", -3),
    ("00.1", 0.1),
]


@pytest.mark.parametrize(("written", "meant"), [*WORDS, *NUMBERS])
def test_words_and_numbers(written: str, meant: object) -> None:
    assert read(f"a: {written}\n") == {"a": meant}
    assert type(read(f"a: {written}\n")["a"]) is type(meant)  # type: ignore[index]  # it is a mapping
    assert read(f"- {written}\n".replace("- ", "a: [") + "]") == {"a": [meant] if written else []}


@pytest.mark.parametrize("written", TEXTS)
def test_everything_else_is_text(written: str) -> None:
    assert read(f"a: {written}\n") == {"a": written}


@pytest.mark.parametrize("written", [each for each, _ in [*WORDS, *NUMBERS]] + TEXTS)
def test_what_is_quoted_is_text(written: str) -> None:
    assert read(
        f"a: '{written}'\nb: \"{written}\"\nc: |-\n  {written}\nd: >-\n  {written}\n"
    ) == dict.fromkeys("abcd", written)


@pytest.mark.parametrize("written", [each for each, _ in [*WORDS, *NUMBERS]] + TEXTS)
def test_a_key_is_text(written: str) -> None:
    assert read(f"? {written}\n: 1\n") == {written: 1}
    assert read(f"'{written}': 1\n") == {written: 1}


def test_a_whole_number_is_one_however_it_is_written() -> None:
    """To JSON Schema `2.0` is an integer; whoever reads a length or a bound has to be able to count on it."""
    assert isinstance(read("a: 2.0")["a"], int)  # type: ignore[index]  # it is a mapping
    assert isinstance(read(f"a: {2**53}.0")["a"], float)  # type: ignore[index]  # it may not be exact


@pytest.mark.parametrize(
    "written", ["9223372036854775808", "-9223372036854775809", "1" * 5_000, "0" * 5_000, "1." + "0" * 400]
)
def test_a_number_of_more_than_64_bits(written: str) -> None:
    diagnostic = refused(f"x: 1\na: {written}\n")
    assert (diagnostic.code, diagnostic.at) == (Code.TOO_LARGE, Span("a.yaml", 2, 4, 2, 4 + len(written)))
    assert read(f"a: '{written}'") == {"a": written}
    assert read(f"{written[:200]}: b") == {written[:200]: "b"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("!!str 12", "12"),
        ("!!str", ""),
        ("!!str true", "true"),
        ("!!int 12", 12),
        ('!!int "12"', 12),
        ("!!float 1", 1),
        ("!!float '1.5'", 1.5),
        ("!!bool true", True),
        ("!!bool 'false'", False),
        ("!!null ''", None),
        ("!!null ~", None),
        ("!!map {b: 1}", {"b": 1}),
        ("!!seq [1]", [1]),
        ("!<tag:yaml.org,2002:int> '3'", 3),
    ],
)
def test_core_tags_that_fit(written: str, meant: object) -> None:
    assert read(f"a: {written}\n") == {"a": meant}


@pytest.mark.parametrize(
    "written",
    [
        *("!!int x", "!!int 1.5", "!!int 0x1F", "!!float x", "!!float .inf", "!!bool yes", "!!bool maybe"),
        *("!!null x", "!!map []", "!!seq {}", "!!map x", "!!seq x", "!!str []", "!!str {}", "!!int {}"),
        *("!!timestamp 2026-01-31", "!!binary aGk=", "!!set {a}", "!!omap []", "!!pairs []", "!!merge x"),
        *("!x 1", "!include a.yaml", "!!python/object:os.system {}", "!!python/name:os.system x", "!<x> 1"),
    ],
)
def test_other_tags(written: str) -> None:
    diagnostic = refused(f"x: 1\na: {written}\n")
    assert diagnostic.code is Code.TAG_NOT_ALLOWED
    assert diagnostic.at == Span("a.yaml", 2, 4, 2, 5)


def test_a_tag_of_a_directive_is_known_by_what_it_stands_for() -> None:
    assert read("%TAG !e! tag:yaml.org,2002:\n---\na: !e!int '12'\n") == {"a": 12}
    diagnostic = refused("%TAG ! tag:yaml.org,2002:python/\n---\na: !name:os.system x\n")
    assert (diagnostic.code, diagnostic.message) == (
        Code.TAG_NOT_ALLOWED,
        "tag `!!python/name:os.system` is not allowed",
    )


def test_a_tag_that_cannot_be_shown_is_shown_as_an_escape() -> None:
    assert refused("a: !<%E2%80%AE%0a> x\n").message == r"tag `\u202e\n` is not allowed"


def test_a_key_may_be_long_but_not_endless() -> None:
    assert read(f"{'k' * MAX_KEY}: 1\n") == {"k" * MAX_KEY: 1}
    assert refused(f"b: 1\n{'k' * (MAX_KEY + 1)}: 1\n").at == Span("a.yaml", 2, 1, 2, 2)
    assert refused(f"b: 1\n? '{'k' * 100_000}'\n: 1\n").code is Code.TOO_LARGE


@pytest.mark.parametrize("key", ["[a]", "{a: 1}", "? a\n  : b", "*x"])
def test_a_collection_is_no_key(key: str) -> None:
    assert refused(f"x-a: &x [1]\n? {key}\n: 1\n").code is Code.YAML_SYNTAX
