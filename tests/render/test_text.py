"""The text form: the look that the design shows, what is cut, and what a terminal never gets to see."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edgewise.diagnostics import Code, Diagnostic, Related, Severity
from edgewise.place import Span
from edgewise.render import MAX_BYTES, Facts, Report, summary, visible
from edgewise.render.text import MOST_OF_A_FAMILY, render

SALES = """relationship_types:
  pays:
    from: person
    to: order

  # what people buy



  other: {from: person, to: order}

  placed:
    from: person
    to: ordr
"""
UNKNOWN = Diagnostic(
    Code.UNKNOWN_OBJECT_TYPE,
    "unknown object type `ordr`",
    Span("schemas/sales.yaml", 14, 9, 14, 13),
    "not declared in this catalog",
    "did you mean `order`?",
    help_at=Span("schemas/objects.yaml", 3, 3, 3, 8),
    path="relationship_types.placed.to",
)
FACTS = Facts(errors=2, warnings=1, files=14, seconds=0.0912)


def report(*diagnostics: Diagnostic, **more: object) -> Report:
    given = {"sources": {"schemas/sales.yaml": SALES}, "facts": FACTS} | more
    return Report(diagnostics, **given)  # type: ignore[arg-type]


def one_line(text: str, column: int, end: int, label: str = "here") -> list[str]:
    """Return the quoted line and the marks for a span in a file of one line."""
    diagnostic = Diagnostic(Code.WRONG_TYPE, "m", Span("a.yaml", 1, column, 1, end), label)
    rendered = render(report(diagnostic, sources={"a.yaml": text}, quiet=True))
    return rendered.splitlines()[3:]


def test_the_look_is_the_one_of_the_design() -> None:
    assert render(report(UNKNOWN)) == (
        "error[EW301]: unknown object type `ordr`\n"
        "  --> schemas/sales.yaml:14:9   relationship_types.placed.to\n"
        "   |\n"
        "12 |   placed:\n"
        "13 |     from: person\n"
        "14 |     to: ordr\n"
        "   |         ^^^^ not declared in this catalog\n"
        "   |\n"
        "   = help: did you mean `order`? (schemas/objects.yaml:3:3)\n"
        "\n"
        "2 errors, 1 warning in 14 files (0.09 s)\n"
    )


def test_few_related_places_are_quoted() -> None:
    twice = Diagnostic(
        Code.RELATIONSHIP_TYPE_TWICE,
        "relationship type `pays` is declared twice",
        Span("schemas/sales.yaml", 12, 3, 12, 9),
        "again here",
        related=(Related(Span("schemas/sales.yaml", 2, 3, 2, 7), "first here"),),
    )
    assert render(report(twice, quiet=True)) == (
        "error[EW304]: relationship type `pays` is declared twice\n"
        "  --> schemas/sales.yaml:12:3\n"
        "   |\n"
        "10 |   other: {from: person, to: order}\n"
        "11 |\n"
        "12 |   placed:\n"
        "   |   ^^^^^^ again here\n"
        "   |\n"
        "  ::: schemas/sales.yaml:2:3\n"
        "   |\n"
        " 2 |   pays:\n"
        "   |   ---- first here\n"
    )


def test_many_related_places_are_named_and_then_counted() -> None:
    related = tuple(
        Related(Span("schemas/sales.yaml", line, 1, line, 2), "used here") for line in range(1, 11)
    )
    many = Diagnostic(Code.UNKNOWN_OBJECT_TYPE, "m", UNKNOWN.at, related=related)
    lines = render(report(many, quiet=True)).splitlines()
    assert "  ::: schemas/sales.yaml:8:1   used here" in lines
    assert lines[-1] == "  ::: and 2 more"


def test_a_place_in_a_file_without_text_is_named_and_not_quoted() -> None:
    refused = Diagnostic(Code.NOT_UTF8, "byte 0xFF is not UTF-8", Span("b.yaml", 3, 7, 3, 8), "this one")
    assert render(report(refused, quiet=True)) == (
        "error[EW106]: byte 0xFF is not UTF-8\n --> b.yaml:3:7\n  | this one\n"
    )


def test_what_has_no_place_is_a_line_and_its_help() -> None:
    nowhere = Diagnostic(Code.CANNOT_WRITE, "cannot write", help="make room\nor another folder")
    assert render(report(nowhere, quiet=True)) == (
        "error[EW903]: cannot write\n  = help: make room\n          or another folder\n"
    )


def test_paths_are_those_of_the_working_directory() -> None:
    for here, shown in (
        ("/a/b", "schemas/sales.yaml"),
        ("/a", "b/schemas/sales.yaml"),
        ("/a/b/schemas", "sales.yaml"),
    ):
        assert f" --> {shown}:14:9 " in render(report(UNKNOWN, home="/a/b", here=here))
    assert " --> ../b/schemas/sales.yaml:14:9 " in render(report(UNKNOWN, home="/a/b", here="/a/c"))


@pytest.mark.parametrize(
    ("text", "column", "end", "marks"),
    [
        ("to: ordr", 5, 9, "  |     ^^^^ here"),
        ("to: ordr", 9, 9, "  |         ^ here"),
        ("to: ordr", 40, 44, "  |         ^ here"),
        ("名前: ordr", 5, 9, "  |       ^^^^ here"),
        ("to: 注文", 5, 7, "  |     ^^^^ here"),
        ("é́: ordr", 5, 9, "  |    ^^^^ here"),
        ("\tto: ordr", 6, 10, "  |         ^^^^ here"),
        ("\x1b[31m: ordr", 8, 12, "  |           ^^^^ here"),
    ],
)
def test_marks_stand_below_what_they_mark(text: str, column: int, end: int, marks: str) -> None:
    assert one_line(text, column, end)[1] == marks


def test_a_span_of_several_lines_is_marked_to_the_end_of_its_first() -> None:
    block = Diagnostic(Code.WRONG_TYPE, "m", Span("schemas/sales.yaml", 3, 5, 4, 14))
    assert render(report(block, quiet=True)).splitlines()[-1] == "  |     ^^^^^^^^^^^^"


def test_a_long_line_is_cut_around_the_column() -> None:
    quoted, marks = one_line("a" * 5_000 + "ordr" + "b" * 5_000, 5_001, 5_005)
    assert len(quoted) < 140
    assert quoted.startswith("1 | ...a")
    assert quoted.endswith("b...")
    begin = marks.index("^")
    assert quoted[begin : begin + 4] == "ordr"
    assert marks.count("^") == 4


def test_a_long_span_is_marked_as_far_as_it_is_shown() -> None:
    quoted, marks = one_line("a" * 5_000, 1, 5_001, "")
    assert quoted == f"1 | {'a' * 120}..."
    assert marks == f"  | {'^' * 120}"


def test_a_terminal_gets_nothing_that_it_would_obey_or_hide() -> None:
    nasty = "a\x1b]0;x\x07\u202e\u200b\u3164\U000e0041\ud800\x9b\rz"
    diagnostic = Diagnostic(
        Code.WRONG_TYPE,
        f"message {nasty}\nnext",
        Span("a.yaml", 1, 1, 1, 3),
        f"label {nasty}\n",
        f"help {nasty}",
        path=f"path.{nasty}",
        related=(Related(Span("a.yaml", 1, 2, 1, 3), nasty),),
    )
    rendered = render(report(diagnostic, sources={"a.yaml": nasty}))
    assert rendered.replace("\n", "").isascii()
    assert rendered.replace("\n", "").isprintable()
    assert r"a\x1b]0;x\x07\u202e\u200b\u3164\U000e0041\ud800\x9b\rz" in rendered


def test_visible_text_stays_as_it_is() -> None:
    assert visible("Größe, 注文, צבע, 🧾") == "Größe, 注文, צבע, 🧾"


def test_a_family_is_shown_up_to_its_limit_and_then_counted() -> None:
    unknown = [UNKNOWN] * (MOST_OF_A_FAMILY + 3)
    lint = [Diagnostic(Code.NO_CARDINALITY, "no cardinality")] * 7
    rendered = render(report(*unknown, *lint))
    assert rendered.count("error[EW301]") == MOST_OF_A_FAMILY
    assert rendered.count("warning[EW501]") == 7
    assert "\n\n... and 3 more EW3xx (--format json has all)\n\n2 errors" in rendered


def test_errors_are_not_left_out_for_the_sake_of_what_stands_before_them() -> None:
    warning = Diagnostic(Code.UNDOCUMENTED, "not documented")
    error = Diagnostic(Code.MALFORMED_KEY, "malformed key")
    rendered = render(report(*[warning] * 60, error, quiet=True))
    assert rendered.count("warning[EW607]") == MOST_OF_A_FAMILY - 1
    assert "error[EW603]: malformed key\n\n... and 11 more EW6xx" in rendered


def test_never_more_than_the_limit_is_said() -> None:
    long = Diagnostic(
        Code.WRONG_TYPE, "é" * 100_000, Span("a.yaml", 1, 1, 1, 2), "ö" * 10_000, "ü\n" * 100_000, path="p"
    )
    several = [
        Diagnostic(code, long.message, long.at, long.label, long.help, path="p")
        for code in Code
        for _ in range(60)
    ]
    rendered = render(report(*several, sources={"a.yaml": "ß" * 1_000_000}))
    assert len(rendered.encode()) <= MAX_BYTES
    assert rendered.count("\nerror[") > 10
    counted = sum(
        int(number.replace(",", ""))
        for number in re.findall(r"^\.\.\. and ([\d,]+) more", rendered, re.MULTILINE)
    )
    shown = len(re.findall(r"^(?:error|warning|note)\[", rendered, re.MULTILINE))
    assert shown + counted == len(several)


SPANS = st.builds(Span, st.just("a.yaml"), *[st.integers(1, 12)] * 4)
TEXTS = st.text(max_size=40)
DIAGNOSTICS = st.builds(
    Diagnostic,
    st.sampled_from(Code),
    TEXTS,
    st.none() | SPANS,
    TEXTS,
    TEXTS,
    st.lists(st.builds(Related, SPANS, TEXTS), max_size=5).map(tuple),
    path=TEXTS,
    help_at=st.none() | SPANS,
)


@given(st.lists(DIAGNOSTICS, max_size=4), TEXTS)
def test_whatever_is_said_of_whatever_text_can_be_shown(diagnostics: list[Diagnostic], text: str) -> None:
    rendered = render(report(*diagnostics, sources={"a.yaml": text}))
    assert all(line.isprintable() and line == line.rstrip() for line in rendered.split("\n"))
    assert len(re.findall(r"^(?:error|warning|note)\[EW\d", rendered, re.MULTILINE)) == len(diagnostics)


def test_colour_adds_nothing_but_colour() -> None:
    coloured = render(report(UNKNOWN, colour=True))
    assert "\x1b[1;31merror[EW301]\x1b[0m: " in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render(report(UNKNOWN))


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        (Facts(files=1), "no findings in 1 file (0.00 s)"),
        (
            Facts(errors=1, warnings=2, files=2_000, seconds=1.234),
            "1 error, 2 warnings in 2,000 files (1.23 s)",
        ),
        (Facts(notes=12, files=3, seconds=0.1), "12 notes (-v shows them) in 3 files (0.10 s)"),
    ],
)
def test_the_summary_counts_what_there_is(facts: Facts, line: str) -> None:
    assert summary(report(facts=facts)) == line


def test_notes_that_are_shown_are_not_said_to_be_hidden() -> None:
    note = Diagnostic(Code.LOSS, "inverse dropped")
    assert note.severity is Severity.NOTE
    assert summary(report(note, facts=Facts(notes=1, files=1))) == "1 note in 1 file (0.00 s)"
