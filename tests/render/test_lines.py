"""The forms for editors and programs."""

from __future__ import annotations

import json

from edgewise.diagnostics import Code, Diagnostic, Edit, Related
from edgewise.place import Span
from edgewise.render import MAX_BYTES, Facts, Report, concise
from edgewise.render import json as json_form

UNKNOWN = Diagnostic(
    Code.UNKNOWN_KEY,
    "unknown key `carinality`",
    Span("schemas/é.yaml", 14, 9, 14, 19),
    "not a key of a relationship type",
    "did you mean `cardinality`?",
    (Related(Span("a.yaml", 1, 2, 3, 4), "as here"),),
    (Edit(Span("schemas/é.yaml", 14, 9, 14, 19), "cardinality"),),
    path="relationship_types.placed.carinality",
)
NOWHERE = Diagnostic(Code.NO_MANIFESTS, "no manifests")
FACTS = Facts(errors=1, warnings=1, notes=3, files=2, object_types=4, relationship_types=5, seconds=9.0)
REPORT = Report((UNKNOWN, NOWHERE), {}, FACTS, here="/below")


def test_a_line_has_what_editors_look_for() -> None:
    assert concise.render(REPORT) == (
        "../schemas/é.yaml:14:9: error[EW201] unknown key `carinality`\n"
        "warning[EW506] no manifests\n"
        "1 error, 1 warning, 3 notes (-v shows them) in 2 files (9.00 s)\n"
    )


def test_lines_stay_single_and_within_the_limit() -> None:
    long = Diagnostic(Code.WRONG_TYPE, "ä\n" * 10_000, Span("a\nb.yaml", 1, 1, 1, 2))
    said = concise.render(Report((long,) * 5_000, {}, FACTS, quiet=True))
    *lines, last = said.splitlines()
    assert len(said.encode()) <= MAX_BYTES
    assert all(line.startswith(r"a\nb.yaml:1:1: error[EW203] ä\nä") for line in lines)
    assert last == f"... and {5_000 - len(lines):,} more (--format json has all)"


def test_json_has_the_documented_shape_and_no_time() -> None:
    said = json_form.render(REPORT)
    span = {
        "file": "../schemas/é.yaml",
        "start": {"line": 14, "column": 9},
        "end": {"line": 14, "column": 19},
    }
    other = {"file": "../a.yaml", "start": {"line": 1, "column": 2}, "end": {"line": 3, "column": 4}}
    assert json.loads(said) == {
        "version": 1,
        "diagnostics": [
            {
                "code": "EW201",
                "slug": "unknown-key",
                "severity": "error",
                "message": "unknown key `carinality`",
                "path": "relationship_types.placed.carinality",
                "span": span,
                "related": [{"label": "as here", "span": other}],
                "help": "did you mean `cardinality`?",
                "fix": [{"span": span, "text": "cardinality"}],
            },
            {
                "code": "EW506",
                "slug": "no-manifests",
                "severity": "warning",
                "message": "no manifests",
                "path": None,
                "span": None,
                "related": [],
                "help": None,
                "fix": None,
            },
        ],
        "summary": {
            "errors": 1,
            "warnings": 1,
            "notes": 3,
            "files": 2,
            "object_types": 4,
            "relationship_types": 5,
        },
    }


def test_json_is_json_in_any_encoding_and_holds_what_no_encoding_can() -> None:
    odd = Diagnostic(Code.CANNOT_READ, "cannot read \ud800 🧾")
    said = json_form.render(Report((odd,), {}, FACTS))
    assert said.isascii()
    assert json.loads(said)["diagnostics"][0]["message"] == odd.message
