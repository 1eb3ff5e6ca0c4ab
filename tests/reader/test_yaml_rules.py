"""The rules for whole files: what is refused, where, and what a refusal leaves of the file."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from command import SOURCE_ROOTS

from edgewise.diagnostics import Code, Diagnostic
from edgewise.document import MAX_MISTAKES, Document, read_source
from edgewise.nodes import MAX_DEPTH, MAX_NODES
from edgewise.place import Source, Span
from edgewise.source import MAX_BYTES, decoded

IN_A_THREAD = """
import threading
from edgewise.document import read_source
from edgewise.place import Source

def read():
    print([len(read_source(Source("a.yaml", text))[1]) for text in {texts}])

threading.stack_size(1 << 20)
thread = threading.Thread(target=read)
thread.start()
thread.join()
"""


def read(content: str | bytes) -> tuple[list[Document], list[Diagnostic]]:
    source = decoded(content.encode() if isinstance(content, str) else content, "a.yaml")
    return read_source(source) if isinstance(source, Source) else ([], [source])


def data(content: str | bytes) -> object:
    """Return the data of each document of a file without a mistake, or of the only one."""
    documents, diagnostics = read(content)
    assert diagnostics == []
    return documents[0].data if len(documents) == 1 else [each.data for each in documents]


def refusal(content: str | bytes) -> tuple[Code, tuple[int, int, int, int]]:
    """Return code and position of the only thing that is said of a file, which gives no document."""
    documents, (diagnostic,) = read(content)
    assert isinstance(diagnostic.at, Span)
    assert documents == []
    return diagnostic.code, diagnostic.at[1:]


# ---- documents ----


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing\n", "---\n", "--- \n...\n", "~", "null\n", "---\n---\n"]
)
def test_an_empty_file_has_no_document(text: str) -> None:
    assert data(text) == []


def test_documents_keep_their_numbers() -> None:
    documents, _ = read("---\n---\na: 1\n--- # nothing\n---\nb: 2\n")
    assert [(each.number, each.data) for each in documents] == [(1, {"a": 1}), (3, {"b": 2})]


@pytest.mark.parametrize("text", ["- a\n", "text\n", "5\n", "true\n", "'null'\n", "[]\n"])
def test_a_document_is_a_mapping(text: str) -> None:
    (document,), (diagnostic,) = read(text)
    assert (document.data, document.whole, diagnostic.code) == ({}, False, Code.WRONG_TYPE)


def test_no_document_takes_on_what_stands_in_another() -> None:
    """The nodes of a document that was read are gone, and those of the next may get their identity."""
    text = "".join(f"---\nk{n}: {{x{n}: &a [{n}], y: *a}}\n" for n in range(300))
    assert data(text) == [{f"k{n}": {f"x{n}": [n], "y": [n]}} for n in range(300)]


def test_an_anchor_is_known_in_its_own_document_alone() -> None:
    assert refusal("a: &x 1\n---\nb: *x\n") == (Code.YAML_SYNTAX, (3, 4, 3, 5))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_both_line_ends_mean_the_same(line_end: str) -> None:
    text = line_end.join(("a: 1", "b:", "  - 'x", "", "    y'", "c: |", "  d", "  e", ""))
    assert data(text) == {"a": 1, "b": ["x\ny"], "c": "d\ne\n"}


# ---- duplicate keys ----


def test_a_duplicate_key_shows_both_places_and_the_first_counts() -> None:
    documents, (diagnostic,) = read("a:\n  b: 1\n  'b': 2\n  c: 3\n")
    assert documents[0].data == {"a": {"b": 1, "c": 3}}
    assert documents[0].whole
    assert (diagnostic.code, diagnostic.at) == (Code.DUPLICATE_KEY, Span("a.yaml", 3, 3, 3, 6))
    assert [each.at for each in diagnostic.related] == [Span("a.yaml", 2, 3, 2, 4)]


def test_a_duplicate_key_at_the_top_may_hide_names() -> None:
    documents, _ = read("a: 1\nb: 2\na: 3\n")
    assert [(each.data, each.whole) for each in documents] == [({"a": 1, "b": 2}, False)]


@pytest.mark.parametrize(
    "keys", [("a", "a"), ("a", '"a"'), ("1", "'1'"), ("~", "'~'"), ("a", "!!str a"), ("''", '""')]
)
def test_keys_are_compared_as_text(keys: tuple[str, str]) -> None:
    _, (diagnostic,) = read("x:\n" + "".join(f"  ? {key}\n  : 1\n" for key in keys))
    assert diagnostic.code is Code.DUPLICATE_KEY


@pytest.mark.parametrize("keys", [("1", "01"), ("~", "null"), ("true", "True"), ("a", "A"), ("é", "e\u0301")])
def test_keys_of_other_spelling_are_others(keys: tuple[str, str]) -> None:
    assert data("x:\n" + "".join(f"  {key}: 1\n" for key in keys)) == {"x": dict.fromkeys(keys, 1)}


def test_endless_mistakes_end_the_reading() -> None:
    documents, diagnostics = read("x:\n" + "  a: 1\n" * (MAX_MISTAKES + 2))
    assert documents == []
    assert [each.code for each in diagnostics[-2:]] == [Code.DUPLICATE_KEY, Code.TOO_LARGE]
    assert len(diagnostics) == MAX_MISTAKES + 1
    documents, diagnostics = read("x:\n" + "  a: 1\n" * (MAX_MISTAKES + 1))
    assert (len(documents), len(diagnostics)) == (1, MAX_MISTAKES)


# ---- anchors, aliases, merges ----


def test_aliases_stand_for_what_they_name() -> None:
    assert data("a: &x [1, 2]\nb: *x\nc: {d: *x}\ne: &y text\n*y : *y\n") == {
        "a": [1, 2],
        "b": [1, 2],
        "c": {"d": [1, 2]},
        "e": "text",
        "text": "text",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &a {p: 1, q: 2}\nb: {<<: *a, q: 3}\n", [("p", 1), ("q", 3)]),
        ("a: &a {p: 1, q: 2}\nb: {q: 3, <<: *a}\n", [("p", 1), ("q", 3)]),
        ("b: {<<: {p: 1}, q: 2}\n", [("p", 1), ("q", 2)]),
        ("a: &a {p: 1}\nb: {<<: [*a, {p: 2, r: 3}], q: 2}\n", [("p", 1), ("r", 3), ("q", 2)]),
        ("b: {<<: [{z: 1}, {y: 2}, {x: 3}], w: 4}\n", [("z", 1), ("y", 2), ("x", 3), ("w", 4)]),
        ("b: {<<: [], q: 2}\n", [("q", 2)]),
        ("b: {<<: {}, q: 2}\n", [("q", 2)]),
        ("b: {<<: {<<: {p: 1, q: 1}, q: 2}, r: 3}\n", [("p", 1), ("q", 2), ("r", 3)]),
        ("b: {'<<': 1, q: 2}\n", [("<<", 1), ("q", 2)]),
        ("b: {!!str <<: 1, q: 2}\n", [("<<", 1), ("q", 2)]),
    ],
)
def test_merges(text: str, expected: list[tuple[str, object]]) -> None:
    found = data(text)
    assert isinstance(found, dict)
    assert list(found["b"].items()) == expected


@pytest.mark.parametrize("merged", ["5", "text", "~", "[1]", "[{p: 1}, x]", "[[{p: 1}]]"])
def test_what_is_merged_is_a_mapping(merged: str) -> None:
    documents, (diagnostic,) = read(f"b: {{<<: {merged}, q: 2}}\n")
    assert (diagnostic.code, documents[0].data) == (Code.WRONG_TYPE, {"b": {"q": 2}})


def test_a_second_merge_is_a_duplicate_key() -> None:
    _, (diagnostic,) = read("b:\n  <<: {p: 1}\n  <<: {q: 1}\n")
    assert (diagnostic.code, diagnostic.at) == (Code.DUPLICATE_KEY, Span("a.yaml", 3, 3, 3, 5))


@pytest.mark.parametrize(
    "text", ["a: &x [*x]\n", "a: &x {b: *x}\n", "a: &x {b: [1, {c: *x}]}\n", "a: &x {<<: *x}\n"]
)
def test_an_alias_inside_of_what_it_stands_for(text: str) -> None:
    assert refusal(text)[0] is Code.ALIAS_BUDGET


def test_462_bytes_that_would_be_a_gigabyte() -> None:
    text = "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 30))
    assert refusal(text)[0] is Code.ALIAS_BUDGET


def test_aliases_count_as_what_they_stand_for() -> None:
    items = MAX_NODES // 100 - 110
    some = f"a: &a [{'x,' * 100}]\n"
    assert data(some + f"b: [{'*a,' * items}]\n")
    assert refusal(some + f"b: [{'*a,' * (items + 120)}]\n")[0] is Code.ALIAS_BUDGET


def test_aliases_count_with_their_characters() -> None:
    text = "a: &a " + "x" * 10_000 + "\nb: [{}]\n"
    assert data(text.format("*a," * 190))
    assert refusal(text.format("*a," * 210))[0] is Code.ALIAS_BUDGET


def test_aliases_count_with_their_depth() -> None:
    chain = "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, MAX_DEPTH - 2))
    assert data("a0: &a0 [x]\n" + chain)
    assert refusal("a0: &a0 [[[x]]]\n" + chain)[0] is Code.ALIAS_BUDGET


def test_a_star_or_an_ampersand_in_a_text_is_no_alias() -> None:
    assert data("a: 1..*\nb: x & y\nc: {d: 0..*}\n") == {"a": "1..*", "b": "x & y", "c": {"d": "0..*"}}


# ---- depth, number, size ----


@pytest.mark.parametrize("padding", ["", "#" * 5_000 + "\n"], ids=["short", "long"])
def test_depth(padding: str) -> None:
    levels = MAX_DEPTH - 1
    assert data(f"{padding}a: {'[' * levels}{']' * levels}\n")
    code, (line, *_) = refusal(f"{padding}a: {'[' * (levels + 1)}{']' * (levels + 1)}\n")
    assert (code, line) == (Code.TOO_LARGE, padding.count("\n") + 1)
    assert refusal(padding + "- " * (MAX_DEPTH + 1))[0] is Code.TOO_LARGE


@pytest.mark.parametrize("text", ["[", "{a: ", "- ", "? ", "[{"])
def test_no_depth_exhausts_the_stack_of_a_thread(text: str) -> None:
    """Some systems give a thread a megabyte. What has no room in it ends the process: this is another."""
    texts = [text * (length // len(text)) for length in (1_500, 1_999, 3_999, 4_001, 100_000)]
    code = IN_A_THREAD.format(texts=texts)
    done = subprocess.run(
        (sys.executable, "-"),
        input=code,
        env={**os.environ, "PYTHONPATH": SOURCE_ROOTS},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[1, 1, 1, 1, 1]\n", "")


def test_number_of_values() -> None:
    assert data(f"a: [{'x,' * (MAX_NODES - 4)}]\n")
    assert refusal(f"a: [{'x,' * MAX_NODES}]\n")[0] is Code.TOO_LARGE


def test_size() -> None:
    assert data(b"#" * MAX_BYTES) == []
    assert refusal(b"#" * (MAX_BYTES + 1)) == (Code.TOO_LARGE, (1, 1, 1, 1))
    assert data("# " + "é" * (MAX_BYTES // 2 - 1)) == []


# ---- characters ----

NOT_ALLOWED = [
    *range(0x09),
    *(0x0B, 0x0C, 0x0E, 0x1F, 0x7F, 0x80, 0x85, 0x9F, 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x180E),
    *range(0x200B, 0x2010),
    *(0x2028, 0x2029),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *(0x3164, 0xFEFF, 0xFFA0, 0xFFF9, 0xFFFB, 0xFFFE, 0xFFFF, 0xFDD0),
    *(0x1BCA0, 0x1D173, 0xE0001, 0xE0041, 0xE007F, 0xE0100),
]
ALLOWED = "é ñ ß Ω ж 漢字 あ 한 \u0627 ש \u0301 \u00a0 \u3000 😀 👩🏽 ❤️ … “x” \U0001d4b3"


@pytest.mark.parametrize("number", NOT_ALLOWED, ids="U+{:04X}".format)
def test_characters_that_are_not_allowed(number: int) -> None:
    text = f"a: 'é'\nb: 'é{chr(number)}'\n"
    _, (diagnostic,) = read(text)
    assert (diagnostic.code, diagnostic.at) == (Code.CHARACTER_NOT_ALLOWED, Span("a.yaml", 2, 6, 2, 7))
    assert f"U+{number:04X}" in diagnostic.message


@pytest.mark.parametrize(
    "number", [each for each in NOT_ALLOWED if not 0xD800 <= each <= 0xDFFF], ids="U+{:04X}".format
)
@pytest.mark.parametrize(
    "text", ['a: "x{}"\n', '"x{}": 1\n', 'a: !!str "{}"\n', '!!str "{}": a\n', 'a: ["{}"]\n']
)
def test_characters_that_are_not_allowed_as_escapes_either(number: int, text: str) -> None:
    code, (line, *_) = refusal(text.format(f"\\U{number:08X}"))
    assert (code, line) == (Code.CHARACTER_NOT_ALLOWED, 1)


@pytest.mark.parametrize("escape", [r"\uD800", r"\UFFFFFFFF", r"\U00110000", r"\x"])
def test_escapes_that_are_no_characters(escape: str) -> None:
    assert refusal(f'a: "{escape}"\n')[0] is Code.YAML_SYNTAX


def test_characters_that_are_allowed() -> None:
    assert data(f"a: '{ALLOWED}'\n{ALLOWED[:20]!r}: \"\\t\\n\\u00e9\"\n") == {
        "a": ALLOWED,
        ALLOWED[:20]: "\t\n\xe9",
    }


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a: 1\r# b\n", (1, 5, 1, 6)),
        ("a: 1\r", (1, 5, 1, 6)),
        ("\r\r\n", (1, 1, 1, 2)),
        ("a: 1\n# x\rb: 2\n", (2, 4, 2, 5)),
    ],
)
def test_a_lone_carriage_return(text: str, at: tuple[int, int, int, int]) -> None:
    assert refusal(text) == (Code.CHARACTER_NOT_ALLOWED, at)


@pytest.mark.parametrize("line_end", ["\r", "\x85", "\u2028", "\u2029"])
def test_no_comment_hides_a_key(line_end: str) -> None:
    """YAML ends the line there, and an editor does not: the reviewer sees one comment, the reader a key."""
    assert refusal(f"a: 1 # harmless{line_end}b: 2\n") == (Code.CHARACTER_NOT_ALLOWED, (1, 16, 1, 17))


def test_all_of_several_characters_are_counted() -> None:
    _, (diagnostic,) = read("a: \u202e\nb: \u200b\u200b\n")
    assert diagnostic.message == "character U+202E is not allowed (and 2 more in this file)"


# ---- encodings ----


def test_a_byte_order_mark_may_stand_at_the_start_alone() -> None:
    assert data(b"\xef\xbb\xbfa: 1\n") == {"a": 1}
    assert refusal(b"\xef\xbb\xbf\xef\xbb\xbfa: 1\n") == (Code.CHARACTER_NOT_ALLOWED, (1, 1, 1, 2))
    assert refusal(b"a: 1\n\xef\xbb\xbfb: 1\n") == (Code.CHARACTER_NOT_ALLOWED, (2, 1, 2, 2))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_other_encodings_are_refused(encoding: str) -> None:
    code, _ = refusal("a: 1\n".encode(encoding))
    assert code in {Code.NOT_UTF8, Code.CHARACTER_NOT_ALLOWED}


@pytest.mark.parametrize(
    ("content", "at"),
    [
        (b"\xff", (1, 1, 1, 2)),
        (b"a: 1\nb: \xe9\n", (2, 4, 2, 5)),
        ("a: é\nb: éé".encode() + b"\x80\n", (2, 6, 2, 7)),
        (b"\xef\xbb\xbfa: \x80", (1, 4, 1, 5)),
        (b"a: \xed\xa0\x80", (1, 4, 1, 5)),  # a surrogate
        (b"a: \xc0\xaf", (1, 4, 1, 5)),  # an overlong slash
        (b"a: \xf4\x90\x80\x80", (1, 4, 1, 5)),  # above U+10FFFF
        (b"a: \xe2\x82", (1, 4, 1, 5)),  # cut short
    ],
)
def test_what_is_not_utf8(content: bytes, at: tuple[int, int, int, int]) -> None:
    assert refusal(content) == (Code.NOT_UTF8, at)


@pytest.mark.parametrize(("text", "column"), [("a: \ud800\n", 4), ("a: é\x00\n", 5), ("éé: \x7f\n", 5)])
def test_a_text_that_was_never_bytes_is_refused_too(text: str, column: int) -> None:
    documents, (diagnostic,) = read_source(Source("a.yaml", text))
    assert (documents, diagnostic.code) == ([], Code.CHARACTER_NOT_ALLOWED)
    assert diagnostic.at == Span("a.yaml", 1, column, 1, column + 1)


# ---- syntax ----


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a: [1,\n", (2, 1)),
        ("a: {b: 1\n", (2, 1)),
        ("a: 'b\n", (2, 1)),
        ('a: "b\nc: d\n', (3, 1)),
        ("a: b: c\n", (1, 5)),
        ("a:\n\tb: 1\n", (2, 1)),
        ("a: @b\n", (1, 4)),
        ("a: `b\n", (1, 4)),
        ("a: %b\n", (1, 4)),
        ("a: *b\n", (1, 4)),
        ("a: *\n", (1, 5)),
        ("a: &x 1\nb: &x 2\n", (2, 4)),
        ("a: 1\n b: 2\n", (2, 3)),
        ("a\nb: 1\n", (2, 2)),
        ("a: ]\n", (1, 4)),
        ('é: "\\q"\n', (1, 5)),
        ("%YAML 3.0\n---\na: 1\n", (1, 1)),
    ],
)
def test_what_is_not_yaml(text: str, at: tuple[int, int]) -> None:
    code, position = refusal(text)
    assert (code, position[:2]) == (Code.YAML_SYNTAX, at)


def test_a_refusal_takes_the_whole_file() -> None:
    """What stands before a mistake of syntax may be half of what was meant."""
    assert refusal("a: 1\n---\nb: 2\n---\nc: [\n")[0] is Code.YAML_SYNTAX
