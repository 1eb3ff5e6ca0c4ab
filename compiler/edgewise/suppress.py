"""Findings that a manifest asks not to be told: `# edgewise: ignore[EW503] the vendor's own name`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from edgewise.diagnostics import Code, Diagnostic, Severity, has_errors
from edgewise.place import Place, Source, Span
from edgewise.position import comments, located

Key = tuple[str, int, str]

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
    """Take out the warnings and notes that a comment suppresses, and tell of comments that suppress none.

    Where there is an error the latter are not told: it may have kept what they suppress from being found.
    """
    diagnostics = list(diagnostics)
    said: list[Diagnostic] = []
    suppressions: dict[Key, Suppression] = {
        (each.file, each.line, each.number): each
        for source in sources
        if _MARK in source.text
        for each in _suppressions(source, said)
    }
    keys = _keys(diagnostics, suppressions)
    said += (each for number, each in enumerate(diagnostics) if keys.get(number) not in suppressions)
    if not has_errors(diagnostics):
        used = set(keys.values())
        said += (_useless(each) for key, each in suppressions.items() if key not in used)
    return said


def _keys(diagnostics: Sequence[Diagnostic], suppressions: Iterable[Key]) -> dict[int, Key]:
    """Return file, line and code of the diagnostics that may be suppressed, by their numbers in the list."""
    wanted = {(file, number) for file, _, number in suppressions}
    bare = {
        number: each._replace(related=(), fix=())
        for number, each in enumerate(diagnostics)
        if each.severity is not Severity.ERROR and (_file(each), each.code.number) in wanted
    }
    spans = (each.at for each in located(bare.values()))
    return {
        number: (span.file, span.line, each.code.number)
        for (number, each), span in zip(bare.items(), spans, strict=True)
        if isinstance(span, Span)
    }


def _file(diagnostic: Diagnostic) -> str:
    at = diagnostic.at
    return at.source.path if isinstance(at, Place) else at.file if at else ""


def _suppressions(source: Source, said: list[Diagnostic]) -> Iterator[Suppression]:
    lines = source.text.splitlines()
    content = _content_lines(lines)
    for span, text in comments(source, _MARK):
        if not re.match(rf"#\s*{_MARK}", text):
            continue
        match = _FORM.fullmatch(text.strip())
        if match is None or not match[2]:
            message = "this suppresses nothing: it names no code, or gives no reason"
            help_ = "write `# edgewise: ignore[EW501] why`"
            said.append(Diagnostic(Code.USELESS_SUPPRESSION, message, span, help=help_))
            continue
        stands_alone = not lines[span.line - 1][: span.column - 1].strip()
        line = content[span.line] if stands_alone else span.line
        for number in re.findall(r"EW[0-9]{3}", match[1]):
            yield Suppression(source.path, line, number, span)


def _content_lines(lines: Sequence[str]) -> list[int]:
    """Return for each line the number, from 1, of the first from there on that is more than a comment."""
    found = [0] * (len(lines) + 1)
    for index in reversed(range(len(lines))):
        text = lines[index].lstrip()
        found[index] = index + 1 if text and not text.startswith("#") else found[index + 1]
    return found


def _useless(suppression: Suppression) -> Diagnostic:
    message = f"there is no {suppression.number} here to suppress"
    return Diagnostic(Code.USELESS_SUPPRESSION, message, suppression.at, help="take the comment out")
