"""Any bytes at all: the reader never raises, and what it says names a place in the file, in few words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from edgewise.diagnostics import Diagnostic
from edgewise.document import read_source
from edgewise.place import Source, Span
from edgewise.position import comments, located
from edgewise.source import decoded

MANIFEST = """\
%YAML 1.2
---
# edgewise: ignore[EW501] as it is
x-common: &common {owner: "team é", tags: [a, 'b # c', !!str 12]}
object_types:
  person: {<<: *common, plural: people, id: {type: uuid}}
  order:
    <<: [*common, {external: false}]
    description: |- # about
      A purchase.
      # of something
    attributes: {total: {type: decimal, default: 12.50}}  # and more
...
---
relationship_types: # 漢字 😀
  placed: {from: person, to: order, cardinality: {from: 0..1, to: 1..*}, inverse: "placed\\u005fby"}
  ? long
  : from: person
    to: order
"""
TOKENS = (
    *(
        "\n",
        "\r\n",
        "\r",
        "\t",
        " ",
        "  ",
        ":",
        ": ",
        "- ",
        "? ",
        "#",
        " #",
        ",",
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        "\\",
    ),
    *(
        "&a ",
        "*a",
        "*common",
        "<<: ",
        "!!int ",
        "!x ",
        "!<",
        "|",
        ">",
        "|2-",
        "%TAG ! x\n",
        "---\n",
        "...\n",
        "@",
        "`",
    ),
    *(
        "\x00",
        "\x07",
        "\x7f",
        "\x85",
        "\u2028",
        "\u202e",
        "\ufeff",
        "\ufffe",
        "é",
        "😀",
        "\U0010ffff",
        "\\u202e",
        "\\x",
    ),
    *("9" * 400, "1.5", "-", "x" * 2_000, "[" * 100, "{a: " * 80, "null", "true", "~", "a: 1\na: 2\n"),
)
pieces = st.sampled_from([token.encode() for token in TOKENS]) | st.binary(max_size=4)
often = settings(max_examples=400, deadline=None)


def check(content: bytes) -> None:
    source = decoded(content, "a.yaml")
    if not isinstance(source, Source):
        holds([source], content.decode("utf-8", "replace"))
        return
    documents, diagnostics = read_source(source)
    holds(located(diagnostics), source.text)
    for span, comment in comments(source):
        line = source.text.split("\n")[span.line - 1]
        assert line[span.column - 1 :].rstrip("\r") == comment
    assert all(isinstance(each.data, dict) for each in documents)
    assert diagnostics or all(each.whole for each in documents)


def holds(diagnostics: Sequence[Diagnostic], text: str) -> None:
    """Hold what is said to what may be said of any input."""
    lines = text.split("\n")
    for each in diagnostics:
        assert len(each.message) <= 200
        assert len(each.label + each.help) <= 300
        assert "\n" not in each.message
        for at in chain([each.at], (related.at for related in each.related)):
            assert isinstance(at, Span)
            assert (at.line, at.column) <= (at.end_line, at.end_column)
            assert 1 <= at.line <= len(lines)
            assert 1 <= at.column <= len(lines[at.line - 1]) + 1


@often
@given(st.binary(max_size=60))
def test_random_bytes(content: bytes) -> None:
    check(content)


@often
@given(st.lists(pieces, max_size=25).map(b"".join))
def test_random_pieces_of_yaml(content: bytes) -> None:
    check(content)


@often
@given(st.lists(st.tuples(st.integers(0, len(MANIFEST.encode())), st.integers(0, 12), pieces), max_size=4))
def test_a_manifest_with_some_of_it_replaced(edits: list[tuple[int, int, bytes]]) -> None:
    content = MANIFEST.encode()
    for start, length, piece in edits:
        content = content[:start] + piece + content[start + length :]
    check(content)


@often
@given(st.integers(0, len(MANIFEST.encode())))
def test_a_manifest_that_is_cut_off(length: int) -> None:
    check(MANIFEST.encode()[:length])


def test_the_manifest_that_is_mutilated_is_sound() -> None:
    source = decoded(MANIFEST.encode(), "a.yaml")
    assert isinstance(source, Source)
    documents, diagnostics = read_source(source)
    assert diagnostics == []
    assert [list(each.data) for each in documents] == [["x-common", "object_types"], ["relationship_types"]]
    assert [text for _, text in comments(source)] == [
        *("# edgewise: ignore[EW501] as it is", "# about", "# and more", "# 漢字 😀")
    ]
