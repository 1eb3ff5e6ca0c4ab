"""What is told of what was found, in which order, and what the command ends with. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edgewise.diagnostics import OFF_BY_DEFAULT, Code, Diagnostic, Severity
from edgewise.place import Span

CLEAN = 0
FOUND = 1
COULD_NOT = 2

Prefixes = Sequence[str]
Choice = tuple[Prefixes, Prefixes]
"""What is selected and what is ignored: codes, or prefixes that stand for all codes that begin so."""


def told(diagnostics: Iterable[Diagnostic], *choices: Choice) -> list[Diagnostic]:
    """Leave out the warnings and notes that are off; an earlier choice goes before a later one."""
    return [each for each in diagnostics if each.severity is Severity.ERROR or is_on(each.code, choices)]


def is_on(code: Code, choices: Iterable[Choice]) -> bool:
    """Tell whether a code is told: by the longest prefix that speaks of it, and else by its own default."""
    for selected, ignored in choices:
        on, off = _longest(code, selected), _longest(code, ignored)
        if on or off:
            return on > off
    return code not in OFF_BY_DEFAULT


def _longest(code: Code, prefixes: Prefixes) -> int:
    return max((len(prefix) for prefix in prefixes if code.number.startswith(prefix)), default=0)


def shown(
    diagnostics: Iterable[Diagnostic], fail_on: Severity, *, quiet: bool, verbose: bool
) -> list[Diagnostic]:
    """Leave out what is only counted: notes, or with `quiet` all that does not make the command fail."""
    least = fail_on if quiet else Severity.NOTE if verbose else min(fail_on, Severity.WARNING)
    return [each for each in diagnostics if each.severity >= least]


def in_order(located: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort by file, line, column and code; what has no place goes first."""
    return sorted(located, key=_order)


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    at = diagnostic.at
    if not isinstance(at, Span):
        return "", 0, 0, diagnostic.code.number
    return at.file, at.line, at.column, diagnostic.code.number


def status(diagnostics: Iterable[Diagnostic], fail_on: Severity) -> int:
    """Return the exit status: 2 where the job could not be done, 1 where there are findings, else 0."""
    failing = [each for each in diagnostics if each.severity >= fail_on]
    if any(_prevents(each) for each in failing):
        return COULD_NOT
    return FOUND if failing else CLEAN


def _prevents(diagnostic: Diagnostic) -> bool:
    is_of_environment = diagnostic.code.number.startswith("EW9")
    return (
        is_of_environment
        and diagnostic.code is not Code.STALE_OUTPUT
        and diagnostic.severity is Severity.ERROR
    )
