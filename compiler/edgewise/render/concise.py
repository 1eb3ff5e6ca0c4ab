"""Diagnostics for editors and `grep`: a line each."""

from __future__ import annotations

from edgewise.diagnostics import Diagnostic
from edgewise.place import Span
from edgewise.render import MAX_BYTES, Report, shortened, summary, visible

_MESSAGE = 500
# Kept free for the line that counts what is not shown and for the summary.
_RESERVED = 500


def render(report: Report) -> str:
    """Return `file:line:col: error[EW301] message` for each diagnostic, and one line about all."""
    lines: list[str] = []
    room = MAX_BYTES - _RESERVED
    for each in report.diagnostics:
        line = _line(each, report)
        room -= len(line.encode("utf-8", "backslashreplace")) + 1
        if room < 0:
            lines.append(f"... and {len(report.diagnostics) - len(lines):,} more (--format json has all)")
            break
        lines.append(line)
    if not report.quiet:
        lines.append(summary(report))
    return "".join(f"{line}\n" for line in lines)


def _line(diagnostic: Diagnostic, report: Report) -> str:
    said = visible(shortened(diagnostic.message, _MESSAGE))
    line = f"{diagnostic.severity.word}[{diagnostic.code.number}] {said}"
    at = diagnostic.at
    return f"{report.shown(at.file)}:{at.line}:{at.column}: {line}" if isinstance(at, Span) else line
