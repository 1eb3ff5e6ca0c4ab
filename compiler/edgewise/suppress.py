"""Findings that a manifest asks not to be told: `# edgewise: ignore[EW503] the vendor's own name`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from edgewise.diagnostics import Code, Diagnostic, Severity
from edgewise.document import comments, located
from edgewise.place import Place, Source, Span

_MARK = "edgewise:"
_FORM = re.compile(r"#\s*edgewise:\s*ignore\[(EW[0-9]{3}(?:\s*,\s*EW[0-9]{3})*)\]\s*(\S.*)?")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One code that is not to be told of one line; `at` is the comment that says so."""

    file: str
    line: int
    number: str
    at: Span


def suppress(diagnostics: Iterable[Diagnostic], sources: Iterable[Source]) -> list[Diagnostic]:
    """Take out the warnings and notes that a comment suppresses, and tell of comments that suppress none."""
    diagnostics = list(diagnostics)
    marked = {source.path: source for source in sources if _MARK in source.text}
    if not marked:
        return diagnostics
    said: list[Diagnostic] = []
    suppressions = {
        (each.file, each.line, each.number): each
        for source in marked.values()
        for each in _suppressions(source, said)
    }
    used = set()
    for diagnostic, key in zip(diagnostics, _keys(diagnostics, marked), strict=True):
        if key in suppressions and diagnostic.severity is not Severity.ERROR:
            used.add(key)
        else:
            said.append(diagnostic)
    said += (_useless(each) for key, each in suppressions.items() if key not in used)
    return said


def _keys(
    diagnostics: list[Diagnostic], marked: Mapping[str, Source]
) -> Iterator[tuple[str, int, str] | None]:
    """Yield file, line and code of each diagnostic that stands in a marked file, None for the others."""
    for diagnostic in diagnostics:
        at = diagnostic.at
        file = at.source.path if isinstance(at, Place) else at.file if at else ""
        if file not in marked:
            yield None
            continue
        span = located([diagnostic])[0].at
        yield (file, span.line, diagnostic.code.number) if isinstance(span, Span) else None


def _suppressions(source: Source, said: list[Diagnostic]) -> Iterator[Suppression]:
    lines = source.text.splitlines()
    for span, text in comments(source):
        if not re.match(rf"#\s*{_MARK}", text):
            continue
        match = _FORM.fullmatch(text.strip())
        if match is None or not match[2]:
            message = "this suppresses nothing: it names no code, or gives no reason"
            help_ = "write `# edgewise: ignore[EW501] why`"
            said.append(Diagnostic(Code.USELESS_SUPPRESSION, message, span, help=help_))
            continue
        stands_alone = not lines[span.line - 1][: span.column - 1].strip()
        line = _next_line(lines, span.line) if stands_alone else span.line
        for number in re.findall(r"EW[0-9]{3}", match[1]):
            yield Suppression(source.path, line, number, span)


def _next_line(lines: list[str], line: int) -> int:
    """Return the number of the next line that holds more than a comment; lines count from 1."""
    for number, text in enumerate(lines[line:], line + 1):
        if text.strip() and not text.strip().startswith("#"):
            return number
    return line


def _useless(suppression: Suppression) -> Diagnostic:
    message = f"there is no {suppression.number} here to suppress"
    return Diagnostic(Code.USELESS_SUPPRESSION, message, suppression.at, help="take the comment out")
