"""Diagnostics for programs, version 1 of their shape. Nothing is cut, and there is nothing but ASCII.

ASCII, because then it is JSON in whatever encoding standard output has.
"""

from __future__ import annotations

from json import dumps
from typing import Any

from edgewise.diagnostics import Diagnostic
from edgewise.place import Place, Span
from edgewise.render import Report


def render(report: Report) -> str:
    """Return one JSON object with the diagnostics and a summary; lines and columns count from 1."""
    facts = report.facts
    value = {
        "version": 1,
        "diagnostics": [_diagnostic(each, report) for each in report.diagnostics],
        "summary": {
            "errors": facts.errors,
            "warnings": facts.warnings,
            "notes": facts.notes,
            "files": facts.files,
            "object_types": facts.object_types,
            "relationship_types": facts.relationship_types,
        },
    }
    return f"{dumps(value, indent=2)}\n"


def _diagnostic(diagnostic: Diagnostic, report: Report) -> dict[str, Any]:
    return {
        "code": diagnostic.code.number,
        "slug": diagnostic.code.slug,
        "severity": diagnostic.severity.word,
        "message": diagnostic.message,
        "path": diagnostic.path or None,
        "span": _span(diagnostic.at, report),
        "related": [{"label": each.label, "span": _span(each.at, report)} for each in diagnostic.related],
        "help": diagnostic.help or None,
        "fix": [{"span": _span(each.at, report), "text": each.text} for each in diagnostic.fix] or None,
    }


def _span(at: Place | Span | None, report: Report) -> dict[str, Any] | None:
    if not isinstance(at, Span):
        return None
    return {
        "file": report.shown(at.file),
        "start": {"line": at.line, "column": at.column},
        "end": {"line": at.end_line, "column": at.end_column},
    }
