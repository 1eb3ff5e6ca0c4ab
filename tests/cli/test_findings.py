"""What is told, in which order, and what a command ends with."""

from __future__ import annotations

import pytest

from edgewise.cli.findings import in_order, is_on, shown, status, told
from edgewise.diagnostics import Code, Diagnostic, Severity
from edgewise.place import Span

ERROR = Diagnostic(Code.UNKNOWN_OBJECT_TYPE, "error")
WARNING = Diagnostic(Code.NO_CARDINALITY, "warning")
NOTE = Diagnostic(Code.LOSS, "note")


@pytest.mark.parametrize(
    ("choices", "on"),
    [
        ([], True),
        ([((), ("EW5",))], False),
        ([((), ("EW501",))], False),
        ([((), ("EW502", "EW6"))], True),
        ([(("EW501",), ("EW5",))], True),
        ([(("EW5",), ("EW501",))], False),
        ([(("EW5",), ("EW5",))], False),
        ([((), ()), ((), ("EW5",))], False),
        ([(("EW5",), ()), ((), ("EW501",))], True),
        ([((), ("EW",)), (("EW501",), ())], False),
    ],
)
def test_the_longest_prefix_decides_and_an_earlier_choice_before_a_later_one(
    choices: list[tuple[tuple[str, ...], tuple[str, ...]]], on: bool
) -> None:
    assert is_on(Code.NO_CARDINALITY, choices) is on


def test_what_is_off_by_default_has_to_be_selected() -> None:
    assert not is_on(Code.NO_DESCRIPTION, [])
    assert is_on(Code.NO_DESCRIPTION, [(("EW5",), ())])


def test_errors_cannot_be_ignored() -> None:
    heavier = WARNING.weighing(Severity.ERROR)
    assert told([ERROR, WARNING, heavier, NOTE], ((), ("EW",))) == [ERROR, heavier]


@pytest.mark.parametrize(
    ("fail_on", "quiet", "verbose", "expected"),
    [
        (Severity.ERROR, False, False, [ERROR, WARNING]),
        (Severity.ERROR, False, True, [ERROR, WARNING, NOTE]),
        (Severity.ERROR, True, False, [ERROR]),
        (Severity.WARNING, True, False, [ERROR, WARNING]),
        (Severity.NOTE, False, False, [ERROR, WARNING, NOTE]),
    ],
)
def test_notes_are_shown_when_asked_for_or_when_they_count(
    fail_on: Severity, quiet: bool, verbose: bool, expected: list[Diagnostic]
) -> None:
    assert shown([ERROR, WARNING, NOTE], fail_on, quiet=quiet, verbose=verbose) == expected


def test_the_order_is_file_line_column_and_code() -> None:
    def at(code: Code, *where: int, file: str = "a") -> Diagnostic:
        return Diagnostic(code, "", Span(file, *where, 99, 99))

    expected = [
        ERROR,
        WARNING,
        at(Code.LOSS, 2, 9),
        at(Code.UNKNOWN_KEY, 10, 1),
        at(Code.UNKNOWN_KEY, 10, 2),
        at(Code.MISSING_KEY, 10, 2),
        at(Code.YAML_SYNTAX, 1, 1, file="b"),
    ]
    assert in_order(reversed(expected)) == expected


@pytest.mark.parametrize(
    ("diagnostics", "fail_on", "ends"),
    [
        ([], Severity.NOTE, 0),
        ([WARNING, NOTE], Severity.ERROR, 0),
        ([WARNING], Severity.WARNING, 1),
        ([NOTE], Severity.NOTE, 1),
        ([ERROR], Severity.ERROR, 1),
        ([ERROR, Diagnostic(Code.CANNOT_READ, "")], Severity.ERROR, 2),
        ([Diagnostic(Code.PROJECT_FILE, "")], Severity.ERROR, 2),
        ([Diagnostic(Code.CANNOT_WRITE, "")], Severity.ERROR, 2),
        ([Diagnostic(Code.STALE_OUTPUT, "")], Severity.ERROR, 1),
        ([Diagnostic(Code.STALE_OUTPUT, "", stated_severity=Severity.WARNING)], Severity.ERROR, 0),
    ],
)
def test_the_status_says_whether_there_are_findings_or_no_verdict(
    diagnostics: list[Diagnostic], fail_on: Severity, ends: int
) -> None:
    assert status(diagnostics, fail_on) == ends
